"""Where the operations of a version are found in the next one."""

import re
from collections.abc import Mapping, Sequence

_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


class Successors:
    """Where the operations of one version are found in the next one."""

    def __init__(self, moved: Mapping[str, str | None]) -> None:
        # By the number of slashes, so that few patterns are tried; literal segments before parameters.
        self._rows: dict[int, list[_Moved]] = {}
        for source in sorted(moved, key=lambda source: [("{" in part, part) for part in source.split("/")]):
            self._rows.setdefault(source.count("/"), []).append(_Moved(source, moved[source]))

    def follow(self, method: str, path: str) -> str | None:
        """The path in the next version, the same path where nothing moved, None where the operation ended.

        HEAD goes where GET does.
        """
        methods = ("", "HEAD", "GET") if method == "HEAD" else ("", method)
        for row in self._rows.get(path.count("/"), ()):
            if row.method in methods and (found := row.pattern.fullmatch(path)):
                return row.filled(found.groups())
        return path


class _Moved:
    def __init__(self, source: str, target: str | None) -> None:
        self.method, _, path = source.rpartition(" ")
        literals, names = _PARAMETER.split(path)[::2], _PARAMETER.findall(path)
        self.pattern = re.compile("([^/]+)".join(re.escape(part) for part in literals))
        self._pieces: list[str | int] | None = None
        if target is not None:
            self._pieces = list(_PARAMETER.split(target.rpartition(" ")[2]))
            for position, index in enumerate(range(1, len(self._pieces), 2)):
                name = self._pieces[index]
                self._pieces[index] = names.index(name) if name in names else position

    def filled(self, values: Sequence[str]) -> str | None:
        """The target with `values` for its parameters: by their names in the source, else by their places."""
        if self._pieces is None:
            return None
        return "".join([piece if isinstance(piece, str) else values[piece] for piece in self._pieces])

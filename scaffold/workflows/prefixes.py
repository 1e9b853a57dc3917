"""Published documents with their version in their paths: `/api/v2/items` at a server that names none.

The prefix is taken off the paths, so that operations are the same ones in every version, and kept in the contract,
which puts it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..contract.contract import Contract
from ..contract.prefix import PREFIX, UNPREFIXED, VERSION, prefix_of
from ..diagnostics import ScaffoldError
from ..openapi.reading import Published, Remark, RemarkKind, read

VERSION_ID = re.compile(r"v[1-9][0-9]*|\d{4}-\d{2}-\d{2}")
"""A segment of a path that can be the id of a version."""
_FIXED = re.compile(r"[A-Za-z0-9._~-]+")


@dataclass(frozen=True)
class Prefix:
    """What the paths of a document share up to its version, and the paths that stand beside."""

    path: str
    beside: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """What stands before the version: `/api` of `/api/v2`."""
        return self.path.rpartition("/")[0]

    @property
    def version(self) -> str:
        """The version that it names."""
        return self.path.rpartition("/")[2]

    def off(self, path: str) -> str:
        """A path without it."""
        return path if path in self.beside else path.removeprefix(self.path)


def find_prefix(document: Mapping[str, Any]) -> Prefix | None:
    """What can be taken off the paths of `document`, of which nothing need be right."""
    found = _look(document)
    return found if isinstance(found, Prefix) else None


def keeps_version(document: Mapping[str, Any]) -> bool:
    """Whether the paths of `document` have a version that cannot be taken off."""
    return isinstance(_look(document), str)


def is_versioned(paths: Iterable[str]) -> bool:
    """Whether at least half of `paths` have a version in them."""
    found = [_upto(path) is not None for path in paths]
    return bool(found) and 2 * sum(found) >= len(found)


def read_published(
    document: Mapping[str, Any], *, version: str, file: str, prefix: Prefix | None, named: str | None = None
) -> Published:
    """What `document` publishes, without `prefix` where there is one; `named` is the version that it names.

    Raises:
        ScaffoldError: what is wrong with the document, in its own words.
    """
    if prefix is None:
        return read(document, version=version, file=file)
    paths = {prefix.off(path): item for path, item in document["paths"].items()}
    try:
        found = read({**document, "paths": paths}, version=version, file=file)
    except ScaffoldError:
        read(document, version=version, file=file)  # tells the same of the paths that the author knows
        raise
    kept: dict[str, Any] = {PREFIX: f"{prefix.head}/{VERSION}" if prefix.version == named else prefix.path}
    if prefix.beside:
        kept[UNPREFIXED] = sorted(prefix.beside)
    escaped = {_escaped(prefix.off(path)): _escaped(path) for path in document["paths"]}
    remarks = tuple(replace(r, place=_published_place(r.place, escaped)) for r in found.remarks)
    return replace(found, contract=replace(found.contract, extra={**found.contract.extra, **kept}), remarks=remarks)


@dataclass(frozen=True)
class Habit:
    """How the versions so far say theirs: in the paths of their operations, or in a prefix taken off, or not."""

    prefix: str = ""
    in_paths: bool = False

    @staticmethod
    def of(contract: Contract) -> Habit:
        """That of a contract, which later ones go on with."""
        prefix = prefix_of(contract)
        return Habit(prefix, not prefix and is_versioned(o.path for o in contract.operations))

    def goes(self, prefix: Prefix, version: str) -> bool:
        """Whether `prefix` is to be taken off the document of `version`, which comes next."""
        return not self.in_paths and (prefix.version == version or prefix.path == self.prefix)


def left_because(document: Mapping[str, Any], habit: Habit, version: str) -> Remark | None:
    """Why the paths of a document that names a version in them stay as they are; None where it names none."""
    paths = _paths(document)
    if not is_versioned(paths):
        return None
    found = _look(document)
    if isinstance(found, str):
        why = found
    elif habit.in_paths:
        why = "the version before has a version in its paths too"
    elif found is not None and found.version != version:
        why = f"they name {found.version}, and the document is {version}"
    else:
        why = "the server names the version too"
    return Remark(RemarkKind.RAW, "#/paths", f"its paths stay as they are, below the path of {version}: {why}")


def beside_remarks(prefix: Prefix, served: str) -> tuple[Remark, ...]:
    """What is to be known of paths without the version that the others have; `served` is the path of the version."""
    message = "it has no version and gets one, as every path has: it is served at `{}`; lead callers there"
    return tuple(
        Remark(RemarkKind.RAW, f"#/paths/{_escaped(path)}", message.format(f"{served}{path}"))
        for path in sorted(prefix.beside)
    )


def _paths(document: Mapping[str, Any]) -> list[str]:
    held = document.get("paths")
    return [p for p in held if isinstance(p, str) and p.startswith("/")] if isinstance(held, Mapping) else []


def _look(document: Mapping[str, Any]) -> Prefix | str | None:
    """The prefix of a document, or why it has none that can be taken off, or None where nothing looks like one."""
    paths = _paths(document)
    if not is_versioned(paths):
        return None
    prefixes = sorted({prefix for path in paths if (prefix := _upto(path)) is not None})
    if len(prefixes) > 1:
        return f"some are below `{prefixes[0]}` and some below `{prefixes[1]}`"
    (prefix,) = prefixes
    found = Prefix(prefix, tuple(p for p in paths if not p.startswith(f"{prefix}/")))
    bare = [re.sub(r"{[^}]*}", "{}", found.off(path)) for path in paths]
    twice = next((path for path, short in zip(paths, bare, strict=True) if bare.count(short) > 1), None)
    if twice is not None:
        return f"without `{prefix}` another one would be `{found.off(twice)}` too"
    if _refers_to_paths(document):
        return "references lead to them by their names"
    return found


def _upto(path: str) -> str | None:
    """A path up to the version in it, where nothing before that is a parameter."""
    segments = path.split("/")
    for number, segment in enumerate(segments[1:], 1):
        if VERSION_ID.fullmatch(segment):
            return "/".join(segments[: number + 1])
        if not _FIXED.fullmatch(segment):
            return None
    return None


def _refers_to_paths(document: Mapping[str, Any]) -> bool:
    waiting: list[Any] = [document]
    seen: set[int] = set()
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            if here.startswith("#/paths/"):
                return True
        elif isinstance(here, Mapping | list) and id(here) not in seen:
            seen.add(id(here))
            waiting += here.values() if isinstance(here, Mapping) else here
    return False


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1")


def _published_place(place: str, escaped: Mapping[str, str]) -> str:
    root, _, rest = place.partition("/paths/")
    path, slash, inside = rest.partition("/")
    return f"#/paths/{escaped[path]}{slash}{inside}" if root == "#" and path in escaped else place

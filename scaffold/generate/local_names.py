"""The local names of a generated function, no two of which are one."""

from __future__ import annotations

from collections.abc import Iterable


class Locals:
    """The local names of one function: each place gets one that nothing else in it uses."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = {*RESERVED, *reserved}
        self._of: dict[object, str] = {}

    def of(self, place: object, wanted: str) -> str:
        """The name for `place`, like `wanted`; names with `_sent`, `_now`, `_seen` behind it are its own too."""
        if place not in self._of:
            name = wanted
            while name.endswith("_shapes") or not self._taken.isdisjoint(_family(name)):
                name += "_"
            self._taken.update(_family(name))
            self._of[place] = name
        return self._of[place]


def _family(name: str) -> set[str]:
    return {name, *(f"{name}{end}" for end in ("_sent", "_now", "_seen", "_parts"))}


RESERVED = frozenset(
    {"payload", "now", "current", "kept", "record", "records", "codecs", "scalars", "replace", "item", "key", "one"}
    | {
        "coding",
        "constraints",
        "shown",
        "stored",
        "made",
        "value",
        "cast",
        "keep",
        "mark",
        "written",
        "cleared",
        "completed",
        "completed_variant",
        "differs",
        "whole",
        "given",
        "together",
        "parted",
        "patched",
        "plainly",
        "beside",
        "over",
        "each_with_seen",
        "told_with_seen",
        "variant_with_seen",
        "with_seen",
        "restored",
        "still",
        "unsent",
        "match_items",
        "merge_keys",
        "merged_keys",
        "dict",
        "enumerate",
        "filled",
        "filled_variant",
        "inside",
        "none_new",
        "nth",
        "unchanged",
        "unknown",
        "within",
    }
    | {"hooks", "meanings", "joint_codecs", "list_codecs", "unit_codecs", "len", "max", "min", "float", "int"}
    | {"base64", "date", "datetime", "time", "timedelta", "over_one", "same_seen", "same_variant", "list", "lambda"}
)
"""Names that the functions of a types module use themselves."""

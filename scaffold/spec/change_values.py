"""Changes of the values of enums: added, removed, split, merged."""

from __future__ import annotations

from typing import Any

from ..contract.address import MemberAddress
from ..contract.changes import AddEnumValue, ChangeEnumValue, MergeEnumValues, RemoveEnumValue, SplitEnumValue
from ..contract.types import MISSING, Json, Missing, Undecided
from .change_addresses import enum_value, only, read_address
from .change_base import ChangeBase
from .change_keys import ADD, CHANGE, REMOVE
from .change_shapes import AddSpec, MergeSpec, RemoveSpec, SplitSpec
from .change_verb import ChangeSpec
from .point import Point, fail


def add_value(spec: AddSpec, address: MemberAddress, point: Point, said: dict[str, Any]) -> AddEnumValue:
    """The value that `spec` adds to an enum."""
    only(spec, "add", "a value of an enum", ADD["a value of an enum"])
    at = enum_value(address, spec.place("add"))
    return AddEnumValue(
        at=at, description=spec.description, old_sees=point.policy(spec, "old_sees"), opt_in=spec.opt_in, **said
    )


def hold_value(spec: ChangeSpec, address: MemberAddress, point: Point, said: dict[str, Any]) -> ChangeEnumValue:
    """The value whose header `spec` changes; with `opt_in: null` it is held back no more.

    Raises:
        ScaffoldError: SC312 for other keys, SC313 where nothing is said of a header.
    """
    only(spec, "change", "a value of an enum", CHANGE["a value of an enum"])
    at = enum_value(address, spec.place("change"))
    if "opt_in" not in spec.stated():
        help_ = "`opt_in: null` shows it to everybody, `opt_in: X-Preview-Values` holds it back; or add, remove, rename"
        raise fail("SC313", f"nothing is said of `{at}`, a value of an enum", spec.place("change"), help_)
    if spec.opt_in is None and "old_sees" in spec.stated():
        message = f"`old_sees` says nothing where everybody is shown `{at}`"
        raise fail("SC312", message, spec.place("old_sees"), "leave it out")
    return ChangeEnumValue(at=at, opt_in=spec.opt_in, old_sees=point.policy(spec, "old_sees"), **said)


def remove_value(spec: RemoveSpec, address: MemberAddress, point: Point, said: dict[str, Any]) -> RemoveEnumValue:
    """The value that `spec` takes out of an enum."""
    only(spec, "remove", "a value of an enum", REMOVE["a value of an enum"])
    at = enum_value(address, spec.place("remove"))
    if spec.policy is not None and "old_sends" in spec.stated():
        problem = f"`{at}` is refused, or it is taken as another value"
        raise fail("SC312", problem, spec.place("policy"), "keep `policy` or `old_sends`")
    existing: Json | Missing | Undecided = point.policy(spec, "existing")
    return RemoveEnumValue(
        at=at,
        old_sends=point.policy(spec, "old_sends"),
        policy=spec.policy,
        waiver=point.waiver(spec),
        existing=MISSING if isinstance(existing, Undecided) else existing,
        **said,
    )


def split_value(spec: SplitSpec, address: MemberAddress, point: Point, said: dict[str, Any]) -> SplitEnumValue:
    """The value that `spec` splits into several."""
    only(spec, "split", "a value of an enum", ("into", "pick"))
    into = spec.into
    if not isinstance(into, list) or not all(isinstance(name, str) for name in into):
        raise fail("SC313", f"`{address}` is split into values", spec.place("into"), "write `into: [one, other]`")
    at, names = enum_value(address, spec.place("split")), tuple(str(name) for name in into)
    pick = _pick(spec, f"what older clients mean by `{at.name}`", names)
    return SplitEnumValue(at=at, into=names, pick=pick, **said)


def merge_values(
    spec: MergeSpec, addresses: list[MemberAddress], point: Point, said: dict[str, Any]
) -> MergeEnumValues:
    """The values that `spec` makes one of."""
    only(spec, "merge", "values of an enum", ("into", "pick"))
    if spec.into is None:
        raise fail("SC313", "it is not said what the values become", spec.place("merge"), "add `into:` with one value")
    values = tuple(enum_value(a, spec.place("merge")) for a in addresses)
    pick = _pick(spec, f"what older clients are shown for `{spec.into}`", tuple(v.name for v in values))
    return MergeEnumValues(values=values, into=str(spec.into), pick=pick, **said)


def _pick(spec: SplitSpec | MergeSpec, what: str, names: tuple[str, ...]) -> str:
    if spec.pick is None:
        help_ = f"add `pick:`, one of {', '.join(f'`{name}`' for name in names)}"
        raise fail("SC320", f"it is not said {what}", spec.key_place(), help_)
    return str(spec.pick)


def addresses_of(spec: ChangeBase, key: str, texts: list[str]) -> list[MemberAddress]:
    """The addresses under `key`, which are of fields or values.

    Raises:
        ScaffoldError: SC301 for what is no address, SC313 for one of something else.
    """
    found = []
    for position, text in enumerate(texts):
        place = spec.item_place(key, position)
        address = read_address(text, place)
        if not isinstance(address, MemberAddress):
            raise fail("SC313", f"`{address}` cannot be {_DONE[key]}", place, "fields and values of enums can")
        found.append(address)
    return found


_DONE = {"split": "split", "merge": "merged"}

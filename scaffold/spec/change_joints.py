"""Splits and merges of fields, and types that are converted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..contract.address import MemberAddress, find_field, find_owner
from ..contract.changes import CustomType, MergeFields, SplitField
from ..contract.changes.base import need_object
from ..contract.changes.joints import by_hand
from ..contract.named_types import Field, ObjectType
from ..diagnostics import ScaffoldError
from .change_addresses import said
from .change_base import ChangeBase
from .change_shapes import CustomSpec, MergeSpec, SplitSpec
from .fields import build_field
from .point import Point, fail
from .references import referring
from .scalars import Block, Raw, Row
from .settling import settle, settled
from .shapes import FieldSpec, Typed
from .validate import read_part


def split_field(spec: SplitSpec, at: MemberAddress, point: Point) -> SplitField:
    """The split that `spec` declares of the field at `at`."""
    source = find_field(point.contract, at).field
    made = _fields(spec, at, point)
    sees = point.policy(spec, "old_sees", source.type, nullable=source.nullable or not source.required)
    return SplitField(at=at, into=made, by=_way(spec), old_sees=sees, **said(spec))


def merge_fields(spec: MergeSpec, sources: tuple[MemberAddress, ...], point: Point) -> MergeFields:
    """The merge that `spec` declares of the fields `sources`."""
    made = _fields(spec, sources[0], point)
    if len(made) != 1:
        raise fail("SC313", "a merge makes one field", spec.place("into"), "write `into: full_name`")
    return MergeFields(sources=tuple(sources), into=made[0], by=_way(spec), **said(spec))


def custom(spec: CustomSpec, point: Point) -> CustomType:
    """The conversion by hand that `spec` declares."""
    owner = need_object(point.contract, spec.custom)
    into = by_hand(owner)
    if spec.fields is not None:
        into = _built(owner, spec.fields, spec, "fields", point)
    return CustomType(name=spec.custom, into=into, up=spec.up, down=spec.down, lossless=spec.lossless, **said(spec))


def _way(spec: SplitSpec | MergeSpec) -> str:
    if spec.with_ is None:
        help_ = "add `with: words`, `lines`, `comma`, or the name of a hook, `conversions.split_name`"
        raise fail("SC313", "nothing says how the fields are converted", spec.place("split", "merge"), help_)
    return spec.with_


def _fields(spec: SplitSpec | MergeSpec, at: MemberAddress, point: Point) -> tuple[Field, ...]:
    """The new fields under `into`: names of text fields, or names with types."""
    owner, _ = find_owner(point.contract, at)
    stated = read_part(Typed, _as_fields(spec), point.findings, "into")
    if stated is None:
        raise ScaffoldError(())
    return _built(owner, stated.fields or {}, spec, "into", point)


def _built(
    owner: ObjectType, fields: Mapping[str, FieldSpec], spec: ChangeBase, key: str, point: Point
) -> tuple[Field, ...]:
    scope = point.scope()
    found = [build_field(owner.name, owner.identity, name, field, scope) for name, field in fields.items()]
    settle(scope)
    if scope.new_types:
        raise fail("SC309", "a part is a single value", spec.place(key), "write `str`, or `list[str]`")
    known = point.contract.resources
    read = [referring(f, owner.name, scope, known) if f.refers else f for f in found if f is not None]
    made = [settled(f, scope, scope.all_types) for f in read]
    if len(made) < len(found):
        raise ScaffoldError(())
    for f in made:
        point.places.setdefault(f"{owner.name}.{f.name}", spec.place(key, f.name))
    return tuple(made)


def _as_fields(spec: SplitSpec | MergeSpec) -> Block:
    """What stands under `into`, as an object that has those fields."""
    raw: Any = spec.into
    names = [raw] if isinstance(raw, Raw) and not raw.null else raw if isinstance(raw, Row) else []
    if not isinstance(raw, Block) and not (names and all(isinstance(n, str) and n.strip() for n in names)):
        verb = "split" if isinstance(spec, SplitSpec) else "merge"
        place = spec.place("into") if "into" in spec.stated() else spec.place(verb)
        raise fail("SC313", "nothing says what becomes of it", place, "write `into: {first_name: str, last_name: str}`")
    fields = raw if isinstance(raw, Block) else Block({str(name): _text(name) for name in names})
    if not isinstance(raw, Block):
        fields.node = raw.node
    whole = Block({"fields": fields})
    whole.node = fields.node
    return whole


def _text(name: Raw) -> Raw:
    made = Raw("str")
    made.node = name.node
    return made

"""Strategies of JSON values for the types of a contract."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from hypothesis import strategies as st

from scaffold.contract.contract import Contract
from scaffold.contract.fitting import fits
from scaffold.contract.message import View
from scaffold.contract.named_types import AliasType, EnumType, ObjectType, Unknown
from scaffold.contract.names import OtherName, other_names
from scaffold.contract.types import MISSING, Json, Kind, ListOf, MapOf, Missing, Ref, Scalar, Type, UnionOf
from scaffold.contract.views import rest_view, settled_fields, view_fields
from scaffold.convert.stated import is_rest
from scaffold.generate.runtime.patterns import searching

TEXTS = ("", "a", "Ada", "1.50", "007", "true", "2026-01-15", "  ", "null", "ünï", 'x"y', "a\\b")
READABLE: Mapping[Kind, tuple[str, ...]] = {
    Kind.STR: TEXTS,
    Kind.INT: ("0", "-7", "007", "+5", " 12 ", "1_0"),
    Kind.FLOAT: ("1.5", " 1.50", "1e3", "-0.0", "2"),
    Kind.DECIMAL: ("1.50", " 1.50", "1.5e1", "-0", "007.10", "1E+2"),
    Kind.BOOL: ("true", "false"),
    Kind.UUID: ("6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11", "6F1C1B5E8A364D0E9D0A2F6B3F0C9E11"),
    Kind.EMAIL: ("ada@example.com", "A@b.co"),
    Kind.URL: ("https://example.com/one", "urn:x"),
    Kind.DATE: ("2026-01-15", "20260115", "2026-W03-4"),
    Kind.DATETIME: ("2026-01-15T09:30:00Z", "2026-01-15T10:30:00+01:00", "20260115T093000Z"),
    Kind.TIME: ("09:30", "093000", "09:30:00.500000", "09:30:00Z"),
    Kind.DURATION: ("PT90M", "P1DT0.5S", "PT0S", "-PT1S"),
    Kind.BYTES: ("", "YQ==", "YR==", "aGVsbG8="),
}
"""Texts that can be read as a value of another kind, also in unusual spellings."""

NUMBERS: tuple[Json, ...] = (*range(6), *range(-5, 0), 2**53 + 1, -(2**63), 2**63 - 1)
"""Whole numbers: small ones, and those that no float holds or that are all an int64 can be."""

SCALARS: Mapping[Kind, st.SearchStrategy[Json]] = {
    Kind.STR: st.sampled_from(TEXTS) | st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=6),
    Kind.INT: st.sampled_from(NUMBERS),
    Kind.FLOAT: st.sampled_from([0.0, 1.5, -2.25, 1.0, 0.1, 1e15]) | st.floats(-1e6, 1e6, allow_subnormal=False),
    Kind.BOOL: st.booleans(),
    Kind.DECIMAL: st.sampled_from(["0", "1.50", "1.5", "-3", "123456789012345678.12", "0.10"]),
    Kind.DATE: st.dates().map(lambda d: d.isoformat()),
    Kind.DATETIME: st.sampled_from(
        ["2026-01-15T09:30:00Z", "2026-01-15T00:00:00Z", "2026-01-15T23:30:00+01:00", "1999-12-31T23:59:59.000001Z"]
    ),
    Kind.TIME: st.sampled_from(["09:30:00", "23:59:59.500000"]),
    Kind.DURATION: st.sampled_from(["PT1H30M", "P2D", "PT0S", "PT0.5S"]),
    Kind.UUID: st.uuids().map(str),
    Kind.EMAIL: st.sampled_from(["ada@example.com", "A@b.co"]),
    Kind.URL: st.sampled_from(["https://example.com/one", "urn:x"]),
    Kind.BYTES: st.binary(max_size=4).map(lambda b: base64.b64encode(b).decode()),
    Kind.JSON: st.sampled_from([{"any": "value"}, [1, None], "text", 7, True]),
    Kind.NULL: st.none(),
}

REFERRED: Mapping[Kind, Json] = {
    Kind.INT: 7,
    Kind.UUID: "00000000-0000-0000-0000-000000000007",
    Kind.STR: "seven",
}
"""The keys of every kind that the one row has which others refer to."""

UNHEARD = ("zz", "z-1", "Zz")
"""Names of fields that no type has."""


Readable = Mapping[str, tuple[Json, ...]]
"""By identity of a field, what its codecs can read of texts and numbers; of an enum, the values it takes."""


def values(
    contract: Contract, type_: Type, view: View = View.OUTPUT, *, readable: Readable | None = None
) -> st.SearchStrategy[Json]:
    """JSON values of `type_` as `view` has it."""
    return _Values(contract, readable or {}).of(type_, view)


def objects(contract: Contract, type_: ObjectType, view: View, *, readable: Readable) -> st.SearchStrategy[Json]:
    """JSON objects of one side of `type_`; optional fields come and go, and so do unknown ones where it keeps them."""
    return _Values(contract, readable).object(type_, view)


@dataclass
class _Values:
    """Makes strategies, of each side of an object once: it may hold itself."""

    contract: Contract
    readable: Readable
    known: dict[tuple[str, View], st.SearchStrategy[Json]] = field(default_factory=dict)

    def of(self, type_: Type, view: View, words: tuple[Json, ...] | None = None) -> st.SearchStrategy[Json]:
        """Values of a type; `words` are the texts among them that can be read."""
        match type_:
            case Scalar():
                return self._scalar(type_, words)
            case ListOf(items=inner):
                made = self.of(inner, view, words)
                low = type_.min_items or 0
                high = low + 3 if type_.max_items is None else type_.max_items
                keyed = self.contract.object(inner.name) if isinstance(inner, Ref) else None
                key = None if keyed is None or keyed.key is None else keyed.key.name
                by = (lambda v: json.dumps(v.get(key, id(v)))) if key is not None else None
                found = st.lists(made, min_size=low, max_size=min(high, low + 3), unique_by=by)
                return found.filter(lambda v: fits(self.contract, type_, v, view=view)) if type_.unique_items else found
            case MapOf(values=inner):
                return st.dictionaries(st.sampled_from(["k", "key two", "ö"]), self.of(inner, view, words), max_size=2)
            case Ref(name):
                found_ = self.contract.types[name]
                if isinstance(found_, AliasType):
                    if (name, view) not in self.known:
                        self.known[name, view] = st.deferred(lambda: self.of(found_.type, view, words))
                    return st.none() | self.known[name, view] if found_.nullable else self.known[name, view]
                if isinstance(found_, EnumType):
                    taken = self.readable.get(found_.identity, tuple(v.value for v in found_.values))
                    return st.sampled_from([*taken, *["elsewhere"] * found_.open]) if taken else st.nothing()
                return self.object(found_, view)
            case UnionOf(variants):
                return st.one_of([self.of(v, view) for v in variants]).filter(
                    lambda v: sum(fits(self.contract, t, v, view=view) for t in variants) == 1 or not type_.exclusive
                )

    def _scalar(self, type_: Scalar, words: tuple[Json, ...] | None) -> st.SearchStrategy[Json]:
        if words is not None and type_.kind in (Kind.STR, Kind.INT):
            made = st.sampled_from(words) if words else st.nothing()
            return made.filter(lambda v: fits(self.contract, type_, v))
        if type_.choices:
            return st.sampled_from(type_.choices)
        small = type_.format == "int32"
        made = SCALARS[type_.kind].filter(lambda v: fits(self.contract, type_, v) and not (small and abs(v) >= 2**31))
        return made if type_.pattern is None else made.filter(searching(type_.pattern))

    def object(self, type_: ObjectType, view: View) -> st.SearchStrategy[Json]:
        """Objects of one side of a type."""
        if (type_.name, view) not in self.known:
            self.known[type_.name, view] = st.deferred(lambda: self._object(type_, view))
        return self.known[type_.name, view]

    def _taken(self, type_: Type, value: Json) -> bool:
        """Whether all values of enums in `value` are among those that may be sent."""
        match type_:
            case ListOf(items=inner) if isinstance(value, list):
                return all(self._taken(inner, item) for item in value)
            case MapOf(values=inner) if isinstance(value, dict):
                return all(self._taken(inner, item) for item in value.values())
            case Ref(name):
                taken = self.readable.get(self.contract.types[name].identity)
                return taken is None or value is None or value in taken
        return True

    def _object(self, type_: ObjectType, view: View) -> st.SearchStrategy[Json]:
        required: dict[str, st.SearchStrategy[Json]] = {}
        optional: dict[str, st.SearchStrategy[Json]] = {}
        # Answers have every name of a value; requests one, which their reader may change for another.
        fields = view_fields if view is View.OUTPUT else settled_fields
        for f in fields(type_, view, self.contract.version):
            if is_rest(f.field):
                continue  # what is drawn as unknown below goes into it
            if f.field.dropped is not None and view is not View.OUTPUT and not f.required:
                continue  # what it becomes is not what was sent
            type_of = f.type if view is View.OUTPUT else f.field.check or f.type
            if f.merges and f.field.identity not in self.readable:
                nulls = self.of(f.promised, f.nested)
                optional[f.name] = st.none() | nulls if f.nullable else nulls
                continue
            made = self.of(type_of, f.nested, self.readable.get(f.field.identity))
            if f.field.refers is not None and isinstance(f.type, Scalar):
                made = st.just(REFERRED[f.type.kind])
            if type_of != f.type:  # what it is held to may be said without its enum
                made = made.filter(lambda value, type_=f.type: self._taken(type_, value))
            (required if f.required else optional)[f.name] = st.none() | made if f.nullable else made
        if type_.unknown is Unknown.KEEP:
            # A partial update takes away what is null, so null is nothing that can be kept.
            rest = self.of(type_.rest or Scalar(Kind.JSON), rest_view(view))
            optional |= dict.fromkeys(UNHEARD[:2], rest.filter(lambda v: v is not None))
        made = st.fixed_dictionaries(required, optional=optional)
        names = other_names(self.contract, type_) if view is View.OUTPUT else ()
        return made.map(lambda value: _agreeing(value, names)) if names else made


def _agreeing(value: dict[str, Json], names: tuple[OtherName, ...]) -> dict[str, Json]:
    """`value`, an object of an answer, that says the same by all names of a value."""
    made = dict(value)
    for other in names:
        own: Json | Missing = made
        for f in other.path:
            own = own.get(f.name, MISSING) if isinstance(own, dict) else MISSING
        made.pop(other.field.name, None)
        if own is not MISSING:
            made[other.field.name] = own
    return made

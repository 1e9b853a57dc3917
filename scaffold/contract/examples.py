"""Example values: JSON that a type takes on one of its sides, always the same for the same contract."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from .contract import Contract
from .fitting import fits, tags
from .message import View
from .named_types import AliasType, EnumType, Field, ObjectType
from .parameter import Parameter
from .patterns import sample
from .types import MISSING, Json, Kind, ListOf, MapOf, Missing, Ref, Scalar, Type, UnionOf
from .views import ViewField, objects_in, settled_fields, side_within, view_fields

PLAIN: Mapping[Kind, tuple[Json, ...]] = {
    Kind.BOOL: (True,),
    Kind.DECIMAL: ("12.50", "1.00", "0.50", "0"),
    Kind.DATE: ("2026-01-15",),
    Kind.DATETIME: ("2026-01-15T09:30:00Z",),
    Kind.TIME: ("09:30:00Z",),
    Kind.DURATION: ("PT1H30M",),
    Kind.UUID: ("6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11",),
    Kind.EMAIL: ("ada@example.com", "a@b.co"),
    Kind.URL: ("https://example.com/one", "https://a.co"),
    Kind.BYTES: ("aGVsbG8=", "aGk="),
    Kind.JSON: ({"any": "value"},),
    Kind.NULL: (None,),
}
"""Values that stand for a kind; the first that fits the bounds is taken."""

WORDS = {"city": "London", "country": "GB", "currency": "EUR", "language": "en", "phone": "+442079460000"}
"""What a text is taken to be when its field is called so."""

FORMATS = {
    "hostname": "api.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/one",
    "uuid": "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11",
    "email": "ada@example.com",
    "date": "2026-01-15",
    "date-time": "2026-01-15T09:30:00Z",
}
DEEP, MANY, MOST = 3, 30, 2000
"""How deep an example goes, and how many objects it has, before it leaves out objects that are optional; and how
many are tried before it is given up."""
PAGE = {"$total": 1, "$limit": 20, "$offset": 0, "$page": 1, "$pages": 1, "$next": None}


def example(
    contract: Contract, type_: Type, view: View, *, chosen: Mapping[str, Json] | None = None, name: str = "value"
) -> Json | Missing:
    """A value of `type_` as `view` has it, or MISSING when none can be made that surely fits.

    `chosen` fixes the value of fields and enums by identity; a field that is chosen to be MISSING is left out.
    A field's own example is taken where it fits. Optional fields are there, except where they would lead into
    themselves, or an example too far.
    """
    return _Maker(contract, chosen or {}).of(type_, view, name)


def _others(value: Json) -> Iterator[Json]:
    """Values like `value`, some of which may fit where it does."""
    for number in range(1, MOST):
        if isinstance(value, int):
            yield from (value + number, value - number)
        else:
            yield f"{value}{number}"
            yield f"{str(value)[: -len(str(number))]}{number}"


def parameter_example(contract: Contract, parameter: Parameter) -> Json | Missing:
    """A value to send as `parameter`: its own example, that of the field it acts on, or one of its type."""
    found = [parameter.example]
    for identity in parameter.fields:
        if identity in contract.fields_by_identity:
            found.append(contract.fields_by_identity[identity][1].example)
    for value in found:
        if value is not MISSING and fits(contract, parameter.type, value):
            return value
    return example(contract, parameter.type, View.INPUT, name=parameter.name)


def under(wrap: str | None, value: Json) -> Json:
    """`value` as it travels: alone, or as the only field of an object."""
    return value if wrap is None else {wrap: value}


def page_example(template: Json, items: list[Json], version: str) -> Json:
    """An envelope filled in with `items`; no template gives the bare list."""
    match template:
        case None | "$items":
            return items
        case "$version":
            return version
        case str() if template in PAGE:
            return len(items) if template == "$total" else PAGE[template]
        case dict():
            return {key: page_example(value, items, version) for key, value in template.items()}
        case list():
            return [page_example(value, items, version) for value in template]
        case _:
            return template


@dataclass
class _Maker:
    contract: Contract
    chosen: Mapping[str, Json]
    inside: list[str] = field(default_factory=list)
    objects: int = 0

    def of(self, type_: Type, view: View, name: str) -> Json | Missing:
        match type_:
            case Scalar():
                return scalar_example(type_, name)
            case ListOf():
                return self._list(type_, view, name.removesuffix("s"))
            case MapOf():
                inner = self.of(type_.values, view, name)
                return {} if inner is MISSING else {"key": inner}
            case UnionOf():
                return self._union(type_, view, name)
            case Ref():
                found = self.contract.types.get(type_.name)
                if isinstance(found, AliasType):
                    return self._alias(found, view, name)
                if isinstance(found, EnumType):
                    usual = next((v for v in found.values if v.opt_in is None), found.values[0])
                    return self.chosen.get(found.identity, usual.value)
                return self._object(found, view) if isinstance(found, ObjectType) else MISSING

    def _list(self, type_: ListOf, view: View, name: str) -> Json | Missing:
        least = type_.min_items or 0
        inner = self.of(type_.items, view, name)
        if inner is MISSING or type_.max_items == 0:
            return MISSING if least else []
        if least < 2:
            return [inner]
        return MISSING if type_.unique_items else self._told_apart(inner, type_.items, least)

    def _told_apart(self, item: Json, type_: Type, count: int) -> Json | Missing:
        """`count` times `item`, each with a key of its own where its type has one."""
        found = self.contract.types.get(type_.name) if isinstance(type_, Ref) else None
        key = found.key if isinstance(found, ObjectType) else None
        if key is None or key.name not in item:
            return [item] * count
        made = [item]
        for other in _others(item[key.name]):
            if len(made) == count:
                break
            if fits(self.contract, key.type, other) and all(other != one[key.name] for one in made):
                made.append({**item, key.name: other})
        return made if len(made) == count else MISSING

    def _union(self, type_: UnionOf, view: View, name: str) -> Json | Missing:
        """The first variant of which a value can be made, named by the discriminator."""
        for variant in sorted(type_.variants, key=lambda v: isinstance(v, Scalar) and v.kind is Kind.NULL):
            made = self.of(variant, view, name)
            if made is MISSING:
                continue
            if type_.discriminator is not None and isinstance(variant, Ref) and isinstance(made, dict):
                made = {**made, type_.discriminator.property: tags(type_, variant.name)[0]}
            if fits(self.contract, type_, made, view=view):
                return made
        return MISSING

    def _alias(self, type_: AliasType, view: View, name: str) -> Json | Missing:
        if type_.identity in self.inside:
            return MISSING
        self.inside.append(type_.identity)
        made = self.of(type_.type, view, name)
        self.inside.pop()
        return None if made is MISSING and type_.nullable else made

    def _object(self, type_: ObjectType, view: View) -> Json | Missing:
        if type_.identity in self.inside or self.objects > MOST:
            return MISSING
        self.inside.append(type_.identity)
        self.objects += 1
        made: dict[str, Json] = {}
        whole = True
        # Requests say a value by its own name, answers by all.
        fields = view_fields if view is View.OUTPUT else settled_fields
        for f in fields(type_, view, self.contract.version):
            value = self._field(f)
            if value is not MISSING:
                made[f.name] = value
            elif f.required and f.field.identity not in self.chosen:
                whole = False
        self.inside.pop()
        return made if whole else MISSING

    def _field(self, made: ViewField) -> Json | Missing:
        given = made.field
        identity = given.alias_of or given.identity
        if identity in self.chosen:
            return self.chosen[identity]
        if given.example is not MISSING and given.example is not None and self._free(given):
            if fits(self.contract, given.type, given.example, view=side_within(self.contract, made)):
                return given.example
        if not made.required and self._far and any(objects_in(self.contract, given.type)):
            return MISSING
        value = self.of(given.type, side_within(self.contract, made), _birth_name(given))
        return None if value is MISSING and made.nullable else value

    @property
    def _far(self) -> bool:
        return len(self.inside) > DEEP or self.objects > MANY

    def _free(self, given: Field) -> bool:
        """Whether nothing that this field holds is chosen."""
        return not isinstance(given.type, Ref) or all(
            t.identity not in self.chosen for n, t in self.contract.types.items() if n == given.type.name
        )


def _birth_name(given: Field) -> str:
    """The name the field was born with: so that its example stays when it is renamed."""
    return (given.alias_of or given.identity).rpartition(".")[2] or given.name


def scalar_example(scalar: Scalar, name: str) -> Json | Missing:
    """A single value that fits every bound of `scalar`; a text says `name`. MISSING when none is found."""
    if scalar.choices:
        return scalar.choices[0]
    bounds = (scalar.ge, scalar.gt, scalar.le, scalar.lt, scalar.multiple_of)
    # Equal numbers may be written differently, so what depends on them is not remembered.
    return _remembered(scalar, name) if bounds == (None,) * 5 else _first_fitting(scalar, name)


def _first_fitting(scalar: Scalar, name: str) -> Json | Missing:
    empty = Contract("")
    for value in _candidates(scalar, name):
        if fits(empty, scalar, value):
            return value
    return MISSING


_remembered = lru_cache(maxsize=10_000)(_first_fitting)


def _candidates(scalar: Scalar, name: str) -> list[Json]:
    if scalar.kind in (Kind.INT, Kind.FLOAT):
        return list(_numbers(scalar))
    if scalar.kind is Kind.DECIMAL:
        return [*PLAIN[Kind.DECIMAL], *(format(Decimal(str(n)), "f") for n in _numbers(scalar))]
    found: list[Json] = list(PLAIN.get(scalar.kind, ()))
    if scalar.kind is Kind.STR and scalar.format is not None:
        # A format that is not known here cannot be met for sure.
        return [FORMATS[scalar.format]] if scalar.format in FORMATS else []
    if scalar.kind is Kind.STR and scalar.pattern is None:
        return [*([WORDS[name]] if name in WORDS else []), _sized(_said(name), scalar)]
    if scalar.pattern is not None:
        made = sample(scalar.pattern, scalar.min_length, scalar.max_length)
        found += [_sized(_said(name), scalar)] if made is None else [made]
    return found


def _said(name: str) -> str:
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).replace("_", " ").replace("-", " ").strip()
    return spaced[:1].upper() + spaced[1:] or "Text"


def _sized(text: str, scalar: Scalar) -> str:
    low, high = scalar.min_length or 0, scalar.max_length
    while len(text) < low:
        text = f"{text} {text}"
    if high is not None and len(text) > high:
        text = text[:high]
    return text if text == text.strip() else text.strip().ljust(len(text), "x")


def _numbers(scalar: Scalar) -> list[int | float]:
    whole = scalar.kind is Kind.INT
    step = scalar.multiple_of or (1 if whole else 0.5)
    low = max((b for b in (scalar.ge, scalar.gt) if b is not None), default=None)
    high = min((b for b in (scalar.le, scalar.lt) if b is not None), default=None)
    found: list[int | float] = [1.5, 1, 0] if not whole else [1, 0]
    for bound, way in ((low, 1), (high, -1)):
        if bound is not None:
            near = (math.ceil if way > 0 else math.floor)(bound / step)
            found += [(near + way * n) * step for n in range(3)] + [bound]
    if low is not None and high is not None:
        found.append((low + high) / 2)
    found.append(step)
    return [int(n) if whole and n == int(n) else n for n in found if math.isfinite(n)]

"""What the database holds rows to by itself, once the versions that allowed more were dropped.

Until a version is dropped nothing is: rows may be of any version, and a program of the version before runs on the same
tables. From then on a rule holds that every version which is left keeps; a later version can only loosen it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..contract.history import History
from ..contract.named_types import EnumType, Field
from ..contract.types import MISSING, Kind, Ref, Scalar, Type
from .columns import Column
from .home import shortened
from .python import text
from .table_model import Table, Tables, Value

TEXTS = frozenset({Kind.STR, Kind.EMAIL, Kind.URL})
NUMBERS = frozenset({Kind.INT, Kind.FLOAT, Kind.DECIMAL})
BOUNDS = (
    ("ge", ">=", "less than"),
    ("gt", ">", "not more than"),
    ("le", "<=", "more than"),
    ("lt", "<", "not less than"),
)
"""Of numbers: the bound, how SQL says it, and what is said of a value that breaks it."""


@dataclass(frozen=True)
class HeldTable:
    """What the rows of a table are held to: its columns that are never NULL with their types, and checks by name."""

    table: str
    filled: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rule:
    """What the rows of a table are held to: `condition` in SQL that both databases read.

    `name` is None for NOT NULL; `told` says what is wrong with a row that breaks it.
    """

    table: str
    column: str
    name: str | None
    condition: str
    told: str

    @property
    def said(self) -> str:
        """The rule, for people."""
        return f"{self.table}.{self.column} {'NOT NULL' if self.name is None else f'CHECK ({self.condition})'}"


def rules(tables: Tables) -> tuple[Rule, ...]:
    """What the rows are held to; nothing where no version was dropped."""
    if tables.history.complete is None:
        return ()
    return tuple(rule for table in tables.tables for value in table.values() for rule in _rules(table, value, tables))


def became_unique(history: History, identity: str) -> bool:
    """Whether a field that was not unique from the first is so in every version, since others were dropped."""
    return history.complete is not None and all(f is not None and f.unique for f in _promised(history, identity))


def held_tables(
    wanted: Iterable[Rule], tables: Tables, type_of: Callable[[Column, Tables], str]
) -> Iterator[HeldTable]:
    """Rules by table, as a script writes them."""
    wanted = list(wanted)
    for table in tables.tables:
        mine = [r for r in wanted if r.table == table.name]
        types = {c.name: type_of(c, tables) for c in table.columns}
        if mine:
            yield HeldTable(
                text(table.name),
                tuple((text(r.column), types[r.column]) for r in mine if r.name is None),
                tuple((text(r.name), text(r.condition)) for r in mine if r.name is not None),
            )


def _rules(table: Table, value: Value, tables: Tables) -> Iterator[Rule]:
    keys = value.slot.newest.keys
    joined = {f.keys for joint in table.joints for f in (*joint.older, *joint.newer)}
    promised = list(_promised(tables.history, value.field.identity))
    if len(keys) > 1 or len(value.slot.forms) > 1 or keys in joined or value.field.field.key:
        return  # other forms of it stand beside it, or it names rows
    fields = [f for f in promised if f is not None]
    if len(fields) < len(promised):
        return
    column = keys[0]
    always = len(value.path) == 1 and value.field.required and not value.field.nullable
    if always and all((f.required or f.default is not MISSING) and not f.nullable for f in fields):
        yield Rule(table.name, column, None, f'"{column}" IS NOT NULL', "is missing")
    for what, condition, told in _checks(column, value.slot.newest.type, fields, tables):
        yield Rule(table.name, column, shortened(f"ck_{table.name}_{column}_{what}"), condition, told)


def escaped(condition: str) -> str:
    """A condition in which a colon is no parameter."""
    return condition.replace(":", r"\:")


def _promised(history: History, identity: str) -> Iterator[Field | None]:
    """The field in each version that is left; None where that does not have it."""
    for contract in history.contracts:
        yield contract.fields_by_identity[identity][1] if identity in contract.fields_by_identity else None


def _checks(column: str, kept_as: Type, fields: Iterable[Field], tables: Tables) -> Iterator[tuple[str, str, str]]:
    """What the values of a column are checked for: a word for the name, the condition, and what breaks it."""
    if isinstance(kept_as, Ref) and kept_as.name in tables.enums:
        stored = tables.enums[kept_as.name]
        closed = isinstance(tables.records.enums[kept_as.name].type, EnumType) and not stored.open
        if closed and stored.stored and all(f.loose is None for f in fields):
            listed = ", ".join(map(_quoted, stored.stored.values()))
            yield "value", f'"{column}" IN ({listed})', f"is none of {', '.join(stored.stored.values())}"
        return
    types = [t for f in fields for t in (f.type, f.loose) if t is not None]
    scalars = [t for t in types if isinstance(t, Scalar)]
    if not isinstance(kept_as, Scalar) or len(scalars) < len(types) or any(s.kind is not kept_as.kind for s in scalars):
        return
    if kept_as.kind in TEXTS:
        yield from _lengths(column, scalars)
    if kept_as.kind in NUMBERS:
        yield from _bounds(column, kept_as.kind, scalars)
    if kept_as.kind in TEXTS | {Kind.INT} and all(s.choices for s in scalars):
        choices = list(dict.fromkeys(c for s in scalars for c in s.choices if c is not None))
        if all(isinstance(c, str | int) and not isinstance(c, bool) for c in choices):
            listed = ", ".join(_quoted(c) if isinstance(c, str) else str(c) for c in choices)
            yield "value", f'"{column}" IN ({listed})', f"is none of {', '.join(map(str, choices))}"


def _lengths(column: str, scalars: list[Scalar]) -> Iterator[tuple[str, str, str]]:
    shortest = [s.min_length for s in scalars]
    if (least := min((n or 0) for n in shortest)) > 0:
        yield "shortest", f'length("{column}") >= {least}', f"is shorter than {least}"
    longest = [s.max_length for s in scalars if s.max_length is not None]
    if len(longest) == len(scalars):
        yield "longest", f'length("{column}") <= {max(longest)}', f"is longer than {max(longest)}"


def _bounds(column: str, kind: Kind, scalars: list[Scalar]) -> Iterator[tuple[str, str, str]]:
    """Those bounds that every version has, each as the loosest has it."""
    for name, sign, told in BOUNDS:
        found = [bound for s in scalars if (bound := getattr(s, name)) is not None]
        if len(found) == len(scalars):
            loosest = min(found) if name in ("ge", "gt") else max(found)
            literal = _quoted(str(loosest)) if kind is Kind.DECIMAL else repr(loosest)
            yield name, f'"{column}" {sign} {literal}', f"is {told} {loosest}"
    steps = {s.multiple_of for s in scalars}
    step = steps.pop() if len(steps) == 1 else None
    if kind is Kind.INT and isinstance(step, int):
        yield "step", f'"{column}" % {step} = 0', f"is no multiple of {step}"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

"""What `access.py` says: which credentials the operations of each version require, equal tables only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.operation import Operation
from ..contract.parameter import Location
from ..contract.security import Requirement, SecurityKind, SecurityScheme
from .python import text
from .routes import package_of

Requirements = tuple[Requirement, ...]


@dataclass(frozen=True)
class Table:
    """What one version requires: `usual` of every operation but `others`, by their ids; `schemes` are expressions."""

    schemes: Mapping[str, str]
    usual: Requirements
    others: Mapping[str, Requirements]


@dataclass(frozen=True)
class AccessView:
    """The tables as statements, `name = …`, and the name of the table of each version."""

    tables: tuple[tuple[str, str], ...]
    of: tuple[tuple[str, str], ...]


def required(contract: Contract, operation: Operation) -> Requirements:
    """Who is let in to an operation: any of these; anybody where there is none."""
    return contract.security if operation.security is None else operation.security


def asks(history: History) -> bool:
    """Whether some operation of some version wants to know who calls."""
    return any(any(required(c, o)) for c in history.contracts for o in c.operations)


def access_view(history: History) -> AccessView:
    """The tables of every version, each distinct one stated once, as a difference where that is shorter."""
    made: list[tuple[str, Table]] = []
    statements: list[tuple[str, str]] = []
    of: list[tuple[str, str]] = []
    for contract in history.contracts:
        table = _table(contract)
        name = next((n for n, known in made if known == table), None)
        if name is None:
            name = package_of(contract.version).upper()
            statements.append((name, _stated(table, made[-1] if made else None)))
            made.append((name, table))
        of.append((text(contract.version), name))
    return AccessView(tuple(statements), tuple(of))


def _table(contract: Contract) -> Table:
    asked = {o.id: required(contract, o) for o in contract.operations}
    usual = Counter(asked.values()).most_common(1)[0][0] if asked else ()
    others = {id_: wanted for id_, wanted in asked.items() if wanted != usual}
    used = {name for wanted in asked.values() for together in wanted for name, _ in together}
    return Table({n: _scheme(s) for n, s in contract.security_schemes.items() if n in used}, usual, others)


def _stated(table: Table, before: tuple[str, Table] | None) -> str:
    if before is not None and before[1].usual == table.usual:
        name, older = before
        schemes = {n: s for n, s in table.schemes.items() if older.schemes.get(n) != s}
        changed = {i: table.others.get(i, table.usual) for i in {**older.others, **table.others}}
        changed = {i: wanted for i, wanted in changed.items() if older.others.get(i, older.usual) != wanted}
        if len(schemes) + len(changed) < len(table.schemes) + len(table.others):
            stated = [_others(changed), *([f"schemes={_schemes(schemes)}"] if schemes else [])]
            return f"{name}.but({', '.join(stated)})"
    stated = [f"schemes={_schemes(table.schemes)}"] if table.schemes else []
    stated += [f"usual={_requirements(table.usual)}"] if table.usual else []
    stated += [f"others={_others(table.others)}"] if table.others else []
    return f"Access({', '.join(stated)})"


def _schemes(schemes: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{text(n)}: {s}" for n, s in schemes.items()) + "}"


def _scheme(scheme: SecurityScheme) -> str:
    stated = [f"kind={text(scheme.kind.value)}"]
    if scheme.kind is SecurityKind.API_KEY:
        location = (scheme.location or Location.HEADER).value
        stated += [f"location={text(location)}", f"parameter={text(scheme.parameter or '')}"]
    elif scheme.kind is SecurityKind.HTTP:
        stated.append(f"word={text((scheme.scheme or 'bearer').lower())}")
    return f"Scheme({', '.join(stated)})"


def _others(others: Mapping[str, Requirements]) -> str:
    return "{" + ", ".join(f"{text(i)}: {_requirements(wanted)}" for i, wanted in others.items()) + "}"


def _requirements(wanted: Requirements) -> str:
    return _tuple(_tuple(f"({text(n)}, {_tuple(map(text, scopes))})" for n, scopes in together) for together in wanted)


def _tuple(items: Iterable[str]) -> str:
    said = list(items)
    return f"({', '.join(said)}{',' if len(said) == 1 else ''})"

"""A spec as files: one where it is short, else a folder that a person can find their way in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...contract.contract import Contract
from ...contract.history import History
from ...contract.operation import Operation, mentioned
from ...contract.types import references
from .inline import held_types
from .layout import Block, Spaced, SpacedList, Value, mapping
from .sections import Stated, api, draft, first_contract, policy, versioning, versions

MAIN = "api.yaml"
LONG = 600
"""From how many lines on a spec is a folder."""
MANY = 60
"""How many types stand in one file at most."""
HEAD = "# yaml-language-server: $schema=./.scaffold/spec.schema.json\n"
SHARED = "shared"


def spec_files(history: History, *, folder: bool | None = None) -> dict[str, str]:
    """The whole spec as text by the names of its files, `api.yaml` first.

    With `folder` types, operations and versions have files of their own, without it there is one. None decides by
    length: a long spec has its versions apart, a long first version its types and operations too. There, operations
    stand in the order of their files.
    """
    stated = Stated(first_contract(history))
    whole = {**_head(history, stated), **_parts(stated), "versions": SpacedList(versions(history))}
    text = HEAD + top_text({**whole, "next": draft(history)})
    if folder is False or (folder is None and text.count("\n") < LONG):
        return {MAIN: text}
    parts = _parts(stated)
    apart = folder is True or top_text(parts).count("\n") >= LONG
    main = _head(history, stated) | ({} if apart else parts)
    made = {MAIN: HEAD + top_text({**main, "next": draft(history)})}
    if apart:
        made |= _apart(stated)
    for version in versions(history):
        made[f"versions/{version['id']}.yaml"] = "".join(f"{line}\n" for line in mapping(version))
    return made


def _head(history: History, stated: Stated) -> dict[str, Value]:
    head: dict[str, Value] = {
        "api": api(history.api),
        "versioning": versioning(history),
        "policy": policy(history.policy),
    }
    return head | stated.top()


def _parts(stated: Stated) -> dict[str, Value]:
    """The first contract."""
    made: dict[str, Value] = {}
    if stated.document:
        made["document"] = Block(stated.document)
    for name in ("types", "resources", "operations"):
        held = getattr(stated, name)
        if held:
            made[name] = Spaced(held)
    return made


def top_text(parts: Mapping[str, Value]) -> str:
    """The top of a file, with blank lines between its parts."""
    lines: list[str] = []
    for key, value in parts.items():
        lines += [""] if lines and lines[-1] else []
        lines += mapping({key: value})
    return "".join(f"{line}\n" for line in lines)


def _apart(stated: Stated) -> dict[str, str]:
    """The files of the first contract."""
    contract = stated.contract
    made = {"document.yaml": top_text(stated.document)} if stated.document else {}
    groups = {o.address: group(o) for o in contract.operations}
    for name, types in sorted(_type_files(contract, stated.types, groups).items()):
        made[f"types/{name}.yaml"] = top_text({"types": Spaced(types)})
    for name, resource in stated.resources.items():
        file = f"resources/{_slug(contract.resources[name].handler)}.yaml"
        made[file] = top_text({"resources": Spaced({name: resource})})
    operations: dict[str, dict[str, Value]] = {}
    for address, keys in stated.operations.items():
        operations.setdefault(groups[address], {})[address] = keys
    for name, held in sorted(operations.items()):
        made[f"operations/{name}.yaml"] = top_text({"operations": Spaced(held)})
    return made


def group(operation: Operation) -> str:
    """The file that an operation stands in: by its first tag, else by the first part of its path."""
    fixed = [part for part in operation.path.split("/") if part and not part.startswith("{")]
    return _slug(operation.tags[0] if operation.tags else fixed[0] if fixed else "")


def _slug(text: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    return re.sub(r"[^a-z0-9]+", "-", spaced.lower()).strip("-")[:60] or "others"


def _type_files(
    contract: Contract, types: Mapping[str, Value], groups: Mapping[str, str]
) -> dict[str, dict[str, Value]]:
    """The types by file: with the operations where those of one file alone reach them, else among the shared ones."""
    users = _users(contract, groups)
    made: dict[str, dict[str, Value]] = {}
    for name, value in types.items():
        file = users.get(name, "unused" if contract.operations else SHARED)
        made.setdefault(file, {})[name] = value
    return {name: held for file, all_ in made.items() for name, held in _pieces(file, all_).items()}


def _pieces(file: str, types: dict[str, Value]) -> dict[str, dict[str, Value]]:
    """The types of one file, in several by alphabet where they are many."""
    if len(types) <= MANY:
        return {file: types}
    names = sorted(types, key=lambda n: (n.lower(), n))
    count = -(-len(names) // MANY)
    size = -(-len(names) // count)
    return {f"{file}-{i + 1}": {n: types[n] for n in names[i * size : (i + 1) * size]} for i in range(count)}


def _users(contract: Contract, groups: Mapping[str, str]) -> dict[str, str]:
    """For each type that operations reach, the one file whose operations do, else the shared one.

    What a type is given goes on to those it mentions, and changes once at most: from one file to the shared one.
    """
    waiting = [(n, groups[o.address]) for o in contract.operations for t in mentioned(o) for n in references(t)]
    found: dict[str, str] = {}
    while waiting:
        name, file = waiting.pop()
        type_, now = contract.types.get(name), found.get(name)
        if type_ is None or now in (file, SHARED):
            continue
        found[name] = file if now is None else SHARED
        waiting += [(n, found[name]) for held in held_types(type_) for n in references(held)]
    return found

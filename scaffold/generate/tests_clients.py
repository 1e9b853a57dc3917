"""Stored requests and answers: what a client of each version's time sends, and what it was promised to get."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..contract.codecs import Codec
from ..contract.contract import Contract
from ..contract.examples import example, parameter_example
from ..contract.fitting import fits
from ..contract.history import History
from ..contract.message import View
from ..contract.operation import Action, Operation
from ..contract.types import MISSING, Json, Kind
from ..convert.codecs import Rows, TableCodec
from ..convert.conversions import Coded, Each
from ..convert.cutting import cut
from ..convert.records import Records
from ..convert.values import NoWay, conversion
from .deprecations import deprecations
from .examples_view import Answers, Entry
from .tests_calendar import both_served_at, lifecycle_headers, served_at
from .tests_calls import call
from .tests_keys import Keys, below, keys, makeable, referred
from .tests_session import Session
from .tests_uses import uses

READABLE: Mapping[Kind, str] = {
    Kind.INT: "12",
    Kind.DECIMAL: "12.50",
    Kind.FLOAT: "12.5",
    Kind.BOOL: "true",
    Kind.UUID: "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11",
    Kind.DATE: "2026-01-15",
    Kind.DATETIME: "2026-01-15T09:30:00Z",
    Kind.EMAIL: "ada@example.com",
    Kind.URL: "https://example.com/one",
    Kind.TIME: "09:30:00",
    Kind.DURATION: "PT1H30M",
    Kind.BYTES: "aGVsbG8=",
}
"""Texts that a codec to a kind can read; those of numbers are read by the codecs to all later kinds."""


@dataclass(frozen=True)
class Clients:
    """What the tests of old clients go through: a document for each version, and the rows of the tests."""

    documents: Mapping[str, Mapping[str, Any]]
    resources: tuple[tuple[str, str], ...]
    operations: tuple[tuple[str, int], ...]
    bodies: tuple[tuple[str, int], ...]
    examples: tuple[tuple[str, int], ...]
    guarded: tuple[tuple[str, int], ...]
    through: tuple[tuple[str, str, str, str], ...]
    keys: Keys
    refers: bool
    """Whether some client must make something else first."""
    nested: bool
    """Whether some client works below something else."""


def clients(
    history: History,
    records: Records,
    form_of: Mapping[tuple[str, str], str],
    undecided: Mapping[str, tuple[str, ...]],
) -> Clients:
    """What is stored of the clients of every version; `form_of` names the form of a type in a version.

    `undecided` are the ids of operations that a version cannot answer yet.
    """
    documents: dict[str, dict[str, Any]] = {}
    for version, contract in zip(history.versions, history.contracts, strict=True):
        resources, rest = {}, list(contract.operations)
        going = {i: lifecycle_headers(version, d) for i, d in deprecations(history, contract).items()}
        chosen, open_ = readable(history, contract), undecided.get(version.id, ())
        for resource in contract.resources.values():
            name = records.name(contract.types[resource.type].identity)
            works = (name, version.id) in form_of and not any(
                o.id in open_ for o in rest if o.resource == resource.type
            )
            usual = (going, lifecycle_headers(version), uses(history, contract))
            steps = Session(contract, resource.type, chosen, *usual).steps() if works else []
            if steps:
                needs = referred(contract, resource.type, records)
                said: dict[str, Any] = {"refers": needs} if needs else {}
                said |= {"below": place} if (place := below(contract, resource.type, needs)) else {}
                resources[name] = {"form": form_of[name, version.id], "steps": steps, **said}
                if any(s["does"] == "create" for s in steps):
                    rest = [o for o in rest if o.resource != resource.type]
        documents[version.id] = {
            "served_at": served_at(version).isoformat(),
            "headers": lifecycle_headers(version),
            "resources": makeable(resources),
            "operations": [
                call(contract, o, chosen=chosen, example=_example(contract, o, open_), undecided=o.id in open_)
                for o in rest
                if o.method not in ("OPTIONS", "HEAD")
            ],
        }
    calls = [(id_, n, o) for id_, d in documents.items() for n, o in enumerate(d["operations"])]
    return Clients(
        documents=documents,
        resources=tuple((id_, name) for id_, d in documents.items() for name in d["resources"]),
        operations=tuple((id_, n) for id_, n, _ in calls),
        bodies=tuple((id_, n) for id_, n, o in calls if "refused" in o),
        examples=tuple((id_, n) for id_, n, o in calls if "status" in o),
        guarded=tuple((id_, n) for id_, n, o in calls if "credential" in o),
        through=tuple(_through(history, documents)),
        keys=keys(history, records),
        refers=any("refers" in r for d in documents.values() for r in d["resources"].values()),
        nested=any("below" in r for d in documents.values() for r in d["resources"].values()),
    )


def _example(contract: Contract, operation: Operation, undecided: tuple[str, ...]) -> Entry | None:
    """What example mode answers for an operation that is not written, or undecided."""
    wanted = operation.action is Action.FREE or operation.id in undecided
    return Answers(contract).of(operation) if wanted else None


def client_files(clients: Clients) -> Iterator[tuple[str, str]]:
    """The stored requests as files, one for each version."""
    for version, document in clients.documents.items():
        yield f"clients/{version}.json", json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _through(history: History, documents: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """For each resource one version that writes it and another that looks on, and when both are served.

    Versions that have the same form of it count as one: the newest of them.
    """
    for name in dict.fromkeys(n for d in documents.values() for n in d["resources"]):
        having = {id_: d["resources"][name] for id_, d in documents.items() if name in d["resources"]}
        does = {id_: {s["does"] for s in stored["steps"]} for id_, stored in having.items()}
        writers = {having[i]["form"]: i for i, can in does.items() if "create" in can and can & {"update", "replace"}}
        readers = {having[i]["form"]: i for i, can in does.items() if {"create", "get"} <= can}
        for form, writer in writers.items():
            for other, reader in readers.items():
                if form != other:
                    older, newer = sorted((writer, reader), key=list(documents).index)
                    moment = both_served_at(history.version(older), history.version(newer))
                    yield name, writer, reader, moment.isoformat()


def readable(history: History, contract: Contract) -> dict[str, Json]:
    """Values for the texts of a version that are something else by now: not every text can be read as that."""
    found: dict[str, Json] = {}
    fields = {identity: (f.type, f.example) for identity, (_, f) in contract.fields_by_identity.items()}
    fields |= {p.identity: (p.type, p.example) for o in contract.operations for p in o.parameters if not p.fields}
    for identity, (type_, stated) in fields.items():
        kinds = set[Kind]()
        try:
            crossing = conversion(history, contract.version, identity, type_, contract)
        except NoWay:
            continue  # what reaches it is not answered
        if isinstance(crossing, Coded) and crossing.whole:
            # What a hook reads only its author knows: the example, and nothing else.
            found[identity] = example(contract, type_, View.INPUT) if stated is MISSING else stated
            continue
        wraps: list[bool] = []
        tables: list[Rows] = []
        while isinstance(crossing, Each):
            wraps.append(crossing.mapping)
            crossing = crossing.inner
        if isinstance(crossing, Coded):
            codecs = [step.codec for step in crossing.steps if step.codec.up_fails]
            kinds = {codec.newer for codec in codecs if isinstance(codec, Codec)}
            tables = [codec.up_rows for codec in codecs if isinstance(codec, TableCodec)]
        value: Json = next((text for kind, text in READABLE.items() if kind in kinds), None)
        if tables:
            value = tables[0][0][0]
        for mapping in reversed(wraps):
            value = {"key": value} if mapping else [value]
        if (kinds or tables) and stated is MISSING and fits(contract, type_, value):
            found[identity] = value
    return found | dict(_taken(history, contract))


def _taken(history: History, contract: Contract) -> Iterator[tuple[str, Json]]:
    """Values for the parameters of a version of which not all that it promised is taken any more."""
    for p in (p for o in contract.operations for p in o.parameters):
        taken = cut(history, contract.version, p.identity).read
        if taken is not None and (value := parameter_example(contract, replace(p, type=taken))) is not MISSING:
            yield p.identity, value

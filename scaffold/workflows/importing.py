"""Published documents become a history: the first a contract, the difference to each next one its changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..contract.changes import Change
from ..contract.contract import Contract
from ..contract.history import Api, Applied, History, Policy, Version, evolve
from ..contract.types import Json
from ..diagnostics import Diagnostic, Severity
from ..openapi import Difference, differences, document
from ..openapi.inference import Choice, Guess, infer, unrelated
from ..openapi.reading import Published, Remark
from .prefixed import base_of, beside, elsewhere, read_all
from .published import Source, api_name, scheme_of
from .questions import Ask, asked, open_policies


@dataclass(frozen=True)
class Step:
    """What came of one document: its version, its remarks, and how its changes were found."""

    source: Source
    published: Published
    changes: tuple[Change, ...] = ()
    guesses: tuple[Guess, ...] = ()
    choices: tuple[Choice, ...] = ()
    remaining: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the contract cannot check, or says in another way."""
        return self.published.remarks

    @property
    def undecided(self) -> tuple[tuple[Change, str], ...]:
        """The policies that are open, by change and key."""
        return tuple((c, key) for c in self.changes for key in open_policies(c))


def take_in(
    sources: Sequence[Source],
    *,
    into: History | None = None,
    guess: bool = True,
    released: date | None = None,
    ask: Ask | None = None,
) -> tuple[History, tuple[Step, ...]]:
    """The history that `sources` make, oldest first, and how it was found; `into` is one that they continue.

    Callers that name no version go on with the oldest one. What is not known of a policy is asked for where
    somebody can be asked, else undecided.

    Raises:
        ScaffoldError: what is wrong with the documents.
    """
    read = read_all(sources, None if into is None else into.newest)
    history, steps = into, []
    for source, found in read:
        published = replace(found, contract=_unnumbered(found.contract))
        if history is None:
            history = _first(source, published, base_of(read), released)
            steps.append(Step(source, published))
            continue
        history, step = _next(history, source, published, guess, released, ask)
        steps.append(step)
    assert history is not None  # a command asks for one document at least
    return history, tuple(_placed(history, step) for step in steps)


def _placed(history: History, step: Step) -> Step:
    """`step`, saying also where the operations are that are not served where they were published."""
    remarks = (*step.published.remarks, *beside(history, step.source, step.published))
    warnings = (*step.warnings, *elsewhere(history, step.source, step.published))
    return replace(step, published=replace(step.published, remarks=remarks), warnings=warnings)


_ROOT = ("info", "servers", "tags", "externalDocs", "components")
_INFO = ("title", "summary", "description", "termsOfService", "contact", "license")


def _unnumbered(contract: Contract) -> Contract:
    """`contract` without the number of its version where that follows from its id: documents are numbered anyway.

    What its document says beside stands in one order, so that documents that say the same give the same spec.
    """
    extra = _ordered(contract.extra, _ROOT)
    if isinstance(extra.get("info"), Mapping):
        numbered = extra["info"].get("version") == contract.version.removeprefix("v")
        info = _ordered(extra["info"], _INFO)
        extra["info"] = {word: said for word, said in info.items() if not (numbered and word == "version")}
    return replace(contract, extra=extra)


def _ordered(said: Mapping[str, Json], first: Sequence[str]) -> dict[str, Json]:
    """`said` with the words `first` at its beginning, and the others by name."""
    return {w: said[w] for w in (*(w for w in first if w in said), *sorted(w for w in said if w not in first))}


def _first(source: Source, published: Published, base: str, released: date | None) -> History:
    title = published.title or "API"
    api = Api(api_name(title), title, base)
    version = Version(source.version, released)
    return History(
        api,
        Policy(),
        scheme_of([source.version]),
        (version,),
        (published.contract,),
        (),
        unspecified=source.version,
    )


def _next(
    history: History, source: Source, published: Published, guess: bool, released: date | None, ask: Ask | None
) -> tuple[History, Step]:
    before = history.newest
    warnings = []
    little = unrelated(before, published.contract)
    if little is not None:
        warnings.append(
            Diagnostic(
                "SC453",
                f"{source.file}: {little}",
                help="two APIs want two projects",
                severity=Severity.WARNING,
            )
        )
    inferred = infer(before, published.contract, source.version, guess=guess)
    changes = inferred.changes
    if ask is not None:
        changes = asked(before, changes, source.version, ask)
    contract, applied = evolve(before, changes, source.version)
    made = replace(
        history,
        versions=(*history.versions, Version(source.version, released, changes=changes)),
        contracts=(*history.contracts, contract),
        applied=(*history.applied, *applied),
    )
    step = Step(source, published, changes, inferred.guesses, inferred.choices, inferred.remaining, tuple(warnings))
    return made, step


def unequal(history: History, steps: Sequence[Step]) -> dict[str, tuple[Difference, ...]]:
    """For each document that the history does not give back as it was published, what differs."""
    found = {}
    for step in steps:
        version = history.version(step.source.version)
        made = document(history.contract(version.id), history.api, version)
        left = differences(step.source.document, made)
        if left:
            found[version.id] = left
    return found


def steps_of(history: History, version: str) -> tuple[Applied, ...]:
    """The changes that one version declares."""
    return tuple(a for a in history.applied if a.version == version)

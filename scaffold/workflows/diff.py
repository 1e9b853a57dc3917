"""`scaffold diff`: what changed between two versions, git revisions or OpenAPI documents."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..compat import Judgement, Verdict, judge
from ..contract.contract import Contract
from ..contract.history import Applied, History, evolve
from ..diagnostics import Diagnostic, ScaffoldError, did_you_mean
from ..openapi import document, to_json
from ..openapi.inference import infer
from ..openapi.reading import parse
from ..project.layout import SPEC, SPEC_DOCUMENT, SPEC_PARTS, Project, find_project
from ..spec import load
from .outcome import Outcome
from .prefixes import Habit, find_prefix, keeps_version, read_published
from .project_state import read_texts

_DOCUMENTS = (".json", ".yaml", ".yml")


@dataclass(frozen=True)
class Side:
    """One of the two: what it was called, its contract, and the history it stands in, if any."""

    name: str
    contract: Contract
    history: History | None = None
    place: str = ""
    """Where the history comes from: two sides of one place are compared by what was declared."""


def diff(start: Path, older: str, newer: str, *, guess: bool = True) -> Outcome:
    """The changes from `older` to `newer`: each a version, a document, a git revision, or `REVISION:VERSION`.

    Between two versions of one spec they are those that were declared, otherwise they are found by comparing.

    Raises:
        ScaffoldError: SC460 for what is none of these, and what is wrong with a spec or a document.
    """
    one, two = _sides(start, older, newer)
    steps, base, guessed = _steps(one, two, guess)
    rows = [_Row(a, judge(a, base)) for a in steps]
    note = () if guessed is None else guessed
    said = f"{len(rows)} change{'' if len(rows) == 1 else 's'} from {one.name} to {two.name}"
    worst = max((r.judgement.worst for r in rows), key=lambda v: v.rank, default=Verdict.NONE)
    return Outcome(
        output="\n".join(_table(rows)) if rows else None,
        summary=(f"{said}{'' if not rows else f', the gravest {_WORDS[worst]}'}.", *note),
        data={"from": one.name, "to": two.name, "changes": [r.data() for r in rows]},
    )


_WORDS = {
    Verdict.NONE: "unnoticed",
    Verdict.SAFE: "safe",
    Verdict.RISKY: "risky",
    Verdict.MEANING: "changing a meaning",
    Verdict.BREAKING: "breaking",
}


@dataclass(frozen=True)
class _Row:
    applied: Applied
    judgement: Judgement

    def data(self) -> dict[str, object]:
        """The change for programs."""
        change = self.applied.change
        return {
            "change": type(change).__name__,
            "address": change.address,
            "version": self.applied.version,
            "sentence": change.sentence(),
            "request": str(self.judgement.request),
            "response": str(self.judgement.response),
            "guessed": change.guessed,
            "why": change.why,
            "reasons": [
                {"direction": str(r.direction), "verdict": str(r.verdict), "code": r.code, "sentence": r.sentence}
                for r in self.judgement.reasons
            ],
        }


def _table(rows: Sequence[_Row]) -> Iterator[str]:
    """The changes as lines: what each means to requests and to responses, and what it does."""
    yield f"{'request':<9} {'response':<9} change"
    for row in rows:
        change = row.applied.change
        sure = "" if change.guessed is None else f" (guessed, {change.guessed:.0%} sure)"
        text = f"{change.sentence()}{sure}"
        first, *rest = _wrapped(text, 60)
        yield f"{row.judgement.request!s:<9} {row.judgement.response!s:<9} {first}"
        yield from (f"{'':<20}{line}" for line in rest)


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _steps(one: Side, two: Side, guess: bool) -> tuple[tuple[Applied, ...], Contract, tuple[str, ...] | None]:
    if one.history is not None and two.history is not None and one.place == two.place:
        history = one.history
        low, high = history.index(one.contract.version), history.index(two.contract.version)
        if low < high:
            return history.between(one.contract.version, two.contract.version), one.contract, None
        if low == high:
            return (), one.contract, None
    before = replace(one.contract, version=one.contract.version or "before")
    found = infer(before, two.contract, "after", guess=guess)
    _, applied = evolve(before, found.changes, "after")
    notes = tuple(f"guessed: {'; '.join(g.reasons)}" for g in found.guesses)
    return applied, before, tuple(dict.fromkeys((*notes, *found.remaining)))


def _sides(start: Path, *names: str) -> tuple[Side, ...]:
    """The two; a version in the paths of documents is taken off, unless one of the two keeps it there.

    A version beside a document is what its own document says: what only a spec can say, such as which field is the
    key, is no difference between the two.
    """
    documents = {n: parse((start / n).read_bytes(), n) for n in names if _is_document(start, n)}
    sides = {n: _side(start, n) for n in names if n not in documents}
    kept = any(Habit.of(side.contract).in_paths for side in sides.values()) or any(
        keeps_version(d) for d in documents.values()
    )
    if documents:
        documents |= {n: _document(side) for n, side in sides.items()}
    for name, said in documents.items():
        prefix = None if kept else find_prefix(said)
        named = None if prefix is None else prefix.version
        read = read_published(said, version=Path(name).stem, file=name, prefix=prefix, named=named)
        sides[name] = Side(name, read.contract)
    return tuple(sides[name] for name in names)


def _document(side: Side) -> dict[str, Any]:
    assert side.history is not None
    version = side.history.versions[side.history.index(side.contract.version)]
    return parse(to_json(document(side.contract, side.history.api, version)).encode(), side.name)


def _is_document(start: Path, name: str) -> bool:
    return name.endswith(_DOCUMENTS) and (start / name).is_file()


def _side(start: Path, name: str) -> Side:
    project = _project(start)
    if project is not None:
        history = load(read_texts(project), file=SPEC).history
        if any(v.id == name for v in history.versions):
            return Side(name, history.contract(name), history, "here")
        revision, _, version = name.partition(":")
        texts = _at_revision(project, revision)
        if texts is not None:
            return _at(load(texts, file=SPEC).history, revision, version, name)
        known = [v.id for v in history.versions]
    else:
        known = []
    raise ScaffoldError(
        Diagnostic(
            "SC460",
            f"`{name}` is no version, no git revision with a spec, and no OpenAPI document",
            help=did_you_mean(name, known) or "name a version, as `v2`, a file, as `v2.json`, or a revision, as `HEAD`",
        )
    )


def _at(history: History, revision: str, version: str, name: str) -> Side:
    ids = [v.id for v in history.versions]
    if version and version not in ids:
        raise ScaffoldError(
            Diagnostic("SC433", f"{revision} has no version `{version}`", help=did_you_mean(version, ids))
        )
    return Side(name, history.contract(version or ids[-1]), history, revision)


def _project(start: Path) -> Project | None:
    try:
        return find_project(start)
    except ScaffoldError:
        return None


def _at_revision(project: Project, revision: str) -> Mapping[str, str] | None:
    """The spec as it stood in a git revision; None where there is no such thing."""
    if revision.startswith("-"):
        return None
    listed = _git(project.root, "ls-tree", "-r", "--name-only", "-z", revision, "--", SPEC, SPEC_DOCUMENT, *SPEC_PARTS)
    names = [n for n in (listed or "").split("\0") if n]
    if SPEC not in names:
        return None
    texts = {n: _git(project.root, "show", f"{revision}:./{n}") for n in names if n.endswith(".yaml")}
    return {n: t for n, t in texts.items() if t is not None}


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints; None where it fails or is not there."""
    try:
        done = subprocess.run(("git", *arguments), cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

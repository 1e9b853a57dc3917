"""What a command begins with: the project, its spec with the history it states, and its lock."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..contract.addressing import Addressing, addressing
from ..contract.digest import digest
from ..contract.history import Applied, History, owner
from ..convert.policies import findings
from ..diagnostics import Diagnostic, ScaffoldError, Severity, Span
from ..project.layout import SPEC, Project, load_lock
from ..project.lock import Lock, Released
from ..spec import Loaded, load


@dataclass(frozen=True)
class State:
    """A project as it stands on disk."""

    project: Project
    texts: Mapping[str, str]
    loaded: Loaded
    lock: Lock | None

    @property
    def history(self) -> History:
        """The history of the spec, the draft included."""
        return self.loaded.history


def read_state(project: Project) -> State:
    """Read the project's spec and lock.

    Raises:
        ScaffoldError: whatever is wrong with either.
    """
    texts = read_texts(project)
    return State(project, texts, load(texts, file=SPEC), load_lock(project))


def read_texts(project: Project) -> dict[str, str]:
    """The spec's files by name.

    Raises:
        ScaffoldError: SC101 for one that is not UTF-8 text or cannot be read.
    """
    return read_spec(project.root, project.spec_files())


def read_spec(root: Path, names: Sequence[str]) -> dict[str, str]:
    """The files called `names` in the folder `root` as text.

    Raises:
        ScaffoldError: SC101 for one that is not UTF-8 text or cannot be read.
    """
    texts = {}
    for name in names:
        try:
            texts[name] = (root / name).read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise ScaffoldError(
                Diagnostic("SC101", f"`{name}` is not UTF-8 text", Span(name, 1, 1, 1, 1), "save it as UTF-8")
            ) from error
        except OSError as error:
            raise ScaffoldError(Diagnostic("SC101", f"`{name}` cannot be read: {error.strerror}")) from error
    return texts


UNDECIDED = "SC321"
"""The code of a policy that is left open on purpose: a draft and an import may hold it (law 4)."""


def policy_findings(loaded: Loaded, *, draft: bool = True) -> tuple[Diagnostic, ...]:
    """Changes that lack a policy, each at its place in the spec; those of the draft only where it counts.

    What an import left undecided in a version that is out is a warning: all else runs, and it can be decided later.
    """
    history = loaded.history if draft else loaded.history.released
    return tuple(
        (replace(found, severity=Severity.WARNING) if _runs(applied, found, history) else found).at(
            span_of(loaded, applied)
        )
        for applied, found in findings(history)
    )


def _runs(applied: Applied, found: Diagnostic, history: History) -> bool:
    return found.code == UNDECIDED and not history.version(owner(applied.version, history)).draft


def span_of(loaded: Loaded, applied: Applied) -> Span | None:
    """Where a change stands in the spec."""
    mine = [a for a in loaded.history.declared if a.version == applied.version]
    position = next((i for i, a in enumerate(mine) if a.change is applied.change), None)
    if position is None:
        return None
    version = loaded.history.version(owner(applied.version, loaded.history))
    try:
        if version.draft:
            return loaded.spans.of("next", position)
        ids = [v.id for v in loaded.spec.versions]
        return loaded.spans.of("versions", ids.index(applied.version), "changes", position)
    except (KeyError, ValueError):
        return None


def require_policies(loaded: Loaded, *, draft: bool, decided: Container[str] = ()) -> None:
    """Raise every missing policy as one error; what is undecided is missing in the versions `decided` alone."""
    history = loaded.history if draft else loaded.history.released
    missing = [
        found.at(span_of(loaded, applied))
        for applied, found in findings(history)
        if found.code != UNDECIDED or applied.version in decided
    ]
    if missing:
        raise ScaffoldError(missing)


def released_addressing(history: History) -> Addressing | None:
    """How clients reach what is released; None where nothing is."""
    return addressing(history) if any(v.frozen for v in history.versions) else None


def released_digests(history: History) -> dict[str, Released]:
    """What the lock says of each released version."""
    found = {}
    for version in history.versions:
        if version.frozen:
            promised = {id_: digest(contract) for id_, contract in history.promises(version.id)}
            dated = {r.id for r in version.releases if r.released is not None}
            releases = {id_: said for id_, said in promised.items() if id_ in dated}
            dropped = None if version.dropped is None else version.dropped.isoformat()
            found[version.id] = Released(promised[version.id], releases, dropped)
    return found

"""What of the user's own code a cut concerns: attributes and values that have another name, or mean something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..contract.address import find_field
from ..contract.changes import ChangeField
from ..contract.codecs import reinterprets
from ..contract.history import Applied, History
from ..convert.prepared import prepared
from ..convert.records import Record, Records, records
from ..project.handlers import RenamedUse, Use


def concerned(before: History, after: History) -> Iterator[RenamedUse]:
    """What code written for `before` uses that is another in `after`, which goes on from it."""
    old, new = records(prepared(before)), records(prepared(after))
    yield from _attributes(old, new, dict(_reinterpreted(after.applied[len(before.applied) :])))
    for identity, enum in old.enums.items():
        heirs = new.enums[identity].type if identity in new.enums else enum.type
        for value in enum.type.values:
            heir = heirs.by_identity(value.identity)
            if heir is not None and heir.value != value.value:
                yield RenamedUse(enum.name, value.value, heir.value, text=True)


def told(uses: Sequence[Use], file: str) -> Iterator[str]:
    """The uses as lines, and what the patch in `file` does to them; nothing where there are none."""
    if not uses:
        return
    meant = any(use.renamed.meaning for use in uses)
    yield ""
    yield f"Your code uses what was renamed{', or means something else now' * meant}:"
    for use in uses:
        same = "the text" if use.renamed.text else "the name"
        sure = "" if use.certain else f"   (perhaps: only {same} is the same)"
        yield f"  {use.file}:{use.line}: {use.source.strip()}{sure}"
        yield f"      {use.renamed}"
    if any(use.certain and not use.renamed.meaning for use in uses):
        yield f"The patch on standard output renames them: `git apply {file}`."
    if meant:
        yield "What means something else is in no patch: look at each of these places."


def _attributes(old: Records, new: Records, meanings: dict[str, str]) -> Iterator[RenamedUse]:
    for identity, record in old.objects.items():
        if identity not in new.objects:
            continue
        for field in record.fields:
            path = _path(new, new.objects[identity], field.identity, frozenset({identity}))
            meaning = meanings.get(field.identity, "")
            if path is not None and (path != field.attr or meaning):
                yield RenamedUse(record.name, field.attr, path, meaning=meaning)


def _reinterpreted(applied: Sequence[Applied]) -> Iterator[tuple[str, str]]:
    """The fields whose values mean something else, each with the codec that says what."""
    for done in applied:
        change = done.change
        if isinstance(change, ChangeField) and reinterprets(change.codec):
            yield find_field(done.before, change.at).field.identity, str(change.codec)


def _path(records_: Records, record: Record, identity: str, passed: frozenset[str]) -> str | None:
    """Where an attribute is found below `record`, as `address.street`."""
    for field in record.fields:
        if field.identity == identity:
            return field.attr
    for field in record.fields:
        name = getattr(field.type, "name", None)
        inner = records_.objects.get(name) if isinstance(name, str) else None
        if inner is not None and inner.identity not in passed:
            below = _path(records_, inner, identity, passed | {inner.identity})
            if below is not None:
                return f"{field.attr}.{below}"
    return None

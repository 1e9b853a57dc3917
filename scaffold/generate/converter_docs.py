"""What a converter says of itself: the changes that it crosses."""

from __future__ import annotations

from collections.abc import Iterable

from ..contract.address import find_field
from ..contract.changes import AddField
from ..contract.history import History
from ..contract.types import Ref
from ..convert.records import Record
from .converters import Converter, Converters, Mode

_DOES = {
    Mode.SHOW: "Show the record to a client of {version}.",
    Mode.CREATE: "Make the record that a client of {version} asks for.",
    Mode.REPLACE: "Replace what a client of {version} can see of the record.",
    Mode.UPDATE: "Change what a client of {version} sent, and nothing else.",
}


def converter_doc(converter: Converter, converters: Converters) -> str:
    """What `converter` says of itself: what it does, and the changes that it crosses."""
    lines = [_DOES[converter.mode].format(version=converter.side.version)]
    identities = {leaf.field.field.identity for leaf in converter.mapping.leaves()}
    if converter.mode is Mode.SHOW:
        crossed = list(_crossed(converters.history, converter.side.version, converter.mapping.record, identities))
        if crossed:
            lines += ["", *crossed]
    return ("\n    ".join(lines) + ("\n    " if len(lines) > 1 else "")).replace("\n    \n", "\n\n")


def _crossed(history: History, version: str, record: Record, identities: set[str]) -> Iterable[str]:
    """The changes since `version` that this converter crosses, one sentence each."""
    enums = {f.type.name for f in record.fields if isinstance(f.type, Ref)}
    mine = {record.identity, *(f.identity for f in record.fields), *identities, *enums}
    for applied in history.since_about(version, mine):
        change = applied.change
        if isinstance(change, AddField):
            added = find_field(applied.after, change.at).field
            if history.is_backport(version, added.identity):
                continue
        yield f"{applied.version}: {change.sentence()}"

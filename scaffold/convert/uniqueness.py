"""Fields of which no two objects may have the same value, and one value that a change states for many of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import find_field
from ..contract.changes import AddField, ChangeField
from ..contract.history import Applied
from ..contract.hooks import hook_name
from ..contract.named_types import Field
from ..contract.types import MISSING, Json, Missing, Undecided
from ..diagnostics import Diagnostic


def one_for_many(applied: Applied) -> Iterator[Diagnostic]:
    """SC352 for a change by which every object, or every one that an older client makes, would get the same value."""
    change = applied.change
    if not isinstance(change, AddField | ChangeField):
        return
    field = find_field(applied.after, change.at).field
    if not field.unique:
        return
    for word, value in _stated(change, field):
        if value is not None and not isinstance(value, Missing | Undecided) and not _varies(word, value):
            yield Diagnostic(
                "SC352",
                f"no two objects have the same `{change.at}`, and `{word}` is one value for all of them",
                help=_HELP[word] if isinstance(change, AddField) else "say it while the field is not unique yet",
            )
            return


def _stated(change: AddField | ChangeField, field: Field) -> Iterator[tuple[str, Json | Missing | Undecided]]:
    yield "old_sends", change.old_sends
    yield "existing", change.existing
    if isinstance(change, AddField):
        yield "default", field.default
        yield "on_create", MISSING if field.on_create is None else field.on_create


def _varies(word: str, value: Json) -> bool:
    """Whether a statement makes another value for each object: a sibling's, or a hook's."""
    if word == "existing":
        return isinstance(value, dict) and bool(value.keys() & {"from", "hook"})
    return word == "on_create" and (value == "now" or hook_name(str(value)) is not None)


_HELP = {
    "old_sends": "`required: false`: what older clients make is without it",
    "existing": "write `{from: User.signup_date}`, a sibling's value, or `{hook: conversions.code}`",
    "default": "leave `default` out, and let the field be left out: `required: false`",
    "on_create": "name a hook, which makes another value each time: `conversions.code`",
}

"""What stands for a value that a codec cannot convert, as the change says that asks for it."""

from __future__ import annotations

from ..contract.address import find_field
from ..contract.changes import ChangeField, ChangeParameter
from ..contract.changes.base import need_parameter
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import Field
from ..contract.parameter import Parameter
from ..contract.types import MISSING, Fallback, Json, Missing, Undecided
from .codecs import AnyCodec


def unread(applied: Applied) -> Json | Missing:
    """The newer value for an older one that cannot be read; MISSING: the caller is told so."""
    stated = getattr(applied.change, "unreadable", None)
    if isinstance(stated, Fallback):
        return stated.value
    return _of(stated, about(applied, applied.after))


def unshown(applied: Applied, codec: AnyCodec) -> Json | Missing:
    """The older value for a newer one that cannot be shown; MISSING where every one can be, or nothing is said."""
    if not codec.down_fails:
        return MISSING
    sees: Json | Missing | Undecided = getattr(applied.change, "old_sees", MISSING)
    if sees is not MISSING:
        return MISSING if isinstance(sees, Undecided) else sees
    return _of(getattr(applied.change, "unreadable", None), about(applied, applied.before))


def _of(stated: object, held: Field | Parameter | None) -> Json | Missing:
    if held is None:
        return MISSING
    if stated == "null":
        return None if isinstance(held, Field) and held.nullable else MISSING
    return held.default if stated == "default" else MISSING


def about(applied: Applied, contract: Contract) -> Field | Parameter | None:
    """The field or parameter that a change is about, as `contract` has it, before the change or after it."""
    change = applied.change
    if isinstance(change, ChangeField):
        return find_field(contract, change.at).field
    return need_parameter(contract, change.at)[1] if isinstance(change, ChangeParameter) else None

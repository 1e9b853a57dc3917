"""The form of a version's errors: as the program has it, and as an expression of it."""

from __future__ import annotations

from ..contract.error_form import ErrorFormat, Errors, form_of
from .python import text
from .runtime.error_forms import ErrorForm


def served_form(errors: Errors) -> ErrorForm:
    """The form with which a program writes errors."""
    form = form_of(errors)
    return ErrorForm(form.body, form.media_type, extend=form.extend)


def form_expression(errors: Errors) -> str | None:
    """The same as an expression; None for the usual one."""
    if isinstance(errors, ErrorFormat):
        return None if errors is ErrorFormat.PROBLEM else errors.name
    stated = [repr(errors.body)]
    stated += [] if errors.media_type == "application/json" else [text(errors.media_type)]
    return f"ErrorForm({', '.join([*stated, *(['extend=True'] if errors.extend else [])])})"

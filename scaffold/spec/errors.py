"""How errors are written: by the name of a form, or as one of one's own."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field
from pydantic.json_schema import JsonSchemaValue

from ..contract.error_form import FACTS, ErrorForm, ErrorFormat, Errors, called, mistakes
from ..contract.types import Json
from .findings import Findings
from .model import Model
from .scalar_values import untyped
from .scalars import Block, Flag, Value, Word


class ErrorsSpec(Model):
    """How errors are written: `problem`, `simple`, or an object with facts in it and its media type."""

    shorthand: ClassVar[str | None] = "form"
    written: ClassVar[JsonSchemaValue] = {"enum": ["problem", "simple"]}
    form: Literal["problem", "simple"] | None = None
    body: Value = Field(
        default=None,
        description=f"The object that every error is, with facts in it: {', '.join(f'`{fact}`' for fact in FACTS)}.",
        json_schema_extra={"type": "object"},
    )
    media_type: Word = Field(default="application/json", description="What its `Content-Type` says.")
    extend: Flag = Field(
        default=False, description="Whether what else is known of an error stands beside these members."
    )


def read_errors(spec: ErrorsSpec, findings: Findings) -> Errors:
    """The form that `spec` says; what cannot be goes to `findings`, all of it."""
    beside = sorted(spec.stated() - {"form"})
    if spec.form is not None:
        if beside:
            findings.add("SC234", f"`{spec.form}` says it all", spec.place(beside[0]), f"leave `{beside[0]}` out")
        return ErrorFormat(spec.form)
    body: Json = untyped(spec.body)
    if not isinstance(spec.body, Block) or not isinstance(body, dict):
        help_ = "write `body: {error: {code: $code, message: $detail}}`, or one word: `problem` or `simple`"
        findings.add("SC234", "it is not said what an error looks like", spec.place("body"), help_)
        return ErrorFormat.PROBLEM
    made = ErrorForm(body, spec.media_type, spec.extend)
    for at, cause, help_ in mistakes(made):
        findings.add("SC234", cause, spec.place(*at), help_)
    return called(made)

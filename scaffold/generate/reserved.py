"""Names that generated modules use themselves."""

from __future__ import annotations

MODULE = frozenset({
    "ABSENT", "AfterValidator", "Annotated", "Answer", "Answers", "Any", "Asked", "Bodies", "Bounds", "Cookie",
    "Decimal", "Depends", "Edit", "Field", "Header", "Literal", "Operations", "Page", "Paged", "Parameter", "Path",
    "Provider", "Query", "Refers", "Reply", "Request", "Response", "Shape", "UUID", "Undecided", "Withheld",
    "Words", "answer", "answer_empty", "answer_page", "answer_reply", "answered", "answers", "as_is", "base64",
    "bodies", "body", "codecs", "coding", "constraints", "date", "datetime", "dict", "edit", "filters", "float",
    "frozenset", "handler", "int", "isinstance", "item", "key", "known", "list", "made", "now", "once", "page",
    "paging", "payload", "quote", "read", "read_body", "read_if_sent", "read_parameters", "record", "records",
    "referred", "replace", "reply", "request", "router", "routes", "scalars", "str", "texts", "time", "timedelta",
    "tuple", "types", "value", "words",
})  # fmt: skip
"""What the modules of routes, and the functions in them, call something else."""

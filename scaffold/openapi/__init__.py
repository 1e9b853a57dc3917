"""Contracts as OpenAPI documents, and what two documents have in common."""

from .document import document, to_json
from .normalise import normalise

__all__ = ["document", "normalise", "to_json"]

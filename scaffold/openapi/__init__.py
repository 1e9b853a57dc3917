"""Contracts as OpenAPI documents, and what two documents have in common."""

from .comparing import Difference, canonical, differences
from .document import document
from .normalise import normalise
from .text import to_json, to_yaml

__all__ = ["Difference", "canonical", "differences", "document", "normalise", "to_json", "to_yaml"]

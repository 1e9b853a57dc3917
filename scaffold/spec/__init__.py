"""The spec: YAML text to typed values with a place for everything, and to the history they state."""

from .load import Loaded, Spans, load
from .models import Spec

__all__ = ["Loaded", "Spans", "Spec", "load"]

"""The spec: YAML text to typed values with a place for everything, and to the history they state."""

from .load import Loaded, Spans, load, parse_change
from .models import Spec
from .schema import schema
from .splice import append_changes, cut_next, set_dates

__all__ = ["Loaded", "Spans", "Spec", "append_changes", "cut_next", "load", "parse_change", "schema", "set_dates"]

"""Whether two documents say the same, to the last description; `docs/openapi.md` has the rules."""

from .differences import Difference, differences
from .documents import canonical

__all__ = ["Difference", "canonical", "differences"]

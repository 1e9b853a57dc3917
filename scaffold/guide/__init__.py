"""What a client developer is told: migration guides and the changelog."""

from .build import guide, operation_anchor
from .changelog import changelog
from .markdown import render_markdown
from .model import Dates, Entry, Guide, Sample, Visit
from .table import WORDS

__all__ = [
    "WORDS",
    "Dates",
    "Entry",
    "Guide",
    "Sample",
    "Visit",
    "changelog",
    "guide",
    "operation_anchor",
    "render_markdown",
]

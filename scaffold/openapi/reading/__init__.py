"""Published OpenAPI documents, 3.0 and 3.1, JSON or YAML, as contracts."""

from .contract import Published, read
from .problems import Remark, RemarkKind
from .text import parse
from .upgrade import upgraded

__all__ = ["Published", "Remark", "RemarkKind", "parse", "read", "upgraded"]

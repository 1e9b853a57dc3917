"""Random APIs for property tests: contracts, histories of changes, payloads, and the code made of them."""

from .contracts import contracts
from .histories import histories, history_of
from .packages import Package, package
from .payloads import payloads, wire_values

__all__ = ["Package", "contracts", "histories", "history_of", "package", "payloads", "wire_values"]

"""Requests to operations of which nothing is known but their contract: where they are, what they take and refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..contract.contract import Contract
from ..contract.operation import Operation
from ..contract.types import Json
from .access_view import required
from .calls import body, credential, refused, request
from .examples_view import Entry


def call(
    contract: Contract,
    operation: Operation,
    *,
    chosen: Mapping[str, Json],
    example: Entry | None,
    undecided: bool,
) -> dict[str, Any]:
    """A request to `operation`, and a body it must refuse; with the body it takes where it answers an `example`.

    `chosen` are values that can be read in its version. What is `undecided` is refused nothing.
    """
    made: dict[str, Any] = {"template": operation.path}
    sent = request(contract, operation, chosen)
    known = credential(contract, operation)
    if sent is None or known is None:
        return made | {"method": operation.method, "path": re.sub(r"\{[^}]*\}", "1", operation.path)}
    made |= sent
    if known:
        made["credential"] = known
        made["anybody"] = any(not requirement for requirement in required(contract, operation))
    if not undecided and (wrong := refused(contract, operation)) is not None:
        made["refused"] = wrong
    if example is not None and (taken := body(contract, operation, chosen)) is not None:
        made |= {"sends": taken, "status": example["status"]}
    return made

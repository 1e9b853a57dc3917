"""Which changes of bodies, answers and headers lack a policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..contract.changes import AddBody, AddResponse, Change, ChangeBody, ChangeHeader, ChangeResponse, RemoveHeader
from ..contract.changes.base import need_operation, need_response
from ..contract.changes.headers import need_header
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.message import Response
from ..contract.types import MISSING
from ..diagnostics import Diagnostic
from .crossing import due, needs
from .stated import identified


def _add_body(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, AddBody)
    if change.body.required and change.codec is None:
        yield _unsent(change)


def _change_body(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, ChangeBody)
    before = applied.before.operation(change.at.operation.method, change.at.operation.path)
    if before is not None and before.body is not None and not before.body.required and change.to.required:
        if change.codec is None:
            yield _unsent(change)
    yield from needs(applied, base)


def _unsent(change: Change) -> Diagnostic:
    return due(
        change,
        "clients of older versions may send no body",
        ("required: false     handlers see that there is none", "codec: undecided    older versions answer 501"),
    )


def _add_response(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, AddResponse)
    operation = need_operation(applied.before, change.at.operation)
    if operation.identity not in base.operations_by_identity:
        return
    known = {str(r.status): r for r in operation.responses}
    if isinstance(change.old_sees, int):
        heir = known.get(str(change.old_sees))
        if heir is None or not _reads(heir, applied):
            one_of = " or ".join(s for s, r in known.items() if s.isdigit() and _reads(r, applied))
            what = "has no such answer" if heir is None else f"answers {heir.status} with {heir.type}"
            help_ = f"name {one_of}" if one_of else "give both answers the same type, or say `old_sees: undecided`"
            yield Diagnostic(
                "SC310", f"`{change.at}` cannot be read as {change.old_sees}: `{operation.address}` {what}", help=help_
            )
    elif (
        change.old_sees is MISSING
        and change.at.status[0] in "23"
        and not {f"{change.at.status[0]}XX", "default"} & {*known}
    ):
        yield due(
            change,
            f"clients of older versions do not know that `{operation.address}` answers {change.at.status}",
            ("old_sees: STATUS    the answer that they read instead, with the same body",),
        )


def _reads(heir: Response, applied: Applied) -> bool:
    """Whether what an added answer holds can be read as the answer `heir`."""
    change = applied.change
    assert isinstance(change, AddResponse)
    if heir.type is None:
        return True
    new = change.response.type
    return new is not None and identified(heir.type, applied.before) == identified(new, applied.after)


def _change_header(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, ChangeHeader | RemoveHeader)
    operation, answer = need_response(applied.before, change.at.response)
    found = need_header(answer, change.at)
    stays = isinstance(change, ChangeHeader) and change.to.required
    if operation.identity in base.operations_by_identity and found.required and not stays:
        if change.old_sees is MISSING:
            yield due(
                change,
                f"older versions promise the header `{found.name}` in every answer",
                ("old_sees: VALUE     what their clients read where handlers do not set it",),
            )
    yield from needs(applied, base)


MESSAGES: Mapping[type[Change], Callable[[Applied, Contract], Iterator[Diagnostic]]] = {
    AddBody: _add_body,
    ChangeBody: _change_body,
    AddResponse: _add_response,
    ChangeResponse: needs,
    ChangeHeader: _change_header,
    RemoveHeader: _change_header,
}
"""The changes of what operations carry that can need a policy."""

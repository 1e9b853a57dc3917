"""How changes of what holds for every operation are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import ChangeBasePath, ChangeBehaviour, ChangePagination
from ..contract.contract import PageStyle
from .field_words import or_nothing
from .other_words import nothing_to_say, place
from .scene import Scene, Words
from .words import code


def _pagination_steps(change: ChangePagination, scene: Scene) -> Iterator[str]:
    old, new = scene.before.pagination, change.to
    if new.style is not old.style:
        yield f"{_ASK[new.style]}{scene.asked().replace(' of ', ': ', 1)}."
        if new.style is PageStyle.CURSOR:
            yield f"Read the cursor of the next part from {_cursor(scene)}; without one, this was the last part."
    if new.style is PageStyle.NONE:
        return
    was = "all of them" if old.style is PageStyle.NONE else str(old.limit)
    if was != str(new.limit):
        yield f"Expect {new.limit} items where you send no `limit`; it was {was}."
    if old.style is not PageStyle.NONE and new.max_limit < old.max_limit:
        yield f"Ask for {new.max_limit} items at most."


def _cursor(scene: Scene) -> str:
    where = place(scene.after.envelope.template, "$next")
    return code(".".join(where)) if where else "the link `next` in the header `Link`"


_ASK = {
    PageStyle.OFFSET: "Ask for parts of a list by `limit` and `offset`",
    PageStyle.PAGE: "Ask for parts of a list by `page`, from 1 on, and `limit`",
    PageStyle.CURSOR: "Ask for parts of a list by `limit`, and by `cursor` from the second part on",
    PageStyle.NONE: "Expect the whole list in one answer",
}

PAGINATION = Words(
    "change",
    lambda c, s: c.sentence().rstrip("."),
    lambda c, s: or_nothing("Ask for parts of lists otherwise", s),
    lambda c, s: iter((f"{s.older} goes on to page lists as it did.",)),
    _pagination_steps,
)


def _behaviour_meanwhile(change: ChangeBehaviour, scene: Scene) -> Iterator[str]:
    yield f"{scene.older} goes on as it did."


BEHAVIOUR = Words(
    "behaviour",
    lambda c, s: f"{code(c.name)} is {'how it behaves now' if c.on else 'taken back'}",
    lambda c, s: "Check whether you counted on what was done before",
    _behaviour_meanwhile,
    lambda c, s: iter(("Check whether your program counts on what was done before: no message looks different.",)),
)


def _base_path_steps(change: ChangeBasePath, scene: Scene) -> Iterator[str]:
    where = "the usual path" if change.to is None else code(change.to or "/")
    yield f"Call {scene.newer} below {where}; do not put links together yourself."


BASE_PATH = Words(
    "change",
    lambda c, s: "The path below which everything is served is another",
    lambda c, s: "Call the new path",
    lambda c, s: iter((f"{s.older} stays where it is.",)),
    _base_path_steps,
)

BACKPORT = Words(
    "backport",
    lambda c, s: f"{code(c.here)} can be used in {s.older} too",
    lambda c, s: "Nothing; use it when you like",
    nothing_to_say,
    lambda c, s: iter((f"Use {code(c.here)} where it helps you: it is that of {c.base}.",)),
)

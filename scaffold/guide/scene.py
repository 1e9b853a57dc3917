"""What the words of a change are chosen by: the change with its verdicts, and the operations that it reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..compat import Judgement, Verdict
from ..contract.changes import Change
from ..contract.contract import Contract
from ..contract.message import View
from ..contract.operation import Action, Operation
from ..contract.parameter import Location
from ..contract.types import MISSING, UNDECIDED, Json
from .affected import Reached
from .messages import changed_parameters
from .words import code, codes, shortened

PLACES = {
    Location.PATH: "the path",
    Location.QUERY: "the query",
    Location.HEADER: "a header",
    Location.COOKIE: "a cookie",
}


@dataclass(frozen=True)
class Scene:
    """One change, told to clients of `older`, who move to `newer`."""

    change: Change
    before: Contract
    after: Contract
    older: str
    newer: str
    judgement: Judgement
    reached: tuple[Reached, ...]

    @property
    def asks(self) -> bool:
        """Whether requests meet the change."""
        return self.judgement.request is not Verdict.NONE

    @property
    def sends(self) -> bool:
        """Whether what requests carry in their bodies meets the change."""
        return self.asks and any(r.body for r in self.reached)

    @property
    def tells(self) -> bool:
        """Whether answers meet the change."""
        return self.judgement.response is not Verdict.NONE

    @property
    def updates(self) -> bool:
        """Whether what changes is stored, and can be updated."""
        return any(r.either.action in (Action.UPDATE, Action.REPLACE) for r in self.reached if r.request)

    @property
    def harmless(self) -> bool:
        """Whether nothing has to be done."""
        return self.judgement.harmless

    def requests(self, *, whole: bool = False) -> str:
        """The operations whose bodies change, in words: " in `POST /users`"; empty if there are none.

        With `whole`, partial updates are left out: they need not carry anything.
        """
        found = [r.either for r in self.reached if r.body]
        return self._places(
            tuple(o for o in found if o.body is not None and not (whole and o.body.view is View.UPDATE))
        )

    def asked(self) -> str:
        """The operations that are asked otherwise without a body, in words: " of `GET /users`"."""
        return self._places(tuple(r.either for r in self.reached if r.request and r.either.body is None), " of ")

    def responses(self) -> str:
        """The operations whose answers change, in words: " of `GET /users`"; empty if there are none."""
        found = tuple(r.either for r in self.reached if r.response)
        return self._places(found, " of ")

    def answers(self) -> str:
        """The same, as a place: " in the answers of `GET /users`"; empty if there are none."""
        return f" in the answers{self.responses()}" if self.responses() else ""

    def _places(self, operations: tuple[Operation, ...], word: str = " in ") -> str:
        addresses = shortened([o.address for o in operations])
        if not addresses:
            return ""
        if addresses[-1].endswith(" more"):
            return f"{word}{', '.join(code(a) for a in addresses[:-1])} and {addresses[-1]} operations"
        return word + codes(addresses)

    def parameter_steps(self) -> Iterator[str]:
        """What to do about the parameters that follow a changed field: filters and sort words."""
        for found in self.reached:
            if found.before is None or found.after is None:
                continue
            differing = changed_parameters(found.before, found.after)
            new = {p.identity: p for p in found.after.parameters}
            for old in found.before.parameters:
                if old.identity not in differing:
                    continue
                now = new.get(old.identity)
                at = code(found.before.address)
                if now is None:
                    yield f"Stop sending the parameter {code(old.name)} to {at}."
                elif now.name != old.name and now.location is not old.location:
                    yield f"Send {code(old.name)} to {at} as {code(now.name)}, in {PLACES[now.location]}."
                elif now.location is not old.location:
                    was = PLACES[old.location]
                    yield f"Send {code(old.name)} to {at} in {PLACES[now.location]}, no longer in {was}."
                elif now.name != old.name and now.location is not Location.PATH:
                    yield f"Send {code(now.name)} instead of {code(old.name)} to {at}."
                elif choices(old.type) != choices(now.type):
                    words = codes(choices(now.type), "or")
                    yield f"Send {words} as {code(now.name)} to {at}."


def choices(type_: object) -> tuple[str, ...]:
    """The words that a parameter may be, if they are few."""
    return getattr(type_, "choices", ())


def stated(policy: object) -> bool:
    """Whether a policy says a value."""
    return policy is not MISSING and policy is not UNDECIDED


Focus = tuple[Mapping[str, Json], Mapping[str, Json]]
"""Values chosen by identity for the message before and for the one after."""


def no_focus(change: Any, scene: Scene) -> Focus:
    """Every value as it comes."""
    return {}, {}


@dataclass(frozen=True)
class Words:
    """A row of the table: how a change is told. Each function gets the change and its scene."""

    verb: str
    heading: Callable[[Any, Scene], str]
    todo: Callable[[Any, Scene], str]
    meanwhile: Callable[[Any, Scene], Iterator[str]]
    steps: Callable[[Any, Scene], Iterator[str]]
    focus: Callable[[Any, Scene], Focus] = no_focus

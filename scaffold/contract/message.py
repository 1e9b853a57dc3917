"""What travels in a request and in its answers: bodies, their forms, headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .types import Extra, Type


class View(StrEnum):
    """Which side of a type is meant: what is shown, or one of the ways to write it."""

    OUTPUT = "output"
    INPUT = "input"
    CREATE = "create"
    REPLACE = "replace"
    UPDATE = "update"


JSON = "application/json"


@dataclass(frozen=True)
class Media:
    """One form in which a body or an answer travels; `type` is None for what is not described."""

    media_type: str
    type: Type | None = None
    wrap: str | None = None
    """Set where it travels as the only field of an object, under this name."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


@dataclass(frozen=True)
class Header:
    """A header that an answer carries."""

    name: str
    type: Type
    required: bool = False
    description: str | None = None
    deprecated: bool = False
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


@dataclass(frozen=True)
class Body:
    """What a request carries; `view` says which side of the type it is, `others` the other forms it may travel in."""

    type: Type
    required: bool = True
    view: View = View.INPUT
    description: str | None = None
    media_type: str = JSON
    others: tuple[Media, ...] = ()
    wrap: str | None = None
    """The field of an object under which it travels, where it does not stand alone."""
    media: Extra = field(default_factory=dict, compare=False, kw_only=True)
    """What is said of its first form: examples, encodings."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def forms(self) -> tuple[Media, ...]:
        """Every form it may travel in, the usual one first."""
        return (Media(self.media_type, self.type, self.wrap, extra=self.media), *self.others)


@dataclass(frozen=True)
class Response:
    """One answer: `type` is None where there is no body; `page` puts a list into the envelope.

    `status` is a number, a class of them (`4XX`) or `default`: any that is not named.
    """

    status: int | str
    description: str
    type: Type | None = None
    page: bool = False
    media_type: str = JSON
    others: tuple[Media, ...] = ()
    headers: tuple[Header, ...] = ()
    wrap: str | None = None
    """The field of an object under which its body travels, where that does not stand alone."""
    media: Extra = field(default_factory=dict, compare=False, kw_only=True)
    """What is said of its first form: examples."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def forms(self) -> tuple[Media, ...]:
        """Every form it may travel in, the usual one first; none where it has no body."""
        if self.type is None:
            return ()
        return (Media(self.media_type, self.type, self.wrap, extra=self.media), *self.others)

    @property
    def success(self) -> bool:
        """Whether it says that the request was done."""
        return str(self.status).startswith("2")

"""What versions say without a request: records as each of them shows them, and what its clients send as records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from .calendar import utc_now
from .problems import Invalid
from .shapes import Shape

R = TypeVar("R")


@dataclass(frozen=True)
class Form(Generic[R]):
    """How the versions from `since` on show records of one class, and how their clients send them.

    Each is a shape and its converter; None where no operation of theirs does.
    """

    since: str
    shown: tuple[Shape[Any], Callable[[R], Any]] | None = None
    sent: tuple[Shape[Any], Callable[[Any, datetime], R]] | None = None


class Speech:
    """The forms of all versions, by the class of the record."""

    def __init__(self, versions: Sequence[str], forms: Mapping[type[Any], Sequence[Form[Any]]]) -> None:
        self._versions = {version: number for number, version in enumerate(versions)}
        self._forms = forms

    def render(self, version: str, type_: type[R], record: R) -> bytes:
        """A record as JSON, to the byte as an answer of the version has it. Raises LookupError."""
        found = self._form(version, type_)
        if found is None or found.shown is None:
            raise LookupError(f"{version} shows no {type_.__name__}")
        shape, converter = found.shown
        return shape.write(converter(record))

    def parse(self, version: str, type_: type[R], payload: bytes | str, now: datetime | None = None) -> R:
        """The record that a client of the version asks for by a creation. Raises LookupError, and Invalid."""
        found = self._form(version, type_)
        if found is None or found.sent is None:
            raise LookupError(f"nobody creates {type_.__name__} in {version}")
        shape, converter = found.sent
        try:
            read = shape.read(payload.encode() if isinstance(payload, str) else payload)
        except ValidationError as error:
            raise Invalid(error.errors(include_url=False, include_context=False, include_input=False)) from None
        return converter(read, now or utc_now())

    def _form(self, version: str, type_: type[R]) -> Form[R] | None:
        if version not in self._versions:
            raise LookupError(f"there is no version {version}: {', '.join(self._versions)}")
        known = [f for f in self._forms.get(type_, ()) if self._versions[f.since] <= self._versions[version]]
        return known[-1] if known else None

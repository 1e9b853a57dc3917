"""Sunsets that a deployment postpones: `SHOP_SUNSET_V1=2027-01-01` in its environment, or in its settings."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from .stages import Version, instant
from .starting import StartRefused

log = logging.getLogger(__name__)


def in_environment(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The sunsets that `environment` states for the API called `name`, by their versions."""
    start = f"{_word(name)}_SUNSET_"
    return {key[len(start) :]: text for key, text in environment.items() if key.upper().startswith(start)}


def postponed(versions: Sequence[Version], sunsets: Mapping[str, str], name: str) -> tuple[Version, ...]:
    """The versions with the sunsets that `sunsets` gives them, as text by their ids; each that is moved is logged.

    Raises StartRefused, naming all at once, for a date that cannot be read, for one before the version's own, and for
    a version that has no sunset: it could only be taken away earlier than its callers were told.
    """
    stated = {_word(id): text.strip() for id, text in sunsets.items() if text.strip()}
    made, wrong = [], []
    for version in versions:
        text = stated.pop(_word(version.id), None)
        variable = f"{_word(name)}_SUNSET_{_word(version.id)}"
        if text is not None and version.dropped:
            log.warning("%s is for a version that was dropped: nothing is left to be served", variable)
            text = None
        try:
            made.append(version if text is None else _later(version, variable, text))
        except ValueError as error:
            wrong.append(f"{variable}={text} {error}")
    if wrong:
        raise StartRefused("\n".join(wrong))
    _log(versions, made, name)
    for word in stated:
        log.warning("%s_SUNSET_%s is for a version that is not there", _word(name), word)
    return tuple(made)


def _later(version: Version, variable: str, text: str) -> Version:
    """Raises ValueError with the end of a sentence."""
    try:
        later = instant(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text))
    except ValueError:
        raise ValueError("is no date: write 2027-01-31, or 2027-01-31T12:00:00Z") from None
    if version.sunset is None:
        raise ValueError(f"cannot postpone anything: {version.id} has no sunset. Leave the variable out")
    if later < instant(version.sunset):
        told = instant(version.sunset)
        raise ValueError(
            f"is before {version.sunset.isoformat()}, the sunset of {version.id}. It can be postponed, never "
            f"advanced: its callers were told {told:%Y-%m-%d}. Give a later date, or leave the variable out"
        )
    return version if later == instant(version.sunset) else replace(version, sunset=later)


def _log(before: Iterable[Version], after: Iterable[Version], name: str) -> None:
    for old, new in zip(before, after, strict=True):
        if old.sunset != new.sunset and old.sunset is not None and new.sunset is not None:
            variable = f"{_word(name)}_SUNSET_{_word(new.id)}"
            log.warning(
                "%s: the sunset of %s is postponed from %s to %s",
                variable,
                new.id,
                old.sunset.isoformat(),
                new.sunset.isoformat(),
            )


def _word(text: str) -> str:
    """A name as environments have it."""
    return re.sub(r"\W", "_", text).upper()

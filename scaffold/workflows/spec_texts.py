"""Edits of a spec that may be split into files: each goes into the file that states what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..project.files import File, Owner
from ..project.layout import SPEC
from ..spec.splice import cut_next, drop_promise, set_dates

Texts = Mapping[str, str]


def with_dates(
    texts: Texts,
    version: str,
    *,
    released: date | None = None,
    deprecated: date | None = None,
    sunset: date | None = None,
    dropped: date | None = None,
) -> dict[str, str]:
    """The spec with the dates given written into `version`.

    Raises:
        ScaffoldError: SC433 when there is no such version.
    """
    file = stating(texts, version)
    dates = {"released": released, "deprecated": deprecated, "sunset": sunset, "dropped": dropped}
    made = set_dates(texts[file], version, **dates, file=file)
    return {**texts, file: made}


def without_promise(texts: Texts, version: str) -> dict[str, str]:
    """The spec without the `promise` of `version`."""
    file = stating(texts, version)
    return {**texts, file: drop_promise(texts[file], version, file=file)}


def with_cut(
    texts: Texts,
    version: str,
    *,
    released: date | None,
    promise: str | None,
    changes: Sequence[str],
    empty: bool = False,
) -> dict[str, str]:
    """The spec with its draft, and `changes` after it, cut into the new version `version`; `empty` allows for none."""
    others = any(_version_file(name) for name in texts)
    made = cut_next(
        texts[SPEC], version, released=released, promise=promise, changes=changes, others=others, empty=empty
    )
    return {**texts, SPEC: made}


def stating(texts: Texts, version: str) -> str:
    """The file that states `version`: one of its own, else the main one."""
    wanted = re.compile(rf"(?m)^id:[ \t]*[\"']?{re.escape(version)}[\"']?[ \t]*(#.*)?$")
    return next((name for name, text in texts.items() if _version_file(name) and wanted.search(text)), SPEC)


def _version_file(name: str) -> bool:
    return name.startswith("versions/")


def spliced(before: Texts, after: Texts) -> Iterator[File]:
    """The files of the spec that are another than before: edited in place, or new and the user's from then on."""
    for name, text in after.items():
        if name not in before:
            yield File(name, text, Owner.USER_ONCE)
        elif before[name] != text:
            yield File(name, text, Owner.SPLICED, base=before[name])

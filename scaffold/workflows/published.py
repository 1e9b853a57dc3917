"""Published OpenAPI documents on disk: which files are meant, and which version each of them is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..contract.history import Scheme
from ..contract.naming import version_key
from ..diagnostics import Diagnostic, ScaffoldError, Severity
from ..openapi.reading import parse
from .prefixes import VERSION_ID, find_prefix


@dataclass(frozen=True)
class Source:
    """One document: its file, the version it is taken as, and what it says."""

    file: str
    version: str
    document: Mapping[str, Any]


def read_sources(
    start: Path, given: Sequence[str], *, after: str | None = None, scheme: Scheme | None = None
) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The documents that `given` names, as `FILE` or `v2=FILE`, in the order given, and what is worth a warning.

    A version that is not said is what the paths of the document share, else what the document says of itself in
    `info.version`, else what its file is called, else the next number. `after` is the version that they come behind,
    in a history with `scheme`.

    Raises:
        ScaffoldError: SC450 for a file that cannot be read, SC451 for versions that cannot be told, and whatever
            the reader finds wrong with a document.
    """
    found: list[Diagnostic] = []
    read: list[tuple[str, str | None, dict[str, Any]]] = []
    for word in given:
        said, equals, name = word.partition("=")
        stated, path = (said, name) if equals and VERSION_ID.fullmatch(said) else (None, word)
        try:
            read.append((path, stated, parse((start / path).read_bytes(), path)))
        except OSError as error:
            reason = error.strerror or str(error)
            found.append(Diagnostic("SC450", f"`{path}` cannot be read: {reason}", help="check the path"))
        except ScaffoldError as error:
            found += error.diagnostics
    if found:
        raise ScaffoldError(found)
    ids = _ids(read, after, scheme)
    sources = tuple(Source(path, id_, document) for (path, _, document), id_ in zip(read, ids, strict=True))
    return sources, tuple(_disorder(sources))


def _ids(
    read: Sequence[tuple[str, str | None, Mapping[str, Any]]], after: str | None, scheme: Scheme | None
) -> list[str]:
    stated = [s for _, s, _ in read]
    candidates = [
        [s or _from_text(_info(d, "version")) for (_, s, d) in read],
        [s or _from_name(path) for (path, s, _) in read],
    ]
    in_paths = [found.version if (found := find_prefix(d)) else None for _, _, d in read]
    if any(in_paths):
        candidates.insert(0, [s or p or i for (_, s, _), p, i in zip(read, in_paths, candidates[0], strict=True)])
    for ids in candidates:
        known = [i for i in ids if i is not None]
        if len(known) == len(read) and _usable(known, after, scheme):
            return known
    if after is not None:
        for path, _, document in read:
            said = _from_text(_info(document, "version"))
            if said is not None and version_key(said) <= version_key(after) and _dated(said) == _dated(after):
                text = _info(document, "version")
                message = f"`{path}` says that it is {text}, and {after} is there already"
                raise ScaffoldError(Diagnostic("SC451", message, help=f"say what it is: `v…={path}`"))
    if any(s is not None for s in stated):
        raise ScaffoldError(
            Diagnostic(
                "SC451",
                f"the versions {', '.join(s or '?' for s in stated)} cannot be told apart",
                help="say each of them: `v1=first.json v2=second.json`",
            )
        )
    if scheme is Scheme.DATE:
        raise ScaffoldError(
            Diagnostic("SC451", "these documents name no dates", help="say them: `2026-03-01=new.json`")
        )
    first = 1 if after is None else version_key(after)[0] + 1
    return [f"v{first + n}" for n in range(len(read))]


def _usable(ids: Sequence[str], after: str | None, scheme: Scheme | None) -> bool:
    """Whether these ids name every document apart, all in one scheme, and after what is there."""
    dated = {_dated(i) for i in ids}
    if len(set(ids)) < len(ids) or len(dated) > 1:
        return False
    if scheme is not None and (scheme is Scheme.DATE) not in dated:
        return False
    return after is None or all(version_key(i) > version_key(after) for i in ids)


def _dated(id_: str) -> bool:
    return not id_.startswith("v")


def scheme_of(ids: Sequence[str]) -> Scheme:
    """The scheme that version ids follow."""
    return Scheme.DATE if _dated(ids[0]) else Scheme.MAJOR


def _info(document: Mapping[str, Any], key: str) -> str:
    info = document.get("info")
    return str(info.get(key, "")) if isinstance(info, Mapping) else ""


def _from_text(text: str) -> str | None:
    """The version that `info.version` means: `2`, `v2`, `2.0` and `2.1.3` are v2, a date is itself."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return None
    number = re.fullmatch(r"[vV]?([1-9]\d{0,5})(\.\d+)*([-+].*)?", text)
    return None if number is None else f"v{number[1]}"


def _from_name(path: str) -> str | None:
    """The version in a file's name: `payments-v2.json`, `v2.yaml`."""
    number = re.search(r"(?:^|[^a-zA-Z0-9])[vV]([1-9]\d{0,5})(?![0-9])", Path(path).stem)
    return None if number is None else f"v{number[1]}"


def _disorder(sources: Sequence[Source]) -> list[Diagnostic]:
    """A warning where later documents have earlier versions: the history would run backwards."""
    keys = [version_key(s.version) for s in sources]
    if keys == sorted(keys):
        return []
    wanted = " ".join(s.file for s in sorted(sources, key=lambda s: version_key(s.version)))
    return [
        Diagnostic(
            "SC452",
            f"the documents are given in the order {', '.join(s.version for s in sources)}",
            help=f"the oldest comes first: `{wanted}`; they are taken in that order",
            severity=Severity.WARNING,
        )
    ]


def in_order(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The documents, oldest first."""
    return tuple(sorted(sources, key=lambda s: version_key(s.version)))


def base_path(servers: Sequence[str], version: str) -> str:
    """What stands before the version in the path of the first server: `/payments` of `https://x.com/payments/v2`."""
    path = server_path(servers)
    return _usual(path.rpartition("/")[0] if names_version(servers, version) else path)


def server_path(servers: Sequence[str]) -> str:
    """The path of the first server, without a slash at its end."""
    return urlsplit(servers[0]).path.rstrip("/") if servers else ""


def names_version(servers: Sequence[str], version: str) -> bool:
    """Whether the path of the first server ends in the version."""
    last = server_path(servers).rpartition("/")[2]
    return bool(last) and (last == version or _from_text(last) == version)


def _usual(path: str) -> str:
    return path if re.fullmatch(r"(/[A-Za-z0-9._~-]+)*", path) else ""


def api_name(title: str) -> str:
    """A title as the name of an API: small letters, digits and hyphens."""
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].rstrip("-")
    return name if name[:1].isalpha() else f"api-{name}".rstrip("-")

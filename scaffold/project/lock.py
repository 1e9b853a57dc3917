"""`scaffold.lock`: what was released and what was generated, as sorted TOML, one line an entry, to merge
well.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from scaffold.contract.addressing import WORDS, Addressing
from scaffold.contract.locating import Place
from scaffold.diagnostics import Diagnostic, ScaffoldError, Span, did_you_mean

FORMAT = 1
_HEADER = """\
# Written by scaffold: digests of what was released, checksums of what was generated.
# Commit it; do not edit it.
"""
_MARKER = re.compile(r"^(<{7}|={7}|>{7}|\|{7})( |$)")
_DIGEST = re.compile(r"^sha256:[0-9a-f]{64}$")
_KEYS = ("format", "package", "draft", "addressing", "versions", "files")
_READ = ("base_path", *WORDS.values(), "unspecified")
"""The texts of `addressing`, beside the list of places."""


@dataclass(frozen=True, slots=True)
class Released:
    """What was promised under one version: the digest of its contract, and of each additive release of it, by
    id; and the day on which it was dropped, for good.
    """

    digest: str
    releases: Mapping[str, str] = field(default_factory=dict)
    dropped: str | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """All that the lock says. `files` maps each of the tool's files to its checksum; `draft` marks a drafted
    package; `addressing` is how clients reach what was released, None where nothing was.
    """

    package: str
    versions: Mapping[str, Released] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    format: int = FORMAT
    addressing: Addressing | None = None


def write_lock(lock: Lock) -> str:
    """The text of a lock. The same lock gives the same text, whatever the order of its mappings."""
    lines = [_HEADER, f"format = {lock.format}", f"package = {_quoted(lock.package)}"]
    if lock.draft:
        lines.append("draft = true")
    if lock.addressing is not None:
        lines += ["", "[addressing]", *_addressed(lock.addressing)]
    for version in _in_order(lock.versions):
        released = lock.versions[version]
        lines += ["", f"[versions.{_quoted(version)}]", f"digest = {_quoted(released.digest)}"]
        if released.dropped is not None:
            lines.append(f"dropped = {_quoted(released.dropped)}")
        if released.releases:
            lines += ["", f"[versions.{_quoted(version)}.releases]"]
            lines += [f"{_quoted(r)} = {_quoted(released.releases[r])}" for r in _in_order(released.releases)]
    if lock.files:
        lines += [
            "",
            "[files]",
            *(f"{_quoted(path)} = {_quoted(lock.files[path])}" for path in sorted(lock.files)),
        ]
    return "\n".join(lines) + "\n"


def _addressed(addressing: Addressing) -> Iterator[str]:
    yield f"base_path = {_quoted(addressing.base_path)}"
    yield f"locate = [{', '.join(_quoted(place) for place in addressing.places)}]"
    for word in _READ[1:]:
        if (value := getattr(addressing, word)) is not None:
            yield f"{word} = {_quoted(value)}"


def read_lock(text: str, file: str = "scaffold.lock") -> Lock:
    """The lock in `text`; `file` is its name in messages.

    Raises ScaffoldError SC506 for merge conflict markers, SC507 for a format of a newer tool, SC505 for
    anything else that is not a lock, each with its line.
    """
    lines = text.splitlines()
    marked = [number for number, line in enumerate(lines, 1) if _MARKER.match(line)]
    if marked:
        _fail("SC506", "the lock holds an unresolved merge conflict", file, lines, marked[0], _CONFLICT_HELP)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        reason = re.sub(r" \(at .*\)$", "", str(error))
        _fail(
            "SC505",
            f"the lock is broken: {reason}",
            file,
            lines,
            int(place[1]) if place else len(lines),
            _BROKEN_HELP,
        )
    return _Reader(file, lines).lock(table)


_CONFLICT_HELP = "keep the entries of both sides, drop the markers, then run `scaffold generate`"
_BROKEN_HELP = "take the last good one from version control, `git checkout -- scaffold.lock`, and run the command again"


def _fail(code: str, message: str, file: str, lines: list[str], line: int, help_: str) -> NoReturn:
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    raise ScaffoldError(Diagnostic(code, message, Span(file, max(line, 1), 1, max(line, 1), len(text) + 1), help_))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the parsed TOML into a lock, and knows the lines for messages."""

    file: str
    lines: list[str]

    def lock(self, table: Mapping[str, object]) -> Lock:
        found = table.get("format")
        if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
            message = f"the lock has format {found}, and this tool knows formats up to {FORMAT}"
            self.fail("format", message, "install a newer `scaffold-api`", code="SC507")
        for key in table:
            if key not in _KEYS:
                self.fail(key, f"the lock is broken: unknown key `{key}`", did_you_mean(key, _KEYS))
        package, draft = table.get("package"), table.get("draft", False)
        if found != FORMAT or not isinstance(package, str) or not isinstance(draft, bool):
            wrong = "format" if found != FORMAT else "draft" if isinstance(package, str) else "package"
            self.fail(wrong, f"the lock is broken: `{wrong}` is missing or wrong", _BROKEN_HELP)
        return Lock(
            package=package,
            versions={
                version: self.released(version, value) for version, value in self.table(table, "versions").items()
            },
            files=self.digests(self.table(table, "files")),
            draft=draft,
            addressing=self.addressing(table) if "addressing" in table else None,
        )

    def addressing(self, table: Mapping[str, object]) -> Addressing:
        stated = self.table(table, "addressing")
        places, texts = stated.get("locate"), {k: v for k, v in stated.items() if k != "locate"}
        wrong = [k for k, v in texts.items() if k not in _READ or not isinstance(v, str)]
        if not isinstance(places, list) or not set(places) <= set(Place) or "base_path" not in texts or wrong:
            self.fail(wrong[0] if wrong else "addressing", "the lock is broken: `addressing` is wrong", _BROKEN_HELP)
        return Addressing(places=tuple(Place(place) for place in places), **{k: str(v) for k, v in texts.items()})

    def released(self, version: str, value: object) -> Released:
        known = isinstance(value, dict) and set(value) <= {"digest", "releases", "dropped"}
        if not known or not isinstance(value, dict) or not isinstance(value.get("dropped", ""), str):
            self.fail(
                version,
                f"the lock is broken: version `{version}` is not a digest with its releases",
                _BROKEN_HELP,
            )
        digest = self.digests({"digest": value.get("digest")}, near=version)["digest"]
        return Released(digest, self.digests(self.table(value, "releases")), value.get("dropped"))

    def table(self, parent: Mapping[str, object], key: str) -> Mapping[str, object]:
        value = parent.get(key, {})
        if not isinstance(value, dict):
            self.fail(key, f"the lock is broken: `{key}` is not a table", _BROKEN_HELP)
        return value

    def digests(self, table: Mapping[str, object], near: str | None = None) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in table.items():
            if not isinstance(value, str) or not _DIGEST.match(value):
                self.fail(near or key, f"the lock is broken: `{near or key}` has no sha256 digest", _BROKEN_HELP)
            found[key] = value
        return found

    def fail(self, key: str, message: str, help_: str, code: str = "SC505") -> NoReturn:
        stands = re.compile(rf'^("?{re.escape(key)}"?\s*=|\[.*\b{re.escape(key)}\b.*\])')
        at = next((number for number, text in enumerate(self.lines, 1) if stands.match(text)), 1)
        _fail(code, message, self.file, self.lines, at, help_)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's too, but for DEL, which JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_order(ids: Iterable[str]) -> list[str]:
    """Version ids with the numbers in them compared as numbers: v9 before v10."""
    return sorted(
        ids,
        key=lambda id_: ([(int(p), "") if p.isdigit() else (-1, p) for p in re.split(r"(\d+)", id_)], id_),
    )

"""What a snippet of a row leads to, in process: the codes of everything that is said about it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from scaffold.cli import main
from scaffold.compat.number import number
from scaffold.contract.history import History
from scaffold.diagnostics import ScaffoldError
from scaffold.diagnostics.explained import Explained, Reads, shop
from scaffold.generate.gateway.nginx import nginx
from scaffold.openapi.reading import parse, read
from scaffold.project.layout import LOCK
from scaffold.project.lock import read_lock
from scaffold.project.modules import read_code
from scaffold.project.wiring import Expected, lacking, lacking_functions
from scaffold.spec import Loaded, load
from scaffold.workflows.check import unsafe_releases
from scaffold.workflows.lifecycle import require_room
from scaffold.workflows.project_state import policy_findings

_FILE = re.compile(r"^# ([\w/.-]+\.yaml)\n", re.MULTILINE)


def codes_of(row: Explained, snippet: str) -> set[str]:
    """The codes of all findings and warnings that a snippet of `row` leads to."""
    try:
        return _READ[row.reads](row, snippet)
    except ScaffoldError as error:
        return {d.code for d in error.diagnostics}


def _spec(row: Explained, snippet: str) -> set[str]:
    parts = _FILE.split(snippet)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True)) or {"api.yaml": snippet}
    if not re.search(r"^\W*api:", texts["api.yaml"], re.MULTILINE) and row.code not in _WHOLE:
        texts["api.yaml"] = f"api: {{name: shop}}\n{texts['api.yaml']}"
    return _found(row, load(texts))


def _changes(row: Explained, snippet: str) -> set[str]:
    return _found(row, load(shop() + "".join(f"      {line}\n" for line in snippet.splitlines())))


def _found(row: Explained, loaded: Loaded) -> set[str]:
    found = [*loaded.warnings, *policy_findings(loaded), *unsafe_releases(loaded)]
    if row.code in _ASKED:
        _ASKED[row.code](loaded.history)
    return {d.code for d in found}


def _document(row: Explained, snippet: str) -> set[str]:
    if row.code not in _WHOLE:
        snippet = f"openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\n{snippet}"
    read(parse(snippet, "shop.yaml"), version="v1", file="shop.yaml")
    return set()


def _lock(row: Explained, snippet: str) -> set[str]:
    read_lock(snippet, LOCK)
    return set()


def _command(row: Explained, snippet: str) -> set[str]:
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        main(shlex.split(snippet)[1:])
    return set(re.findall(r"\[(SC\d{3})\]", out.getvalue()))


def _python(row: Explained, snippet: str) -> set[str]:
    users = Expected("users", "UsersBase", {"block": "async def block(self, id): ..."}, "users", "")
    with TemporaryDirectory() as folder:
        module = Path(folder) / "src/shop/module.py"
        module.parent.mkdir(parents=True)
        module.write_text(snippet, "utf-8")
        found = [*read_code(Path(folder), "shop").warnings, *lacking(Path(folder), "shop", [users])]
        if row.code == "SC604":
            found += lacking_functions(Path(folder), "src/shop/module.py", {"price_up": "def price_up(value): ..."})
    return {d.code for d in found}


def _cut(history: History) -> None:
    number(history, [a.change for a in history.declared if a.version == "next"], date(2026, 3, 1))


def _room(history: History) -> None:
    require_room(history, date(2026, 3, 1))


def _gateway(history: History) -> None:
    nginx(history.released, name="SHOP", programs={"": "127.0.0.1:8000"}, listen="8080")


_READ: dict[Reads, Callable[[Explained, str], set[str]]] = {
    Reads.SPEC: _spec,
    Reads.CHANGES: _changes,
    Reads.DOCUMENT: _document,
    Reads.LOCK: _lock,
    Reads.COMMAND: _command,
    Reads.PYTHON: _python,
}
_WHOLE = {"SC100", "SC101", "SC102", "SC700", "SC701", "SC702"}
_ASKED: dict[str, Callable[[History], object]] = {"SC437": _room, "SC440": _cut, "SC441": _cut, "SC580": _gateway}

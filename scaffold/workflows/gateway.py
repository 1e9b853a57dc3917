"""`scaffold export gateway nginx`: routing, headers and 410 rules for a gateway, from the calendar of the spec."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..contract.history import History
from ..diagnostics import Diagnostic, ScaffoldError, did_you_mean
from ..generate.gateway import nginx
from ..generate.runtime.postponing import in_environment
from ..generate.runtime.starting import StartRefused
from ..project.layout import Project
from ..project.writer import session
from .outcome import Outcome
from .project_state import read_state

PROGRAM = "127.0.0.1:8000"
"""Where `make run` serves."""
_SERVER = re.compile(r"[A-Za-z0-9._-]+:[0-9]{1,5}|\[[0-9a-fA-F:]+\]:[0-9]{1,5}|unix:/[\w./-]+")
_LISTEN = re.compile(r"(?:[\w.*-]+:|\[[0-9a-fA-F:]+\]:)?[0-9]{1,5}|unix:/[\w./-]+")


def export_nginx(
    start: Path,
    *,
    upstreams: Iterable[str],
    listen: str,
    docs_base: str | None,
    problem_base: str | None,
    environment: Mapping[str, str],
) -> Outcome:
    """The rules for the released versions of the project at `start`; sunsets are postponed as `environment` says.

    Raises:
        ScaffoldError: SC580 where requests name no version; SC581 for a program, SC582
            for a place to listen at, that cannot be; SC583 for a sunset that cannot be postponed so.
    """
    with session(start, writes=False) as (project, earlier):
        state = read_state(project)
    history = state.history.released
    if not _LISTEN.fullmatch(listen):
        raise ScaffoldError(Diagnostic("SC582", f"nginx cannot listen at `{listen}`", help="write `8080`, say"))
    name = re.sub(r"\W", "_", project.package).upper()
    base = docs_base or history.api.docs_base or _docs_url(project)
    try:
        text = nginx(
            history,
            name=name,
            programs=_programs(upstreams, history),
            listen=listen,
            docs_base=base,
            problem_base=problem_base or ("/problems" if base is None else f"{base.rstrip('/')}/problems"),
            sunsets=in_environment(name, environment),
        )
    except StartRefused as error:
        raise ScaffoldError(Diagnostic("SC583", str(error))) from error
    return Outcome(output=text, data={"nginx": text}, diagnostics=earlier)


def _programs(stated: Iterable[str], history: History) -> dict[str, str]:
    """Where each version is served, and under "" all others. Raises ScaffoldError SC581, and SC433."""
    found: dict[str, str] = {}
    ids = [v.id for v in history.versions]
    for word in stated:
        version, equals, server = word.rpartition("=")
        if not _SERVER.fullmatch(server):
            help_ = "write `--upstream 127.0.0.1:8000`, or `--upstream v1=10.0.0.7:8000` for one version"
            raise ScaffoldError(Diagnostic("SC581", f"`{word}` is no place where a program listens", help=help_))
        if equals and version not in ids:
            raise ScaffoldError(
                Diagnostic("SC433", f"there is no version `{version}`", help=did_you_mean(version, ids))
            )
        found[version] = server
    return {"": PROGRAM, **found}


def _docs_url(project: Project) -> str | None:
    """Where the project was told that its documentation is: what its settings begin with."""
    answers = project.root / ".copier-answers.yml"
    if not answers.is_file():
        return None
    found = re.search(
        r"^docs_url: *['\"]?((?:https?://|/)[^\s'\"]+)['\"]? *$", answers.read_text("utf-8"), re.MULTILINE
    )
    return None if found is None else found[1]

"""`scaffold export openapi`: the contract of a version as an OpenAPI document."""

from __future__ import annotations

from pathlib import Path

from ..openapi import document, to_json, to_yaml
from ..project.writer import session
from .outcome import Outcome
from .project_state import read_state
from .versions import known_version


def export_openapi(start: Path, version: str, *, yaml: bool) -> Outcome:
    """The document of `version`, made from the contract alone: without servers, stages and what the edge answers.

    Raises:
        ScaffoldError: SC433 when there is no such version.
    """
    with session(start, writes=False) as (project, earlier):
        state = read_state(project)
    found = known_version(state.history, version)
    made = document(state.history.contract(version), state.history.api, found)
    return Outcome(
        output=to_yaml(made) if yaml else to_json(made), data={"version": version, "openapi": made}, diagnostics=earlier
    )

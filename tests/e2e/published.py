"""Published histories as projects: made once for all tests of a process, shared by file where they can be."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scaffold.project.layout import spec_files
from scaffold.spec import load
from scaffold.workflows.import_openapi import new_from_openapi
from scaffold.workflows.project_state import read_spec

SHARED = Path(os.environ.get("SCAFFOLD_SHARED", "../shared")).resolve()
FOLDER = SHARED / "histories" / "adyen"
SERVICES = (
    "BalanceControlService",
    "BinLookupService",
    "FundService",
    "NotificationConfigurationService",
    "PayoutService",
    "RecurringService",
    "TransactionService",
)
DAY = date(2026, 11, 1)


def documents(service: str) -> list[Path]:
    """The documents of a service, oldest first; skips the test where they are not there."""
    found = sorted(FOLDER.glob(f"{service}-v*.json"), key=lambda p: int(re.sub(r"\D", "", p.stem.rpartition("-")[2])))
    if not found:
        pytest.skip(f"the published histories are not at {SHARED}; say where with SCAFFOLD_SHARED")
    return found


def published(path: Path) -> Mapping[str, Any]:
    """What a document says."""
    read: Mapping[str, Any] = json.loads(path.read_text())
    return read


def version_of(path: Path) -> str:
    """The version that a document's file is called after."""
    return path.stem.rpartition("-")[2]


def package_of(service: str) -> str:
    """The package that the project of a service has."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", service.removesuffix("Service")).lower()


def make_published(folder: Path, service: str, files: list[Path] | None = None) -> Path:
    """The project of a service, from its documents."""
    name = package_of(service).replace("_", "-")
    given = [str(f) for f in (files or documents(service))]
    new_from_openapi(
        name,
        given,
        start=folder,
        directory=folder / name,
        answers={},
        guess=True,
        released=DAY,
        dry_run=False,
    )
    return folder / name


def base_path(project: Path) -> str:
    """The path before the versions of a project."""
    return load(read_spec(project, spec_files(project))).history.api.base_path

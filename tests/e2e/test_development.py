"""In development the database goes along: from the first run, through a draft, to the version that was cut of it."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from ..projects import NIGHTLY, json_of, make, run, scaffold, served

pytestmark = pytest.mark.slow
CHANGE = "next:\n  - add: Note.owner\n    type: str\n    old_sends: me\n    existing: them\n#"


@pytest.mark.parametrize("drafted", [False, True] if NIGHTLY else [True])
def test_rows_are_filled_when_a_version_is_cut(tmp_path: Path, drafted: bool) -> None:
    project = make(tmp_path, "library")
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/library.db"}
    with served(project, "library", **database) as base:
        json_of(httpx2.post(f"{base}/api/v1/notes", json={"title": "Buy milk"}))
    assert scaffold("release", "v1", cwd=project).returncode == 0
    spec = project / "api.yaml"
    spec.write_text(spec.read_text().replace("next: []", CHANGE))
    if drafted:
        assert scaffold("generate", "--draft", cwd=project).returncode == 0
        with served(project, "library", **database) as base:
            json_of(httpx2.post(f"{base}/api/next/notes", json={"title": "Read", "owner": "Ada"}))
    assert scaffold("bump-version", cwd=project).returncode == 0
    with served(project, "library", **database) as base:
        page = json_of(httpx2.get(f"{base}/api/v2/notes"))
        owners = [note["owner"] for note in page]
        assert owners == (["them", "Ada"] if drafted else ["them"])
        assert json_of(httpx2.get(f"{base}/api/v1/notes"))[0]["title"] == "Buy milk"
    done = run(project, "library", "migrate", **database)
    assert done.returncode == 0, done.stderr[-2000:]

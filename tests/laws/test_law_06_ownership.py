"""Law 6, ownership: generated files are the tool's alone; every other file is made once and then the user's."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import pytest

from scaffold.project.layout import Project
from scaffold.workflows.bump import bump_version
from scaffold.workflows.generate import generate
from scaffold.workflows.outcome import Findings

from ..projects import EXAMPLES, make, tree

TODAY = date(2026, 11, 21)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make(tmp_path, "shop", EXAMPLES / "shop" / "api.yaml")


def bump(project: Path) -> None:
    bump_version(
        project,
        changes=("rename Product.title to name",),
        stage="stable",
        released=None,
        today=TODAY,
        even_if_safe=False,
        dry_run=False,
    )


def test_a_cut_writes_only_what_is_the_tools_and_splices_the_spec(shop: Path) -> None:
    before = tree(shop)
    bump(shop)
    after = tree(shop)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    owned = Project(shop, "shop")
    others = {p for p in changed if not owned.tool_owned(p)}
    assert others == {"api.yaml"}
    old, new = before["api.yaml"].decode().splitlines(), after["api.yaml"].decode().splitlines()
    assert [line for line in difflib.ndiff(old, new) if line.startswith("- ")] == []


def test_every_file_of_the_tools_has_its_checksum_in_the_lock(shop: Path) -> None:
    owned = Project(shop, "shop")
    lock = (shop / "scaffold.lock").read_text()
    for path in tree(shop):
        if owned.tool_owned(path) and path not in ("scaffold.lock", "openapi/.gitkeep"):
            assert f'"{path}" = "sha256:' in lock, path


def test_every_generated_file_that_was_edited_is_refused_with_a_diff(shop: Path) -> None:
    lock = (shop / "scaffold.lock").read_text().split("[files]")[1]
    paths = [line.split('"')[1] for line in lock.strip().splitlines()]
    for path in paths[:: max(1, len(paths) // 12)]:
        place = shop / path
        original = place.read_bytes()
        place.write_bytes(original + b"\n# edited by hand\n")
        before = tree(shop)
        with pytest.raises(Findings) as refused:
            generate(shop, draft=False, write=True)
        assert [d.code for d in refused.value.diagnostics] == ["SC510"], path
        assert "edited by hand" in str(refused.value.diagnostics[0].notes), path
        assert tree(shop) == before, path
        place.write_bytes(original)


def test_what_is_yours_is_never_rewritten(shop: Path) -> None:
    owned = Project(shop, "shop")
    mine = [
        p
        for p in tree(shop)
        if not owned.tool_owned(p) and p.endswith((".py", ".md", ".toml")) and "migrations" not in p
    ]
    for path in mine:
        place = shop / path
        place.write_bytes(place.read_bytes() + b"\n")
    before = {p: (shop / p).read_bytes() for p in mine}
    generate(shop, draft=False, write=True)
    bump(shop)
    assert {p: (shop / p).read_bytes() for p in mine} == before

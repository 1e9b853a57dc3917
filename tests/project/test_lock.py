"""The lock is plain, sorted text that merges, and says where it is broken."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scaffold.contract.addressing import Addressing
from scaffold.contract.locating import Place
from scaffold.diagnostics import ScaffoldError
from scaffold.project.files import checksum
from scaffold.project.lock import Lock, Released, read_lock, write_lock

A, B, C = (checksum(text) for text in (b"a", b"b", b"c"))
LOCK = Lock(
    "shop",
    {"v10": Released(C), "v9": Released(B), "v1": Released(A, {"v1.10": B, "v1.2": C})},
    {"openapi/v1.json": B, "docs/changelog.md": A},
)


def test_the_lock_is_sorted_text_with_one_line_an_entry() -> None:
    assert write_lock(LOCK) == (
        "# Written by scaffold: digests of what was released, checksums of what was generated.\n"
        "# Commit it; do not edit it.\n\n"
        'format = 1\npackage = "shop"\n\n'
        f'[versions."v1"]\ndigest = "{A}"\n\n'
        f'[versions."v1".releases]\n"v1.2" = "{C}"\n"v1.10" = "{B}"\n\n'
        f'[versions."v9"]\ndigest = "{B}"\n\n'
        f'[versions."v10"]\ndigest = "{C}"\n\n'
        f'[files]\n"docs/changelog.md" = "{A}"\n"openapi/v1.json" = "{B}"\n'
    )


def test_how_clients_reach_what_was_released_is_written_down() -> None:
    lock = Lock("shop", addressing=Addressing("/api", (Place.HEADER, Place.PATH), "API-Version", unspecified="v1"))
    said = 'base_path = "/api"\nlocate = ["header", "path"]\nheader = "API-Version"\nunspecified = "v1"\n'
    assert write_lock(lock).endswith(f'package = "shop"\n\n[addressing]\n{said}')


@pytest.mark.parametrize(
    "lock",
    [
        LOCK,
        Lock("shop"),
        Lock("shop", draft=True),
        Lock("shop", files={'odd "näme"\t\x7f': A}),
        Lock("shop", addressing=Addressing("", ())),
        Lock("shop", addressing=Addressing("/api", tuple(Place), "API-Version", "v", "application/json", "v1")),
    ],
)
def test_a_lock_reads_back_as_it_was_written(lock: Lock) -> None:
    assert read_lock(write_lock(lock)) == lock


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ('format = 1\npackage = "shop"\n<<<<<<< HEAD\n=======\n>>>>>>> main\n', "SC506", 3, "merge conflict"),
        ('format = 2\npackage = "shop"\n', "SC507", 1, "format 2"),
        ('format = 1\npackage = "shop\n', "SC505", 2, "broken"),
        ('format = 1\npackage = "shop"\n[files]\n"a" = "md5:1"\n', "SC505", 4, "`a` has no sha256"),
        ('format = 1\npackage = "shop"\nfies = 1\n', "SC505", 3, "unknown key `fies`"),
        ('format = 1\npackage = "shop"\nfiles = 1\n', "SC505", 3, "not a table"),
        ('format = 1\npackage = "shop"\n[versions.v1]\n', "SC505", 3, "`v1` has no sha256"),
        ('format = 1\npackage = "shop"\n[versions]\nv1 = 1\n', "SC505", 4, "`v1`"),
        ('format = 1\npackage = "shop"\n[addressing]\nlocate = []\n', "SC505", 3, "`addressing` is wrong"),
        ('format = 1\npackage = "shop"\n[addressing]\nbase_path = ""\nlocate = ["host"]\n', "SC505", 3, "is wrong"),
        (
            'format = 1\npackage = "shop"\n[addressing]\nbase_path = ""\nlocate = []\nquery = 1\n',
            "SC505",
            6,
            "is wrong",
        ),
        ("format = 1\n", "SC505", 1, "`package` is missing"),
        ('package = "shop"\n', "SC505", 1, "`format` is missing"),
        ("", "SC505", 1, "`format` is missing"),
    ],
)
def test_a_broken_lock_is_told_with_its_line_and_a_way_out(text: str, code: str, line: int, said: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        read_lock(text)
    found = caught.value.diagnostics[0]
    assert (found.code, found.span and found.span.line) == (code, line)
    assert said in found.message
    assert found.help


def test_two_branches_that_lock_different_files_merge_cleanly(tmp_path: Path) -> None:
    files = {f"docs/{name}.md": A for name in "bdfhjlnprt"}
    versions = {"base": files, "ours": {**files, "docs/c.md": B}, "theirs": {**files, "docs/o.md": C}}
    for name, content in versions.items():
        (tmp_path / name).write_text(write_lock(Lock("shop", files=content)))
    merge = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert merge.returncode == 0
    assert read_lock(merge.stdout).files == {**files, "docs/c.md": B, "docs/o.md": C}

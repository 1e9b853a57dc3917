"""Generated code is laid out by ruff alone, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.project.ruff import format_files

MESSY = "import shop.b\nimport os,fastapi,unused\nfrom .x import y\nx = {'a':fastapi,\n 'b': os, 'c': (shop.b, y) }\n"
TIDY = """\
import os

import fastapi

import shop.b

from .x import y

x = {"a": fastapi, "b": os, "c": (shop.b, y)}
"""


def test_python_is_laid_out_and_other_files_are_left() -> None:
    files = {"src/shop/generated/a.py": MESSY, "docs/a.md": "#  a\n", "src/shop/generated/build/b.py": "x=1\n"}
    assert format_files(files, packages=["shop"]) == {
        "src/shop/generated/a.py": TIDY,
        "docs/a.md": "#  a\n",
        "src/shop/generated/build/b.py": "x = 1\n",
    }
    assert format_files({}) == {}


def test_it_is_stable_and_deaf_to_its_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    once = format_files({"a.py": MESSY}, packages=["shop"])
    (tmp_path / "ruff.toml").write_text("line-length = 20\n")
    monkeypatch.setenv("RUFF_CONFIG", str(tmp_path / "ruff.toml"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    assert format_files(once, packages=["shop"]) == once


def test_code_that_is_no_python_is_told() -> None:
    with pytest.raises(ScaffoldError, match="SC518") as caught:
        format_files({"a.py": "def ("})
    assert "a.py:1:5" in caught.value.diagnostics[0].notes[0]


def test_a_name_that_nothing_defines_is_a_fault_of_the_tool() -> None:
    with pytest.raises(ScaffoldError, match="SC518") as told:
        format_files({"a.py": "def f() -> int:\n    return unheard_of()\n"})
    assert "unheard_of" in str(told.value.diagnostics[0].notes)

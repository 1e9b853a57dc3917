"""Converters of objects whose parts stand elsewhere later are typed as strictly as all other code."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.generate import runtime

from .shops import shop

HOUSE = "House:\n  fields: {city: str, 'zip?': int}\nPair:\n  fields: {name: str, title: str, age: int}"
DEEP = "\nFar:\n  fields: {city: str, INSIDE}\nDeep:\n  fields: {'word?': str, 'more?': int}"
WORD = "- move Item.home.in.word to Item.word"
INSIDE = {"inside": "'in?': Deep", "blank": "in: {type: Deep, nullable: true}"}
GONE = "- {remove: Item.home, old_sees: {city: Ulm, in: {}}}"
OUT = "- move Item.home.city to Item.city"
MERGE = "- {merge: [Pair.name, Pair.title], into: said, with: comma}"
SPLIT = "- {split: Pair.name, into: {first: str, last: str}, with: words}"
FIRST = "city: {type: str, create_only: true}\nage: int"
SECOND = "- {alias: Item.city, as: Item.home.city}"


@pytest.mark.slow
def test_what_is_sent_and_shown_of_objects_in_parts_passes_mypy_strict(tmp_path: Path) -> None:
    specs = {
        "optional": ("'home?': House\nage: int", OUT),
        "nullable": ("home: {type: House, nullable: true}\nage: int", OUT),
        "given": ("home: {type: House, default: {city: Bonn}}\nage: int", OUT),
        "either": ("home: {type: House, default: {city: Bonn}, nullable: true}\nage: int", OUT),
        "settled": (FIRST, SECOND),
        "taken": ("home: House\nage: int", OUT, "- {remove: Item.home, old_sees: {zip: 3}}"),
        "inside": ("'home?': Far\nage: int", WORD, "- remove Item.home"),
        "blank": ("'home?': Far\nage: int", WORD, "- remove Item.home"),
        "anew": ("home: Far\nage: int", WORD, GONE),
        "stands": (
            "home: {type: Far, nullable: true}\nage: int",
            "- move Item.home.in to Item.deep",
            "- {remove: Item.home, old_sees: {city: Ulm}}",
        ),
        "together": ("'home?': Pair\nage: int", "- move Item.home.age to Item.years", MERGE),
        "apart": ("home: {type: Pair, nullable: true}\nage: int", "- move Item.home.age to Item.years", SPLIT),
        "flat": (FIRST, f"{SECOND}\n- remove Item.city\n- move Item.home.city to Item.city"),
    }
    for name, (fields, *versions) in specs.items():
        copied = shutil.copytree(Path(str(runtime.__file__)).parent, tmp_path / name)
        (copied / "types").mkdir()
        deep = DEEP.replace("INSIDE", INSIDE.get(name, "in: Deep"))
        with shop(fields, *versions, types=HOUSE + deep) as item:
            for module, text in {**item.made.sources, "types.__init__": ""}.items():
                copied.joinpath(*module.split(".")).with_suffix(".py").write_text(text)
    packages = [part for name in specs for part in ("-p", f"{name}.types")]
    command = [sys.executable, "-m", "mypy", "--strict", *packages]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr

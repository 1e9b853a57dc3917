"""How long an import takes, and how much memory, against reading the same files with a library alone."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SCAFFOLD_SHARED", "../shared"))

ALONE = """
import json, resource, sys, time
start = time.perf_counter()
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        json.load(file)
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""
YAML = """
import json, resource, sys, time
start = time.perf_counter()
from ruamel.yaml import YAML
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        YAML(typ="safe", pure=False).load(file)
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""
IMPORT = """
import json, resource, sys, time
start = time.perf_counter()
from datetime import date
from pathlib import Path
from scaffold.workflows.import_openapi import import_openapi
import_openapi(Path(), sys.argv[1:], project=False, output=None, guess=True, released=date(2026, 1, 1), dry_run=False)
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def measured(program: str, files: Sequence[Path]) -> tuple[float, float]:
    """Seconds and peak memory in MB of a program of its own that is given `files`."""
    command = [sys.executable, "-c", program, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "."})
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak / 1024


def largest() -> list[Path]:
    """The documents of the largest published service, oldest first; empty where they are not there."""
    found = SHARED.glob("histories/adyen/PayoutService-v*.json")
    return sorted(found, key=lambda p: int(p.stem.rpartition("v")[2]))


def wide_documents(folder: Path, types: int = 250, versions: int = 18) -> list[Path]:
    """Made-up documents of many types and versions, each a few steps from the one before."""
    folder.mkdir(exist_ok=True)
    chance = random.Random(7)
    schemas: dict[str, Any] = {f"Type{n}": _schema(n, types, chance) for n in range(types)}
    files = []
    for version in range(1, versions + 1):
        for _ in range(12):
            name = chance.choice(sorted(schemas))
            schemas[name]["properties"][f"field{version}_{chance.randrange(1000)}"] = {
                "type": "string",
                "description": f"Added in version {version}.",
            }
        schemas[f"New{version}"] = _schema(version, types, chance)
        file = folder / f"wide-v{version}.json"
        file.write_text(json.dumps(_document(version, schemas)))
        files.append(file)
    return files


def _schema(number: int, types: int, chance: random.Random) -> dict[str, Any]:
    properties: dict[str, Any] = {
        f"text{i}": {"type": "string", "maxLength": 10 * i + 5, "description": f"The text number {i} of {number}."}
        for i in range(8)
    }
    properties["kind"] = {"type": "string", "enum": ["one", "two", "three"]}
    properties["next"] = {"$ref": f"#/components/schemas/Type{chance.randrange(types)}"}
    return {"type": "object", "description": f"The type {number}.", "properties": properties, "required": ["text1"]}


def _document(version: int, schemas: dict[str, Any]) -> dict[str, Any]:
    paths = {
        f"/things{n}": {
            "post": {
                "operationId": f"make_thing{n}",
                "requestBody": {"content": _json(f"Type{n}"), "required": True},
                "responses": {"200": {"description": "Done.", "content": _json(f"Type{n + 1}")}},
            }
        }
        for n in range(0, 100, 2)
    }
    info = {"title": "Wide", "version": str(version)}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def report() -> None:
    """Print how an import compares with reading the files alone."""
    with tempfile.TemporaryDirectory() as name:
        for what, files in (
            ("largest published service", largest()),
            ("250 types, 18 versions", wide_documents(Path(name))),
            ("10,000 types", wide_documents(Path(name) / "many", types=10_000, versions=1)),
        ):
            if not files:
                print(f"{what}: not measured, its documents are not at {SHARED}")
                continue
            size = sum(f.stat().st_size for f in files) / 1e6
            print(f"{what}: {len(files)} documents, {size:.1f} MB")
            json_alone, yaml_alone, ours = (measured(p, files) for p in (ALONE, YAML, IMPORT))
            for label, (seconds, peak) in (
                ("json alone", json_alone),
                ("YAML library alone", yaml_alone),
                ("import", ours),
            ):
                print(f"  {label:<20} {seconds:6.2f} s  {peak:6.0f} MB")
            print(
                f"  import against YAML alone: {ours[0] / yaml_alone[0]:.2f} in time, "
                f"{ours[1] / yaml_alone[1]:.2f} in memory"
            )


if __name__ == "__main__":
    report()

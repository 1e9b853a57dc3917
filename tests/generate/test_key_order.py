"""An answer keeps the order of its keys, whatever became of the fields behind them: its bytes stay what they were."""

from __future__ import annotations

import re

from tests.generated_tests.rendered import files_of, history_of

SPEC = """
api: {name: small, title: Small API, base_path: /api}
resources:
  Note:
    path: /notes
    fields: {id: {type: int, key: true}, "a?": str, m: str, "b?": str, n: str, "c?": str, "d?": str}
    operations: [get, create]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-02-15
    changes:
      - {merge: [Note.a, Note.c, Note.d], into: "all?", with: words}
      - {merge: [Note.m, Note.n], into: both, with: words}
"""


def keys(text: str) -> list[str]:
    """The keys that v1 is shown, in the order in which they are added."""
    (body,) = re.findall(r"^def note_v1\(.*?^    return shown", text, re.MULTILINE | re.DOTALL)
    return [one or other for one, other in re.findall(r'"(\w+)": |shown\["(\w+)"\] = ', body)]


def test_what_is_merged_stays_in_its_place() -> None:
    made = files_of(history_of(SPEC), "small")
    assert keys(made["src/small/generated/types/note.py"]) == ["id", "m", "n", "a", "b", "c", "d"]

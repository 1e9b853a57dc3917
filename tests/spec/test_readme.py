"""The spec that the README shows is one that the tool takes as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from scaffold.convert.policies import findings
from scaffold.spec import load

README = Path(__file__).parents[2] / "README.md"


def test_the_spec_of_the_readme_makes_the_project_that_it_speaks_of() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    loaded = load(text)
    assert not findings(loaded.history)
    assert [version.id for version in loaded.history.versions] == ["v1", "v2"]

"""A behaviour that a version declares: its flag, by version, and the test that somebody asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scaffold.contract.changes import ChangeBehaviour
from scaffold.contract.history import History
from scaffold.generate.behaviour_view import behaving, behaviours
from scaffold.generate.package import generated, model

from ..compat.contracts import history, shop

ROUNDING = ChangeBehaviour(name="strict_rounding", why="Totals are rounded half even.")


@pytest.fixture(scope="module")
def declared() -> History:
    return history(shop(), [ROUNDING])


def test_a_flag_is_on_from_the_version_that_declared_it(declared: History) -> None:
    assert [(f.name, f.why) for f in behaviours(declared)] == [("strict_rounding", "Totals are rounded half even.")]
    assert behaving(declared) == (('"v1"', (("strict_rounding", False),)), ('"v2"', (("strict_rounding", True),)))


@pytest.mark.parametrize(
    ("code", "asks"), [("", False), ("x = self.behaviour.loose", False), ("x = self.behaviour.strict_rounding", True)]
)
def test_its_test_fails_until_the_code_of_the_project_asks_for_it(
    declared: History, tmp_path: Path, code: str, asks: bool
) -> None:
    text = generated(model(declared, "shop"))["tests/generated/test_behaviour.py"]
    place = tmp_path / "tests/generated/test_behaviour.py"
    for name, body in (("handlers/orders.py", code), ("generated/behaviour.py", "x = self.behaviour.strict_rounding")):
        file = tmp_path / "src/shop" / name
        file.parent.mkdir(parents=True)
        file.write_text(body)
    module: dict[str, Any] = {"__file__": str(place)}
    exec(compile(text, str(place), "exec"), module)
    if asks:
        module["test_a_behaviour_is_asked_for"]("strict_rounding")
    else:
        with pytest.raises(AssertionError, match="say in a handler"):
            module["test_a_behaviour_is_asked_for"]("strict_rounding")


def test_a_history_without_behaviours_has_none_of_it() -> None:
    files = generated(model(history(shop(), []), "shop"))
    assert not [path for path in files if "behaviour" in path]
    assert "Behaving" not in files["src/shop/generated/handlers.py"]

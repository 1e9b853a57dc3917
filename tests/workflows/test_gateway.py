"""`scaffold export gateway nginx`: what is printed, and what cannot be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.workflows.gateway import export_nginx

from ..projects import EXAMPLES, ROOT, make, scaffold

SPEC = (EXAMPLES / "shop" / "api.yaml").read_text("utf-8")


def exported(project: Path, *upstreams: str, listen: str = "8080", environment: Mapping[str, str] | None = None) -> str:
    made = export_nginx(
        project,
        upstreams=upstreams,
        listen=listen,
        docs_base=None,
        problem_base=None,
        environment=environment or {},
    )
    assert made.output is not None
    return made.output


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("gateway"), "shop", SPEC)


def test_the_same_project_gives_the_same_rules(shop: Path) -> None:
    text = exported(shop)
    assert text == exported(shop)
    assert "server 127.0.0.1:8000;" in text
    assert "</docs/migration/v1-to-v2" in text, "as the settings of the project say"
    assert '"@1784073600"' in text
    assert '"Thu, 15 Jul 2027 00:00:00 GMT"' in text


def test_a_sunset_that_is_postponed_is_postponed_here_too(shop: Path) -> None:
    text = exported(shop, environment={"SHOP_SUNSET_V1": "2028-01-01"})
    assert '"Sat, 01 Jan 2028 00:00:00 GMT"' in text
    assert "SHOP_SUNSET_V1 postpones" in text
    with pytest.raises(ScaffoldError) as caught:
        exported(shop, environment={"SHOP_SUNSET_V1": "2027-01-01"})
    assert caught.value.diagnostics[0].code == "SC583"


@pytest.mark.parametrize(
    ("word", "code"), [("nowhere", "SC581"), ("v1=x;y:80", "SC581"), ("v7=127.0.0.1:80", "SC433"), ("a:1;}", "SC581")]
)
def test_a_program_that_cannot_be(shop: Path, word: str, code: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        exported(shop, word)
    assert caught.value.diagnostics[0].code == code


def test_a_place_to_listen_that_cannot_be(shop: Path) -> None:
    with pytest.raises(ScaffoldError) as caught:
        exported(shop, listen="80; include /etc/passwd")
    assert caught.value.diagnostics[0].code == "SC582"


def test_on_the_command_line_the_rules_are_all_that_is_printed(shop: Path) -> None:
    done = scaffold("export", "gateway", "nginx", "--upstream", "v1=[::1]:9000", cwd=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == exported(shop, "v1=[::1]:9000")


def test_the_command_needs_nothing_that_programs_run_on() -> None:
    blocked = "import sys; sys.modules.update(dict.fromkeys(('fastapi', 'starlette', 'sqlalchemy', 'anyio')))"
    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}; import scaffold.workflows.gateway"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

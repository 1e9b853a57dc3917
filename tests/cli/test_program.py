"""The program as a person meets it: exit codes, streams, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from scaffold.cli import main
from scaffold.cli.finish import Shown, finish
from scaffold.diagnostics import Diagnostic, ScaffoldError, Severity, Span
from scaffold.project.files import File
from scaffold.project.lock import Lock
from scaffold.project.plan import Plan, make_plan
from scaffold.project.writer import apply
from scaffold.workflows.outcome import Findings, Outcome

HERE = str(Path(__file__).parents[2])
ERROR = Diagnostic("SC201", "unknown key `tpye`", Span("api.yaml", 1, 1, 1, 5))
WARNING = Diagnostic("SC516", "interrupted", severity=Severity.WARNING)
COMMANDS = ["new", "generate", "check", "release", "bump-version", "status", "show", "guide", "explain", "schema"]


def plan(root: Path) -> Plan:
    return make_plan(root, [File("openapi/v1.json", "{}\n")], None, Lock("shop"))


def ended(work: Callable[[], Outcome], start: Path = Path(), **shown: bool | str) -> int:
    with pytest.raises(typer.Exit) as caught:
        finish(work, start, Shown(**shown))  # type: ignore[arg-type]  # each by its name
    return caught.value.exit_code


def raising(error: ScaffoldError) -> Callable[[], Outcome]:
    def work() -> Outcome:
        raise error

    return work


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_fits(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Usage: scaffold {command}")
    assert max(map(len, text.splitlines())) <= 80


def test_the_help_names_every_command_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {command} " in text for command in COMMANDS)
    assert "..." not in text.replace("[ARGS]...", "")


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("scaffold ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["generte"], "did you mean 'generate'"),
        (["generate", "--dif"], "--diff"),
        (["show"], "missing argument 'version'"),
        (["check", "--format", "xml"], "'full', 'concise', 'json', 'github'"),
        (["bump-version", "--undo", "--change", "x"], "`--undo` cannot go with `--change`"),
        (["bump-version", "--released", "tomorrow"], "is not a date"),
        (["release", "v1", "--date", "2026-13-01"], "is not a date"),
        (["new", "shop", "--data", "colour"], "is not `key=value`"),
    ],
)
def test_misuse_is_told_with_a_code_and_exits_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["-C", str(tmp_path), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error[SC90")
    assert said in " ".join(err.lower().split())
    assert not list(tmp_path.iterdir())


def test_narration_goes_to_stderr_and_data_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    result = Outcome(summary=("2 versions",), output="text", diagnostics=(WARNING,), next_command="scaffold generate")
    assert ended(lambda: result) == 0
    out, err = capsys.readouterr()
    assert out == "text\n"
    assert err == "warning[SC516]: interrupted\nmore: scaffold explain SC516\n2 versions\nnext: scaffold generate\n"


def test_json_is_the_only_thing_on_stdout_and_has_a_schema_number(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    result = Outcome(("said",), "text", {"versions": ["v1"]}, plan(tmp_path), (WARNING,), "scaffold check")
    assert ended(lambda: result, json=True) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["schema"], data["versions"], data["next"], err) == (1, ["v1"], "scaffold check", "")
    assert data["plan"]["counts"] == {"create": 2}
    assert data["diagnostics"][0]["code"] == "SC516"


def test_a_failure_is_json_too_when_json_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(raising(ScaffoldError(ERROR)), json=True) == 2
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["diagnostics"][0]["line"]) == (1, 1)


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (Outcome, 0),
        (lambda: Outcome(diagnostics=(WARNING,)), 0),
        (lambda: Outcome(diagnostics=(ERROR,)), 1),
        (lambda: Outcome(findings=True), 1),
        (raising(Findings(ERROR)), 1),
        (raising(ScaffoldError(ERROR)), 2),
    ],
)
def test_exit_codes(work: Callable[[], Outcome], code: int) -> None:
    assert ended(work) == code


def test_drift_is_exit_1_with_check_and_diff_and_not_with_a_dry_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(lambda: Outcome(plan=plan(tmp_path)), drift=True) == 1
    assert "create  openapi/v1.json\n" in capsys.readouterr().err
    assert ended(lambda: Outcome(plan=plan(tmp_path)), dry_run=True) == 0
    assert capsys.readouterr().err.endswith("dry run: nothing was written\n")
    assert ended(lambda: Outcome(plan=plan(tmp_path)), drift=True, diff=True) == 1
    assert "+++ b/openapi/v1.json\n" in capsys.readouterr().out
    apply(tmp_path, plan(tmp_path), command="scaffold generate")
    assert ended(lambda: Outcome(plan=plan(tmp_path)), drift=True) == 0


def test_findings_of_check_are_data_with_the_source_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "api.yaml").write_text("tpye: str\n")
    assert ended(lambda: Outcome(diagnostics=(ERROR, WARNING)), tmp_path, checks=True) == 1
    out, err = capsys.readouterr()
    assert "1 | tpye: str\n  | ^^^^\n" in out
    assert err == "Found 1 error and 1 warning.\nmore: scaffold explain SC201 SC516\n"
    assert ended(lambda: Outcome(diagnostics=(ERROR,)), tmp_path, checks=True, format="github") == 1
    assert capsys.readouterr().out.startswith("::error file=api.yaml")


PROGRAM = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may have it ignored
sys.path.insert(0, {here!r})
from scaffold.cli import main
from scaffold.cli.app import app
@app.command()
def faulty() -> None:
    raise KeyError("oops")
@app.command()
def slow() -> None:
    print("started", flush=True)
    time.sleep(30)
@app.command()
def chatty() -> None:
    for _ in range(100000):
        print("word")
sys.exit(main())
"""


def program(command: str, **environment: str) -> subprocess.Popen[str]:
    code = PROGRAM.format(here=HERE)
    return subprocess.Popen(
        [sys.executable, "-c", code, command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def test_a_fault_of_ours_is_one_message_and_a_traceback_only_on_demand() -> None:
    done = program("faulty", SCAFFOLD_DEBUG="")
    _, err = done.communicate()
    assert done.returncode == 2
    assert err.startswith("error[SC999]: a fault of the program: KeyError: 'oops'\n")
    assert "Traceback" not in err
    done = program("faulty", SCAFFOLD_DEBUG="1")
    assert "Traceback" in done.communicate()[1]
    assert done.returncode == 2


def test_an_interruption_is_130_without_a_traceback() -> None:
    running = program("slow")
    assert running.stdout is not None
    assert running.stdout.readline() == "started\n"
    time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in err


def test_a_reader_that_goes_away_is_no_fault() -> None:
    running = program("chatty")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait() == 1


def test_start_up_imports_nothing_but_the_command_line() -> None:
    code = (
        f"import sys; sys.path.insert(0, {HERE!r})\n"
        "from scaffold.cli import main\n"
        "main(['--help'])\n"
        "ours = {'.'.join(m.split('.')[:3]) for m in sys.modules if m.startswith('scaffold')}\n"
        "print(sorted(ours), file=sys.stderr)\n"
        "heavy = ('rich', 'pydantic', 'jinja2', 'copier', 'ruamel.yaml')\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours, others = done.stderr.splitlines()
    assert ours == str(["scaffold", "scaffold.cli", "scaffold.cli.app", "scaffold.cli.commands", "scaffold.cli.finish"])
    assert others == "[]"

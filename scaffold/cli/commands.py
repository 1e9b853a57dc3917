"""The commands: each parses its flags, calls one workflow and hands what comes back to `finish`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.finish import Shown, finish

if TYPE_CHECKING:
    from datetime import date

    from scaffold.workflows.outcome import Outcome
    from scaffold.workflows.questions import Ask


@dataclass(frozen=True, slots=True)
class Settings:
    """What stands before the command: where the project is."""

    start: Path


class Format(StrEnum):
    """How findings are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


class Stage(StrEnum):
    """How much a new version promises."""

    PREVIEW = "preview"
    BETA = "beta"
    STABLE = "stable"


Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
Diff = Annotated[bool, typer.Option("--diff", help="Print what would change as a diff, and write nothing.")]
NoGuess = Annotated[bool, typer.Option("--no-guess", help="Take nothing as renamed or moved: removed and added.")]
UsageReport = Annotated[
    str | None,
    typer.Option(
        "--usage",
        metavar="FILE",
        help="Who calls, by this report of the program; `-` is standard input, `run` asks the program itself.",
    ),
]
Version = Annotated[str, typer.Argument(metavar="VERSION", help="A version, as `v2`.")]


def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name of the project, and of its package.")],
    spec: Annotated[Path | None, typer.Option("--spec", metavar="FILE", help="Start from this spec.")] = None,
    from_openapi: Annotated[
        list[str] | None,
        typer.Option(
            "--from-openapi",
            metavar="[ID=]FILE",
            help="Start from published documents, oldest first. Repeatable, or several files after it.",
        ),
    ] = None,
    more: Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", hidden=True)] = None,
    no_guess: NoGuess = False,
    directory: Annotated[
        Path | None, typer.Option("--dir", metavar="DIR", help="Put it there; without it, into a folder NAME.")
    ] = None,
    data: Annotated[
        list[str] | None, typer.Option("--data", "-d", metavar="KEY=VALUE", help="Answer a question. Repeatable.")
    ] = None,
    defaults: Annotated[bool, typer.Option("--defaults", help="Ask nothing, take every default.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Make a new project."""

    def work() -> Outcome:
        answers = _answers(data or [])
        start = _start(context)
        if more and not from_openapi:
            raise _misuse(f"`{more[0]}` is one word too many")
        if from_openapi and spec is not None:
            raise _misuse("`--spec` cannot go with `--from-openapi`")
        if from_openapi:
            from scaffold.workflows.import_openapi import new_from_openapi

            return new_from_openapi(
                name,
                [*from_openapi, *(more or ())],
                start=start,
                directory=start / (directory or name),
                answers=answers,
                guess=not no_guess,
                released=_today(),
                dry_run=dry_run,
                ask=None if json or defaults else _ask(),
            )
        from scaffold.workflows.new import new_project

        return new_project(
            name,
            directory=start / (directory or name),
            spec=None if spec is None else start / spec,
            answers=answers,
            defaults=defaults,
            dry_run=dry_run,
        )

    doing = "making the project" if defaults or from_openapi else ""  # the questions of copier want the terminal
    finish(work, _start(context), Shown(json=json, dry_run=dry_run, doing=doing))


def release(
    context: typer.Context,
    version: Version,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Release it then; today if left out.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Release a version: from then on its contract is frozen."""

    def work() -> Outcome:
        when = _date(date, "--date")
        from scaffold.workflows.release import release

        return release(_start(context), version, date=when, today=_today(), dry_run=dry_run)

    finish(work, _start(context), Shown(json=json, dry_run=dry_run, doing=f"releasing {version}"))


def generate(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when something would be written.")
    ] = False,
    diff: Diff = False,
    draft: Annotated[bool, typer.Option("--draft", help="Add the draft under `next:`, served as `next`.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Write the code that the spec describes."""

    def work() -> Outcome:
        from scaffold.workflows.generate import generate

        return generate(_start(context), draft=draft, write=not (check or diff or dry_run))

    shown = Shown(json=json, diff=diff, drift=check or diff, dry_run=dry_run, doing="generating")
    finish(work, _start(context), shown)


def bump_version(
    context: typer.Context,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change", "-c", metavar="TEXT", help="A change, as `rename User.name to full_name`. Repeatable."
        ),
    ] = None,
    stage: Annotated[Stage, typer.Option("--stage", help="How much the new version promises.")] = Stage.STABLE,
    released: Annotated[
        str | None, typer.Option("--released", metavar="DATE", help="Its date; today if left out.")
    ] = None,
    even_if_safe: Annotated[
        bool, typer.Option("--even-if-safe", help="Make a version where a release would do.")
    ] = False,
    from_openapi: Annotated[
        str | None,
        typer.Option("--from-openapi", metavar="[ID=]FILE", help="The next version is this published document."),
    ] = None,
    no_guess: NoGuess = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last bump back.")] = False,
    diff: Diff = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Cut the draft and the given changes into the next version."""
    flags = (("--change", change), ("--released", released), ("--diff", diff), ("--from-openapi", from_openapi))
    misplaced = [flag for flag, set_ in flags if set_]

    def work() -> Outcome:
        if undo:
            if misplaced or even_if_safe:
                raise _misuse(f"`--undo` cannot go with `{(misplaced or ['--even-if-safe'])[0]}`")
            from scaffold.workflows.bump import undo as undo_bump

            return undo_bump(_start(context), today=_today(), dry_run=dry_run)
        when = _date(released, "--released")
        if from_openapi is not None and change:
            raise _misuse("`--change` cannot go with `--from-openapi`: the document says what changed")
        from scaffold.workflows.bump import bump_version

        return bump_version(
            _start(context),
            changes=tuple(change or ()),
            stage=stage.value,
            released=when,
            today=_today(),
            even_if_safe=even_if_safe,
            dry_run=dry_run or diff,
            from_openapi=from_openapi,
            guess=not no_guess,
        )

    finish(work, _start(context), Shown(json=json, diff=diff, dry_run=dry_run, doing="cutting the version"))


def show(context: typer.Context, version: Version, json: Json = False) -> None:
    """Print a version whole, without its history."""

    def work() -> Outcome:
        from scaffold.workflows.show import show

        return show(_start(context), version)

    finish(work, _start(context), Shown(json=json))


def status(context: typer.Context, usage: UsageReport = None, json: Json = False) -> None:
    """Print versions, stages, dates, the draft and what drifted."""

    def work() -> Outcome:
        from scaffold.workflows.status import status

        return status(_start(context), today=_today(), usage=usage)

    finish(work, _start(context), Shown(json=json))


def guide(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="FROM", help="The version that clients come from.")],
    newer: Annotated[str, typer.Argument(metavar="TO", help="The version that they go to.")],
    json: Json = False,
) -> None:
    """Print the migration guide from one version to another."""

    def work() -> Outcome:
        from scaffold.workflows.guide import guide

        return guide(_start(context), older, newer)

    finish(work, _start(context), Shown(json=json))


def diff(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="A", help="A version, a document, or a git revision.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="The same, of what came later.")],
    no_guess: NoGuess = False,
    json: Json = False,
) -> None:
    """Print what changed between two versions."""

    def work() -> Outcome:
        from scaffold.workflows.diff import diff

        return diff(_start(context), older, newer, guess=not no_guess)

    finish(work, _start(context), Shown(json=json, doing="comparing"))


def import_openapi(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="[ID=]FILE...", help="Documents, oldest first.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write the spec into this new folder.")
    ] = None,
    no_guess: NoGuess = False,
    released: Annotated[
        str | None, typer.Option("--released", metavar="DATE", help="The date of the versions; today if left out.")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; what is open stays undecided.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take in OpenAPI documents as a spec or next versions."""

    def work() -> Outcome:
        when = _date(released, "--released") or _today()
        from scaffold.workflows.import_openapi import import_openapi, is_project

        start = _start(context)
        return import_openapi(
            start,
            files,
            project=output is None and is_project(start),
            output=None if output is None else start / output,
            guess=not no_guess,
            released=when,
            dry_run=dry_run,
            ask=None if no_input or json else _ask(),
        )

    finish(work, _start(context), Shown(json=json, dry_run=dry_run, doing="reading"))


def export_openapi(
    context: typer.Context,
    version: Version,
    yaml: Annotated[bool, typer.Option("--yaml", help="YAML instead of JSON.")] = False,
) -> None:
    """Print the OpenAPI document of a version, made from its contract alone."""

    def work() -> Outcome:
        from scaffold.workflows.export import export_openapi

        return export_openapi(_start(context), version, yaml=yaml)

    finish(work, _start(context), Shown())


def export_gateway_nginx(
    context: typer.Context,
    upstream: Annotated[
        list[str] | None,
        typer.Option(
            "--upstream",
            metavar="[VERSION=]HOST:PORT",
            help="Where the program listens; of one version, with its id before. Repeatable.",
        ),
    ] = None,
    listen: Annotated[str, typer.Option("--listen", metavar="PORT", help="Where nginx listens.")] = "8080",
    docs_base: Annotated[
        str | None, typer.Option("--docs-base", metavar="URL", help="Where the guides are; as the project says.")
    ] = None,
    problem_base: Annotated[
        str | None, typer.Option("--problem-base", metavar="URL", help="Where problems are; below the guides.")
    ] = None,
) -> None:
    """Print rules for nginx: routing, headers and 410 by the calendar."""

    def work() -> Outcome:
        import os

        from scaffold.workflows.gateway import export_nginx

        return export_nginx(
            _start(context),
            upstreams=tuple(upstream or ()),
            listen=listen,
            docs_base=docs_base,
            problem_base=problem_base,
            environment=os.environ,
        )

    finish(work, _start(context), Shown())


def check(
    context: typer.Context,
    usage: UsageReport = None,
    format: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.FULL,
    json: Json = False,
) -> None:
    """Check the spec, released contracts and generated files."""

    def work() -> Outcome:
        from scaffold.workflows.check import check

        return check(_start(context), today=_today(), usage=usage)

    chosen = Format.JSON if json else format
    finish(work, _start(context), Shown(json=chosen is Format.JSON, format=chosen.value, checks=True, doing="checking"))


def schema(context: typer.Context) -> None:
    """Print the JSON Schema of the spec, for editors."""

    def work() -> Outcome:
        from scaffold.workflows.schema import schema

        return schema()

    finish(work, _start(context), Shown())


def register(app: typer.Typer) -> None:
    """Put the commands into the program, in the order in which a project meets them."""
    for command in (new, generate, check, release, bump_version, status, show, diff, guide, schema):
        app.command(name=command.__name__.replace("_", "-"))(command)
    for name, doing, inner in (
        ("import", "Take in what is published elsewhere.", import_openapi),
        ("export", "Give out what a version promises.", export_openapi),
    ):
        group = typer.Typer(name=name, help=doing, no_args_is_help=True, rich_markup_mode=None)
        group.callback()(_group)
        group.command(name="openapi")(inner)
        if name == "export":
            doing = "Rules for what stands in front of the program."
            gateway = typer.Typer(name="gateway", help=doing, no_args_is_help=True, rich_markup_mode=None)
            gateway.callback()(_group)
            gateway.command(name="nginx")(export_gateway_nginx)
            group.add_typer(gateway)
        app.add_typer(group)


def _group() -> None:
    """A group of commands."""


def _start(context: typer.Context) -> Path:
    return context.obj.start if isinstance(context.obj, Settings) else Path()


def _answers(given: list[str]) -> dict[str, str]:
    """`key=value` words as a mapping; raises ScaffoldError SC902."""
    pairs = [word.partition("=") for word in given]
    for key, equals, value in pairs:
        if not key or not equals:
            raise _misuse(f"`--data {key}{equals}{value}` is not `KEY=VALUE`", "SC902")
    return {key.strip(): value for key, _, value in pairs}


def _date(text: str | None, option: str) -> date | None:
    """The date that an option gives; raises ScaffoldError SC902."""
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _misuse(f"`{option} {text}` is not a date, as `2026-03-01` is", "SC902") from None


def _ask() -> Ask | None:
    """The way to ask for policies, where there is somebody to ask."""
    from scaffold.cli.questions import asking

    return asking()


def _today() -> date:
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def _misuse(message: str, code: str = "SC901") -> Exception:
    from scaffold.diagnostics import Diagnostic, ScaffoldError

    return ScaffoldError(Diagnostic(code, message))

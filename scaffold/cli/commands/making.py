"""The commands that write a project: new, generate, release, bump-version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.finish import Shown, finish

from .flags import (
    Diff,
    DryRun,
    Json,
    NoGuess,
    Stage,
    UsageReport,
    Version,
    given_answers,
    given_date,
    misuse,
    started_in,
    today,
    whom_to_ask,
)

if TYPE_CHECKING:
    from scaffold.workflows.outcome import Outcome


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
        answers = given_answers(data or [])
        start = started_in(context)
        if more and not from_openapi:
            raise misuse(f"`{more[0]}` is one word too many")
        if from_openapi and spec is not None:
            raise misuse("`--spec` cannot go with `--from-openapi`")
        if from_openapi:
            from scaffold.workflows.import_openapi import new_from_openapi

            return new_from_openapi(
                name,
                [*from_openapi, *(more or ())],
                start=start,
                directory=start / (directory or name),
                answers=answers,
                guess=not no_guess,
                released=today(),
                dry_run=dry_run,
                ask=None if json or defaults else whom_to_ask(),
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
    finish(work, started_in(context), Shown(json=json, dry_run=dry_run, doing=doing))


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
        when = given_date(date, "--date")
        from scaffold.workflows.release import release

        return release(started_in(context), version, date=when, today=today(), dry_run=dry_run)

    finish(work, started_in(context), Shown(json=json, dry_run=dry_run, doing=f"releasing {version}"))


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

        return generate(started_in(context), draft=draft, write=not (check or diff or dry_run), today=today())

    shown = Shown(json=json, diff=diff, drift=check or diff, dry_run=dry_run, doing="generating")
    finish(work, started_in(context), shown)


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
                raise misuse(f"`--undo` cannot go with `{(misplaced or ['--even-if-safe'])[0]}`")
            from scaffold.workflows.bump import undo as undo_bump

            return undo_bump(started_in(context), today=today(), dry_run=dry_run)
        when = given_date(released, "--released")
        if from_openapi is not None and change:
            raise misuse("`--change` cannot go with `--from-openapi`: the document says what changed")
        from scaffold.workflows.bump import bump_version

        return bump_version(
            started_in(context),
            changes=tuple(change or ()),
            stage=stage.value,
            released=when,
            today=today(),
            even_if_safe=even_if_safe,
            dry_run=dry_run or diff,
            from_openapi=from_openapi,
            guess=not no_guess,
        )

    finish(work, started_in(context), Shown(json=json, diff=diff, dry_run=dry_run, doing="cutting the version"))


def drop_version(
    context: typer.Context,
    version: Version,
    usage: UsageReport = None,
    within: Annotated[
        int, typer.Option("--within", metavar="DAYS", min=1, help="Nobody must have called it for so many days (30).")
    ] = 30,
    force: Annotated[bool, typer.Option("--force", help="Drop it though somebody calls, or nobody knows.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the drop back, where it was done last.")] = False,
    diff: Diff = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take a retired version out of the program and the database."""
    misplaced = [flag for flag, given in (("--force", force), ("--usage", usage), ("--diff", diff)) if given]

    def work() -> Outcome:
        if undo:
            if misplaced:
                raise misuse(f"`--undo` cannot go with `{misplaced[0]}`")
            from scaffold.workflows.drop import undo as undo_drop

            return undo_drop(started_in(context), version, dry_run=dry_run)
        from scaffold.workflows.drop import drop_version

        return drop_version(
            started_in(context),
            version,
            usage=usage,
            within=within,
            force=force,
            today=today(),
            dry_run=dry_run or diff,
        )

    finish(work, started_in(context), Shown(json=json, diff=diff, dry_run=dry_run, doing="dropping the version"))

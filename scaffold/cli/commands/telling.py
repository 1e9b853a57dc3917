"""The commands that only tell: show, status, guide, diff, check, explain, schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.finish import Shown, finish

from .flags import Format, Json, NoGuess, UsageReport, Version, started_in, today

if TYPE_CHECKING:
    from scaffold.workflows.outcome import Outcome


def show(context: typer.Context, version: Version, json: Json = False) -> None:
    """Print a version whole, without its history."""

    def work() -> Outcome:
        from scaffold.workflows.show import show

        return show(started_in(context), version)

    finish(work, started_in(context), Shown(json=json))


def status(context: typer.Context, usage: UsageReport = None, json: Json = False) -> None:
    """Print versions, stages, dates, the draft and what drifted."""

    def work() -> Outcome:
        from scaffold.workflows.status import status

        return status(started_in(context), today=today(), usage=usage)

    finish(work, started_in(context), Shown(json=json))


def guide(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="FROM", help="The version that clients come from.")],
    newer: Annotated[str, typer.Argument(metavar="TO", help="The version that they go to.")],
    json: Json = False,
) -> None:
    """Print the migration guide from one version to another."""

    def work() -> Outcome:
        from scaffold.workflows.guide import guide

        return guide(started_in(context), older, newer)

    finish(work, started_in(context), Shown(json=json))


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

        return diff(started_in(context), older, newer, guess=not no_guess)

    finish(work, started_in(context), Shown(json=json, doing="comparing"))


def check(
    context: typer.Context,
    usage: UsageReport = None,
    format: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.FULL,
    json: Json = False,
) -> None:
    """Check the spec, released contracts and generated files."""

    def work() -> Outcome:
        from scaffold.workflows.check import check

        return check(started_in(context), today=today(), usage=usage)

    chosen = Format.JSON if json else format
    finish(
        work, started_in(context), Shown(json=chosen is Format.JSON, format=chosen.value, checks=True, doing="checking")
    )


def explain(
    context: typer.Context,
    codes: Annotated[list[str] | None, typer.Argument(metavar="CODE", help="As `SC103`; all if left out.")] = None,
    json: Json = False,
) -> None:
    """Say what the code of a diagnostic means, and the way out."""

    def work() -> Outcome:
        from scaffold.workflows.explain import explain

        return explain(codes or ())

    finish(work, started_in(context), Shown(json=json))


def schema(context: typer.Context) -> None:
    """Print the JSON Schema of the spec, for editors."""

    def work() -> Outcome:
        from scaffold.workflows.schema import schema

        return schema()

    finish(work, started_in(context), Shown())

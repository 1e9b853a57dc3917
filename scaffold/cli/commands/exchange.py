"""The commands that take in what is published elsewhere, and give out what a version promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scaffold.cli.finish import Shown, finish

from .flags import DryRun, Json, NoGuess, Version, given_date, started_in, today, whom_to_ask

if TYPE_CHECKING:
    from scaffold.workflows.outcome import Outcome


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
        when = given_date(released, "--released") or today()
        from scaffold.workflows.import_openapi import import_openapi, is_project

        start = started_in(context)
        return import_openapi(
            start,
            files,
            project=output is None and is_project(start),
            output=None if output is None else start / output,
            guess=not no_guess,
            released=when,
            dry_run=dry_run,
            ask=None if no_input or json else whom_to_ask(),
        )

    finish(work, started_in(context), Shown(json=json, dry_run=dry_run, doing="reading"))


def export_openapi(
    context: typer.Context,
    version: Version,
    yaml: Annotated[bool, typer.Option("--yaml", help="YAML instead of JSON.")] = False,
) -> None:
    """Print the OpenAPI document of a version, made from its contract alone."""

    def work() -> Outcome:
        from scaffold.workflows.export import export_openapi

        return export_openapi(started_in(context), version, yaml=yaml)

    finish(work, started_in(context), Shown())


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
            started_in(context),
            upstreams=tuple(upstream or ()),
            listen=listen,
            docs_base=docs_base,
            problem_base=problem_base,
            environment=os.environ,
        )

    finish(work, started_in(context), Shown())

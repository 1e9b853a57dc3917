"""The commands: each parses its flags, calls one workflow and hands what comes back to `finish`."""

from __future__ import annotations

import typer

from .exchange import export_gateway_nginx, export_openapi, import_openapi
from .making import bump_version, drop_version, generate, new, release
from .telling import check, diff, explain, guide, schema, show, status


def register(app: typer.Typer) -> None:
    """Put the commands into the program, in the order in which a project meets them."""
    for command in (
        new,
        generate,
        check,
        release,
        bump_version,
        drop_version,
        status,
        show,
        diff,
        guide,
        explain,
        schema,
    ):
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

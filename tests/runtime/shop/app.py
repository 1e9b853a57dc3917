"""The application as a generated `app.py` makes it."""

from datetime import date
from typing import Any

from scaffold.generate.runtime.calendar import Version
from scaffold.generate.runtime.checks import Resource
from scaffold.generate.runtime.operations import Provider
from scaffold.generate.runtime.serving import Application, build
from scaffold.generate.runtime.sites import Edition

from . import v1, v2
from .records import UsersBase

MOVED = {
    "/users": "/people",
    "/users/me": None,
    "GET /users/{id}": "/people/{id}",
}
EDITIONS = (
    Edition(
        version=Version(
            id="v1",
            release="1.2",
            released=date(2025, 1, 15),
            deprecated=date(2026, 1, 15),
            sunset=date(2026, 7, 14),
            guide="migration/v1-to-v2",
            successors=MOVED,
        ),
        routes=v1.ROUTES,
        removed=v1.REMOVED,
    ),
    Edition(
        version=Version(id="v2", release="2.0", released=date(2025, 12, 1)),
        routes=v2.ROUTES,
        removed=v2.REMOVED,
        envelope={"data": "$items", "meta": {"total": "$total", "page": ["100%"], "version": "$version"}},
    ),
    Edition(version=Version(id="v3", release="3.0")),
)
METHODS = ("list", "get", "create", "update", "delete", "verify")


def create_app(users: Provider[UsersBase], **settings: Any) -> Application:
    """The shop, in development unless `settings` say otherwise."""
    stated: dict[str, Any] = {
        "title": "Shop",
        "package": __package__,
        "base_path": "/api",
        "editions": EDITIONS,
        "resources": {"users": Resource(UsersBase, METHODS)},
        "providers": {"users": users},
        "name": "SHOP",
        "environment": "test",
        "docs_base": "https://docs.example.com",
        "problem_base": "https://docs.example.com/problems",
        "sunsets": {},
    }
    return build(**{**stated, **settings})

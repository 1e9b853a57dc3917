"""The spec as a typed value: what may stand at its top, and in its list of versions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .change_shapes import AnyChange
from .errors import ErrorsSpec
from .model import Model
from .operation_shapes import AuthSpec, OperationSpec
from .paging import PaginationSpec
from .scalars import Keywords, Label, Moment, Prose, Value, Whole, Word
from .shapes import ResourceSpec, TypeSpec


class BrownoutSpec(Model):
    """A time before its sunset in which a version does not answer."""

    from_: Moment = Field(alias="from", description="When it begins.")
    until: Moment = Field(description="When the version answers again.")
    status: Whole = Field(
        410,
        description="What callers are answered: 410, as after the sunset, or 503 with `Retry-After`.",
        json_schema_extra={"enum": [410, 503]},
    )


class VersionSpec(Model):
    """A version or a release of one: its dates and what changed."""

    id: Word
    released: Moment | None = None
    after: Word | None = Field(
        default=None,
        description="The later version that a release stands after: needed where versions are files of their own.",
    )
    promise: Literal["preview", "beta", "stable"] | None = None
    deprecated: Moment | None = None
    sunset: Moment | None = None
    dropped: Moment | None = Field(
        default=None,
        description="When its code and its data were taken out, as `scaffold drop-version` writes it.",
    )
    brownouts: list[BrownoutSpec] = Field(
        default_factory=list,
        description="Times between `deprecated` and `sunset` in which it does not answer, so that callers notice.",
    )
    clients: list[Word] = Field(
        default_factory=list,
        description="Who may call it while it is a beta: by their credential, else by `X-Client-ID`.",
    )
    note: Prose | None = None
    changes: list[AnyChange] = Field(default_factory=list)


class ApiSpec(Model):
    """What holds for every version."""

    name: Word
    title: Prose | None = None
    base_path: Word = "/api"
    description: Prose | None = None
    docs_base: Word | None = None


class VersioningSpec(Model):
    """How versions are named and found."""

    scheme: Literal["major", "date"] = "major"
    locate: list[Word] = Field(
        default_factory=lambda: ["path"],
        description="Where requests name their version, in order of precedence: path, header, query, media_type; "
        "`[]` where they never do.",
        json_schema_extra={"items": {"enum": ["path", "header", "query", "media_type"]}, "uniqueItems": True},
    )
    header: Word | None = Field(default=None, description="The header that is read, `API-Version` unless stated.")
    query: Word | None = Field(
        default=None, description="The parameter in the query that is read, `version` unless stated."
    )
    media_type: Word | None = Field(
        default=None,
        description="The media type that has versions, `application/vnd.<name>+json` unless stated: `; version=2`, "
        "or `application/vnd.<name>.v2+json`.",
    )
    unspecified: Word = Field(
        default="reject", description="Who names no version: `reject`, or the version that answers."
    )


class PolicySpec(Model):
    """How long versions are kept."""

    support: Word = "12 months"
    notice: Word = "180 days"
    max_active: Whole | None = None


class Spec(Model):
    """What the API is, and, version by version, what changed."""

    api: ApiSpec
    versioning: VersioningSpec = Field(default_factory=VersioningSpec)
    policy: PolicySpec = PolicySpec()
    envelope: Value = Field(None, description="How the first version wraps its lists; left out: a bare list.")
    pagination: PaginationSpec = Field(
        default_factory=PaginationSpec, description="How the first version pages its lists."
    )
    errors: ErrorsSpec = Field(
        default_factory=lambda: ErrorsSpec(form="problem"), description="How the first version writes its errors."
    )
    auth: AuthSpec = Field(default_factory=AuthSpec, description="Who is let in, in the first version.")
    document: Keywords = Field(
        None, description="What documents say beside: `info`, `servers`, `tags`, shared examples, `x-…`."
    )
    types: dict[Label, TypeSpec] = Field(default_factory=dict)
    resources: dict[Label, ResourceSpec] = Field(default_factory=dict)
    operations: dict[Label, OperationSpec] = Field(default_factory=dict)
    versions: list[VersionSpec] = Field(default_factory=list)
    next: list[AnyChange] = Field(
        default_factory=list, description="The draft; `bump-version` cuts it into the next version."
    )

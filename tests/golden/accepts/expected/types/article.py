"""The forms of Article that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, NotRequired, cast

from pydantic import Field
from typing_extensions import TypedDict

from .. import codecs, list_codecs, records, scalars
from ..absent import ABSENT, UNASSIGNED
from ..accepting import Accepts
from ..merging import match_items, same_seen
from ..shapes import Shape
from . import note as note_shapes


class ArticleV1(TypedDict):
    """Article as it is shown, since v1."""

    id: scalars.Int
    title: str
    tags: list[str]
    size: Annotated[scalars.Int, Field(ge=0)]
    notes: list[note_shapes.NoteV1]
    weight: NotRequired[scalars.Float | None]


ARTICLE_V1 = Shape[ArticleV1](ArticleV1)


class ArticleCreateV1(TypedDict):
    """What Article is created from, since v1."""

    title: str
    tags: NotRequired[Annotated[list[str], Accepts(list_codecs.csv_to_list)]]
    size: Annotated[scalars.Int, Field(ge=0)]
    notes: NotRequired[list[note_shapes.NoteCreateV1]]
    weight: NotRequired[scalars.Float | None]


ARTICLE_CREATE_V1 = Shape[ArticleCreateV1](ArticleCreateV1)


class ArticleUpdateV1(TypedDict):
    """What changes parts of Article, since v1."""

    title: NotRequired[str]
    tags: NotRequired[Annotated[list[str], Accepts(list_codecs.csv_to_list)]]
    size: NotRequired[Annotated[scalars.Int, Field(ge=0)]]
    notes: NotRequired[list[note_shapes.NoteCreateV1]]
    weight: NotRequired[scalars.Float | None]


ARTICLE_UPDATE_V1 = Shape[ArticleUpdateV1](ArticleUpdateV1)


class ArticleV2(TypedDict):
    """Article as it is shown, since v2."""

    id: scalars.Int
    title: str
    labels: list[str]
    size: Annotated[scalars.Int, Field(ge=0)]
    notes: list[note_shapes.NoteV1]
    weight: NotRequired[scalars.Float | None]


ARTICLE_V2 = Shape[ArticleV2](ArticleV2)


class ArticleCreateV2(TypedDict):
    """What Article is created from, since v2."""

    title: str
    labels: NotRequired[Annotated[list[str], Accepts(list_codecs.csv_to_list)]]
    size: Annotated[scalars.Int, Field(ge=0), Accepts(codecs.text_to_int)]
    notes: NotRequired[list[note_shapes.NoteCreateV1]]
    weight: NotRequired[Annotated[scalars.Float, Accepts(codecs.text_to_float)] | None]


ARTICLE_CREATE_V2 = Shape[ArticleCreateV2](ArticleCreateV2)


class ArticleUpdateV2(TypedDict):
    """What changes parts of Article, since v2."""

    title: NotRequired[str]
    labels: NotRequired[Annotated[list[str], Accepts(list_codecs.csv_to_list)]]
    size: NotRequired[Annotated[scalars.Int, Field(ge=0), Accepts(codecs.text_to_int)]]
    notes: NotRequired[list[note_shapes.NoteCreateV1]]
    weight: NotRequired[Annotated[scalars.Float, Accepts(codecs.text_to_float)] | None]


ARTICLE_UPDATE_V2 = Shape[ArticleUpdateV2](ArticleUpdateV2)


class ArticleCreateV3(TypedDict):
    """What Article is created from, since v3."""

    title: str
    labels: NotRequired[list[str]]
    size: Annotated[scalars.Int, Field(ge=0), Accepts(codecs.text_to_int)]
    notes: NotRequired[list[note_shapes.NoteCreateV1]]
    weight: NotRequired[Annotated[scalars.Float, Accepts(codecs.text_to_float)] | None]


ARTICLE_CREATE_V3 = Shape[ArticleCreateV3](ArticleCreateV3)


class ArticleUpdateV3(TypedDict):
    """What changes parts of Article, since v3."""

    title: NotRequired[str]
    labels: NotRequired[list[str]]
    size: NotRequired[Annotated[scalars.Int, Field(ge=0), Accepts(codecs.text_to_int)]]
    notes: NotRequired[list[note_shapes.NoteCreateV1]]
    weight: NotRequired[Annotated[scalars.Float, Accepts(codecs.text_to_float)] | None]


ARTICLE_UPDATE_V3 = Shape[ArticleUpdateV3](ArticleUpdateV3)


def article_v1(record: records.Article) -> ArticleV1:
    """Show the record to a client of v1.

    v2: Changed `Article.size`: requests to send it as `text` too.
    v2: Changed `Article.weight`: requests to send it as `text` too.
    v2: Renamed `Article.tags` to `labels`.
    v3: Changed `Article.labels`: it to have one form.
    """
    shown: ArticleV1 = {
        "id": record.id,
        "title": record.title,
        "tags": record.labels,
        "size": record.size,
        "notes": [note_shapes.note_v1(item) for item in record.notes],
    }
    if record.weight is not ABSENT:
        shown["weight"] = record.weight
    return shown


def create_article_v1(payload: ArticleCreateV1, now: datetime) -> records.Article:
    """Make the record that a client of v1 asks for."""
    return records.Article(
        id=UNASSIGNED,
        title=payload["title"],
        labels=payload.get("tags", []),
        size=payload["size"],
        weight=payload.get("weight", ABSENT),
        notes=[
            note_shapes.create_note_v1(item, now)
            for item in payload.get("notes", cast("list[note_shapes.NoteCreateV1]", []))
        ],
    )


def update_article_v1(current: records.Article, payload: ArticleUpdateV1, now: datetime) -> records.Article:
    """Change what a client of v1 sent, and nothing else."""
    notes = current.notes
    if "notes" in payload:
        notes_sent = payload["notes"]
        notes_now = current.notes
        notes = match_items(
            notes_now,
            notes_sent,
            lambda one, item: False,
            lambda one, item: note_shapes.replace_note_v1(one, item, now),
            lambda item: note_shapes.create_note_v1(item, now),
            lambda one, item: same_seen(note_shapes.note_v1(one), item, ("words",)),
        )
    return replace(
        current,
        title=payload.get("title", current.title),
        labels=payload.get("tags", current.labels),
        size=payload.get("size", current.size),
        weight=payload.get("weight", current.weight),
        notes=notes,
    )


def replace_article_v1(current: records.Article, payload: ArticleCreateV1, now: datetime) -> records.Article:
    """Replace what a client of v1 can see of the record."""
    notes_sent = payload.get("notes", cast("list[note_shapes.NoteCreateV1]", []))
    notes_now = current.notes
    notes = match_items(
        notes_now,
        notes_sent,
        lambda one, item: False,
        lambda one, item: note_shapes.replace_note_v1(one, item, now),
        lambda item: note_shapes.create_note_v1(item, now),
        lambda one, item: same_seen(note_shapes.note_v1(one), item, ("words",)),
    )
    return replace(
        current,
        title=payload["title"],
        labels=payload.get("tags", []),
        size=payload["size"],
        weight=payload.get("weight", ABSENT),
        notes=notes,
    )


def article_v2(record: records.Article) -> ArticleV2:
    """Show the record to a client of v2.

    v3: Changed `Article.labels`: it to have one form.
    """
    shown: ArticleV2 = {
        "id": record.id,
        "title": record.title,
        "labels": record.labels,
        "size": record.size,
        "notes": [note_shapes.note_v1(item) for item in record.notes],
    }
    if record.weight is not ABSENT:
        shown["weight"] = record.weight
    return shown


def create_article_v2(payload: ArticleCreateV2, now: datetime) -> records.Article:
    """Make the record that a client of v2 asks for."""
    return records.Article(
        id=UNASSIGNED,
        title=payload["title"],
        labels=payload.get("labels", []),
        size=payload["size"],
        weight=payload.get("weight", ABSENT),
        notes=[
            note_shapes.create_note_v1(item, now)
            for item in payload.get("notes", cast("list[note_shapes.NoteCreateV1]", []))
        ],
    )


def update_article_v2(current: records.Article, payload: ArticleUpdateV2, now: datetime) -> records.Article:
    """Change what a client of v2 sent, and nothing else."""
    notes = current.notes
    if "notes" in payload:
        notes_sent = payload["notes"]
        notes_now = current.notes
        notes = match_items(
            notes_now,
            notes_sent,
            lambda one, item: False,
            lambda one, item: note_shapes.replace_note_v1(one, item, now),
            lambda item: note_shapes.create_note_v1(item, now),
            lambda one, item: same_seen(note_shapes.note_v1(one), item, ("words",)),
        )
    return replace(
        current,
        title=payload.get("title", current.title),
        labels=payload.get("labels", current.labels),
        size=payload.get("size", current.size),
        weight=payload.get("weight", current.weight),
        notes=notes,
    )


def replace_article_v2(current: records.Article, payload: ArticleCreateV2, now: datetime) -> records.Article:
    """Replace what a client of v2 can see of the record."""
    notes_sent = payload.get("notes", cast("list[note_shapes.NoteCreateV1]", []))
    notes_now = current.notes
    notes = match_items(
        notes_now,
        notes_sent,
        lambda one, item: False,
        lambda one, item: note_shapes.replace_note_v1(one, item, now),
        lambda item: note_shapes.create_note_v1(item, now),
        lambda one, item: same_seen(note_shapes.note_v1(one), item, ("words",)),
    )
    return replace(
        current,
        title=payload["title"],
        labels=payload.get("labels", []),
        size=payload["size"],
        weight=payload.get("weight", ABSENT),
        notes=notes,
    )


def create_article_v3(payload: ArticleCreateV3, now: datetime) -> records.Article:
    """Make the record that a client of v3 asks for."""
    return records.Article(
        id=UNASSIGNED,
        title=payload["title"],
        labels=payload.get("labels", []),
        size=payload["size"],
        weight=payload.get("weight", ABSENT),
        notes=[
            note_shapes.create_note_v1(item, now)
            for item in payload.get("notes", cast("list[note_shapes.NoteCreateV1]", []))
        ],
    )


def update_article_v3(current: records.Article, payload: ArticleUpdateV3, now: datetime) -> records.Article:
    """Change what a client of v3 sent, and nothing else."""
    notes = current.notes
    if "notes" in payload:
        notes_sent = payload["notes"]
        notes_now = current.notes
        notes = match_items(
            notes_now,
            notes_sent,
            lambda one, item: False,
            lambda one, item: note_shapes.replace_note_v1(one, item, now),
            lambda item: note_shapes.create_note_v1(item, now),
            lambda one, item: same_seen(note_shapes.note_v1(one), item, ("words",)),
        )
    return replace(
        current,
        title=payload.get("title", current.title),
        labels=payload.get("labels", current.labels),
        size=payload.get("size", current.size),
        weight=payload.get("weight", current.weight),
        notes=notes,
    )


def replace_article_v3(current: records.Article, payload: ArticleCreateV3, now: datetime) -> records.Article:
    """Replace what a client of v3 can see of the record."""
    notes_sent = payload.get("notes", cast("list[note_shapes.NoteCreateV1]", []))
    notes_now = current.notes
    notes = match_items(
        notes_now,
        notes_sent,
        lambda one, item: False,
        lambda one, item: note_shapes.replace_note_v1(one, item, now),
        lambda item: note_shapes.create_note_v1(item, now),
        lambda one, item: same_seen(note_shapes.note_v1(one), item, ("words",)),
    )
    return replace(
        current,
        title=payload["title"],
        labels=payload.get("labels", []),
        size=payload["size"],
        weight=payload.get("weight", ABSENT),
        notes=notes,
    )

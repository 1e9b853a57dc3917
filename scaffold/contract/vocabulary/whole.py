"""Changes of the whole API."""

from __future__ import annotations

from ..changes import (
    ChangeAuth,
    ChangeBasePath,
    ChangeBody,
    ChangeEnvelope,
    ChangeErrors,
    ChangePagination,
    ChangeParameter,
    ChangeResponse,
    Describe,
)
from .row import Bridge, Row
from .telling import other_forms, reading, restated

WHOLE: tuple[Row, ...] = (
    Row(
        title="change the envelope of lists",
        written="change: envelope",
        classes=(ChangeEnvelope,),
        bridge=(Bridge.LOSSLESS,),
        up="as it is",
        down="the old envelope; what it has no place for goes into headers",
        golden="calls",
    ),
    Row(
        title="change how lists are paged",
        written="change: pagination",
        classes=(ChangePagination,),
        bridge=(Bridge.LOSSLESS, Bridge.HOOK),
        up="the parameters of the caller's version",
        down="the page and its size as the caller's version has them",
        storage="a stable order",
        golden="whole",
    ),
    Row(
        title="translate between cursors and offsets",
        written="change: pagination",
        bridge=(Bridge.HOOK,),
        up="each version goes on with its own style",
        down="each version goes on with its own style",
        out="a cursor says nothing of a position, so none can be made of the other without reading the whole list",
    ),
    Row(
        title="change the words for sorting and filtering, or the usual order",
        written="change: GET /users?sort",
        classes=(ChangeParameter,),
        when=reading,
        bridge=(Bridge.LOSSLESS,),
        up="found and ordered by what the caller's version says, in its own words and its own usual order",
        down="as it is",
        golden="lists",
    ),
    Row(
        title="change the form of errors",
        written="change: errors",
        classes=(ChangeErrors,),
        bridge=(Bridge.LOSSLESS,),
        up="as it is",
        down="body and media type of the caller's version, also for 404, 405, 422 and 500",
        golden="whole",
    ),
    Row(
        title="change who is let in",
        written="change: auth",
        classes=(ChangeAuth,),
        bridge=(Bridge.HOOK,),
        up="each version asks for what it always asked for",
        down="as it is",
        golden="calls",
    ),
    Row(
        title="add or remove a media type",
        written="change: POST /users body",
        classes=(ChangeBody, ChangeResponse),
        when=restated(other_forms),
        bridge=(Bridge.LOSSLESS,),
        up="each version takes the forms it always took",
        down="each version gives the forms it always gave",
        golden="calls",
    ),
    Row(
        title="change the base path",
        written="change: base_path",
        classes=(ChangeBasePath,),
        bridge=(Bridge.LOSSLESS,),
        up="each version has its own",
        down="links have the caller's own",
        golden="whole",
    ),
    Row(
        title="say something else in documents",
        written="describe: {User: New text.}",
        classes=(Describe,),
        bridge=(Bridge.LOSSLESS,),
        up="as it is",
        down="as it is",
        golden="calls",
    ),
)

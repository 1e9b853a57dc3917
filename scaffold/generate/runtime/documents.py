"""What the API says about itself: the document of each version with its lifecycle, and the list of versions."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .calendar import Almanac, Calendar
from .context import context
from .described import described
from .naming import Naming
from .operations import Operation
from .overlay import overlaid
from .readers import Reader
from .shapes import Envelope
from .stages import Brownout, Stage
from .ways import Way


def derived(operations: Iterable[Operation], envelope: Envelope, title: str, release: str) -> dict[str, Any]:
    """The document that FastAPI derives from the code, made when it is asked for."""
    return described(operations, envelope, title, release)


def below(document: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """A document with its paths as they are below the path of its version: without `prefix`, where they have it."""
    if not prefix:
        return dict(document)
    paths = document.get("paths", {}).items()
    return {**document, "paths": {p.removeprefix(prefix) if p.startswith(f"{prefix}/") else p: i for p, i in paths}}


class Document:
    """`openapi.json` of one version: the frozen file where there is one, else what the code says."""

    def __init__(
        self,
        load: Mapping[str, Path],
        derive: Mapping[str, Any],
        undecided: Mapping[str, Collection[str]],
        prefixes: Mapping[str, str],
        places: Mapping[str, str],
        namings: Mapping[str, Naming],
    ) -> None:
        self._load = load
        self._derive = derive
        self._undecided = undecided
        self._prefixes = prefixes
        self._places, self._namings = places, namings
        self._frozen: dict[str, dict[str, Any]] = {}
        self._served: dict[tuple[str, Stage, str], bytes] = {}

    def frozen(self, id: str) -> dict[str, Any]:
        """The document of the version `id` without anything of the day, its paths below that of the version."""
        if id not in self._frozen:
            path = self._load.get(id)
            if path is not None and path.is_file():
                self._frozen[id] = below(json.loads(path.read_bytes()), self._prefixes.get(id, ""))
            else:
                self._frozen[id] = self._derive[id]()
        return self._frozen[id]

    def endpoint(self, request: Request) -> Response:
        """Answer with the document, made once per stage."""
        found = context(request)
        assert found.notice is not None  # the route is only reached through a version
        key = (found.notice.version.id, found.notice.stage, found.root)
        if key not in self._served:
            undecided = self._undecided.get(key[0], ())
            document = overlaid(
                self.frozen(key[0]),
                found.notice,
                f"{found.root}{self._places[key[0]]}",
                found.wiring.errors,
                undecided,
                self._namings[key[0]],
            )
            self._served[key] = json.dumps(document, ensure_ascii=False).encode()
        return Response(self._served[key], media_type="application/json")

    def route(self) -> Route:
        """The route that serves it below a version."""
        return Route("/openapi.json", self.endpoint, methods=["GET"], include_in_schema=False)


def listed(
    calendar: Calendar, almanac: Almanac, readers: Sequence[Reader], root: str = "", docs: str | None = None
) -> dict[str, Any]:
    """Every version with its stage, dates, document, page and guide, and how it is named beside its path, oldest first.

    `docs` is where pages are served.
    """
    in_path = any(reader.way is Way.PATH for reader in readers)
    beside = [reader for reader in readers if reader.way is not Way.PATH]
    versions = []
    for notice in almanac.notices.values():
        version = notice.version
        prefix = f"{root}{calendar.ways[version.id][Way.PATH if in_path else Way.BESIDE].prefix}"
        facts: dict[str, object] = {
            "id": version.id,
            "release": version.release,
            "stage": str(notice.stage),
            "released": version.released,
            "deprecated": version.deprecated,
            "sunset": version.sunset,
            "url": None if notice.stage is Stage.RETIRED else prefix,
            "named": [reader.example(version.id) for reader in beside] or None,
            "document": None if notice.stage is Stage.RETIRED else f"{root}{calendar.document(version.id)}",
            "docs": None if docs is None else f"{root}{docs}/{version.id}",
            "guide": notice.guide(root),
        }
        if version.brownouts:
            facts["brownouts"] = [_window(brownout) for brownout in version.brownouts]
        if version.clients and notice.stage is Stage.BETA:
            facts["limited"] = True
        if (stated := calendar.postponed.get(version.id)) is not None:
            facts["postponed_from"] = stated.sunset
        versions.append({k: _text(v) for k, v in facts.items() if v is not None})
    return {"versions": versions}


def _window(brownout: Brownout) -> dict[str, object]:
    return {"from": _text(brownout.start), "until": _text(brownout.until), "status": brownout.status}


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

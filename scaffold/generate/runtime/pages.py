"""The documentation for people: a page for each version and each migration guide, made with the code.

What the day says is put in when a page is asked for: which versions there are, in which stage, until when. A page is
made once for each of their stages, and served as bytes. It holds no scripts and loads nothing from elsewhere.
"""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from .calendar import Almanac, Calendar, Notice, Stage
from .context import context

PICKER, NOTICE = "<!-- picker -->", "<!-- notice -->"
"""Where the versions to choose from, and what is to be said of this one, are put in."""
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
GUARDED: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
DATES: Final = (("released", "Released"), ("deprecated", "Deprecated"), ("sunset", "Sunset"))


class Pages:
    """The pages in `folder`, served below `at`; every link in them is relative, so that they work below any root."""

    def __init__(self, folder: Path, *, title: str, at: str = "/docs") -> None:
        self.at = at
        self._folder = folder
        self._title = title
        self._made: dict[tuple[str, datetime, str], tuple[bytes, str]] = {}

    def routes(self, calendar: Calendar) -> list[BaseRoute]:
        """The routes of the documentation; none where there are no pages."""
        if not self._folder.is_dir():
            return []

        def overview(request: Request) -> Response:
            return self._answer(request, calendar, "")

        def version(request: Request) -> Response:
            name = request.path_params["name"]
            if name not in calendar.places:
                raise HTTPException(404)
            return self._answer(request, calendar, f"{name}.html")

        def guide(request: Request) -> Response:
            older, _, newer = request.path_params["name"].partition("-to-")
            if older not in calendar.places or newer not in calendar.places:
                raise HTTPException(404)
            return self._answer(request, calendar, f"{older}-to-{newer}.html")

        def problems(request: Request) -> Response:
            return self._answer(request, calendar, "problems.html")

        def problem(request: Request) -> Response:
            code = request.path_params["code"]
            place = self._folder / "problems.html"
            if not place.is_file() or f' id="{escape(code)}"' not in place.read_text("utf-8"):
                raise HTTPException(404)
            return RedirectResponse(f"{context(request).root}{self.at}/problems#{code}", 307)

        def style(request: Request) -> Response:
            return self._answer(request, calendar, "style.css")

        def slashed(request: Request) -> Response:
            return RedirectResponse(f"{context(request).root}{self.at}", 308)

        return [
            Route(self.at, overview, include_in_schema=False),
            Route(f"{self.at}/", slashed, include_in_schema=False),
            Route(f"{self.at}/style.css", style, include_in_schema=False),
            Route(f"{self.at}/migration/{{name}}", guide, include_in_schema=False),
            Route(f"{self.at}/problems", problems, include_in_schema=False),
            Route(f"{self.at}/problems/{{code}}", problem, include_in_schema=False),
            Route(f"{self.at}/{{name}}", version, include_in_schema=False),
        ]

    def _answer(self, request: Request, calendar: Calendar, name: str) -> Response:
        """The page called `name` as it is today; 304 where the caller has it (RFC 9110, 13.1.2)."""
        found = context(request)
        kind = "text/css" if name.endswith(".css") else "text/html"
        key = (name, found.almanac.since, found.root)
        if key not in self._made:
            body = self._page(name, calendar, found.almanac, found.root).encode()
            self._made[key] = body, f'"{sha256(body).hexdigest()[:32]}"'
        body, tag = self._made[key]
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in {t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")}:
            return Response(status_code=304, headers=headers)
        return Response(body, headers={**headers, **GUARDED}, media_type=kind)

    def _page(self, name: str, calendar: Calendar, almanac: Almanac, root: str) -> str:
        day = _Day(self._title, f"{root}{self.at}", root, calendar, almanac, self._folder)
        if not name:
            return day.overview()
        place = self._folder / name
        if not place.is_file():
            raise HTTPException(404)
        text = place.read_text("utf-8")
        if name.endswith(".css"):
            return text
        if name == "problems.html":
            return text.replace(PICKER, day.picker(None), 1)
        id, to, _ = name.removesuffix(".html").partition("-to-")
        return text.replace(PICKER, day.picker(id), 1).replace(NOTICE, day.notice(id, guide=not to), 1)


class _Day:
    """What the pages say of the versions from one boundary of the calendar to the next."""

    def __init__(self, title: str, base: str, root: str, calendar: Calendar, almanac: Almanac, folder: Path) -> None:
        self.title = escape(title)
        self.base = escape(base)
        self.root = root
        self.calendar = calendar
        self.notices = almanac.notices
        self.guides = {p.stem for p in folder.glob("*-to-*.html")}

    def picker(self, id: str | None) -> str:
        """The head of a page: the API, the versions to choose from, and where the page of one leads."""
        parts = [f'<a href="{self.base}">{self.title}</a>', '<details class="picker">']
        if id is None:
            parts.append("<summary>Versions</summary>")
        else:
            parts.append(f"<summary>{escape(id)} {_stage(self.notices[id].stage)}</summary>")
        parts.append("<ul>")
        for notice in reversed([*self.notices.values()]):
            version = escape(notice.version.id)
            current = ' aria-current="page"' if notice.version.id == id else ""
            link = f'<a href="{self.base}/{version}"{current}><span>{version}</span>{_stage(notice.stage)}</a>'
            parts.append(f"<li>{link}</li>")
        parts += ["</ul>", "</details>"]
        if id is not None:
            links = [f'<a href="{link}">{said}</a>' for link, said in self._links(self.notices[id])]
            parts.append(f'<nav aria-label="About {escape(id)}">{"".join(links)}</nav>')
        return "\n".join(parts)

    def notice(self, id: str, *, guide: bool) -> str:
        """What is to be said of a version today: its stage, its dates and, with `guide`, how to leave it."""
        notice = self.notices[id]
        version, stage, name = notice.version, notice.stage, escape(id)
        if stage in (Stage.PREVIEW, Stage.BETA):
            said = [f"{name} is a {stage}: it may change without notice."]
        elif stage is Stage.RETIRED:
            said = [f"{name} was retired on {_day(version.sunset)} and answers 410."]
        elif stage is Stage.DEPRECATED:
            until = "" if version.sunset is None else f" and answers until {_day(version.sunset)}"
            said = [f"{name} is deprecated since {_day(version.deprecated)}{until}."]
        else:
            said = [f"{name} is stable since {_day(version.released)}."]
            if version.deprecated is not None:
                ends = "" if version.sunset is None else f", and answers until {_day(version.sunset)}"
                said.append(f"It will be deprecated on {_day(version.deprecated)}{ends}.")
        now = notice.brownout
        if now is not None:
            said.append(f"It is switched off until {_day(now.until)}.")
        elif stage is not Stage.RETIRED and version.brownouts:
            days = ", ".join(f"{_day(b.start)} to {_day(b.until)}" for b in version.brownouts)
            said.append(f"Before its end it is switched off for a while: {days}.")
        way = self._guide(id) if guide else None
        if way is not None and (stage in (Stage.DEPRECATED, Stage.RETIRED) or version.sunset is not None):
            said.append(f'<a href="{way[0]}">How to move to {way[1]}</a>.')
        return f'<div class="notice {stage}" role="note"><p>{" ".join(said)}</p></div>'

    def overview(self) -> str:
        """The first page: every version, newest first."""
        rows = "\n".join(self._row(notice) for notice in reversed([*self.notices.values()]))
        heads = "".join(f'<th scope="col">{said}</th>' for said in ("Version", "Stage", *(d for _, d in DATES), "More"))
        return (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{self.title}</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
            f'<link rel="stylesheet" href="{self.base}/style.css">\n</head>\n<body>\n'
            '<a class="skip" href="#content">Skip to the content</a>\n'
            f'<header class="bar">\n{self.picker(None)}\n</header>\n'
            '<main id="content" class="overview" tabindex="-1">\n'
            f"<h1>{self.title}</h1>\n"
            f'<div class="frame" tabindex="0"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
            "</table></div>\n</main>\n</body>\n</html>\n"
        )

    def _row(self, notice: Notice) -> str:
        id = escape(notice.version.id)
        cells = [f'<th scope="row"><a href="{self.base}/{id}">{id}</a></th>', f"<td>{_stage(notice.stage)}</td>"]
        cells += [f"<td>{_day(getattr(notice.version, name))}</td>" for name, _ in DATES]
        links = ", ".join(f'<a href="{link}">{said}</a>' for link, said in self._links(notice))
        return f"<tr>{''.join(cells)}<td>{links}</td></tr>"

    def _links(self, notice: Notice) -> Iterator[tuple[str, str]]:
        """Where the page of a version leads: to its document, and to the guide to the version after it."""
        id = notice.version.id
        if notice.stage is not Stage.RETIRED:
            yield escape(f"{self.root}{self.calendar.document(id)}"), "OpenAPI document"
        guide = self._guide(id)
        if guide is not None:
            yield guide[0], f"Moving to {guide[1]}"

    def _guide(self, id: str) -> tuple[str, str] | None:
        ids = list(self.notices)
        later = ids[ids.index(id) + 1 :][:1]
        if not later or f"{id}-to-{later[0]}" not in self.guides:
            return None
        return f"{self.base}/migration/{escape(id)}-to-{escape(later[0])}", escape(later[0])


def _stage(stage: Stage) -> str:
    return f'<span class="stage {stage}">{stage}</span>'


def _day(value: date | datetime | None) -> str:
    if value is None:
        return "–"
    return f'<time datetime="{value.isoformat()}">{value.isoformat()}</time>'

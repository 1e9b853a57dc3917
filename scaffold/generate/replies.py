"""The constant with every answer of an operation: its forms, headers and statuses, as one version has them."""

from __future__ import annotations

import re

from ..contract.changes import AddResponse, ChangeResponse
from ..contract.message import Media, Response, View
from ..contract.places import answer_place, header_place
from ..contract.reach import Direction
from ..contract.types import MISSING, ListOf, Type
from ..convert.conversions import Conversion, Each, Same
from ..convert.moved import about
from .held import Held, follow, held, leads
from .messages_view import form_of, header_parameter, may_be_text, usual
from .paging_view import by
from .parameters_view import ReadBy, made_reader
from .python import text, value_of
from .route import Route


def replies(route: Route, location: str = "") -> str:
    """The constant with every answer of the operation; `location` is the function that says where a record is."""
    rows = [f"{_status(r.status)}: {_answer(route, r)}" for r in route.operation.responses]
    stated = [f"{{{', '.join(rows)}}}"]
    stated += [] if usual(route.operation) == 200 else [f"usual={usual(route.operation)}"]
    renumbered = _renumbered(route)
    if renumbered:
        stated.append(f"renumbered={{{', '.join(f'{new}: {old}' for new, old in renumbered.items())}}}")
    here = {r.status for r in route.operation.responses}
    later = [_status(s) for s in _newest(route) if s not in here and s not in renumbered and str(s)[0] not in "123"]
    stated += [f"later=({', '.join(later)},)"] if later else []
    stated += [f"location={location}"] if location else []
    return route.keep("answers", f"Answers({', '.join(stated)})")


def _newest(route: Route) -> list[int | str]:
    return [h.response.status for h in held(route.history, route.operation.identity) if h.flag is None]


def _status(status: int | str) -> str:
    return text(status) if isinstance(status, str) else str(status)


def _answer(route: Route, response: Response) -> str:
    headers = [_header(route, response, n) for n in range(len(response.headers))]
    with_ = f"({', '.join(headers)},)" if headers else ""
    told = _told(route, response)
    if response.page and isinstance(response.type, ListOf):
        crossing = _shown(route, answer_place(route.operation, response.status), response.type)
        item = crossing.inner if isinstance(crossing, Each) else Same()
        shape = route.shape(response.type.items, View.OUTPUT, f"{response.status}_item")
        page = f"page=Paged({', '.join([shape, shown_by(route, item) or 'as_is', *by(route.operation)])})"
        return f"Answer({', '.join([*(['None', with_] if with_ else []), page, *told])})"
    forms = []
    for number, media in enumerate(response.forms):
        forms.append(f"{text(media.media_type)}: {_writer(route, response, media, number)}")
    stated = [f"{{{', '.join(forms)}}}"] if forms else ["None"] if with_ else []
    told += ["apart=True"] if forms and _apart(route, response) else []
    return f"Answer({', '.join([*stated, *([with_] if with_ else []), *told])})"


def _apart(route: Route, response: Response) -> bool:
    """Whether other versions have forms that a handler makes itself, and this one has not."""
    found, here = _held(route, response), {f.media_type for f in response.forms}
    if found is None:
        return False
    return any(form_of(f, found.contract) != "Json" for f in found.response.forms if f.media_type not in here)


def _told(route: Route, response: Response) -> list[str]:
    """What an answer says of headers that handlers call otherwise, of those that it has not, and of missing ones."""
    heard: dict[str, str] = {}
    otherwise: dict[str, str] = {}
    mine: set[str] = set()
    found = _held(route, response)
    taken = {h.name.lower() for h in found.response.headers} if found is not None else set()
    known = {h.name.lower() for h in found.gone} | taken if found is not None else set()
    for header in response.headers:
        way = follow(route.history, route.contract, route.operation, response, header)
        if way.otherwise is not MISSING:
            otherwise[text(header.name)] = value_of(way.otherwise, header.type)
        if way.gone and way.name.lower() in taken:
            continue  # another header has the name by now
        mine.add(way.name.lower())
        down = shown_by(route, _shown(route, header_place(route.operation, response.status, header), header.type))
        if way.name.lower() != header.name.lower() or down:
            heard[text(way.name.lower())] = f"Heard({', '.join([text(header.name), *([down] if down else [])])})"
    hidden = sorted(known - mine)
    stated = [f"heard={{{', '.join(f'{k}: {v}' for k, v in heard.items())}}}"] if heard else []
    stated += [f"hidden=({', '.join(map(text, hidden))},)"] if hidden else []
    return stated + ([f"otherwise={{{', '.join(f'{k}: {v}' for k, v in otherwise.items())}}}"] if otherwise else [])


def _held(route: Route, response: Response) -> Held | None:
    status = leads(route.history, route.contract, route.operation, response)[0]
    answers = held(route.history, route.operation.identity)
    return next((h for h in answers if h.flag is None and str(h.response.status) == status), None)


def _writer(route: Route, response: Response, media: Media, number: int) -> str:
    """The writer of one form of an answer."""
    form = form_of(media, route.contract)
    word = f"{response.status}{f'_{number}' if number else ''}"
    shape = "" if media.type is None else route.wrapped(media.type, View.OUTPUT, word, media.wrap)
    if form == "Text":
        said = media.media_type if "*" not in media.media_type else "text/plain"
        stated = [] if said == "text/plain" else [f"media_type={text(said)}"]
        return f"answers.Text({', '.join([*([shape] if shape else []), *stated])})"
    if form != "Json":
        return f"answers.File({shape})"
    place = answer_place(route.operation, response.status, media.media_type if number else None)
    down = "" if media.type is None else shown_by(route, _shown(route, place, media.type))
    stated = [shape or "Shape(Any)", *([down] if down else [])]
    if (len(response.forms) > 1 or _apart(route, response)) and may_be_text(media.type, route.contract):
        stated.append("texts=True")
    return f"answers.Json({', '.join(stated)})"


def _shown(route: Route, place: str, type_: Type) -> Conversion:
    """How an answer crosses; it does not where that is undecided, for then none is given."""
    return Same() if route.undecided is not None else route.crossed(place, type_, Direction.RESPONSE)


def _header(route: Route, response: Response, number: int) -> str:
    parameter = header_parameter(response.headers[number])
    spelled = route.spelled_out(parameter.type)
    made = made_reader(ReadBy(parameter, "", False), spelled, route.operation, route.contract)
    return route.keep(f"{response.status}_header{number or ''}", made)


def shown_by(route: Route, crossing: Conversion) -> str:
    """The function that makes what is shown of a record; empty where it is shown as it is."""
    made = route.cross.down(crossing, "record")
    if made == "record":
        return ""
    called = re.fullmatch(r"([\w.]+)\(record\)", made)
    return called[1] if called else f"lambda record: {made}"


def _renumbered(route: Route) -> dict[int, int]:
    """The status that this version has for one that the newest calls otherwise, or has beside."""
    found: dict[str, str] = {}
    left: set[str] = set()  # numbers that were given up later: what the newest calls so is another answer
    for applied in reversed(route.history.since(route.contract.version)):
        change = applied.change
        if not isinstance(change, ChangeResponse | AddResponse):
            continue
        if not about(applied, change.at.operation, route.operation):
            continue
        if isinstance(change, AddResponse):
            new, old = change.at.status, str(change.old_sees)
        else:
            new, old = str(change.to.status), change.at.status
        if not old.isdigit() or new == old:
            continue
        if isinstance(change, ChangeResponse) and change.flag is not None:
            found = {number: is_now for number, is_now in found.items() if is_now != new}
            continue
        found = {number: old if is_now == new else is_now for number, is_now in found.items()}
        if new not in left:
            found[new] = old
        if isinstance(change, ChangeResponse):
            left.add(old)
    return {int(new): int(old) for new, old in found.items() if new.isdigit() and new != old}

"""Where a rename and a codec must reach: every position in bodies and answers, what asks, and what leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from .service import Service, service

FIRST = """
types:
  Part: {fields: {label: str, size: str, "note?": str}}
  Cut: {fields: {kind: {const: cut}, part: Part}}
  Refusal: {fields: {why: str, part: Part}}
  Gap: {fields: {kind: {const: gap}, width: int}}
resources:
  Item:
    path: /items
    fields:
      id: {type: int, key: true}
      name: str
      weight: str
      part: Part
      parts: "list[Part]"
      by_name: "map[str, Part]"
      what: Cut | Gap
      many: "list[Cut | Gap]"
      groups: "map[str, list[Part]]"
      inner?: Cut
    filters: [name, weight]
    sort: [name, weight]
operations:
  GET /search:
    id: search
    parameters: {label: {type: str, required: true}, size: str, X-Size: {in: header, type: str}}
    responses: {200: "list[Part]"}
  GET /sizes/{size}:
    id: sized
    parameters: {size: {in: path, type: str}}
    responses: {200: {type: Part, headers: {X-Size: str}}}
  POST /parts:
    id: part
    body: {type: Part, wrap: part}
    responses: {200: {type: Part, wrap: part}, 409: Refusal}
"""
SECOND = """
- {change: envelope, to: {items: $items, total: $total}}
- {rename: Part.label, to: title}
- {change: Part.size, to: decimal, unreadable: refuse}
- {rename: Item.name, to: full_name}
- {change: Item.weight, to: decimal, unreadable: refuse}
- {rename: Item.id, to: number}
- {rename: Item.part, to: piece}
- {rename: "GET /search?label", to: title}
- {change: "GET /search?size", to: decimal, unreadable: refuse}
- {change: GET /search header X-Size, to: decimal, unreadable: refuse}
- {rename: "GET /sizes/{size} path size", to: much}
- {change: "GET /sizes/{much} path much", to: decimal, unreadable: refuse}
- {change: "GET /sizes/{much} 200 header X-Size", to: decimal}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND) as made:
        yield made


def part(text: str, size: str, version: str = "v1") -> dict[str, Any]:
    return {"label" if version == "v1" else "title": text, "size": size}


def item(version: str, **more: Any) -> dict[str, Any]:
    """An item with a part in every position, in the words of a version."""
    inside = [
        part(place, f"{n}.50", version)
        for n, place in enumerate(("nested", "listed", "mapped", "in a union", "of many", "deep"))
    ]
    names = {"v1": ("name", "part"), "v2": ("full_name", "piece")}[version]
    made = {names[0]: "Ada", "weight": "1.50", names[1]: inside[0], "parts": [inside[1]], "by_name": {"k": inside[2]}}
    made |= {"what": {"kind": "cut", "part": inside[3]}, "groups": {"k": [inside[5]]}}
    return {**made, "many": [{"kind": "gap", "width": 1}, {"kind": "cut", "part": inside[4]}], **more}


def page(answer: Any) -> list[dict[str, Any]]:
    """The objects of a list: bare in v1, in an envelope in v2."""
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return list(found if isinstance(found, list) else found["items"])


def test_every_position_of_a_body_and_of_an_answer(shop: Service) -> None:
    for sender, reader in (("v1", "v2"), ("v2", "v1")):
        answer = shop.call(sender, "POST /items", json=item(sender))
        assert answer.status_code == 201, answer.text
        made = answer.json()
        key = made.pop("id" if sender == "v1" else "number")
        assert made == item(sender)
        assert answer.headers["location"] == f"/api/{sender}/items/{key}"
        theirs = {("id" if reader == "v1" else "number"): key, **item(reader)}
        assert shop.call(reader, f"GET /items/{key}").json() == theirs
        assert theirs in page(shop.call(reader, "GET /items?limit=100"))
        assert shop.call(reader, f"DELETE /items/{key}").status_code == 204


def test_replaced_and_changed_in_part(shop: Service) -> None:
    key = shop.call("v1", "POST /items", json=item("v1", inner={"kind": "cut", "part": part("deep", "7")})).json()["id"]
    at = f"/items/{key}"
    seen = shop.call("v2", f"GET {at}").json()
    assert seen["inner"]["part"] == part("deep", "7", "v2")
    assert shop.call("v2", f"PUT {at}", json={**seen, "parts": [part("other", "2.5", "v2")]}).status_code == 200
    assert shop.call("v1", f"GET {at}").json()["parts"] == [part("other", "2.5")]
    changed = {"part": {"size": "9"}, "by_name": {"k": {"label": "new"}}, "inner": {"part": {"label": "deeper"}}}
    answer = shop.call("v1", f"PATCH {at}", json=changed)
    assert answer.status_code == 200, answer.text
    found = shop.call("v2", f"GET {at}").json()
    assert found["piece"] == {"title": "nested", "size": "9"}
    assert found["by_name"]["k"] == {"title": "new", "size": "2.50"}
    assert found["inner"]["part"] == {"title": "deeper", "size": "7"}
    assert shop.call("v2", f"PATCH {at}", json={"what": {"kind": "gap", "width": 3}}).status_code == 200
    assert shop.call("v1", f"GET {at}").json()["what"] == {"kind": "gap", "width": 3}
    assert shop.call("v1", f"DELETE {at}").status_code == 204


def test_what_asks_for_objects_and_what_leads_on(shop: Service) -> None:
    keys = [
        shop.call("v1", "POST /items", json=item("v1", name=name, weight=weight)).json()["id"]
        for name, weight in (("Bob", "10"), ("Cy", "9.0"), ("Bob", "9"))
    ]
    for version, name, key in (("v1", "name", "id"), ("v2", "full_name", "number")):

        def found(asked: str, version: str = version, key: str = key) -> list[int]:
            return [i[key] for i in page(shop.call(version, f"GET /items?{asked}"))]

        by_weight = [keys[0], keys[2]] if version == "v1" else [keys[2], keys[0]]  # texts, and numbers
        assert found(f"{name}=Bob&sort=weight") == by_weight
        assert found(f"sort=-{name}&limit=1") == [keys[1]]
        assert found("weight=9.0") == (keys[1:2] if version == "v1" else keys[1:])
    # What v1 is shown is searched as a text: nobody has to read it as a number first.
    assert page(shop.call("v1", "GET /items?weight=heavy")) == []
    links = shop.call("v1", "GET /items?name=Bob&limit=1&sort=name").headers["link"]
    assert '</api/v1/items?name=Bob&sort=name&limit=1&offset=1>; rel="next"' in links
    for key in keys:
        assert shop.call("v2", f"DELETE /items/{key}").status_code == 204


def test_parameters_and_headers(shop: Service) -> None:
    shop.answers["search"] = [shop.record("Part", title="found", size=Decimal("1.5"))]
    old = shop.call("v1", "GET /search?label=x&size=2.50", headers={"X-Size": "3"})
    assert (old.status_code, old.json()) == (200, [part("found", "1.5")])
    given = {"title": "x", "size": Decimal("2.50"), "X_Size": Decimal(3)}
    assert shop.given == given
    new = shop.call("v2", "GET /search?title=x&size=2.50", headers={"X-Size": "3"})
    assert (new.json(), shop.given) == ([part("found", "1.5", "v2")], given)
    one = shop.record("Part", title="found", size=Decimal("1.5"))
    shop.answers["sized"] = shop.reply(200, one, X_Size=Decimal("1.5"))
    for version in ("v1", "v2"):
        answer = shop.call(version, "GET /sizes/1.5")
        assert (answer.status_code, answer.headers["x-size"]) == (200, "1.5")
        assert shop.given == {"much": Decimal("1.5")}


def _with(body: Any, way: tuple[Any, ...], value: Any) -> Any:
    """`body` with `value` at the end of a way; without what is there for `...`."""
    if isinstance(body, list):
        return [_with(inner, way[1:], value) if n == way[0] else inner for n, inner in enumerate(body)]
    if len(way) == 1:
        kept = {k: v for k, v in body.items() if k != way[0]}
        return kept if value is ... else {**kept, way[0]: value}
    return {k: _with(v, way[1:], value) if k == way[0] else v for k, v in body.items()}


REST = [("parts", 0), ("by_name", "k"), ("what", "part"), ("many", 1, "part"), ("groups", "k", 0)]
POSITIONS = {
    "v1": [("part",), *REST],
    "v2": [("piece",), *REST],
}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_what_is_wrong_is_told_where_the_caller_wrote_it(shop: Service, version: str, method: str) -> None:
    made = shop.call(version, "POST /items", json=item(version)).json()
    at = "/items" if method == "POST" else f"/items/{made['id' if version == 'v1' else 'number']}"
    label = "label" if version == "v1" else "title"
    wrong = [((*way, "size"), "heavy") for way in POSITIONS[version]] + [(("weight",), "heavy")]
    if method != "PATCH":
        wrong += [((*way, label), ...) for way in POSITIONS[version]]
    for way, value in wrong:
        answer = shop.call(version, f"{method} {at}", json=_with(item(version), way, value))
        assert answer.status_code == 422, (way, answer.text)
        loc = answer.json()["errors"][0]["loc"]
        assert [step for step in loc if step not in ("cut", "Cut")] == ["body", *way]


@pytest.mark.parametrize(("version", "label"), [("v1", "label"), ("v2", "title")])
def test_what_is_wrapped_and_what_is_refused_by_a_handler(shop: Service, version: str, label: str) -> None:
    one = shop.record("Part", title="given", size=Decimal("1.5"))
    shop.answers["part"] = one
    sent = {"part": part("sent", "2.50", version)}
    answer = shop.call(version, "POST /parts", json=sent)
    assert answer.json() == {"part": part("given", "1.5", version)}
    shop.answers["part"] = shop.reply(409, shop.record("Refusal", why="taken", part=one))
    answer = shop.call(version, "POST /parts", json=sent)
    assert (answer.status_code, answer.json()["part"]) == (409, part("given", "1.5", version))
    for wrong, at in (({label: "x", "size": "heavy"}, "size"), ({"size": "1"}, label)):
        answer = shop.call(version, "POST /parts", json={"part": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "part", at])


@pytest.mark.parametrize(
    ("version", "at", "loc"),
    [
        ("v1", "GET /search?size=1", ["query", "label"]),
        ("v2", "GET /search?size=1", ["query", "title"]),
        ("v1", "GET /search?label=x&size=heavy", ["query", "size"]),
        ("v2", "GET /search?title=x&size=heavy", ["query", "size"]),
        ("v1", "GET /sizes/heavy", ["path", "size"]),
        ("v2", "GET /sizes/heavy", ["path", "much"]),
        ("v1", "GET /items/x", ["path", "id"]),
        ("v1", "GET /items?sort=full_name", ["query", "sort"]),
        ("v2", "GET /items?sort=name", ["query", "sort"]),
        ("v2", "GET /items?weight=heavy", ["query", "weight"]),
    ],
)
def test_what_is_asked_wrongly_is_told_by_the_callers_name(
    shop: Service, version: str, at: str, loc: list[str]
) -> None:
    answer = shop.call(version, at)
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, loc), answer.text


def test_a_header_that_cannot_be_read_is_the_callers_mistake(shop: Service) -> None:
    answer = shop.call("v1", "GET /search?label=x", headers={"X-Size": "heavy"})
    assert (answer.status_code, answer.json()["errors"][0]["loc"][0]) == (422, "header")

"""A history written as YAML is the same history when it is read, and a person would have written it so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from scaffold.contract.history import History
from scaffold.openapi import document
from scaffold.spec import load
from scaffold.spec.writing import spec_files

from ..random_histories.histories import histories
from .comparing import difference, told
from .helpers import outcome
from .writable import as_written, published_histories

ROOT = Path(__file__).parents[2]
SPECS = (
    "examples/shop/api.yaml",
    "examples/payments/api.yaml",
    "tests/generated_tests/everything.yaml",
    "tests/openapi/balance_control.yaml",
    "tests/spec/everything.yaml",
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/golden/*/api.yaml")),
)

WRITTEN = """\
# yaml-language-server: $schema=./.scaffold/spec.schema.json
api:
  name: cards
  title: The cards
  base_path: /
  description: Cards and what is paid with them.

versioning:
  scheme: major
  locate: [path]
  unspecified: v1

policy:
  support: 1 month
  notice: 90 days
  max_active: 2

envelope: {data: $items, meta: {total: $total}}

auth:
  schemes:
    Basic: {type: http, scheme: basic}
    OAuth:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: "https://x.example/token", scopes: {read: Read.}}
  default: [Basic, {OAuth: [read]}]

document:
  info: {title: The cards, version: "1"}
  servers: [{url: "https://cards.example"}]

types:
  Colour: {enum: [red, {value: blue, description: Sky., x-hue: 240}], open: true}

  Card:
    description: A card that somebody pays with.
    component: acme.Card
    openapi: {title: Card}
    unknown: refuse
    fields:
      number: {type: str, pattern: "^[0-9]{16}$", example: "4111111111111111"}
      holder?: str | null
      codes: list[int | null]
      limits: {type: "map[str, int]", default: {}}
      address?: {description: Where it is sent to., fields: {street: str, city: str}}
      owner:
        name: Person
        unknown: refuse
        fields:
          name: {type: str, min_length: 1}
      style: {enum: [plain, "no"], default: plain}
      tags: {max_items: 5, items: {type: str, max_length: 20, description: A word.}}

  Wallet: {unknown: keep, rest: str, fields: {id: str}}
  Method: Card | Wallet
  Amount: {any_of: [int, {type: str, pattern: '^\\d+$'}], nullable: true}
  Money: {description: In minor units., type: int, format: unbounded, ge: 0, nullable: true}

resources:
  User:
    path: /users
    handler: people
    fields:
      name: {type: str, max_length: 40, key: true}
      card?: {type: str, description: The number of a card.}
      created: {type: datetime, read_only: true, on_create: now}
    operations: [list, get]
    filters: [name]

operations:
  GET /cards:
    id: list_cards
    security: []
    parameters:
      colours: {type: "list[Colour]", style: form, explode: false}
      state: {enum: [open, closed], required: true}
      X-Trace: {type: uuid, in: header}
    response: list[Card]

  POST /cards/{id}/pay:
    id: pay
    summary: Pay
    description: >-
      Takes money from the card. What cannot be taken is refused, and the card is left as it was; an
      answer that is lost can be asked for again.
    handler: cards
    parameters:
      id: {type: int, description: Its number.}
    body: {type: Method, required: false, others: {text/csv: str, image/png: null}}
    responses:
      200: Money
      409:
        description: It is blocked.
        headers:
          Retry-After: {type: int, required: true}
        fields: {reason: str}
      4XX: {type: Card, description: Something is wrong.}
      default: {description: ""}

versions:
  - id: v1
    released: 2025-01-15
    deprecated: 2026-01-15T12:00:00Z
    sunset: 2026-07-15
    brownouts:
      - {from: 2026-06-01, until: 2026-06-02}
      - {from: "2026-07-01T09:00:00Z", until: "2026-07-01T12:00:00Z", status: 503}
    note: The first one.

  - id: v1.1
    released: 2025-06-01
    changes:
      - add: Card.note?
        type: str

  - id: v2
    promise: beta
    clients: [acme, "7"]
    changes:
      # guessed by the import: keep it if it is right, else write remove and add
      - rename: Card.number
        to: pan
        why: It is called so everywhere.
        guessed: 0.86
      - rename: {Card.holder: on_card, Card.codes: pins}
      - add: Colour.green
        old_sees: undecided

next:
  - add: GET /cards?limit
    type: int
    ge: 1
  - remove: Wallet.id
    old_sees: "1"
"""


@pytest.mark.parametrize("name", SPECS)
@pytest.mark.parametrize("folder", [False, True])
def test_what_is_written_is_the_same_history(name: str, folder: bool) -> None:
    history = load((ROOT / name).read_text(encoding="utf-8")).history
    files = spec_files(history, folder=folder)
    read = load(files).history
    without = ("order",) if folder else ()  # files are read in the order of their names
    assert difference(told(history, *without), told(read, *without)) is None
    assert spec_files(read, folder=folder) == files
    for version in () if folder else history.versions:
        made, again = (document(h.contract(version.id), h.api, version) for h in (history, read))
        assert made == again


def test_a_text_in_its_form_is_written_as_it_was() -> None:
    assert spec_files(load(WRITTEN).history)["api.yaml"] == WRITTEN


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_any_history_reads_back(history: History) -> None:
    made = as_written(history)
    assume(made is not None)
    assert made is not None
    _reads_back(made)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(published_histories())
def test_any_published_history_reads_back(history: History) -> None:
    _reads_back(history)


def _reads_back(history: History) -> None:
    """`history` is the same after writing and reading, where it keeps the rules that a spec has."""
    files = spec_files(history, folder=False)
    found = outcome(lambda: load(files).history)
    if isinstance(found, tuple):
        broken = [d for d in found if d.code not in RULES]
        assert not broken, files["api.yaml"]
    assume(not isinstance(found, tuple))
    assert isinstance(found, History)
    read = found
    assert difference(told(history), told(read)) is None, files["api.yaml"]
    assert spec_files(read, folder=False) == files
    apart = spec_files(read, folder=True)
    assert spec_files(load(apart).history, folder=True) == apart


RULES = ("SC213", "SC220", "SC223", "SC226", "SC302")
"""What a random contract may do and a spec may not: values that do not fit, objects in headers, and what follows."""


def test_a_short_spec_is_one_file_and_a_long_one_a_folder() -> None:
    short = load(WRITTEN).history
    assert list(spec_files(short)) == ["api.yaml"]
    assert list(spec_files(short, folder=True)) == [
        "api.yaml",
        "document.yaml",
        "types/cards.yaml",
        "types/unused.yaml",
        "resources/people.yaml",
        "operations/cards.yaml",
        "versions/v1.yaml",
        "versions/v1.1.yaml",
        "versions/v2.yaml",
    ]


def test_a_long_history_of_a_short_contract_has_its_versions_apart() -> None:
    field = "      - add: User.f{0}{1}?\n        type: str\n        description: Field {1} of version {0}.\n"
    versions = "".join(
        f"  - id: v{v}\n    released: 20{v + 10}-01-01\n    changes:\n" + "".join(field.format(v, f) for f in range(30))
        for v in range(2, 10)
    )
    text = (
        "api: {name: x}\ntypes:\n  User: {fields: {a: int}}\nversions:\n  - {id: v1, released: 2010-01-01}\n" + versions
    )
    files = spec_files(load(text).history)
    assert list(files) == ["api.yaml", *(f"versions/v{v}.yaml" for v in range(1, 10))]
    assert "types:" in files["api.yaml"]


def test_many_types_are_spread_over_files_that_can_be_read() -> None:
    types = "".join(f"  T{number:03}: {{fields: {{a: int}}}}\n" for number in range(200))
    files = spec_files(load(f"api: {{name: x}}\ntypes:\n{types}").history, folder=True)
    assert [name for name in files if name.startswith("types/")] == [f"types/shared-{n}.yaml" for n in range(1, 5)]
    assert spec_files(load(files).history, folder=True) == files

"""The histories that the tests of storage are about; those of objects and what moves through them are in `parts`."""

from __future__ import annotations

HEAD = """
api: {name: shop, title: Shop API, base_path: /api}
versioning: {scheme: major, locate: [path]}
policy: {support: 12 months, notice: 180 days}
"""

EVERYTHING = (
    HEAD
    + """
types:
  Colour: {enum: [red, green, blue]}
  Point:
    fields:
      x: float
      y: float
      at: datetime
      label?: str | null
  Node:
    fields:
      name: str
      children: "list[Node]"
      weight?: decimal
resources:
  Thing:
    path: /things
    fields:
      id: {type: int, key: true}
      text: str
      number: int
      ratio: float
      flag: bool
      price: decimal
      day: date
      moment: datetime
      clock: time
      lasts: duration
      tag: uuid
      mail: email
      link: url
      blob: bytes
      free: json
      colour: Colour
      maybe?: str
      nothing: {type: str, nullable: true}
      both?: {type: int, nullable: true}
      both_json?: {type: json}
      words: "list[str]"
      prices: "list[decimal]"
      colours?: "list[Colour]"
      by_day?: "map[str, date]"
      point?: {type: Point, nullable: true}
      points: "list[Point]"
      tree?: Node
      everything?: "map[str, Point]"
    operations: [list, get, create, update, replace, delete]
  Note:
    path: /notes
    fields:
      id: {type: uuid, key: true}
      body: str
    operations: [list, get, create, update, replace, delete]
  Country:
    path: /countries
    fields:
      code: {type: str, key: true}
      name: {type: str, unique: true}
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
next: []
"""
)

SHOP = """
api: {name: shop, title: Shop API, base_path: /api}
versioning: {scheme: major, locate: [path]}
policy: {support: 12 months, notice: 180 days}
types:
  Status: {enum: [draft, published, hidden]}
resources:
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: {type: str, min_length: 1}
      email: {type: email, unique: true}
      street?: str
      city?: str
      country?: str
    operations: [list, get, create, update, replace, delete]
    filters: [email]
    sort: [name]
  Product:
    path: /products
    fields:
      id: {type: int, key: true}
      title: str
      price: {type: str, pattern: '^[0-9]{1,8}(\\.[0-9]{1,2})?$'}
      status: {type: Status, default: draft}
      tags: {type: "list[str]", default: []}
      place: {fields: {shelf: str, room: str, sizes: {type: "list[str]"}}}
    operations: [list, get, create, update, replace, delete]
    filters: [status]
    sort: [title]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-07-15
    changes:
      - rename: User.name
        to: full_name
      - move: [User.street, User.city]
        to: User.address
      - add: User.created_at
        type: datetime
        read_only: true
        on_create: now
        existing: now
      - add: User.nickname
        type: str
        old_sends: nobody
        existing: {from: User.full_name}
      - change: Product.price
        from: str
        to: decimal
      - remove: Status.hidden
        old_sends: draft
      - add: Status.archived
        old_sees: published
      - change: User.country
        required: true
        old_sends: GB
  - id: v3
    released: 2026-01-15
    changes:
      - rename: User.full_name
        to: display_name
        storage: rename
      - add: User.address.zip?
        type: str
      - change: Product.price
        from: decimal
        to: float
      - rename: Status.draft
        to: private
      - add: Product.rating
        type: int
        default: 5
next: []
"""


UNIONS = (
    HEAD
    + """
types:
  Card: {fields: {kind: {const: card}, number: str, "until?": date}}
  Wallet: {fields: {kind: {const: wallet}, email: str, "past?": "list[Card | str]"}}
  Cheque: {fields: {kind: {const: cheque}, bank: str}}
  Method: {type: Card | Cheque, discriminator: kind, tags: {card: Card, cheque: Cheque}}
  Colour: {enum: [red, green]}
resources:
  Payment:
    path: /payments
    fields:
      id: {type: int, key: true}
      method: Method
      spare?: Method | null
      others: "list[Method]"
      named: "map[str, int | bool | date | datetime | null]"
      marks: "list[str | null]"
      paint?: Colour | decimal
      inside: {fields: {method: Method, "deep?": "list[list[uuid | list[int]]]"}}
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-06-15
    changes:
      - rename: Cheque
        to: Check
      - add: Method|Wallet
        tag: wallet
        old_sees: {variant: Card, values: {number: unknown}}
      - rename: Colour.red
        to: crimson
  - id: v3
    released: 2026-01-15
    changes:
      - remove: Method|Check
        old_sends: {variant: Card, values: {number: none}}
      - rename: Card
        to: Plastic
"""
)

"""Histories for the tests of storage in which fields stand in objects, move into them and out of them."""

from __future__ import annotations

from .specs import HEAD

MOVES = (
    HEAD
    + """
resources:
  Order:
    path: /orders
    fields:
      id: {type: int, key: true}
      title: str
      ship_street?: str
      ship_city?: {type: str, nullable: true}
      ship_note: str
      geo: {fields: {lat: float, lon: float}}
      site?: {fields: {shelf: str, "room?": str}}
      first: str
      last: str
      limit?: {type: int, nullable: true}
      colour?: str
    operations: [list, get, create, update, replace, delete]
    filters: [title]
    sort: [title]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-03-15
    changes:
      - move: [Order.ship_street, Order.ship_city]
        to: Order.shipping
      - add: Order.shipping.country
        type: str
        old_sends: GB
      - move: Order.colour
        to: Order.looks.colour
      - move: Order.ship_note
        to: Order.contact.note
      - move: [Order.geo.lat, Order.geo.lon]
        to: Order
  - id: v3
    released: 2025-05-15
    changes:
      - move: [Order.shipping]
        to: Order.contact
      - rename: {Order.first: last, Order.last: first}
        storage: rename
      - rename: Order.lat
        to: latitude
      - remove: Order.title
        old_sees: untitled
      - add: Order.contact.shipping.zip?
        type: str
  - id: v4
    released: 2025-07-15
    changes:
      - add: Order.title
        type: int
        default: 1
      - rename: Order.contact.shipping.ship_street
        to: road
      - change: Order.latitude
        from: float
        to: decimal
      - add: Order.contact.rating
        type: int
        old_sends: 3
      - add: Order.looks.gloss
        type: int
        old_sends: 7
      - add: Order.site.floor
        type: int
        old_sends: 0
next: []
"""
)


NESTED = (
    HEAD
    + """
types:
  Status: {enum: [draft, done, old]}
  Line:
    fields:
      sku: {type: str, key: true}
      price: str
      status: Status
      lat: float
      lon: float
      room?: str
  Shop:
    fields:
      name: str
      city: str
resources:
  Order:
    path: /orders
    fields:
      id: {type: int, key: true}
      lines: "list[Line]"
      best?: Line
      by_name: "map[str, Line]"
      shop: Shop
      shelf?: str
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-03-15
    changes:
      - change: Line.price
        from: str
        to: decimal
      - rename: Line.room
        to: chamber
      - move: [Line.lat, Line.lon]
        to: Line.geo
      - add: Line.count
        type: int
        old_sends: 1
      - remove: Status.old
        old_sends: done
      - move: Order.shelf
        to: Order.shop.rack
  - id: v3
    released: 2025-05-15
    changes:
      - rename: Status.draft
        to: open
      - add: Line.geo.height?
        type: float
next: []
"""
)


POSTCODES = (
    HEAD
    + """
resources:
  Order:
    path: /orders
    fields:
      id: {type: int, key: true}
      postcode: str
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-03-15
    changes:
      - move: [Order.postcode]
        to: Order.address
  - id: v3
    released: 2025-05-15
    changes:
      - change: Order.address.postcode
        from: str
        to: int
next: []
"""
)


FLAT = (
    HEAD
    + """
types:
  Place:
    fields:
      shelf: str
      room: str
      more?: {fields: {x: int, "y?": str}}
  Shelf:
    fields:
      name: str
      geo: {fields: {lat: float, "lon?": {type: float, nullable: true}}}
resources:
  Item:
    path: /items
    fields:
      id: {type: int, key: true}
      place?: {type: Place, nullable: true}
      shelf: Shelf
      size?: str
      colour: str
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-03-15
    changes:
      - move: [Item.place.room, Item.place.more]
        to: Item
      - move: [Item.shelf.geo.lat]
        to: Item.shelf
      - move: Item.colour
        to: Item.shelf.colour
      - move: [Item.size]
        to: Item.extra
next: []
"""
)

"""The forms of Order that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, NotRequired

from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from .. import codecs, coding, constraints, list_codecs, meanings, records, scalars, unit_codecs
from ..absent import ABSENT, UNASSIGNED, Absent
from ..kept import Kept, differs, keep, written
from ..promised import HeldTo, Promised
from ..shapes import Shape
from ..taking import cleared, within
from . import order_gift as order_gift_shapes
from . import road as road_shapes
from . import state as state_shapes
from . import way as way_shapes


class OrderV1(TypedDict):
    """Order as it is shown, since v1."""

    id: scalars.Int
    total: scalars.Int
    tax: Annotated[
        scalars.PlainDecimal,
        constraints.decimal(),
        AfterValidator(coding.readable(unit_codecs.hundredth, codecs.decimal_to_float)),
    ]
    amount: str
    delays: list[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.minutes_to_seconds))]]
    placed: Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.unix_seconds_to_datetime))]
    length: Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_duration))]
    small: Annotated[scalars.Int, Promised(scalars.Int32)]
    note: str
    share: scalars.Float
    email: scalars.Email
    tags: Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))]
    numbers: Annotated[list[scalars.Int], Promised(Annotated[list[scalars.Int], Field(min_length=1)])]
    state: state_shapes.StateV1
    mood: str
    gift: bool
    way: way_shapes.WayV1
    day: scalars.Date
    timeout: NotRequired[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_milliseconds))]]


ORDER_V1 = Shape[OrderV1](OrderV1)


class OrderCreateV1(TypedDict):
    """What Order is created from, since v1."""

    total: scalars.Int
    tax: Annotated[
        scalars.PlainDecimal,
        constraints.decimal(),
        AfterValidator(coding.readable(unit_codecs.hundredth, codecs.decimal_to_float)),
    ]
    amount: str
    delays: list[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.minutes_to_seconds))]]
    placed: Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.unix_seconds_to_datetime))]
    length: Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_duration))]
    small: scalars.Int32
    note: str
    share: scalars.Float
    email: scalars.Email
    tags: Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))]
    numbers: Annotated[list[scalars.Int], Field(min_length=1)]
    state: state_shapes.StateV1
    mood: str
    gift: bool
    way: way_shapes.WayV1
    day: scalars.Date
    timeout: NotRequired[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_milliseconds))]]


ORDER_CREATE_V1 = Shape[OrderCreateV1](OrderCreateV1)


class OrderUpdateV1(TypedDict):
    """What changes parts of Order, since v1."""

    total: NotRequired[scalars.Int]
    tax: NotRequired[
        Annotated[
            scalars.PlainDecimal,
            constraints.decimal(),
            HeldTo(
                Annotated[
                    scalars.PlainDecimal,
                    constraints.decimal(),
                    AfterValidator(coding.readable(unit_codecs.hundredth, codecs.decimal_to_float)),
                ]
            ),
        ]
    ]
    amount: NotRequired[str]
    delays: NotRequired[list[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.minutes_to_seconds))]]]
    placed: NotRequired[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.unix_seconds_to_datetime))]]
    length: NotRequired[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_duration))]]
    small: NotRequired[Annotated[scalars.Int, HeldTo(scalars.Int32)]]
    note: NotRequired[str]
    share: NotRequired[scalars.Float]
    email: NotRequired[scalars.Email]
    tags: NotRequired[Annotated[str, HeldTo(Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))])]]
    numbers: NotRequired[Annotated[list[scalars.Int], HeldTo(Annotated[list[scalars.Int], Field(min_length=1)])]]
    state: NotRequired[state_shapes.StateV1]
    mood: NotRequired[str]
    gift: NotRequired[bool]
    way: NotRequired[way_shapes.WayV1]
    day: NotRequired[scalars.Date]
    timeout: NotRequired[
        Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_milliseconds))] | None
    ]


ORDER_UPDATE_V1 = Shape[OrderUpdateV1](OrderUpdateV1)


class OrderReplaceV1(TypedDict):
    """What replaces Order, since v1."""

    total: scalars.Int
    tax: Annotated[
        scalars.PlainDecimal,
        constraints.decimal(),
        HeldTo(
            Annotated[
                scalars.PlainDecimal,
                constraints.decimal(),
                AfterValidator(coding.readable(unit_codecs.hundredth, codecs.decimal_to_float)),
            ]
        ),
    ]
    amount: str
    delays: list[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.minutes_to_seconds))]]
    placed: Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.unix_seconds_to_datetime))]
    length: Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_duration))]
    small: Annotated[scalars.Int, HeldTo(scalars.Int32)]
    note: str
    share: scalars.Float
    email: scalars.Email
    tags: Annotated[str, HeldTo(Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))])]
    numbers: Annotated[list[scalars.Int], HeldTo(Annotated[list[scalars.Int], Field(min_length=1)])]
    state: state_shapes.StateV1
    mood: str
    gift: bool
    way: way_shapes.WayV1
    day: scalars.Date
    timeout: NotRequired[Annotated[scalars.Int, AfterValidator(coding.readable(unit_codecs.seconds_to_milliseconds))]]


ORDER_REPLACE_V1 = Shape[OrderReplaceV1](OrderReplaceV1)


class OrderV2(TypedDict):
    """Order as it is shown, since v2."""

    id: scalars.Int
    total: Annotated[scalars.PlainDecimal, constraints.decimal()]
    tax: Annotated[
        scalars.PlainDecimal, constraints.decimal(), AfterValidator(coding.readable(codecs.decimal_to_float))
    ]
    amount: Annotated[scalars.PlainDecimal, constraints.decimal()]
    delays: list[scalars.Int]
    placed: scalars.DateTime
    length: scalars.Duration
    small: scalars.Int
    note: str
    share: scalars.Float
    email: scalars.Email
    tags: Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))]
    numbers: Annotated[list[scalars.Int], Promised(Annotated[list[scalars.Int], Field(min_length=1)])]
    state: state_shapes.StateV1
    mood: str
    gift: bool
    way: way_shapes.WayV1
    day: scalars.DateTime
    timeout: NotRequired[scalars.Int]


ORDER_V2 = Shape[OrderV2](OrderV2)


class OrderCreateV2(TypedDict):
    """What Order is created from, since v2."""

    total: Annotated[scalars.PlainDecimal, constraints.decimal()]
    tax: Annotated[
        scalars.PlainDecimal, constraints.decimal(), AfterValidator(coding.readable(codecs.decimal_to_float))
    ]
    amount: Annotated[scalars.PlainDecimal, constraints.decimal()]
    delays: list[scalars.Int]
    placed: scalars.DateTime
    length: scalars.Duration
    small: scalars.Int
    note: str
    share: scalars.Float
    email: scalars.Email
    tags: Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))]
    numbers: Annotated[list[scalars.Int], Field(min_length=1)]
    state: state_shapes.StateV1
    mood: str
    gift: bool
    way: way_shapes.WayV1
    day: scalars.DateTime
    timeout: NotRequired[scalars.Int]


ORDER_CREATE_V2 = Shape[OrderCreateV2](OrderCreateV2)


class OrderUpdateV2(TypedDict):
    """What changes parts of Order, since v2."""

    total: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    tax: NotRequired[
        Annotated[scalars.PlainDecimal, constraints.decimal(), AfterValidator(coding.readable(codecs.decimal_to_float))]
    ]
    amount: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    delays: NotRequired[list[scalars.Int]]
    placed: NotRequired[scalars.DateTime]
    length: NotRequired[scalars.Duration]
    small: NotRequired[scalars.Int]
    note: NotRequired[str]
    share: NotRequired[scalars.Float]
    email: NotRequired[scalars.Email]
    tags: NotRequired[Annotated[str, HeldTo(Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))])]]
    numbers: NotRequired[Annotated[list[scalars.Int], HeldTo(Annotated[list[scalars.Int], Field(min_length=1)])]]
    state: NotRequired[state_shapes.StateV1]
    mood: NotRequired[str]
    gift: NotRequired[bool]
    way: NotRequired[way_shapes.WayV1]
    day: NotRequired[scalars.DateTime]
    timeout: NotRequired[scalars.Int | None]


ORDER_UPDATE_V2 = Shape[OrderUpdateV2](OrderUpdateV2)


class OrderReplaceV2(TypedDict):
    """What replaces Order, since v2."""

    total: Annotated[scalars.PlainDecimal, constraints.decimal()]
    tax: Annotated[
        scalars.PlainDecimal, constraints.decimal(), AfterValidator(coding.readable(codecs.decimal_to_float))
    ]
    amount: Annotated[scalars.PlainDecimal, constraints.decimal()]
    delays: list[scalars.Int]
    placed: scalars.DateTime
    length: scalars.Duration
    small: scalars.Int
    note: str
    share: scalars.Float
    email: scalars.Email
    tags: Annotated[str, HeldTo(Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))])]
    numbers: Annotated[list[scalars.Int], HeldTo(Annotated[list[scalars.Int], Field(min_length=1)])]
    state: state_shapes.StateV1
    mood: str
    gift: bool
    way: way_shapes.WayV1
    day: scalars.DateTime
    timeout: NotRequired[scalars.Int]


ORDER_REPLACE_V2 = Shape[OrderReplaceV2](OrderReplaceV2)


class OrderV3(TypedDict):
    """Order as it is shown, since v3."""

    id: scalars.Int
    total: Annotated[scalars.PlainDecimal, constraints.decimal()]
    tax: scalars.Float
    amount: Annotated[scalars.PlainDecimal, constraints.decimal()]
    delays: list[scalars.Int]
    placed: scalars.DateTime
    length: scalars.Duration
    small: scalars.Int
    note: scalars.Int | None
    share: str
    email: list[scalars.Email]
    tags: list[str]
    numbers: scalars.Int
    state: str
    mood: state_shapes.StateV1
    gift: order_gift_shapes.OrderGiftV3
    way: road_shapes.RoadV1
    day: scalars.DateTime
    patience: NotRequired[scalars.Int]


ORDER_V3 = Shape[OrderV3](OrderV3)


class OrderCreateV3(TypedDict):
    """What Order is created from, since v3."""

    total: Annotated[scalars.PlainDecimal, constraints.decimal()]
    tax: scalars.Float
    amount: Annotated[scalars.PlainDecimal, constraints.decimal()]
    delays: list[scalars.Int]
    placed: scalars.DateTime
    length: scalars.Duration
    small: scalars.Int
    note: scalars.Int | None
    share: str
    email: list[scalars.Email]
    tags: list[str]
    numbers: scalars.Int
    state: str
    mood: state_shapes.StateV1
    gift: order_gift_shapes.OrderGiftV3
    way: road_shapes.RoadV1
    day: scalars.DateTime
    patience: NotRequired[scalars.Int]


ORDER_CREATE_V3 = Shape[OrderCreateV3](OrderCreateV3)


class OrderUpdateV3(TypedDict):
    """What changes parts of Order, since v3."""

    total: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    tax: NotRequired[scalars.Float]
    amount: NotRequired[Annotated[scalars.PlainDecimal, constraints.decimal()]]
    delays: NotRequired[list[scalars.Int]]
    placed: NotRequired[scalars.DateTime]
    length: NotRequired[scalars.Duration]
    small: NotRequired[scalars.Int]
    note: NotRequired[scalars.Int | None]
    share: NotRequired[str]
    email: NotRequired[list[scalars.Email]]
    tags: NotRequired[list[str]]
    numbers: NotRequired[scalars.Int]
    state: NotRequired[str]
    mood: NotRequired[state_shapes.StateV1]
    gift: NotRequired[order_gift_shapes.OrderGiftV3]
    way: NotRequired[road_shapes.RoadV1]
    day: NotRequired[scalars.DateTime]
    patience: NotRequired[scalars.Int | None]


ORDER_UPDATE_V3 = Shape[OrderUpdateV3](OrderUpdateV3)

ORDER_TAX_V1 = Shape[Any](
    Annotated[
        scalars.PlainDecimal,
        constraints.decimal(),
        AfterValidator(coding.readable(unit_codecs.hundredth, codecs.decimal_to_float)),
    ]
)

ORDER_SMALL_V1 = Shape[Any](scalars.Int32)

ORDER_TAGS_V1 = Shape[Any](Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))])

ORDER_NUMBERS_V1 = Shape[Any](Annotated[list[scalars.Int], Field(min_length=1)])

ORDER_TAGS_V2 = Shape[Any](Annotated[str, AfterValidator(coding.readable(list_codecs.csv_to_list))])

ORDER_NUMBERS_V2 = Shape[Any](Annotated[list[scalars.Int], Field(min_length=1)])


def _total_order_v1(record: records.Order) -> int:
    """The `total` that v1 is shown."""
    return unit_codecs.nearest_cents(record.total)


def _tax_order_v1(record: records.Order) -> Decimal:
    """The `tax` that v1 is shown; word for word what it wrote, while that stands."""
    shown: Decimal = unit_codecs.hundredfold(codecs.float_to_decimal(record.tax))
    stored = record.tax
    return written(record.kept, "tax@v1", stored, shown, Decimal)


def _amount_order_v1(record: records.Order) -> str:
    """The `amount` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = codecs.decimal_to_text(record.amount)
    stored = record.amount
    return written(record.kept, "amount@v1", stored, shown)


def _timeout_order_v1(record: records.Order) -> int | Absent:
    """The `timeout` that v1 is shown."""
    return (unit_codecs.milliseconds_to_seconds(record.patience)) if record.patience is not ABSENT else ABSENT


def _delays_order_v1(record: records.Order) -> list[int]:
    """The `delays` that v1 is shown."""
    return [unit_codecs.seconds_to_minutes(item) for item in record.delays]


def _placed_order_v1(record: records.Order) -> int:
    """The `placed` that v1 is shown."""
    return unit_codecs.datetime_to_unix_seconds(record.placed)


def _length_order_v1(record: records.Order) -> int:
    """The `length` that v1 is shown."""
    return unit_codecs.duration_to_seconds(record.length)


def _small_order_v1(record: records.Order) -> int:
    """The `small` that v1 is shown."""
    return coding.attempt(codecs.int64_to_int32, record.small, 0)


def _note_order_v1(record: records.Order) -> str:
    """The `note` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = codecs.int_to_text(record.note) if record.note is not None else ""
    stored = record.note
    return written(record.kept, "note@v1", stored, shown)


def _share_order_v1(record: records.Order) -> float:
    """The `share` that v1 is shown."""
    return coding.attempt(codecs.text_to_float, record.share, 0.0)


def _email_order_v1(record: records.Order) -> str:
    """The `email` that v1 is shown."""
    return coding.attempt(list_codecs.first, record.email, "nobody@example.com")


def _tags_order_v1(record: records.Order) -> str:
    """The `tags` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = list_codecs.list_to_csv(record.tags)
    stored = record.tags
    return written(record.kept, "tags@v1", stored, shown)


def _numbers_order_v1(record: records.Order) -> list[int]:
    """The `numbers` that v1 is shown; word for word what it wrote, while that stands."""
    shown: list[int] = list_codecs.listed(record.numbers)
    stored = record.numbers
    return written(record.kept, "numbers@v1", stored, shown)


def _state_order_v1(record: records.Order) -> state_shapes.StateV1:
    """The `state` that v1 is shown."""
    return coding.attempt(meanings.order_state_v3_down, record.state, meanings.order_state_v3_unshown)


def _mood_order_v1(record: records.Order) -> str:
    """The `mood` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = meanings.order_mood_v3_down(record.mood)
    stored = record.mood
    return written(record.kept, "mood@v1", stored, shown)


def _gift_order_v1(record: records.Order) -> bool:
    """The `gift` that v1 is shown."""
    return coding.attempt(meanings.order_gift_v3_down, record.gift, True)


def _day_order_v1(record: records.Order) -> date:
    """The `day` that v1 is shown."""
    return codecs.datetime_to_date(record.day)


def order_v1(record: records.Order) -> OrderV1:
    """Show the record to a client of v1.

    v2: Changed `Order.total`: its type to decimal.
    v2: Changed `Order.tax`: what its values mean.
    v2: Changed `Order.amount`: its type to decimal.
    v2: Changed `Order.timeout`: what its values mean.
    v2: Changed `Order.delays`: what its values mean.
    v2: Changed `Order.placed`: its type to datetime.
    v2: Changed `Order.day`: its type to datetime.
    v2: Changed `Order.length`: its type to duration.
    v2: Changed `Order.small`: its type to int.
    v3: Renamed `Order.timeout` to `patience`.
    v3: Changed `Order.tax`: its type to float.
    v3: Changed `Order.note`: its type to int, it to allow null.
    v3: Changed `Order.email`: its type to list[email].
    v3: Changed `Order.tags`: its type to list[str].
    v3: Changed `Order.numbers`: its type to int.
    v3: Changed `Order.state`: its type to str.
    v3: Changed `Order.mood`: its type to State.
    v3: Changed `Order.gift`: its type to OrderGift.
    v3: Changed `Order.way`: its type to Road.
    v3: Changed `Order.share`: its type to str.
    """
    shown: OrderV1 = {
        "id": record.id,
        "total": _total_order_v1(record),
        "tax": _tax_order_v1(record),
        "amount": _amount_order_v1(record),
        "delays": _delays_order_v1(record),
        "placed": _placed_order_v1(record),
        "length": _length_order_v1(record),
        "small": _small_order_v1(record),
        "note": _note_order_v1(record),
        "share": _share_order_v1(record),
        "email": _email_order_v1(record),
        "tags": _tags_order_v1(record),
        "numbers": _numbers_order_v1(record),
        "state": _state_order_v1(record),
        "mood": _mood_order_v1(record),
        "gift": _gift_order_v1(record),
        "way": meanings.order_way_v3_down(record.way),
        "day": _day_order_v1(record),
    }
    timeout = _timeout_order_v1(record)
    if timeout is not ABSENT:
        shown["timeout"] = timeout
    return shown


def create_order_v1(payload: OrderCreateV1, now: datetime) -> records.Order:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    total_sent = payload["total"]
    total = unit_codecs.cents_to_decimal(total_sent)
    tax_sent = payload["tax"]
    tax = codecs.decimal_to_float(unit_codecs.hundredth(tax_sent))
    keep(kept, "tax@v1", tax_sent, tax, unit_codecs.hundredfold(codecs.float_to_decimal(tax)))
    amount_sent = payload["amount"]
    amount = coding.attempt(codecs.text_to_decimal, amount_sent, Decimal("0"))
    keep(kept, "amount@v1", amount_sent, amount, codecs.decimal_to_text(amount))
    patience_sent = payload.get("timeout", ABSENT)
    patience = ABSENT if patience_sent is ABSENT else unit_codecs.seconds_to_milliseconds(patience_sent)
    delays_sent = payload["delays"]
    delays = [unit_codecs.minutes_to_seconds(item) for item in delays_sent]
    placed_sent = payload["placed"]
    placed = unit_codecs.unix_seconds_to_datetime(placed_sent)
    length_sent = payload["length"]
    length = unit_codecs.seconds_to_duration(length_sent)
    small_sent = payload["small"]
    small = small_sent
    note_sent = payload["note"]
    note = coding.attempt(codecs.text_to_int, note_sent, None)
    keep(kept, "note@v1", note_sent, note, codecs.int_to_text(note) if note is not None else "")
    share_sent = payload["share"]
    share = codecs.float_to_text(share_sent)
    email_sent = payload["email"]
    email = list_codecs.listed(email_sent)
    tags_sent = payload["tags"]
    tags = list_codecs.csv_to_list(tags_sent)
    keep(kept, "tags@v1", tags_sent, tags, list_codecs.list_to_csv(tags))
    numbers_sent = payload["numbers"]
    numbers = list_codecs.last(numbers_sent)
    keep(kept, "numbers@v1", numbers_sent, numbers, list_codecs.listed(numbers))
    state_sent = payload["state"]
    state = meanings.order_state_v3_up(state_sent)
    mood_sent = payload["mood"]
    mood = coding.attempt(meanings.order_mood_v3_up, mood_sent, meanings.order_mood_v3_unread)
    keep(kept, "mood@v1", mood_sent, mood, meanings.order_mood_v3_down(mood))
    gift_sent = payload["gift"]
    gift = meanings.order_gift_v3_up(gift_sent)
    day_sent = payload["day"]
    day = codecs.date_to_datetime(day_sent)
    return records.Order(
        id=UNASSIGNED,
        total=total,
        tax=tax,
        amount=amount,
        patience=patience,
        delays=delays,
        placed=placed,
        length=length,
        small=small,
        note=note,
        share=share,
        email=email,
        tags=tags,
        numbers=numbers,
        state=state,
        mood=mood,
        gift=gift,
        way=meanings.order_way_v3_up(payload["way"]),
        day=day,
        kept=kept,
    )


def update_order_v1(current: records.Order, payload: OrderUpdateV1, now: datetime) -> records.Order:
    """Change what a client of v1 sent, and nothing else."""
    kept = dict(current.kept)
    total = current.total
    if "total" in payload:
        total_sent = payload["total"]
        total = current.total
        if total_sent != _total_order_v1(current):
            total = unit_codecs.cents_to_decimal(total_sent)
    tax = current.tax
    if "tax" in payload:
        tax_sent = within(ORDER_TAX_V1, payload["tax"], _tax_order_v1(current), "tax")
        tax = current.tax
        if differs(tax_sent, _tax_order_v1(current)):
            tax = codecs.decimal_to_float(unit_codecs.hundredth(tax_sent))
            keep(kept, "tax@v1", tax_sent, tax, unit_codecs.hundredfold(codecs.float_to_decimal(tax)))
    amount = current.amount
    if "amount" in payload:
        amount_sent = payload["amount"]
        amount = current.amount
        if amount_sent != _amount_order_v1(current):
            amount = coding.attempt(codecs.text_to_decimal, amount_sent, Decimal("0"))
            keep(kept, "amount@v1", amount_sent, amount, codecs.decimal_to_text(amount))
    patience = current.patience
    if "timeout" in payload:
        patience_sent = cleared(payload["timeout"])
        patience = current.patience
        if patience_sent != _timeout_order_v1(current):
            patience = ABSENT if patience_sent is ABSENT else unit_codecs.seconds_to_milliseconds(patience_sent)
    delays = current.delays
    if "delays" in payload:
        delays_sent = payload["delays"]
        delays = current.delays
        if delays_sent != _delays_order_v1(current):
            delays = [unit_codecs.minutes_to_seconds(item) for item in delays_sent]
    placed = current.placed
    if "placed" in payload:
        placed_sent = payload["placed"]
        placed = current.placed
        if placed_sent != _placed_order_v1(current):
            placed = unit_codecs.unix_seconds_to_datetime(placed_sent)
    length = current.length
    if "length" in payload:
        length_sent = payload["length"]
        length = current.length
        if length_sent != _length_order_v1(current):
            length = unit_codecs.seconds_to_duration(length_sent)
    small = current.small
    if "small" in payload:
        small_sent = within(ORDER_SMALL_V1, payload["small"], _small_order_v1(current), "small")
        small = current.small
        if small_sent != _small_order_v1(current):
            small = small_sent
    note = current.note
    if "note" in payload:
        note_sent = payload["note"]
        note = current.note
        if note_sent != _note_order_v1(current):
            note = coding.attempt(codecs.text_to_int, note_sent, None)
            keep(kept, "note@v1", note_sent, note, codecs.int_to_text(note) if note is not None else "")
    share = current.share
    if "share" in payload:
        share_sent = payload["share"]
        share = current.share
        if share_sent != _share_order_v1(current):
            share = codecs.float_to_text(share_sent)
    email = current.email
    if "email" in payload:
        email_sent = payload["email"]
        email = current.email
        if email_sent != _email_order_v1(current):
            email = list_codecs.listed(email_sent)
    tags = current.tags
    if "tags" in payload:
        tags_sent = within(ORDER_TAGS_V1, payload["tags"], _tags_order_v1(current), "tags")
        tags = current.tags
        if tags_sent != _tags_order_v1(current):
            tags = list_codecs.csv_to_list(tags_sent)
            keep(kept, "tags@v1", tags_sent, tags, list_codecs.list_to_csv(tags))
    numbers = current.numbers
    if "numbers" in payload:
        numbers_sent = within(ORDER_NUMBERS_V1, payload["numbers"], _numbers_order_v1(current), "numbers")
        numbers = current.numbers
        if numbers_sent != _numbers_order_v1(current):
            numbers = list_codecs.last(numbers_sent)
            keep(kept, "numbers@v1", numbers_sent, numbers, list_codecs.listed(numbers))
    state = current.state
    if "state" in payload:
        state_sent = payload["state"]
        state = current.state
        if state_sent != _state_order_v1(current):
            state = meanings.order_state_v3_up(state_sent)
    mood = current.mood
    if "mood" in payload:
        mood_sent = payload["mood"]
        mood = current.mood
        if mood_sent != _mood_order_v1(current):
            mood = coding.attempt(meanings.order_mood_v3_up, mood_sent, meanings.order_mood_v3_unread)
            keep(kept, "mood@v1", mood_sent, mood, meanings.order_mood_v3_down(mood))
    gift = current.gift
    if "gift" in payload:
        gift_sent = payload["gift"]
        gift = current.gift
        if gift_sent != _gift_order_v1(current):
            gift = meanings.order_gift_v3_up(gift_sent)
    way = current.way
    if "way" in payload:
        way = meanings.order_way_v3_up(payload["way"])
    day = current.day
    if "day" in payload:
        day_sent = payload["day"]
        day = current.day
        if day_sent != _day_order_v1(current):
            day = codecs.date_to_datetime(day_sent)
    return replace(
        current,
        total=total,
        tax=tax,
        amount=amount,
        patience=patience,
        delays=delays,
        placed=placed,
        length=length,
        small=small,
        note=note,
        share=share,
        email=email,
        tags=tags,
        numbers=numbers,
        state=state,
        mood=mood,
        gift=gift,
        way=way,
        day=day,
        kept=kept,
    )


def replace_order_v1(current: records.Order, payload: OrderReplaceV1, now: datetime) -> records.Order:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    total_sent = payload["total"]
    total = current.total
    if total_sent != _total_order_v1(current):
        total = unit_codecs.cents_to_decimal(total_sent)
    tax_sent = within(ORDER_TAX_V1, payload["tax"], _tax_order_v1(current), "tax")
    tax = current.tax
    if differs(tax_sent, _tax_order_v1(current)):
        tax = codecs.decimal_to_float(unit_codecs.hundredth(tax_sent))
        keep(kept, "tax@v1", tax_sent, tax, unit_codecs.hundredfold(codecs.float_to_decimal(tax)))
    amount_sent = payload["amount"]
    amount = current.amount
    if amount_sent != _amount_order_v1(current):
        amount = coding.attempt(codecs.text_to_decimal, amount_sent, Decimal("0"))
        keep(kept, "amount@v1", amount_sent, amount, codecs.decimal_to_text(amount))
    patience_sent = payload.get("timeout", ABSENT)
    patience = current.patience
    if patience_sent != _timeout_order_v1(current):
        patience = ABSENT if patience_sent is ABSENT else unit_codecs.seconds_to_milliseconds(patience_sent)
    delays_sent = payload["delays"]
    delays = current.delays
    if delays_sent != _delays_order_v1(current):
        delays = [unit_codecs.minutes_to_seconds(item) for item in delays_sent]
    placed_sent = payload["placed"]
    placed = current.placed
    if placed_sent != _placed_order_v1(current):
        placed = unit_codecs.unix_seconds_to_datetime(placed_sent)
    length_sent = payload["length"]
    length = current.length
    if length_sent != _length_order_v1(current):
        length = unit_codecs.seconds_to_duration(length_sent)
    small_sent = within(ORDER_SMALL_V1, payload["small"], _small_order_v1(current), "small")
    small = current.small
    if small_sent != _small_order_v1(current):
        small = small_sent
    note_sent = payload["note"]
    note = current.note
    if note_sent != _note_order_v1(current):
        note = coding.attempt(codecs.text_to_int, note_sent, None)
        keep(kept, "note@v1", note_sent, note, codecs.int_to_text(note) if note is not None else "")
    share_sent = payload["share"]
    share = current.share
    if share_sent != _share_order_v1(current):
        share = codecs.float_to_text(share_sent)
    email_sent = payload["email"]
    email = current.email
    if email_sent != _email_order_v1(current):
        email = list_codecs.listed(email_sent)
    tags_sent = within(ORDER_TAGS_V1, payload["tags"], _tags_order_v1(current), "tags")
    tags = current.tags
    if tags_sent != _tags_order_v1(current):
        tags = list_codecs.csv_to_list(tags_sent)
        keep(kept, "tags@v1", tags_sent, tags, list_codecs.list_to_csv(tags))
    numbers_sent = within(ORDER_NUMBERS_V1, payload["numbers"], _numbers_order_v1(current), "numbers")
    numbers = current.numbers
    if numbers_sent != _numbers_order_v1(current):
        numbers = list_codecs.last(numbers_sent)
        keep(kept, "numbers@v1", numbers_sent, numbers, list_codecs.listed(numbers))
    state_sent = payload["state"]
    state = current.state
    if state_sent != _state_order_v1(current):
        state = meanings.order_state_v3_up(state_sent)
    mood_sent = payload["mood"]
    mood = current.mood
    if mood_sent != _mood_order_v1(current):
        mood = coding.attempt(meanings.order_mood_v3_up, mood_sent, meanings.order_mood_v3_unread)
        keep(kept, "mood@v1", mood_sent, mood, meanings.order_mood_v3_down(mood))
    gift_sent = payload["gift"]
    gift = current.gift
    if gift_sent != _gift_order_v1(current):
        gift = meanings.order_gift_v3_up(gift_sent)
    day_sent = payload["day"]
    day = current.day
    if day_sent != _day_order_v1(current):
        day = codecs.date_to_datetime(day_sent)
    return replace(
        current,
        total=total,
        tax=tax,
        amount=amount,
        patience=patience,
        delays=delays,
        placed=placed,
        length=length,
        small=small,
        note=note,
        share=share,
        email=email,
        tags=tags,
        numbers=numbers,
        state=state,
        mood=mood,
        gift=gift,
        way=meanings.order_way_v3_up(payload["way"]),
        day=day,
        kept=kept,
    )


def _tax_order_v2(record: records.Order) -> Decimal:
    """The `tax` that v2 is shown; word for word what it wrote, while that stands."""
    shown: Decimal = codecs.float_to_decimal(record.tax)
    stored = record.tax
    return written(record.kept, "tax@v2", stored, shown, Decimal)


def _note_order_v2(record: records.Order) -> str:
    """The `note` that v2 is shown; word for word what it wrote, while that stands."""
    shown: str = codecs.int_to_text(record.note) if record.note is not None else ""
    stored = record.note
    return written(record.kept, "note@v1", stored, shown)


def _share_order_v2(record: records.Order) -> float:
    """The `share` that v2 is shown."""
    return coding.attempt(codecs.text_to_float, record.share, 0.0)


def _email_order_v2(record: records.Order) -> str:
    """The `email` that v2 is shown."""
    return coding.attempt(list_codecs.first, record.email, "nobody@example.com")


def _tags_order_v2(record: records.Order) -> str:
    """The `tags` that v2 is shown; word for word what it wrote, while that stands."""
    shown: str = list_codecs.list_to_csv(record.tags)
    stored = record.tags
    return written(record.kept, "tags@v1", stored, shown)


def _numbers_order_v2(record: records.Order) -> list[int]:
    """The `numbers` that v2 is shown; word for word what it wrote, while that stands."""
    shown: list[int] = list_codecs.listed(record.numbers)
    stored = record.numbers
    return written(record.kept, "numbers@v1", stored, shown)


def _state_order_v2(record: records.Order) -> state_shapes.StateV1:
    """The `state` that v2 is shown."""
    return coding.attempt(meanings.order_state_v3_down, record.state, meanings.order_state_v3_unshown)


def _mood_order_v2(record: records.Order) -> str:
    """The `mood` that v2 is shown; word for word what it wrote, while that stands."""
    shown: str = meanings.order_mood_v3_down(record.mood)
    stored = record.mood
    return written(record.kept, "mood@v1", stored, shown)


def _gift_order_v2(record: records.Order) -> bool:
    """The `gift` that v2 is shown."""
    return coding.attempt(meanings.order_gift_v3_down, record.gift, True)


def order_v2(record: records.Order) -> OrderV2:
    """Show the record to a client of v2.

    v3: Renamed `Order.timeout` to `patience`.
    v3: Changed `Order.tax`: its type to float.
    v3: Changed `Order.note`: its type to int, it to allow null.
    v3: Changed `Order.email`: its type to list[email].
    v3: Changed `Order.tags`: its type to list[str].
    v3: Changed `Order.numbers`: its type to int.
    v3: Changed `Order.state`: its type to str.
    v3: Changed `Order.mood`: its type to State.
    v3: Changed `Order.gift`: its type to OrderGift.
    v3: Changed `Order.way`: its type to Road.
    v3: Changed `Order.share`: its type to str.
    """
    shown: OrderV2 = {
        "id": record.id,
        "total": record.total,
        "tax": _tax_order_v2(record),
        "amount": record.amount,
        "delays": record.delays,
        "placed": record.placed,
        "length": record.length,
        "small": record.small,
        "note": _note_order_v2(record),
        "share": _share_order_v2(record),
        "email": _email_order_v2(record),
        "tags": _tags_order_v2(record),
        "numbers": _numbers_order_v2(record),
        "state": _state_order_v2(record),
        "mood": _mood_order_v2(record),
        "gift": _gift_order_v2(record),
        "way": meanings.order_way_v3_down(record.way),
        "day": record.day,
    }
    if record.patience is not ABSENT:
        shown["timeout"] = record.patience
    return shown


def create_order_v2(payload: OrderCreateV2, now: datetime) -> records.Order:
    """Make the record that a client of v2 asks for."""
    kept: Kept = {}
    tax_sent = payload["tax"]
    tax = codecs.decimal_to_float(tax_sent)
    keep(kept, "tax@v2", tax_sent, tax, codecs.float_to_decimal(tax))
    note_sent = payload["note"]
    note = coding.attempt(codecs.text_to_int, note_sent, None)
    keep(kept, "note@v1", note_sent, note, codecs.int_to_text(note) if note is not None else "")
    share_sent = payload["share"]
    share = codecs.float_to_text(share_sent)
    email_sent = payload["email"]
    email = list_codecs.listed(email_sent)
    tags_sent = payload["tags"]
    tags = list_codecs.csv_to_list(tags_sent)
    keep(kept, "tags@v1", tags_sent, tags, list_codecs.list_to_csv(tags))
    numbers_sent = payload["numbers"]
    numbers = list_codecs.last(numbers_sent)
    keep(kept, "numbers@v1", numbers_sent, numbers, list_codecs.listed(numbers))
    state_sent = payload["state"]
    state = meanings.order_state_v3_up(state_sent)
    mood_sent = payload["mood"]
    mood = coding.attempt(meanings.order_mood_v3_up, mood_sent, meanings.order_mood_v3_unread)
    keep(kept, "mood@v1", mood_sent, mood, meanings.order_mood_v3_down(mood))
    gift_sent = payload["gift"]
    gift = meanings.order_gift_v3_up(gift_sent)
    return records.Order(
        id=UNASSIGNED,
        total=payload["total"],
        tax=tax,
        amount=payload["amount"],
        patience=payload.get("timeout", ABSENT),
        delays=payload["delays"],
        placed=payload["placed"],
        length=payload["length"],
        small=payload["small"],
        note=note,
        share=share,
        email=email,
        tags=tags,
        numbers=numbers,
        state=state,
        mood=mood,
        gift=gift,
        way=meanings.order_way_v3_up(payload["way"]),
        day=payload["day"],
        kept=kept,
    )


def update_order_v2(current: records.Order, payload: OrderUpdateV2, now: datetime) -> records.Order:
    """Change what a client of v2 sent, and nothing else."""
    kept = dict(current.kept)
    tax = current.tax
    if "tax" in payload:
        tax_sent = payload["tax"]
        tax = current.tax
        if differs(tax_sent, _tax_order_v2(current)):
            tax = codecs.decimal_to_float(tax_sent)
            keep(kept, "tax@v2", tax_sent, tax, codecs.float_to_decimal(tax))
    note = current.note
    if "note" in payload:
        note_sent = payload["note"]
        note = current.note
        if note_sent != _note_order_v2(current):
            note = coding.attempt(codecs.text_to_int, note_sent, None)
            keep(kept, "note@v1", note_sent, note, codecs.int_to_text(note) if note is not None else "")
    share = current.share
    if "share" in payload:
        share_sent = payload["share"]
        share = current.share
        if share_sent != _share_order_v2(current):
            share = codecs.float_to_text(share_sent)
    email = current.email
    if "email" in payload:
        email_sent = payload["email"]
        email = current.email
        if email_sent != _email_order_v2(current):
            email = list_codecs.listed(email_sent)
    tags = current.tags
    if "tags" in payload:
        tags_sent = within(ORDER_TAGS_V2, payload["tags"], _tags_order_v2(current), "tags")
        tags = current.tags
        if tags_sent != _tags_order_v2(current):
            tags = list_codecs.csv_to_list(tags_sent)
            keep(kept, "tags@v1", tags_sent, tags, list_codecs.list_to_csv(tags))
    numbers = current.numbers
    if "numbers" in payload:
        numbers_sent = within(ORDER_NUMBERS_V2, payload["numbers"], _numbers_order_v2(current), "numbers")
        numbers = current.numbers
        if numbers_sent != _numbers_order_v2(current):
            numbers = list_codecs.last(numbers_sent)
            keep(kept, "numbers@v1", numbers_sent, numbers, list_codecs.listed(numbers))
    state = current.state
    if "state" in payload:
        state_sent = payload["state"]
        state = current.state
        if state_sent != _state_order_v2(current):
            state = meanings.order_state_v3_up(state_sent)
    mood = current.mood
    if "mood" in payload:
        mood_sent = payload["mood"]
        mood = current.mood
        if mood_sent != _mood_order_v2(current):
            mood = coding.attempt(meanings.order_mood_v3_up, mood_sent, meanings.order_mood_v3_unread)
            keep(kept, "mood@v1", mood_sent, mood, meanings.order_mood_v3_down(mood))
    gift = current.gift
    if "gift" in payload:
        gift_sent = payload["gift"]
        gift = current.gift
        if gift_sent != _gift_order_v2(current):
            gift = meanings.order_gift_v3_up(gift_sent)
    way = current.way
    if "way" in payload:
        way = meanings.order_way_v3_up(payload["way"])
    return replace(
        current,
        total=payload.get("total", current.total),
        tax=tax,
        amount=payload.get("amount", current.amount),
        patience=cleared(payload["timeout"]) if "timeout" in payload else current.patience,
        delays=payload.get("delays", current.delays),
        placed=payload.get("placed", current.placed),
        length=payload.get("length", current.length),
        small=payload.get("small", current.small),
        note=note,
        share=share,
        email=email,
        tags=tags,
        numbers=numbers,
        state=state,
        mood=mood,
        gift=gift,
        way=way,
        day=payload.get("day", current.day),
        kept=kept,
    )


def replace_order_v2(current: records.Order, payload: OrderReplaceV2, now: datetime) -> records.Order:
    """Replace what a client of v2 can see of the record."""
    kept = dict(current.kept)
    tax_sent = payload["tax"]
    tax = current.tax
    if differs(tax_sent, _tax_order_v2(current)):
        tax = codecs.decimal_to_float(tax_sent)
        keep(kept, "tax@v2", tax_sent, tax, codecs.float_to_decimal(tax))
    note_sent = payload["note"]
    note = current.note
    if note_sent != _note_order_v2(current):
        note = coding.attempt(codecs.text_to_int, note_sent, None)
        keep(kept, "note@v1", note_sent, note, codecs.int_to_text(note) if note is not None else "")
    share_sent = payload["share"]
    share = current.share
    if share_sent != _share_order_v2(current):
        share = codecs.float_to_text(share_sent)
    email_sent = payload["email"]
    email = current.email
    if email_sent != _email_order_v2(current):
        email = list_codecs.listed(email_sent)
    tags_sent = within(ORDER_TAGS_V2, payload["tags"], _tags_order_v2(current), "tags")
    tags = current.tags
    if tags_sent != _tags_order_v2(current):
        tags = list_codecs.csv_to_list(tags_sent)
        keep(kept, "tags@v1", tags_sent, tags, list_codecs.list_to_csv(tags))
    numbers_sent = within(ORDER_NUMBERS_V2, payload["numbers"], _numbers_order_v2(current), "numbers")
    numbers = current.numbers
    if numbers_sent != _numbers_order_v2(current):
        numbers = list_codecs.last(numbers_sent)
        keep(kept, "numbers@v1", numbers_sent, numbers, list_codecs.listed(numbers))
    state_sent = payload["state"]
    state = current.state
    if state_sent != _state_order_v2(current):
        state = meanings.order_state_v3_up(state_sent)
    mood_sent = payload["mood"]
    mood = current.mood
    if mood_sent != _mood_order_v2(current):
        mood = coding.attempt(meanings.order_mood_v3_up, mood_sent, meanings.order_mood_v3_unread)
        keep(kept, "mood@v1", mood_sent, mood, meanings.order_mood_v3_down(mood))
    gift_sent = payload["gift"]
    gift = current.gift
    if gift_sent != _gift_order_v2(current):
        gift = meanings.order_gift_v3_up(gift_sent)
    return replace(
        current,
        total=payload["total"],
        tax=tax,
        amount=payload["amount"],
        patience=payload.get("timeout", ABSENT),
        delays=payload["delays"],
        placed=payload["placed"],
        length=payload["length"],
        small=payload["small"],
        note=note,
        share=share,
        email=email,
        tags=tags,
        numbers=numbers,
        state=state,
        mood=mood,
        gift=gift,
        way=meanings.order_way_v3_up(payload["way"]),
        day=payload["day"],
        kept=kept,
    )


def order_v3(record: records.Order) -> OrderV3:
    """Show the record to a client of v3."""
    shown: OrderV3 = {
        "id": record.id,
        "total": record.total,
        "tax": record.tax,
        "amount": record.amount,
        "delays": record.delays,
        "placed": record.placed,
        "length": record.length,
        "small": record.small,
        "note": record.note,
        "share": record.share,
        "email": record.email,
        "tags": record.tags,
        "numbers": record.numbers,
        "state": record.state,
        "mood": record.mood,
        "gift": record.gift,
        "way": record.way,
        "day": record.day,
    }
    if record.patience is not ABSENT:
        shown["patience"] = record.patience
    return shown


def create_order_v3(payload: OrderCreateV3, now: datetime) -> records.Order:
    """Make the record that a client of v3 asks for."""
    return records.Order(
        id=UNASSIGNED,
        total=payload["total"],
        tax=payload["tax"],
        amount=payload["amount"],
        patience=payload.get("patience", ABSENT),
        delays=payload["delays"],
        placed=payload["placed"],
        length=payload["length"],
        small=payload["small"],
        note=payload["note"],
        share=payload["share"],
        email=payload["email"],
        tags=payload["tags"],
        numbers=payload["numbers"],
        state=payload["state"],
        mood=payload["mood"],
        gift=payload["gift"],
        way=payload["way"],
        day=payload["day"],
        kept={},
    )


def update_order_v3(current: records.Order, payload: OrderUpdateV3, now: datetime) -> records.Order:
    """Change what a client of v3 sent, and nothing else."""
    return replace(
        current,
        total=payload.get("total", current.total),
        tax=payload.get("tax", current.tax),
        amount=payload.get("amount", current.amount),
        patience=cleared(payload["patience"]) if "patience" in payload else current.patience,
        delays=payload.get("delays", current.delays),
        placed=payload.get("placed", current.placed),
        length=payload.get("length", current.length),
        small=payload.get("small", current.small),
        note=payload.get("note", current.note),
        share=payload.get("share", current.share),
        email=payload.get("email", current.email),
        tags=payload.get("tags", current.tags),
        numbers=payload.get("numbers", current.numbers),
        state=payload.get("state", current.state),
        mood=payload.get("mood", current.mood),
        gift=payload.get("gift", current.gift),
        way=payload.get("way", current.way),
        day=payload.get("day", current.day),
    )


def replace_order_v3(current: records.Order, payload: OrderCreateV3, now: datetime) -> records.Order:
    """Replace what a client of v3 can see of the record."""
    return replace(
        current,
        total=payload["total"],
        tax=payload["tax"],
        amount=payload["amount"],
        patience=payload.get("patience", ABSENT),
        delays=payload["delays"],
        placed=payload["placed"],
        length=payload["length"],
        small=payload["small"],
        note=payload["note"],
        share=payload["share"],
        email=payload["email"],
        tags=payload["tags"],
        numbers=payload["numbers"],
        state=payload["state"],
        mood=payload["mood"],
        gift=payload["gift"],
        way=payload["way"],
        day=payload["day"],
    )

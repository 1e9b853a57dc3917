"""The forms of Payment that versions show and accept, and their ways to and from the record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from .. import constraints, records
from ..absent import ABSENT
from ..kept import Kept, keep, written
from ..promised import Promised
from ..shapes import Shape
from ..taking import plainly
from ..variants import OneOf
from . import card as card_shapes
from . import cheque as cheque_shapes
from . import town as town_shapes
from . import transfer as transfer_shapes
from . import wallet as wallet_shapes


class PaymentInputV1(TypedDict):
    """Payment as it is sent, since v1."""

    method: PaymentMethodV1
    amount: Annotated[str, constraints.matching("^[0-9]+$")]
    place: NotRequired[town_shapes.PlaceV1]


PAYMENT_INPUT_V1 = Shape[PaymentInputV1](PaymentInputV1)


class PaymentV1(TypedDict):
    """Payment as it is shown, since v1."""

    method: PaymentMethodV1
    amount: Annotated[str, Promised(Annotated[str, constraints.matching("^[0-9]+$")])]
    place: NotRequired[town_shapes.PlaceV1]


PAYMENT_V1 = Shape[PaymentV1](PaymentV1)


class PaymentInputV2(TypedDict):
    """Payment as it is sent, since v2."""

    method: PaymentMethodV2
    amount: Annotated[str, constraints.matching("^[0-9]+$")]
    place: NotRequired[town_shapes.PlaceV1]


PAYMENT_INPUT_V2 = Shape[PaymentInputV2](PaymentInputV2)


class PaymentV2(TypedDict):
    """Payment as it is shown, since v2."""

    method: PaymentMethodV2
    amount: Annotated[str, Promised(Annotated[str, constraints.matching("^[0-9]+$")])]
    place: NotRequired[town_shapes.PlaceV1]


PAYMENT_V2 = Shape[PaymentV2](PaymentV2)


class PaymentInputV3(TypedDict):
    """Payment as it is sent, since v3."""

    method: PaymentMethodV3
    amount: Annotated[str, constraints.matching("^[0-9]{1,9}$")]
    place: NotRequired[town_shapes.PlaceV1]


PAYMENT_INPUT_V3 = Shape[PaymentInputV3](PaymentInputV3)


class PaymentV3(TypedDict):
    """Payment as it is shown, since v3."""

    method: PaymentMethodV3
    amount: Annotated[str, Promised(Annotated[str, constraints.matching("^[0-9]{1,9}$")])]
    place: NotRequired[town_shapes.PlaceV1]


PAYMENT_V3 = Shape[PaymentV3](PaymentV3)


class PaymentMethodV1(OneOf, told_by="kind", words={"card": "card", "wallet": "wallet", "cheque": "cheque"}):
    """One of the types of Payment.method, since v1."""

    card: card_shapes.CardV1
    wallet: wallet_shapes.WalletV1
    cheque: cheque_shapes.ChequeV1


PAYMENT_METHOD_V1 = Shape[PaymentMethodV1](PaymentMethodV1)


class PaymentMethodV2(
    OneOf, told_by="kind", words={"card": "card", "wallet": "wallet", "cheque": "cheque", "transfer": "transfer"}
):
    """One of the types of Payment.method, since v2."""

    card: card_shapes.CardV1
    wallet: wallet_shapes.WalletV1
    cheque: cheque_shapes.ChequeV1
    transfer: transfer_shapes.TransferV2


PAYMENT_METHOD_V2 = Shape[PaymentMethodV2](PaymentMethodV2)


class PaymentMethodV3(OneOf, told_by="kind", words={"card": "card", "wallet": "wallet", "transfer": "transfer"}):
    """One of the types of Payment.method, since v3."""

    card: card_shapes.CardV1
    wallet: wallet_shapes.WalletV1
    transfer: transfer_shapes.TransferV2


PAYMENT_METHOD_V3 = Shape[PaymentMethodV3](PaymentMethodV3)


def create_payment_v1(payload: PaymentInputV1, now: datetime) -> records.Payment:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    method_sent = payload["method"]
    method = create_payment_method_v1(method_sent, now)
    keep(
        kept,
        "method@v1",
        plainly(method_sent, PAYMENT_METHOD_V1.plain),
        method,
        plainly(payment_method_v1(method), PAYMENT_METHOD_V1.plain),
    )
    place_sent = payload.get("place", ABSENT)
    place = ABSENT if place_sent is ABSENT else town_shapes.create_place_v1(place_sent, now)
    return records.Payment(method=method, amount=payload["amount"], place=place, kept=kept)


def _method_payment_v1(record: records.Payment) -> PaymentMethodV1:
    """The `method` that v1 is shown; word for word what it wrote, while that stands."""
    shown: PaymentMethodV1 = payment_method_v1(record.method)
    stored = record.method
    return written(record.kept, "method@v1", stored, shown, PAYMENT_METHOD_V1.restored)


def payment_v1(record: records.Payment) -> PaymentV1:
    """Show the record to a client of v1.

    v2: Added variant `Transfer` to `Method`.
    v2: Renamed type `Place` to `Town`.
    v3: Removed variant `Cheque` from `Method`.
    v3: Changed type `Money`: it is str.
    v3: Changed type `Town`: documents call it `acme.Town`.
    """
    shown: PaymentV1 = {"method": _method_payment_v1(record), "amount": record.amount}
    if record.place is not ABSENT:
        shown["place"] = town_shapes.place_v1(record.place)
    return shown


def create_payment_v2(payload: PaymentInputV2, now: datetime) -> records.Payment:
    """Make the record that a client of v2 asks for."""
    kept: Kept = {}
    method_sent = payload["method"]
    method = create_payment_method_v2(method_sent, now)
    keep(
        kept,
        "method@v2",
        plainly(method_sent, PAYMENT_METHOD_V2.plain),
        method,
        plainly(payment_method_v2(method), PAYMENT_METHOD_V2.plain),
    )
    place_sent = payload.get("place", ABSENT)
    place = ABSENT if place_sent is ABSENT else town_shapes.create_place_v1(place_sent, now)
    return records.Payment(method=method, amount=payload["amount"], place=place, kept=kept)


def _method_payment_v2(record: records.Payment) -> PaymentMethodV2:
    """The `method` that v2 is shown; word for word what it wrote, while that stands."""
    shown: PaymentMethodV2 = payment_method_v2(record.method)
    stored = record.method
    return written(record.kept, "method@v2", stored, shown, PAYMENT_METHOD_V2.restored)


def payment_v2(record: records.Payment) -> PaymentV2:
    """Show the record to a client of v2.

    v3: Removed variant `Cheque` from `Method`.
    v3: Changed type `Money`: it is str.
    v3: Changed type `Town`: documents call it `acme.Town`.
    """
    shown: PaymentV2 = {"method": _method_payment_v2(record), "amount": record.amount}
    if record.place is not ABSENT:
        shown["place"] = town_shapes.place_v1(record.place)
    return shown


def create_payment_v3(payload: PaymentInputV3, now: datetime) -> records.Payment:
    """Make the record that a client of v3 asks for."""
    place_sent = payload.get("place", ABSENT)
    place = ABSENT if place_sent is ABSENT else town_shapes.create_place_v1(place_sent, now)
    return records.Payment(
        method=create_payment_method_v3(payload["method"], now), amount=payload["amount"], place=place, kept={}
    )


def payment_v3(record: records.Payment) -> PaymentV3:
    """Show the record to a client of v3."""
    shown: PaymentV3 = {"method": payment_method_v3(record.method), "amount": record.amount}
    if record.place is not ABSENT:
        shown["place"] = town_shapes.place_v1(record.place)
    return shown


def create_payment_method_v1(sent: PaymentMethodV1, now: datetime) -> records.Card | records.Wallet | records.Transfer:
    """What a client of v1 sends as Payment.method, as records have it."""
    if sent.tag == "card":
        return card_shapes.create_card_v1(sent.card, now)
    if sent.tag == "wallet":
        return wallet_shapes.create_wallet_v1(sent.wallet, now)
    return records.Card(kind="card", number="unknown")


def payment_method_v1(record: records.Card | records.Wallet | records.Transfer) -> PaymentMethodV1:
    """Show Payment.method to a client of v1."""
    if isinstance(record, records.Card):
        return PaymentMethodV1(card=card_shapes.card_v1(record))
    if isinstance(record, records.Wallet):
        return PaymentMethodV1(wallet=wallet_shapes.wallet_v1(record))
    return PaymentMethodV1(card={"kind": "card", "number": "unknown"})


def create_payment_method_v2(sent: PaymentMethodV2, now: datetime) -> records.Card | records.Wallet | records.Transfer:
    """What a client of v2 sends as Payment.method, as records have it."""
    if sent.tag == "card":
        return card_shapes.create_card_v1(sent.card, now)
    if sent.tag == "wallet":
        return wallet_shapes.create_wallet_v1(sent.wallet, now)
    if sent.tag == "cheque":
        return records.Card(kind="card", number="unknown")
    return transfer_shapes.create_transfer_v2(sent.transfer, now)


def payment_method_v2(record: records.Card | records.Wallet | records.Transfer) -> PaymentMethodV2:
    """Show Payment.method to a client of v2."""
    if isinstance(record, records.Card):
        return PaymentMethodV2(card=card_shapes.card_v1(record))
    if isinstance(record, records.Wallet):
        return PaymentMethodV2(wallet=wallet_shapes.wallet_v1(record))
    return PaymentMethodV2(transfer=transfer_shapes.transfer_v2(record))


def create_payment_method_v3(sent: PaymentMethodV3, now: datetime) -> records.Card | records.Wallet | records.Transfer:
    """What a client of v3 sends as Payment.method, as records have it."""
    if sent.tag == "card":
        return card_shapes.create_card_v1(sent.card, now)
    if sent.tag == "wallet":
        return wallet_shapes.create_wallet_v1(sent.wallet, now)
    return transfer_shapes.create_transfer_v2(sent.transfer, now)


def payment_method_v3(record: records.Card | records.Wallet | records.Transfer) -> PaymentMethodV3:
    """Show Payment.method to a client of v3."""
    if isinstance(record, records.Card):
        return PaymentMethodV3(card=card_shapes.card_v1(record))
    if isinstance(record, records.Wallet):
        return PaymentMethodV3(wallet=wallet_shapes.wallet_v1(record))
    return PaymentMethodV3(transfer=transfer_shapes.transfer_v2(record))

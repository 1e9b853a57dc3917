def _method_payment_v1(record: records.Payment) -> PaymentMethodV1:
    """The `method` that v1 is shown; word for word what it wrote, while that stands."""
    shown: PaymentMethodV1 = payment_method_v1(record.method)
    stored = record.method
    return written(record.kept, "method@v1", stored, shown, PAYMENT_METHOD_V1.restored)


def _spare_payment_v1(record: records.Payment) -> PaymentMethodV1 | Absent | None:
    """The `spare` that v1 is shown; word for word what it wrote, while that stands."""
    shown: PaymentMethodV1 | Absent | None = (
        (payment_method_v1(record.spare) if record.spare is not None else None)
        if record.spare is not ABSENT
        else ABSENT
    )
    stored = record.spare
    return written(record.kept, "spare@v1", stored, shown, PAYMENT_METHOD_V1.restored)


def _others_payment_v1(record: records.Payment) -> list[PaymentMethodV1]:
    """The `others` that v1 is shown; word for word what it wrote, while that stands."""
    shown: list[PaymentMethodV1] = [payment_method_v1(item) for item in record.others]
    stored = record.others
    return written(
        record.kept, "others@v1", stored, shown, lambda value: [(PAYMENT_METHOD_V1.restored)(item) for item in value]
    )


def payment_v1(record: records.Payment) -> PaymentV1:
    """Show the record to a client of v1.

    v2: Added variant `Wallet` to `Method`.
    v3: Removed variant `Cheque` from `Method`.
    """
    shown: PaymentV1 = {
        "id": record.id,
        "amount": record.amount,
        "method": _method_payment_v1(record),
        "others": _others_payment_v1(record),
    }
    spare = _spare_payment_v1(record)
    if spare is not ABSENT:
        shown["spare"] = spare
    if record.named is not ABSENT:
        shown["named"] = {key: payment_named_v1(item) for key, item in record.named.items()}
    if record.marks is not ABSENT:
        shown["marks"] = record.marks
    return shown


def create_payment_v1(payload: PaymentCreateV1, now: datetime) -> records.Payment:
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
    spare_sent = payload.get("spare", ABSENT)
    spare = (
        ABSENT if spare_sent is ABSENT else (None if spare_sent is None else create_payment_method_v1(spare_sent, now))
    )
    keep(
        kept,
        "spare@v1",
        plainly(spare_sent, PAYMENT_METHOD_V1.plain),
        spare,
        plainly(
            (payment_method_v1(spare) if spare is not None else None) if spare is not ABSENT else ABSENT,
            PAYMENT_METHOD_V1.plain,
        ),
    )
    others_sent = payload.get("others", [])
    others = [create_payment_method_v1(item, now) for item in others_sent]
    keep(
        kept,
        "others@v1",
        plainly(others_sent, lambda value: [(PAYMENT_METHOD_V1.plain)(item) for item in value]),
        others,
        plainly(
            [payment_method_v1(item) for item in others],
            lambda value: [(PAYMENT_METHOD_V1.plain)(item) for item in value],
        ),
    )
    named_sent = payload.get("named", ABSENT)
    named = (
        ABSENT
        if named_sent is ABSENT
        else {key: create_payment_named_v1(item, now) for key, item in named_sent.items()}
    )
    return records.Payment(
        id=UNASSIGNED,
        amount=payload["amount"],
        method=method,
        spare=spare,
        others=others,
        named=named,
        marks=payload.get("marks", ABSENT),
        kept=kept,
    )


def update_payment_v1(current: records.Payment, payload: PaymentUpdateV1, now: datetime) -> records.Payment:
    """Change what a client of v1 sent, and nothing else."""
    kept = dict(current.kept)
    method = current.method
    if "method" in payload:
        method_sent = payload["method"]
        method = current.method
        if method_sent != _method_payment_v1(current):
            method_now = current.method
            method = replace_payment_method_v1(method_now, method_sent, now)
            keep(
                kept,
                "method@v1",
                plainly(method_sent, PAYMENT_METHOD_V1.plain),
                method,
                plainly(payment_method_v1(method), PAYMENT_METHOD_V1.plain),
            )
    spare = current.spare
    if "spare" in payload:
        spare_sent = payload["spare"]
        spare = current.spare
        if spare_sent != _spare_payment_v1(current):
            spare_now = current.spare
            spare = (
                None
                if spare_sent is None
                else (
                    replace_payment_method_v1(spare_now, spare_sent, now)
                    if spare_now is not ABSENT and spare_now is not None
                    else create_payment_method_v1_(spare_sent, now)
                )
            )
            keep(
                kept,
                "spare@v1",
                plainly(spare_sent, PAYMENT_METHOD_V1.plain),
                spare,
                plainly(payment_method_v1(spare) if spare is not None else None, PAYMENT_METHOD_V1.plain),
            )
    others = current.others
    if "others" in payload:
        others_sent = payload["others"]
        others = current.others
        if others_sent != _others_payment_v1(current):
            others_now = current.others
            others = match_items(
                others_now,
                others_sent,
                lambda one, item: False,
                lambda one, item: replace_payment_method_v1(one, item, now),
                lambda item: create_payment_method_v1_(item, now),
                lambda one, item: payment_method_v1(one) == item,
            )
            keep(
                kept,
                "others@v1",
                plainly(others_sent, lambda value: [(PAYMENT_METHOD_V1.plain)(item) for item in value]),
                others,
                plainly(
                    [payment_method_v1(item) for item in others],
                    lambda value: [(PAYMENT_METHOD_V1.plain)(item) for item in value],
                ),
            )
    named = current.named
    if "named" in payload:
        named_sent = cleared(
            merged_keys(
                ({key: payment_named_v1(item) for key, item in current.named.items()})
                if current.named is not ABSENT
                else ABSENT,
                payload["named"],
            )
        )
        named = (
            ABSENT
            if named_sent is ABSENT
            else {key: create_payment_named_v1_(item, now) for key, item in named_sent.items()}
        )
    return replace(
        current,
        amount=payload.get("amount", current.amount),
        method=method,
        spare=spare,
        others=others,
        named=named,
        marks=cleared(payload["marks"]) if "marks" in payload else current.marks,
        kept=kept,
    )


def replace_payment_v1(current: records.Payment, payload: PaymentCreateV1, now: datetime) -> records.Payment:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    method_sent = payload["method"]
    method = current.method
    if method_sent != _method_payment_v1(current):
        method_now = current.method
        method = replace_payment_method_v1(method_now, method_sent, now)
        keep(
            kept,
            "method@v1",
            plainly(method_sent, PAYMENT_METHOD_V1.plain),
            method,
            plainly(payment_method_v1(method), PAYMENT_METHOD_V1.plain),
        )
    spare_sent = payload.get("spare", ABSENT)
    spare = current.spare
    if spare_sent != _spare_payment_v1(current):
        spare_now = current.spare
        spare = (
            ABSENT
            if spare_sent is ABSENT
            else (
                None
                if spare_sent is None
                else (
                    replace_payment_method_v1(spare_now, spare_sent, now)
                    if spare_now is not ABSENT and spare_now is not None
                    else create_payment_method_v1_(spare_sent, now)
                )
            )
        )
        keep(
            kept,
            "spare@v1",
            plainly(spare_sent, PAYMENT_METHOD_V1.plain),
            spare,
            plainly(
                (payment_method_v1(spare) if spare is not None else None) if spare is not ABSENT else ABSENT,
                PAYMENT_METHOD_V1.plain,
            ),
        )
    others_sent = payload.get("others", [])
    others = current.others
    if others_sent != _others_payment_v1(current):
        others_now = current.others
        others = match_items(
            others_now,
            others_sent,
            lambda one, item: False,
            lambda one, item: replace_payment_method_v1(one, item, now),
            lambda item: create_payment_method_v1_(item, now),
            lambda one, item: payment_method_v1(one) == item,
        )
        keep(
            kept,
            "others@v1",
            plainly(others_sent, lambda value: [(PAYMENT_METHOD_V1.plain)(item) for item in value]),
            others,
            plainly(
                [payment_method_v1(item) for item in others],
                lambda value: [(PAYMENT_METHOD_V1.plain)(item) for item in value],
            ),
        )
    named_sent = payload.get("named", ABSENT)
    named = (
        ABSENT
        if named_sent is ABSENT
        else {key: create_payment_named_v1_(item, now) for key, item in named_sent.items()}
    )
    return replace(
        current,
        amount=payload["amount"],
        method=method,
        spare=spare,
        others=others,
        named=named,
        marks=payload.get("marks", ABSENT),
        kept=kept,
    )


def payment_method_v1(record: records.Card | records.Wallet) -> PaymentMethodV1:
    """Show Payment.method to a client of v1."""
    if isinstance(record, records.Card):
        return PaymentMethodV1(card=card_shapes.card_v1(record))
    return PaymentMethodV1(card={"kind": "card", "number": "unknown"})


def payment_named_v1(record: int | str) -> PaymentNamedV1:
    """Show Payment.named to a client of v1."""
    if isinstance(record, int):
        return PaymentNamedV1(integer=record)
    return PaymentNamedV1(text=record)


def create_payment_method_v1(sent: PaymentMethodV1, now: datetime) -> records.Card | records.Wallet:
    """What a client of v1 sends as Payment.method, as records have it."""
    if sent.tag == "card":
        return card_shapes.create_card_v1(sent.card, now)
    return records.Card(kind="card", number="none")


def create_payment_named_v1(sent: PaymentNamedV1, now: datetime) -> int | str:
    """What a client of v1 sends as Payment.named, as records have it."""
    if sent.tag == "integer":
        return sent.integer
    return sent.text


def replace_payment_method_v1(
    current: records.Card | records.Wallet, sent: PaymentMethodV1, now: datetime
) -> records.Card | records.Wallet:
    """What a client of v1 sends as Payment.method, over what is there."""
    if payment_method_v1(current) == sent:
        return current
    if sent.tag == "card" and isinstance(current, records.Card):
        return card_shapes.replace_card_v1(current, sent.card, now)
    return create_payment_method_v1_(sent, now)

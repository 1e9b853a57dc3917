def _price_account_v1(record: records.Account) -> str:
    """The `price` that v1 is shown; word for word what it wrote, while that stands."""
    shown: str = codecs.decimal_to_text(record.billing.amount)
    stored = record.billing.amount
    return written(record.kept, "price@v1", stored, shown)


def _status_account_v1(record: records.Account) -> status_shapes.StatusV1:
    """The `status` that v1 is shown."""
    return status_shapes.STATUS_V1_DOWN[record.status]


def _born_account_v1(record: records.Account) -> date:
    """The `born` that v1 is shown."""
    return codecs.datetime_to_date(record.birth)


def account_v1(record: records.Account) -> AccountV1:
    """Show the record to a client of v1.

    v2: Renamed `Account.name` to `full_name`.
    v3: Added field `Account.country` (str).
    v4: Moved `Account.street` and `Account.zip` into `Account.address`.
    v5: Changed `Account.price`: its type from str to decimal.
    v6: Renamed `Account.full_name` to `display_name`.
    v7: Added value `archived` to `Status`.
    v8: Renamed `Account.address.street` to `line`.
    v9: Removed field `Account.note`.
    v10: Added field `Account.created_at` (datetime).
    v11: Renamed value `"open"` of `Status` to `"active"`.
    v12: Moved `Account.address.zip` up to `Account`.
    v13: Renamed `Account.price` to `amount`.
    v14: Changed `Account.display_name`: its max_length to `80`.
    v15: Changed `Account.born`: its type to datetime.
    v16: Renamed `Account.born` to `birth`.
    v17: Renamed `Account.left` to `right` and `Account.right` to `left`.
    v18: Changed `Account.country`: it to be optional.
    v19: Moved `Account.amount` and `Account.zip` into `Account.billing`.
    v20: Renamed `Account.display_name` to `name`.
    v20: Renamed `Account.billing.zip` to `postcode`.
    """
    shown: AccountV1 = {
        "id": record.id,
        "name": record.name,
        "street": record.address.line,
        "zip": record.billing.postcode,
        "price": _price_account_v1(record),
        "status": _status_account_v1(record),
        "born": _born_account_v1(record),
        "left": record.right,
        "right": record.left,
    }
    if record.note is not ABSENT:
        shown["note"] = record.note
    return shown


def create_account_v1(payload: AccountCreateV1, now: datetime) -> records.Account:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    billing_amount_sent = payload["price"]
    billing_amount = codecs.text_to_decimal(billing_amount_sent)
    keep(kept, "price@v1", billing_amount_sent, billing_amount, codecs.decimal_to_text(billing_amount))
    status_sent = payload.get("status", "open")
    status = status_shapes.STATUS_V1_UP[status_sent]
    birth_sent = payload["born"]
    birth = codecs.date_to_datetime(birth_sent)
    address_line = payload["street"]
    address = records.AccountAddress(line=address_line)
    billing_postcode = payload["zip"]
    billing = records.AccountBilling(amount=billing_amount, postcode=billing_postcode)
    return records.Account(
        id=UNASSIGNED,
        name=payload["name"],
        status=status,
        birth=birth,
        right=payload["left"],
        left=payload["right"],
        country="GB",
        address=address,
        created_at=now,
        billing=billing,
        note=payload.get("note", ABSENT),
        kept=kept,
    )


def replace_account_v1(current: records.Account, payload: AccountReplaceV1, now: datetime) -> records.Account:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    billing_amount_sent = within(ACCOUNT_PRICE_V1, payload["price"], _price_account_v1(current), "price")
    billing_amount = current.billing.amount
    if billing_amount_sent != _price_account_v1(current):
        billing_amount = codecs.text_to_decimal(billing_amount_sent)
        keep(kept, "price@v1", billing_amount_sent, billing_amount, codecs.decimal_to_text(billing_amount))
    status_sent = payload.get("status", "open")
    status = current.status
    if status_sent != _status_account_v1(current):
        status = status_shapes.STATUS_V1_UP[status_sent]
    birth_sent = payload["born"]
    birth = current.birth
    if birth_sent != _born_account_v1(current):
        birth = codecs.date_to_datetime(birth_sent)
    address_line = payload["street"]
    address = current.address
    address = replace(address, line=cast(Any, address_line))
    billing_postcode = payload["zip"]
    billing = current.billing
    billing = replace(billing, amount=cast(Any, billing_amount), postcode=cast(Any, billing_postcode))
    return replace(
        current,
        name=payload["name"],
        status=status,
        birth=birth,
        right=payload["left"],
        left=payload["right"],
        address=address,
        billing=billing,
        note=payload.get("note", ABSENT),
        kept=kept,
    )

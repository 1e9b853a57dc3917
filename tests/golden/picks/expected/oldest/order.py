def _shipping_order_v1(record: records.Order) -> address_shapes.AddressV1:
    """The `shipping` that v1 is shown."""
    return address_shapes.address_v1(record.shipping[0]) if record.shipping else {"street": "none"}


def _billing_order_v1(record: records.Order) -> address_shapes.AddressV1 | Absent:
    """The `billing` that v1 is shown."""
    return (
        (address_shapes.address_v1(record.billing[-1]) if record.billing else {"street": "none"})
        if record.billing is not ABSENT
        else ABSENT
    )


def _contacts_order_v1(record: records.Order) -> list[contact_shapes.ContactV1]:
    """The `contacts` that v1 is shown; word for word what it wrote, while that stands."""
    shown: list[contact_shapes.ContactV1] = [contact_shapes.contact_v1(record.contacts)]
    stored = record.contacts
    return written(
        record.kept,
        "contacts@v1",
        stored,
        shown,
        lambda value: [(contact_shapes.CONTACT_V1.restored)(item) for item in value],
    )


def _stops_order_v1(record: records.Order) -> list[address_shapes.AddressV1] | Absent:
    """The `stops` that v1 is shown; word for word what it wrote, while that stands."""
    shown: list[address_shapes.AddressV1] | Absent = (
        ([address_shapes.address_v1(record.stops)]) if record.stops is not ABSENT else ABSENT
    )
    stored = record.stops
    return written(
        record.kept,
        "stops@v1",
        stored,
        shown,
        lambda value: [(address_shapes.ADDRESS_V1.restored)(item) for item in value],
    )


def order_v1(record: records.Order) -> OrderV1:
    """Show the record to a client of v1.

    v2: Changed `Order.shipping`: its type to list[Address].
    v2: Changed `Order.billing`: its type to list[Address].
    v2: Changed `Order.contacts`: its type to Contact.
    v2: Changed `Order.stops`: its type to Address.
    v2: Changed `Order.inside.place`: its type to list[Address].
    v2: Added optional field `Address.code` (str).
    v3: Renamed `Address.street` to `road`.
    """
    shown: OrderV1 = {
        "id": record.id,
        "shipping": _shipping_order_v1(record),
        "contacts": _contacts_order_v1(record),
        "status": record.status,
        "inside": order_inside_shapes.order_inside_v1(record.inside),
    }
    billing = _billing_order_v1(record)
    if billing is not ABSENT:
        shown["billing"] = billing
    stops = _stops_order_v1(record)
    if stops is not ABSENT:
        shown["stops"] = stops
    return shown


def create_order_v1(payload: OrderCreateV1, now: datetime) -> records.Order:
    """Make the record that a client of v1 asks for."""
    kept: Kept = {}
    shipping_sent = payload["shipping"]
    shipping = [address_shapes.create_address_v1(shipping_sent, now)]
    billing_sent = payload.get("billing", ABSENT)
    billing = ABSENT if billing_sent is ABSENT else [address_shapes.create_address_v1(billing_sent, now)]
    contacts_sent = payload["contacts"]
    contacts = contact_shapes.create_contact_v1(contacts_sent[0], now)
    keep(
        kept,
        "contacts@v1",
        plainly(contacts_sent, lambda value: [(contact_shapes.CONTACT_V1.plain)(item) for item in value]),
        contacts,
        plainly(
            [contact_shapes.contact_v1(contacts)],
            lambda value: [(contact_shapes.CONTACT_V1.plain)(item) for item in value],
        ),
    )
    stops_sent = payload.get("stops", ABSENT)
    stops = (
        ABSENT
        if stops_sent is ABSENT
        else (address_shapes.create_address_v1(stops_sent[-1], now) if stops_sent else records.Address(road="nowhere"))
    )
    keep(
        kept,
        "stops@v1",
        plainly(stops_sent, lambda value: [(address_shapes.ADDRESS_V1.plain)(item) for item in value]),
        stops,
        plainly(
            ([address_shapes.address_v1(stops)]) if stops is not ABSENT else ABSENT,
            lambda value: [(address_shapes.ADDRESS_V1.plain)(item) for item in value],
        ),
    )
    return records.Order(
        id=UNASSIGNED,
        shipping=shipping,
        billing=billing,
        contacts=contacts,
        stops=stops,
        status=payload.get("status", "draft"),
        inside=inside("inside", lambda: order_inside_shapes.create_order_inside_v1(payload["inside"], now)),
        kept=kept,
    )


def update_order_v1(current: records.Order, payload: OrderUpdateV1, now: datetime) -> records.Order:
    """Change what a client of v1 sent, and nothing else."""
    kept = dict(current.kept)
    shipping = current.shipping
    if "shipping" in payload:
        shipping_sent = payload["shipping"]
        shipping = current.shipping
        if shipping_sent != _shipping_order_v1(current):
            shipping_now = current.shipping
            shipping = over_one(
                shipping_now,
                0,
                lambda one: inside("shipping", address_shapes.update_address_v1, one, shipping_sent, now),
                lambda: address_shapes.create_address_v1(
                    whole(
                        address_shapes.ADDRESS_UPDATE_V1,
                        address_shapes.ADDRESS_V1,
                        over(_shipping_order_v1(current), shipping_sent, ["street", "city", "since"]),
                        ("shipping",),
                    ),
                    now,
                ),
            )
    billing = current.billing
    if "billing" in payload:
        billing_sent = cleared(payload["billing"])
        billing = current.billing
        if billing_sent != _billing_order_v1(current):
            billing_now = current.billing
            billing = (
                ABSENT
                if billing_sent is ABSENT
                else over_one(
                    billing_now,
                    -1,
                    lambda one: inside("billing", address_shapes.update_address_v1, one, billing_sent, now),
                    lambda: address_shapes.create_address_v1(
                        whole(
                            address_shapes.ADDRESS_UPDATE_V1,
                            address_shapes.ADDRESS_V1,
                            over(_billing_order_v1(current), billing_sent, ["street", "city", "since"]),
                            ("billing",),
                        ),
                        now,
                    ),
                )
            )
    contacts = current.contacts
    if "contacts" in payload:
        contacts_sent = payload["contacts"]
        contacts = current.contacts
        if contacts_sent != _contacts_order_v1(current):
            contacts_now = current.contacts
            contacts = contact_shapes.replace_contact_v1(contacts_now, contacts_sent[0], now)
            keep(
                kept,
                "contacts@v1",
                plainly(contacts_sent, lambda value: [(contact_shapes.CONTACT_V1.plain)(item) for item in value]),
                contacts,
                plainly(
                    [contact_shapes.contact_v1(contacts)],
                    lambda value: [(contact_shapes.CONTACT_V1.plain)(item) for item in value],
                ),
            )
    stops = current.stops
    if "stops" in payload:
        stops_sent = cleared(payload["stops"])
        stops = current.stops
        if stops_sent != _stops_order_v1(current):
            stops_now = current.stops
            stops = (
                ABSENT
                if stops_sent is ABSENT
                else (
                    (
                        address_shapes.replace_address_v1(stops_now, stops_sent[-1], now)
                        if stops_now
                        else address_shapes.create_address_v1(stops_sent[-1], now)
                    )
                    if stops_sent
                    else records.Address(road="nowhere")
                )
            )
            keep(
                kept,
                "stops@v1",
                plainly(stops_sent, lambda value: [(address_shapes.ADDRESS_V1.plain)(item) for item in value]),
                stops,
                plainly(
                    ([address_shapes.address_v1(stops)]) if stops is not ABSENT else ABSENT,
                    lambda value: [(address_shapes.ADDRESS_V1.plain)(item) for item in value],
                ),
            )
    inside_ = current.inside
    if "inside" in payload:
        inside__sent = payload["inside"]
        inside__now = current.inside
        inside_ = inside("inside", order_inside_shapes.update_order_inside_v1, inside__now, inside__sent, now)
    return replace(
        current,
        shipping=shipping,
        billing=billing,
        contacts=contacts,
        stops=stops,
        status=payload.get("status", current.status),
        inside=inside_,
        kept=kept,
    )


def replace_order_v1(current: records.Order, payload: OrderCreateV1, now: datetime) -> records.Order:
    """Replace what a client of v1 can see of the record."""
    kept = dict(current.kept)
    shipping_sent = payload["shipping"]
    shipping = current.shipping
    if shipping_sent != _shipping_order_v1(current):
        shipping_now = current.shipping
        shipping = over_one(
            shipping_now,
            0,
            lambda one: address_shapes.replace_address_v1(one, shipping_sent, now),
            lambda: address_shapes.create_address_v1(shipping_sent, now),
        )
    billing_sent = payload.get("billing", ABSENT)
    billing = current.billing
    if billing_sent != _billing_order_v1(current):
        billing_now = current.billing
        billing = (
            ABSENT
            if billing_sent is ABSENT
            else over_one(
                billing_now,
                -1,
                lambda one: address_shapes.replace_address_v1(one, billing_sent, now),
                lambda: address_shapes.create_address_v1(billing_sent, now),
            )
        )
    contacts_sent = payload["contacts"]
    contacts = current.contacts
    if contacts_sent != _contacts_order_v1(current):
        contacts_now = current.contacts
        contacts = contact_shapes.replace_contact_v1(contacts_now, contacts_sent[0], now)
        keep(
            kept,
            "contacts@v1",
            plainly(contacts_sent, lambda value: [(contact_shapes.CONTACT_V1.plain)(item) for item in value]),
            contacts,
            plainly(
                [contact_shapes.contact_v1(contacts)],
                lambda value: [(contact_shapes.CONTACT_V1.plain)(item) for item in value],
            ),
        )
    stops_sent = payload.get("stops", ABSENT)
    stops = current.stops
    if stops_sent != _stops_order_v1(current):
        stops_now = current.stops
        stops = (
            ABSENT
            if stops_sent is ABSENT
            else (
                (
                    address_shapes.replace_address_v1(stops_now, stops_sent[-1], now)
                    if stops_now
                    else address_shapes.create_address_v1(stops_sent[-1], now)
                )
                if stops_sent
                else records.Address(road="nowhere")
            )
        )
        keep(
            kept,
            "stops@v1",
            plainly(stops_sent, lambda value: [(address_shapes.ADDRESS_V1.plain)(item) for item in value]),
            stops,
            plainly(
                ([address_shapes.address_v1(stops)]) if stops is not ABSENT else ABSENT,
                lambda value: [(address_shapes.ADDRESS_V1.plain)(item) for item in value],
            ),
        )
    inside__sent = payload["inside"]
    inside__now = current.inside
    inside_ = inside("inside", order_inside_shapes.replace_order_inside_v1, inside__now, inside__sent, now)
    return replace(
        current,
        shipping=shipping,
        billing=billing,
        contacts=contacts,
        stops=stops,
        status=payload.get("status", "draft"),
        inside=inside_,
        kept=kept,
    )

def trip_v1(record: records.Trip) -> TripV1:
    """Show the record to a client of v1.

    v2: Added optional field `Trip.spare` (Leg).
    v3: Added variant `Flight` to `Leg`.
    """
    shown: TripV1 = {"id": record.id, "name": record.name, "legs": [trip_first_v1(item) for item in record.legs]}
    if record.first is not ABSENT:
        shown["first"] = trip_first_v1(record.first)
    if record.back is not ABSENT:
        shown["back"] = trip_back_shapes.trip_back_v1(record.back)
    return shown


def create_trip_v1(payload: TripCreateV1, now: datetime) -> records.Trip:
    """Make the record that a client of v1 asks for."""
    first_sent = payload.get("first", ABSENT)
    first = ABSENT if first_sent is ABSENT else create_trip_first_v1(first_sent, now)
    back_sent = payload.get("back", ABSENT)
    back = ABSENT if back_sent is ABSENT else trip_back_shapes.create_trip_back_v1(back_sent, now)
    return records.Trip(
        id=UNASSIGNED,
        name=payload["name"],
        first=first,
        legs=[create_trip_first_v1(item, now) for item in payload.get("legs", [])],
        back=back,
    )


def update_trip_v1(current: records.Trip, payload: TripUpdateV1, now: datetime) -> records.Trip:
    """Change what a client of v1 sent, and nothing else."""
    first = current.first
    if "first" in payload:
        first_sent = cleared(payload["first"])
        first_now = current.first
        first = (
            ABSENT
            if first_sent is ABSENT
            else (
                replace_trip_first_v1(first_now, first_sent, now)
                if first_now is not ABSENT and first_now is not None
                else create_trip_first_v1_(first_sent, now)
            )
        )
    legs = current.legs
    if "legs" in payload:
        legs_sent = payload["legs"]
        legs_now = current.legs
        legs = match_items(
            legs_now,
            legs_sent,
            lambda one, item: False,
            lambda one, item: replace_trip_first_v1(one, item, now),
            lambda item: create_trip_first_v1_(item, now),
            lambda one, item: trip_first_v1(one) == item,
        )
    back = current.back
    if "back" in payload:
        back_sent = cleared(payload["back"])
        back_now = current.back
        back = (
            ABSENT
            if back_sent is ABSENT
            else (
                inside("back", trip_back_shapes.update_trip_back_v1, back_now, back_sent, now)
                if back_now
                else trip_back_shapes.create_trip_back_v1(
                    whole(trip_back_shapes.TRIP_BACK_UPDATE_V1, trip_back_shapes.TRIP_BACK_V1, back_sent, ("back",)),
                    now,
                )
            )
        )
    return replace(current, name=payload.get("name", current.name), first=first, legs=legs, back=back)


def replace_trip_v1(current: records.Trip, payload: TripCreateV1, now: datetime) -> records.Trip:
    """Replace what a client of v1 can see of the record."""
    first_sent = payload.get("first", ABSENT)
    first_now = current.first
    first = (
        ABSENT
        if first_sent is ABSENT
        else (
            replace_trip_first_v1(first_now, first_sent, now)
            if first_now is not ABSENT and first_now is not None
            else create_trip_first_v1_(first_sent, now)
        )
    )
    legs_sent = payload.get("legs", [])
    legs_now = current.legs
    legs = match_items(
        legs_now,
        legs_sent,
        lambda one, item: False,
        lambda one, item: replace_trip_first_v1(one, item, now),
        lambda item: create_trip_first_v1_(item, now),
        lambda one, item: trip_first_v1(one) == item,
    )
    back_sent = payload.get("back", ABSENT)
    back_now = current.back
    back = (
        ABSENT
        if back_sent is ABSENT
        else (
            trip_back_shapes.replace_trip_back_v1(back_now, back_sent, now)
            if back_now
            else trip_back_shapes.create_trip_back_v1(back_sent, now)
        )
    )
    return replace(current, name=payload["name"], first=first, legs=legs, back=back)


def trip_first_v1(record: records.Walk | records.Ride | records.Flight) -> TripFirstV1:
    """Show Trip.first to a client of v1."""
    if isinstance(record, records.Walk):
        return TripFirstV1(walk=walk_shapes.walk_v1(record))
    if isinstance(record, records.Ride):
        return TripFirstV1(ride=ride_shapes.ride_v1(record))
    raise Hidden("Trip.first")


def create_trip_first_v1(sent: TripFirstV1, now: datetime) -> records.Walk | records.Ride | records.Flight:
    """What a client of v1 sends as Trip.first, as records have it."""
    if sent.tag == "walk":
        return walk_shapes.create_walk_v1(sent.walk, now)
    return ride_shapes.create_ride_v1(sent.ride, now)


def replace_trip_first_v1(
    current: records.Walk | records.Ride | records.Flight, sent: TripFirstV1, now: datetime
) -> records.Walk | records.Ride | records.Flight:
    """What a client of v1 sends as Trip.first, over what is there."""
    if trip_first_v1(current) == sent:
        return current
    if sent.tag == "walk" and isinstance(current, records.Walk):
        return walk_shapes.replace_walk_v1(current, sent.walk, now)
    if sent.tag == "ride" and isinstance(current, records.Ride):
        return ride_shapes.replace_ride_v1(current, sent.ride, now)
    return create_trip_first_v1_(sent, now)

def email_v1(record: records.Email) -> EmailV1:
    """Show the record to a client of v1.

    v2: Changed `User.id`: its type to uuid, and int for older versions.
    v2: Renamed `Email.user_id` to `owner`.
    v3: Moved resource `Email` to `/emails`.
    v4: Moved resource `Email` to `/accounts/{owner}/emails`.
    """
    shown: EmailV1 = {"id": record.id, "user_id": record.user_id, "address": record.address}
    return shown


def create_email_v1(payload: EmailCreateV1, now: datetime) -> records.Email:
    """Make the record that a client of v1 asks for."""
    return records.Email(id=UNASSIGNED, owner=UNASSIGNED, address=payload["address"], user_id=UNASSIGNED)


def update_email_v1(current: records.Email, payload: EmailUpdateV1, now: datetime) -> records.Email:
    """Change what a client of v1 sent, and nothing else."""
    return replace(current, address=payload.get("address", current.address))


def replace_email_v1(current: records.Email, payload: EmailCreateV1, now: datetime) -> records.Email:
    """Replace what a client of v1 can see of the record."""
    return replace(current, address=payload["address"])

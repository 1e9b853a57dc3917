"""Capturing a payment, as clients of both versions see it."""

from __future__ import annotations

from payments.generated.testing import Api

NEW = {"amount": 5000, "currency": "EUR", "merchant": "acme", "card_last4": "4242", "card_brand": "visa"}


def test_an_old_client_goes_on_capturing_after_v2(api: Api) -> None:
    v1, v2 = api("v1"), api("v2")
    made = v1.post("/payments", json=NEW).json()
    assert made["status"] == "authorised"

    captured = v1.post(f"/payments/{made['id']}/capture", json={"amount": 4000})

    assert captured.status_code == 200
    assert captured.json() == {**made, "status": "captured", "captured_amount": 4000}
    seen = v2.get(f"/payments/{made['id']}").json()
    assert seen["card"] == {"card_last4": "4242", "card_brand": "visa"}
    assert seen["merchant_account"] == "acme"


def test_capturing_twice_is_a_conflict_in_the_words_of_each_version(api: Api) -> None:
    v1, v2 = api("v1"), api("v2")
    id = v1.post("/payments", json=NEW).json()["id"]
    v1.post(f"/payments/{id}/capture", json={"amount": 1})

    again = v1.post(f"/payments/{id}/capture", json={"amount": 1})
    assert (again.status_code, again.json()) == (409, {"code": "already_captured", "payment": id})
    again = v2.post(f"/payments/{id}/capture", json={"amount": 1})
    assert (again.status_code, again.json()) == (409, {"code": "already_captured", "payment_id": id})


def test_a_declined_capture_fails_the_payment(api: Api) -> None:
    v2 = api("v2")
    id = api("v1").post("/payments", json=NEW).json()["id"]

    declined = v2.post(f"/payments/{id}/capture", json={"amount": 1013})

    assert (declined.status_code, declined.json()["code"]) == (409, "declined")
    assert v2.get(f"/payments/{id}").json()["status"] == "failed"

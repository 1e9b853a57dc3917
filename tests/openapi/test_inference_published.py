"""Published histories: the changes between adjacent versions give back the documents, and guesses make sense."""

from __future__ import annotations

import os
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from scaffold.contract.changes import Change, Describe
from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, Version, evolve
from scaffold.openapi import differences, document
from scaffold.openapi.inference import infer, order, unrelated
from scaffold.openapi.reading import parse, read

ROOT = Path(os.environ.get("SCAFFOLD_SHARED", "../shared")) / "histories" / "adyen"
SERVICES: dict[str, list[int]] = {}
for _path in sorted(ROOT.glob("*.json")):
    _service, _, _number = _path.stem.rpartition("-v")
    SERVICES.setdefault(_service, []).append(int(_number))

pytestmark = pytest.mark.skipif(not SERVICES, reason=f"there are no published histories in {ROOT}")


def contracts(service: str) -> list[Contract]:
    """The contracts of a service, oldest first."""
    found = []
    for number in sorted(SERVICES[service]):
        path = ROOT / f"{service}-v{number}.json"
        found.append(read(parse(path.read_bytes(), path.name), version=f"v{number}", file=path.name).contract)
    return found


@pytest.mark.parametrize("guess", [True, False])
@pytest.mark.parametrize("service", SERVICES)
def test_each_version_is_given_back_to_the_last_description(service: str, guess: bool) -> None:
    first, *later = contracts(service)
    for new in later:
        found = infer(first, new, new.version, guess=guess)
        assert found.remaining == ()
        first, _ = evolve(first, found.changes, new.version)
        api, version = Api("x", "X"), Version(new.version, None)
        assert list(differences(document(first, api, version), document(new, api, version))) == []


def test_guesses_are_few_and_what_a_person_would_say() -> None:
    found = [
        (service, new.version, guess.change.sentence(), guess.confidence)
        for service in SERVICES
        for old, new in pairwise(contracts(service))
        for guess in infer(old, new, new.version).guesses
    ]
    assert found == [
        (
            "BalanceControlService",
            "v2",
            "Moved operation `POST /balanceTransfer` to `POST /balanceTransfers`.",
            pytest.approx(0.85, abs=0.1),
        ),
        (
            "BalanceControlService",
            "v2",
            "Renamed type `BalanceTransferRequestType` to `BalanceTransferType`.",
            pytest.approx(0.9, abs=0.1),
        ),
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_the_same_changes_come_whatever_the_order_of_declaration(service: str) -> None:
    for old, new in pairwise(contracts(service)):
        turned = Contract(
            old.version,
            dict(reversed(old.types.items())),
            operations=old.operations[::-1],
            security=old.security,
            security_schemes=old.security_schemes,
            extra=old.extra,
        )
        one, other = (infer(c, new, new.version).changes for c in (old, turned))
        assert Counter(map(said, one)) == Counter(map(said, other))


def said(change: Change) -> str:
    """A change in words that do not depend on the order of what it lists."""
    return ", ".join(sorted(change.places)) if isinstance(change, Describe) else change.sentence()


def test_services_are_told_apart_and_versions_are_in_order() -> None:
    every = {service: contracts(service) for service in SERVICES}
    for service, held in every.items():
        assert order(held) == ()
        assert all(unrelated(old, new) is None for old, new in pairwise(held))
        if len(held) > 1 and held[0].extra["info"]["version"] != held[-1].extra["info"]["version"]:
            assert order(held[::-1])
        others = [every[s] for s in SERVICES if s != service]
        assert all(unrelated(held[0], other[0]) for other in others)


def test_large_histories_take_seconds() -> None:
    service = max(SERVICES, key=lambda s: len(SERVICES[s]))
    held = contracts(service)
    begun = time.process_time()
    for old, new in pairwise(held):
        infer(old, new, new.version)
    assert time.process_time() - begun < 0.5 * len(held)

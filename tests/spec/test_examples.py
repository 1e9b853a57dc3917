"""The examples of the repository are specs that hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import Kind, Ref, Scalar
from scaffold.spec import load

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/api.yaml")), ids=lambda p: p.parent.name)
def test_an_example_is_a_history(path: Path) -> None:
    loaded = load(path.read_text(encoding="utf-8"))
    assert [v.id for v in loaded.history.versions] == ["v1", "v2"]
    assert loaded.warnings == ()


def test_the_shop_is_what_it_says() -> None:
    made = load((EXAMPLES / "shop" / "api.yaml").read_text(encoding="utf-8")).history
    user, product = made.newest.types["User"], made.newest.types["Product"]
    assert isinstance(user, ObjectType)
    assert isinstance(product, ObjectType)
    assert [f.name for f in user.fields] == ["id", "full_name", "email", "avatar_url", "address", "created_at"]
    price, status = (f.type for f in product.fields[2:4])
    assert isinstance(price, Scalar)
    assert (price.kind, status) == (Kind.DECIMAL, Ref("Status"))
    assert made.contract("v1").types["Status"] != made.newest.types["Status"]
    assert made.newest.envelope.template == {"data": "$items", "meta": {"total": "$total"}}
    assert made.versions[0].number == "1.1"

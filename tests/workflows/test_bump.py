"""`bump-version`: the draft and the given changes become the next version, and nothing else is touched."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.workflows.bump import bump_version, undo
from scaffold.workflows.check import check
from scaffold.workflows.outcome import Findings, Outcome

from ..projects import run, tree

TODAY = date(2026, 11, 21)

HANDLER = '''"""Products: yours."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from ..generated import records
from ..generated.handlers import ProductsBase, stores
from ..generated.storage import Stores


class Products(ProductsBase):
    """Titles are kept tidy."""

    async def create(self, product: records.Product) -> records.Product:
        """Create a product."""
        product.title = product.title.strip()
        return await super().create(product)


async def products_provider(stores: Annotated[Stores, Depends(stores)]) -> Products:
    """The handler for one request."""
    return Products(stores)
'''


def bump(project: Path, *changes: str, stage: str = "stable", released: date | None = None, **more: bool) -> Outcome:
    options = {"even_if_safe": False, "dry_run": False, **more}
    return bump_version(project, changes=changes, stage=stage, released=released, today=TODAY, **options)


def test_a_rename_cuts_v3_and_says_why(shop: Path) -> None:
    before = (shop / "api.yaml").read_text()
    outcome = bump(shop, "rename Product.title to name")

    assert outcome.data["version"] == "v3"
    assert outcome.summary[0] == "v3, because renaming `Product.title` breaks requests and responses."
    assert "v2 is deprecated on 2026-11-21 and retires on 2027-07-15." in outcome.summary
    after = (shop / "api.yaml").read_text()
    comments = [line for line in before.splitlines() if "#" in line]
    assert [line for line in after.splitlines() if "#" in line] == comments
    assert "- rename Product.title to name" in after
    guide = (shop / "docs/migration/v2-to-v3.md").read_text()
    assert "| What changes | Requests | Answers | What to do |" in guide
    assert "before:" in guide
    assert "1. Send `name` instead of `title`" in guide
    assert not check(shop, today=TODAY).diagnostics


def test_the_column_stays_and_the_attribute_maps_to_it(shop: Path) -> None:
    bump(shop, "rename Product.title to name")
    storage = (shop / "src/shop/generated/storage.py").read_text()
    assert '"name": Stored(products_table.c["title"])' in storage
    assert len(list((shop / "migrations/versions").glob("*.py"))) == 1


def test_a_handler_that_used_the_old_name_is_named_and_patched(shop: Path) -> None:
    (shop / "src/shop/handlers/products.py").write_text(HANDLER)
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)
    outcome = bump(shop, "rename Product.title to name")

    line = HANDLER.splitlines().index("        product.title = product.title.strip()") + 1
    told = "\n".join(outcome.summary)
    assert f"src/shop/handlers/products.py:{line}: product.title = product.title.strip()" in told
    assert outcome.output is not None
    subprocess.run(["git", "apply"], cwd=shop, input=outcome.output, text=True, check=True)
    patched = (shop / "src/shop/handlers/products.py").read_text()
    assert "product.name = product.name.strip()" in patched
    assert patched == HANDLER.replace("product.title", "product.name")


def test_a_safe_change_makes_a_release(shop: Path) -> None:
    outcome = bump(shop, "add User.nickname? str")
    assert outcome.data["version"] == "v2.1"
    assert not (shop / "openapi/v3.json").exists()
    assert '"nickname"' in (shop / "openapi/v2.json").read_text()
    assert not check(shop, today=TODAY).diagnostics


def test_a_safe_change_makes_a_version_when_that_is_asked_for(shop: Path) -> None:
    assert bump(shop, "add User.nickname? str", even_if_safe=True).data["version"] == "v3"


def test_the_draft_is_cut_with_its_comments(shop: Path) -> None:
    spec = (
        (shop / "api.yaml")
        .read_text()
        .replace(
            "next: []",
            "next:\n  # towards one name\n  - rename: Product.title\n    to: name   # as in the catalogue\nold: []",
        )
    )
    (shop / "api.yaml").write_text(spec[: spec.index("old: []")])
    bump(shop)
    after = (shop / "api.yaml").read_text()
    assert "# towards one name" in after
    assert "# as in the catalogue" in after
    assert after.index("id: v3") < after.index("# as in the catalogue")


def test_an_empty_draft_is_a_finding_and_nothing_is_written(shop: Path) -> None:
    before = tree(shop)
    with pytest.raises(Findings, match="SC440"):
        bump(shop)
    assert tree(shop) == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("rename Product.titel to name", "SC302"),
        ("rename Product.title to price", "SC303"),
        ("remove Product.title", "SC320"),
        ("nonsense", "SC301"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_and_nothing_is_written(shop: Path, change: str, code: str) -> None:
    before = tree(shop)
    with pytest.raises(ScaffoldError, match=code):
        bump(shop, change)
    assert tree(shop) == before


def test_a_dry_run_writes_nothing(shop: Path) -> None:
    before = tree(shop)
    outcome = bump(shop, "rename Product.title to name", dry_run=True)
    assert outcome.plan is not None
    assert any(a.path == "openapi/v3.json" for a in outcome.plan.changes)
    assert tree(shop) == before


def test_undo_puts_everything_back(shop: Path) -> None:
    before = tree(shop)
    bump(shop, "rename Product.title to name")
    undo(shop, today=TODAY, dry_run=False)
    assert tree(shop) == before


def test_what_clients_may_rely_on_cannot_be_undone(shop: Path) -> None:
    bump(shop, "rename Product.title to name")
    with pytest.raises(ScaffoldError, match="SC444"):
        undo(shop, today=date(2026, 11, 22), dry_run=False)


def test_a_preview_is_numbered_and_not_promised(shop: Path) -> None:
    outcome = bump(shop, "rename Product.title to name", stage="preview")
    assert outcome.next_command == "scaffold release v3"
    assert "deprecated" not in (shop / "api.yaml").read_text().split("id: v2")[1].split("changes")[0]
    assert '"v3"' not in (shop / "scaffold.lock").read_text().split("[files]")[0]


def test_more_versions_than_the_policy_allows_are_refused(shop: Path) -> None:
    bump(shop, "rename Product.title to name")
    with pytest.raises(ScaffoldError, match=r"SC437.*3 versions are active"):
        bump(shop, "rename Product.name to label")


def test_sunsets_never_decrease_along_the_history(shop: Path) -> None:
    bump(shop, "rename Product.title to name", released=date(2030, 1, 1))
    text = (shop / "api.yaml").read_text()
    assert "deprecated: 2030-01-01" in text
    assert "sunset: 2030-06-30" in text


def test_a_new_resource_says_what_your_code_still_lacks(shop: Path) -> None:
    spec = shop / "api.yaml"
    order = (
        "next:\n  - add: Order\n    path: /orders\n    fields:\n      id: {type: int, key: true}\n      note?: str\n"
    )
    spec.write_text(spec.read_text().replace("next: []", order + "#"))
    outcome = bump(shop)
    told = [d for d in outcome.diagnostics if d.code == "SC602"]
    assert [d.help for d in told] == ["add `orders=orders_provider,` to the call"]
    assert outcome.exit_code == 0
    assert [d.code for d in check(shop, today=TODAY).diagnostics] == ["SC602"]
    main = shop / "src/shop/main.py"
    text = main.read_text().replace("users=users_provider,", "users=users_provider,\n        orders=orders_provider,")
    main.write_text(text.replace("from .settings", "from .handlers.orders import orders_provider\nfrom .settings"))
    assert not check(shop, today=TODAY).diagnostics


def test_a_version_that_asks_who_calls_gets_the_place_where_you_say_it(shop: Path) -> None:
    spec = shop / "api.yaml"
    auth = (
        "next:\n  - change: auth\n    to:\n      schemes:\n        Key: {type: apiKey, in: header, name: X-API-Key}\n"
        "      default: [Key]\n"
    )
    spec.write_text(spec.read_text().replace("next: []", auth + "#"))
    assert not (shop / "src/shop/security.py").exists()
    outcome = bump(shop)
    told = [d for d in outcome.diagnostics if d.code == "SC602"]
    assert [(d.help, d.notes) for d in told] == [
        ("add `authenticate=authenticate,` to the call", ("from .security import authenticate",))
    ]
    main = shop / "src/shop/main.py"
    text = main.read_text().replace("environment=settings", "authenticate=authenticate,\n        environment=settings")
    main.write_text(text.replace("from .settings", "from .security import authenticate\nfrom .settings"))
    assert not check(shop, today=TODAY).diagnostics
    done = run(shop, "pytest", "-q", "-p", "no:cacheprovider", "tests/generated")
    assert done.returncode == 0, done.stdout[-4000:]


def test_a_function_that_the_spec_names_is_told_with_its_stub_and_tested_until_it_is_written(shop: Path) -> None:
    spec = shop / "api.yaml"
    change = "next:\n  - {change: Product.title, to: 'list[str]', codec: conversions.title}\n"
    spec.write_text(spec.read_text().replace("next: []", change + "#"))
    bump(shop)
    found = check(shop, today=TODAY).diagnostics
    assert [d.code for d in found] == ["SC604", "SC604"]
    mine = shop / "src/shop/conversions.py"
    mine.write_text("\n\n".join(note for d in found for note in d.notes))
    assert not check(shop, today=TODAY).diagnostics
    done = run(shop, "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/generated/test_conversions.py")
    assert done.returncode == 1
    assert "conversions.title_up" in done.stdout
    mine.write_text(
        "def title_up(value: str) -> list[str]:\n    return value.split(' ')\n\n\n"
        "def title_down(value: list[str]) -> str:\n    return ' '.join(value)\n"
    )
    done = run(shop, "pytest", "-q", "-p", "no:cacheprovider", "tests/generated")
    assert done.returncode == 0, done.stdout[-4000:]


def test_a_handler_that_lacks_a_method_is_found_before_the_start(made: Callable[[str], Path], tmp_path: Path) -> None:
    project = Path(shutil.copytree(made("payments"), tmp_path / "payments"))
    handler = project / "src/payments/handlers/payments.py"
    handler.write_text(handler.read_text().replace("async def capture_payment", "async def capture"))
    found = check(project, today=TODAY).diagnostics
    assert [d.code for d in found] == ["SC603"]
    assert found[0].notes[0].startswith("async def capture_payment(self, *, id: int, body: records.Capture)")

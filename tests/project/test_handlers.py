"""A rename finds the user's uses by type, says which are certain, and the patch renames just those."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scaffold.project.handlers import RenamedUse, Scan, find_uses, patch

from .trees import make_tree

TITLE = RenamedUse("Product", "title", "name")

GENERATED = {
    "src/shop/__init__.py": "",
    "src/shop/generated/__init__.py": "from .records import Product\n",
    "src/shop/generated/records.py": """
class Product:
    id: int
    title: str
    price: int
class User:
    title: str
""",
    "src/shop/generated/wire.py": """
from typing import Generic, TypeVar
T = TypeVar("T")
class Edit(Generic[T]):
    def apply(self, current: T | None) -> T: ...
class Page(Generic[T]):
    items: list[T]
class Rows(Generic[T]):
    async def all(self) -> Page[T]: ...
class Store(Rows[T]):
    async def get(self, key: int) -> T | None: ...
""",
    "src/shop/generated/storage.py": """
from .records import Product
from .wire import Store
class ProductRow:
    title: str
class ProductStore(Store[Product]): ...
""",
    "src/shop/generated/handlers.py": """
from .records import Product
from .storage import ProductStore
from .wire import Edit
class ProductsBase:
    def __init__(self, store: ProductStore) -> None:
        self.store = store
    async def create(self, edit: Edit[Product]) -> Product:
        return edit.apply(None).title
    async def update(self, id: int, edit: Edit[Product]) -> Product: ...
    async def list(self) -> "list[Product]": ...
""",
}


def scan(root: Path, names: tuple[RenamedUse, ...] = (TITLE,), /, **files: str) -> Scan:
    """Scan a project with these handler modules."""
    make_tree(root, GENERATED | {f"src/shop/handlers/{name}.py": text for name, text in files.items()})
    return find_uses(root, "shop", names)


def found(root: Path, text: str) -> list[tuple[int, bool]]:
    """Line and certainty of each use in one module."""
    return [(use.line, use.certain) for use in scan(root, products=text).uses]


HANDLER = """
from dataclasses import replace

from shop.generated.handlers import ProductsBase
from shop.generated.records import Product


class Products(ProductsBase):
    async def create(self, edit):
        record = edit.apply(None)
        if record.title == "":                      # 11
            raise ValueError(record.title.upper())  # 12
        return replace(record, title="x")           # 13

    async def update(self, id, edit):
        made = await super().update(id, edit)
        stored = await self.store.get(id)
        made.title = stored.title                   # 18 twice
        page = await self.store.all()
        for item in page.items:
            item.title                              # 21
        [p.title for p in await super().list()]     # 22
        return Product(id=1, title=made.title)      # 23 twice
"""


def test_types_come_from_the_base_class_the_store_and_the_edit(tmp_path: Path) -> None:
    lines = [11, 12, 13, 18, 18, 21, 22, 23, 23]
    assert found(tmp_path, HANDLER) == [(line, True) for line in lines]


@pytest.mark.parametrize(
    "code",
    [
        "def f(p: Product): p.title",
        "def f(p: 'Product'): p.title",
        "def f(p: Product | None): p.title",
        "def f(p: Optional[Product]): p.title",
        "def f(p: Annotated[Product, 1]): p.title",
        "def f(*, p: records.Product): p.title",
        "def f(p: passed.Product): p.title",
        "def f(p: Shorter): p.title",
        "def f(ps: list[Product]): ps[0].title",
        "def f(ps: list[Product]): ps[1:][0].title",
        "def f(ps: dict[int, Product]): ps[0].title",
        "def f(ps: Sequence[Product]): sorted(ps, key=len)[0].title",
        "def f(ps: list[Product]): next(iter(ps)).title",
        "def f(ps: list[Product]): return {p.id: p.title for p in ps}",
        "def f(ps: Iterator[Product]): return (p.id for p in ps if p.title)",
        "p = Product(id=1); p.title",
        "p: Product = g(); p.title",
        "p = cast(Product, g()); p.title",
        "p = cast('Product', g()); p.title",
        "def make() -> Product: ...\nmake().title",
        "async def make() -> Product: ...\nasync def f(): (await make()).title",
        "def make() -> Awaitable[Product]: ...\nasync def f(): (await make()).title",
        "def f(p):\n    if isinstance(p, Product): p.title",
        "def f(p):\n    if not isinstance(p, Product): return\n    p.title",
        "def f(p):\n    assert isinstance(p, Product) and p.id\n    p.title",
        "def f(p):\n    return p.title if isinstance(p, Product) else ''",
        "def f(p):\n    match p:\n        case Product(id=1): p.title",
        "def f(p):\n    match p:\n        case Product(id=1, title=t): t",
        "class Mine(Product): ...\nMine().title",
        "class Mine:\n    p: Product\n    def f(self): self.p.title",
        "class Mine:\n    @property\n    def p(self) -> Product: ...\n    def f(self): self.p.title",
        "class Mine:\n    def __init__(self, p: Product): self.p = p\n    def f(self): self.p.title",
        "@contextmanager\ndef make() -> Iterator[Product]: ...\nwith make() as p: p.title",
        "def f(p: Product): getattr(p, 'title', None)",
        "def f(p: Product): setattr(p, 'title', 1)",
        "def f(p: Product): dataclasses.replace(p, title='')",
        "def f(p: Product): return copy.copy(p).title",
        "def f(p: Product): del p.title",
        "def f(p: Product): p.title += 'x'",
        "def f(p: Product): return lambda: p.title",
        "def f(p: Product): (q := p).title",
        "def f(p: Product, q: Product): (p or q).title",
        "def f(p: Product):\n    def g(): return p.title",
        "def f(p: Product): return f'{p.title}'",
        "def f(e: Edit[Product]): e.apply(None).title",
        "Product.title",
        "Product(title='')",
        "records.Product(title='')",
    ],
)
def test_a_record_is_known_by(tmp_path: Path, code: str) -> None:
    uses = found(tmp_path, IMPORTS + code + "\n")
    assert uses
    assert all(certain for _, certain in uses)


IMPORTS = """
import copy, dataclasses
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Optional, cast
from ..generated import records, wire
from ..generated.records import Product as Product, Product as Shorter, User
from ..generated.wire import Edit
from shop import generated as passed
"""


@pytest.mark.parametrize(
    "code",
    [
        "def f(p): p.title",
        "def f(p: Any): p.title",
        "def f(p: Product | User): p.title",
        "def f(p): getattr(p, 'title')",
        "def f(p): dataclasses.replace(p, title='')",
        "p = Product()\nif g(): p = g()\np.title",
        "p = Product()\nfor p in g(): ...\np.title",
    ],
)
def test_what_may_be_a_record_is_found_but_not_certain(tmp_path: Path, code: str) -> None:
    uses = found(tmp_path, IMPORTS + code + "\n")
    assert uses
    assert not any(certain for _, certain in uses)


@pytest.mark.parametrize(
    "code",
    [
        "def f(u: User): u.title",
        "def f(u: User): dataclasses.replace(u, title='')",
        "User(title='')",
        "def f(s: str): s.title()",
        "'x'.title()",
        "def f(x): x.title()",
        "class Product:\n    title: str\ndef f(p: Product): p.title",
        "class Other:\n    title: str\nOther().title",
        "title = 1; dict(title=title)",
        "def f(p: Product): p.title_2; p.subtitle",
        "def f(ps: list[Product]): ps.title",
        "{'title': 1}['title']",
    ],
)
def test_what_is_something_else_is_not_found(tmp_path: Path, code: str) -> None:
    imports = IMPORTS.replace("Product as Product, ", "") if "class Product" in code else IMPORTS
    assert found(tmp_path, imports + code + "\n") == []


def test_generated_code_is_not_searched_and_the_users_tests_are(tmp_path: Path) -> None:
    use = "from shop.generated.records import Product\nProduct().title\n"
    make_tree(tmp_path, {"tests/test_a.py": use, "tests/generated/test_b.py": use})
    uses = scan(tmp_path, products="").uses
    assert [str(use) for use in uses] == ["tests/test_a.py:2:11"]


def test_a_row_class_can_be_renamed_in_as_well(tmp_path: Path) -> None:
    row = RenamedUse("ProductRow", "title", "name", module="storage")
    text = "from shop.generated.storage import ProductRow as Row\nselect(Row).where(Row.title == 'x')\n"
    (use,) = scan(tmp_path, (TITLE, row), products=text).uses
    assert (use.column, use.renamed, use.certain) == (23, row, True)


def test_a_file_that_cannot_be_parsed_is_a_warning(tmp_path: Path) -> None:
    result = scan(tmp_path, broken="def (:\n", products=IMPORTS + "Product().title\n")
    assert len(result.uses) == 1
    assert [(w.code, str(w.span)) for w in result.warnings] == [("SC601", "src/shop/handlers/broken.py:1:1")]


def git_apply(root: Path, diff: str) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "apply", "--check", "-"], cwd=root, input=diff.encode(), check=True)
    subprocess.run(["git", "apply", "-"], cwd=root, input=diff.encode(), check=True)


def test_git_applies_the_patch_and_only_certain_tokens_change(tmp_path: Path) -> None:
    unsure = "\n\ndef other(thing):\n    return thing.title  # title stays here\n"
    result = scan(tmp_path, products=HANDLER + unsure)
    git_apply(tmp_path, patch(result))
    text = (tmp_path / "src/shop/handlers/products.py").read_text()
    expected = HANDLER.replace(".title", ".name").replace("title=", "name=") + unsure
    assert text == expected
    assert [use.certain for use in find_uses(tmp_path, "shop", [TITLE]).uses] == [False]


def test_the_patch_keeps_line_ends_and_counts_characters_not_bytes(tmp_path: Path) -> None:
    head = "from shop.generated.records import Product\n"
    files = {
        "crlf": (head + "def f(p: Product):\n    return p.title\n").replace("\n", "\r\n"),
        "no_end": head + "def f(p: Product): return p.title",
        "wide": head + "def f(p: Product): return '日本\U0001f600', p.title, 'é', p.title\n",
        "feed": head + "x = 1\n\x0c\ndef f(p: Product):\n    return ' \u2028', p.title\n",
        "split": head + "def f(p: Product): return (\n    p\n    .title  # the title\n)\n",
        "text": head + 'def f(p: Product): return getattr(p, """title"""), getattr(p, r"title")\n',
        "tabbed": head + "def f(p: Product):\n\treturn p.title\n",
    }
    git_apply(tmp_path, patch(scan(tmp_path, **files)))
    for name, before in files.items():
        after = (tmp_path / f"src/shop/handlers/{name}.py").read_bytes().decode()
        expected = before.replace(".title", ".name").replace('"title"', '"name"')
        assert after == expected, name


def test_a_use_inside_an_f_string_is_patched_only_where_its_place_is_sure(tmp_path: Path) -> None:
    text = 'from shop.generated.records import Product\n\ndef f(p: Product):\n    return f"""\n  a {p.title} b\n"""\n'
    result = scan(tmp_path, products=text)
    assert [use.renamed for use in result.uses] == [TITLE]
    if patch(result):
        git_apply(tmp_path, patch(result))
        assert (tmp_path / "src/shop/handlers/products.py").read_text() == text.replace(".title", ".name")


def test_nothing_to_rename_is_an_empty_patch(tmp_path: Path) -> None:
    assert patch(scan(tmp_path, products="x = 1\n")) == ""


def test_a_use_says_where_it_is(tmp_path: Path) -> None:
    (use,) = scan(tmp_path, products="from shop.generated.records import Product\nprint(Product().title)\n").uses
    assert use.data() == {
        "file": "src/shop/handlers/products.py",
        "line": 2,
        "column": 17,
        "source": "print(Product().title)",
        "owner": "Product",
        "old": "title",
        "new": "name",
        "meaning": None,
        "certain": True,
    }


def test_what_nothing_says_the_type_of_may_be_anything(tmp_path: Path) -> None:
    text = "from shop.generated.wire import Store\n\nasync def f(s: Store) -> None:\n    (await s.get(1)).title\n"
    assert found(tmp_path, text) == [(4, False)]


def test_a_store_that_the_base_class_takes_from_others_is_known(tmp_path: Path) -> None:
    text = """
from shop.generated.handlers import NotesBase


class Notes(NotesBase):
    async def list(self, query):
        page = await self.products.all()
        return [p.title for p in page.items]  # 8
"""
    base = """
from .storage import ProductStore
class Stores:
    products: ProductStore
class NotesBase:
    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        self.products = stores.products
"""
    make_tree(tmp_path, GENERATED | {"src/shop/generated/handlers.py": base, "src/shop/handlers/notes.py": text})
    assert [(u.line, u.certain) for u in find_uses(tmp_path, "shop", (TITLE,)).uses] == [(8, True)]


def test_what_means_something_else_is_told_and_not_patched(tmp_path: Path) -> None:
    price = RenamedUse("Product", "price", "price", meaning="cents<->decimal")
    title = RenamedUse("Product", "title", "name", meaning="conversions.title")
    text = "from shop.generated.records import Product\n\ndef f(p: Product) -> None:\n    p.price, p.title\n"
    made = scan(tmp_path, (price, title), products=text)
    assert [(use.line, use.certain) for use in made.uses] == [(4, True), (4, True)]
    assert [str(use.renamed) for use in made.uses] == [
        "Product.price means something else now: cents<->decimal",
        "Product.title is Product.name now, and means something else: conversions.title",
    ]
    assert patch(made) == ""


def test_a_renamed_value_of_an_enum_is_found_where_it_is_written(tmp_path: Path) -> None:
    done = RenamedUse("Status", "done", "finished", text=True)
    text = 'OVER = ("done", "cancelled")\n\ndef f(x): return x.done or x == "undone"\n'
    make_tree(tmp_path, {"tests/test_old.py": 'SENT = {"status": "done"}\n'})
    made = scan(tmp_path, (done,), products=text)
    assert [(use.line, use.column, use.certain) for use in made.uses] == [(1, 10, False)]
    assert str(made.uses[0].renamed) == "'done' of Status is 'finished' now"
    assert patch(made) == ""

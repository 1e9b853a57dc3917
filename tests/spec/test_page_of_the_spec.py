"""Every piece of a spec that `docs/spec.md` shows is one that the tool takes, in a spec around it."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

PAGE = Path(__file__).parents[2] / "docs" / "spec.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)

NAME = "api: {name: shop}\n"
USER = """
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, "street?": str, "city?": str}
"""
ORDER = """
  Order:
    path: /orders
    fields: {id: {type: int, key: true}, size: int}
"""
PRODUCT = """
  Product:
    path: /products
    fields: {id: {type: int, key: true}, price: {type: str, example: EUR 12.50}}
  Room:
    path: /rooms
    fields: {id: {type: int, key: true}, heat: float}
"""
PERSON = """
  User:
    path: /users
    fields: {id: {type: int, key: true}, full_name: str, address: Address}
"""
EMAIL = """
  Email:
    path: /users/{user_id}/emails
    fields: {id: {type: int, key: true}, user_id: {ref: User}}
"""
REPORT = "operations:\n  POST /reports: {id: report, body: Report, response: Report}\n"
FIRST = "versions:\n  - {id: v1, released: 2025-01-15}\n"
TYPES = "".join(
    f"  {name}: {{fields: {{kind: str}}}}\n"
    for name in ("Wallet", "Card", "Invitation", "Refusal", "Problem", "Filter", "Report", "Job")
)


def kinds(block: str) -> str:
    """The types that the page mentions, as far as `block` does not state them."""
    lines = TYPES.splitlines(keepends=True)
    return "".join(line for line in lines if f"\n{line.partition(':')[0]}:" not in block)


def over(block: str, *resources: str, before: str = "") -> str:
    """A spec that ends with the changes in `block`, each list item in a version of its own."""
    spec = f"{NAME}types:\n{kinds('')}{before}resources:{''.join(resources)}{REPORT}{FIRST}"
    for number, change in enumerate(re.split(r"^(?=- )", block, flags=re.MULTILINE)[1:], start=2):
        spec += f"  - id: v{number}\n    released: {2024 + number}-01-15\n    changes:\n{indent(change, ' ' * 6)}"
    return spec


def around(block: str) -> str:
    """The whole spec that a block of the page is a part of; fails for one that nobody said this of."""
    first = block.splitlines()[0].partition("#")[0].strip()
    second = block.splitlines()[1].partition("#")[0].strip() if block.count("\n") > 1 else ""
    match first, second:
        case ("api:", _):
            return f"{block}resources:{USER}{FIRST}"
        case ("types:", _):
            return f"{NAME}{block}{kinds(block)}resources:{USER}{FIRST}"
        case ("auth:", _):
            return f"{NAME}types:\n{kinds(block)}{block}{FIRST}"
        case ("errors:", _):
            return f"{NAME}{block}resources:{USER}{FIRST}"
        case ("resources:", "User:"):
            return f"{NAME}types:\n{kinds(block)}{block}{FIRST}"
        case ("resources:", "Order:" | "Email:"):
            return f"{NAME}{block.replace('resources:', f'resources:{USER}', 1)}{FIRST}"
        case ("resources:", "Note:"):
            return f"{NAME}auth: bearer\n{block}{FIRST}"
        case ("versions:", _):
            return f"{NAME}resources:{USER}{block}"
        case ("- id: v1.1", _):
            dated = re.sub(r"^(- id: v1\.1|- id: v2)$", r"\1\n  released: 2026-01-15", block, flags=re.MULTILINE)
            return f"{NAME}resources:{USER}{FIRST}{indent(dated, '  ')}"
        case ("- split: User.full_name", _):
            return over(
                block.partition("- split User")[0], PERSON, before="  Address: {fields: {line: str, town: str}}\n"
            )
        case _ if first.startswith("pagination:"):
            log = "    path: /logs\n    fields: {id: {type: int, key: true}}\n"
            return f"{NAME}{block.rstrip()}\n{log}{USER.lstrip(chr(10))}{FIRST}"
        case _ if first.startswith("- "):
            return over(block, USER, ORDER, PRODUCT, EMAIL)
    raise AssertionError(f"nothing says what stands around {first!r}")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_what_the_page_shows_is_a_part_of_a_spec(block: str) -> None:
    assert not findings(load(around(block)).history)

"""The documentation for readers of every kind: by keyboard, with a screen reader, light and dark, small, on paper.

What can be judged by rules is judged by axe (WCAG 2.1 AA and its best practices), in a real browser.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from ..browsers import Browser, browser, needs_chromium
from ..projects import served

pytestmark = [pytest.mark.slow, needs_chromium]
PAGES = ("docs", "docs/v1", "docs/v2", "docs/migration/v1-to-v2", "docs/problems")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
JUDGE = """
const done = arguments[1];
axe.run(document, {runOnly: arguments[0]}).then(found => done(found.violations.map(
  one => [one.id, one.help, one.nodes.map(node => node.target.join(" "))])));
"""


@pytest.fixture(scope="module")
def docs(example: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Browser]]:
    """Where the shop is served, and a browser."""
    database = f"sqlite:///{tmp_path_factory.mktemp('docs')}/docs.db"
    with served(example("shop"), "shop", DATABASE_URL=database) as base, browser() as seen:
        yield base, seen


def shown(seen: Browser, *, width: int = 1440, scheme: str = "light", media: str = "screen") -> Any:
    """The driver of the browser, whose pages are so wide, in such colours, for such a medium."""
    driver: Any = seen.driver
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return driver


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_no_rule_of_accessibility_is_broken(docs: tuple[str, Browser], width: int, scheme: str) -> None:
    base, seen = docs
    axe = (files("axe_core_python") / "axe.min.js").read_text("utf-8")
    driver = shown(seen, width=width, scheme=scheme)
    for page in PAGES:
        driver.get(f"{base}/{page}")
        driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
        driver.execute_script(axe)
        assert driver.execute_async_script(JUDGE, RULES) == [], (page, width, scheme)


@pytest.mark.parametrize("page", PAGES)
def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(docs: tuple[str, Browser], page: str) -> None:
    base, seen = docs
    driver = shown(seen)
    driver.get(f"{base}/{page}")
    places = []
    for _ in range(8):
        driver.switch_to.active_element.send_keys("\ue004")  # the tabulator
        places.append(
            driver.execute_script(
                "const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();"
                "return [on.getAttribute('href') || on.tagName, style.outlineStyle, box.left >= 0 && box.width > 0]"
            )
        )
        if len(places) > 1 and places[-1][0] == "BODY":
            break
    assert places[0] == ["#content", "solid", True]
    assert all(outline == "solid" and there for name, outline, there in places if name != "BODY"), places
    driver.get(f"{base}/{page}#content")
    assert driver.execute_script("return document.querySelector(':target').tagName") == "MAIN"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_date_is_not_broken_over_two_lines(docs: tuple[str, Browser], width: int) -> None:
    base, seen = docs
    driver = shown(seen, width=width)
    for page in PAGES[:4]:
        driver.get(f"{base}/{page}")
        dates = driver.execute_script(
            "return [...document.querySelectorAll('time')].map(t => t.getClientRects().length)"
        )
        assert dates
        assert set(dates) == {1}


@pytest.mark.parametrize("page", PAGES[1:4])
def test_on_paper_there_is_text_alone_and_no_page_is_nearly_empty(docs: tuple[str, Browser], page: str) -> None:
    base, seen = docs
    driver = shown(seen, width=717, scheme="dark", media="print")
    driver.get(f"{base}/{page}")
    high = driver.execute_script("return document.documentElement.scrollHeight")
    hidden = driver.execute_script(
        "return ['.picker', '.bar nav', '.contents', '.skip'].flatMap(s => [...document.querySelectorAll(s)])"
        ".every(one => getComputedStyle(one).display == 'none')"
    )
    assert hidden
    paper = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)", "the light colours, whatever the reader's are on a screen"
    made = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    pages = len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(made["data"])))
    assert 1 <= pages <= high / 1045 * 1.15 + 1

"""The documentation in a real browser: a version is chosen, a guide read, and nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ..browsers import browser, needs_chromium
from ..projects import served

pytestmark = [pytest.mark.slow, needs_chromium]
BY_CSS = "css selector"


@pytest.mark.parametrize("width", [1440, 420])
def test_a_reader_chooses_a_version_and_finds_the_way_to_the_next(
    example: Callable[[str], Path], tmp_path: Path, width: int
) -> None:
    shop = example("shop")
    database = f"sqlite:///{tmp_path / 'docs.db'}"
    with served(shop, "shop", DATABASE_URL=database) as base, browser(width) as seen:
        driver = seen.driver
        driver.get(f"{base}/docs/v2")
        driver.find_element(BY_CSS, ".picker summary").click()
        choices = driver.find_elements(BY_CSS, ".picker li a")
        assert [c.text.split()[0] for c in choices] == ["v2", "v1"]
        choices[1].click()
        assert driver.current_url == f"{base}/docs/v1"
        assert "v1" in driver.find_element(BY_CSS, "h1").text
        assert "answers until" in driver.find_element(BY_CSS, ".notice").text

        # The style is there, and nothing is wider than the window.
        assert driver.find_element(BY_CSS, ".bar").value_of_css_property("position") == "sticky"
        wide, narrow = driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= narrow
        shot = tmp_path / "docs.png"
        assert driver.save_screenshot(str(shot))
        assert shot.stat().st_size > 20_000, "a page with text, not an empty one"

        driver.find_element(BY_CSS, ".notice a").click()
        assert driver.current_url == f"{base}/docs/migration/v1-to-v2"
        assert "from v1 to v2" in driver.find_element(BY_CSS, "h1").text
        driver.get(f"{base}/docs/migration/v1-to-v2#list-users")
        assert driver.find_element(BY_CSS, ":target") is not None
        driver.get(f"{base}/docs")
        driver.find_element(BY_CSS, "tbody a").click()
        assert driver.current_url == f"{base}/docs/v2"

        assert seen.complaints() == []
        assert seen.hosts() == {"127.0.0.1"}

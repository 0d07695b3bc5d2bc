"""What axe finds on the pages of the desk, in both colour schemes: nothing."""

from __future__ import annotations

from typing import Any

import pytest
from test_desk_browser import Running, browser, desk  # noqa: F401

axe_core = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

PAGES = (
    "/",
    "/en/",
    "/cascade?region=210200",
    "/cascade?by=leads",
    "/cascade/indicator/health-literacy?region=210200",
    "/networks?document=dalian-2021",
)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(desk: Running, browser: Any, path: str, scheme: str) -> None:  # noqa: F811
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # axe is put into the page
    page = context.new_page()
    page.goto(desk.address + path)
    found = axe_core.Axe().run(page, options=RULES).response["violations"]
    context.close()
    assert {rule["id"]: [node["html"][:200] for node in rule["nodes"][:3]] for rule in found} == {}

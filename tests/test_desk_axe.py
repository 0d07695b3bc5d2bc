"""What axe finds on the pages of the desk, in both colour schemes: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from test_desk_browser import Running, browser, desk, study  # noqa: F401

from policygraph.messages import say

axe_core = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

BUNDLED = (
    *("/", "/en/", "/documents", "/document/dalian-2021", "/agencies", "/agency/210200/health", "/places"),
    *("/place/210200", "/questions", "/questions/lead-roles", "/thing/indicator/health-literacy", "/check", "/sparql"),
    *("/about/graph/cascade", "/cascade?region=210200", "/cascade?by=leads", "/no-such-page"),
    *("/cascade/indicator/health-literacy?region=210200", "/networks?document=dalian-2021"),
)
OWN = (
    *("/document/sample-plan", "/document/sample-plan?view=facts", "/review", "/review/sample-plan"),
    *("/en/review/sample-plan", "/review/sample-plan/grid", "/review/no-such-plan"),
)
# What has to stand on a page before it is looked at.
READY = {"/review/sample-plan/grid": ".ag-cell", "/review/sample-plan": ".case blockquote", "/sparql": ".cm-content"}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def found_on(browser: Any, address: str, scheme: str, ready: str = "", keys: str = "") -> dict[str, list[str]]:  # noqa: F811
    """Return what axe finds, by rule, once some keys of a review were pressed."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # axe is put into the page
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator(ready or "h1, [aria-level='1'], .told").first.wait_for()
    if keys:
        page.wait_for_function("window.did_handshake === true")
        page.get_by_label(say("desk.who", "zh")).fill("王芳")
        page.get_by_label(say("desk.who", "zh")).blur()
        page.keyboard.press(keys)
        page.get_by_role("dialog").get_by_role("button").first.wait_for()
        page.wait_for_timeout(500)  # it fades in
    found = axe_core.Axe().run(page, options=RULES).response["violations"]
    context.close()
    return {
        rule["id"]: [f"{node['html'][:200]} {node['any'][:1] and node['any'][0]['message']}" for node in rule["nodes"]]
        for rule in found
    }


@SCHEMES
@pytest.mark.parametrize("path", BUNDLED)
def test_axe_finds_nothing(desk: Running, browser: Any, path: str, scheme: str) -> None:  # noqa: F811
    assert found_on(browser, desk.address + path, scheme, READY.get(path, "")) == {}


@SCHEMES
@pytest.mark.parametrize("path", OWN)
def test_axe_finds_nothing_in_what_is_worked_on(study: Running, browser: Any, path: str, scheme: str) -> None:  # noqa: F811
    assert found_on(browser, study.address + path, scheme, READY.get(path.removeprefix("/en"), "")) == {}


@SCHEMES
@pytest.mark.parametrize("keys", ["e", "n"])
def test_axe_finds_nothing_in_the_forms_of_a_review(study: Running, browser: Any, keys: str, scheme: str) -> None:  # noqa: F811
    assert found_on(browser, f"{study.address}/review/sample-plan", scheme, ".case blockquote", keys) == {}


@pytest.fixture(scope="module")
def report(desk: Running) -> str:  # noqa: F811
    """Return the address of what was found in a faulty draft."""
    draft = Path("data/examples/faulty-draft.docx").resolve()
    fields = {"against": "guofa-2019-13", "stage": "draft"}
    sent = httpx.post(
        f"{desk.address}/check", files={"file": (draft.name, draft.read_bytes())}, data=fields, timeout=300
    )
    assert sent.status_code == 303
    return str(sent.headers["location"])


@SCHEMES
def test_axe_finds_nothing_beside_a_draft(desk: Running, browser: Any, report: str, scheme: str) -> None:  # noqa: F811
    assert found_on(browser, desk.address + report, scheme, ".findings article") == {}

"""The cascade and the networks in a real browser: what a person sees and does there."""

from __future__ import annotations

import pytest
from test_desk_browser import Seen, browser, desk, seen  # noqa: F401

from policygraph.messages import say

COLD = 90_000  # milliseconds: the first page asks what all others are made of


@pytest.fixture(autouse=True)
def patient(seen: Seen) -> None:  # noqa: F811
    seen.page.set_default_navigation_timeout(COLD)


def test_a_target_is_followed_from_the_table_to_the_words(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/cascade?region=210200")
    field = page.locator("tbody tr", has_text="居民健康素养水平").locator(".mark", has_text="≥27%")
    assert say("export.label-tighter", "zh") in str(field.first.get_attribute("title"))
    page.get_by_role("link", name="居民健康素养水平", exact=True).click()
    box = page.locator(".chain a", has_text="大连市 2021")
    box.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('tr:target').id") == "dalian-2021"
    assert page.locator("tr:target blockquote").first.is_visible()


def test_the_table_is_narrowed_by_its_form_and_kept_in_the_address(seen: Seen) -> None:  # noqa: F811
    page = seen.go("/cascade")
    page.get_by_label(say("desk.of-verdict", "zh")).select_option("looser")
    page.get_by_role("button", name=say("desk.show", "zh")).click()
    page.wait_for_url("**verdict=looser**")
    assert page.locator(".matrix .mark", has_text="▼").count() > 0
    with page.expect_download() as kept:
        page.get_by_role("link", name="xlsx").click()
    assert kept.value.suggested_filename == "cascade-targets.xlsx"

"""Every action of every page of the desk without a mouse; each test is a list of actions and the keys that do them.

What stands elsewhere: networks, questions and paths in test_desk_views_browser, marks of a text in test_desk_browser,
rulings, words that were missed and new concepts in test_desk_review_browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from test_desk_browser import READ, Running, Seen, browser, desk, sync_api, watched
from test_desk_review_browser import desk as own
from test_desk_review_browser import folder, opened, until

from policygraph import facts
from policygraph.messages import say

__all__ = ["browser", "desk", "folder", "own"]
DRAFT = Path("data/examples/faulty-draft.docx").resolve()
PATIENT = 90_000

# What looks as if it could be clicked, and no key leads to: neither it nor what it lies in (or labels) takes the focus.
OUT_OF_REACH = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility() && getComputedStyle(each).cursor === "pointer")
  .filter((each) => !each.closest("a[href], button, input, select, textarea, label, summary, [tabindex]"))
  .map((each) => each.outerHTML.slice(0, 160))"""
# Controls that Tab passes by.
LEFT_OUT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea")]
  .filter((each) => each.tabIndex < 0 && !each.disabled && each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 160))"""
# Facts of a text none of whose marks takes the focus.
UNREACHED_FACTS = """() => {
  const keys = (each) => each.dataset.f.split(" "), all = [...document.querySelectorAll("mark[data-f]")];
  const reached = new Set(all.filter((each) => each.tabIndex >= 0).flatMap(keys));
  return all.flatMap(keys).filter((key) => !reached.has(key));
}"""


@pytest.fixture
def seen(desk: Running, browser: Any) -> Iterator[Seen]:
    with watched(desk, browser) as found:
        found.page.set_default_timeout(PATIENT)
        yield found


@pytest.fixture
def mine(own: Running, browser: Any, folder: Path) -> Iterator[Seen]:
    until(lambda: not (folder / "own" / "out" / "review" / "plan.json").exists(), 90)
    with watched(own, browser) as found:
        found.page.set_default_timeout(PATIENT)
        found.page.set_viewport_size({"width": 1500, "height": 900})
        yield found


def by_tab(page: Any, selector: str, most: int = 60) -> None:
    """Go from stop to stop until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached in {most} steps")


def test_whatever_can_be_clicked_is_reached_by_tab(seen: Seen) -> None:
    for path in (*READ, "/cascade?region=210200", "/cascade/indicator/health-literacy", "/networks", "/check"):
        page = seen.go(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(OUT_OF_REACH) == [], path
        assert page.evaluate(LEFT_OUT) == [], path


def test_every_fact_of_a_text_is_reached(mine: Seen) -> None:
    page = mine.go("/document/plan")
    assert page.locator("mark[data-f]").count() > 20
    assert page.evaluate(UNREACHED_FACTS) == []


def test_documents_are_narrowed_sorted_and_opened(seen: Seen) -> None:
    page = seen.go("/documents")
    by_tab(page, "select[name=level]")
    page.keyboard.press("ArrowDown")
    by_tab(page, "form.form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**level=national**")
    head = page.locator("thead th").nth(1)
    head.get_by_role("button").focus()
    page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"
    by_tab(page, "td a[href*='/document/'], th a[href*='/document/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/document/**")
    seen.go("/document/dalian-2021")
    by_tab(page, "details[data-fact] summary", 120)
    page.keyboard.press("Enter")
    page.locator("details[data-fact][open] dd").first.wait_for()


def test_the_cascade_is_narrowed_and_kept(seen: Seen) -> None:
    page = seen.go("/cascade?region=210200")
    by_tab(page, "select[name=verdict]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    by_tab(page, "input[name=all]")
    page.keyboard.press("Space")
    by_tab(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**verdict=tighter**")
    by_tab(page, ".matrix")
    page.keyboard.press("End")
    with page.expect_download() as kept:
        page.get_by_role("link", name="png", exact=True).focus()
        page.keyboard.press("Enter")
    assert kept.value.suggested_filename == "cascade-targets.png"


def tried(act: Callable[[], Any], tries: int = 6) -> Any:
    """Do what keys do, and again where nothing came of it: a starved browser may let a key fall."""
    try:
        return act()
    except (sync_api.TimeoutError, AssertionError):
        if tries == 1:
            raise
    return tried(act, tries - 1)


def files_asked(page: Any) -> Any:
    """Ask for a file by a key."""
    with page.expect_file_chooser(timeout=15_000) as chooser:
        page.keyboard.press("Enter")
    return chooser.value


def first_chosen(page: Any, column: str, of: str, corrected: Callable[[], bool]) -> None:
    """Choose another word of the list in the first cell of a column, by keys."""
    page.keyboard.press("Escape")
    cell = page.locator(f'.ag-row[row-index="0"] .ag-cell[col-id="{column}"]')
    last = cell.inner_text() == of
    cell.focus()
    page.keyboard.press("Enter")
    page.locator(".ag-rich-select-row, .ag-select-list-item, .ag-list-item").first.wait_for(timeout=15_000)
    page.keyboard.press("ArrowUp" if last else "ArrowDown")
    page.keyboard.press("Enter")
    until(corrected, 15)


def second_accepted(page: Any, tables: Path) -> None:
    """Choose the second row and accept it, by keys."""
    before = len(facts.load(tables).decisions)
    page.locator('.ag-row[row-index="1"] .ag-cell[col-id="section"]').focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=say("desk.accept-chosen", "zh")).focus()
    page.keyboard.press("Enter")
    until(lambda: len(facts.load(tables).decisions) > before, 15)


def test_a_draft_is_checked_from_the_file_to_the_comments(mine: Seen) -> None:
    mine.page.set_default_timeout(200_000)
    page = mine.go("/check")
    by_tab(page, "input[type=file]")
    tried(lambda: files_asked(page)).set_files(DRAFT)
    by_tab(page, "select[name=stage]")
    page.keyboard.press("ArrowDown")
    by_tab(page, "button.main")
    page.keyboard.press("Enter")
    page.locator(".findings article").first.wait_for()
    by_tab(page, ".findings a")
    page.keyboard.press("Enter")
    assert page.locator(".at:target").count() == 1
    by_tab(page, "a.mark", 120)
    page.keyboard.press("Enter")
    assert page.locator(".findings article:target").count() == 1
    page.get_by_role("link", name=say("desk.take-word-comments", "zh")).focus()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(".docx")


def test_a_review_is_led_by_keys(mine: Seen, folder: Path) -> None:
    page = mine.go("/review")
    by_tab(page, "td a[href='/review/plan']")
    page.keyboard.press("Enter")
    opened(page, "王芳")
    quote = page.locator(".case blockquote")
    first = quote.inner_text()
    page.keyboard.press("j")
    until(lambda: quote.inner_text() != first)
    shown = "() => document.querySelector('mark.now').textContent"
    until(lambda: page.evaluate(shown) in quote.inner_text())
    page.keyboard.press("k")
    until(lambda: quote.inner_text() == first)
    by_tab(page, ".queue button:not(.now)")
    page.keyboard.press("Enter")
    until(lambda: quote.inner_text() != first)
    page.keyboard.press("1")
    page.locator(".row-shown.chosen").wait_for()
    page.keyboard.press("e")
    page.get_by_role("dialog").get_by_role("button", name=say("desk.act-save", "zh")).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    before = len(facts.load(folder / "own" / "facts" / "plan").decisions)
    page.keyboard.press("d")
    until(lambda: len(facts.load(folder / "own" / "facts" / "plan").decisions) > before)
    by_tab(page, ".review-bar [role=checkbox]")
    page.keyboard.press("Space")
    page.locator(".queue button.done").first.wait_for()


def _has_ruled(tables: Path, column: str, who: str) -> bool:
    return column in {each.column for each in facts.load(tables).decisions if each.who == who}


def test_a_table_is_sorted_narrowed_and_corrected(mine: Seen, folder: Path) -> None:
    tables = folder / "own" / "facts" / "plan"
    page = mine.go("/review/plan/grid")
    page.wait_for_function("window.did_handshake === true")
    page.get_by_label(say("desk.who", "zh")).fill("李明")
    page.get_by_label(say("desk.who", "zh")).press("Tab")
    page.locator(".ag-cell").first.wait_for()
    ruled = partial(_has_ruled, tables, "op", "李明")
    tried(lambda: first_chosen(page, "op", "定性", ruled))
    tried(lambda: second_accepted(page, tables))
    head = page.locator('.ag-header-cell[col-id="value"]')
    head.focus()
    page.keyboard.press("Enter")
    until(lambda: head.get_attribute("aria-sort") == "ascending")
    page.keyboard.press("ControlOrMeta+Enter")
    page.get_by_text(say("desk.grid-contains", "zh"), exact=True).first.wait_for()
    page.keyboard.press("Escape")
    by_tab(page, "[role=combobox]")
    page.keyboard.press("Enter")
    page.get_by_role("option", name="责任单位").wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

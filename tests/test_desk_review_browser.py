"""A document is reviewed in a real browser, by keys and buttons; what a person rules lies on the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_graph import small_graph
from test_desk_browser import Running, browser, running, watched

from policygraph import assets, facts, pipeline
from policygraph.messages import say
from policygraph.store import build_store
from policygraph.study import new_study, open_study

__all__ = ["browser"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study with one plan as it was read, and a store that is quick to open."""
    place = tmp_path_factory.mktemp("review")
    build_store(place / "small.pg", small_graph())
    new_study(place / "own")
    study = open_study(place / "own")
    study.place("sources", "plan.txt").write_bytes(assets.path("data", "examples", "short-plan.txt").read_bytes())
    facts.save(pipeline.extract_document(study.place("sources", "plan.txt")), study.place("facts", "plan"))
    return place


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Running]:
    command = ("desk", folder / "own", "--store", folder / "small.pg", "--port", "0", "--no-browser")
    with running("-m", "policygraph.cli", *command) as found:
        yield found


def until(holds: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Wait until something holds, and return it."""
    end = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.1)
    assert found
    return found


def opened(page: Any, who: str) -> None:
    page.wait_for_function("window.did_handshake === true")
    page.get_by_label(say("desk.who", "zh")).fill(who)
    page.get_by_label(say("desk.who", "zh")).blur()
    page.locator(".case blockquote").wait_for()


def test_a_document_is_reviewed(desk: Running, browser: Any, folder: Path, tmp_path: Path) -> None:
    tables = folder / "own" / "facts" / "plan"
    shots = Path(os.environ.get("DESK_SHOTS", tmp_path))

    def rulings(count: int) -> bool:
        return len(facts.load(tables).decisions) == count if (tables / "decisions.tsv").exists() else not count

    with watched(desk, browser) as seen:
        page = seen.page
        page.set_default_timeout(60_000)
        page.set_viewport_size({"width": 1400, "height": 900})
        seen.go("/review").get_by_role("link", name="沐泽市").click()
        opened(page, "王芳")
        at_hand = page.locator(".case blockquote").inner_text()
        page.keyboard.press("a")
        until(lambda: rulings(1))
        assert facts.load(tables).decisions[0].who == "王芳"
        until(lambda: page.locator(".case blockquote").inner_text() != at_hand)
        page.keyboard.press("x")
        until(lambda: rulings(2))
        page.keyboard.press("u")
        until(lambda: rulings(4))
        page.get_by_text("居民健康素养水平").first.click()
        page.screenshot(path=shots / "review.png")
        page.get_by_role("button", name=f"{say('desk.act-edit', 'zh')} (e)").click()
        value = page.get_by_role("dialog").get_by_label("数值")
        value.fill("26")
        page.get_by_role("dialog").get_by_role("button", name=say("desk.act-save", "zh")).click()
        until(lambda: "26" in {row.value for row in facts.load(tables).targets})
        mark(page, "街道老年健康驿站覆盖率")
        page.keyboard.press("n")
        page.get_by_role("dialog").get_by_role("button", name="目标").click()
        form = page.get_by_role("dialog")
        form.get_by_label("数值").fill("95")
        form.get_by_label("年份").fill("2026")
        page.screenshot(path=shots / "review-add.png")
        form.get_by_role("button", name=say("desk.act-save", "zh")).click()
        until(lambda: "95" in {row.value for row in facts.load(tables).targets})
        page.reload()
        opened(page, "王芳")
        assert "4" in page.locator(".review-bar [role=status]").inner_text() or page.locator("mark.done").count() >= 2
        with watched(desk, browser) as other:
            other.page.set_default_timeout(60_000)
            other.go("/review/plan")
            opened(other.page, "李明")
            other.page.locator(".review-bar", has_text="王芳").wait_for()
            before = len(facts.load(tables).decisions)
            other.page.keyboard.press("a")
            other.page.get_by_text(say("desk.held", "zh", who="王芳", since="")[:4]).first.wait_for()
            assert rulings(before), "who only looks writes nothing"


def mark(page: Any, words: str) -> None:
    """Mark some words in the text, as a mouse does."""
    page.evaluate(
        """(words) => {
          const walk = document.createTreeWalker(document.querySelector(".running"), NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + words.length);
            const chosen = window.getSelection();
            chosen.removeAllRanges(); chosen.addRange(range);
            return;
          }
          throw new Error(words);
        }""",
        words,
    )


def test_a_table_is_corrected_in_a_grid(desk: Running, browser: Any, folder: Path, tmp_path: Path) -> None:
    tables = folder / "own" / "facts" / "plan"
    with watched(desk, browser) as seen:
        page = seen.page
        page.set_default_timeout(60_000)
        page.set_viewport_size({"width": 1400, "height": 900})
        until(lambda: not (folder / "own" / "out" / "review" / "plan.json").exists(), 90)
        seen.go("/review/plan/grid")
        page.wait_for_function("window.did_handshake === true")
        page.get_by_label(say("desk.who", "zh")).fill("李明")
        page.get_by_label(say("desk.who", "zh")).blur()
        cell = page.locator('.ag-row[row-index="4"] .ag-cell[col-id="value"]')
        cell.dblclick()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("77")
        page.keyboard.press("Enter")
        until(lambda: "77" in {row.value for row in facts.load(tables).targets})
        assert facts.load(tables).decisions[-1].who == "李明"
        status = page.locator('.ag-row[row-index="4"] .ag-cell[col-id="status"]')
        until(lambda: status.inner_text() == "已核对")
        page.screenshot(path=Path(os.environ.get("DESK_SHOTS", tmp_path), "review-grid.png"))


def says(table: Path, words: str) -> bool:
    """Tell whether a table is there and says something."""
    return table.exists() and words in table.read_text(encoding="utf-8")


def test_what_is_new_goes_into_the_concepts_by_keys_alone(desk: Running, browser: Any, folder: Path) -> None:
    tables, concepts = folder / "own" / "facts" / "plan", folder / "own" / "concepts"
    with watched(desk, browser) as seen:
        page = seen.page
        page.set_default_timeout(60_000)
        until(lambda: not (folder / "own" / "out" / "review" / "plan.json").exists(), 90)
        seen.go("/review/plan")
        opened(page, "王芳")
        page.keyboard.press("n")
        page.get_by_label(say("desk.words-missed", "zh")).fill("街道老年健康驿站")
        page.keyboard.press("Enter")
        chosen(page, "目标")
        chosen(page, say("desk.new-indicator", "zh"))
        form = page.get_by_role("dialog").last
        form.get_by_label(say("desk.concept-name", "zh")).fill("街道老年健康驿站覆盖率")
        form.get_by_label(say("desk.concept-unit", "zh")).fill("%")
        chosen(page, say("desk.act-save", "zh"))
        until(lambda: says(concepts / "indicators.tsv", "街道老年健康驿站覆盖率"))
        page.get_by_role("dialog").nth(1).wait_for(state="detached")
        page.get_by_role("dialog").get_by_label("数值").fill("96")
        page.keyboard.press("Enter")
        (row,) = until(lambda: [each for each in facts.load(tables).targets if each.value == "96"])
        assert row.indicator_id in open_study(folder / "own").concepts.indicators
        page.get_by_text("市卫生健康委").first.click()
        page.keyboard.press("n")
        page.get_by_label(say("desk.words-missed", "zh")).fill("卫生健康委")
        page.keyboard.press("Enter")
        chosen(page, "责任单位")
        chosen(page, say("desk.new-agency", "zh"))
        form = page.get_by_role("dialog").last
        form.get_by_label(say("desk.concept-name", "zh")).fill("健康沐泽促进中心")
        form.get_by_label(say("desk.concept-function", "zh")).fill("卫生健康")
        page.get_by_role("option", name="卫生健康", exact=True).click()
        chosen(page, say("desk.act-save", "zh"))
        until(lambda: says(concepts / "agencies.tsv", "健康沐泽促进中心"))
        page.get_by_role("dialog").nth(1).wait_for(state="detached")
        before = len(facts.load(tables).responsibilities)
        chosen(page, say("desk.act-save", "zh"))
        until(lambda: len(facts.load(tables).responsibilities) == before + 1)
        assert any(
            (each.agency_id or "").rpartition("/")[2] in open_study(folder / "own").concepts.agencies
            for each in facts.load(tables).responsibilities
        )


def chosen(page: Any, name: str) -> None:
    """Go to a button of the dialog in front, and press it by its key."""
    button = page.get_by_role("dialog").last.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")


def test_a_cell_of_a_concept_is_searched_by_its_key(desk: Running, browser: Any, folder: Path) -> None:
    with watched(desk, browser) as seen:
        page = seen.page
        page.set_default_timeout(60_000)
        until(lambda: not (folder / "own" / "out" / "review" / "plan.json").exists(), 90)
        seen.go("/review/plan/grid")
        page.wait_for_function("window.did_handshake === true")
        page.get_by_label(say("desk.who", "zh")).fill("李明")
        page.get_by_label(say("desk.who", "zh")).blur()
        cell = page.locator('.ag-row[row-index="0"] .ag-cell[col-id="indicator_id"]')
        cell.click()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").get_by_label("数值").wait_for()
        page.keyboard.press("Escape")
        page.locator('.ag-header-cell[col-id="value"] .ag-header-cell-filter-button').click()
        page.get_by_text(say("desk.grid-contains", "zh"), exact=True).first.wait_for()


def test_a_section_that_is_not_in_doubt_is_accepted_by_one_key(desk: Running, browser: Any, folder: Path) -> None:
    tables = folder / "own" / "facts" / "plan"
    with watched(desk, browser) as seen:
        page = seen.page
        page.set_default_timeout(60_000)
        until(lambda: not (folder / "own" / "out" / "review" / "plan.json").exists(), 90)
        looker = page.context.new_page()
        looker.goto(seen.go("/review/plan").url)
        looker.locator(".case blockquote").wait_for(timeout=60_000)
        assert not (folder / "own" / "out" / "review" / "plan.json").exists(), "who gives no name holds nothing"
        opened(page, "王芳")
        heading = "2.实施合理膳食行动。"
        page.locator(".queue button", has_text="实施合理膳食行动").click()
        until(lambda: page.locator(".case blockquote").inner_text() == heading)
        others = page.locator(".others").inner_text()
        assert "到2022年和2030年，5岁以下儿童生长迟缓率分别低于6%和4%" in others, "with the years of its sentence"
        assert "成人肥胖增长率" not in page.locator(".others .cells").all_inner_texts(), (
            "what is in doubt stays by itself"
        )
        before = len(facts.load(tables).decisions)
        page.keyboard.press("s")
        until(lambda: len(facts.load(tables).decisions) > before + 5)
        until(lambda: page.locator(".case blockquote").inner_text() != heading)
        assert {each.source for each in facts.load(tables).decisions[before:]} == {
            facts.load(tables).decisions[-1].source
        }
        page.keyboard.press("u")
        until(lambda: page.locator(".case blockquote").inner_text() == heading)


# A browser that is slow to say who worked here before.
_SLOW = """Object.defineProperty(window, "deskReview", {
  get() { return this._review; },
  set(review) {
    const who = review.who;
    review.who = (name) => {
      const found = who.call(review, name);
      return name !== undefined ? found : new Promise((done) => setTimeout(() => done(found), 1500));
    };
    this._review = review;
  },
})"""


def test_a_name_that_is_typed_at_once_is_not_written_over(desk: Running, browser: Any) -> None:
    with watched(desk, browser) as seen:
        seen.page.add_init_script(_SLOW)
        page = seen.go("/review/plan")
        opened(page, "赵六")
        page.wait_for_timeout(3000)
        assert page.get_by_label(say("desk.who", "zh")).input_value() == "赵六"
        page.keyboard.press("e")
        page.get_by_role("dialog").get_by_role("button", name=say("desk.act-cancel", "zh")).click()

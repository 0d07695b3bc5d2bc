"""Time the review of a document of more than 6,000 passages in Chromium: beside its text, in a grid of 5,400 rows.

    python benchmarks/desk_review.py [--rounds N]

The document is an example repeated, read as any other. Times are those of the page: from the event to the first frame
that shows what came of it. Without Chromium and playwright nothing is measured, and the script says so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desk import running

from policygraph import assets, facts, pipeline
from policygraph.store import build_store
from policygraph.study import new_study, open_study

COPIES = 115  # of the part of the example that has its actions: 5,400 targets, 5,060 bodies, 6,640 passages
WAIT = 300_000

TIMED = """() => new Promise((done) => {
  const began = performance.now(), end = () => setTimeout(() => done(performance.now() - began));
  const look = () => (HOLDS) ? requestAnimationFrame(end) : setTimeout(look, 4);
  ACT; look();
})"""
PRESS = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'KEY', code: 'KeyCODE', bubbles: true}))"
QUOTE = "document.querySelector('.case blockquote')?.innerText"
LAST = "[...document.querySelectorAll('.ag-center-cols-container .ag-row')].at(-1)"
OPEN_ROW = """() => [...document.querySelectorAll('.ag-cell[col-id="status"]')]
  .find((each) => !each.innerText.includes('已核')).closest('.ag-row').getAttribute('row-index')"""
CELL = 'document.querySelector(\'.ag-row[row-index="ROW"] .ag-cell[col-id="COLUMN"]\')'


def long_document(folder: Path, copies: int = COPIES) -> str:
    """Make a study of one document of many passages; return its name."""
    new_study(folder)
    own = open_study(folder)
    head, _, rest = assets.path("data", "examples", "sample-plan.txt").read_text(encoding="utf-8").partition("\n二、")
    body, _, tail = rest.partition("\n三、")
    source = own.place("sources", "long-plan.txt")
    parts = (f"\n{numeral(at)}、{body}" for at in range(2, copies + 2))
    source.write_text(f"{head}{''.join(parts)}\n{numeral(copies + 2)}、{tail}", encoding="utf-8")
    facts.save(pipeline.extract_document(source, study=own), own.place("facts", source.stem))
    return source.stem


def numeral(number: int) -> str:
    """Return a number below 200 as a heading has it.

    >>> numeral(12), numeral(20), numeral(103), numeral(115)
    ('十二', '二十', '一百零三', '一百一十五')
    """
    digits = "零一二三四五六七八九"
    hundreds, tens, one = number // 100, number // 10 % 10, number % 10
    said = "一百" if hundreds else ""
    said += (
        ("零" if hundreds and one else "") if not tens else ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    )
    return said + (digits[one] if one else "")


def timed(page: Any, act: str, holds: str) -> float:
    """Return the milliseconds from an act to the first frame in which something holds (both JavaScript)."""
    return float(page.evaluate(TIMED.replace("ACT", act).replace("HOLDS", holds)))


def loaded(page: Any, address: str, holds: str) -> float:
    """Return the milliseconds from the call of a page until something holds in it."""
    page.goto(address)
    page.wait_for_function(f"() => {holds}", timeout=WAIT, polling=20)
    return float(page.evaluate("performance.now()"))


def pressed(page: Any, key: str, holds: str) -> float:
    """Return the milliseconds from a key of the review until something holds."""
    return timed(page, PRESS.replace("KEY", key, 1).replace("CODE", key.upper()), holds)


def signed(page: Any) -> None:
    """Say who reviews."""
    page.wait_for_function("window.did_handshake === true", timeout=WAIT)
    field = page.locator(".review-bar input").first
    field.fill("王芳")
    field.blur()
    page.wait_for_timeout(1_000)


def beside_the_text(page: Any, address: str) -> Iterator[tuple[str, float]]:
    """Yield what the page beside the text takes."""
    yield "review beside the text, loaded", loaded(page, address, f"{QUOTE} && document.querySelector('mark.now')")
    signed(page)
    for key, what in (("j", "next passage"), ("k", "passage before"), ("a", "accept, next passage shown")):
        now = page.evaluate(f"() => [{QUOTE}, document.querySelector('.queue .now').dataset.c]")
        yield what, pressed(page, key, f"document.querySelector('.queue .now')?.dataset.c !== '{now[1]}'")


def in_the_grid(page: Any, address: str) -> Iterator[tuple[str, float]]:
    """Yield what the grid of the targets takes."""
    yield "review grid, loaded", loaded(page, f"{address}/grid", CELL.replace("ROW", "0").replace("COLUMN", "value"))
    signed(page)
    last = page.evaluate(f"() => {LAST}.getAttribute('row-index')")
    scroll = "document.querySelector('.ag-body-viewport').scrollTop += 2000"
    yield "a page further by the wheel", timed(page, scroll, f"+{LAST}?.getAttribute('row-index') > {last} + 20")
    row = page.evaluate(OPEN_ROW)  # of the rows in sight one that no round before has ruled on
    cell = CELL.replace("ROW", row).replace("COLUMN", "value")
    page.evaluate(f"() => {cell}.focus()")
    key = f"{cell}.dispatchEvent(new KeyboardEvent('keydown', {{key: '9', code: 'Digit9', bubbles: true}}))"
    yield "first key in a cell, its field shown", timed(page, key, f"{cell}.querySelector('input')")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("97.25")
    enter = (
        f"{cell}.querySelector('input').dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true}}))"
    )
    status = CELL.replace("ROW", row).replace("COLUMN", "status")
    yield "a correction, its row says reviewed", timed(page, enter, f"{status}?.innerText.includes('已核')")
    yield from _filtered(page)


def _filtered(page: Any) -> Iterator[tuple[str, float]]:
    page.locator('.ag-header-cell[col-id="indicator"] .ag-header-cell-filter-button').click()
    field = page.locator(".ag-filter-body input[type=text]").first
    field.wait_for()
    shown = "document.querySelectorAll('.ag-center-cols-container .ag-row').length"
    field.focus()
    typed = "const f = document.activeElement; f.value = '肥胖'; f.dispatchEvent(new Event('input', {bubbles: true}))"
    cells = "[...document.querySelectorAll('.ag-cell[col-id=\"indicator\"]')]"
    narrowed = f"{cells}.every((each) => each.innerText.includes('肥胖')) && {shown}"
    yield "typing into a filter, rows narrowed", timed(page, typed, narrowed)


def looked_at(chromium: str, rounds: int) -> None:
    """Make the document, open it some times, and print each time in milliseconds."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place, "study")
        name, store = long_document(folder), Path(place, "empty.pg")
        build_store(store, ())  # a graph of it all would be long in the making, and no page of a review asks it
        with running("desk", folder, "--store", store, "--no-browser") as server:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            times: dict[str, list[float]] = {}
            for _ in range(rounds):
                for measured in (beside_the_text, in_the_grid):
                    page = browser.new_context(locale="zh-CN", viewport={"width": 1500, "height": 900}).new_page()
                    page.set_default_timeout(WAIT)
                    for what, time in measured(page, f"{server.address}/review/{name}"):
                        times.setdefault(what, []).append(time)
                    page.context.close()
            browser.close()
    for what, found in times.items():
        print(f"{what + ' (ms)':<48} " + " ".join(f"{each:6.0f}" for each in sorted(found)))


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium:
        looked_at(chromium, given.rounds)
    else:
        print("no Chromium is here: nothing was looked at")


if __name__ == "__main__":
    os.environ["PYTHONUTF8"] = "1"
    main()

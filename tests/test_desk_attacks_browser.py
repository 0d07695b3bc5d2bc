"""Markup in titles, texts, indicators, names of files and drafts in a real browser: no script in it ever runs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from test_desk_browser import Running, browser, running, watched
from test_desk_study import evil_facts

from policygraph import assets, pipeline
from policygraph.facts import save
from policygraph.messages import say
from policygraph.study import INDICATOR, add_concept, new_study, open_study

__all__ = ["browser"]
EVIL = "<img src=x onerror=window.pwned=1>"
SCRIPT = "<script>window.pwned=1</script>"
NAME = "evil"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("attacks") / "study"
    new_study(folder, f"题{EVIL}")
    own = open_study(folder)
    add_concept(own, INDICATOR, {"zh": f"指标{EVIL}", "unit": "%", "direction": "up"})
    source = own.place("sources", "text.txt")
    text = assets.path("data", "examples", "short-plan.txt").read_text(encoding="utf-8")
    source.write_text(text.replace("把健康", f"{EVIL}{SCRIPT}把健康"), encoding="utf-8")
    read = pipeline.extract_document(source, study=own)
    save(read, own.place("facts", "text"))
    save(evil_facts(read, EVIL), own.place("facts", NAME))
    with running("-m", "policygraph.cli", "desk", folder, "--port", "0", "--no-browser") as found:
        yield found


PAGES = (
    *(
        "/",
        "/documents",
        "/document/text",
        f"/document/{NAME}",
        f"/document/{NAME}?view=facts",
        "/review",
        "/cascade",
        "/networks",
    ),
    *("/agencies", "/places", "/questions/responsibilities", "/questions/targets-compared", f"/documents?q={EVIL}"),
    "/sparql#SELECT ?label { ?s rdfs:label ?label FILTER(CONTAINS(STR(?label), 'onerror')) }",
)


def unharmed(page: Any) -> bool:
    """Tell whether no script of a document has run, once those that would have had time to."""
    page.wait_for_timeout(300)
    return page.evaluate("window.pwned === undefined && !document.querySelector('img[onerror]')") is True


def test_no_script_runs_on_a_page_that_is_read(desk: Running, browser: Any) -> None:
    with watched(desk, browser) as seen:
        for path in PAGES:
            page = seen.go(path)
            page.wait_for_load_state("networkidle")
            assert unharmed(page), path
        page.locator("#run").click()
        page.locator("#result td", has_text="onerror").first.wait_for()
        assert unharmed(page)
        page = seen.go(f"/document/{NAME}?view=facts")
        page.locator("details[data-fact] summary").first.click()
        page.locator("details[data-fact] dd").first.wait_for()
        assert unharmed(page)


def test_no_script_runs_where_documents_are_reviewed(desk: Running, browser: Any) -> None:
    with watched(desk, browser) as seen:
        page = seen.go(f"/review/{NAME}")
        page.set_default_timeout(60_000)
        page.wait_for_function("window.did_handshake === true")
        page.get_by_label(say("desk.who", "zh")).fill(f"王{EVIL}")
        page.get_by_label(say("desk.who", "zh")).blur()
        page.locator(".queue button", has_text="onerror").first.click()
        page.locator(".case", has_text="onerror").wait_for()
        assert unharmed(page)
        page.keyboard.press("e")
        form = page.get_by_role("dialog")
        form.get_by_role("button", name=say("desk.act-save", "zh")).wait_for()
        assert unharmed(page)
        form.get_by_role("button", name=say("desk.act-save", "zh")).click()
        page.keyboard.press("n")
        page.get_by_label(say("desk.words-missed", "zh")).fill(EVIL)
        page.keyboard.press("Enter")
        page.locator(".q-notification", has_text="onerror").wait_for()
        assert unharmed(page), "what is said of words that are not there"
        page.goto(f"{seen.address}/review/{NAME}/grid")
        page.locator(".ag-cell", has_text="onerror").first.wait_for()
        assert unharmed(page)


def test_no_script_runs_from_a_draft(desk: Running, browser: Any) -> None:
    written = io.BytesIO()
    document = Document()
    document.add_heading(f"沐泽市健康行动方案{SCRIPT}", 0)
    for line in (f"一、总体目标{EVIL}", f"到2025年，居民健康素养水平达到{EVIL}30%。（市{SCRIPT}卫生健康委牵头）"):
        document.add_paragraph(line)
    document.save(written)
    with watched(desk, browser) as seen:
        page = seen.go("/check")
        page.set_default_timeout(200_000)
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        draft = {"name": f"草案{EVIL}.docx", "mimeType": kind, "buffer": written.getvalue()}
        page.locator("input[type=file]").set_input_files(draft)
        page.get_by_role("button", name=say("desk.check-begin", "zh")).click()
        page.locator(".running", has_text="onerror").wait_for()
        assert unharmed(page)
        with page.expect_download() as taken:
            page.get_by_role("link", name=say("desk.take-html", "zh")).click()
        assert "<img src=x" not in Path(taken.value.path()).read_text(encoding="utf-8")

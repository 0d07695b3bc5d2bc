"""A draft is checked in a real browser, as an official would: drop, choose, read, take away."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from small_graph import small_graph
from test_desk_browser import Running, browser, running, watched

from policygraph.messages import say
from policygraph.store import build_store

__all__ = ["browser"]
DRAFT = Path("data/examples/faulty-draft.docx").resolve()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    store = tmp_path_factory.mktemp("drafts") / "small.pg"
    build_store(store, small_graph())
    with running("-m", "policygraph.cli", "desk", "--store", store, "--port", "0", "--no-browser") as found:
        yield found


def test_a_draft_from_the_drop_to_the_comments(desk: Running, browser: object, tmp_path: Path) -> None:
    with watched(desk, browser) as seen:
        seen.page.set_default_timeout(200_000)  # the first check loads what it needs
        seen.page.set_viewport_size({"width": 1360, "height": 860})
        page = seen.go("/check")
        page.get_by_label(say("desk.check-against", "zh")).select_option("guofa-2019-13")
        page.locator("input[type=file]").set_input_files(DRAFT)
        page.get_by_role("button", name=say("desk.check-begin", "zh")).click()
        page.get_by_role("heading", name=DRAFT.name).wait_for()
        first = page.locator(".findings article").first
        assert first.get_attribute("class") == "violation", "errors come first"
        link = page.locator(".findings article", has_text="把上级机关列为牵头单位").get_by_role("link")
        link.click()
        marked = page.locator(".at:target ~ .mark").first
        assert "国家卫生健康委" in marked.inner_text()
        shown = marked.bounding_box()
        assert shown
        assert 0 < shown["y"] < 860, "the place in the text is in sight"
        marked.click()
        assert page.locator(".findings article:target").count() == 1, "and leads back to what was found there"
        with page.expect_download() as taken:
            page.get_by_role("link", name=say("desk.take-word-comments", "zh")).click()
        assert taken.value.suggested_filename.startswith("faulty-draft-")
        comments = Document(io.BytesIO(Path(taken.value.path()).read_bytes())).comments
        assert any("牵头" in each.text for each in comments)
        link.click()
        page.screenshot(path=Path(os.environ.get("DESK_SHOTS", tmp_path), "draft.png"))

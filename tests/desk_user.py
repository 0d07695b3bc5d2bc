"""A review in NiceGUI's own simulation of a user: pages and handlers without a browser.

anyio's plugin runs these tests; that of NiceGUI (``nicegui.testing.plugin``) needs pytest-asyncio, and opens what
``ui.run`` starts, which the desk is not. The cascade and the networks are plain pages without any element of NiceGUI:
there is no user of theirs to simulate. The last test holds that; tests/test_desk_cascade.py and
tests/test_desk_networks.py ask them, and tests/test_desk_views_browser.py works in them.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_visits import begun
from small_graph import small_graph

from policygraph import facts
from policygraph.messages import say
from policygraph.store import build_store, open_store
from policygraph.study import Study
from policygraph.web import Bounds, application
from policygraph.web.guard import Names
from policygraph.web.jobs import do
from policygraph.web.protocol import Service

testing = pytest.importorskip("nicegui.testing", reason="the extra desk is not installed")
pytestmark = pytest.mark.anyio
PATIENT = 100  # tries of a tenth of a second


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return begun(tmp_path / "own", "plan")


@pytest.fixture
async def user(study: Study, tmp_path: Path) -> AsyncIterator[Any]:
    """Return a user at a desk whose pages and routes are those of the real one; jobs are done in this process."""
    from nicegui import Client, ui
    from nicegui.testing.general import nicegui_reset_globals

    from policygraph.desk import Desk
    from policygraph.desk import application as desk_application

    build_store(tmp_path / "small.pg", small_graph())
    store = open_store(tmp_path / "small.pg", read_only=True)
    names = Names(frozenset({"test"}))

    def run(job: Any) -> Any:
        return do(store, job, Bounds())

    def endpoint(pages: Sequence[Any]) -> Any:
        return application(Service(run, "http://test"), 1_000_000, names, print, pages)

    kept = ui.navigate, ui.notify, ui.download
    with nicegui_reset_globals():
        os.environ["NICEGUI_USER_SIMULATION"] = "true"
        try:
            app = desk_application(Desk(run, tmp_path / "small.pg", study), endpoint, names)
            async with app.router.lifespan_context(app):
                transport = httpx.ASGITransport(app)
                async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                    found = testing.User(client)
                    found.javascript_rules |= SAID_BY_THE_BROWSER
                    yield found
        finally:
            os.environ.pop("NICEGUI_USER_SIMULATION", None)
            ui.navigate, ui.notify, ui.download = kept
            Client.page_routes.clear()  # else the modules of the pages are thrown away, ours with them


SAID_BY_THE_BROWSER = {
    re.compile(r"deskReview\.who\("): lambda _: "王芳",
    re.compile(r"deskReview\.day\(\)"): lambda _: "2026-05-10",
    re.compile(r"deskReview\.time\(\)"): lambda _: "2026-05-10T08:00:00.000Z",
    re.compile(r"deskReview\.marked\(\)"): lambda _: None,
}


def decisions(study: Study) -> int:
    folder = study.place("facts", "plan")
    return len(facts.load(folder).decisions) if (folder / "decisions.tsv").exists() else 0


async def opened(user: Any, path: str) -> None:
    await user.open(path)
    await user.should_see(say("desk.progress", "zh", done=0, total=39), retries=PATIENT)
    await user.should_see(content="王芳", retries=PATIENT)  # the browser has said who works here


async def test_a_case_is_accepted_and_taken_back(user: Any, study: Study) -> None:
    await opened(user, "/review/plan")
    user.find(f"{say('desk.act-accept', 'zh')} (a)").click()
    await user.should_see(say("desk.progress", "zh", done=1, total=39), retries=PATIENT)
    assert decisions(study) > 0
    user.find(f"{say('desk.act-undo', 'zh')} (u)").click()
    await user.should_see(say("desk.progress", "zh", done=0, total=39), retries=PATIENT)


async def test_what_was_missed_is_added_by_its_words(user: Any, study: Study) -> None:
    await opened(user, "/review/plan")
    user.find(f"{say('desk.act-add', 'zh')} (n)").click()
    await user.should_see(say("desk.words-missed", "zh"), retries=PATIENT)
    user.find(say("desk.words-missed", "zh")).type("没有这句话").trigger("keydown.enter")
    await user.should_see(say("desk.words-not-there", "zh", words="没有这句话"), retries=PATIENT)
    assert decisions(study) == 0


async def test_the_grid_takes_a_cell(user: Any, study: Study) -> None:
    from nicegui import ui

    await opened(user, "/review/plan/grid")
    (grid,) = user.find(kind=ui.aggrid).elements
    before = facts.load(study.place("facts", "plan")).targets[0].value
    cell = {"rowId": "0", "colId": "value", "newValue": "77", "oldValue": before}
    user.find(kind=ui.aggrid).trigger("cellValueChanged", cell)
    await user.should_see(say("desk.progress", "zh", done=1, total=39), retries=PATIENT)
    assert facts.load(study.place("facts", "plan")).targets[0].value == "77"
    assert grid.options["localeText"]["contains"] == say("desk.grid-contains", "zh")


async def test_what_is_not_there_is_told_in_english_too(user: Any) -> None:
    await user.open("/en/review/no-such")
    await user.should_see(say("desk.no-such-review", "en", name="no-such"), retries=PATIENT)


@pytest.mark.parametrize("path", ["/cascade", "/networks", "/cascade/indicator/health-literacy"])
async def test_what_is_only_read_has_no_element_of_nicegui(user: Any, path: str) -> None:
    shown = await user.http_client.get(path, headers={"Accept": "text/html"})
    assert "x-nicegui-content" not in shown.headers
    assert "_nicegui" not in shown.text

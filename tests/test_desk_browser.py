"""The desk in a real browser: what a person sees and does; no error of a page, no request to elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from policygraph import assets, pipeline
from policygraph.facts import save
from policygraph.messages import say
from policygraph.study import new_study, open_study

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no chromium is here", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("nicegui", reason="the extra desk is not installed")


@dataclass
class Seen:
    """A page of the browser with what went wrong on it."""

    address: str
    page: Any
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page


@dataclass(frozen=True)
class Running:
    address: str
    process: subprocess.Popen[str]


@contextmanager
def running(*command: str | Path) -> Iterator[Running]:
    """Run a desk in a process of its own, which knows nothing of tests; the last word it prints is its address."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "NICEGUI"))}
    env |= {"PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        (sys.executable, *command), stdout=subprocess.PIPE, env=env, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout
        found = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert found
        yield Running(found[0], process)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def desk(bundled_store: Path) -> Iterator[Running]:
    with running("-m", "policygraph.cli", "desk", "--store", bundled_store, "--port", "0", "--no-browser") as found:
        yield found


@pytest.fixture(scope="module")
def trial(bundled_store: Path) -> Iterator[Running]:
    with running(Path(__file__).with_name("trial_desk.py"), bundled_store) as found:
        yield found


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the desk of a study that was read, but not built: the desk builds it."""
    folder = tmp_path_factory.mktemp("browser") / "study"
    new_study(folder)
    own = open_study(folder)
    shutil.copy(assets.path("data", "examples", "sample-plan.txt"), own.place("sources"))
    save(
        pipeline.extract_document(own.place("sources", "sample-plan.txt"), study=own), own.place("facts", "sample-plan")
    )
    with running("-m", "policygraph.cli", "desk", folder, "--port", "0", "--no-browser") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def watched(desk: Running, browser: Any, **how: Any) -> Iterator[Seen]:
    """Open a page; at its end no script may have failed, and nothing have been asked of another place."""
    context = browser.new_context(locale="zh-CN", **how)
    found = Seen(desk.address, context.new_page())
    ours = (desk.address, desk.address.replace("http", "ws", 1), "data:", "blob:")
    found.page.set_default_timeout(30_000)
    found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.page.on("console", lambda said: found.wrong.append(said.text) if said.type == "error" else None)
    context.on("request", lambda sent: None if sent.url.startswith(ours) else found.wrong.append(sent.url))
    try:
        yield found
    finally:
        context.close()  # a page that stays open goes on holding what it is about
    assert found.wrong == []


@pytest.fixture
def seen(desk: Running, browser: Any) -> Iterator[Seen]:
    with watched(desk, browser) as found:
        yield found


def test_the_first_page_leads_on_and_speaks_english(seen: Seen) -> None:
    page = seen.go("/")
    assert page.title().endswith("policygraph")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", "the first stop leads to the text"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


READ = (
    *("/", "/documents", "/document/dalian-2021", "/questions", "/questions/lead-roles", "/agencies"),
    *("/agency/210200/health", "/places", "/place/210200", "/thing/indicator/health-literacy", "/about/graph/cascade"),
    "/sparql",
)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("start", ["", "/en"])
def test_every_page_that_is_read_stands_on_its_own(desk: Running, browser: Any, start: str, colours: str) -> None:
    with watched(desk, browser, color_scheme=colours) as found:
        for path in READ:
            page = found.go(start + path)
            page.wait_for_load_state("networkidle")
            assert page.locator("h1").count() == 1, path
            assert page.evaluate(UNNAMED) == [], f"{path}: controls without a name"
            assert page.evaluate(PALE) == [], f"{path}: text that is too pale"
            width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert width <= 0, f"{path}: wider than the window"


# What a person cannot use: controls that no label names.
UNNAMED = """() => [...document.querySelectorAll("input, select, textarea, button, a[href]")]
  .filter((each) => each.type !== "hidden" && each.checkVisibility()
    && !each.labels?.length && !each.textContent.trim() && !each.ariaLabel)
  .map((each) => each.outerHTML.slice(0, 120))"""
# Text of less contrast with what lies below it than WCAG 2 asks for (AA: 4.5, or 3 where it is large).
PALE = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const mixed = (layers) => {
    paint.clearRect(0, 0, 1, 1);
    for (const colour of layers) { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); }
    return [...paint.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const light = (rgb) => rgb.map((each) => each / 255)
    .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !at.checkVisibility() || at.closest(".cm-editor, .skip, option")) continue;
    const style = getComputedStyle(at);
    const layers = [];
    for (let each = at; each; each = each.parentElement) layers.unshift(getComputedStyle(each).backgroundColor);
    const [below, above] = [layers, [...layers, style.color]].map((each) => light(mixed(each)));
    const contrast = (Math.max(below, above) + 0.05) / (Math.min(below, above) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const told = `${contrast.toFixed(2)} ${at.className} ${walk.currentNode.data.trim().slice(0, 30)}`;
    if (contrast < (large ? 3 : 4.5)) found.add(told);
  }
  return [...found];
}"""


def test_an_answer_sorts_and_filters(seen: Seen) -> None:
    page = seen.go("/questions/lead-roles")
    column = page.locator("#answer thead th", has_text="配合数")
    column.get_by_role("button").click()
    column.get_by_role("button").click()
    assert column.get_attribute("aria-sort") == "descending"
    shown = [int(each) for each in page.locator("#answer tbody tr td:nth-child(6)").all_inner_texts()]
    assert shown == sorted(shown, reverse=True) and len(shown) > 50
    page.get_by_label(say("desk.filter", "zh")).fill("教育")
    assert page.locator("#answer tbody tr:visible").count() == 1
    page.get_by_role("link", name=say("desk.see-evidence", "zh")).first.click()
    assert page.locator("#answer tbody tr").count() > 50


def test_a_long_answer_stands_in_pages_and_is_sorted_and_filtered_as_a_whole(seen: Seen) -> None:
    page = seen.go("/questions/targets-compared")
    rows, after = page.locator("#answer tbody tr"), page.get_by_role("button", name=say("desk.rows-after", "zh"))
    first = rows.first.inner_text()
    assert rows.count() == 200
    after.focus()
    page.keyboard.press("Enter")
    page.get_by_text(re.compile("第 201–400 行，共 [2-9]")).wait_for()
    assert rows.first.inner_text() != first
    page.locator("#answer thead th").first.get_by_role("button").click()
    page.get_by_text("第 1–200 行").wait_for()
    page.get_by_label(say("desk.filter", "zh")).fill("大连")
    told = page.locator("[data-shown=answer]").inner_text()
    assert re.fullmatch(r"\d+ / \d{4}", told), told
    seen.go("/sparql#SELECT * { ?s ?p ?o } LIMIT 5000")
    page.get_by_role("button", name=say("desk.run", "zh")).click()
    page.get_by_text("第 1–200 行，共 5000 行").wait_for()
    after.click()
    page.get_by_text("第 201–400 行，共 5000 行").wait_for()


def test_a_question_is_asked_by_its_form(seen: Seen) -> None:
    page = seen.go("/questions?q=牵头最多")
    page.get_by_role("link", name="哪些政府职能牵头最多").click()
    page.get_by_label("文件", exact=True).fill("大连市")
    page.get_by_role("button", name=say("desk.ask", "zh")).click()
    assert page.locator("h1").inner_text().endswith("大连市人民政府关于推进健康大连行动的实施意见")
    with page.expect_download() as file:
        page.get_by_role("link", name="Excel").click()
    assert file.value.suggested_filename == "哪些政府职能牵头最多.xlsx"


def test_sparql_is_written_and_answered(seen: Seen) -> None:
    page = seen.go("/sparql")
    page.locator(".cm-content").wait_for()
    page.get_by_label(say("desk.example", "zh")).select_option("lead-roles")
    page.get_by_text("pg:LeadResponsibility").first.wait_for()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    page.locator("#result td", has_text="health").first.wait_for()
    page.goto(page.url)
    assert "LeadResponsibility" in page.locator(".cm-content").inner_text(), "its address holds the query"


def test_a_click_in_the_text_shows_the_facts(study: Running, browser: Any) -> None:
    with watched(study, browser) as found:
        page = found.go("/document/sample-plan")
        page.locator("#text mark.r-lead").first.click()
        panel = page.locator("#facts")
        panel.get_by_text("市卫生健康委").first.wait_for()
        address = panel.locator("a.id").first
        assert "/responsibility/1" in address.inner_text()
        address.click()
        assert page.locator("h1").inner_text() != say("desk.title-told", "zh")
        page.go_back()
        page.locator("#text mark.k-targets").first.focus()
        page.keyboard.press("Enter")
        page.locator("#facts .k-targets").first.wait_for()
        assert page.evaluate("window.pwned") is None


def test_a_page_that_is_worked_in(trial: Running, browser: Any) -> None:
    with watched(trial, browser) as found:
        page = found.go("/trial/<b>one")
        page.wait_for_function("window.did_handshake === true")
        assert page.get_by_text("<b>one").is_visible()
        page.get_by_role("button", name="go").click()
        page.get_by_text("gone").wait_for()
        assert page.locator("header.top").is_visible(), "the header of the desk"
        assert page.locator(".cm-content").is_visible()


LINE = "/_nicegui_ws/socket.io/?EIO=4&transport="
EVIL = {"Origin": "http://evil.example"}


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_the_line_to_the_server_is_not_for_foreign_pages(trial: Running, method: str) -> None:
    reply = httpx.request(method, f"{trial.address}{LINE}polling", headers=EVIL)
    assert (reply.status_code, reply.headers.get("Access-Control-Allow-Origin")) == (403, None)
    assert httpx.get(f"{trial.address}{LINE}polling").status_code == 200


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", 403), ("", 101)])
def test_a_websocket_of_a_foreign_page_is_refused(trial: Running, origin: str, status: int) -> None:
    key = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "a" * 22 + "==",
    }
    host, port = trial.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        head = {"Host": f"{host}:{port}", "Origin": origin or trial.address, **key}
        told = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        line.sendall(f"GET {LINE}websocket HTTP/1.1\r\n{told}\r\n".encode())
        assert line.recv(64).split()[1] == str(status).encode()


def test_the_desk_ends_by_its_button(seen: Seen, desk: Running) -> None:
    seen.go("/").get_by_role("button", name=say("desk.leave", "zh")).click()
    assert seen.page.get_by_role("heading", level=1).inner_text() == say("desk.title-left", "zh")
    assert desk.process.wait(20) == 0

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

from policygraph.messages import say

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
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def watched(desk: Running, browser: Any) -> Iterator[Seen]:
    """Open a page; at its end no script may have failed, and nothing have been asked of another place."""
    context = browser.new_context(locale="zh-CN")
    found = Seen(desk.address, context.new_page())
    ours = (desk.address, desk.address.replace("http", "ws", 1), "data:", "blob:")
    found.page.set_default_timeout(10_000)
    found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.page.on("console", lambda said: found.wrong.append(said.text) if said.type == "error" else None)
    context.on("request", lambda sent: None if sent.url.startswith(ours) else found.wrong.append(sent.url))
    yield found
    context.close()
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

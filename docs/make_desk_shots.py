"""Make the pictures of docs/desk.md from the bundled plans and an example: ``python docs/make_desk_shots.py [STORE]``.

It opens a desk on a free port and looks at it with Chromium (playwright); the pictures are written to docs/desk/.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from policygraph import assets, facts, pipeline
from policygraph.study import Study, new_study, open_study

OUT = Path(__file__).resolve().parent / "desk"
SIZE = {"width": 1040, "height": 680}
LARGEST = 150_000  # bytes of a picture
_COLOURS = 96


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page, what is done on it before, and in which colours."""

    name: str
    path: str
    act: Callable[[Any], None] = lambda page: None
    colours: str = "light"


def _click(selector: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        page.locator(selector).first.click()
        page.locator("#facts .fact").first.wait_for()

    return act


def _run(page: Any) -> None:
    page.locator(".cm-content").wait_for()
    page.locator("#run").click()
    page.locator("#result td").first.wait_for()


def _found(name: str) -> Callable[[Any], None]:
    def act(page: Any) -> None:
        page.locator("#network[data-ready]").wait_for()
        page.locator("#find").fill(name)
        page.locator(".stage, #network").first.evaluate("each => each.scrollIntoView({block: 'end'})")
        page.wait_for_timeout(1_500)

    return act


def _matrix(page: Any) -> None:
    page.locator(".matrix").first.evaluate("each => each.scrollIntoView({block: 'start'})")


def _check(page: Any) -> None:
    page.set_default_timeout(200_000)
    page.locator("select[name=against]").select_option("guofa-2019-13")
    page.locator("input[type=file]").set_input_files(assets.path("data", "examples", "faulty-draft.docx"))
    page.locator("button.main").click()
    page.locator(".findings article a").first.click()


def _case(page: Any) -> None:
    page.locator(".review-bar input").first.fill("王芳")
    page.locator(".running mark", has_text="居民健康素养水平").last.click()
    page.locator(".others", has_text="牵头").wait_for()
    page.wait_for_timeout(500)


def _cells(page: Any) -> None:
    page.locator(".ag-cell").first.wait_for()


BUNDLED = (
    Shot("home", "/"),
    Shot("documents", "/documents?stated=1&level=prefecture"),
    Shot(
        "facts",
        "/document/dalian-2021#structure-5",
        lambda page: page.locator("#structure-5").scroll_into_view_if_needed(),
    ),
    Shot("question", "/questions/lead-roles?document=dalian-2021"),
    Shot("agency", "/agency/210200/health"),
    Shot("place", "/place/210200"),
    Shot("sparql", "/sparql", _run),
    Shot("cascade", "/cascade?region=210200", _matrix),
    Shot("path", "/cascade/indicator/health-literacy?region=210200"),
    Shot("network", "/networks?document=dalian-2021", _found("教育局")),
    Shot("draft", "/check", _check),
    Shot("english-dark", "/en/questions/lead-roles", colours="dark"),
)
STUDY = (
    Shot("text", "/document/sample-plan", _click("#text mark.r-lead")),
    Shot("review", "/review/sample-plan", _case),
    Shot("grid", "/review/sample-plan/grid", _cells),
)


def main(store: Path) -> None:
    """Make all pictures. Ends with an error where one is too large to stand in the repository."""
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with _running("--store", store) as address:
            _shoot(browser, address, BUNDLED)
        own = _study(Path(made) / "study")
        assert own.folder
        with _running(own.folder) as address:
            _shoot(browser, address, STUDY)
        browser.close()


def _shoot(browser: Any, address: str, shots: tuple[Shot, ...]) -> None:
    for shot in shots:
        context = browser.new_context(viewport=SIZE, color_scheme=shot.colours, locale="zh-CN")
        page = context.new_page()
        page.goto(address + shot.path, timeout=120_000)
        page.wait_for_load_state("networkidle")
        shot.act(page)
        path = OUT / f"{shot.name}.png"
        with Image.open(BytesIO(page.screenshot())) as picture:
            picture.convert("RGB").quantize(_COLOURS).save(path, optimize=True)
        context.close()
        if path.stat().st_size > LARGEST:
            sys.exit(f"{path}: {path.stat().st_size} bytes, more than {LARGEST}")


def _study(folder: Path) -> Study:
    """Return a study of the example plan, read and built."""
    new_study(folder)
    own = open_study(folder)
    source = own.place("sources", "sample-plan.txt")
    shutil.copy(assets.path("data", "examples", source.name), source)
    facts.save(pipeline.extract_document(source, study=own), own.place("facts", source.stem))
    pipeline.build([], own.store, study=own)
    return own


@contextmanager
def _running(*where: str | Path) -> Iterator[str]:
    """Run a desk in a process of its own: NiceGUI starts once in each."""
    command = (sys.executable, "-m", "policygraph.cli", "desk", *where, "--port", "0", "--no-browser")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        found = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert found
        yield found[0]
        process.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main(Path(sys.argv[1] if sys.argv[1:] else "out/policygraph.pg"))

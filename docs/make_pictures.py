"""Take the pictures of the desk that the pages in docs show, in Chromium, from the bundled plans.

Usage: python docs/make_pictures.py [STORE]; the pictures go to docs/pictures. It needs the extras `desk` and `dev`.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).with_name("pictures")
WIDE, HIGH = 1120, 760
PICTURES = {  # name -> address, what is waited for
    "desk-first-page": ("/", "main"),
    "desk-cascade": ("/cascade?region=210200", ".matrix"),
    "desk-path": ("/cascade/indicator/health-literacy?region=210200", ".chain"),
    "desk-network": ("/networks?document=dalian-2021", "#network[data-ready]"),
}
_COLOURS = 256  # a picture of a page has few; those of a legend must stay what they are


@contextmanager
def desk(store: str) -> Iterator[str]:
    """Run a desk and give its address."""
    command = [sys.executable, "-m", "policygraph.cli", "desk", "--store", store, "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        found = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert found, "the desk says where it is"
        yield found[0]
        process.terminate()


def taken(page: Page, address: str, ready: str) -> bytes:
    """Return a picture of a page as a small PNG."""
    page.goto(address, timeout=120_000)
    page.locator(ready).first.wait_for(timeout=60_000)
    page.wait_for_timeout(500)
    image = Image.open(io.BytesIO(page.screenshot()))
    out = io.BytesIO()
    image.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with desk(sys.argv[1] if len(sys.argv) > 1 else "out/policygraph.pg") as here, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, locale="zh-CN")
        for name, (path, ready) in PICTURES.items():
            (FOLDER / f"{name}.png").write_bytes(taken(page, here + path, ready))
        browser.close()


if __name__ == "__main__":
    main()

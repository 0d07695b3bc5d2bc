"""Time the desk for 20 visitors at once, beside plain `serve` on the same store, and its long pages in Chromium.

    python benchmarks/desk.py [--store STORE] [--visitors N]

Each server runs in a process of its own and is asked the same question first, so that its times give the ratios; memory
is that of the server with its workers (Linux). The browser is asked for a text of more than 600 marks (an example four
times over), a table of 5,000 rows, and a review of more passages than that (``desk_review.py``); without Chromium and
playwright that part is left out, and the script says so.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from policygraph import assets, facts, pipeline
from policygraph.study import new_study, open_study

COMMAND = (sys.executable, "-m", "policygraph.cli")
ASKED = "/queries/lead-roles"
PAGES = (
    "/questions/lead-roles",
    "/documents",
    "/document/dalian-2021",
    "/agency/210200/health",
    "/cascade?region=210200",
)
ROUNDS = 10
ROWS = "/sparql#" + "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5000"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address, its process, how long it took to answer first."""

    address: str
    process: int
    ready: float


@contextmanager
def running(*arguments: str | Path) -> Iterator[Server]:
    """Run a server on a free port, and end it."""
    began = time.monotonic()
    with subprocess.Popen(
        (*COMMAND, *arguments, "--port", "0"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        found = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert found
        httpx.get(found[0] + ASKED, timeout=60)
        yield Server(found[0], process.pid, time.monotonic() - began)
        process.send_signal(signal.SIGINT)


def memory(process: int) -> int:
    """Return the MB that a process and its children hold of their own (PSS), 0 where the system does not tell."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        held = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii"), re.M)
    except OSError:
        return 0
    return (int(held[1]) if held else 0) // 1024 + sum(memory(int(child)) for child in children)


async def visits(address: str, paths: Sequence[str], visitors: int) -> list[float]:
    """Return the milliseconds of each answer where visitors ask all at once, each one path after the other."""

    async def one() -> list[float]:
        found = []
        async with httpx.AsyncClient(base_url=address, timeout=120, headers={"Accept": "text/html"}) as client:
            for path in paths * ROUNDS:
                began = time.monotonic()
                (await client.get(path)).raise_for_status()
                found.append(1000 * (time.monotonic() - began))
        return found

    return [each for found in await asyncio.gather(*(one() for _ in range(visitors))) for each in found]


def told(name: str, times: Sequence[float], beside: float) -> float:
    """Say the median and the 95th percentile of some times, and the ratio to another median."""
    middle = statistics.median(times)
    late = statistics.quantiles(times, n=20)[-1]
    ratio = f"{middle / beside:5.2f}" if beside else "    1"
    print(f"{name:<44} median {middle:7.0f} ms   95% {late:7.0f} ms   ratio {ratio}")
    return middle


def serve(store: Path, visitors: int) -> None:
    """Ask plain `serve` and the public desk the same, then the desk for its pages."""
    with running("serve", "--store", store) as server:
        plain = told("serve " + ASKED, asyncio.run(visits(server.address, (ASKED,), visitors)), 0)
        print(f"serve: ready {server.ready:.1f} s, {memory(server.process)} MB")
    with running("desk", "--store", store, "--public", "--no-browser") as server:
        before = memory(server.process)
        told("desk " + ASKED, asyncio.run(visits(server.address, (ASKED,), visitors)), plain)
        for page in PAGES:
            told("desk " + page, asyncio.run(visits(server.address, (page,), visitors)), plain)
        print(f"desk --public: ready {server.ready:.1f} s, {before} MB, {memory(server.process)} MB after all visits")


def long_study(folder: Path) -> str:
    """Make a study of one plan of more than 600 facts; return the name of the plan."""
    new_study(folder)
    own = open_study(folder)
    head, _, rest = assets.path("data", "examples", "sample-plan.txt").read_text(encoding="utf-8").partition("\n二、")
    body, _, tail = rest.partition("\n三、")
    source = own.place("sources", "long-plan.txt")
    parts = [f"\n{number}、{body}" for number in "二三四五"]
    source.write_text(f"{head}{''.join(parts)}\n六、{tail}", encoding="utf-8")
    facts.save(pipeline.extract_document(source, study=own), own.place("facts", source.stem))
    pipeline.build([], own.store, study=own)
    return source.stem


CLICK = """(at) => new Promise((done) => {
  const marks = document.querySelectorAll("#text mark"), began = performance.now();
  const seen = () => requestAnimationFrame(() => done(performance.now() - began));
  new MutationObserver(seen).observe(document.getElementById("facts"), { childList: true });
  marks[Math.floor(marks.length * at)].click();
})"""
PRESS = """(name) => new Promise((done) => {
  const began = performance.now();
  document.querySelector(name).click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def looked_at(chromium: str) -> None:
    """Open the long text and the long table in a browser, five times each."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        name = long_study(Path(place, "study"))
        with running("desk", Path(place, "study"), "--no-browser") as server:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            seen = [_seen(browser, server.address, name) for _ in range(5)]
            browser.close()
            for what in seen[0]:
                found = sorted(each[what] for each in seen)
                print(f"{what:<44} " + " ".join(f"{each:6.0f}" for each in found))


def _seen(browser: Any, address: str, name: str) -> dict[str, float]:
    page = browser.new_context().new_page()
    page.goto(address)
    found = {"the first page, loaded (ms)": page.evaluate(LOADED)}
    page.goto(f"{address}/document/{name}")
    found |= {"the text, loaded (ms)": page.evaluate(LOADED), "marks in it": page.locator("#text mark").count()}
    found |= {"first click to facts (ms)": page.evaluate(CLICK, 0.5), "next click (ms)": page.evaluate(CLICK, 0.3)}
    page.goto(address + ROWS)
    page.locator(".cm-content").wait_for()
    page.locator("#run").click()
    page.locator(".pager:visible").wait_for(timeout=60_000)
    found["next page of 5,000 rows (ms)"] = page.evaluate(PRESS, ".pager button:last-child")
    page.context.close()
    return found


def main() -> None:
    """Measure what is asked for."""
    import desk_review  # which takes its server from here

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store that was built; else the bundled documents are")
    parser.add_argument("--visitors", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        store = given.store or Path(place, "bundled.pg")
        if not given.store:
            pipeline.build((), store)
        serve(store, given.visitors)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium:
        looked_at(chromium)
        desk_review.looked_at(chromium, 5)
    else:
        print("no Chromium is here: the long pages were not looked at")


if __name__ == "__main__":
    os.environ["PYTHONUTF8"] = "1"
    main()

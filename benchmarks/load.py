"""Ask a server 50 times a second, with slow clients beside: every request is answered, and how soon.

    python benchmarks/load.py [STORE] [--rate N] [--seconds S] [--slow N] [--workers N]

Without a store the bundled plans are built first. The requests are queries by GET and POST, the description, things
and mistakes, in turn, each at its moment whether those before it were answered or not. Slow clients send a letter of
their request at a time, or read an answer a byte at a time. A request without an answer is a failure; what was refused
because all processes were busy (503) is told. The exit code is 1 where one failed, or more than --busy were refused.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from policygraph import assets, pipeline

_QUERIES = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/policygraph/ontology#Action> }",
    "SELECT ?s ?o WHERE { ?s <http://purl.org/dc/terms/title> ?o } LIMIT 50",
    "ASK { ?s ?p ?o }",
    "SELECT ?d ?a WHERE { ?d <https://w3id.org/policygraph/ontology#hasAction> ?a } LIMIT 500",
)
_MISTAKES = ("PATH?query=SELECT", "/nothing", "/id/document/nothing")
_WAITS = 60.0  # seconds for an answer
Answer = tuple[str, float]  # its status, or what came in its place, and after how many seconds


def targets() -> list[bytes]:
    """Return the requests, in turn."""
    gets = [f"PATH?query={quote(each)}" for each in _QUERIES]
    gets += ["PATH", "/id/document/guofa-2019-13", *_MISTAKES]
    made = [f"GET {each} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n" for each in gets]
    for each in _QUERIES:
        head = "POST PATH HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
        made.append(f"{head}Content-Length: {len(each)}\r\n\r\n{each}")
    return [each.encode() for each in made]


async def answered(host: str, port: int, request: bytes) -> Answer:
    """Send a request; return its status and how long its whole answer took."""
    begun = time.perf_counter()
    try:
        async with asyncio.timeout(_WAITS):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(request)
            await writer.drain()
            status = (await reader.readline()).split(b" ")[1].decode()
            await reader.read()
            writer.close()
        return status, time.perf_counter() - begun
    except (OSError, IndexError, TimeoutError) as error:
        return type(error).__name__, time.perf_counter() - begun


async def slow(host: str, port: int, request: bytes, reads: bool) -> None:
    """Be a slow client for as long as one is let: read an answer, or send a request, a byte at a time."""
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(host, port)
            with suppress(OSError):
                if reads:
                    writer.write(request)
                    while await reader.read(1):
                        await asyncio.sleep(0.05)
                for letter in b"" if reads else request[:-1]:
                    writer.write(bytes([letter]))
                    await writer.drain()
                    await asyncio.sleep(0.2)
            writer.close()
        await asyncio.sleep(0.2)


async def loaded(address: str, asked: argparse.Namespace) -> list[Answer]:
    """Return what came of all requests."""
    parts = urlsplit(address)
    host, port = parts.hostname or "127.0.0.1", parts.port or 80
    requests = [
        each.replace(b"HOST", f"{host}:{port}".encode()).replace(b"PATH", parts.path.encode()) for each in targets()
    ]
    snails = [asyncio.create_task(slow(host, port, requests[3], bool(each % 2))) for each in range(asked.slow)]
    running, begun = [], time.perf_counter()
    for number in range(int(asked.rate * asked.seconds)):
        await asyncio.sleep(max(0.0, begun + number / asked.rate - time.perf_counter()))
        running.append(asyncio.create_task(answered(host, port, requests[number % len(requests)])))
    found = await asyncio.gather(*running)
    for each in snails:
        each.cancel()
    return found


def told(answers: list[Answer], asked: argparse.Namespace) -> int:
    """Print how many answers of each kind came, and how soon; return the exit code."""
    counts = Counter(status for status, _ in answers)
    times = sorted(seconds for _, seconds in answers)
    for status, count in sorted(counts.items()):
        print(f"{status}\t{count}")
    p50, p99, longest = (1000 * times[int((len(times) - 1) * share)] for share in (0.5, 0.99, 1))
    print(f"{len(times)} requests, p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {longest:.0f} ms")
    print(f"{asked.slow} slow clients beside, load {os.getloadavg()[0]:.1f}")
    failed = sum(count for status, count in counts.items() if not status.isdigit() or status == "500")
    return int(failed > 0 or counts["503"] > asked.busy)


def main() -> int:
    """Serve a store, ask it, and print what came."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", nargs="?", default="")
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--slow", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--busy", type=int, default=10**9, help="how many may be refused because all are busy")
    asked = parser.parse_args()
    with ExitStack() as opened:
        store = Path(asked.store)
        if not asked.store:
            store = Path(opened.enter_context(tempfile.TemporaryDirectory())) / "x.pg"
            pipeline.build(assets.bundled_plans(), store)
        command = [sys.executable, "-m", "policygraph.cli", "serve", "--store", str(store), "--port", "0"]
        command += ["--workers", str(asked.workers), "--lang", "en"]
        server = opened.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL))
        try:
            assert server.stdout
            address = server.stdout.readline().decode().partition(" ")[0]
            answers = asyncio.run(loaded(address, asked))
        finally:
            server.terminate()
        return told(answers, asked)


if __name__ == "__main__":
    sys.exit(main())

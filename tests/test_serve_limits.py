"""The endpoint under clients that are slow, many, foreign or hostile, and its processes when it is stopped."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from rdflib import Literal, URIRef
from servers import free_port
from test_depth import CHAINS, NESTED, nested
from test_serve import DIRECT, SLOW, is_one_line, send

from policygraph import web
from policygraph.store import build_store
from policygraph.web.connection import Hold
from policygraph.web.guard import Names, loopback_names

A, P, G = (URIRef(f"https://example.org/{name}") for name in ("a", "p", "g"))
QUADS = [(A, P, Literal(str(number)), G) for number in range(300)]
SETTINGS = web.Settings(port=0, workers=1, bounds=web.Bounds(seconds=30.0, answer=16 << 20))
ASK = "query=ASK%7B%7D"
HOURS = SLOW.replace("}", ". ?j ?k ?l . ?m ?n ?o }")


@contextmanager
def serving(folder: Path, settings: web.Settings, lines: list[str] | None = None) -> Iterator[str]:
    with web.serve(folder, settings) as server:
        server.log = None if lines is None else lines.append
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.address
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("limits") / "kg"
    build_store(made, QUADS)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder, SETTINGS) as found:
        yield found


def connected(address: str, text: str = "") -> socket.socket:
    host, port = urlsplit(address).netloc.split(":")
    line = socket.create_connection((host, int(port)), timeout=30)
    line.sendall(text.encode())
    return line


def all_of(line: socket.socket) -> str:
    """Return what comes until the server hangs up."""
    parts = []
    while part := line.recv(65_536):
        parts.append(part)
    return b"".join(parts).decode()


def get(address: str, path: str = f"/sparql?{ASK}", host: str = "", *more: str) -> str:
    """Ask with headers as they are given, and return status line, head and body."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host or urlsplit(address).netloc}", *more, "Connection: close", "", ""]
    with connected(address, "\r\n".join(lines)) as line:
        return all_of(line)


# ---------------------------------------------------------------- names, origins, other sites


HOSTS = [  # the name, whether it is let in; {port} is that of the server
    ("127.0.0.1:{port}", 200),
    ("localhost:{port}", 200),
    ("LOCALHOST:{port}", 200),
    ("[::1]:{port}", 200),
    ("kg.example.org", 200),
    ("kg.example.org:443", 200),
    ("evil.example:{port}", 403),
    ("evil.example", 403),
    ("localhost:1", 403),
    ("localhost.evil.example:{port}", 403),
    ("127.0.0.1.nip.example:{port}", 403),
    ("", 403),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_its_own_names_lead_to_it(folder: Path, host: str, status: int) -> None:
    names = Names(loopback_names(8035, ["kg.example.org"]))
    assert names.are_ours(host.format(port=8035)) == (status == 200)


def test_a_name_that_was_led_here_reads_nothing(address: str) -> None:
    """DNS rebinding: a page of evil.example, whose name now leads to 127.0.0.1, asks as if of its own site."""
    answer = get(address, f"/sparql?{ASK}", "evil.example", "Origin: http://evil.example")
    assert answer.startswith("HTTP/1.1 403 ") and "boolean" not in answer


ORIGINS = [  # method, origin, status; {here} is the server itself
    ("GET", "http://evil.example", 200),  # the page that asks cannot read the answer
    ("POST", "http://evil.example", 403),
    ("POST", "null", 403),
    ("POST", "{here}", 200),
    ("POST", "", 200),
    ("POST", "https://map.example.org", 403),
]


@pytest.mark.parametrize(("method", "origin", "status"), ORIGINS)
def test_pages_of_other_sites_send_nothing(address: str, method: str, origin: str, status: int) -> None:
    reply = send(*asking(address, method), headers={"Origin": origin.format(here=address)} if origin else {})
    assert reply.status == status, reply.text
    assert reply.headers["Access-Control-Allow-Origin"] is None
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def asking(address: str, method: str) -> tuple[str, str, str | None, str]:
    if method == "POST":
        return f"{address}/sparql", "POST", "ASK {}", DIRECT
    return f"{address}/sparql?{ASK}", "GET", None, ""


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        (("https://map.example.org",), "https://map.example.org", "https://map.example.org"),
        (("https://map.example.org",), "http://evil.example", None),
        (("*",), "http://evil.example", "*"),
    ],
)
def test_other_sites_read_where_they_were_allowed(
    folder: Path, origins: tuple[str, ...], origin: str, allowed: str | None
) -> None:
    with serving(folder, replace(SETTINGS, origins=origins)) as address:
        for method in ("GET", "POST"):
            reply = send(*asking(address, method), headers={"Origin": origin})
            assert reply.headers["Access-Control-Allow-Origin"] == allowed
            assert reply.status == (200 if allowed or method == "GET" else 403)
        preflight = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        reply = send(f"{address}/sparql", "OPTIONS", headers=preflight)
        assert reply.headers["Access-Control-Allow-Origin"] == allowed


def test_a_public_address_is_its_name_too(folder: Path) -> None:
    with serving(
        folder, replace(SETTINGS, public="https://kg.example.org/graph", port=(port := free_port()))
    ) as public:
        assert public == "https://kg.example.org/graph"
        here = f"http://127.0.0.1:{port}"
        assert get(here, host="kg.example.org").startswith("HTTP/1.1 200 ")
        assert send(*asking(here, "POST"), headers={"Origin": "https://kg.example.org"}).status == 200


# ---------------------------------------------------------------- slow clients, many clients


HALF = [  # what is sent and never finished, what comes of it
    ("nothing", "", "HTTP/1.1 408 "),
    ("half a head", "GET /sparql HTTP/1.1\r\nX-", "HTTP/1.1 408 "),
    (
        "half a body",
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {DIRECT}\r\nContent-Length: 9000\r\n\r\nASK",
        "HTTP/1.1 408 ",
    ),
]


@pytest.mark.parametrize(("name", "text", "start"), HALF, ids=[case[0] for case in HALF])
def test_a_request_is_whole_in_time_or_refused(folder: Path, name: str, text: str, start: str) -> None:
    with serving(folder, replace(SETTINGS, hold=Hold(request=0.2))) as address:
        for drips in (0, 1):
            with connected(address, text.replace("Host: x", f"Host: {urlsplit(address).netloc}")) as line:
                if drips:  # a byte now and then is no request either
                    threading.Thread(target=drip, args=(line,), daemon=True).start()
                assert all_of(line).startswith(start)
        assert send(f"{address}/sparql?{ASK}").status == 200


def drip(line: socket.socket) -> None:
    try:
        for _ in range(1_000):
            line.sendall(b"x")
            time.sleep(0.02)
    except OSError:
        return


SLOW_ONES = [case[:2] for case in HALF]


@pytest.mark.parametrize(("name", "text"), SLOW_ONES, ids=[case[0] for case in SLOW_ONES])
def test_slow_clients_do_not_take_the_service_away(folder: Path, name: str, text: str) -> None:
    with serving(folder, replace(SETTINGS, hold=Hold(connections=8))) as address, ExitStack() as open_ones:
        host = urlsplit(address).netloc
        lines = [
            open_ones.enter_context(connected(address, text.replace("Host: x", f"Host: {host}"))) for _ in range(40)
        ]
        assert [send(f"{address}/sparql?{ASK}").status for _ in range(9)] == [200] * 9
        refused = [all_of(line) for line in lines[:20]]  # those that came first, long ago
        assert {answer.partition("\r\n")[0] for answer in refused} == {"HTTP/1.1 503 Service Unavailable"}
        assert all("retry-after: 5" in answer.lower() for answer in refused)


def test_a_client_that_does_not_take_its_answer_is_hung_up_on(folder: Path) -> None:
    with web.serve(folder, replace(SETTINGS, hold=Hold(part=0.1))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        host = urlsplit(server.address).netloc
        text = f"GET /sparql?{urlencode({'query': large(14)})} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        with connected(server.address, text) as line:
            assert line.recv(9) == b"HTTP/1.1 "
            until(lambda: not server.connections)
            assert 0 < len(all_of(line)) < 14 << 20
        server.shutdown()
        thread.join()


def large(mebibytes: int) -> str:
    """Return a query with an answer of so many mebibytes."""
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(16))
    return f"SELECT ?x16 {{ ?s ?p ?o BIND('x' AS ?x0) {doubled} }} LIMIT {mebibytes * 16}"


def test_more_than_can_be_done_is_told_to_come_again(folder: Path) -> None:
    settings = replace(SETTINGS, bounds=replace(SETTINGS.bounds, seconds=1.0))
    with serving(folder, settings) as address:
        statuses: list[tuple[int, str | None]] = []

        def ask() -> None:
            reply = send(f"{address}/sparql?{urlencode({'query': SLOW})}")
            statuses.append((reply.status, reply.headers["Retry-After"]))

        threads = [threading.Thread(target=ask) for _ in range(80)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {503} <= {status for status, _ in statuses} <= {500, 503} and len(statuses) == 80
    assert all(wait == "2" for status, wait in statuses if status == 503)


# ---------------------------------------------------------------- large, deep and odd


def test_an_answer_has_a_size(address: str) -> None:
    assert len(send(f"{address}/sparql?{urlencode({'query': large(15)})}").text) > 15 << 20
    reply = send(f"{address}/sparql?{urlencode({'query': large(17)})}")
    assert (reply.status, is_one_line(reply)) == (400, True)
    assert "larger than 16 MiB" in reply.text


def test_nothing_that_is_deep_or_long_ends_a_worker(folder: Path) -> None:
    with web.serve(folder, SETTINGS) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        before = children(os.getpid())
        queries = [nested(case, 9_000) for case in NESTED] + [f"{case[1]}{case[2] * 9_000}{case[3]}" for case in CHAINS]
        for query in queries:
            reply = send(f"{server.address}/sparql", "POST", query, DIRECT)
            assert (reply.status, is_one_line(reply)) == (400, True), (query[:40], reply.text)
        assert children(os.getpid()) == before
        server.shutdown()
        thread.join()


def test_what_users_send_is_not_logged_as_it_is(folder: Path) -> None:
    lines: list[str] = []
    evil = '"><script>\x1b[31m'
    with serving(folder, SETTINGS, lines) as address:
        get(address, '/"><script>?' + ASK)
        send(f"{address}/{quote(evil)}?{urlencode({'query': evil})}")
        send(f"{address}/queries/lead-roles?{urlencode({'document': evil})}")
        get(address, "/" + "a" * 30_000)
    assert len(lines) == 4 and all(len(line) < 240 for line in lines)
    assert not [line for line in lines if set(line) & set('<>"\x1b')]


# ---------------------------------------------------------------- processes


def children(process: int) -> set[int]:
    """Return the processes that a process has started, on Linux."""
    found: set[int] = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        found |= set(map(int, task.read_text().split()))
    return found


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked for in /proc")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_server(folder: Path, ending: signal.Signals) -> None:
    """A worker is busy with a query that would take hours."""
    arguments = ["serve", "--store", str(folder), "--port", "0", "--workers", "2", "--timeout", "3000", "--lang", "en"]
    command = [sys.executable, "-m", "policygraph.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout and process.stderr
            url = process.stdout.readline().partition(" ")[0]
            assert json.loads(send(f"{url}?{ASK}").text)["boolean"] is True
            started = children(process.pid)
            assert len(started) >= 2
            before = {each: spent(each) for each in started}
            line = connected(
                url, f"GET /sparql?{urlencode({'query': HOURS})} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n\r\n"
            )
            until(lambda: any(spent(each) > before[each] + os.sysconf("SC_CLK_TCK") for each in started))
            process.send_signal(ending)
            answer = b"".join(iter(lambda: line.recv(65_536), b"")) if ending != signal.SIGKILL else b""
            line.close()
            code = process.wait(60)
        finally:
            process.kill()
        until(lambda: not any(is_alive(each) for each in started))
        if ending != signal.SIGKILL:
            assert (code, process.stderr.read().count("Traceback")) == (0, 0)
            assert answer.startswith(b"HTTP/1.1 503 ")


def spent(process: int) -> int:
    """Return the processor time that a process has used, in ticks."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11])


def until(holds: object) -> None:
    """Look a bounded number of times whether something holds."""
    for _ in range(600):
        if holds():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError("it never held")

"""Servers that misbehave on the wire, byte by byte: each is one clear line, in time and within a size."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

import pytest
from rdflib import URIRef

from policygraph.errors import PolicyGraphError, StoreError
from policygraph.store import EndpointStore, Patience
from policygraph.store.auth import PASSWORD, USER
from policygraph.store.line import Line
from policygraph.store.wire import results

MOST = 1 << 20
ONCE = Patience(seconds=20, tries=1, pause=0, largest=MOST)
SHORT = Patience(seconds=0.3, tries=1, pause=0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
OPEN = HEAD + b"Connection: close\r\n\r\n"
YES = b'{"head": {}, "boolean": true}'
NONE = b'{"head": {"vars": ["g", "n"]}, "results": {"bindings": []}}'
PARTS = 400  # what a server that drips has to say


@dataclass
class Wire:
    """A server that says the same bytes to everyone, part by part, and counts them; ``pause`` stands between two."""

    parts: Callable[[], Iterable[bytes]]
    pause: float = 0.0
    url: str = ""
    said: int = 0
    heads: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        while not self.ended.is_set():
            with suppress(OSError):
                line, _ = listener.accept()
                with line:
                    self.heads.append(heard(line))
                    for part in self.parts():
                        line.sendall(part)
                        self.said += 1
                        if self.ended.wait(self.pause):
                            return


def heard(line: socket.socket) -> bytes:
    """Read one request; one that is left unread would cut off the answer."""
    got = b""
    while (part := line.recv(65_536)) and (got := got + part):
        head, end, body = got.partition(b"\r\n\r\n")
        size = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= int(size[1] if size else 0):
            break
    return got


@pytest.fixture
def wire() -> Iterator[Callable[..., Wire]]:
    running: list[tuple[Wire, socket.socket]] = []

    def start(*parts: bytes, drip: Iterable[bytes] = (), pause: float = 0.0) -> Wire:
        made = Wire(lambda: (*parts, *drip) if isinstance(drip, tuple) else chained(parts, drip), pause)
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(30)
        made.url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        threading.Thread(target=made.serve, args=(listener,), daemon=True).start()
        running.append((made, listener))
        return made

    yield start
    for made, listener in running:
        made.ended.set()
        listener.close()


def chained(parts: tuple[bytes, ...], drip: Iterable[bytes]) -> Iterator[bytes]:
    yield from parts
    yield from drip


def asked(url: str, patience: Patience) -> str:
    """Ask, and return the one line that comes of it."""
    with EndpointStore(url, patience=patience) as store, pytest.raises(PolicyGraphError) as found:
        store.query("SELECT * { ?s ?p ?o }")
    assert "\n" not in str(found.value)
    return found.value.key


@pytest.fixture(autouse=True)
def no_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    for name in (USER, PASSWORD):
        monkeypatch.delenv(name, raising=False)


SENT = [  # what the server sends, the key of the line
    ("nothing", b"", "store.no-http"),
    ("the banner of another protocol", b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", "store.no-http"),
    ("half a head", b"HTTP/1.1 200 OK\r\nContent-", "store.no-http"),
    ("a head that is none", b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "store.no-http"),
    ("a status that is none", b"HTTP/1.1 999999 OK\r\n\r\n", "store.no-http"),
    ("a head without an end", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000, "store.no-http"),
    ("broken chunks", HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "store.broken-off"),
    ("chunks without an end", HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{", "store.broken-off"),
    ("a body cut short", HEAD + b"Content-Length: 50\r\n\r\n{}", "store.broken-off"),
    ("too much, as it says", HEAD + b"Content-Length: 2000000\r\n\r\n" + b" " * 2_000_000, "store.answer-too-large"),
    ("packed without being asked", HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b", "store.no-results"),
    ("a place to go that is none", b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n", "store.moved"),
    ("a place to go", b"HTTP/1.1 308 X\r\nLocation: /there?x=1\r\nContent-Length: 0\r\n\r\n", "store.moved"),
]


@pytest.mark.parametrize(("name", "sent", "key"), SENT, ids=[case[0] for case in SENT])
def test_what_comes_over_the_wire(wire: Callable[..., Wire], name: str, sent: bytes, key: str) -> None:
    assert asked(wire(sent).url, ONCE) == key


DRIPS = [
    ("a line of a head", b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    ("an answer", OPEN, b" "),
    ("what it says of a failure", b"HTTP/1.1 400 Bad\r\nConnection: close\r\n\r\n", b"x"),
    ("informational answers", b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
]


@pytest.mark.parametrize(("name", "start", "part"), DRIPS, ids=[case[0] for case in DRIPS])
def test_a_time_limit_holds_however_slowly_it_comes(
    wire: Callable[..., Wire], name: str, start: bytes, part: bytes
) -> None:
    told = wire(start, drip=(part,) * PARTS, pause=0.05)
    assert asked(told.url, SHORT) == "store.late"
    assert told.said < PARTS


ENDLESS = [
    ("an answer", OPEN, "store.answer-too-large"),
    ("what it says of a failure", b"HTTP/1.1 500 Bad\r\nConnection: close\r\n\r\n", "store.query-refused"),
    ("what it says of a password", b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\n\r\n", "store.wrong-password"),
]


@pytest.mark.parametrize(("name", "start", "key"), ENDLESS, ids=[case[0] for case in ENDLESS])
def test_a_size_limit_holds(
    wire: Callable[..., Wire], monkeypatch: pytest.MonkeyPatch, name: str, start: bytes, key: str
) -> None:
    monkeypatch.setenv(USER, "ann")
    monkeypatch.setenv(PASSWORD, "secret")
    told = wire(start, drip=repeat(b"x" * 65_536))
    assert asked(told.url, ONCE) == key
    assert told.said < 16 * MOST / 65_536


@pytest.mark.parametrize(("wait", "key"), [("999999", "store.busy-for"), ("9" * 400, "store.busy-for")])
def test_a_server_that_wants_a_longer_pause_than_there_is_time(wire: Callable[..., Wire], wait: str, key: str) -> None:
    pauses: list[float] = []
    told = wire(b"HTTP/1.1 503 X\r\nContent-Length: 0\r\nRetry-After: " + wait.encode() + b"\r\n\r\n")
    assert asked(told.url, Patience(seconds=20, sleep=pauses.append)) == key
    assert pauses == []


def test_another_address_of_another_host_gets_no_password(
    wire: Callable[..., Wire], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(USER, "ann")
    monkeypatch.setenv(PASSWORD, "secret")
    asks = b'HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\nWWW-Authenticate: Basic realm="x"\r\n\r\n'
    query, update = wire(OPEN + YES), wire(asks)
    with EndpointStore(query.url, patience=ONCE, update=update.url) as store, pytest.raises(StoreError):
        store.replace(URIRef("https://example.org/g"), [])
    assert update.heads and not [head for head in update.heads if b"uthorization" in head]


CHALLENGES = [  # what a server asks for, whether it is answered
    (b'Digest realm="x", nonce="1", qop="auth"', True),
    (b'Digest realm="x", nonce="1", algorithm=SHA-256', True),
    (b'Basic realm="x"', True),
    (b'Digest realm="x", nonce="1", qop="auth-int"', False),
    (b'Digest realm="x", nonce="1", algorithm=ROT13', False),
    (b"Digest", False),
    (b"Digest nonsense", False),
    (b"Negotiate", False),
]


@pytest.mark.parametrize(("challenge", "is_answered"), CHALLENGES)
def test_what_a_server_asks_for(
    wire: Callable[..., Wire], monkeypatch: pytest.MonkeyPatch, challenge: bytes, is_answered: bool
) -> None:
    monkeypatch.setenv(USER, "ann")
    monkeypatch.setenv(PASSWORD, "secret")
    told = wire(
        b"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\nWWW-Authenticate: " + challenge + b"\r\n\r\n"
    )
    assert asked(told.url, ONCE) == ("store.wrong-password" if is_answered else "store.unknown-login")
    assert [b"uthorization" in head for head in told.heads] == [False, True][: 1 + is_answered]


BODIES = [
    "[" * 200_000,
    '{"a":' * 200_000,
    "7",
    '"boolean"',
    '{"head": {"vars": "abc"}, "results": {"bindings": 7}}',
    '{"head": {"vars": [7]}, "results": {"bindings": []}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [[]]}, "x": "\\ud800"}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [null]}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": "x"}]}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": 7}}]}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "\\ud800"}}]}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "x", "xml:lang": 7}}]}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "", "datatype": [7]}}]}}',
    '{"head": {"vars": ["\\ud800"]}, "results": {"bindings": []}}',
]


@pytest.mark.parametrize("body", BODIES, ids=[body[:110] for body in BODIES])
def test_what_is_no_result(body: str) -> None:
    found = None
    try:
        found = results(body.encode(), "there")
    except StoreError as error:
        assert error.key == "store.no-results" and "\n" not in str(error)
    assert found is None or body == BODIES[6]  # what stands beside the results does not matter


COLUMNS = [
    ('{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "a:b"}}]}}', "other-columns"),
    (
        '{"head": {"vars": ["g", "n"]}, "results": {"bindings": ['
        '{"g": {"type": "uri", "value": "a:b"}, "n": {"type": "literal", "value": "many"}}]}}',
        "no-number",
    ),
    ('{"head": {}, "boolean": true}', "no-rows"),
]


@pytest.mark.parametrize(("body", "key"), COLUMNS, ids=[case[1] for case in COLUMNS])
def test_an_answer_to_another_question(wire: Callable[..., Wire], body: str, key: str) -> None:
    with EndpointStore(wire(OPEN + body.encode()).url, patience=ONCE) as store, pytest.raises(StoreError) as found:
        store.graphs()
    assert found.value.key == f"store.{key}"


def test_lines_are_said_in_chinese_with_what_is_in_them() -> None:
    reason = StoreError("store.busy", place="http://a/b", status=503)
    told = StoreError("store.push-stopped", reason=reason.message, done=2, total=5)
    assert told.said("zh") == "http://a/b：服务器太忙（503）；请稍后再试（5 个图中已有 2 个写入；重新推送即可接着写）"


def test_a_store_that_is_left_open_hangs_up_by_itself(wire: Callable[..., Wire]) -> None:
    store = EndpointStore(wire(OPEN + NONE).url, patience=ONCE)
    assert store.graphs() == ()
    assert store._client is not None
    line = store._client._line
    assert isinstance(line, Line) and line.close.alive
    close = line.close
    del line, store
    assert not close.alive

"""Attacks on a desk as they come over the wire, a line each; markup in names and texts stands in the tests of pages.

tests/test_desk_study.py, tests/test_desk_marks.py and tests/test_desk_drafts.py send markup through every page that is
read; tests/test_desk_attacks_browser.py looks whether a script in it runs, in grids and dialogs too.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from desk_visits import visiting
from small_graph import small_graph

from policygraph.store import build_store
from policygraph.study import new_study, open_study

pytest.importorskip("nicegui", reason="the extra desk is not installed")
LINE = "/_nicegui_ws/socket.io/"
EVIL = "http://evil.example"

REFUSED = [  # what, method, path as it is sent, headers
    ("a foreign name of the host", "GET", "/", {"host": "evil.example"}),
    ("a name that only begins as ours", "GET", "/", {"host": "desk.evil.example"}),
    ("a foreign name at the endpoint", "GET", "/sparql", {"host": "evil.example"}),
    ("a foreign name at a page that is worked in", "GET", "/review/plan", {"host": "evil.example"}),
    ("a foreign name at the files of NiceGUI", "GET", "/_nicegui/none.js", {"host": "evil.example"}),
    ("another site ends the desk", "POST", "/leave", {"origin": EVIL}),
    ("a page without a site ends it", "POST", "/leave", {"origin": "null"}),
    ("another port of this machine ends it", "POST", "/leave", {"origin": "http://desk:81"}),
    ("another site has a draft checked", "POST", "/check", {"origin": EVIL}),
    ("another site has a draft kept", "POST", "/check/x/keep", {"origin": EVIL}),
    ("another site sends a file to NiceGUI", "POST", "/_nicegui/client/x/upload/1", {"origin": EVIL}),
    ("another site puts", "PUT", "/review/plan", {"origin": EVIL}),
    ("another site opens the line by polling", "GET", LINE, {"origin": EVIL}),
    ("another site sends to the line", "POST", LINE, {"origin": EVIL}),
    ("another site asks what the line allows", "OPTIONS", LINE, {"origin": EVIL}),
]
TRICKS = [  # a path as an application gets it (decoded), which must lead to no file
    *("/static/../app.py", "/static/../../cli.py", "/static//etc/passwd", "/static/..\\app.py", "/static/\0"),
    *("/assets/aggrid/../aggrid.py", "/assets/echart/../../../../../etc/passwd", "/assets/../static/desk.css"),
    *("/_nicegui/../study.toml", "/_nicegui/3.18.0/static/../../nicegui.py", "/_nicegui/auto/static/../x"),
    *("/document/../study.toml", "/document/..", "/document/../../own/study.toml", "/document/..\\study.toml"),
    *("/check/../study.toml", "/check/../../study.toml", "/check/x/../../study.toml", "/check/x/docx"),
    *("/questions/../study.toml", "/questions/lead-roles/answer.../x", "/queries/../study.toml"),
    *("/id/../study.toml", "/id/../../etc/passwd", "/thing/../study.toml", "/graph/../study.toml", "/place/../x"),
    *("//etc/passwd", "/../study.toml", "/en/../study.toml", "/networks.../study.toml"),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the application of a desk of a study, with the pages that are worked in."""
    place = tmp_path_factory.mktemp("attacks")
    build_store(place / "small.pg", small_graph())
    new_study(place / "own")
    return visiting(place / "small.pg", study=open_study(place / "own")).args[0]  # type: ignore[attr-defined]


def sent(app: Any, kind: str, method: str, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Send a request as it is, with dots and signs that a client would take out; return the status and the body."""
    head = {"host": "desk", "accept": "text/html", **headers}
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
    }
    scope |= {"headers": [(name.encode(), value.encode()) for name, value in head.items()], "http_version": "1.1"}
    scope |= {"scheme": "http", "server": ("desk", 80), "client": ("127.0.0.1", 1), "state": {}, "subprotocols": []}
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    asyncio.run(app(scope, receive, send))
    body = b"".join(each.get("body", b"") for each in answers)
    return answers[0].get("status", 403 if answers[0]["type"] == "websocket.close" else 0), body


@pytest.mark.parametrize(("what", "method", "path", "headers"), REFUSED, ids=[line[0] for line in REFUSED])
def test_who_is_foreign_is_refused(app: Any, what: str, method: str, path: str, headers: dict[str, str]) -> None:
    assert sent(app, "http", method, path, headers)[0] == 403


@pytest.mark.parametrize("headers", [{"origin": EVIL}, {"host": "evil.example"}, {"origin": "null"}])
def test_a_websocket_from_elsewhere_is_refused(app: Any, headers: dict[str, str]) -> None:
    assert sent(app, "websocket", "GET", LINE, headers)[0] == 403


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("path", TRICKS)
def test_no_path_leads_to_a_file(app: Any, path: str, accept: str) -> None:
    status, body = sent(app, "http", "GET", path, {"accept": accept})
    assert status in (303, 307, 308, 400, 404, 406), (status, body[:200])
    assert not any(each in body for each in (b"root:", b"from __future__", b"title =", b"from . import"))

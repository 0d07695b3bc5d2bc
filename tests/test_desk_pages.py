"""The desk's pages as they are sent: addresses, languages, who may ask, what stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_visits import Visiting, visiting

from policygraph import assets
from policygraph.messages import say


@pytest.fixture(scope="module")
def visit(bundled_store: Path) -> Visiting:
    return visiting(bundled_store)


@pytest.fixture(scope="module")
def public(bundled_store: Path) -> Visiting:
    return visiting(bundled_store, public=True)


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ANSWERS = [  # path, method, Accept, status, what stands in the answer
    ("/", "GET", "text/html", 200, "<strong>80</strong>"),
    ("/en", "GET", "text/html", 200, '<html lang="en">'),
    ("/en/", "GET", "text/html", 200, '<html lang="en">'),
    ("/", "GET", "application/json", 200, "/sparql"),
    ("/sparql?query=ASK%7B%7D", "GET", BROWSER, 200, "true"),
    ("/queries", "GET", "application/json", 200, '"questions"'),
    ("/queries/no-such", "GET", "text/html", 404, "no-such"),
    ("/nowhere", "GET", "text/html", 404, "没有 /nowhere 这个页面"),
    ("/en/nowhere", "GET", "text/html", 404, "there is no page"),
    ("/nowhere", "GET", "*/*", 404, "nothing is at /nowhere"),
    ("/<script>alert(1)</script>", "GET", "text/html", 404, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("/static/desk.css", "GET", "*/*", 200, "@media print"),
    ("/static/../app.py", "GET", "*/*", 404, ""),
    ("/static/%2e%2e/app.py", "GET", "*/*", 404, ""),
    ("/static/..%2f..%2fapp.py", "GET", "*/*", 404, ""),
    ("/assets/echart/../../page.py", "GET", "*/*", 404, ""),
    ("/leave", "GET", "text/html", 404, ""),
]


@pytest.mark.parametrize(("path", "method", "accept", "status", "found"), ANSWERS, ids=lambda each: str(each)[:40])
def test_an_address_answers(visit: Visiting, path: str, method: str, accept: str, status: int, found: str) -> None:
    reply = visit(path, method, accept)
    assert (reply.status_code, found in reply.text) == (status, True), reply.text[:500]
    assert "<script>alert" not in reply.text
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]


REFUSED = [  # method, path, headers
    ("GET", "/", {"Host": "evil.example"}),
    ("POST", "/leave", {"Origin": "http://evil.example"}),
    ("POST", "/leave", {"Origin": "null"}),
]


@pytest.mark.parametrize(("method", "path", "headers"), REFUSED)
def test_who_is_foreign_is_refused(visit: Visiting, method: str, path: str, headers: dict[str, str]) -> None:
    assert visit(path, method, headers=headers).status_code == 403


def test_a_public_desk_has_nothing_that_ends_it(public: Visiting) -> None:
    assert say("desk.leave", "zh") not in public("/").text
    assert public("/leave", "POST").status_code in (404, 405)


def test_answers_are_compressed(visit: Visiting) -> None:
    assert visit("/", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_every_template_is_of_the_house() -> None:
    folder = Path(assets.__file__).parent / "desk" / "templates"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    assert len(texts) >= 5
    wrong = ("|safe", "autoescape false", "javascript:", "onclick", "<script>", "http://", "https://")
    assert [(name, bad) for name, text in texts.items() for bad in wrong if bad in text] == []

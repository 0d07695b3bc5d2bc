"""The endpoint as an application: other pages stand beside it, behind the same guard."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from policygraph.web import application
from policygraph.web.guard import Names
from policygraph.web.jobs import Job, Outcome
from policygraph.web.protocol import Service


async def page(request: Request) -> Response:
    return PlainTextResponse(f"page {request.path_params['name']}")


async def broken(request: Request) -> Response:
    raise ValueError('"><script>')


PAGES = [Route("/page/{name}", page), Route("/broken", broken, methods=["GET", "POST"])]


def done(job: Job) -> Outcome:
    return Outcome(200, "application/json", job.text.encode())


def answered(lines: list[str], method: str, path: str, **headers: str) -> httpx.Response:
    app = application(Service(done, "http://here"), 1_000, Names(frozenset({"here"})), lines.append, PAGES)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(ask())


CASES = [  # method, path, headers, status, how the answer begins
    ("GET", "/page/1", {}, 200, "page 1"),
    ("GET", "/sparql?query=ASK%7B%7D", {}, 200, "ASK{}"),
    ("GET", "/queries", {}, 200, "{"),
    ("GET", "/nowhere", {}, 404, "nothing is at /nowhere"),
    ("GET", "/page/1", {"Host": "evil.example"}, 403, "«evil.example» is not a name of this server"),
    ("GET", "/broken", {}, 500, "an error in the program"),
    ("POST", "/broken", {"Origin": "http://evil.example"}, 403, "pages of http://evil.example may not send"),
]


@pytest.mark.parametrize(("method", "path", "headers", "status", "start"), CASES)
def test_pages_beside_the_endpoint(method: str, path: str, headers: dict[str, str], status: int, start: str) -> None:
    lines: list[str] = []
    reply = answered(lines, method, path, **headers)
    assert (reply.status_code, reply.text.startswith(start)) == (status, True), reply.text
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert len(reply.text.splitlines()) == 1 or status == 200


def test_what_breaks_is_told_to_the_log_alone() -> None:
    lines: list[str] = []
    assert "script" not in answered(lines, "GET", "/broken").text
    assert len(lines) == 1 and re.fullmatch(r"policygraph: ValueError at test_serve_app\.py:\d+", lines[0])

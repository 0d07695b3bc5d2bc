"""Visit a desk without a socket: its application over a store, jobs done in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from policygraph import assets, facts, pipeline
from policygraph.store import open_store
from policygraph.study import SHIPPED, Study, new_study, open_study
from policygraph.web import Bounds, application
from policygraph.web.guard import Names
from policygraph.web.jobs import do
from policygraph.web.protocol import Service

HERE = "http://desk"
Visiting = Callable[..., httpx.Response]


def visiting(store: Path, *, public: bool = False, study: Study = SHIPPED, **given: Any) -> Visiting:
    """Return a function that sends one request to a desk as a browser would: path, method, headers."""
    pytest.importorskip("jinja2", reason="the extra desk is not installed")
    from policygraph.desk import Desk
    from policygraph.desk import application as desk_application

    opened = open_store(store, read_only=True)
    names = Names(frozenset({"desk"}))

    def run(job: Any) -> Any:
        return do(opened, job, Bounds())

    def endpoint(pages: Sequence[Any]) -> Any:
        return application(Service(run, HERE), 1_000_000, names, print, pages)

    _stop()
    app = desk_application(Desk(run, store, study, public), endpoint, names, **given)
    return partial(_send, app)


def _stop() -> None:
    """Take back that NiceGUI's one application has started, with the first of its pages: a further desk adds to it."""
    with suppress(ImportError):
        from nicegui import app

        app.middleware_stack = None


def _send(app: Any, path: str, method: str = "GET", accept: str = "text/html", **more: Any) -> httpx.Response:
    headers = {"Accept": accept, **more.pop("headers", {})}

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return await client.request(method, path, headers=headers, **more)

    return asyncio.run(send())


def begun(home: Path, *names: str) -> Study:
    """Return a study that holds what was read of the short example, under one name or several."""
    new_study(home)
    study = open_study(home)
    source = study.place("sources", "plan.txt")
    source.write_bytes(assets.path("data", "examples", "short-plan.txt").read_bytes())
    for name in names:
        facts.save(pipeline.extract_document(source), study.place("facts", name))
    return study

"""Mount NiceGUI for the pages that are worked in, behind a guard of its own; nothing of it is loaded without any."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Match, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from policygraph.desk import frame
from policygraph.desk.visit import LANGUAGES, Desk, Visit, within
from policygraph.messages import say
from policygraph.web.guard import Names

Build: TypeAlias = Callable[[Visit], Awaitable[None] | None]

_OURS = "/_nicegui"  # files, and the line to the server
_LINE = "/_nicegui_ws"
_RECONNECTS_WITHIN = 60.0  # seconds: a page whose line is cut for longer is loaded again
_TONGUES = {"zh": "zh-CN", "en": "en-US"}


@dataclass(frozen=True, slots=True)
class Interactive:
    """A page that is worked in: its path, what makes its elements, the keys of its title and of its tab."""

    path: str
    build: Build
    title: str
    tab: str = ""


class Mounted(BaseRoute):
    """The paths of NiceGUI: its own, and those of the pages; a foreign page reaches its line by no method."""

    def __init__(self, app: ASGIApp, paths: Sequence[str], names: Names) -> None:
        self._app, self._names = app, names
        self._paths = [compile_path(path)[0] for path in paths]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a request is for NiceGUI."""
        if scope["type"] not in ("http", "websocket"):
            return Match.NONE, {}
        return (Match.FULL if self.has(scope["path"]) else Match.NONE), {}

    def has(self, path: str) -> bool:
        """Tell whether a path is NiceGUI's, or that of a page that is worked in."""
        return path.startswith(_OURS) or any(each.match(path) for each in self._paths)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on; what sends to the line says whose page it is, polling reads too."""
        head = dict(scope["headers"])
        origin, host = (head.get(name, b"").decode("latin-1") for name in (b"origin", b"host"))
        if scope["path"].startswith(_LINE) and origin and not self._names.may_send(origin, host):
            line = say("web.foreign-origin", "en", origin=origin)
            await PlainTextResponse(f"{' '.join(line.split())}\n", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def mounted(desk: Desk, pages: Sequence[Interactive], names: Names) -> tuple[Mounted, Any]:
    """Return the route of pages that are worked in, and what has to be entered while the server runs."""
    from fastapi import FastAPI
    from nicegui import core, ui

    for page in pages:
        for language in LANGUAGES:
            _register(desk, page, language)
    shell = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    ui.run_with(
        shell,
        title="policygraph",
        dark=None,
        reconnect_timeout=_RECONNECTS_WITHIN,
        gzip_middleware_factory=None,
        tailwind=False,
        show_welcome_message=False,
    )

    @asynccontextmanager
    async def running(_: object) -> AsyncIterator[None]:
        async with shell.router.lifespan_context(shell):
            yield

    paths = [within(page.path, language, desk.language) for page in pages for language in LANGUAGES]
    return Mounted(core.app, paths, names), running


def _register(desk: Desk, page: Interactive, language: str) -> None:
    from nicegui import ui

    async def show(request: Request) -> None:
        visit = Visit(desk, request, language)
        ui.add_head_html(f'<link rel="stylesheet" href="{frame.STYLE}"><link rel="stylesheet" href="{frame.WORK}">')
        ui.html(frame.part(visit, "header.html", tab=page.tab), sanitize=False).classes("desk-header")
        made = page.build(visit)
        if inspect.isawaitable(made):
            await made

    path = within(page.path, language, desk.language)
    ui.page(path, title=say(page.title, language), language=_TONGUES[language])(show)  # type: ignore[arg-type]

"""Make the application of a desk: its pages, NiceGUI where pages are worked in, and the endpoint below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from policygraph.desk import frame, registry
from policygraph.desk.asking import ToldError
from policygraph.desk.assets import ASSETS, folder_of
from policygraph.desk.interactive import Interactive, mounted
from policygraph.desk.policy import Policies
from policygraph.desk.visit import LANGUAGES, Desk, Page, Tab, Visit, within
from policygraph.errors import PolicyGraphError
from policygraph.web.guard import Names

_OF_MACHINES = ("/sparql", "/queries")
Endpoint = Callable[[Sequence[BaseRoute]], Starlette]  # gives the endpoint with pages before it


def application(
    desk: Desk,
    endpoint: Endpoint,
    names: Names,
    pages: Sequence[Page] = registry.PAGES,
    rooms: Sequence[Interactive] = registry.INTERACTIVE,
) -> Starlette:
    """Return the application; a public desk has no page that writes, and nothing of NiceGUI.

    ``endpoint`` is what ``serve`` answers (:meth:`policygraph.web.Server.application`), ``names`` are those of the
    server.
    """
    shown = tuple(page for page in pages if page.public or not desk.public)
    worked = () if desk.public else tuple(rooms)
    desk = replace(desk, tabs=_tabs(shown, worked))
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=frame.STATIC))]
    routes += [Mount(f"/assets/{name}", StaticFiles(directory=place)) for name in ASSETS if (place := folder_of(name))]
    mount, running = mounted(desk, worked, names) if worked else (None, None)
    routes += [mount] if mount else []
    routes += [route for page in shown for route in _routes(desk, page)]
    for language in sorted(LANGUAGES, key=desk.language.__eq__):
        path = within("/{path:path}", language, desk.language)
        routes.append(_Lost(path, partial(_shown, desk, Page("", _nothing_there), language)))
    app = endpoint(routes)
    if running:
        app.router.lifespan_context = running
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(Policies, loose=mount.has if mount else _never)
    return app


def _never(_: str) -> bool:
    return False


def _tabs(pages: Sequence[Page], rooms: Sequence[Interactive]) -> tuple[Tab, ...]:
    paths: dict[str, str] = {}
    for tab, path in [(each.tab, each.path) for each in pages] + [(each.tab, each.path) for each in rooms]:
        if tab and "{" not in path:
            paths.setdefault(tab, path)
    return tuple(Tab(paths[tab], tab, about) for tab, about in registry.TABS.items() if tab in paths)


def _routes(desk: Desk, page: Page) -> list[BaseRoute]:
    """Return a page in each language; one at a path of the endpoint is for readers alone."""
    found: list[BaseRoute] = []
    for language in LANGUAGES:
        path = within(page.path, language, desk.language)
        kind = _ForReaders if page.beside_machines else Route
        show = partial(_shown, desk, page, language)
        found += [
            kind(each, show, methods=list(page.methods)) for each in dict.fromkeys((path, path.rstrip("/") or "/"))
        ]
    return found


class _ForReaders(Route):
    """A page for who asks for HTML and sends no query; everybody else gets what stands below it."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a browser asks."""
        asks = _is_reader(scope) and not scope["query_string"]
        return super().matches(scope) if asks else (Match.NONE, {})


class _Lost(Route):
    """Tells readers that there is no such page; the endpoint tells machines, and whoever asks for its paths."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a browser looks for a page."""
        asks = _is_reader(scope) and not scope["path"].startswith(_OF_MACHINES)
        return super().matches(scope) if asks else (Match.NONE, {})


def _is_reader(scope: Scope) -> bool:
    return scope["type"] == "http" and b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def _shown(desk: Desk, page: Page, language: str, request: Request) -> Response:
    """Show a page; what cannot be shown is told in one."""
    visit = Visit(desk, request, language)
    try:
        return page.show(visit)
    except ToldError as error:
        return _told(visit, page, error)
    except PolicyGraphError as error:
        return _told(visit, page, ToldError(400, error.message))


def _told(visit: Visit, page: Page, error: ToldError) -> Response:
    """Say what cannot be shown: on a page, to a machine in one line."""
    if page.for_machines and not _is_reader(visit.request.scope):
        return PlainTextResponse(f"{error.said('en')}\n", error.status, {"Vary": "Accept"})
    title, told = visit.said("desk.title-told"), error.said(visit.language)
    return frame.page(visit, "told.html", title=title, status=error.status, told=told)


def _nothing_there(visit: Visit) -> Response:
    raise ToldError.of(404, "desk.nothing-there", path=visit.request.url.path)

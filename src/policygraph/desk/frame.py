"""Fill the templates: every value is escaped, every word is a key of the catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import HTMLResponse

from policygraph.desk.visit import LANGUAGES, Visit, address
from policygraph.rows import headings
from policygraph.version import __version__

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_ROOM = Path(__file__).parent
STATIC = _ROOM / "static"
STYLE = f"/static/desk.css?v={quote(__version__)}"
WORK = f"/static/work.css?v={quote(__version__)}"


def page(visit: Visit, template: str, /, *, title: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page made from a template; ``tab`` (a key) says which place of the header it belongs to."""
    return HTMLResponse(part(visit, template, title=title, **values), status, {"Vary": "Accept-Encoding"})


def part(visit: Visit, template: str, /, **values: Any) -> str:
    """Return what a template makes, escaped."""
    common = {"t": visit.said, "url": visit.url, "visit": visit, "language": visit.language, "other": _other(visit)}
    named = headings(visit.language)
    given = {"tab": "", "style": STYLE, "version": __version__} | values
    return _templates().get_template(template).render(**common, heading=lambda name: named.get(name, name), **given)


def markup(html: str) -> Markup:
    """Return HTML that was escaped where it was made, so that a template takes it as it is."""
    from markupsafe import Markup

    return Markup(html)


def _other(visit: Visit) -> str:
    """Return the address of the same page in the other language."""
    language = next(each for each in LANGUAGES if each != visit.language)
    usual = visit.desk.language
    path = visit.request.url.path
    if visit.language != usual:
        path = path.removeprefix(f"/{visit.language}") or "/"
    query = visit.request.url.query
    return address(path, language, usual) + (f"?{query}" if query else "")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_ROOM / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""The page to ask in SPARQL: an editor, prefixes, examples from the catalogue."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from policygraph.desk import asking, assets, frame
from policygraph.desk.pages.questions import title
from policygraph.desk.visit import Page, Visit
from policygraph.vocab import prefixes

TAB = "desk.tab-sparql"


def show(visit: Visit) -> Response:
    """Show the editor."""
    questions = [(each.name, title(visit, each)) for each in visit.desk.study.questions]
    known = [(name, space) for name, space in prefixes().items()]
    words = {key: visit.said(key) for key in ("desk.no-answer", "desk.true", "desk.false")}
    return frame.page(
        visit, "sparql.html", title=visit.said(TAB), tab=TAB, questions=questions, prefixes=known, words=words,
        has_editor=assets.folder_of("codemirror") is not None,
    )  # fmt: skip


def example(visit: Visit) -> Response:
    """Return the SPARQL of a question."""
    return JSONResponse({"sparql": asking.named(visit, visit.part("name")).sparql})


PAGES = (Page("/sparql", show, tab=TAB, beside_machines=True), Page("/questions/{name}/sparql", example))

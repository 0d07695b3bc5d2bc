"""The places: an index, and a page each with its documents, its bodies, the places above and below."""

from __future__ import annotations

from starlette.responses import Response

from policygraph.desk import asking, frame, shown
from policygraph.desk.asking import ToldError
from policygraph.desk.visit import Page, Visit
from policygraph.vocab import thing

TAB = "desk.tab-places"


def show(visit: Visit) -> Response:
    """Show the places that have documents."""
    rows = asking.rows(visit, "documents-by-region", level=visit.given("level"))
    levels = [(each, shown.word(visit.language, "level", each)) for each in visit.desk.study.concepts.levels]
    return frame.page(
        visit, "places.html", title=visit.said(TAB), tab=TAB, table=shown.table(visit, rows), levels=levels
    )


def place(visit: Visit) -> Response:
    """Show one place."""
    code = visit.part("code")
    regions = visit.desk.study.concepts.regions
    known = regions.get(code)
    if known is None:
        raise ToldError.of(404, "desk.no-place", name=code)
    stored = {str(each["code"]) for each in asking.records(visit, "documents-by-region")}
    documents = asking.rows(visit, "documents", region=code) if code in stored else None
    bodies = [each for each in asking.records(visit, "agencies") if str(each["agency"]).partition("/")[0] == code]
    return frame.page(
        visit,
        "place.html",
        title=known.name,
        tab=TAB,
        code=code,
        iri=str(thing("region", code)),
        level=shown.word(visit.language, "level", known.level),
        above=regions.get(known.parent),
        below=[each for each in regions.values() if each.parent == code and each.code in stored],
        documents=shown.table(visit, documents, ("region", "level")) if documents else None,
        bodies=sorted(bodies, key=lambda each: (-int(str(each["roles"])), str(each["agency"]))),
    )


PAGES = (Page("/places", show, tab=TAB), Page("/place/{code}", place))

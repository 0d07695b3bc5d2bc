"""The first page: what is here, and where to go on."""

from __future__ import annotations

from starlette.responses import Response

from policygraph.desk import asking, frame
from policygraph.desk.visit import Page, Visit

_COUNTED = ("actions", "clauses", "responsibilities", "targets")


def show(visit: Visit) -> Response:
    """Show how much there is, and what can be done with it."""
    documents = asking.records(visit, "documents")
    counts = {"documents": len(documents)}
    counts |= {name: sum(int(str(row[name])) for row in documents) for name in _COUNTED}
    title = visit.desk.study.title or visit.said("desk.bundled")
    return frame.page(visit, "home.html", title=title, counts=counts)


PAGES = (Page("/", show, beside_machines=True),)

"""Have what a job makes, and send it as a file."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from policygraph.desk import asking
from policygraph.desk.visit import Visit
from policygraph.store.disk import mark_of
from policygraph.web.jobs import Job, Outcome

FORMS = ("csv", "xlsx", "png", "svg")


def made(visit: Visit, job: Job) -> bytes:
    """Return what a job makes, kept until the store changes. Raises ToldError."""
    key = (mark_of(visit.desk.store), job)
    if key not in visit.desk.kept:
        visit.desk.kept[key] = asking.done(visit.desk, job).body
    found = visit.desk.kept[key]
    assert isinstance(found, bytes)
    return found


def sent(outcome: Outcome, name: str, form: str, shown: bool = False) -> Response:
    """Return an outcome as a file of a name and form; one that is ``shown`` stands in a page."""
    how = "inline" if shown else "attachment"
    headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}.{form}"}
    return Response(outcome.body, 200, headers, outcome.kind)

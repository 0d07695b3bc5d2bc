"""Have what a job makes, and send it as a file."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from policygraph.desk import asking
from policygraph.desk.visit import Visit
from policygraph.web.jobs import Job, Outcome

FORMS = ("csv", "xlsx", "png", "svg")


def made(visit: Visit, job: Job) -> bytes:
    """Return what a job makes, kept until the store changes. Raises ToldError."""
    return asking.body(visit.desk, job)


def sent(outcome: Outcome, name: str, form: str, shown: bool = False) -> Response:
    """Return an outcome as a file of a name and form; one that is ``shown`` stands in a page."""
    how = "inline" if shown else "attachment"
    headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}.{form}"}
    return Response(outcome.body, 200, headers, outcome.kind)

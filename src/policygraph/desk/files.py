"""Send what a job made as a file to keep."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from policygraph.web.jobs import Outcome

FORMS = ("csv", "xlsx", "png", "svg")


def sent(outcome: Outcome, name: str, form: str, shown: bool = False) -> Response:
    """Return an outcome as a file of a name and form; one that is ``shown`` stands in a page."""
    how = "inline" if shown else "attachment"
    headers = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}.{form}"}
    return Response(outcome.body, 200, headers, outcome.kind)

"""The button that ends the desk: who closes the page only would leave it running."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.responses import Response

from policygraph.desk import frame
from policygraph.desk.visit import Page, Visit


def leave(visit: Visit) -> Response:
    """Say that the desk has ended, and end it."""
    answer = frame.page(visit, "left.html", title=visit.said("desk.title-left"))
    answer.background = BackgroundTask(visit.desk.stop)
    return answer


PAGES = (Page("/leave", leave, public=False, methods=("POST",)),)

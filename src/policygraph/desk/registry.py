"""List the pages of the desk: the one place that knows which there are.

To add a page that is read and cited:

1. Write a module ``desk/pages/<name>.py`` with a function ``show(visit: Visit) -> Response`` and
   ``PAGES = (Page("/<path>", show, tab="desk.tab-<name>"),)``. What it shows comes from ``asking.rows(visit, question,
   **parameters)`` (the workers of the endpoint) or from a room of the program; it returns ``frame.page(visit,
   "<name>.html", title=..., ...)``.
2. Write ``desk/templates/<name>.html``: ``{% extends "base.html" %}`` and ``{% block main %}``. Words are keys:
   ``{{ t(key, count=3) }}``; addresses are ``{{ url("/documents", level="county") }}``; a file of
   ``desk/static`` is ``/static/<file>``, one of NiceGUI's wheel ``/assets/<element>/<file>`` (:mod:`..assets`).
   Everything is escaped; a script is a file of its own.
3. Add the module to :data:`PAGES`, a tab (if it has one) takes its place in :data:`TABS`, and the words go into
   ``data/messages/desk.tsv``.

To add a page that is worked in (NiceGUI), on a desk of one's own only:

1. Write a module ``desk/rooms/<name>.py`` with ``PAGES = (Interactive("/<path>", build, title="desk.title-<name>",
   tab="desk.tab-<name>"),)``, where ``build(visit: Visit) -> None`` (or ``async def``) makes the elements; the header
   stands above them already. Import ``nicegui`` inside the functions, never at the top of the module.
2. Add the module to :data:`INTERACTIVE`.
"""

from __future__ import annotations

from policygraph.desk.interactive import Interactive
from policygraph.desk.pages import (
    agencies,
    cascade,
    cascade_paths,
    document,
    documents,
    drafts,
    editor,
    home,
    leaving,
    networks,
    places,
    question,
    questions,
    review,
    things,
)
from policygraph.desk.rooms import review as review_room
from policygraph.desk.rooms import review_grid
from policygraph.desk.visit import Page

# The order of the header, and the key of what the first page says of each; a tab is shown where a page of it is there.
TABS = {
    "desk.tab-documents": "desk.about-documents",
    "desk.tab-questions": "desk.about-questions",
    "desk.tab-cascade": "desk.about-cascade",
    "desk.tab-agencies": "desk.about-agencies",
    "desk.tab-places": "desk.about-places",
    "desk.tab-networks": "desk.about-networks",
    "desk.tab-check": "desk.about-check",
    "desk.tab-review": "desk.about-review",
    "desk.tab-sparql": "desk.about-sparql",
}
PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *leaving.PAGES,
    *documents.PAGES,
    *document.PAGES,
    *questions.PAGES,
    *question.PAGES,
    *cascade.PAGES,
    *cascade_paths.PAGES,
    *agencies.PAGES,
    *places.PAGES,
    *networks.PAGES,
    *drafts.PAGES,
    *things.PAGES,
    *editor.PAGES,
    *review.PAGES,
)
INTERACTIVE: tuple[Interactive, ...] = (*review_room.PAGES, *review_grid.PAGES)

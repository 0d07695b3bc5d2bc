"""The questions of the catalogue by subject, found by words."""

from __future__ import annotations

from itertools import groupby

from starlette.responses import Response

from policygraph.desk import frame
from policygraph.desk.visit import Page, Visit
from policygraph.query import Question

TAB = "desk.tab-questions"
# The subjects of questions -> how they are called.
_SUBJECTS = {
    "actions": "cli.actions",
    "agencies": "cli.agencies",
    "bodies": "cli.bodies",
    "cascade": "cli.cascade",
    "documents": "cli.documents",
    "quality": "cli.quality",
    "queries": "cli.own-questions",
    "schedule": "cli.schedule",
    "targets": "cli.targets",
}


def show(visit: Visit) -> Response:
    """Show the questions that have all the words that were typed."""
    words = visit.given("q").casefold().split()
    found = [each for each in visit.desk.study.questions if all(word in _text(each) for word in words)]
    groups = [(subject(visit, folder), list(of)) for folder, of in groupby(found, lambda each: each.folder)]
    return frame.page(
        visit, "questions.html", title=visit.said(TAB), tab=TAB, groups=groups, shown=len(found),
        total=len(visit.desk.study.questions),
    )  # fmt: skip


def subject(visit: Visit, folder: str) -> str:
    """Return how a subject is called: one of a study's own by the name of its folder."""
    return visit.said(_SUBJECTS[folder]) if folder in _SUBJECTS else folder


def title(visit: Visit, asked: Question) -> str:
    """Return the title of a question in the language of a visit."""
    return asked.title_zh if visit.language == "zh" else asked.title_en


def _text(asked: Question) -> str:
    parts = (asked.name, asked.title_zh, asked.title_en, asked.description_zh, asked.description_en, *asked.tags)
    return " ".join(parts).casefold()


PAGES = (Page("/questions", show, tab=TAB),)

"""The documents of a study that can be reviewed: what is open in each, who holds it, how far two reviewers agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.responses import Response

from policygraph import facts
from policygraph.checklist import cases
from policygraph.desk import frame, reviews
from policygraph.desk.visit import Desk, Page, Visit
from policygraph.errors import PolicyGraphError
from policygraph.facts import decisions
from policygraph.rulings import Ruling
from policygraph.score.agreement import agreements


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the list shows it."""

    name: str
    title: str
    total: int
    open: int
    doubtful: int
    people: tuple[str, ...]
    decisions: tuple[Ruling, ...]
    told: str = ""


def show(visit: Visit) -> Response:
    """Show the documents, those with most in doubt first."""
    study = visit.desk.study
    found = [_listed(visit, folder) for folder in reviews.folders(study).values()]
    found.sort(key=lambda each: (-each.doubtful, -each.open, each.name))
    return frame.page(
        visit,
        "review.html",
        title=visit.said("desk.title-reviews"),
        tab="desk.tab-review",
        documents=found,
        total=sum(each.total for each in found),
        done=sum(each.total - each.open for each in found),
        agreements=agreements(each.decisions for each in found),
    )


def _listed(visit: Visit, folder: Path) -> Listed:
    """Return a document of the list, read again where one of its files changed."""
    desk: Desk = visit.desk
    files = tuple((each.name, each.stat().st_mtime_ns) for each in sorted(folder.iterdir()) if each.is_file())
    key = ("listed", folder, files, visit.language)
    if key not in desk.kept:
        for old in [
            each for each in desk.kept if isinstance(each, tuple) and each[:2] == key[:2] and each[-1] == key[-1]
        ]:
            desk.kept.pop(old)
        desk.kept[key] = _read(folder, visit.language)
    found = desk.kept[key]
    assert isinstance(found, Listed)
    return found


def _read(folder: Path, language: str) -> Listed:
    try:
        found = facts.load(folder)
        ruled = decisions.read(folder)
    except PolicyGraphError as error:
        return Listed(folder.name, folder.name, 0, 0, 0, (), (), error.said(language))
    what = cases(found)
    return Listed(
        folder.name,
        found.value("title") or folder.name,
        len(what),
        sum(each.open for each in what),
        sum(each.open and each.doubt is not None for each in what),
        tuple(sorted({each.who for each in ruled if each.who})),
        ruled,
    )


PAGES = (Page("/review", show, tab="desk.tab-review", public=False),)

"""The list of documents: place, level, number, date, how much each states, and what is open for review."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from policygraph.desk import asking, frame, holdings, shown
from policygraph.desk.visit import Page, Visit

_COUNTED = ("actions", "clauses", "responsibilities", "targets")
TAB = "desk.tab-documents"


@dataclass(frozen=True, slots=True)
class Line:
    """One document of the list; ``open`` is None where no tables of it are at hand."""

    id: str
    title: str
    number: str
    region: str
    level: str
    date: str
    counts: tuple[int, ...]
    open: int | None
    own: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether no fact of the document is at hand."""
        return not any(self.counts)


def lines(visit: Visit) -> tuple[Line, ...]:
    """Return the documents of the store, those of the study first."""
    held = holdings.documents(visit.desk)
    known = {each.facts.doc: each for each in held.values()} | held
    found = []
    for row in asking.records(visit, "documents"):
        name = str(row["document"])
        tables = known.get(name)
        found.append(
            Line(
                name,
                str(row["title"] or name),
                str(row["number"] or ""),
                str(row["region"] or ""),
                str(row["level"] or ""),
                str(row["date"] or ""),
                tuple(int(str(row[each])) for each in _COUNTED),
                len(tables.looks) if tables else None,
                bool(tables and tables.folder),
            )
        )
    return tuple(sorted(found, key=lambda each: not each.own))


def show(visit: Visit) -> Response:
    """Show the documents that fit what was chosen."""
    every = lines(visit)
    chosen = [each for each in every if _fits(visit, each)]
    levels = [(name, shown.word(visit.language, "level", name)) for name in dict.fromkeys(each.level for each in every)]
    regions = sorted({each.region for each in every if each.region})
    named = {name: shown.word(visit.language, "level", name) for name, _ in levels}
    return frame.page(
        visit, "documents.html", title=visit.said(TAB), tab=TAB, lines=chosen, total=len(every), levels=levels,
        regions=regions, named=named, counted=_COUNTED,
    )  # fmt: skip


def _fits(visit: Visit, line: Line) -> bool:
    words = visit.given("q").casefold().split()
    text = f"{line.id} {line.title} {line.number} {line.region} {line.date}".casefold()
    return (
        all(word in text for word in words)
        and visit.given("level") in ("", line.level)
        and visit.given("region") in ("", line.region)
        and (not visit.given("open") or bool(line.open))
        and (not visit.given("stated") or not line.is_empty)
    )


PAGES = (Page("/documents", show, tab=TAB),)

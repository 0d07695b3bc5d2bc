"""Hold one person's review of one document while its page is open; what he rules is written at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from policygraph import facts, pipeline
from policygraph.checklist import Case, cases
from policygraph.desk.placing import pieces
from policygraph.facts import words
from policygraph.facts.acts import Act
from policygraph.facts.forms import form
from policygraph.model import Facts
from policygraph.pipeline import Review, Said
from policygraph.rows import headings
from policygraph.study import Study
from policygraph.terms import LookKind

# What a bare carriage return is shown as: a browser would drop it, and places would no longer be those of the text.
_UNSEEN = str.maketrans({"\r": "\u200b", "\0": "\ufffd"})
_NEW = {"targets": ("quote", "indicator"), "responsibilities": ("surface", "agency"), "citations": ("quote", "title")}
_TOGETHER = (None, LookKind.ROSTER)
_TO_ADD = ("targets", "responsibilities", "citations", "clauses", "structure", "bodies", "schedule")


def folders(study: Study) -> dict[str, Path]:
    """Return the folders of the documents of a study by their names: no other name leads to a folder."""
    place = study.place("facts") if study.folder else None
    if place is None or not place.is_dir():
        return {}
    return {path.name: path for path in sorted(place.iterdir()) if path.is_dir() and facts.is_folder(path)}


def name_of(case: Case) -> str:
    """Return what a case is called on its page, whatever else is ruled: its first table and its place in the text."""
    return (
        f"{case.rows[0][0]}-{case.start}-{case.end}"
        if case.start is not None
        else f"{case.rows[0][0]}-{case.section}-{case.rows[0][1]}"
    )


@dataclass
class Session:
    """The state of a page: the document, its cases in the order in which they were met, and the one at hand."""

    study: Study
    review: Review
    text: str
    said: Said = field(default_factory=Said)
    order: list[str] = field(default_factory=list)
    now: str = ""
    row: int | None = None  # the row of the case that keys are about, None: all of them
    acts: int = 0  # since the graph was made anew
    _cases: tuple[Review, dict[str, Case]] | None = None  # of the state that they were made of

    def __post_init__(self) -> None:
        """Begin with the first case that is open."""
        self.order = list(self.cases)
        self.step(0)

    @property
    def cases(self) -> dict[str, Case]:
        """Return the cases of the document by their names; they are made once for each state of it."""
        if self._cases is None or self._cases[0] is not self.review:
            self._cases = self.review, {name_of(each): each for each in cases(self.review.facts)}
        return self._cases[1]

    def step(self, by: int, every: bool = False) -> None:
        """Go to the next (1) or the one before (-1) that is open, or of all; 0 stays where something is to be done."""
        found = self.cases
        known = [name for name in self.order if name in found]
        at = known.index(self.now) if self.now in known else -1
        ahead = [*known[at + 1 :], *known[: max(at, 0)]] if by > 0 else [*known[:at][::-1], *known[at + 1 :][::-1]]
        ahead = [self.now, *known] if by == 0 else ahead
        self.row = None
        self.now = next((name for name in ahead if name in found and (every or found[name].open)), self.now)
        if self.now not in found:
            self.now = known[0] if known else ""

    def rows(self) -> list[tuple[str, int, Any]]:
        """Return the rows of the case at hand."""
        return self.rows_of(self.now)

    def chosen(self) -> list[tuple[str, int, Any]]:
        """Return the row that was chosen, or all of the case."""
        found = self.rows()
        return found if self.row is None else found[self.row : self.row + 1]

    def beside(self) -> list[str]:
        """Return the other open passages of the section that are ruled on together with that at hand.

        These are what is not in doubt, and the lines of a roster; whatever else is in doubt is looked at by itself.
        """
        here = self.cases.get(self.now)
        if here is None or here.doubt not in _TOGETHER or not here.open:
            return []
        alike = (
            (name, case)
            for name, case in self.cases.items()
            if (case.section, case.doubt) == (here.section, here.doubt)
        )
        return [name for name, case in alike if name != self.now and case.open]

    def rows_of(self, name: str) -> list[tuple[str, int, Any]]:
        """Return the rows of a case."""
        case = self.cases.get(name)
        return [(table, at, getattr(self.review.facts, table)[at]) for table, at in (case.rows if case else ())]

    def rule(self, acts: Sequence[Act]) -> None:
        """Write what was done. Raises as :func:`pipeline.rule`; where another wrote, his state is read first."""
        try:
            self.review = pipeline.rule(self.review, acts, self.said, self.study)
        except pipeline.ChangedError:
            self.review = pipeline.review(self.review.folder, self.study)
            raise
        self.acts += 1
        self._met()

    def undo(self) -> str:
        """Take the last act of this person back; return the name of the case that it was about."""
        before = self.cases
        self.review = pipeline.undo(self.review, self.said, self.study)
        self.acts += 1
        self._met()
        after = self.cases
        changed = [name for name in after if before.get(name) != after[name]]
        self.now = next((name for name in changed if after[name].open), changed[0] if changed else self.now)
        return self.now

    def progress(self) -> tuple[int, int]:
        """Return how many cases are ruled on, and how many there are."""
        found = self.cases.values()
        return sum(not each.open for each in found), len(found)

    def _met(self) -> None:
        met = set(self.order)
        self.order += [name for name in self.cases if name not in met]


# ---------------------------------------------------------------- what is shown


def running(session: Session) -> str:
    """Return the text as HTML, each passage that a case is about marked with its name."""
    found = session.cases
    names = list(found)
    spans = [
        (case.start, case.end) if case.start is not None and case.end is not None else None for case in found.values()
    ]
    return "".join(_piece(each.text, [names[at] for at in each.over], found) for each in pieces(session.text, spans))


def _piece(text: str, names: Sequence[str], found: Mapping[str, Case]) -> str:
    shown = escape(text.translate(_UNSEEN))
    if not names:
        return shown
    narrow = min(names, key=lambda name: (found[name].end or 0) - (found[name].start or 0))
    others = " ".join([narrow, *(name for name in names if name != narrow)])
    return f'<mark class="{look_of(found[narrow])}" data-c="{escape(others)}">{shown}</mark>'


def look_of(case: Case | None) -> str:
    """Return how a case looks: ``gone``, ``done``, ``doubt`` or ``open``."""
    if case is None:
        return "gone"
    if not case.open:
        return "done"
    return "doubt" if case.doubt else "open"


def heading(table: str, column: str, language: str) -> str:
    """Return what a column is called."""
    return words.column(table, column).heading if language == "zh" else headings(language).get(column, column)


def worded(table: str, column: str, cell: object, row: Any, language: str) -> str:
    """Return a cell as a person reads it: words of a closed list in Chinese, where the page is."""
    text = "" if cell is None else str(cell)
    return form(table, column, getattr(row, "field", "")).shown(text) if language == "zh" else text


def choices(table: str, column: str, language: str) -> dict[str, str]:
    """Return what a cell of a closed list may be, by what it stands for; nothing where any text may be."""
    wanted = form(table, column)
    return {each: wanted.shown(each) if language == "zh" else each for each in wanted.choices}


def concepts_of(study: Study, table: str, column: str, found: Facts) -> dict[str, str] | None:
    """Return what an identifier may be, with its name; None for a column of other cells."""
    known = study.concepts
    if column == "indicator_id":
        return {each.id: f"{each.zh}（{each.unit}）" if each.unit else each.zh for each in known.indicators.values()}
    if (table, column) == ("responsibilities", "agency_id"):
        place = found.resolved("region")
        return {f"{place}/{each.id}": each.zh for each in known.agencies.values()}
    if column == "action_type":
        return {each.id: each.zh for each in known.actions.values()}
    return None


def place_of(session: Session, words: str) -> tuple[int, int] | None:
    """Return where some words stand in the text: behind the beginning of the case at hand, else anywhere."""
    case = session.cases.get(session.now)
    wanted = words.strip()
    at = session.text.find(wanted, (case and case.start) or 0)
    at = session.text.find(wanted) if at < 0 else at
    return (at, at + len(wanted)) if wanted and at >= 0 else None


def added(session: Session, table: str, start: int, end: int) -> dict[str, str]:
    """Return the cells of a row that was missed, as far as the place that was marked in the text tells them."""
    found, text = session.review.facts, session.text[start:end].strip()
    before = [row for row in found.structure if row.evidence.start is not None and row.evidence.start <= start]
    cells = {"start": str(start), "end": str(end), **dict.fromkeys(_NEW.get(table, ("quote",)), text)}
    if before and "section" in facts.columns(table):
        cells["section"] = before[-1].section
    if before and "action" in facts.columns(table):
        cells["action"] = _action(found, before[-1])
    if table in ("responsibilities", "clauses"):
        cells |= _in_its_clause(found, table, cells.get("section", ""), start)
    return cells | {name: value for name, value in _FIRST.get(table, {}).items() if name not in cells}


def tables_to_add() -> Iterator[str]:
    """Yield the tables to which what was missed can be added."""
    yield from _TO_ADD


def _action(found: Facts, heading: Any) -> str:
    """Return the action of a section as its other rows have it, else its heading."""
    others: list[tuple[str, str]] = [(row.section, row.action) for row in found.targets]
    others += [(row.section, row.action) for row in found.clauses]
    return next((action for section, action in others if section == heading.section and action), str(heading.heading))


_FIRST: Mapping[str, Mapping[str, str]] = {
    "targets": {"op": ">=", "kind": "quantitative"},
    "responsibilities": {"role": "lead"},
    "citations": {"relation": "mentions"},
    "clauses": {"open": "no", "parsed": "yes"},
    "structure": {"kind": "action"},
    "bodies": {"relation": "member"},
    "schedule": {"kind": "monitoring"},
}


def _in_its_clause(found: Facts, table: str, section: str, start: int) -> dict[str, str]:
    """Return of which clause a body is that is added, and which body of it."""
    here = [row for row in found.clauses if row.section == section]
    if table == "clauses":
        return {"clause": str(len(here) + 1)}
    around = [row for row in here if (row.evidence.start or 0) <= start < (row.evidence.end or 0)] or here[-1:]
    if not around:
        return {"clause": "1", "order": "1"}
    of_it = [row for row in found.responsibilities if (row.section, row.clause) == (section, around[0].clause)]
    return {"clause": str(around[0].clause), "action": around[0].action, "order": str(len(of_it) + 1)}

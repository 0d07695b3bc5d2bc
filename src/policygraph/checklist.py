"""Say what a person should look at after an extraction, the most at stake first; right rows are not on the list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from policygraph import trust
from policygraph.messages import message
from policygraph.model import ClauseRow, Evidence, NumberRow, Outline, Span, Tables
from policygraph.rows import Rows
from policygraph.rulings import WHOLE, Ruling
from policygraph.terms import POSTS, TOUCHED, LookKind, NumberClass, Parsed

DOUBTFUL = Decimal("0.8")  # rows of less are looked at
COLUMNS = ("doc", "kind", "section", "quote", "count", "table", "start", "confidence", "note")
_TASK_TABLE = "table"  # the style of clause that stands in a table
_READ = {  # tables of facts, and the column that says best what a row of theirs is about
    "responsibilities": "agency",
    "targets": "quote",
    "citations": "title",
    "schedule": "event",
    "metadata": "field",
    "structure": "heading",
}
_ORDER = {kind: at for at, kind in enumerate(LookKind)}


@dataclass(frozen=True, slots=True)
class Look:
    """One place to look at: ``count`` numbers, clauses or rows of one kind, of which the first is quoted.

    ``table`` is the fact table in which it stands, empty where none has it.
    """

    doc: str
    kind: LookKind
    section: str
    quote: str
    count: int = 1
    table: str = ""
    evidence: Evidence = field(default_factory=Evidence)


def look_at(facts: Tables, headings: Iterable[Look] = (), left: Iterable[Ruling] = ()) -> tuple[Look, ...]:
    """Return what to look at in the facts of a document, the most at stake first.

    What a person has reviewed or disputed is not on the list. ``headings`` are the lines that are in no table
    (:func:`unnumbered`), ``left`` the decisions of a person whose row is not read any more.

    >>> from policygraph.terms import NumberClass
    >>> row = NumberRow("plan", "二", 1, "30", "个", NumberClass.UNREAD, "", "建成30个", Evidence(rule="unread:goal"))
    >>> [(look.kind.value, look.quote) for look in look_at(Tables("plan", numbers=(row,)))]
    [('goal', '建成30个')]
    """
    lines = _unread_lines(facts, headings)
    found = [*_numbers(facts.numbers), *_clauses(facts.clauses), *lines, *_seats(facts), *_doubtful(facts)]
    found += map(_unfound, left)
    found = [look for look in found if look.evidence.status not in TOUCHED]
    return tuple(sorted(found, key=lambda look: (_ORDER[look.kind], _sureness(look), look.evidence.start or 0)))


def is_doubtful(table: str, row: Any) -> bool:
    """Tell whether a row of a table is one of those that :func:`look_at` points to."""
    if row.evidence.status in TOUCHED:
        return False
    if table == "numbers":
        return bool(row.kind is NumberClass.UNREAD)
    if table == "clauses":
        return bool(row.parsed != Parsed.YES)
    return _sure(table, row.evidence) < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Case:
    """What a person rules on at one glance: rows of one passage, each as its table and its place there.

    ``doubt`` says why it is to be looked at first, None where nothing speaks against it; it is ``open`` as long as one
    row was not ruled on.
    """

    rows: tuple[tuple[str, int], ...]
    section: str
    start: int | None
    end: int | None
    doubt: LookKind | None
    sureness: Decimal
    open: bool


def cases(facts: Tables) -> tuple[Case, ...]:
    """Return what there is to review in a document, the most at stake first, what is not in doubt as it stands.

    A clause comes with its bodies, a sentence with its years. Of the numbers those that no rule read are there.
    """
    kinds = {id(look.evidence): look.kind for look in look_at(facts)}
    found = [_case(facts, rows, kinds) for rows in _passages(facts)]
    return tuple(sorted(found, key=_at_stake))


def _passages(facts: Tables) -> Iterator[tuple[tuple[str, int], ...]]:
    found: dict[tuple[object, ...], list[tuple[str, int]]] = {}
    for table in _REVIEWED:
        for at, row in enumerate(getattr(facts, table)):
            if _is_stated(table, row):
                found.setdefault(_passage(table, at, row), []).append((table, at))
    return map(tuple, found.values())


_REVIEWED = (
    *("metadata", "structure", "clauses", "responsibilities", "targets"),
    *("citations", "bodies", "schedule", "regions", "numbers"),
)


def _is_stated(table: str, row: Any) -> bool:
    """Tell what is read in the text from what is said of the file, and numbers that something is to be ruled on."""
    if table == "metadata":
        return row.evidence.start is not None or (bool(row.value) and is_doubtful(table, row))
    return table != "numbers" or row.kind is NumberClass.UNREAD or row.evidence.status in TOUCHED


def _passage(table: str, at: int, row: Any) -> tuple[object, ...]:
    if table in ("clauses", "responsibilities"):
        return ("clause", row.section, row.action, row.clause)
    if table == "targets":
        return (table, row.section, row.quote)
    return (table, at)


def _case(facts: Tables, rows: tuple[tuple[str, int], ...], kinds: Mapping[int, LookKind]) -> Case:
    found = [(table, getattr(facts, table)[at]) for table, at in rows]
    doubts = [kinds.get(id(row.evidence), LookKind.ROW) for table, row in found if is_doubtful(table, row)]
    places = [row.evidence for _, row in found if row.evidence.start is not None and row.evidence.end is not None]
    return Case(
        rows=rows,
        section=str(getattr(found[0][1], "section", "")),
        start=min((each.start for each in places), default=None),
        end=max((each.end for each in places), default=None),
        doubt=min(doubts, key=_ORDER.__getitem__, default=None),
        sureness=min(_sure(table, row.evidence) for table, row in found),
        open=any(row.evidence.status not in TOUCHED for _, row in found),
    )


def _at_stake(case: Case) -> tuple[object, ...]:
    if case.doubt is None:
        return (len(_ORDER), Decimal(0), case.start or 0)
    return (_ORDER[case.doubt], case.sureness if case.doubt is LookKind.ROW else Decimal(0), case.start or 0)


def unnumbered(doc: str, outline: Outline, spans: Iterable[Span]) -> tuple[Look, ...]:
    """Return the lines of an outline that look like headings and have no number."""
    sections = sorted((section.head.start, section.number) for section in outline.sections)
    starts = [start for start, _ in sections]
    text = outline.text
    return tuple(
        Look(
            doc,
            LookKind.HEADING,
            sections[max(bisect_right(starts, span.start) - 1, 0)][1],
            text.printed[span.start : span.end].strip(),
            evidence=Evidence(text.offsets[span.start], text.offsets[span.end]),
        )
        for span in spans
    )


def as_rows(looks: Iterable[Look]) -> Rows:
    """Return a list of what to look at as a table."""
    return Rows(COLUMNS, tuple(_cells(look) for look in looks))


def _cells(look: Look) -> tuple[object, ...]:
    proof = look.evidence
    return (
        look.doc,
        look.kind.value,
        look.section,
        look.quote,
        look.count,
        look.table,
        proof.start,
        sure(look),
        proof.note,
    )


def _numbers(rows: Iterable[NumberRow]) -> Iterator[Look]:
    """Yield the numbers that no rule read; those of one table are one place."""
    tables: dict[str, Look] = {}
    for row in rows:
        if row.kind is not NumberClass.UNREAD:
            continue
        kind = _KINDS.get(row.evidence.rule.partition(":")[2], LookKind.NUMBER)
        look = Look(row.doc, kind, row.section, row.quote, 1, "numbers", row.evidence)
        if kind is LookKind.TABLE:
            before = tables.get(row.section)
            tables[row.section] = replace(before, count=before.count + 1) if before else look
        else:
            yield look
    yield from tables.values()


_KINDS = {"goal": LookKind.GOAL, "table": LookKind.TABLE}


def _clauses(rows: Iterable[ClauseRow]) -> Iterator[Look]:
    for row in rows:
        if row.parsed != Parsed.YES:
            in_table = row.parsed == Parsed.NO and row.evidence.rule.partition(":")[0] == _TASK_TABLE
            kind = LookKind.TABLE if in_table else LookKind.CLAUSE
            yield Look(row.doc, kind, row.section, row.quote, 1, "clauses", row.evidence)


def _seats(facts: Tables) -> Iterator[Look]:
    for row in facts.bodies:
        if row.evidence.confidence < DOUBTFUL:
            yield Look(row.doc, LookKind.ROSTER, row.section, row.quote, 1, "bodies", row.evidence)


def _unfound(ruling: Ruling) -> Look:
    """Return a decision of a person whose row is not read any more."""
    words = " ".join(cell for name, cell in ruling.known.items() if name != "section")
    told = "checklist.taken-out-not-found" if ruling.column == WHOLE else "checklist.changed-not-found"
    note = message(told, column=ruling.column, was=ruling.was, now=ruling.now)
    section = ruling.known.get("section", "")
    return Look(ruling.doc, LookKind.RULING, section, words, 1, ruling.table, Evidence(note=note))


def _unread_lines(facts: Tables, headings: Iterable[Look]) -> Iterator[Look]:
    """Yield the lines that look like headings; among the seats of a body such a line is one that was not read."""
    seated = [row for row in facts.bodies if row.relation in POSTS]
    rosters = {row.section for row in seated}
    read = {row.evidence.start for row in seated} - {None}
    for line in headings:
        if line.evidence.start not in read:
            yield replace(line, kind=LookKind.ROSTER) if line.section in rosters else line


def _doubtful(facts: Tables) -> Iterator[Look]:
    """Yield the rows of rules that are often wrong; what one quote says (of two years) is one place."""
    found: dict[tuple[str, str, str], Look] = {}
    for table, about in _READ.items():
        for row in getattr(facts, table):
            section, quote = getattr(row, "section", ""), str(getattr(row, about))
            look = Look(row.doc, LookKind.ROW, section, quote, 1, table, row.evidence)
            if sure(look) < DOUBTFUL:
                before = found.get((table, section, quote))
                found[table, section, quote] = replace(before, count=before.count + 1) if before else look
    yield from found.values()


def sure(look: Look) -> Decimal:
    """Return how sure a row is that is looked at.

    What the document says of itself must be the right place and body too: the identifiers of all others depend on it.
    """
    return _sure(look.table, look.evidence)


def _sure(table: str, evidence: Evidence) -> Decimal:
    return trust.least(evidence) if table == "metadata" else evidence.confidence


def _sureness(look: Look) -> Decimal:
    return sure(look) if look.kind is LookKind.ROW else Decimal(0)

"""Mark the facts of a document in its text, in one block of HTML; and say what each fact is.

The text is escaped before anything is put round it: what a document says never becomes markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from policygraph import facts as tables
from policygraph.checklist import DOUBTFUL, is_doubtful
from policygraph.desk.placing import Piece, Span, pieces
from policygraph.facts import words
from policygraph.model import Evidence, Facts
from policygraph.rows import headings
from policygraph.terms import NumberClass, Parsed, Status

# The narrower a kind usually is, the later it stands: where several cover a sign, the last one colours it.
KINDS = ("structure", "clauses", "bodies", "schedule", "citations", "regions", "numbers", "targets", "responsibilities")
_HIDDEN = ("doc", "start", "end", "status", "confidence", "rule", "match", "note", "section")


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact as a page shows it: its table and number there, what it says first, and all its cells with headings."""

    table: str
    number: int
    says: str
    section: str
    cells: tuple[tuple[str, str], ...]
    evidence: Evidence
    classes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what the fact is called on its page."""
        return f"{self.table}-{self.number}"


def shown(facts: Facts, language: str) -> tuple[Shown, ...]:
    """Return every fact of a document but what its metadata say, in the order of its tables."""
    return tuple(
        _shown(table, number, row, language)
        for table in KINDS
        for number, row in enumerate(getattr(facts, table), start=1)
    )


def row_of(facts: Facts, fact: Shown) -> Any:
    """Return the row of a fact."""
    return getattr(facts, fact.table)[fact.number - 1]


def _shown(table: str, number: int, row: Any, language: str) -> Shown:
    cells = tables.as_cells(row)
    said = next(name for name in ("quote", "surface", "heading") if name in cells)
    named = headings(language)
    told = tuple(
        (
            words.column(table, name).heading if language == "zh" else named.get(name, name),
            _word(table, name, cells[name], language),
        )
        for name in tables.columns(table)
        if name not in (*_HIDDEN, said) and cells[name] not in (None, "")
    )
    first = next(str(cells[name]) for name in ("quote", "surface", "heading") if cells.get(name) is not None)
    return Shown(
        table,
        number,
        first,
        str(cells["section"]) if "section" in cells else "",
        told,
        row.evidence,
        _classes(table, row),
    )


def _word(table: str, column: str, value: object, language: str) -> str:
    known = (words.choices(f"{table}.{column}") or words.choices(column)) if language == "zh" else {}
    return known.get(str(value), str(value))


def _classes(table: str, row: Any) -> tuple[str, ...]:
    """Return the classes of a mark: its kind, its role, how sure it is, and whether something was not read."""
    proof: Evidence = row.evidence
    found = [f"k-{table}"]
    if table == "responsibilities":
        found.append(f"r-{row.role}")
    if table == "numbers":
        found.append(f"n-{row.kind}")
    if (table == "numbers" and row.kind is NumberClass.UNREAD) or (table == "clauses" and row.parsed != Parsed.YES):
        found.append("unread")
    elif is_doubtful(table, row) or (proof.confidence < DOUBTFUL and proof.status is not Status.REVIEWED):
        found.append("doubt")
    if proof.status is not Status.EXTRACTED:
        found.append(f"s-{proof.status}")
    return tuple(found)


def marked(text: str, facts: Sequence[Shown]) -> str:
    """Return a text as HTML, each stretch that facts cover within a mark that names them; sections get an anchor.

    >>> row = Shown("targets", 1, "", "", (), Evidence(2, 4), ("k-targets",))
    >>> marked("<a>达标", [row])
    '&lt;a<mark class="k-targets" data-f="targets-1" tabindex="0">&gt;达</mark>标'
    """
    spans = [_span(each) for each in facts]
    return "".join(_piece(each, facts) for each in pieces(text, spans))


def _span(fact: Shown) -> Span | None:
    start, end = fact.evidence.start, fact.evidence.end
    return None if start is None or end is None else (start, end)


def _piece(piece: Piece, facts: Sequence[Shown]) -> str:
    """Return a stretch of the text; the narrowest kind that covers it colours it, and all are named."""
    begun = [facts[at] for at in piece.begins]
    anchors = "".join(f'<a class="at" id="{each.key}"></a>' for each in begun if each.table == "structure")
    ordered = sorted((facts[at] for at in piece.over), key=lambda each: (KINDS.index(each.table), each.number))
    if not ordered:
        return escape(piece.text)
    warns = (name for each in ordered for name in each.classes if name in ("unread", "doubt"))
    classes = " ".join(dict.fromkeys((*ordered[-1].classes, *warns)))
    named = " ".join(each.key for each in reversed(ordered))
    begins = ' tabindex="0"' if begun else ""
    return f'{anchors}<mark class="{classes}" data-f="{named}"{begins}>{escape(piece.text)}</mark>'

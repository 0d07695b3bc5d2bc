"""Make the alignments of documents: the verb of this room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.cascade.chain import (
    BODY,
    EXCERPT,
    FULL,
    NOTHING,
    Document,
    action_of,
    ancestors,
    direction_of,
    read_documents,
)
from policygraph.cascade.compare import Comparison, Note, Statement
from policygraph.cascade.milestones import MISSING, Path, pairs
from policygraph.cascade.units import Units
from policygraph.concepts import Concepts
from policygraph.model import Alignment, Facts

_NOT_AT_HAND: dict[str, Note] = {
    BODY: ("正文不设行动和目标,附件不在手,不能断定未写", "sets nothing itself and its annex is not at hand"),
    NOTHING: ("本文件文本不在手,不能断定未写", "the text of this document is not at hand: not known to be missing"),
    EXCERPT: ("本文件仅有摘录,不能断定未写", "only an excerpt of this document is at hand: not known to be missing"),
}
_WHY: dict[str, Note] = {
    "dropped": ("有此行动,无此目标", "has the action, not the target"),
    "not-covered": ("无此行动", "does not have the action"),
    "no-action": ("指标所属行动不明,本文件无此指标", "the action of this indicator is not known; not stated here"),
}
_UNSURE = ("unchecked", "disputed")


def align(documents: Sequence[Facts], concepts: Concepts, units: Units) -> tuple[Alignment, ...]:
    """Compare the targets of every document with its nearest and its national ancestor that state them.

    ``units`` is the table of :func:`load_units`. Reasons are bilingual, «zh / en». The key of an alignment is
    (document, indicator, year, scope, ancestor); the answer is sorted by it.
    Raises DataError for a document given twice and for documents based on each other in a circle.
    """
    known = read_documents(documents, concepts, units)
    found: list[Alignment] = []
    for document in known.values():
        above = ancestors(document, known)
        for scope, candidates in (("parent", above), ("national", [other for other in above if other.rank == 1])):
            found.extend(_Hop(document, tuple(candidates), scope, concepts).alignments())
    return tuple(sorted(found, key=_key))


def _key(row: Alignment) -> tuple[str, str, int, str, str]:
    return (row.document, row.indicator, row.year or 0, row.scope, row.ancestor)


@dataclass(frozen=True, slots=True)
class _Hop:
    """One document against the ancestors of one scope, nearest first."""

    document: Document
    above: tuple[Document, ...]
    scope: str
    concepts: Concepts

    def alignments(self) -> Iterator[Alignment]:
        """Yield the alignments, indicator by indicator."""
        stated = {indicator for other in (self.document, *self.above) for indicator in other.paths}
        for indicator in sorted(stated):
            nearest = next((other for other in self.above if indicator in other.paths), None)
            if indicator in self.document.paths:
                yield from self._unknown(indicator, nearest)
                yield from self._compared(indicator, nearest) if nearest else self._added(indicator)
            elif nearest:
                yield from self._absent(indicator, nearest)

    def _unknown(self, indicator: str, nearest: Document | None) -> Iterator[Alignment]:
        """Name the ancestors that would have come first, had their text been at hand."""
        nearer = self.above[: self.above.index(nearest)] if nearest else self.above
        for other in nearer:
            if other.at_hand == NOTHING:
                note = (f"{other.name} 文本不在手,无从比较", f"the text of {other.name} is not at hand")
                yield self._row(indicator, None, Comparison("no-data", notes=(note,)), other)

    def _compared(self, indicator: str, nearest: Document) -> Iterator[Alignment]:
        mine, theirs = self.document.paths[indicator], nearest.paths[indicator]
        whole = self.document.at_hand == FULL
        for pair in pairs(mine, theirs, direction_of(indicator, self.concepts), self.document.issued, whole):
            if pair.comparison.verdict != MISSING:
                yield self._row(indicator, pair.year, pair.comparison, nearest, (pair.mine, pair.theirs))
            elif missing := self._missing("dropped", pair.comparison.notes, mine):
                yield self._row(indicator, pair.year, missing, nearest, (None, pair.theirs))

    def _added(self, indicator: str) -> Iterator[Alignment]:
        if all(other.at_hand == NOTHING for other in self.above):
            return  # nothing to compare with
        unsure = [other.name for other in self.above if other.at_hand != FULL]
        notes = [("在手的上级文件均无此指标", "no ancestor at hand states this indicator")]
        if unsure:
            names = "、".join(unsure)
            notes.append((f"文本不全在手: {names}", f"text not (wholly) at hand: {names}"))
        for year, mine in self.document.paths[indicator].items():
            yield self._row(indicator, year, Comparison("added", notes=tuple(notes)), None, (mine, None))

    def _absent(self, indicator: str, nearest: Document) -> Iterator[Alignment]:
        """Judge an indicator that the ancestor states and the document does not."""
        issued = self.document.issued
        for year, theirs in nearest.paths[indicator].items():
            action = action_of(indicator, theirs.row.action, self.concepts)
            verdict = "dropped" if action in self.document.actions else "not-covered"
            missing = self._missing(verdict, (_WHY[verdict if action else "no-action"],))
            if missing and not (year and issued and year < issued):
                yield self._row(indicator, year, missing, nearest, (None, theirs))

    def _missing(self, verdict: str, notes: tuple[Note, ...], mine: Path | None = None) -> Comparison | None:
        """Return the verdict on something that is not there; None where it has been given in the scope parent."""
        damaged = [said.doubt for said in (mine or {}).values() if said.doubt]
        if self.document.at_hand == FULL and not damaged:
            return Comparison(verdict, notes=(*notes, *self._lacking()))
        if self.scope != "parent":
            return None
        if self.document.at_hand == FULL:
            return Comparison("no-data", notes=((f"原文读法存疑: {damaged[0]}", f"in doubt: {damaged[0]}"),))
        return Comparison("no-data", notes=(_NOT_AT_HAND[self.document.at_hand], *self._lacking()))

    def _lacking(self) -> tuple[Note, ...]:
        names = "、".join(self.document.lacking)
        return ((f"附件内容不在手: {names}", f"annex not at hand: {names}"),) if names else ()

    def _row(
        self,
        indicator: str,
        year: int | None,
        found: Comparison,
        ancestor: Document | None,
        sides: tuple[Statement | None, Statement | None] = (None, None),
    ) -> Alignment:
        mine, theirs = sides
        return Alignment(
            document=self.document.slug,
            indicator=indicator,
            year=year,
            scope=self.scope,
            verdict=found.verdict,
            ancestor=ancestor.slug if ancestor else "",
            section=mine.row.section if mine else "",
            ancestor_section=theirs.row.section if theirs else "",
            step=found.step,
            reason=_reason(found, mine, theirs),
            status=mine.row.evidence.status if mine else "",
            ancestor_status=theirs.row.evidence.status if theirs else "",
            ancestor_year=theirs.row.year if theirs else None,
        )


def _reason(found: Comparison, mine: Statement | None, theirs: Statement | None) -> str:
    sides = ((mine, ("本文件", "this document")), (theirs, ("上级", "ancestor")))
    notes = [_labelled(label, said) for said, label in sides if said]
    notes += found.notes
    for said, (zh, en) in sides:
        if said and said.rival:
            notes.append((f"{zh}同年另有 {said.rival}", f"{en} also states {said.rival} for that year"))
        if said and said.row.evidence.status in _UNSURE:
            notes.append((f"{zh}数字尚未核实", f"{en}: figure {said.row.evidence.status}"))
    return ";".join(zh for zh, _ in notes) + " / " + "; ".join(en for _, en in notes)


def _labelled(label: Note, said: Statement) -> Note:
    when = f" ({said.row.year})" if said.row.year else ""
    return (f"{label[0]} {said.shown[0]}{when}", f"{label[1]} {said.shown[1]}{when}")

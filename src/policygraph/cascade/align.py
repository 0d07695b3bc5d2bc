"""Make the alignments of documents: the verb of this room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.cascade.chain import Document, above_by_scope, action_of, direction_of, read_documents
from policygraph.cascade.compare import Comparison, Statement
from policygraph.cascade.milestones import Path, pairs
from policygraph.concepts import Concepts
from policygraph.messages import Message, message
from policygraph.model import Alignment, Facts
from policygraph.quantities import Units
from policygraph.terms import AtHand, Form, Scope, Status, Verdict

_NOT_AT_HAND = {
    AtHand.BODY: "cascade.annex-not-at-hand",
    AtHand.NOTHING: "cascade.text-not-at-hand",
    AtHand.EXCERPT: "cascade.only-an-excerpt",
}


_NOT_CERTAIN = {Status.UNCHECKED: "cascade.figure-unchecked", Status.DISPUTED: "cascade.figure-disputed"}


def align(documents: Sequence[Facts], concepts: Concepts, units: Units) -> tuple[Alignment, ...]:
    """Compare the targets of every document with its nearest and its national ancestor that state them.

    ``units`` is the table of the lexicon. The key of an alignment is
    (document, indicator, year, scope, ancestor); the answer is sorted by it.
    Raises DataError for a document given twice and for documents based on each other in a circle.
    """
    known = read_documents(documents, concepts, units)
    found: list[Alignment] = []
    for document in known.values():
        for scope, above in above_by_scope(document, known):
            found.extend(_Hop(document, tuple(above), scope, concepts).alignments())
    return tuple(sorted(found, key=_key))


def _key(row: Alignment) -> tuple[str, str, int, str, str]:
    return (row.document, row.indicator, row.year or 0, row.scope, row.ancestor)


@dataclass(frozen=True, slots=True)
class _Hop:
    """One document against the ancestors of one scope, nearest first."""

    document: Document
    above: tuple[Document, ...]
    scope: Scope
    concepts: Concepts

    def alignments(self) -> Iterator[Alignment]:
        """Yield the alignments, indicator by indicator."""
        stated = {indicator for other in (self.document, *self.above) for indicator in other.paths}
        for indicator in sorted(stated):
            nearest = self._nearest(indicator)
            if indicator in self.document.paths and not self._number_may_follow(indicator, nearest):
                yield from self._unknown(indicator, nearest)
                yield from self._compared(indicator, nearest) if nearest else self._added(indicator)
            elif nearest:
                yield from self._absent(indicator, nearest)

    def _nearest(self, indicator: str) -> Document | None:
        """Return the nearest ancestor that states an indicator.

        An excerpt with no more than words on what this document puts a number on is passed over where one further up
        has a number: its own may stand in the part that is not at hand.
        """
        stating = [other for other in self.above if indicator in other.paths]
        if _has_number(self.document, indicator) and any(_has_number(other, indicator) for other in stating):
            stating = [
                other for other in stating if other.at_hand is not AtHand.EXCERPT or _has_number(other, indicator)
            ]
        return stating[0] if stating else None

    def _number_may_follow(self, indicator: str, nearest: Document | None) -> bool:
        """Tell whether this is an excerpt that has no more than words on what the ancestor puts a number on."""
        words = self.document.at_hand is AtHand.EXCERPT and not _has_number(self.document, indicator)
        return words and nearest is not None and _has_number(nearest, indicator)

    def _unknown(self, indicator: str, nearest: Document | None) -> Iterator[Alignment]:
        """Name the ancestors that would have come first, had their text been at hand."""
        nearer = self.above[: self.above.index(nearest)] if nearest else self.above
        for other in nearer:
            if other.at_hand is AtHand.NOTHING:
                note = message("cascade.text-above-not-at-hand", document=other.name)
                yield self._row(indicator, None, Comparison(Verdict.NO_DATA, notes=(note,)), other)

    def _compared(self, indicator: str, nearest: Document) -> Iterator[Alignment]:
        mine, theirs = self.document.paths[indicator], nearest.paths[indicator]
        whole = self.document.at_hand is AtHand.FULL
        for pair in pairs(mine, theirs, direction_of(indicator, self.concepts), self.document.issued, whole):
            if pair.comparison:
                yield self._row(indicator, pair.year, pair.comparison, nearest, (pair.mine, pair.theirs))
            elif missing := self._missing(Verdict.DROPPED, pair.notes, mine):
                yield self._row(indicator, pair.year, missing, nearest, (None, pair.theirs))

    def _added(self, indicator: str) -> Iterator[Alignment]:
        if all(other.at_hand is AtHand.NOTHING for other in self.above):
            return  # nothing to compare with
        unsure = [other.name for other in self.above if other.at_hand is not AtHand.FULL]
        notes = [message("cascade.no-ancestor-states-it")]
        if unsure:
            notes.append(message("cascade.texts-not-whole", documents="、".join(unsure)))
        for year, mine in self.document.paths[indicator].items():
            yield self._row(indicator, year, Comparison(Verdict.ADDED, notes=tuple(notes)), None, (mine, None))

    def _absent(self, indicator: str, nearest: Document) -> Iterator[Alignment]:
        """Judge an indicator that the ancestor states and the document does not."""
        issued = self.document.issued
        for year, theirs in nearest.paths[indicator].items():
            action = action_of(indicator, theirs.row.action, self.concepts)
            missing = self._missing(*_absence(action, action in self.document.actions))
            if missing and not (year and issued and year < issued):
                yield self._row(indicator, year, missing, nearest, (None, theirs))

    def _missing(self, verdict: Verdict, notes: tuple[Message, ...], mine: Path | None = None) -> Comparison | None:
        """Return the verdict on something that is not there; None where it has been given in the scope parent."""
        damaged = [said.doubt for said in (mine or {}).values() if said.doubt]
        if self.document.at_hand is AtHand.FULL and not damaged:
            return Comparison(verdict, notes=(*notes, *self._lacking()))
        if self.scope is not Scope.PARENT:
            return None
        if self.document.at_hand is AtHand.FULL:
            return Comparison(Verdict.NO_DATA, notes=(message("cascade.reading-in-doubt", note=damaged[0]),))
        notes = (message(_NOT_AT_HAND[self.document.at_hand]), *self._lacking())
        return Comparison(Verdict.NO_DATA, notes=notes)

    def _lacking(self) -> tuple[Message, ...]:
        names = "、".join(self.document.lacking)
        return (message("cascade.annexes-not-at-hand", annexes=names),) if names else ()

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
            status=mine.row.evidence.status if mine else None,
            ancestor_status=theirs.row.evidence.status if theirs else None,
            ancestor_year=theirs.row.year if theirs else None,
        )


def _has_number(document: Document, indicator: str) -> bool:
    return any(said.form is not Form.TREND for said in document.paths.get(indicator, {}).values())


def _absence(action: str, has_action: bool) -> tuple[Verdict, tuple[Message, ...]]:
    """Return the verdict on an indicator that is not stated, with the reason."""
    if has_action:
        return Verdict.DROPPED, (message("cascade.has-the-action"),)
    why = message("cascade.lacks-the-action") if action else message("cascade.action-not-known")
    return Verdict.NOT_COVERED, (why,)


def _reason(found: Comparison, mine: Statement | None, theirs: Statement | None) -> tuple[Message, ...]:
    named = ((mine, message("cascade.this-document")), (theirs, message("cascade.ancestor")))
    sides = [(said, document) for said, document in named if said]
    stated = [_stated(document, said) for said, document in sides]
    return (*stated, *found.notes, *(note for said, document in sides for note in _doubts(document, said)))


def _stated(document: Message, said: Statement) -> Message:
    when = f" ({said.row.year})" if said.row.year else ""
    return message("cascade.states", document=document, said=said.shown, when=when)


def _doubts(document: Message, said: Statement) -> Iterator[Message]:
    """Yield what makes a figure uncertain: another figure beside it, or that nobody has checked it."""
    if said.rival:
        yield message("cascade.states-another-too", document=document, rival=said.rival)
    if said.row.evidence.status in _NOT_CERTAIN:
        yield message(_NOT_CERTAIN[said.row.evidence.status], document=document)

"""Make the alignments of documents: the verb of this room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.alignments import Alignment
from policygraph.cascade.chain import Document, Known, above_by_scope, action_of, direction_of, read_documents
from policygraph.cascade.compare import Comparison, Statement, compare
from policygraph.cascade.family import family
from policygraph.cascade.headings import merged_with, merger
from policygraph.cascade.milestones import Pair, Path, pairs
from policygraph.cascade.reasons import not_whole, reason, weakest_above
from policygraph.concepts import Concepts
from policygraph.lexicon import Lexicon
from policygraph.messages import Message, message
from policygraph.model import Facts
from policygraph.terms import AtHand, Form, Scope, Verdict

_NOT_AT_HAND = {
    AtHand.BODY: "cascade.annex-not-at-hand",
    AtHand.NOTHING: "cascade.text-not-at-hand",
    AtHand.EXCERPT: "cascade.only-an-excerpt",
}

_FEWEST, _NEARLY_ALL = (
    4,
    0.75,
)  # of the numbers of a parent: what is left out of them is left out, of fewer it is another plan


def align(documents: Sequence[Facts], concepts: Concepts, lexicon: Lexicon) -> tuple[Alignment, ...]:
    """Compare the targets of every document with its nearest and its national ancestor that state them.

    The key of an alignment is (document, indicator, year, scope, ancestor); the answer is sorted by it.
    Raises DataError for a document given twice and for documents based on each other in a circle.
    """
    known = read_documents(documents, concepts, lexicon)
    found = (row for document in known.values() for row in align_targets(document, known, concepts))
    return tuple(sorted(found, key=_key))


def align_targets(document: Document, known: Known, concepts: Concepts) -> list[Alignment]:
    """Compare the targets of one document; ``known`` are its family and all that stand above these. Sorted."""
    related = family(document, known)
    found: list[Alignment] = []
    for scope, above in above_by_scope(document, known):
        found.extend(_Hop(document, tuple(above), related, scope, concepts).alignments())
    return sorted(found, key=_key)


def _key(row: Alignment) -> tuple[str, str, int, str, str]:
    return (row.document, row.indicator, row.year or 0, row.scope, row.ancestor)


@dataclass(frozen=True, slots=True)
class _Hop:
    """One document against the ancestors of one scope, nearest first.

    ``family`` has national documents that it does not carry out: they are compared with where no ancestor states an
    indicator, and what they state and the document does not is not asked of it.
    """

    document: Document
    above: tuple[Document, ...]
    family: tuple[Document, ...]
    scope: Scope
    concepts: Concepts

    def alignments(self) -> Iterator[Alignment]:
        """Yield the alignments, indicator by indicator."""
        stated = {indicator for other in (self.document, *self.above) for indicator in other.paths}
        for indicator in sorted(stated):
            nearest = self._nearest(indicator)
            if indicator not in self.document.paths or self._number_may_follow(indicator, nearest):
                yield from self._absent(indicator, nearest) if nearest else ()
            elif nearest:
                yield from self._unknown(indicator, nearest)
                yield from self._compared(indicator, nearest)
            else:
                yield from self._unstated(indicator)

    def _nearest(self, indicator: str) -> Document | None:
        """Return the nearest ancestor that states an indicator, else the latest document of the family that does.

        An excerpt with no more than words on what this document puts a number on is passed over where one further up
        has a number: its own may stand in the part that is not at hand.
        """
        above = [other for other in self.above if indicator in other.paths]
        stating = above or [other for other in self.family if indicator in other.paths]
        if _has_number(self.document, indicator) and any(_has_number(other, indicator) for other in stating):
            stating = [
                other for other in stating if other.at_hand is not AtHand.EXCERPT or _has_number(other, indicator)
            ]
        return stating[0] if stating else None

    def _number_may_follow(self, indicator: str, nearest: Document | None) -> bool:
        """Tell whether this is an excerpt that has no more than words on what an ancestor puts a number on."""
        words = self.document.at_hand is AtHand.EXCERPT and not _has_number(self.document, indicator)
        return words and nearest in self.above and nearest is not None and _has_number(nearest, indicator)

    def _unknown(self, indicator: str, nearest: Document | None) -> Iterator[Alignment]:
        """Name the ancestors that would have come first, had their text been at hand."""
        nearer = self.above[: self.above.index(nearest)] if nearest in self.above else self.above
        for other in nearer:
            if other.at_hand is AtHand.NOTHING:
                note = message("cascade.text-above-not-at-hand", document=other.name)
                yield self._row(indicator, None, Comparison(Verdict.NO_DATA, notes=(note,)), other)

    def _compared(self, indicator: str, nearest: Document) -> Iterator[Alignment]:
        mine, theirs = self.document.paths[indicator], nearest.paths[indicator]
        direction, whole = direction_of(indicator, self.concepts), self.document.at_hand is AtHand.FULL
        for pair in pairs(mine, theirs, direction, self.document.term, whole):
            if pair.comparison and pair.comparison.verdict is Verdict.ADDED:
                yield self._own_milestone(indicator, pair, pair.comparison, nearest)
            elif pair.comparison:
                yield self._row(indicator, pair.year, pair.comparison, nearest, (pair.mine, pair.theirs))
            elif nearest in self.above and (missing := self._missing(*self._lacks(pair), mine)):
                yield self._row(indicator, pair.year, missing, nearest, (None, pair.theirs))

    def _own_milestone(self, indicator: str, pair: Pair, found: Comparison, nearest: Document) -> Alignment:
        """Judge a milestone that the nearest ancestor does not have: another document may have it."""
        others = (each for each in (*self.above, *self.family) if pair.year in each.paths.get(indicator, {}))
        other = next(others, None)
        if other and pair.mine:
            theirs = other.paths[indicator][pair.year]
            found = compare(pair.mine, theirs, direction_of(indicator, self.concepts))
            return self._row(indicator, pair.year, found, other, (pair.mine, theirs))
        if unsure := self._unsure():
            found = Comparison(Verdict.NO_DATA, notes=(*found.notes, not_whole(unsure)))
        return self._row(indicator, pair.year, found, nearest, (pair.mine, pair.theirs))

    def _unstated(self, indicator: str) -> Iterator[Alignment]:
        """Judge an indicator that no document at hand states: added where all of them are wholly at hand."""
        if all(other.at_hand is AtHand.NOTHING for other in (*self.above, *self.family)):
            yield from self._unknown(indicator, None)
            return
        unsure = self._unsure()
        notes = [message("cascade.no-ancestor-states-it"), *([not_whole(unsure)] if unsure else [])]
        found = Comparison(Verdict.NO_DATA if unsure else Verdict.ADDED, notes=tuple(notes))
        for year, mine in self.document.paths[indicator].items():
            yield self._row(indicator, year, found, None, (mine, None))

    def _unsure(self) -> list[Document]:
        """Return the documents of which it is not known what they leave out."""
        return [other for other in (*self.above, *self.family) if not other.whole]

    def _absent(self, indicator: str, nearest: Document) -> Iterator[Alignment]:
        """Judge an indicator that the ancestor states and the document does not."""
        for year, theirs in nearest.paths[indicator].items():
            missing = self._missing(*self._absence(indicator, theirs, nearest))
            if missing and self.document.term.holds(year):
                yield self._row(indicator, year, missing, nearest, (None, theirs))

    def _absence(self, indicator: str, theirs: Statement, nearest: Document) -> tuple[Verdict, tuple[Message, ...]]:
        """Return the verdict on an indicator that is not stated, with the reason."""
        action = action_of(indicator, theirs.row.action, self.concepts)
        if self.document.field not in ("", action, nearest.field) and action in self.concepts.actions:
            return Verdict.NOT_COVERED, (message("cascade.lacks-the-action"),)
        if action not in (*self.document.actions, *nearest.sets) and self._carries_on(nearest):
            return Verdict.DROPPED, (message("cascade.carries-on-the-others"),)
        if action not in self.document.actions:
            why = message("cascade.lacks-the-action") if action else message("cascade.action-not-known")
            return Verdict.NOT_COVERED, (why,)
        if self._of_another_place(theirs):
            return Verdict.NOT_COMPARED, (message("cascade.total-not-stated"),)
        if merged := merged_with(action, self.document.sets, nearest.sets):
            return Verdict.MERGED, (merger(merged, self.concepts), message("cascade.target-not-stated"))
        return Verdict.DROPPED, (message("cascade.has-the-action"),)

    def _carries_on(self, nearest: Document) -> bool:
        """Tell whether nearly all numbers that a direct parent asks for in the period are stated here."""
        asked = [
            indicator
            for indicator, path in nearest.paths.items()
            if any(said.form is not Form.TREND and self.document.term.holds(year) for year, said in path.items())
        ]
        stated = sum(indicator in self.document.paths for indicator in asked)
        return nearest.slug in self.document.parents and len(asked) >= _FEWEST and stated >= _NEARLY_ALL * len(asked)

    def _lacks(self, pair: Pair) -> tuple[Verdict, tuple[Message, ...]]:
        """Return the verdict on a milestone that is not stated, with the reason."""
        if self._of_another_place(pair.theirs):
            return Verdict.NOT_COMPARED, (*pair.notes, message("cascade.total-not-stated"))
        return Verdict.DROPPED, pair.notes

    def _of_another_place(self, theirs: Statement) -> bool:
        """Tell whether a number is the total of another place, to which this one adds what it adds."""
        return theirs.total_of not in ("", self.document.place)

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
        notes = self._about(indicator, ancestor, theirs) if ancestor and theirs else ()
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
            reason=(*reason(found, mine, theirs), *notes),
            status=mine.row.evidence.status if mine else None,
            ancestor_status=theirs.row.evidence.status if theirs else None,
            ancestor_year=theirs.row.year if theirs else None,
        )

    def _about(self, indicator: str, ancestor: Document, theirs: Statement) -> tuple[Message, ...]:
        """Say that a document is not cited, and which of several parents asks for least."""
        if ancestor in self.family:
            return (message("cascade.not-cited", document=ancestor.name),)
        parents = [each for each in self.above if each.slug in self.document.parents and each is not ancestor]
        others = {each.name: each.paths.get(indicator, {}).get(theirs.row.year) for each in parents}
        asked = {ancestor.name: theirs, **{name: said for name, said in others.items() if said}}
        return weakest_above(asked, direction_of(indicator, self.concepts))


def _has_number(document: Document, indicator: str) -> bool:
    return any(said.form is not Form.TREND for said in document.paths.get(indicator, {}).values())

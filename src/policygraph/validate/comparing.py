"""Say what a comparison with documents above found: what stands here, what they ask for, and what could be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rdflib import RDF, Graph
from rdflib.term import Node

from policygraph.messages import Message, Pair, message, render
from policygraph.terms import Verdict
from policygraph.validate.about import Named, named_as
from policygraph.validate.report import NOTHING, Words
from policygraph.validate.shapes import words
from policygraph.validate.wording import both, demand, label, statement, text, unsure
from policygraph.vocab import PG

NONE = message("validate.none")
_SCOPES = ("parent", "national")  # the nearer document is named first
_MENDED = frozenset({Verdict.LOOSER, Verdict.LATER, Verdict.DROPPED, Verdict.NOT_COVERED})  # by stating what is asked
_LACKING = frozenset({Verdict.NOT_COVERED, Verdict.DROPPED, Verdict.MERGED})


@dataclass(frozen=True, slots=True)
class Compared:
    """What stands in a document, what is asked of it and by which documents; ``clause`` is what it could write."""

    found: Words
    expected: Words = NOTHING
    against: tuple[Named, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison: the slice of a document, and what is told of those above it."""

    data: Graph
    above: Graph

    def target(self, alignments: Sequence[Node]) -> Compared:
        """Return what comparisons of one indicator (with a parent, with the nation; of one or more years) found."""
        met = sorted(alignments, key=self._nearness)
        asked = [each for each in met if self._theirs(each) is not None]
        against = self._against(met)
        if not asked:  # the document above is not there to be quoted, only what was noted of it
            return Compared(self._noted(met[0]), NOTHING, against)
        nearest = {self.data.value(each, PG.year): each for each in reversed(asked)}
        sentences = [self._sentence(nearest[year]) for year in sorted(nearest, key=text)]
        return Compared(both(self._mine(met)), self._asked(asked), against, "".join(dict.fromkeys(sentences)))

    def action(self, document: Node, kind: Node, usual: str) -> Compared:
        """Return what is known of an action that is not there; ``usual`` says who answers for it elsewhere."""
        of = [each for each in self.data.subjects(PG.ofDocument, document) if self._is_about(each, kind)]
        lacking = sorted((each for each in of if self._theirs(each) is not None), key=self._order)
        sentences = dict.fromkeys(self._sentence(each) for each in lacking)
        against, name = self._against(of), _label(self.data, kind)
        asked = message("validate.action-asked", action=name, documents=[each.name for each in against])
        clause = render(message("validate.clause-action", action=name, targets="".join(sentences), bodies=usual), "zh")
        return Compared(both(NONE), both(asked) if against else NOTHING, against, clause)

    def _mine(self, alignments: Sequence[Node]) -> Message:
        """Say what the document states: the targets compared, else those of other years, else nothing."""
        indicator = self.data.value(alignments[0], PG.alignedIndicator)
        name = _label(self.data, indicator)
        own = [target for each in alignments for target in self.data.objects(each, PG.alignedTarget)]
        if own:
            return message("validate.states", indicator=name, said=self._statements(own))
        said = self._statements(self._own_targets(alignments[0], indicator))
        return message("validate.states-others", indicator=name, said=said) if said else NONE

    def _statements(self, targets: Iterable[Node]) -> list[Message | str]:
        """Return what targets state, by year."""
        by_year = sorted(targets, key=lambda each: text(self.data.value(each, PG.year)))
        return list(dict.fromkeys(statement(self.data, each, self.data) for each in by_year))

    def _own_targets(self, alignment: Node, indicator: Node | None) -> Iterator[Node]:
        document = self.data.value(alignment, PG.ofDocument)
        for each in self.data.subjects(PG.ofIndicator, indicator):
            if (each, PG.inDocument, document) in self.data:
                yield each

    def _asked(self, alignments: Sequence[Node]) -> Words:
        """Say what the documents above ask for; those that ask the same are named together."""
        name = _label(self.data, self.data.value(alignments[0], PG.alignedIndicator))
        by_documents: dict[tuple[Message | str, ...], list[Message | str]] = {}
        for said, documents in self._demands(alignments).items():
            by_documents.setdefault(tuple(documents), []).append(said)
        parts = [
            both(message("validate.asked", indicator=name, said=said, documents=documents))
            for documents, said in by_documents.items()
        ]
        return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))

    def _demands(self, alignments: Sequence[Node]) -> dict[Message | str, dict[Message | str, None]]:
        """Return what is asked for, in the order of the years, and by whom."""
        found: dict[Message | str, dict[Message | str, None]] = {}
        for each in sorted(alignments, key=lambda each: text(self.data.value(each, PG.year))):
            theirs = self._theirs(each)
            if theirs is not None:
                said = statement(self.above, theirs, self.data)
                marked = message("validate.unsure", said=said) if unsure(self.above, theirs) else said
                found.setdefault(marked, {}).update(dict.fromkeys(other.name for other in self._against([each])))
        return found

    def _sentence(self, alignment: Node) -> str:
        """Return what a document above asks for as a sentence of a plan; empty where it is no number."""
        theirs = self._theirs(alignment)
        offered = text(self.data.value(alignment, PG.verdict)) in _MENDED
        if theirs is None or not offered or self.above.value(theirs, PG.value) is None:
            return ""
        indicator = label(self.data, self.data.value(alignment, PG.alignedIndicator))
        year, said = text(self.above.value(theirs, PG.year)), demand(self.above, theirs, self.data)
        key = "validate.clause-target" if year else "validate.clause-standing"
        return render(message(key, year=year, indicator=indicator, said=said), "zh")

    def _noted(self, alignment: Node) -> Words:
        indicator = self.data.value(alignment, PG.alignedIndicator)
        name, reason = _label(self.data, indicator), words(self.data, alignment, PG.reason)
        return Words(f"{name.zh}: {reason.zh}", f"{name.en}: {reason.en}")

    def _theirs(self, alignment: Node) -> Node | None:
        theirs = self.data.value(alignment, PG.ancestorTarget)
        return theirs if theirs is not None and (theirs, RDF.type, None) in self.above else None

    def _against(self, alignments: Iterable[Node]) -> tuple[Named, ...]:
        found = (other for each in alignments for other in self.data.objects(each, PG.comparedWith))
        return tuple(dict.fromkeys(named_as(each, self.above, self.data) for each in found))

    def _is_about(self, alignment: Node, kind: Node) -> bool:
        """Tell whether a comparison says that an action of a kind, or a target of it, is not there."""
        indicator = self.data.value(alignment, PG.alignedIndicator)
        of_target = indicator is not None and (indicator, PG.indicatorOf, kind) in self.data
        lacking = text(self.data.value(alignment, PG.verdict)) in _LACKING
        return (of_target and lacking) or (alignment, PG.ofActionType, kind) in self.data

    def _nearness(self, alignment: Node) -> tuple[int, str]:
        scope = text(self.data.value(alignment, PG.scope))
        return (_SCOPES.index(scope) if scope in _SCOPES else len(_SCOPES), str(alignment))

    def _order(self, alignment: Node) -> tuple[str, str, tuple[int, str]]:
        indicator = label(self.data, self.data.value(alignment, PG.alignedIndicator))
        return (indicator, text(self.data.value(alignment, PG.year)), self._nearness(alignment))


def _label(graph: Graph, node: Node | None) -> Pair:
    zh = label(graph, node)
    return Pair(zh, label(graph, node, "en") or zh)

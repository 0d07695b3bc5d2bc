"""Say of a document what was looked at: its name, what was recognised in it, and what it was compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, RDFS, Graph
from rdflib.term import Node

from policygraph.messages import Message, message
from policygraph.terms import UNSURE, Stage, Verdict
from policygraph.validate.slices import World
from policygraph.vocab import PG, identifier_of, thing


@dataclass(frozen=True, slots=True)
class Named:
    """A document by what readers call it; ``title`` and ``number`` are empty where they are not known."""

    slug: str
    title: str = ""
    number: str = ""

    @property
    def name(self) -> Message | str:
        """Return the title with the number, or what there is of them.

        >>> from policygraph.messages import render
        >>> render(Named("guofa-2019-13", "国务院关于实施健康中国行动的意见", "国发〔2019〕13号").name, "zh")
        '《国务院关于实施健康中国行动的意见》（国发〔2019〕13号）'
        """
        title = self.title.replace("《", "〈").replace("》", "〉")  # GB/T 15834: inside 《》 stands 〈〉
        if title and self.number:
            return message("validate.named", title=title, number=self.number)
        return message("validate.titled", title=title) if title else self.number or self.slug


@dataclass(frozen=True, slots=True)
class About:
    """What was checked of one document.

    Counted are actions, clauses and targets that were recognised, and the nodes that any shape ``looked_at``;
    ``unsure`` figures of the documents it was ``compared`` with have not been checked with their source.
    """

    document: Named
    stage: Stage = Stage.ISSUED
    actions: int = 0
    clauses: int = 0
    targets: int = 0
    looked_at: int = 0
    compared: tuple[Named, ...] = ()
    absent: tuple[Named, ...] = ()  # documents that it carries out, of which the text is not at hand
    unsure: int = 0

    @property
    def empty(self) -> bool:
        """Tell whether nothing was recognised or nothing looked at: then a check says nothing."""
        return not (self.actions or self.clauses or self.targets) or not self.looked_at


def stage_of(document: Node, data: Graph) -> Stage:
    """Return how far a document is: a text with neither number nor date has not been issued yet."""
    stated = any((document, term, None) in data for term in (PG.documentNumber, PG.dateIssued))
    return Stage.ISSUED if stated else Stage.DRAFT


def about(slug: str, data: Graph, above: Graph, everything: World, stage: Stage, looked_at: int) -> About:
    """Return what was checked of a document; ``data`` is its slice of the world, ``above`` what is told beside it."""
    document = thing("document", slug)
    met = list(data.subjects(PG.ofDocument, document))
    known = [each for each in met if str(data.value(each, PG.verdict)) != Verdict.NO_DATA]
    compared = {other for each in known for other in data.objects(each, PG.comparedWith)}
    named = {other for each in met for other in data.objects(each, PG.comparedWith)}
    basis = {each for each in data.objects(document, PG.basedOn) if not everything.is_plan(each)}
    doubted = {data.value(each, PG.ancestorTarget) for each in known if _status(each, data) in UNSURE}
    return About(
        document=named_as(document, data),
        stage=stage,
        actions=_count(data, PG.Action),
        clauses=_count(data, PG.Clause),
        targets=_count(data, PG.Target),
        looked_at=looked_at,
        compared=_sorted(compared, data, above),
        absent=_sorted((named | basis) - compared - {document}, data, above),
        unsure=len(doubted),
    )


def _status(alignment: Node, data: Graph) -> str:
    """Return how far the figure above was checked."""
    theirs = data.value(alignment, PG.ancestorTarget)
    return str(data.value(alignment, PG.ancestorStatus) if theirs is None else data.value(theirs, PG.factStatus))


def named_as(document: Node, *graphs: Graph) -> Named:
    """Return the name of a document from the first graph that states it, else as the document cites it."""
    return Named(
        identifier_of("document", str(document)),
        _first(document, graphs, DCTERMS.title) or _first(document, graphs, RDFS.label),
        _first(document, graphs, PG.documentNumber),
    )


def _first(node: Node, graphs: Iterable[Graph], term: Node) -> str:
    return next((str(value) for graph in graphs for value in graph.objects(node, term)), "")


def _sorted(documents: Iterable[Node], *graphs: Graph) -> tuple[Named, ...]:
    found = (named_as(each, *graphs) for each in documents)
    return tuple(sorted(found, key=lambda each: (each.number, each.title, each.slug)))


def _count(data: Graph, kind: Node) -> int:
    return sum(1 for _ in data.subjects(RDF.type, kind))

"""Write the comparisons of targets between documents, so that SPARQL finds them without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rdflib import URIRef

from policygraph import vocab
from policygraph.concepts import Concepts
from policygraph.graph import iris
from policygraph.graph.paths import Unique
from policygraph.graph.places import places, slug, target_iris
from policygraph.graph.writer import Writer
from policygraph.model import Alignment, Facts
from policygraph.vocab import CASCADE_GRAPH, PG, Quad

TargetKey = tuple[str, str, str, int | None]  # document slug, section, indicator id, year
TargetIndex = Mapping[TargetKey, URIRef]
_NO_TARGETS: TargetIndex = MappingProxyType({})


def target_index(documents: Iterable[Facts], concepts: Concepts) -> TargetIndex:
    """Return the node of each target, also under section ``""`` for those who do not know its section."""
    found: dict[TargetKey, URIRef] = {}
    for facts in documents:
        name = slug(facts)
        for row, node in target_iris(facts, places(facts, concepts)):
            indicator = row.indicator_id or iris.indicator_id(row.indicator)
            found.setdefault((name, row.section, indicator, row.year), node)
            found.setdefault((name, "", indicator, row.year), node)
    return MappingProxyType(found)


def alignment_graph(alignments: Iterable[Alignment], targets: TargetIndex = _NO_TARGETS) -> tuple[Quad, ...]:
    """Return the alignments as quads; with the index of targets, each is linked to the targets it compares."""
    writer, unique = Writer(CASCADE_GRAPH), Unique()
    for item in alignments:
        document = iris.document(item.document)
        year = "standing" if item.year is None else str(item.year)
        path = unique("/".join((item.document, item.indicator, year, item.scope)))
        node = iris.below(document, "alignment", path.removeprefix(f"{item.document}/"))
        writer.typed(node, PG.TargetAlignment)
        writer.add(
            node,
            (PG.inDocument, document),
            (PG.ofIndicator, iris.concept("indicator", item.indicator)),
            (PG.year, vocab.integer(item.year)),
            (PG.scope, vocab.code(item.scope)),
            (PG.verdict, vocab.code(item.verdict)),
            (PG.step, vocab.decimal(item.step)),
            (PG.reason, vocab.text(item.reason)),
            (PG.comparedWith, iris.document(item.ancestor) if item.ancestor else None),
            (PG.alignedTarget, targets.get((item.document, item.section, item.indicator, item.year))),
            (PG.ancestorTarget, targets.get((item.ancestor, item.ancestor_section, item.indicator, item.year))),
        )
    return writer.quads()

"""Write the regions that documents and bodies belong to, with the regions above them and what took their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policygraph import vocab
from policygraph.concepts import Concepts
from policygraph.graph import iris
from policygraph.graph.writer import Writer
from policygraph.vocab import PG


def above(code: str, concepts: Concepts) -> Iterator[str]:
    """Yield the codes of the regions above one, nearest first."""
    seen = {code}
    region = concepts.regions.get(code)
    while region and region.parent and region.parent not in seen:
        yield region.parent
        seen.add(region.parent)
        region = concepts.regions.get(region.parent)


def heirs(code: str, concepts: Concepts) -> Iterator[str]:
    """Yield the codes of the regions that took the place of one that ended, and in turn of those."""
    region = concepts.regions.get(code)
    for after in region.into if region else ():
        yield after
        yield from heirs(after, concepts)


def regions(writer: Writer, codes: Iterable[str], concepts: Concepts) -> None:
    """Write the regions of these codes, those above and after them; a code in no table is its own label."""
    lines = {found for code in codes for found in (code, *above(code, concepts))}
    later = {heir for code in lines for heir in heirs(code, concepts)}
    wanted = lines | {found for code in later for found in (code, *above(code, concepts))}
    for code in wanted:
        node, region = iris.region(code), concepts.regions.get(code)
        writer.typed(node, PG.Region)
        writer.label(node, region.name if region else code)
        writer.add(node, (PG.regionCode, vocab.code(code)))
        if region:
            parent = iris.region(region.parent) if region.parent else None
            writer.add(
                node,
                (PG.parentRegion, parent),
                (PG.within, parent),
                (PG.atLevel, iris.concept("level", region.level) if region.level else None),
            )
        for after in region.into if region else ():
            writer.add(iris.region(after), (PG.succeeds, node))

"""Find what of the graph of concepts a document reaches, as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from rdflib import URIRef

from policygraph.concepts import Concepts
from policygraph.graph import Mentions, iris
from policygraph.pipeline.parts.index import Index
from policygraph.quads import Triple, term, triple_of
from policygraph.validate import NOT_FOLLOWED, reformed
from policygraph.vocab import thing

# What is said of these depends on the documents of a corpus; of all other concepts only on their tables.
_MET = tuple(term(thing(kind, ""))[:-1] for kind in ("agency", "region", "document"))
_PASSED = frozenset(map(term, NOT_FOLLOWED))


class Reach:
    """The graph of concepts by what it is about."""

    def __init__(self, lines: Iterable[str], concepts: Concepts) -> None:
        self._about: defaultdict[str, list[Triple]] = defaultdict(list)
        self._reforms: defaultdict[str, list[str]] = defaultdict(list)
        self._tables = {term(iris.concept("indicator", each)) for each in concepts.indicators}
        for s, p, o in map(triple_of, lines):
            self._about[s].append((s, p, o))
        for node, about in self._about.items():
            for kind in reformed(about):
                self._reforms[kind].append(node)

    def met(self, index: Index, related: Sequence[Index]) -> frozenset[str]:
        """Return what a document can reach of all that depends on the documents of the corpus."""
        starts = [*_named(index.mentions), *(each for other in related for each in _named_above(other.mentions))]
        return frozenset(node for node in self._nodes(starts, None) if self._is_met(node))

    def digest(self, met: Iterable[str]) -> str:
        """Return a digest of what is said of concepts."""
        text = "\n".join(" ".join(triple) for node in sorted(met) for triple in sorted(self._about[node]))
        return sha256(text.encode("utf-8")).hexdigest()

    def triples(self, starts: Iterable[str], met: frozenset[str]) -> Iterator[Triple]:
        """Yield what is said of concepts, and of all that these name; of those that depend on documents, those met."""
        for node in self._nodes(starts, met):
            yield from self._about[node]

    def _nodes(self, starts: Iterable[str], met: frozenset[str] | None) -> Iterator[str]:
        waiting, seen = list(starts), set[str]()
        while waiting:
            node = waiting.pop()
            if node in seen or node not in self._about or not (met is None or node in met or not self._is_met(node)):
                continue
            seen.add(node)
            yield node
            waiting.extend(o for _, p, o in self._about[node] if o[0] == "<" and p not in _PASSED)
            waiting.extend(self._reforms.get(node, ()))

    def _is_met(self, node: str) -> bool:
        return node.startswith(_MET) or (node.startswith(_INDICATOR) and node not in self._tables)


_INDICATOR = term(thing("indicator", ""))[:-1]


def _named(mentions: Mentions) -> Iterator[str]:
    """Yield what a document names itself."""
    nodes = [*(iris.agency(each) for each, _ in mentions.bodies), *map(iris.agency, mentions.coordinating)]
    nodes += [iris.region(mentions.region)] if mentions.region else []
    yield from map(term, nodes)
    yield from _named_above(mentions)


def _named_above(mentions: Mentions) -> Iterator[str]:
    """Yield what comparisons with a document may name beside it: its indicators, and what it carries out."""
    nodes: list[URIRef] = [iris.concept("indicator", each) for each, _ in mentions.indicators]
    yield from map(term, (*nodes, *(iris.document(each) for each, _, _ in mentions.cited)))

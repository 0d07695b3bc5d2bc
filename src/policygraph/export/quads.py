"""Write quads in the syntaxes of RDF, sorted, so that the same quads give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
from rdflib import XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.plugins.serializers.jsonld import from_rdf
from rdflib.term import Identifier, Node

from policygraph import vocab
from policygraph.errors import UsageError
from policygraph.export.turtle import by_graph, head, subjects
from policygraph.messages import Foreign
from policygraph.nameless import loosened
from policygraph.quads import term
from policygraph.vocab import Quad

_Plain = tuple[Node, Node, Node, Identifier]


def as_nquads(quads: Iterable[Quad]) -> str:
    """Return N-Quads, one line a quad, sorted, none twice."""
    return "".join(sorted({f"{' '.join(map(_written, quad))} .\n" for quad in _named(quads)}))


def as_trig(quads: Iterable[Quad]) -> str:
    """Return TriG: graphs, subjects and properties grouped, in the order of their names."""
    parts = by_graph(_named(quads))
    body = "".join(f"{name} {{\n{subjects(triples, '  ')}}}\n" for name, triples in parts)
    return head(body) + "\n" + body


def as_turtle(quads: Iterable[Quad]) -> str:
    """Return Turtle: the union of the graphs, whose names are lost."""
    body = subjects((s, p, o) for s, p, o, _ in _named(quads))
    return head(body) + "\n" + body


def as_jsonld(quads: Iterable[Quad]) -> str:
    """Return JSON-LD, compacted by ontology/context.jsonld, which is written out in full at its head."""
    dataset = Dataset()
    for s, p, o, g in _named(quads):
        dataset.graph(URIRef(g)).add((s, p, o))
    compact = _sorted(from_rdf(dataset, context_data=dict(vocab.context())))  # type: ignore[no-untyped-call]
    return json.dumps({"@context": dict(vocab.context()), **_body(compact)}, ensure_ascii=False, indent=1) + "\n"


def as_rdfxml(quads: Iterable[Quad]) -> str:
    """Return RDF/XML: the union of the graphs, whose names are lost, subjects in order.

    Raises UsageError for a property or a text that XML cannot write.
    """
    triples = sorted({(_written(s), _written(p), _written(o)): (s, p, o) for s, p, o, _ in _named(quads)}.items())
    try:
        text = ox.serialize(
            (ox.Triple(*map(_engine_term, triple)) for _, triple in triples),
            format=ox.RdfFormat.RDF_XML,
            prefixes=dict(vocab.prefixes()),
        )
    except (ValueError, OSError) as error:
        raise UsageError("export.no-rdfxml", why=Foreign(str(error))) from error
    return (text or b"").decode()


def _engine_term(node: Node) -> Any:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string)))
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def _named(quads: Iterable[Quad]) -> Iterable[_Plain]:
    """Give blank nodes names that depend on the content alone; what a store had to name is nameless again."""
    found: list[_Plain] = list(quads)
    if not any(isinstance(node, BNode) for quad in found for node in quad):
        return [(loosened(s), p, loosened(o), g) for s, p, o, g in found]
    graphs: dict[Identifier, Graph] = {}
    for s, p, o, g in found:
        graphs.setdefault(g, Graph()).add((s, p, o))
    return [(s, p, o, g) for g, graph in graphs.items() for s, p, o in to_canonical_graph(graph)]


def _written(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) or not isinstance(node, Identifier) else term(node)


def _body(compact: Any) -> dict[str, Any]:
    if isinstance(compact, list):
        return {"@graph": compact}
    return {key: value for key, value in compact.items() if key != "@context"}


def _sorted(part: Any) -> Any:
    """Order keys, and the members of every array that is a set (an ``@list`` keeps its order)."""
    if isinstance(part, dict):
        return {key: part[key] if key in ("@list", "@context") else _sorted(part[key]) for key in sorted(part)}
    if isinstance(part, list):
        return sorted(map(_sorted, part), key=lambda item: json.dumps(item, ensure_ascii=False))
    return part

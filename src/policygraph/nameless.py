"""Name what Turtle leaves nameless: lists, restrictions, paths, nested shapes.

In a store they have IRIs made from their content, so that a graph can be replaced and pushed piece by piece; what is
exported has blank nodes again, as OWL and SHACL ask for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Identifier, Node

from policygraph import quads, vocab
from policygraph.vocab import Quad

_START = str(vocab.NODE)
_NO_NODES: frozenset[Node] = frozenset()


def names(graph: Graph) -> Mapping[Node, URIRef]:
    """Return an IRI for each nameless node: a digest of what it belongs to and of what it says.

    Nodes that belong to one thing and say the same are one.
    """
    nodes = {node for triple in graph for node in triple if isinstance(node, BNode)}
    said: dict[Node, str] = {node: "\n".join(_content(node, graph, _NO_NODES)) for node in nodes}
    return {node: URIRef(_START + _digest(node, graph, said, _NO_NODES)) for node in nodes}


def named(graph: Graph, name: URIRef) -> tuple[Quad, ...]:
    """Return the triples of a graph as quads of a named graph, without nameless nodes; sorted."""
    known = names(graph)
    return quads.ordered((_iri(known.get(s, s)), _iri(p), known.get(o) or _term(o), name) for s, p, o in graph)


def loosened(node: Node) -> Node:
    """Return a node that :func:`names` has named as the nameless node it was; others as they are.

    >>> loosened(URIRef(_START + "1f")), loosened(vocab.PG.Plan).endswith("Plan")
    (rdflib.term.BNode('n1f'), True)
    """
    return BNode(f"n{node.removeprefix(_START)}") if isinstance(node, URIRef) and node.startswith(_START) else node


def below(node: Node, graph: Graph) -> Iterable[tuple[Node, Node, Node]]:
    """Yield the triples of a nameless node and of the nameless nodes under it."""
    waiting, seen = [node], {node}
    while waiting:
        for triple in graph.triples((waiting.pop(), None, None)):
            yield triple
            if isinstance(triple[2], BNode) and triple[2] not in seen:
                seen.add(triple[2])
                waiting.append(triple[2])


def _digest(node: Node, graph: Graph, said: Mapping[Node, str], seen: frozenset[Node]) -> str:
    """Hash a node by its owner, if any, and its content (``said``); what lies on a circle is told by the rest."""
    owners = sorted(graph.subject_predicates(node), key=lambda pair: (str(pair[1]), str(pair[0])))
    owner = next(((s, p) for s, p in owners if s not in seen and s != node), None)
    above = [_owner(owner[0], graph, said, seen | {node}), str(owner[1])] if owner else []
    return hashlib.sha256("\n".join([*above, said[node]]).encode("utf-8")).hexdigest()[:12]


def _owner(node: Node, graph: Graph, said: Mapping[Node, str], seen: frozenset[Node]) -> str:
    return _digest(node, graph, said, seen) if isinstance(node, BNode) else quads.term(_term(node))


def _content(node: Node, graph: Graph, seen: frozenset[Node]) -> list[str]:
    lines = []
    for term, value in graph.predicate_objects(node):
        if isinstance(value, BNode):
            said = [] if value in seen else _content(value, graph, seen | {node})
        else:
            said = [quads.term(_term(value))]
        lines.append(f"{term} {' '.join(said)}")
    return sorted(lines)


def _term(node: Node) -> Identifier:
    if isinstance(node, Literal) and node.language:
        return Literal(str(node), lang=node.language.lower())
    assert isinstance(node, Identifier)
    return node


def _iri(node: Node) -> URIRef:
    assert isinstance(node, URIRef)
    return node

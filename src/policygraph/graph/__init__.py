"""Turn facts into quads. IRIs are minted here and nowhere else; no quad has a blank node."""

from policygraph.graph import iris
from policygraph.graph.cascade import Nodes, alignment_graph, cascade_graph, comparisons, joined, nodes_of, target_index
from policygraph.graph.concepts import concept_graph, concepts_named
from policygraph.graph.dataset import Size, dataset_graph, description, provenance
from policygraph.graph.documents import addresses, graph, stated
from policygraph.graph.mentions import Mentions, mentions
from policygraph.graph.nodes import places
from policygraph.graph.paths import section_path
from policygraph.graph.schema import ontology_graph, schema

__all__ = [
    "Mentions",
    "Nodes",
    "Size",
    "addresses",
    "alignment_graph",
    "cascade_graph",
    "comparisons",
    "concept_graph",
    "concepts_named",
    "dataset_graph",
    "description",
    "graph",
    "iris",
    "joined",
    "mentions",
    "nodes_of",
    "ontology_graph",
    "places",
    "provenance",
    "schema",
    "section_path",
    "stated",
    "target_index",
]

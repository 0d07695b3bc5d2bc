"""Turn facts into quads. IRIs are minted here and nowhere else; no quad has a blank node."""

from policygraph.graph.cascade import alignment_graph, cascade_graph, target_index
from policygraph.graph.concepts import concept_graph
from policygraph.graph.dataset import dataset_graph
from policygraph.graph.documents import graph
from policygraph.graph.nodes import places
from policygraph.graph.paths import section_path
from policygraph.graph.schema import ontology_graph, schema

__all__ = [
    "alignment_graph",
    "cascade_graph",
    "concept_graph",
    "dataset_graph",
    "graph",
    "ontology_graph",
    "places",
    "schema",
    "section_path",
    "target_index",
]

"""Run the rooms in their order. The only place that knows it; it calls, counts and reports, and never decides.

What is not asked for is not loaded: reading a clause needs no reasoner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.pipeline.building import Assembled, Built, assemble, build, load_plans
    from policygraph.pipeline.checking import check, check_many, check_stored, check_turtle
    from policygraph.pipeline.choosing import choose_quads, make_network, measured, with_communities
    from policygraph.pipeline.clauses import CLAUSE_COLUMNS, ReadClause, read_clauses
    from policygraph.pipeline.comparing import COMPARISONS, compare, compared_networks, heat, named_documents
    from policygraph.pipeline.extracting import (
        Outcome,
        compare_document,
        extract_batch,
        extract_document,
        files_in,
        read_text,
    )
    from policygraph.pipeline.judging import Checks, is_folder_of_documents, judge, judge_folder
    from policygraph.pipeline.opening import bundled, open_graph

__all__ = [
    "CLAUSE_COLUMNS",
    "COMPARISONS",
    "Assembled",
    "Built",
    "Checks",
    "Outcome",
    "ReadClause",
    "assemble",
    "build",
    "bundled",
    "check",
    "check_many",
    "check_stored",
    "check_turtle",
    "choose_quads",
    "compare",
    "compare_document",
    "compared_networks",
    "extract_batch",
    "extract_document",
    "files_in",
    "heat",
    "is_folder_of_documents",
    "judge",
    "judge_folder",
    "load_plans",
    "make_network",
    "measured",
    "named_documents",
    "open_graph",
    "read_clauses",
    "read_text",
    "with_communities",
]
_HOMES = {
    "building": ("Assembled", "Built", "assemble", "build", "load_plans"),
    "checking": ("check", "check_many", "check_stored", "check_turtle"),
    "choosing": ("choose_quads", "make_network", "measured", "with_communities"),
    "clauses": ("CLAUSE_COLUMNS", "ReadClause", "read_clauses"),
    "comparing": ("COMPARISONS", "compare", "compared_networks", "heat", "named_documents"),
    "extracting": ("Outcome", "compare_document", "extract_batch", "extract_document", "files_in", "read_text"),
    "judging": ("Checks", "is_folder_of_documents", "judge", "judge_folder"),
    "opening": ("bundled", "open_graph"),
}


def __getattr__(name: str) -> Any:
    """Load the module that has a name on its first use."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"policygraph.pipeline.{module}"), name)
    raise AttributeError(f"module 'policygraph.pipeline' has no attribute '{name}'")

"""Run the rooms in their order. The only place that knows it; it calls, counts and reports, and never decides.

What is not asked for is not loaded: reading a clause needs no reasoner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.pipeline.building import Assembled, Built, assemble, build, load_plans
    from policygraph.pipeline.checking import check, check_many, check_stored, check_turtle
    from policygraph.pipeline.clauses import CLAUSE_COLUMNS, ReadClause, read_clauses
    from policygraph.pipeline.extracting import Outcome, compare_document, extract_batch, extract_document, read_text

__all__ = [
    "CLAUSE_COLUMNS",
    "Assembled",
    "Built",
    "Outcome",
    "ReadClause",
    "assemble",
    "build",
    "check",
    "check_many",
    "check_stored",
    "check_turtle",
    "compare_document",
    "extract_batch",
    "extract_document",
    "load_plans",
    "read_clauses",
    "read_text",
]
_HOMES = {
    "building": ("Assembled", "Built", "assemble", "build", "load_plans"),
    "checking": ("check", "check_many", "check_stored", "check_turtle"),
    "clauses": ("CLAUSE_COLUMNS", "ReadClause", "read_clauses"),
    "extracting": ("Outcome", "compare_document", "extract_batch", "extract_document", "read_text"),
}


def __getattr__(name: str) -> Any:
    """Load the module that has a name on its first use."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"policygraph.pipeline.{module}"), name)
    raise AttributeError(f"module 'policygraph.pipeline' has no attribute '{name}'")

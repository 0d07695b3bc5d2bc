"""Run the rooms in their order. The only place that knows it; it calls, counts and reports, and never decides."""

from policygraph.pipeline.building import Assembled, Built, assemble, build, load_plans
from policygraph.pipeline.checking import check, check_many, check_stored, check_turtle
from policygraph.pipeline.clauses import COLUMNS as CLAUSE_COLUMNS
from policygraph.pipeline.clauses import ReadClause, read_clauses
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

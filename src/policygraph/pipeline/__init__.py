"""Run the rooms in their order. The only place that knows it; it calls, counts and reports, and never decides."""

from policygraph.pipeline.building import Assembled, Built, assemble, build, check, load_plans
from policygraph.pipeline.extracting import Outcome, extract_batch, extract_document

__all__ = [
    "Assembled",
    "Built",
    "Outcome",
    "assemble",
    "build",
    "check",
    "extract_batch",
    "extract_document",
    "load_plans",
]

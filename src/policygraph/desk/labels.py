"""Say what things are called that the pages name by their codes."""

from __future__ import annotations

from policygraph.desk import asking
from policygraph.desk.visit import Visit


def labels(visit: Visit, question: str, parameter: str) -> dict[str, str]:
    """Return the label of each thing that a parameter of a question may name, by its code."""
    found = asking.values(visit, question, parameter)
    return {str(value): str(label) for value, label in found.rows}


def levels(visit: Visit) -> dict[str, str]:
    """Return what levels are called, by their codes."""
    return labels(visit, "documents", "level")

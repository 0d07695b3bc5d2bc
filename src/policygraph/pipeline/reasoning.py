"""Reason with the ontology: its closure is worked out once in a process."""

from __future__ import annotations

from functools import cache

from policygraph.graph import schema
from policygraph.infer import Rules, rules


@cache
def closure() -> Rules:
    """Return what follows from the ontology, as rules for instances."""
    return rules(schema())

"""The bundled plans, read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from policygraph import assets, facts
from policygraph.graph import schema
from policygraph.infer import Rules, rules
from policygraph.model import Facts

# Engines find the same, as test_validate shows; where it does not matter which, the quicker one that is here is asked.
QUICKER = "pyshifty" if find_spec("shifty") else "pyshacl"


@cache
def plans() -> tuple[Facts, ...]:
    """Return the facts of every bundled document, sorted by folder."""
    return tuple(facts.load(folder) for folder in assets.bundled_plans())


def plan(name: str) -> Facts:
    """Return the facts of the bundled document in this folder."""
    (found,) = [each for each in plans() if each.doc == name]
    return found


@cache
def closure() -> Rules:
    """Return what follows from the ontology, as rules."""
    return rules(schema())

"""Know canonical things and their names (data/concepts): one frozen record that is handed to the rooms."""

from __future__ import annotations

from functools import cache

from policygraph import assets
from policygraph.concepts.reading import load, tables_of
from policygraph.concepts.records import (
    ActionType,
    Affix,
    Affixes,
    AgencyType,
    Concepts,
    Function,
    Indicator,
    KnownDocument,
    Level,
    Name,
    Reform,
    RegionName,
    agency_type_of,
)
from policygraph.divisions import Region, RegionChange

__all__ = [
    "ActionType",
    "Affix",
    "Affixes",
    "AgencyType",
    "Concepts",
    "Function",
    "Indicator",
    "KnownDocument",
    "Level",
    "Name",
    "Reform",
    "Region",
    "RegionChange",
    "RegionName",
    "agency_type_of",
    "bundled",
    "load",
    "tables_of",
]


@cache
def bundled() -> Concepts:
    """Return the concepts that ship with the project."""
    return load(assets.path("data", "concepts"))

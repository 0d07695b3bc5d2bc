"""Load the phrases of the outline (data/template/words.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from policygraph import assets, tables

Words = Mapping[str, str]


@cache
def words() -> Words:
    """Return the phrases by key; what stands in braces is filled in."""
    rows = tables.read_table(assets.path("data", "template", "words.tsv"), required=("key", "text", "example"))
    return MappingProxyType({row["key"]: row["text"] for row in rows})

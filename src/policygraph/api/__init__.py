"""The library: the same verbs as the command line, with Python values."""

from __future__ import annotations

from policygraph.api.doors import build, extract, open, validate
from policygraph.api.graph import KnowledgeGraph
from policygraph.api.shown import Picture
from policygraph.network import Network
from policygraph.pipeline import bundled
from policygraph.rows import Rows
from policygraph.validate import Report

__all__ = [
    "KnowledgeGraph",
    "Network",
    "Picture",
    "Report",
    "Rows",
    "build",
    "bundled",
    "extract",
    "open",
    "validate",
]

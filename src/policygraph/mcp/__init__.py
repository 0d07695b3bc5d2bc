"""Offer a store to an assistant over the Model Context Protocol: its questions, its documents, the check of a draft.

A door that only reads: what it answers comes from the workers of ``serve``, within their limits, and names its sources.
"""

from policygraph.mcp.server import server
from policygraph.mcp.tools import Tools

__all__ = ["Tools", "server"]

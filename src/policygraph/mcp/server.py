"""Make the server: each tool with what it does in words, as one that only reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from policygraph.errors import PolicyGraphError
from policygraph.mcp.tools import FailedError, Tools
from policygraph.messages import say
from policygraph.version import __version__

_ONLY_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
TOOLS: Mapping[str, str] = {  # tool -> the key of what it does
    "find_questions": "mcp.find-questions",
    "values": "mcp.values",
    "ask": "mcp.ask",
    "documents": "mcp.documents",
    "document": "mcp.document",
    "sparql": "mcp.sparql",
    "check_draft": "mcp.check-draft",
}


def server(tools: Tools) -> MCPServer[Any]:
    """Return a server of the tools; ``run("stdio")`` answers on standard input and output until it ends."""
    language = tools.language
    made: MCPServer[Any] = MCPServer(
        "policygraph",
        version=__version__,
        title=say("mcp.title", language),
        instructions=say("mcp.instructions", language),
        log_level="ERROR",
    )
    for name, key in TOOLS.items():
        function = _told(tools, getattr(tools, name))
        made.add_tool(function, name=name, description=say(key, language), annotations=_ONLY_READS)
    return made


def _told(tools: Tools, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a tool whose failures are sentences that an assistant can act on."""

    @wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except FailedError as error:
            raise ToolError(tools.said(error.message)) from error
        except PolicyGraphError as error:
            raise ToolError(error.said(tools.language)) from error

    return call

"""Knowledge graphs of who answers for what in Chinese government plans.

>>> import policygraph as pg
>>> kg = pg.open()
>>> kg.ask("lead-roles").columns[:3]
('rank', 'function', 'label')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policygraph.version import __version__ as __version__

if TYPE_CHECKING:  # for type checkers; a test holds it against _HOMES
    from policygraph.api.doors import begin_study as begin_study
    from policygraph.api.doors import build as build
    from policygraph.api.doors import extract_file as extract_file
    from policygraph.api.doors import look_at as look_at
    from policygraph.api.doors import open as open
    from policygraph.api.doors import validate_file as validate_file
    from policygraph.api.graph import KnowledgeGraph as KnowledgeGraph
    from policygraph.api.shown import Picture as Picture
    from policygraph.checklist import Look as Look
    from policygraph.network import Network as Network
    from policygraph.rows import Rows as Rows
    from policygraph.validate import Report as Report

# Where each public name lives: it is loaded on first use, so that the command line starts without the library.
# No name is that of a room: Python would put the room policygraph.extract, once imported, in the place of a function.
_HOMES = {
    "begin_study": "policygraph.api.doors",
    "build": "policygraph.api.doors",
    "extract_file": "policygraph.api.doors",
    "look_at": "policygraph.api.doors",
    "open": "policygraph.api.doors",
    "validate_file": "policygraph.api.doors",
    "KnowledgeGraph": "policygraph.api.graph",
    "Picture": "policygraph.api.shown",
    "Look": "policygraph.checklist",
    "Rows": "policygraph.rows",
    "Network": "policygraph.network",
    "Report": "policygraph.validate",
}
_FORMER = {"extract": "extract_file", "validate": "validate_file"}

__all__ = ("__version__", *_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    hint = f"; the function is policygraph.{_FORMER[name]}" if name in _FORMER else ""
    raise AttributeError(f"module 'policygraph' has no attribute '{name}'{hint}")


def __dir__() -> list[str]:
    return sorted(__all__)

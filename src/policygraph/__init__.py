"""Knowledge graphs of who answers for what in Chinese government plans.

>>> import policygraph as pg
>>> kg = pg.open()
>>> kg.ask("lead-roles").columns[:3]
('rank', 'function', 'label')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.version import __version__

if TYPE_CHECKING:
    from policygraph.api import KnowledgeGraph, build, extract, open

__all__ = ["KnowledgeGraph", "__version__", "build", "extract", "open"]


def __getattr__(name: str) -> Any:
    """Load the library on first use: the command line starts without it."""
    if name in __all__:
        from policygraph import api

        return getattr(api, name)
    raise AttributeError(f"module 'policygraph' has no attribute '{name}'")

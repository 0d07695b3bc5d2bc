"""Knowledge graphs of who answers for what in Chinese government plans.

>>> import policygraph as pg
>>> kg = pg.open()
>>> kg.ask("lead-roles").columns[:3]
('rank', 'function', 'label')
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from policygraph.version import __version__

if TYPE_CHECKING:
    from policygraph.api import KnowledgeGraph, Network, Picture, Report, Rows, build, extract, open, validate

__all__ = [
    "KnowledgeGraph",
    "Network",
    "Picture",
    "Report",
    "Rows",
    "__version__",
    "build",
    "extract",
    "open",
    "validate",
]


def __getattr__(name: str) -> Any:
    """Load the library on first use: the command line starts without it."""
    if name in __all__:
        from policygraph import api

        return getattr(api, name)
    raise AttributeError(f"module 'policygraph' has no attribute '{name}'")


class _Room(ModuleType):
    """A room that has the name of a door: called, it is the door.

    Python puts a module that is imported into its package, over the function of the same name: without this
    ``pg.extract`` would be the function until the room ``policygraph.extract`` is loaded, and a module after that.
    """

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        from policygraph import api

        return getattr(api, self.__name__.rpartition(".")[2])(*arguments, **options)


class _Package(ModuleType):
    """The package, which makes its rooms callable as they are put into it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

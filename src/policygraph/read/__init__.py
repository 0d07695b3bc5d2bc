"""Read a file as text: ``read(path) -> Source``. Knows file formats; knows nothing of Chinese or of policy."""

from policygraph.read.dispatch import read
from policygraph.read.plain import LIMIT

__all__ = ["LIMIT", "read"]

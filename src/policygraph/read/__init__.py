"""Read a file as text: ``read(path) -> Source``. Knows file formats; knows nothing of Chinese or of policy."""

from policygraph.read.plain import LIMIT, read

__all__ = ["LIMIT", "read"]

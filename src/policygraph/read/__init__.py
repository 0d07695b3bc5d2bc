"""Read a file as text: ``read(path) -> Source``. Knows file formats; knows nothing of Chinese or of policy."""

from policygraph.read.dispatch import LIMIT, decoded, read

__all__ = ["LIMIT", "decoded", "read"]

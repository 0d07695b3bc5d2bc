"""Say labels in both languages, for pictures and workbooks that readers of either open."""

from __future__ import annotations

from policygraph.messages import say


def both(key: str, between: str = " ", **values: object) -> str:
    """Return the sentence of a key in Chinese and English.

    >>> both("export.nodes")
    '节点 nodes'
    """
    return between.join(say(key, language, **values) for language in ("zh", "en"))

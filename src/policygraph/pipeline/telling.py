"""Tell who waits what is being done."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.messages import Message

Progress = Callable[[Message | str], None]


def silent(_: Message | str) -> None:
    """Say nothing: the default progress."""

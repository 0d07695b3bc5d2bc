"""Tell who waits what is being done, how far it is, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable

from policygraph.errors import DocumentError
from policygraph.messages import Message, message

Progress = Callable[[Message | str], None]
Skip = Callable[[DocumentError], None]
_EVERY = 1.0  # seconds between two lines


def silent(_: Message | str) -> None:
    """Say nothing: the default progress."""


def ignore(_: DocumentError) -> None:
    """Say nothing of a document that is skipped."""


def paced(progress: Progress, total: int) -> Callable[[], None]:
    """Return what is called after each of so many documents: at times it tells how many, how fast, how long yet."""
    begun = time.monotonic()
    done, last = 0, begun

    def tell() -> None:
        nonlocal done, last
        done += 1
        now = time.monotonic()
        if now - last >= _EVERY or done == total:
            last = now
            rate = done / max(now - begun, 0.001)
            left = message("building.left", seconds=round((total - done) / rate))
            progress(message("building.pace", done=done, total=total, rate=f"{rate:.1f}", left=left))

    return tell

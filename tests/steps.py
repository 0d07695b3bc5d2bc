"""Count the steps of a program: what grows with the length of its input can be shown without a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

SHORT, LONG = 1_000, 4_000  # characters of the two texts that are compared
SLACK = 1.1  # beyond the four times that the length allows; what grows with its square takes sixteen


def steps(work: Callable[[], object]) -> int:
    """Return how many lines of Python run, and calls and returns are made, while work is done."""
    count = 0

    def one(frame: FrameType, event: str, arg: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return one

    before = sys.gettrace()
    sys.settrace(one)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def assert_grows_with_length(read: Callable[[str], object], piece: str, start: str = "") -> None:
    """Four times the length takes at most about four times the steps; the first, uncounted reading fills the caches."""
    short, long = (start + piece * (length // len(piece)) for length in (SHORT, LONG))
    read(short)
    few, many = steps(lambda: read(short)), steps(lambda: read(long))
    assert many <= 4 * SLACK * few, f"{piece!r}: four times the length took {many / few:.1f} times as many steps"

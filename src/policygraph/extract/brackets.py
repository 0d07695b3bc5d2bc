"""Find the outermost brackets of a stretch in one pass, so that no run of open brackets makes it slow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】"}
LONGEST = 2500  # characters; a bracket that does not close by then has lost its end
_MARKS = re.compile(r"[()\[\]〔〕【】。]")


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet, with the closed ones inside it."""

    at: int
    wanted: str
    inside: list[tuple[int, int]] = field(default_factory=list)


def brackets(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the spans of the outermost closed brackets, and where those stand that never close.

    A closing mark of another shape is passed over; a full stop ends the brackets inside the outermost, which
    lost their ends.

    >>> brackets("(甲(乙))丙[丁", 0, 8)
    ([(0, 6)], [7])
    """
    closed: list[tuple[int, int]] = []
    lost: list[int] = []
    stack: list[_Open] = []
    bottom = 0  # of the stack; what lies below has expired
    for match in _MARKS.finditer(text, start, end):
        at, mark = match.start(), match[0]
        while bottom < len(stack) and at - stack[bottom].at >= LONGEST:
            closed += stack[bottom].inside
            lost.append(stack[bottom].at)
            bottom += 1
        if mark in PAIRS:
            stack.append(_Open(at, PAIRS[mark]))
        elif bottom < len(stack) and mark == stack[-1].wanted:
            span = (stack.pop().at, at + 1)
            (stack[-1].inside if bottom < len(stack) else closed).append(span)
        elif mark == "。" and len(stack) - bottom > 1:
            stack[bottom].inside += [span for opened in stack[bottom + 1 :] for span in opened.inside]
            del stack[bottom + 1 :]
    for opened in stack[bottom:]:
        closed += opened.inside
        lost.append(opened.at)
    return sorted(closed), sorted(lost)

"""Find the outermost brackets of a stretch in one pass, so that no run of open brackets makes it slow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】", "{": "}"}
LONGEST = 2500  # characters; a bracket that does not close by then has lost its end
_LONGEST_TITLE = 200
_LINE = re.compile(r"[^\n]+")
_OPENS = re.compile(f"[{re.escape(''.join(PAIRS))}]")
_MARKS = re.compile(r"[()\[\]〔〕【】{}。]")
_TITLE_MARKS = re.compile("[《》]")


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet, with the closed ones inside it."""

    at: int
    wanted: str
    inside: list[tuple[int, int]] = field(default_factory=list)


def titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the outermost titles in 《》, none of which runs over a line's end.

    >>> titles("《甲〈乙〉》、《丙", 0, 9)
    [(0, 6)]
    """
    found: list[tuple[int, int]] = []
    first = text.find("《", start, end)
    if first < 0:
        return []
    for line in _LINE.finditer(text, first, end):
        found += _pair(_TITLE_MARKS.finditer(text, *line.span()), {"《": "》"}, _LONGEST_TITLE)[0]
    return found


def brackets(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the spans of the outermost closed brackets, and where those stand that never close.

    A closing mark of another shape is passed over; a full stop ends the brackets inside the outermost, which
    lost their ends.

    >>> brackets("(甲(乙))丙[丁", 0, 8)
    ([(0, 6)], [7])
    """
    first = _OPENS.search(text, start, end)
    return _pair(_MARKS.finditer(text, first.start(), end), PAIRS, LONGEST) if first else ([], [])


def _pair(
    marks: Iterable[re.Match[str]], pairs: Mapping[str, str], longest: int
) -> tuple[list[tuple[int, int]], list[int]]:
    closed: list[tuple[int, int]] = []
    lost: list[int] = []
    stack: list[_Open] = []
    bottom = 0  # of the stack; what lies below has expired
    for match in marks:
        at, mark = match.start(), match[0]
        while bottom < len(stack) and at - stack[bottom].at >= longest:
            closed += stack[bottom].inside
            lost.append(stack[bottom].at)
            bottom += 1
        if mark in pairs:
            stack.append(_Open(at, pairs[mark]))
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

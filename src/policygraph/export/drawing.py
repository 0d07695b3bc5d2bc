"""Hold a drawing as shapes with places in inches, before any program draws it: what overlaps can be computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil, cos, radians, sin, sqrt
from unicodedata import east_asian_width

POINT = 1 / 72  # of an inch
LINE = 1.35  # of the size of the letters, from one line to the next
_NARROW = 0.62  # of the size of a Chinese character: a letter or a digit
_SLACK = 3  # characters that a line may have above its share, to keep a number whole

_WHOLE = re.compile(r"[(《“〔]*(?:[0-9A-Za-z—–-]+|.)[,。;:!?、)》”〕]*")  # what no line end parts

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: its place, diameter in inches, colour, and the kind that gives it its shape."""

    place: Point
    size: float
    colour: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """Lines of text beside a place: size in points, angle in degrees, which side of the place it ends or begins at."""

    place: Point
    text: str
    size: float
    angle: float = 0.0
    side: str = "left"  # left: begins at the place; right: ends there; center
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge: the points of a Bézier curve (two, three or four), its width in points, colour, and how dark it is."""

    points: tuple[Point, ...]
    width: float
    colour: str
    dark: float = 0.5
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a border, on which a text stands: left, bottom, width and height in inches."""

    place: Point
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on paper, as wide and high as they need, from 0 up; and how many nodes were left out of it."""

    width: float
    height: float
    dots: tuple[Dot, ...] = ()
    words: tuple[Word, ...] = ()
    ties: tuple[Tie, ...] = ()
    boxes: tuple[Box, ...] = ()
    left_out: int = 0


def text_width(text: str, size: float) -> float:
    """Return how wide the longest line of a text is, in inches: at most, whatever the font.

    >>> round(text_width("市教育局", 9), 2), round(text_width("2030\\n市", 9), 2)
    (0.5, 0.31)
    """
    lines = text.split("\n") or [""]
    return max(sum(map(_em, line)) for line in lines) * size * POINT


def _em(character: str) -> float:
    return 1.0 if east_asian_width(character) in "WFA" else _NARROW


def folded(text: str, most: int, lines: int = 2) -> str:
    """Return a text in lines of about equal length, at most so many characters each; numbers and words stay whole.

    What is longer than all lines ends with «…».

    >>> folded("关于推进健康大连行动的实施意见", 8)
    '关于推进健康大连\\n行动的实施意见'
    >>> folded("健康上海行动(2019—2030年)", 12)
    '健康上海行动\\n(2019—2030年)'
    >>> folded("一二三四五六七八九", 3)
    '一二三\\n四五…'
    """
    each = ceil(len(text) / max(1, min(lines, ceil(len(text) / most))))
    found = [""]
    for piece in _WHOLE.findall(text):
        if found[-1] and len(found[-1]) + len(piece) > min(most, each + _SLACK):
            found.append("")
        found[-1] += piece
    kept = [line.strip() for line in found[:lines]]
    if len(found) > lines or len(kept[-1]) > most:
        kept[-1] = kept[-1][: most - 1] + "…"
    return "\n".join(kept)


def corners(word: Word) -> tuple[Point, ...]:
    """Return the four corners of a text as it lies on the paper, turned about its place."""
    wide, high = text_width(word.text, word.size), (word.text.count("\n") + 1) * word.size * LINE * POINT
    left = {"left": 0.0, "right": -wide, "center": -wide / 2}[word.side]
    turn = radians(word.angle)
    flat = ((left, -high / 2), (left + wide, -high / 2), (left + wide, high / 2), (left, high / 2))
    x0, y0 = word.place
    return tuple((x0 + x * cos(turn) - y * sin(turn), y0 + x * sin(turn) + y * cos(turn)) for x, y in flat)


def moved(drawing: Drawing, by: Point) -> Drawing:
    """Return a drawing whose shapes all stand elsewhere on the paper."""
    dx, dy = by

    def at(place: Point) -> Point:
        return place[0] + dx, place[1] + dy

    return replace(
        drawing,
        dots=tuple(replace(dot, place=at(dot.place)) for dot in drawing.dots),
        words=tuple(replace(word, place=at(word.place)) for word in drawing.words),
        ties=tuple(replace(tie, points=tuple(map(at, tie.points))) for tie in drawing.ties),
        boxes=tuple(replace(box, place=at(box.place)) for box in drawing.boxes),
    )


def trimmed(drawing: Drawing) -> Drawing:
    """Return a drawing on paper just as large as its nodes and texts."""
    spots = [corner for word in drawing.words for corner in corners(word)]
    spots += [(x + side, y + side) for dot in drawing.dots for x, y in (dot.place,) for side in (-dot.size, dot.size)]
    left, low = min(x for x, _ in spots), min(y for _, y in spots)
    width, height = max(x for x, _ in spots) - left, max(y for _, y in spots) - low
    return replace(moved(drawing, (-left, -low)), width=width, height=height)


def together(parts: Sequence[Drawing], gap: float = 0.3) -> Drawing:
    """Return drawings side by side on one sheet, in rows from the top, about as wide as high."""
    rows = _rows(parts)
    heights = [max(part.height for part in row) for row in rows]
    total = sum(heights) + gap * (len(rows) - 1)
    placed: list[Drawing] = []
    top = total
    for row, height in zip(rows, heights, strict=True):
        left = 0.0
        for part in row:
            placed.append(moved(part, (left, top - part.height)))
            left += part.width + gap
        top -= height + gap
    width = max(sum(part.width for part in row) + gap * (len(row) - 1) for row in rows)
    return _joined(placed, width, total)


def _rows(parts: Sequence[Drawing]) -> list[Sequence[Drawing]]:
    across = max(1, round(sqrt(len(parts))))
    return [parts[start : start + across] for start in range(0, len(parts), across)]


def _joined(parts: Iterable[Drawing], width: float, height: float) -> Drawing:
    held = list(parts)
    every = chain.from_iterable
    return Drawing(
        width,
        height,
        dots=tuple(every(part.dots for part in held)),
        words=tuple(every(part.words for part in held)),
        ties=tuple(every(part.ties for part in held)),
        boxes=tuple(every(part.boxes for part in held)),
        left_out=sum(part.left_out for part in held),
    )

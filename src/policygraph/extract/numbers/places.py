"""Say what stands around a number: its sentence, the stretch between commas, what its unit measures."""

from __future__ import annotations

import re
from itertools import repeat

from policygraph.extract.numbers.scan import Quantity
from policygraph.model import Span
from policygraph.records import record

_FAR = 60  # characters to either side of a number that can say what it is for
_NEAR = 24  # characters in which a bracket or quotation mark around a number opens and closes
_STOPS = "。;\n"
_STOP = re.compile(r"[。;!?\n]")
_CUT = re.compile(r",(?!\d{3}(?!\d))|[。;!?\n|]")
_DIMENSIONS = {
    "money": "money",
    "usd": "money",
    "ratio": "share",
    "points": "share",
    "points-per-year": "share",
    "ratio/months": "share",
    "age": "age",
    "time": "time",
    "days": "time",
    "working-days": "time",
    "months": "time",
    "class-hours": "time",
    "length": "size",
    "area": "size",
    "volume": "size",
    "mass": "size",
    "power": "size",
    "energy": "size",
}


@record
class Place:
    """A quantity and what stands around it, no further than a few dozen characters.

    ``family`` says what its unit measures: money, price, share, age, time, size, count, or none where it has no unit.
    ``stretch`` is what stands between two commas, ``told`` says that the year named before it in its sentence was over
    when the text was written.
    """

    text: str
    quantity: Quantity
    family: str
    sentence: Span
    stretch: Span
    told: bool = False

    def around(self, opens: str, closes: str) -> bool:
        """Say whether the number stands between two marks, both near."""
        start, end = self.quantity.start, self.quantity.end
        left = self.text.rfind(opens, max(start - _NEAR, 0), start)
        if left < 0 or self.text.find(closes, left, start) >= 0:
            return False
        return self.text.find(closes, end, end + _NEAR) >= 0


def surroundings(text: str, found: Quantity) -> tuple[Span, Span]:
    """Return the sentence in which a quantity stands, and the stretch between two commas."""
    first, last = max(found.start - _FAR, 0), min(found.end + _FAR, len(text))
    before = max(map(text.rfind, _STOPS, repeat(first), repeat(found.start))) + 1
    comma = text.rfind(",", first, found.start)
    while comma > 0 and text[comma - 1].isdecimal() and text[comma + 1 : comma + 4].isdecimal():  # 1,200
        comma = text.rfind(",", first, comma)
    bar = text.rfind("|", first, found.start)
    cut = _CUT.search(text, found.end, last)
    stop = _STOP.search(text, cut.start(), last) if cut else None
    sentence = Span(max(first, before), stop.start() if stop else last)
    return sentence, Span(max(sentence.start, comma + 1, bar + 1), cut.start() if cut else last)


def family(dimension: str) -> str:
    """Return the family of a dimension.

    >>> [family(each) for each in ("money", "money/area", "area", "households", "")]
    ['money', 'price', 'size', 'count', 'none']
    """
    if dimension.startswith(("money/", "usd/")):
        return "price"
    return _DIMENSIONS.get(dimension, "count" if dimension else "none")

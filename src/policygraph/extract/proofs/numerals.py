"""Write the numerals of a sentence as figures, so that what is told of figures is told of 七十家 too."""

from __future__ import annotations

import re

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either
from policygraph.quantities import COUNTING, count_value
from policygraph.records import record

_FIRST = f"{COUNTING[:10]}两"  # 百分点 is no numeral
_SIGNS = f"{_FIRST}{COUNTING}千"


@record
class Sentence:
    """A sentence with its numerals as figures, and where in the text each of its letters stands."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text a stretch of the sentence stands."""
        return self.places[start], self.places[end]


def in_figures(text: str, start: int, lexicon: Lexicon) -> Sentence:
    """Return a sentence that stands at a place of the text, its numerals before a unit as figures.

    >>> from policygraph import lexicon
    >>> found = in_figures("建成七十家,第二十家", 100, lexicon.bundled())
    >>> found.text, found.span(2, 4)
    ('建成70家,第二十家', (102, 104))
    """
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for match in _numeral(lexicon).finditer(text):
        figure = str(count_value(match[0]))
        parts += text[done : match.start()], figure
        places += range(done, match.start())
        places += (match.start() + min(at, len(match[0]) - 1) for at in range(len(figure)))
        done = match.end()
    places += range(done, len(text) + 1)
    return Sentence("".join((*parts, text[done:])), tuple(start + place for place in places))


@compiled
def _numeral(lexicon: Lexicon) -> re.Pattern[str]:
    units = either(form for form in lexicon.quantities.units if form.isalpha() and form[0] not in {*_SIGNS, "年", "级"})
    return re.compile(rf"(?<![第{_SIGNS}])[{_FIRST}][{_SIGNS}]{{0,6}}(?=万?(?:{units}))")

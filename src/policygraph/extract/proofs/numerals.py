"""Write the numerals of a text as figures, so that what is told of figures is told of 七十家 too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either
from policygraph.quantities import COUNTING, count_value
from policygraph.records import record

_FIRST = f"{COUNTING[:10]}两"  # 百分点 is no numeral
_SIGNS = f"{_FIRST}{COUNTING}千"


@record
class InFigures:
    """A text with its numerals as figures, and where in the text as it stands each of its letters is."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text as it stands a stretch is."""
        return self.places[start], self.places[end]


def in_figures(text: str, lexicon: Lexicon) -> InFigures:
    """Return a text whose numerals before a unit are figures.

    >>> from policygraph import lexicon
    >>> found = in_figures("建成七十家,第二十家", lexicon.bundled())
    >>> found.text, found.span(2, 4)
    ('建成70家,第二十家', (2, 4))
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
    return InFigures("".join((*parts, text[done:])), [*places, *range(done, len(text) + 1)])


@compiled
def _numeral(lexicon: Lexicon) -> re.Pattern[str]:
    units = either(form for form in lexicon.quantities.units if form.isalpha() and form[0] not in {*_SIGNS, "年", "级"})
    return re.compile(rf"(?<![第{_SIGNS}])[{_FIRST}][{_SIGNS}]{{0,6}}(?=万?(?:{units}))")

"""Put bodies that a page prints one a numbered line below a label behind it: 责任单位：, then 1.甲局, then 2.乙局."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either

_LONGEST_LABEL = 12
_LINE = re.compile(
    r"\n[ \u3000\t]*(?:[（(]?(?P<count>\d{1,2})[.．、)）]|(?P<sign>[①-⑳]))\s*"
    r"(?P<name>[^\n。；;，,:：]{2,30}?)[；;。]?(?=\n|\Z)"
)
_COLON = re.compile(r"[:：](?=[ \u3000\t]*\n)")  # at the end of a line
_FEWEST = 2


def with_lists(chars: str, at: Sequence[int], lexicon: Lexicon) -> tuple[str, Sequence[int]]:
    """Return the characters with such lists in one line each, and the place of each in the source."""
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for label in _labels(chars, lexicon):
        for count, line in enumerate(_members(chars, label.end())):
            pieces += [chars[done : line.start()], "、" if count else "", line["name"]]
            places += [*at[done : line.start()], *at[line.start() : line.start() + (1 if count else 0)]]
            places += at[slice(*line.span("name"))]
            done = line.end()
    return ("".join([*pieces, chars[done:]]), [*places, *at[done:]]) if done else (chars, at)


def _labels(chars: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    """Yield the lines that are labels; few lines end in a colon."""
    for colon in _COLON.finditer(chars):
        label = _label(lexicon).match(chars, chars.rfind("\n", 0, colon.start()) + 1)
        if label:
            yield label


def _members(chars: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the lines that count from 1 behind a label, where they are several."""
    found: list[re.Match[str]] = []
    while (line := _LINE.match(chars, start)) and _count(line) == len(found) + 1:
        found.append(line)
        start = line.end()
    yield from found if len(found) >= _FEWEST else ()


def _count(line: re.Match[str]) -> int:
    return int(line["count"]) if line["count"] else ord(line["sign"]) - ord("①") + 1


@compiled
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a line that is no more than a label of bodies, and a colon."""
    labels = either(form for form in lexicon.roles.labels if len(form) > _FEWEST)
    return re.compile(rf"[ \u3000\t]*[^\n。；;，,:：]{{0,{_LONGEST_LABEL - 4}}}(?:{labels})[ ]*[:：][ \u3000\t]*(?=\n)")

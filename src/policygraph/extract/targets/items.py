"""Cut a sentence into the stretches between its commas, and those in brackets that say more of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import word_of, word_pattern

_PAIRS = {"(": ")", "《": "》", "“": "”", "〔": "〕", "〈": "〉"}
_MARKS = re.compile(  # and the 、 of 2025年达到5个、2030年达到8个; one set of signs, for which a search is quick
    r"[,;()《》“”〔〕〈〉、](?:(?<!、)|(?<=[^年\d]、)(?=20[1-6]\d年\D))"
)
_BEHIND_NUMBER = re.compile(r"\d[^\d,、;。()]{0,8}$")
_VALUE = re.compile(r"\d\s?[^\d\s,、;()年月日~至到—–-]")
_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[,;]|、(?=20\d\d年)")
_ENDS = frozenset(",;、。!?\n")  # behind a bracket: the stretch before it ends with it
_LONGEST_QUOTED = 30  # characters of a name in quotation marks
_NEAR, _LONGEST = 12, 60  # characters before a bracket, in one


class BetweenCommas(NamedTuple):
    """A stretch between commas; ``sentence`` numbers the sentences of a paragraph.

    ``aside`` says that it stands in brackets behind a number: what it says of years holds in them only.
    """

    start: int
    end: int
    sentence: int
    aside: bool = False


def items(text: str, start: int, end: int, sentence: int, lexicon: Lexicon) -> Iterator[BetweenCommas]:
    """Yield the stretches of a sentence between commas and semicolons, outside brackets and quotation marks.

    Brackets that say parts of the number before them («100个(其中省级20个)») or what it is in another year or place
    («达到85%(农村达到80%)») are read as the sentence is.
    """
    wanted: list[str] = []
    left, at = start, start
    while match := _MARKS.search(text, at, end):
        place, char = match.start(), match[0]
        at = match.end()
        close = _closing(text, left, place, end, lexicon) if char == "(" and not wanted else 0
        if close:
            yield BetweenCommas(left, place, sentence)
            yield from _within(text, at, close, sentence)
            left = at = close + (2 if text[close + 1 : close + 2] in (",", "、", ";") else 1)
        elif not wanted and (char in ",;)、" or (char == "(" and _says_parts(text, at, end, lexicon))):
            if char != "," or not _in_number(text, place):
                yield BetweenCommas(left, place, sentence)
                left = at
        elif wanted and char == wanted[-1]:
            wanted.pop()
        elif char in _PAIRS and len(wanted) < 8 and _closes(text, place, end, wanted):
            wanted.append(_PAIRS[char])
    if left < end:
        yield BetweenCommas(left, end, sentence)


def _within(text: str, start: int, end: int, sentence: int) -> Iterator[BetweenCommas]:
    """Yield the stretches of a bracket."""
    left = start
    for match in _PARTS.finditer(text, start, end):
        if match[0] != "," or not _in_number(text, match.start()):
            yield BetweenCommas(left, match.start(), sentence, aside=True)
            left = match.end()
    yield BetweenCommas(left, end, sentence, aside=True)


def _closing(text: str, left: int, at: int, end: int, lexicon: Lexicon) -> int:
    """Return where a bracket closes that says second values of the number before it, 0 where it says anything else."""
    close = text.find(")", at, min(end, at + _LONGEST))
    if close < 0 or not _VALUE.search(text, at, close) or text.find("(", at + 1, close) >= 0:
        return 0
    ends = close + 1 >= end or text[close + 1] in _ENDS
    behind = _BEHIND_NUMBER.search(text[max(left, at - _NEAR) : at])
    return close if ends and behind and not _restates(lexicon).match(text, at + 1, close) else 0


def _says_parts(text: str, at: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a bracket says parts with a number: 100个(其中省级20个), not 总量(含工业、生活)."""
    if not word_pattern("among", lexicon).match(text, at):
        return False
    close = text.find(")", at, end)
    return _DIGIT.search(text, at, close if close > 0 else end) is not None


@compiled
def _restates(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the begin of a bracket that says the same number otherwise, or leaves something out: 约合, 不含."""
    return re.compile(word_of("restates", lexicon))


def _closes(text: str, at: int, end: int, wanted: list[str]) -> bool:
    """Say whether what opens is closed in its sentence; one of a kind that is open already leaves that never closed.

    Goals that are quoted (实现“A达到50%,B达到60%”的目标) are stretches of their own.
    """
    closing = _PAIRS[text[at]]
    close = text.find(closing, at, end) if closing not in wanted else -1
    said = closing == "”" and close - at > _LONGEST_QUOTED and "," in text[at:close]
    return close > 0 and not (said and _VALUE.search(text, at, close))


def _in_number(text: str, at: int) -> bool:
    """Say whether a comma stands inside a number: 1,200张."""
    after = text[at + 1 : at + 5]
    return text[at - 1 : at].isdigit() and after[:3].isdigit() and len(after[:3]) == 3 and not after[3:].isdigit()

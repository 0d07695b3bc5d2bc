"""Look for what is rare only where a sign of it stands.

A search is quick for a pattern that begins with a letter or with one of some letters: all other places are passed over
at once. One that begins with what may not stand before it, or with anything, is tried at every place, which for a
rule that few texts know takes longer than all else. Such a rule says by which sign it is known.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import repeat

BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace())  # all that ``\\s`` matches
_NEAR = 64  # letters that are looked through at once, backwards


def opened(
    sign: re.Pattern[str], pattern: re.Pattern[str], text: str, end: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer(text, 0, end)`` does, of a pattern that matches only where a sign does.

    >>> [match[0] for match in opened(re.compile("[一二]"), re.compile("(?<!第)[一二]个"), "第一个,二个,一十")]
    ['二个']
    """
    at = 0
    while found := sign.search(text, at, end):
        at = found.start()
        match = pattern.match(text, at, end)
        if match:
            yield match
        at = max(match.end() if match else 0, at + 1)


class Stretches:
    """The stretches of a text that some marks part: sentences, paragraphs."""

    __slots__ = ("_marks", "_stretch")

    def __init__(self, marks: str) -> None:
        self._marks = marks
        self._stretch = re.compile(f"[^{re.escape(marks)}]+")

    def holding(self, text: str, *signs: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield those in which a sign begins, each once, in order.

        >>> [found[0] for found in SENTENCES.holding("甲。乙共3个,共5人。丙。共2项", re.compile("共"))]
        ['乙共3个,共5人', '共2项']
        """
        end = 0
        for place in sorted({found.start() for sign in signs for found in sign.finditer(text)}):
            if place < end:
                continue
            begin = max(map(text.rfind, self._marks, repeat(end), repeat(place))) + 1
            found = self._stretch.match(text, max(begin, end))
            if found:
                end = found.end()
                yield found

    def matches(self, pattern: re.Pattern[str], text: str, *signs: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer(text)`` does, of a pattern that matches no mark, nor where no sign is.

        >>> counts, sign = re.compile("(?<![0-9])[0-9]+个"), re.compile("个")
        >>> [match.span() for match in SENTENCES.matches(counts, "12项。12个、7个。", sign)]
        [(4, 7), (8, 10)]
        """
        for stretch in self.holding(text, *signs):
            yield from pattern.finditer(text, *stretch.span())

    def opening(self, pattern: re.Pattern[str], text: str, *signs: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield what a pattern matches at the begin of a stretch in which a sign stands.

        >>> [match[0] for match in LINES.opening(re.compile("附件[0-9]"), "见附件1\\n附件2\\n", re.compile("附"))]
        ['附件2']
        """
        for stretch in self.holding(text, *signs):
            match = pattern.match(text, stretch.start())
            if match:
                yield match


LINES = Stretches("\n")
SENTENCES = Stretches("。;!?\n")


def last_of(sign: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where the last of some signs stands in a stretch, -1 where none does; a sign is one letter.

    >>> last_of(re.compile("[,。]"), "甲,乙。丙", 0, 5), last_of(re.compile("[,。]"), "甲,乙。丙", 4, 5)
    (3, -1)
    """
    while end > start:
        begin = max(end - _NEAR, start)
        found = sign.search(text[begin:end][::-1])
        if found:
            return end - 1 - found.start()
        end = begin
    return -1

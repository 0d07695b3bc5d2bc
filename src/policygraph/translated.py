"""Say in Chinese what still is raised as an English sentence: goes away when every error has its key.

The code that raises an error writes English. ``data/messages.tsv`` has a Chinese sentence for each message, with
{1}, {2}, ... for the values; a message is found again by its fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from policygraph import assets, tables

_LONGEST = 4000  # characters of a message that is looked up; a longer one is somebody's data
_DEEPEST = 3  # a message may quote a message: "the update failed: ..."
_VALUE = re.compile(r"\{(\d+)\}")
_QUOTED = re.compile(r"«\{(\d+)\}»|'\{(\d+)\}'")  # what the user wrote, not what the program says
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_LIST = re.compile(r"[^\s,]+(?:, [^\s,]+)+")


@dataclass(frozen=True, slots=True)
class Message:
    """A message in both languages: the fixed words around the values of the English, and the Chinese sentence."""

    english: str
    chinese: str
    words: tuple[str, ...]  # one more than there are values
    quoted: frozenset[int]

    @classmethod
    def of(cls, english: str, chinese: str) -> Message:
        """Take a message apart.

        >>> Message.of("no {1} in {2}", "{2} 中没有 {1}").words
        ('no ', ' in ', '')
        """
        quoted = frozenset(int(one or other) for one, other in _QUOTED.findall(english))
        return cls(english, chinese, tuple(_VALUE.split(english)[::2]), quoted)

    @property
    def weight(self) -> int:
        """Return how many characters are fixed: of two messages that fit, the one with more says more."""
        return sum(map(len, self.words))

    def values(self, text: str) -> tuple[str, ...] | None:
        """Return the values of a text that this message fits, else None; the time grows with the text's length.

        A fixed part that stands in the text more than once is taken where it first stands; where that would cut
        a bracket in two, a message with brackets of its own is quoted before it, and the last place is taken.

        >>> Message.of("{1} ({2} of {3} done)", "").values("a: is too busy (503) (2 of 5 done)")
        ('a: is too busy (503)', '2', '5')
        """
        first, *middle = self.words
        if not middle:
            return () if text == first else None
        last = middle.pop()
        if len(first) + len(last) > len(text) or not text.startswith(first) or not text.endswith(last):
            return None
        inner = text[len(first) : len(text) - len(last)]
        found = _split(inner, middle)
        if found is None or all(map(_is_balanced, found)):
            return found
        others = _split_from_the_end(inner, middle)
        return others if all(map(_is_balanced, others)) else found


def in_chinese(text: str) -> str:
    """Return an English error message in Chinese; a text that is not known stays as it is.

    >>> in_chinese("a folder: cannot be written (Permission denied)")
    'a folder：无法写入（没有访问权限）'
    """
    return _translated(text, _DEEPEST)


def matches(text: str) -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Yield the messages that fit a text with its values, the one that says most first."""
    for message in _messages() if len(text) <= _LONGEST else ():
        values = message.values(text)
        if values is not None:
            yield message, values


def _translated(text: str, depth: int) -> str:
    message, values = next(matches(text), (None, ()))
    if message is None or not depth:
        return text
    shown = list(values)
    for place, value in enumerate(values):
        if place + 1 not in message.quoted:
            said = _translated(value, depth - 1)
            shown[place] = _listed(said) if place or message.words[0] else said  # what comes first may be a file
    return _VALUE.sub(lambda place: shown[int(place[1]) - 1], message.chinese)


def _split(text: str, marks: Sequence[str]) -> tuple[str, ...] | None:
    """Cut a text at each mark where it first stands after the one before; no later place could leave more to fit."""
    found, start = [], 0
    for mark in marks:
        drive = 2 if _DRIVE.match(text, start) else 0  # the colon of C:/ ends no name
        at = text.find(mark, start + drive)
        if at < 0:
            return None
        found.append(text[start:at])
        start = at + len(mark)
    return (*found, text[start:])


def _split_from_the_end(text: str, marks: Sequence[str]) -> tuple[str, ...]:
    """Cut a text that has all the marks at each where it last stands before the one after."""
    found: list[str] = []
    for mark in reversed(marks):
        text, _, value = text.rpartition(mark)
        found.append(value)
    return (text, *reversed(found))


def _is_balanced(value: str) -> bool:
    depth = 0
    for char in value:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


def _listed(value: str) -> str:
    """Write a list of names as Chinese does; argparse puts each name in quotes.

    >>> _listed("a, b"), _listed("'a', 'b'"), _listed("a b, c")
    ('a、b', 'a、b', 'a b, c')
    """
    return "、".join(name.strip("'") for name in value.split(", ")) if _LIST.fullmatch(value) else value


@cache
def _messages() -> tuple[Message, ...]:
    rows = tables.read_table(assets.path("data", "messages.tsv"), required=("kind", "en", "zh", "example"))
    return tuple(sorted((Message.of(row["en"], row["zh"]) for row in rows), key=lambda each: -each.weight))

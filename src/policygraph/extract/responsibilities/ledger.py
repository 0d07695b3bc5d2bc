"""Keep account of a clause: what became neither a body, nor a role word, nor a join is left over, and said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Protocol

from policygraph.extract.grammar.role_words import mark_role
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Span
from policygraph.patterns import either, word_of


class Placed(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int:
        """Return where it begins."""

    @property
    def end(self) -> int:
        """Return where it ends."""


_WORDS = re.compile(r"[^\s,;:。、.!?()\[\]〔〕【】〈〉<>/“”\"']+")
_SAYS = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def left_over(text: str, inside: Span, taken: Iterable[Placed], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words of a stretch outside what was taken, without deadlines and words that say nothing here."""
    return tuple(word for word in words_outside(text, inside, taken) if not _idle(lexicon).fullmatch(word))


def words_outside(text: str, inside: Span, taken: Iterable[Placed]) -> Iterator[str]:
    """Return the words of a stretch outside what was taken, marks and numbers aside."""
    outside = "\n".join([text[start:end] for start, end in _gaps(inside, sorted(taken, key=attrgetter("start")))])
    return (word for word in _WORDS.findall(outside) if _SAYS.search(word))


@compiled
def says_nothing(word: str, lexicon: Lexicon) -> bool:
    """Say whether words beside the bodies of a clause are a label, a verb of duty or idle: most are."""
    if word in lexicon.roles.labels or _idle(lexicon).fullmatch(word) or mark_role(word, lexicon):
        return True
    end = _list_end(lexicon).match(word)  # 等部门按职责分工负责
    return bool(end and mark_role(word[end.end() :], lexicon))


@compiled
def _list_end(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.names.list_ends))


def _gaps(inside: Span, taken: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Yield what of a stretch lies between the spans that were taken."""
    left = inside.start
    for span in taken:
        start, end = span.start, span.end
        if start > left:
            yield left, min(start, inside.end)
        if end > left:
            left = end
    if left < inside.end:
        yield left, inside.end


@compiled
def _idle(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what a clause may say beside bodies and roles: deadlines (2025年6月底前完成), ends of lists, joins."""
    names, opens = lexicon.names, sorted({form[0] for form in lexicon.names.list_ends})
    ends = either([*names.list_ends, *(form[1:] for form in names.list_ends if len(form) > 1), *opens])
    return re.compile(
        rf"(?:[\d年月日号底前后起至到止由以为是一二三四五六七八九十个—~-]|{word_of('idle', lexicon)}"
        rf"|{ends}|[省市县区州盟旗][直级属]?|{either(names.list_joins)}|{either(lexicon.roles.joins)})+"
    )

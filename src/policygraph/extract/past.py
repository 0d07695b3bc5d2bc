"""Tell what has been from what shall be: 「目前,」, 「截至2021年底」, 「已建成120家」, 「同比增长」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policygraph.extract.patterns import either
from policygraph.lexicon import Lexicon

_NOT_SO = r"(?!\s?,?\s?[尚仍未没无的要须应正])"  # 「目前尚未通车的村」 is about what is still to do
_ASSURED = re.compile(r"\s{0,9}(?:努力|全力|力求)?(?:确保|力争|争取|力促)")


@dataclass(frozen=True, slots=True)
class _Patterns:
    opening: re.Pattern[str]
    done: re.Pattern[str]
    report: re.Pattern[str]


def told_from(text: str, lexicon: Lexicon, start: int, end: int) -> list[int]:
    """Return where in a paragraph stretches open with words that tell what has been (目前, 近年来, 截至上年末).

    >>> from policygraph import lexicon
    >>> told_from("目前,毛入园率达到90%", lexicon.bundled(), 0, 12)
    [0]
    """
    return [match.start() for match in _patterns(lexicon).opening.finditer(text, start, end)]


def assured(text: str, start: int, end: int) -> bool:
    """Say whether a stretch opens with words of intent (力争, 确保)."""
    return _ASSURED.match(text, start, end) is not None


def done(stretch: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch states something as done: a number behind 已.

    >>> from policygraph import lexicon
    >>> done("全市已建成养老机构120家", lexicon.bundled()), done("已建成的120个小区完成改造", lexicon.bundled())
    (True, False)
    """
    return "已" in stretch and _patterns(lexicon).done.search(stretch) is not None


def reported(stretch: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch reports a change over the year before (同比增长5%) or an estimate."""
    return _patterns(lexicon).report.search(stretch) is not None


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    marks: dict[str, list[str]] = {"opening": [], "verb": [], "report": []}
    for form, kind in lexicon.past_marks.items():
        marks[kind].append(form)
    verbs = either([*lexicon.changes, *lexicon.count_verbs, *(f for f, at in lexicon.comparators if at == "pre")])
    return _Patterns(
        opening=re.compile(rf"(?<![^,。;:!?\n\s])(?:{either(marks['opening'])}){_NOT_SO}"),
        done=re.compile(rf"(?:{either(marks['verb'])})(?:{either(lexicon.hedges)})*(?:{verbs})了?[^的,\d]{{0,15}}\d"),
        report=re.compile(either(marks["report"])),
    )

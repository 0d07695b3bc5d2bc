"""Tell what has been: words that open a report (目前,), numbers behind 已, sections that look back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.headings import stands_below
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Section
from policygraph.patterns import either, either_of, in_order, of_kind, word_of
from policygraph.quantities import COUNTING

_LENGTH = 5  # years of a five-year plan
_OPENS = frozenset(",。;:!?")  # what stands before a stretch
_NOT_SO = r"(?!\s?,?\s?[尚仍未没无的要须应正])"  # 「目前尚未通车的村」 is about what is still to do


@dataclass(frozen=True, slots=True)
class _PastPatterns:
    opening: re.Pattern[str]
    done: re.Pattern[str]
    told: re.Pattern[str]
    report: re.Pattern[str]


def told_from(text: str, lexicon: Lexicon, start: int, end: int) -> list[int]:
    """Return where in a paragraph stretches open with words that tell what has been (目前, 近年来, 截至上年末).

    >>> from policygraph import lexicon
    >>> told_from("目前,毛入园率达到90%", lexicon.bundled(), 0, 12)
    [0]
    """
    found = (match.start() for match in _past_patterns(lexicon).opening.finditer(text, start, end))
    return [at for at in found if not at or text[at - 1] in _OPENS or text[at - 1].isspace()]


def assured(text: str, lexicon: Lexicon, start: int, end: int) -> bool:
    """Say whether a stretch opens with words of intent (力争, 努力确保)."""
    return _intent(lexicon).match(text, start, end) is not None


@compiled
def _intent(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,9}}{word_of('effort', lexicon)}?{word_of('intent', lexicon)}")


def done(stretch: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch states something as done: a number behind 已.

    >>> from policygraph import lexicon
    >>> done("全市已建成养老机构120家", lexicon.bundled()), done("已建成的120个小区完成改造", lexicon.bundled())
    (True, False)
    """
    if "了" in stretch and _past_patterns(lexicon).told.search(stretch):  # 新增了34个
        return True
    return "已" in stretch and _past_patterns(lexicon).done.search(stretch) is not None


def reported(stretch: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch reports a change over the year before (同比增长5%) or an estimate."""
    return _past_patterns(lexicon).report.search(stretch) is not None


@compiled
def _past_patterns(lexicon: Lexicon) -> _PastPatterns:
    marks, words = lexicon.targets.past_marks, lexicon.quantities
    opening, verb, report = (either_of(marks, kind) for kind in ("opening", "verb", "report"))
    verbs = either([*words.changes, *lexicon.targets.count_verbs, *words.compared("pre")])
    past = in_order(
        rf"{re.escape(form)}[\d{COUNTING}两]{{1,2}}年[来]?" for form in lexicon.grammar.rule_words["years-past"]
    )
    return _PastPatterns(
        opening=re.compile(rf"(?:{opening}|{past}){_NOT_SO}"),
        done=re.compile(rf"(?:{verb})(?:{either(words.hedges)})*(?:{verbs})了?[^的,\d]{{0,15}}\d"),
        told=re.compile(rf"(?:{either([*words.changes, *lexicon.targets.count_verbs])})了\s?\d"),
        report=re.compile(report),
    )


def background(sections: tuple[Section, ...], lexicon: Lexicon, last: int | None = None) -> frozenset[str]:
    """Return the numbers of the sections whose heading looks back, and of all that stand below them.

    ``last`` is the last year of the plan's own period: a five-year plan that ended before it began is over.
    """
    found: set[str] = set()
    above: list[str] = []
    for section in sections:
        if any(stands_below(section.number, number) for number in above):
            found.add(section.number)
        elif section.kind != "front" and looks_back(section.heading, lexicon, last):
            above.append(section.number)
            found.add(section.number)
    return frozenset(found)


def _of_last_period(heading: str, lexicon: Lexicon, last: int | None) -> bool:
    """Say whether a heading names a five-year plan before that of the text."""
    named = _periods(lexicon).search(heading) if last else None
    return named is not None and last is not None and int(lexicon.time.periods[named[0]]) <= last - _LENGTH


@compiled
def _periods(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.time.periods))


def looks_back(heading: str, lexicon: Lexicon, last: int | None = None) -> bool:
    """Say whether a heading names what has been (发展基础) and not what will be done about it (夯实发展基础).

    >>> from policygraph import lexicon
    >>> looks_back("“十三五”发展回顾", lexicon.bundled()), looks_back("优化发展环境", lexicon.bundled())
    (True, False)
    >>> looks_back("“十四五”时期取得新成效", lexicon.bundled(), 2030)
    True
    """
    patterns = _heading_patterns(lexicon)
    found = patterns.always.search(heading) is not None
    if not found and patterns.with_time.search(heading):
        found = patterns.time.search(heading) is not None or _of_last_period(heading, lexicon, last)
    return bool(found) and not patterns.to_do.match(heading)


@dataclass(frozen=True, slots=True)
class _HeadingPatterns:
    always: re.Pattern[str]  # 发展基础
    with_time: re.Pattern[str]  # 成效, where a time that has been stands before it
    time: re.Pattern[str]  # 近年来
    to_do: re.Pattern[str]  # 夯实发展基础 is about what will be done


@compiled
def _heading_patterns(lexicon: Lexicon) -> _HeadingPatterns:
    heads = lexicon.targets.background_heads
    anywhere, since = (either_of(heads, kind) for kind in ("any", "since"))
    end = in_order(f"{re.escape(form)}$" for form in of_kind(heads, "end"))
    return _HeadingPatterns(
        always=re.compile(f"(?<!{word_of('mends', lexicon)})(?:{anywhere}|{end})"),  # 补短板 is to be done
        with_time=re.compile(f"(?:{since})$"),
        time=re.compile(word_of("time-past", lexicon)),
        to_do=re.compile(f"{word_of('to-do', lexicon)}|{either(lexicon.targets.trends['measure'])}"),
    )

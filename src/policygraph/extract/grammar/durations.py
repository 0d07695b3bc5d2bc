"""Read how many years something is to take: 「用3年左右时间」, 「经过五年的努力,」, 「从2021年起,用三年时间,」."""

from __future__ import annotations

import re

from policygraph.extract.grammar.numerals import value_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, of_kind, word_of
from policygraph.quantities import COUNTING
from policygraph.records import record

_SPAN = rf"(?:[\d{COUNTING}两]{{1,2}}\s?(?:-|—+|–|~|至|到)\s?)?(?P<most>\d{{1,2}}|[{COUNTING}两]{{1,2}})个?年"
_NEAR = 24  # characters before a stretch in which its sentence says when it begins
_LONGEST = 20  # years: 用100年时间 is no term of a plan


@record
class Duration:
    """How many years a stretch gives to what follows, of a range the most; ``end`` is where it goes on.

    ``begin`` is the year from which the sentence counts, ``last`` the one that brackets behind it name as the end,
    None where they name none. ``alone`` where a comma follows, ``sure`` where words of intent, 用 or the begin stand
    there, ``ahead`` where a word does that looks ahead (今后).
    """

    years: int
    end: int
    alone: bool
    sure: bool
    ahead: bool
    begin: int | None = None
    last: int | None = None


def duration(text: str, start: int, end: int, lexicon: Lexicon) -> Duration | None:
    """Return the time that opens a stretch of a text, None where it opens with something else.

    >>> from policygraph import lexicon
    >>> found = duration("从2021年起,用3至5年时间建成公园", 8, 19, lexicon.bundled())
    >>> found.years, found.begin, found.alone
    (5, 2021, False)
    """
    if "年" not in text[start:end]:
        return None
    match = _opening(lexicon).match(text, start, end)
    if not match:
        return None
    said = match["most"]
    years = int(said if said.isdecimal() else value_of(said, lexicon))
    if not 0 < years <= _LONGEST:
        return None
    begin = match["begin"] or _said_before(text, start, lexicon)
    return Duration(
        years=years,
        end=match.end(),
        alone=match.end() == end or text[match.end()] in ",:",
        sure=bool(match["words"] or match["takes"] or begin),
        ahead=bool(match["ahead"]),
        begin=int(begin) if begin else None,
        last=int(match["last"]) if match["last"] else None,
    )


def _said_before(text: str, start: int, lexicon: Lexicon) -> str:
    """Return the year from which the stretch before counts: 从2021年起,."""
    if text[start - 1 : start] != ",":
        return ""
    match = _since(lexicon).search(text, max(start - _NEAR, 0), start)
    return match["begin"] if match else ""


@compiled
def _since(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{_begin(lexicon)},\s?$")


def _begin(lexicon: Lexicon) -> str:
    return rf"[从自]?(?P<begin>20[1-6]\d)年(?:\d{{1,2}}月)?{word_of('from-then-on', lexicon)}"


@compiled
def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    told = of_kind(lexicon.targets.past_marks, "report")
    words = either(form for form in lexicon.time.lead_words if form not in told)
    takes, through, ahead = (word_of(rule, lexicon) for rule in ("takes-years", "through-years", "years-ahead"))
    time, effort, within = (word_of(rule, lexicon) for rule in ("time-taken", "efforts", "within-years"))
    verbs = either([*lexicon.targets.goal_openers, *lexicon.targets.count_verbs, *lexicon.targets.manners])
    return re.compile(
        rf"""
        \s{{0,9}} (?:{either(lexicon.targets.trends["holder"])})?                 # 全市
        (?:{_begin(lexicon)},?)? (?P<words>{words})?                              # 从2021年起力争
        (?: (?P<takes>{takes}) | (?P<through>{through}) | (?P<ahead>{ahead}) )?    # 用, 通过, 今后
        {_SPAN} {word_of("about", lexicon)}? 的?                                   # 3至5年左右的
        (?(takes) (?:{time})? (?![上下期级生制限左时])                                 # 时间
          | (?(through) (?:{effort} | [^,\d]{{0,8}}(?=,|$))                        # 努力
            | (?(ahead) (?:{within}|{time})?                                       # 内
              | (?(words) (?:{within}|{time}|(?={verbs})) | (?:{within}|{time}) ) ) ) )
        (?: \(20\d\d年?(?:-|—+|–|~|至|到)(?P<last>20\d\d)年?\) )?                 # (2021—2023年)
        """,
        re.VERBOSE,
    )

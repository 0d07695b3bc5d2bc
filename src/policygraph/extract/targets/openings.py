"""Say which years open a stretch: 「到2025年,」, 「今年底前」, 「用3年时间,」, and where it goes on behind them."""

from __future__ import annotations

import re
from typing import NamedTuple

from policygraph.extract.grammar.durations import Duration, duration
from policygraph.extract.grammar.years import LeadIn, lead_in
from policygraph.extract.metadata.dating import DocumentYears
from policygraph.extract.targets.items import BetweenCommas
from policygraph.extract.targets.scope import Scope, SectionContext
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of
from policygraph.quantities import numeral_value
from policygraph.terms import SectionKind

_NTH = "第"
_NTH_YEAR = re.compile(r"第([一二三四五])年")
_NTH_YEARS = re.compile(rf"[^,;。\d]{{0,8}}?{_NTH_YEAR.pattern}(?:[和、及]{_NTH_YEAR.pattern})*(?![度级])")

_MAY_TELL = re.compile("[:到至]")  # a letter of what tells of years


class Opening(NamedTuple):
    """What opens a stretch: the years, from where to where they stand, and how.

    ``alone`` where a comma follows, ``sure`` where words of intent stand before them.
    """

    scope: Scope
    begin: int
    end: int
    alone: bool
    sure: bool


def opening(where: SectionContext, item: BetweenCommas) -> Opening | None:
    """Return the years that open a stretch, None where it opens with something else."""
    masked, lexicon = where.masked, where.lexicon
    found, start = lead_in(f"{masked[item.start : item.end]},", lexicon), item.start
    if not found or _begins_then(masked, item.start + found.end, lexicon):  # 2021年起5年内
        taken = duration(masked, item.start, item.end, lexicon)
        if taken:
            return _of_duration(taken, item, where)
    if not found and (counted := _of_plan_years(item, where)):
        return counted
    if not found:
        start = _told_later(masked, item, lexicon)  # 明确目标任务:到2025年,…
        found = lead_in(f"{masked[start : item.end]},", lexicon) if start else None
        if not found or found.weak:
            return None
    scope = _scope(found, item, where.years)
    return Opening(scope, start, min(start + found.end, item.end), found.alone, found.sure)


def _of_plan_years(item: BetweenCommas, where: SectionContext) -> Opening | None:
    """Return the years of a plan's own period that a stretch counts from its first: 第一年, 第二年和第三年."""
    first, last = where.years.first, where.years.last
    if not first or not last or where.masked.find(_NTH, item.start, item.end) < 0:
        return None
    match = _NTH_YEARS.match(where.masked, item.start, item.end)
    years = tuple(first + numeral_value(each) - 1 for each in _NTH_YEAR.findall(match[0])) if match else ()
    if not match or not years or years[-1] > last:
        return None
    return Opening(Scope(years, item.sentence, counted="counted-from-period"), item.start, match.end(), False, False)


def _begins_then(text: str, at: int, lexicon: Lexicon) -> bool:
    """Say whether words behind a year make it the one from which is counted."""
    return text.startswith(tuple(lexicon.grammar.rule_words["from-then-on"]), at)


def _of_duration(taken: Duration, item: BetweenCommas, where: SectionContext) -> Opening | None:
    """Return until when something is to be done that is given some years; the end is open where none says the begin.

    The begin is told in the sentence, or it is that of the plan's own period, or the year of its date.
    """
    promised = where.goals or where.years.last
    if not (taken.sure or promised) and (not taken.ahead or where.section.kind == SectionKind.FRONT):
        return None  # 3年内2次以上的, and 经过五年努力 may have been
    year, counted = _end_of(taken, where)
    scope = Scope((year,), -1 if taken.alone else item.sentence, counted=counted)
    return Opening(scope, item.start, min(taken.end, item.end), taken.alone, taken.sure)


def _end_of(taken: Duration, where: SectionContext) -> tuple[int | None, str]:
    """Return the last of some years, and under which circumstance it was counted."""
    known = where.years
    if taken.last:
        return taken.last, ""
    if taken.begin:
        return taken.begin + taken.years - 1, "counted"
    if where.goals.year:
        return where.goals.year, "heading-year"
    if known.first and known.last:
        year = known.first + taken.years - 1
        return year, "title-year" if year == known.last else "counted-from-period"
    return (known.written + taken.years - 1, "counted-from-date") if known.written else (None, "open-end")


def latest(scope: Scope) -> int:
    """Return the last of the years that hold."""
    return max(year or 0 for year in scope.years)


def _told_later(text: str, item: BetweenCommas, lexicon: Lexicon) -> int:
    """Return where in a stretch years open what it tells of, 0 where none do: 提出到2025年, 路线图——到2025年."""
    if not _MAY_TELL.search(text, item.start, item.end):
        return 0  # as most
    found = [match.end() for match in _tells(lexicon).finditer(text, item.start, item.end)]
    return found[-1] if found else 0


@compiled
def _tells(lexicon: Lexicon) -> re.Pattern[str]:
    verbs = f"{word_of('announces', lexicon)}|{word_of('tells', lexicon)}"
    return re.compile(rf":|(?:—+|(?:{verbs})了?)\s?(?=(?:{either(lexicon.time.lead_words)})?[到至]\s?[“\"十2二])")


def _scope(found: LeadIn, item: BetweenCommas, known: DocumentYears) -> Scope:
    over = found.period and known.floor is not None and found.years[0] < known.floor  # all that follows tells of it
    until, written = -1 if found.alone or over else item.sentence, known.written
    several = len(found.years) > 1 and known.floor is not None and min(found.years) >= known.floor
    several = several or (written is not None and min(found.years, default=0) > written)
    if found.shift is None:
        told = found.told or (found.month_end and known.floor is None)  # 2022年6月末,余额53亿元: a plan says 到 or 前
        return Scope(
            found.years,
            until,
            found.repaired,
            weak=found.weak and not told and not several,  # 2025年和2030年发生率下降
            told=told,
            to=found.to,
            promises=found.promises,
        )
    return Scope((written + found.shift if written else None,), until, weak=found.weak, relative=True)

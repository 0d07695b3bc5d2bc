"""Tell times of handling, which an authority promises to keep or to shorten, from terms and quantities of time."""

from __future__ import annotations

import re

from policygraph.extract.targets.measures import SETTLED, Measure
from policygraph.extract.targets.scope import Stretch
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of, word_pattern
from policygraph.terms import Op


def shortened(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a time of handling is to be shortened or kept: 压缩至3个工作日; months are terms of another kind.

    A plan commits its addressees to each limit of one that it states (审批时限不超过5个工作日).
    """
    if are_long(measure) or not are_times(stretch, measure):
        return False
    if measure.rule == SETTLED:
        return bool(stretch.where.years.last) and _is_kept(stretch)
    if _cut(stretch.lexicon).search(stretch.spoken):
        return True
    kept = measure.op == "<=" and (stretch.scope.assured or _kept(stretch.lexicon).search(stretch.spoken))
    mean = word_pattern("mean", stretch.lexicon).search(measure.indicator)  # 年均停电时间不超过2.5小时
    kept = kept or (measure.rule == "level" and measure.op == "<=" and (mean or _is_kept(stretch)))
    said = stretch.sentence_so_far.indicators[-1:] if stretch.sentence_so_far.promised else ()
    return bool(kept) and _handling(stretch.lexicon).search("".join((*said, measure.indicator))) is not None


def _is_kept(stretch: Stretch) -> bool:
    """Say whether a limit is one that an authority keeps: in no article, and not counted from the day of a case."""
    plain = stretch.where.years.last or "条" not in stretch.where.section.number
    return bool(plain) and not word_pattern("one-case", stretch.lexicon).search(stretch.sentence)


@compiled
def _handling(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(word_of("handling", lexicon))


@compiled
def _kept(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('kept', lexicon)}\s?\d")


def are_long(measure: Measure) -> bool:
    """Say whether a measure is in months, years or of an age."""
    return any(value.unit.partition("/")[0].endswith(("月", "年", "岁")) for value in measure.values)


def are_times(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is in times of handling: 3个工作日, but not 优良天数达到320天, 平均寿命80岁."""
    lives = measure.values[0].unit == "岁" and word_pattern("mean", stretch.lexicon).search(measure.indicator)
    if lives or measure.indicator.endswith(tuple(stretch.lexicon.grammar.rule_words["sum-of-times"])):
        return False
    return all(_time(stretch.lexicon).match(value.unit) for value in measure.values)


@compiled
def _time(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('time-unit', lexicon)}(?:$|/)")


@compiled
def _cut(lexicon: Lexicon) -> re.Pattern[str]:
    falls = [form for form, direction in lexicon.quantities.changes.items() if direction == Op.FALL]
    return re.compile(f"(?:{either(falls)})[至到为]?")

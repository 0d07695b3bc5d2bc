"""Read the numbers of one stretch that are a list: 「A达到50%、B达到60%」, 「打造10个以上A、3条B」."""

from __future__ import annotations

import re

from policygraph.extract.targets.indicator_names import full_name
from policygraph.extract.targets.measures import Measure
from policygraph.extract.targets.readings import find_measure, listed_measure
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of
from policygraph.records import replace
from policygraph.terms import CHANGES

_SEPARATED = re.compile(r"(?:\([^()\d]{1,20}\))?\s?[、和及]\s?")  # behind what a bracket says of it: 276吨(含菜场)、
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LIMITS = (">=", "<=")
_MOST = 20  # numbers of one stretch
_PLACES = re.compile(r"[、和及]")
_SHORT = 4  # characters of a name that leans on the one before it: 初中, 省级


def series(text: str, lexicon: Lexicon, first: Measure | None, years: int) -> list[Measure]:
    """Return the measures of a list, of which the first may be known: 「A达到50%、B达到60%」 has two.

    For several ``years`` numbers without names are those of one: 「分别改造A 10个、15个、20个」.
    """
    found = [first] if first else []
    after = _SEPARATED.match(text, first.end) if first else None
    if first and not after:
        return found
    at = after.end() if after else 0
    while len(found) < _MOST:
        listed = listed_measure(text, lexicon, at) if found and found[-1].counted else None
        listed = _as_limited(listed, found[-1], text[:at], lexicon) if listed else None
        measure = listed or find_measure(text, lexicon, at)
        if measure is None or (found and not measure.indicator and measure.op not in CHANGES):
            break
        if not found:
            measure = _with_places_values(_with_years_values(measure, text, lexicon, years), text, lexicon)
        found.append(_about(measure, found[-1], lexicon) if found else measure)
        after = _SEPARATED.match(text, measure.end)
        if not after:
            break
        at = after.end()
    return found


def _as_limited(measure: Measure, last: Measure, before: str, lexicon: Lexicon) -> Measure:
    """Return what a list goes on with under the limit that stands before its first number: 不少于40块A和500块B."""
    joint = measure.op == "=" and last.op in _LIMITS and _limited(lexicon).search(before)
    return replace(measure, op=last.op) if joint else measure


@compiled
def _limited(lexicon: Lexicon) -> re.Pattern[str]:
    limits = [form for form in lexicon.quantities.compared("pre") if len(form) > 1]
    return re.compile(rf"(?:{either(limits)})\s?\d[\d.]*[^\d、]*[和及]\s?$")


def _with_places_values(measure: Measure, text: str, lexicon: Lexicon) -> Measure:
    """Return a number with those of the other places of its name: A、B等分别新建示范点240个、200个."""
    name = _apart(lexicon).fullmatch(measure.indicator) if measure.bare and len(measure.values) == 1 else None
    places = [each for each in _PLACES.split(name["places"]) if each] if name else []
    if not name or len(places) < 2:
        return measure
    unit = re.escape(measure.values[0].unit)
    behind = re.compile(rf"(?:、(\d+(?:\.\d+)?){unit}){{{len(places) - 1}}}(?=$|[,和及以])").match(text, measure.end)
    if not behind:
        return measure
    values = (measure.values[0], *(replace(measure.values[0], number=each) for each in _NUMBER.findall(behind[0])))
    names = tuple(f"{place}{name['what']}" for place in places)
    return replace(measure, names=names, values=values, end=behind.end())


@compiled
def _apart(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a name of several places, of which each has its own number: A、B等分别新建示范点."""
    return re.compile(rf"(?P<places>[^,]+?[、和及][^,]+?)等?{word_of('apart', lexicon)}(?P<what>[^,]{{2,20}})")


def _with_years_values(measure: Measure, text: str, lexicon: Lexicon, years: int) -> Measure:
    """Return a number with those that stand behind it for the other years: 分别改造A 10个、15个、20个."""
    if years < 2 or not measure.bare or len(measure.values) > 1:
        return measure
    unit = re.escape(measure.values[0].unit)
    behind = re.compile(rf"(?:、(\d+(?:\.\d+)?){unit}){{{years - 1}}}(?=$|[,、和及以])").match(text, measure.end)
    if not behind:
        return measure
    more = _NUMBER.findall(behind[0])
    name = re.sub(rf"^(?:{either(lexicon.quantities.hedges)})+", "", measure.indicator)
    values = (measure.values[0], *(replace(measure.values[0], number=each) for each in more))
    return replace(measure, indicator=name, values=values, end=behind.end())


def _about(measure: Measure, last: Measure, lexicon: Lexicon) -> Measure:
    """Return a measure of a list under its full name: 「达到50亿元、年均增长8%」, 「比例达到小学75%、初中90%」."""
    if _goes_on_rising(measure, last, lexicon):  # 新增A 10户、B 5家
        measure = replace(measure, op=last.op, verb=last.verb, counted=last.counted)
    if measure.indicator.endswith("的"):  # 超50亿元的A 2家、超10亿元的5家
        measure = replace(measure, indicator=f"{measure.indicator}{last.indicator.rpartition('的')[2]}")
    alike = (measure.counted and last.counted) or (measure.rule == last.rule == "bare" and not _is_share(measure))
    each = next((form for form in lexicon.quantities.standing if alike and last.indicator.startswith(form)), "")
    if each and measure.indicator:  # 每年扶持200个A、培训100名B; 每年申报A 1家、B 4个
        return replace(measure, indicator=f"{each}{measure.indicator}")
    short = last.head and len(measure.indicator) <= _SHORT
    name = f"{measure.indicator}{last.head}" if short else full_name(measure.indicator, last.indicator, lexicon)
    return replace(measure, indicator=name, head=last.head if short else "")


def _goes_on_rising(measure: Measure, last: Measure, lexicon: Lexicon) -> bool:
    """Say whether a number of things without a verb goes on a list that a verb of change opened."""
    alike = last.rule == measure.rule == "bare" or (last.counted and measure.rule == "listed")
    bare = last.op in CHANGES and alike and bool(last.verb) and measure.op not in CHANGES
    own = measure.bare and measure.indicator.startswith(tuple(lexicon.targets.count_verbs))  # 新增A 30座、新建B 15座
    return bare and bool(measure.indicator) and not own and not _is_share(measure)


def _is_share(measure: Measure) -> bool:
    return any(value.unit in ("%", "‰") for value in measure.values)

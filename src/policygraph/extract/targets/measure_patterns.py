"""Compile the words of the lexicon into the patterns by which numeric targets are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.patterns import either, longest_first
from policygraph.extract.grammar.units import known_unit, unit_after_number
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_RATIO_TO_ONE = r"(?:\d:\d|1:\d+(?:\.\d+)?|\d++(?:\.\d++)?:1)(?![\d:])"  # 1.8:1 is one value, 22:00 none
_NUMBER = rf"{_RATIO_TO_ONE}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d++(?:\.\d++)?+(?!:\d)"
_BASE_YEARS = r"20\d\d年?(?:(?:和|、|及)20\d\d年?)*"
_EACH = "每年|年均"
_LIST = r"\s?(?:和|、|及|与|,)\s?"
_RANGE = r"\s?(?:-|—+|–|~|至|到)\s?"
_NOUN = r"\s?的?(?P<noun>(?![并且和及])(?:(?![和及与]\d)[\u4e00-\u9fff“”A-Za-z0-9+()]){2,20})"


@dataclass(frozen=True, slots=True)
class MeasurePatterns:
    """The patterns of one lexicon; named groups are what a reading takes from a match."""

    goal: re.Pattern[str]
    count: re.Pattern[str]
    change: re.Pattern[str]
    changed: re.Pattern[str]  # a change has one of these verbs; where there is none the search for one is spared
    bare: re.Pattern[str]
    value: re.Pattern[str]
    before: re.Pattern[str]
    least: re.Pattern[str]
    per: re.Pattern[str]
    noun: re.Pattern[str]
    share: re.Pattern[str]
    listed: re.Pattern[str]
    within: re.Pattern[str]
    part: re.Pattern[str]
    assurances: tuple[str, ...]
    count_verbs: tuple[str, ...]


@compiled
def measure_patterns(lexicon: Lexicon) -> MeasurePatterns:
    """Return the patterns of a lexicon, compiled once."""
    words, verbs = lexicon.quantities, either(lexicon.targets.share_verbs)
    pre, post = either(words.compared("pre")), either(words.compared("post"))
    least = either(form for form in words.compared("pre") if words.comparators[form, "pre"][1:] == "=")
    changes, hedges, known = either(words.changes), either(words.hedges), known_unit(lexicon)
    unit, noun_after = unit_after_number(lexicon, post, False), unit_after_number(lexicon, post, True)
    one = rf"(?:{_NUMBER})\s?(?:{unit})?(?:{_RANGE}(?:{_NUMBER})\s?(?:{unit})?)?"
    sure = rf"(?:{_NUMBER})\s?(?:{noun_after})(?:{_RANGE}(?:{_NUMBER})\s?(?:{noun_after})?)?"
    values = rf"(?P<values>{one}(?:(?:{post})?{_LIST}{one})*)(?P<post>{post})?"
    base = _baseline(lexicon, hedges)
    return MeasurePatterns(
        goal=re.compile(rf"(?P<pre>{pre})\s?{values}"),
        count=re.compile(
            rf"(?P<count>{either(lexicon.targets.count_verbs)})(?:{hedges})*(?P<pre>{pre})?(?P<values>{sure})(?P<post>{post})?"
        ),
        change=re.compile(
            rf"{base}(?:{hedges})*(?P<each>{_EACH})?(?:{hedges}|{least})*(?P<verb>{changes})了?(?:{hedges}|{pre})?\s?{values}"
        ),
        changed=re.compile(changes),
        bare=re.compile(rf"(?<![\d.])(?P<values>{sure})(?P<post>{post})?(?=$|[、和及])"),
        value=re.compile(
            rf"(?P<number>{_NUMBER})\s?(?P<unit>{unit})?(?:{_RANGE}(?P<top>{_NUMBER})\s?(?P<above>{unit})?)?"
        ),
        before=re.compile(rf"(?:{hedges}|{_EACH})+$"),
        least=re.compile(rf"({least})$"),
        per=re.compile(either(lexicon.quantities.standing)),
        noun=re.compile(_NOUN),
        share=re.compile(
            rf"\s?(?P<lead>(?:{either([*lexicon.targets.assurances, *lexicon.targets.trends['holder'], '全国'])})*)"
            rf"(?P<values>\d+(?:\.\d+)?(?:%|‰|成))(?P<post>{post})?"
            rf"(?:的(?P<name>[^\d]{{2,20}}?(?:{verbs}).{{1,40}})|(?<=以上)(?P<does>(?:{verbs}).{{1,40}}))$"
        ),
        listed=re.compile(rf"(?P<values>(?:{_NUMBER})\s?(?:{known}))(?P<post>{post})?{_NOUN}(?=$|[、和及])"),
        within=re.compile(rf"(?P<name>.+?)(?:{hedges})*(?P<pre>{_long(lexicon)})[^\d]{{2,16}}的"),
        part=re.compile(rf"(?P<name>.+)(?P<pre>{_long(lexicon)})(?P<part>[\u4e00-\u9fff]{{2,4}})"),
        assurances=tuple(longest_first(lexicon.targets.assurances)),
        count_verbs=tuple(lexicon.targets.count_verbs),
    )


def _baseline(lexicon: Lexicon, hedges: str) -> str:
    """Match what a change is counted from: 在2019年基础上, 比“十三五”末."""
    based = rf"{_BASE_YEARS}|{either(lexicon.quantities.baselines)}|[\u4e00-\u9fff]{{2,6}}期?末"
    return rf"(?:(?:{hedges})*[在比较](?P<base>{based})年?[底末]?的?(?:基础上|水平上)?)?"


def _long(lexicon: Lexicon) -> str:
    """Return the comparators that are no part of a name by chance (为, 达, 超)."""
    return either(form for form in lexicon.quantities.compared("pre") if len(form) > 1)

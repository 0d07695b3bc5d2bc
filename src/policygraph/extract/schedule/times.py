"""Read when something is due: years, periods, quarters."""

from __future__ import annotations

import re

from policygraph.extract.grammar.body_words import forms_of, rule_pattern
from policygraph.lexicon import Lexicon
from policygraph.records import record

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[、和及]20\d\d(?:年|[、和及]))")
_MASKED = re.compile(r"《[^》]{0,120}》|(?<!\d)20\d\d年?[-—~至]+20\d\d年?")
_BLANK = "□"
_NEAR = 10  # characters between «年度» and what it qualifies


@record
class When:
    """The times of one clause; ``period`` as in FORMAT: annual, quarter 2, monthly, regular, ..."""

    years: tuple[int, ...] = ()
    period: str = ""

    def __bool__(self) -> bool:
        return bool(self.years or self.period)


def masked(text: str) -> str:
    """Blank out titles and ranges of years, which date nothing; the length stays.

    >>> masked("印发《行动(2019-2030年)》")
    '印发□□□□□□□□□□□□□□□□'
    """
    return _MASKED.sub(lambda match: _BLANK * len(match[0]), text)


def times(clause: str, lexicon: Lexicon) -> When:
    """Return the years and the adverbial period of a clause; «年度考核» is no adverb and stays out.

    >>> from policygraph import lexicon
    >>> times("监测评估于每年第二季度进行", lexicon.bundled())
    When(years=(), period='quarter 2')
    >>> times("阶段性评估分别在2022年、2025年和2030年进行", lexicon.bundled()).years
    (2022, 2025, 2030)
    """
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(clause)))
    quarter = rule_pattern("(<period>)?(<quarter>)", lexicon).search(clause)  # 每年第二季度
    if quarter and (years or quarter[1]):  # else it dates something else
        return When(years, f"quarter {forms_of('quarter', lexicon)[quarter[2]]}")
    period = rule_pattern("<period>", lexicon).search(clause)
    return When(years, forms_of("period", lexicon)[period[0]] if period else "")


def attribute_before(clause: str, place: int, lexicon: Lexicon) -> str:
    """Return the period of «年度» that stands shortly before an event, ``""`` for none and for «2021年度»."""
    left = max(0, place - _NEAR)
    for match in rule_pattern(r"(?<!\d)<attribute>(?!的)", lexicon).finditer(clause, left, place):
        between = clause[match.end() : place]
        if not re.search(r"[的、,:将在]", between):
            return forms_of("attribute", lexicon)[match[0]]
    return ""


def is_bare_time(clause: str, lexicon: Lexicon) -> bool:
    """Say whether a clause only gives a time for what follows: «2020年起»."""
    return bool(rule_pattern(r"[ ]*<filler>?(?:20\d\d<year><filler>?[、和及]?){1,6}[ ]*", lexicon).fullmatch(clause))

"""Read when something is due: years, periods, quarters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.rule_words import compiled, words

_TABLE = "schedule_words"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[、和及]20\d\d(?:年|[、和及]))")
_MASKED = re.compile(r"《[^》]{0,120}》|(?<!\d)20\d\d年?[-—~至]+20\d\d年?")
_BLANK = "□"


@dataclass(frozen=True, slots=True)
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


def times(clause: str) -> When:
    """Return the years and the adverbial period of a clause; «年度考核» is no adverb and stays out.

    >>> times("监测评估于每年第二季度进行")
    When(years=(), period='quarter 2')
    >>> times("阶段性评估分别在2022年、2025年和2030年进行").years
    (2022, 2025, 2030)
    """
    years = tuple(dict.fromkeys(int(year) for year in _YEAR.findall(clause)))
    quarter = _quarter().search(clause)
    if quarter and (years or quarter[1]):
        return When(years, f"quarter {words('quarter', _TABLE)[quarter[2]]}")
    found = compiled("<period>", _TABLE).search(clause)
    return When(years, words("period", _TABLE)[found[0]] if found else "")


def attribute_before(clause: str, place: int) -> str:
    """Return the period of «年度» that stands shortly before an event, ``""`` for none and for «2021年度»."""
    left = max(0, place - _NEAR)
    for match in compiled(r"(?<!\d)<attribute>(?!的)", _TABLE).finditer(clause, left, place):
        between = clause[match.end() : place]
        if not re.search(r"[的、,:将在]", between):
            return words("attribute", _TABLE)[match[0]]
    return ""


def is_bare_time(clause: str) -> bool:
    """Say whether a clause only gives a time for what follows: «2020年起»."""
    return bool(compiled(r"[ ]*<filler>?(?:20\d\d年度?<filler>?[、和及]?){1,6}[ ]*", _TABLE).fullmatch(clause))


_NEAR = 10  # characters between «年度» and what it qualifies


def _quarter() -> re.Pattern[str]:
    """Match «每年第二季度»; the year or 每年 must be near, else the quarter dates something else."""
    return compiled("(<period>)?(<quarter>)", _TABLE)

"""Say what was decided about the numbers of a stretch: which became a row, which is what else.

A reading knows a number by its value, in a stretch whose numerals were written with digits and whose years were taken
out. Here its numeral is found again in the text: the first of that value that no other number has claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygraph.extract.grammar.numerals import arabic, share_of, value_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Decision, Span
from policygraph.patterns import either, one_of, word_of
from policygraph.records import record
from policygraph.terms import NumberClass

_NAME = re.compile(r"周?岁|”")  # 「5岁以下儿童死亡率控制在5‰以下」, 「“20”是指特色园20座」: the other is the target
_VALUE = re.compile(r"\d+(?:\.\d+)?")


@record
class Claim:
    """What a number of a stretch was read as, by its value in digits."""

    value: str
    kind: NumberClass
    rule: str
    fact_start: int | None = None


def refuse(text: str, span: Span, kind: NumberClass, rule: str, lexicon: Lexicon) -> tuple[Decision, ...]:
    """Return the decision that no number of a stretch is a target.

    >>> from policygraph import lexicon
    >>> found = refuse("2021年底达到85%", Span(0, 11), NumberClass.PAST, "past", lexicon.bundled())
    >>> [(each.start, each.end) for each in found]
    [(8, 10)]
    """
    return tuple(Decision(start, end, kind, rule) for start, end, _ in _numerals(text, span, lexicon))


def claimed(text: str, span: Span, claims: Iterable[Claim], lexicon: Lexicon) -> tuple[Decision, ...]:
    """Return the decisions about the numbers of a stretch, in the order of the claims.

    >>> from policygraph import lexicon
    >>> claims = (Claim("3", NumberClass.TARGET, "count", 0), Claim("20", NumberClass.TARGET, "listed", 0))
    >>> [each.start for each in claimed("建成三所A、20家B", Span(0, 10), claims, lexicon.bundled())]
    [2, 6]
    """
    free = _numerals(text, span, lexicon)
    found: list[Decision] = []
    for claim in claims:
        last = found[-1].start if found else span.start
        same = [place for place in free if place[2] == claim.value]
        if same:
            place = min(same, key=lambda each: (bool(_NAME.match(text, each[1])), each[0] < last))
            free.remove(place)
            found.append(Decision(place[0], place[1], claim.kind, claim.rule, claim.fact_start))
    return tuple(found)


def _numerals(text: str, span: Span, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Return places and values of the numerals of a stretch that may be quantities: no years, no dates."""
    return [
        (match.start(), match.end(), _value(match, lexicon))
        for match in _pattern(lexicon).finditer(text, span.start, span.end)
    ]


def _value(match: re.Match[str], lexicon: Lexicon) -> str:
    if match["ratio"]:
        return match["ratio"]
    if match["slashed"]:
        return share_of(match["slashed"]).rstrip("%")
    if match["digits"]:
        return match["digits"].replace(",", "").replace(" ", "")
    numeral = match["part"] or match["signs"]
    spoken = value_of(numeral, lexicon) if numeral else arabic(match[0], lexicon)
    found = _VALUE.search(spoken)
    return found[0] if found else spoken


@compiled
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    known = lexicon.quantities.numerals
    signs = one_of([form for form, (kind, _) in known.items() if kind != "fraction"])
    fractions = either(form for form, (kind, _) in known.items() if kind == "fraction")
    number = f"{signs}{{1,12}}(?:点{signs}{{1,6}})?"
    first = one_of(sorted({*"0123456789", *(form[0] for form in (*known, *lexicon.quantities.amounts))}))
    return re.compile(
        rf"""
        (?={first}) (?:
        (?P<ratio> (?<![\d:]) \d{{1,2}}:\d{{1,3}} (?:\.\d++)? (?![\d:]) ) |          # 1:7
        (?P<slashed> (?<![\d/]) \d{{1,2}}/\d{{1,2}} (?![\d/万千百元]) ) |                # 1/3
        (?P<digits> (?<![\d./]) (?: \d{{1,3}}(?:[,\x20]\d{{3}})+ | \d++ ) (?:\.\d++)? )
        (?! (?<!\.\d) (?<!\.\d\d) \s? (?:年(?!均)|[月日号]) )                   # 2025年, not 11.3年
        | {either(lexicon.quantities.amounts)}
        | (?:{fractions}) (?P<part> {number} )
        | {signs}{{1,6}} {word_of("parts", lexicon)} {signs}{{1,6}}
        | (?P<signs> {number} ) (?={either(lexicon.quantities.units)}) )
        """,
        re.VERBOSE,
    )

"""Read series of printed numbers: what stands above one, and whether one that a series lacks stands elsewhere."""

from __future__ import annotations

import re

from policygraph.quantities import COUNTING, numeral_value

_FIGURES, _NUMERALS = frozenset("0123456789"), frozenset(COUNTING)
_LAST = re.compile(rf"(\()?([0-9]{{1,3}}|[{COUNTING}]{{1,4}})\)?$")
_PRINTED = re.compile(
    rf"(?<![0-9.])(?:\(([0-9]{{1,3}}|[{COUNTING}]{{1,4}})\)|([0-9]{{1,3}}|[{COUNTING}]{{1,4}})[.、](?![0-9]))"
)


def is_above(other: str, number: str) -> bool:
    """Tell whether a number is the beginning of another: 二 of 二(一) and of 二1, not of 二十.

    >>> is_above("二", "二(一)"), is_above("二", "二1"), is_above("二", "二十"), is_above("二1", "二11")
    (True, True, False, False)
    """
    if not other or other == number or not number.startswith(other):
        return False
    ends = other[-1] + number[len(other)]
    return not (_FIGURES.issuperset(ends) or _NUMERALS.issuperset(ends))


def stands_between(before: str, number: str, text: str) -> bool:
    """Tell whether a number that is lacking between two of a series is printed in the text between them.

    >>> stands_between("一1", "一3", "1.旧换新。(责任单位:市住建局)2.优化信贷。")
    True
    >>> stands_between("(一)", "(三)", "(一)宣传。")
    False
    """
    first, last = _LAST.search(before), _LAST.search(number)
    lacking = range(_value(first[2]) + 1, _value(last[2])) if first and last else range(0)
    if not lacking or not last:
        return False
    printed = (match[1 if last[1] else 2] for match in _PRINTED.finditer(text))
    return any(_value(each) in lacking for each in printed if each and each.isdecimal() == last[2].isdecimal())


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else numeral_value(numeral)

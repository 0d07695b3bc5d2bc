"""Read series of printed numbers: whether one that a series lacks stands elsewhere."""

from __future__ import annotations

import re

from policygraph.quantities import COUNTING, count_value

_LAST = re.compile(rf"(\()?([0-9]{{1,3}}|[{COUNTING}]{{1,4}})\)?$")
_PRINTED = re.compile(
    rf"(?<![0-9.])(?:\(([0-9]{{1,3}}|[{COUNTING}]{{1,4}})\)|([0-9]{{1,3}}|[{COUNTING}]{{1,4}})[.、](?![0-9]))"
)


def stands_between(before: str, number: str, text: str) -> bool:
    """Tell whether a number that is lacking between two of a series is printed in the text between them.

    >>> stands_between("一1", "一3", "1.旧换新。(责任单位:市住建局)2.优化信贷。")
    True
    >>> stands_between("(一)", "(三)", "(一)宣传。")
    False
    """
    first, last = _LAST.search(before), _LAST.search(number)
    lacking = range(count_value(first[2]) + 1, count_value(last[2])) if first and last else range(0)
    if not lacking or not last:
        return False
    printed = (match[1 if last[1] else 2] for match in _PRINTED.finditer(text))
    return any(count_value(each) in lacking for each in printed if each and each.isdecimal() == last[2].isdecimal())

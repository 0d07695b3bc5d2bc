"""Find articles and points without a heading whose numbers leave one out, or stand twice: 第四条 … 第六条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.tables import AGAIN
from policygraph.quantities import COUNTING, count_value

SKIP = "number-skipped"
_ARTICLE = re.compile(rf"^[ \t]*第(?P<n>\d{{1,3}}|[{COUNTING}]{{1,4}})条(?![第、和及至款之])", re.MULTILINE)
_POINT = re.compile(
    r"^[ \t]*(?P<n>\d{1,2})[.、](?:(?![\d%])|(?=20\d\d年|\d{1,2}岁))", re.MULTILINE
)  # that count on through the parts
_BRACKET = re.compile(r"^[ \t]*[〔【\[](?P<n>\d{1,2})[〕】\]]", re.MULTILINE)
_FEWEST = 5  # members of a series whose one gap is a slip


def series(draft: Draft) -> Iterator[Slip]:
    """Yield the member behind the one gap of a series, and the second of one number; headings are told as such.

    Of points that stand twice :mod:`repeats` tells.
    """
    text = draft.text
    for pattern in (_ARTICLE, _BRACKET, _POINT):
        found = list(pattern.finditer(text))
        if pattern is _POINT and [count_value(match["n"]) for match in found].count(1) != 1:
            continue
        begins = [at for at, match in enumerate(found) if count_value(match["n"]) == 1] or [0]
        for first, last in pairwise([*begins, len(found)]):
            yield from (each for each in _odd(found[first:last], draft) if pattern is not _POINT or each.rule == SKIP)


def _odd(members: Sequence[re.Match[str]], draft: Draft) -> Iterator[Slip]:
    numbers = [count_value(match["n"]) for match in members]
    steps = [later - before for before, later in pairwise(numbers)]
    if len(members) < _FEWEST or any(step not in (0, 1, 2) for step in steps):
        return
    again = 0 in steps  # by which one too few is used
    for step, rule in ((0, AGAIN),) if again else ((2, SKIP),):
        if steps.count(step) == 1:
            member = members[steps.index(step) + 1]
            section = draft.section_at(member.start())
            if not section.heading or section.head.start < member.start():
                yield Slip(rule, member.start("n") - 1, member.end())

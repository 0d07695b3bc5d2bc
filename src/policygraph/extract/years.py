"""Read the years a target is meant for: 「到2022年和2030年,」."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = r"20[1-6]\d"
_YEARS = rf"{_YEAR}年?(?:(?:和|、|及|与){_YEAR}年?)*"
_LEAD = re.compile(
    rf"\s*(?P<to>(?:力争|争取|确保|计划)?(?:到|至|截至|截止到?))?\s*(?P<years>{_YEARS})(?P<when>末|底前?|前|以前)?(?P<comma>\s*,)?"
)
_LOST = re.compile(rf"\s*(?:到|至)(?P<years>{_YEAR})(?=\d)")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Years named at the start of a stretch; ``alone`` where a comma follows, so that they hold on."""

    years: tuple[int, ...]
    end: int
    alone: bool
    repaired: bool = False


def lead_in(text: str, start: int = 0) -> LeadIn | None:
    """Return the years that open a stretch of text, None where it opens with something else.

    >>> lead_in("到2022年和2030年,居民健康素养水平").years
    (2022, 2030)
    >>> lead_in("2020年和2021年进行试考核") is None
    True
    """
    lost = _LOST.match(text, start)
    if lost:  # 「到202265-74岁」: the page lost what stood between the year and the age
        return LeadIn((int(lost["years"]),), lost.end(), False, True)
    match = _LEAD.match(text, start)
    if not match or (not match["to"] and not match["comma"]):
        return None
    if not match["to"] and "年" not in match["years"]:
        return None
    years = tuple(dict.fromkeys(int(year) for year in re.findall(_YEAR, match["years"])))
    return LeadIn(years, match.end(), bool(match["comma"]))

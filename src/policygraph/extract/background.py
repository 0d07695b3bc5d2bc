"""Tell which sections look back: what stands in them has been, and is no target."""

from __future__ import annotations

import re
from functools import lru_cache

from policygraph.extract.patterns import either
from policygraph.lexicon import Lexicon
from policygraph.model import Section

_SINCE = re.compile(r"以来|[年]来|过去|上一轮|上一个")
_DO = re.compile(
    "解决|破解|补齐|补强|夯实|筑牢|巩固|营造|改善|打造|创造|抢抓|应对|把握|适应|宣传|展示|整改|聚焦"  # 夯实发展基础
)


def background(sections: tuple[Section, ...], lexicon: Lexicon) -> frozenset[str]:
    """Return the numbers of the sections whose heading looks back, and of all that stand below them."""
    found: set[str] = set()
    above: list[str] = []
    for section in sections:
        if any(_below(section.number, number) for number in above):
            found.add(section.number)
        elif section.kind != "front" and looks_back(section.heading, lexicon):
            above.append(section.number)
            found.add(section.number)
    return frozenset(found)


def looks_back(heading: str, lexicon: Lexicon) -> bool:
    """Say whether a heading names what has been (发展基础) and not what will be done about it (夯实发展基础).

    >>> from policygraph import lexicon
    >>> looks_back("“十三五”发展回顾", lexicon.bundled()), looks_back("优化发展环境", lexicon.bundled())
    (True, False)
    """
    anywhere, end, since = _patterns(lexicon)
    found = anywhere.search(heading) or end.search(heading) or (since.search(heading) and _SINCE.search(heading))
    return bool(found) and not _DO.match(heading) and not heading.startswith(lexicon.trends["measure"])


def _below(number: str, above: str) -> bool:
    """Say whether a number goes on from another: 一(二) and 一2 stand below 一, 十一 not below 十."""
    rest = number.removeprefix(above)
    if not above or not rest or rest == number:
        return False
    return not (_kind(rest[0]) == _kind(above[-1]) and rest[0] not in "(第/")


def _kind(char: str) -> str:
    return "digit" if char.isdigit() and char.isascii() else "letter" if char.isalpha() else "mark"


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    heads: dict[str, list[str]] = {"any": [], "end": [], "since": []}
    for form, kind in lexicon.background_heads.items():
        heads[kind].append(form)
    return (
        re.compile(either(heads["any"])),
        re.compile(f"(?:{either(heads['end'])})$"),
        re.compile(f"(?:{either(heads['since'])})$"),
    )

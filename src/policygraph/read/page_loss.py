"""Put back what the extraction of a page's main text lost: it goes by names of classes, and some are odd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from policygraph.read.page_lines import PageLine

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SAYS = re.compile(r"[，。；：、（(|]|^\s*[\d一二三四五六七八九十]{1,3}[、.．]")
_ITEM = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]")
_SIGNS = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(  # 2.12 控烟行动, 三、保障措施: short ones are lost
    rf"\s*(?:\d{{1,2}}(?:[.．]\d{{1,2}}){{0,3}}[ 、.．]|{_SIGNS}、|[（(]{_SIGNS}[)）])\s*[\u4e00-\u9fff]{{2,}}"
)
_FEWEST = 8  # Chinese characters of a line that says something
_PARAGRAPH = 20  # of one that marks where the main text begins
_MOST_LOST = 0.7  # share of what a page says; where more of it was lost, the main text was missed
_MOST_SEARCHED = 1000  # lines that are looked for in others; a page with more has another layout


def restored(main: Sequence[str], whole: Sequence[PageLine]) -> list[str]:
    """Return the lines of the main text with those of the page that stand between them, say something and were lost.

    Where hardly anything was found, the page's lines that are no links are the text.
    """
    texts = [_squeezed(line.text) for line in whole]
    said = {at: texts[at] for at, line in enumerate(whole) if _says_something(line)}
    lost = _lost(said, main)
    if sum(len(said[at]) for at in lost) > _MOST_LOST * sum(map(len, said.values())):
        return [line.text for line in whole if not _is_linked(line)]
    lost |= _lost_again(said, texts, main)
    places = {_squeezed(line): at for at, line in reversed([*enumerate(main)])}
    found = [places.get(text, -1) for text in texts]
    begin, end = _extent(whole, [at for at, line in enumerate(whole) if found[at] >= 0 and _is_paragraph(line)])
    count = Counter(texts)
    matched = [
        place if _is_paragraph(line) or count[text] == 1 else -1
        for place, line, text in zip(found, whole, texts, strict=True)
    ]
    behind: dict[int, list[str]] = {}  # line of the main text -> what was lost behind it
    last = next((place for place in matched if place >= 0), 0) - 1
    for at in range(begin, end):
        last = matched[at] if matched[at] >= 0 else last
        if at in lost:
            behind.setdefault(last, []).append(whole[at].text)
    return [*behind.get(-1, ()), *(line for at, each in enumerate(main) for line in (each, *behind.get(at, ())))]


def _extent(whole: Sequence[PageLine], inside: Sequence[int]) -> tuple[int, int]:
    """Return from which to before which line the main text goes: the sentences and items beside it are part of it."""
    if not inside:
        return 0, 0
    begin, end = inside[0], inside[-1] + 1
    while begin > 0 and _is_running_text(whole[begin - 1]):
        begin -= 1
    while end < len(whole) and _is_running_text(whole[end]):
        end += 1
    return begin, end


def _is_running_text(line: PageLine) -> bool:
    return _is_paragraph(line) and not _is_linked(line) and bool("。" in line.text or _ITEM.match(line.text))


def _lost(said: Mapping[int, str], main: Sequence[str]) -> frozenset[int]:
    """Return which lines of a page are neither lines of the main text nor parts of them."""
    own = [_squeezed(line) for line in main]
    known, joined = frozenset(own), "".join(own)
    odd = [at for at, line in said.items() if line not in known]
    return frozenset(at for at in odd if len(odd) > _MOST_SEARCHED or said[at] not in joined)


def _lost_again(said: Mapping[int, str], texts: Sequence[str], main: Sequence[str]) -> frozenset[int]:
    """Return which lines were taken for repetitions of one that the main text has: 牵头单位：某局, below each task.

    One that stands there beside the line before or behind it was not.
    """
    own = [_squeezed(line) for line in main]
    count, there, beside = Counter(own), Counter(texts), frozenset(pairwise(own))
    again = [at for at, line in said.items() if 0 < count[line] < there[line]]
    return frozenset(at for at in again if beside.isdisjoint(pairwise(texts[max(at - 1, 0) : at + 2])))


def _says_something(line: PageLine) -> bool:
    says = len(_CHINESE.findall(line.text)) >= _FEWEST and _SAYS.search(line.text)
    return not _is_linked(line) and bool(says or line.heading or _HEADING.match(line.text))


def _is_paragraph(line: PageLine) -> bool:
    return len(_CHINESE.findall(line.text)) >= _PARAGRAPH


def _is_linked(line: PageLine) -> bool:
    return line.linked * 2 > len(line.text)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)

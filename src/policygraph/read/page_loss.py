"""Put back what the extraction of a page's main text lost: it goes by names of classes, and some are odd."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.read.page_lines import PageLine

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SAYS = re.compile(r"[，。；：、（(|]|^\s*[\d一二三四五六七八九十]{1,3}[、.．]")
_FEWEST = 8  # Chinese characters of a line that says something
_PARAGRAPH = 20  # of one that marks where the main text begins
_LEAST = 0.3  # share of what a page says; where less of it was found, the main text was missed


def restored(main: Sequence[str], whole: Sequence[PageLine]) -> list[str]:
    """Return the lines of the main text with those of the page that stand between them, say something and were lost.

    Where hardly anything was found, the page's lines that are no links are the text.
    """
    said = [_squeezed(line.text) for line in whole if _says_something(line)]
    found = "".join(map(_squeezed, main))
    if sum(len(line) for line in said if line in found) < _LEAST * sum(map(len, said)):
        return [line.text for line in whole if not _is_linked(line)]
    places = {_squeezed(line): at for at, line in reversed([*enumerate(main)])}
    matched = [places.get(_squeezed(line.text), -1) if _is_paragraph(line) else -1 for line in whole]
    inside = [at for at, place in enumerate(matched) if place >= 0]
    after: dict[int, list[str]] = {}
    last = -1
    for at in range(inside[0], inside[-1]) if inside else ():
        last = matched[at] if matched[at] >= 0 else last
        if _says_something(whole[at]) and _squeezed(whole[at].text) not in found:
            after.setdefault(last, []).append(whole[at].text)
    return [line for at, each in enumerate(main) for line in (each, *after.get(at, ()))]


def _says_something(line: PageLine) -> bool:
    return not _is_linked(line) and len(_CHINESE.findall(line.text)) >= _FEWEST and bool(_SAYS.search(line.text))


def _is_paragraph(line: PageLine) -> bool:
    return len(_CHINESE.findall(line.text)) >= _PARAGRAPH


def _is_linked(line: PageLine) -> bool:
    return line.linked * 2 > len(line.text)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s|]", "", text)

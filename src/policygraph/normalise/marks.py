"""Take signs out of a text that set it and are no part of it: those of Markdown, and blanks between all characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from policygraph.lexicon import Lexicon
from policygraph.quantities import COUNTING

_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,500})\*\*")
_UNDERLINED = re.compile(r"(?<![\w/])__(?=\S)([^_\n]{1,200}[^_\s])__(?!\w*[/.])")
_STARS = re.compile(r"\*{2,}(?:[ \t]\*{2,}(?=[.．、]))?")  # **1** **.** is a number and its point
_RULE = re.compile(r"^[ \t]*+\|?(?:[ \t]*+:?-{3,}+:?[ \t]*+\|)+(?:[ \t]*+:?-{3,}+:?)?[ \t]*+(?:\n|\Z)", re.MULTILINE)
_ESCAPED = re.compile(r"\\(?=[.()\[\]*#_|>+-])")
_SPACED = re.compile(r"^[ \u3000]*[\u4e00-\u9fff](?:[ \u3000\xa0][\u4e00-\u9fff]){4,}[ \u3000]*$", re.MULTILINE)
_APART = re.compile(r"[ \u3000\xa0][\u4e00-\u9fff][ \u3000\xa0][\u4e00-\u9fff][ \u3000\xa0]")  # in such a line
_BLANK = re.compile(r"[ \u3000\xa0]")
_IN_DATE = re.compile(
    r"[ \xa0\u2009](?:(?<=\d.)(?=[年月日号])|(?<=[年月].)(?=\d{1,2}\s?[月日]))"
)  # 2023 年5 月16 日, 41 号
_SIGN = re.compile(  # before the number of a heading: ●二、保障措施
    r"^[ \t\u3000]*+[●▲◆■➤☆·•▶►√✦◇○□▪◎*＊>#—…\-\ue000-\uf8ff]{1,3}[ \t\u3000]*+"
    rf"(?=[{COUNTING}]{{1,3}}、|[（(][{COUNTING}]{{1,3}}[）)]|第[{COUNTING}]{{1,3}}[章节条])",
    re.MULTILINE,
)
_BREAK = re.compile(r"<br\s{0,2}/?>", re.IGNORECASE)  # in a cell of Markdown
_LAYOUT = re.compile(  # a row of one cell, which lays out a page
    r"^[ \t]*(?P<open>\|)[ \t]*[^|\n]*<br[^|\n]*+(?P<close>\|?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"(?:^|[|>、，])[ \u3000]*[^\s\d|>，。；：、,;:.]{2,20}$")
_NAME_AFTER = re.compile(r"[ \u3000]*[^\s\d|<，。；：、,;:.]{2,20}[ \u3000]*(?:$|[|<、，])")
_FOOTNOTE = re.compile(  # 《甲规划》[7], 甲规划¹, 《甲规划①》; a number ([13]号), an item (②乙) and m³ are none
    r"[\\\[¹²³⁴-⁹①-⑳](?<=[\u4e00-\u9fff”》)）%].)"  # one set of signs, for which a search is quick
    r"(?:(?:(?<=\\)\[|(?<=\[))\^?\d{1,2}\\?\](?![号(])|(?<=[¹²³⁴-⁹])(?<![平立方里米].)[¹²³⁴-⁹]{0,2}"
    r"|(?<=[①-⑳])(?:(?=》)|(?<=》.)(?=[，。、；（(,;])))"
)
_NUMBERED = re.compile(r"\s*+(\d{1,3}[.．、][ \t\u3000]?)(?=\S)")
_BEHIND = re.compile(r"[（(][^（）()。]{2,24}[）)]$")  # the date of a title
_FAR, _LINES = 300, 4  # characters and lines of a title
_FEWEST = 2  # signs of Markdown; one alone may mean itself


def without_marks(chars: str, at: Sequence[int], lexicon: Lexicon) -> tuple[str, Sequence[int]]:
    """Return a text without the signs that only set it, and where each of its characters came from."""
    chars, at = _without_breaks(chars, at)
    signs = {match.span() for match in _SIGN.finditer(chars)} | set(_of_collection(chars, lexicon))
    if "-|" in chars or "- |" in chars:
        signs |= {match.span() for match in _RULE.finditer(chars)}
    signs |= {match.span() for match in _FOOTNOTE.finditer(chars)}
    cuts = _apart(sorted({*_markdown(chars), *_between(chars), *signs}, key=_longest_first))
    if not cuts:
        return chars, at
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(chars)]
    kept = [slice(*pair) for pair in zip(starts, ends, strict=True)]
    return "".join([chars[each] for each in kept]), [*chain.from_iterable([at[each] for each in kept])]


def _of_collection(chars: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the number before the title that a text begins with: it counts the documents of a collection."""
    number = _NUMBERED.match(chars)
    if not number:
        return
    title, about = "", lexicon.grammar.rule_words["subject"]
    for line in chars[number.end() : number.end() + _FAR].split("\n")[:_LINES]:
        title += line.strip()
        bare = _BEHIND.sub("", title).removesuffix("》")
        if (
            "。" not in bare
            and bare.endswith(tuple(lexicon.documents.title_words))
            and any(map(bare.__contains__, about))
        ):
            yield number.span(1)
            return


def _without_breaks(chars: str, at: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return a text without the tags that break lines."""
    if "<" not in chars:
        return chars, at
    breaks = [(*match.span(), _for_break(chars, match)) for match in _BREAK.finditer(chars)]
    if not breaks:
        return chars, at
    bars = [(*span, "") for line in _LAYOUT.finditer(chars) for span in (line.span("open"), line.span("close"))]
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, plain in sorted([*breaks, *bars]):
        pieces += [chars[done:start], plain]
        places += [*at[done:start], *at[start : start + len(plain)]]
        done = end
    return "".join([*pieces, chars[done:]]), [*places, *at[done:]]


def _for_break(chars: str, tag: re.Match[str]) -> str:
    """Return what a break that is printed as a tag stands for: a line, in a cell a blank, between names a comma."""
    start, end = chars.rfind("\n", 0, tag.start()) + 1, chars.find("\n", tag.end())
    before, after = chars[start : tag.start()], chars[tag.end() : end if end >= 0 else len(chars)]
    if ("|" not in before and "|" not in after) or _LAYOUT.match(chars, start):
        return "\n"
    names = _NAME_BEFORE.search(before) and _NAME_AFTER.match(after)
    return "、" if names else " "


def _longest_first(cut: tuple[int, int]) -> tuple[int, int]:
    return cut[0], -cut[1]


def _apart(cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return cuts without those that begin inside one before."""
    found: list[tuple[int, int]] = []
    for cut in cuts:
        if not found or cut[0] >= found[-1][1]:
            found.append(cut)
    return found


def _markdown(chars: str) -> Iterator[tuple[int, int]]:
    """Yield the signs of Markdown, where a text has several: of headings, bold words, points that begin no list."""
    if not any(sign in chars for sign in ("**", "__", "\\")) and not ("#" in chars and _HEADING.search(chars)):
        return
    headings, bold, escaped, lines = (list(each.finditer(chars)) for each in (_HEADING, _BOLD, _ESCAPED, _UNDERLINED))
    if len(headings) + len(bold) + len(escaped) + len(lines) < _FEWEST:
        return
    yield from (match.span() for match in headings)
    yield from (span for match in lines for span in ((match.start(), match.start(1)), (match.end(1), match.end())))
    yield from (match.span() for match in _STARS.finditer(chars))
    yield from (match.span() for match in escaped)


def _between(chars: str) -> Iterator[tuple[int, int]]:
    """Yield the blanks of lines that are set with one between all characters, and those inside dates and numbers."""
    for line in _SPACED.finditer(chars) if _APART.search(chars) else ():
        text = line[0].strip(" \u3000")
        start = line.start() + line[0].index(text)
        yield from (blank.span() for blank in _BLANK.finditer(chars, start, start + len(text)))
    yield from (blank.span() for blank in _IN_DATE.finditer(chars))

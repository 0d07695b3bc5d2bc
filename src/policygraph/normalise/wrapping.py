"""Join the lines of paragraphs that were broken at a fixed width, as pages, mails and converters leave them.

Two kinds of evidence. Of the whole text: the lines that end inside a sentence nearly all end at one width, and few
are longer; then every full line goes on in the next, unless that begins something new. Of two lines alone: the
first ends with a comma or with a bracket open, or the second begins with a sign that no line can begin with. The
numbers of pages go: a page's end is no paragraph's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from operator import itemgetter

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either
from policygraph.quantities import COUNTING
from policygraph.records import record

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"[，。；、,;]")
_PAUSE = re.compile(rf"[，。；,;]|(?<![{COUNTING}\d])、")  # of a sentence; 一、 before its heading is none
_ENDS = frozenset("。；！？：;!?:)）〕］】]")
_CLOSED = _ENDS | frozenset("》”’」』")
_UNFINISHED = frozenset("，、,(（〔[")
_NEVER_FIRST = re.compile(r"[，。；、：！？％,;:!?%‰）)》〉」』】〕”’]")
_FIGURES = "0123456789"
_REST_OF_LIMIT = "于"  # of 不低于
_TWO = 2  # letters; 低于 may stand in a cell of its own
_NUMBERED = re.compile(
    rf"[（(](?:[{COUNTING}]{{1,4}}|\d{{1,2}})[)）]|[{COUNTING}]{{1,4}}、|\d{{1,2}}[.、．](?!\d)|[①-⑳]"
    rf"|[第][{COUNTING}\d]{{1,5}}[编篇章节条]|[附]\s*[件]"
)
_NUMBER_ALONE = re.compile(
    rf"[（(][{COUNTING}]{{1,4}}[)）]|[{COUNTING}]{{1,4}}、"
)  # its heading stands on the next line
_NEW = re.compile(rf"{_NUMBERED.pattern}|[\[(（〔【•●◆*]|[^，。；、,;]{{2,8}}[:：]")
_PAGE_NUMBER = re.compile(
    r"[-—–－―·]+\s*\d{1,4}\s*[-—–－―·]+|[第]\s*\d{1,4}\s*[页](?:\s*[/共]\s*\d{1,4}\s*[页])?"
    r"|(?:#+\s*)?[Pp]age\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[:：]?"  # as converters write
)
_DATED = re.compile(r"[（(](?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日[)）]")
_BARE_NUMBER = re.compile(r"[-—–－―]?\s*\d{1,3}(?:\s*/\s*\d{1,3})?")  # of a page, in a text that was broken
_CELLS = re.compile(  # a row of a table, or a line that is set in columns; it opens with one set of signs
    r"[| \u3000\t](?:(?<=\|)|(?<=\S ) {2,}(?=\S)|(?<=\S\u3000)\u3000+(?=\S)|(?<=\S\t)\t*(?=\S))"
)
_WORD = re.compile(r"[0-9A-Za-z.%‰/+-]+")  # what is not parted at the end of a line
_LATIN = re.compile(r"[A-Za-z]")
_BRACKETS = re.compile(r"[（(〔［\[【）)〕］\]】]")
_QUOTES = re.compile(r"[“”《》]")
_OPEN = frozenset("（(〔［[【“《")
_PAIRED = (_BRACKETS, _QUOTES)
_JOINS = re.compile(r"[》）)][和与及]$|[占把将被]$")  # 贯彻落实《…》和; a heading may end in 普及
_REST = re.compile(r"[\u4e00-\u9fff]{1,4}[，。]")  # of a sentence: a PDF breaks its lines at marks of another font
_CITED = ("号)", "号）")  # the number of a document, behind which the sentence goes on: 文件精神,
_ON_WHAT = re.compile(r"[为根按依][^，。；：]*$")  # of an opening: 为认真贯彻落实, and a title below it
_VERB = 2  # letters behind a number that are hardly a heading: 11.推进
_FEWEST = 4  # torn lines; fewer say nothing
_ALIKE = 0.5  # share of the torn lines that end at the width
_LONGER = 1 / 3  # share of all lines that may be longer: pages whose converter joined some
_LONGEST_WORD = 40  # characters that count of it
_LONGEST = 200  # characters; a longer line was not broken
_NARROWEST = 28  # columns
_NEARLY = 0.8  # of the width
_INDENT = 2  # columns that the first line of a paragraph is set in
_BEFORE, _BEHIND = 300, 120  # characters around a break in which an open bracket is looked for, and its end


@record
class _Line:
    """A line without the blanks at its ends; ``lead`` are those before it.

    ``apart`` says that an empty line stands above it, ``paged`` that a page begins with it.
    """

    start: int
    end: int
    text: str
    lead: str
    apart: bool
    paged: bool = False


@dataclass(frozen=True, slots=True)
class _Measure:
    """How lines were measured when they were broken: by characters, or by columns (a Chinese character has two)."""

    size: Callable[[str], int]
    play: int  # by how much full lines differ: signs that hang over, blanks that fill a line up

    def extent(self, line: _Line, after: _Line) -> tuple[int, int]:
        """Return the size of a line, and the one it would have with what the next line begins with."""
        word = _WORD.match(after.text, 0, _LONGEST_WORD)
        own = self.size(line.lead + line.text)
        return own, own + self.size(word[0] if word else after.text[0])


@dataclass(frozen=True, slots=True)
class _Midway:
    """What no line begins with: a comparator and its number (不低|于10%, 总额|突破1500亿元), a unit behind a figure.

    ``signs`` are the letters with which one begins.
    """

    signs: frozenset[str]
    limit: re.Pattern[str]
    unit: re.Pattern[str]

    def parts(self, line: str, after: str) -> bool:
        """Say whether a line was broken before a number or behind it: 增速不低 and 于10%; 新增8000 and 亿元以上."""
        if _is_finished(line) or line[-1] in _UNFINISHED:
            return False
        return bool(self.limit.match(after) or (line[-1] in _FIGURES and self.unit.match(after)))


@compiled
def _midway(lexicon: Lexicon) -> _Midway:
    words = lexicon.quantities
    limits = [
        form
        for form in words.compared("pre")
        if form.endswith(("过", "破")) or (len(form) > _TWO and form.endswith(("于", "在")))
    ]
    begins = either([*limits, _REST_OF_LIMIT])
    behind = rf"(?:{either(words.compared('post'))}|{_MARK.pattern})"
    return _Midway(
        signs=frozenset(limit[0] for limit in (*limits, _REST_OF_LIMIT)),
        limit=re.compile(rf"(?:{begins})\s?(?!(?:19|20)\d\d\s?年)\d"),
        unit=re.compile(rf"[百千万亿]{{0,2}}(?:{either(words.units)}){behind}"),
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a broken text is set: the width of its lines, where they begin, whether paragraphs begin further in."""

    measure: _Measure
    width: int
    margin: int = 0
    indented: bool = False

    def full(self, line: _Line, after: _Line) -> bool:
        """Say whether what the next line begins with had no room on this one."""
        return self.measure.extent(line, after)[1] > self.width - self.measure.play

    def goes_on(self, line: _Line, after: _Line) -> bool:
        """Say whether a paragraph goes on in the next line."""
        if after.apart or _CELLS.search(line.text) or (self.indented and not self.begins_at_margin(after)):
            return False
        if not self.full(line, after):  # broken early, within a sentence
            return _is_unfinished(line.text) and not _NUMBERED.match(line.text) and not _NEW.match(after.text)
        if not _is_finished(line.text):
            return self.indented or _is_unfinished(line.text) or not _NUMBERED.match(after.text)
        if self.indented:
            return not _NUMBERED.match(after.text)
        return not _NEW.match(after.text) and self._ends_or_fills(after)

    def _ends_or_fills(self, line: _Line) -> bool:
        """Say whether a line is one of running text: it ends with a stop, or is nearly full; a signature is neither."""
        nearly = self.measure.size(line.text) > _NEARLY * self.width
        return nearly or _is_finished(line.text)

    def begins_at_margin(self, line: _Line) -> bool:
        """Say whether a line is not set in."""
        return _columns(line.lead) < self.margin + _INDENT


def _is_finished(text: str) -> bool:
    """Say whether a line ends where a sentence may end."""
    return text[-1] in _ENDS or (text[-1] in "”’」』" and text[-2:-1] in _ENDS)


def _is_unfinished(text: str) -> bool:
    """Say whether a line surely ends within a sentence: there is a mark within, and none at its end."""
    return not _is_finished(text) and text[-1] not in "》”" and _MARK.search(text, 1, len(text) - 1) is not None


def _columns(text: str) -> int:
    """Return the width of a text: in this encoding Chinese characters and signs have two bytes."""
    return len(text.encode("gb18030", "replace"))


_MEASURES = (_Measure(len, 0), _Measure(_columns, 3))


def rejoin(chars: str, at: Sequence[int], lexicon: Lexicon) -> tuple[str, Sequence[int]]:
    """Return a text with the lines joined that were one paragraph, and where each of its characters came from."""
    printed = list(_lines(chars))
    setting = _setting(printed)
    lines = list(_without_page_numbers(printed, setting is not None))
    pieces: list[str] = []
    places: list[Sequence[int]] = []
    last = 0
    for start, end, gap in (*_cuts(chars, lines, setting, _midway(lexicon)), *_last_number(chars, printed, lines)):
        pieces += [chars[last:start], gap]
        places += [at[last:start], [at[start]] * len(gap)]
        last = end
    if not pieces:
        return chars, at
    return "".join([*pieces, chars[last:]]), [*chain.from_iterable(places), *at[last:]]


def _cuts(
    chars: str, lines: Sequence[_Line], setting: _Setting | None, midway: _Midway
) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches between lines that go, and what takes their place."""
    begun = lines[0].start if lines else 0
    for line, after in pairwise(lines):
        if (setting and setting.goes_on(line, after)) or _is_torn(chars, begun, line, after, midway):
            yield line.end, after.start, _gap(line.text, after.text)
        else:
            begun = after.start
            if after.paged:
                yield line.end, after.start, "\n" + after.lead


def _last_number(chars: str, printed: Sequence[_Line], lines: Sequence[_Line]) -> list[tuple[int, int, str]]:
    """Return where the number of the last page goes."""
    return [(lines[-1].end, len(chars), "\n")] if lines and lines[-1].end < printed[-1].start else []


def _lines(chars: str) -> Iterator[_Line]:
    """Yield the lines that hold something."""
    last = 0
    for match in _LINE.finditer(chars):
        text = match[0].strip()
        if text:
            start = match.start() + match[0].index(text)
            yield _Line(start, start + len(text), text, match[0][: start - match.start()], _apart(chars, last, start))
            last = start + len(text)


def _apart(chars: str, last: int, start: int) -> bool:
    return chars.count("\n", last, start) > 1


def _gap(first: str, second: str) -> str:
    """Return what stands between two joined lines: a blank between Latin words."""
    return " " if _LATIN.match(first[-1]) and _LATIN.match(second[0]) else ""


# ---------------------------------------------------------------- evidence of the whole text


def _setting(lines: Sequence[_Line]) -> _Setting | None:
    """Return how a text is set whose lines were broken, None where they were not."""
    torn = [pair for pair in pairwise(lines) if len(pair[0].text) <= _LONGEST and _is_unfinished(pair[0].text)]
    if len(torn) < _FEWEST:
        return None
    share, setting = max((_measured(measure, torn) for measure in _MEASURES), key=itemgetter(0))
    if share < _ALIKE:
        return None
    most = setting.width + _INDENT + setting.measure.play
    longer = (line for line in lines if setting.measure.size(line.text) > most and not _CELLS.search(line.text))
    few = int(_LONGER * len(lines))
    if len(list(islice(longer, few + 1))) > few or not _is_wide(setting):
        return None
    return _with_margin(setting, lines)


def _is_wide(setting: _Setting) -> bool:
    return setting.width * (2 if setting.measure.size is len else 1) >= _NARROWEST


def _measured(measure: _Measure, torn: Sequence[tuple[_Line, _Line]]) -> tuple[float, _Setting]:
    """Return the width at which most of the torn lines end, and the share of them that do."""
    extents = [measure.extent(*pair) for pair in torn]
    votes = Counter(chain.from_iterable(range(own - measure.play, more + measure.play) for own, more in extents))
    width = max(votes, key=lambda width: (votes[width], -width))
    return votes[width] / len(torn), _Setting(measure, width)


def _with_margin(setting: _Setting, lines: Sequence[_Line]) -> _Setting:
    """Find where the lines begin, and whether what follows a line with room begins further in."""
    pairs = [pair for pair in pairwise(lines) if not pair[1].apart]
    torn = [after for line, after in pairs if setting.full(line, after) and _is_unfinished(line.text)]
    margin = Counter(_columns(line.lead) for line in torn).most_common(1)[0][0] if torn else 0
    setting = replace(setting, margin=margin)
    begun = [after for line, after in pairwise(lines) if not setting.full(line, after)]
    return replace(setting, indented=2 * sum(not setting.begins_at_margin(line) for line in begun) > len(begun))


def _without_page_numbers(lines: Sequence[_Line], broken: bool) -> Iterator[_Line]:
    """Drop the lines that number pages, with the empty lines around them."""
    above, paged = "", False
    for line in lines:
        bare = broken and _BARE_NUMBER.fullmatch(line.text) and not above[-1:].isdigit()
        if above and (bare or _PAGE_NUMBER.fullmatch(line.text)):
            paged = True
            continue
        yield replace(line, apart=False, paged=True) if paged else line
        above, paged = line.text, False


# ---------------------------------------------------------------- evidence of two lines


def _is_torn(chars: str, begun: int, line: _Line, after: _Line, midway: _Midway) -> bool:
    """Say whether a paragraph that began at a place was broken between two lines, whatever the text is like."""
    if after.apart or not _seems_torn(chars, begun, line, after, midway):
        return False
    return not _CELLS.search(line.text) and not _CELLS.search(after.text)


def _seems_torn(chars: str, begun: int, line: _Line, after: _Line, midway: _Midway) -> bool:
    """Say whether the marks at the break speak for it; rows of a table seem torn too."""
    if _NEVER_FIRST.match(after.text):
        return True
    if (line.text[-1] in _FIGURES or after.text[0] in midway.signs) and midway.parts(line.text, after.text):
        return True
    if line.text[-1] == "》" and after.text[0] in "(（〔[":  # a title, and its number
        return not _NUMBERED.match(after.text) and not _DATED.match(after.text)
    if _NEW.match(after.text):
        return False
    if begun < line.start and line.text.endswith(_CITED) and after.text[0] != "《":
        return True
    if _NUMBER_ALONE.fullmatch(line.text) or _JOINS.search(line.text) or _is_at_quotes(line.text, after.text):
        return True
    likely = after.paged or begun < line.start or line.text[-1].isdigit()  # a page ends, a break before, a number torn
    goes_on = begun < line.start and line.text[-1] not in _CLOSED
    if likely and (_is_unfinished(line.text) or (goes_on and _PAUSE.search(chars, begun, line.start))):
        return True
    start = max(begun, line.end - _BEFORE)
    return line.text[-1] in _UNFINISHED or any(_is_open(signs, chars, start, line, after) for signs in _PAIRED)


def _is_at_quotes(line: str, after: str) -> bool:
    """Say whether a line was broken at a quotation: 2.推进“一照多址” and 改革。推行…; 11.推进 and “信易贷”."""
    behind = line[-1] in "”》" and _REST.match(after)
    number = _NUMBERED.match(line) if after[0] in "“《" else None
    cites = after[0] == "《" and _ON_WHAT.match(line)
    return bool(behind or cites or (number and len(line) - number.end() <= _VERB))


def _is_open(signs: re.Pattern[str], chars: str, start: int, line: _Line, after: _Line) -> bool:
    """Say whether a bracket or a quotation is open at the end of a line and closes soon."""
    before = signs.findall(chars, start, line.end)
    if not before or before[-1] not in _OPEN:
        return False
    closing = signs.search(chars, after.start, after.start + _BEHIND)
    return closing is not None and closing[0] not in _OPEN and "\n\n" not in chars[line.end : closing.start()]

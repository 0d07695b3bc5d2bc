"""Drop page furniture and join broken lines, keeping every position."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Text
from policygraph.patterns import either
from policygraph.records import replace
from policygraph.segment import contents
from policygraph.segment.numbering import NUMBERED

_FULL_LINE = 20  # characters; a shorter line that ends without a stop is a heading or a signature
_HEAD = 400  # characters of a page in which a site says when it published
_LINE = re.compile(r"[^\n]+")
_ENDS_SENTENCE = re.compile(r"[。;:!?.)\]〕】》”]\s*$")
_GOES_ON = re.compile(r"[,、(〔\[]\s*$")
_MARKUP = re.compile(r"^ {0,3}#{1,6} |\*\*\S", re.MULTILINE)
_SIGNS = ("#", "**")
_MARKUP_SIGNS = re.compile(r"^ {0,3}#{1,6} {1,4}|\*\*|\\(?=[.()*#\-])", re.MULTILINE)
_ZERO = "0OoΟοОо○◯〇零"
_LOOKALIKES = re.compile(f"[{_ZERO}]")
_LOOKALIKE = re.compile("[OoΟοОо○◯二](?:(?<!二)|0)")  # one scan: most texts have none, and few years are then tried
_IN_WORDS = re.compile("[一二三四五六七八九]")
_YEAR = re.compile(rf"[12二一](?<![\dA-Za-z].)[{_ZERO}\d一二三四五六七八九]{{3}}(?=\s?年|[〕\])】])")
_NEVER_JOINED = re.compile(r"\s|附件|[(\[〔【•●◆*]|[^,。;]{2,8}:")


@dataclass(frozen=True, slots=True)
class _Furniture:
    """Words of a page around the document, by how they match a line."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    contains: re.Pattern[str]
    says: re.Pattern[str]  # in a sentence too
    end: frozenset[str]
    tail: re.Pattern[str]
    cut: re.Pattern[str]
    dated: re.Pattern[str]

    def drops(self, line: str, *, in_head: bool) -> bool:
        """Say whether a line is no part of the document; one in a page's head that gives its date is."""
        if in_head and self.dated.search(line):
            return False
        around = self.says if "。" in line else self.contains  # 把经验分享到各县。 is a sentence
        return line in self.whole or line.startswith(self.starts) or bool(around.search(line))

    def signs(self, text: str) -> list[int]:
        """Return where words stand that say inside a line that the document is over; few texts have any."""
        return [match.start() for each in (self.tail, self.cut) for match in each.finditer(text)]

    def ends(self, text: str) -> bool:
        """Say whether a text has a word by which a line may say that the document is over."""
        return bool(self.tail.search(text) or self.cut.search(text) or any(line in text for line in self.end))


def clean(text: Text, lexicon: Lexicon) -> Text:
    """Return the text without menus, buttons and footers, with lines joined that were broken inside a sentence."""
    text = _with_zeros(_without_markup(text))
    furniture = _furniture(lexicon)
    around, _ = contents.parted(text.text, _lines(text.text))
    lines = _before_tail(text.text, around, furniture)
    kept = [line for line in lines if not furniture.drops(text.text[slice(*line)].strip(), in_head=line[0] < _HEAD)]
    pieces: list[tuple[int, int]] = []
    for (start, end), after in zip_longest(kept, kept[1:]):
        line, next_line = text.text[start:end], text.text[slice(*after)] if after else ""
        stop = end if _is_broken(line, next_line) else min(end + 1, len(text.text))
        if pieces and pieces[-1][1] == start:  # nothing was dropped between them
            start = pieces.pop()[0]
        pieces.append((start, stop))
    return _select(text, pieces)


def contents_of(text: Text) -> Text | None:
    """Return the table of contents of a text, an entry a line; None where no word (目录) announces one."""
    text = _without_markup(text)
    if not contents.is_announced(text.text):
        return None  # as in most
    entries = contents.parted(text.text, _lines(text.text))[1]
    ends = [(end, min(end + 1, len(text.text))) for _, end in entries]
    names = [contents.without_page(text.text, entry) for entry in entries]
    return _select(text, [piece for pair in zip(names, ends, strict=True) for piece in pair]) if entries else None


def _with_zeros(text: Text) -> Text:
    """Return a text in which the zeros of years are zeros: 二O二一, 二◯二一, 2O21 are printed with look-alikes."""
    if not _LOOKALIKE.search(text.text):
        return text
    return replace(text, text=_YEAR.sub(lambda match: _zeros(match[0]), text.text))


def _zeros(year: str) -> str:
    return _LOOKALIKES.sub("〇" if _IN_WORDS.search(year) else "0", year)


def _without_markup(text: Text) -> Text:
    """Return a text that was copied as Markdown without the signs of its headings and of bold type."""
    if not any(sign in text.text for sign in _SIGNS) or not _MARKUP.search(text.text):
        return text
    signs = [*_MARKUP_SIGNS.finditer(text.text), None]
    ends = [0, *(match.end() for match in signs if match)]
    return _select(
        text, [(end, sign.start() if sign else len(text.text)) for end, sign in zip(ends, signs, strict=True)]
    )


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _LINE.finditer(text)]


def _before_tail(text: str, lines: list[tuple[int, int]], furniture: _Furniture) -> Iterable[tuple[int, int]]:
    """Yield the lines down to the first that says the document is over; only after a first heading."""
    if not furniture.ends(text):
        yield from lines  # as in most
        return
    begun, signs = False, furniture.signs(text)
    for start, end in lines:
        line = text[start:end].strip()
        begun = begun or bool(NUMBERED.match(line))
        seen = begun and (line in furniture.end or any(start <= sign < end for sign in signs))
        cut = _cut(line, furniture) if seen else None
        if cut is None:
            yield start, end
            continue
        if cut > 0:
            yield start, start + text[start:end].index(line) + cut
        return


def _cut(line: str, furniture: _Furniture) -> int | None:
    """Return where in the line the document ends, None where it goes on."""
    if line in furniture.end or ("。" not in line and furniture.tail.search(line)):
        return 0
    cut = furniture.cut.search(line)
    return cut.start() if cut else None


@compiled
def _furniture(lexicon: Lexicon) -> _Furniture:
    def forms(*matches: str) -> list[str]:
        return sorted(form for form, how in lexicon.layout.furniture.items() if how in matches)

    def anywhere(*matches: str) -> re.Pattern[str]:
        return re.compile(either(forms(*matches)))

    starts, whole, end = tuple(forms("starts")), frozenset(forms("whole")), frozenset(forms("end"))
    labels = lexicon.documents.metadata_labels.items()
    dates = either(label for label, field in labels if field == "date_published")
    dated = re.compile(rf"(?:^|(?<=[\s|:]))(?:{dates}):\s?20\d\d")
    contains = anywhere("contains", "says")
    return _Furniture(whole, starts, contains, anywhere("says"), end, anywhere("tail"), anywhere("cut"), dated)


def _is_broken(line: str, after: str) -> bool:
    """Say whether a line was broken inside a sentence: it is full, unfinished, and the next goes on."""
    if not after or NUMBERED.match(after) or _NEVER_JOINED.match(after) or "|" in line + after:
        return False  # rows of a table stay apart
    if _GOES_ON.search(line):
        return True
    return len(line.strip()) >= _FULL_LINE and not _ENDS_SENTENCE.search(line) and len(after) > 1 and "。" in line


def _select(text: Text, pieces: list[tuple[int, int]]) -> Text:
    kept = [slice(*piece) for piece in pieces]
    offsets: list[int] = []
    for piece in kept:
        offsets += text.offsets[piece]
    return replace(
        text,
        text="".join([text.text[piece] for piece in kept]),
        printed="".join([text.printed[piece] for piece in kept]),
        offsets=(*offsets, text.offsets[-1]),
    )

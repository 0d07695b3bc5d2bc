"""Make characters and scripts uniform, with a map back to the source: ``normalise(source, lexicon) -> Text``.

Seven steps, each of which keeps the positions: unprintable characters are dropped, signs that only set a text too,
cells printed one a line become rows, bodies printed one a line below a label a list, lines that were broken at a fixed
width become paragraphs, Traditional characters and machine-swapped Taiwan words become Simplified, and full-width
punctuation and digits get one form. ``Text.printed`` has the characters as printed (but Simplified), so that names and
quotes are given back as the reader sees them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate

from opencc import OpenCC

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Source, Text
from policygraph.normalise.flat_lists import with_lists
from policygraph.normalise.flat_tables import with_rows
from policygraph.normalise.marks import without_marks
from policygraph.normalise.wrapping import rejoin
from policygraph.patterns import either

_TRADITIONAL_SHARE = 0.02  # of the Chinese characters; Simplified texts stay below, quotations included
_DROPPED = re.compile("[\u0000-\u0008\u000e-\u001b\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BREAKS = "\r\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029"  # each ends a line: by Word, a page, a converter
_ODD = re.compile(f"[{_BREAKS}\u2e80-\u2fdf\uf900-\ufaff{_DROPPED.pattern[1:-1]}]")
_PIECE = re.compile(r"[^\n]{1,500}\n?|\n")  # short enough to be aligned quickly where the length changes
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_PUNCTUATION = tuple(
    zip(
        "，：∶﹕；！？（）［］﹝﹞｛｝％＋－／＜＞＝～．﹪\u2002\u2003\u2009",
        ",:::;!?()[]〔〕{}%+-/<>=~.%   ",
        strict=True,
    )
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_DIGITS = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_SPACES = (("\t", " "), ("\u00a0", " "), ("\u3000", " "))


def normalise(source: Source, lexicon: Lexicon) -> Text:
    """Return the text with one form for each character; every offset leads back into ``source.text``."""
    chars, at = with_lists(*with_rows(*without_marks(*_characters(source.text), lexicon), lexicon), lexicon)
    chars, at = rejoin(chars, at, lexicon)
    traditional = is_traditional(chars)
    if traditional:
        chars, at = _simplify(chars, at, lexicon)
    printed = _replaced(chars.translate(_DIGITS) if _WIDE.search(chars) else chars, _SPACES)
    return Text(
        source=source,
        text=_replaced(printed, _PUNCTUATION),
        printed=printed,
        offsets=(*at, len(source.text)),
        converted=traditional,
    )


def is_traditional(text: str) -> bool:
    """Say whether a text is in Traditional characters.

    >>> is_traditional("實施健康知識普及行動"), is_traditional("实施健康知识普及行动")
    (True, False)
    """
    changed = len(_changed_by_opencc().findall(text))
    return changed > 0 and changed > _TRADITIONAL_SHARE * sum(map(len, _CHINESE.findall(text)))


@cache
def _converter() -> OpenCC:
    return OpenCC("hk2s")  # as t2s, with the forms of Hong Kong


@cache
def _changed_by_opencc() -> re.Pattern[str]:
    """Match the characters that have a Simplified form other than themselves: one scan, and no text is converted."""
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    forms = _converter().convert("\n".join(chars)).split("\n")
    return re.compile(f"[{''.join(char for char, form in zip(chars, forms, strict=True) if char != form)}]")


def _replaced(text: str, forms: Iterable[tuple[str, str]]) -> str:
    """Replace single characters one after the other, which on Chinese text is ten times as fast as translate."""
    for form, plain in forms:
        text = text.replace(form, plain)
    return text


def _characters(text: str) -> tuple[str, Sequence[int]]:
    """Drop what is not printed; compatibility forms of Chinese characters become the ordinary ones."""
    if not _ODD.search(text):
        return text, range(len(text))
    pieces: list[str] = []
    at: list[int] = []
    last = 0
    for match in _ODD.finditer(text):
        place = match.start()
        plain = _plain(text, place)
        pieces += [text[last:place], plain]
        at += [*range(last, place), *[place] * len(plain)]
        last = place + 1
    return "".join([*pieces, text[last:]]), [*at, *range(last, len(text))]


def _plain(text: str, at: int) -> str:
    char = text[at]
    if char in _BREAKS:
        return "" if char == "\r" and text[at + 1 : at + 2] == "\n" else "\n"
    return "" if _DROPPED.match(char) else unicodedata.normalize("NFKC", char)


def _simplify(chars: str, at: Sequence[int], lexicon: Lexicon) -> tuple[str, list[int]]:
    """Convert by the table of words first, by OpenCC between them."""
    swapped = any(mark in chars for mark in lexicon.layout.taiwan_marks)
    words = _words(swapped, lexicon)
    pattern = _pattern(swapped, lexicon)
    out: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in (*pattern.finditer(chars), None):
        for piece in _PIECE.finditer(chars, last, match.start() if match else len(chars)):
            plain = _converter().convert(piece[0])
            out.append(plain)
            start, end = piece.span()
            if len(plain) == end - start:  # OpenCC rarely changes the length
                offsets += at[start:end]
            else:
                offsets += [at[start + i] for i in _aligned(piece[0], plain)]
        if match:
            out.append(words[match[0]])
            offsets += [at[match.start() + i] for i in _spread(len(match[0]), len(words[match[0]]))]
            last = match.end()
    return "".join(out), offsets


@compiled
def _words(swapped: bool, lexicon: Lexicon) -> dict[str, str]:
    """Return the words that the table converts; those that a machine swapped only where one did."""
    return {form: to for form, (to, kind) in lexicon.layout.variants.items() if swapped or kind == "script"}


@compiled
def _pattern(swapped: bool, lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(_words(swapped, lexicon)))


def _aligned(before: str, after: str) -> list[int]:
    """Return for each character of ``after`` the index it comes from."""
    found: list[int] = []
    for _, start, end, to, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found += [start + i for i in _spread(end - start, stop - to)]
    return list(accumulate((min(i, len(before) - 1) for i in found), max))


def _spread(length: int, new: int) -> list[int]:
    """Map a word of ``new`` characters onto one of ``length``, both ends on both ends."""
    return [min(i, max(length - 1, 0)) for i in range(new)]

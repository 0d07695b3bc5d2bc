"""Make characters and scripts uniform, with a map back to the source: ``normalise(source, lexicon) -> Text``.

Three steps, each of which keeps the positions: unprintable characters are dropped, Traditional characters and
machine-swapped Taiwan words become Simplified, and full-width punctuation and digits get one form. ``Text.printed``
has the characters as printed (but Simplified), so that names and quotes are given back as the reader sees them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate

from opencc import OpenCC

from policygraph.lexicon import Lexicon
from policygraph.model import Source, Text

_TRADITIONAL_SHARE = 0.02  # of the Chinese characters; Simplified texts stay below, quotations included
_DROPPED = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_ODD = re.compile(f"[\r\u2e80-\u2fdf\uf900-\ufaff{_DROPPED.pattern[1:-1]}]")
_PIECE = re.compile(r"[^\n]{1,500}\n?|\n")  # short enough to be aligned quickly where the length changes
_PUNCTUATION = str.maketrans(
    "，：∶﹕；！？（）［］｛｝％＋－／＜＞＝～．﹪\u00a0\u3000\t\u2002\u2003\u2009",
    ",:::;!?()[]{}%+-/<>=~.%      ",
)
_DIGITS = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_PRINTED = _DIGITS | {ord("\t"): " ", 0xA0: " ", 0x3000: " "}


def normalise(source: Source, lexicon: Lexicon) -> Text:
    """Return the text with one form for each character; every offset leads back into ``source.text``."""
    chars, at = _characters(source.text)
    traditional = is_traditional(chars)
    if traditional:
        chars, at = _simplify(chars, at, lexicon)
    printed = chars.translate(_PRINTED)
    return Text(
        source=source,
        text=printed.translate(_PUNCTUATION),
        printed=printed,
        offsets=(*at, len(source.text)),
        converted=traditional,
    )


def is_traditional(text: str) -> bool:
    """Say whether a text is in Traditional characters.

    >>> is_traditional("實施健康知識普及行動"), is_traditional("实施健康知识普及行动")
    (True, False)
    """
    chinese = {char: count for char, count in Counter(text).items() if "\u4e00" <= char <= "\u9fff"}
    forms = zip(chinese, _converter().convert("\n".join(chinese)).split("\n"), strict=False)
    changed = sum(chinese[char] for char, simplified in forms if char != simplified)
    return changed > _TRADITIONAL_SHARE * sum(chinese.values())


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _characters(text: str) -> tuple[str, list[int]]:
    """Drop what is not printed; compatibility forms of Chinese characters become the ordinary ones."""
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
    if char == "\r":
        return "" if text[at + 1 : at + 2] == "\n" else "\n"
    return "" if _DROPPED.match(char) else unicodedata.normalize("NFKC", char)


def _simplify(chars: str, at: list[int], lexicon: Lexicon) -> tuple[str, list[int]]:
    """Convert by the table of words first, by OpenCC between them."""
    swapped = any(mark in chars for mark in lexicon.taiwan_marks)
    words = {form: to for form, (to, kind) in lexicon.variants.items() if swapped or kind == "script"}
    pattern = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)")
    out: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in (*pattern.finditer(chars), None):
        for piece in _PIECE.finditer(chars, last, match.start() if match else len(chars)):
            plain = _converter().convert(piece[0])
            out.append(plain)
            offsets += [at[piece.start() + i] for i in _aligned(piece[0], plain)]
        if match:
            out.append(words[match[0]])
            offsets += [at[match.start() + i] for i in _spread(len(match[0]), len(words[match[0]]))]
            last = match.end()
    return "".join(out), offsets


def _aligned(before: str, after: str) -> list[int]:
    """Return for each character of ``after`` the index it comes from; OpenCC rarely changes the length."""
    if len(before) == len(after):
        return list(range(len(after)))
    found: list[int] = []
    for _, start, end, to, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found += [start + i for i in _spread(end - start, stop - to)]
    return list(accumulate((min(i, len(before) - 1) for i in found), max))


def _spread(length: int, new: int) -> list[int]:
    """Map a word of ``new`` characters onto one of ``length``, both ends on both ends."""
    return [min(i, max(length - 1, 0)) for i in range(new)]

"""Turn printed numbers and names into the ASCII path segments of IRIs."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from policygraph.quantities import NUMERALS, numeral_value
from policygraph.slugs import pinyin_slug

_NUMERAL = "".join(sign for sign, value in NUMERALS.items() if value < 10_000)
_TOKEN = re.compile(rf"[{_NUMERAL}]+|\d+|[A-Za-z]+")
_ORDINAL = "第"  # marks an ordinal: 第三章; any other word before the first numeral names what is counted
_WORD = re.compile(rf"[^\W\d_{_NUMERAL}A-Za-z]+")
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


def section_path(number: str, annex: bool = False) -> str:
    """Return the path segment of a section's printed number; ``annex`` says that the number is an annex's own.

    What stands before a slash is always an annex. A number that starts with another word keeps it in pinyin.

    >>> section_path("三(一)1"), section_path("附件1/二(三)"), section_path("附件/一"), section_path("第三章")
    ('3.1.1', 'annex-1.2.3', 'annex.1', '3')
    """
    head, slash, rest = unicodedata.normalize("NFKC", number).partition("/")
    if slash:
        return ".".join(part for part in (_counted("annex", head), _tokens(rest)) if part)
    if annex:
        return _counted("annex", head)
    word = _leading_word(head)
    return _counted(name_slug(word), head) if word else _tokens(head) or name_slug(head)


def ordinal(number: str) -> int | None:
    """Return the last part of a printed number, None where it is no numeral.

    >>> ordinal("二(十二)"), ordinal("附件1/一3"), ordinal("第五条"), ordinal("")
    (12, 3, 5, None)
    """
    last = _tokens(unicodedata.normalize("NFKC", number)).rpartition(".")[2]
    return int(last) if last.isdecimal() else None


def name_slug(name: str) -> str:
    """Return a name as hyphenated pinyin; a name without any letter gives its hash.

    >>> name_slug("机场集团"), name_slug("——")
    ('ji-chang-ji-tuan', 'f3f3079e')
    """
    return pinyin_slug(name) or short_hash(name)


def short_hash(name: str) -> str:
    """Return the first 8 hexadecimal digits of the SHA-256 of a name."""
    return hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]


def safe(identifier: str) -> str:
    """Return an identifier that can stand in an IRI: unchanged where it can, else its parts in pinyin.

    >>> safe("210200/health"), safe("210200/x-港口")
    ('210200/health', '210200/x-gang-kou')
    """
    return "/".join(part if _SAFE.match(part) else name_slug(part) for part in identifier.split("/"))


class Unique:
    """Give each path once: a second asker gets ``-2``, the next ``-3``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, path: str) -> str:
        """Return the path, with a suffix where it is taken."""
        candidate, count = path, 1
        while candidate in self._taken:
            count += 1
            candidate = f"{path}-{count}"
        self._taken.add(candidate)
        return candidate


def _counted(word: str, number: str) -> str:
    tokens = _tokens(number)
    return f"{word}-{tokens}" if tokens else word


def _tokens(number: str) -> str:
    return ".".join(_plain(token) for token in _TOKEN.findall(number))


def _plain(token: str) -> str:
    if token[0] in _NUMERAL:
        return str(numeral_value(token))
    return str(int(token)) if token.isdigit() else token.lower()


def _leading_word(number: str) -> str:
    found = _WORD.match(number)
    return found.group().removeprefix(_ORDINAL) if found else ""

"""Write Chinese names and document numbers as ASCII slugs, the same in every run and on every machine.

Readings come from data/lexicon/pinyin.tsv (names of places, polyphones, marks that keep 冀 apart from 吉) and,
character by character, from data/readings.tsv: a reading never depends on the words around it, unless a row says so.
That table says what pypinyin says, which takes much longer to load and is asked for rare characters.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from policygraph import assets, tables

UNKNOWN_REGION = "000000"
UNDATED = "undated"
_NUMBER = re.compile(r"^\W*(?P<head>.*?\S)\s*[〔\[(【]\s*(?P<year>\d{4})\s*[〕\])】]\s*\D?\s*(?P<serial>\d+)\D*$")
Readings = Mapping[str, list[str]]
_RUN = re.compile(r"[a-z0-9]+|[^\W\d_a-z]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A document number (发文字号): the issuer's abbreviation, the year, the serial number.

    >>> str(Number("国发", 2019, 13))
    '国发〔2019〕13号'
    """

    head: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.head}〔{self.year}〕{self.serial}号"


def parse_number(number: str) -> Number | None:
    """Take a document number apart, with any kind of bracket; None where it is not one.

    >>> parse_number("国发 [2019] 13号")
    Number(head='国发', year=2019, serial=13)
    >>> parse_number("(辽政发【2019】第22号)")
    Number(head='辽政发', year=2019, serial=22)
    >>> parse_number("GB5749-2006") is None
    True
    """
    found = _NUMBER.match(_uniform(number).strip())
    if not found:
        return None
    head = "".join(found["head"].split())
    return Number(head, int(found["year"]), int(found["serial"])) if head else None


def pinyin_slug(text: str) -> str:
    """Return the pinyin of a text, syllables joined by hyphens, without tones; Latin and digits stay, lower case.

    >>> pinyin_slug("市卫生健康委")
    'shi-wei-sheng-jian-kang-wei'
    >>> pinyin_slug("长春市")
    'chang-chun-shi'
    >>> pinyin_slug("健康厦门APP 2.0")
    'jian-kang-xia-men-app-2-0'
    """
    runs = _RUN.findall(_uniform(text).lower())
    known = _readings("any")
    return "-".join(part for run in runs for part in ([run] if run.isascii() else _syllables(run, known)))


def number_slug(number: str) -> str:
    """Return the slug of a document number, ``""`` for what has no digit (无).

    Places and organs that sound alike stay apart: 吉 is ``ji``, 冀 is ``ji4``; 委 is ``wei``, 卫 is ``wei4``.

    >>> number_slug("吉政发〔2019〕17号"), number_slug("冀政发〔2019〕17号")
    ('jizhengfa-2019-17', 'ji4zhengfa-2019-17')
    >>> number_slug("闽委发〔2017〕8号"), number_slug("闽卫发〔2017〕8号")
    ('minweifa-2017-8', 'minwei4fa-2017-8')
    >>> number_slug("GB 5749-2006")
    'gb5749-2006'
    """
    parsed = parse_number(number)
    if parsed:
        return f"{_head_slug(parsed.head)}-{parsed.year}-{parsed.serial}"
    runs = _RUN.findall("".join(_uniform(number).lower().split()))
    if not any(char.isdecimal() for run in runs if run.isascii() for char in run):
        return ""
    return "-".join(run if run.isascii() else _head_slug(run) for run in runs)


def document_slug(number: str, title: str, region: str, date: str) -> str:
    """Return the identifier of a document: its number in pinyin, else region, date and a hash of its title.

    ``region`` is a code of GB/T 2260 and ``date`` ISO; both may be empty. Spaces in the title do not count.

    >>> document_slug("国发〔2019〕13号", "", "", "")
    'guofa-2019-13'
    >>> document_slug("厦府〔2019〕405号", "", "350200", "")
    'xiafu-2019-405'
    >>> document_slug("", "“健康大连2030”行动纲要", "210200", "")
    '210200-undated-67412340'
    """
    slug = number_slug(number)
    if slug:
        return slug
    digest = hashlib.sha256("".join(title.split()).encode("utf-8")).hexdigest()[:8]
    return f"{region or UNKNOWN_REGION}-{date or UNDATED}-{digest}"


def _uniform(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _head_slug(head: str) -> str:
    """Write the abbreviation before a number; the place that opens it and the organs after it have their marks."""
    letters = "".join(_RUN.findall(head.lower()))
    marked = _readings("number").get(letters[:1])
    organs = _readings("any", "organ")
    return "".join([*marked, *_syllables(letters[1:], organs)] if marked else _syllables(letters, organs))


def _syllables(text: str, known: Readings) -> Iterator[str]:
    longest = max(map(len, known), default=1)
    place = 0
    while place < len(text):
        ends = range(min(len(text), place + longest), place, -1)
        form = next((text[place:end] for end in ends if text[place:end] in known), text[place])
        yield from known.get(form) or _plain(form)
        place += len(form)


def _plain(char: str) -> list[str]:
    """Return the first reading of a character; one without a reading is written by its code point."""
    if reading := _first_readings().get(char):
        return [reading]
    from pypinyin import lazy_pinyin

    reading = lazy_pinyin(char)[0]
    return [reading if reading.isascii() else f"u{ord(char):x}"]


@cache
def _first_readings() -> Mapping[str, str]:
    rows = tables.read_table(assets.path("data", "readings.tsv"), required=("reading", "characters"))
    return {char: row["reading"] for row in rows for char in row["characters"]}


@cache
def _readings(*uses: str) -> Readings:
    rows = tables.read_table(assets.path("data", "lexicon", "pinyin.tsv"), required=("form", "reading", "use"))
    return {row["form"]: row["reading"].split() for row in rows if row["use"] in uses}

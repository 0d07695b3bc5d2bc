"""Say what form the cells of each column have: the one table by which fact tables are read.

What becomes part of an IRI has a form that an IRI can hold; numbers are written plainly and are finite. A column that
is not in the table holds any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, partial
from unicodedata import normalize

from policygraph.facts import words
from policygraph.messages import Message, Pair, message
from policygraph.terms import (
    BodyRelation,
    EventKind,
    NumberClass,
    Op,
    Parsed,
    Relation,
    Role,
    SectionKind,
    Status,
    TargetKind,
)


@dataclass(frozen=True, slots=True)
class CellForm:
    """What a cell may be, how it is read, and the key of the message that says what to write.

    ``mend`` undoes what spreadsheets make of such a cell; it is asked where the cell does not fit.
    """

    key: str
    fits: Callable[[str], bool]
    read: Callable[[str], object] = str
    choices: tuple[str, ...] = ()
    mend: Callable[[str], str] = str.strip
    words: str = ""  # under which key data/sheets/words.tsv has Chinese words for such cells

    def mended(self, cell: str) -> str:
        """Return a cell that fits as it is, another as it was before a spreadsheet saved it, if it can be told."""
        return cell if self.fits(cell) else self.mend(cell)

    def wanted(self) -> Message:
        """Return what to write in such a cell."""
        named = words.choices(self.words)
        choices = tuple(Pair(f"{named[each]}({each})" if each in named else each, each) for each in self.choices)
        return message(self.key, **({"choices": choices} if choices else {}))

    def shown(self, cell: str) -> str:
        """Return a cell as a workbook shows it: in Chinese, if it is a word of a closed list."""
        return words.choices(self.words).get(cell, cell)


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda cell: compiled.fullmatch(cell) is not None


def _choice(key: str, kind: type[StrEnum], *left_out: StrEnum) -> CellForm:
    """Return the form of a closed list; its Chinese words are under ``key`` in data/sheets/words.tsv."""
    choices = tuple(str(word) for word in kind if word not in left_out)
    return CellForm("facts.write-choice", choices.__contains__, kind, choices, partial(_one_of, key), key)


def _one_of(key: str, cell: str) -> str:
    """Return what a word of a closed list stands for, in whatever script and width it is written.

    >>> _one_of("role", "配合"), _one_of("op", "＞"), _one_of("status", " Reviewed ")
    ('support', '>', 'reviewed')
    """
    return words.meant(key, cell) or normalize("NFKC", cell).strip().lower()


def _spoken(key: str) -> CellForm:
    """Return the form of a cell that holds any text, and for some things a word or its Chinese."""
    return CellForm("", lambda cell: not words.meant(key, cell), mend=partial(words.meant, key), words=key)


def _whole_again(cell: str) -> str:
    """Take off what makes a whole number a fraction or a power.

    >>> _whole_again(" 2022.0"), _whole_again("1.2E+04"), _whole_again("1.23457E+11")
    ('2022', '12000', '1.23457E+11')
    """
    cell = cell.strip()
    # from twelve digits on a spreadsheet shows six of them: that is no number that can be told
    return f"{Decimal(cell):f}" if _POWER(cell) else _NO_FRACTION.sub("", cell)


def _figure_again(cell: str) -> str:
    """Return the range of two numbers that a spreadsheet took for a day, and a number without what groups its digits.

    >>> _figure_again("7月8日"), _figure_again("1，200"), _figure_again("２７％")
    ('7-8', '1200', '27%')
    """
    day = _DAY.fullmatch(cell.strip())
    plain = normalize("NFKC", cell).strip()
    return f"{day[1]}-{day[2]}" if day else _whole_again(plain.replace(",", "") if _GROUPED(plain) else plain)


def _year_again(cell: str) -> str:
    """Return a year without what makes it a fraction or a word, several with a bar between them.

    >>> _year_again("2022年"), _year_again("2022.0"), _year_again("2022、2025年"), _year_again("明年")
    ('2022', '2022', '2022|2025', '明年')
    """
    return "|".join(_whole_again(_YEAR_SIGN.sub("", each)) for each in _BETWEEN_YEARS.split(cell))


def _iso(cell: str) -> str:
    """Return a date that a spreadsheet wrote in its own way as ISO 8601 has it.

    >>> _iso("2022/5/10"), _iso("2022/5/10 0:00"), _iso("2022年5月10日"), _iso("2022.5.10"), _iso("2022年5月")
    ('2022-05-10', '2022-05-10', '2022-05-10', '2022-05-10', '2022年5月')
    """
    date = _WRITTEN_DAY.fullmatch(cell.strip())
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else cell


def as_date(cell: str) -> str:
    """Return a date that a person wrote as ISO 8601 has it, anything else as it is."""
    return DATE.mended(cell.strip())


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def _score(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def _is_year(cell: str) -> bool:
    return _FOUR_DIGITS(cell) and 1900 <= int(cell) < 2200


def _is_figure(cell: str) -> bool:
    """Tell a number as printed: plain digits, or words that are no number at all (7-8, 三分之一)."""
    try:
        Decimal(cell)
    except InvalidOperation:
        return True
    return _PLAIN(cell)


_WORD = r"\w+(?:[.-]+\w+)*"  # letters of any script: those that are not ASCII stand in an IRI as pinyin
_ID = rf"{_WORD}(?:/{_WORD})*"
_SHARE = r"0?\.\d{1,9}|0|1|1\.0{1,9}"
_KEBAB = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FOUR_DIGITS = _matching(r"\d{4}")
_POWER = _matching(r"\d(?:\.\d+)?E\+(?:0\d|10)")
_WRITTEN_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_ISO_DAY = _matching(r"\d{4}-\d{2}-\d{2}")
_NO_FRACTION = re.compile(r"\.0+$")
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_GROUPED = _matching(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_MADE = _matching(  # a day that was a range, and a number with what belongs into other columns or in no number
    r"\d{1,2}月\d{1,2}日|[<>=≤≥＜＞＝]+\s*\d.*|\d[\d,，.]*\s*[%％‰]|\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[０-９．％]+"
)
_YEAR_SIGN = re.compile(r"(?<=\d)年\s*$")
_BETWEEN_YEARS = re.compile(r"[|、,，;；/]")
_PLAIN = _matching(r"[+-]?\d{1,15}(?:\.\d{1,15})?")

IDENTIFIER = CellForm("facts.write-identifier", _matching(rf"(?!\d+\.0+$)(?:{_ID})?"), mend=_whole_again)
IDENTIFIERS = CellForm("facts.write-identifiers", _matching(rf"(?:{_ID})?(?:\|(?:{_ID})?)*"))  # some may be unknown
YEAR = CellForm("facts.write-year", lambda cell: not cell or _is_year(cell), _whole, mend=_year_again)
YEARS = CellForm("facts.write-years", lambda cell: not cell or all(map(_is_year, cell.split("|"))), mend=_year_again)
OFFSET = CellForm("facts.write-whole-number", _matching(r"(?:\d{1,9})?"), _whole, mend=_whole_again)
COUNT = CellForm("facts.write-whole-number", _matching(r"\d{1,9}"), int, mend=_whole_again)
SHARE = CellForm("facts.write-share", _matching(_SHARE), Decimal)
SCORE = CellForm("facts.write-share", _matching(f"(?:{_SHARE})?"), _score)
RULE = CellForm("facts.write-rule", _matching(f"(?:{_KEBAB}(?::{_KEBAB})?)?"))
FACT = CellForm("facts.write-fact", _matching(r"(?:[a-z]+@\d{1,9})?"))
FIGURE = CellForm("facts.write-figure", _is_figure, mend=_whole_again)
AIM = CellForm("facts.write-aim", lambda cell: _is_figure(cell) and not _MADE(cell), mend=_figure_again)
DATE = CellForm("", lambda cell: _ISO_DAY(cell) or not _WRITTEN_DAY.fullmatch(cell), mend=_iso)
YES_OR_NO = CellForm(
    "facts.write-choice", ("yes", "no").__contains__, str, ("yes", "no"), partial(_one_of, "open"), "open"
)
TEXT = CellForm("", lambda _: True)

_SHOWN = 60

# The form of a column: by its name, or by table and name where the tables differ; of a metadata row's value, by field.
FORMS = {
    "id": IDENTIFIER,
    "document_id": IDENTIFIER,
    "agency_id": IDENTIFIER,
    "indicator_id": IDENTIFIER,
    "region_id": IDENTIFIER,
    "body_id": IDENTIFIER,
    "party_id": IDENTIFIER,
    "action_type": IDENTIFIER,
    "bodies.agency_id": IDENTIFIERS,
    "structure.kind": _choice("structure.kind", SectionKind, SectionKind.FRONT),
    "targets.kind": _choice("targets.kind", TargetKind),
    "citations.relation": _choice("citations.relation", Relation),
    "bodies.relation": _choice("bodies.relation", BodyRelation),
    "schedule.kind": _choice("schedule.kind", EventKind),
    "open": YES_OR_NO,
    "parsed": _choice("parsed", Parsed),
    "class": _choice("class", NumberClass),
    "fact": FACT,
    "years": YEARS,
    "year": YEAR,
    "clause": COUNT,
    "order": COUNT,
    "bodies.order": OFFSET,
    "start": OFFSET,
    "end": OFFSET,
    "value": FIGURE,
    "targets.value": AIM,  # no day is aimed at; among all numbers of a text days are
    "metadata.field": _spoken("field"),
    "metadata.value": TEXT,
    "metadata.value.level": _spoken("metadata.value.level"),
    "metadata.value.review_status": _spoken("metadata.value.review_status"),
    "metadata.value.document_id": IDENTIFIER,
    "metadata.value.date_issued": DATE,
    "metadata.value.date_published": DATE,
    "metadata.value.retrieved": DATE,
    "confidence": SHARE,
    "rule": RULE,
    "match": SCORE,
    "status": _choice("status", Status),
    "role": _choice("role", Role),
    "op": _choice("op", Op),
}


@cache
def form(table: str, column: str, field: str = "") -> CellForm:
    """Return the form of the cells of a column; ``field`` is what a metadata row is about.

    >>> form("targets", "value") is AIM, form("metadata", "value") is TEXT
    (True, True)
    >>> form("metadata", "value", "document_id") is IDENTIFIER
    True
    """
    for key in (f"{table}.{column}.{field}", f"{table}.{column}", column):
        if key in FORMS:
            return FORMS[key]
    return TEXT


def shortened(cell: str) -> str:
    """Return a cell as a message shows it: its first 60 characters.

    >>> shortened("a" * 61)[-3:]
    'aa…'
    """
    return cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"

"""Find what a document says about itself: title, number, issuer, dates, addressee."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from policygraph.extract.citations import tidy_number
from policygraph.extract.evidence import evidence
from policygraph.extract.numerals import value_of
from policygraph.lexicon import Lexicon
from policygraph.model import Evidence, MetadataRow, Outline

FIELDS = (
    "title",
    "number",
    "issuer",
    "date_issued",
    "date_published",
    "region",
    "level",
    "addressee",
    "status",
    "index_number",
)
_HEAD = 400  # lines; what a document says about itself stands before them
_LONGEST_LINE = 400  # characters of a line that may hold labels
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[(]\d{4}[〕\])]\s{0,3}\d{1,4}\s{0,3}号|[\u4e00-\u9fff]{2,20}令\s?第?\s?\d{1,4}\s?号"
)
_DATE = re.compile(r"(20\d\d|19\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_SIGNED = re.compile(rf"\s*{_DATE.pattern}\s*(?:印发)?$")
_DIGITS = "一二三四五六七八九"
_IN_WORDS = re.compile(rf"\s*([{_DIGITS}〇零○]{{4}})年([{_DIGITS}十]{{1,3}})月([{_DIGITS}十]{{1,3}})日$")
_LOST_DATE = re.compile(r"\s{2}(20\d\d)(\d{2,4})\s*$")
_LINE = re.compile(r"[^\n]+")
_MARGIN = " •·*\t"
_SHORT_ISSUER = 3  # characters: 市政府
_BEFORE_SUBJECT = re.compile(r"(.{2,40}?)(?:关于|印发)")
_VALUE = {"date_issued": _DATE, "date_published": _DATE, "number": _NUMBER}


class _Line(NamedTuple):
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with its place; ``line`` is where it stands."""

    value: str
    start: int
    end: int
    confidence: Decimal = Decimal("0.95")
    note: str = ""


def find_metadata(doc: str, outline: Outline, lexicon: Lexicon) -> tuple[MetadataRow, ...]:
    """Return a row for each field of FIELDS, empty where the page does not say; region and level come later."""
    front = _lines(outline, outline.sections[0].body.end)[:_HEAD]
    found: dict[str, _Value | None] = dict(_labelled(front, lexicon))
    title = found.setdefault("title", _title(front, lexicon))
    found.setdefault("number", _number(front, title))
    found.setdefault("addressee", _addressee(front, lexicon))
    found.setdefault("date_issued", _signed(outline, lexicon))
    found.setdefault("issuer", _issuer(title, outline, lexicon))
    return tuple(_row(doc, name, found.get(name), outline) for name in FIELDS)


def issued_year(outline: Outline, lexicon: Lexicon) -> int | None:
    """Return the year in which a document was written, None where no date stands under it."""
    found = _signed(outline, lexicon)
    return int(found.value[:4]) if found and found.value else None


def own_titles(outline: Outline, rows: tuple[MetadataRow, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the titles of the document and of what stands in it, which are no citations."""
    front = _lines(outline, outline.sections[0].body.end)[:_HEAD]
    lines = [line.text for line in front if _is_title(line.text, lexicon)]
    annexes = [section.heading for section in outline.sections if section.kind == "annex"]
    return tuple(row.value for row in rows if row.field == "title" and row.value) + tuple(lines + annexes)


def _row(doc: str, name: str, found: _Value | None, outline: Outline) -> MetadataRow:
    if found is None or not found.value:
        return MetadataRow(doc, name, "", evidence=Evidence(confidence=Decimal("0.9")))
    proof = evidence(outline.text, found.start, found.end, found.confidence, found.note)
    return MetadataRow(doc, name, found.value, evidence=proof)


def _lines(outline: Outline, end: int) -> list[_Line]:
    found = []
    for match in _LINE.finditer(outline.text.text, 0, end):
        line = match[0]
        if not line.isspace():
            left = match.start() + len(line) - len(line.lstrip(_MARGIN))
            found.append(_Line(line.strip(_MARGIN), left, match.end()))
    return found


def _labelled(front: list[_Line], lexicon: Lexicon) -> dict[str, _Value]:
    """Read the table at a page's head: «发文字号 示政发〔2021〕7号», «公开日期:2022-01-05»."""
    found: dict[str, _Value] = {}
    for line in front:
        spots = _labels(line.text, lexicon) if len(line.text) <= _LONGEST_LINE else []
        ends = [*(start for _, start, _ in spots[1:]), len(line.text)] if spots else []
        for (name, _, left), right in zip(spots, ends, strict=True):
            raw = line.text[left:right].strip(" :;,.|")
            pattern = _VALUE.get(name)
            match = pattern.search(raw) if pattern else None
            value = (match[0] if match else "") if pattern else raw
            if value and name != "other" and name not in found:
                at = line.start + line.text.index(value, left)
                found[name] = _Value(_typed(name, value), at, at + len(value), Decimal("0.98"))
    return found


def _labels(line: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """Return (field, start, end) of the labels of a line; letters may be spread (索  引  号)."""
    fields = _label_fields(lexicon)
    return [(fields["".join(m[1].split())], m.start(), m.end()) for m in _label_pattern(lexicon).finditer(line)]


@lru_cache(maxsize=8)
def _label_fields(lexicon: Lexicon) -> dict[str, str]:
    return {"".join(label.split()): name for label, name in lexicon.metadata_labels.items()}


@lru_cache(maxsize=8)
def _label_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    spread = (
        r"\s{0,12}".join(map(re.escape, label)) for label in sorted(lexicon.metadata_labels, key=len, reverse=True)
    )
    return re.compile(rf"(?:^|(?<=[\s|]))[\[【]?({'|'.join(spread)})[\]】]?(?:\s{{0,6}}[:|]\s{{0,6}}|\s{{1,6}}|$)")


def _typed(name: str, value: str) -> str:
    if name.startswith("date"):
        return iso_date(value)
    return tidy_number(value) if name == "number" else re.sub(r"\s+", " ", value)


def iso_date(text: str) -> str:
    """Return the first date of a text as ISO 8601, ``""`` where there is none.

    >>> iso_date("2021年1月25日")
    '2021-01-25'
    """
    match = _DATE.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""


def _is_title(line: str, lexicon: Lexicon) -> bool:
    if not 6 <= len(line) <= 70 or re.search(r"[。;,!?]$|[。;]", line) or ">" in line:
        return False
    ends = tuple(lexicon.title_words)
    bare = re.sub(r"\([^()]{0,20}\)$", "", line)
    return bare.endswith(ends) and not bare.startswith(("为", "现将", "附件", "经")) and ":" not in bare


def _title(front: list[_Line], lexicon: Lexicon) -> _Value | None:
    """Return the first title, with 《》 and a number in front taken off and its lines joined."""
    for at in range(len(front)):
        first = at
        while at - first < 2 and first > 0 and _goes_on(front[first - 1].text, front[first].text, lexicon):
            first -= 1
        for start in range(first, at + 1):
            found = _joined(front[start : at + 1], lexicon)
            if found:
                return found
    return None


def _joined(pieces: list[_Line], lexicon: Lexicon) -> _Value | None:
    line = "".join(piece.text for piece in pieces)
    number = _NUMBER.match(line)
    bare = line[number.end() :].strip(" 《》") if number else line
    bare = line[1:-1] if line.startswith("《") and line.endswith("》") and "《" not in line[1:] else bare
    if not bare or not _is_title(bare, lexicon):
        return None
    start = pieces[0].start + line.index(bare)
    end = start + len(bare) if len(pieces) == 1 else pieces[-1].start + len(pieces[-1].text)
    return _Value(bare, start, end)


def _goes_on(line: str, after: str, lexicon: Lexicon) -> bool:
    """Say whether a title begun on a line goes on in the next: the issuer above 关于…, or a line broken inside."""
    if not 3 < len(line) < 46 or re.search(r"[,:;。!?|>]", line) or _NUMBER.match(line) or _is_title(line, lexicon):
        return False
    if after.startswith(("关于", "印发")):
        return line.endswith(_bodies(lexicon)) and not re.search(r"\d", line)
    return any(form in line for form in lexicon.title_starts)


@lru_cache(maxsize=8)
def _bodies(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the endings of bodies that issue documents."""
    return tuple(sorted(lexicon.addressees | {form for form, kind in lexicon.org_tails.items() if kind != "bare"}))


def _number(front: list[_Line], title: _Value | None) -> _Value | None:
    """Return a number that stands on a line of its own, or directly before the title."""
    for line in front:
        match = _NUMBER.match(line.text)
        if match and (len(match[0]) == len(line.text) or (title and title.value in line.text)):
            return _Value(tidy_number(match[0]), line.start, line.start + len(match[0]))
    return None


def _addressee(front: list[_Line], lexicon: Lexicon) -> _Value | None:
    """Return the line that ends in a colon and names bodies (主送机关)."""
    for line in front:
        bare = line.text.rstrip()
        if bare.endswith(":") and len(bare) < 200 and _names_bodies(bare[:-1], lexicon):
            return _Value(bare[:-1], line.start, line.start + len(bare) - 1)
    return None


def _names_bodies(text: str, lexicon: Lexicon) -> bool:
    if re.search(r"[。:《|]|^[为按以现]|^根据", text):
        return False
    parts = re.split("[,、;]", re.sub(r"\([^()]*\)", "", text))
    ends = (parts[0].strip(), parts[-1].strip())
    return all(
        part.startswith("各") or part.endswith(_bodies(lexicon)) or part in lexicon.places for part in ends
    ) and any(word in text for word in (*lexicon.addressees, "各"))


def _signed(outline: Outline, lexicon: Lexicon) -> _Value | None:
    """Return the date of writing: a date on a line of its own, after the text or after the notice."""
    annexes = (s.head.start for s in outline.sections if s.kind == "annex" and s.body.end > s.body.start)
    after = _lines(outline, next(annexes, len(outline.text.text)))
    for line in reversed(after):
        if _SIGNED.match(line.text):
            return _Value(iso_date(line.text), line.start, line.start + len(line.text))
        words = _IN_WORDS.match(line.text)
        if words:
            year, month, day = (value_of(part.replace("○", "〇"), lexicon) for part in words.groups())
            return _Value(f"{year}-{month:0>2}-{day:0>2}", line.start, line.start + len(line.text))
    for line in reversed(after):
        match = _LOST_DATE.search(line.text[-_LONGEST_LINE:])
        if match:
            return _from_lost(match, line)
    return None


def _from_lost(match: re.Match[str], line: _Line) -> _Value | None:
    """Read «2020122», which lost 年月日: of the possible dates the latest, and say that it is a guess."""
    digits = match[2]
    possible = [
        (int(digits[:cut]), int(digits[cut:]))
        for cut in range(1, len(digits))
        if 1 <= int(digits[:cut]) <= 12 and 1 <= int(digits[cut:]) <= 31 and digits[cut] != "0"
    ]
    if not possible:
        return None
    month, day = max(possible)
    others = "、".join(f"{match[1]}-{m:02d}-{d:02d}" for m, d in sorted(possible)[:-1])
    note = f"原文缺「年月日」,亦可能为{others} (ambiguous: the page lost characters)" if others else "原文缺「年月日」"
    end = line.start + len(line.text)
    at = end - len(match[0].lstrip())
    return _Value(f"{match[1]}-{month:02d}-{day:02d}", at, end, Decimal("0.4"), note)


def _issuer(title: _Value | None, outline: Outline, lexicon: Lexicon) -> _Value | None:
    """Return who issues: what stands before 关于 in the title, else the signature over the date.

    A title may say 市政府 where the signature names the city.
    """
    match = _BEFORE_SUBJECT.match(title.value) if title else None
    named = title and match and match[1].endswith(_bodies(lexicon))
    if not named or (match and len(match[1]) <= _SHORT_ISSUER):
        for line, after in pairwise(_lines(outline, len(outline.text.text))):
            signed = len(line.text) < 40 and (_SIGNED.match(after.text) or _IN_WORDS.match(after.text))
            if signed and line.text.endswith(tuple(lexicon.org_tails)):
                return _Value(re.sub(r"\s", "", line.text), line.start, line.start + len(line.text), Decimal("0.9"))
    return _Value(match[1], title.start, title.start + len(match[1])) if title and match and named else None

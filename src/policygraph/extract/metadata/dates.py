"""Read the date of writing: under the signature, behind it, under the title; misprinted ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from policygraph.extract.grammar.document_numbers import NUMBER
from policygraph.extract.metadata.front import DATE, FieldValue, Page, PageLine, iso_date
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import word_of, word_pattern
from policygraph.quantities import COUNTING, numeral_value

_PART = rf"(?:\d{{1,2}}|[{COUNTING}]{{1,3}})"
_NUMERIC = r"(?:20\d\d|19\d\d)\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_SAID = rf"(?:[{COUNTING}]{{4}}|20\d\d|19\d\d)\s?年?\s?{_PART}\s?月\s?{_PART}\s?日"  # 20223月23日 lost its 年
_PARTS = re.compile(rf"([{COUNTING}]{{4}}|\d{{4}})\D{{0,3}}?({_PART})\s*[月./-]\s*({_PART})")
_LOST_DATE = re.compile(r"(?:^|\s{2}|(?<=[\u4e00-\u9fff]))(20\d\d)(\d{2,4})\s*$")
_BELOW_TITLE = re.compile(rf"\({DATE.pattern}[^()]{{0,30}}\)$")
_LONGEST_LINE = 400  # characters of a line that may hold a lost date
_MONTHS, _DAYS = 12, 31
_ALL = 4  # figures of a month and a day, none lost
_ENDS_OF_DATES = frozenset("日)]】发")
_BETWEEN = re.compile(rf"(?<=[。;])\s(?P<date>{_SAID})\s")
_MONTH = re.compile(rf"([{COUNTING}]{{4}}|20\d\d|19\d\d)\s?年\s?({_PART})\s?月")
_LONGEST_MONTH = 16  # characters
_LAST_LINES = 2  # of a text, in which a month may date it
_FIRST_LINES = 12  # in which a date may stand under the title
_BY_SITE = re.compile(r"\d[-/]\d")  # 2022-05-24 at the top of a page: a date of publishing
_LONGEST_SIGNATURE = 40  # characters
_LONGEST_SIGNATURES = 300  # of several bodies that sign in columns
_LONGEST_DATE = 60  # characters of a line with a date and what is said of it: (此件公开发布)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date under a text, and the body that signs on the same line, ``""`` where none does."""

    date: FieldValue
    signer: str = ""


def find_date(page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return the date of writing: a date on a line of its own, after the text or after the notice.

    A document that is not signed may bear its date in brackets under its title.
    """
    sections, whole = page.outline.sections, len(page.outline.text.text)
    annexes = (s.head.start for s in sections if s.kind == "annex" and s.body.end > s.body.start)
    after = page.before(next(annexes, whole))
    front = sections[0].body.end
    alone = next(_alone(after, front, lexicon), None)
    if alone:
        return alone
    for line in reversed(after):
        ends_in_figures = line.text.rstrip()[-1:].isdecimal()
        match = _LOST_DATE.search(line.text[-_LONGEST_LINE:]) if ends_in_figures else None
        lost = _from_lost(match, line) if match else None
        if lost:
            return lost
    under = (line for line in page.front[:_FIRST_LINES] if _BELOW_TITLE.match(line.text))
    first = next(under, None)
    if first:
        return FieldValue(iso_date(first.text), first.start, first.start + len(first.text), "date-under-title")
    beside = _beside_number(page, lexicon)
    if beside:
        return beside
    together = signed_inside(page, lexicon)
    if together:
        return together.date
    return _alone_inside(page, lexicon) or next(_of_months(page, after, lexicon), None)


def _alone(lines: Sequence[PageLine], front: int, lexicon: Lexicon) -> Iterator[FieldValue]:
    """Yield the dates that are lines of their own, the last first, and behind them those of printing (…3月2日印发)."""
    printed: list[FieldValue] = []
    for at in range(len(lines) - 1, -1, -1):
        found = dated(lines[at], lexicon)
        if not found:
            continue
        by_site = at < _FIRST_LINES and lines[at].end <= front and _BY_SITE.search(lines[at].text)
        if word_pattern("issued-on", lexicon).search(lines[at].text):
            printed.append(found.date)
        elif not by_site or (at > 1 and _may_sign(lines[at - 1].text, lexicon)):  # 2021-3-5 below who signs
            yield found.date
    yield from printed


def _of_months(page: Page, after: tuple[PageLine, ...], lexicon: Lexicon) -> Iterator[FieldValue]:
    """Yield the months that alone may date a text: below who signs at its end, and under the title."""
    titles = tuple(lexicon.documents.title_words)
    lines = (*pairwise(after[-_LAST_LINES - 1 :]), *pairwise(page.front[:_FIRST_LINES]))
    for above, line in lines:
        named = "".join(above.text.split())
        found = of_month(line) if _may_sign(named, lexicon) or named.endswith(titles) else None
        if found:
            yield found


def of_month(line: PageLine) -> FieldValue | None:
    """Return the month that a line is (2021年12月), None where it says something else."""
    match = _MONTH.fullmatch(line.text.strip()) if len(line.text) <= _LONGEST_MONTH else None
    year, month = (_figure("".join(part.split())) for part in match.groups()) if match else (0, 0)
    if not 1 <= month <= _MONTHS:
        return None
    return FieldValue(f"{year:04}-{month:02}", line.start, line.start + len(line.text), "month-line")


def _beside_number(page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return a date in words that stands on the line of the number, behind it: 示政发〔2024〕10号 2024年5月18日."""
    front = page.front[:_FIRST_LINES]
    for number, line in pairwise(front):
        if (
            NUMBER.fullmatch(number.text)
            and "月" in line.text
            and page.outline.text.text[number.end : line.start].isspace()
        ):
            found = dated(line, lexicon)
            if found and not found.signer and "\n" not in page.outline.text.text[number.end : line.start]:
                return found.date
    return None


def dated(line: PageLine, lexicon: Lexicon) -> Dated | None:
    """Return the date that a line is, with the body that signs on the line; None where it says something else."""
    last = line.text.rstrip()[-1:]
    ends_like_date = last.isdecimal() or last in _ENDS_OF_DATES
    if not ends_like_date or len(line.text) > _LONGEST_SIGNATURES + _LONGEST_DATE:
        return None
    if line.text.isdecimal():  # 20201020
        lost = _LOST_DATE.search(line.text)
        date = _from_lost(lost, line) if lost and len(lost[2]) == _ALL else None
        return Dated(date) if date else None
    match = _signed(lexicon).match(line.text)
    if match is None:
        spread = "".join(line.text.split())
        match = _signed(lexicon).match(spread) if spread != line.text else None
        start, end = line.start, line.start + len(line.text)
    else:
        start, end = line.start + match.start("date"), line.start + match.end("date")
    return _dated(match, start, end, lexicon) if match else None


def _dated(match: re.Match[str], start: int, end: int, lexicon: Lexicon) -> Dated | None:
    signer = match["who"].strip()
    if signer and not (_may_sign("".join(signer.split()), lexicon) and "月" in match["date"]):
        return None
    value = _iso(match["date"])
    rule = "signature-date" if match["date"].isascii() or value[:4] in match["date"] else "signature-date:in-words"
    return Dated(FieldValue(value, start, end, rule), signer) if value else None


def signed_inside(page: Page, lexicon: Lexicon) -> Dated | None:
    """Return the first signature with its date inside a long line: of the front, or the last of the page."""
    for line in (*page.front, *_tail(page)):
        is_asked = len(line.text) > _LONGEST_SIGNATURE and "日" in line.text
        for match in _inside().finditer(line.text) if is_asked else ():
            found = _dated(match, line.start + match.start("date"), line.start + match.end("date"), lexicon)
            if found and found.signer:
                return replace(found, date=replace(found.date, rule="signature-date:run-on"))
    return None


def _tail(page: Page) -> tuple[PageLine, ...]:
    """Return the end of the last line of a page, if it is long."""
    last = page.lines[-1] if page.lines else None
    if not last or len(last.text) <= _LONGEST_LINE:
        return ()
    cut = len(last.text) - _LONGEST_LINE
    return (PageLine(last.text[cut:], last.start + cut, last.end),)


def _alone_inside(page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return the one date between two sentences of the front, where a page lost its line breaks and nobody signs."""
    lines = [line for line in page.front if len(line.text) > _LONGEST_SIGNATURE]
    found = [(line, match) for line in lines for match in _BETWEEN.finditer(line.text)]
    value = _iso(found[0][1]["date"]) if len(found) == 1 else ""
    if not value:
        return None
    line, match = found[0]
    return FieldValue(value, line.start + match.start("date"), line.start + match.end("date"), "date:run-on")


def _may_sign(name: str, lexicon: Lexicon) -> bool:
    return len(name) > 2 and name.endswith(tuple(lexicon.names.org_tails))


def _iso(date: str) -> str:
    """Return a date in figures or words as ISO 8601, ``""`` where there is no such month or day."""
    match = _PARTS.match(date)
    year, month, day = (_figure(part) for part in match.groups()) if match else (0, 0, 0)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= _MONTHS and 1 <= day <= _DAYS else ""


@compiled
def _signed(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a date on a line of its own, with who signs before it and what was done on it behind."""
    who = rf"(?P<who>[^\d。,;:!?()《》|]{{0,{_LONGEST_SIGNATURES}}}?)"
    aside = r"(?:[(\[【][^()\[\]【】]{1,30}[)\]】])?"
    return re.compile(rf"\s*{who}\s*(?P<date>{_NUMERIC}|{_SAID})\s*{word_of('issued-on', lexicon)}?\s*{aside}\s*$")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"(?<=[。:;])\s?(?P<who>[\u4e00-\u9fff ]{{3,{_LONGEST_SIGNATURES}}}?)\s?(?P<date>{_SAID})")


def _figure(text: str) -> int:
    return int(text) if text.isascii() else int(numeral_value(text))


def _from_lost(match: re.Match[str], line: PageLine) -> FieldValue | None:
    """Read «2020122», which lost 年月日: of the possible dates the latest, and say that it is a guess."""
    digits = match[2]
    possible = [
        (int(digits[:cut]), int(digits[cut:]))
        for cut in ([2] if len(digits) == _ALL else range(1, len(digits)))
        if 1 <= int(digits[:cut]) <= _MONTHS
        and 1 <= int(digits[cut:]) <= _DAYS
        and (digits[cut] != "0" or len(digits) == _ALL)
    ]
    if not possible:
        return None
    month, day = max(possible)
    others = "、".join(f"{match[1]}-{m:02d}-{d:02d}" for m, d in sorted(possible)[:-1])
    note = (
        message("extract.date-lost-its-words-ambiguous", others=others)
        if others
        else message("extract.date-lost-its-words")
    )
    end = line.start + len(line.text)
    at = end - len(match[0].lstrip())
    rule = "lost-date:guess" if others else "lost-date" if len(digits) < _ALL else "lost-date:whole"
    return FieldValue(f"{match[1]}-{month:02d}-{day:02d}", at, end, rule, note)

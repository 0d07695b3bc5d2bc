"""Find the targets of an outline: indicator, year, comparator, value, unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from policygraph.extract.indicator_tables import find_tables
from policygraph.extract.measures import find_measure
from policygraph.extract.metadata import issued_year
from policygraph.extract.numerals import arabic
from policygraph.extract.responsibilities import Places, clause_places
from policygraph.extract.target_rows import Place, Scope, read_stretch, widened
from policygraph.extract.years import LeadIn, lead_in, numbers
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, TargetRow

_PAIRS = {"(": ")", "《": "》", "“": "”", "〔": "〕", "〈": "〉"}
_MARKS = re.compile(r"[,;。!?()《》“”〔〕〈〉]")
_AS_UNIT = "为单位"
_UNIT_OF_COUNT = re.compile(rf"以[^,]{{1,20}}{_AS_UNIT}")
_GOES_ON = re.compile(r"(?:并(?!发症|且)|且|与|同时)|实现.{2,6}$")
_LINE = re.compile(r"[^\n]+")


class _Item(NamedTuple):
    """A stretch between commas; ``sentence`` numbers the sentences of a paragraph."""

    start: int
    end: int
    sentence: int


def find_targets(doc: str, outline: Outline, lexicon: Lexicon, places: Places | None = None) -> tuple[TargetRow, ...]:
    """Return one row for each indicator and year, in document order; a range (3%—5%) gives two.

    A lead-in that stands by itself (「到2022年和2030年,」) holds to the end of its paragraph, one that runs into the
    sentence holds for that sentence. Outside a lead-in standing quantities count (每天不少于1小时) and, with little
    confidence, ratios (覆盖率达到80%以上). Rows of tables of indicators count by the years in the table's head.
    ``places`` are where the responsibility clauses stand, as ``clause_places`` gave it, if it was asked.
    """
    rows: list[TargetRow] = []
    written = issued_year(outline, lexicon)
    masked = _masked(outline.text.text, places or clause_places(outline, lexicon))
    for section in outline.sections:
        if section.kind == "front" or any(form in section.heading for form in lexicon.background_heads):
            continue
        place = Place(doc, section, outline.text, written, lexicon)
        tables, taken = find_tables(place)
        found = [(row.evidence.start or 0, row) for row in tables]
        for match in _LINE.finditer(masked, section.body.start, section.body.end):
            if match.start() not in taken:
                found += [(row.evidence.start or 0, row) for row in _paragraph(place, masked, match.span())]
        rows += [row for _, row in sorted(found, key=lambda pair: pair[0])] if tables else [row for _, row in found]
    return tuple(rows)


def _masked(text: str, places: Places) -> str:
    """Blank the responsibility clauses: they end the sentence and hold no targets."""
    pieces, at = [], 0
    for found in chain.from_iterable(places):
        if found.style == "bracket" and found.start >= at:
            pieces += [text[at : found.start], "。", " " * (found.end - found.start - 2), "。"]
            at = found.end
    return "".join([*pieces, text[at:]])


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    """Yield the stretches between commas, semicolons and stops, outside brackets and quotation marks."""
    wanted: list[str] = []
    left, sentence = start, 0
    for match in _MARKS.finditer(text, start, end):
        at, char = match.start(), match[0]
        if char in "。!?" or (char in ",;" and not wanted and not _in_number(text, at)):
            yield _Item(left, at, sentence)
            left = at + 1
            if char != ",":
                sentence, wanted = sentence + 1, []
        elif wanted and char == wanted[-1]:
            wanted.pop()
        elif char in _PAIRS and len(wanted) < 8:
            wanted.append(_PAIRS[char])
    yield _Item(left, end, sentence)


def _in_number(text: str, at: int) -> bool:
    """Say whether a comma stands inside a number: 1,200张."""
    after = text[at + 1 : at + 5]
    return text[at - 1 : at].isdigit() and after[:3].isdigit() and len(after[:3]) == 3 and not after[3:].isdigit()


def _paragraph(place: Place, masked: str, span: tuple[int, int]) -> list[TargetRow]:
    groups: list[list[TargetRow]] = []
    scope, opened, before, led = Scope(), -1, "", False
    counted = numbers(masked, place.lexicon, *span)
    if not counted:
        return []
    units = masked.find(_AS_UNIT, *span) >= 0
    for item in _items(masked, _after_goal_label(masked, span, place.lexicon), span[1]):
        next_number = bisect_left(counted, item.start)
        if not scope.years and not units and next_number == len(counted):
            break  # no number comes any more
        counting = next_number < len(counted) and counted[next_number] < item.end
        if not scope.years and not counting and not (units and _UNIT_OF_COUNT.search(masked, *item[:2])):
            opened, led = -1, False
            continue
        found = lead_in(f"{masked[item.start : item.end]},", place.lexicon) if counting else None
        here = _scope(found, item, place.written) if found else None
        if here and led and not here.relative:  # 「到2022年,2030年,」
            here = replace(here, years=tuple(dict.fromkeys((*scope.years, *here.years))))
        if found:
            opened = -1 if found.alone else item.start
            item = item._replace(start=min(item.start + found.end, item.end))
        scope = here if here and not here.weak else scope
        scope = Scope() if scope.years and 0 <= scope.until < item.sentence else scope
        stretch = masked[item.start : item.end].strip()
        led = bool(found and found.alone and not stretch)
        if not stretch or _UNIT_OF_COUNT.fullmatch(stretch):
            opened = item.start if stretch else opened
            continue
        spoken = arabic(stretch, place.lexicon)
        if groups and _GOES_ON.match(stretch) and scope.years and not find_measure(spoken, place.lexicon):
            groups[-1] = [widened(row, place.text, item.end) for row in groups[-1]]
            continue
        rows = read_stretch(place, (opened if opened >= 0 else item.start, item.end), spoken, here or scope, before)
        opened = -1
        if rows:
            groups.append(rows)
            before = rows[0].indicator
    return [row for rows in groups for row in rows]


def _scope(found: LeadIn, item: _Item, written: int | None) -> Scope:
    until = -1 if found.alone else item.sentence
    if found.shift is None:
        return Scope(found.years, until, found.repaired, weak=found.weak)
    return Scope((written + found.shift if written else None,), until, relative=True)


def _after_goal_label(text: str, span: tuple[int, int], lexicon: Lexicon) -> int:
    """Skip a label at the start of a paragraph (行动目标:)."""
    colon = text.find(":", span[0], min(span[0] + 12, span[1]))
    return colon + 1 if colon > 0 and text[span[0] : colon].strip() in lexicon.goal_lines else span[0]

"""Build the outline: numbered headings, their levels and what kind of section each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, Span, Text
from policygraph.patterns import either
from policygraph.quantities import MAGNITUDE
from policygraph.records import record, replace
from policygraph.segment import annexes, contents, headings, lines, numbering, runs
from policygraph.segment.headings import Opening, Shape, Where
from policygraph.segment.kinds import Paragraph, kinds_of
from policygraph.segment.numbering import Number
from policygraph.terms import SectionKind

_OPENS = "([〔【"  # a bracket below a line says whose duty it is
_BARS = 3  # in a line that is a row, though a sentence stands before the first
_HIGH = ("book", "chapter", "division", "formal", "part", "article", "padded")  # whose paragraphs are no list


@record
class _Annex:
    """The annex in which a paragraph stands: its label, and the index of its head; "" and -1 outside all."""

    label: str
    at: int


def segment(text: Text, lexicon: Lexicon) -> Outline:
    """Return the sections of a text in document order; the first, ``front``, is what stands before any heading."""
    cleaned = lines.clean(text, lexicon)
    spans = runs.line_spans(cleaned.text)
    broken = runs.is_broken(cleaned.text, spans)
    entries = _entries(cleaned, runs.run_on_spans(cleaned.text, spans, lexicon, broken=broken), lexicon)
    if not entries and not broken:  # a short page that lost its line breaks
        entries = _entries(cleaned, runs.run_on_spans(cleaned.text, spans, lexicon, broken=True), lexicon)
    entries = _settled(entries, cleaned.text, lexicon)
    starts = sorted({entry.start for entry in entries} | {len(cleaned.text)})
    kinds = kinds_of(entries, lexicon)
    sections = [Section("", "", SectionKind.FRONT, Span(0, 0), Span(0, starts[0]))]
    for entry, kind in zip(entries, kinds, strict=True):
        end = starts[bisect_right(starts, entry.start)] if entry.start < starts[-1] else starts[-1]
        body = Span(min(entry.body, end), end) if entry.body >= 0 else Span(entry.start, entry.start)
        head = Span(entry.start, max(entry.body, entry.start))
        sections.append(Section(entry.number, entry.heading, kind, head, body, entry.rule))
    return Outline(cleaned, tuple(sections), _contents(lines.contents_of(text), lexicon))


def _contents(listed: Text | None, lexicon: Lexicon) -> Outline | None:
    """Return a table of contents cut like a text, its label before all numbers."""
    if listed is None:
        return None
    entries = segment(listed, lexicon).sections
    return Outline(listed, tuple(replace(each, number=f"{contents.LABEL}{each.number}") for each in entries))


def _entries(text: Text, spans: list[Span], lexicon: Lexicon) -> list[Paragraph]:
    texts = [text.text[span.start : span.end] for span in spans]
    found_annexes, taken = annexes.find_annexes(texts)
    spaced, decimals = numbering.spaced_series(texts), numbering.decimal_series(texts, _unit(lexicon))
    numbers = [_number(line, at in spaced) for at, line in enumerate(texts)]
    lower = numbering.under_numbers(numbers)
    begins = {annex.line: annex for annex in found_annexes if annex.line is not None}
    entries: list[Paragraph] = []
    stack: list[tuple[Number, int]] = []
    annex = _Annex("", -1)
    for at, span in enumerate(spans):
        if at in begins:
            begun, stack = begins[at], []
            after = max(line for line in taken if line >= at and all(i in taken for i in range(at, line + 1)))
            entries.append(_annex_head(begun, span.start, spans[after].end))
            plan = _forwards(begun, begins, texts[:at]) and all(entry.style == "annex" for entry in entries)
            annex = _Annex("" if plan else begun.label, len(entries) - 1)
        if at in taken:
            continue
        row = numbering.row_heading(texts[at]) if "|" in texts[at] else None
        if row and all(above.rank < row.number.rank for above, entry in stack if not entries[entry].heading):
            entry = _numbered(row.number, span, stack, annex, sure=True)
            entry = entry and replace(entry, heading=row.name, body=span.end, rule="table-group")
        else:
            number = numbers[at]
            number = numbering.below_number(number) if number and at in lower else number
            entry = _numbered(number, span, stack, annex, sure=at in decimals)
        if entry:
            entries.append(entry)
            stack[-1] = (stack[-1][0], len(entries) - 1)
    for named in found_annexes:
        if named.line is None and named.listed_at is not None:
            entries.append(_annex_head(named, spans[named.listed_at].start, -1))
    return entries


def _forwards(annex: annexes.Annex, begins: Mapping[int, annexes.Annex], before: Sequence[str]) -> bool:
    """Say whether an annex may be the plan that a notice without headings forwards: the only one, or the first.

    A notice that names others too (《甲方案》《乙方案》) forwards several, none of which is the plan.
    """
    if len(begins) == 1:
        return True
    if not annex.is_first or len(before) != min(begins):
        return False
    named = "".join("".join(before).split())
    others = ("".join(other.title.split()) for other in begins.values() if other is not annex)
    return not any(title and f"《{title}》" in named for title in others)


def _annex_head(annex: annexes.Annex, start: int, body: int) -> Paragraph:
    return Paragraph(annex.label, "annex", annex.title, annex.label, start, body, -1, "annex")


def _number(line: str, is_spaced: bool) -> Number | None:
    """Return the number of a line; that of a table's row heads no section."""
    if "|" in line and ("|" in line.partition("。")[0] or line.count("|") >= _BARS):
        return None
    return numbering.spaced_at(line) if is_spaced else numbering.number_at(line)


@compiled
def _unit(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what makes a decimal at a line's start a quantity: 1.5万人."""
    return re.compile(f"(?:{MAGNITUDE})|(?:{either(lexicon.quantities.units)})")


def _numbered(
    number: Number | None, span: Span, stack: list[tuple[Number, int]], annex: _Annex, *, sure: bool
) -> Paragraph | None:
    """Return the entry of a numbered paragraph, its heading still open, and put its number on the stack.

    One that is ``sure`` needs none before it.
    """
    if number is None or not (sure or numbering.follows(number, [above for above, _ in stack])):
        return None
    number = numbering.in_article(number, [above for above, _ in stack])
    while stack and stack[-1][0].rank >= number.rank and not _deeper(number, stack[-1][0]):
        stack.pop()
    parent = stack[-1][1] if stack else annex.at
    stack.append((number, -1))
    label = numbering.path([above for above, _ in stack])
    where = f"{annex.label}/{label}" if annex.label else label
    return Paragraph(where, number.style, "", annex.label, span.start, span.start + number.end, parent)


def _settled(entries: list[Paragraph], text: str, lexicon: Lexicon) -> list[Paragraph]:
    """Return the paragraphs with the headings that they have."""
    starts = sorted({entry.start for entry in entries} | {len(text)})
    numbered = [at for at, entry in enumerate(entries) if entry.style != "annex" and not entry.heading]
    parents = {entry.parent for entry in entries}
    listed = _listed(entries, text, lexicon)
    openings = []
    for at in numbered:
        entry = entries[at]
        line, _, below = text[entry.body : starts[bisect_right(starts, entry.start)]].partition("\n")
        above_text = at in parents or (bool(below.strip()) and below.lstrip()[0] not in _OPENS)
        in_list = (entry.parent, entry.style) in listed
        where = Where(entry.style, above_text, _in_article(entries, at), in_list, has_parts=at in parents)
        openings.append(headings.opening_of(line, where, lexicon))
    found = list(entries)
    openings = _with_neighbours([entries[at] for at in numbered], openings)
    levels = [_levels(entries, entries[at]) for at in numbered]
    for at, opening, headed in zip(numbered, openings, headings.settle(openings, levels), strict=True):
        if headed:
            body = entries[at].body + opening.length
            found[at] = replace(entries[at], heading=opening.name, body=body, rule=opening.rule)
    return found


def _with_neighbours(entries: list[Paragraph], openings: list[Opening]) -> list[Opening]:
    """Return the openings; two articles beside each other that may have headings do, though most are sentences."""
    found = list(openings)
    last: dict[int, int] = {}
    for at, entry in enumerate(entries):
        if entry.style != "article":
            continue
        before = last.get(entry.parent, at)
        if before != at and openings[before].names_article and openings[at].names_article:
            for headed in (before, at):
                found[headed] = replace(openings[headed], shape=Shape.HEADING)
        last[entry.parent] = at
    return found


def _listed(entries: list[Paragraph], text: str, lexicon: Lexicon) -> set[tuple[int, str]]:
    """Return the lists of small numbers that a colon announces, by what they stand below and their style."""
    return {
        (entry.parent, entry.style)
        for before, entry in pairwise(entries)
        if entry.style not in _HIGH and headings.announces_list(text[before.start : entry.start], lexicon)
    }


def _in_article(entries: list[Paragraph], at: int) -> bool:
    while at >= 0:
        if entries[at].style == "article":
            return True
        at = entries[at].parent
    return False


def _levels(entries: list[Paragraph], entry: Paragraph) -> tuple[Hashable, Hashable]:
    """Return what a paragraph shares with those beside it, and with all of its level."""
    above = entries[entry.parent].style if entry.parent >= 0 else ""
    return (entry.annex, entry.parent, entry.style), (bool(entry.annex), above, entry.style)


def _deeper(number: Number, above: Number) -> bool:
    return number.style == above.style == "decimal" and number.label.count(".") > above.label.count(".")

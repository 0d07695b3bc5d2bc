"""Build the outline: numbered headings, their levels and what kind of section each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, Span, Text
from policygraph.quantities import COUNTING
from policygraph.segment import annexes, lines, numbering
from policygraph.segment.numbering import Number
from policygraph.terms import SectionKind

_LONGEST_HEADING = 40  # characters, where it has no comma
_LONGEST_WITH_COMMA = 20  # a longer one with a comma is a sentence, not a heading
_RUN_ON = re.compile(rf"[。;:)]\s?(?=[{COUNTING}]{{1,3}}、)|(?<=[^\n第])(?=\([{COUNTING}]{{1,3}}\)[^款项、,;。)])")
_LONGEST_CLAUSE = 300  # characters in which a bracket must say whose duty it names
_LABEL = re.compile(r"([^,:、]{2,8})(?=:)")  # «结果运用:2020年起…»: a short heading may end in a colon
_BELOW_CHAPTERS = ("chapter", "division", "article", "part")  # with a parent they are what items are elsewhere
_TASK_STYLES = ("item", "number", "decimal")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A numbered paragraph before its kind is known; ``annex`` is the label of the annex it stands in."""

    number: str
    style: str
    heading: str
    annex: str
    start: int  # of the paragraph
    body: int  # where the text after the heading begins
    parent: int  # index of the entry above, -1 at the top


@dataclass(frozen=True, slots=True)
class _Annex:
    """The annex in which a paragraph stands: its label, and the index of its head; "" and -1 outside all."""

    label: str
    at: int


def segment(text: Text, lexicon: Lexicon) -> Outline:
    """Return the sections of a text in document order; the first, ``front``, is what stands before any heading."""
    cleaned = lines.clean(text, lexicon)
    entries = _entries(cleaned, _line_spans(cleaned.text), lexicon)
    if not entries:  # a page that lost its line breaks
        entries = _entries(cleaned, _run_on_spans(cleaned.text), lexicon)
    starts = sorted({entry.start for entry in entries} | {len(cleaned.text)})
    kinds = _kinds(entries, lexicon)
    sections = [Section("", "", SectionKind.FRONT, Span(0, 0), Span(0, starts[0]))]
    for entry, kind in zip(entries, kinds, strict=True):
        end = starts[bisect_right(starts, entry.start)] if entry.start < starts[-1] else starts[-1]
        body = Span(min(entry.body, end), end) if entry.body >= 0 else Span(entry.start, entry.start)
        head = Span(entry.start, max(entry.body, entry.start))
        sections.append(Section(entry.number, entry.heading, kind, head, body))
    return Outline(cleaned, tuple(sections))


def _line_spans(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^\n]+", text) if not match[0].isspace()]


def _run_on_spans(text: str) -> list[Span]:
    """Cut lines before numbers that follow a stop."""
    spans: list[Span] = []
    for line in _line_spans(text):
        cuts = [match.end() for match in _RUN_ON.finditer(text, line.start, line.end)]
        spans += [Span(*pair) for pair in pairwise([line.start, *cuts, line.end])]
    return spans


def _entries(text: Text, spans: list[Span], lexicon: Lexicon) -> list[_Paragraph]:
    found_annexes, taken = annexes.find_annexes([text.text[span.start : span.end] for span in spans])
    begins = {annex.line: annex for annex in found_annexes if annex.line is not None}
    entries: list[_Paragraph] = []
    stack: list[tuple[Number, int]] = []
    annex = _Annex("", -1)
    for at, span in enumerate(spans):
        if at in begins:
            begun, stack = begins[at], []
            after = max(line for line in taken if line >= at and all(i in taken for i in range(at, line + 1)))
            entries.append(_annex_head(begun, span.start, spans[after].end))
            annex = _Annex(begun.label, len(entries) - 1)
        if at in taken:
            continue
        entry = _numbered(text.text, span, stack, annex, lexicon)
        if entry:
            entries.append(entry)
            stack[-1] = (stack[-1][0], len(entries) - 1)
    for named in found_annexes:
        if named.line is None and named.listed_at is not None:
            entries.append(_annex_head(named, spans[named.listed_at].start, -1))
    return entries


def _annex_head(annex: annexes.Annex, start: int, body: int) -> _Paragraph:
    return _Paragraph(annex.label, "annex", annex.title, annex.label, start, body, -1)


def _numbered(
    text: str, span: Span, stack: list[tuple[Number, int]], annex: _Annex, lexicon: Lexicon
) -> _Paragraph | None:
    """Return the entry of a numbered paragraph and put its number on the stack."""
    line = text[span.start : span.end]
    number = numbering.number_at(line)
    if number is None or not numbering.follows(number, [above for above, _ in stack]):
        return None
    while stack and stack[-1][0].rank >= number.rank and not _deeper(number, stack[-1][0]):
        stack.pop()
    parent = stack[-1][1] if stack else annex.at
    stack.append((number, -1))
    heading, length = heading_of(line[number.end :], number.style, lexicon)
    label = numbering.path([above for above, _ in stack])
    where = f"{annex.label}/{label}" if annex.label else label
    body = span.start + number.end + length
    return _Paragraph(where, number.style, heading, annex.label, span.start, body, parent)


def _deeper(number: Number, above: Number) -> bool:
    return number.style == above.style == "decimal" and number.label.count(".") > above.label.count(".")


def heading_of(line: str, style: str, lexicon: Lexicon) -> tuple[str, int]:
    """Return the heading a numbered line begins with and its length with the stop; ``("", 0)`` for a sentence.

    A heading ends at the first 。 or at the line's end, is short, and hardly ever has a comma. Where a page lost
    the stop, a closing word of the table heading_ends marks the end.
    """
    first = re.split(r"[。;]", line, maxsplit=1)[0]
    first = _LABEL.split(first, maxsplit=1)[1] if _LABEL.match(first) else first
    first = _without_clause(first, lexicon)
    stop = len(first) + (line[len(first) : len(first) + 1] in ("。", ";", ":"))
    name = first.strip()
    if len(name) > _LONGEST_WITH_COMMA:
        end = _lost_stop(first, lexicon)
        if end:
            return first[:end].strip(), end
    limit = _LONGEST_WITH_COMMA if re.search("[,;:]", name) and style != "part" else _LONGEST_HEADING
    return (name, stop) if 0 < len(name) <= limit else ("", 0)


def _lost_stop(line: str, lexicon: Lexicon) -> int:
    """Return where a heading ends whose stop the page lost («实施控烟行动加强宣传»), 0 where that is not the case."""
    if not line.lstrip().startswith(tuple(lexicon.layout.heading_verbs)):
        return 0
    ends = [line.find(word) + len(word) for word in lexicon.layout.heading_ends if word in line[:_LONGEST_HEADING]]
    return min((end for end in ends if line[end : end + 1] not in ("", "的", "、")), default=0)


def _without_clause(line: str, lexicon: Lexicon) -> str:
    """Cut a heading before a bracket that names bodies."""
    for match in re.finditer(r"[(\[〔【]", line[: 3 * _LONGEST_HEADING]):
        inside = line[match.start() : match.start() + _LONGEST_CLAUSE]
        if any(label in inside for label in lexicon.roles.labels) or any(
            verb in inside for verb in lexicon.roles.verbs
        ):
            return line[: match.start()]
    return line


def _kinds(entries: list[_Paragraph], lexicon: Lexicon) -> list[SectionKind]:
    """Return what each numbered paragraph is, by the heading of its part and by what stands below it."""
    plan_before = any(entry.style in _TASK_STYLES and not entry.annex for entry in entries)
    parents = {entry.parent for entry in entries if entry.heading and entry.style in (*_TASK_STYLES, *_BELOW_CHAPTERS)}
    tops: list[int] = []
    for at, entry in enumerate(entries):
        nested = entry.parent >= 0 and entries[entry.parent].style != "annex"
        tops.append(tops[entry.parent] if nested else at)
    kinds: list[SectionKind] = []
    for at, entry in enumerate(entries):
        if entry.style == "annex":
            kinds.append(SectionKind.ANNEX)
        elif tops[at] == at:
            kinds.append(SectionKind.PART)
        elif entry.annex and plan_before:
            kinds.append(SectionKind.MECHANISM)  # the plan stands before; its annexes say how it is run
        else:
            below = SectionKind.GROUP if at in parents else SectionKind.ACTION
            kinds.append(_below(entries[tops[at]].heading, lexicon) or below)
    return kinds


def _below(heading: str, lexicon: Lexicon) -> SectionKind | None:
    """Return the kind that the words of a part's heading give to what stands below it."""
    found = [form for form in lexicon.layout.part_kinds if form in heading]
    return SectionKind(lexicon.layout.part_kinds[max(found, key=len)]) if found else None

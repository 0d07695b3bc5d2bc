"""Find the responsibility clauses of an outline and who stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.brackets import LONGEST as _LONGEST
from policygraph.extract.brackets import brackets
from policygraph.extract.clause import Clause, Entry, has_marker, names_role, parse_clause, starts_with_label
from policygraph.extract.evidence import evidence, printed
from policygraph.extract.names import is_body
from policygraph.lexicon import Lexicon
from policygraph.model import ClauseRow, Outline, ResponsibilityRow, Section, Text

_NESTED = r"(?:[^。;()\n]|\([^()\n]{0,20}\))"
_PROSE = re.compile(rf"由[^,。;:()]{{2,60}}(?:牵头|会同){_NESTED}{{0,120}}")
_SENTENCE = re.compile(r"[^\n。]+")
_SURE, _UNUSUAL, _MENDED, _CARRIED, _PROSE_TRUST = (Decimal(n) for n in ("0.98", "0.7", "0.85", "0.85", "0.75"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a clause; ``style`` is bracket, label or prose."""

    start: int
    end: int
    style: str


def find_responsibilities(
    doc: str, outline: Outline, lexicon: Lexicon
) -> tuple[tuple[ClauseRow, ...], tuple[ResponsibilityRow, ...]]:
    """Return every clause, parsed or listed as not understood, and the bodies of those that were parsed.

    A rule that one clause sets for all later ones (the first named leads; X answers for everything below) is
    carried down the outline.
    """
    clauses: list[ClauseRow] = []
    rows: list[ResponsibilityRow] = []
    rule = ""
    later: tuple[Entry, ...] = ()
    for section in outline.sections:
        count = 0
        for candidate in candidates(outline.text.text, section, lexicon):
            parsed = parse_clause(outline.text.text[candidate.start : candidate.end], lexicon, rule)
            if candidate.style == "prose" and not parsed.entries:
                continue
            count += 1
            row = _clause_row((doc, section, count), outline.text, candidate, parsed, lexicon)
            clauses.append(row)
            entries = _with_carried(parsed, later)
            rows += [_row(row, at, e, candidate, outline.text, lexicon) for at, e in enumerate(entries, start=1)]
            rule = parsed.rule if parsed.rule and parsed.rule != "all-later" else rule
            later = later or _shifted(parsed.later, candidate.start)
    return tuple(clauses), tuple(rows)


def action_name(section: Section, lexicon: Lexicon) -> str:
    """Return the name of what a section does: its heading without the verb 实施, which says nothing."""
    for verb in lexicon.heading_verbs:
        if section.heading.startswith(verb):
            return section.heading[len(verb) :]
    return section.heading


def shown(entry: Entry, text: Text, shift: int = 0) -> tuple[str, str]:
    """Return a body's completed name and its surface, with brackets and commas as the page has them."""
    surface = re.sub(r"\s+", "", printed(text, entry.start + shift, entry.end + shift))
    return (entry.name.replace(entry.surface, surface) if surface != entry.surface else entry.name), surface


def candidates(text: str, section: Section, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return the stretches of a section's body that may be clauses, in document order, without overlap."""
    start, end = section.body.start, section.body.end
    closed, unclosed = brackets(text, start, end)
    found = [Candidate(a, b, "bracket") for a, b in closed if names_role(text[a:b], lexicon)]
    found = _apart([*found, *_unclosed(text, unclosed, [c.start for c in found], (end, lexicon))])
    found = _apart([*found, *_label_lines(text, start, end, found, lexicon)])
    prose = (Candidate(*match.span(), "prose") for match in _PROSE.finditer(text, start, end))
    return tuple(_apart([*found, *(c for c in prose if has_marker(text[c.start : c.end], lexicon))]))


def _apart(found: list[Candidate]) -> list[Candidate]:
    """Drop what overlaps; what was found first stays (a bracket before a line, a line before prose)."""
    rank = {"bracket": 0, "unclosed": 1, "label": 2, "prose": 3}
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.start, rank[c.style])):
        while kept and kept[-1].end > candidate.start and rank[kept[-1].style] > rank[candidate.style]:
            kept.pop()
        if not kept or kept[-1].end <= candidate.start:
            kept.append(candidate)
    return kept


def _unclosed(text: str, places: list[int], taken: list[int], tools: tuple[int, Lexicon]) -> Iterator[Candidate]:
    """Yield the brackets that never close and name a role; each ends with its line or before the next clause."""
    end, lexicon = tools
    for number, at in enumerate(places):
        line = text.find("\n", at, min(end, at + _LONGEST))
        after = bisect_left(taken, at)
        stops = [
            line if line >= 0 else end,
            end,
            at + _LONGEST,
            *places[number + 1 : number + 2],
            *taken[after : after + 1],
        ]
        if names_role(text[at : min(stops)], lexicon):
            yield Candidate(at, min(stops), "unclosed")


def _label_lines(text: str, start: int, end: int, found: list[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """Return runs of lines and sentences that open with a label («牵头单位:…», then «配合单位:…»)."""
    starts = [c.start for c in found]
    runs: list[Candidate] = []
    for match in _SENTENCE.finditer(text, start, end):
        if not starts_with_label(match[0][:_LONGEST].strip(), lexicon):
            continue
        left, right = match.span()
        near = bisect_right(starts, right)
        if any(left < c.end and right > c.start for c in found[max(near - 2, 0) : near + 1]):
            continue
        if runs and right - runs[-1].start < _LONGEST and not text[runs[-1].end : left].strip("\n 。"):
            runs[-1] = replace(runs[-1], end=right)
        else:
            runs.append(Candidate(left, min(right, left + _LONGEST), "label"))
    return runs


def _clause_row(
    place: tuple[str, Section, int], text: Text, found: Candidate, parsed: Clause, lexicon: Lexicon
) -> ClauseRow:
    doc, section, count = place
    trust = Decimal("0.98") if found.style in ("bracket", "label") else Decimal("0.75")
    return ClauseRow(
        doc=doc,
        section=section.number,
        action=action_name(section, lexicon),
        clause=count,
        open="yes" if parsed.open else "no",
        parsed="yes" if parsed.entries else "no",
        quote=printed(text, found.start, found.end),
        evidence=evidence(text, found.start, found.end, trust if parsed.entries else Decimal(0), parsed.reason),
    )


def _with_carried(parsed: Clause, later: tuple[Entry, ...]) -> tuple[Entry, ...]:
    named = {entry.name for entry in parsed.entries}
    note = "依前文「以下均需…落实」 (named once for all later clauses)"
    carried = [entry for entry in later if parsed.entries and entry.name not in named]
    return (*parsed.entries, *(replace(entry, note=note, group=-1) for entry in carried))


def _shifted(entries: tuple[Entry, ...], start: int) -> tuple[Entry, ...]:
    return tuple(replace(entry, start=entry.start + start, end=entry.end + start) for entry in entries)


def _row(
    clause: ClauseRow, order: int, entry: Entry, found: Candidate, text: Text, lexicon: Lexicon
) -> ResponsibilityRow:
    carried = entry.group < 0
    shift = 0 if carried else found.start
    start, end = entry.start + shift, entry.end + shift
    trust = _CARRIED if carried else _trust(entry, found, lexicon)
    agency, surface = shown(entry, text, shift)
    return ResponsibilityRow(
        doc=clause.doc,
        section=clause.section,
        action=clause.action,
        clause=clause.clause,
        order=order,
        role=entry.role,
        agency=agency,
        surface=surface,
        evidence=evidence(text, start, end, trust, entry.note),
    )


def _trust(entry: Entry, found: Candidate, lexicon: Lexicon) -> Decimal:
    if found.style in ("prose", "unclosed"):
        return _PROSE_TRUST
    if entry.note:
        return _MENDED
    return _SURE if is_body(entry.name, lexicon) else _UNUSUAL

"""Find the responsibility clauses of an outline and who stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.clause import Clause, Entry, has_marker, names_role, parse_clause, starts_with_label
from policygraph.extract.evidence import evidence, printed
from policygraph.extract.names import is_body
from policygraph.lexicon import Lexicon
from policygraph.model import ClauseRow, Outline, ResponsibilityRow, Section, Text

_BRACKETS = {"(": ")", "[": "]", "〔": "〕", "【": "】"}
_LONGEST = 2500  # characters; a bracket that does not close by then has lost its end
_PROSE = re.compile(r"由[^,。;:()]{2,60}(?:牵头|会同)[^。;()]{0,120}")
_SURE, _UNUSUAL, _MENDED, _CARRIED, _PROSE_TRUST = (Decimal(n) for n in ("0.98", "0.7", "0.85", "0.85", "0.75"))


@dataclass(frozen=True, slots=True)
class _Candidate:
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
    rule, later = "", ()
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


def candidates(text: str, section: Section, lexicon: Lexicon) -> tuple[_Candidate, ...]:
    """Return the stretches of a section's body that may be clauses, in document order, without overlap."""
    start, end = section.body.start, section.body.end
    found = [c for c in _brackets(text, start, end) if names_role(text[c.start : c.end], lexicon)]
    found += _label_lines(text, start, end, found, lexicon)
    taken = sorted((c.start, c.end) for c in found)
    for match in _PROSE.finditer(text, start, end):
        free = all(match.end() <= left or match.start() >= right for left, right in taken)
        if free and has_marker(match[0], lexicon):
            found.append(_Candidate(match.start(), match.end(), "prose"))
    return tuple(sorted(found, key=lambda c: c.start))


def _brackets(text: str, start: int, end: int) -> Iterator[_Candidate]:
    """Yield the outermost brackets; one that never closes ends with its line."""
    at = start
    while at < end:
        if text[at] not in _BRACKETS:
            at += 1
            continue
        close = _closing(text, at, min(end, at + _LONGEST))
        if close < 0:
            line = text.find("\n", at, end)
            stop = line if line >= 0 else min(end, at + _LONGEST)
            yield _Candidate(at, stop, "unclosed")
            at += 1
        else:
            yield _Candidate(at, close + 1, "bracket")
            at = close + 1


def _closing(text: str, at: int, end: int) -> int:
    wanted: list[str] = []
    for place in range(at, end):
        char = text[place]
        if char in _BRACKETS:
            wanted.append(_BRACKETS[char])
        elif wanted and char == wanted[-1]:
            wanted.pop()
            if not wanted:
                return place
        elif char == "。" and len(wanted) > 1:
            wanted = wanted[:1]
    return -1


def _label_lines(
    text: str, start: int, end: int, found: list[_Candidate], lexicon: Lexicon
) -> list[_Candidate]:
    """Return runs of lines and sentences that open with a label («牵头单位:…», then «配合单位:…»)."""
    taken = [(c.start, c.end) for c in found]
    runs: list[_Candidate] = []
    for match in re.finditer(r"[^\n。]+", text[:end], flags=0):
        if match.end() <= start or not starts_with_label(match[0].strip(), lexicon):
            continue
        left, right = max(match.start(), start), match.end()
        if any(left < stop and right > begin for begin, stop in taken):
            continue
        if runs and not text[runs[-1].end : left].strip("\n 。"):
            runs[-1] = replace(runs[-1], end=right)
        else:
            runs.append(_Candidate(left, right, "label"))
    return runs


def _clause_row(
    place: tuple[str, Section, int], text: Text, found: _Candidate, parsed: Clause, lexicon: Lexicon
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
    return (*parsed.entries, *(replace(e, note=note, group=-1) for e in later if parsed.entries and e.name not in named))


def _shifted(entries: tuple[Entry, ...], start: int) -> tuple[Entry, ...]:
    return tuple(replace(entry, start=entry.start + start, end=entry.end + start) for entry in entries)


def _row(
    clause: ClauseRow, order: int, entry: Entry, found: _Candidate, text: Text, lexicon: Lexicon
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


def _trust(entry: Entry, found: _Candidate, lexicon: Lexicon) -> Decimal:
    if found.style in ("prose", "unclosed"):
        return _PROSE_TRUST
    if entry.note:
        return _MENDED
    return _SURE if is_body(entry.name, lexicon) else _UNUSUAL

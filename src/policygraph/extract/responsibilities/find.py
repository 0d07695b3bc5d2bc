"""Find the responsibility clauses of an outline and who stands in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from policygraph.extract.grammar.body_list import is_body
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.headings import action_name
from policygraph.extract.responsibilities.candidates import Candidate, Candidates
from policygraph.extract.responsibilities.clause import (
    LEADS,
    Clause,
    Entry,
    find_rule,
    parse_clause,
)
from policygraph.lexicon import Lexicon
from policygraph.model import ClauseRow, Outline, ResponsibilityRow, Section, Text
from policygraph.terms import Role, Style

_RUNNING = (Style.PROSE, Style.DUTY)  # styles of running text, where what names nobody is no clause
_SURE, _UNUSUAL, _MENDED, _CARRIED, _PROSE_TRUST = (Decimal(n) for n in ("0.98", "0.7", "0.85", "0.85", "0.75"))


def find_responsibilities(
    doc: str, outline: Outline, lexicon: Lexicon, candidates: Candidates
) -> tuple[tuple[ClauseRow, ...], tuple[ResponsibilityRow, ...]]:
    """Return every clause, parsed or listed as not understood, and the bodies of those that were parsed.

    A rule that one clause sets for all later ones (the first named leads; X answers for everything below) is
    carried down the outline. ``candidates`` are what ``find_candidates`` gave.
    """
    clauses: list[ClauseRow] = []
    rows: list[ResponsibilityRow] = []
    rule = _standing_rule(outline.text.text, candidates, lexicon)
    later: tuple[Entry, ...] = ()
    for section, found in zip(outline.sections, candidates, strict=True):
        count = 0
        for candidate in found:
            stretch = outline.text.text[candidate.start : candidate.read_to or candidate.end]
            parsed = parse_clause(stretch, lexicon, rule)
            if candidate.style in _RUNNING and not parsed.entries:
                continue
            count += 1
            row = _clause_row((doc, section, count), outline.text, candidate, parsed, lexicon)
            clauses.append(row)
            entries = _with_carried(parsed, later)
            rows += [_row(row, at, e, candidate, outline.text, lexicon) for at, e in enumerate(entries, start=1)]
            rule = parsed.rule if parsed.rule and parsed.rule != "all-later" else rule
            later = later or _shifted(parsed.later, candidate.start)
    return tuple(clauses), tuple(rows)


def _standing_rule(text: str, candidates: Candidates, lexicon: Lexicon) -> str:
    """Return the rule on who leads that a sentence outside all clauses lays down: it holds for the whole document."""
    inside = [(found.start, found.end) for section in candidates for found in section]
    rule, start, end = find_rule(text, lexicon)
    while rule:
        if rule in LEADS and not any(left <= start < right for left, right in inside):
            return rule
        rule, start, end = find_rule(text, lexicon, end)
    return ""


def shown(entry: Entry, text: Text, shift: int = 0) -> tuple[str, str]:
    """Return a body's completed name and its surface, with brackets and commas as the page has them."""
    surface = "".join(printed(text, entry.start + shift, entry.end + shift).split())
    return (entry.name.replace(entry.surface, surface) if surface != entry.surface else entry.name), surface


def _clause_row(
    place: tuple[str, Section, int], text: Text, found: Candidate, parsed: Clause, lexicon: Lexicon
) -> ClauseRow:
    doc, section, count = place
    trust = Decimal("0.98") if found.style in (Style.BRACKET, Style.LABEL) else Decimal("0.75")
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
        role=Role(entry.role),
        agency=agency,
        surface=surface,
        evidence=evidence(text, start, end, trust, entry.note),
    )


def _trust(entry: Entry, found: Candidate, lexicon: Lexicon) -> Decimal:
    if found.style in (Style.UNCLOSED, *_RUNNING):
        return _PROSE_TRUST
    if entry.note:
        return _MENDED
    return _SURE if is_body(entry.name, lexicon) else _UNUSUAL

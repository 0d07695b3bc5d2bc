"""Find the responsibility clauses of an outline and who stands in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from policygraph.extract.grammar.body_list import is_body
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.headings import action_name
from policygraph.extract.responsibilities.clause import ALL_LATER, LEADS, Clause, Entry, find_rule
from policygraph.extract.responsibilities.styles import Candidate, Candidates
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import ClauseRow, Outline, ResponsibilityRow, Text
from policygraph.terms import Parsed, Role

_SURE, _UNUSUAL, _MENDED, _CARRIED = (Decimal(n) for n in ("0.98", "0.7", "0.85", "0.85"))


def find_responsibilities(
    doc: str, outline: Outline, lexicon: Lexicon, candidates: Candidates
) -> tuple[tuple[ClauseRow, ...], tuple[ResponsibilityRow, ...]]:
    """Return every clause, parsed or listed as not understood, and the bodies of those that were parsed.

    A rule that one clause sets for all later ones (the first named leads; X answers for everything below) is
    carried down the outline. ``candidates`` are what ``find_candidates`` gave.
    """
    clauses: list[ClauseRow] = []
    rows: list[ResponsibilityRow] = []
    text = outline.text
    rule = _standing_rule(text.text, candidates, lexicon)
    later: tuple[Entry, ...] = ()
    for section, found in zip(outline.sections, candidates, strict=True):
        empty = ClauseRow(doc, section.number, action_name(section, lexicon), 0, "", Parsed.NO, "")
        for candidate in found:
            stretch = candidate.clause.stretch
            parsed = candidate.clause.read(text.text[stretch.start : stretch.end], lexicon, rule)
            if candidate.style.running and not parsed.entries:
                continue
            empty = replace(empty, clause=empty.clause + 1)
            row = _clause_row(empty, text, candidate, parsed)
            clauses.append(row)
            entries = _with_carried(parsed, later)
            rows += [_row(row, at, e, candidate, text, lexicon) for at, e in enumerate(entries, start=1)]
            rule = parsed.rule if parsed.rule and parsed.rule != ALL_LATER else rule
            later = later or _shifted(parsed.later, candidate.clause.start)
    return tuple(clauses), tuple(rows)


def _standing_rule(text: str, candidates: Candidates, lexicon: Lexicon) -> str:
    """Return the rule on who leads that a sentence outside all clauses lays down: it holds for the whole document."""
    inside = [found.clause for section in candidates for found in section]
    laid = find_rule(text, lexicon)
    while laid:
        if laid.rule in LEADS and not any(clause.start <= laid.start < clause.end for clause in inside):
            return laid.rule
        laid = find_rule(text, lexicon, laid.end)
    return ""


def shown(entry: Entry, text: Text, shift: int = 0) -> tuple[str, str]:
    """Return a body's completed name and its surface, with brackets and commas as the page has them."""
    surface = "".join(printed(text, entry.start + shift, entry.end + shift).split())
    return (entry.name.replace(entry.surface, surface) if surface != entry.surface else entry.name), surface


def _clause_row(empty: ClauseRow, text: Text, found: Candidate, parsed: Clause) -> ClauseRow:
    trust = found.style.trust if parsed.entries else Decimal(0)
    return replace(
        empty,
        open="yes" if parsed.open else "no",
        parsed=Parsed.YES if parsed.entries else Parsed.NO,
        quote=printed(text, found.clause.start, found.clause.end),
        evidence=evidence(text, found.clause.start, found.clause.end, trust, parsed.reason),
    )


def _with_carried(parsed: Clause, later: tuple[Entry, ...]) -> tuple[Entry, ...]:
    named = {entry.name for entry in parsed.entries}
    note = message("extract.named-once-for-all")
    carried = [entry for entry in later if parsed.entries and entry.name not in named]
    return (*parsed.entries, *(replace(entry, note=note, group=-1) for entry in carried))


def _shifted(entries: tuple[Entry, ...], start: int) -> tuple[Entry, ...]:
    return tuple(replace(entry, start=entry.start + start, end=entry.end + start) for entry in entries)


def _row(
    clause: ClauseRow, order: int, entry: Entry, found: Candidate, text: Text, lexicon: Lexicon
) -> ResponsibilityRow:
    carried = entry.group < 0
    shift = 0 if carried else found.clause.start
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
    if found.style.trust < _SURE:
        return found.style.trust
    if entry.note:
        return _MENDED
    return _SURE if is_body(entry.name, lexicon) else _UNUSUAL

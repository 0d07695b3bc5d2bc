"""Find the responsibility clauses of an outline and who stands in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.brackets import LONGEST as _LONGEST
from policygraph.extract.brackets import brackets
from policygraph.extract.clause import (
    LEADS,
    Clause,
    Entry,
    find_rule,
    has_marker,
    names_role,
    parse_clause,
    starts_with_label,
)
from policygraph.extract.evidence import evidence, printed
from policygraph.extract.names import is_body, is_department_list
from policygraph.lexicon import Lexicon
from policygraph.model import ClauseRow, Outline, ResponsibilityRow, Section, Text

_NESTED = r"(?:[^。;()\n]|\([^()\n]{0,20}\))"
_PROSE_VERBS = ("牵头", "会同")
_PROSE = re.compile(rf"由[^,。;:()]{{2,60}}(?:{'|'.join(_PROSE_VERBS)}){_NESTED}{{0,120}}")
_DUTY = re.compile(  # behind a list of bodies; 负责人, 负责制 and 负责解释 are no duties of the plan
    r"负责(?!人|制|解释|解读|的|同志|任)[^。;\n]{2,120}"
)
_DUTY_VERB = "负责"
_LONGEST_LIST = 70  # characters
_OPENS = re.compile(r"[。;,:\n)]\s{0,9}(?P<who>[^\s。;:,()][^。;:,()\n]{2,59}?)(?:共同|分别|具体|统筹|主要|牵头)?$")
_SENTENCE = re.compile(r"[^\n。]+")
_RUNNING = ("prose", "duty")  # styles of running text, where what names nobody is no clause
_SURE, _UNUSUAL, _MENDED, _CARRIED, _PROSE_TRUST = (Decimal(n) for n in ("0.98", "0.7", "0.85", "0.85", "0.75"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a clause; ``style`` is bracket, label or prose."""

    start: int
    end: int
    style: str
    read_to: int = 0  # where the bodies end, if not with the stretch


Places = tuple[tuple[Candidate, ...], ...]  # for each section of an outline


def find_responsibilities(
    doc: str, outline: Outline, lexicon: Lexicon, places: Places | None = None
) -> tuple[tuple[ClauseRow, ...], tuple[ResponsibilityRow, ...]]:
    """Return every clause, parsed or listed as not understood, and the bodies of those that were parsed.

    A rule that one clause sets for all later ones (the first named leads; X answers for everything below) is
    carried down the outline. ``places`` are what ``clause_places`` gave, if it was asked.
    """
    clauses: list[ClauseRow] = []
    rows: list[ResponsibilityRow] = []
    places = places or clause_places(outline, lexicon)
    rule = _standing_rule(outline.text.text, places, lexicon)
    later: tuple[Entry, ...] = ()
    for section, found in zip(outline.sections, places, strict=True):
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


def _standing_rule(text: str, places: Places, lexicon: Lexicon) -> str:
    """Return the rule on who leads that a sentence outside all clauses lays down: it holds for the whole document."""
    inside = [(found.start, found.end) for section in places for found in section]
    rule, start, end = find_rule(text, lexicon)
    while rule:
        if rule in LEADS and not any(left <= start < right for left, right in inside):
            return rule
        rule, start, end = find_rule(text, lexicon, end)
    return ""


def clause_places(outline: Outline, lexicon: Lexicon) -> Places:
    """Return for each section of an outline the stretches that may be clauses."""
    return tuple(candidates(outline.text.text, section, lexicon) for section in outline.sections)


def action_name(section: Section, lexicon: Lexicon) -> str:
    """Return the name of what a section does: its heading without the verb 实施, which says nothing."""
    for verb in lexicon.heading_verbs:
        if section.heading.startswith(verb):
            return section.heading[len(verb) :]
    return section.heading


def shown(entry: Entry, text: Text, shift: int = 0) -> tuple[str, str]:
    """Return a body's completed name and its surface, with brackets and commas as the page has them."""
    surface = "".join(printed(text, entry.start + shift, entry.end + shift).split())
    return (entry.name.replace(entry.surface, surface) if surface != entry.surface else entry.name), surface


def candidates(text: str, section: Section, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return the stretches of a section's body that may be clauses, in document order, without overlap."""
    start, end = section.body.start, section.body.end
    closed, unclosed = brackets(text, start, end)
    found = [Candidate(a, b, "bracket") for a, b in closed if names_role(text[a:b], lexicon)]
    found = _apart(found, list(_unclosed(text, unclosed, [c.start for c in found], (end, lexicon))))
    found = _apart(found, _label_lines(text, start, end, found, lexicon))
    found = _apart(found, list(_prose(text, start, end, lexicon)))
    return tuple(_apart(found, list(_duties(text, start, end, lexicon))))


def _prose(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the sentences that say who leads (由市教育局牵头…); most sections have none of their verbs."""
    if not any(text.find(verb, start, end) >= 0 for verb in _PROSE_VERBS):
        return
    for match in _PROSE.finditer(text, start, end):
        if has_marker(match[0], lexicon):
            yield Candidate(*match.span(), "prose")


def _duties(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the clauses that open with bodies of the jurisdiction and say what they are responsible for."""
    at = text.find(_DUTY_VERB, start, end)
    while at >= 0:
        left = max(start - 1, at - _LONGEST_LIST, 0)  # with the mark that ends what stands before
        opening, duty = _OPENS.search(text[left:at]), _DUTY.match(text, at, end)
        if opening and duty:
            who = left + opening.start("who"), left + opening.end("who")
            if is_department_list(text, *who, lexicon):
                yield Candidate(who[0], duty.end(), "duty", at + len(_DUTY_VERB))
        at = text.find(_DUTY_VERB, at + 1, end)


def _apart(first: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Add places and drop what overlaps; what was found first stays (a bracket before a line, a line before prose)."""
    if not more:
        return first
    rank = {"bracket": 0, "unclosed": 1, "label": 2, "prose": 3, "duty": 4}
    kept: list[Candidate] = []
    for candidate in sorted([*first, *more], key=lambda c: (c.start, rank[c.style])):
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
    if text.find(":", start, end) < 0:
        return []
    for match in _SENTENCE.finditer(text, start, end):
        left, right = match.span()
        if text.find(":", left, right) < 0 or not starts_with_label(match[0][:_LONGEST].strip(), lexicon):
            continue
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
    if found.style in ("unclosed", *_RUNNING):
        return _PROSE_TRUST
    if entry.note:
        return _MENDED
    return _SURE if is_body(entry.name, lexicon) else _UNUSUAL

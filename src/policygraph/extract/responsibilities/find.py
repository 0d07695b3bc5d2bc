"""Find the responsibility clauses of an outline and who stands in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policygraph.extract.grammar.body_names import is_without_prefix
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.headings import action_name
from policygraph.extract.responsibilities.candidates import ClauseSpan
from policygraph.extract.responsibilities.clause import Clause
from policygraph.extract.responsibilities.clause_parts import Entry
from policygraph.extract.responsibilities.clause_rules import LEADS, find_rule
from policygraph.extract.responsibilities.named_actions import actions_by_name, name_of
from policygraph.extract.responsibilities.styles import Candidate, Candidates
from policygraph.extract.responsibilities.task_tables import shortened
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import ClauseRow, Outline, ResponsibilityRow, Section, Text
from policygraph.quantities import COUNTING
from policygraph.records import replace
from policygraph.terms import Parsed, Role

_ROLES = {each.value: each for each in Role}
_LONGEST_BEGIN = 120  # characters of a paragraph in which its first sentence is looked for
_COUNTED = re.compile(rf"[{COUNTING}]{{1,3}}$")
_ASIDE = re.compile(r"[(（〔\[【\n]")
_REACH = {  # how far the rules reach that a clause may set
    "first-leads": "extract.first-leads",
    "before-comma-leads": "extract.before-comma-leads",
    "before-semicolon-leads": "extract.before-semicolon-leads",
    "marked-leads": "extract.marked-leads",
    "all-later": "extract.all-later",
    "everywhere": "extract.everywhere",
}


def find_responsibilities(
    doc: str, outline: Outline, lexicon: Lexicon, candidates: Candidates
) -> tuple[tuple[ClauseRow, ...], tuple[ResponsibilityRow, ...]]:
    """Return every clause, parsed or listed as not understood, and the bodies of those that were parsed.

    A rule that one clause sets for all later ones (the first named leads) is carried down the outline. Who answers in
    all of them (以下均需各区政府落实) is named once and has its row there. ``candidates`` are what ``find_candidates``
    gave.
    """
    clauses: list[ClauseRow] = []
    rows: list[ResponsibilityRow] = []
    text = outline.text
    leads = _leads_outside(text.text, candidates, lexicon)
    numbers = {section.number for section in outline.sections}
    actions = actions_by_name(outline, candidates, lexicon)
    counts: Counter[str] = Counter()
    for section, found in zip(outline.sections, candidates, strict=True):
        for candidate in found:
            stretch = candidate.clause.stretch
            parsed = candidate.clause.read(text.text[stretch.start : stretch.end], lexicon, leads)
            if candidate.style.running and not parsed.entries:
                continue
            own = actions.get(name_of(candidate.clause.action, lexicon))
            number = own.number if own else _number(section, candidate.clause, numbers)
            counts[number] += 1
            action = candidate.clause.action or action_name(section, lexicon) or _without_heading(section, text)
            place = ClauseRow(doc, number, action, counts[number], "", Parsed.NO, "")
            clauses.append(_clause_row(place, text, candidate, parsed))
            rows += [_row(place, at, each, candidate, text) for at, each in enumerate(parsed.entries, start=1)]
            leads = parsed.rule if parsed.rule in LEADS else leads
    whole = _with_prefixes_printed_elsewhere(_without_lent_prefixes(rows, lexicon))
    return tuple(clauses), tuple(_with_province(whole, lexicon))


def _number(section: Section, clause: ClauseSpan, numbers: set[str]) -> str:
    """Return where a clause stands: its section, and the printed number of its row where that is no other section."""
    mark = "/" if clause.number and section.kind == "annex" else ""
    above = _above(section, clause)
    number = f"{above}{mark}{clause.number}"
    return section.number if clause.number and number in numbers else number


def _above(section: Section, clause: ClauseSpan) -> str:
    """Return the number before that of a row; a row that counts on from the group above it is none of its members."""
    group = section.rule == "table-group" and _COUNTED.search(section.number)
    return section.number[: group.start()] if group and _COUNTED.fullmatch(clause.number) else section.number


def _without_heading(section: Section, text: Text) -> str:
    """Return what a numbered paragraph without a heading sets to do: its first words."""
    begin = text.printed[section.body.start : min(section.body.end, section.body.start + _LONGEST_BEGIN)]
    return shortened(_ASIDE.split(begin.strip())[0]) if section.number else ""


def _leads_outside(text: str, candidates: Candidates, lexicon: Lexicon) -> str:
    """Return the rule on who leads that a sentence outside all clauses lays down for the document, "" for none."""
    inside = [found.clause for section in candidates for found in section]
    laid = find_rule(text, lexicon)
    while laid:
        around = next((clause for clause in inside if clause.start <= laid.start < clause.end), None)
        said_outside = not around or not around.read(text[around.start : around.end], lexicon, "").entries
        if laid.rule in LEADS and said_outside:  # (注:首位为牵头单位)
            return laid.rule
        laid = find_rule(text, lexicon, laid.end)
    return ""


def shown(entry: Entry, text: Text, shift: int = 0) -> tuple[str, str]:
    """Return a body's completed name and its surface, with brackets and commas as the page has them."""
    surface = "".join(text.printed[entry.start + shift : entry.end + shift].split())
    return (entry.name.replace(entry.surface, surface) if surface != entry.surface else entry.name), surface


def _clause_row(place: ClauseRow, text: Text, found: Candidate, parsed: Clause) -> ClauseRow:
    clause = found.clause
    state = Parsed.NO if not parsed.entries else Parsed.PART if parsed.left else Parsed.YES
    rule = found.style.name if state is Parsed.YES else f"{found.style.name}:{state}"
    return replace(
        place,
        open="yes" if parsed.open else "no",
        parsed=state,
        quote=printed(text, clause.start, clause.end),
        evidence=evidence(text, clause.start, clause.end, note=_note(parsed), rule=rule),
    )


def _note(parsed: Clause) -> Note:
    """Return why a clause names nobody, which of its words were not read, or how far the rule reaches that it sets."""
    if parsed.left:
        return message("extract.words-left", words="、".join(parsed.left)[:80])
    return message(_REACH[parsed.rule]) if parsed.rule else parsed.reason


def _row(place: ClauseRow, order: int, entry: Entry, found: Candidate, text: Text) -> ResponsibilityRow:
    shift = found.clause.start
    agency, surface = shown(entry, text, shift)
    rule = f"{found.style.name}:{entry.rule}" if entry.rule else found.style.name
    return ResponsibilityRow(
        doc=place.doc,
        section=place.section,
        action=place.action,
        clause=place.clause,
        order=order,
        role=_ROLES[entry.role],
        agency=agency,
        surface=surface,
        evidence=evidence(text, entry.start + shift, entry.end + shift, note=entry.note, rule=rule),
    )


def _without_lent_prefixes(rows: Sequence[ResponsibilityRow], lexicon: Lexicon) -> Sequence[ResponsibilityRow]:
    """Return the rows, without the prefix of a list where a plan of a bureau mostly prints the name with none.

    In 「省知识产权局、执法稽查局」 the second is an office of the bureau if elsewhere lists of its offices name it.
    """
    offices = tuple(lexicon.grammar.rule_words["office-of-bureau"])
    if 2 * sum(row.surface.endswith(offices) for row in rows) < len(rows):
        return rows
    bare = Counter(row.surface for row in rows if row.agency == row.surface)
    lent = Counter(row.surface for row in rows if row.agency != row.surface and row.agency.endswith(row.surface))
    own = {surface for surface, count in lent.items() if bare[surface] > count}
    return [replace(row, agency=row.surface) if row.surface in own else row for row in rows]


def _with_province(rows: Sequence[ResponsibilityRow], lexicon: Lexicon) -> Sequence[ResponsibilityRow]:
    """Return rows in which a department that only a province has (财政厅) bears the word of the others: 省."""
    ends, levels = (tuple(lexicon.grammar.rule_words[rule]) for rule in ("province-end", "province"))
    bare = {row.agency for row in rows if row.agency.endswith(ends) and is_without_prefix(row.agency, lexicon)}
    printed = Counter(level for row in rows for level in levels if row.agency.startswith(level)) if bare else Counter()
    level = max(printed, key=lambda each: (printed[each], each), default="")
    if not level:
        return rows
    return [replace(row, agency=f"{level}{row.agency}") if row.agency in bare else row for row in rows]


def _with_prefixes_printed_elsewhere(rows: Sequence[ResponsibilityRow]) -> Sequence[ResponsibilityRow]:
    """Return the rows, a left-out prefix put back as the document prints it elsewhere.

    In 「示范区水利局、市农机局、财政金融局」 the last may belong to either; where another clause prints it with the
    prefix of a body of this one, it is that.
    """
    whole = {row.agency for row in rows if row.agency == row.surface}
    short = {row.surface for row in rows if row.agency != row.surface and row.agency.endswith(row.surface)}
    printed_whole = "\n".join([*whole, ""])  # one look for each form: few have another name that ends so
    ends = [form for form in short if f"{form}\n" in printed_whole]
    named = {form: [name for name in whole if name.endswith(form) and name != form] for form in ends}
    if not any(named.values()):
        return rows
    beside: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        beside.setdefault((row.section, row.clause), []).append(row.agency)
    return [_with_prefix_of(row, named.get(row.surface, []), beside[row.section, row.clause]) for row in rows]


def _with_prefix_of(row: ResponsibilityRow, others: Sequence[str], beside: Iterable[str]) -> ResponsibilityRow:
    """Return a row under the one name that ends as its own, where a body beside it has the prefix of that."""
    prefix = others[0][: -len(row.surface)] if len(others) == 1 and row.agency != row.surface else ""
    if not prefix or row.agency.startswith(prefix[0]):
        return row
    return replace(row, agency=others[0]) if any(name.startswith(prefix) for name in beside) else row

"""Tell who leads a task in one place of a plan and not in another: text against table, heading against sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policygraph.model import ResponsibilityRow, SlipRow, StructureRow
from policygraph.quantities import first_number
from policygraph.records import replace
from policygraph.terms import Role

LED = "led-by"  # a sentence that says who leads a task: whether it is a slip the other places tell
OTHERWISE = "lead-otherwise"
_BY = "由"
_FEWEST = 6  # tasks, of which one has two leads
_NEAR = 100  # letters between two clauses of one paragraph
_SHORTEST = 5  # letters of a name by which a task is known again


def other_leads(
    slips: Iterable[SlipRow], structure: Sequence[StructureRow], duties: Iterable[ResponsibilityRow]
) -> Iterator[SlipRow]:
    """Yield the sentences, and the first rows of tasks, whose lead is none of those of the task of that name."""
    rows = [row for row in duties if row.role is Role.LEAD]
    named = _named(structure, rows)
    for slip in slips:
        if slip.evidence.rule == LED:
            said = {row.agency_id for row in rows if _within(row, slip)}
            where, leads = next((there for name, there in named.items() if name in slip.slip), ("", said))
            printed = slip.slip.rpartition(_BY)[2]
            same = any(row.section == where and (row.agency in printed or row.surface in printed) for row in rows)
            if said and leads.isdisjoint(said) and not same:
                yield replace(slip, evidence=replace(slip.evidence, rule=OTHERWISE))
    yield from _again(named, rows)
    yield from _twice(rows, Counter(each.section for each in structure))


def _twice(rows: Iterable[ResponsibilityRow], headings: Mapping[str, int]) -> Iterator[SlipRow]:
    """Yield the second lead of the one task that has two clauses with different leads, where all others have one."""
    clauses: defaultdict[str, defaultdict[int, list[ResponsibilityRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        clauses[row.section][row.clause].append(row)
    doubled = [found for found in clauses.values() if len(found) > 1]
    if len(clauses) < _FEWEST or len(doubled) != 1 or len(doubled[0]) != 2:
        return
    first, second = doubled[0].values()
    apart = (second[0].evidence.start or 0) - (first[0].evidence.start or 0)
    one = headings.get(second[0].section) == 1 and apart < _NEAR  # further on a heading may be missed
    if one and {row.agency_id for row in first}.isdisjoint(row.agency_id for row in second):
        proof = replace(second[0].evidence, rule=OTHERWISE, match=None, note="")
        yield SlipRow(second[0].doc, second[0].section, second[0].agency, second[0].surface, proof)


def _named(
    structure: Iterable[StructureRow], rows: Iterable[ResponsibilityRow]
) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Return the section and the leads of each task that is named once, by its name, the longest first."""
    leads: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        leads[row.section].add(row.agency_id)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in structure:
        name = next((row.action for row in rows if row.section == each.section and row.action), each.heading)
        if each.section in leads and len(name) >= _SHORTEST:
            found[name].append(each.section)
    once = {name: sections[0] for name, sections in found.items() if len(sections) == 1}
    return {name: (once[name], frozenset(leads[once[name]])) for name in sorted(once, key=len, reverse=True)}


def _again(named: Mapping[str, tuple[str, frozenset[str]]], rows: Iterable[ResponsibilityRow]) -> Iterator[SlipRow]:
    """Yield the first lead of a task whose name, with words around it, heads another part of the plan."""
    for name, (section, leads) in named.items():
        held = [other for other in named if name in other and other != name]
        where, others = named[held[0]] if len(held) == 1 else ("", leads)
        if len(held) == 1 and first_number(where) != first_number(section) and leads.isdisjoint(others):
            last = max(section, where, key=lambda each: _place(each, rows))
            row = next(each for each in rows if each.section == last)
            proof = replace(row.evidence, rule=OTHERWISE, match=None, note="")
            yield SlipRow(row.doc, row.section, row.agency, row.surface, proof)


def _place(section: str, rows: Iterable[ResponsibilityRow]) -> int:
    return next((row.evidence.start or 0 for row in rows if row.section == section), 0)


def _within(row: ResponsibilityRow, slip: SlipRow) -> bool:
    start, end, place = slip.evidence.start, slip.evidence.end, row.evidence.start
    return start is not None and end is not None and place is not None and start <= place < end

"""Tell which government functions lead each kind of action of one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from policygraph.cascade.headings import Settings
from policygraph.concepts import Concepts, agency_type_of
from policygraph.model import Facts, ResponsibilityRow
from policygraph.terms import Role


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads one kind of action in one document; ``functions`` is empty where its clauses name no lead."""

    sections: tuple[str, ...]
    functions: frozenset[str]
    names: tuple[str, ...]
    clauses: frozenset[tuple[str, int]] = frozenset()  # section and number
    led: frozenset[tuple[str, int]] = frozenset()  # those that name a lead


Leads = Mapping[str, Lead]  # action type -> its lead


def leads(facts: Facts, sets: Settings, concepts: Concepts) -> Leads:
    """Return the leads of a document by kind of action; kinds without any responsibility clause are left out."""
    kinds: dict[str, list[str]] = {}
    for kind, headings in sets.items():
        for heading in headings:
            kinds.setdefault(heading.section, []).append(kind)
    found: dict[str, Lead] = {}
    for row in facts.responsibilities:
        for kind in kinds.get(row.section, ()):
            found[kind] = _with(found.get(kind, Lead((), frozenset(), ())), row, concepts)
    return found


def _with(lead: Lead, row: ResponsibilityRow, concepts: Concepts) -> Lead:
    sections = tuple(dict.fromkeys((*lead.sections, row.section)))
    clause = frozenset({(row.section, row.clause)})
    seen = replace(lead, sections=sections, clauses=lead.clauses | clause)
    if row.role != Role.LEAD:
        return seen
    known = agency_type_of(row.agency_id, concepts)
    functions = lead.functions | frozenset(known.functions if known else ())
    names = tuple(dict.fromkeys((*lead.names, row.agency)))
    return replace(seen, functions=functions, names=names, led=lead.led | clause)

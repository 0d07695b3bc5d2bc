"""Gather the records from fact tables, or from a store by SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph import vocab
from policygraph.concepts import Concepts, agency_type_of
from policygraph.gaps.records import Duty, Goal, Heading, Plan, Records
from policygraph.graph import iris
from policygraph.model import Facts
from policygraph.rows import Rows
from policygraph.store import Store

_PLANS = """
SELECT ?document ?date ?status (GROUP_CONCAT(DISTINCT ?above; separator="|") AS ?parents) (COUNT(?section) AS ?sections)
WHERE {
    ?document a pg:Plan .
    OPTIONAL { ?document pg:dateIssued ?date }
    OPTIONAL { ?document pg:reviewStatus ?status }
    OPTIONAL { ?document pg:basedOn ?above }
    OPTIONAL { ?document pg:hasSection ?section }
} GROUP BY ?document ?date ?status ORDER BY ?document
"""
_ACTIONS = """
SELECT ?document ?section ?heading WHERE {
    ?action a pg:Action ; pg:inDocument ?document ; pg:inSection ?at ; rdfs:label ?heading .
    ?at pg:sectionNumber ?section ; pg:order ?order .
} ORDER BY ?document ?order
"""
_DUTIES = """
SELECT ?document ?section ?action ?clause ?role ?agency ?name ?functions ?quote WHERE {
    ?clause pg:hasResponsibility ?duty ; pg:inDocument ?document ; pg:quote ?quote .
    ?duty pg:agency ?agency ; pg:agencyName ?name ; pg:role ?role ; pg:order ?order .
    OPTIONAL { ?clause pg:inSection ?at . ?at pg:sectionNumber ?section ; pg:order ?place }
    OPTIONAL { ?held pg:hasClause ?clause ; a pg:Action ; rdfs:label ?action }
    OPTIONAL {
        SELECT ?agency (GROUP_CONCAT(?f; separator="|") AS ?functions)
        WHERE { ?agency pg:hasFunction ?f } GROUP BY ?agency
    }
} ORDER BY ?document ?place ?clause ?order
"""
_GOALS = """
SELECT ?document ?section (COALESCE(?held_label, ?under, "") AS ?action) ?indicator ?name ?year ?baseline ?quote ?status
WHERE {
    ?target a pg:Target ; pg:inDocument ?document ; pg:ofIndicator ?indicator ; rdfs:label ?name .
    OPTIONAL { ?target pg:inSection ?at . ?at pg:sectionNumber ?section ; pg:order ?place }
    OPTIONAL { ?held pg:hasTarget ?target ; a pg:Action ; rdfs:label ?held_label }
    OPTIONAL { ?target pg:underHeading ?under }
    OPTIONAL { ?target pg:year ?year }
    OPTIONAL { ?target pg:baseline ?baseline }
    OPTIONAL { ?target pg:quote ?quote }
    OPTIONAL { ?target pg:factStatus ?status }
    OPTIONAL { ?target pg:start ?start }
} ORDER BY ?document ?place ?start ?year ?target
"""


def from_facts(documents: Sequence[Facts], concepts: Concepts) -> Records:
    """Return the records of fact tables."""
    return Records(
        plans=tuple(_plan(each) for each in documents),
        actions=tuple(heading for each in documents for heading in _headings(each)),
        duties=tuple(duty for each in documents for duty in _duties(each, concepts)),
        goals=tuple(goal for each in documents for goal in _goals(each)),
    )


def from_store(store: Store) -> Records:
    """Return the records of all plans of a store."""
    return Records(
        plans=tuple(_stored_plan(row) for row in _asked(store, _PLANS)),
        actions=tuple(
            Heading(_last(row["document"]), row["section"], row["heading"]) for row in _asked(store, _ACTIONS)
        ),
        duties=tuple(_stored_duty(row) for row in _asked(store, _DUTIES)),
        goals=tuple(_stored_goal(row) for row in _asked(store, _GOALS)),
    )


# ---------------------------------------------------------------- fact tables


def _slug(facts: Facts) -> str:
    return facts.value("document_id") or facts.doc


def _plan(facts: Facts) -> Plan:
    parents = tuple(row.document_id for row in facts.citations if row.relation == "basis" and row.document_id)
    whole = bool(facts.structure) and facts.value("review_status") != "unchecked"
    return Plan(_slug(facts), parents, _year(facts.value("date_issued")), whole)


def _headings(facts: Facts) -> Iterator[Heading]:
    """Yield the actions, and whatever else has bodies that answer for it, by the names that clauses use."""
    names = {row.section: row.action for row in facts.targets} | {row.section: row.action for row in facts.clauses}
    held = {row.section for row in facts.responsibilities}
    for row in facts.structure:
        if row.kind == "action" or row.section in held:
            yield Heading(_slug(facts), row.section, names.get(row.section) or row.heading)


def _duties(facts: Facts, concepts: Concepts) -> Iterator[Duty]:
    quotes = {(row.section, row.clause): row.quote for row in facts.clauses}
    for row in facts.responsibilities:
        kind = agency_type_of(row.agency_id, concepts)
        yield Duty(
            document=_slug(facts),
            section=row.section,
            action=row.action,
            clause=f"{row.section}/{row.clause}",
            role=row.role,
            agency_id=row.agency_id or row.agency,
            agency=row.agency,
            functions=kind.functions if kind else (),
            quote=quotes.get((row.section, row.clause), row.surface),
        )


def _goals(facts: Facts) -> Iterator[Goal]:
    for row in facts.targets:
        indicator = row.indicator_id or iris.indicator_id(row.indicator)
        yield Goal(
            document=_slug(facts),
            section=row.section,
            action=row.action,
            indicator=indicator,
            name=row.indicator,
            year=row.year,
            baseline=row.baseline,
            quote=row.quote,
            status=row.evidence.status,
        )


# ---------------------------------------------------------------- a store


def _asked(store: Store, query: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a query as text, empty where a cell is."""
    found = store.query(vocab.sparql_prefixes() + query)
    if isinstance(found, Rows):
        for row in found.rows:
            yield {name: "" if cell is None else str(cell) for name, cell in zip(found.columns, row, strict=True)}


def _stored_plan(row: dict[str, str]) -> Plan:
    parents = tuple(sorted(_last(iri) for iri in row["parents"].split("|") if iri))
    whole = row["sections"] != "0" and row["status"] != "unchecked"
    return Plan(_last(row["document"]), parents, _year(row["date"]), whole)


def _stored_duty(row: dict[str, str]) -> Duty:
    return Duty(
        document=_last(row["document"]),
        section=row["section"],
        action=row["action"],
        clause=row["clause"],
        role=_last(row["role"]),
        agency_id=row["agency"].partition("/agency/")[2],
        agency=row["name"],
        functions=tuple(sorted(_last(iri) for iri in row["functions"].split("|") if iri)),
        quote=row["quote"],
    )


def _stored_goal(row: dict[str, str]) -> Goal:
    return Goal(
        document=_last(row["document"]),
        section=row["section"],
        action=row["action"],
        indicator=_last(row["indicator"]),
        name=row["name"],
        year=int(row["year"]) if row["year"] else None,
        baseline=row["baseline"],
        quote=row["quote"],
        status=row["status"],
    )


def _last(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition(":")[2]


def _year(date: str) -> int | None:
    found = re.match(r"\d{4}", date)
    return int(found[0]) if found else None

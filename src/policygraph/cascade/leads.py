"""Compare which government functions lead a kind of action, with the documents above and with the other documents.

A merged bureau leads with all its functions. Verdicts on the sets of functions: ``same``, ``widened`` (more than
theirs), ``narrowed`` (fewer), ``overlapping``, ``changed`` (none in common: it changed hands), ``no-lead`` (its clauses
name no lead) and ``no-data`` (the leads above are not known, because the text is not at hand). In the scope ``peers``
the other side is what most documents have: the functions that lead the action in more than half of at least three.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from policygraph.cascade.chain import Document, above_by_scope
from policygraph.cascade.headings import settings
from policygraph.concepts import Concepts, agency_type_of
from policygraph.messages import Message, message
from policygraph.model import Facts, LeadAlignment, ResponsibilityRow
from policygraph.terms import LeadVerdict, Role, Scope

_ENOUGH = 3  # documents; fewer have no usual lead


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads one kind of action in one document; ``functions`` is empty where its clauses name no lead."""

    sections: tuple[str, ...]
    functions: frozenset[str]
    names: tuple[str, ...]
    clauses: frozenset[tuple[str, int]] = frozenset()  # section and number
    led: frozenset[tuple[str, int]] = frozenset()  # those that name a lead


@dataclass(frozen=True, slots=True)
class _Other:
    """What a lead is compared with; ``functions`` is None where it is not known."""

    slug: str
    functions: frozenset[str] | None
    notes: tuple[Message, ...] = ()


Leads = Mapping[str, Lead]  # action type -> its lead


def leads(facts: Facts, concepts: Concepts) -> Leads:
    """Return the leads of a document by kind of action; kinds without any responsibility clause are left out."""
    kinds: dict[str, list[str]] = {}
    for kind, headings in settings(facts, concepts).items():
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


def align_leads(
    known: Mapping[str, Document], documents: Mapping[str, Facts], concepts: Concepts
) -> tuple[LeadAlignment, ...]:
    """Compare the leads of every document with those above and with its peers; ``documents`` is by slug."""
    led = {slug: leads(facts, concepts) for slug, facts in documents.items()}
    usual = _usual(led)
    found: list[LeadAlignment] = []
    for slug in documents:
        for kind, lead in led[slug].items():
            for scope, other in _others(kind, known[slug], known, led):
                found.append(_row(slug, kind, scope, lead, other))
            if kind in usual:
                found.append(_row(slug, kind, Scope.PEERS, lead, usual[kind]))
    return tuple(sorted(found, key=lambda row: (row.document, row.action_type, row.scope)))


def _others(
    kind: str, document: Document, known: Mapping[str, Document], led: Mapping[str, Leads]
) -> Iterator[tuple[Scope, _Other]]:
    """Yield the nearest known lead above, for each scope; one that is not known has no functions."""
    for scope, above in above_by_scope(document, known):
        with_lead = [other.slug for other in above if (lead := led.get(other.slug, {}).get(kind)) and lead.names]
        if with_lead:
            yield scope, _Other(with_lead[0], led[with_lead[0]][kind].functions)
        elif above:
            yield scope, _Other("", None, (message("cascade.leads-above-not-at-hand"),))


def _verdict(lead: Lead, theirs: frozenset[str] | None) -> LeadVerdict:
    mine = lead.functions
    if not lead.names:
        return LeadVerdict.NO_LEAD
    if theirs is None:
        return LeadVerdict.NO_DATA
    if mine == theirs:
        return LeadVerdict.SAME
    if mine > theirs:
        return LeadVerdict.WIDENED
    if mine < theirs:
        return LeadVerdict.NARROWED
    return LeadVerdict.OVERLAPPING if mine & theirs else LeadVerdict.CHANGED


def _usual(led: Mapping[str, Leads]) -> dict[str, _Other]:
    """Return the functions that lead each kind in most documents, and how many do."""
    counted: dict[str, Counter[str]] = {}
    documents: Counter[str] = Counter()
    for found in led.values():
        for kind, lead in found.items():
            if lead.names:
                documents[kind] += 1
                counted.setdefault(kind, Counter()).update(lead.functions)
    usual: dict[str, _Other] = {}
    for kind, counts in counted.items():
        total = documents[kind]
        most = frozenset(name for name, count in counts.items() if 2 * count > total)
        if total >= _ENOUGH and most:
            told = ", ".join(f"{name} {counts[name]}/{total}" for name in sorted(most))
            usual[kind] = _Other("", most, (message("cascade.most-documents", leads=told),))
    return usual


def _row(slug: str, kind: str, scope: Scope, lead: Lead, other: _Other) -> LeadAlignment:
    named = "、".join(lead.names)
    said = [message("cascade.leads", bodies=named) if named else message("cascade.no-lead")]
    some, whole = len(lead.led), len(lead.clauses)
    if 0 < some < whole:
        said.append(message("cascade.some-clauses-lead", some=some, whole=whole))
    return LeadAlignment(
        document=slug,
        action_type=kind,
        scope=scope,
        verdict=_verdict(lead, other.functions),
        ancestor=other.slug,
        sections=lead.sections,
        leads=tuple(sorted(lead.functions)),
        ancestor_leads=tuple(sorted(other.functions or ())),
        reason=(*said, *other.notes),
    )

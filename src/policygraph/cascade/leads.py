"""Compare which government functions lead a kind of action, with the documents above and with the other documents.

A merged bureau leads with all its functions. Verdicts on the sets of functions: ``same``, ``widened`` (more than
theirs), ``narrowed`` (fewer), ``overlapping``, ``changed`` (none in common: it changed hands), ``no-lead`` (its clauses
name no lead) and ``no-data`` (the leads above are not known, because the text is not at hand). In the scope ``peers``
the other side is what most documents have: the functions that lead the action in more than half of at least three.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policygraph.alignments import LeadAlignment
from policygraph.cascade.chain import Document, Known, above_by_scope
from policygraph.cascade.led import Lead, Leads
from policygraph.messages import Message, message
from policygraph.terms import LeadVerdict, Scope

_ENOUGH = 3  # documents; fewer have no usual lead


@dataclass(frozen=True, slots=True)
class _Other:
    """What a lead is compared with; ``functions`` is None where it is not known."""

    slug: str
    functions: frozenset[str] | None
    notes: tuple[Message, ...] = ()


Usual = Mapping[str, _Other]  # action type -> what most documents have


def align_leads(document: Document, known: Known) -> list[LeadAlignment]:
    """Compare the leads of a document with those above it."""
    return [
        _row(document.slug, kind, scope, lead, other)
        for kind, lead in document.leads.items()
        for scope, other in _others(kind, document, known)
    ]


def align_with_peers(slug: str, led: Leads, usual: Usual) -> list[LeadAlignment]:
    """Compare the leads of a document with what most documents have."""
    return [_row(slug, kind, Scope.PEERS, lead, usual[kind]) for kind, lead in led.items() if kind in usual]


def _others(kind: str, document: Document, known: Known) -> Iterator[tuple[Scope, _Other]]:
    """Yield the nearest known lead above, for each scope; one that is not known has no functions."""
    for scope, above in above_by_scope(document, known):
        nearest = next((other for other in above if kind in other.leads and other.leads[kind].names), None)
        if nearest:
            yield scope, _Other(nearest.slug, nearest.leads[kind].functions)
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


def usual_leads(led: Iterable[Leads]) -> Usual:
    """Return the functions that lead each kind in most documents, and how many do."""
    counted: dict[str, Counter[str]] = {}
    documents: Counter[str] = Counter()
    for found in led:
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

"""Gather the targets that a plan below a document has to meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.concepts import Concepts
from policygraph.lexicon import Lexicon
from policygraph.model import Facts, TargetRow
from policygraph.terms import UNSURE, Relation
from policygraph.totals import is_total


@dataclass(frozen=True, slots=True)
class Demand:
    """One target of a document above, and the type of action it belongs to (empty where that is not known)."""

    source: str  # number or title of the document
    slug: str
    row: TargetRow
    action: str

    @property
    def unsure(self) -> bool:
        """Tell whether the figure to meet has not been compared with its source yet."""
        return self.row.evidence.status in UNSURE


def demands(parent: Facts, plans: Sequence[Facts], concepts: Concepts, lexicon: Lexicon) -> tuple[Demand, ...]:
    """Return the targets of the parent, and of the documents above it those whose indicator nobody nearer states.

    One row for each indicator and year; totals of a whole place (亿人, 亿元) are left out.
    """
    found: list[Demand] = []
    stated: set[str] = set()
    for each in _upwards(parent, plans):
        known = set(stated)
        seen: set[tuple[str, int | None]] = set()
        for row in each.targets:
            key = (row.indicator_id or row.indicator, row.year)
            if key[0] not in known and key not in seen and not is_total(row, concepts, lexicon):
                seen.add(key)
                stated.add(key[0])
                name = each.value("number") or each.value("title")
                found.append(Demand(name, each.value("document_id"), row, _action(row, each, concepts)))
    return tuple(found)


def _upwards(parent: Facts, plans: Sequence[Facts]) -> list[Facts]:
    """Return a document and those above it, nearest first."""
    at_hand = {each.value("document_id"): each for each in plans}
    chain, slugs = [parent], {parent.value("document_id")}
    for each in chain:
        for row in each.citations:
            above = at_hand.get(row.document_id) if row.relation == Relation.BASIS else None
            if above and row.document_id not in slugs:
                slugs.add(row.document_id)
                chain.append(above)
    return chain


def _action(row: TargetRow, document: Facts, concepts: Concepts) -> str:
    known = concepts.indicators.get(row.indicator_id)
    if known and known.action:
        return known.action
    return next((each.action_type for each in document.structure if each.section == row.section), "")

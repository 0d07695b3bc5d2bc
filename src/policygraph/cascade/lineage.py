"""Find the documents that stand above drafts, and put a draft below one that it does not cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policygraph.errors import DocumentError
from policygraph.model import CitationRow, Facts
from policygraph.terms import Relation


def lineage(drafts: Sequence[Facts], others: Sequence[Facts]) -> list[Facts]:
    """Return the drafts and every document at hand that they carry out, directly or through others."""
    at_hand = {each.value("document_id"): each for each in (*others, *drafts)}
    found = {draft.value("document_id"): draft for draft in drafts}
    waiting = list(drafts)
    while waiting:
        for row in waiting.pop().citations:
            above = at_hand.get(row.document_id) if row.relation == Relation.BASIS else None
            if above and row.document_id not in found:
                found[row.document_id] = above
                waiting.append(above)
    return list(found.values())


def put_below(draft: Facts, parent: Facts) -> Facts:
    """Return a draft as if it were based on a document; for comparing alone, it does not cite it.

    Raises DocumentError where the draft is that document.
    """
    number = parent.value("number")
    if parent.value("document_id") == draft.value("document_id"):
        raise DocumentError("lineage.is-itself", document=draft.doc, number=number or parent.value("title"))
    row = CitationRow(draft.doc, parent.value("title"), number, Relation.BASIS, "", parent.value("document_id"))
    return replace(draft, citations=(*draft.citations, row))

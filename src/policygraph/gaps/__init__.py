"""Report the gaps in who answers for what: nobody, several, too much, no counterpart, and what does not add up.

Kinds: ``no-lead``, ``several-leads``, ``unowned-target``, ``no-counterpart`` (a body leads above, nobody below has its
function), ``outlying-load`` (roles above the median + 3 MAD of the document's bodies), ``lead-and-support``,
``odd-baseline``, ``past-year``. A gap is a place to look at, not an error: several leads may be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policygraph.concepts import Concepts
from policygraph.gaps.find import Gap, find
from policygraph.gaps.gather import from_facts, from_store
from policygraph.model import Facts
from policygraph.rows import Rows
from policygraph.store import Store

__all__ = ["COLUMNS", "Gap", "find", "from_facts", "from_store", "gaps", "gaps_in_store"]

COLUMNS = ("kind", "document", "section", "action", "subject", "quote", "reason_zh", "reason_en")


def gaps(documents: Sequence[Facts], concepts: Concepts) -> Rows:
    """Return the gaps of documents from their fact tables, kind by kind in document order."""
    return _rows(find(from_facts(documents, concepts)))


def gaps_in_store(store: Store) -> Rows:
    """Return the gaps of all documents of a store."""
    return _rows(find(from_store(store)))


def _rows(found: Iterable[Gap]) -> Rows:
    return Rows(
        COLUMNS, tuple((g.kind, g.document, g.section, g.action, g.subject, g.quote, g.zh, g.en) for g in found)
    )

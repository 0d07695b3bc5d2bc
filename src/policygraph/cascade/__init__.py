"""Compare documents with the documents they carry out (DESIGN section 6).

``align`` compares targets, ``compare_documents`` targets, actions and leads, ``matrix`` lays out the targets.
The rules for targets:

* Parents are the documents cited as ``basis``; ancestors are their closure. Nearest is by number of steps, then
  the lower level of administration, then the later date. A cycle is a DataError.
* For each indicator, scope ``parent`` compares with the nearest ancestor that states it, scope ``national`` with
  the nearest national one that does; where none does, with a national document of the family (below the same root)
  that the document does not cite, and the reason says so. Where one has a number and the other, an excerpt, only
  words, its number may stand elsewhere: such an ancestor is passed over where one further up has a number, such a
  document is ``no-data``.
* A document is held to milestones within its own term: from its year of issue or the period of its title to the end
  of that period, else to its latest target. Other milestones are neither dropped nor late.
* Nothing is concluded from a text that is not at hand. A document with neither targets nor headings is no text;
  one without headings, or whose ``review_status`` is ``unchecked`` (compiled without the text), is an excerpt; one
  that sets neither action nor target, and has an annex of which nothing is at hand, leaves them to that annex. What
  these lack is ``no-data``, never ``dropped``; so is a milestone where the words are in doubt (characters lost).
* ``dropped``: the document has the action and not the target, or the indicator and not the milestone;
  ``merged``: it does not state it, and has the action only together with another, under one heading;
  ``not-covered``: it does not have the action.
* ``added``: every ancestor and every national document of the family is wholly at hand, and none states the
  indicator; or this is an interim milestone of its own, and none has it: before the ancestor's first and below it, or
  between two of them and beyond the earlier one. Where one of those texts is not wholly at hand: ``no-data``.
* ``not-compared``: the totals of two places (亿元, 万人), stated or not; words without a direction in common; numbers
  that differ where nothing tells which way is better.
* ``later``: the ancestor's very value is promised, and first in a later year.
* ``tighter``: more is asked at the same milestone, or after the last; or a level is reached before its year.
* Each row carries the status of both figures; the reason says which of them is ``unchecked``, and which of several
  parents asks for least where they differ.

How two statements compare is in :mod:`compare`, which milestones meet is in :mod:`milestones`; actions and leads have
their rules in :mod:`actions` and :mod:`leads`.
"""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.alignments import Cascade
from policygraph.cascade.actions import align_actions
from policygraph.cascade.align import align, align_targets
from policygraph.cascade.chain import Document, Known, read_document, read_documents, refuse_circles, with_cited
from policygraph.cascade.leads import Usual, align_leads, align_with_peers, usual_leads
from policygraph.cascade.led import Lead, Leads
from policygraph.cascade.lineage import lineage, put_below
from policygraph.cascade.matrix import matrix
from policygraph.concepts import Concepts
from policygraph.lexicon import Lexicon
from policygraph.model import Facts

__all__ = [
    "Document",
    "Known",
    "Lead",
    "Leads",
    "Usual",
    "align",
    "align_with_peers",
    "compare_document",
    "compare_documents",
    "lineage",
    "matrix",
    "put_below",
    "read_document",
    "refuse_circles",
    "usual_leads",
    "with_cited",
]


def compare_documents(documents: Sequence[Facts], concepts: Concepts, lexicon: Lexicon) -> Cascade:
    """Compare the targets, actions and leads of every document with those above it, and its leads with its peers'.

    Raises DataError as ``align``.
    """
    known = read_documents(documents, concepts, lexicon)
    held = [known[found.value("document_id") or found.doc] for found in documents]
    usual = usual_leads(each.leads for each in held)
    found = [compare_document(each, known, concepts) for each in sorted(held, key=lambda each: each.slug)]
    peers = [row for each in held for row in align_with_peers(each.slug, each.leads, usual)]
    leads = [*(row for each in found for row in each.leads), *peers]
    return Cascade(
        targets=tuple(row for each in found for row in each.targets),
        actions=tuple(row for each in found for row in each.actions),
        leads=tuple(sorted(leads, key=lambda row: (row.document, row.action_type, row.scope))),
    )


def compare_document(document: Document, known: Known, concepts: Concepts) -> Cascade:
    """Compare one document with those above it.

    ``known`` are it and all documents at hand that it is compared with, with all that stand above these (held or not:
    :func:`with_cited`): its ancestors, and the national documents below the same roots.
    """
    return Cascade(
        targets=tuple(align_targets(document, known, concepts)),
        actions=tuple(sorted(align_actions(document, known, concepts), key=lambda row: (row.action_type, row.scope))),
        leads=tuple(sorted(align_leads(document, known), key=lambda row: (row.action_type, row.scope))),
    )

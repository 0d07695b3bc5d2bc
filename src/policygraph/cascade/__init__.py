"""Compare documents with the documents they carry out (DESIGN section 6).

``align`` compares targets, ``compare_documents`` targets, actions and leads, ``matrix`` lays out the targets.
The rules for targets:

* Parents are the documents cited as ``basis``; ancestors are their closure. Nearest is by number of steps, then
  the lower level of administration, then the later date. A cycle is a DataError.
* For each indicator, scope ``parent`` compares with the nearest ancestor that states it, scope ``national`` with
  the nearest national one that does. Where one has a number and the other, an excerpt, only words, its number may
  stand elsewhere: such an ancestor is passed over where one further up has a number, such a document is ``no-data``.
* Nothing is concluded from a text that is not at hand. A document with neither targets nor headings is no text;
  one without headings, or whose ``review_status`` is ``unchecked`` (compiled without the text), is an excerpt; one
  that sets neither action nor target, and has an annex of which nothing is at hand, leaves them to that annex. What
  these lack is ``no-data``, never ``dropped``; so is a milestone where the words are in doubt (characters lost).
* ``dropped``: the document has the action and not the target, or the indicator and not the milestone;
  ``not-covered``: it does not have the action.
* ``added``: no ancestor at hand states the indicator, or this is an interim milestone of its own: before the
  ancestor's first and below it, or between two of them and beyond the earlier one. 国发〔2019〕13号 (22 % in 2022)
  under 中发〔2016〕23号 (20 % in 2020, 30 % in 2030) adds a milestone; it is neither late for 2020 nor tighter.
* ``later``: the ancestor's very value is promised, and first in a later year.
* ``tighter``: more is asked at the same milestone, or after the last; or a level is reached before its year.
* Each row carries the status of both figures; the reason says which of them is ``unchecked``.

How two statements compare is in :mod:`compare`, which milestones meet is in :mod:`milestones`; actions and leads have
their rules in :mod:`actions` and :mod:`leads`.
"""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.cascade.actions import align_actions
from policygraph.cascade.align import align
from policygraph.cascade.chain import read_documents
from policygraph.cascade.leads import align_leads
from policygraph.cascade.lineage import lineage, put_below
from policygraph.cascade.matrix import matrix
from policygraph.concepts import Concepts
from policygraph.model import Cascade, Facts
from policygraph.quantities import Units

__all__ = ["align", "compare_documents", "lineage", "matrix", "put_below"]


def compare_documents(documents: Sequence[Facts], concepts: Concepts, units: Units) -> Cascade:
    """Compare the targets, actions and leads of every document with those above it. Raises DataError as ``align``."""
    known = read_documents(documents, concepts, units)
    by_slug = {found.value("document_id") or found.doc: found for found in documents}
    return Cascade(
        targets=align(documents, concepts, units),
        actions=align_actions(known, by_slug, concepts),
        leads=align_leads(known, by_slug, concepts),
    )

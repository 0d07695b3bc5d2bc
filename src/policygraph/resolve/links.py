"""Link documents of one collection: what one cites by its title alone may be another of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from policygraph.concepts import Concepts
from policygraph.divisions import contains
from policygraph.messages import message
from policygraph.model import CitationRow, Facts
from policygraph.resolve.documents import title_keys
from policygraph.terms import TOUCHED

_BY_TITLE = Decimal("0.9")  # as resolve_document scores a title


def linked(documents: Sequence[Facts], at_hand: Sequence[Facts], concepts: Concepts) -> tuple[Facts, ...]:
    """Return documents with what they cite by title led to the document at hand of that title.

    A citation with a number stays as it is, and so does one whose document is known or that a person looked at. Where
    several documents at hand bear the title, that counts whose place alone holds the citing document's.
    """
    known = {each.value("document_id") for each in at_hand} | set(concepts.documents)
    titles: dict[str, dict[str, str]] = {}
    for each in at_hand:
        for key in title_keys(each.value("title"), concepts):
            titles.setdefault(key, {})[each.value("document_id")] = each.resolved("region")
    return tuple(_linked(each, known, titles, concepts) for each in documents)


def _linked(facts: Facts, known: set[str], titles: Mapping[str, Mapping[str, str]], concepts: Concepts) -> Facts:
    rows = tuple(
        row
        if row.number or row.document_id in known or row.evidence.status in TOUCHED
        else _led(row, facts, titles, concepts)
        for row in facts.citations
    )
    return facts if rows == facts.citations else replace(facts, citations=rows)


def _led(row: CitationRow, facts: Facts, titles: Mapping[str, Mapping[str, str]], concepts: Concepts) -> CitationRow:
    own, region = facts.value("document_id"), facts.resolved("region")
    for key in title_keys(row.title, concepts):
        found = {slug: place for slug, place in titles.get(key, {}).items() if slug != own}
        if len(found) > 1:
            found = {slug: place for slug, place in found.items() if place and region and contains(place, region)}
        if len(found) == 1:
            evidence = replace(row.evidence, match=_BY_TITLE, note=message("resolve.title"))
            return replace(row, document_id=next(iter(found)), evidence=evidence)
    return row

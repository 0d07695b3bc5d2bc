"""Link documents of one collection: what one cites by its title alone may be another of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from policygraph.concepts import Concepts
from policygraph.divisions import contains
from policygraph.messages import message
from policygraph.model import CitationRow, Facts
from policygraph.resolve.documents import title_keys
from policygraph.terms import TOUCHED

Titles = Mapping[str, Mapping[str, str]]  # key of a title -> documents (slug) that bear it, with their regions
_BY_TITLE = Decimal("0.9")  # as resolve_document scores a title


def linked(documents: Sequence[Facts], at_hand: Sequence[Facts], concepts: Concepts) -> tuple[Facts, ...]:
    """Return documents with what they cite by title led to the document at hand of that title.

    A citation with a number stays as it is, and so does one whose document is known or that a person looked at. Where
    several documents at hand bear the title, that counts whose place alone holds the citing document's.
    """
    held = {each.value("document_id") for each in at_hand}
    titled = [(each.value("document_id"), each.resolved("region"), each.value("title")) for each in at_hand]
    titles = by_title((slug, region, title_keys(title, concepts)) for slug, region, title in titled)
    return tuple(led(each, _links(each, held, titles, concepts)) for each in documents)


def by_title(documents: Iterable[tuple[str, str, Collection[str]]]) -> Titles:
    """Return the documents of each title; they are given by slug, region and the keys of their titles."""
    found: dict[str, dict[str, str]] = {}
    for slug, region, keys in documents:
        for key in keys:
            found.setdefault(key, {})[slug] = region
    return found


def open_keys(row: CitationRow, concepts: Concepts) -> tuple[str, ...]:
    """Return the keys of the title of a citation that may be of a document at hand; none where it is settled."""
    settled = row.number or row.document_id in concepts.documents or row.evidence.status in TOUCHED
    return () if settled else tuple(title_keys(row.title, concepts))


def link(keys: Iterable[str], own: str, region: str, titles: Titles) -> str:
    """Return the document at hand that a citation of a document (slug, region) is of, empty where that is not clear."""
    for key in keys:
        found = {slug: place for slug, place in titles.get(key, {}).items() if slug != own}
        if len(found) > 1:
            found = {slug: place for slug, place in found.items() if place and region and contains(place, region)}
        if len(found) == 1:
            return next(iter(found))
    return ""


def led(facts: Facts, links: Mapping[int, str]) -> Facts:
    """Return a document with some of its citations led to documents, by the number of the row."""
    rows = tuple(_led(row, links[at]) if at in links else row for at, row in enumerate(facts.citations))
    return replace(facts, citations=rows) if links else facts


def _links(facts: Facts, held: Collection[str], titles: Titles, concepts: Concepts) -> dict[int, str]:
    own, region = facts.value("document_id"), facts.resolved("region")
    found = {
        at: link(open_keys(row, concepts), own, region, titles)
        for at, row in enumerate(facts.citations)
        if row.document_id not in held
    }
    return {at: slug for at, slug in found.items() if slug}


def _led(row: CitationRow, slug: str) -> CitationRow:
    evidence = replace(row.evidence, match=_BY_TITLE, note=message("resolve.title"))
    return replace(row, document_id=slug, evidence=evidence)

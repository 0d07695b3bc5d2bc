"""Find the national documents of one policy family: those that stand below the same root as a document does."""

from __future__ import annotations

from collections.abc import Mapping

from policygraph.cascade.chain import Document, ancestors

Families = Mapping[str, tuple[Document, ...]]  # slug -> documents, the latest first


def families(known: Mapping[str, Document]) -> Families:
    """Return, for each document, the national ones of its family that it does not carry out, the latest first.

    A root is a document that is based on none; the family is what stands below the roots of a document. What was
    issued after it, or is based on it, asks nothing of it.
    """
    above = {slug: ancestors(document, known) for slug, document in known.items()}
    roots = {slug: {each.slug for each in (known[slug], *those) if not each.parents} for slug, those in above.items()}
    national = sorted((each for each in known.values() if each.rank == 1), key=lambda each: (each.date, each.slug))
    found: dict[str, tuple[Document, ...]] = {}
    for slug, document in known.items():
        cited = {slug, *(each.slug for each in above[slug])}
        found[slug] = tuple(
            other
            for other in reversed(national)
            if other.slug not in cited
            and roots[other.slug] & roots[slug]
            and document not in above[other.slug]
            and not _later(other, document)
        )
    return found


def _later(other: Document, document: Document) -> bool:
    """Tell whether a document is known to be of a later date than another, as far as both are dated."""
    date = document.date or str(document.term.first or "")
    places = min(len(other.date), len(date))
    return other.date[:places] > date[:places]

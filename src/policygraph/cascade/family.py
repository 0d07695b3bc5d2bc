"""Find the national documents of one policy family: those that stand below the same root as a document does."""

from __future__ import annotations

from collections.abc import Sequence

from policygraph.cascade.chain import Document, Known


def family(document: Document, known: Known) -> tuple[Document, ...]:
    """Return the national documents of a document's family that it does not carry out, the latest first.

    A root is a document that is based on none; the family is what stands below the roots of a document. What was
    issued after it, or is based on it, asks nothing of it.
    """
    above = known.above(document)
    cited, roots = {document.slug, *(each.slug for each in above)}, _roots(document, above)
    national = sorted((each for each in known.values() if each.rank == 1), key=lambda each: (each.date, each.slug))
    found: list[Document] = []
    for other in reversed(national):
        if other.slug not in cited and not _later(other, document):
            those = known.above(other)
            if document not in those and _roots(other, those) & roots:
                found.append(other)
    return tuple(found)


def _roots(document: Document, above: Sequence[Document]) -> set[str]:
    return {each.slug for each in (document, *above) if not each.parents}


def _later(other: Document, document: Document) -> bool:
    """Tell whether a document is known to be of a later date than another, as far as both are dated."""
    date = document.date or str(document.term.first or "")
    places = min(len(other.date), len(date))
    return other.date[:places] > date[:places]

"""Find the documents that others are compared with: those of a study, and those that ship."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from policygraph import assets
from policygraph.cascade import lineage
from policygraph.concepts import Concepts
from policygraph.model import Facts
from policygraph.naming import Named, document_called
from policygraph.pipeline.loading import load_plans
from policygraph.resolve import linked
from policygraph.study import ALL, CITED, NONE, SHIPPED, Study
from policygraph.terms import SectionKind


def library(study: Study = SHIPPED) -> tuple[Facts, ...]:
    """Return every document at hand: those of the study, and the bundled ones that it has no tables of its own for.

    A folder of the study with malformed tables is passed over here: who builds the study is told of it.
    """
    own = load_plans([study.place("facts")])[0] if study.folder and study.place("facts").is_dir() else ()
    return with_links(own, (*own, *bundled_besides(own)), study) + bundled_besides(own)


def with_links(documents: Sequence[Facts], known: Sequence[Facts], study: Study = SHIPPED) -> tuple[Facts, ...]:
    """Return documents that cite known ones by their title alone with these citations linked."""
    return linked(documents, (*documents, *known), study.concepts)


def taken_in(own: Sequence[Facts], study: Study = SHIPPED) -> tuple[Facts, ...]:
    """Return the bundled documents that belong to a set of documents, as their study has it, in the library's order.

    Raises UsageError where the study names one that does not ship.
    """
    if study.bundled == (NONE,):
        return ()
    others = bundled_besides(own)
    if study.bundled == (ALL,):
        return others
    if study.bundled == (CITED,):
        wanted = lineage(own, others)
    else:
        wanted = [document_at_hand(name, others, study.concepts) for name in study.bundled]
    slugs = {each.value("document_id") for each in wanted}
    return tuple(each for each in others if each.value("document_id") in slugs)


def document_at_hand(name: str, documents: Sequence[Facts], concepts: Concepts) -> Facts:
    """Return the document of a name: identifier, number, title or place. Raises UsageError for none and for several."""
    known = {_named(each, concepts): each for each in documents}
    return known[document_called(name, tuple(known))]


def names_at_hand(documents: Sequence[Facts], concepts: Concepts) -> tuple[Named, ...]:
    """Return what each of some documents is called."""
    return tuple(_named(each, concepts) for each in documents)


def _named(facts: Facts, concepts: Concepts) -> Named:
    region = concepts.regions.get(facts.resolved("region"))
    return Named(
        slug=facts.value("document_id"),
        id=facts.doc,
        number=facts.value("number"),
        title=facts.value("title"),
        places=(region.name, region.short) if region else (),
        states=bool(facts.targets) or any(row.kind == SectionKind.ACTION for row in facts.structure),
    )


def bundled_besides(own: Sequence[Facts]) -> tuple[Facts, ...]:
    """Return the bundled documents but for those that are among a set of documents."""
    slugs = {each.value("document_id") for each in own}
    return tuple(each for each in _bundled() if each.value("document_id") not in slugs)


@cache
def _bundled() -> tuple[Facts, ...]:
    """Return the facts of the bundled plans, read once. Raises TableError where a table is malformed."""
    documents, errors = load_plans(assets.bundled_plans())
    if errors:
        raise errors[0]
    return documents

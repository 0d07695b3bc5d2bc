"""Say of one document what is needed to know what others depend on: titles, links, bodies, leads.

An index is small: all of a corpus are held at once, and nothing else of it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.cascade import Lead, read_document
from policygraph.graph import Mentions, mentions, nodes_of, places
from policygraph.model import CitationRow, Facts
from policygraph.naming import Named
from policygraph.resolve import open_keys, title_keys
from policygraph.study import Study
from policygraph.terms import Parsed, Relation, SectionKind


@dataclass(frozen=True, slots=True)
class Cite:
    """One citation: ``keys`` are those of its title, where it may be led to a document at hand."""

    document: str
    title: str
    number: str
    basis: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """What others need to know of a document; ``slug`` is its identifier, ``doc`` its folder."""

    slug: str
    doc: str
    title: str
    number: str
    region: str
    rank: int  # level of administration: 1 is national
    sets: bool  # something: targets or actions
    keys: tuple[str, ...]  # of its title
    cites: tuple[Cite, ...]
    mentions: Mentions
    leads: Mapping[str, Lead]
    actions: Mapping[str, str]  # the nodes of its actions, by section or type
    counts: Mapping[str, int]

    def named(self, study: Study) -> Named:
        """Return the names by which the document is called."""
        region = study.concepts.regions.get(self.region)
        places = (region.name, region.short) if region else ()
        return Named(self.slug, self.doc, self.number, self.title, places, self.sets)


def index(facts: Facts, study: Study) -> Index:
    """Return the index of a document as its tables have it. Raises TableError where they name no document_id."""
    known = study.concepts
    read = read_document(facts, known, study.lexicon)
    return Index(
        slug=facts.value("document_id"),
        doc=facts.doc,
        title=facts.value("title"),
        number=facts.value("number"),
        region=facts.resolved("region"),
        rank=read.rank,
        sets=bool(facts.targets) or any(row.kind == SectionKind.ACTION for row in facts.structure),
        keys=title_keys(facts.value("title"), known),
        cites=tuple(_cite(row, study) for row in facts.citations),
        mentions=mentions(facts, known),
        leads=read.leads,
        actions={key: str(node) for (_, key), node in nodes_of(facts, known).actions.items()},
        counts={
            "actions": len(places(facts, known).actions),
            "clauses": sum(row.parsed != Parsed.NO for row in facts.clauses),
            "responsibilities": len(facts.responsibilities),
            "targets": len(facts.targets),
        },
    )


def _cite(row: CitationRow, study: Study) -> Cite:
    keys = open_keys(row, study.concepts)
    return Cite(row.document_id, row.title, row.number, row.relation == Relation.BASIS, keys)

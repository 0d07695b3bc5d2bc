"""Check drafts against the documents above them: compare, graph, validate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, URIRef

from policygraph import assets, concepts
from policygraph.cascade import align, load_units
from policygraph.errors import DocumentError, UsageError
from policygraph.graph import alignment_graph, concept_graph, graph, schema, target_index
from policygraph.messages import message
from policygraph.model import CitationRow, Facts
from policygraph.pipeline.building import Progress, silent
from policygraph.store import Store
from policygraph.terms import Relation
from policygraph.validate import Report, load_shapes, read_turtle, validate
from policygraph.vocab import CASCADE_GRAPH, CONCEPTS_GRAPH, ID, PG, Quad, document_graph

_DOCUMENT = str(ID["document/"])


def check(
    draft: Facts,
    others: Sequence[Facts],
    against: str = "",
    progress: Progress = silent,
    shapes: Graph | None = None,
    engine: str = "pyshacl",
) -> Report:
    """Validate one document against the documents above it.

    ``against`` is the number of a document to compare with although the draft does not cite it. Raises UsageError
    where it is not at hand, DataError where documents are based on each other in a circle.
    """
    below = _below(draft, against, others) if against else draft
    return _checked([draft], _chain([below], others), progress, shapes, engine)


def check_many(
    drafts: Sequence[Facts],
    others: Sequence[Facts],
    against: str = "",
    progress: Progress = silent,
    shapes: Graph | None = None,
    engine: str = "pyshacl",
) -> Report:
    """Validate several documents, which may stand above each other; otherwise as :func:`check`."""
    below = [_below(draft, against, others) if against else draft for draft in drafts]
    return _checked(drafts, _chain(below, others), progress, shapes, engine)


def check_stored(store: Store, name: str, shapes: Graph | None = None, engine: str = "pyshacl") -> Report:
    """Validate a document of a store, by slug or IRI. Raises UsageError where the store does not hold it."""
    slug = name.removeprefix(_DOCUMENT)
    own = list(store.quads(document_graph(slug)))
    if not own:
        raise UsageError(f"«{name}» is neither a file nor a folder nor a document of the store; check the name")
    quads = [*own, *store.quads(CONCEPTS_GRAPH), *_of(store.quads(CASCADE_GRAPH), slug)]
    return validate(quads, shapes if shapes is not None else _shapes(), _ontology(), engine)


def check_turtle(path: Path, shapes: Graph | None = None, engine: str = "pyshacl") -> Report:
    """Validate the documents of a Turtle file as `export -f ttl` writes it.

    Raises DataError (file, line, column) for a syntax error, UsageError where no document is in it.
    """
    found = Graph()
    read_turtle(path, found)
    plans = {str(plan).removeprefix(_DOCUMENT) for plan in found.subjects(RDF.type, PG.Plan)}
    quads = [(s, p, o, _graph_of(str(s), plans)) for s, p, o in found if isinstance(s, URIRef)]
    report = validate(quads, shapes if shapes is not None else _shapes(), _ontology(), engine)  # type: ignore[arg-type]
    if not report.documents:
        raise UsageError(f"{path}: no document is in it; its subjects start with {_DOCUMENT}")
    return report


def _checked(
    drafts: Sequence[Facts], documents: Sequence[Facts], progress: Progress, shapes: Graph | None, engine: str
) -> Report:
    """Check drafts; ``documents`` are they themselves and all that stand above them."""
    known, slugs = concepts.bundled(), {draft.value("document_id") for draft in drafts}
    progress(message("building.cascade"))
    alignments = align(documents, known, load_units(assets.path("data", "lexicon", "units.tsv")))
    own = [item for item in alignments if item.document in slugs]
    quads = [quad for draft in drafts for quad in graph(draft, known)]
    quads += [*concept_graph(known, documents), *alignment_graph(own, target_index(documents, known))]
    progress(message("building.validation"))
    return validate(quads, shapes if shapes is not None else _shapes(), _ontology(), engine)


@cache
def _shapes() -> Graph:
    """Return the bundled shapes, read once."""
    return load_shapes()


@cache
def _ontology() -> Graph:
    return schema()


def _chain(drafts: Sequence[Facts], others: Sequence[Facts]) -> list[Facts]:
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


def _below(draft: Facts, number: str, others: Sequence[Facts]) -> Facts:
    """Put a document below another for the comparison alone: that the draft does not cite it stays a finding."""
    known = {each.value("number"): each for each in others if each.value("number")}
    if number not in known:
        raise UsageError(f"«{number}» is not among the documents at hand; choose one of {'、'.join(sorted(known))}")
    parent = known[number]
    if parent.value("document_id") == draft.value("document_id"):
        raise DocumentError(f"{draft.doc}: is «{number}» itself; name a document above it")
    row = CitationRow(draft.doc, parent.value("title"), number, Relation.BASIS, "", parent.value("document_id"))
    return replace(draft, citations=(*draft.citations, row))


def _of(comparisons: Iterable[Quad], slug: str) -> Iterator[Quad]:
    return (quad for quad in comparisons if str(quad[0]).startswith(f"{_DOCUMENT}{slug}/"))


def _graph_of(subject: str, plans: set[str]) -> URIRef:
    """Return the named graph that a subject belongs to, by its IRI; of a document that is only cited, the concepts."""
    slug, _, rest = subject.removeprefix(_DOCUMENT).partition("/")
    if not subject.startswith(_DOCUMENT) or slug not in plans:
        return CONCEPTS_GRAPH
    return CASCADE_GRAPH if rest.startswith("alignment/") else document_graph(slug)

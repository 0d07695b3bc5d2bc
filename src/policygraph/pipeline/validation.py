"""Check drafts against the documents above them: compare, graph, validate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, URIRef

from policygraph import concepts, lexicon
from policygraph.cascade import align, lineage, put_below
from policygraph.errors import UsageError
from policygraph.graph import alignment_graph, concept_graph, graph, schema, target_index
from policygraph.messages import message
from policygraph.model import Facts
from policygraph.pipeline.building import Progress, silent
from policygraph.store import Store
from policygraph.validate import Report, load_shapes, read_turtle, validate
from policygraph.vocab import CASCADE_GRAPH, CONCEPTS_GRAPH, PG, document_graph, graph_of, identifier_of, thing


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
    below = put_below(draft, against, others) if against else draft
    return _checked([draft], lineage([below], others), progress, shapes, engine)


def check_many(
    drafts: Sequence[Facts],
    others: Sequence[Facts],
    against: str = "",
    progress: Progress = silent,
    shapes: Graph | None = None,
    engine: str = "pyshacl",
) -> Report:
    """Validate several documents, which may stand above each other; otherwise as :func:`check`."""
    below = [put_below(draft, against, others) if against else draft for draft in drafts]
    return _checked(drafts, lineage(below, others), progress, shapes, engine)


def check_stored(store: Store, name: str, shapes: Graph | None = None, engine: str = "pyshacl") -> Report:
    """Validate a document of a store, by slug or IRI. Raises UsageError where the store does not hold it."""
    slug = identifier_of("document", name) or name
    own = list(store.quads(document_graph(slug)))
    if not own:
        raise UsageError("validation.no-such-document", name=name)
    quads = [*own, *store.quads(CONCEPTS_GRAPH), *store.quads(CASCADE_GRAPH)]
    return validate(quads, shapes if shapes is not None else _shapes(), _ontology(), engine)


def check_turtle(path: Path, shapes: Graph | None = None, engine: str = "pyshacl") -> Report:
    """Validate the documents of a Turtle file as `export -f ttl` writes it.

    Raises DataError (file, line, column) for a syntax error, UsageError where no document is in it.
    """
    found = Graph()
    read_turtle(path, found)
    plans = {identifier_of("document", str(plan)) for plan in found.subjects(RDF.type, PG.Plan)}
    quads = [(s, p, o, graph_of(s, plans)) for s, p, o in found if isinstance(s, URIRef)]
    report = validate(quads, shapes if shapes is not None else _shapes(), _ontology(), engine)  # type: ignore[arg-type]
    if not report.documents:
        raise UsageError("validation.no-document", path=path, start=thing("document", ""))
    return report


def _checked(
    drafts: Sequence[Facts], documents: Sequence[Facts], progress: Progress, shapes: Graph | None, engine: str
) -> Report:
    """Check drafts; ``documents`` are they themselves and all that stand above them."""
    known, slugs = concepts.bundled(), {draft.value("document_id") for draft in drafts}
    progress(message("building.cascade"))
    alignments = align(documents, known, lexicon.bundled().quantities.units)
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

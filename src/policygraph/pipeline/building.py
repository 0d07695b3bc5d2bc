"""From fact tables to a store: graph, cascade, infer, validate, describe, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph import assets
from policygraph.cascade import compare_documents
from policygraph.errors import DocumentError
from policygraph.graph import cascade_graph, concept_graph, dataset_graph, graph, ontology_graph, places, schema
from policygraph.infer import aligned, infer
from policygraph.messages import message
from policygraph.model import Facts
from policygraph.pipeline.holdings import bundled_besides, taken_in, with_links
from policygraph.pipeline.loading import load_plans
from policygraph.pipeline.reasoning import closure
from policygraph.pipeline.telling import Progress, silent
from policygraph.pipeline.validation import shapes_of
from policygraph.store import build_store, require_place
from policygraph.study import SHIPPED, Study
from policygraph.terms import Parsed
from policygraph.validate import Report, quickest, report_quads, shape_quads, validate
from policygraph.version import __version__
from policygraph.vocab import Quad


@dataclass(frozen=True, slots=True)
class Assembled:
    """Everything that goes into a store, and the report on it."""

    quads: tuple[Quad, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; ``counts`` is in the order in which it is shown, ``taken`` are titles of bundled documents."""

    store: Path
    counts: dict[str, int]
    report: Report
    errors: tuple[DocumentError, ...]
    taken: tuple[str, ...] = ()


def assemble(
    documents: Sequence[Facts], progress: Progress = silent, study: Study = SHIPPED, referee: bool = False
) -> Assembled:
    """Return all quads of a set of documents, with what follows from them, and the validation report.

    The report is made by the quickest engine that is installed, or with ``referee`` by pyshacl.
    """
    known = study.concepts
    progress(message("building.graph"))
    documented = [graph(each, known) for each in documents]
    named = concept_graph(known, documents)
    progress(message("building.cascade"))
    compared = cascade_graph(compare_documents(documents, known, study.lexicon), documents, known)
    progress(message("building.inference"))
    inferred = infer([*(q for e in documented for q in e), *named, *compared], closure())
    stated = [*(quad for each in documented for quad in each), *named, *compared]
    progress(message("building.validation"))
    shapes = shapes_of(study)
    seen = [*stated, *inferred] if study.shapes else stated  # the shipped shapes ask for nothing inferred
    report = validate(seen, shapes, schema(), "pyshacl" if referee else quickest())
    said = aligned([*stated, *inferred], schema(alignments=True))
    everything = [*stated, *inferred, *said, *ontology_graph(), *shape_quads(shapes), *report_quads(report, shapes)]
    described = dataset_graph(documents, everything, __version__)
    return Assembled((*everything, *described), report)


def build(
    folders: Sequence[Path], store: Path, progress: Progress = silent, study: Study = SHIPPED, referee: bool = False
) -> Built:
    """Build a store from fact tables; the old store stays until the new one is whole.

    Without folders the documents of the study are built. Bundled documents that they carry out, directly or through
    others, are taken in, or those that the study names. A folder with malformed tables is skipped and reported.
    ``referee`` validates with pyshacl, whatever else is installed.
    """
    require_place(store)
    progress(message("building.tables"))
    own, errors = load_plans(folders or _folders(study))
    if not own:
        raise errors[0] if errors else DocumentError("building.no-folder")
    own = with_links(own, bundled_besides(own), study)
    taken = taken_in(own, study)
    documents = tuple(sorted((*own, *taken), key=lambda each: each.value("document_id")))
    made = assemble(documents, progress, study, referee)
    progress(message("building.store"))
    total = build_store(store, made.quads)
    titles = tuple(each.value("title") or each.doc for each in taken)
    return Built(store, _counts(documents, study, total), made.report, errors, titles)


def _folders(study: Study) -> Sequence[Path]:
    """Return the folders of the documents of a study; the bundled plans are those of what ships."""
    return [study.place("facts")] if study.folder else assets.bundled_plans()


def _counts(documents: Sequence[Facts], study: Study, triples: int) -> dict[str, int]:
    return {
        "documents": len(documents),
        "actions": sum(len(places(each, study.concepts).actions) for each in documents),
        "clauses": sum(row.parsed != Parsed.NO for each in documents for row in each.clauses),
        "responsibilities": sum(len(each.responsibilities) for each in documents),
        "targets": sum(len(each.targets) for each in documents),
        "triples": triples,
    }

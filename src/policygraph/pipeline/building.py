"""From fact tables to a store: graph, cascade, infer, validate, describe, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph import assets, concepts, facts, lexicon, outputs
from policygraph.cascade import compare_documents
from policygraph.errors import DocumentError, TableError
from policygraph.graph import cascade_graph, concept_graph, dataset_graph, graph, ontology_graph, schema
from policygraph.infer import Rules, infer_many, rules
from policygraph.messages import Message, message
from policygraph.model import Facts
from policygraph.store import build_store, require_place
from policygraph.terms import Parsed, SectionKind
from policygraph.validate import Report, load_shapes, report_quads, validate
from policygraph.version import __version__
from policygraph.vocab import Quad

Progress = Callable[[Message | str], None]


@dataclass(frozen=True, slots=True)
class Assembled:
    """Everything that goes into a store, and the report on it."""

    quads: tuple[Quad, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did; ``counts`` is in the order in which it is shown."""

    store: Path
    counts: dict[str, int]
    report: Report
    errors: tuple[DocumentError, ...]


def silent(_: Message | str) -> None:
    """Say nothing: the default progress."""


def load_plans(folders: Iterable[Path]) -> tuple[tuple[Facts, ...], tuple[DocumentError, ...]]:
    """Return the facts of many folders, and the errors of those that had to be skipped.

    A folder that holds document folders stands for all of them. Two folders that claim one document are an error.
    """
    found: dict[str, Facts] = {}
    errors: list[DocumentError] = []
    for folder in _expanded(folders):
        try:
            slug, loaded = load_document(folder)
            if slug in found:
                raise DocumentError("building.same-document", path=folder, slug=slug, other=found[slug].doc)
            found[slug] = loaded
        except DocumentError as error:
            errors.append(error)
    return tuple(found[slug] for slug in sorted(found)), tuple(errors)


def load_document(folder: Path) -> tuple[str, Facts]:
    """Return the slug and the facts of a folder. Raises TableError where the tables are malformed or name no slug."""
    loaded = facts.load(folder)
    slug = loaded.value("document_id")
    if not slug:
        raise TableError("facts.no-document-id", path=folder)
    return slug, loaded


def assemble(documents: Sequence[Facts], progress: Progress = silent) -> Assembled:
    """Return all quads of a set of documents, with what follows from them, and the validation report."""
    known = concepts.bundled()
    progress(message("building.graph"))
    documented = [graph(each, known) for each in documents]
    named = concept_graph(known, documents)
    progress(message("building.cascade"))
    units = lexicon.bundled().quantities.units
    compared = cascade_graph(compare_documents(documents, known, units), documents, known)
    progress(message("building.inference"))
    inferred = infer_many(documented, [*named, *compared], _closure())
    stated = [*(quad for each in documented for quad in each), *named, *compared]
    progress(message("building.validation"))
    report = validate(stated, load_shapes(), schema())
    everything = [*stated, *inferred, *ontology_graph(), *report_quads(report)]
    described = dataset_graph(documents, everything, __version__)
    return Assembled((*everything, *described), report)


@cache
def _closure() -> Rules:
    """Return what follows from the ontology, worked out once however many stores are built."""
    return rules(schema())


def build(folders: Sequence[Path], store: Path, progress: Progress = silent) -> Built:
    """Build a store from fact tables; the old store stays until the new one is whole.

    Without folders the bundled plans are built. A folder with malformed tables is skipped and reported.
    """
    require_place(store)
    progress(message("building.tables"))
    documents, errors = load_plans(folders or assets.bundled_plans())
    if not documents:
        raise errors[0] if errors else DocumentError("building.no-folder")
    made = assemble(documents, progress)
    progress(message("building.store"))
    total = build_store(store, made.quads)
    return Built(store, _counts(documents, total), made.report, errors)


def _expanded(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        outputs.mend(folder)  # what a killed extraction left aside is in its place before anybody looks
        inside = sorted(each for each in folder.glob("[!.]*") if facts.is_folder(each))
        if facts.is_folder(folder) or not inside:
            yield folder
        else:
            yield from inside


def _counts(documents: Sequence[Facts], triples: int) -> dict[str, int]:
    return {
        "documents": len(documents),
        "actions": sum(row.kind == SectionKind.ACTION for each in documents for row in each.structure),
        "clauses": sum(row.parsed != Parsed.NO for each in documents for row in each.clauses),
        "responsibilities": sum(len(each.responsibilities) for each in documents),
        "targets": sum(len(each.targets) for each in documents),
        "triples": triples,
    }

"""Describe what the graph holds and where it came from: DCAT, VoID and PROV-O, without a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rdflib import DCAT, DCTERMS, PROV, RDF, VOID, URIRef

from policygraph import vocab
from policygraph.graph import iris
from policygraph.graph.nodes import slug
from policygraph.graph.paths import safe
from policygraph.graph.writer import Writer
from policygraph.messages import say
from policygraph.model import Facts
from policygraph.quads import ordered
from policygraph.version import RELEASED
from policygraph.vocab import DATASET_GRAPH, ID, ONTOLOGY, PG, Quad

DATASET = iris.dataset()
_PUBLISHER = iris.below(DATASET, "publisher")
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_N_QUADS = URIRef("https://www.iana.org/assignments/media-types/application/n-quads")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a dataset is: documents, triples by graph (IRI), things by class of the ontology (IRI)."""

    documents: int
    graphs: Mapping[str, int]
    classes: Mapping[str, int]


def dataset_graph(documents: Collection[Facts], quads: Iterable[Quad], version: str) -> tuple[Quad, ...]:
    """Return the description of the dataset: ``quads`` are counted by graph, ``version`` names the release."""
    graphs, classes = _count(quads)
    described = [quad for facts in documents for quad in provenance(facts)]
    return ordered([*description(Size(len(documents), graphs, classes), version), *described])


def provenance(facts: Facts) -> tuple[Quad, ...]:
    """Return which file a document's facts came from, by which program, and how far they were reviewed."""
    writer = Writer(DATASET_GRAPH)
    _provenance(writer, facts)
    return writer.quads()


def description(size: Size, version: str) -> tuple[Quad, ...]:
    """Return the description of a dataset without the provenance of its documents."""
    writer, counts = Writer(DATASET_GRAPH), size.graphs
    writer.typed(DATASET, DCAT.Dataset, VOID.Dataset)
    zh, en = (say("graph.dataset", language) for language in ("zh", "en"))
    writer.label(DATASET, zh, en)
    writer.add(
        DATASET,
        (DCTERMS.title, vocab.text(zh)),
        (DCTERMS.title, vocab.text(en, "en")),
        (vocab.expand("dcat:version"), vocab.code(version)),
        (VOID.vocabulary, ONTOLOGY),
        (VOID.uriSpace, vocab.code(str(ID))),
        (VOID.triples, vocab.integer(sum(counts.values()))),
        (VOID.documents, vocab.integer(size.documents)),
        (DCTERMS.license, _LICENCE),
        (DCTERMS.issued, vocab.date(RELEASED)),
        (DCTERMS.publisher, _PUBLISHER),
        (DCTERMS.language, vocab.code("zh")),
        (DCTERMS.language, vocab.code("en")),
        (vocab.expand("dcat:landingPage"), URIRef(vocab.BASE)),
    )
    _published(writer, version)
    for kind, count in size.classes.items():
        part = iris.below(DATASET, "class", safe(vocab.shorten(kind).rpartition(":")[2]))
        writer.add(DATASET, (VOID.classPartition, part))
        writer.label(part, vocab.shorten(kind))
        writer.add(part, (VOID["class"], URIRef(kind)), (VOID.entities, vocab.integer(count)))
    for name, count in ((URIRef(graph), count) for graph, count in counts.items()):
        writer.typed(name, VOID.Dataset)
        writer.add(DATASET, (VOID.subset, name))
        writer.add(name, (VOID.triples, vocab.integer(count)))
    return writer.quads()


def _published(writer: Writer, version: str) -> None:
    """State who publishes the dataset, and in which form a release of it is had."""
    writer.typed(_PUBLISHER, vocab.expand("prov:Organization"))
    writer.label(_PUBLISHER, "policygraph", "policygraph")
    form = iris.below(DATASET, "distribution", safe(f"{version}.nq"))
    writer.typed(form, DCAT.Distribution)
    writer.label(form, f"policygraph {version} N-Quads", f"policygraph {version} N-Quads")
    writer.add(DATASET, (DCAT.distribution, form))
    writer.add(
        form,
        (DCAT.accessURL, URIRef(vocab.BASE)),
        (DCAT.mediaType, _N_QUADS),
        (DCTERMS.license, _LICENCE),
        (DCTERMS.issued, vocab.date(RELEASED)),
    )


def _count(quads: Iterable[Quad]) -> tuple[Counter[str], Counter[str]]:
    """Count triples by graph, and things by class of this ontology."""
    graphs: Counter[str] = Counter()
    members: set[tuple[URIRef, URIRef]] = set()
    for node, term, value, graph in quads:
        graphs[graph] += 1
        if term == RDF.type and isinstance(value, URIRef) and value.startswith(str(PG)):
            members.add((node, value))
    return graphs, Counter(kind for _, kind in members)


def _provenance(writer: Writer, facts: Facts) -> None:
    name, value = slug(facts), facts.value
    graph = vocab.document_graph(name)
    activity = iris.below(iris.document(name), "extraction")
    writer.typed(graph, PROV.Entity)
    writer.typed(activity, PROV.Activity)
    writer.label(activity, facts.doc)
    writer.add(
        graph,
        (DCTERMS.subject, iris.document(name)),
        (PROV.wasGeneratedBy, activity),
        (PG.reviewStatus, vocab.code(value("review_status"))),
    )
    version = value("extractor_version")
    if version:
        program = iris.software(version)
        writer.typed(program, PROV.SoftwareAgent)
        writer.label(program, f"policygraph {version}", f"policygraph {version}")
        writer.add(program, (PG.extractorVersion, vocab.code(version)))
        writer.add(activity, (PROV.wasAssociatedWith, program))
    digest = value("source_sha256")
    if digest or value("source_file") or value("source_url"):
        _source(writer, facts, activity, graph)


def _source(writer: Writer, facts: Facts, activity: URIRef, graph: URIRef) -> None:
    value, name = facts.value, slug(facts)
    digest = value("source_sha256")
    source = iris.source(digest) if digest else iris.below(iris.document(name), "source")
    url = value("source_url")
    writer.typed(source, PROV.Entity)
    writer.label(source, value("source_file") or url or facts.doc)
    writer.add(
        source,
        (PG.sha256, vocab.code(digest)),
        (PG.retrieved, vocab.date(value("retrieved"))),
        (DCTERMS.source, vocab.code(url)),
    )
    writer.add(activity, (PROV.used, source))
    writer.add(graph, (PROV.wasDerivedFrom, source))

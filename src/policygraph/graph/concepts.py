"""Make the quads that documents share: concept schemes, regions, bodies, and documents cited but not held."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rdflib import DCTERMS, SKOS, URIRef

from policygraph import vocab
from policygraph.concepts import Concepts, KnownDocument, Reform, agency_type_of
from policygraph.graph import iris
from policygraph.graph.agencies import agencies, gather
from policygraph.graph.mentions import Mentions, mentions
from policygraph.graph.regions import regions
from policygraph.graph.writer import Writer
from policygraph.messages import say
from policygraph.model import Facts
from policygraph.quads import Triple
from policygraph.vocab import CONCEPTS_GRAPH, PG, Quad


def concept_graph(concepts: Concepts, documents: Collection[Facts]) -> tuple[Quad, ...]:
    """Return the concept schemes, and the regions, bodies and cited documents that these documents need."""
    return _written(concepts, [mentions(each, concepts) for each in documents]).quads()


def concepts_named(concepts: Concepts, documents: Collection[Mentions]) -> set[Triple]:
    """Return the same as :func:`concept_graph` as text, of what documents name."""
    return _written(concepts, documents).triples


def _written(concepts: Concepts, documents: Collection[Mentions]) -> Writer:
    writer = Writer(CONCEPTS_GRAPH)
    _functions(writer, concepts)
    bodies = gather(documents, concepts)
    _agency_types(writer, bodies.names, concepts)
    _indicators(writer, concepts, documents)
    _action_types(writer, concepts)
    _levels(writer, concepts)
    agencies(writer, bodies, concepts)
    cited = _cited(writer, concepts, documents)
    codes = {agency_id.partition("/")[0] for agency_id in bodies.names}
    codes |= {code for each in documents for code in (each.region, *each.regions)} | cited
    regions(writer, codes - {""}, concepts)
    return writer


def _defined(writer: Writer, node: URIRef, definition: str) -> None:
    writer.add(node, (SKOS.definition, vocab.text(definition, "en" if definition.isascii() else "zh")))


def _concept(writer: Writer, scheme: str, kind: URIRef, identifier: str, zh: str, en: str) -> URIRef:
    node = iris.concept(scheme, identifier)
    writer.typed(node, kind, SKOS.Concept)
    writer.label(node, zh, en)
    writer.add(
        node,
        (SKOS.prefLabel, vocab.text(zh)),
        (SKOS.prefLabel, vocab.text(en, "en")),
        (SKOS.inScheme, iris.scheme(scheme)),
        (SKOS.topConceptOf, iris.scheme(scheme)),
        (DCTERMS.identifier, vocab.code(identifier)),
    )
    writer.add(iris.scheme(scheme), (SKOS.hasTopConcept, node))
    return node


def _functions(writer: Writer, concepts: Concepts) -> None:
    for item in concepts.functions.values():
        node = _concept(writer, "function", PG.GovernmentFunction, item.id, item.zh, item.en)
        _defined(writer, node, item.definition)


def _agency_types(writer: Writer, named: Iterable[str], concepts: Concepts) -> None:
    """Write the types of the table, and those of merged bureaus that only the documents have."""
    met = (agency_type_of(agency_id, concepts) for agency_id in named)
    types = dict(concepts.agencies) | {item.id: item for item in met if item}
    for _, item in sorted(types.items()):
        node = _concept(writer, "agency-type", PG.AgencyType, item.id, item.zh, item.en)
        writer.add(node, (PG.agencyKind, vocab.code(item.kind)))
        writer.add(node, *((PG.hasFunction, iris.concept("function", name)) for name in item.functions))
    for reform in concepts.reforms:
        _reform(writer, reform, concepts)


def _reform(writer: Writer, reform: Reform, concepts: Concepts) -> None:
    before, after = (iris.concept("agency-type", kind) for kind in (reform.before, reform.after))
    node = iris.concept("reform", f"{reform.after}/{reform.before}")
    writer.typed(node, PG.Reform)
    names = [
        concepts.agencies[kind].zh if kind in concepts.agencies else kind for kind in (reform.before, reform.after)
    ]
    writer.label(node, say("graph.reform", "zh", before=names[0], after=names[1]))
    writer.add(
        node,
        (PG.reformBefore, before),
        (PG.reformAfter, after),
        (PG.year, vocab.integer(int(reform.year)) if reform.year.isdecimal() else None),
        (PG.reformBegan, vocab.date(reform.began)),
        (PG.reformDone, vocab.date(reform.local_by)),
        *((PG.heldAtLevel, iris.concept("level", level)) for level in reform.levels),
        *((PG.endedAtLevel, iris.concept("level", level)) for level in reform.ended_at),
        *((PG.begunAtLevel, iris.concept("level", level)) for level in reform.begun_at),
        (DCTERMS.source, vocab.text(reform.source)),
    )
    if reform.replaced:
        writer.add(after, (PG.succeeds, before))


def _indicators(writer: Writer, concepts: Concepts, documents: Iterable[Mentions]) -> None:
    for item in concepts.indicators.values():
        node = _concept(writer, "indicator", PG.Indicator, item.id, item.zh, item.en)
        _defined(writer, node, item.definition)
        writer.add(
            node,
            (PG.desiredDirection, vocab.code(item.direction)),
            (PG.unit, vocab.code(item.unit)),
            (PG.indicatorOf, iris.concept("action-type", item.action) if item.action else None),
        )
    unknown: dict[str, set[str]] = {}
    for each in documents:
        for identifier, name in each.indicators:
            unknown.setdefault(identifier, set()).add(name)
    for identifier, names in unknown.items():
        fullest = max(names, key=lambda name: (len(name), name))
        _concept(writer, "indicator", PG.Indicator, identifier, fullest, "")


def _action_types(writer: Writer, concepts: Concepts) -> None:
    for item in concepts.actions.values():
        node = _concept(writer, "action-type", PG.ActionType, item.id, item.zh, item.en)
        writer.add(node, (SKOS.notation, vocab.code(item.national)))
        _defined(writer, node, item.definition)


def _levels(writer: Writer, concepts: Concepts) -> None:
    for item in concepts.levels.values():
        node = _concept(writer, "level", PG.Level, item.id, item.zh, item.en)
        writer.add(node, (PG.rank, vocab.integer(item.rank)))


def _cited(writer: Writer, concepts: Concepts, documents: Collection[Mentions]) -> set[str]:
    """Write what is known of documents that are cited and not held; return the regions they belong to."""
    held = {each.document for each in documents}
    titles: dict[str, set[str]] = {}
    numbers: dict[str, set[str]] = {}
    for identifier, title, number in (cited for each in documents for cited in each.cited if cited[0] not in held):
        titles.setdefault(identifier, set()).add(title)
        numbers.setdefault(identifier, set()).add(number)
    regions_met: set[str] = set()
    for identifier, names in titles.items():
        known = concepts.documents.get(identifier)
        node = iris.document(identifier)
        writer.typed(node, PG.PolicyDocument)
        fullest, number = max(names, key=lambda n: (len(n), n)), max(numbers[identifier])
        writer.label(node, (known.title if known else "") or fullest or number or identifier)
        writer.add(node, (PG.documentNumber, vocab.code((known.number if known else "") or number)))
        if known:
            regions_met |= _known(writer, node, known)
    return regions_met


def _known(writer: Writer, node: URIRef, known: KnownDocument) -> set[str]:
    writer.add(
        node,
        (DCTERMS.title, vocab.text(known.title)),
        (PG.dateIssued, vocab.date(known.date)),
        (PG.issuedIn, vocab.integer(int(known.date[:4]) if known.date[:4].isdecimal() else None)),
        (PG.dayIssued, vocab.day(known.date)),
        (PG.atLevel, iris.concept("level", known.level) if known.level else None),
        (PG.inRegion, iris.region(known.region) if known.region else None),
        (PG.issuerName, vocab.code(known.issuer)),
    )
    return {known.region}

"""What follows from the facts: the same as owlrl says, and what a user would ask for."""

from __future__ import annotations

import shutil

import graph_sample as sample
import owlrl
import pytest
from bundled import closure, plans
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from policygraph import assets, facts, lexicon, quads, vocab
from policygraph.cascade import compare_documents
from policygraph.concepts import bundled
from policygraph.errors import DataError
from policygraph.graph import cascade_graph, concept_graph, graph, schema
from policygraph.infer import Ground, aligned, infer, links, relations, rules, said_of_things, said_otherwise, written
from policygraph.pipeline.reasoning import above, shipped_relations
from policygraph.vocab import ALIGNED_GRAPH, ID, INFERRED_GRAPH, PG

CORE, ALIGNED = schema(), schema(alignments=True)
RULES = closure()
STATED = [quad for found in sample.DOCUMENTS for quad in graph(found, sample.CONCEPTS)]
STATED += concept_graph(sample.CONCEPTS, sample.DOCUMENTS)
FOUND = {quad[:3] for quad in infer(STATED, RULES)}


def reference(stated, ontology):
    """Return the kept instance triples of owlrl on everything at once."""
    closed = Graph()
    for triple in [*ontology, *(quad[:3] for quad in stated)]:
        closed.add(triple)
    before = set(closed)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    terms = {
        s
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Ontology)
        for s in ontology.subjects(RDF.type, kind)
    }
    outside = tuple(map(str, (OWL, RDF, RDFS, XSD)))

    def kept(s, p, o):
        if not isinstance(s, URIRef) or s in terms or isinstance(o, BNode):
            return False
        return not str(o).startswith(outside) if p == RDF.type else not str(p).startswith(outside)

    things = {quad[0] for quad in stated} | {quad[2] for quad in stated if isinstance(quad[2], URIRef)}
    return {triple for triple in set(closed) - before if triple[0] in things and kept(*triple)}


@pytest.mark.parametrize("ontology", [CORE, ALIGNED], ids=["core", "with alignments"])
def test_the_same_triples_as_owlrl_on_the_whole_sample(ontology):
    assert {quad[:3] for quad in infer(STATED, ontology)} == reference(STATED, ontology)


def test_what_the_alignments_add_is_what_owlrl_says():
    """Types and statements in the terms of other vocabularies, and no others."""
    found = [quad for facts_ in sample.DOCUMENTS for quad in graph(facts_, sample.CONCEPTS)]
    found += concept_graph(sample.CONCEPTS, sample.DOCUMENTS)
    inferred = infer(found, RULES)
    said = aligned([*found, *inferred], ALIGNED)
    assert {graph_ for *_, graph_ in said} == {ALIGNED_GRAPH}
    assert {quad[:3] for quad in said} == {quad[:3] for quad in infer(found, ALIGNED)} - {quad[:3] for quad in inferred}
    org, eli = vocab.expand("org:Organization"), vocab.expand("eli:cites")
    assert {s for s, p, o, _ in said if o == org} == {s for s, p, o, _ in found if o == PG.Agency}
    assert {(s, o) for s, p, o, _ in said if p == eli} >= {(s, o) for s, p, o, _ in found if p == PG.cites}
    days = [o for _, p, o, _ in said if p == vocab.expand("eli:date_document")]
    assert days and {day.datatype for day in days} == {XSD.date}


def test_what_is_not_written_follows_from_what_is():
    found = quads.triples(infer(STATED, RULES))
    kept = written(found, RULES)
    left = found - kept
    assert {o if p == quads.term(RDF.type) else p for _, p, o in left} <= RULES.unwritten
    assert left and left <= quads.triples(
        infer([*STATED, *(each for each in infer(STATED, RULES) if quads.triples([each]) <= kept)], RULES)
    )


SAID = [
    ("<https://w3id.org/policygraph/id/document/a>", PG.cites, "<https://w3id.org/policygraph/id/document/b>", 1),
    (
        "<https://w3id.org/policygraph/id/document/a>",
        PG.hasSection,
        "<https://w3id.org/policygraph/id/document/a/section/1>",
        0,
    ),
    ("<https://w3id.org/policygraph/id/document/a/target/1>", PG.value, '"1"', 0),
    (
        "<https://w3id.org/policygraph/id/region/210200>",
        PG.within,
        "<https://w3id.org/policygraph/id/region/210000>",
        1,
    ),
]


@pytest.mark.parametrize(("s", "p", "o", "kept"), SAID)
def test_of_the_parts_of_documents_nothing_is_said_otherwise(s, p, o, kept):
    assert bool(said_of_things([(s, quads.term(p), o)], above())) is bool(kept)
    assert said_otherwise([(s, quads.term(p), o)], above())


def document(name):
    """Return the quads of a bundled plan, with the concepts it needs."""
    try:
        found = facts.load(assets.path("data", "plans", name))
    except DataError:
        pytest.skip(f"data/plans/{name} is not there yet")
    return [*graph(found, bundled()), *concept_graph(bundled(), [found])]


def test_the_same_triples_as_owlrl_on_a_whole_document():
    """The gate of this room; half a minute at most."""
    stated = document("xiangfu-2020")
    assert {quad[:3] for quad in infer(stated, RULES)} == reference(stated, CORE)


def test_thirty_thousand_quads_are_inferred_at_once():
    """What owlrl would need hours for; the time is measured by benchmarks/infer.py."""
    copies = 30_000 // len(STATED) + 1
    many = [
        (URIRef(f"{s}{n}"), p, URIRef(f"{o}{n}") if isinstance(o, URIRef) and o.startswith(str(ID)) else o, g)
        for n in range(copies)
        for s, p, o, g in STATED
    ]
    found = infer(many, RULES)
    assert len(found) >= copies * len(FOUND) * 0.9


# ---------------------------------------------------------------- what a user asks

DOC = ID[f"document/{sample.SLUG}"]
HEALTH, SPORT = ID["agency/210200/health"], ID["agency/210200/education-sport"]
ACTION, SECOND = URIRef(f"{DOC}/action/3.1.1"), URIRef(f"{DOC}/action/3.1.2")

ASKED = [
    ("who leads an action", (ACTION, PG.ledBy, HEALTH)),
    ("what a body leads", (HEALTH, PG.leads, ACTION)),
    ("who supports it", (ACTION, PG.supportedBy, SPORT)),
    ("what a body supports", (SPORT, PG.supports, ACTION)),
    ("who carries it out", (ACTION, PG.implementedBy, ID["agency/210200/district-governments"])),
    ("what a body carries out", (ID["agency/210200/district-governments"], PG.implements, ACTION)),
    ("who answers for it where none leads", (SECOND, PG.responsibleAgency, HEALTH)),
    ("where a body answers", (HEALTH, PG.responsibleFor, SECOND)),
    ("who is involved at all", (SECOND, PG.involves, HEALTH)),
    ("what a document comes from", (DOC, PG.derivesFrom, ID[f"document/{sample.NATION}"])),
    ("that a basis is cited", (DOC, PG.cites, ID[f"document/{sample.NATION}"])),
    ("a region far above", (ID["region/210200"], PG.within, ID["region/100000"])),
    ("counterparts both ways", (ID["agency/210000/health"], PG.counterpartOf, HEALTH)),
    ("the part that holds a section", (URIRef(f"{DOC}/section/3.1.1"), PG.withinSection, URIRef(f"{DOC}/section/3"))),
    (
        "the clause of a responsibility",
        (URIRef(f"{ACTION}/clause/1/responsibility/1"), PG.inClause, URIRef(f"{ACTION}/clause/1")),
    ),
    ("that an action is a fact", (ACTION, RDF.type, PG.Fact)),
    ("that a host is an agency", (ID["agency/210200/x-zhuan-jia-zi-xun-zu"], RDF.type, PG.Agency)),
]


@pytest.mark.parametrize(("question", "triple"), ASKED, ids=[case[0] for case in ASKED])
def test_a_question_is_answered_by_one_triple(question, triple):
    assert triple in FOUND | {quad[:3] for quad in STATED}


NOT_ASKED = [
    ("owl:Thing", lambda s, p, o: o == OWL.Thing),
    ("sameAs", lambda s, p, o: p == OWL.sameAs),
    ("types of literals", lambda s, p, o: isinstance(s, Literal)),
    ("terms of the ontology", lambda s, p, o: s.startswith(str(PG))),
    ("blank nodes", lambda s, p, o: isinstance(s, BNode) or isinstance(o, BNode)),
    ("what is stated", lambda s, p, o: (s, p, o) in {quad[:3] for quad in STATED}),
    ("a body that supports in the place of one that leads", lambda s, p, o: (s, p, o) == (ACTION, PG.ledBy, SPORT)),
]


@pytest.mark.parametrize(("noise", "is_noise"), NOT_ASKED, ids=[case[0] for case in NOT_ASKED])
def test_nothing_is_inferred_that_answers_no_question(noise, is_noise):
    assert not [triple for triple in FOUND if is_noise(*triple)]


# ---------------------------------------------------------------- laws


def test_twice_gives_the_same_bytes_whatever_the_order():
    once, again = infer(STATED, RULES), infer(reversed(STATED), rules(schema()))
    assert quads.nquads(once) == quads.nquads(again)
    assert once == again


def test_all_of_it_is_in_the_graph_of_inferences():
    assert {g for *_, g in infer(STATED, RULES)} == {INFERRED_GRAPH}


def test_nothing_more_follows_from_what_was_inferred():
    assert infer([*STATED, *infer(STATED, RULES)], RULES) == ()


def test_nothing_follows_from_nothing():
    assert infer([], RULES) == ()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_transitive_property_is_closed(edges):
    """Against Floyd and Warshall."""
    nodes = [ID[f"document/{n}"] for n in range(7)]
    stated = {(nodes[a], PG.basedOn, nodes[b], vocab.document_graph("x")) for a, b in edges}
    reach = {(a, b) for a, b in edges}
    for middle in range(7):
        reach |= {(a, b) for a in range(7) for b in range(7) if (a, middle) in reach and (middle, b) in reach}
    found = {(s, o) for s, p, o, _ in infer(stated, RULES) if p == PG.derivesFrom}
    assert found == {(nodes[a], nodes[b]) for a, b in reach}


# ---------------------------------------------------------------- document by document

BUNDLED = plans()


@pytest.fixture(scope="module")
def slices():
    """Return the quads of each bundled document, and what they share: concepts and comparisons."""
    words = lexicon.bundled()
    shared = [*concept_graph(bundled(), BUNDLED)]
    shared += cascade_graph(compare_documents(BUNDLED, bundled(), words), BUNDLED, bundled())
    return [graph(found, bundled()) for found in BUNDLED], shared


def by_document(documents, shared):
    """Return what follows from what documents share, and from each of them on top of it."""
    stated = [quads.triples(document) for document in documents]
    around = quads.triples(shared).union(*(links(each, RULES) for each in stated))
    ontology = Ground(RULES)
    ground = ontology.with_more(around)
    found = ontology.following(around).union(*(ground.following(each) for each in stated))
    return found.difference(*stated)


def test_document_by_document_gives_the_closure_of_the_whole_graph(slices):
    documents, shared = slices
    whole = infer([*shared, *(quad for document in documents for quad in document)], RULES)
    assert by_document(documents, shared) == quads.triples(whole)
    assert len(whole) > 3_000


def test_what_leads_from_document_to_document_is_followed(slices):
    found = by_document(*slices)
    top = quads.term(ID["document/zhongfa-2016-23"])
    for below in ("210200-2021-01-25-1b31f8e7", "410212-2020-12-02-95bf79f3"):  # two and three steps up
        assert (quads.term(ID[f"document/{below}"]), quads.term(PG.derivesFrom), top) in found


def test_no_documents_give_what_follows_from_what_is_shared(slices):
    _, shared = slices
    assert by_document([], shared) == quads.triples(infer(shared, RULES))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14), st.integers(1, 4))
@example([(4, 2), (0, 1), (2, 0), (1, 3)], 2)  # 4 -> 2 -> 0 stands in one document, 0 -> 1 -> 3 in the other
def test_a_chain_of_documents_is_closed_however_it_is_cut(edges, parts):
    nodes = [ID[f"document/{n}"] for n in range(7)]
    stated = [(nodes[a], PG.basedOn, nodes[b], vocab.document_graph("x")) for a, b in edges]
    assert by_document([stated[part::parts] for part in range(parts)], []) == quads.triples(infer(stated, RULES))


def test_the_relations_that_ship_are_those_of_the_ontology():
    """If not: python -m policygraph.pipeline.reasoning."""
    assert shipped_relations() == relations(CORE)


def test_relations_of_another_ontology_are_not_taken(tmp_path, monkeypatch):
    copied = shutil.copytree(assets.path("ontology"), tmp_path / "ontology")
    monkeypatch.setattr(assets, "root", lambda: tmp_path)
    assert shipped_relations() is not None
    with (copied / "policygraph.ttl").open("a", encoding="utf-8") as file:
        file.write("pg:Plan rdfs:subClassOf pg:Indicator .\n")
    assert shipped_relations() is None
    (copied / "closure.tsv").unlink()
    assert shipped_relations() is None

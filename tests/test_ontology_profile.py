"""The ontology is in the OWL 2 RL profile, and a second reasoner agrees that it is consistent."""

from __future__ import annotations

import io
import shutil

import pytest
from owl_rl import faults
from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from test_ontology import USED

from policygraph.graph import schema
from policygraph.vocab import PG

CORE, ALIGNED = schema(), schema(alignments=True)
THING = URIRef("http://example.org/thing")


def test_the_ontology_is_in_the_profile():
    assert faults(CORE) == []
    assert faults(ALIGNED) == []


def chain(*links, of=PG.ledBy):
    def add(graph):
        node = BNode()
        Collection(graph, node, list(links))
        graph.add((of, OWL.propertyChainAxiom, node))

    return add


def triple(*terms):
    return lambda graph: graph.add(terms)


WRONG = [
    ("an existential as superclass", triple(PG.Plan, RDFS.subClassOf, BNode()), "must be declared"),
    ("everything is a plan", triple(OWL.Thing, RDFS.subClassOf, PG.Plan), "owl:Thing"),
    ("a class that is also a property", triple(PG.Plan, RDF.type, OWL.ObjectProperty), "two kinds"),
    ("a class that is not declared", triple(PG.Plan, RDFS.subClassOf, PG.Nothing), "must be declared"),
    ("a property that is not declared", triple(THING, PG.unheardOf, THING), "not declared"),
    ("a date as range", triple(PG.quote, RDFS.range, XSD.date), "no datatype of the profile"),
    ("a literal where a thing belongs", triple(THING, PG.agency, Literal("市卫健委")), "with a literal"),
    ("a transitive datatype property", triple(PG.quote, RDF.type, OWL.TransitiveProperty), "ObjectProperty"),
    ("a text property above one of things", triple(PG.ledBy, RDFS.subPropertyOf, PG.quote), "two kinds of property"),
    ("another name for another kind", triple(PG.ledBy, OWL.equivalentProperty, PG.quote), "two kinds of property"),
    ("a construct not known", triple(PG.Plan, RDF.type, OWL.NamedIndividual), "not known to be in the profile"),
    ("keys", triple(PG.Plan, OWL.hasKey, BNode()), "not known to be in the profile"),
    ("a chain of itself", chain(PG.hasClause, PG.ledBy), "defined by itself"),
    ("a chain through what is derived from it", chain(PG.hasClause, PG.leads), "defined by itself"),
    ("a chain through its old name", chain(PG.hasClause, PG.sharesIn, of=PG.responsibleAgency), "defined by itself"),
    ("a chain of one", chain(PG.hasClause), "a chain of one"),
    ("a chain of text", chain(PG.hasClause, PG.quote), "ObjectProperty"),
]


def test_the_faults_were_found():
    assert len(WRONG) == 17


@pytest.mark.parametrize(("what", "spoil", "told"), WRONG, ids=[case[0] for case in WRONG])
def test_the_checker_finds(what, spoil, told):
    graph = Graph() + ALIGNED
    spoil(graph)
    assert any(told in fault for fault in faults(graph))


# ---------------------------------------------------------------- HermiT, a reasoner for all of OWL 2


@pytest.fixture(scope="module")
def hermit():
    """Return a function that says whether the ontology with more triples is consistent, and which classes are empty."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed: HermiT was not asked")
    if not shutil.which("java"):
        pytest.skip("no java on this machine: HermiT was not asked")

    def ask(*triples):
        graph = Graph() + ALIGNED
        graph.remove((None, OWL.imports, None))
        for each in triples:
            graph.add(each)
        world = owlready2.World()
        file = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
        loaded = world.get_ontology(str(PG)).load(fileobj=file, format="ntriples")
        try:
            with loaded:
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return None
        return [str(kind) for kind in world.inconsistent_classes()]

    return ask


def test_hermit_finds_the_ontology_consistent_and_no_class_empty(hermit):
    things = [(URIRef(f"{term}-thing"), RDF.type, term) for term in CORE.subjects(RDF.type, OWL.Class)]
    assert hermit(*things) == []


def test_hermit_finds_a_region_in_the_place_of_an_agency(hermit):
    assert hermit((URIRef("http://example.org/r"), PG.agency, THING), (THING, RDF.type, PG.Region)) is None


def _plain(node):
    """Return a date as text: xsd:date is no datatype of OWL 2, and HermiT takes none that is not."""
    dates = (XSD.date, XSD.gYear, XSD.gYearMonth)
    return Literal(str(node)) if isinstance(node, Literal) and node.datatype in dates else node


def test_hermit_finds_a_dataset_with_its_report_consistent(hermit):
    """The sample has things of every class; what was inferred and aligned, and a report on it, stand beside."""
    stated = [(s, p, _plain(o)) for s, p, o, _ in USED]
    assert any(o == SH.ValidationResult for _, _, o in stated)
    assert hermit(*stated) == []
    result = next(s for s, p, o in stated if o == SH.ValidationResult)
    wrong = [(result, PG.sectionNumber, Literal("三")), (result, PG.reason, Literal("x", lang="en"))]
    assert hermit(*stated, *wrong) is None

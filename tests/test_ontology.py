"""The ontology is complete, bilingual, within OWL 2 RL, and in step with what the graph uses."""

from __future__ import annotations

import json
import re

import graph_sample as sample
import owlrl
import pyoxigraph
import pytest
from bundled import closure
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

from policygraph import assets, quads, terms, vocab
from policygraph.concepts import bundled
from policygraph.errors import DataError
from policygraph.graph import cascade_graph, concept_graph, dataset_graph, graph, ontology_graph, schema
from policygraph.infer import aligned, clashes, infer
from policygraph.validate import load_shapes, report_quads, validate
from policygraph.vocab import BASE, ONTOLOGY, PG

CORE = schema()
ALIGNED = schema(alignments=True)
RULES = closure()
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
TERMS = sorted(term for kind in KINDS for term in CORE.subjects(RDF.type, kind) if term.startswith(str(PG)))

# Terms that the graph looked at here does not state: each with the reason why.
RESERVED = {
    "ancestorStatus": "only where the target above is not in the graph",
    "numberBefore": "only where a number does not follow the one before it",
    "ordinalBefore": "only where a number does not follow the one before it",
}

# What DESIGN section 4 names.
CORE_CLASSES = [
    "PolicyDocument",
    "Plan",
    "Section",
    "Action",
    "Clause",
    "Responsibility",
    "LeadResponsibility",
    "SupportingResponsibility",
    "ResponsibleResponsibility",
    "ImplementResponsibility",
    "Target",
    "TargetValue",
    "Indicator",
    "Agency",
    "GovernmentFunction",
    "Region",
    "Level",
    "CoordinatingBody",
    "Membership",
    "ScheduledEvent",
    "TargetAlignment",
]
CORE_PROPERTIES = [
    "basedOn",
    "derivesFrom",
    "cites",
    "leads",
    "ledBy",
    "supports",
    "supportedBy",
    "implements",
    "implementedBy",
    "counterpartOf",
    "succeeds",
]

# The constructs of OWL that infer.py knows; anything else in the ontology would be inferred by owlrl alone.
CONSTRUCTS = {
    OWL.inverseOf,
    OWL.propertyChainAxiom,
    OWL.members,
    OWL.versionIRI,
    OWL.versionInfo,
    OWL.imports,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.deprecated,
}


def used_quads():
    content = [quad for facts in sample.DOCUMENTS for quad in graph(facts, sample.CONCEPTS)]
    content += concept_graph(sample.CONCEPTS, sample.DOCUMENTS)
    content += cascade_graph(sample.COMPARED, sample.DOCUMENTS, sample.CONCEPTS)
    content += dataset_graph(sample.DOCUMENTS, content, "0.1.0")
    content += infer(content, RULES)
    content += report_quads(validate(content, load_shapes(), schema()), load_shapes())
    content += aligned(content, ALIGNED)
    return content + [quad for quad in ontology_graph() if quad[0].startswith(f"{BASE}id/")]  # the roles


USED = used_quads()
USED_TERMS = {p for _, p, _, _ in USED} | {o for _, p, o, _ in USED if p == RDF.type}


# ---------------------------------------------------------------- terms


def test_there_are_terms_to_check():
    assert len(TERMS) >= 146


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.rpartition("#")[2])
def test_a_term_has_label_and_definition_in_both_languages(term):
    for text in (RDFS.label, SKOS.definition):
        assert sorted(value.language for value in CORE.objects(term, text)) == ["en", "zh"]
    (definition,) = (value for value in CORE.objects(term, SKOS.definition) if value.language == "zh")
    assert any("一" <= char <= "鿿" for char in definition) or "basis" in definition


@pytest.mark.parametrize("name", CORE_CLASSES)
def test_the_design_names_this_class(name):
    assert (PG[name], RDF.type, OWL.Class) in CORE


@pytest.mark.parametrize("name", CORE_PROPERTIES)
def test_the_design_names_this_property(name):
    assert (PG[name], RDF.type, OWL.ObjectProperty) in CORE


def test_every_term_the_graph_uses_is_declared():
    assert {term for term in USED_TERMS if term.startswith(str(PG))} - set(TERMS) == set()


def test_every_declared_term_is_used_or_reserved():
    assert {str(term).removeprefix(str(PG)) for term in set(TERMS) - USED_TERMS} == set(RESERVED)


def test_one_name_is_not_two_kinds_of_term():
    assert len(TERMS) == len(set(TERMS))


def test_the_version_is_part_of_the_ontology():
    assert str(CORE.value(ONTOLOGY, OWL.versionIRI)) == f"{BASE}ontology/{CORE.value(ONTOLOGY, OWL.versionInfo)}"
    assert CORE.value(ONTOLOGY, DCTERMS.license)


def test_roles_are_concepts_with_labels():
    roles = set(CORE.subjects(RDF.type, PG.Role))
    assert len(roles) == 13
    assert all({value.language for value in CORE.objects(role, SKOS.prefLabel)} == {"zh", "en"} for role in roles)


# ---------------------------------------------------------------- OWL 2 RL


def test_only_constructs_that_the_rules_know():
    used = {p for p in ALIGNED.predicates() if p.startswith(str(OWL))}
    assert used <= CONSTRUCTS
    kinds = {o for o in ALIGNED.objects(None, RDF.type) if o.startswith(str(OWL))}
    assert kinds == {
        OWL.Ontology,
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,  # of other vocabularies
        OWL.TransitiveProperty,
        OWL.SymmetricProperty,
        OWL.AllDisjointClasses,
    }


def closed_with(*triples):
    closed = Graph()
    for triple in (*ALIGNED, *triples):
        closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return closed


def errors(closed):
    """Return what owlrl found wrong."""
    return [str(text) for text in closed.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))]


def test_the_ontology_and_an_instance_of_every_class_are_consistent():
    things = [(URIRef(f"{term}-thing"), RDF.type, term) for term in CORE.subjects(RDF.type, OWL.Class)]
    assert errors(closed_with(*things)) == []


def test_a_thing_in_two_disjoint_classes_is_an_error():
    thing = URIRef("http://example.org/thing")
    assert errors(closed_with((thing, RDF.type, PG.Agency), (thing, RDF.type, PG.Region)))


CLASHES = [
    ("an agency that is cited as a document", (PG.cites, "d"), (PG.agency, "r"), {PG.Agency, PG.PolicyDocument}),
    ("a region in the place of an agency", (PG.agency, "r"), (PG.within, "x"), {PG.Agency, PG.Region}),
]


@pytest.mark.parametrize(("what", "one", "other", "kinds"), CLASHES, ids=[case[0] for case in CLASHES])
def test_disjointness_catches_a_link_to_the_wrong_thing(what, one, other, kinds):
    wrong = URIRef("http://example.org/wrong")
    found = clashes([(URIRef(f"http://example.org/{node}"), term, wrong, PG.g) for term, node in (one, other)], RULES)
    assert {(thing, frozenset((a, b))) for thing, a, b in found} == {(wrong, frozenset(kinds))}


def test_the_sample_has_no_clash():
    assert clashes(USED, ALIGNED) == ()


def test_domains_and_ranges_are_declared_classes_or_datatypes():
    ends = {o for p in (RDFS.domain, RDFS.range) for o in CORE.objects(None, p)}
    assert not [
        end for end in ends if end not in TERMS and not str(end).startswith("http://www.w3.org/2001/XMLSchema#")
    ]


def test_alignments_speak_of_declared_terms_and_name_every_vocabulary():
    extra = ALIGNED - CORE
    subjects = {s for s in extra.subjects() if s.startswith(str(PG))}
    assert subjects <= set(TERMS)
    spaces = {vocab.shorten(str(o)).partition(":")[0] for o in extra.objects() if isinstance(o, URIRef)}
    assert {"org", "eli", "prov", "skos", "dcterms", "oa", "qudt", "time"} <= spaces


def test_quads_of_the_ontology_hold_all_of_it_without_blank_nodes():
    found = ontology_graph()
    assert len(found) == len(ALIGNED)
    assert not [quad for quad in found if any(isinstance(term, BNode) for term in quad)]
    chains = [o for s, p, o, _ in found if (s, p) == (PG.ledBy, OWL.propertyChainAxiom)]
    assert len(chains) == 1 and str(chains[0]).startswith(f"{BASE}node/")


# ---------------------------------------------------------------- the list of prefixes


def test_the_context_is_the_list_of_prefixes():
    for prefix in [
        "pg",
        "org",
        "eli",
        "prov",
        "skos",
        "dcterms",
        "oa",
        "qudt",
        "time",
        "dcat",
        "void",
        "sh",
        "xsd",
        "rdf",
        "rdfs",
        "owl",
    ]:
        assert prefix in vocab.prefixes()
    assert vocab.prefixes()["pg"] == str(PG)


def test_turtle_files_use_the_prefixes_of_the_context():
    for name in ("policygraph.ttl", "alignments.ttl"):
        for line in assets.path("ontology", name).read_text(encoding="utf-8").splitlines():
            if line.startswith("@prefix"):
                prefix, namespace = line.split()[1].rstrip(":"), line.split()[2].strip("<>")
                assert vocab.prefixes()[prefix] == namespace


def test_every_term_of_the_ontology_can_be_written_in_jsonld_and_none_else():
    terms = {
        value["@id"] if isinstance(value, dict) else value
        for key, value in vocab.context().items()
        if key != "@version"
    }
    ours = {term.removeprefix("pg:") for term in map(str, terms) if term.startswith("pg:")}
    of_shapes = [term for term in CORE.subjects(RDF.type, OWL.AnnotationProperty) if term.startswith(str(PG))]
    assert ours == {str(term).removeprefix(str(PG)) for term in [*TERMS, *of_shapes]}


def test_the_context_reads_as_jsonld():
    text = """{"@context": %s, "iri": "document:a", "type": "Plan", "label": {"zh": "规划"}, "basedOn": "document:b"}"""
    found = Graph().parse(data=text % json.dumps(dict(vocab.context())), format="json-ld")
    a, b = vocab.expand("document:a"), vocab.expand("document:b")
    assert set(found) == {(a, RDF.type, PG.Plan), (a, RDFS.label, Literal("规划", lang="zh")), (a, PG.basedOn, b)}


def test_prefixes_are_bound_and_open_a_query():
    bound = dict(vocab.bind(Graph()).namespaces())
    assert {prefix: str(bound[prefix]) for prefix in vocab.prefixes()} == dict(vocab.prefixes())
    pyoxigraph.Store().query(vocab.sparql_prefixes() + "SELECT * { ?a pg:ledBy region:210200 }")


NAMES = ["pg:ledBy", "region:210200", "document:guofa-2019-13", "xsd:decimal"]


@pytest.mark.parametrize("name", NAMES)
def test_names_expand_and_shorten(name):
    assert vocab.shorten(str(vocab.expand(name))) == name


def test_what_has_no_prefix_stays():
    deep = f"{BASE}id/document/a/action/3.1"
    assert vocab.shorten(deep) == deep
    assert str(vocab.expand("http://example.org/a")) == "http://example.org/a"
    with pytest.raises(DataError, match="unknown prefix"):
        vocab.expand("nope:a")


def test_canonical_writing():
    assert quads.term(Literal('"\\\n', lang="ZH")) == '"\\"\\\\\\n"@zh'


# ---------------------------------------------------------------- closed vocabularies

SAID_OF = {  # property -> the vocabularies whose words are its values
    "factStatus": (terms.Status,),
    "comparator": (terms.Op,),
    "sectionKind": (terms.SectionKind,),
    "citationRelation": (terms.Relation,),
    "eventKind": (terms.EventKind,),
    "scope": (terms.Scope,),
    "verdict": (terms.Verdict, terms.ActionVerdict, terms.LeadVerdict),
}


@pytest.mark.parametrize(("name", "vocabularies"), SAID_OF.items(), ids=SAID_OF)
def test_a_definition_lists_every_word_of_its_vocabulary(name, vocabularies):
    wanted = {str(word) for words in vocabularies for word in words} - {str(terms.SectionKind.FRONT)}
    for definition in CORE.objects(PG[name], SKOS.definition):
        listed = re.sub(r"\([^)]*\)|（[^）]*）", "", definition)
        assert wanted <= set(re.findall(r"[a-z-]+|[<>=]+", listed)), definition.language


@pytest.mark.parametrize(("name", "vocabularies"), [*SAID_OF.items(), ("desiredDirection", (terms.Direction,))])
def test_every_word_of_a_closed_list_is_a_concept_with_labels(name, vocabularies):
    (scheme,) = (s for s in CORE.subjects(RDFS.seeAlso, PG[name]) if (s, RDF.type, SKOS.ConceptScheme) in CORE)
    concepts = set(CORE.subjects(SKOS.inScheme, scheme))
    words = {str(word) for each in vocabularies for word in each} - {str(terms.SectionKind.FRONT)}
    assert {str(word) for each in concepts for word in CORE.objects(each, SKOS.notation)} == words
    for each in concepts:
        assert (each, SKOS.topConceptOf, scheme) in CORE
        assert {label.language for label in CORE.objects(each, SKOS.prefLabel)} == {"zh", "en"}


def test_kinds_of_agencies_are_concepts():
    kinds = {item.kind for item in bundled().agencies.values()}
    scheme = URIRef(f"{BASE}id/agency-kind")
    words = {str(word) for each in CORE.subjects(SKOS.inScheme, scheme) for word in CORE.objects(each, SKOS.notation)}
    assert kinds <= words


def test_every_scheme_knows_its_top_concepts():
    schemes = {s for s, p, o, _ in USED if p == SKOS.hasTopConcept}
    assert schemes == set(CORE.subjects(RDF.type, SKOS.ConceptScheme))


def test_whatever_has_an_identifier_has_a_label():
    """A browser shows a name for every node."""
    nodes = {s for s, *_ in USED if str(s).startswith(f"{BASE}id/")}
    assert nodes - {s for s, p, *_ in USED if p == RDFS.label} == set()


def test_the_dataset_says_who_publishes_what_when_and_under_which_licence():
    stated = {p for s, p, o, _ in USED if s == URIRef(f"{BASE}id/dataset/policygraph")}
    wanted = (DCTERMS.publisher, DCTERMS.issued, DCTERMS.license, DCAT.distribution, DCAT.landingPage)
    assert set(wanted) <= stated
    (form,) = {s for s, p, o, _ in USED if o == DCAT.Distribution}
    assert {DCAT.accessURL, DCAT.mediaType, DCTERMS.license} <= {p for s, p, o, _ in USED if s == form}


def test_every_role_and_body_relation_is_a_concept():
    roles = {str(role).rpartition("/")[2] for role in CORE.subjects(RDF.type, PG.Role)}
    assert roles == {word.replace("_", "-") for word in (*terms.Role, *terms.BodyRelation)}

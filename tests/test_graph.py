"""What the graph of a document holds, under which names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import graph_sample as sample
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, VOID, BNode, Literal, URIRef

from policygraph import assets, facts, quads, vocab
from policygraph.alignments import Cascade
from policygraph.concepts import bundled
from policygraph.errors import TableError
from policygraph.graph import (
    alignment_graph,
    cascade_graph,
    concept_graph,
    dataset_graph,
    graph,
    ontology_graph,
    section_path,
)
from policygraph.graph.counterparts import counterparts
from policygraph.graph.names import placed
from policygraph.graph.paths import Unique, safe
from policygraph.graph.regions import regions
from policygraph.graph.writer import Writer
from policygraph.model import Facts, MetadataRow
from policygraph.terms import LeadVerdict, Scope, Verdict
from policygraph.vocab import BASE, ID, PG

CITY = graph(sample.city, sample.CONCEPTS)
NATION = graph(sample.nation, sample.CONCEPTS)
SHARED = concept_graph(sample.CONCEPTS, sample.DOCUMENTS)
CASCADE = cascade_graph(sample.COMPARED, sample.DOCUMENTS, sample.CONCEPTS)
CONTENT = (*CITY, *NATION, *SHARED, *CASCADE)
DATASET = dataset_graph(sample.DOCUMENTS, CONTENT, "0.1.0")
ALL = (*CONTENT, *DATASET, *ontology_graph())
DOC = f"document/{sample.SLUG}"


def ask(found, s=None, p=None, o=None):
    """Return the triples that match, with IRIs of things shortened to what follows ``id/``."""
    wanted = (ID[s] if s else None, p, ID[o] if isinstance(o, str) and not isinstance(o, URIRef | Literal) else o)
    return [
        row[:3] for row in found if all(want is None or want == is_ for want, is_ in zip(wanted, row, strict=False))
    ]


def values(found, s, p):
    """Return the objects of a property as text, things without the ``id/`` base."""
    return sorted(str(o).removeprefix(str(ID)) for _, _, o in ask(found, s, p))


def dangling(content):
    """Return the things that are linked to and of which nothing is said."""
    linked = {o for *_, o, _ in content if isinstance(o, URIRef) and o.startswith(str(ID))}
    described = {s for s, p, *_ in (*content, *ontology_graph()) if p == RDF.type}
    return sorted(linked - described)


# ---------------------------------------------------------------- numbers to paths

PATHS = [
    ("三(一)1", "3.1.1"),
    ("三(二)10", "3.2.10"),
    ("四", "4"),
    ("四（一）", "4.1"),
    ("（一）", "1"),
    ("㈠", "1"),
    ("十九", "19"),
    ("二十一、", "21"),
    ("第三章", "3"),
    ("第十二条", "12"),
    ("第三章第二节", "3.2"),
    ("1.2.3", "1.2.3"),
    ("1.", "1"),
    ("１．２", "1.2"),
    ("①", "1"),
    ("三(一)①", "3.1.1"),
    ("三(一)1(2)", "3.1.1.2"),
    ("附件1/二(三)", "annex-1.2.3"),
    ("附件/一", "annex.1"),
    ("附件/二(一)", "annex.2.1"),
    ("附件二/第一章", "annex-2.1"),
    ("附录A/1", "annex-a.1"),
    ("专栏1", "zhuan-lan-1"),
    ("前言", "qian-yan"),
]


@pytest.mark.parametrize(("number", "path"), PATHS)
def test_a_printed_number_becomes_a_path(number, path):
    assert section_path(number) == path


@pytest.mark.parametrize(("number", "path"), [("附件1", "annex-1"), ("附件", "annex"), ("附件二", "annex-2")])
def test_an_annex_is_known_by_its_kind(number, path):
    assert section_path(number, annex=True) == path


def test_the_path_table_is_whole():
    assert len(PATHS) == 24


@given(st.text(max_size=12))
def test_any_number_gives_an_ascii_path(number):
    path = section_path(number)
    assert path and path.isascii() and "/" not in path and not set(path) & set(' <>"{}|^`\\')


def test_a_path_that_is_taken_gets_a_suffix():
    unique = Unique()
    assert [unique("a"), unique("a"), unique("a"), unique("b")] == ["a", "a-2", "a-3", "b"]


def test_an_identifier_with_chinese_characters_is_spelled_out():
    assert safe("210200/x-港 口") == "210200/x-gang-kou"


# ---------------------------------------------------------------- laws of every graph


def test_no_blank_nodes():
    assert not [quad for quad in ALL if any(isinstance(term, BNode) for term in quad)]


def test_iris_are_ascii_and_ours_or_known():
    iris = {term for quad in ALL for term in quad if isinstance(term, URIRef)}
    spaces = (
        BASE,
        *vocab.prefixes().values(),
        "https://www.apache.org/",
        "https://creativecommons.org/",
        "https://www.iana.org/",
    )
    assert not [iri for iri in iris if not iri.isascii() or " " in iri or not str(iri).startswith(spaces)]


def test_language_tags_are_zh_and_en():
    assert {term.language for quad in ALL for term in quad if isinstance(term, Literal)} == {None, "zh", "en"}


def test_twice_gives_the_same_bytes():
    assert quads.nquads(CITY) == quads.nquads(graph(sample.city, sample.CONCEPTS))
    assert quads.nquads(SHARED) == quads.nquads(concept_graph(sample.CONCEPTS, sample.DOCUMENTS))
    assert quads.nquads(ontology_graph()) == quads.nquads(ontology_graph())


def test_quads_come_sorted_and_once():
    for found in (CITY, SHARED, CASCADE, DATASET):
        lines = [quads.nquads([quad]) for quad in found]
        assert lines == sorted(set(lines))


def test_a_store_gives_back_the_same_bytes():
    """Oxigraph rewrites what is not canonical, so nothing may be."""
    store = pyoxigraph.Store()
    store.load(quads.nquads(ALL).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    dumped = store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert sorted(dumped.decode().splitlines()) == quads.nquads(ALL).splitlines()


def test_each_graph_has_its_name():
    assert {g for *_, g in CITY} == {vocab.document_graph(sample.SLUG)}
    assert {g for *_, g in SHARED} == {vocab.CONCEPTS_GRAPH}
    assert {g for *_, g in CASCADE} == {vocab.CASCADE_GRAPH}
    assert {g for *_, g in DATASET} == {vocab.DATASET_GRAPH}


def test_every_thing_that_is_linked_to_is_described():
    assert dangling(CONTENT) == []


# ---------------------------------------------------------------- the document

DOCUMENT_FACTS = [
    (RDF.type, [PG.Plan, PG.PolicyDocument]),
    (DCTERMS.identifier, ["sample-city-2021"]),
    (DCTERMS.title, ["关于推进健康城市行动的实施意见"]),
    (PG.documentNumber, ["市政发〔2021〕1号"]),
    (PG.issuer, ["agency/210200/government"]),
    (PG.inRegion, ["region/210200"]),
    (PG.atLevel, ["level/prefecture"]),
    (PG.dateIssued, ["2021-01-25"]),
    (PG.datePublished, ["2021-02-01"]),
    (PG.reviewStatus, ["reviewed"]),
    (PG.basedOn, [f"document/{sample.NATION}", "document/liaozhengfa-2019-22"]),
    (PG.cites, ["document/210200-undated-7bd654fc"]),
]


@pytest.mark.parametrize(("term", "found"), DOCUMENT_FACTS)
def test_what_a_document_states_of_itself(term, found):
    assert values(CITY, DOC, term) == sorted(map(str, found))


def test_a_document_without_slug_is_refused():
    with pytest.raises(TableError, match="document_id"):
        graph(Facts("nameless", (MetadataRow("nameless", "title", "x"),)), sample.CONCEPTS)


def test_sections_stand_in_each_other():
    assert values(CITY, f"{DOC}/section/3.1.1", PG.parentSection) == [f"{DOC}/section/3.1"]
    assert values(CITY, f"{DOC}/section/annex-1.1.1", PG.parentSection) == [f"{DOC}/section/annex-1"]
    assert len(ask(CITY, p=RDF.type, o=PG.Section)) == len(sample.city.structure)


def test_a_number_printed_twice_gives_two_sections():
    assert values(CITY, f"{DOC}/section/3.1.2-2", RDFS.label) == ["实施蓝天行动"]
    assert values(CITY, f"{DOC}/action/3.1.2-2", RDFS.label) == ["蓝天行动"]


def test_a_measure_with_responsibilities_is_an_action():
    assert values(CITY, f"{DOC}/action/4.1", RDFS.label) == ["加强组织领导"]


def test_a_section_that_only_a_fact_names_is_made_all_the_same():
    row = replace(sample.city.targets[0], section="五(二)", action="其他")
    found = graph(replace(sample.city, targets=(row,)), sample.CONCEPTS)
    assert values(found, f"{DOC}/section/5.2", PG.sectionNumber) == ["五(二)"]
    assert values(found, f"{DOC}/target/5.2/health-literacy/2022", PG.inSection) == [f"{DOC}/section/5.2"]


def test_the_type_of_an_action_comes_from_its_row_or_its_name():
    assert values(CITY, f"{DOC}/action/3.1.1", PG.actionType) == ["action-type/health-knowledge"]
    assert values(CITY, f"{DOC}/action/3.1.2", PG.actionType) == ["action-type/tobacco-control"]
    assert values(CITY, f"{DOC}/action/3.1.2-2", PG.actionType) == []


# ---------------------------------------------------------------- responsibilities


def test_as_many_responsibilities_of_each_role_as_rows():
    kinds = {
        "lead": PG.LeadResponsibility,
        "support": PG.SupportingResponsibility,
        "responsible": PG.ResponsibleResponsibility,
        "implement": PG.ImplementResponsibility,
    }
    rows = Counter(row.role for row in sample.city.responsibilities)
    assert {role: len(ask(CITY, p=RDF.type, o=kind)) for role, kind in kinds.items()} == dict(rows)
    assert len(ask(CITY, p=PG.hasResponsibility)) == len(sample.city.responsibilities)


FIRST = f"{DOC}/action/3.1.1/clause/1/responsibility/1"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        (PG.agency, ["agency/210200/health"]),
        (PG.agencyName, ["市卫生健康委"]),
        (PG.role, ["role/lead"]),
        (PG.order, ["1"]),
        (PG.listOpen, ["true"]),
        (PG.quote, ["卫生健康委"]),
        (PG.start, ["3"]),
        (PG.end, ["9"]),
        (PG.factStatus, ["reviewed"]),
        (PG.confidence, ["0.9"]),
        (PG.rule, ["level:title-year"]),
        (PG.match, ["0.95"]),
        (PG.note, ["对照原文"]),
        (PG.inDocument, [DOC]),
    ],
)
def test_a_responsibility_is_a_node_with_evidence(term, found):
    assert values(CITY, FIRST, term) == found


def test_an_order_given_twice_keeps_both_bodies():
    assert values(CITY, f"{DOC}/action/3.1.1/clause/1/responsibility/2-2", PG.agencyName) == ["市教体局"]


def test_a_body_that_resolves_to_nothing_keeps_its_name_in_pinyin():
    node = f"{DOC}/action/3.1.1/clause/1/responsibility/3"
    assert values(CITY, node, PG.agency) == ["agency/210200/x-shi-gang-kou-ji-tuan"]


def test_a_clause_says_whether_it_was_parsed():
    assert values(CITY, f"{DOC}/action/3.1.2-2/clause/1", PG.parsed) == ["false"]


# ---------------------------------------------------------------- targets


def test_as_many_targets_as_rows():
    assert len(ask(CITY, p=RDF.type, o=PG.Target)) == len(sample.city.targets)
    assert len(ask(CITY, p=RDF.type, o=PG.TargetValue)) == 4


TARGET = f"{DOC}/target/3.1.1/health-literacy/2022"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        (PG.ofIndicator, ["indicator/health-literacy"]),
        (PG.year, ["2022"]),
        (PG.comparator, [">="]),
        (PG.value, ["27"]),
        (PG.unit, ["%"]),
        (PG.quote, ["达到78%"]),
        (PG.inSection, [f"{DOC}/section/3.1.1"]),
        (RDFS.label, ["居民健康素养水平"]),
    ],
)
def test_a_target_has_its_value_on_itself(term, found):
    assert values(CITY, TARGET, term) == found


def test_targets_that_clash_get_a_suffix():
    assert values(CITY, f"{TARGET}-2", PG.value) == ["25"]


def test_a_target_without_year_is_standing_and_keeps_a_value_that_is_no_number():
    (node, _, _) = ask(CITY, p=PG.printedValue, o=Literal("78-79"))[0]
    assert str(node).endswith("/standing") and "/indicator" not in node
    assert values(CITY, str(node).removeprefix(str(ID)), PG.factStatus) == ["unchecked"]


def test_an_overall_target_belongs_to_a_section_and_to_no_action():
    (node, _, _) = ask(CITY, p=PG.underHeading)[0]
    assert "/target/2/x-" in node and not ask(CITY, p=PG.hasTarget, o=node)


def test_a_document_without_headings_has_actions_by_their_type():
    found = {str(s).rpartition("/action/")[2] for s, _, _ in ask(NATION, p=RDF.type, o=PG.Action)}
    assert found == {"health-knowledge", "tobacco-control"}
    nation = f"document/{sample.NATION}"
    assert values(NATION, f"{nation}/action/health-knowledge", PG.hasTarget) == [
        f"{nation}/target/health-knowledge/health-literacy/2022",
        f"{nation}/target/health-knowledge/health-literacy/2030",
    ]
    assert values(NATION, f"{nation}/target/zong-ti-mu-biao/health-literacy/standing", PG.underHeading) == ["总体目标"]


# ---------------------------------------------------------------- citations, bodies, events


def test_a_citation_keeps_its_words_even_where_the_document_is_unknown():
    assert len(ask(CITY, p=RDF.type, o=PG.Citation)) == len(sample.city.citations)
    assert values(CITY, f"{DOC}/citation/mou-biao-zhun", PG.quote) == ["《某标准》"]


def test_a_coordinating_body_has_its_members_and_its_host():
    committee = "agency/210200/plan-committee"
    assert values(CITY, f"{DOC}/body/plan-committee/chair/1", PG.post) == ["市长"]
    assert values(CITY, committee, PG.hostedBy) == ["agency/210200/health"]
    assert values(CITY, "agency/210200/x-zhuan-jia-zi-xun-zu", PG.subordinateOf) == [committee]
    assert len(ask(CITY, p=RDF.type, o=PG.Membership)) == 1


def test_an_event_names_its_years_and_who_sees_to_it():
    event = f"{DOC}/event/annex-1.1.1/monitoring"
    assert values(CITY, event, PG.year) == ["2022", "2030"]
    assert values(CITY, event, PG.responsibleBody) == ["agency/210200/health"]
    assert values(CITY, event, PG.responsibleName) == ["专家", "市卫生健康委"]


# ---------------------------------------------------------------- what documents share


def test_a_body_is_named_with_its_place_and_the_names_documents_give_it_beside():
    for label in (RDFS.label, SKOS.prefLabel):
        assert values(SHARED, "agency/210200/health", label) == ["大连市卫生健康委员会"]
    assert values(SHARED, "agency/210200/health", SKOS.altLabel) == ["市卫生健康委", "市卫生健康委员会"]


def test_a_merged_bureau_has_several_functions():
    assert values(SHARED, "agency/210200/education-sport", PG.hasFunction) == ["function/education", "function/sport"]


def test_counterparts_lead_from_level_to_level_by_function():
    """No document names the body of the province: it is told by what it is for."""
    assert values(SHARED, "agency/210200/health", PG.counterpartOf) == ["agency/210000/health"]
    assert values(SHARED, "agency/210000/health", PG.counterpartOf) == ["agency/100000/health"]
    assert values(SHARED, "agency/210000/health", RDFS.label) == ["辽宁省卫生健康主管部门"]
    assert values(SHARED, "agency/210000/health", SKOS.altLabel) == []


COUNTERPARTS = [  # bodies that documents name -> of one of them, those above
    ({"210200/health", "210000/health"}, "210200/health", ("210000/health",)),
    ({"210200/education-sport", "100000/education-sport"}, "210200/education-sport", ("100000/education-sport",)),
    ({"210200/education-sport"}, "210200/education-sport", ()),  # the tables know no body for education alone
    ({"210200/health", "210000/plan-committee"}, "210200/health", ("210000/plan-committee",)),
    ({"210200/district-governments", "210000/district-governments"}, "210200/district-governments", ()),
    ({"210200/health--east", "210000/health"}, "210200/health--east", ()),
]


@pytest.mark.parametrize(("met", "body", "above"), COUNTERPARTS)
def test_counterparts_have_the_type_or_the_function(met, body, above):
    assert counterparts(met, sample.CONCEPTS).get(body, ()) == above


NAMES = [  # names in documents, region, type -> label
    (["市卫健委"], "210200", "health", "大连市卫生健康委员会"),
    (["市卫健局"], "210200", "health", "大连市卫健局"),
    (["大连海关"], "210200", "", "大连海关"),
    (["健康大连行动推进委员会"], "210200", "", "健康大连行动推进委员会"),
    (["市健康大连行动推进委员会"], "210200", "", "大连市健康大连行动推进委员会"),
    (["市委宣传部", "市宣传部"], "210200", "propaganda", "大连市委宣传部"),
    (["市委网信办"], "210200", "cyberspace", "大连市委网络安全和信息化委员会办公室"),
    (["团市委"], "210200", "youth-league", "团大连市委"),
    (["市场监管局"], "210200", "market-regulation", "大连市市场监督管理局"),
    (["自治区卫生健康委"], "150000", "health", "内蒙古自治区卫生健康委员会"),
    (["各区人民政府"], "210200", "district-governments", "大连市各区人民政府"),
    (["国家卫生健康委"], "100000", "health", "国家卫生健康委"),
    ([], "210000", "education", "辽宁省教育主管部门"),
]


@pytest.mark.parametrize(("names", "region", "kind", "label"), NAMES)
def test_a_label_is_the_full_name_with_the_place(names, region, kind, label):
    known = bundled()
    assert placed(names, known.regions[region], known.agencies.get(kind), known) == label


def test_a_reform_links_bodies_and_their_types():
    assert values(SHARED, "agency/210200/health", PG.succeeds) == ["agency/210200/family-planning"]
    assert values(SHARED, "agency-type/health", PG.succeeds) == ["agency-type/family-planning"]


def test_a_reform_says_at_which_levels_a_body_ended_and_when():
    reform = "reform/health/family-planning"
    assert values(SHARED, reform, PG.reformDone) == ["2019-03"]
    assert values(SHARED, reform, PG.heldAtLevel) == ["level/prefecture", "level/province"]
    assert values(SHARED, reform, PG.endedAtLevel) == ["level/province"]


def test_what_only_lost_duties_has_no_successor():
    assert values(SHARED, "reform/family-planning/health", PG.reformBefore) == ["agency-type/health"]
    assert values(SHARED, "agency-type/family-planning", PG.succeeds) == []


def test_a_region_that_ended_leads_to_what_took_its_place():
    written = Writer(BASE)
    regions(written, ["451023"], bundled())
    quads = written.quads()
    assert values(quads, "region/451082", PG.succeeds) == ["region/451023"]
    assert values(quads, "region/451082", RDFS.label) == ["平果市"]


def test_only_regions_that_are_needed_with_those_above():
    found = {str(s).rpartition("/")[2] for s, _, _ in ask(SHARED, p=RDF.type, o=PG.Region)}
    assert found == {"210200", "210000", "100000", "210100"}  # the last is named in running text


def test_a_cited_document_that_is_not_held_has_label_and_number():
    liaoning = "document/liaozhengfa-2019-22"
    assert values(SHARED, liaoning, RDFS.label) == ["健康辽宁行动实施方案"]
    assert values(SHARED, liaoning, PG.documentNumber) == ["辽政发〔2019〕22号"]
    assert not ask(SHARED, f"document/{sample.NATION}", RDFS.label)  # held: its own graph has it


def test_an_indicator_in_no_table_has_a_label():
    labels = {str(o) for _, p, o, _ in SHARED if p == RDFS.label}
    assert {"成人吸烟率", "居民健康素养水平", "人均寿命"} <= labels


# ---------------------------------------------------------------- cascade and provenance


def test_an_alignment_is_linked_to_the_targets_it_compares():
    node = f"{DOC}/alignment/health-literacy/2022/{sample.NATION}"
    nation = f"document/{sample.NATION}"
    assert values(CASCADE, node, PG.verdict) == ["tighter"]
    assert values(CASCADE, node, PG.step) == ["5"]
    assert values(CASCADE, node, PG.alignedTarget) == [TARGET]
    assert values(CASCADE, node, PG.ancestorTarget) == [f"{nation}/target/health-knowledge/health-literacy/2022"]
    assert values(CASCADE, node, PG.reason) == ["higher", "更高"]


def test_a_later_target_is_linked_to_the_year_that_meets_it():
    node = f"{DOC}/alignment/health-literacy/2025/{sample.NATION}"
    assert values(CASCADE, node, PG.alignedTarget) == [f"{DOC}/target/3.1.1/health-literacy/2030"]


def test_an_alignment_tells_how_far_a_figure_can_be_trusted_that_it_is_not_linked_to():
    node = f"{DOC}/alignment/health-literacy/2022/{sample.NATION}"
    assert not values(CASCADE, node, PG.ancestorStatus)  # the target above says it
    assert values(alignment_graph(sample.COMPARED.targets), node, PG.ancestorStatus) == ["unchecked"]


def test_the_same_comparison_with_parent_and_nation_stands_once():
    parent, *_ = [each for each in sample.ALIGNMENTS if each.ancestor and each.scope == "parent"]
    both = alignment_graph([parent, replace(parent, scope=Scope.NATIONAL)])
    (node,) = {quad[0] for quad in both}
    assert sorted(str(o) for _, p, o, _ in both if p == PG.scope) == ["national", "parent"]
    other = alignment_graph([parent, replace(parent, scope=Scope.NATIONAL, verdict=Verdict.LOOSER)])
    assert {str(quad[0]) for quad in other} == {str(node), f"{node}-2"}


def test_leads_that_are_the_same_are_not_written():
    (lead,) = sample.COMPARED.leads
    same = Cascade((), (), (replace(lead, verdict=LeadVerdict.SAME),))
    assert cascade_graph(same, sample.DOCUMENTS, sample.CONCEPTS) == ()


def test_an_action_alignment_is_linked_to_the_actions_it_compares():
    node = f"{DOC}/action-alignment/health-knowledge/{sample.NATION}"
    assert values(CASCADE, node, PG.verdict) == ["merged"]
    assert values(CASCADE, node, PG.alignedAction) == [f"{DOC}/action/3.1.1"]
    assert values(CASCADE, node, PG.ancestorAction) == [f"document/{sample.NATION}/action/health-knowledge"]
    assert values(CASCADE, node, PG.mergedWith) == ["action-type/tobacco-control"]
    assert values(CASCADE, node, PG.reason) == ["merged", "合并"]
    missing = f"{DOC}/action-alignment/tobacco-control/{sample.NATION}"
    assert values(CASCADE, missing, PG.alignedAction) == []
    assert values(CASCADE, missing, PG.comparedWith) == [f"document/{sample.NATION}"]


def test_a_lead_alignment_names_the_functions_of_both_sides():
    node = f"{DOC}/lead-alignment/health-knowledge/peers"
    assert values(CASCADE, node, PG.leadFunction) == ["function/health", "function/sport"]
    assert values(CASCADE, node, PG.ancestorLeadFunction) == ["function/health"]
    assert values(CASCADE, node, PG.comparedWith) == []


def test_indicators_and_kinds_of_action_have_their_definitions():
    assert values(SHARED, "indicator/health-literacy", SKOS.definition) == ["具备素养者占比"]
    (definition,) = [quad[2] for quad in SHARED if quad[:2] == (ID["action-type/health-knowledge"], SKOS.definition)]
    assert definition.language == "en"


def test_without_an_index_the_verdicts_stand_alone():
    assert not ask(alignment_graph(sample.ALIGNMENTS), p=PG.alignedTarget)
    assert len(ask(CASCADE, p=RDF.type, o=PG.TargetAlignment)) == len(sample.ALIGNMENTS)


def test_the_dataset_counts_triples_and_names_sources():
    counts = {str(s): int(o) for s, p, o, _ in DATASET if p == VOID.triples}
    assert counts[str(vocab.document_graph(sample.SLUG))] == len(CITY)
    assert counts[str(ID["dataset/policygraph"])] == len(CONTENT)
    assert values(DATASET, f"source/{'ab' * 32}", PG.sha256) == ["ab" * 32]
    assert ask(DATASET, p=PROV.wasDerivedFrom, o=f"source/{'ab' * 32}")


# ---------------------------------------------------------------- literals

DECIMALS = [("78.0", "78"), ("0.50", "0.5"), ("-0.0", "0"), ("100", "100"), ("1E+2", "100"), (".5", "0.5"), ("+3", "3")]


@pytest.mark.parametrize(("written", "canonical"), DECIMALS)
def test_decimals_are_canonical(written, canonical):
    assert str(vocab.decimal(written)) == canonical


@pytest.mark.parametrize("written", ["", "七成", "78-79", "NaN", "Infinity"])
def test_what_is_no_number_is_no_decimal(written):
    assert vocab.decimal(written) is None


@given(st.text(), st.sampled_from([None, "zh", "en"]))
def test_any_text_survives_the_writing(value, language):
    if any("\ud800" <= char <= "\udfff" for char in value):
        return
    quad = (PG.a, PG.b, Literal(value, lang=language), PG.g)
    (found,) = pyoxigraph.parse(quads.nquads([quad]).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert (found.object.value, found.object.language) == (value, language)


# ---------------------------------------------------------------- the bundled plans


def plans():
    try:
        return assets.bundled_plans()
    except Exception:
        return ()


@pytest.mark.parametrize("folder", plans(), ids=lambda folder: folder.name)
def test_a_bundled_plan_becomes_a_graph_of_as_many_nodes_as_rows(folder):
    found = facts.load(folder)
    result = graph(found, bundled())
    roles = Counter(row.role for row in found.responsibilities)
    assert len(ask(result, p=RDF.type, o=PG.LeadResponsibility)) == roles["lead"]
    assert len(ask(result, p=RDF.type, o=PG.Responsibility)) == len(found.responsibilities)
    assert len(ask(result, p=RDF.type, o=PG.Target)) == len(found.targets)
    assert len(ask(result, p=RDF.type, o=PG.Citation)) == len(found.citations)
    assert len(ask(result, p=RDF.type, o=PG.BodyStatement)) == len(found.bodies)
    assert not [quad for quad in result if any(isinstance(term, BNode) or not str(term).strip() for term in quad)]
    assert quads.nquads(result) == quads.nquads(graph(replace(found), bundled()))


def test_no_link_dangles_in_the_bundled_plans():
    documents = [facts.load(folder) for folder in plans()]
    if not documents:
        pytest.skip("no bundled plans yet")
    content = [quad for found in documents for quad in graph(found, bundled())] + list(
        concept_graph(bundled(), documents)
    )
    assert dangling(content) == []


MINTING = re.compile(r"\b(?:ID|GRAPH|SHAPE)\[|\bBASE\b *\+|\{(?:vocab\.)?BASE\}|w3id\.org/policygraph|/id/|@prefix \w")


def test_names_are_minted_in_two_modules_and_nowhere_else():
    src = Path(__file__).parent.parent / "src" / "policygraph"
    found = {path.relative_to(src).as_posix() for path in src.rglob("*.py") if MINTING.search(path.read_text("utf-8"))}
    answering = {"desk/pages/document.py", "desk/pages/things.py"}  # pages at those addresses; they mint none
    assert found - answering == {"vocab.py", "graph/iris.py"}


def test_what_a_document_states_and_what_is_said_about_it_are_told_apart():
    facts_ = {s for s, p, *_ in CONTENT if p == PG.inDocument}
    compared = {s for s, p, *_ in CONTENT if p == PG.ofDocument}
    assert len(compared) >= len(sample.ALIGNMENTS) and not facts_ & compared
    targets = {s for s, p, o, _ in CONTENT if p == RDF.type and o == PG.Target}
    assert {s for s, p, *_ in CONTENT if p == PG.ofIndicator} == targets

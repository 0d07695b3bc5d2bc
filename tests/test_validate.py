"""What the shapes find: each has data that must pass and data that must fail, and says how much it looked at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from bundled import plan, plans
from pyshacl import validate as shacl
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from policygraph import assets, concepts, lexicon, pipeline
from policygraph.cascade import compare_documents
from policygraph.errors import DataError, UsageError
from policygraph.graph import cascade_graph, concept_graph, graph
from policygraph.model import Facts
from policygraph.quads import nquads, read
from policygraph.terms import Outcome, Stage
from policygraph.validate import ENGINES, Report, Terms, load_shapes, render, report_quads, validate
from policygraph.validate.prepared import Prepared
from policygraph.validate.shapes import named_shapes, path_of, theme_of, themes
from policygraph.validate.slices import world
from policygraph.vocab import BASE, CASCADE_GRAPH, CONCEPTS_GRAPH, GRAPH, ID, PG, SHAPE, Quad

DATA = Path(__file__).parent / "shapes"
SHAPES = load_shapes()
ONTOLOGY = Graph().parse(assets.path("ontology", "policygraph.ttl"))
NAMES = [str(shape).removeprefix(SHAPE) for shape in named_shapes(SHAPES)]
PASS, FAIL = (sorted(DATA.glob(f"*/{kind}*.ttl")) for kind in ("pass", "fail"))


def quads(path: Path, slug: str = "test") -> list[Quad]:
    return [(s, p, o, GRAPH[f"document/{slug}"]) for s, p, o in Graph().parse(path)]


def check(path: Path) -> Report:
    return validate(quads(path), SHAPES, ONTOLOGY)


def shapes_of(report: Report) -> set[str]:
    return {result.shape for result in report.results}


# ---------------------------------------------------------------- every shape


def test_every_shape_has_its_data() -> None:
    assert len(NAMES) >= 40
    assert sorted(folder.name for folder in DATA.iterdir()) == NAMES
    files = {"document", "citation", "action", "clause", "target", "agency", "cascade", "quality", "themes"}
    assert {file.stem for file in assets.path("shapes").glob("*.ttl")} == files


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_every_shape_has_data_of_both_kinds() -> None:
    assert {path.parent.name for path in PASS} == {path.parent.name for path in FAIL} == set(NAMES)
    assert len(PASS) + len(FAIL) == len(list(DATA.rglob("*.*")))


@pytest.mark.parametrize("path", PASS, ids=shown)
def test_what_must_pass_passes(path: Path) -> None:
    report = check(path)
    assert shapes_of(report) == set()
    assert report.looked_at[path.parent.name] > 0


@pytest.mark.parametrize("path", FAIL, ids=shown)
def test_what_must_fail_fails_with_this_shape_only(path: Path) -> None:
    report = check(path)
    assert shapes_of(report) == {path.parent.name}
    assert report.looked_at[path.parent.name] > 0


def test_a_coordinating_body_of_another_place_is_named() -> None:
    (result,) = check(DATA / "agency-of-other-place" / "fail-coordinating.ttl").results
    assert result.found.zh == "健康西岭行动推进委员会办公室"


def test_a_place_of_elsewhere_is_named_with_the_clause_that_names_it() -> None:
    (result,) = check(DATA / "region-of-elsewhere" / "fail.ttl").results
    assert (result.found.zh, result.quote, result.section) == ("西岭市", "在西岭市各县区推开筛查", "一")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("term", [SH.message, SH.description, RDFS.comment], ids=["message", "expected", "fix"])
def test_a_shape_speaks_both_languages(name: str, term: URIRef) -> None:
    said = {value.language for value in SHAPES.objects(SHAPE[name], term) if isinstance(value, Literal)}
    assert said == {"zh", "en"}


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_uses_terms_of_the_ontology(name: str) -> None:
    declared = set(ONTOLOGY.subjects(RDF.type))
    used = {term for triple in SHAPES.cbd(SHAPE[name]) for term in triple if str(term).startswith(str(PG))}
    assert used - declared == set()


def test_shapes_need_nothing_that_other_engines_lack() -> None:
    patterns = [str(value) for value in SHAPES.objects(None, SH.pattern)]
    assert patterns
    assert [pattern for pattern in patterns if "(?" in pattern or "\\p" in pattern] == []


def test_the_shapes_are_shacl() -> None:
    conforms, _, text = shacl(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_belongs_to_a_theme(name: str) -> None:
    assert theme_of(SHAPE[name], SHAPES) in themes(SHAPES)


def test_the_themes_have_names_and_an_order() -> None:
    assert list(themes(SHAPES)) == ["structure", "responsibility", "names", "cascade", "quality"]
    assert themes(SHAPES)["cascade"] == ("逐级衔接", "cascade")


# ---------------------------------------------------------------- every engine, every document


def test_engines_agree_on_every_result_of_the_bundled_plans(bundled_report: Report) -> None:
    pytest.importorskip("shifty", reason="pyshifty (policygraph[fast]) is not installed")
    assert len(bundled_report.results) > 100
    assert pipeline.check_many(plans(), (), pipeline.Checks(shapes=SHAPES, engine="pyshacl")) == bundled_report


def test_every_shape_looked_at_something_in_the_bundled_plans(bundled_report: Report) -> None:
    """Slips are what a proof reader marks in a draft; the bundled tables state none."""
    slips = set(SHAPES.subjects(SH.targetClass, PG.TextSlip))
    assert set(bundled_report.idle) == {str(each).removeprefix(SHAPE) for each in slips}


def draft() -> Facts:
    """Return the example with a fault of nearly every kind."""
    return pipeline.extract_document(assets.path("data", "examples", "faulty-draft.txt"))


def test_engines_agree_on_the_draft_with_most_faults() -> None:
    pytest.importorskip("shifty", reason="pyshifty (policygraph[fast]) is not installed")
    found = [pipeline.check(draft(), plans(), pipeline.Checks("国发〔2019〕13号", engine=engine)) for engine in ENGINES]
    assert len(shapes_of(found[0])) > 20
    assert found[0] == found[1]


@pytest.mark.parametrize("path", [*PASS, *FAIL], ids=shown)
def test_engines_agree_on_the_data_of_every_shape(path: Path) -> None:
    pytest.importorskip("shifty", reason="pyshifty (policygraph[fast]) is not installed")
    found = [validate(quads(path), SHAPES, ONTOLOGY, engine) for engine in ENGINES]
    assert found[0] == found[1]


# ---------------------------------------------------------------- shapes of one's own


LED = """@prefix : <http://example.org/> . @prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:led sh:targetClass pg:Action ; sh:property [ sh:path pg:ledBy ; sh:minCount 1 ] .
:named a sh:PropertyShape ; sh:targetClass pg:Action ; sh:path pg:involves ; sh:minCount 1 .
:supported a sh:PropertyShape ; sh:targetClass pg:Action ; sh:path pg:supportedBy ; sh:minCount 1 .
:below a sh:PropertyShape ; sh:targetClass pg:Plan ; sh:path pg:derivesFrom ; sh:minCount 2 .
:inside a sh:PropertyShape ; sh:targetClass pg:Plan ; sh:path ( pg:inRegion pg:within ) ; sh:minCount 2 .
:stated a sh:PropertyShape ; sh:targetClass pg:Fact ; sh:path pg:inDocument ; sh:minCount 1 .
:leads a sh:PropertyShape ; sh:targetClass pg:Agency ; sh:path pg:leads ; sh:maxCount 0 ; sh:severity sh:Info .
"""


def test_shapes_of_ones_own_see_what_is_inferred(tmp_path: Path) -> None:
    """A plan in which every action has a lead and a supporter keeps the shapes that ask for them."""
    (tmp_path / "own.ttl").write_text(LED, encoding="utf-8")
    shapes = load_shapes(more=[tmp_path / "own.ttl"])
    whole = plan("wuhai-2021")
    report = pipeline.check(whole, plans(), pipeline.Checks(shapes=shapes))
    own = {name.rpartition("/")[2]: count for name, count in report.looked_at.items() if "example.org" in name}
    assert own["led"] == own["supported"] >= 16 and own["stated"] > 100 and own["below"] == 1
    found = [result for result in report.results if "example.org" in result.shape]
    leads = {row.agency_id for row in whole.responsibilities if row.role == "lead"}
    assert {result.focus.rpartition("agency/")[2] for result in found if result.shape.endswith("leads")} == leads
    without = {result.focus for result in found if not result.shape.endswith("leads")}
    lacking = {row.section for row in whole.clauses} - {r.section for r in whole.responsibilities if r.role == "lead"}
    assert len(without) <= len(lacking)
    rest = [result for result in report.results if "example.org" not in result.shape]
    assert tuple(rest) == pipeline.check(whole, plans()).results


# ---------------------------------------------------------------- queries that are parsed once


def found(graph: Graph) -> set[tuple[str, ...]]:
    """Return what pyshacl finds, without the names of blank nodes."""
    _, report, _ = shacl(graph, shacl_graph=SHAPES, inference="none")
    assert isinstance(report, Graph)
    terms = (SH.sourceShape, SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent)
    return {
        tuple(str(report.value(node, term)) for term in terms)
        for node in report.subjects(RDF.type, SH.ValidationResult)
    }


def test_a_slice_gives_what_pyshacl_finds_in_a_plain_graph() -> None:
    chain, known = [draft(), plan("guofa-2019-13")], concepts.bundled()
    stated = [*(quad for each in chain for quad in graph(each, known)), *concept_graph(known, chain)]
    compared = compare_documents(chain, known, lexicon.bundled())
    stated += cascade_graph(compared, chain, known)
    prepared, plain = Prepared(), Graph()
    for triple in world(stated, ONTOLOGY).slice(chain[0].value("document_id")):
        for graph_ in (prepared, plain):
            graph_.add(tuple(map(read, triple)))
    once, again = found(prepared), found(prepared)
    assert once == again == found(plain)
    assert len({shape for shape, *_ in once}) > 10


QUERIES = {
    "text with its own prefixes": ("PREFIX a: <http://a/> SELECT ?o { a:s a:p ?o }", {}),
    "a prefix from outside": ("SELECT ?o { b:s b:p ?o }", {"initNs": {"b": "http://a/"}}),
    "a variable bound from outside": (
        "SELECT ?o { ?s <http://a/p> ?o }",
        {"initBindings": {"s": URIRef("http://a/s")}},
    ),
    "a base": ("SELECT ?o { <s> <p> ?o }", {"base": "http://a/"}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_prepared_graph_answers_as_a_plain_one_however_often(name: str) -> None:
    text, more = QUERIES[name]
    graphs = [graph.parse(data="<http://a/s> <http://a/p> 1, 2 .", format="turtle") for graph in (Graph(), Prepared())]
    answers = [sorted(graph.query(text, **more)) for graph in (*graphs, graphs[1])]
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) == 2


def test_an_engine_that_is_none_is_an_error() -> None:
    with pytest.raises(UsageError, match="choose one of pyshacl, pyshifty"):
        validate(quads(DATA / "target-unit" / "pass.ttl"), SHAPES, ONTOLOGY, "none")


@pytest.mark.parametrize(
    ("verdict", "shapes"),
    [
        ("not-compared", []),  # a total of a larger place is no target for a smaller one: the cascade says so
        ("merged", ["target-dropped"]),
        ("no-data", []),
    ],
)
def test_a_shape_reads_the_verdict_and_judges_nothing_itself(verdict: str, shapes: list[str]) -> None:
    dropped = quads(DATA / "target-dropped" / "fail.ttl")
    judged = [(s, p, Literal(verdict) if p == PG.verdict else o, g) for s, p, o, g in dropped]
    assert [result.shape for result in validate(judged, SHAPES, ONTOLOGY).results] == shapes


COMPILED = ["document-number", "document-date", "document-basis", "action-clause", "target-unowned", "target-year"]


@pytest.mark.parametrize("name", COMPILED)
def test_what_a_document_compiled_without_its_text_lacks_is_not_known_to_be_missing(name: str) -> None:
    compiled = (ID["document/test"], PG.reviewStatus, Literal("unchecked"), GRAPH["document/test"])
    assert validate([*quads(DATA / name / "fail.ttl"), compiled], SHAPES, ONTOLOGY).results == ()


# ---------------------------------------------------------------- text against annex

ANNEXED = """<html><body><p>沐泽市人民政府关于推进健康沐泽行动的实施方案</p><p>沐泽政发〔2021〕3号</p>
<p>根据《国务院关于实施健康中国行动的意见》（国发〔2019〕13号），制定本方案。</p><p>一、任务</p>
<p>（一）妇幼健康促进行动。到2022年和2030年，孕产妇死亡率分别下降到16/10万以下和9.5/10万以下，婴儿死亡率分别控制在6‰和4.5‰以下。（市卫生健康委牵头）</p>
<p>沐泽市人民政府</p><p>2021年3月5日</p><p>附件</p><p>健康沐泽行动主要指标</p>
<table><tr><th>指标</th><th>2022年目标值</th><th>2030年目标值</th></tr>
<tr><td>孕产妇死亡率（{unit}）</td><td>≤16</td><td>≤{value}</td></tr>
<tr><td>婴儿死亡率（‰）</td><td>≤6</td><td>≤4.5</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("unit", "value", "found"),
    [("1/10万", "9.5", []), ("1/10万", "11", ["11/10万"]), ("/10万", "11", ["11/10万"]), ("/10万", "9.5", [])],
)
def test_a_table_behind_the_text_is_held_against_it_however_its_unit_is_spelt(
    tmp_path: Path, unit: str, value: str, found: list[str]
) -> None:
    (tmp_path / "plan.html").write_text(ANNEXED.format(unit=unit, value=value), encoding="utf-8")
    results = pipeline.check(pipeline.extract_document(tmp_path / "plan.html"), plans()).results
    told = [result for result in results if result.shape == "values-disagree"]
    assert [(result.section, result.found.zh) for result in told] == [
        ("附件", f"孕产妇死亡率：2030年不高于{each}") for each in found
    ]


# ---------------------------------------------------------------- results


def test_a_result_says_what_was_expected_and_found() -> None:
    (result,) = check(DATA / "target-unit" / "fail.ttl").results
    assert (result.severity, result.document, result.path) == ("violation", "test", "pg:unit")
    assert result.message == ("目标没有单位", "the target has no unit")
    assert result.expected[1] == "a unit such as %, ‰ or /10万"
    assert result.found == ("t1：2022年不低于22", "t1: at least 22 in 2022")
    assert result.fix == ("补写单位", "add the unit")
    assert result.focus == f"{ID}document/test/target/t1"


def test_a_cascade_result_shows_both_targets_in_the_language_asked_for() -> None:
    (result,) = check(DATA / "target-looser" / "fail.ttl").results
    assert result.found == (
        "health-literacy: 本文件 >= 20% (2022);上级 >= 22% (2022)",
        "health-literacy: this document >= 20% (2022); ancestor >= 22% (2022)",
    )


SLIPS = {
    "share-impossible/fail-years": "2022：2022年不低于190%、2030年不低于190%",
    "values-without-year/fail": "t1：2022年不低于22%、2025年不低于30%",
}


@pytest.mark.parametrize("data", SLIPS)
def test_a_slip_that_all_years_of_a_sentence_share_is_told_once_with_all_of_them(data: str) -> None:
    (result,) = check(DATA / f"{data}.ttl").results
    assert result.found.zh == SLIPS[data]


@pytest.mark.parametrize("data", ["target-slip/fail-years", "target-looser/fail-words"])
def test_what_is_compared_in_two_years_and_is_one_slip_is_told_once(data: str) -> None:
    assert len(check(DATA / f"{data}.ttl").results) == 1


def test_a_unit_that_is_wrong_in_two_years_is_told_once_with_what_is_asked_in_both(tmp_path: Path) -> None:
    text = assets.path("data", "examples", "sample-plan.txt").read_text(encoding="utf-8")
    right = "婴儿死亡率分别控制在6‰及以下和4.5‰及以下"
    assert right in text
    (tmp_path / "plan.txt").write_text(text.replace(right, right.replace("‰", "%")), encoding="utf-8")
    report = pipeline.check(
        pipeline.extract_document(tmp_path / "plan.txt"), plans(), pipeline.Checks("国发〔2019〕13号")
    )
    (result,) = report.results
    assert (result.shape, result.found.zh) == ("target-slip", "婴儿死亡率：2022年不高于6%、2030年不高于4.5%")
    assert "2022年不高于7.5‰" in result.expected.zh and "2030年不高于5‰" in result.expected.zh


FACTS = """
@base <https://w3id.org/policygraph/id/document/> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<test/section/2.1> a pg:Section ; pg:inDocument <test> ; pg:sectionNumber "二(一)" ; pg:order 4 .
<test/action/2.1> a pg:Action ; rdfs:label "控烟行动"@zh ; pg:inDocument <test> ; pg:inSection <test/section/2.1> ;
    pg:actionType <../action-type/tobacco-control> ; pg:hasClause <test/action/2.1/clause/1> .
<test/action/2.1/clause/1> a pg:Clause ; pg:inDocument <test> ; pg:inSection <test/section/2.1> ; pg:parsed true ;
    pg:quote "（市卫生健康委牵头，市卫生健康委配合）"@zh ;
    pg:hasResponsibility <test/r1>, <test/r2> ; pg:hasLeadResponsibility <test/r1> ;
    pg:hasSupportingResponsibility <test/r2> .
<test/r1> a pg:Responsibility, pg:LeadResponsibility ; pg:inDocument <test> ; pg:order 1 ; pg:role <../role/lead> ;
    pg:agency <../agency/1/health> ; pg:agencyName "市卫生健康委" .
<test/r2> a pg:Responsibility, pg:SupportingResponsibility ; pg:inDocument <test> ; pg:order 2 ;
    pg:role <../role/support> ; pg:agency <../agency/1/health> ; pg:agencyName "市卫生健康委" .
"""
CONCEPTS = """
@base <https://w3id.org/policygraph/id/> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<agency/1/health> a pg:Agency ; rdfs:label "市卫生健康委"@zh ; pg:agencyType <agency-type/health> ;
    pg:hasFunction <function/health> ; pg:inRegion <region/1> ; pg:counterpartOf <agency/0/health> .
<agency/0/health> a pg:Agency ; rdfs:label "别处的机构"@zh .
<indicator/smoking-rate> rdfs:label "吸烟率"@zh ; pg:indicatorOf <action-type/tobacco-control> .
"""
CASCADE = """
@base <https://w3id.org/policygraph/id/document/> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
<test/alignment/a> a pg:TargetAlignment ; pg:ofDocument <test> ; pg:verdict "dropped" ; pg:scope "parent" ;
    pg:ancestorTarget <far/target/1> ; pg:comparedWith <far> ;
    pg:alignedIndicator <../indicator/smoking-rate> ; pg:reason "上级 = 20% (2030)"@zh, "ancestor = 20% (2030)"@en .
<test/alignment/b> a pg:TargetAlignment ; pg:ofDocument <test> ; pg:verdict "dropped" ; pg:scope "national" ;
    pg:ancestorTarget <far/target/1> ; pg:comparedWith <far> ;
    pg:alignedIndicator <../indicator/smoking-rate> ; pg:reason "上级 = 20% (2030)"@zh, "ancestor = 20% (2030)"@en .
<other/alignment/a> a pg:TargetAlignment ; pg:ofDocument <other> ; pg:verdict "looser" .
"""


def story() -> list[Quad]:
    parts = ((FACTS, GRAPH["document/test"]), (CONCEPTS, CONCEPTS_GRAPH), (CASCADE, CASCADE_GRAPH))
    return [(s, p, o, graph) for text, graph in parts for s, p, o in Graph().parse(data=text, format="turtle")]


def test_a_result_says_where_it_stands_and_who_answers_for_it() -> None:
    both = next(
        result for result in validate(story(), SHAPES, ONTOLOGY).results if result.shape == "lead-also-supports"
    )
    assert (both.section, both.action, both.bodies) == ("二(一)", "控烟行动", ("市卫生健康委",))
    assert both.quote == "（市卫生健康委牵头，市卫生健康委配合）"
    assert both.found == ("市卫生健康委", "市卫生健康委")
    others = "(pg:hasSupportingResponsibility|pg:hasImplementResponsibility)"
    assert both.path == f"^pg:hasLeadResponsibility/{others}/pg:agency"


def test_what_two_scopes_found_alike_is_told_once_at_the_action_it_belongs_to() -> None:
    dropped = [result for result in validate(story(), SHAPES, ONTOLOGY).results if result.shape == "target-dropped"]
    assert [(result.section, result.found[1]) for result in dropped] == [("二(一)", "吸烟率: ancestor = 20% (2030)")]


def test_a_document_is_seen_with_the_concepts_it_names_and_no_others() -> None:
    report = validate(story(), SHAPES, ONTOLOGY)
    assert report.documents == ("test",)
    assert report.looked_at["agency-known"] == 1, "its counterpart in another region is not its affair"
    assert report.looked_at["target-looser"] == 2, "the alignments of other documents are not its affair"


def test_a_document_at_a_time_gives_what_all_at_once_gives() -> None:
    paths = {slug: DATA / slug / "fail.ttl" for slug in ("target-unit", "target-looser", "document-date")}
    together = validate([quad for slug, path in paths.items() for quad in quads(path, slug)], SHAPES, ONTOLOGY)
    apart = [validate(quads(path, slug), SHAPES, ONTOLOGY) for slug, path in sorted(paths.items())]
    assert together.results == tuple(result for report in apart for result in report.results)
    assert together.documents == tuple(sorted(paths))


def test_results_are_grouped_by_action_and_by_body() -> None:
    report = validate(story(), SHAPES, ONTOLOGY)
    clause = ("test", "二(一)", "控烟行动", "（市卫生健康委牵头，市卫生健康委配合）")
    assert list(report.by_clause()) == [("test", "二(一)", "控烟行动", ""), clause], "errors first"
    assert list(report.by_body()) == ["市卫生健康委"]


# ---------------------------------------------------------------- the report


def test_only_violations_keep_a_document_from_conforming() -> None:
    assert check(DATA / "target-unit" / "fail.ttl").outcome is Outcome.FAILS
    assert check(DATA / "values-disagree" / "fail.ttl").outcome is Outcome.CONFORMS
    assert check(DATA / "figure-unchecked" / "fail.ttl").counts() == {"violation": 0, "warning": 0, "info": 1}


def test_a_shape_that_looked_at_nothing_is_listed() -> None:
    report = check(DATA / "target-unit" / "pass.ttl")
    assert "document-date" in report.idle
    assert "target-unit" not in report.idle
    assert set(report.looked_at) == set(NAMES)


def test_where_there_is_nothing_to_check_nothing_conforms() -> None:
    report = validate([], SHAPES, ONTOLOGY)
    assert (report.documents, report.results, report.outcome) == ((), (), Outcome.UNCHECKED)
    assert set(report.idle) == set(NAMES)


NOTHING_RECOGNISED = """
@prefix pg: <https://w3id.org/policygraph/ontology#> .
<https://w3id.org/policygraph/id/document/test> a pg:PolicyDocument ; pg:documentNumber "沐泽政发〔2021〕1号" .
"""


def test_a_document_in_which_nothing_was_recognised_was_not_checked() -> None:
    stated = Graph().parse(data=NOTHING_RECOGNISED, format="turtle")
    report = validate([(s, p, o, GRAPH["document/test"]) for s, p, o in stated], SHAPES, ONTOLOGY)
    assert (report.outcome, report.conforms) == (Outcome.UNCHECKED, False)
    assert "无法检验" in render(report)
    assert "nothing is known to be right" in render(report, "en")
    found = {(str(p), str(o)) for _, p, o, _ in report_quads(report, SHAPES)}
    assert (str(PG.outcome), "unchecked") in found
    assert (str(SH.conforms), "true") in found, "SHACL 3.6.1: there is no result"


def test_where_no_shape_looked_at_anything_nothing_was_checked() -> None:
    elsewhere = OWN.replace("pg:Fact", "pg:CoordinatingBody")
    report = validate(
        quads(DATA / "target-unit" / "pass.ttl"), Graph().parse(data=elsewhere, format="turtle"), ONTOLOGY
    )
    assert report.outcome is Outcome.UNCHECKED


# ---------------------------------------------------------------- stages

STAGES = [  # what the text states, the stage asked for, and the stage it is checked at
    ((), None, "draft"),
    (("pg:documentNumber",), None, "issued"),
    (("pg:dateIssued",), None, "issued"),
    ((), Stage.ISSUED, "issued"),
    (("pg:documentNumber", "pg:dateIssued"), Stage.DRAFT, "draft"),
]
BARE = """
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@base <https://w3id.org/policygraph/id/document/> .
<test> a pg:Plan . <test/action/1> a pg:Action ; pg:inDocument <test> .
"""


@pytest.mark.parametrize(("stated", "asked", "stage"), STAGES)
def test_a_draft_need_have_neither_number_nor_date_nor_issuer(
    stated: tuple[str, ...], asked: Stage | None, stage: str
) -> None:
    text = BARE + "".join(f'<test> {term} "2021" .\n' for term in stated)
    triples = Graph().parse(data=text, format="turtle")
    report = validate(
        [(s, p, o, GRAPH["document/test"]) for s, p, o in triples], SHAPES, ONTOLOGY, on=Terms(stage=asked)
    )
    assert [each.stage for each in report.about] == [stage]
    lacking = {
        "pg:documentNumber": "document-number",
        "pg:dateIssued": "document-date",
        "pg:issuerName": "document-issuer",
    }
    wanted = {shape for term, shape in lacking.items() if term not in stated} if stage == "issued" else set()
    assert shapes_of(report) & set(lacking.values()) == wanted


def graphs(found: Iterable[Quad]) -> set[str]:
    return {str(quad[3]).removeprefix(BASE) for quad in found}


def test_a_report_is_written_as_quads_without_blank_nodes() -> None:
    found = report_quads(validate(story(), SHAPES, ONTOLOGY), SHAPES)
    assert graphs(found) == {"graph/report/test"}
    assert all(isinstance(term, URIRef | Literal) for quad in found for term in quad)
    assert found == report_quads(validate(reversed(story()), SHAPES, ONTOLOGY), SHAPES)
    assert nquads(found).count("ValidationResult>") == 2
    graph = Graph()
    for s, p, o, _ in found:
        graph.add((s, p, o))
    assert graph.value(GRAPH["report/test"], SH.conforms) == Literal(False)
    for result in graph.objects(None, SH.result):
        assert {message.language for message in graph.objects(result, SH.resultMessage)} == {"zh", "en"}


def test_a_document_without_faults_has_a_report_too() -> None:
    found = report_quads(check(DATA / "target-unit" / "pass.ttl"), SHAPES)
    assert (GRAPH["report/test"], SH.conforms, Literal(True)) in {quad[:3] for quad in found}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh",
            [
                "二(一) 控烟行动",
                "  原文: （市卫生健康委牵头，市卫生健康委配合）",
                "  [警告] 同一单位既牵头又配合或落实",
            ],
        ),
        (
            "en",
            [
                "二(一) 控烟行动",
                "  quote: （市卫生健康委牵头，市卫生健康委配合）",
                "  [warning] one body leads, and supports or carries out as well",
            ],
        ),
    ],
)
def test_a_report_reads_as_text_by_action(language: str, lines: list[str]) -> None:
    head, _, rest = render(validate(story(), SHAPES, ONTOLOGY), language).partition("\n\n")
    assert rest.split("\n\n")[1].splitlines()[:3] == lines, "errors first"
    told = {
        "zh": "结论：不合格（1 个错误，1 个警告，0 个提示）",
        "en": "does not conform (1 errors, 1 warnings, 0 infos)",
    }
    assert told[language] in head
    assert {"zh": "没有成文日期", "en": "the document has no date"}[language] in head.splitlines()[-1]


# ---------------------------------------------------------------- shapes of others


def test_paths_are_written_as_in_sparql() -> None:
    assert path_of(SHAPES, SHAPE["target-section"]) == "(pg:inSection|pg:start)"
    assert path_of(SHAPES, SHAPE["agency-of-higher-level"]).endswith("/pg:inRegion/(pg:parentRegion)+")
    assert path_of(SHAPES, SHAPE["document-basis"]) == ""


OWN = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
<http://example.org/own> a sh:NodeShape ; sh:targetClass pg:Fact ;
    sh:property [ sh:path pg:quote ; sh:minCount 1 ; sh:message "no quote" ] .
"""


def test_shapes_of_others_may_nest_and_speak_one_language() -> None:
    shapes = Graph().parse(data=OWN, format="turtle")
    report = validate(quads(DATA / "target-unit" / "pass.ttl"), shapes, ONTOLOGY)
    assert [(result.shape, result.message) for result in report.results] == [
        ("http://example.org/own", ("no quote", "no quote"))
    ]
    assert report.looked_at == {"http://example.org/own": 1}, "a target is a fact, says the ontology"


def test_shapes_that_are_no_turtle_are_named_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("@prefix a: <http://a/> .\na:规则 a b .\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.ttl:2:\d+: no Turtle"):
        load_shapes(tmp_path)


def test_a_folder_without_shapes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no shapes"):
        load_shapes(tmp_path)


def test_shapes_that_are_no_shacl_are_an_error() -> None:
    broken = OWN.replace("sh:minCount 1", 'sh:minCount "many"')
    with pytest.raises(DataError, match="shapes"):
        validate(quads(DATA / "target-unit" / "pass.ttl"), Graph().parse(data=broken, format="turtle"), ONTOLOGY)

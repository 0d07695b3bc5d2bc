"""A study: a folder of one's own work in which every verb knows where everything is."""

from __future__ import annotations

import pickle
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from bundled import QUICKER
from test_project import ROOT, commands

import policygraph as pg
from policygraph import assets, pipeline, tables
from policygraph.cli import main
from policygraph.errors import DataError, UsageError
from policygraph.model import Facts
from policygraph.naming import Named, document_called, documents_called
from policygraph.study import SHIPPED, find_study, new_study, open_study
from policygraph.validate import load_shapes
from policygraph.validate.shapes import named_shapes
from policygraph.vocab import thing

EXAMPLES = assets.path("data", "examples")
PLACES = ("sources", "facts", "concepts", "lexicon", "shapes", "queries")
QUESTION = """#+ title: 本研究的文件 / Documents of this study
#+ description: 各文件的标题 / The title of each document
#+ tags: own
#+ columns: document
SELECT ?document WHERE { ?plan a pg:Plan ; dcterms:title ?document } ORDER BY ?document
"""
SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix own: <https://example.org/shape/> .
own:has-appendix a sh:NodeShape ; sh:targetClass pg:Plan ; sh:severity sh:Warning ;
  sh:message "方案应有附录"@zh, "a plan has an appendix"@en ; sh:property [ sh:path own:appendix ; sh:minCount 1 ] .
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def called(*arguments: object) -> Ran:
        code = main([str(argument) for argument in arguments])
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode("utf-8"), err.decode("utf-8"))

    return called


@pytest.fixture
def study(tmp_path: Path) -> Path:
    new_study(tmp_path / "study")
    return tmp_path / "study"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study of two plans that was extracted and built, with a question and a shape of its own."""
    folder = tmp_path_factory.mktemp("built") / "健康"
    new_study(folder)
    for name in ("sample-plan.txt", "short-plan.txt"):
        shutil.copy(EXAMPLES / name, folder / "sources")
    (folder / "queries" / "own-documents.rq").write_text(QUESTION, encoding="utf-8")
    (folder / "shapes" / "own.ttl").write_text(SHAPE, encoding="utf-8")
    own = open_study(folder)
    outcomes = list(pipeline.extract_batch(pipeline.sources(own), own.place("facts"), own))
    assert [outcome.error for outcome in outcomes] == [None, None]
    pipeline.build((), own.store, study=own)
    return folder


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


# ---------------------------------------------------------------- beginning


def test_a_new_study_has_its_places_each_with_a_word_on_what_goes_there(run: Run, tmp_path: Path) -> None:
    begun = run("new", tmp_path / "碳达峰", "--title", '"双碳"的传导', "--field", "碳达峰")
    assert begun.code == 0
    for place in PLACES:
        assert (tmp_path / "碳达峰" / place / "README.md").read_text(encoding="utf-8").startswith(f"# {place}\n")
    found = open_study(tmp_path / "碳达峰")
    assert (found.title, found.field, found.language, found.bundled) == ('"双碳"的传导', "碳达峰", "zh", ("cited",))


def test_its_tables_have_the_headings_of_the_shipped_ones_and_nothing_else(study: Path) -> None:
    started = [path for place in ("concepts", "lexicon") for path in (study / place).glob("*.tsv")]
    assert len(started) >= 9
    for path in started:
        shipped = assets.path("data", path.parent.name, path.name).read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == shipped.partition("\n")[0] + "\n"
        assert tables.read_table(path) == []


def test_what_stands_there_is_never_touched(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    (folder / "sources").mkdir(parents=True)
    mine = {folder / "study.toml": 'title = "mine"\n', folder / "sources" / "README.md": "mine", folder / "x": "y"}
    for path, text in mine.items():
        path.write_text(text, encoding="utf-8")
    begun = run("new", folder)
    assert begun.code == 0
    assert "study.toml 已在，未改动" in begun.err and "facts/README.md" in begun.out
    assert {path: path.read_text(encoding="utf-8") for path in mine} == mine
    before = everything(folder)
    assert run("new", folder).out == ""
    assert everything(folder) == before


def test_a_file_is_no_place_for_a_study(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("y", encoding="utf-8")
    assert run("new", tmp_path / "x").code == 2
    assert (tmp_path / "x").read_text(encoding="utf-8") == "y"


# ---------------------------------------------------------------- settings

WRONG = {
    "no TOML": ("title = 碳达峰\n", ("study.toml 第 1 行", "TOML")),
    "an open string": ('title = "x"\nfield = "y\n', ("study.toml 第 2 行",)),
    "an unknown key": ('title = "x"\ntitel = "y"\n', ("study.toml 第 2 行", "titel", "field")),
    "an unknown table": ('title = "x"\n\n[store]\npath = "y"\n', ("study.toml 第 3 行", "store")),
    "a number as a title": ("\ntitle = 3\n", ("study.toml 第 2 行", "title")),
    "another language": ('language = "fr"\n', ("study.toml 第 1 行", "zh", "en")),
    "another word for bundled": ('bundled = "some"\n', ("study.toml 第 1 行", "cited")),
    "an empty name": ('title = ""\nbundled = [""]\n', ("study.toml 第 2 行", "cited")),
}


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
def test_a_bad_setting_is_named_in_one_line(run: Run, study: Path, text: str, told: tuple[str, ...]) -> None:
    (study / "study.toml").write_text(text, encoding="utf-8")
    ran = run("ask", "--study", study)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert [word for word in told if word not in ran.err] == []


def test_a_folder_without_settings_is_no_study(run: Run, tmp_path: Path) -> None:
    ran = run("build", "--study", tmp_path)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "policygraph new" in ran.err
    assert find_study(tmp_path) is None


def test_a_study_is_found_from_below_it(study: Path) -> None:
    found = find_study(study / "sources")
    assert found is not None and found.folder == study.resolve()


def test_a_study_speaks_its_language_unless_another_is_asked_for(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (study / "study.toml").write_text('language = "en"\n', encoding="utf-8")
    monkeypatch.chdir(study)
    assert "holds no document" in run("extract").err
    assert "下载" in run("extract", "--lang", "zh").err


# ---------------------------------------------------------------- what it knows


def test_a_study_goes_to_another_process_as_its_folder(study: Path) -> None:
    own = replace(open_study(study), bundled=("none",))
    assert own.lexicon is own.lexicon
    sent = pickle.loads(pickle.dumps(own))
    assert (sent.folder, sent.bundled) == (own.folder, own.bundled)
    assert len(pickle.dumps(own)) < 1000


def test_what_ships_is_a_study_like_any_other() -> None:
    assert SHIPPED.folder is None and SHIPPED.shapes == ()
    assert {each.name for each in SHIPPED.questions} >= {"verdicts", "lead-roles"}


def test_two_studies_know_different_things(study: Path, tmp_path: Path) -> None:
    new_study(tmp_path / "other")
    with (study / "lexicon" / "roles.tsv").open("a", encoding="utf-8") as table:
        table.write("掌总\tlabel\tlead\t掌总：市教育局\n")
    mine, other = open_study(study), open_study(tmp_path / "other")
    assert ("掌总" in mine.lexicon.roles.labels, "掌总" in other.lexicon.roles.labels) == (True, False)
    assert "掌总" not in SHIPPED.lexicon.roles.labels


def test_a_question_with_a_shipped_name_is_refused(study: Path) -> None:
    (study / "queries" / "verdicts.rq").write_text(QUESTION, encoding="utf-8")
    with pytest.raises(DataError, match=r"verdicts\.rq.*queries/cascade/verdicts\.rq"):
        _ = open_study(study).questions


def test_two_questions_of_one_name_are_refused(study: Path) -> None:
    for path in (study / "queries" / "own.rq", study / "queries" / "more" / "own.rq"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(QUESTION, encoding="utf-8")
    with pytest.raises(DataError, match="own"):
        _ = open_study(study).questions


def test_a_rule_is_not_defined_twice_but_may_be_switched_off(study: Path) -> None:
    prefix = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix shape: <https://w3id.org/policygraph/shape/> .\n"
    own = study / "shapes" / "own.ttl"
    own.write_text(f"{prefix}\nshape:action-lead sh:deactivated true .\n", encoding="utf-8")
    assert not any(str(each).endswith("action-lead") for each in named_shapes(load_shapes(more=[own])))
    own.write_text(f"{prefix}\nshape:action-lead a sh:NodeShape .\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"own\.ttl:4.*action\.ttl:\d\d"):
        load_shapes(more=[own])
    own.write_text(f"{prefix}\n<https://example.org/x> a sh:NodeShape .\n", encoding="utf-8")
    (study / "shapes" / "twin.ttl").write_text(own.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DataError, match=r"twin\.ttl:4.*own\.ttl:4"):
        load_shapes(more=open_study(study).shapes)


# ---------------------------------------------------------------- the verbs


def test_every_verb_works_in_it_without_flags(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(built.parent)
    monkeypatch.chdir(built / "sources")
    asked = run("ask", "verdicts", "-f", "csv")
    assert (asked.code, asked.err) == (0, "")
    assert {line.split(",")[2] for line in asked.out.splitlines()[1:]} >= {"equal", "tighter"}
    assert "sample-plan" in asked.out
    assert run("ask", "own-documents", "-f", "csv").out.count("\n") == 5, "two of its own, two above, a heading"
    assert "own-documents" in run("ask").out
    assert run("sparql", "ASK { ?plan a pg:Plan }").out == "true\n"
    assert run("network", "function", "-f", "csv").code == 0
    assert run("export", "-f", "ttl", "--document", "sample-plan").code == 0
    assert run("compare", "-f", "csv").out.splitlines()[0].startswith("indicator,label,year,")
    assert "sample-plan" in run("gaps", "-f", "csv").out
    checked = run("validate", built / "sources" / "short-plan.txt", "-f", "json")
    assert "has-appendix" in checked.out, "its own shape is checked"
    assert everything(built.parent) == before, "reading writes nothing"


def test_it_is_named_from_anywhere(run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["ask", "own-documents", "--study", built], ["--study", built, "ask", "own-documents"]):
        ran = run(*words, "-f", "csv")
        assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 5)
    assert everything(tmp_path) == set()


def test_extract_reads_sources_and_build_makes_the_store(
    run: Run, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study)
    assert "sources" in run("extract").err, "there is nothing yet, not even its own README"
    shutil.copy(EXAMPLES / "short-plan.txt", study / "sources")
    assert run("ask", "documents").code == 2, "it has not been built"
    assert run("extract").code == 0
    ran = run("build")
    assert ran.code == 0
    assert ran.out.startswith("2 份上位文件取自随附数据：国务院关于实施健康中国行动的意见、")
    assert (study / "out" / "store").is_dir()
    shutil.rmtree(study / "out")
    alone = run("build", "--alone")
    assert "随附" not in alone.out
    assert "1  文件" in alone.out
    assert {path.name for path in study.parent.iterdir()} == {"study"}, "nothing outside it"


def test_what_is_taken_in_is_as_the_settings_say(study: Path) -> None:
    own = pipeline.load_plans([assets.path("data", "plans", "dalian-2021")])[0]

    def taken(bundled: str) -> list[str]:
        (study / "study.toml").write_text(f"bundled = {bundled}\n", encoding="utf-8")
        return [each.value("document_id") for each in pipeline.taken_in(own, open_study(study))]

    cited = taken('"cited"')
    assert "guofa-2019-13" in cited and "liaozhengfa-2019-22" in cited and "zhongfa-2016-23" in cited
    assert "wuhai-2021" not in cited
    assert taken('"none"') == []
    assert len(taken('"all"')) == len(assets.bundled_plans()) - 1


def test_plain_folders_have_the_documents_above_them_too(tmp_path: Path) -> None:
    built = pipeline.build([assets.path("data", "plans", "dalian-2021")], tmp_path / "x.pg")
    assert "国务院关于实施健康中国行动的意见" in built.taken
    with pg.open(tmp_path / "x.pg") as kg:
        rows = kg.ask("verdicts").rows
    assert {row[2] for row in rows if row[0] == "dalian-2021"} > {"no-data", "equal"}


# ---------------------------------------------------------------- from Python


def test_a_study_is_opened_asked_and_checked_from_python(built: Path) -> None:
    with pg.open(built) as kg:
        assert len(kg.ask("own-documents").rows) == 4
        assert "own-documents" in [row[1] for row in kg.questions().rows]
        assert any(result.shape.endswith("has-appendix") for result in kg.validate("sample-plan").results)
    report = pg.validate_file(built / "sources" / "short-plan.txt", study=built)
    assert any(result.shape.endswith("has-appendix") for result in report.results)


def test_without_a_store_and_a_study_there_is_no_place_to_build() -> None:
    with pytest.raises(UsageError, match="store"):
        pg.build()


# ---------------------------------------------------------------- names

NAMES = (
    "大政发〔2021〕5号",
    "大政发[2021]5号",
    " 大政发（2021）5号",
    "示范市健康行动方案",
    "健康行动方案",
    "示范市",
    "示范",
    "here",
)
HERE = Named("dazhengfa-2021-5", "here", "大政发〔2021〕5号", "《示范市健康行动方案》", ("示范市", "示范"))
ABOVE = Named(
    "guofa-2019-13", "guofa-2019-13", "国发〔2019〕13号", "国务院关于健康行动的意见", ("中华人民共和国",), False
)
SILENT = Named("dazhengfa-2021-6", "silent", "大政发〔2021〕6号", "示范市体育条例", ("示范市", "示范"), False)
OTHER = Named("x-2020-1", "other", "某政发〔2020〕1号", "和乐县健康行动方案", ("和乐县", "和乐"))


@pytest.mark.parametrize("name", [*NAMES, "dazhengfa-2021-5", str(thing("document", "dazhengfa-2021-5"))])
def test_a_document_has_many_names(name: str) -> None:
    assert documents_called(name, [ABOVE, HERE, SILENT]) == (HERE,)


def test_what_states_nothing_is_found_where_nothing_else_is_meant() -> None:
    assert document_called("示范市", [SILENT]) == SILENT
    assert document_called("体育条例", [HERE, SILENT]) == SILENT


UNCLEAR = {
    "a part of two titles": ("健康行动方案", "here《示范市健康行动方案》"),
    "a name that is near": ("大政发〔2021〕50号", "here《示范市健康行动方案》"),
    "nothing near": ("养老", "policygraph ask documents"),
}


@pytest.mark.parametrize(("name", "told"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_unclear_is_offered_by_title(name: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        documents_called(name, [HERE, OTHER, SILENT])
    assert told in str(refused.value)


def test_a_beginning_of_two_places_names_them() -> None:
    with pytest.raises(UsageError, match="neither"):
        documents_called("示", [HERE, OTHER])
    with pytest.raises(UsageError, match="示范县, 示范市"):
        documents_called("示范", [replace(HERE, places=("示范市",)), replace(OTHER, places=("示范县",))])


@pytest.mark.parametrize(
    "name", ["大连市", "辽政发【2019】22号", "guofa-2019-13", "国发[2019]13号", "国务院关于实施健康中国行动的意见"]
)
def test_a_draft_is_compared_with_any_document_at_hand(name: str) -> None:
    draft = pipeline.extract_document(EXAMPLES / "short-plan.txt")
    assert pipeline.check(draft, pipeline.library(), pipeline.Checks(name, engine=QUICKER)).documents


def test_a_document_of_the_study_is_checked_and_compared_with_by_its_name(run: Run, built: Path) -> None:
    assert run("validate", "short-plan", "--study", built).code in (0, 1)
    draft = ("validate", EXAMPLES / "faulty-draft.txt", "-f", "csv", "--by", "rule", "--study", built)
    found, alone = run(*draft, "--against", "沐泽政发[2022]7号"), run(*draft)
    assert found.code == alone.code == 1
    assert found.out != alone.out
    told = run("validate", "sample-pla", "--study", built)
    assert told.code == 2 and "sample-plan《" in told.err


def test_a_number_or_title_stands_for_its_document_in_every_question(run: Run, built: Path) -> None:
    by_name = run("ask", "actions-of-document", "--param", "document=推进健康沐泽行动", "--study", built, "-f", "csv")
    by_id = run("ask", "actions-of-document", "--param", "document=sample-plan", "--study", built, "-f", "csv")
    assert (by_name.code, by_name.out) == (0, by_id.out)
    assert run("export", "--document", "沐泽政发(2022)7号", "-f", "ttl", "--study", built).code == 0


# ---------------------------------------------------------------- the pages that show it


def bare(text: str) -> str:
    return " ".join(text.split())


PAGE = commands((ROOT / "docs" / "study.md").read_text(encoding="utf-8"))


@pytest.mark.skipif(sys.platform == "win32", reason="the page shows a POSIX shell")
def test_the_page_tells_the_truth(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(PAGE) >= 12
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    for command, shown in PAGE:
        name, *words = shlex.split(command)
        if name == "cp":
            subprocess.run([name, *words], check=True)
            continue
        ran = run(*words)
        printed = bare(ran.out + ran.err)
        assert [line for line in shown if bare(line) not in printed] == [], f"{command}\n{ran.out}{ran.err}"
        assert ran.code in ((0, 1) if words[0] == "validate" else (0,)), f"{command}\n{ran.err}"


# ---------------------------------------------------------------- another field


@pytest.fixture(scope="module")
def carbon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("carbon") / "study"
    shutil.copytree(EXAMPLES / "carbon-study", folder)
    own = open_study(folder)
    assert all(each.error is None for each in pipeline.extract_batch(pipeline.sources(own), own.place("facts"), own))
    pipeline.build((), own.store, study=own)
    return folder


def test_its_own_indicators_make_the_cascade_of_another_field(carbon: Path) -> None:
    with pg.open(carbon) as kg:
        rows = kg.ask("targets-compared").to_dicts()
    verdicts = {(row["indicator"], row["year"]): str(row["verdict"]) for row in rows if "沐泽" in str(row["document"])}
    assert verdicts == {
        ("energy-intensity", 2025): "looser",
        ("forest-coverage", 2025): "equal",
        ("new-energy-car-sales", 2025): "no-data",
        ("non-fossil-share", 2025): "tighter",
        ("non-fossil-share", 2030): "equal",
        ("pumped-storage", 2025): "not-compared",
        ("rooftop-solar", 2025): "tighter",
    }


def test_without_its_tables_the_same_demands_seem_dropped_and_added(carbon: Path, tmp_path: Path) -> None:
    """What the tables are for: nothing else tells that two ways of writing are one indicator."""
    own = open_study(carbon)
    found = [pipeline.extract_document(path) for path in pipeline.sources(own)]
    assert {row.indicator_id for each in found for row in each.targets} & set(own.concepts.indicators) == set()


def test_its_own_word_says_who_leads(carbon: Path) -> None:
    (city,) = [path for path in pipeline.sources(open_study(carbon)) if "沐泽" in path.name]
    own = pipeline.extract_document(city, study=open_study(carbon))
    assert [row.agency for row in own.responsibilities if row.role == "lead"][:2] == ["市发展改革委", "市发展改革委"]
    assert all(row.role != "lead" for row in pipeline.extract_document(city).responsibilities)


def test_what_is_cited_by_title_alone_is_found_in_the_study(carbon: Path) -> None:
    city, province = _by_place(carbon)
    (cited,) = [row for row in city.citations if row.relation == "basis"]
    assert cited.number == "" and cited.document_id == province.value("document_id")


def _by_place(study: Path) -> tuple[Facts, Facts]:
    known = pipeline.library(open_study(study))
    found = {each.resolved("region"): each for each in known if each.doc.endswith("碳达峰实施方案")}
    return found["990100"], found["990000"]


def test_its_own_rule_is_checked(run: Run, carbon: Path, tmp_path: Path) -> None:
    text = (carbon / "sources" / "沐泽市碳达峰实施方案.txt").read_text(encoding="utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text("\n".join(line for line in text.splitlines() if "非化石" not in line), encoding="utf-8")
    assert "碳达峰方案应写明非化石能源消费比重" in run("validate", draft, "--study", carbon).out
    assert (
        "碳达峰方案应写明"
        not in run("validate", carbon / "sources" / "沐泽市碳达峰实施方案.txt", "--study", carbon).out
    )

"""The desk of a study of one's own: texts with their facts marked in them, and documents that would be markup."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest
from desk_visits import Visiting, visiting
from lxml import html
from small_graph import small_graph

from policygraph import assets, pipeline
from policygraph.facts import save
from policygraph.messages import say
from policygraph.model import Facts
from policygraph.store import build_store
from policygraph.study import Study, new_study, open_study
from policygraph.web.jobs import Outcome

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a study with two documents: one as it was read, one whose every name and quote is markup."""
    folder = tmp_path_factory.mktemp("desk") / "study"
    new_study(folder, f"题 {EVIL}")
    study = open_study(folder)
    plan = assets.path("data", "examples", "sample-plan.txt")
    shutil.copy(plan, study.place("sources"))
    facts = pipeline.extract_document(study.place("sources", plan.name), study=study)
    save(facts, study.place("facts", "sample-plan"))
    save(evil_facts(facts), study.place("facts", "evil"))
    built = pipeline.build([], study.store, study=study)
    assert built.errors == ()
    return study


def evil_facts(facts: Facts, evil: str = EVIL) -> Facts:
    """Return the facts of a document as if its names and quotes were markup."""
    said = {"title": f"{evil}计划", "document_id": "990100-evil", "number": evil, "source_file": f"{evil}.txt"}
    metadata = tuple(replace(row, doc="evil", value=said.get(row.field, row.value)) for row in facts.metadata)
    targets = tuple(
        replace(row, doc="evil", indicator=evil + row.indicator, indicator_id="", quote=evil) for row in facts.targets
    )
    clauses = tuple(replace(row, doc="evil", quote=evil + row.quote) for row in facts.clauses)
    bodies = tuple(
        replace(row, doc="evil", agency=evil + row.agency, surface=evil, agency_id="") for row in facts.responsibilities
    )
    structure = tuple(replace(row, doc="evil", heading=evil + row.heading) for row in facts.structure)
    return Facts("evil", metadata, structure, clauses, bodies, targets)


@pytest.fixture(scope="module")
def study_visit(own: Study) -> Visiting:
    return visiting(own.store, study=own)


HOSTILE = (
    "/",
    "/documents",
    "/document/evil",
    "/document/evil/facts.json",
    "/document/sample-plan",
    "/agencies",
    "/places",
    "/place/990100",
    "/questions",
    "/questions/clauses-of-agency?document=evil",
    "/questions/targets-of-document?document=evil",
    "/questions/documents",
    "/thing/document/990100-evil",
    "/en/document/evil",
    "/questions/clauses-of-agency/answer.svg?document=evil",
)


@pytest.mark.parametrize("path", HOSTILE)
def test_what_a_document_says_never_becomes_markup(study_visit: Visiting, path: str) -> None:
    reply = study_visit(path)
    assert reply.status_code in (200, 400)
    is_page = reply.headers["Content-Type"].startswith("text/html")
    assert "<img src=x" not in reply.text or not is_page
    assert not is_page or html.fromstring(reply.text).xpath("//*[@onerror]") == []


def test_a_text_is_shown_whole_with_its_facts_marked(study_visit: Visiting, own: Study) -> None:
    page = html.fromstring(study_visit("/document/sample-plan").text)
    (text,) = page.xpath("//*[@id='text']")
    assert text.text_content() == own.place("sources", "sample-plan.txt").read_text(encoding="utf-8")
    marks = text.xpath(".//mark[contains(@class, 'r-lead')]")
    assert marks[0].text_content() == "市卫生健康委"
    facts = study_visit("/document/sample-plan/facts.json").json()
    named = {key for named in text.xpath(".//mark/@data-f") for key in named.split()}
    assert named <= set(facts) and len(named) > 200


def test_every_fact_has_its_address_in_the_graph(study_visit: Visiting) -> None:
    facts = study_visit("/document/sample-plan/facts.json").json()
    iris = {fact["iri"] for fact in facts.values() if fact["iri"]}
    assert len(iris) > 100
    values = " ".join(f"<{each}>" for each in sorted(iris))
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ VALUES ?x {{ {values} }} ?x pg:start ?o }}"
    reply = study_visit(
        "/sparql", "POST", accept="text/csv", content=query, headers={"Content-Type": "application/sparql-query"}
    )
    assert int(reply.text.split()[1]) == len(iris)


def test_a_text_that_changed_is_not_marked(study_visit: Visiting, own: Study) -> None:
    source = own.place("sources", "sample-plan.txt")
    before = source.read_bytes()
    try:
        source.write_bytes(before + "改".encode())
        assert say("desk.source-changed", "zh")[:20] in study_visit("/document/sample-plan").text
    finally:
        source.write_bytes(before)


@pytest.mark.parametrize("path", ["/", "/documents", "/questions", "/questions/lead-roles", "/agencies", "/places"])
def test_a_study_without_documents_is_shown(tmp_path: Path, path: str) -> None:
    build_store(tmp_path / "store", ())
    assert visiting(tmp_path / "store")(path).status_code == 200


def test_a_question_of_a_study_is_asked_like_the_others(own: Study, study_visit: Visiting) -> None:
    asked = assets.path("queries", "agencies", "lead-roles.rq").read_text(encoding="utf-8")
    place = own.place("queries", "mine.rq")
    place.write_text(asked.replace("哪些政府职能牵头最多", "我的问题"), encoding="utf-8")
    try:
        visit = visiting(own.store, study=open_study(own.place()))
        assert "我的问题" in visit("/questions?q=我的").text
        assert "卫生健康" in visit("/questions/mine").text
        assert visit("/questions/mine/answer.json").json()[0]["function"] == "health"
    finally:
        place.unlink()


def test_what_many_ask_at_once_is_made_once(tmp_path: Path) -> None:
    pytest.importorskip("jinja2", reason="the extra desk is not installed")
    from policygraph.desk import Desk, asking

    build_store(tmp_path / "small.pg", small_graph())
    desk = Desk(lambda job: Outcome(200, "", b""), tmp_path / "small.pg")
    made, begun = list[int](), Barrier(5)

    def make() -> int:
        made.append(1)
        sleep(0.05)
        return len(made)

    def visit(_: int) -> int:
        begun.wait()
        return asking.once(desk, "what", make)

    with ThreadPoolExecutor(5) as visitors:
        assert list(visitors.map(visit, range(5))) == [1] * 5
    assert (len(made), desk.turns) == (1, {})
    build_store(tmp_path / "small.pg", small_graph())
    assert asking.once(desk, "what", make) == 2, "another store is asked anew"

"""The researcher's desk on the command line: evidence, pick lists, measures, comparisons, files."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from drawing import needs_font
from odd_graph import DISTRICT, odd_graph
from small_graph import CONCEPTS, DOCUMENTS, small_graph

from policygraph import lexicon, pipeline
from policygraph.api.graph import KnowledgeGraph
from policygraph.cascade import compare_documents, matrix
from policygraph.cli import main
from policygraph.export import render
from policygraph.graph import cascade_graph
from policygraph.network import measures
from policygraph.query import ask
from policygraph.store import build_store, open_store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("desk") / "small.pg"
    build_store(path, small_graph())
    return str(path)


SAID: list[tuple[str, list[str]]] = [
    ("ask lead-roles --evidence -f csv", ["evidence_quote", "1,health,卫生健康,2,0,1,0,2,dalian-2021,三(一)1,"]),
    ("ask lead-roles --values document -f csv", ["value,label", "dalian-2021,某方案"]),
    ("ask departures --values verdict", ["tighter"]),
    ("ask lead-roles-compared -f csv", ["rank_leads,shares,rank_shares,actions,rank_actions,with_responsible"]),
    ("network co-responsibility -f csv", ["core,position,community", "210200/health,大连市卫生健康委员会,agency,3,4"]),
    ("network co-responsibility --measure degree --top 1 -f csv", ["rank,id,label,kind,degree\r\n1,210200/"]),
    ("network lead-support --measure brokerage --by region -f csv", ["coordinator,itinerant,gatekeeper"]),
    ("network --measure summary -f csv", ["core-periphery fit"]),
    ("network agency-action --project action -f csv", ["健康知识普及行动"]),
    ("network --compare dalian-2021 wuhai-2021 -f csv", ["education,教育,health,卫生健康,shared,2,1"]),
    ("network derivation --measure in --top 1 -f csv", ["1,guofa-2019-13,某方案,document,3"]),
    ("network function --document wuhai-2021 --measure degree -f csv", ["health"]),
    ("export -f pajek --network function", ["*Vertices 4"]),
    ("export -f rdfxml --document dalian-2021", ["<rdf:RDF"]),
    ("export -f stratml --document dalian-2021", ["PerformancePlanOrReport"]),
]


def run(command: str, place: str) -> int:
    return main([*command.split(), "--store", place])


@pytest.mark.parametrize(("command", "expected"), SAID)
def test_what_is_asked_is_said(
    capsys: pytest.CaptureFixture[str], place: str, command: str, expected: list[str]
) -> None:
    assert run(command, place) == 0
    said = capsys.readouterr().out
    for part in expected:
        assert part in said


def test_the_query_that_ran_is_shown_beside_the_answer(capsys: pytest.CaptureFixture[str], place: str) -> None:
    assert run("ask lead-roles-by-level --param level=county --explain", place) == 0
    said = capsys.readouterr()
    assert "VALUES ?_level { <https://w3id.org/policygraph/id/level/county> }" in said.err
    assert "level:county" in said.err.splitlines()[-1]
    assert "SELECT" not in said.out


def test_a_comparison_says_how_alike_the_two_are(capsys: pytest.CaptureFixture[str], place: str) -> None:
    assert run("network --compare dalian-2021 wuhai-2021 --lang en", place) == 0
    assert "ties: 3 shared, 3 in the first alone, 0 in the second alone, Jaccard 0.500" in capsys.readouterr().err


FILES = [
    ("ask lead-roles -f json", ["a"]),
    ("export -f gexf --network co-responsibility", ["a"]),
    ("export -f csv --network agency-action", ["a-nodes.csv", "a-edges.csv"]),
    ("export -f vosviewer-files --network function --level prefecture", ["a-map.txt", "a-network.txt"]),
    ("export -f html --network agency-action", ["a"]),
]


@pytest.mark.parametrize(("command", "names"), FILES)
def test_files_are_written(tmp_path: Path, place: str, command: str, names: list[str]) -> None:
    assert run(f"{command} -o {(tmp_path / 'a').as_posix()}", place) == 0
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".")) == sorted(names)
    if "gexf" in command:
        graph = nx.read_gexf(tmp_path / "a", version="1.3")
        assert {data["community"] for _, data in graph.nodes(data=True)} == {1, 2}


REFUSED = [
    ("ask lead-roles -f xlsx", "«xlsx» goes to files; name one with -o"),
    ("ask targets-of-document --evidence", "targets-of-document has no evidence to add"),
    ("ask lead-roles --values city", "lead-roles has no parameter city"),
    ("network function --measure in", "have no direction"),
    ("network derivation --document dalian-2021", "is about all documents; leave out --document"),
    ("network --compare dalian-2021 guofa-2019-13", "«guofa-2019-13» has no responsibilities"),
    ("network agency-action --project function", "cannot be projected"),
    ("export -f stratml", "StratML holds one plan"),
    ("export -f nq --document dalian-2020", "did you mean dalian-2021"),
]


def test_the_library_makes_every_network() -> None:
    store = open_store()
    store.add_all(small_graph())
    with KnowledgeGraph(store) as graph:
        assert measures(graph.network("derivation")).rows[0][0] == "guofa-2019-13"
        assert "*Vertices 4" in render(graph.network("function"), "pajek")
        assert graph.ask("lead-roles").to_dicts()[0]["function"] == "health"


# ---------------------------------------------------------------- documents side by side

HL = "health-literacy,居民健康素养水平"
G = "(国发〔2019〕13号)"
COMPARED = [
    (
        "compare -f csv",
        [
            f"{HL},2022,>= 22%,>= 27% tighter +5 {G},>= 22% equal {G}\r\n",
            f",2030,>= 30%,>= 28%? looser -2 {G},dropped {G}",
        ],
    ),
    ("compare 大连市 乌海市 -f csv", ["indicator,label,year,dalian-2021,wuhai-2021\r\n"]),
    (
        "compare 大连 guofa-2019-13 -f csv",
        ["year,dalian-2021,guofa-2019-13\r\n", f"smoking,15岁以上人群吸烟率,2030,dropped {G},< 20%"],
    ),
    ("compare 国发〔2019〕13号 -f csv", [f"{HL},2022,>= 22%\r\n"]),
    ("compare --scope national -f csv 乌海市", [f"{HL},2022,>= 22% equal {G}\r\n"]),
    (
        "compare --by actions -f csv",
        ["knowledge,健康知识普及行动,健康知识普及行动,健康知识普及行动,健康知识普及行动\r\n"],
    ),
    (
        "compare --by leads -f csv",
        [
            "knowledge,健康知识普及行动,大连市卫生健康委员会,乌海市教育体育局\r\n",
            "tobacco,控烟行动,大连市卫生健康委员会,\r\n",
        ],
    ),
    ("compare --by functions -f csv --lang en", ["health,Health,2,0\r\n", "education,Education,0,1\r\n"]),
    ("compare --by ties 大连市 乌海市 -f csv", ["education,教育,health,卫生健康,shared,2,1"]),
    ("compare 大连市 -f json", ['"dalian-2021": ">= 27% tighter +5 (国发〔2019〕13号)"']),
]


@pytest.mark.parametrize(("command", "expected"), COMPARED, ids=[command for command, _ in COMPARED])
def test_documents_stand_side_by_side(
    capsys: pytest.CaptureFixture[str], place: str, command: str, expected: list[str]
) -> None:
    assert run(command, place) == 0
    said = capsys.readouterr().out
    for part in expected:
        assert part in said


UNCOMPARED = [
    ("compare 大连市 --by ties", "ties are compared between two documents, not 1; name two"),
    ("compare 大连市 乌海市 --by ties -f png -o x.png", "the ties of two documents are a table"),
    ("compare --by actions --scope peers", "choose the scope parent or national"),
    ("compare dalian-2020", "neither a document at hand nor a place with one; did you mean dalian-2021《"),
    ("compare 辽宁省 --by functions", "the store has no functions to compare"),
]


@pytest.mark.parametrize(("command", "message"), [*REFUSED, *UNCOMPARED])
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], place: str, command: str, message: str
) -> None:
    assert run(f"{command} --lang en", place) == 2
    said = capsys.readouterr().err
    assert message in said and said.count("\n") == 1


def test_the_store_says_what_the_tables_say() -> None:
    """The matrix made of the store's answers is the matrix made of the fact tables, cell by cell."""
    words = lexicon.bundled()
    with open_store() as store:
        store.add_all(odd_graph())
        found = pipeline.compare(store)
    expected = matrix((*DOCUMENTS, DISTRICT), CONCEPTS, words)
    assert set(found.columns) == set(expected.columns)
    order = [expected.columns.index(name) for name in found.columns]
    known = tuple(row for row in found.rows if not str(row[0]).startswith("x-"))  # tables compare known indicators
    assert known == tuple(tuple(row[place] for place in order) for row in expected.rows)


DRAWN = ["targets", "actions", "leads", "functions"]


@pytest.mark.parametrize("by", DRAWN)
def test_a_comparison_is_drawn(tmp_path: Path, place: str, by: str) -> None:
    needs_font()
    drawable = by != "actions"  # the small graph has no alignments of actions
    assert run(f"compare --by {by} -f svg -o {(tmp_path / 'a.svg').as_posix()}", place) == (0 if drawable else 2)
    if drawable:
        written = (tmp_path / "a.svg").read_bytes()
        assert run(f"compare --by {by} -f svg -o {(tmp_path / 'b.svg').as_posix()}", place) == 0
        assert written.startswith(b"<?xml") and (tmp_path / "b.svg").read_bytes() == written


# ---------------------------------------------------------------- what is counted


@pytest.mark.parametrize("question", ["verdicts", "ambition"])
def test_verdicts_on_actions_and_leads_are_not_counted_as_targets(question: str) -> None:
    """«added» is said of actions too: a document with as many comparisons of actions counts the same targets."""
    words = lexicon.bundled()
    compared = cascade_graph(compare_documents(DOCUMENTS, CONCEPTS, words), DOCUMENTS, CONCEPTS)
    with open_store() as with_actions, open_store() as targets_alone:
        targets_alone.add_all(small_graph())
        with_actions.add_all((*small_graph(), *compared))
        assert with_actions.query("ASK { ?a a pg:ActionAlignment }")
        assert ask(with_actions, question) == ask(targets_alone, question)

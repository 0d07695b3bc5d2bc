"""What is written can be read back by the tools it is written for."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from policygraph.errors import UsageError
from policygraph.export import QUAD_FORMATS, export, render
from policygraph.rows import Rows
from policygraph.vocab import CONCEPTS_GRAPH, ID, PG, Quad, document_graph

DOC, AGENCY, HERE = ID["document/guofa-2019-13"], ID["agency/100000/health"], document_graph("guofa-2019-13")
QUADS: list[Quad] = [
    (DOC, RDF.type, PG.Plan, HERE),
    (DOC, PG.issuer, AGENCY, HERE),
    (DOC, PG.dateIssued, Literal("2019-06-24", datatype=XSD.date), HERE),
    (DOC, PG.note, Literal('two\nlines, a "quote" and a \\', lang="zh"), HERE),
    (DOC, PG.documentNumber, Literal("国发〔2019〕13号"), HERE),
    (ID["t"], PG.value, Literal("27.5", datatype=XSD.decimal), HERE),
    (ID["t"], PG.year, Literal("2022", datatype=XSD.integer), HERE),
    (AGENCY, PG.hasFunction, ID["function/health"], CONCEPTS_GRAPH),
    (AGENCY, PG.hasFunction, ID["function/sport"], CONCEPTS_GRAPH),
]
ROWS = Rows(
    ("name", "value", "n", "open"),
    (("市卫生健康委", Decimal("27.50"), 3, True), ('a,"b"\tc\nd', None, -4, False)),
)


def as_set(dataset: Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, str(g)) for s, p, o, g in dataset.quads()}


# ---------------------------------------------------------------- quads


def test_turtle_holds_the_union() -> None:
    assert set(Graph().parse(data=render(QUADS, "ttl"), format="turtle")) == {quad[:3] for quad in QUADS}


RDF_FORMATS = [form for form in QUAD_FORMATS if form != "stratml"]  # a plan, not a graph: see test_export_formats


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_the_order_of_quads_makes_no_difference(form: str) -> None:
    assert render(QUADS, form) == render([*reversed(QUADS), *QUADS], form)


def test_turtle_reads_well() -> None:
    text = render(QUADS, "ttl")
    assert '\ndocument:guofa-2019-13 a pg:Plan ;\n    pg:dateIssued "2019-06-24"^^xsd:date ;\n' in text
    assert 'pg:value "27.5"^^xsd:decimal ;\n    pg:year 2022 .\n' in text
    assert "pg:hasFunction function:health, function:sport ." in text
    assert "@prefix owl:" not in text  # only what is used
    assert "https://w3id.org/policygraph/id/agency/100000/health> pg:" in text  # no backslash before a slash


def test_jsonld_carries_its_context() -> None:
    read = json.loads(render(QUADS, "jsonld"))
    assert read["@context"]["pg"] == "https://w3id.org/policygraph/ontology#"
    assert '"leads"' in json.dumps(read["@context"])
    assert not any(isinstance(part, str) for part in [read["@context"]])  # nothing to fetch


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_blank_nodes_keep_their_shape_and_get_stable_names(form: str) -> None:
    def chain(*names: str) -> list[Quad]:
        first, second = map(BNode, names)
        return [(DOC, PG.a, first, HERE), (first, PG.b, second, HERE), (second, PG.b, Literal("x"), HERE)]  # type: ignore[list-item]

    assert render(chain("k", "l"), form) == render(chain("z", "a"), form)
    if form == "ttl":
        back, wanted = Graph().parse(data=render(chain("k", "l"), form)), Graph()
        for quad in chain("k", "l"):
            wanted.add(quad[:3])
        assert isomorphic(back, wanted)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.sampled_from([None, "zh"]))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back(text: str, lang: str | None) -> None:
    quad: Quad = (DOC, PG.note, Literal(text, lang=lang), HERE)
    for form in ("ttl", "trig", "nq"):
        found = list(ox.parse(render([quad], form).encode(), format=ox.RdfFormat.from_extension(form)))  # type: ignore[arg-type]
        assert [line.object.value for line in found] == [text]  # type: ignore[union-attr]


# ---------------------------------------------------------------- rows


def test_csv_comes_back() -> None:
    assert list(csv.reader(io.StringIO(render(ROWS, "csv")))) == [
        ["name", "value", "n", "open"],
        ["市卫生健康委", "27.50", "3", "true"],
        ['a,"b"\tc\nd', "", "-4", "false"],
    ]


def test_csv_for_excel_starts_with_a_mark(tmp_path: Path) -> None:
    export(ROWS, "csv", tmp_path / "a.csv", bom=True)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfname,")
    assert not render(ROWS, "csv").startswith("\ufeff")


FORMULAS = [
    ("=1+1", "'=1+1"), ("+A1", "'+A1"), ("-A1", "'-A1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
    ("＝1", "'＝1"), ("=", "="), ("-", "-"), ("-5", "-5"), ("+5.2", "+5.2"), ("-1e3", "-1e3"), (">=", ">="), ("<", "<"),
    ("", ""), ("a=b", "a=b"), (-3, "-3"), (Decimal("-2.5"), "-2.5"), ("-5+cmd", "'-5+cmd"), ("-5\n", "'-5\n"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "written"), FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(cell: object, written: str) -> None:
    text = render(Rows(("x", "y"), ((cell, 1),)), "csv")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [written, "1"]


def test_tsv_is_one_line_a_row() -> None:
    assert render(ROWS, "tsv") == 'name\tvalue\tn\topen\n市卫生健康委\t27.50\t3\ttrue\na,"b"\\tc\\nd\t\t-4\tfalse\n'


def test_json_keeps_numbers() -> None:
    assert json.loads(render(ROWS, "json")) == [
        {"name": "市卫生健康委", "value": 27.5, "n": 3, "open": True},
        {"name": 'a,"b"\tc\nd', "value": None, "n": -4, "open": False},
    ]


def test_a_table_shows_every_cell_whole() -> None:
    long = Rows(("name", "text"), (("市卫生健康委", "x" * 200), ("[red]b[/red]", "y")))
    lines = render(long, "table").splitlines()
    assert lines[0].split() == ["name", "text"]
    assert "x" * 200 in lines[2]
    assert "[red]b[/red]" in lines[3]
    assert render(Rows(("name",), ()), "table").split()[0] == "name"


# ---------------------------------------------------------------- networks


class Made:
    """A network, as far as this room looks at it."""

    def __init__(self, graph: nx.Graph[str]) -> None:
        self.graph = graph


def made() -> Made:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_node("b", label="市教育局", kind="agency")
    graph.add_node("a", label="=控烟行动", kind="action", document="dalian-2021")
    graph.add_edge("b", "a", key="2", role="support", weight=1)
    graph.add_edge("b", "a", key="1", role="lead", weight=1)
    return Made(graph)


def test_a_network_as_csv_is_two_tables(tmp_path: Path) -> None:
    nodes, edges = export(made(), "csv", tmp_path / "net.csv")
    assert (nodes.name, edges.name) == ("net-nodes.csv", "net-edges.csv")
    with nodes.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"Id": "a", "Label": "'=控烟行动", "document": "dalian-2021", "kind": "action"},
            {"Id": "b", "Label": "市教育局", "document": "", "kind": "agency"},
        ]
    with edges.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(e["Source"], e["Target"], e["Type"], e["Weight"], e["role"]) for e in found] == [
        ("a", "b", "Undirected", "1", "lead"),
        ("a", "b", "Undirected", "1", "support"),
    ]


def test_vosviewer_adds_parallel_edges_up() -> None:
    network = json.loads(render(made(), "vosviewer"))["network"]
    assert [item["label"] for item in network["items"]] == ["=控烟行动", "市教育局"]
    assert network["links"] == [{"source_id": 1, "target_id": 2, "strength": 2}]


# ---------------------------------------------------------------- files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.nq"
    export(QUADS, "nq", path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="«docx» is not a format here; choose one of ttl, trig, nq, jsonld, rdfxml"):
        export(QUADS, "docx", path)
    with pytest.raises(UsageError, match="cannot be written"):
        export(QUADS, "nq", tmp_path / "nowhere" / "out.nq")
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".policygraph-files", "out.nq"]


def test_line_ends_do_not_depend_on_the_system(tmp_path: Path) -> None:
    export(QUADS, "nq", tmp_path / "a")
    export(ROWS, "csv", tmp_path / "b")
    assert b"\r" not in (tmp_path / "a").read_bytes()
    assert (tmp_path / "b").read_bytes().count(b"\r\n") == 3


def test_iris_with_odd_characters() -> None:
    odd: Quad = (URIRef("https://w3id.org/policygraph/id/region/21/a.b-~'()"), PG.note, Literal("x"), HERE)
    dot: Quad = (URIRef("https://w3id.org/policygraph/id/region/a.b."), PG.note, Literal("pg: b^^<c"), HERE)
    assert set(Graph().parse(data=render([odd, dot], "ttl"), format="turtle")) == {odd[:3], dot[:3]}

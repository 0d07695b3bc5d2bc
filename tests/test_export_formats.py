"""Every format that is written comes back the same through another program or library than the writer."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from odd_graph import odd_graph
from rdflib import Dataset, Graph
from small_graph import small_graph

from policygraph import assets, tables
from policygraph.errors import UsageError
from policygraph.export import (
    FILES_ONLY,
    NETWORK_FORMATS,
    PAIRS,
    QUAD_FORMATS,
    ROW_FORMATS,
    as_xlsx,
    export,
    formats,
    pictures,
    render,
)
from policygraph.export.workbook import headings
from policygraph.model import Rows
from policygraph.network import KINDS, MEASURES, QUESTIONS, Network, measures, network
from policygraph.query import ask, catalogue
from policygraph.store import open_store
from policygraph.vocab import Quad, document_graph

Tie = tuple[str, str, str, int]  # the labels of both ends in order, the role, the weight


@pytest.fixture(scope="module")
def made() -> Network:
    """Return bodies and actions of the small graph; one body supports and shares in one action."""
    with open_store() as store:
        store.add_all(small_graph())
        return network(ask(store, "responsibilities", document="dalian-2021"), "agency-action")


def expected(made: Network) -> Counter[Tie]:
    names = {node: data["label"] for node, data in made.graph.nodes(data=True)}
    return Counter(tie(names[a], names[b], data["role"], data["weight"]) for a, b, data in made.graph.edges(data=True))


def tie(a: str, b: str, role: str, weight: Any) -> Tie:
    return (*sorted((a, b)), role, int(weight))  # type: ignore[return-value]


# ---------------------------------------------------------------- readers of networks: not the writers


def of_networkx(graph: Any, label: str = "label", role: str = "role") -> Counter[Tie]:
    names = {node: data.get(label, node) for node, data in graph.nodes(data=True)}
    found = (tie(names[a], names[b], data[role], data.get("weight", 1)) for a, b, data in graph.edges(data=True))
    return Counter(found)


def read_gexf(paths: list[Path]) -> Counter[Tie]:
    return of_networkx(nx.read_gexf(paths[0], version="1.3"))


def read_graphml(paths: list[Path]) -> Counter[Tie]:
    """Read with the standard library: networkx wrote it."""
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = ET.parse(paths[0]).getroot()
    keys = {key.get("id"): key.get("attr.name") for key in root.findall("g:key", space)}

    def data(element: ET.Element) -> dict[Any, Any]:
        return {keys[part.get("key")]: part.text for part in element.findall("g:data", space)}

    names = {node.get("id"): data(node)["label"] for node in root.iter(f"{{{space['g']}}}node")}
    edges = root.iter(f"{{{space['g']}}}edge")
    return Counter(
        tie(names[e.get("source")], names[e.get("target")], data(e)["role"], data(e)["weight"]) for e in edges
    )


def read_cytoscape(paths: list[Path]) -> Counter[Tie]:
    return of_networkx(nx.cytoscape_graph(json.loads(paths[0].read_text(encoding="utf-8"))), label="name")


def read_pajek(paths: list[Path]) -> Counter[Tie]:
    graph = nx.read_pajek(paths[0], encoding="utf-8")
    return Counter(tie(a, b, data["l"], data["weight"]) for a, b, data in graph.edges(data=True))


def read_dot(paths: list[Path]) -> Counter[Tie]:
    pydot = pytest.importorskip("pydot")
    (graph,) = pydot.graph_from_dot_file(str(paths[0]), encoding="utf-8")

    def plain(text: str) -> str:
        return str(json.loads(text)) if text.startswith('"') else text

    names = {plain(node.get_name()): plain(node.get("label")) for node in graph.get_nodes() if node.get("label")}
    return Counter(
        tie(
            names[plain(e.get_source())],
            names[plain(e.get_destination())],
            plain(e.get("role")),
            plain(e.get("weight")),
        )
        for e in graph.get_edges()
    )


def read_dl(paths: list[Path]) -> Counter[Tie]:
    """Read UCINET's language by hand: no library reads more than one matrix."""
    words = shlex.split(paths[0].read_text(encoding="utf-8"))
    sizes = dict(word.split("=") for word in words[1:3])
    labels = words[words.index("labels:") + 1 :][: int(sizes["n"])]
    roles = words[words.index("matrix") + 2 :][: int(sizes["nm"])]
    found: Counter[Tie] = Counter()
    for role, block in zip(roles, " ".join(words[words.index("data:") + 1 :]).split("!"), strict=True):
        numbers = list(map(int, block.split()))
        for a, b, weight in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            if a < b:  # a tie without direction stands on both sides
                found[tie(labels[a - 1], labels[b - 1], role, 1)] += weight
    return found


def read_page(paths: list[Path]) -> Counter[Tie]:
    root = paths[0].read_text(encoding="utf-8")
    content = json.loads(root.partition('id="network">')[2].partition("</script>")[0])
    names = [node["label"] for node in content["nodes"]]
    return Counter(tie(names[t["a"]], names[t["b"]], t["r"], t["w"]) for t in content["ties"])


def read_csv_pair(paths: list[Path]) -> Counter[Tie]:
    nodes, edges = (list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in paths)
    names = {row["Id"]: row["Label"] for row in nodes}
    return Counter(tie(names[row["Source"]], names[row["Target"]], row["role"], row["Weight"]) for row in edges)


def read_workbook(paths: list[Path]) -> Counter[Tie]:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(str(paths[0]))
    nodes, edges = (book.get_sheet_by_name(name).to_python() for name in ("节点 nodes", "边 edges"))
    names = {row[0]: row[1] for row in nodes[1:]}
    role = edges[0].index("角色")
    return Counter(tie(names[row[0]], names[row[1]], row[role], row[3]) for row in edges[1:])


Reader = Callable[[list[Path]], Counter[Tie]]
# One row a format: the reader used, and how it reads.
NETWORKS: list[tuple[str, str, Reader]] = [
    ("graphml", "xml.etree (writer: networkx)", read_graphml),
    ("gexf", "networkx", read_gexf),
    ("cytoscape", "networkx", read_cytoscape),
    ("pajek", "networkx", read_pajek),
    ("dot", "pydot", read_dot),
    ("dl", "shlex", read_dl),
    ("html", "json", read_page),
    ("csv", "csv", read_csv_pair),
    ("xlsx", "calamine (writer: XlsxWriter)", read_workbook),
]
ADDED_UP = {"vosviewer", "vosviewer-files"}  # VOSviewer has one link a pair
DRAWN = {"png", "svg"}


def test_every_format_of_networks_has_a_reader(made: Network) -> None:
    assert {form for form, *_ in NETWORKS} | ADDED_UP | DRAWN == set(formats(made))
    assert set(formats(made)) == {*NETWORK_FORMATS, *PAIRS, "xlsx", "png", "svg"}


@pytest.mark.parametrize(("form", "read"), [(form, read) for form, _, read in NETWORKS])
def test_a_network_comes_back_with_labels_roles_and_weights(
    made: Network, tmp_path: Path, form: str, read: Reader
) -> None:
    if form == "xlsx":
        pytest.importorskip("xlsxwriter")
    assert read(list(export(made, form, tmp_path / "net"))) == expected(made)
    assert sum(number for (*_, role, _), number in expected(made).items() if role == "shared") == 1


def test_vosviewer_files_come_back(made: Network, tmp_path: Path) -> None:
    map_file, network_file = export(made, "vosviewer-files", tmp_path / "net.txt")
    assert (map_file.name, network_file.name) == ("net-map.txt", "net-network.txt")
    items = list(csv.DictReader(map_file.open(encoding="utf-8", newline=""), delimiter="\t"))
    names = {row["id"]: row["label"] for row in items}
    links = Counter[tuple[str, ...]]()
    for one, other, strength in csv.reader(network_file.open(encoding="utf-8", newline=""), delimiter="\t"):
        links[tuple(sorted((names[one], names[other])))] += int(strength)
    wanted = Counter[tuple[str, ...]]()
    for (a, b, _, weight), number in expected(made).items():
        wanted[a, b] += weight * number
    assert links == wanted
    assert sum(int(row["weight<Total link strength>"]) for row in items) == 2 * sum(links.values())
    assert all(-1 <= float(row["x"]) <= 1 and -1 <= float(row["y"]) <= 1 for row in items)


def test_gexf_carries_places_colours_and_sizes(made: Network) -> None:
    graph = nx.read_gexf(io.BytesIO(render(made, "gexf").encode()), version="1.3")
    for _, data in graph.nodes(data=True):
        assert set(data["viz"]) == {"color", "position", "size"}
        assert {"label", "kind"} <= set(data)
    assert len({(d["viz"]["position"]["x"], d["viz"]["position"]["y"]) for _, d in graph.nodes(data=True)}) == len(
        graph
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", [*NETWORK_FORMATS, *PAIRS])
def test_every_network_can_be_written_in_every_format(tmp_path: Path, kind: str, form: str) -> None:
    with open_store() as store:
        store.add_all(odd_graph())
        for rows in (ask(store, QUESTIONS[kind]), Rows(ask(store, QUESTIONS[kind]).columns, ())):
            paths = export(network(rows, kind), form, tmp_path / f"{len(rows.rows)}")
            again = [path.read_bytes() for path in paths]
            export(network(Rows(rows.columns, rows.rows[::-1]), kind), form, tmp_path / f"{len(rows.rows)}")
            assert [path.read_bytes() for path in paths] == again


def test_directed_ties_keep_their_direction(tmp_path: Path) -> None:
    with open_store() as store:
        store.add_all(small_graph())
        made = network(ask(store, "document-links"), "derivation")
    wanted = sorted(made.graph.edges())
    assert sorted(nx.read_graphml(export(made, "graphml", tmp_path / "a")[0]).edges()) == wanted
    assert sorted(nx.read_gexf(export(made, "gexf", tmp_path / "b")[0], version="1.3").edges()) == wanted
    assert "*Arcs" in render(made, "pajek") and "->" in render(made, "dot")
    assert ",Directed," in export(made, "csv", tmp_path / "c")[1].read_text(encoding="utf-8")
    lines = render(made, "dl").partition("data:\n")[2].split("\n")
    assert len([line for line in lines if line]) == len(wanted)


HARD = "a\"b'\\<&>\n\x01 控烟"


def test_labels_with_odd_characters(tmp_path: Path) -> None:
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    graph.add_node("x", label=HARD, kind="agency")
    graph.add_node("y", label="</script><b>", kind="action")
    graph.add_edge("x", "y", key="1", role="lead", weight=1)
    odd = Network("agency-action", graph)
    shown = HARD.replace("\x01", " ")
    assert nx.read_gexf(export(odd, "gexf", tmp_path / "a")[0], version="1.3").nodes["x"]["label"] in (
        shown,
        shown.replace("\n", " "),  # XML makes a space of a line end in an attribute
    )
    page = render(odd, "html")
    assert page.count("</script>") == 2 and "<b>" not in page
    assert read_dl(list(export(Network("x", two_roles(graph)), "dl", tmp_path / "b"))).total() == 2
    assert len(read_dot(list(export(odd, "dot", tmp_path / "c")))) == 1
    assert nx.read_pajek(export(odd, "pajek", tmp_path / "d")[0], encoding="utf-8").number_of_edges() == 1


def two_roles(graph: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    found = graph.copy()
    found.nodes["x"]["label"] = "same"
    found.nodes["y"]["label"] = "same"  # told apart by the identifier
    found.add_edge("x", "y", key="2", role="support", weight=1)
    return found


def test_the_page_asks_no_server_for_anything(made: Network) -> None:
    page = render(made, "html")
    assert "http://" not in page and "https://" not in page and "src=" not in page
    assert "default-src 'none'" in page


LAYOUT = """
import sys; sys.path.insert(0, sys.argv[1])
from small_graph import small_graph
from policygraph.export import render
from policygraph.network import network
from policygraph.query import ask
from policygraph.store import open_store
store = open_store(); store.add_all(small_graph())
made = network(ask(store, "responsibilities"), "co-responsibility")
for form in ("gexf", "html", "pajek"): sys.stdout.write(ascii(render(made, form)))
"""


def test_the_layout_is_the_same_in_every_process() -> None:
    answers = set()
    for seed in ("0", "1"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", LAYOUT, str(Path(__file__).parent)]
        answers.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(answers) == 1


# ---------------------------------------------------------------- rows

ROWS = Rows(
    ("name", "value", "number", "held", "note", "evidence_role"),
    (
        ("市卫生健康委", Decimal("27.5"), 3, True, "=1+1", "lead"),
        ("a,\"b\"\tc\nd", None, -4, False, "@x", None),
    ),
)  # fmt: skip


def read_rows_openpyxl(path: Path) -> list[tuple[Any, ...]]:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(path).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [tuple(row) for row in sheet.iter_rows(values_only=True)][1:]


def read_rows_calamine(path: Path) -> list[tuple[Any, ...]]:
    calamine = pytest.importorskip("python_calamine")
    found = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [tuple(None if cell == "" else cell for cell in row) for row in found][1:]


def read_rows_polars(path: Path) -> list[tuple[Any, ...]]:
    return list(pytest.importorskip("polars").read_parquet(path).rows())


def read_rows_csv(path: Path) -> list[tuple[Any, ...]]:
    found = [
        tuple(cell.removeprefix("'") or None for cell in row)
        for row in csv.reader(path.open(encoding="utf-8", newline=""))
    ]
    return [(a, b and float(b), int(c or 0), d == "true", *rest) for a, b, c, d, *rest in found[1:]]


def read_rows_tsv(path: Path) -> list[tuple[Any, ...]]:
    found = [
        tuple(tables.unescape(cell) or None for cell in line.split("\t"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [(a, b and float(b), int(c or 0), d == "true", *rest) for a, b, c, d, *rest in found[1:]]


def read_rows_json(path: Path) -> list[tuple[Any, ...]]:
    return [tuple(record.values()) for record in json.loads(path.read_text(encoding="utf-8"))]


TABLES: list[tuple[str, str, str, Callable[[Path], list[tuple[Any, ...]]]]] = [
    ("csv", "csv", "csv", read_rows_csv),
    ("tsv", "str.split", "", read_rows_tsv),
    ("json", "json", "", read_rows_json),
    ("xlsx", "openpyxl (writer: XlsxWriter)", "xlsxwriter", read_rows_openpyxl),
    ("xlsx", "calamine (writer: XlsxWriter)", "xlsxwriter", read_rows_calamine),
    ("parquet", "polars (writer: pyarrow)", "pyarrow", read_rows_polars),
]


def test_every_format_of_rows_has_a_reader() -> None:
    assert {form for form, *_ in TABLES} | {"table"} | DRAWN == set(formats(Rows)) == set(formats(ROWS))
    assert {*ROW_FORMATS} < set(formats(ROWS))


@pytest.mark.parametrize(("form", "needs", "read"), [(form, needs, read) for form, _, needs, read in TABLES])
def test_rows_come_back(tmp_path: Path, form: str, needs: str, read: Callable[[Path], Any]) -> None:
    if needs:
        pytest.importorskip(needs)
    (path,) = export(ROWS, form, tmp_path / f"rows.{form}")
    wanted = [tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in ROWS.rows]
    assert read(path) == wanted


def test_a_workbook_has_a_sheet_for_each_table_and_chinese_headings() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    sheets = {"各政府职能的牵头次数[*]": ROWS, "x" * 40: ROWS, "X" * 40: Rows(("unknown",), ())}
    content = as_xlsx(sheets)
    assert content == as_xlsx(sheets)  # no clock in it
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["各政府职能的牵头次数", "x" * 31, "X" * 27 + " 2"]
    first = [cell.value for cell in next(book.worksheets[0].iter_rows())]
    assert first == ["名称", "数值", "发文字号或数目", "库中有", "备注", "依据:角色"]
    kinds = [cell.data_type for cell in list(book.worksheets[0].iter_rows())[1]]
    assert kinds == ["s", "n", "n", "b", "s", "s"]
    english = openpyxl.load_workbook(io.BytesIO(as_xlsx({"x": ROWS}, chinese=False))).active
    assert english.cell(1, 1).value == "name"


def test_every_column_has_a_chinese_heading() -> None:
    columns = {column for item in catalogue() for column in item.columns}
    columns |= {"id", "kind", *MEASURES} - {"summary"}
    assert columns - set(headings()) == set()
    rows = tables.read_table(assets.path("data", "headings.tsv"), ("column", "zh", "en"))
    names = [row["column"] for row in rows]
    assert len(set(names)) == len(names) > 150


# ---------------------------------------------------------------- graphs


def as_triples(quads: tuple[Quad, ...]) -> set[Any]:
    return {quad[:3] for quad in quads}


GRAPHS: list[tuple[str, str, Callable[[str], set[Any]]]] = [
    ("rdfxml", "rdflib (writer: pyoxigraph)", lambda text: set(Graph().parse(data=text, format="xml"))),
    ("ttl", "rdflib", lambda text: set(Graph().parse(data=text, format="turtle"))),
    ("trig", "rdflib", lambda text: {quad[:3] for quad in Dataset().parse(data=text, format="trig").quads()}),
    ("nq", "rdflib", lambda text: {quad[:3] for quad in Dataset().parse(data=text, format="nquads").quads()}),
    ("jsonld", "rdflib", lambda text: {quad[:3] for quad in Dataset().parse(data=text, format="json-ld").quads()}),
]


def test_every_format_of_graphs_has_a_reader() -> None:
    assert {form for form, *_ in GRAPHS} | {"stratml"} == set(QUAD_FORMATS)


@pytest.mark.parametrize(("form", "read"), [(form, read) for form, _, read in GRAPHS])
def test_a_graph_comes_back(form: str, read: Callable[[str], set[Any]]) -> None:
    assert read(render(small_graph(), form)) == as_triples(small_graph())


# ---------------------------------------------------------------- StratML

STRATML = "{urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport}"
# The order of children that the schema of StratML Part 2 (version 2.2.8) prescribes, for the elements used here.
CHILDREN = {
    "PerformancePlanOrReport": "Name Description OtherInformation StrategicPlanCore AdministrativeInformation",
    "StrategicPlanCore": "Organization Vision Mission Value Goal",
    "Organization": "Name Acronym Identifier Description Stakeholder",
    "Goal": "Name Description Identifier SequenceIndicator Stakeholder OtherInformation Objective",
    "Stakeholder": "Name Description Role",
    "Role": "Name Description RoleType",
    "Objective": "Name Description Identifier SequenceIndicator Stakeholder OtherInformation PerformanceIndicator",
    "PerformanceIndicator": "SequenceIndicator MeasurementDimension UnitOfMeasurement Identifier Relationship "
    "MeasurementInstance OtherInformation",
    "MeasurementInstance": "Place TargetResult ActualResult",
    "TargetResult": "StartDate EndDate NumberOfUnits Descriptor Description",
    "Descriptor": "DescriptorName DescriptorValue",
    "AdministrativeInformation": "Identifier StartDate EndDate PublicationDate Source",
}
MUST = {"Goal": {"Name", "Description"}, "PerformanceIndicator": {"MeasurementDimension", "UnitOfMeasurement"}}


def plan() -> ET.Element:
    graph = document_graph("210200-2021-01-25-aaaaaaaa")
    return ET.fromstring(render([quad for quad in small_graph() if quad[3] == graph], "stratml"))


def test_stratml_keeps_to_the_schema() -> None:
    seen = set()
    for element in plan().iter():
        name = element.tag.removeprefix(STRATML)
        children = [child.tag.removeprefix(STRATML) for child in element]
        if name in CHILDREN:
            order = CHILDREN[name].split()
            assert [order.index(child) for child in children] == sorted(order.index(child) for child in children), name
            assert MUST.get(name, set()) <= set(children)
            seen.add(name)
        else:
            assert not children, name
    assert seen == set(CHILDREN)
    names = [element.text for element in plan().iter(f"{STRATML}Identifier")]
    assert len(set(names)) == len(names)


def test_stratml_names_who_answers_for_what_and_the_targets() -> None:
    goals = plan().findall(f".//{STRATML}Goal")
    first = goals[0]
    roles = [
        (part.findtext(f"{STRATML}Name"), part.findtext(f".//{STRATML}Description"))
        for part in first.findall(f"{STRATML}Stakeholder")
    ]
    assert roles == [
        ("市卫生健康委", "lead"), ("市教体局", "support"), ("市委宣传部", "support"), ("市教体局", "responsible"),
    ]  # fmt: skip
    values = [
        (part.findtext(f"{STRATML}EndDate"), part.findtext(f"{STRATML}NumberOfUnits"))
        for part in first.iter(f"{STRATML}TargetResult")
    ]
    assert values == [("2022-12-31", "27"), ("2030-12-31", "28")]
    assert [goal.findtext(f"{STRATML}Name") for goal in goals] == ["健康知识普及行动", "控烟行动", "总体目标"]


def test_stratml_holds_one_plan() -> None:
    with pytest.raises(UsageError, match="StratML holds one plan, and here are 3; name one with --document"):
        render(small_graph(), "stratml")


# ---------------------------------------------------------------- pictures


@pytest.fixture
def drawn() -> None:
    pytest.importorskip("matplotlib")
    try:
        pictures.font()
    except UsageError as error:
        pytest.skip(str(error))


PNG = b"\x89PNG\r\n\x1a\n"
PICTURES = ["lead-roles", "cascade-matrix", "actions-by-bodies", "verdicts-by-indicator"]


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("name", PICTURES)
def test_answers_can_be_drawn(tmp_path: Path, name: str) -> None:
    with open_store() as store:
        store.add_all(small_graph())
        rows = ask(store, name)
    (png,) = export(rows, "png", tmp_path / "a.png")
    assert png.read_bytes().startswith(PNG)
    (svg,) = export(rows, "svg", tmp_path / "a.svg")
    before = svg.read_bytes()
    assert ET.fromstring(before).tag.endswith("svg")
    assert export(rows, "svg", svg) and svg.read_bytes() == before


@pytest.mark.usefixtures("drawn")
def test_a_network_can_be_drawn(made: Network, tmp_path: Path) -> None:
    assert export(made, "png", tmp_path / "a.png")[0].read_bytes().startswith(PNG)


@pytest.mark.usefixtures("drawn")
def test_what_cannot_be_drawn_says_why() -> None:
    with pytest.raises(UsageError, match="no column of numbers"):
        pictures.picture(Rows(("name",), (("a",),)), "png")
    with pytest.raises(UsageError, match="the network has no nodes"):
        pictures.picture(Network("x", nx.Graph()), "svg")
    with pytest.raises(UsageError, match="«gif» is not a picture here; choose one of png, svg"):
        pictures.picture(Rows(("name",), ()), "gif")


def test_a_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(pictures, "FONTS", ("No Such Font",))
    with pytest.raises(UsageError, match=r"install Noto Sans CJK \(Debian: fonts-noto-cjk\)"):
        pictures.font()


# ---------------------------------------------------------------- what is missing

MISSING = [("xlsx", "xlsxwriter", "tables"), ("parquet", "pyarrow", "tables"), ("png", "matplotlib", "figures")]


@pytest.mark.parametrize(("form", "module", "extra"), MISSING)
def test_a_package_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"{module} is not installed; .*policygraph\[{extra}\]"):
        export(ROWS, form, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", sorted(FILES_ONLY - {"vosviewer-files"}))
def test_bytes_go_to_files(form: str) -> None:
    if form in formats(ROWS):
        with pytest.raises(UsageError, match=f"«{form}» goes to files; name one with -o"):
            render(ROWS, form)


def test_measures_are_rows_like_others(made: Network, tmp_path: Path) -> None:
    found = read_rows_json(export(measures(made), "json", tmp_path / "m.json")[0])
    assert [row[0] for row in found] == [row[0] for row in measures(made).rows]

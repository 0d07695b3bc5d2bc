"""Read every export with another program or library than the one that wrote it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import BNode, Dataset, Graph

from policygraph import tables
from policygraph.nameless import loosened

Tie = tuple[str, str, str, int]  # the labels of both ends in order, the role, the weight
Cells = list[tuple[Any, ...]]


def tie(a: str, b: str, role: str, weight: Any) -> Tie:
    """Return a tie without direction in one form."""
    return (*sorted((a, b)), role, int(weight))  # type: ignore[return-value]


# ---------------------------------------------------------------- networks: every tie, with its role


def graphml_lxml(paths: list[Path]) -> Counter[Tie]:
    etree = pytest.importorskip("lxml.etree")
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    root = etree.parse(str(paths[0])).getroot()
    keys = {key.get("id"): key.get("attr.name") for key in root.iterfind("g:key", space)}

    def data(element: Any) -> dict[str, str]:
        return {keys[part.get("key")]: part.text for part in element.iterfind("g:data", space)}

    names = {node.get("id"): data(node)["label"] for node in root.iterfind(".//g:node", space)}
    edges = [(edge.get("source"), edge.get("target"), data(edge)) for edge in root.iterfind(".//g:edge", space)]
    return Counter(tie(names[a], names[b], held["role"], held["weight"]) for a, b, held in edges)


def igraph_of(form: str, path: Path) -> Any:
    """Read a file with igraph, which shares no code with networkx."""
    igraph = pytest.importorskip("igraph")
    return igraph.Graph.Read(str(path), format=form)


def graphml_igraph(paths: list[Path]) -> Counter[Tie]:
    graph = igraph_of("graphml", paths[0])
    return Counter(
        tie(*graph.vs[[e.source, e.target]]["label"], e["role"], e["weight"]) for e in graph.es
    )  # fmt: skip


def pajek_igraph(paths: list[Path]) -> Counter[Tie]:
    graph = igraph_of("pajek", paths[0])
    return Counter(tie(*graph.vs[[e.source, e.target]]["name"], e["label"], e["weight"]) for e in graph.es)


def pajek_networkx(paths: list[Path]) -> Counter[Tie]:
    graph = nx.read_pajek(paths[0], encoding="utf-8")
    return Counter(tie(a, b, data["l"], data["weight"]) for a, b, data in graph.edges(data=True))


def gexf_networkx(paths: list[Path]) -> Counter[Tie]:
    return _of_networkx(nx.read_gexf(paths[0], version="1.3"), "label")


def cytoscape_networkx(paths: list[Path]) -> Counter[Tie]:
    return _of_networkx(nx.cytoscape_graph(json.loads(paths[0].read_text(encoding="utf-8"))), "name")


def dot_pydot(paths: list[Path]) -> Counter[Tie]:
    pydot = pytest.importorskip("pydot")
    (graph,) = pydot.graph_from_dot_file(str(paths[0]), encoding="utf-8")

    def plain(text: str) -> str:
        return str(json.loads(text)) if text.startswith('"') else text

    names = {plain(node.get_name()): plain(node.get("label")) for node in graph.get_nodes() if node.get("label")}
    ends = ((names[plain(e.get_source())], names[plain(e.get_destination())], e) for e in graph.get_edges())
    return Counter(tie(a, b, plain(e.get("role")), plain(e.get("weight"))) for a, b, e in ends)


def dl_by_the_manual(paths: list[Path]) -> Counter[Tie]:
    """Read UCINET's full matrices as its help describes them: no library here reads more than one."""
    words = shlex.split(paths[0].read_text(encoding="utf-8"))
    sizes = dict(word.split("=") for word in words[1:3])
    n, matrices = int(sizes["n"]), int(sizes["nm"])
    assert words[3:6] == ["format", "=", "fullmatrix"]
    labels, roles = (
        words[words.index("labels:") + 1 :][:n],
        words[words.index("matrix") + 2 :][:matrices],
    )
    cells = list(map(int, words[words.index("data:") + 1 :]))
    assert len(cells) == n * n * matrices
    found: Counter[Tie] = Counter()
    for place, weight in enumerate(cells):
        role, (a, b) = roles[place // (n * n)], divmod(place % (n * n), n)
        assert weight == cells[place // (n * n) * n * n + b * n + a]  # the same on both sides of the diagonal
        if a < b and weight:
            found[tie(labels[a], labels[b], role, 1)] += weight
    return found


def html_json(paths: list[Path]) -> Counter[Tie]:
    page = paths[0].read_text(encoding="utf-8")
    content = json.loads(page.partition('id="network">')[2].partition("</script>")[0])
    names = [node["label"] for node in content["nodes"]]
    return Counter(tie(names[t["a"]], names[t["b"]], t["r"], t["w"]) for t in content["ties"])


def csv_pair_polars(paths: list[Path]) -> Counter[Tie]:
    polars = pytest.importorskip("polars")
    nodes, edges = (polars.read_csv(path, infer_schema=False).to_dicts() for path in paths)
    names = {row["Id"]: row["Label"] for row in nodes}
    return Counter(tie(names[row["Source"]], names[row["Target"]], row["role"], row["Weight"]) for row in edges)


def workbook_calamine(paths: list[Path]) -> Counter[Tie]:
    book = pytest.importorskip("python_calamine").CalamineWorkbook.from_path(str(paths[0]))
    return _of_sheets(*(book.get_sheet_by_name(name).to_python() for name in ("节点 nodes", "边 edges")))


def workbook_openpyxl(paths: list[Path]) -> Counter[Tie]:
    book = pytest.importorskip("openpyxl").load_workbook(paths[0])
    return _of_sheets(*(list(book[name].iter_rows(values_only=True)) for name in ("节点 nodes", "边 edges")))


# ---------------------------------------------------------------- networks: a strength for each pair


def vosviewer_json(paths: list[Path]) -> Counter[tuple[str, ...]]:
    network = json.loads(paths[0].read_text(encoding="utf-8"))["network"]
    names = {item["id"]: item["label"] for item in network["items"]}
    return strengths((names[t["source_id"]], names[t["target_id"]], t["strength"]) for t in network["links"])


def vosviewer_files_csv(paths: list[Path]) -> Counter[tuple[str, ...]]:
    items, links = (
        list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), delimiter="\t")) for path in paths
    )
    head = items[0]
    names = {row[head.index("id")]: row[head.index("label")] for row in items[1:]}
    return strengths((names[a], names[b], strength) for a, b, strength in links)


def dl_igraph(paths: list[Path]) -> Counter[tuple[str, ...]]:
    graph = igraph_of("dl", paths[0])
    ties = ((*graph.vs[[e.source, e.target]]["name"], e["weight"]) for e in graph.es if e.source < e.target)
    return strengths(ties)


# ---------------------------------------------------------------- rows


def rows_openpyxl(paths: list[Path]) -> Cells:
    sheet = pytest.importorskip("openpyxl").load_workbook(paths[0]).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [tuple(row) for row in sheet.iter_rows(values_only=True)][1:]


def rows_calamine(paths: list[Path]) -> Cells:
    book = pytest.importorskip("python_calamine").CalamineWorkbook.from_path(str(paths[0]))
    return [tuple(None if cell == "" else cell for cell in row) for row in book.get_sheet_by_index(0).to_python()][1:]


def parquet_polars(paths: list[Path]) -> Cells:
    return list(pytest.importorskip("polars").read_parquet(paths[0]).rows())


def json_polars(paths: list[Path]) -> Cells:
    return list(pytest.importorskip("polars").read_json(paths[0]).rows())


def csv_polars(paths: list[Path]) -> Cells:
    frame = pytest.importorskip("polars").read_csv(paths[0], infer_schema=False)
    return _typed([tuple(cell and cell.removeprefix("'") for cell in row) for row in frame.rows()])


def tsv_lines(paths: list[Path]) -> Cells:
    lines = paths[0].read_text(encoding="utf-8").splitlines()[1:]
    return _typed([tuple(tables.unescape(cell) or None for cell in line.split("\t")) for line in lines])


def table_columns(paths: list[Path]) -> Cells:
    """Cut the lines of a table where the columns of its head begin."""
    head, _, *lines = paths[0].read_text(encoding="utf-8").splitlines()
    return [tuple(line.split()) for line in (head, *lines)]


# ---------------------------------------------------------------- graphs and plans


def rdflib_triples(form: str) -> Any:
    """Return a reader of triples by rdflib."""
    return lambda paths: Counter(tuple(map(plain, triple)) for triple in Graph().parse(paths[0], format=form))


def rdflib_quads(form: str) -> Any:
    """Return a reader of quads by rdflib."""
    return lambda paths: Counter(
        (plain(s), p, plain(o), str(g)) for s, p, o, g in Dataset().parse(paths[0], format=form).quads()
    )


def oxigraph_lines(form: str) -> Any:
    """Return a reader by pyoxigraph: the statements as N-Quads, sorted."""
    known = ox.RdfFormat.from_extension(form)
    return lambda paths: sorted(nameless(str(line)) for line in set(ox.parse(path=str(paths[0]), format=known)))


def plain(node: Any) -> Any:
    """Return a node; of a nameless one, which has a name in a store, only that it is nameless."""
    return BNode("n") if isinstance(loosened(node), BNode) else node


_NAMELESS = re.compile(r"_:\w+|<https://w3id.org/policygraph/node/\w+>")


def nameless(text: str) -> str:
    """Return lines of N-Quads without the names of what is nameless."""
    return _NAMELESS.sub("_:n", text)


def stratml_lxml(paths: list[Path]) -> list[tuple[str, list[str], list[str]]]:
    """Read each goal of a plan: its name, the bodies with their roles, the targets with their years."""
    etree = pytest.importorskip("lxml.etree")
    root = etree.parse(str(paths[0])).getroot()
    space = {"s": root.nsmap[None]}

    def text(part: Any, where: str) -> str:
        return str(part.findtext(where, "", space))

    return [
        (
            text(goal, "s:Name"),
            [f"{text(b, 's:Name')} {text(b, 's:Role/s:Description')}" for b in goal.iterfind("s:Stakeholder", space)],
            [
                f"{text(t, 's:EndDate')[:4]} {text(t, 's:NumberOfUnits')}"
                for t in goal.iterfind(".//s:TargetResult", space)
            ],
        )
        for goal in root.iterfind(".//s:Goal", space)
    ]


# ---------------------------------------------------------------- pictures


def png_pillow(paths: list[Path]) -> bool:
    """Decode a picture whole: large enough to read, and more than paper."""
    image = pytest.importorskip("PIL.Image")
    with image.open(paths[0]) as picture:
        picture.load()
        colours = picture.convert("RGB").getcolors(1 << 24)
        return picture.format == "PNG" and min(picture.size) > 200 and len(colours) > 10


def svg_lxml(paths: list[Path]) -> bool:
    """Parse a picture whole: it has a size and shapes."""
    root = pytest.importorskip("lxml.etree").parse(str(paths[0])).getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    return bool(root.get("viewBox")) and len(root.findall(".//s:path", space)) > 5


# ---------------------------------------------------------------- what several readers share


def _of_networkx(graph: Any, label: str) -> Counter[Tie]:
    names = {node: data.get(label, node) for node, data in graph.nodes(data=True)}
    edges = graph.edges(data=True)
    return Counter(tie(names[a], names[b], data["role"], data.get("weight", 1)) for a, b, data in edges)


def _of_sheets(nodes: Any, edges: Any) -> Counter[Tie]:
    names = {row[0]: row[1] for row in nodes[1:]}
    role = edges[0].index("角色")
    return Counter(tie(names[row[0]], names[row[1]], row[role], row[3]) for row in edges[1:])


def strengths(ties: Iterable[tuple[Any, ...]]) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for a, b, strength in ties:
        found[tuple(sorted((a, b)))] += int(strength)
    return found


def _typed(rows: Cells) -> Cells:
    """Give the cells of the sample their types again, which a text file does not hold."""
    return [(a, float(b) if b else None, int(c), d == "true", *rest) for a, b, c, d, *rest in rows]

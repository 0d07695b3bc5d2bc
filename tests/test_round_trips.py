"""Every format that `export` offers is written, read back by another program or library, and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import round_trips as read
from drawing import needs_font
from small_graph import small_graph

from policygraph.export import export, formats
from policygraph.network import Network, network
from policygraph.query import ask
from policygraph.rows import Rows
from policygraph.store import open_store
from policygraph.vocab import document_graph

ROWS = Rows(
    ("name", "value", "number", "held", "note", "evidence_role"),
    (
        ("市卫生健康委", Decimal("27.5"), 3, True, "=1+1", "lead"),
        ('a,"b"\tc\nd', None, -4, False, "@x", None),
    ),
)
PLAIN = Rows(("name", "number"), (("市卫生健康委", 3), ("控烟", -4)))
PLAN = document_graph("210200-2021-01-25-aaaaaaaa")


def dalian(kind: str) -> Network:
    with open_store() as store:
        store.add_all(small_graph())
        return network(ask(store, "responsibilities", document="dalian-2021"), kind)


def ranking() -> Rows:
    with open_store() as store:
        store.add_all(small_graph())
        return ask(store, "lead-roles")


def every_tie(made: Network) -> Any:
    names = {node: data["label"] for node, data in made.graph.nodes(data=True)}
    ends = ((names[a], names[b], data["role"], data["weight"]) for a, b, data in made.graph.edges(data=True))
    return read.Counter(read.tie(*each) for each in ends)


def strengths(made: Network) -> Any:
    names = {node: data["label"] for node, data in made.graph.nodes(data=True)}
    return read.strengths((names[a], names[b], data["weight"]) for a, b, data in made.graph.edges(data=True))


def cells(rows: Rows) -> list[tuple[Any, ...]]:
    return [tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in rows.rows]


def with_head(rows: Rows) -> list[tuple[str, ...]]:
    return [rows.columns, *(tuple(map(str, row)) for row in rows.rows)]


def triples(quads: Any) -> Counter[Any]:
    return Counter(tuple(map(read.plain, triple)) for triple in {quad[:3] for quad in quads})


def quads(found: Any) -> Counter[Any]:
    return Counter((read.plain(s), p, read.plain(o), str(g)) for s, p, o, g in found)


def lines(found: Any) -> list[str]:
    """The statements as pyoxigraph writes them, from N-Triples terms made by rdflib."""
    text = "".join(f"{s.n3()} {p.n3()} {o.n3()} {g.n3()} .\n" for s, p, o, g in found)
    return sorted(read.nameless(str(line)) for line in set(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)))


def without_graphs(found: Any) -> list[str]:
    text = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o, _ in found)
    return sorted(read.nameless(str(line)) for line in set(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)))


def the_plan(_: Any) -> Any:
    return [
        (
            "健康知识普及行动",
            ["市卫生健康委 lead", "市教体局 support", "市委宣传部 support", "市教体局 responsible"],
            ["2022 27", "2030 28"],
        ),
        ("控烟行动", ["市卫生健康委 lead", "市教体局 support", "机场集团 support"], []),
        ("总体目标", [], ["2022 "]),
    ]


@dataclass(frozen=True, slots=True)
class Trip:
    """One way there and back: what is written, in which format, who reads it, and what must be the same."""

    what: str
    form: str
    reader: str
    read: Callable[[list[Path]], Any]
    same: Callable[[Any], Any]

    def __str__(self) -> str:
        return f"{self.what}-{self.form}-{self.reader}"


MAKE: dict[str, Callable[[], Any]] = {
    "network": lambda: dalian("agency-action"),  # one body supports and shares in one action: parallel ties
    "one role": lambda: dalian("co-responsibility"),
    "rows": lambda: ROWS,
    "plain rows": lambda: PLAIN,
    "ranking": ranking,
    "quads": small_graph,
    "plan": lambda: tuple(quad for quad in small_graph() if quad[3] == PLAN),
}
KIND = {"one role": "network", "plain rows": "rows", "ranking": "rows", "plan": "quads"}

TABLE = [
    # what,       format,            reader,                                  how it reads,             what is compared
    Trip("network", "graphml", "lxml (writer: networkx)", read.graphml_lxml, every_tie),
    Trip("network", "graphml", "igraph (writer: networkx)", read.graphml_igraph, every_tie),
    Trip("network", "gexf", "networkx", read.gexf_networkx, every_tie),
    Trip("network", "cytoscape", "networkx", read.cytoscape_networkx, every_tie),
    Trip("network", "pajek", "igraph", read.pajek_igraph, every_tie),
    Trip("network", "pajek", "networkx", read.pajek_networkx, every_tie),
    Trip("network", "dot", "pydot", read.dot_pydot, every_tie),
    Trip("network", "dl", "by the manual of UCINET", read.dl_by_the_manual, every_tie),
    Trip("one role", "dl", "igraph", read.dl_igraph, strengths),
    Trip("network", "html", "json", read.html_json, every_tie),
    Trip("network", "csv", "polars (writer: csv)", read.csv_pair_polars, every_tie),
    Trip("network", "xlsx", "calamine (writer: XlsxWriter)", read.workbook_calamine, every_tie),
    Trip("network", "xlsx", "openpyxl (writer: XlsxWriter)", read.workbook_openpyxl, every_tie),
    # VOSviewer has one link a pair: strengths are added up
    Trip("network", "vosviewer", "json", read.vosviewer_json, strengths),
    Trip("network", "vosviewer-files", "csv, by the manual of VOSviewer", read.vosviewer_files_csv, strengths),
    Trip("network", "png", "Pillow (writer: matplotlib)", read.png_pillow, bool),
    Trip("network", "svg", "lxml (writer: matplotlib)", read.svg_lxml, bool),
    Trip("rows", "csv", "polars (writer: csv)", read.csv_polars, cells),
    Trip("rows", "tsv", "str.split", read.tsv_lines, cells),
    Trip("rows", "json", "polars (writer: json)", read.json_polars, cells),
    Trip("rows", "xlsx", "openpyxl (writer: XlsxWriter)", read.rows_openpyxl, cells),
    Trip("rows", "xlsx", "calamine (writer: XlsxWriter)", read.rows_calamine, cells),
    Trip("rows", "parquet", "polars (writer: pyarrow)", read.parquet_polars, cells),
    Trip("plain rows", "table", "str.split", read.table_columns, with_head),
    Trip("ranking", "png", "Pillow (writer: matplotlib)", read.png_pillow, bool),
    Trip("ranking", "svg", "lxml (writer: matplotlib)", read.svg_lxml, bool),
    Trip("quads", "ttl", "rdflib", read.rdflib_triples("turtle"), triples),
    Trip("quads", "ttl", "pyoxigraph", read.oxigraph_lines("ttl"), without_graphs),
    Trip("quads", "trig", "rdflib", read.rdflib_quads("trig"), quads),
    Trip("quads", "trig", "pyoxigraph", read.oxigraph_lines("trig"), lines),
    Trip("quads", "nq", "rdflib", read.rdflib_quads("nquads"), quads),
    Trip("quads", "nq", "pyoxigraph", read.oxigraph_lines("nq"), lines),
    Trip("quads", "jsonld", "pyoxigraph (writer: rdflib)", read.oxigraph_lines("jsonld"), lines),
    Trip("quads", "rdfxml", "rdflib (writer: pyoxigraph)", read.rdflib_triples("xml"), triples),
    Trip("plan", "stratml", "lxml (writer: xml.etree)", read.stratml_lxml, the_plan),
]


def test_every_format_is_in_the_table() -> None:
    """What `export` offers, and no more: a new format without a reader fails here."""
    offered = {(what, form) for what in ("network", "rows", "quads") for form in formats(MAKE[what]())}
    assert {(KIND.get(trip.what, trip.what), trip.form) for trip in TABLE} == offered
    assert len(offered) == 27
    assert len({str(trip) for trip in TABLE}) == len(TABLE) == 35


@pytest.mark.parametrize("trip", TABLE, ids=str)
def test_what_is_written_comes_back(trip: Trip, tmp_path: Path) -> None:
    made = MAKE[trip.what]()
    if trip.form in ("png", "svg"):
        needs_font()
    for form, module in (("xlsx", "xlsxwriter"), ("parquet", "pyarrow")):
        if trip.form == form:
            pytest.importorskip(module)
    written = list(export(made, trip.form, tmp_path / f"it.{trip.form}"))
    assert trip.read(written) == trip.same(made)


def test_the_sample_has_parallel_ties() -> None:
    """One body has two roles in one action, so a format that keeps one tie a pair is caught."""
    pairs = read.Counter(found[:2] for found in every_tie(dalian("agency-action")).elements())
    assert max(pairs.values()) == 2

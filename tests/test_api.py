"""The library: its public names, what the graph can be asked for, and what notebooks show of it."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import networkx as nx
import pytest
from servers import oxigraph
from small_graph import DOCUMENTS, WUHAI, small_graph

import policygraph as pg
from policygraph import pipeline
from policygraph.errors import ReadError, StoreError, UsageError
from policygraph.facts import save
from policygraph.store import EndpointStore, Patience, build_store, open_store, push

EXAMPLES = Path(__file__).resolve().parent.parent / "data" / "examples"
PUBLIC = {
    *("KnowledgeGraph", "Look", "Network", "Picture", "Report", "Rows"),
    *("__version__", "begin_study", "build", "extract_file", "look_at", "open", "validate_file"),
}
OF_A_GRAPH = {
    *("ask", "cascade", "close", "compare", "compare_networks", "explain", "export", "heat_map", "measures"),
    *("network", "paper", "picture", "questions", "sparql", "validate", "values", "why_empty"),
}


@pytest.fixture(scope="module")
def kg() -> Iterator[pg.KnowledgeGraph]:
    store = open_store()
    store.add_all(small_graph())
    with pg.KnowledgeGraph(store) as graph:
        yield graph


# ---------------------------------------------------------------- names


def test_the_public_names() -> None:
    assert set(pg.__all__) == PUBLIC == set(dir(pg))
    assert {name for name in vars(pg.KnowledgeGraph) if not name.startswith("_")} == OF_A_GRAPH
    for name in PUBLIC - {"__version__"}:
        assert getattr(pg, name).__doc__, name


@pytest.mark.parametrize("package", [pg, pipeline], ids=lambda package: package.__name__)
def test_what_is_loaded_on_first_use_is_what_type_checkers_are_told(package: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(package))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    told = {
        (each.asname, node.module, each.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    assert told == {(name, home, name) for name, home in package._HOMES.items()}
    assert dir(package) == sorted(package.__all__)
    assert len(told) > 5 and all(hasattr(package, name) for name in package.__all__)


def test_no_public_name_is_that_of_a_room_which_would_take_its_place() -> None:
    rooms = {each.name for each in pkgutil.iter_modules(pg.__path__)}
    assert len(rooms) > 20 and rooms & PUBLIC == set()
    with pytest.raises(AttributeError, match=r"the function is policygraph\.validate_file"):
        pg.__getattr__("validate")


def test_every_method_is_typed_and_documented() -> None:
    for name in OF_A_GRAPH:
        method = getattr(pg.KnowledgeGraph, name)
        signature = inspect.signature(method)
        assert method.__doc__ and signature.return_annotation is not inspect.Signature.empty, name
        for parameter in list(signature.parameters.values())[1:]:
            assert parameter.annotation is not inspect.Parameter.empty, (name, parameter)


# ---------------------------------------------------------------- what can be asked


ASKED: dict[str, tuple[Callable[[pg.KnowledgeGraph], Any], Any]] = {
    "a question": (lambda kg: kg.ask("lead-roles").rows[0][:4], (1, "health", "卫生健康", 2)),
    "with a parameter": (lambda kg: len(kg.ask("lead-roles", document="wuhai-2021").rows), 3),
    "with evidence": (lambda kg: kg.ask("lead-roles", evidence=True).columns[-1], "evidence_status"),
    "the catalogue": (lambda kg: kg.questions().columns, ("subject", "question", "title", "description", "parameters")),
    "a pick list": (lambda kg: kg.values("departures", "verdict").rows[0], ("equal", "equal")),
    "the query behind": (lambda kg: "id/level/county" in kg.explain("lead-roles-by-level", level="county"), True),
    "why nothing": (lambda kg: "no match" in kg.why_empty("lead-roles-by-level", level="county"), True),
    "rows of SPARQL": (lambda kg: kg.sparql("SELECT (COUNT(DISTINCT ?t) AS ?n) { ?t a pg:Target }").rows, ((7,),)),
    "a truth": (lambda kg: kg.sparql("ASK { ?any a pg:Plan }"), True),
    "triples": (lambda kg: len(kg.sparql("CONSTRUCT WHERE { ?p a pg:Plan }")) > 1, True),
    "a network": (lambda kg: sorted(data["community"] for _, data in kg.network("function").graph.nodes.items())[0], 1),
    "of one document": (lambda kg: len(kg.network("co-responsibility", "wuhai-2021").graph), 2),
    "measures": (lambda kg: kg.measures("co-responsibility").columns[:4], ("id", "label", "kind", "degree")),
    "a measure": (lambda kg: kg.measures(kg.network("function"), "degree", top=1).columns[0], "rank"),
    "two networks": (lambda kg: kg.compare_networks("大连市", "wuhai-2021").shared, 3),
    "the matrix": (lambda kg: kg.cascade().columns[:5], ("indicator", "label", "year", "guofa-2019-13", "dalian-2021")),
    "a path": (lambda kg: len(kg.cascade("health-literacy", "wuhai-2021").rows), 1),
    "a report": (lambda kg: kg.validate("dalian-2021").documents, ("210200-2021-01-25-aaaaaaaa",)),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_asked_is_answered(kg: pg.KnowledgeGraph, what: str) -> None:
    ask, expected = ASKED[what]
    assert ask(kg) == expected


REFUSED: dict[str, tuple[Callable[[pg.KnowledgeGraph], Any], str]] = {
    "question": (lambda kg: kg.ask("lead-rolls"), "did you mean lead-roles"),
    "parameter": (lambda kg: kg.ask("lead-roles", city="大连"), "has no parameter city"),
    "network": (lambda kg: kg.network("friends"), "«friends» is not a network"),
    "measure": (lambda kg: kg.measures("function", "beauty"), "«beauty» is not a measure"),
    "document": (lambda kg: kg.compare("dalian-2020"), "did you mean dalian-2021"),
    "form": (lambda kg: kg.export("docx", "x"), "«docx» is not a format here"),
    "draft": (lambda kg: pg.validate_file("no such file"), "no such file or folder"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_exist_is_said(kg: pg.KnowledgeGraph, what: str) -> None:
    ask, message = REFUSED[what]
    with pytest.raises(UsageError, match=message):
        ask(kg)


# ---------------------------------------------------------------- files and pictures

WRITTEN = [
    ("nq", None, ["a"]),
    ("csv", "lead-roles", ["a"]),
    ("xlsx", "lead-roles-compared", ["a"]),
    ("csv", "function", ["a-edges.csv", "a-nodes.csv"]),
    ("graphml", "co-responsibility", ["a"]),
    ("json", pg.Rows(("n",), ((1,),)), ["a"]),
]


@pytest.mark.parametrize(("form", "what", "names"), WRITTEN, ids=lambda value: str(value)[:20])
def test_the_graph_rows_and_networks_go_to_files(
    kg: pg.KnowledgeGraph, tmp_path: Path, form: str, what: Any, names: list[str]
) -> None:
    paths = kg.export(form, tmp_path / "a", what)
    visible = sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("."))
    assert sorted(path.name for path in paths) == names == visible


def test_one_document_goes_to_a_file(kg: pg.KnowledgeGraph, tmp_path: Path) -> None:
    (path,) = kg.export("nq", tmp_path / "a.nq", document="wuhai-2021")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines and all("graph/document/wuhaizhengbanfa-2021-37> ." in line for line in lines)


def test_pictures_are_shown_and_saved(kg: pg.KnowledgeGraph, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    try:
        drawn = kg.picture("lead-roles", title="牵头")
    except UsageError as error:
        pytest.skip(str(error))
    assert set(drawn._repr_mimebundle_()) == {"image/svg+xml"}
    assert drawn.save(tmp_path / "a.svg").read_bytes() == drawn.data
    assert kg.heat_map("dalian-2021", form="png")._repr_mimebundle_()["image/png"][:4] == b"\x89PNG"  # type: ignore[index]
    assert "data" not in repr(drawn)


# ---------------------------------------------------------------- where the graph is


def test_a_store_is_opened_by_its_path_or_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_store(tmp_path / "kg", small_graph())
    with pg.open(tmp_path / "kg") as kg:
        assert len(kg.ask("documents").rows) == len(DOCUMENTS)
    monkeypatch.setenv("POLICYGRAPH_STORE", str(tmp_path / "kg"))
    with pg.open() as kg:
        assert len(kg.ask("documents").rows) == len(DOCUMENTS)
    with pytest.raises(StoreError, match="no store is there"):
        pg.open(tmp_path / "none")


def test_an_endpoint_gives_the_same_answers(kg: pg.KnowledgeGraph, tmp_path: Path) -> None:
    with oxigraph(tmp_path) as server:
        with open_store() as local, EndpointStore(server.query, patience=Patience(pause=0.01)) as remote:
            local.add_all(small_graph())
            push(local, remote)
        with pg.open(server.query, timeout=20) as there:
            assert there.ask("lead-roles") == kg.ask("lead-roles")
            assert there.cascade() == kg.cascade()
            assert there.compare("大连市", "乌海市", by="leads") == kg.compare("大连市", "乌海市", by="leads")
            assert nx.utils.graphs_equal(there.network("function").graph, kg.network("function").graph)
            assert there.validate("dalian-2021") == kg.validate("dalian-2021")


def test_a_draft_is_read_and_checked(tmp_path: Path) -> None:
    facts = pg.extract_file(EXAMPLES / "faulty-draft.txt")
    assert facts.targets and not pg.validate_file(EXAMPLES / "faulty-draft.txt", against="国发〔2019〕13号").conforms
    with pytest.raises(ReadError):
        pg.extract_file(tmp_path / "none.txt")


def test_a_folder_of_drafts_is_checked_and_what_cannot_be_read_is_warned_of(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "faulty-draft.txt", tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.warns(UserWarning, match=r"empty\.txt: the file is empty"):
        report = pg.validate_file(tmp_path)
    assert len(report.documents) == 1 and report.results


def test_a_folder_of_tables_is_built_and_opened(tmp_path: Path) -> None:
    save(WUHAI, tmp_path / "tables" / "wuhai-2021")
    (tmp_path / "tables" / "bad").mkdir()
    (tmp_path / "tables" / "bad" / "metadata.tsv").write_text("x", encoding="utf-8")
    with pytest.warns(UserWarning, match="bad"), pg.build(tmp_path / "kg", [tmp_path / "tables"], alone=True) as kg:
        assert [row[0] for row in kg.ask("actions-of-document").rows] == ["wuhai-2021"]


# ---------------------------------------------------------------- notebooks


def test_a_notebook_shows_a_network(kg: pg.KnowledgeGraph) -> None:
    html = kg.network("function")._repr_html_()
    assert "4 个节点,6 条边 / 4 nodes, 6 edges" in html and "<td" in html
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("<script>", label="<b>", kind="function")
    shown = pg.Network("<i>", graph)._repr_html_()
    assert "<script>" not in shown and "<b><i>" not in shown and "&lt;script&gt;" in shown
    graph.add_nodes_from(map(str, range(30)))
    assert "显示前 10 行 / the first 10 of 31 rows" in pg.Network("x", graph)._repr_html_()


def test_a_notebook_shows_a_report(kg: pg.KnowledgeGraph) -> None:
    report = kg.validate("dalian-2021")
    assert report.results
    html = report._repr_html_()
    assert "个错误" in html and "<th>严重程度<br><small>severity</small></th>" in html
    rows = report.to_rows("en")
    assert len(rows.rows) == len(report.results) and {row[0] for row in rows.rows} <= {"error", "warning", "info"}

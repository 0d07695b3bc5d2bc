"""The notebooks of docs/ run from the first cell to the last, and their figures are those of the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawing import needs_font

import policygraph as pg

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("pandas")

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTEBOOKS = sorted(DOCS.glob("*.ipynb"))

HEALTH = """SELECT (COUNT(DISTINCT ?r) AS ?n) {
  ?r a pg:LeadResponsibility ; pg:agency/pg:hasFunction/dcterms:identifier "health" }"""
CITY = """?r a pg:Responsibility ; pg:inDocument/dcterms:identifier "dalian-2021" ; pg:agency ?a .
  ?c pg:hasResponsibility ?r"""
BODIES = f"SELECT (COUNT(DISTINCT ?a) AS ?n) {{ {CITY} }}"
TIES = f"""SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?a ?b {{ {CITY} . ?act pg:hasClause ?c, ?d .
  ?d pg:hasResponsibility/pg:agency ?b . FILTER(STR(?a) < STR(?b)) }} }}"""
VERDICT = """SELECT (COUNT(DISTINCT ?x) AS ?n) {{
  ?x a pg:TargetAlignment ; pg:scope "parent" ; pg:verdict "{}" }}"""

# How many code cells a notebook has, and the queries that give its last figures.
EXPECTED: dict[str, tuple[int, list[str]]] = {
    "1-first-steps": (12, [HEALTH]),
    "2-network-of-bureaus": (13, [BODIES, TIES]),
    "3-cascade": (10, [VERDICT.format("tighter"), VERDICT.format("looser")]),
}


@pytest.fixture(scope="module")
def store(bundled_store: Path) -> Iterator[Path]:
    """Return the store of the bundled plans; ``pg.open()`` of the notebooks finds it by the environment."""
    needs_font()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICYGRAPH_STORE", str(bundled_store))
        yield bundled_store


def code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_notebooks_are_these() -> None:
    assert [path.stem for path in NOTEBOOKS] == list(EXPECTED)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_its_answers(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in code(notebook))
    assert "policygraph." not in "".join(cell.source for cell in code(notebook)).replace("policygraph.pg", "")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_what_the_graph_says(path: Path, store: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(DOCS)}}).execute()
    cells, queries = EXPECTED[path.stem]
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, cells + 1))
    (last,) = code(notebook)[-1].outputs
    with pg.open(store) as kg:
        figures = [kg.sparql(query).rows[0][0] for query in queries]  # type: ignore[union-attr]
    assert all(figures)
    assert last.data["text/plain"] == (str(figures[0]) if len(figures) == 1 else str(tuple(figures)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_tables_and_a_picture(path: Path) -> None:
    source = "\n".join(cell.source for cell in code(nbformat.read(path, as_version=4)))
    assert ".to_pandas()" in source and ("kg.picture(" in source or "kg.heat_map(" in source)

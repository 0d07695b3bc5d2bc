"""One behaviour, two stores: in memory and on disk; what is special to the disk follows."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import XSD, BNode, Literal, URIRef

from policygraph.errors import QueryError, StoreError, UsageError
from policygraph.rows import Rows
from policygraph.store import Limits, Solutions, Store, build_store, open_store
from policygraph.vocab import Quad

A, B, G1, G2 = (URIRef(f"https://example.org/{name}") for name in ("a", "b", "g1", "g2"))
NAME, SIZE = URIRef("https://example.org/name"), URIRef("https://example.org/size")
ONE: Quad = (A, NAME, Literal("控烟", lang="zh"), G1)
TWO: Quad = (A, SIZE, Literal("27.5", datatype=XSD.decimal), G1)
THREE: Quad = (B, NAME, Literal('quote " back\\slash\nline'), G2)
EX = "PREFIX ex: <https://example.org/> "


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(":memory:" if request.param == "memory" else tmp_path / "kg") as opened:
        opened.add_all([ONE, TWO, THREE])
        yield opened


def rows(store: Store, query: str, **bindings: object) -> tuple[tuple[object, ...], ...]:
    answer = store.query(EX + query, bindings)  # type: ignore[arg-type]
    assert isinstance(answer, Rows)
    return answer.rows


def test_what_goes_in_comes_out(store: Store) -> None:
    assert set(store.quads()) == {ONE, TWO, THREE}
    assert set(store.quads(G2)) == {THREE}
    assert store.graphs() == (G1, G2)
    assert (store.count(), store.count(G1), store.count(A)) == (3, 2, 0)


def test_replace_changes_one_graph_whole(store: Store) -> None:
    new: Quad = (B, SIZE, Literal(1), G1)
    store.replace(G1, [new])
    assert set(store.quads()) == {new, THREE}
    store.replace(G1, [])
    assert set(store.quads()) == {THREE}


def test_replace_that_fails_changes_nothing(store: Store) -> None:
    for wrong in ((B, NAME, Literal("x"), G2), (URIRef("no iri"), NAME, Literal("x"), G1)):
        with pytest.raises(StoreError):
            store.replace(G1, [(B, SIZE, Literal(1), G1), wrong])
    assert set(store.quads()) == {ONE, TWO, THREE}


def test_the_default_graph_is_the_union(store: Store) -> None:
    assert rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ((3,),)


def test_a_triple_in_two_graphs_is_one_when_counted_distinct(store: Store) -> None:
    store.add_all([(*ONE[:3], G2)])
    assert rows(store, "SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }") == ((3,),)


def test_a_query_that_names_its_dataset_gets_it(store: Store) -> None:
    assert rows(store, "SELECT (COUNT(*) AS ?n) FROM ex:g1 { ?s ?p ?o }") == ((2,),)
    assert rows(store, "SELECT (COUNT(*) AS ?n) { GRAPH ex:g2 { ?s ?p ?o } }") == ((1,),)


def test_answers_are_plain_cells_or_terms(store: Store) -> None:
    query = EX + "SELECT ?s ?size ?none { ?s ex:size ?size }"
    assert store.query(query) == Rows(("s", "size", "none"), ((str(A), Decimal("27.5"), None),))
    assert store.answer(query) == Solutions(("s", "size", "none"), ((A, TWO[2], None),))
    assert store.query(EX + "ASK { ex:a ex:size 27.5 }") is True
    assert store.query(EX + "CONSTRUCT WHERE { ?s ex:size ?o }") == (TWO[:3],)


def test_the_prefixes_of_the_project_are_known(store: Store) -> None:
    assert store.query("ASK { ?s pg:leads ?o }") is False


BINDINGS = [
    "SELECT ?s { ?s ex:name ?name }",
    "SELECT ?s WHERE { ?s ex:name ?name }",
    "SELECT ?s { VALUES ?name { UNDEF } ?s ex:name ?name }",
    "SELECT ?s { { SELECT ?s { VALUES ?name { 'default' } ?s ex:name ?name } } }",
    "SELECT ?s { ?s ex:name ?name } VALUES ?name { UNDEF }",
    "SELECT (SAMPLE(?x) AS ?s) { ?x ex:name ?name } GROUP BY ?name",
    "SELECT ?s ('VALUES ?name { }' AS ?text) { ?s ex:name ?name # VALUES ?name {}\n }",
]


@pytest.mark.parametrize("query", BINDINGS)
@pytest.mark.parametrize("value", [ONE, THREE])
def test_parameters_are_bound_as_terms(store: Store, query: str, value: Quad) -> None:
    assert [row[0] for row in rows(store, query, name=value[2])] == [str(value[0])]


def test_parameters_reach_ask_and_construct(store: Store) -> None:
    assert store.query(EX + "ASK { ?s ex:name ?name }", {"name": Literal("nobody")}) is False
    found = store.query(EX + "CONSTRUCT { ?s ex:is ?name } WHERE { ?s ex:name ?name }", {"name": THREE[2]})
    assert found == ((B, URIRef("https://example.org/is"), THREE[2]),)


@pytest.mark.parametrize("evil", ['" } DROP ALL #', "} SERVICE <http://localhost/> {", "\\", "'''", '"""', "\u0022\n}"])
def test_no_value_ends_its_literal(store: Store, evil: str) -> None:
    assert rows(store, "SELECT ?x { BIND(?name AS ?x) }", name=Literal(evil)) == ((evil,),)


SERVICES = [
    "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
    "SELECT * { service\nSILENT <http://localhost:1/> { ?s ?p ?o } }",
    "ASK { { SELECT ?s { SERVICE ?s { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://localhost:1/> { ?s ?p ?o } } }",
    "SELECT * { # not the end \r SERVICE <http://localhost:1/> { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <http://localhost:1/> { ?s ?p ?o } }",
    r"SELECT * { \u005Cu0053ERVICE <http://localhost:1/> { ?s ?p ?o } }",
    r'SELECT * { ?s ?p "\u005C" . SERVICE <http://localhost:1/> { ?s ?p "" } }',
    "PREFIX ex: <http://e/> SELECT (1 AS ?service) { ?s ex:service ?o . SERVICE ex:x {} }",
    "DESCRIBE ?s { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_a_query_never_reaches_the_network(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match=r"SERVICE|cannot be read"):
        store.query(query)


def test_the_word_service_may_be_spoken_of(store: Store) -> None:
    query = "SELECT ?service { BIND('SERVICE <x> {' AS ?service) # SERVICE\n FILTER(?service != <http://e/service>) }"
    assert rows(store, query) == (("SERVICE <x> {",),)


UPDATES = [
    "INSERT DATA { <http://e/a> <http://e/b> 1 }",
    "DROP ALL",
    "LOAD <http://localhost:1/x>",
    "PREFIX a: <http://e/> delete where { ?s ?p ?o }",
]


@pytest.mark.parametrize("update", UPDATES)
def test_queries_do_not_write(store: Store, update: str) -> None:
    with pytest.raises(QueryError, match="is no query"):
        store.query(update)
    assert store.count() == 3


SYNTAX = [
    ("SELECT ?s {\n ?s ex:name }", "line 2, column 13"),
    ("SELECT ?s { ?s nix:name ?o }", "line 1, column"),
    ("", "this is no query"),
    ("HELLO", "use SELECT"),
    ("ASK { FILTER(<http://e/f>(1)) }", "functions of SPARQL"),
]


@pytest.mark.parametrize(("query", "place"), SYNTAX)
def test_a_syntax_error_says_where(store: Store, query: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        store.query(query)


def test_limits(store: Store) -> None:
    with pytest.raises(QueryError, match="more than 2 rows"):
        store.query("SELECT * { ?s ?p ?o }", limits=Limits(rows=2))
    assert store.query("ASK {}", limits=Limits(seconds=60)) is True
    with pytest.raises(QueryError, match="line 1"):
        store.query("ASK {", limits=Limits(seconds=60))
    product = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(18))
    with pytest.raises(QueryError, match=r"within 0\.2 seconds"):
        store.query(f"SELECT * {{ {product} }}", limits=Limits(seconds=0.2))


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.sampled_from([None, "zh", "en"]),
)
@settings(max_examples=60, deadline=None)
def test_any_text_survives(text: str, lang: str | None) -> None:
    with open_store() as opened:
        quad: Quad = (A, NAME, Literal(text, lang=lang), G1)
        opened.replace(G1, [quad])
        assert list(opened.quads()) == [quad]
        answer = opened.query(EX + "ASK { ?s ex:name ?name }", {"name": quad[2]})
        assert answer is True or "\r" in text  # line ends in query text become \n


def test_blank_nodes_of_an_ontology_are_kept() -> None:
    with open_store() as opened:
        opened.replace(G1, [(A, NAME, BNode("x"), G1), (BNode("x"), NAME, Literal("in"), G1)])  # type: ignore[list-item]
        assert opened.query(EX + "ASK { ex:a ex:name/ex:name 'in' }") is True


# ---------------------------------------------------------------- on disk


def test_a_store_on_disk_stays(tmp_path: Path) -> None:
    assert build_store(tmp_path / "kg", iter([ONE, TWO, ONE])) == 2
    with open_store(tmp_path / "kg", read_only=True) as opened:
        assert set(opened.quads()) == {ONE, TWO}
        for change in (lambda: opened.replace(G1, []), lambda: opened.add_all([THREE]), opened.optimize):
            with pytest.raises(StoreError, match="read only"):
                change()


def test_a_build_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    for quads in ([ONE], [TWO], [THREE]):
        build_store(tmp_path, quads)
    with open_store(tmp_path) as opened:
        assert list(opened.quads()) == [THREE]
    assert len(list(tmp_path.glob("build-*"))) == 2  # the one before is kept for its readers


def test_one_may_read_while_another_builds(tmp_path: Path) -> None:
    build_store(tmp_path, [ONE])
    with open_store(tmp_path, read_only=True) as reader:
        build_store(tmp_path, [TWO])
        assert list(reader.quads()) == [ONE]


def test_a_build_that_fails_leaves_the_old_store(tmp_path: Path) -> None:
    build_store(tmp_path, [ONE])
    with pytest.raises(StoreError, match="no iri"):
        build_store(tmp_path, [TWO, (URIRef("no iri"), NAME, Literal("x"), G1)])
    with open_store(tmp_path, read_only=True) as opened:
        assert list(opened.quads()) == [ONE]


KILLED = """
    import sys, time
    from rdflib import Literal, URIRef
    from policygraph.store import build_store
    def quads():
        name = URIRef("https://example.org/name")
        for i in range(200_000):
            yield URIRef(f"https://example.org/{i}"), name, Literal(i), name
        print("half", flush=True)
        time.sleep(60)
    build_store(sys.argv[1], quads())
"""


@pytest.mark.parametrize("first", [True, False])
def test_a_killed_build_leaves_the_old_store(tmp_path: Path, first: bool) -> None:
    if not first:
        build_store(tmp_path, [ONE])
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout and build.stdout.readline() == "half\n"
        with pytest.raises(StoreError, match="another build"):
            build_store(tmp_path, [TWO])
        build.kill()
    if first:
        with pytest.raises(StoreError, match="no store"):
            open_store(tmp_path, read_only=True)
    else:
        with open_store(tmp_path, read_only=True) as opened:
            assert list(opened.quads()) == [ONE]
    assert build_store(tmp_path, [TWO]) == 1
    with open_store(tmp_path) as opened:
        assert list(opened.quads()) == [TWO]


# What the engine leaves of a load that is killed.
HALF = ("000012.sst", "bulk-87093668917311751347817922171635762304.sst", "000004.log", "OPTIONS-000007.dbtmp")


@pytest.mark.parametrize("name", HALF)
def test_what_a_killed_load_leaves_is_ours(tmp_path: Path, name: str) -> None:
    (tmp_path / "build.lock").touch()
    (tmp_path / "build-000001").mkdir()
    (tmp_path / "build-000001" / name).write_bytes(b"half")
    assert build_store(tmp_path, [ONE]) == 1


def test_errors_of_opening(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store is there"):
        open_store(tmp_path / "nowhere", read_only=True)
    with pytest.raises(UsageError, match="address"):
        open_store("gopher://example.org/sparql")
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="other files"):
        build_store(tmp_path, [ONE])
    with open_store(tmp_path / "kg"), pytest.raises(StoreError, match="close what holds it"):
        open_store(tmp_path / "kg")

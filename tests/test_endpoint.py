"""Stores behind SPARQL endpoints: real servers, every question on four engines, and servers that misbehave."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from engines import RdflibStore, counted
from odd_graph import odd_graph
from rdflib import XSD, BNode, Literal, URIRef
from servers import Server, free_port, oxigraph, virtuoso
from test_bodies_queries import QUADS as SEATS

from policygraph.cli import main
from policygraph.errors import PolicyGraphError, QueryError, StoreError, UsageError
from policygraph.query import Question, ask, catalogue
from policygraph.rows import Rows
from policygraph.store import EndpointStore, Limits, Patience, Solutions, Store, build_store, open_store, push
from policygraph.store.addresses import guess
from policygraph.store.auth import PASSWORD, USER, credentials
from policygraph.store.client import Client
from policygraph.store.request import Request
from policygraph.store.wire import compact, inline
from policygraph.vocab import PG, Quad

A, B, G1, G2 = (URIRef(f"https://example.org/{name}") for name in ("a", "b", "g1", "g2"))
NAME, SIZE, FLAG = (URIRef(f"https://example.org/{name}") for name in ("name", "size", "flag"))
ONE: Quad = (A, NAME, Literal("\u63a7\u70df\u3014\U00020000\u3015", lang="zh"), G1)
TWO: Quad = (A, SIZE, Literal("27.5", datatype=XSD.decimal), G1)
THREE: Quad = (B, NAME, Literal('quote " back\\slash\nline\ttab'), G2)
FOUR: Quad = (B, FLAG, Literal("true", datatype=XSD.boolean), G2)
FIVE: Quad = (B, SIZE, Literal("2022", datatype=XSD.gYear), G2)
QUADS = [ONE, TWO, THREE, FOUR, FIVE]
EX = "PREFIX ex: <https://example.org/> "
MANY = [(URIRef(f"https://example.org/{i}"), SIZE, Literal(str(i), datatype=XSD.integer), G1) for i in range(4_500)]
SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}
QUICK = Patience(seconds=30, pause=0)
Asked = Callable[[Question], "list[Counter[tuple[object, ...]] | None]"]


@pytest.fixture(autouse=True)
def no_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    for name in (USER, PASSWORD):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module", params=sorted(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


def allow(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    if server.user:
        monkeypatch.setenv(USER, server.user)
        monkeypatch.setenv(PASSWORD, server.password)


@pytest.fixture
def remote(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[EndpointStore]:
    allow(server, monkeypatch)
    with EndpointStore(server.query, patience=QUICK) as store:
        for name in store.graphs():
            store.replace(name, [])
        yield store


@pytest.fixture
def filled(remote: EndpointStore) -> EndpointStore:
    remote.add_all(QUADS)
    return remote


# ---------------------------------------------------------------- the same behaviour as a store of our own


def test_what_goes_in_comes_out(filled: EndpointStore) -> None:
    assert set(filled.quads()) == set(QUADS)
    assert set(filled.quads(G1)) == {ONE, TWO}
    assert filled.graphs() == (G1, G2)
    assert (filled.count(), filled.count(G1), filled.count(A)) == (5, 2, 0)


def test_replace_changes_one_graph_whole(filled: EndpointStore) -> None:
    new: Quad = (B, SIZE, Literal("1", datatype=XSD.integer), G1)
    filled.replace(G1, [new])
    assert set(filled.quads()) == {new, *QUADS[2:]}
    filled.replace(G1, [])
    assert filled.graphs() == (G2,)
    filled.replace(G1, [])  # what is not there need not be deleted


def test_replace_that_fails_changes_nothing(filled: EndpointStore) -> None:
    blank: Quad = (B, NAME, BNode(), G1)
    for wrong in ((B, NAME, Literal("x"), G2), (URIRef("no iri"), NAME, Literal("x"), G1), blank):
        with pytest.raises(StoreError):
            filled.replace(G1, [TWO, wrong])
    assert set(filled.quads()) == set(QUADS)


def test_the_default_graph_is_the_union(filled: EndpointStore) -> None:
    assert filled.query(EX + "ASK { ex:a ex:size 27.5 . ex:b ex:flag true }") is True
    counts = filled.query(EX + "SELECT (COUNT(*) AS ?n) FROM ex:g1 { ?s ?p ?o }")
    assert isinstance(counts, Rows) and counts.rows == ((2,),)


def test_answers_are_terms_in_one_form(filled: EndpointStore) -> None:
    query = EX + "SELECT ?s ?o ?none { VALUES ?p { ex:size ex:flag ex:name } ?s ?p ?o }"
    found = filled.answer(query)
    assert isinstance(found, Solutions) and found.columns == ("s", "o", "none")
    assert {row[:2] for row in found.rows} == {(s, o) for s, _, o, _ in QUADS}
    assert {row[2] for row in found.rows} == {None}


def test_construct_and_describe(filled: EndpointStore) -> None:
    query = EX + "CONSTRUCT { ?s ex:is ?o ; ex:is ?o . ?o ex:of ?s } WHERE { ?s ex:size ?o }"
    assert set(filled.query(query)) == {(s, URIRef(f"{B[:-1]}is"), o) for s, p, o, _ in QUADS if p == SIZE}  # type: ignore[arg-type]
    assert set(filled.query(EX + "CONSTRUCT WHERE { ?s ex:flag ?o }")) == {FOUR[:3]}  # type: ignore[arg-type]
    about_a, about_b = {ONE[:3], TWO[:3]}, {THREE[:3], FOUR[:3], FIVE[:3]}
    for describe, expected in (
        ("DESCRIBE ex:a", about_a),
        ("DESCRIBE ex:a ?s FROM ex:g1 FROM ex:g2 WHERE { ?s ex:flag ?o } LIMIT 1", about_a | about_b),
        ("DESCRIBE * { ?s ex:flag ?o }", about_b),
        ("DESCRIBE ex:a FROM ex:g2", set()),
    ):
        assert set(filled.query(EX + describe)) == expected  # type: ignore[arg-type]


def test_parameters_are_bound_as_terms(filled: EndpointStore) -> None:
    for quad in (ONE, THREE):
        found = filled.query(EX + "SELECT ?s { ?s ex:name ?name }", {"name": quad[2]})
        assert isinstance(found, Rows) and found.rows == ((str(quad[0]),),)


def test_errors_come_before_the_server_is_asked(filled: EndpointStore) -> None:
    with pytest.raises(QueryError, match="line 2, column 7"):
        filled.query("ASK {\n ?s ?p")
    with pytest.raises(QueryError, match="SERVICE is refused"):
        filled.query("ASK { SERVICE <http://127.0.0.1:1/> {} }")
    with pytest.raises(QueryError, match="more than 2 rows"):
        filled.query(EX + "SELECT * { ?s ex:size|ex:name ?o }", limits=Limits(rows=2))


# ---------------------------------------------------------------- pushing


def test_a_push_skips_what_is_there(remote: EndpointStore) -> None:
    with open_store() as local:
        local.add_all(QUADS)
        assert [each.outcome for each in push(local, remote)] == ["written", "written"]
        assert [each.outcome for each in push(local, remote)] == ["same", "same"]
        local.replace(G1, [ONE])
        seen: list[tuple[int, int, str]] = []
        push(local, remote, report=lambda number, total, done: seen.append((number, total, done.outcome)))
        assert seen == [(1, 2, "written"), (2, 2, "same")]
        assert set(remote.quads()) == set(local.quads())


def test_a_push_counts_what_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store() as local, open_store() as target:
        local.add_all(QUADS)
        monkeypatch.setattr(type(target), "replace", lambda *_: None)  # a server that says yes and keeps nothing
        with pytest.raises(StoreError, match=f"the target holds 0 of {local.count(G1)} triples after the push"):
            push(local, target)


def test_a_push_goes_on_where_it_stopped(remote: EndpointStore, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store() as local:
        local.add_all(QUADS)
        whole = EndpointStore.replace

        def fails(self: EndpointStore, graph: URIRef, quads: object) -> None:
            if graph == G2:
                raise StoreError("the line was cut")
            whole(self, graph, quads)  # type: ignore[arg-type]

        monkeypatch.setattr(EndpointStore, "replace", fails)
        with pytest.raises(StoreError, match=r"the line was cut \(1 of 2 graphs are in; push again to go on\)"):
            push(local, remote)
        monkeypatch.setattr(EndpointStore, "replace", whole)
        assert [each.outcome for each in push(local, remote)] == ["same", "written"]


def test_a_large_graph_without_the_graph_store_protocol(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    allow(server, monkeypatch)
    update = guess(server.query, "Virtuoso" if server.user else "Oxigraph").update
    with EndpointStore(server.query, patience=QUICK, update=update) as store:
        store.replace(G1, MANY)  # three batches beside the graph, then moved over it
        assert (store.count(G1), store.count()) == (4_500, sum(store.counts().values()))
        update_of = store._update

        def fails(text: str) -> None:
            if text.startswith("MOVE"):
                raise StoreError("the line was cut")
            update_of(text)

        monkeypatch.setattr(store, "_update", fails)
        with pytest.raises(StoreError, match="the line was cut"):
            store.replace(G1, MANY[:3_000])
        monkeypatch.undo()
        assert store.count(G1) == 4_500  # the old graph stays
        assert not [name for name in store.graphs() if "loading" in name]


def test_answers_that_a_server_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with virtuoso(tmp_path, rows=1_000) as server:
        allow(server, monkeypatch)
        with EndpointStore(server.query, patience=QUICK) as store:
            store.replace(G1, MANY)
            assert set(store.quads(G1)) == set(MANY)  # in pages
            for query in ("SELECT * { ?s ex:size ?o }", "CONSTRUCT WHERE { ?s ex:size ?o }"):
                with pytest.raises(QueryError, match="cuts answers at 1000 rows"):
                    store.query(EX + query)


# ---------------------------------------------------------------- every question, on every engine


@pytest.fixture(scope="module")
def small() -> Iterator[dict[str, object]]:
    """Plans small enough for rdflib, with what every question is about."""
    quads = (*odd_graph(), *SEATS)
    with open_store() as local:
        local.add_all(quads)
        yield {"embedded": local, "rdflib": RdflibStore(quads)}


@pytest.fixture(scope="module")
def bundled(bundled_store: Path) -> Iterator[Store]:
    """Return the bundled plans in memory, where hundreds of questions take half as long as on disk."""
    with open_store(bundled_store, read_only=True) as stored, open_store() as store:
        store.add_all(stored.quads())
        yield store


@pytest.fixture(scope="module")
def loaded(server: Server, bundled: Store) -> Iterator[EndpointStore]:
    """The server with the bundled plans; the tests above are done with it."""
    with pytest.MonkeyPatch.context() as patch:
        allow(server, patch)
        store = EndpointStore(server.query, patience=QUICK)
        for name in store.graphs():
            store.replace(name, [])
        push(bundled, store)
    yield store
    store.close()


def examples(question: Question) -> list[dict[str, object]]:
    """No parameters, and the example of each by itself."""
    return [{}, *({each.name: each.example} for each in question.parameters)]


def answered(store: object, question: Question, given: dict[str, object]) -> Rows | None:
    """The answer, or None where the store does not know the thing of the example."""
    try:
        return ask(store, question.name, **given)  # type: ignore[arg-type]
    except UsageError:
        return None


@pytest.mark.parametrize("question", catalogue(), ids=lambda each: each.name)
def test_rdflib_answers_the_same(small: dict[str, object], question: Question) -> None:
    for given in examples(question):
        expected = answered(small["embedded"], question, given)
        found = answered(small["rdflib"], question, given)
        assert (found and counted(found)) == (expected and counted(expected)), given


@pytest.fixture(scope="module")
def expected(bundled: Store) -> Asked:
    """Return what the store of our own answers for each example of a question, asked once for all servers."""

    @cache
    def asked(question: Question) -> list[Counter[tuple[object, ...]] | None]:
        rows = (answered(bundled, question, given) for given in examples(question))
        return [found and counted(found) for found in rows]

    return asked


@pytest.mark.parametrize("question", catalogue(), ids=lambda each: each.name)
def test_servers_answer_the_same(
    loaded: EndpointStore,
    expected: Asked,
    question: Question,
) -> None:
    for given, wanted in zip(examples(question), expected(question), strict=True):
        found = answered(loaded, question, given)
        assert (found and counted(found)) == wanted, given


# ---------------------------------------------------------------- servers that misbehave


@dataclass
class Fake:
    """A server that answers what it is told, one answer after the other, the last one for ever."""

    answers: list[tuple[int, dict[str, str], bytes]]
    seen: list[dict[str, str]] = field(default_factory=list)
    wait: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@pytest.fixture
def fake() -> Iterator[Callable[..., Fake]]:
    running: list[tuple[HTTPServer, Fake]] = []

    def start(*answers: tuple[int, dict[str, str], bytes], slow: bool = False) -> Fake:
        told = Fake(list(answers))
        if not slow:
            told.wait.set()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                told.seen.append(dict(self.headers.items()))
                told.wait.wait(30)
                status, headers, body = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    return

            do_GET = do_PUT = do_HEAD = do_POST  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                return

        made = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        told.url = f"http://127.0.0.1:{made.server_address[1]}/sparql"
        running.append((made, told))
        return told

    yield start
    for made, told in running:
        told.wait.set()
        made.shutdown()
        made.server_close()


RESULTS = {"Content-Type": "application/sparql-results+json"}
YES = (200, RESULTS, b'{"head": {}, "boolean": true}')
NONE = (200, RESULTS, b'{"head": {"vars": ["s", "p"]}, "results": {"bindings": []}}')
MISBEHAVIOUR = [
    ((200, {"Content-Type": "text/html"}, b"<html>Welcome</html>"), "answers a web page, not SPARQL results"),
    ((200, RESULTS, b"{"), "is no SPARQL result"),
    ((200, RESULTS, b"[]"), "is no SPARQL result"),
    ((401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), f"asks for a name and password; set {USER}"),
    ((401, {"WWW-Authenticate": "Bearer"}, b""), "cannot be asked"),
    ((403, {}, b""), "does not allow this"),
    ((404, {}, b""), "has nothing at this address"),
    ((400, {}, b"<p>Virtuoso 37000 Error\nSP030</p>"), r"refuses the query \(400: Virtuoso 37000 Error\)"),
    ((500, {}, b""), r"refuses the query \(500: Internal Server Error\)"),
    ((503, {}, b""), "is too busy"),
    ((302, {"Location": "http://127.0.0.2:1/other?x=1"}, b""), r"has moved to http://127.0.0.2:1/other \(302\)"),
    ((200, {**RESULTS, "X-SPARQL-MaxRows": "10"}, NONE[2]), "cuts answers"),
    ((200, {**RESULTS, "X-SQL-State": "S1TAT"}, NONE[2]), "stopped before it had all rows"),
]


@pytest.mark.parametrize(("answer", "says"), MISBEHAVIOUR)
def test_every_failure_is_one_line(
    fake: Callable[..., Fake], answer: tuple[int, dict[str, str], bytes], says: str
) -> None:
    with EndpointStore(fake(answer).url, patience=QUICK) as store, pytest.raises(PolicyGraphError, match=says) as found:
        store.query("SELECT * { ?s ?p ?o }")
    assert "\n" not in str(found.value)


def test_a_server_that_is_down() -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    with (
        EndpointStore(url, patience=QUICK) as store,
        pytest.raises(StoreError, match=r"cannot be reached \([^()]*refused[^()]*\); check the address"),
    ):
        store.query("ASK {}")


def test_a_server_that_is_slow(fake: Callable[..., Fake]) -> None:
    with (
        EndpointStore(fake(YES, slow=True).url, patience=Patience(seconds=0.3, pause=0)) as store,
        pytest.raises(StoreError, match=r"no answer within 0\.3 seconds"),
    ):
        store.query("ASK {}")


def test_what_passes_is_tried_again(fake: Callable[..., Fake]) -> None:
    pauses: list[float] = []
    told = fake((503, {"Retry-After": "7"}, b""), (502, {}, b""), NONE, YES)
    with EndpointStore(told.url, patience=Patience(tries=3, pause=0.5, sleep=pauses.append)) as store:
        assert store.query("ASK {}") is True
    assert pauses == [7.0, 1.0]


def test_a_password_goes_nowhere_else(fake: Callable[..., Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ann")
    monkeypatch.setenv(PASSWORD, "secret-\u5bc6")
    other = fake(YES)
    told = fake((401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), (307, {"Location": other.url}, b""))
    with EndpointStore(told.url, patience=QUICK) as store, pytest.raises(StoreError) as found:
        store.query("ASK {}")
    assert [("Authorization" in headers) for headers in told.seen] == [False, True]  # only when asked for
    assert other.seen == []
    assert "secret" not in str(found.value) + repr(store)


def test_a_wrong_password(fake: Callable[..., Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "ann")
    monkeypatch.setenv(PASSWORD, "secret")
    for challenge in ('Basic realm="x"', 'Digest realm="x", nonce="1", qop="auth"'):
        told = fake((401, {"WWW-Authenticate": challenge}, b""))
        with (
            EndpointStore(told.url, patience=QUICK) as store,
            pytest.raises(StoreError, match="does not accept the name and password"),
        ):
            store.query("ASK {}")


def test_names_and_passwords_from_netrc(tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    path.write_text("machine example.org login ann password secret\n", encoding="utf-8")
    path.chmod(0o600)
    assert credentials("https://example.org/sparql", {"NETRC": str(path)}) == ("ann", "secret")
    assert credentials("https://example.com/sparql", {"NETRC": str(path)}) is None
    with pytest.raises(UsageError, match="set both or neither"):
        credentials("https://example.org/", {USER: "ann"})
    path.write_text("machine example.org lgoin secret\n", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read") as found:
        credentials("https://example.org/", {"NETRC": str(path)})
    assert "secret" not in str(found.value)


ADDRESSES = [
    ("ftp://example.org/", "is not the address of an endpoint"),
    ("http:///sparql", "is not the address"),
    ("http://example.org:99999/", "is not the address"),
    ("http://example.org/ x", "is not the address"),
    ("http://ann:secret@example.org/", "holds a name or password"),
]


@pytest.mark.parametrize(("url", "says"), ADDRESSES)
def test_addresses_that_are_none(url: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as found:
        open_store(url)
    assert "secret" not in str(found.value)


GUESSES = [
    ("http://h:7878/query", "Oxigraph/0.5", "http://h:7878/update", "http://h:7878/store"),
    ("http://h/sparql", "Virtuoso/07.20", "http://h/sparql-auth", "http://h/sparql-graph-crud-auth"),
    ("http://h/ds/sparql", "Apache Jena Fuseki (5.0)", "http://h/ds/update", "http://h/ds/data"),
    (
        "http://h/repositories/kg",
        "",
        "http://h/repositories/kg/statements",
        "http://h/repositories/kg/rdf-graphs/service",
    ),
    ("http://h/sparql", "nginx", "http://h/sparql", None),
]


@pytest.mark.parametrize(("query", "product", "update", "graphs"), GUESSES)
def test_where_a_server_takes_updates(query: str, product: str, update: str, graphs: str | None) -> None:
    found = guess(query, product)
    assert (found.update, found.graphs) == (update, graphs)


def test_how_queries_are_written_for_servers() -> None:
    query = """#+ title: SELECT ?s { UNDEF }
SELECT ?s { VALUES ?_x { UNDEF } ?s pg:year ?_x # it's
 FILTER(BOUND(?_x)) BIND(?_x AS ?y) }"""
    written = compact(inline(query, {"_x": URIRef("http://e/x")})).split()
    where = '{ ?s pg:year <http://e/x> FILTER( true ) BIND(IRI("http://e/x") AS ?y) }'
    assert written == f"PREFIX pg: <{PG}> SELECT ?s {where}".split()
    assert "VALUES ?x" in inline("SELECT ?x { ?s ?p ?x }", {"x": Literal("it's } a trap")})


# ---------------------------------------------------------------- the command line


def test_push_from_the_command_line(
    remote: EndpointStore, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_store(tmp_path / "kg", [ONE])
    arguments = ["push", "--endpoint", server.query, "--store", str(tmp_path / "kg"), "--lang", "en"]
    assert main(arguments) == 0
    assert "1 graphs are at" in capsys.readouterr().err
    assert main(["ask", "documents", "--endpoint", server.query, "-f", "json"]) == 0
    assert main(["sparql", "SELECT ?o { ?s ?p ?o }", "--endpoint", server.query, "-f", "csv"]) == 0
    assert str(ONE[2]) in capsys.readouterr().out
    assert main([*arguments, "--document", "nowhere"]) == 2
    assert "«nowhere» is neither a document at hand nor a place with one" in capsys.readouterr().err


def test_the_command_line_says_in_one_line_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    assert main(["ask", "documents", "--endpoint", url]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_large_graph_is_given_more_time_to_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def send(client: Client, request: Request, seconds: float | None = None) -> SimpleNamespace:
        if request.method == "PUT":
            given.append(round(seconds or 0))
        return SimpleNamespace(headers={})

    monkeypatch.setattr(Client, "send", send)
    graph = URIRef("urn:large")
    quads = [(URIRef(f"urn:{number}"), PG.order, Literal(number), graph) for number in range(90_000)]
    with EndpointStore("http://127.0.0.1:9/query", graph_store="http://127.0.0.1:9/store") as store:
        store.replace(graph, quads[:1])
        store.replace(graph, quads)
    assert given == [60, 150]

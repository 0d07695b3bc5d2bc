"""The read-only endpoint: the SPARQL 1.1 Protocol tests of the W3C that apply, the catalogue, and real clients."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, urlencode, urlsplit

import pytest
from rdflib import RDF, Graph, Literal, URIRef, Variable
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from small_graph import small_graph
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from policygraph import web
from policygraph.errors import StoreError, UsageError
from policygraph.query import ask, catalogue
from policygraph.store import EndpointStore, build_store, open_store
from policygraph.vocab import Quad
from policygraph.web.jobs import Job
from policygraph.web.negotiate import choose
from policygraph.web.workers import Bounds, Pool

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"  # the graphs of the W3C tests
D0, D1, D2, D3 = (URIRef(DATA.format(number)) for number in range(4))
THING = URIRef("http://xmlns.com/foaf/0.1/Document")
W3C: list[Quad] = [(name, RDF.type, THING, name) for name in (D1, D2, D3)]
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Message
    text: str

    @property
    def kind(self) -> str:
        return self.headers.get_content_type()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("serve") / "kg"
    build_store(folder, [*small_graph(), *W3C])
    settings = web.Settings(port=0, workers=2, bounds=Bounds(seconds=3.0, rows=ROWS), largest=50_000)
    with web.serve(folder, settings) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.address
        server.shutdown()
        thread.join()


def send(
    url: str,
    method: str = "GET",
    body: str | bytes | None = None,
    kind: str = "",
    accept: str = "",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Reply:
    headers = {**headers, **{name: value for name, value in (("Content-Type", kind), ("Accept", accept)) if value}}
    data = body.encode() if isinstance(body, str) else body
    request = urllib.request.Request(url, data, dict(headers), method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as response:
            return Reply(response.status, response.headers, response.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, error.headers, error.read().decode())


def is_one_line(reply: Reply) -> bool:
    return reply.kind == "text/plain" and reply.text.count("\n") == 1 and reply.text.endswith("\n")


# ---------------------------------------------------------------- the W3C's protocol tests
# name of the test, method, query part of the address, media type, body; all answer true


DEFAULTS = urlencode([("default-graph-uri", D1), ("default-graph-uri", D2)])
NAMED = urlencode([("named-graph-uri", D1), ("named-graph-uri", D2)])
BOTH = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type }}"
IN_GRAPHS = f"ASK {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
FULL = f"ASK {{ <{D3}> a ?type GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
MULTIPLE = f"ASK FROM <{D3}> {{ GRAPH ?g {{ <{D1}> a ?type }} <{D2}> a ?type }}"
TRUE = [
    ("query_post_form", "POST", f"default-graph-uri={quote(D0)}", FORM, "query=ASK%20%7B%7D"),
    ("query_get", "GET", "query=ASK%20%7B%7D", "", None),
    ("query_post_direct", "POST", "", DIRECT, "ASK {}"),
    ("query_dataset_default_graphs_get", "GET", f"{DEFAULTS}&query={quote(BOTH)}", "", None),
    ("query_dataset_default_graphs_post", "POST", DEFAULTS, DIRECT, BOTH),
    ("query_dataset_named_graphs_post", "POST", NAMED, DIRECT, IN_GRAPHS),
    ("query_dataset_named_graphs_get", "GET", f"{NAMED}&query={quote(IN_GRAPHS)}", "", None),
    ("query_dataset_full", "POST", f"default-graph-uri={quote(D3)}&{NAMED}", DIRECT, FULL),
    (
        "query_multiple_dataset",  # the dataset of the protocol takes the place of FROM in the query
        "POST",
        urlencode([("default-graph-uri", D2), ("named-graph-uri", D1)]),
        DIRECT,
        MULTIPLE,
    ),
]


@pytest.mark.parametrize(("name", "method", "query", "kind", "body"), TRUE, ids=[case[0] for case in TRUE])
def test_w3c_queries(address: str, name: str, method: str, query: str, kind: str, body: str | None) -> None:
    reply = send(f"{address}/sparql?{query}" if query else f"{address}/sparql", method, body, kind)
    assert (reply.status, reply.kind) == (200, "application/sparql-results+json"), reply.text
    assert json.loads(reply.text) == {"head": {}, "boolean": True}


CONTENT = [
    ("query_content_type_select", "SELECT (1 AS ?value) {}", "application/sparql-results+json"),
    ("query_content_type_ask", "ASK {}", "application/sparql-results+json"),
    ("query_content_type_describe", "DESCRIBE <http://example.org/>", "text/turtle"),
    ("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", "text/turtle"),
]


@pytest.mark.parametrize(("name", "query", "kind"), CONTENT, ids=[case[0] for case in CONTENT])
def test_w3c_content_types(address: str, name: str, query: str, kind: str) -> None:
    reply = send(f"{address}/sparql", "POST", urlencode({"query": f"BASE <http://example.org/> {query}"}), FORM)
    assert (reply.status, reply.kind) == (200, kind), reply.text


BAD = [
    ("bad_query_method", "PUT", "query=ASK%20%7B%7D", "", None, 405),
    ("bad_multiple_queries", "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", "", None, 400),
    ("bad_query_wrong_media_type", "POST", "", "text/plain", "ASK {}", 415),
    ("bytes of no known type", "POST", "", "application/octet-stream", "ASK {}", 415),
    ("bad_query_non_utf8", "POST", "", f"{DIRECT}; charset=UTF-16", "ASK {}".encode("utf-16"), 400),
    ("bad_query_syntax", "GET", f"query={quote('ASK {')}", "", None, 400),
    # beyond the suite
    ("bytes that are not UTF-8", "POST", "", DIRECT, b"ASK { ?s ?p '\xff' }", 400),
    ("escapes that are not UTF-8", "GET", "query=ASK%7B%7D%FF", "", None, 400),
    ("a query in the address and one in the body", "POST", "query=ASK%7B%7D", DIRECT, "ASK {}", 400),
    ("no query, but a graph", "GET", f"default-graph-uri={quote(D1)}", "", None, 400),
    ("no query in a form", "POST", "", FORM, "", 400),
    ("an empty query", "GET", "query=", "", None, 400),
    ("a graph that is no IRI", "GET", "query=ASK%7B%7D&default-graph-uri=%3E%20x", "", None, 400),
    ("an update in a form", "POST", "", FORM, "update=DROP%20ALL", 403),
    ("an update by itself", "POST", "", "application/sparql-update", "DROP ALL", 403),
    ("an update by GET", "GET", "update=DROP%20ALL", "", None, 403),
    ("an update as a query", "GET", f"query={quote('INSERT DATA { <a:b> <a:b> 1 }')}", "", None, 400),
    ("LOAD as a query", "GET", f"query={quote('LOAD <http://127.0.0.1:1/>')}", "", None, 400),
    ("SERVICE", "GET", f"query={quote('SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }')}", "", None, 403),
    ("too large", "POST", "", DIRECT, "ASK {} #" + "x" * 60_000, 413),
    ("too many rows", "GET", f"query={quote('SELECT * { ?s ?p ?o . ?t ?q ?u } LIMIT 9000')}", "", None, 400),
    ("too slow", "GET", f"query={quote(SLOW)}", "", None, 500),
    ("DELETE", "DELETE", "", "", None, 405),
]


@pytest.mark.parametrize("case", BAD, ids=[case[0] for case in BAD])
def test_what_is_refused(address: str, case: tuple[str, str, str, str, str | bytes | None, int]) -> None:
    _, method, query, kind, body, status = case
    reply = send(f"{address}/sparql?{query}" if query else f"{address}/sparql", method, body, kind)
    assert reply.status == status, reply.text
    assert is_one_line(reply), reply.text


def test_the_w3c_cases_are_all_there() -> None:
    names = [case[0] for cases in (TRUE, CONTENT, BAD, RAW) for case in cases]
    suite = [name for name in names if name.startswith(("query_", "bad_"))]
    assert len(suite) == len(set(suite)) == 20  # of 34 in the suite; the other 14 are updates


def raw(address: str, text: str) -> str:
    host, port = urlsplit(address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(text.encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        return line.recv(65_536).decode()


NO_TYPE = "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Length: 18\r\n\r\nquery=ASK%20%7B%7D"
POST_ASK = "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\n"
GET_ASK = "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n"
RAW = [  # name, what is sent ({host} is the server's own), how the answer begins
    ("bad_query_missing_form_type", NO_TYPE, "HTTP/1.1 415 "),
    ("bad_query_missing_direct_type", f"{NO_TYPE[: NO_TYPE.index('18')]}6\r\n\r\nASK {{{{}}}}", "HTTP/1.1 415 "),
    ("a body in chunks", POST_ASK + "Transfer-Encoding: chunked\r\n\r\n6\r\nASK {{}}\r\n0\r\n\r\n", "HTTP/1.1 200 "),
    ("broken chunks", POST_ASK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 "),
    ("a length that is none", POST_ASK + "Content-Length: -1\r\n\r\n", "HTTP/1.1 400 "),
    ("a length of 5000 digits", POST_ASK + f"Content-Length: {'9' * 5000}\r\n\r\n", "HTTP/1.1 400 "),
    (
        "a length beyond the limit",
        POST_ASK + f"Content-Length: {'9' * 19}\r\nExpect: 100-continue\r\n\r\n",
        "HTTP/1.1 413 ",
    ),
    ("two lengths", POST_ASK + "Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {{}} ", "HTTP/1.1 400 "),
    ("a space before the colon", POST_ASK + "Content-Length : 6\r\n\r\nASK {{}}", "HTTP/1.1 400 "),
    ("a body cut short", POST_ASK + "Content-Length: 50\r\n\r\nASK", "HTTP/1.1 400 "),
    ("no host", GET_ASK + "\r\n", "HTTP/1.1 400 "),
    ("two hosts", GET_ASK + "Host: {host}\r\nHost: {host}\r\n\r\n", "HTTP/1.1 400 "),
    ("an address in full", "GET http://{host}/sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 "),
    ("another server's address", "GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n", "HTTP/1.1 403 "),
    ("no HTTP at all", "HELLO\r\n\r\n", "HTTP/1.1 400 "),
    ("TLS", "\x16\x03\x01\x02\x00\x01", "HTTP/1.1 400 "),
    ("a head without an end", "GET / HTTP/1.1\r\n" + "X: y\r\n" * 20_000, "HTTP/1.1 400 "),
    ("another method", "BREW /sparql HTTP/1.1\r\nHost: {host}\r\n\r\n", "HTTP/1.1 405 "),
    ("the options of the server", "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n", "HTTP/1.1 204 "),
    ("a path out of the tree", "GET /../../etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n", "HTTP/1.1 404 "),
    ("a path without UTF-8", "GET /%FF HTTP/1.1\r\nHost: {host}\r\n\r\n", "HTTP/1.1 400 "),
    ("HTTP 1.0", "GET /sparql?query=ASK%7B%7D HTTP/1.0\r\nHost: {host}\r\n\r\n", "HTTP/1.1 200 "),
]


@pytest.mark.parametrize(("name", "text", "start"), RAW, ids=[case[0] for case in RAW])
def test_what_is_no_proper_request(address: str, name: str, text: str, start: str) -> None:
    answer = raw(address, text.format(host=urlsplit(address).netloc))
    assert answer.startswith(start), answer[:200]
    assert send(f"{address}/sparql?query=ASK%7B%7D").status == 200  # and it still answers


@pytest.mark.parametrize("size", [60_000, 2_000_000, 64_000_000])
def test_a_client_that_sends_too_much_gets_to_the_answer(address: str, size: int) -> None:
    assert send(f"{address}/sparql", "POST", b"x" * size, DIRECT).status == 413


# ---------------------------------------------------------------- formats


CHOICES = [
    ("", "a/x"),
    ("*/*", "a/x"),
    ("b/y", "b/y"),
    ("a/x;q=0.1, b/y", "b/y"),
    ("a/*;q=0.2, */*;q=0.9", "b/y"),
    ("a/x;q=0, */*", "b/y"),
    ("text/html, c/z", None),
    ("a/x;q=nonsense", None),
    ("nonsense", "a/x"),
]


@pytest.mark.parametrize(("accept", "chosen"), CHOICES)
def test_the_best_format_is_chosen(accept: str, chosen: str | None) -> None:
    assert choose(accept, ("a/x", "b/y")) == chosen


TRICKY = """SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c ?d) {
  (<http://e/\u4e2d> "quote \\" comma, <&>\\ttab" "\u63a7\u70df"@zh UNDEF)
  (<http://e/b> 27.5 true "2022"^^xsd:gYear) } }"""


@pytest.mark.parametrize("kind", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_results_come_back_whole(address: str, kind: str) -> None:
    reply = send(f"{address}/sparql?{urlencode({'query': TRICKY})}", accept=kind)
    assert reply.kind == kind
    found = Result.parse(BytesIO(reply.text.encode()), format=kind.rpartition("+")[2])  # type: ignore[arg-type]
    local = open_store().answer(TRICKY)
    rows = [tuple(row.get(Variable(name)) for name in "abcde") for row in found.bindings]
    assert rows == list(local.rows)  # type: ignore[union-attr]


def test_csv_and_tsv(address: str) -> None:
    url = f"{address}/sparql?{urlencode({'query': TRICKY})}"
    csv, tsv = (send(url, accept=kind).text for kind in ("text/csv", "text/tab-separated-values"))
    assert csv.splitlines()[:2] == ["a,b,c,d,e", 'http://e/\u4e2d,"quote "" comma, <&>\ttab",\u63a7\u70df,,']
    assert tsv.splitlines()[1] == '<http://e/\u4e2d>\t"quote \\" comma, <&>\\ttab"\t"\u63a7\u70df"@zh\t\t'
    assert send(url, accept="image/png").status == 406


GRAPH_KINDS = [
    ("text/turtle", "turtle"),
    ("application/n-triples", "nt"),
    ("application/ld+json", "json-ld"),
    ("application/rdf+xml", "xml"),
]


@pytest.mark.parametrize(("kind", "form"), GRAPH_KINDS)
def test_graphs_come_back_whole(address: str, kind: str, form: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a pg:Region ; ?p ?o }"
    reply = send(f"{address}/sparql?{urlencode({'query': query})}", accept=kind)
    with open_store() as local:
        local.add_all(small_graph())
        assert reply.kind == kind
        assert set(Graph().parse(data=reply.text, format=form)) == set(local.query(query))  # type: ignore[arg-type]


def test_the_service_describes_itself(address: str) -> None:
    reply = send(f"{address}/sparql")
    found = Graph().parse(data=reply.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert next(found.subjects(RDF.type, URIRef(f"{sd}Service")))
    assert next(found.objects(None, URIRef(f"{sd}endpoint"))) == URIRef(f"{address}/sparql")
    assert D1 in set(found.objects(None, URIRef(f"{sd}name")))
    assert send(f"{address}/sparql", accept="application/ld+json").kind == "application/ld+json"


def test_head_has_no_body(address: str) -> None:
    reply = send(f"{address}/sparql?query=ASK%7B%7D", "HEAD")
    assert (reply.status, reply.text) == (200, "")
    assert int(reply.headers["Content-Length"]) > 0


# ---------------------------------------------------------------- the catalogue


def test_the_catalogue_lists_every_question(address: str) -> None:
    found = json.loads(send(f"{address}/queries").text)
    assert [each["name"] for each in found["questions"]] == [each.name for each in catalogue()]
    assert found["sparql"] == f"{address}/sparql"
    roles = next(each for each in found["questions"] if each["name"] == "clauses-of-function")
    assert roles["parameters"][0]["type"] == "function"
    assert json.loads(send(f"{address}/").text)["queries"] == f"{address}/queries"


def test_a_question_has_an_address(address: str) -> None:
    with open_store() as local:
        local.add_all(small_graph())
        rows = ask(local, "lead-roles", document="dalian-2021")
    found = json.loads(send(f"{address}/queries/lead-roles?document=dalian-2021").text)
    assert [tuple(row.values()) for row in found] == list(rows.rows)
    sheet = send(f"{address}/queries/lead-roles.csv?document=dalian-2021")
    assert (sheet.kind, sheet.text.splitlines()[0]) == ("text/csv", ",".join(rows.columns))
    assert send(f"{address}/queries/lead-roles", accept="text/html,*/*;q=0.8").kind == "application/json"
    picks = json.loads(send(f"{address}/queries/lead-roles/language").text)
    assert [row["value"] for row in picks] == ["zh", "en"]


WRONG_QUESTIONS = [
    ("/queries/lead-rolls", 404, "did you mean"),
    ("/queries/lead-roles?documents=x", 400, "has no parameter documents"),
    ("/queries/lead-roles?name=x", 400, "has no parameter name"),
    ("/queries/lead-roles?document=nowhere", 400, "«nowhere» is neither a document at hand nor a place with one"),
    ("/queries/lead-roles?document=dalian-2021&document=wuhai-2021", 400, "more than once"),
    ("/queries/co-responsibility?together=many", 400, "no whole number"),
    ("/queries/lead-roles/nothing", 404, "has no parameter nothing"),
    ("/queries/lead-roles.docx", 404, "no question"),
    ("/nowhere", 404, "see /sparql and /queries"),
]


@pytest.mark.parametrize(("path", "status", "says"), WRONG_QUESTIONS)
def test_wrong_questions_get_one_line(address: str, path: str, status: int, says: str) -> None:
    reply = send(f"{address}{path}")
    assert (reply.status, is_one_line(reply)) == (status, True)
    assert says in reply.text


def test_questions_only_read(address: str) -> None:
    assert send(f"{address}/queries/lead-roles", "POST", "x=1", FORM).status == 405


# ---------------------------------------------------------------- clients


def test_a_session_with_sparqlwrapper(address: str) -> None:
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery("SELECT ?s { ?s a pg:Region } ORDER BY ?s")
    for method in (GET, POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        assert len(client.queryAndConvert()["results"]["bindings"]) == 5
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == 5
        for form in (CSV, TSV):
            client.setReturnFormat(form)
            assert len(client.queryAndConvert().splitlines()) == 6
    client.setQuery("CONSTRUCT { ?s a pg:Region } WHERE { ?s a pg:Region }")
    for form in (TURTLE, RDFXML, JSONLD):
        client.setReturnFormat(form)
        found = client.queryAndConvert()
        assert len(Graph().parse(data=found, format="turtle") if isinstance(found, bytes) else found) == 5


def test_a_session_with_the_store_of_rdflib(address: str) -> None:
    graph = Graph(SPARQLStore(f"{address}/sparql"))
    assert len(list(graph.query("SELECT ?s { ?s a <https://w3id.org/policygraph/ontology#Region> }"))) == 5
    assert bool(graph.query("ASK {}")) is True
    assert (D1, RDF.type, THING) in graph
    found = graph.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{D1}> {{ ?s ?p ?o }} }}")
    assert set(found) == {(D1, RDF.type, THING)}


def test_a_session_with_curl(address: str) -> None:
    if not (curl := shutil.which("curl")):
        pytest.skip("curl is not installed")

    def run(*arguments: str) -> str:
        command = [curl, "--silent", "--noproxy", "*", *arguments]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60).stdout

    query = "SELECT ?s { ?s a pg:Region } ORDER BY ?s LIMIT 1"
    assert run("-H", "Accept: text/csv", "--data-urlencode", f"query={query}", f"{address}/sparql").startswith("s\n")
    direct = ["-H", f"Content-Type: {DIRECT}", "--data-binary", "ASK {}", f"{address}/sparql"]
    assert json.loads(run(*direct))["boolean"] is True
    assert json.loads(run(f"{address}/queries/documents"))[0]["document"]


def test_a_session_with_our_own_store(address: str) -> None:
    with EndpointStore(f"{address}/sparql", read_only=True) as remote, open_store() as local:
        local.add_all([*small_graph(), *W3C])
        assert remote.graphs() == local.graphs()
        assert remote.count() == local.count()
        assert set(remote.quads(D1)) == {W3C[0]}
        for name in ("lead-roles", "documents", "target-path"):
            assert ask(remote, name) == ask(local, name)
        with pytest.raises(StoreError, match="read only"):
            remote.replace(D1, [])


# ---------------------------------------------------------------- the server


def test_a_new_build_is_served_at_once(tmp_path: Path) -> None:
    build_store(tmp_path / "kg", W3C[:1])
    with web.serve(tmp_path / "kg", web.Settings(port=0, workers=1)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"{server.address}/sparql?{urlencode({'query': 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'})}"
        assert send(url, accept="text/csv").text == "n\r\n1\r\n"
        build_store(tmp_path / "kg", [*W3C, (D1, RDF.type, Literal("x"), D1)])
        assert send(url, accept="text/csv").text == "n\r\n4\r\n"
        with (
            pytest.raises(UsageError, match=r"cannot be listened on \([^()]+\); choose"),
            web.serve(tmp_path / "kg", web.Settings(port=server.port)),
        ):
            pass
        server.shutdown()


def test_a_folder_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store is there"), web.serve(tmp_path, web.Settings(port=0, workers=1)):
        pass


def test_all_workers_busy() -> None:
    pool = Pool(Path("nowhere"), 0, Bounds(seconds=0.1))
    assert pool.run(Job("graphs")).status == 503


def test_serving_from_the_command_line(tmp_path: Path) -> None:
    build_store(tmp_path / "kg", W3C)
    arguments = ["serve", "--store", str(tmp_path / "kg"), "--port", "0", "--workers", "1", "--lang", "en"]
    command = [sys.executable, "-m", "policygraph.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout
            url = process.stdout.readline().partition(" ")[0]
            assert json.loads(send(f"{url}?query=ASK%7B%7D").text)["boolean"] is True
        finally:
            process.terminate()

"""The desk's pages as they are sent: addresses, languages, who may ask, what stands in them."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from desk_visits import Visiting, visiting
from lxml import html
from rdflib import RDF, Graph, URIRef

from policygraph import assets
from policygraph.export import render
from policygraph.messages import say
from policygraph.store import open_store
from policygraph.vocab import BASE, PG


@pytest.fixture(scope="module")
def visit(bundled_store: Path) -> Visiting:
    return visiting(bundled_store)


@pytest.fixture(scope="module")
def public(bundled_store: Path) -> Visiting:
    return visiting(bundled_store, public=True)


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ANSWERS = [  # path, method, Accept, status, what stands in the answer
    ("/", "GET", "text/html", 200, "<strong>80</strong>"),
    ("/en", "GET", "text/html", 200, '<html lang="en">'),
    ("/en/", "GET", "text/html", 200, '<html lang="en">'),
    ("/", "GET", "application/json", 200, "/sparql"),
    ("/sparql?query=ASK%7B%7D", "GET", BROWSER, 200, "true"),
    ("/queries", "GET", "application/json", 200, '"questions"'),
    ("/queries/no-such", "GET", "text/html", 404, "no-such"),
    ("/nowhere", "GET", "text/html", 404, "没有 /nowhere 这个页面"),
    ("/en/nowhere", "GET", "text/html", 404, "there is no page"),
    ("/nowhere", "GET", "*/*", 404, "nothing is at /nowhere"),
    ("/<script>alert(1)</script>", "GET", "text/html", 404, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("/static/desk.css", "GET", "*/*", 200, "@media print"),
    ("/static/../app.py", "GET", "*/*", 404, ""),
    ("/static/%2e%2e/app.py", "GET", "*/*", 404, ""),
    ("/static/..%2f..%2fapp.py", "GET", "*/*", 404, ""),
    ("/assets/echart/../../page.py", "GET", "*/*", 404, ""),
    ("/leave", "GET", "text/html", 404, ""),
    ("/documents", "GET", BROWSER, 200, "大连市人民政府关于推进健康大连行动的实施意见"),
    ("/documents?level=county&stated=1", "GET", BROWSER, 200, "祥符区"),
    ("/documents?q=%3Cscript%3Ealert(1)", "GET", BROWSER, 200, "&lt;script&gt;alert(1)"),
    ("/document/dalian-2021", "GET", BROWSER, 200, "健康知识普及行动"),
    ("/document/no-such", "GET", BROWSER, 404, "no-such"),
    ("/document/..%2f..%2fetc", "GET", BROWSER, 404, ""),
    ("/questions?q=牵头", "GET", BROWSER, 200, "lead-roles"),
    ("/questions/lead-roles", "GET", BROWSER, 200, "卫生健康"),
    ("/questions/lead-roles?document=大连市", "GET", BROWSER, 200, "卫生健康"),
    ("/questions/lead-roles?foo=1", "GET", BROWSER, 400, "lead-roles 没有参数 foo"),
    ("/questions/lead-roles?document=<script>alert(1)</script>", "GET", BROWSER, 400, "&lt;script&gt;"),
    ("/questions/no-such", "GET", BROWSER, 404, "没有“no-such”这个问题"),
    ("/questions/targets-due?year=1999", "GET", BROWSER, 200, "没有结果"),
    ("/questions/lead-roles/answer.exe", "GET", BROWSER, 404, "exe"),
    ("/agencies?q=大连 卫生健康", "GET", BROWSER, 200, "210200/health"),
    ("/agency/210200/health", "GET", BROWSER, 200, "大连市卫生健康委员会"),
    ("/en/agency/210200/health", "GET", BROWSER, 200, "It leads"),
    ("/agency/210200/no-such", "GET", BROWSER, 404, "no-such"),
    ("/places", "GET", BROWSER, 200, "/place/210200"),
    ("/place/210200", "GET", BROWSER, 200, "辽宁省"),
    ("/place/999999", "GET", BROWSER, 404, "999999"),
    ("/sparql", "GET", BROWSER, 200, "<textarea"),
    ("/sparql", "GET", "text/turtle", 200, "sd:endpoint"),
    ("/queries/lead-roles.csv", "GET", "*/*", 200, "rank,function"),
]


@pytest.mark.parametrize(("path", "method", "accept", "status", "found"), ANSWERS, ids=lambda each: str(each)[:40])
def test_an_address_answers(visit: Visiting, path: str, method: str, accept: str, status: int, found: str) -> None:
    reply = visit(path, method, accept)
    assert (reply.status_code, found in reply.text) == (status, True), reply.text[:500]
    assert "<script>alert" not in reply.text
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]


def test_a_public_desk_has_nothing_that_ends_it(public: Visiting) -> None:
    assert say("desk.leave", "zh") not in public("/").text
    assert public("/leave", "POST").status_code in (404, 405)


def test_answers_are_compressed(visit: Visiting) -> None:
    assert visit("/", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


DALIAN = "/id/document/210200-2021-01-25-1b31f8e7"
LINKED = [  # path, Accept, status, where it leads or what it is
    ("/id/document/guofa-2019-13", BROWSER, 303, "/document/guofa-2019-13"),
    ("/en/id/document/guofa-2019-13", BROWSER, 303, "/en/document/guofa-2019-13"),
    ("/id/document/guofa-2019-13", "*/*", 200, "text/turtle"),
    ("/id/document/guofa-2019-13", "application/ld+json", 200, "application/ld+json"),
    ("/id/document/guofa-2019-13?format=nt", BROWSER, 200, "application/n-triples"),
    ("/id/document/guofa-2019-13", "image/png", 406, "text/plain"),
    ("/id/document/dalian-2021", "*/*", 303, DALIAN),
    ("/id/document/dalian-2021/action/3.1.1", BROWSER, 303, f"{DALIAN}/action/3.1.1"),
    (f"{DALIAN}/action/3.1.1", BROWSER, 303, f"/thing{DALIAN.removeprefix('/id')}/action/3.1.1"),
    ("/id/agency/210200/health", BROWSER, 303, "/agency/210200/health"),
    ("/id/region/210200", BROWSER, 303, "/place/210200"),
    ("/id/indicator/health-literacy", BROWSER, 303, "/thing/indicator/health-literacy"),
    ("/id/indicator/no-such", BROWSER, 404, "text/html"),
    ("/id/indicator/no-such", "*/*", 404, "text/plain"),
    ("/id/a%22%3E%20b", "*/*", 404, "text/plain"),
    ("/id/x%3E%20%3Fp%20%3Fo%20%7D%20%23", "*/*", 404, "text/plain"),
    ("/graph/document/guofa-2019-13", "text/turtle", 200, "text/turtle"),
    ("/graph/document/guofa-2019-13", BROWSER, 303, "/document/guofa-2019-13"),
    ("/graph/cascade", BROWSER, 303, "/about/graph/cascade"),
    ("/graph/no-such", "*/*", 404, "text/plain"),
]


@pytest.mark.parametrize(("path", "accept", "status", "found"), LINKED)
def test_addresses_of_the_graph_are_answered_by_what_is_asked_for(
    visit: Visiting, path: str, accept: str, status: int, found: str
) -> None:
    reply = visit(path, accept=accept)
    told = reply.headers["Location"] if status == 303 else reply.headers["Content-Type"]
    assert (reply.status_code, told.partition(";")[0]) == (status, found)
    assert status == 404 or "Accept" in reply.headers["Vary"]
    assert visit(path, "HEAD", accept).status_code == status


def test_the_rdf_of_a_thing_is_about_it(visit: Visiting) -> None:
    found = Graph().parse(data=visit(DALIAN, accept="text/turtle").text, format="turtle")
    assert (URIRef(BASE + DALIAN[1:]), RDF.type, PG.Plan) in found


def test_evidence_lists_what_a_row_counted(visit: Visiting) -> None:
    page = html.fromstring(visit("/questions/lead-roles").text)
    row = page.xpath("//*[@id='answer']/tbody/tr")[1]
    counted = sum(int(cell.text_content()) for cell in row.xpath("td")[3:7])
    behind = html.fromstring(visit(row.xpath(".//a/@href")[-1]).text)
    assert len(behind.xpath("//*[@id='answer']/tbody/tr")) == counted > 50


def test_an_answer_as_a_file(visit: Visiting) -> None:
    book = visit("/questions/lead-roles/answer.xlsx?document=dalian-2021")
    assert "%E5%93%AA" in book.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(book.content)).active
    assert (sheet["B2"].value, sheet["A1"].value) == ("health", "名次")
    assert visit("/questions/lead-roles/answer.csv").content.startswith(b"\xef\xbb\xbfrank,")
    assert visit("/questions/lead-roles/answer.json").json()[0]["function"] == "health"


def test_a_cited_address_tells_when_the_data_have_changed(visit: Visiting, bundled_store: Path) -> None:
    page = html.fromstring(visit("/questions/lead-roles?document=dalian-2021").text)
    (cited,) = page.xpath("//a[@class='id' and contains(@href, 'data=')]/@href")
    with open_store(bundled_store, read_only=True) as store:
        said = render(tuple(store.quads()), "nq")
    assert cited == f"/questions/lead-roles?document=dalian-2021&data={sha256(said.encode()).hexdigest()[:12]}"
    moved = say("desk.data-moved", "zh", then="0123", now=cited[-12:])
    assert moved not in visit(cited).text and moved in visit("/questions/lead-roles?data=0123").text


def test_every_template_is_of_the_house() -> None:
    folder = Path(assets.__file__).parent / "desk" / "templates"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    assert len(texts) >= 5
    wrong = ("|safe", "autoescape false", "javascript:", "onclick", "<script>", "http://", "https://")
    assert [(name, bad) for name, text in texts.items() for bad in wrong if bad in text] == []

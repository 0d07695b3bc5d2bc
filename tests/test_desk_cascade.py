"""The cascade in the desk: the table of all documents, the path of an indicator and of an action, what is sent."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from desk_visits import Visiting, visiting
from drawing import needs_font

from policygraph.messages import say

pytest.importorskip("jinja2", reason="the extra desk is not installed")


@pytest.fixture(scope="module")
def visit(bundled_store: Path) -> Visiting:
    return visiting(bundled_store, public=True)


SHOWN = [  # address, what stands on the page
    ("/cascade", "居民健康素养水平"),
    ("/cascade", 'href="/cascade/indicator/health-literacy"'),
    ("/en/cascade", 'href="/en/cascade/indicator/health-literacy"'),
    ("/cascade", "≥27%"),  # all years in one field, with what they ask
    ("/cascade", "≥30%"),
    ("/cascade?by=actions", "推进控烟行动"),
    ("/cascade?by=leads", "大连市卫生健康委员会"),
    ("/cascade?region=210200", "大连市 2021"),
    ("/cascade?action=tobacco-control", "15岁以上人群吸烟率"),
    ("/cascade?year=2022", "≥27%"),
    ("/cascade?level=county", "祥符区 2020"),
    ("/cascade/indicator/health-literacy", "≥27%"),
    ("/cascade/indicator/health-literacy", "本文件文本不在手,不能断定未写"),
    ("/cascade/indicator/health-literacy?region=210200", "大连市 2021"),
    ("/cascade/action/tobacco-control", say("desk.led-by", "zh", names="大连市卫生健康委员会")),
    ("/en/cascade/action/tobacco-control", "tobacco control: from the nation to the county"),
]
ABSENT = [
    ("/cascade?region=210200", "乌海市 2021"),
    ("/cascade?action=tobacco-control", "居民健康素养水平"),
    ("/cascade?level=county", "大连市 2021"),
    ("/cascade?by=leads&action=tobacco-control", "cancer"),
    ("/cascade/indicator/health-literacy?region=210200", "乌海市 2021"),
    ("/cascade/action/tobacco-control?region=210200", "乌海市 2021"),
]
LOST = [
    ("/cascade?by=%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;"),
    ("/cascade/indicator/no-such", "no-such"),
    ("/cascade/action/no-such", "no-such"),
    ("/cascade.csv?level=county&region=659000", say("desk.nothing-compared", "zh")),
]


@pytest.mark.parametrize(("address", "found"), SHOWN, ids=[f"{at} {word[:20]}" for at, word in SHOWN])
def test_a_page_shows(visit: Visiting, address: str, found: str) -> None:
    reply = visit(address)
    assert (reply.status_code, found in reply.text) == (200, True)


@pytest.mark.parametrize(("address", "missing"), ABSENT, ids=[f"{at} {word[:20]}" for at, word in ABSENT])
def test_a_page_leaves_out(visit: Visiting, address: str, missing: str) -> None:
    reply = visit(address)
    table = reply.text[reply.text.index("</form>") :]
    assert (reply.status_code, missing in table) == (200, False)


@pytest.mark.parametrize(("address", "found"), LOST)
def test_what_is_not_there_is_told(visit: Visiting, address: str, found: str) -> None:
    reply = visit(address)
    assert (reply.status_code, found in reply.text) == (404, True)


def test_a_verdict_narrows_the_table_to_its_lines(visit: Visiting) -> None:
    looser, all_of_them = (visit(f"/cascade?verdict={name}").text.count('scope="row"') for name in ("looser", ""))
    assert 0 < looser < all_of_them


def test_a_document_without_its_text_says_so_once(visit: Visiting) -> None:
    path = visit("/cascade/indicator/health-literacy").text
    assert path.count('id="neizhengfa-2019-11"') == 1
    assert 'class="absent"' in path, "its box is not like that of a document that says something"


def test_the_words_of_each_hop_stand_beside_it(visit: Visiting) -> None:
    page = visit("/cascade/indicator/health-literacy?region=210200").text
    row = page[page.index('<tr id="dalian-2021"') :]
    assert "<blockquote>" in row[: row.index("</tr>")]


SENT = [("csv", "text/csv", b"\xef\xbb\xbf"), ("xlsx", "spreadsheetml", b"PK"), ("svg", "image/svg+xml", b"<?xml")]


@pytest.mark.parametrize(("form", "kind", "start"), SENT)
def test_the_table_can_be_kept(visit: Visiting, form: str, kind: str, start: bytes) -> None:
    if form == "svg":
        needs_font()
    reply = visit(f"/cascade.{form}?region=210200&action=tobacco-control")
    assert (reply.status_code, reply.content.startswith(start)) == (200, True)
    assert kind in reply.headers["Content-Type"]
    assert reply.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''cascade-targets.{form}"


def test_a_file_has_the_documents_of_the_table(visit: Visiting) -> None:
    text = visit("/cascade.csv?region=210200").content.decode("utf-8-sig")
    heads = next(csv.reader(io.StringIO(text)))
    assert "dalian-2021" in heads
    assert "wuhai-2021" not in heads


def test_another_form_is_told(visit: Visiting) -> None:
    assert visit("/cascade.exe").status_code == 400

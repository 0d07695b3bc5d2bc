"""A draft is checked at the desk: in its browser's form, within limits, and nothing of it stays or becomes markup."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import httpx
import pytest
from desk_visits import Visiting, visiting
from docx import Document
from openpyxl import load_workbook
from small_graph import small_graph

from policygraph.messages import say
from policygraph.store import build_store
from policygraph.study import new_study, open_study
from policygraph.tables import read_table

pytest.importorskip("python_multipart", reason="the extra desk is not installed")
from policygraph.desk.uploads import file_name

EXAMPLES = Path("data/examples")
EVIL = "<script>window.pwned=1</script>"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drafts") / "small.pg"
    build_store(path, small_graph())
    return path


@pytest.fixture(scope="module")
def desk(store: Path) -> Visiting:
    return visiting(store)


def send(desk: Visiting, name: str, content: bytes, **more: object) -> httpx.Response:
    fields = {"against": "", "stage": "", **dict(more.pop("fields", {}))}  # type: ignore[call-overload]
    return desk("/check", "POST", files={"file": (name, content)}, data=fields, **more)


@pytest.fixture(scope="module")
def checked(desk: Visiting) -> str:
    """Return the address of what was found in the faulty draft."""
    content = (EXAMPLES / "faulty-draft.docx").read_bytes()
    answer = send(desk, "草案<b>.docx", content, fields={"against": "国发〔2019〕13号", "stage": "draft"})
    assert answer.status_code == 303
    return answer.headers["location"]


def test_the_form_offers_the_documents_above(desk: Visiting) -> None:
    page = desk("/check").text
    assert "国发〔2019〕13号" in page
    assert 'enctype="multipart/form-data"' in page


def test_what_was_found_stands_beside_the_text(desk: Visiting, checked: str) -> None:
    page = desk(checked).text
    severities = re.findall(r'<article class="(\w+)"', page)
    assert severities == sorted(severities, key=("violation", "warning", "info").index)
    planted = [row["shape"] for row in read_table(EXAMPLES / "faults.tsv") if row["severity"] == "violation"]
    planted.remove("document-number")  # which a draft need not have
    assert severities.count("violation") == len(planted)
    led = set(re.findall(r'href="#t(\d+)"', page))
    assert led, "what was found leads to its place"
    assert led == set(re.findall(r'class="at" id="t(\d+)"', page))
    text = unescape(re.sub(r"<[^>]+>", "", page[page.index('class="running"') :]))
    assert "国家卫生健康委牵头，市公安局、市交通运输局配合" in text
    assert "草案_b_.docx" in page
    assert "<b>" not in page


def test_in_english_too(desk: Visiting, checked: str) -> None:
    assert "error:" in desk(f"/en{checked}").text


TAKEN: list[tuple[str, Callable[[bytes], bool]]] = [
    ("html", lambda body: b"<article" in body),
    ("docx", lambda body: len(list(Document(io.BytesIO(body)).comments)) > 10),
    ("xlsx", lambda body: load_workbook(io.BytesIO(body)).active.max_row > 10),  # type: ignore[union-attr]
]


@pytest.mark.parametrize(("kind", "holds"), TAKEN)
def test_what_was_found_is_taken_away(desk: Visiting, checked: str, kind: str, holds: Callable[[bytes], bool]) -> None:
    answer = desk(f"{checked}/{kind}")
    assert "attachment" in answer.headers["content-disposition"]
    assert holds(answer.content)


def test_nothing_lies_about_afterwards(checked: str) -> None:
    assert checked
    assert not list(Path(tempfile.gettempdir()).glob("policygraph-*/draft.*"))


def word(*paragraphs: str) -> bytes:
    made, out = Document(), io.BytesIO()
    for each in paragraphs:
        made.add_paragraph(each)
    made.save(out)
    return out.getvalue()


def test_what_a_draft_says_never_becomes_markup(desk: Visiting) -> None:
    lines = (
        f"健康{EVIL}行动方案",
        "一、主要任务",
        f"（一）控烟行动{EVIL}。到2022年，吸烟率低于{EVIL}20%。（市{EVIL}卫生局牵头）",
    )
    page = desk(send(desk, f"{EVIL}.docx", word(*lines)).headers["location"]).text
    assert "window.pwned" in page
    assert "<script" not in page


REFUSED = [
    ("草稿.exe", b"MZ", 400, "desk.no-such-kind"),
    ("草稿", b"text", 400, "desk.no-such-kind"),
    ("草稿.txt", b"", 400, "desk.no-upload"),
    ("..", b"text", 400, "desk.no-upload"),
    ("草稿.docx", b"PK\x03\x04 no package", 400, ""),
    ("说明.txt", "今天天气很好。".encode(), 400, ""),
]


@pytest.mark.parametrize(("name", "content", "status", "key"), REFUSED)
def test_what_cannot_be_checked_is_told(desk: Visiting, name: str, content: bytes, status: int, key: str) -> None:
    answer = send(desk, name, content)
    assert answer.status_code == status
    assert "policygraph-" not in answer.text, "the visitor's own name, not where it lay"
    assert not key or say(key, "zh", name=name, kinds=["x"]).partition("：")[0] in unescape(answer.text)


@pytest.mark.parametrize("size", [33, 60])
def test_a_large_upload_is_refused_here_not_in_the_browser(desk: Visiting, size: int) -> None:
    answer = send(desk, "大.pdf", b"%PDF" + bytes(size << 20))
    assert answer.status_code == 413
    assert "32 MB" in answer.text


def test_a_package_that_swells_is_refused(desk: Visiting) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("word/document.xml", bytes(66 << 20))
    assert send(desk, "炸弹.docx", out.getvalue()).status_code == 400


def test_a_public_desk_checks_nothing(store: Path) -> None:
    public = visiting(store, public=True)
    assert [public("/check").status_code, send(public, "a.txt", b"a").status_code] == [404, 405]


NAMES = [
    ("../../etc/passwd.txt", "passwd.txt"),
    ("C:\\Users\\a\\草案.docx", "草案.docx"),
    ("a\x00b\n.txt", "a_b_.txt"),
    ("\u202etxt.docx", "txt.docx"),
    (".hidden.txt", "hidden.txt"),
    ("a" * 300 + ".DOCX", "a" * 120 + ".DOCX"),
    ("CON.txt", "_CON.txt"),
    ("...", ""),
]


@pytest.mark.parametrize(("given", "name"), NAMES)
def test_a_name_is_never_a_path(given: str, name: str) -> None:
    assert file_name(given) == name


def test_a_draft_stays_only_where_it_is_asked_for(store: Path, tmp_path: Path) -> None:
    new_study(tmp_path / "own")
    desk = visiting(store, study=open_study(tmp_path / "own"))
    content = (EXAMPLES / "short-plan.txt").read_bytes()
    place = send(desk, "../../草案.txt", content).headers["location"]
    assert not (tmp_path / "own" / "sources" / "草案.txt").exists()
    assert say("desk.check-keep", "zh") in desk(place).text
    assert [desk(f"{place}/keep", "POST").status_code for _ in range(2)] == [303, 409]
    assert (tmp_path / "own" / "sources" / "草案.txt").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own"]

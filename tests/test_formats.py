"""One document in every format says the same; a bad file gets one clear line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from steps import steps
from tiny_files import ofd, paragraph, pdf, text_of, word, zipped
from variants import forms, make

from policygraph import facts
from policygraph.cli import main
from policygraph.errors import ReadError
from policygraph.model import Evidence, Facts, NumberRow, TargetRow
from policygraph.pipeline import extract_document
from policygraph.read import read

FORMS = (".docx", ".html", ".pdf")
EACH_DOCUMENT = pytest.mark.parametrize("document", make.DOCUMENTS, ids=lambda path: path.stem)


# ---------------------------------------------------------------- the same document in all formats


def comparable(found: Facts) -> dict[str, list[object]]:
    """Return the tables without what belongs to the file: its name, its hash, places; how a particular was found.

    Numbers of the front are left out: a web page says its number and its date twice.
    """
    tables: dict[str, list[object]] = {table: list(getattr(found, table)) for table in facts.ROWS}
    particulars = [row for row in found.metadata if not row.field.startswith("source_")]
    tables["metadata"] = [replace(row, evidence=Evidence()) for row in particulars]
    tables["numbers"] = [replace(row, fact=row.fact.partition("@")[0]) for row in found.numbers if row.section]
    return tables


@pytest.mark.parametrize("form", FORMS)
@EACH_DOCUMENT
def test_every_form_of_a_document_gives_the_same_facts(document: Path, form: str) -> None:
    plain = comparable(extract_document(document, "x"))
    other = comparable(extract_document(document.with_suffix(form), "x"))
    for table in plain:
        assert other[table] == plain[table], table
    assert min(len(plain["structure"]), len(plain["clauses"]), len(plain["targets"])) > 4


@pytest.mark.parametrize("form", forms.FORMS)
@EACH_DOCUMENT
def test_a_document_broken_encoded_or_with_hidden_parts_gives_the_same_facts(
    document: Path, form: str, tmp_path: Path
) -> None:
    name, data = forms.FORMS[form](document)
    (tmp_path / name).write_bytes(data)
    plain, other = (without_lines(comparable(extract_document(path, "x"))) for path in (document, tmp_path / name))
    for table in plain.keys() - ({"numbers"} if form in BARE_BARS else set()):
        assert other[table] == plain[table], table


BARE_BARS = ("cells set apart by tabs",)  # what a number of a table is for is told by the blanks beside it


def without_lines(tables: dict[str, list[object]]) -> dict[str, list[object]]:
    """Return tables whose quotes do not say where lines ended, and whose numbers are not quoted with what is around."""
    numbers = [replace(row, quote="") for row in tables["numbers"] if isinstance(row, NumberRow)]
    targets = [
        replace(row, quote=row.quote.replace(" ", "")) for row in tables["targets"] if isinstance(row, TargetRow)
    ]
    return {**tables, "numbers": [*numbers], "targets": [*targets]}


@pytest.mark.parametrize("printed", ("plan-office.pdf", "plan-columns.pdf"))
def test_a_printed_document_gives_the_same_facts(printed: str) -> None:
    plain, other = (comparable(extract_document(make.HERE / name, "x")) for name in ("plan.txt", printed))
    for table in plain:
        assert other[table] == plain[table], table


@pytest.mark.parametrize("form", (".txt", *FORMS))
def test_offsets_of_facts_lead_into_the_text_as_read(form: str) -> None:
    path = (make.HERE / "plan").with_suffix(form)
    text = read(path).text
    rows = extract_document(path, "x").clauses
    assert len(rows) > 4
    for row in rows:
        assert row.evidence.start is not None
        assert row.quote.strip("（）") in text[row.evidence.start : row.evidence.end]


@pytest.mark.parametrize("form", FORMS)
@EACH_DOCUMENT
def test_every_line_of_a_document_is_read_whole(document: Path, form: str) -> None:
    """A PDF that is older than its text fails here: make it again."""
    lines = set(read(document.with_suffix(form)).text.splitlines())
    wanted = [line for line in read(document).text.splitlines() if line.strip()]
    assert [line for line in wanted if line.strip() not in lines] == []


# ---------------------------------------------------------------- bad files


def _long_word() -> bytes:
    return word("".join(paragraph(f"第{n}行，内容各不相同{n * n}") for n in range(200)))


def _bomb(size: int) -> bytes:
    return zipped({"word/document.xml": b"<w>" + b" " * size})


def _entities() -> bytes:
    return zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})


FEW = 50_000  # steps that a bad file may take before it is refused, and 4 more for each of its bytes
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty text": ("a.txt", lambda: b"", "empty"),
    "empty docx": ("a.docx", lambda: b"", "empty"),
    "cut docx": ("a.docx", lambda: _long_word()[:700], "damaged"),
    "docx without its document": ("a.docx", lambda: zipped({"word/styles.xml": "<x/>"}), "damaged"),
    "docx with broken xml": ("a.docx", lambda: zipped({"word/document.xml": "<w:document"}), "damaged"),
    "docx of nothing": ("a.docx", lambda: word(paragraph("")), "no text"),
    "zip bomb": ("a.docx", lambda: _bomb(30_000_000), "zip bomb"),
    "entities": ("a.docx", _entities, "entities"),
    "old Word": ("a.doc", lambda: OLD_WORD, "save it as .docx"),
    "locked docx": ("a.docx", lambda: OLD_WORD, "password"),
    "rtf": ("a.rtf", lambda: b"{\\rtf1 text}", "save it as .docx"),
    "spreadsheet": ("a.xlsx", lambda: zipped({"xl/workbook.xml": "<x/>"}), "spreadsheet"),
    "zip of documents": ("a.zip", lambda: zipped({"plan.txt": "text"}), "unpack"),
    "picture": ("a.html", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "OCR"),
    "binary named html": ("a.html", lambda: b"\0\1\2\3\xff\xfe\0\0" * 999, "binary"),
    "html of 50 MB": ("a.html", lambda: b"<html><body>" + b"<p>text</p>" * 4_800_000, "too large"),
    "html without text": ("a.html", lambda: b"<html><body><script>fill()</script></body></html>", "no main text"),
    "html nested without end": ("a.html", lambda: b"<html><body>" + b"<div>" * 9000 + b"text", "too deeply"),
    "html nested too deeply": ("a.html", lambda: b"<html><body>" + b"<div>" * 900 + b"text", "too deeply"),
    "html of 200,000 cells": ("a.html", lambda: b"<html><body><table>" + b"<tr><td>1" * 100_000, "elements"),
    "docx nested without end": ("a.docx", lambda: word("<w:tbl><w:tr><w:tc>" * 200), "too deeply"),
    "cut pdf": ("a.pdf", lambda: pdf([[(90, 90, 16, "正文")]])[:60], "damaged"),
    "scanned pdf": ("a.pdf", lambda: pdf([[]], picture=True), "scanned"),
    "locked pdf": ("a.pdf", lambda: pdf([[(90, 90, 16, "正文")]], locked=True), "password"),
    "pdf of 501 pages": ("a.pdf", lambda: pdf([[]] * 501), "501 pages"),
    "ofd without text": ("a.ofd", lambda: ofd([]), "OCR"),
    "cut ofd": ("a.ofd", lambda: zipped({"OFD.xml": "<a/>"}), "damaged"),
}


def test_every_kind_of_bad_file_is_here() -> None:
    assert len(BAD) == 27


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_gets_one_clear_line(kind: str, tmp_path: Path) -> None:
    name, content, words = BAD[kind]
    path = tmp_path / name
    path.write_bytes(content())
    message = refused(path)
    assert words in message
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert steps(lambda: refused(path)) < FEW + 4 * path.stat().st_size


def refused(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path)
    return str(caught.value)


def test_a_missing_file_and_a_folder_get_one_clear_line(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(ReadError, match="cannot be opened"):
            read(path)


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><p>{'正文。' * 40}</p></body></html>"
    assert text_of(tmp_path, "text.docx", "一、总体要求") == ["一、总体要求"]
    assert text_of(tmp_path, "word.txt", word(paragraph("一、总体要求"))) == ["一、总体要求"]
    assert text_of(tmp_path, "word.docm", word(paragraph("正文"), strict=True)) == ["正文"]
    assert text_of(tmp_path, "print.txt", pdf([[(90, 90, 16, "正文")]])) == ["正文"]
    assert text_of(tmp_path, "page.txt", page) == ["正文。" * 40]


def test_a_page_that_is_a_picture_among_pages_of_text_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert text_of(tmp_path, "a.pdf", pdf([[(90, 90, 16, "正文")], []], picture=True)) == ["正文"]
    assert "pages without text, not read: 2" in caplog.text


@pytest.mark.parametrize(
    ("language", "words"), (("zh", "第 2 页没有文字，未读取"), ("en", "pages without text, not read: 2"))
)
def test_the_command_line_says_so_in_its_language(
    language: str, words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([[(90, 90, 16, "（市教育局负责）")], []], picture=True))
    main(["--lang", language, "extract", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out")])
    assert words in capfd.readouterr().err

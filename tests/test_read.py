"""Plain text in every encoding that Chinese pages and editors use, and one clear line for what is no text."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import ReadError
from policygraph.messages import render
from policygraph.read import LIMIT, read
from policygraph.read.decoding import decode

SIMPLIFIED = "示范市人民政府关于推进健康行动的实施意见\n一、总体要求\n(一)指导思想。坚持健康优先,完善制度。\n" * 4
TRADITIONAL = "示範市人民政府關於推進健康行動的實施意見\n一、總體要求\n(一)指導思想。堅持健康優先,完善制度。\n" * 4
ENCODINGS = {
    "UTF-8": (SIMPLIFIED, "utf-8"),
    "UTF-8 with a mark": (SIMPLIFIED, "utf-8-sig"),
    "UTF-16 with a mark": (SIMPLIFIED, "utf-16"),
    "UTF-16 little-endian": (SIMPLIFIED, "utf-16-le"),
    "UTF-16 big-endian": (SIMPLIFIED, "utf-16-be"),
    "UTF-32 with a mark": (SIMPLIFIED, "utf-32"),
    "GB 18030": (SIMPLIFIED, "gb18030"),
    "GBK": (SIMPLIFIED, "gbk"),
    "GB 2312": (SIMPLIFIED, "gb2312"),
    "Big5": (TRADITIONAL, "big5"),
    "ASCII": ("1. a\n2. b\n", "ascii"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_is_recognised(tmp_path: Path, name: str) -> None:
    text, encoding = ENCODINGS[name]
    path = tmp_path / "plan.txt"
    path.write_bytes(text.encode(encoding))
    assert read(path).text == text


def test_a_source_names_its_file_and_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(SIMPLIFIED.encode())
    source = read(path)
    assert (source.name, source.sha256) == ("plan.txt", hashlib.sha256(SIMPLIFIED.encode()).hexdigest())


def test_line_ends_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("一、任务\r\n内容。\r二\n".encode())
    assert read(path).text == "一、任务\r\n内容。\r二\n"


BAD = {
    "empty": b"",
    "only a mark": codecs.BOM_UTF8,
    "only blanks": " \n\t\u3000\r\n".encode(),
    "binary": bytes(range(256)) * 8,
    "zero bytes": b"\0" * 4096,
    "damaged UTF-16": codecs.BOM_UTF16_LE + b"a\x00\x00",
    "too large": b"a" * (LIMIT + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_text_gives_one_line_that_says_what_to_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(BAD[name])
    with pytest.raises(ReadError) as failure:
        read(path)
    message = str(failure.value)
    assert "plan.txt" in message
    assert "\n" not in message
    assert ";" in message  # what is wrong; what to do


DAMAGED = {  # what is wrong with the bytes -> the word that says it
    "UTF-16 that lost a byte": (
        SIMPLIFIED.encode("utf-16")[:99] + b"\xd8" + SIMPLIFIED.encode("utf-16")[102:],
        "damaged",
    ),
    "UTF-8 with a mark that lost many": (SIMPLIFIED.encode("utf-8-sig").replace("一".encode(), b"\xe4"), "damaged"),
    "no text behind the mark of UTF-16": (codecs.BOM_UTF16_LE + b"\0\xd8" * 99, "binary"),
    "no text behind the mark of UTF-8": (codecs.BOM_UTF8 + b"\x80\xff" * 99, "binary"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_text_that_lost_bytes_is_told_from_what_is_no_text(name: str) -> None:
    data, word = DAMAGED[name]
    with pytest.raises(ReadError, match=word):
        decode(data, "plan.txt")


BROKEN = {  # bytes that are read all the same -> what is read, what is noted
    "a lost byte": (SIMPLIFIED.encode()[:-3] + b"\n", f"{SIMPLIFIED[:-2]}\ufffd\n", "line 12 (byte 536)"),
    "a stray byte": (b"\xff" + SIMPLIFIED.encode(), f"\ufffd{SIMPLIFIED}", "line 1 (byte 0)"),
    "a cut end": (SIMPLIFIED.encode()[:-2], f"{SIMPLIFIED[:-2]}\ufffd", "line 12 (byte 536)"),
    "a cut end behind a mark": (SIMPLIFIED.encode("utf-8-sig")[:-2], f"{SIMPLIFIED[:-2]}\ufffd", "line 12 (byte 539)"),
    "a cut end of UTF-16": (SIMPLIFIED.encode("utf-16")[:-1], f"{SIMPLIFIED[:-1]}\ufffd", "(byte 392)"),
    "a stray byte in GB 18030": (
        SIMPLIFIED.encode("gb18030") + b"\xff\n",
        f"{SIMPLIFIED}\ufffd\n",
        "line 13 (byte 368)",
    ),
    "zero bytes": (
        f"\0{SIMPLIFIED}\0".encode(),
        f"\0{SIMPLIFIED}\0",
        "left out: 2 (line 1 (byte 0), line 13 (byte 541))",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_few_broken_bytes_are_read_and_named(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data, text, noted = BROKEN[name]
    (tmp_path / "plan.txt").write_bytes(data)
    source = read(tmp_path / "plan.txt")
    assert source.text == text
    assert [noted in render(note, "en") for note in source.notes] == [True]
    assert "plan.txt" in caplog.text and noted in caplog.text


@pytest.mark.parametrize(("first", "second"), (("utf-8", "gb18030"), ("gb18030", "utf-8")))
def test_two_encodings_in_one_file_are_refused_at_their_border(first: str, second: str) -> None:
    data = SIMPLIFIED.encode(first) + SIMPLIFIED.encode(second)
    with pytest.raises(ReadError, match=f"at byte {len(SIMPLIFIED.encode(first))} .from {first} to {second}"):
        decode(data, "plan.txt")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", tmp_path):
        with pytest.raises(ReadError, match=path.name):
            read(path)


@given(st.text(min_size=1))
def test_whatever_is_written_as_utf_8_is_read_back(text: str) -> None:
    if "\0" not in text:
        assert decode(text.encode("utf-8"), "plan.txt").text.removeprefix("\ufeff") == text.removeprefix("\ufeff")


@given(st.binary(min_size=1, max_size=400))
def test_no_bytes_raise_anything_but_a_read_error(data: bytes) -> None:
    try:
        found = decode(data, "plan.txt")
    except ReadError:
        return
    assert isinstance(found.text, str)
    assert found.encoding

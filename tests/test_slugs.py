"""Slugs: ASCII, the same for one name or number however it is written, different for different issuers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from policygraph import assets, slugs, tables

PINYIN = tables.read_table(assets.path("data", "lexicon", "pinyin.tsv"))
TAILS = ("", "发", "办发", "委", "卫", "健委", "建", "教", "交", "府办发", "扶办发", "公", "工信")
PREFIXES = tables.read_table(assets.path("data", "concepts", "number_prefixes.tsv"))


@pytest.mark.parametrize("row", PINYIN, ids=lambda row: f"{row['use']}-{row['form']}")
def test_every_reading_is_used(row: dict[str, str]) -> None:
    if row["use"] == "number":
        assert slugs.number_slug(row["example"]).startswith(row["reading"])
    elif row["use"] == "organ":
        assert row["reading"] in slugs.number_slug(row["example"])
    else:
        assert f"-{row['reading'].replace(' ', '-')}-" in f"-{slugs.pinyin_slug(row['example'])}-"


def test_the_readings_were_found() -> None:
    assert len(PINYIN) > 150


def test_a_character_reads_as_pypinyin_has_it() -> None:
    rows = tables.read_table(assets.path("data", "readings.tsv"))
    readings = {char: row["reading"] for row in rows for char in row["characters"]}
    common = [chr(code) for code in pinyin_dict if code < 0x10000]
    assert readings == {char: said for char in common if (said := lazy_pinyin(char)[0]).isascii()}
    assert len(readings) == sum(len(row["characters"]) for row in rows) > 20_000


@pytest.mark.parametrize(
    "number",
    [
        "国发〔2019〕13号",
        "国发[2019]13号",
        "国发(2019)13号",
        "国发(2019)13号",
        "国发【2019】13号",
        " 国发 〔2019〕 第13 号",
    ],
)
def test_brackets_do_not_matter(number: str) -> None:
    assert slugs.number_slug(number) == "guofa-2019-13"
    assert str(slugs.parse_number(number)) == "国发〔2019〕13号"


def test_numbers_of_different_issuers_stay_apart() -> None:
    heads = {slugs.Number(row["prefix"] + tail, 2020, 1) for row in PREFIXES for tail in TAILS}
    written = {str(head) for head in heads}
    assert len({slugs.number_slug(number) for number in written}) == len(written) > 2500


@pytest.mark.parametrize("number", ["", "  ", "〔〕号", "——", "无"])
def test_no_number_gives_a_slug_of_region_date_and_title(number: str) -> None:
    assert slugs.document_slug(number, "控烟条例", "210200", "2020-01-01") == "210200-2020-01-01-95c02657"
    assert slugs.document_slug(number, "控 烟 条例", "210200", "") == "210200-undated-95c02657"
    assert slugs.document_slug(number, "控烟条例", "", "") == "000000-undated-95c02657"


@given(st.text())
def test_any_text_gives_ascii(text: str) -> None:
    for slug in (slugs.pinyin_slug(text), slugs.number_slug(text)):
        assert slug.isascii()
        assert not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(alphabet="国发办政〔〕[]0129号第 ", max_size=20))
def test_a_parsed_number_reads_itself_back(text: str) -> None:
    number = slugs.parse_number(text)
    if number and slugs.parse_number(str(number)) is not None:
        assert slugs.number_slug(str(number)) == slugs.number_slug(text)


def test_documents_carry_the_slug_of_their_row(concepts_folder: Path) -> None:
    rows = tables.read_table(concepts_folder / "documents.tsv")
    made = [slugs.document_slug(row["number"], row["title"], row["region"], row["date"]) for row in rows]
    assert made == [row["id"] for row in rows]
    assert len(rows) >= 50


@pytest.fixture
def concepts_folder() -> Path:
    return assets.path("data", "concepts")

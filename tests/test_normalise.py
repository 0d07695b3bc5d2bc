"""Characters and scripts made uniform, and a map that always leads back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import lexicon
from policygraph.model import Source, Text
from policygraph.normalise import is_traditional, normalise

WORDS = lexicon.bundled()
TRADITIONAL = "實施健康知識普及行動,開展監測評價"  # enough of it to say what script a text is in
MIXED = st.text(
    alphabet=st.sampled_from("一市（）(),，：:0９%％ \r\n\t\u3000\u200b\ufeff\uf900\u2f00檔案計畫鍛鍊國資訊ab"),
    max_size=80,
)


def text(raw: str) -> Text:
    return normalise(Source("case", raw), WORDS)


# Each case: as printed; with one form of each mark; as shown (Simplified, with its own marks).
CASES = [
    ("牵头单位：市教育局", "牵头单位:市教育局", "牵头单位：市教育局"),
    ("（市教育局）", "(市教育局)", "（市教育局）"),
    ("［各县〔市〕］", "[各县〔市〕]", "［各县〔市〕］"),
    ("达到２５．５％", "达到25.5%", "达到25．5％"),
    ("责任∶市教育局", "责任:市教育局", "责任∶市教育局"),
    ("甲；乙！丙？", "甲;乙!丙?", "甲；乙！丙？"),
    ("ＡＢｃ", "ABc", "ABc"),
    ("甲\u3000乙\u00a0丙\t丁", "甲 乙 丙 丁", "甲 乙 丙 丁"),
    ("甲\r\n乙\r丙", "甲\n乙\n丙", "甲\n乙\n丙"),
    ("\ufeff甲\u200b乙\u00ad丙", "甲乙丙", "甲乙丙"),
    ("\u2f00、\u2ee9\u3000\uf9fd", "一、⻩ 什", "一、⻩ 什"),
    ("(牵头单位:市教育局)", "(牵头单位:市教育局)", "(牵头单位:市教育局)"),
    ("", "", ""),
]


@pytest.mark.parametrize(("raw", "uniform", "shown"), CASES, ids=[case[1] for case in CASES])
def test_one_form_for_each_character(raw: str, uniform: str, shown: str) -> None:
    found = text(raw)
    assert found.text == uniform
    assert found.printed == shown


MARKS = {  # as set; as it is read
    "headings of Markdown": ("# 方案\n## 一、任务\n正文", "方案\n一、任务\n正文"),
    "bold words": ("**1.控烟。**到**2025年**,", "1.控烟。到2025年,"),
    "a table": ("# 甲\n# 乙\n| 指标 | 2025年 |\n|:---|---:|\n| 甲 | 1 |", "甲\n乙\n| 指标 | 2025年 |\n| 甲 | 1 |"),
    "escapes": ("# 甲\n# 乙\n1\\. 控烟", "甲\n乙\n1. 控烟"),
    "one sign alone": ("# 方案\n正文*注", "# 方案\n正文*注"),
    "blanks inside a date": ("2023 年5 月16 日,41 号,第 3 号,到 2025 年", "2023年5月16日,41号,第 3号,到 2025年"),
    "the number in a collection": (
        "\n3. 某市人民政府关于印发健康\n行动计划的通知（2023 年5 月11 日）\n正文",
        "\n某市人民政府关于印发健康\n行动计划的通知(2023年5月11日)\n正文",
    ),
    "no number in a collection": ("1.关于健康素养。到2025年,印发方案", "1.关于健康素养。到2025年,印发方案"),
    "blanks between all": ("关 于 印 发 方 案\n正 文", "关于印发方案\n正 文"),
}


@pytest.mark.parametrize("case", MARKS)
def test_signs_that_only_set_a_text_go(case: str) -> None:
    raw, plain = MARKS[case]
    assert text(raw).text == plain


SCRIPTS = [
    (f"{TRADITIONAL},愛滋病", "艾滋病"),
    (f"{TRADITIONAL},計畫與檔案", "计划与文件"),
    (f"{TRADITIONAL},居民健康檔案", "居民健康档案"),
    (f"{TRADITIONAL},計畫,中國小健康", "中小学健康"),
    (f"{TRADITIONAL},計畫,中國小麥", "中国小麦"),
    (f"{TRADITIONAL},鍛鍊", "锻炼"),
]


@pytest.mark.parametrize(("raw", "part"), SCRIPTS, ids=[part for _, part in SCRIPTS])
def test_traditional_characters_and_swapped_words(raw: str, part: str) -> None:
    found = text(raw)
    assert part in found.text
    assert found.converted


def test_words_are_swapped_back_only_where_a_text_was_swapped_by_machine() -> None:
    assert "程序" in text(f"{TRADITIONAL},計畫,程式").text
    assert "档案" in text("建立健康档案,完善档案管理").text
    assert not text("建立健康档案,完善档案管理").converted


def test_a_quotation_does_not_make_a_text_traditional() -> None:
    assert is_traditional(TRADITIONAL)
    assert not is_traditional("健康优先。" * 40 + "健康")
    assert not is_traditional("健康优先,部门协作,社会参与。" * 20 + "優")


def test_a_converted_word_leads_back_to_its_place() -> None:
    raw = f"{TRADITIONAL},計畫,國中學業水平測試"
    found = text(raw)
    at = found.text.index("初中学业")
    assert raw[found.offsets[at] :].startswith("國中學業")


@given(MIXED)
def test_the_map_is_whole_and_never_goes_back(raw: str) -> None:
    found = text(raw)
    assert len(found.text) == len(found.printed) == len(found.offsets) - 1
    assert list(found.offsets) == sorted(found.offsets)
    assert all(0 <= at <= len(raw) for at in found.offsets)
    assert found.offsets[-1] == len(raw)


@given(MIXED)
def test_the_map_leads_to_the_same_character_where_nothing_was_converted(raw: str) -> None:
    found = text(raw)
    if not found.converted:
        for at, char in enumerate(found.text):
            assert text(raw[found.offsets[at]]).text in (char, "") or raw[found.offsets[at]] == "\r"


@given(MIXED)
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = text(raw)
    if not once.converted:
        assert text(once.text).text == once.text


# ---------------------------------------------------------------- tables printed a cell a line

HEAD = "序号\n任务名称\n牵头部门\n配合部门\n"
FLAT = {  # what a page prints -> its lines
    HEAD + "1\n办好学校\n市教育局\n各区\n2\n管好医院\n市卫健委\n各区": [
        "序号|任务名称|牵头部门|配合部门",
        "1|办好学校|市教育局|各区",
        "2|管好医院|市卫健委|各区",
    ],
    HEAD + "1\n办好学校\n市教育局\n各区\n2\n市财政局\n各镇\n二、保障": [  # the name of the task holds for both rows
        "序号|任务名称|牵头部门|配合部门",
        "1|办好学校|市教育局|各区",
        *["2", "市财政局", "各镇", "二、保障"],  # where the last row ends cannot be told: nothing is guessed
    ],
    HEAD + "1\n办好学校\n市教育局\n各区\n2\n市财政局\n各镇\n3\n管好医院\n市卫健委\n各区": [
        "序号|任务名称|牵头部门|配合部门",
        "1|办好学校|市教育局|各区",
        "2||市财政局|各镇",
        "3|管好医院|市卫健委|各区",
    ],
    "序号\n1\n2": ["序号", "1", "2"],
    HEAD + "办好学校\n市教育局": ["序号", "任务名称", "牵头部门", "配合部门", "办好学校", "市教育局"],
}


@pytest.mark.parametrize("printed", FLAT, ids=range(len(FLAT)))
def test_cells_printed_one_a_line_stand_in_rows(printed: str) -> None:
    text = normalise(Source("plan", f"示范方案\n{printed}\n"), WORDS)
    assert [line for line in text.text.split("\n") if line][1:] == FLAT[printed]
    assert all(
        text.source.text[at] == char for at, char in zip(text.offsets, text.text, strict=False) if char not in "|\n"
    )

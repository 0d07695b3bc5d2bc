"""Pages of a PDF (and of an OFD file) become paragraphs and rows of tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_files import Print, ofd, pdf, text_of

FULL = "到二〇三〇年，健康生活方式基本普及，居民主要健康影响因素"  # at least 26 characters; 26 of 16 points fill a line


def _lines(*each: tuple[float, str]) -> list[Print]:
    """Return lines of 16 points, 28 points apart: (left, text)."""
    return [(left, 100 + 28 * at, 16, text) for at, (left, text) in enumerate(each)]


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    page = _lines(
        (112, FULL[:24]),
        (80, FULL[:26]),
        (80, "得到控制。"),
        (112, "（一）工作思路。" + FULL[:16]),
        (80, "得到控制。"),
        (112, "下一段。"),
    )
    assert text_of(tmp_path, "a.pdf", pdf([page])) == [
        FULL[:24] + FULL[:26] + "得到控制。",
        "（一）工作思路。" + FULL[:16] + "得到控制。",
        "下一段。",
    ]


def test_paragraphs_run_over_pages_without_headers_and_page_numbers(tmp_path: Path) -> None:
    parts = [FULL[at:26] + FULL[:at] for at in range(6)]  # no line stands twice
    pages = [
        [(80, 40, 10, "某某文件"), *_lines((80, parts[2 * at]), (80, parts[2 * at + 1])), (280, 790, 12, f"— {at} —")]
        for at in range(3)
    ]
    assert text_of(tmp_path, "a.pdf", pdf(pages)) == ["".join(parts)]


def test_a_signature_stands_alone(tmp_path: Path) -> None:
    page = _lines((112, FULL[:24]), (80, "得到控制。"), (384, "示范市人民政府"), (352, "二〇二二年三月一日"))
    assert text_of(tmp_path, "a.pdf", pdf([page]))[1:] == ["示范市人民政府", "二〇二二年三月一日"]


def test_headings_in_a_row_stay_apart_and_a_large_one_is_joined(tmp_path: Path) -> None:
    page = [
        (120, 60, 22, "示范市人民政府关于实施"),
        (160, 94, 22, "健康示范行动的意见"),
        *[(80.0, y + 60, size, text) for _, y, size, text in _lines((0, "一、总体要求"), (0, "（一）工作思路"))],
        (80, 220, 16, FULL[:26]),
        (80, 248, 16, "得到控制。"),
    ]
    assert text_of(tmp_path, "a.pdf", pdf([page])) == [
        "示范市人民政府关于实施健康示范行动的意见",
        "一、总体要求",
        "（一）工作思路",
        FULL[:26] + "得到控制。",
    ]


XS, YS = (80, 240, 400), (642, 682, 722)
UPRIGHT = [f"{x} 642 m {x} 722 l S\n" for x in XS]
LEVEL = [f"80 {y} m 400 {y} l S\n" for y in YS]
RULES = {
    "strokes": "".join(UPRIGHT + LEVEL),
    "open sides": "".join([UPRIGHT[1], *LEVEL]),
    "a box for each cell": "".join(f"{x} {y} 160 40 re S\n" for x in XS[:2] for y in YS[:2]),
    "thin filled boxes": "".join(
        [*(f"{x} 642 0.5 80 re f\n" for x in XS), *(f"80 {y} 320 0.5 re f\n" for y in YS)],
    ),
}


@pytest.mark.parametrize("drawn", RULES)
def test_tables_by_their_ruled_lines(drawn: str, tmp_path: Path) -> None:
    page: list[Print] = [
        (90, 125, 12, "居民健康"),
        (90, 140, 12, "素养水平"),
        (250, 130, 12, "目标"),
        (90, 170, 12, "吸烟率"),
        (250, 170, 12, "二十"),
        (90, 230, 16, "正文"),
    ]
    lines = ["居民健康素养水平 | 目标", "吸烟率 | 二十", "正文"]
    assert text_of(tmp_path, "a.pdf", pdf([page], RULES[drawn])) == lines


def test_merged_cells_stand_where_they_begin(tmp_path: Path) -> None:
    rules = RULES["strokes"].replace("80 682 m 400", "240 682 m 400")
    page: list[Print] = [(90, 150, 12, "健康水平"), (250, 130, 12, "甲"), (250, 170, 12, "乙")]
    assert text_of(tmp_path, "a.pdf", pdf([page], rules)) == ["健康水平 | 甲", "| 乙"]


@pytest.mark.parametrize("turn", (90, 180, 270))
def test_turned_pages_are_read_as_seen(turn: int, tmp_path: Path) -> None:
    page = _lines((112, FULL[:24]), (80, "得到控制。"), (112, "下一段。"))
    assert text_of(tmp_path, "a.pdf", pdf([page], rotate=turn)) == [FULL[:24] + "得到控制。", "下一段。"]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    page = _lines((80, "一、总体要求…………………………1"), (80, "一、总体要求"))
    assert text_of(tmp_path, "a.pdf", pdf([page])) == ["一、总体要求"]


def test_lines_of_an_ofd_file_become_paragraphs(tmp_path: Path) -> None:
    lines = [(40.0, 40.0 + 10 * at, 5.6, text) for at, text in enumerate(("一、总体要求", "二、主要任务"))]
    assert text_of(tmp_path, "a.ofd", ofd(lines)) == ["一、总体要求", "二、主要任务"]

"""Pages of a PDF (and of an OFD file) become paragraphs and rows of tables."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import tiny_fonts
from tiny_files import ACROSS, Print, ofd, pdf, text_of
from tiny_fonts import Font

from policygraph.errors import ReadError
from policygraph.read import read
from policygraph.read.pdf_columns import gutter_of
from policygraph.read.pdf_lines import Piece

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


COLUMNS = (60, 310)  # where two columns of 14 characters of 16 points begin
NARROW = [FULL[at : at + 14] for at in range(12)]


def _beside(*columns: Sequence[str], lower: float = 0) -> list[Print]:
    return [
        (left, 130 + 28 * at + lower * column, 16, text)
        for column, (left, lines) in enumerate(zip(COLUMNS, columns, strict=True))
        for at, text in enumerate(lines)
    ]


@pytest.mark.parametrize("lower", (0, 11))
def test_two_columns_are_read_one_after_the_other(lower: float, tmp_path: Path) -> None:
    title: list[Print] = [(150, 60, 22, "示范市健康行动的意见")]
    lines = [NARROW[at % 12] for at in range(21)]
    page = [*title, *_beside(lines[:11], [*lines[11:], "得到控制。"], lower=lower), (290, 790, 10, "— 1 —")]
    rest = [(60.0, 130.0, 16.0, "一、总体要求"), (310.0, 130.0, 16.0, "二、主要任务")]
    assert text_of(tmp_path, "a.pdf", pdf([page, rest])) == [
        title[0][3],
        "".join(lines) + "得到控制。",
        "一、总体要求",
        "二、主要任务",
    ]


@pytest.mark.parametrize("far", (1e9, 1e17, 1e30))
def test_a_sign_that_a_damaged_file_puts_far_away_makes_no_page_endless(far: float) -> None:
    pieces = [Piece("字", 0, 28.0 * at, 16, 28.0 * at + 16) for at in range(9)]
    assert gutter_of([*pieces, Piece("字", far, 0, far + 16, 16)], None) is None


def test_a_watermark_is_no_text_and_is_said(tmp_path: Path) -> None:
    mark: Print = (150, ACROSS + 500, 50, "内部资料")
    pages = [[mark, *_lines((112, FULL[at : at + 24]), (80, FULL[at : at + 26]), (80, "得到控制。"))] for at in (0, 2)]
    assert text_of(tmp_path, "a.pdf", pdf(pages))[0].startswith(FULL[:24] + FULL[:26])
    assert [str(note) for note in read(tmp_path / "a.pdf").notes] == [
        "text that is set askew (a watermark?), not read, on 2 pages: “内部资料”, “内部资料”"
    ]


def test_a_page_that_stands_askew_is_read(tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.pdf", pdf([[(80, ACROSS + 500, 16, "一、总体要求")]])) != []


TABLE = [
    [(80, "指标"), (240, "单位"), (320, "2022年"), (420, "2025年")],
    [(80, "居民健康素养"), (245, "%"), (330, "22"), (430, "25")],
    [(80, "水平")],
    [(80, "婴儿死亡率"), (245, "‰"), (330, "4.6"), (430, "4.5")],
    [(80, "二、重点任务")],
]


def _set(rows: Sequence[Sequence[tuple[float, str]]]) -> list[Print]:
    return [(left, 100 + 22 * at, 14, text) for at, row in enumerate(rows) for left, text in row]


def test_a_table_without_borders_keeps_its_columns(tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.pdf", pdf([_set(TABLE)])) == [
        "指标 | 单位 | 2022年 | 2025年",
        "居民健康素养水平 | % | 22 | 25",
        "婴儿死亡率 | ‰ | 4.6 | 4.5",
        "二、重点任务",
    ]


def test_a_roster_is_no_table(tmp_path: Path) -> None:
    names = [
        [(80.0, "主任："), (200.0, "王某"), (300.0, "副市长")],
        [(80.0, "委员："), (200.0, "李某"), (300.0, "局长")],
    ]
    assert "|" not in "".join(text_of(tmp_path, "a.pdf", pdf([_set([*names, names[1]])])))


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
    assert text_of(tmp_path, "a.pdf", pdf([page], rules)) == ["健康水平 | 甲", "健康水平 | 乙"]


# ---------------------------------------------------------------- fonts and turned pages

TURNS = (0, 90, 180, 270)
FONTS: tuple[Callable[[str], Font], ...] = (
    tiny_fonts.embedded,
    tiny_fonts.standard,
    tiny_fonts.described,
    tiny_fonts.named_glyphs,
)
SEEN = [  # two lines of a paragraph, single characters, a table
    *_lines((112, FULL[:24]), (80, "得到控制。")),
    (90, 210, 12, "甲"),
    (250, 210, 12, "乙"),
    (90, 250, 12, "A组"),
    (250, 250, 12, "85%"),
]


def _drawn(turn: int) -> str:
    """Return the ruled lines of the table in SEEN, as seen on a turned page."""
    ends = [(x, 200, x, 280) for x in XS] + [(80, y, 400, y) for y in (200, 240, 280)]
    place = {
        0: lambda x, y: (x, 842 - y),
        90: lambda x, y: (y, x),
        180: lambda x, y: (595 - x, y),
        270: lambda x, y: (595 - y, 842 - x),
    }[turn]
    return "".join("{} {} m {} {} l S\n".format(*place(x0, y0), *place(x1, y1)) for x0, y0, x1, y1 in ends)


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.__name__)
@pytest.mark.parametrize("turn", TURNS)
def test_a_page_is_read_as_seen_whether_its_font_is_embedded_or_not(
    turn: int, font: Callable[[str], Font], tmp_path: Path
) -> None:
    data = pdf([SEEN], _drawn(turn), rotate=turn, font=font)
    assert text_of(tmp_path, "a.pdf", data) == [FULL[:24] + "得到控制。", "甲 | 乙", "A组 | 85%"]


def test_no_font_of_the_system_is_asked_for(tmp_path: Path) -> None:
    """Fonts are hidden from a process, or replaced by a strange one; it reads the same."""
    if sys.platform != "linux" or subprocess.run([*HIDING, "true"], capture_output=True, check=False).returncode:
        pytest.skip("hiding the fonts of the system from a process needs Linux and a right that is missing here")
    names = []
    for font in FONTS:
        for turn in TURNS:
            names.append(str(tmp_path / f"{font.__name__}-{turn}.pdf"))
            Path(names[-1]).write_bytes(pdf([SEEN], _drawn(turn), rotate=turn, font=font))
    strange = tmp_path / "strange.ttf"
    strange.write_bytes(tiny_fonts.strange())
    told = [_read_with(names, fonts) for fonts in ("", str(strange))]
    assert told[0] == told[1] == [[FULL[:24] + "得到控制。", "甲 | 乙", "A组 | 85%"]] * len(names)


HIDING = ("unshare", "--map-root-user", "--mount", "sh", "-ec")
READING = """import json, sys; from pathlib import Path; from policygraph.read import read
print(json.dumps([read(Path(name)).text.splitlines() for name in sys.argv[1:]]))"""


def _read_with(names: list[str], font: str) -> object:
    """Return the lines of files, read where one font is all that is installed, or none."""
    hide = 'mount -t tmpfs none /usr/share/fonts; test -z "$1" || cp "$1" /usr/share/fonts; shift; exec "$@"'
    said = subprocess.run(
        [*HIDING, hide, "sh", font, sys.executable, "-c", READING, *names], capture_output=True, check=True, text=True
    )
    return json.loads(said.stdout)


UNREADABLE = {
    "not embedded": (tiny_fonts.mute, "its fonts are not embedded and do not say which characters they show"),
    "embedded": (tiny_fonts.embedded_mute, "its fonts do not say which characters they show"),
}


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("case", UNREADABLE)
def test_a_font_that_says_nothing_is_named_as_the_cause(case: str, turn: int, tmp_path: Path) -> None:
    font, words = UNREADABLE[case]
    with pytest.raises(ReadError, match=words):
        text_of(tmp_path, "a.pdf", pdf([SEEN], rotate=turn, font=font))


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    page = _lines((80, "一、总体要求…………………………1"), (80, "一、总体要求"))
    assert text_of(tmp_path, "a.pdf", pdf([page])) == ["一、总体要求"]


def test_lines_of_an_ofd_file_become_paragraphs(tmp_path: Path) -> None:
    lines = [(40.0, 40.0 + 10 * at, 5.6, text) for at, text in enumerate(("一、总体要求", "二、主要任务"))]
    assert text_of(tmp_path, "a.ofd", ofd(lines)) == ["一、总体要求", "二、主要任务"]

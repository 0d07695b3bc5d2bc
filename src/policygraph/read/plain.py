"""Read plain text in any common encoding of Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.errors import ReadError
from policygraph.read.content import Content
from policygraph.read.decoding import decode

LIMIT = 8 * 1024 * 1024  # bytes; the longest national plan is under 1 MB as text
_FEWEST_TABS = 2  # three cells
_FEWEST_ROWS = 3  # of a table set with blanks, its head among them
_LONGEST_ROW = 200  # characters
_GAP = re.compile(r"(?<=[^ \u3000\t|])[ \u3000]+(?=[^ \u3000\t|\r])")
_WIDE_GAP = re.compile(r"\S(?:[ \u3000]{2,}|\u3000)\S")
_SENTENCE = re.compile(r"[|，。；：]|[,;:]\s")
_FIGURE = re.compile(r"[ \u3000][≥≤<>＜＞〔(（]?\d[\d.]*\S{0,4}(?=[ \u3000\r]|$)")  # a cell that is a number


def read_plain(data: bytes, name: str) -> Content:
    """Return the text of a file; takes UTF-8, UTF-16, UTF-32, GB 18030 (with GBK and GB 2312) and Big5.

    A byte order mark may stand there or not. Raises ReadError for an empty or binary file, for an unknown encoding and
    for more than a few broken bytes.
    """
    found = decode(data, name)
    if not found.text.strip("\ufeff \t\r\n\f\u3000"):
        raise ReadError("read.empty", path=name)
    return Content(_cells(found.text), found.encoding, found.notes)


def _cells(text: str) -> str:
    """Mark the cells of a table pasted with tabs or set with blanks; every character keeps its place in the file.

    A row may leave cells empty where the row before it has as many.

    >>> _cells("指标\\t单位\\t2025年\\n责任单位:\\t市教育局")
    '指标|单位|2025年\\n责任单位:\\t市教育局'
    >>> _cells("指标    单位  2025年\\n签约率  %     75\\n近视率  %     38")
    '指标|   单位| 2025年\\n签约率| %|    75\\n近视率| %|    38'
    """
    lines = list(_with_tabs_marked(text.split("\n")))
    at = 0
    while at < len(lines):
        behind = _behind_table(lines, at)
        lines[at:behind] = [_GAP.sub(lambda gap: "|" + gap[0][1:], line) for line in lines[at:behind]]
        at = max(behind, at + 1)
    return "\n".join(lines)


def _with_tabs_marked(lines: list[str]) -> Iterator[str]:
    tabs = 0
    for line in lines:
        tabs = line.count("\t") if _is_row(line) or (tabs and line.count("\t") == tabs and line.strip()) else 0
        yield line.replace("\t", "|") if tabs else line


def _behind_table(lines: list[str], at: int) -> int:
    """Return which line stands behind the table set with blanks that begins at one; that one itself if none does."""
    columns = _columns(lines[at])
    behind = at + 1
    while columns > _FEWEST_TABS and behind < len(lines) and _columns(lines[behind]) == columns:
        behind += 1
    rows = behind - at
    figures = sum(_FIGURE.search(line) is not None for line in lines[at + 1 : behind])
    wide = sum(_WIDE_GAP.search(line) is not None for line in lines[at:behind])
    return behind if rows >= _FEWEST_ROWS and figures * 2 > rows - 1 and wide * 2 > rows else at


def _columns(line: str) -> int:
    return 0 if len(line) > _LONGEST_ROW or _SENTENCE.search(line) else len(_GAP.findall(line)) + 1


def _is_row(line: str) -> bool:
    """Say whether a line is a row pasted with tabs: a head, at least three cells, the last one filled."""
    cells = line.rstrip("\r").split("\t")
    if len(cells) <= _FEWEST_TABS or "|" in line or "\r" in cells[-1]:
        return False
    return bool(cells[0].strip() and cells[-1].strip())

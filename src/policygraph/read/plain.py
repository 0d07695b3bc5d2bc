"""Read plain text in any common encoding of Chinese."""

from __future__ import annotations

from policygraph.errors import ReadError
from policygraph.read.content import Content
from policygraph.read.decoding import decode

LIMIT = 8 * 1024 * 1024  # bytes; the longest national plan is under 1 MB as text
_FEWEST_TABS = 2  # three cells


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
    """Mark the cells of a table pasted with tabs, one character for one, so that places in the file stay as they are.

    A row may leave cells empty where the row before it has as many.

    >>> _cells("指标\\t单位\\t2025年\\n责任单位:\\t市教育局")
    '指标|单位|2025年\\n责任单位:\\t市教育局'
    """
    found, tabs = [], 0
    for line in text.split("\n"):
        tabs = line.count("\t") if _is_row(line) or (tabs and line.count("\t") == tabs and line.strip()) else 0
        found.append(line.replace("\t", "|") if tabs else line)
    return "\n".join(found)


def _is_row(line: str) -> bool:
    """Say whether a line is a row pasted with tabs: a head, at least three cells, the last one filled."""
    cells = line.rstrip("\r").split("\t")
    if len(cells) <= _FEWEST_TABS or "|" in line or "\r" in cells[-1]:
        return False
    return bool(cells[0].strip() and cells[-1].strip())

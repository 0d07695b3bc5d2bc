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

    >>> _cells("指标\\t单位\\t2025年\\n责任单位:\\t市教育局")
    '指标|单位|2025年\\n责任单位:\\t市教育局'
    """
    return "\n".join(line.replace("\t", "|") if _is_row(line) else line for line in text.split("\n"))


def _is_row(line: str) -> bool:
    """Say whether a line is a row pasted with tabs: a head, at least three cells, the last one filled."""
    if line.count("\t") < _FEWEST_TABS or "|" in line or "\r" in line:
        return False
    return bool(line.partition("\t")[0].strip()) and not line[-1].isspace()

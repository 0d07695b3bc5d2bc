"""Find the cells of an xlsx that show an error (#NAME?): the reader of workbooks gives them as empty."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html import unescape
from zipfile import BadZipFile, ZipFile

Place = tuple[int, int]  # row and column, from 0

_CELL = re.compile(r"<c\b([^>]*)>(.*?)</c>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w:]+)=\"([^\"]*)\"")
_SHOWN = re.compile(r"<v>([^<]*)</v>")
_WHERE = re.compile(r"([A-Z]+)(\d+)")


def errors_of(data: bytes) -> dict[str, dict[Place, str]]:
    """Return what cells with an error show, by the names of their sheets; nothing of a file of another kind."""
    try:
        with ZipFile(io.BytesIO(data)) as book:
            parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist() if _is_needed(name)}
    except BadZipFile:
        return {}
    files = {
        each["Id"]: each["Target"] for each in _elements(parts.get("xl/_rels/workbook.xml.rels", ""), "Relationship")
    }
    sheets = _elements(parts.get("xl/workbook.xml", ""), "sheet")
    texts = {unescape(each["name"]): parts.get(_path(files.get(each.get("r:id", ""), "")), "") for each in sheets}
    return {name: dict(_errors(text)) for name, text in texts.items() if 't="e"' in text}


def _is_needed(name: str) -> bool:
    return name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels") or name.startswith("xl/worksheets/sheet")


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _elements(text: str, name: str) -> Iterator[Mapping[str, str]]:
    for found in re.finditer(rf"<{name}\b([^>]*)>", text):
        yield dict(_ATTRIBUTE.findall(found[1]))


def _errors(text: str) -> Iterator[tuple[Place, str]]:
    for attributes, inside in _CELL.findall(text):
        known = dict(_ATTRIBUTE.findall(attributes))
        where, shown = _WHERE.fullmatch(known.get("r", "")), _SHOWN.search(inside)
        if known.get("t") == "e" and where and shown:
            yield (int(where[2]) - 1, _column(where[1])), shown[1]


def _column(letters: str) -> int:
    """Return the number of a column from 0.

    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

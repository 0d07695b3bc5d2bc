"""Say fact tables in Chinese: what a sheet, a column and a word of a closed list are called in a workbook, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from unicodedata import normalize

from policygraph import assets, tables


@dataclass(frozen=True, slots=True)
class Column:
    """How a column stands in a workbook: its heading, its width in characters, and whether a person needs it."""

    heading: str
    width: int
    shown: str  # yes, grey or hidden


def sheet(table: str) -> str:
    """Return the name of the sheet of a table.

    >>> sheet("targets")
    '目标'
    """
    return _sheets()[table]


def column(table: str, name: str) -> Column:
    """Return how a column of a table stands in a workbook.

    >>> column("metadata", "value").heading, column("targets", "value").heading
    ('内容', '数值')
    """
    known = _columns()
    return known.get(f"{table}.{name}") or known[name]


def choices(key: str) -> Mapping[str, str]:
    """Return the words of a closed list by what they stand for; ``key`` names the column as ``forms.FORMS`` does.

    >>> dict(choices("open"))
    {'yes': '是', 'no': '否'}
    """
    return _words().get(key, MappingProxyType({}))


def meant(key: str, word: str) -> str:
    """Return what a word of a person stands for, "" where it is not known.

    >>> meant("role", " 牵头单位"), meant("op", "≥"), meant("role", "主角")
    ('lead', '>=', '')
    """
    return _meant().get((key, _plain(word)), "")


def _plain(word: str) -> str:
    return normalize("NFKC", word).strip().lower()


@cache
def _sheets() -> Mapping[str, str]:
    return MappingProxyType({row["table"]: row["zh"] for row in _rows("tables")})


@cache
def _columns() -> Mapping[str, Column]:
    rows = _rows("columns")
    return MappingProxyType({row["column"]: Column(row["zh"], int(row["width"]), row["shown"]) for row in rows})


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in _rows("words"):
        found.setdefault(row["column"], {})[row["value"]] = row["zh"]
    return MappingProxyType({key: MappingProxyType(words) for key, words in found.items()})


@cache
def _meant() -> Mapping[tuple[str, str], str]:
    spoken = ((row, word) for row in _rows("words") for word in (row["zh"], *row["also"].split("|")) if word)
    return MappingProxyType({(row["column"], _plain(word)): row["value"] for row, word in spoken})


def _rows(name: str) -> list[dict[str, str]]:
    return tables.read_table(assets.path("data", "sheets", f"{name}.tsv"))

"""Turn rows of an answer into what a page shows: headings and words of a language, links to what is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from policygraph.desk import asking
from policygraph.desk.visit import Visit
from policygraph.export.heatmap import ACTIONS, LEADS, VERDICTS
from policygraph.facts import words
from policygraph.messages import say
from policygraph.rows import Rows, headings

MOST = 10_000  # rows that one page shows
# What is named in a column -> the page of such things.
_DOCUMENT = "/document/"
_PAGES = {
    **dict.fromkeys(("document", "ancestor", "basis", "cited", "citing"), _DOCUMENT),
    **dict.fromkeys(("agency", "partner", "above", "body", "lead", "supporter"), "/agency/"),
    "code": "/place/",
}
_WORDS = {  # column -> the list that says its words in Chinese
    "role": "role",
    "comparator": "op",
    "op": "op",
    "status": "status",
    "level": "metadata.value.level",
    "document_level": "metadata.value.level",
    "basis_level": "metadata.value.level",
}
_VERDICTS: Mapping[str, str] = {name: key for table in (ACTIONS, LEADS, VERDICTS) for name, (_, key) in table.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, the address of what it names, the value it sorts by, and a code that explains the text."""

    text: str
    href: str = ""
    sort: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column, its name in the catalogue, and whether it holds numbers."""

    name: str
    heading: str
    number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a page shows it; ``total`` counts the rows that are not shown too."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def table(visit: Visit, rows: Rows, hide: tuple[str, ...] = ()) -> Table:
    """Return an answer as a table in the language of a visit, without the columns to hide."""
    named = headings(visit.language)
    known = documents(visit)
    places = [at for at, name in enumerate(rows.columns) if name not in hide]
    kept = rows.rows[:MOST]
    columns = tuple(
        Column(rows.columns[at], named.get(rows.columns[at], rows.columns[at]), _is_number(at, kept)) for at in places
    )
    body = tuple(tuple(cell(visit, rows.columns[at], row[at], known) for at in places) for row in kept)
    return Table(columns, body, len(rows.rows))


def cell(visit: Visit, column: str, value: Any, known: Mapping[str, str]) -> Cell:
    """Return one value of a column; a document is called as people call it."""
    text = plain(value)
    page = _PAGES.get(column)
    href = visit.url(page + text) if page and text else ""
    if page == _DOCUMENT and text in known:
        return Cell(known[text], href, known[text], text)
    said = word(visit.language, column, text)
    return Cell(said, href, text if isinstance(value, int | float | Decimal) else said, text if said != text else "")


def documents(visit: Visit) -> dict[str, str]:
    """Return how each document of the store is called: by its place and year, by its title where these say too little.

    Raises ToldError.
    """
    rows = asking.records(visit, "documents")
    brief = {str(row["document"]): _brief(row) for row in rows}
    shared = Counter(brief.values())
    return {str(row["document"]): _called(row, brief[str(row["document"])], shared) for row in rows}


def _brief(row: Mapping[str, object]) -> str:
    return f"{row['region']} {str(row['date'])[:4]}" if row["region"] and row["date"] else ""


def _called(row: Mapping[str, object], brief: str, shared: Mapping[str, int]) -> str:
    if brief and shared[brief] == 1:
        return brief
    return str(row["number"] or row["title"] or row["document"])


def word(language: str, column: str, value: str) -> str:
    """Return how a word of a closed list is said; other values as they are.

    >>> word("zh", "role", "lead"), word("zh", "verdict", "tighter"), word("en", "role", "lead")
    ('牵头', '更高', 'lead')
    """
    if column.endswith("verdict") and value in _VERDICTS:
        return say(_VERDICTS[value], language)
    if language == "zh" and column in _WORDS:
        return words.choices(_WORDS[column]).get(value, value)
    return value


def plain(value: object) -> str:
    """Return a value as text: decimals without an exponent, numbers from JSON without a trailing zero."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else f"{value:g}" if isinstance(value, float) else str(value)


def _is_number(at: int, rows: tuple[tuple[object, ...], ...]) -> bool:
    found = [row[at] for row in rows if row[at] is not None]
    return bool(found) and all(isinstance(each, int | float | Decimal) for each in found)

"""Read the catalogue: one question per .rq file, with a header of ``#+`` lines.

``#+ title: zh / en``, ``#+ description: zh / en``, ``#+ tags: a, b``, ``#+ columns: a b c``,
``#+ parameters: name type default example`` (a line for each; ``-`` is no default), and for rankings
``#+ evidence: question parameter column ...``: the question that lists what a row counted, with pairs of
its parameters and the row's columns. A parameter
``name`` is the variable ``?_name``, which each group pattern that needs it opens with ``VALUES ?_name { ... }``.
Questions with the tag ``internal`` are what the program asks for itself; no list shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from policygraph import assets
from policygraph.errors import DataError
from policygraph.rows import Rows

TYPES = (
    "indicator",
    "function",
    "action",
    "level",
    "agency",
    "region",
    "document",
    "language",
    "verdict",
    "scope",
    "year",
    "number",
    "string",
    "iri",
)
_HEADER = re.compile(r"#\+ *(\w+): *(.*)")
_NONE = "-"
_INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what type its value has, the default (empty: not bound) and an example."""

    name: str
    type: str
    default: str
    example: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which question lists what a row counted; ``links`` are pairs of its parameter and the row's column."""

    question: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the catalogue; ``folder`` is its subject."""

    name: str
    folder: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    sparql: str
    evidence: Evidence | None = None


@cache
def catalogue() -> tuple[Question, ...]:
    """Return the questions that ship with the project and a user can ask, by folder and name.

    Raises DataError (file, header) for a question that is not well described.
    """
    return tuple(item for item in _shipped() if _INTERNAL not in item.tags)


@cache
def internal() -> Mapping[str, Question]:
    """Return the questions that the program asks for itself (``#+ tags: internal``), by name."""
    return MappingProxyType({item.name: item for item in _shipped() if _INTERNAL in item.tags})


@cache
def _shipped() -> tuple[Question, ...]:
    return load(assets.path("queries"))


def load(folder: Path) -> tuple[Question, ...]:
    """Return the questions of a folder of .rq files and folders of them; what lies in a folder has it as subject.

    Raises DataError (file) for a question that is not well described, and where two have one name.
    """
    found: dict[str, Path] = {}
    for path in sorted((*folder.glob("*.rq"), *folder.glob("*/*.rq"))):
        if found.setdefault(path.stem, path) != path:
            raise DataError("query.two-of-a-name", path=path, other=found[path.stem])
    return tuple(_read_file(path) for path in found.values())


def _read_file(path: Path) -> Question:
    try:
        return read(path.read_text(encoding="utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise DataError("tables.not-utf-8", path=path) from error


def read(text: str, path: Path) -> Question:
    """Read one question from its text; ``path`` gives its name and opens the message of a DataError."""
    header: dict[str, list[str]] = {}
    for match in map(_HEADER.fullmatch, text.splitlines()):
        if match:
            header.setdefault(match[1], []).append(match[2].strip())
    missing = [key for key in ("title", "description", "tags", "columns") if key not in header]
    if missing:
        raise DataError("query.no-header", path=path, missing=missing)
    title_zh, title_en = _both(header["title"][0], path)
    description_zh, description_en = _both(header["description"][0], path)
    return Question(
        name=path.stem,
        folder=path.parent.name,
        title_zh=title_zh,
        title_en=title_en,
        description_zh=description_zh,
        description_en=description_en,
        tags=tuple(part.strip() for part in header["tags"][0].split(",")),
        parameters=tuple(_parameter(line, path) for line in header.get("parameters", [])),
        columns=tuple(header["columns"][0].split()),
        sparql=text,
        evidence=_evidence(header.get("evidence", []), path),
    )


def _both(cell: str, path: Path) -> tuple[str, str]:
    zh, slash, en = cell.partition(" / ")
    if not slash:
        raise DataError("query.one-language", path=path, cell=cell)
    return zh.strip(), en.strip()


def _parameter(line: str, path: Path) -> Parameter:
    parts = line.split()
    if len(parts) != 4 or parts[1] not in TYPES:
        raise DataError("query.bad-parameter-line", path=path, line=line, types=TYPES)
    name, kind, default, example = parts
    return Parameter(name, kind, "" if default == _NONE else default, example)


def _evidence(lines: Iterable[str], path: Path) -> Evidence | None:
    for line in lines:
        question, *pairs = line.split()
        if not pairs or len(pairs) % 2:
            raise DataError("query.bad-evidence-line", path=path, line=line)
        return Evidence(question, tuple(zip(pairs[::2], pairs[1::2], strict=True)))
    return None


def question_rows(language: str = "zh", among: Sequence[Question] | None = None) -> Rows:
    """Return a row for each question of a catalogue, by default the shipped one.

    Columns are subject, name, title, description and parameters (``name: type = default``).
    """
    rows = []
    for item in catalogue() if among is None else among:
        titles = (item.title_zh, item.description_zh) if language == "zh" else (item.title_en, item.description_en)
        given = (f"{p.name}: {p.type}" + (f" = {p.default}" if p.default else "") for p in item.parameters)
        rows.append((item.folder, item.name, *titles, ", ".join(given)))
    return Rows(("subject", "question", "title", "description", "parameters"), tuple(rows))

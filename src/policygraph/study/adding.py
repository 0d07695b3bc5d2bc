"""Add a concept to the tables of a study: one row each, in files that stay the person's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policygraph import assets, concepts, tables
from policygraph.errors import PolicyGraphError, UsageError
from policygraph.outputs import revise
from policygraph.slugs import pinyin_slug
from policygraph.study.record import Study

INDICATOR, AGENCY = "indicator", "agency"
_TABLES = {INDICATOR: "indicators", AGENCY: "agencies"}


def add_concept(study: Study, kind: str, cells: Mapping[str, str]) -> str:
    """Add an indicator or a body, with its name, to the concepts of a study; return its identifier.

    ``cells`` are those of ``indicators.tsv`` or ``agencies.tsv``: ``zh`` at least; the identifier is made of it where
    none is given. Raises UsageError where it is known already, DataError where a cell cannot be that; nothing is
    written then.
    """
    name = cells["zh"].strip()
    known = study.concepts.indicators if kind == INDICATOR else study.concepts.agencies
    identifier = cells.get("id", "").strip() or pinyin_slug(name)
    if not name or identifier in known:
        raise UsageError("study.concept-there", name=name, id=identifier)
    row = {"en": name, **cells, "zh": name, "id": identifier, "example": name}
    named = {"name": name, kind: identifier, "strength": "strong", "example": name}
    paths = {
        study.place("concepts", f"{_TABLES[kind]}.tsv"): row,
        study.place("concepts", f"{kind}_names.tsv"): named,
    }
    before = {path: path.read_bytes() if path.is_file() else b"" for path in paths}
    try:
        for path, added in paths.items():
            revise(_with(before[path], path.name, added), path)
        concepts.load(assets.path("data", "concepts"), study.place("concepts"))
    except PolicyGraphError:
        for path, content in before.items():
            revise(content or _head(path.name), path)
        raise
    return identifier


def _with(content: bytes, table: str, row: Mapping[str, str]) -> bytes:
    """Return a table with a row more, in its own columns."""
    text = (content or _head(table)).decode("utf-8-sig")
    names = text.splitlines()[0].split("\t")
    line = "\t".join(tables.escape(row.get(name, "")) for name in names)
    return f"{text}{'' if text.endswith(chr(10)) else chr(10)}{line}\n".encode()


def _head(table: str) -> bytes:
    with Path(assets.path("data", "concepts", table)).open(encoding="utf-8") as shipped:
        return shipped.readline().encode()

"""Take in what a person corrected in a workbook: keep each correction, and write the tables as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph import facts, outputs
from policygraph.errors import UsageError
from policygraph.facts import decisions
from policygraph.facts.decisions import Ruling
from policygraph.model import Facts


@dataclass(frozen=True, slots=True)
class Said:
    """Who corrected, when and why, where the rows themselves do not say."""

    who: str | None = None
    when: str | None = None
    why: str | None = None


def accept(place: Path, said: Said) -> Sequence[Ruling]:
    """Take in the workbook of a folder of tables (or that workbook); return the corrections that are new.

    They are added to decisions.tsv, the tables are written with them, and the rows they are about are reviewed. The
    workbook stays as it is. Raises UsageError where there is no changed workbook, TableError where it is malformed.
    """
    folder = place if place.is_dir() else place.parent
    book = facts.workbook_that_counts(folder)
    if book is None:
        raise UsageError("accepting.nothing", path=folder)
    old = facts.load_tables(folder)
    now = facts.read_back(book, old.doc)
    about = Ruling(old.doc, "", "", "", "", "", said.who or "", said.when or "", said.why or "", book.name)
    before = decisions.read(folder)
    found = [each for table in facts.ROWS for each in decisions.rulings(table, getattr(old, table), now[table], about)]
    new = {table: decisions.reviewed(getattr(old, table), now[table]) for table in facts.ROWS}
    outputs.revise(decisions.text([*before, *found]), folder / decisions.FILE)  # first: nothing ruled is lost
    facts.rewrite(Facts(old.doc, **new), folder)
    return found

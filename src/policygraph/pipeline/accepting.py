"""Take in what a person corrected in a workbook or in tables: keep each correction, and write the tables anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policygraph import facts, outputs
from policygraph.checklist import is_doubtful
from policygraph.facts import decisions
from policygraph.facts.forms import as_date
from policygraph.resolve import renamed
from policygraph.rulings import Ruling
from policygraph.study import SHIPPED, Study


@dataclass(frozen=True, slots=True)
class Said:
    """Who corrected, when and why, where the rows themselves do not say."""

    who: str | None = None
    when: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The corrections that are new, and where the files of a person lie now whose place ours took."""

    rulings: tuple[Ruling, ...]
    aside: tuple[Path, ...]


def accept(place: Path, said: Said, study: Study = SHIPPED) -> Accepted:
    """Take in what was corrected in a folder of tables (or in a workbook or table of it).

    The corrections are added to decisions.tsv, the tables are written with them, and the rows they are about are
    reviewed; what was named otherwise has the identifier of its new name. A workbook stays as it is, where it says
    what the tables say; else it goes to the folder ``former``, as corrected tables do, and a fresh one is written.
    Raises UsageError where nothing was corrected, TableError where it is malformed.
    """
    folder = place if place.is_dir() else place.parent
    found = facts.corrected(folder)
    about = {table: _about(table, found, said) for table in facts.ROWS}
    taken = decisions.take_in(found.old, found.now, about)
    outputs.revise(decisions.text(taken.facts.decisions), folder / decisions.FILE)  # first: nothing ruled is lost
    named = renamed(taken.facts, study.concepts)
    stale = named != taken.facts
    return Accepted(taken.rulings, facts.rewrite(named, folder, is_doubtful, found.files, fresh_workbook=stale))


def _about(table: str, found: facts.Corrected, said: Said) -> Ruling:
    """Return what all corrections of a table have in common."""
    return Ruling(
        found.old.doc,
        table,
        key="",
        column="",
        was="",
        now="",
        who=said.who or "",
        when=as_date(said.when or ""),
        why=said.why or "",
        source=found.sources[table],
    )

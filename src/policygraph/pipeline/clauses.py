"""Read single responsibility clauses, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policygraph.extract import parse_clause, shown
from policygraph.extract.responsibilities.clause_rules import LEADS
from policygraph.messages import Note
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.study import SHIPPED, Study

CLAUSE_COLUMNS = ("line", "order", "role", "agency", "surface")


@dataclass(frozen=True, slots=True)
class ReadClause:
    """One line: rows (order, role, agency, surface), or the reason why there are none; ``left`` was not read."""

    line: int
    rows: tuple[tuple[int, str, str, str], ...]
    reason: Note
    left: tuple[str, ...] = ()


def read_clauses(lines: Iterable[str], carry: bool = False, study: Study = SHIPPED) -> Iterator[ReadClause]:
    r"""Yield the bodies of each line; a written ``\n`` stands for a line break inside a clause.

    Each line stands for itself. With ``carry`` a rule that one line sets («the first named leads») holds for the
    lines below it, as in a document; an empty line ends it.
    """
    words, rule = study.lexicon, ""
    for number, line in enumerate(lines, start=1):
        text = normalise(Source("stdin", line.rstrip("\r\n").replace("\\n", "\n")), words)
        if not text.text.strip():
            rule = ""
            continue
        parsed = parse_clause(text.text, words, rule)
        if carry and parsed.rule in LEADS:
            rule = parsed.rule
        rows = ((order, entry.role, *shown(entry, text)) for order, entry in enumerate(parsed.entries, start=1))
        yield ReadClause(number, tuple(rows), parsed.reason, parsed.left)

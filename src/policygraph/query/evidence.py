"""List what stands behind the rows of an answer: the clauses or targets that each of them counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from policygraph.errors import UsageError
from policygraph.query.catalogue import Evidence, Question
from policygraph.rows import Rows

_PREFIX = "evidence_"


def gather(
    asked: Question, behind: Question, rows: Rows, given: Mapping[str, object], ask: Callable[[dict[str, object]], Rows]
) -> Rows:
    """Return each row once for every clause it counted, the clause's columns (``evidence_...``) beside it.

    ``given`` are the parameters the rows were asked with: those that the question behind them also has narrow
    it in the same way. A row without evidence stays, with empty cells.
    """
    columns = (*asked.columns, *(f"{_PREFIX}{name}" for name in behind.columns))
    nothing = (None,) * len(behind.columns)
    found: list[tuple[object, ...]] = []
    for row in rows.rows:
        evidence = ask(behind_row(asked, behind, row, given)).rows
        found.extend((*row, *more) for more in evidence or [nothing])
    return Rows(columns, tuple(found))


def behind_row(
    asked: Question, behind: Question, row: Sequence[object], given: Mapping[str, object]
) -> dict[str, object]:
    """Return what the question behind a row of an answer is asked with, so that it lists what the row counted."""
    known = {parameter.name for parameter in behind.parameters}
    common = {name: value for name, value in given.items() if name in known and value is not None}
    return common | _links(of(asked), asked.columns, row)


def of(asked: Question) -> Evidence:
    """Return where the evidence of a question is. Raises UsageError where there is none."""
    if asked.evidence is None:
        raise UsageError("query.no-evidence", question=asked.name)
    return asked.evidence


def _links(evidence: Evidence, columns: tuple[str, ...], row: Sequence[object]) -> dict[str, object]:
    values = dict(zip(columns, row, strict=True))
    return {parameter: values[column] for parameter, column in evidence.links if values[column] is not None}

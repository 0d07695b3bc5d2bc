"""Keep the short list of what a person should look at first after an extraction."""

from __future__ import annotations

from decimal import Decimal
from heapq import nsmallest

from policygraph import facts, trust
from policygraph.cli.say import language, said
from policygraph.messages import render
from policygraph.model import Facts

_DOUBTFUL = Decimal("0.8")
_SHOWN = 10
_NAMES = ("agency", "indicator", "value", "title", "heading", "quote", "body", "event")


class Doubts:
    """The least sure rows of many documents; only what is shown is kept."""

    def __init__(self) -> None:
        self._count = 0
        self._worst: list[tuple[Decimal, str, str, str, str]] = []

    def add(self, found: Facts | None) -> None:
        """Take in the rows of one document."""
        rows = [(table, row) for table in facts.ROWS for row in getattr(found, table, ())]
        doubtful = [
            (
                trust.least(row.evidence),
                row.doc,
                getattr(row, "section", ""),
                _gist(row),
                render(row.evidence.note, language()),
            )
            for _, row in rows
            if trust.least(row.evidence) < _DOUBTFUL
        ]
        self._count += len(doubtful)
        self._worst = nsmallest(_SHOWN, [*self._worst, *doubtful])

    def lines(self) -> list[str]:
        """Return the list as lines, none where nothing is doubtful."""
        if not self._count:
            return []
        lines = [said("cli.look-at", count=self._count, limit=_DOUBTFUL)]
        lines += [f"  {sure}  {doc} {place}  {gist}  {why}".rstrip() for sure, doc, place, gist, why in self._worst]
        more = self._count - len(self._worst)
        return [*lines, "  " + said("cli.more-doubts", count=more)] if more else lines


def _gist(row: object) -> str:
    return next((str(getattr(row, name))[:30] for name in _NAMES if getattr(row, name, "")), "")

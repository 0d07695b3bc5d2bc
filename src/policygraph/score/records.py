"""Hold what makes a row right, and what a comparison found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.errors import UsageError

Row = Mapping[str, str]
Key = tuple[str, ...]
Pairs = list[tuple[int, int]]

OVERLAP = 0.5  # the least overlap at which two quotes state the same qualitative target
KEYS: dict[str, Key] = {
    "structure": ("doc", "section", "heading", "kind"),
    "responsibilities": ("doc", "section", "clause", "order", "role", "agency"),
    "citations": ("doc", "title", "number", "relation"),
    "metadata": ("doc", "field", "value"),
    "quantitative": ("doc", "section", "indicator", "year", "op", "value", "unit"),
    "qualitative": ("doc", "year", "quote"),
    "bodies": ("doc", "section", "body", "relation", "party", "post"),
    "schedule": ("doc", "section", "kind", "years", "period"),
}


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one table; ``doc`` is empty for all documents together."""

    table: str
    doc: str
    expected: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Return the share of found rows that are right, 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of expected rows that were found, 0 where none was expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; for metadata this is the accuracy.

        >>> Score("citations", "", expected=4, found=5, right=4).f1
        0.8888888888888888
        """
        total = self.expected + self.found
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One row that is ``missed`` (with the nearest wrong row that was found, if any) or ``spurious``."""

    table: str
    doc: str
    kind: str
    row: Key
    nearest: Key = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """The outcome of a comparison: per table first all documents together, then each."""

    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]

    def of(self, table: str, doc: str = "") -> Score:
        """Return the score of one table, of all documents or of one; UsageError where the annotation has none."""
        for item in self.scores:
            if (item.table, item.doc) == (table, doc):
                return item
        raise (
            UsageError("score.none-for-document", table=table, doc=doc)
            if doc
            else UsageError("score.none", table=table)
        )

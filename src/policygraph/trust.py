"""Say how sure the reading of a row is: how often rows of its rule were right on documents it was not written for.

The counts stand in ``data/trust.tsv``, a row for each source (a set of annotated documents), table and rule;
``policygraph score GOLD FOUND --calibration --source NAME -o data/trust.tsv`` writes those of one source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from policygraph import assets, tables
from policygraph.errors import TableError
from policygraph.knowledge import Knowledge, compiled
from policygraph.model import Evidence, Tables

T = TypeVar("T", bound=Tables)

COLUMNS = ("source", "table", "rule", "right", "of")
_WEIGHT = 10  # what is known of the kind counts as much as ten rows of the rule itself
_UNMEASURED = Decimal("0.8")  # of a table of which no document was annotated
_HIGHEST = Decimal("0.9")  # of a rule of which no annotated document had a row
_LESS = Decimal("0.1")  # what a circumstance costs that no annotated document had
_UNSURE = MappingProxyType(  # what a circumstance says by itself, until annotated documents have had it
    {
        "guess": Decimal("0.4"),  # of several readings that are as possible one was taken
        "years-and-values": Decimal("0.4"),
        "counted-from-date": Decimal("0.4"),  # 3年: the year of the date may be the first of them or none
        "past-year": Decimal("0.4"),
        "unknown-name": Decimal("0.7"),  # no table knows it for a body
    }
)
_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Measured:
    """How many rows of a rule one source of annotated documents had, and how many of them were right."""

    source: str
    table: str
    rule: str
    right: int
    of: int


@dataclass(frozen=True, slots=True, eq=False)
class Trust(Knowledge):
    """The counts of all sources: (right, of) by table and rule."""

    counts: Mapping[tuple[str, str], tuple[int, int]]

    def reading(self, table: str, rule: str) -> Decimal:
        """Return the confidence of the rows of a rule, 0 to 1, cut after two decimals.

        It is the mean of the Beta distribution that the counts of the rule make of a prior worth ten rows (the
        m-estimate: Cestnik 1990, «Estimating probabilities», ECAI). The prior's mean is, for a rule with a
        circumstance (``level:title-year``), the share of the rule; for a rule, that of its table; for a table, that
        of all. A rule without a row is not above 0.9, a table without one at 0.8, whatever the others are; a
        circumstance without a row is 0.1 below its rule, since it is named for what makes a row less sure, and one
        that says that a reading was guessed is below even.

        >>> known = Trust({("targets", "level"): (40, 40), ("targets", "count"): (5, 10)})
        >>> known.reading("targets", "level"), known.reading("targets", "count"), known.reading("targets", "new")
        (Decimal('0.97'), Decimal('0.69'), Decimal('0.89'))
        >>> known.reading("bodies", "chair")
        Decimal('0.80')
        """
        return _reading(table, rule, self).quantize(_STEP, ROUND_FLOOR)


def load(path: Path) -> Trust:
    """Return the counts of a table. Raises TableError as :func:`read`."""
    right: Counter[tuple[str, str]] = Counter()
    of: Counter[tuple[str, str]] = Counter()
    for row in read(path):
        right[row.table, row.rule] += row.right
        of[row.table, row.rule] += row.of
    return Trust(MappingProxyType({key: (right[key], of[key]) for key in of}))


@cache
def bundled() -> Trust:
    """Return what was measured of the rules that ship with the project."""
    return load(assets.path("data", "trust.tsv"))


def read(path: Path) -> tuple[Measured, ...]:
    """Return the rows of a table. Raises TableError where a count is none, or more were right than there were."""
    return tuple(_measured(cells, path, line) for line, cells in tables.numbered_rows(path, required=COLUMNS))


def updated(path: Path, source: str, rows: Iterable[Measured]) -> str:
    """Return the table of a file, where there is one, with the rows of one source in the place of its former ones."""
    others = (row for row in (read(path) if path.exists() else ()) if row.source != source)
    return render((*others, *rows))


def render(rows: Iterable[Measured]) -> str:
    """Return rows as a table, sorted by source, table and rule."""
    ordered = sorted(rows, key=lambda row: (row.source, row.table, row.rule))
    return tables.render_table(COLUMNS, ({name: getattr(row, name) for name in COLUMNS} for row in ordered))


def least(evidence: Evidence) -> Decimal:
    """Return how sure a fact is: its reading or its identity, whichever is less sure."""
    return evidence.confidence if evidence.match is None else min(evidence.confidence, evidence.match)


def rated(found: T, known: Trust) -> T:
    """Return tables in which each row of a named rule is as sure as its rule; the others stay as they are."""
    names = (item.name for item in fields(Tables) if item.name != "doc")
    tables_of: dict[str, Any] = {
        name: tuple(_rated(row, name, known) for row in getattr(found, name)) for name in names
    }
    return replace(found, **tables_of)


def _rated(row: Any, table: str, known: Trust) -> Any:
    rule = row.evidence.rule
    return replace(row, evidence=replace(row.evidence, confidence=known.reading(table, rule))) if rule else row


def _measured(cells: Mapping[str, str], path: Path, line: int) -> Measured:
    right, of = cells["right"], cells["of"]
    if not (right.isdecimal() and of.isdecimal() and int(right) <= int(of)):
        raise TableError("tables.bad-count", place=tables.place(path, line), right=right, of=of)
    return Measured(cells["source"], cells["table"], cells["rule"], int(right), int(of))


@compiled
def _reading(table: str, rule: str, known: Trust) -> Decimal:
    of_table = _sum(known, table)
    share = _drawn(of_table, _drawn(_sum(known), _UNMEASURED)) if of_table[1] else _UNMEASURED
    of_rule = _sum(known, table, rule.partition(":")[0])
    share = _drawn(of_rule, share) if of_rule[1] else min(share, _HIGHEST)
    if ":" not in rule:
        return share
    right, of = known.counts.get((table, rule), (0, 0))
    most = _UNSURE.get(rule.partition(":")[2], share)
    return _drawn((right, of), min(share, most)) if of else min(min(share, _HIGHEST) - _LESS, most)


def _drawn(counted: tuple[int, int], mean: Decimal) -> Decimal:
    right, of = counted
    return (right + _WEIGHT * mean) / (of + _WEIGHT)


def _sum(known: Trust, table: str = "", rule: str = "") -> tuple[int, int]:
    """Return the counts of everything, of a table, or of a rule with all its circumstances."""
    fitting = [
        counted
        for (of_table, name), counted in known.counts.items()
        if table in ("", of_table) and rule in ("", name.partition(":")[0])
    ]
    return sum(right for right, _ in fitting), sum(of for _, of in fitting)

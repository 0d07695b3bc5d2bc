"""Give each year its number, and each indicator its own, where several stand in one stretch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from policygraph.extract.targets.indicator_names import two_shares
from policygraph.extract.targets.measures import Figure, Measure
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message

Years: TypeAlias = tuple[int | None, ...]

_SEPARATED = re.compile(r"\s?[、和及]\s?")
_CUT_SHORT = message("extract.name-cut-short")


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure with what it is of, and when."""

    indicator: str
    year: int | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class Pairs:
    """The figures of a measure, each with its indicator and year; what is doubtful about how they were paired."""

    pairs: tuple[Pair, ...]
    doubt: str = ""
    note: Note = ""


def paired(measure: Measure, years: Years, lexicon: Lexicon) -> Pairs:
    """Return one pair for each figure that is stated: one serves all years (均达到98%); any other mismatch is doubtful.

    >>> from policygraph import lexicon
    >>> two = Measure("学校、医院建成率", "=", (Figure("60", "%"), Figure("70", "%")), (), 0)
    >>> [(each.indicator, each.year) for each in paired(two, (2025,), lexicon.bundled()).pairs]
    [('学校', 2025), ('医院建成率', 2025)]
    """
    figures, names = measure.values, _names(measure, years, lexicon)
    if len(names) > 1:
        pairs = tuple(Pair(name, years[0], figure) for name, figure in zip(names, figures, strict=True))
        alike = len({name[-1] for name in names}) == 1
        return Pairs(pairs) if alike else Pairs(pairs, "cut-short", _CUT_SHORT)
    if len(figures) == 1:
        return Pairs(tuple(Pair(names[0], year, figures[0]) for year in years))
    pairs = tuple(Pair(names[0], year, figure) for year, figure in zip(years, figures, strict=False))
    if len(figures) == len(years):
        return Pairs(pairs)
    note = message("extract.years-and-values", years=len(years), values=len(figures))
    return Pairs(pairs, "years-and-values", note)


def _names(measure: Measure, years: Years, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the indicators a measure names: 「A、B分别达到60%、70%」 in one year is about two."""
    two = two_shares(measure.indicator, lexicon)
    if two and len(years) == 1 and len(measure.values) == 2:
        return two
    parts = _SEPARATED.split(measure.indicator)
    many = len(years) == 1 and len(parts) == len(measure.values) > 1
    return tuple(parts) if many and all(len(part) > 1 for part in parts) else (measure.indicator,)

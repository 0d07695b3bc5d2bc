"""Tell what a larger place has more of: a sum of a whole place is no measure for a place in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from policygraph.concepts import Concepts
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import TargetRow
from policygraph.patterns import either

_CUT = re.compile("[,;，；。]")


def is_total(row: TargetRow, concepts: Concepts, lexicon: Lexicon) -> bool:
    """Tell whether the number of a target adds up over the places of a larger one: 亿元, 万人, 千瓦.

    The unit decides (data/lexicon/units_added.tsv), but for words that make it an average (人均, 每县) and for
    indicators that are asked of each place by itself (data/concepts/indicator_levels.tsv).

    >>> from policygraph import concepts, lexicon
    >>> row = TargetRow("", "", "", "健身中心", 2025, ">=", "5", "个", "", "quantitative", "各县健身中心达到5个")
    >>> is_total(row, concepts.bundled(), lexicon.bundled())
    False
    """
    unit = lexicon.quantities.units.read(row.unit)
    least = _least(lexicon).get(unit.dimension)
    known = concepts.indicators.get(row.indicator_id)
    if least is None or unit.factor < least or (known and known.each):
        return False
    said = next((part for part in _CUT.split(row.quote) if row.value and row.value in part), row.quote)
    return not _averages(lexicon).search(f"{row.indicator} {said.replace(row.value + row.unit, '')}")


@compiled
def _least(lexicon: Lexicon) -> Mapping[str, Fraction]:
    """Return the factor from which upward the units of a dimension add up."""
    units = map(lexicon.quantities.units.read, lexicon.quantities.units_added)
    return MappingProxyType({unit.dimension: unit.factor for unit in units})


@compiled
def _averages(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.verdicts.verdict_words["average"]))

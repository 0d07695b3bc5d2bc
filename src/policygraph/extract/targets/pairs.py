"""Give each year its number, and each indicator its own, where several stand in one stretch."""

from __future__ import annotations

import re
from typing import TypeAlias

from policygraph.extract.targets.indicator_names import two_shares
from policygraph.extract.targets.measures import Figure, Measure
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.records import record

Years: TypeAlias = tuple[int | None, ...]

_SEPARATED = re.compile(r"\s?(?:[、和]|(?<!、)及(?!时))\s?")  # 合格率、及时率
_ASIDE = re.compile(r"\([^()]*\)")
_AND_OTHERS = re.compile(r"[^平中高初对同]等(?!级)")  # 工业、农业等领域投资规模 is one name
_SHARES = ("ratio", "points")  # dimensions
_TAIL = 3  # characters of an end that several names share
_CUT_SHORT = message("extract.name-cut-short")


@record
class Pair:
    """A figure with what it is of, and when."""

    indicator: str
    year: int | None
    figure: Figure


@record
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
    [('学校建成率', 2025), ('医院建成率', 2025)]
    """
    figures, names = measure.values, _names(measure, years, lexicon)
    if len(names) > 1 and len(years) > 1 and len(figures) == len(names) * len(years):
        return Pairs(_crossed(figures, names, years))
    if len(names) > 1:
        pairs = tuple(
            Pair(name, year, figures[at] if len(figures) > 1 else figures[0])
            for at, name in enumerate(names)
            for year in years
        )
        return (
            Pairs(pairs) if measure.names or _alike(measure.indicator, names) else Pairs(pairs, "cut-short", _CUT_SHORT)
        )
    if len(figures) == 1:
        return Pairs(tuple(Pair(names[0], year, figures[0]) for year in years))
    if len(years) == 1 and len({figure.unit for figure in figures}) > 1:  # 储能规模100万千瓦/200万千瓦时
        return Pairs(tuple(Pair(names[0], years[0], figure) for figure in figures))
    if len(years) == 1 and measure.apiece:  # 城乡居民收入分别增长7%和8%
        return Pairs(tuple(Pair(names[0], years[0], figure) for figure in figures), "cut-short", _CUT_SHORT)
    pairs = tuple(Pair(names[0], year, figure) for year, figure in zip(years, figures, strict=False))
    if len(figures) == len(years):
        return Pairs(pairs)
    note = message("extract.years-and-values", years=len(years), values=len(figures))
    return Pairs(pairs, "years-and-values", note)


def _crossed(figures: tuple[Figure, ...], names: tuple[str, ...], years: Years) -> tuple[Pair, ...]:
    """Return the pairs of «A、B到2022年和2025年分别达到60%、70%和80%、90%»: those of a year stand together.

    Where neighbours have one unit and the next group has another, those of a name do.
    """
    of_name = [figure.unit for figure in figures[: len(years)]]
    by_name = len(set(of_name)) == 1 and figures[len(years)].unit != of_name[0]
    places = [(name, year) for name in names for year in years] if by_name else [(n, y) for y in years for n in names]
    return tuple(Pair(name, year, figure) for (name, year), figure in zip(places, figures, strict=True))


def _names(measure: Measure, years: Years, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the indicators a measure names.

    «A、B分别达到60%、70%» in one year is about two, as is «A、B均达到60%» and what is counted from one base; where no
    such word says so, each name has to end as a quantity does.
    """
    if measure.names:
        return measure.names
    two = two_shares(measure.indicator, lexicon)
    if two and len(years) == 1 and len(measure.values) == 2:
        return two
    listed = _ASIDE.sub("", measure.indicator)
    parts = _SEPARATED.split(listed)
    if len(measure.values) > 1 and len(measure.values) != len(parts) * len(years):
        parts = _whole(listed, lexicon)
    if len(parts) == 1 or not all(len(part) > 1 for part in parts):
        return (measure.indicator,)
    if len(measure.values) > 1:
        several = len(measure.values) == len(parts) * len(years)
    else:
        ends = tuple(lexicon.targets.trends["quantity"])
        shares = all(
            _dimension(figure, lexicon) in _SHARES for figure in measure.values
        )  # A、B面积比2020年增长20公顷 is one sum
        several = measure.apiece or (bool(measure.baselines) and shares) or all(part.endswith(ends) for part in parts)
        several = several and not _AND_OTHERS.search(parts[-1])
    return _completed(parts, lexicon) if several else (measure.indicator,)


def _dimension(figure: Figure, lexicon: Lexicon) -> str:
    return lexicon.quantities.units.read(figure.unit).dimension


def _whole(listed: str, lexicon: Lexicon) -> list[str]:
    """Return the names of a list in which words that part names stand inside names too: each ends as a quantity does.

    >>> from policygraph import lexicon
    >>> _whole("知识和理念素养水平、行为素养水平", lexicon.bundled())
    ['知识和理念素养水平', '行为素养水平']
    """
    ends, names, begin = tuple(lexicon.targets.trends["quantity"]), [], 0
    for match in _SEPARATED.finditer(listed):
        if listed.endswith(ends, begin, match.start()):
            names.append(listed[begin : match.start()])
            begin = match.end()
    return [*names, listed[begin:]]


def _completed(parts: list[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Return names with the end that the last of them has for all: «水稻、小麦机械化率», «城市、农村居民健康素养水平».

    >>> from policygraph import lexicon
    >>> _completed(["水稻", "小麦机械化率"], lexicon.bundled()), _completed(["签约率", "建成率"], lexicon.bundled())
    (('水稻机械化率', '小麦机械化率'), ('签约率', '建成率'))
    """
    last, ends = parts[-1], tuple(lexicon.targets.trends["quantity"])
    tail = last[len(parts[0]) :]
    if not last.endswith(ends) or len(tail) < _TAIL or any(len(part) != len(parts[0]) for part in parts[:-1]):
        return tuple(parts)
    return (*(part if part.endswith(ends) else f"{part}{tail}" for part in parts[:-1]), last)


def _alike(indicator: str, names: tuple[str, ...]) -> bool:
    """Say whether names stand as printed and end alike; else the end of one may be left out or put back wrongly."""
    return len({name[-1] for name in names}) == 1 and all(name in indicator for name in names)

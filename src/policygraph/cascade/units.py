"""Read the table of units and turn printed numbers into numbers that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import prod
from pathlib import Path
from types import MappingProxyType

from policygraph import tables
from policygraph.errors import DataError

COLUMNS = ("form", "canonical", "dimension", "factor", "example")


_MAGNITUDES = MappingProxyType(
    {char: Decimal(10) ** power for char, power in zip("十百千万亿", (1, 2, 3, 4, 8), strict=True)}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: units of one dimension compare after multiplying by ``factor``."""

    canonical: str
    dimension: str
    factor: Decimal


Units = Mapping[str, Unit]


def load_units(path: Path) -> Units:
    """Return the units of data/lexicon/units.tsv by written form.

    Raises DataError (file, line) where a form stands twice, a factor is no positive number, or two rows disagree
    on one canonical form.
    """
    found: dict[str, Unit] = {}
    by_name: dict[str, Unit] = {}
    for line, row in tables.numbered_rows(path, required=COLUMNS):
        unit = Unit(row["canonical"], row["dimension"], _factor(row["factor"], f"{path}:{line}"))
        if row["form"] in found:
            raise DataError(f"{path}:{line}: unit «{row['form']}» stands twice; keep one row")
        if by_name.setdefault(unit.canonical, unit) != unit:
            raise DataError(f"{path}:{line}: «{unit.canonical}» has two dimensions or factors; make its rows agree")
        found[row["form"]] = unit
    return MappingProxyType(found)


def unit_of(form: str, units: Units) -> Unit:
    """Return the unit written as ``form``; one that no table knows compares with itself and its multiples only.

    >>> units = {"头": Unit("头", "livestock", Decimal(1))}
    >>> unit_of("万头", units).factor, unit_of("万畦", units).dimension
    (Decimal('10000'), 'written 畦')
    """
    if form in units:
        return units[form]
    known = next((at for at in range(1, 4) if set(form[:at]) <= _MAGNITUDES.keys() and form[at:] in units), 0)
    at = known or len(form) - len(form.lstrip("".join(_MAGNITUDES)))
    base = units.get(form[at:]) or Unit(form[at:], f"written {form[at:]}", Decimal(1))
    if not at:
        return base
    return Unit(form, base.dimension, base.factor * prod(_MAGNITUDES[char] for char in form[:at]))


def number(cell: str) -> Decimal | None:
    """Return a printed number, None where the cell holds none.

    >>> number("209.7"), number("1,000"), number("明显"), number("NaN")
    (Decimal('209.7'), Decimal('1000'), None, None)
    """
    try:
        value = Decimal(cell.replace(",", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def plain(value: Decimal) -> Decimal:
    """Return a number without trailing zeros or exponent, rounded to 9 decimals.

    >>> plain(Decimal("5.00")), plain(Decimal("1E+2")), plain(Decimal(1) / 3)
    (Decimal('5'), Decimal('100'), Decimal('0.333333333'))
    """
    short = round(value, 9).normalize() if value else Decimal(0)
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


def _factor(cell: str, place: str) -> Decimal:
    value = number(cell)
    if value is None or value <= 0:
        raise DataError(f"{place}: factor is «{cell}»; write a positive number")
    return value

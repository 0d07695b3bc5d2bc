"""Read numbers and units: the one place where Chinese numerals have values and units have dimensions.

A unit is what is counted, with a magnitude before it (万吨) and what it is counted by behind it (万吨/日). Quantities
compare where their dimensions are the same: that of the table where it gives the unit, else composed of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import takewhile
from math import prod
from pathlib import Path
from types import MappingProxyType

from policygraph import layers
from policygraph.errors import DataError

# ---------------------------------------------------------------- numerals

_ARABIC = "0123456789"
DIGITS = "零一二三四五六七八九"  # as they are spelt out
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERALS: Mapping[str, int] = MappingProxyType(
    {sign: value for value, sign in enumerate(DIGITS)} | {"〇": 0, "○": 0, "两": 2} | _POWERS
)
MYRIADS = "万亿"  # at the end of a numeral they belong to the unit: 三万人 is 3万人
MAGNITUDE = f"[{''.join(_POWERS)}]{{1,3}}"  # a pattern
COUNTING = "一二三四五六七八九十百零〇"  # the signs that number sections, articles and dates
_FIGURES, _NUMERALS = frozenset("0123456789"), frozenset(COUNTING)


def count_value(count: str) -> int:
    """Return the value of a count, in figures or in words.

    >>> [count_value(n) for n in ("12", "十二", "两")]
    [12, 12, 2]
    """
    return int(count) if count.isascii() else numeral_value(count.replace("两", "二"))


def is_above(other: str, number: str) -> bool:
    """Tell whether a number is the beginning of another: 二 of 二(一) and of 二1, not of 二十.

    >>> is_above("二", "二(一)"), is_above("二", "二1"), is_above("二", "二十"), is_above("二1", "二11")
    (True, True, False, False)
    """
    if not other or other == number or not number.startswith(other):
        return False
    ends = other[-1] + number[len(other)]
    return not (_FIGURES.issuperset(ends) or _NUMERALS.issuperset(ends))


def first_number(number: str) -> str:
    """Return the first number of a path of numbers: that of the annex, the part or the chapter in which it stands.

    >>> [first_number(path) for path in ("三(一)1", "十一(二)", "附件1/二", "2.3", "")]
    ['三', '十一', '附件1', '2', '']
    """
    signs = _NUMERALS if number[:1] in _NUMERALS else _FIGURES
    return number.partition("/")[0] if "/" in number else "".join(takewhile(signs.__contains__, number))


def numeral_value(numeral: str, values: Mapping[str, int] = NUMERALS) -> int:
    """Return the value of a Chinese numeral; digits side by side are read one by one.

    >>> [numeral_value(n) for n in ("十九", "一百零二", "二○二一", "一亿三千万")]
    [19, 102, 2021, 130000000]
    """
    numbers = [values[sign] for sign in numeral]
    if all(number < 10 for number in numbers):
        return int("".join(map(str, numbers)))
    total = section = digit = 0
    for number in numbers:
        if number < 10:
            digit = number
        elif number < 10**4:
            section, digit = section + (digit or 1) * number, 0
        else:
            part = section + digit
            total = total + part * number if total > number else (total + part) * number
            section = digit = 0
    return total + section + digit


def arabic_numeral(numeral: str, values: Mapping[str, int] = NUMERALS) -> str:
    """Return a numeral in digits as it is printed: a point stays, and so does a myriad at the end.

    >>> [arabic_numeral(n) for n in ("一百二十", "二〇二五", "三点五", "三十五万", "万")]
    ['120', '2025', '3.5', '35万', '1万']
    """
    whole, point, rest = numeral.partition("点")
    if whole in MYRIADS:  # 万场 is 1万场
        return f"1{whole}"
    if point:
        return f"{arabic_numeral(whole, values)}.{''.join(str(values[sign]) for sign in rest)}"
    if len(whole) > 1 and whole[-1] in MYRIADS and not any(sign in MYRIADS for sign in whole[:-1]):
        return arabic_numeral(whole[:-1], values) + whole[-1]
    if all(values[sign] < 10 for sign in whole):
        return "".join(str(values[sign]) for sign in whole)
    return str(numeral_value(whole, values))


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


def with_unit(value: object, unit: str) -> str:
    """Return a number with its unit as one reads it; a table's head has the 1 of 1/10万.

    >>> with_unit(11, "1/10万"), with_unit("7.5", "‰"), with_unit(8, "")
    ('11/10万', '7.5‰', '8')
    """
    return f"{value}{unit.removeprefix('1') if unit.startswith('1/') else unit}"


# ---------------------------------------------------------------- units


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: quantities of one dimension compare after multiplying by ``factor``.

    ``understood`` is the dimension that it has too: where what it is counted by may be left out (小时/天 is said 小时),
    or where another word is used for it (an age of 78岁 is said 78年).
    """

    canonical: str
    dimension: str
    factor: Fraction
    understood: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of units."""

    number: Decimal
    unit: Unit


def comparable(one: Unit, other: Unit) -> bool:
    """Tell whether two units are of one dimension."""
    return one.dimension in (other.dimension, other.understood) or one.understood == other.dimension


def difference(one: Quantity, other: Quantity) -> Decimal | None:
    """Return how much more the first is, in the unit of the second, to 9 decimals; None where they do not compare."""
    if not comparable(one.unit, other.unit):
        return None
    exact = Fraction(one.number) * one.unit.factor / other.unit.factor - Fraction(other.number)
    return plain(Decimal(exact.numerator) / Decimal(exact.denominator))


class Units(Mapping[str, Unit]):
    """The units of a table by written form, and how to read those that are composed of them."""

    __slots__ = ("_rows", "_same")

    def __init__(self, rows: Mapping[str, Unit], same: Mapping[str, tuple[str, Fraction]]) -> None:
        self._rows = MappingProxyType(dict(rows))
        self._same = MappingProxyType(dict(same))  # composed dimension -> that of the table, and how many are one

    def __getitem__(self, form: str) -> Unit:
        return self._rows[form]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def spelled(self, form: str) -> str:
        """Return the one spelling of a unit: 万吨标煤 is 万吨标准煤, 1/10万 is /10万; another 人/万亩 stays."""
        if form in self._rows:
            return self._rows[form].canonical
        counted, slash, by = form.replace("每", "/").partition("/")
        if counted == "1" and f"/{by}" in self._rows:  # the head of a column of rates
            return self._rows[f"/{by}"].canonical
        at = _cut(counted, self._rows)
        base = self._rows[counted[at:]].canonical if counted[at:] in self._rows else counted[at:]
        whole = self._rows[counted].canonical if counted in self._rows else counted[:at] + base
        return f"{whole}{slash}{by}"

    def read(self, form: str) -> Unit:
        """Return the unit written as a form; one that no table knows compares with itself and its multiples only.

        >>> units = Units({"头": Unit("头", "livestock", Fraction(1)), "日": Unit("天", "days", Fraction(1))}, {})
        >>> int(units.read("万头").factor), units.read("万畦").dimension, units.read("百头/日").dimension
        (10000, 'written 畦', 'livestock/days')
        """
        if form in self._rows:
            return self._rows[form]
        composed = _composed(form, self._rows)
        dimension, many = self._same.get(composed.dimension, (composed.dimension, Fraction(1)))
        return replace(composed, dimension=dimension, factor=composed.factor * many)


def load_units(*paths: Path) -> Units:
    """Return the units of a table (data/lexicon/units.tsv), with those of tables laid over it.

    A row without a dimension is composed of others (公斤/年). One whose dimension is that of its first part (小时/天)
    has that besides its own; a second one behind a bar (age|months) is understood too. Raises DataError (file, line)
    where a form stands twice, a factor is no positive number, or two rows disagree on one canonical form or on what a
    composed dimension is.
    """
    folders, path = tuple(each.parent for each in paths), paths[0]
    needed = ("form", "canonical", "dimension", "factor", "example")
    read: dict[str, Unit] = {}
    for line in layers.lines(folders, path.stem, ("form",), needed):
        row, place, path = line.cells, line.place, line.path
        if row["form"] in read:
            raise DataError("quantities.unit-twice", place=place, unit=row["form"])
        factor = number(row["factor"]) if row["dimension"] else Decimal(1)
        if factor is None or factor <= 0:
            raise DataError("quantities.bad-factor", place=place, factor=row["factor"])
        dimension, _, understood = row["dimension"].partition("|")
        read[row["form"]] = Unit(row["canonical"], dimension, Fraction(factor), understood)
    stated = {form: unit for form, unit in read.items() if unit.dimension}
    same = _same(stated, path)
    known = Units({form: _with_both(unit, stated) for form, unit in stated.items()}, same)
    every = {form: known.get(form) or known.read(unit.canonical) for form, unit in read.items()}
    _refuse_two_meanings(every, path)
    return Units(every, same)


def _composed(form: str, known: Mapping[str, Unit]) -> Unit:
    """Read a form by its parts: 万吨/日 is ten thousand 吨 by the 日; 每 is written for the slash too."""
    written = form.replace("每", "/")
    counted, slash, by = written.partition("/")
    cut = _cut(written, known)
    if not slash or (cut and written[cut:] in known):  # 万台/10万: a multiple of 台/10万
        return replace(_multiple(written, known), canonical=form)
    above = _multiple(counted, known)
    below = _multiple(by, known)
    if not counted.strip(_ARABIC):  # /50万人: a share of so many; 1/10万 says the one that is counted
        return Unit(form, "ratio", int(counted or 1) / below.factor)
    return Unit(form, f"{above.dimension}/{below.dimension}", above.factor / below.factor)


def _multiple(form: str, known: Mapping[str, Unit]) -> Unit:
    """Read a unit with a number or magnitude before it: 10万人, 百头."""
    if form in known:
        return known[form]
    at = _cut(form, known)
    base = known.get(form[at:]) or Unit(form[at:], f"written {form[at:]}", Fraction(1))
    signs = form[:at].lstrip(_ARABIC)
    times = prod((_POWERS[sign] for sign in signs), start=int(form[: at - len(signs)] or 1))
    return replace(base, canonical=form, factor=base.factor * times) if at else base


def _cut(form: str, known: Mapping[str, Unit]) -> int:
    """Return where the unit begins behind a number or magnitude, so that it is known if it can be."""
    digits = len(form) - len(form.lstrip(_ARABIC))
    signs = len(form) - digits - len(form[digits:].lstrip("".join(_POWERS)))
    cuts = range(digits + signs, digits - 1, -1)
    return next((cut for cut in cuts if form[cut:] in known), digits + signs)


def _with_both(unit: Unit, stated: Mapping[str, Unit]) -> Unit:
    counted, slash, by = unit.canonical.partition("/")
    if not slash or counted not in stated or stated[counted].dimension != unit.dimension:
        return unit
    composed = f"{unit.dimension}/{_multiple(by, stated).dimension}"
    return replace(unit, dimension=composed, understood=unit.dimension)


def _same(stated: Mapping[str, Unit], path: Path) -> dict[str, tuple[str, Fraction]]:
    """Return what the table says of composed dimensions: 张/千人 is 1 per thousand persons, so 张/人 is 1000."""
    same: dict[str, tuple[str, Fraction]] = {}
    for unit in stated.values():
        counted, slash, _ = unit.canonical.partition("/")
        if not slash or counted not in stated or stated[counted].dimension == unit.dimension:
            continue
        composed = _composed(unit.canonical, stated)
        meant = (unit.dimension, unit.factor / composed.factor)
        if same.setdefault(composed.dimension, meant) != meant:
            raise DataError("quantities.two-meanings", path=path, unit=unit.canonical)
    return same


def _refuse_two_meanings(units: Mapping[str, Unit], path: Path) -> None:
    by_name: dict[str, Unit] = {}
    for unit in units.values():
        if by_name.setdefault(unit.canonical, unit) != unit:
            raise DataError("quantities.two-meanings", path=path, unit=unit.canonical)

"""Read tables of indicators, whose rows stand in the text as «名称 | 单位 | 2020年 | 2025年 | 属性»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policygraph.extract.grammar.numerals import arabic
from policygraph.extract.grammar.units import read_unit
from policygraph.extract.targets.measures import Value, find_measure
from policygraph.extract.targets.rows import base_row, valued
from policygraph.extract.targets.scope import Place
from policygraph.lexicon import Lexicon
from policygraph.model import TargetRow

_LINE = re.compile(r"[^\n]+")
_YEAR = re.compile(r"20[1-6]\d")
_NUMBER = re.compile(r"[\[〔(]?\s?(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>[^\d\s\[\]〔〕()]{0,8})\s?[\])〕]?")
_UNIT_IN_NAME = re.compile(r"\((?P<unit>[^()]{1,12})\)$")
_ORDINAL = re.compile(r"^(?:\(?\d{1,2}\)?[.、\s]\s?|[①-⑳])")
_TRUST, _TRUST_WORDS = Decimal("0.9"), Decimal("0.7")


@dataclass(frozen=True, slots=True)
class _Column:
    role: str  # name, unit, base, target, nature, growth, other
    year: int | None = None


def find_tables(place: Place) -> tuple[list[TargetRow], frozenset[int]]:
    """Return the targets of a section's tables, and where the lines begin that were read as their rows."""
    rows: list[TargetRow] = []
    taken: set[int] = set()
    columns: tuple[_Column, ...] = ()
    body = place.section.body
    for match in _LINE.finditer(place.text.text, body.start, body.end):
        if "|" not in match[0]:
            continue
        cells = [cell.strip() for cell in match[0].strip().removeprefix("|").split("|")]
        head = _head(cells, place)
        columns = head or columns
        if head or not columns:
            taken |= {match.start()} if head else set()
            continue
        found = _row(place, match.span(), _aligned(cells, columns), columns)
        rows += found
        taken |= {match.start()} if found else set()
    return rows, frozenset(taken)


def _head(cells: Sequence[str], place: Place) -> tuple[_Column, ...]:
    """Return what each column holds, () where the cells are no head of a table of indicators."""
    columns = [_column(cell, place.lexicon) for cell in cells]
    roles = [column.role for column in columns]
    if roles.count("name") != 1 or not {"target", "year"} & set(roles):
        return ()
    return tuple(_settled(columns, place.written))


def _column(cell: str, lexicon: Lexicon) -> _Column:
    found = [form for form in lexicon.targets.table_heads if form in cell]
    role = lexicon.targets.table_heads[max(found, key=len)] if found else ""
    year = _YEAR.search(cell)
    period = next((end for form, end in lexicon.time.periods.items() if form in cell), "")
    known = int(year[0]) if year else int(period) if period else None
    if role in ("name", "unit", "nature", "other", "growth"):
        return _Column(role)
    return _Column(role or ("year" if known else "other"), known)


def _settled(columns: list[_Column], written: int | None) -> list[_Column]:
    """Decide which columns with nothing but a year are targets, and which say where things stand."""
    labelled = {column.role for column in columns}
    years = sorted(column.year or 0 for column in columns if column.role == "year")
    last_base = 0
    if "target" in labelled:
        last_base = max(years, default=0)
    elif "base" not in labelled and len(years) > 1:
        five_years = years[0] % 5 == 0 and years[1] == years[0] + 5
        last_base = max((year for year in years[:-1] if written and year < written), default=0)
        last_base = last_base or (years[0] if five_years and not written else 0)
    return [
        replace(column, role="base" if (column.year or 0) <= last_base else "target")
        if column.role == "year"
        else column
        for column in columns
    ]


def _aligned(cells: list[str], columns: tuple[_Column, ...]) -> list[str]:
    """Put cells under their columns where merged cells at the left, or empty ones at the right, are missing."""
    lost = len(columns) - len(cells)
    if lost > 0 and all(column.role == "other" for column in columns[:lost]):
        return [""] * lost + cells
    if lost > 0 and all(column.role in ("other", "nature") for column in columns[-lost:]):
        return cells + [""] * lost
    return cells[: len(columns)] if lost < 0 and not any(cells[len(columns) :]) else cells


def _row(place: Place, span: tuple[int, int], cells: list[str], columns: tuple[_Column, ...]) -> list[TargetRow]:
    if len(cells) != len(columns):
        return []
    by_role = {column.role: cell for column, cell in zip(columns, cells, strict=True)}
    name = _ORDINAL.sub("", by_role["name"])
    unit_in_name = _UNIT_IN_NAME.search(name)
    unit = by_role.get("unit", "") or (unit_in_name["unit"] if unit_in_name else "")
    name = name[: unit_in_name.start()] if unit_in_name and unit == unit_in_name["unit"] else name
    rows: list[TargetRow] = []
    for column, cell in zip(columns, cells, strict=True):
        if column.role == "target" and name:
            rows += _cell(place, span, (name, unit, cell), column.year)
    nature = by_role.get("nature", "")
    return [_with_nature(row, nature) for row in rows]


def _cell(place: Place, span: tuple[int, int], content: tuple[str, str, str], year: int | None) -> list[TargetRow]:
    """Return the targets of one cell: a number with or without comparator, a change, or words."""
    name, unit, cell = content
    if not re.search(r"[\w]", cell):
        return []
    row = base_row(place, span, name, year, (_TRUST if year else Decimal("0.5"), ""))
    spoken = arabic(cell, place.lexicon)
    plain = _NUMBER.fullmatch(spoken)
    if plain and (not plain["unit"] or read_unit(plain["unit"], place.lexicon)[1]):
        return valued(row, "=", Value(plain["number"], plain["unit"] or unit), place.lexicon)
    measure = find_measure(f"{name}为{spoken}" if spoken[0].isdigit() else f"{name}{spoken}", place.lexicon)
    if measure and len(measure.values) == 1:
        value = measure.values[0]
        baseline = measure.baselines[0] if measure.baselines else ""
        row = replace(row, baseline=baseline)
        own = f"{unit}{value.unit}" if value.unit.startswith("/年") else value.unit or unit
        return valued(row, measure.op, replace(value, unit=own), place.lexicon)
    return [replace(row, evidence=replace(row.evidence, confidence=_TRUST_WORDS))]


def _with_nature(row: TargetRow, nature: str) -> TargetRow:
    return replace(row, evidence=replace(row.evidence, note=f"属性:{nature}")) if nature else row

"""Read tables of indicators, whose rows stand in the text as «名称 | 单位 | 2020年 | 2025年 | 属性»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policygraph.extract.grammar.numerals import arabic
from policygraph.extract.grammar.tables import Column, Head, TableLine, table_lines
from policygraph.extract.grammar.units import read_unit
from policygraph.extract.grammar.years import lead_in
from policygraph.extract.targets.decisions import Claim, claimed
from policygraph.extract.targets.measures import Figure
from policygraph.extract.targets.readings import find_measure
from policygraph.extract.targets.rows import Reason, base_rows, valued
from policygraph.extract.targets.scope import FoundTargets, SectionContext
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Decision, Span, TargetRow
from policygraph.patterns import either_of
from policygraph.terms import NumberClass

_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"[\[〔(]?\s?(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>[^\d\s\[\]〔〕()]{0,8})\s?[\])〕]?")
_TWO = re.compile(r"(?P<pre>\D{0,3})(?P<one>\d+(?:\.\d+)?[^\d\s/]{1,5})/(?P<two>\d+(?:\.\d+)?[^\d\s/]{1,5})")
_UNIT_IN_NAME = re.compile(r"\((?P<unit>[^()]{1,12})\)$")
_ORDINAL = re.compile(r"^(?:\(?\d{1,2}\)?[.、\s]\s?|[①-⑳])")


CELL = "table-cell"


def read_indicator_tables(where: SectionContext) -> FoundTargets:
    """Return the targets of a section's tables of indicators, and the lines that were read as their rows."""
    rows: list[TargetRow] = []
    decisions: list[Decision] = []
    taken: list[Span] = []
    text, body = where.text.text, where.section.body
    if where.section.kind == "front" or not _names(where.lexicon).search(text, body.start, body.end):
        return FoundTargets()
    for line in table_lines(text, body, where.lexicon, _lists_indicators, blanks=True):
        more = _row(where, line) if line.cells else []
        rows += more
        decisions += claimed(text, line.span, _claims(line, more), where.lexicon)
        taken += [line.span] if more or not line.cells else []
    return FoundTargets(tuple(rows), tuple(decisions), tuple(taken))


def _claims(line: TableLine, rows: list[TargetRow]) -> Iterator[Claim]:
    """Yield what the numbers of a line are: those under the heads of targets became rows."""
    for row in rows:
        if row.value:
            yield Claim(row.value, NumberClass.TARGET, row.evidence.rule, line.span.start)


@compiled
def _names(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the head of a column of names, without which there is no table of indicators."""
    return re.compile(either_of(lexicon.targets.table_heads, "name"))


def _lists_indicators(head: Head) -> bool:
    roles = [column.role for column in head]
    return roles.count("name") == 1 and bool({"target", "year"} & set(roles))


def _settled(columns: Head, written: int | None) -> list[Column]:
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


def _row(where: SectionContext, line: TableLine) -> list[TargetRow]:
    name = _ORDINAL.sub("", line.spanned("name"))
    unit_in_name = _UNIT_IN_NAME.search(name)
    if unit_in_name and unit_in_name["unit"] in where.lexicon.targets.table_heads:  # 充电桩(累计)
        unit_in_name = None
    unit = line.cell("unit") or (unit_in_name["unit"] if unit_in_name else "")
    name = name[: unit_in_name.start()] if unit_in_name and unit == unit_in_name["unit"] else name
    rows: list[TargetRow] = []
    for column, cell in zip(_settled(line.head, where.years.written), line.cells, strict=True):
        if column.role == "target" and name and _WORD.search(cell):
            year, rest, circumstance = _year_of(column, cell, where)
            for row in base_rows(where, line.span, [(name, year)], Reason(CELL, circumstance)):
                for part in _parts(rest):
                    rows += _valued(row, unit, part, where.lexicon)
    nature = line.cell("nature")
    return [_with_nature(row, nature) for row in rows]


def _year_of(column: Column, cell: str, where: SectionContext) -> tuple[int | None, str, str]:
    """Return the year of a cell, what the cell says beside it, and whence the year is where no head or cell has it."""
    if column.year:
        return column.year, cell, ""
    lead = lead_in(cell, where.lexicon)
    if lead and lead.years and lead.end < len(cell):
        return lead.years[-1], cell[lead.end :], ""
    if where.goals.year:
        return where.goals.year, cell, "heading-year"
    return where.years.last, cell, "title-year" if where.years.last else "no-year"


def _parts(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that has two of one thing, each with its unit: >40万千瓦/80万千瓦时."""
    two = _TWO.fullmatch(cell)
    return (f"{two['pre']}{two['one']}", f"{two['pre']}{two['two']}") if two else (cell,)


def _valued(row: TargetRow, unit: str, cell: str, lexicon: Lexicon) -> list[TargetRow]:
    """Return the targets of one cell: a number with or without comparator, a change, or words."""
    spoken = arabic(cell, lexicon)
    plain = _NUMBER.fullmatch(spoken)
    if plain and (not plain["unit"] or read_unit(plain["unit"], lexicon)[1]):
        return valued(row, "=", Figure(plain["number"], plain["unit"] or unit), lexicon)
    moves = row.indicator.endswith(tuple(lexicon.quantities.changes))
    named = f"{row.indicator}为{spoken}" if spoken[0].isdigit() and not moves else f"{row.indicator}{spoken}"
    measure = find_measure(named, lexicon)
    if measure and measure.end < len(named):  # the cell has a name of its own: 15岁以上人群吸烟率低于20%
        measure = find_measure(spoken, lexicon) or measure
    if measure and len(measure.values) == 1:
        figure = measure.values[0]
        baseline = measure.baselines[0] if measure.baselines else ""
        own = f"{unit}{figure.unit}" if figure.unit.startswith("/年") else figure.unit or unit
        return valued(row, measure.op, replace(figure, unit=own), lexicon, baseline)
    return [row]


def _with_nature(row: TargetRow, nature: str) -> TargetRow:
    return (
        replace(row, evidence=replace(row.evidence, note=message("extract.nature", nature=nature))) if nature else row
    )

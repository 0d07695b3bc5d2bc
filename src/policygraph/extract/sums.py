"""Find totals that their parts do not add up to: of the years of a sentence, of the columns and rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, StructureRow, TargetRow
from policygraph.patterns import of_kind, word_of
from policygraph.quantities import COUNTING, numeral_value
from policygraph.records import record, replace

SUM = "sum"
_YEAR = r"20\d\d年"
_TABLE = re.compile(r"(?:^[^|\n]*+\|[^\n]*+\n?){3,}", re.MULTILINE)
_FEWEST = 2  # rows or columns that add up, which show that the others should


@record
class _Words:
    """What a sentence with a total is made of; a total is that of so many years: 三年共建成160处, 四年新建40个."""

    total: re.Pattern[str]
    of_each_year: re.Pattern[str]  # 2022年10个、2023年10个
    apiece: re.Pattern[str]  # 2023年、2024年、2025年各建成50处
    sums: re.Pattern[str]


@compiled
def _words(lexicon: Lexicon) -> _Words:
    number, unit, each = r"(\d+(?:\.\d+)?)", r"(万?[^\d\W])", word_of("apiece", lexicon)
    return _Words(
        re.compile(rf"(?<![\d年])([{COUNTING}\d]{{1,2}})年[^,。;\d]{{0,20}}{number}{unit}"),
        re.compile(rf"{_YEAR}[^,。;\d]{{0,8}}{number}{unit}"),
        re.compile(rf"((?:{_YEAR}[、和及]?){{2,}}){each}[^,。;\d]{{0,8}}{number}{unit}"),
        re.compile(rf"\s*{word_of('summed', lexicon)}\s*"),
    )


def with_wrong_sums(targets: tuple[TargetRow, ...], outline: Outline, lexicon: Lexicon) -> tuple[TargetRow, ...]:
    """Mark the targets that are a total of years to which the numbers of those years do not add up."""
    text, offsets, words = outline.text.text, outline.text.offsets, _words(lexicon)
    wrong = {
        (offsets[sentence.start()], offsets[sentence.end()], total)
        for sentence in re.finditer(r"[^。;\n]+", text)
        if (total := _wrong_total(sentence[0], words))
    }
    return tuple(_marked(row) if wrong and _is_total(row, wrong) else row for row in targets)


def _is_total(row: TargetRow, wrong: Iterable[tuple[int, int, str]]) -> bool:
    place = row.evidence.start or 0
    return any(start <= place < end and row.value == total for start, end, total in wrong)


def _marked(row: TargetRow) -> TargetRow:
    return replace(row, evidence=replace(row.evidence, rule=f"{row.evidence.rule.partition(':')[0]}:{SUM}"))


def _wrong_total(sentence: str, words: _Words) -> str:
    """Return the total of so many years in a sentence to which the numbers of as many do not add up, else empty."""
    total = words.total.search(sentence)
    if not total:
        return ""
    count = int(total[1]) if total[1].isdecimal() else numeral_value(total[1])
    alike = words.apiece.search(sentence)
    if alike:
        parts = [Decimal(alike[2])] * len(re.findall(_YEAR, alike[1])) if alike[3] == total[3] else []
    else:
        parts = [Decimal(part[1]) for part in words.of_each_year.finditer(sentence) if part[2] == total[3]]
    return total[2] if len(parts) == count > 1 and sum(parts) != Decimal(total[2]) else ""


def tables_that_differ(outline: Outline, lexicon: Lexicon) -> Iterator[int]:
    """Yield where tables stand of which one total is not that of its row or column, where the others are."""
    words = _words(lexicon)
    for table in _TABLE.finditer(outline.text.text):
        rows = [[cell.strip() for cell in line.split("|")] for line in table[0].strip("\n").split("\n")]
        serial = [at for at, cell in enumerate(rows[0]) if cell in of_kind(lexicon.roles.task_heads, "serial")]
        rows = [[cell for at, cell in enumerate(row) if at not in serial] for row in rows]
        if _table_differs(rows, words) or _table_differs(_turned(rows), words):
            yield table.start()


def _turned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]


def _table_differs(rows: Sequence[Sequence[str]], words: _Words) -> bool:
    """Tell whether one total of a table is wrong: of the column that its head calls a total, in each row."""
    at = next((at for at, cell in enumerate(rows[0]) if words.sums.fullmatch(cell)), None)
    if at is None:
        return False
    steps = [step for row in rows[1:] if (step := _step(row, at)) is not None]
    return len(steps) > _FEWEST and steps.count(Decimal(0)) == len(steps) - 1


def _step(row: Sequence[str], at: int) -> Decimal | None:
    """Return by how much a total differs from the numbers beside it; None where they are fewer than two."""
    total = _number(row[at]) if at < len(row) else None
    parts = [value for place, cell in enumerate(row) if place != at and (value := _number(cell)) is not None]
    return total - sum(parts) if total is not None and len(parts) > 1 else None


def _number(cell: str) -> Decimal | None:
    try:
        return Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None


def with_wrong_tables(rows: tuple[StructureRow, ...], outline: Outline, lexicon: Lexicon) -> tuple[StructureRow, ...]:
    """Mark the headings below which a table stands of which one total is wrong."""
    offsets, places = outline.text.offsets, set()
    for at in tables_that_differ(outline, lexicon):
        above = [each for each in outline.sections if each.heading and each.head.start <= at]
        places |= {offsets[above[-1].head.start]} if above else set()
    return tuple(
        replace(row, evidence=replace(row.evidence, rule=f"{row.evidence.rule.partition(':')[0]}:{SUM}"))
        if row.evidence.start in places
        else row
        for row in rows
    )

"""Find totals of several years to which the numbers of those years do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from policygraph.extract.grammar.sought import Stretches
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, TargetRow
from policygraph.patterns import word_of
from policygraph.quantities import COUNTING, numeral_value
from policygraph.records import record, replace

SUM = "sum"
_YEAR = r"20\d\d年"
_SENTENCES = Stretches("。;\n")
_OF_YEARS = re.compile(rf"年(?<=[{COUNTING}\d]年)(?<!\d{{3}}年)(?=[^,。;\d\n]{{0,20}}\d)")  # 三年共建成160处


@record
class _Words:
    """What a sentence with a total is made of; a total is that of so many years: 三年共建成160处, 四年新建40个."""

    total: re.Pattern[str]
    of_each_year: re.Pattern[str]  # 2022年10个、2023年10个
    apiece: re.Pattern[str]  # 2023年、2024年、2025年各建成50处


@compiled
def _words(lexicon: Lexicon) -> _Words:
    number, unit, each = r"(\d+(?:\.\d+)?)", r"(万?[^\d\W])", word_of("apiece", lexicon)
    return _Words(
        re.compile(rf"(?<![\d年])([{COUNTING}\d]{{1,2}})年[^,。;\d]{{0,20}}{number}{unit}"),
        re.compile(rf"{_YEAR}[^,。;\d]{{0,8}}{number}{unit}"),
        re.compile(rf"((?:{_YEAR}[、和及]?){{2,}}){each}[^,。;\d]{{0,8}}{number}{unit}"),
    )


def with_wrong_sums(targets: tuple[TargetRow, ...], outline: Outline, lexicon: Lexicon) -> tuple[TargetRow, ...]:
    """Mark the targets that are a total of years to which the numbers of those years do not add up."""
    text, offsets, words = outline.text.text, outline.text.offsets, _words(lexicon)
    wrong = {
        (offsets[sentence.start()], offsets[sentence.end()], total)
        for sentence in _SENTENCES.holding(text, _OF_YEARS)
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

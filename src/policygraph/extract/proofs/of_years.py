"""Find totals of several years, or stages, to which the numbers of those years do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policygraph.extract.grammar.sought import Stretches
from policygraph.extract.proofs.numerals import in_figures
from policygraph.extract.proofs.slip import Draft, Slip, span_in
from policygraph.extract.proofs.tables import SUM
from policygraph.extract.proofs.times import BEYOND
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import either, word_of
from policygraph.quantities import COUNTING, count_value
from policygraph.records import record

_SENTENCES = Stretches("。;\n")
_YEAR, _NUMBER = r"20\d\d年", r"\d+(?:\.\d+)?"
_SPAN = r"(?<!\d)(?P<from>20\d\d)年?(?:[-—–~]+|至|到)(?P<to>20\d\d)年"
_FEWEST = 3  # numbers of years that are parts of one
_NEAR = Decimal("0.5")  # of a total: parts that come so near to it were meant to add up


@record
class _Words:
    """What a sentence with a total is made of; a total is that of so many years (三年共建成160处), or has parts."""

    sign: re.Pattern[str]  # of years, or phases, and two numbers
    total: re.Pattern[str]
    among: re.Pattern[str]  # 建成40个,其中2022年10个
    until: re.Pattern[str]  # 到2022年
    part: re.Pattern[str]  # 2022年10个, 第一阶段10个
    apiece: re.Pattern[str]  # 2023年、2024年、2025年各建成50处
    yearly: tuple[re.Pattern[str], ...]  # 每年60万元,三年共计180万元; 五年投入300万元,每年60万元


@compiled
def _words(lexicon: Lexicon) -> _Words:
    among, apiece, each, in_all = (word_of(rule, lexicon) for rule in ("among", "apiece", "a-year", "in-all"))
    units = either(form for form in lexicon.quantities.units if form.isalpha())
    unit, gap = rf"(?P<unit>万?(?:{units}|[^\d\W]))", r"[^,。;\d]"
    years = rf"(?:{_SPAN}|(?<![\d年第])(?P<years>[{COUNTING}两\d]{{1,2}})年)[内间]?"
    total, same = rf"(?P<total>{_NUMBER})", "(?P=unit)(?!次)"
    a_year = rf"{each}(?:(?![新增递不超至]){gap}){{0,4}}(?P<each>{_NUMBER})"
    phase, figure = word_of("phase", lexicon), rf"[\d{COUNTING}两]"
    return _Words(
        re.compile(rf"(?:年|{phase})(?=[^。;\n]{{0,30}}{figure}[^。;\n]{{1,40}}{figure})"),
        re.compile(rf"{years}{gap}{{0,20}}{total}{unit}"),
        re.compile(rf"{total}{unit}{gap}{{0,8}}[,(]{among}"),
        re.compile(r"(?:\A|[,:(])到(?P<until>20\d\d)年"),
        re.compile(
            rf"(?:(?P<year>20\d\d)年|第[{COUNTING}](?:年|{phase})){gap}{{0,8}}?({_NUMBER})(万?(?:{units}|[^\d\W]))"
        ),
        re.compile(rf"((?:{_YEAR}[、和及]?){{2,}}){apiece}{gap}{{0,8}}({_NUMBER})(万?(?:{units}|[^\d\W]))"),
        (
            re.compile(
                rf"{each}{gap}{{0,10}}(?P<each>{_NUMBER}){unit}[,、(]{gap}{{0,4}}?{years}{in_all}{gap}{{0,8}}{total}{same}"
            ),
            re.compile(rf"{years}{gap}{{0,20}}{total}{unit}[,、(]{a_year}{same}"),
            re.compile(rf"{years},?{a_year}{unit},{in_all}{gap}{{0,8}}{total}{same}"),
        ),
    )


def of_years(draft: Draft) -> Iterator[Slip]:
    """Yield the totals of years to which the numbers of the years do not add up, each with the sum there is."""
    words, read = _words(draft.lexicon), in_figures(draft.text, draft.lexicon)
    for sentence in _SENTENCES.holding(read.text, words.sign):
        late = _late(sentence[0], words)
        if late:
            yield Slip(BEYOND, *read.span(*span_in(sentence, late)))
            continue
        found = _added(sentence[0], words) or _multiplied(sentence[0], words)
        if found:
            said, right = found
            yield Slip(SUM, *read.span(*span_in(sentence, said)), message("extract.adds-up-to", sum=right))


def _added(sentence: str, words: _Words) -> tuple[re.Match[str], Decimal] | None:
    """Return the total of so many years to which the numbers of as many, or of those that it names, do not add up."""
    total, named = words.total.search(sentence), words.among.search(sentence)
    if total:
        rest = sentence[: total.start()] + sentence[total.end() :]
        parts = _parts(rest, total["unit"], words)
        if len(parts) == _count(total) > 1:
            return (total, sum(parts, Decimal(0))) if sum(parts) != Decimal(total["total"]) else None
    if named and not total:
        whole, parts = Decimal(named["total"]), _parts(sentence[named.end() :], named["unit"], words)
        near = len(parts) > 1 and parts[-1] != whole and _NEAR * whole <= sum(parts) <= 2 * whole
        return (named, sum(parts, Decimal(0))) if near and sum(parts) != whole else None
    return None


def _late(sentence: str, words: _Words) -> re.Match[str] | None:
    """Return the number of a year behind the one until which the sentence speaks: 到2022年…,其中2032年20处."""
    until = words.until.search(sentence)
    named = words.among.search(sentence) if until else None
    parts = list(words.part.finditer(sentence, named.end())) if named else []
    if not until or len(parts) < _FEWEST:
        return None
    years = [int(part["year"] or 0) for part in parts]
    return next((part for part, year in zip(parts, years, strict=True) if year > int(until["until"])), None)


def _parts(text: str, unit: str, words: _Words) -> list[Decimal]:
    alike = words.apiece.search(text)
    if alike:
        return [Decimal(alike[2])] * len(re.findall(_YEAR, alike[1])) if alike[3] == unit else []
    return [Decimal(part[2]) for part in words.part.finditer(text) if part[3] == unit]


def _multiplied(sentence: str, words: _Words) -> tuple[re.Match[str], Decimal] | None:
    """Return the statement of so much a year that is not what so many years have in all."""
    for pattern in words.yearly:
        for said in pattern.finditer(sentence):
            right = Decimal(said["each"]) * _count(said)
            if right != Decimal(said["total"]):
                return said, right
    return None


def _count(said: re.Match[str]) -> int:
    """Return how many years a total is of: five of 2021年至2025年, three of 三年."""
    return int(said["to"]) - int(said["from"]) + 1 if said["to"] else count_value(said["years"])

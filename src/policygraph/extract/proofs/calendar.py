"""Find dates that no calendar has, or that contradict each other: 11月31日, 2024年9月至2024年3月."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import pairwise

from policygraph.extract.grammar.sought import SENTENCES
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.times import OVER
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import either, word_of, word_pattern
from policygraph.periods import length_of
from policygraph.records import record

NO_DAY, TURNED, OVERLAP, ORDER = "date-impossible", "range-turned", "stages-overlap", "steps-disordered"
GAP = "stages-gap"
PLAN_YEARS, LENGTH, QUARTER, AWARE = "plan-years", "period-length", "quarter-months", "awareness-day"
_LEAP = 2000
_DAY = re.compile(
    r"(?:(?P<y>20\d\d)年)?(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日|20\d\d年(?P<alone>\d{1,2})月"
    r"|(?<!\d)(?<!\d年)(?P<bare>\d{1,2})月(?=[底末初前份上中下])|每[月](?P<of>\d{1,2})[日号]|第(?P<quarter>[五六七八九])季"
)
_MONTH_SIGN = re.compile("[月季]")
_TO = r"\s?(?:[-—–~]+|至|到)\s?"
_SPAN = re.compile(
    rf"(?P<y>20(?<!\d20)\d\d)年(?:(?P<m>\d{{1,2}})月)?(?P<d>\d{{1,2}}日)?(?:[初上中下旬底]{{1,2}})?{_TO}"
    rf"(?:(?P<to_y>20\d\d)年)?(?:(?P<to_m>\d{{1,2}})月)?(?P<to_d>\d{{1,2}}日)?"
)
_LENGTH = re.compile(  # 三年行动计划(2021—2025年)
    r"(?P<title>(?<![\d〇一二三四五六七八九十])[\d一二三四五六七八九十两]{1,2}年[^,。;、()《》\n]{2,8})[》”]?"
    rf"\((?P<first>20\d\d)年?{_TO}(?P<last>20\d\d)年?\)"
)
_LENGTH_SIGN = re.compile(r"年[^,。;、()《》\n]{2,8}[》”]?\(20")
_QUARTERS = {"末": (3, 6, 9, 12), "底": (3, 6, 9, 12), "初": (1, 4, 7, 10)}
_MONTHS = re.compile(r"季[度]?([末底初])[^,。;\d]{0,3}\(?((?:\d{1,2}月?[、和]){3}\d{1,2}月)")
_ENDS = ("末", "底")
_AROUND = 24  # characters to either side of a span of time in which it is called a stage
_LONGEST_GAP = 6  # months between two stages: of more there are others between
_MONTH = re.compile(r"\d月")
Month = tuple[int, int]


@record
class _Span:
    """A span of time in the text: where it stands, its first and last month."""

    start: int
    end: int
    begins: Month
    ends: Month


def calendar(draft: Draft) -> Iterator[Slip]:
    """Yield days that do not exist, spans that end before they begin, stages that overlap, steps in the wrong order."""
    yield from _days(draft.text)
    spans = list(_spans(draft.text))
    yield from (Slip(TURNED, each.start, each.end) for each in spans if each.ends < each.begins)
    yield from _stages(spans, draft)
    yield from _steps(draft)
    yield from _quarters(draft.text)
    yield from _five_years(draft)
    yield from _lengths(draft)
    yield from _aware(draft)


# ---------------------------------------------------------------- 11月31日


def _days(text: str) -> Iterator[Slip]:
    for match in SENTENCES.matches(_DAY, text, _MONTH_SIGN):
        month, day = int(match["m"] or match["alone"] or match["bare"] or 1), int(match["d"] or match["of"] or 1)
        if match["quarter"] or not 1 <= month <= 12 or not 1 <= day <= monthrange(int(match["y"] or _LEAP), month)[1]:
            yield Slip(NO_DAY, *match.span())


# ---------------------------------------------------------------- 2024年9月至2024年3月


def _spans(text: str) -> Iterator[_Span]:
    for match in _SPAN.finditer(text):
        if not match["to_y"] and not match["to_m"]:
            continue
        year, month = int(match["y"]), int(match["m"] or 1)
        last = int(match["to_m"] or (12 if match["to_y"] else month))
        until = int(match["to_y"] or year)
        yield _Span(*match.span(), (year, month), (until, last))


def _stages(spans: list[_Span], draft: Draft) -> Iterator[Slip]:
    """Yield a stage that was over before the document, begins before the one before it is over, or months after.

    A month may belong to both.
    """
    stage = word_pattern("stage", draft.lexicon)
    text = draft.text
    over = _issued(draft)
    staged = [each for each in spans if stage.search(_clause(text, each)) and each.begins <= each.ends]
    yield from (Slip(OVER, each.start, each.end) for each in staged if over and each.ends < over)
    for one, other in pairwise(staged):
        same = draft.section_at(one.start).number.rstrip("1234567890")
        near = same == draft.section_at(other.start).number.rstrip("1234567890") or other.start - one.end < 400
        if near and one.begins <= other.begins < one.ends and other.ends > one.ends:
            yield Slip(OVERLAP, other.start, other.end)
        elif (
            near
            and 1 < _months(one.ends, other.begins) <= _LONGEST_GAP
            and not _MONTH.search(text, one.end, other.start)
        ):
            yield Slip(GAP, other.start, other.end)


def _issued(draft: Draft) -> Month | None:
    """Return the month in which the document was written, None where it is not known."""
    year, _, month = draft.about.value("date_issued")[:7].partition("-")
    return (int(year), int(month)) if year.isdecimal() and month.isdecimal() else None


def _months(one: Month, other: Month) -> int:
    return 12 * (other[0] - one[0]) + other[1] - one[1]


def _clause(text: str, span: _Span) -> str:
    return (
        re.split(r"[。;\n]", text[max(span.start - _AROUND, 0) : span.start])[-1]
        + re.split(r"[。;\n]", text[span.end : span.end + _AROUND], maxsplit=1)[0]
    )


# ---------------------------------------------------------------- 每年3月底前报送,每年2月底前汇总


def _steps(draft: Draft) -> Iterator[Slip]:
    """Yield what is summed up of each year before it is handed in, unless in the year after."""
    for match in _step(draft.lexicon).finditer(draft.text):
        if int(match["later"]) < int(match["sooner"]):
            yield Slip(ORDER, match.start("second"), match.end())


@compiled
def _step(lexicon: Lexicon) -> re.Pattern[str]:
    hands, sums, each = word_of("hands-in", lexicon), word_of("sums-up", lexicon), word_of("each-year", lexicon)
    due = rf"{each}(?P<%s>\d{{1,2}})月(?:\d{{1,2}}日)?[底末]?(?:之?前)?"
    first, second = due % "sooner", due % "later"
    return re.compile(
        rf"{first}[^。;\n]{{0,24}}{hands}[^。;\n]{{0,40}}?[,;](?P<second>[^。;\n]{{0,20}}{second})[^。;\n]{{0,16}}{sums}"
    )


# ---------------------------------------------------------------- 季度末(3月、6月、9月、11月)


def _quarters(text: str) -> Iterator[Slip]:
    for match in _MONTHS.finditer(text):
        right = _QUARTERS[match[1]]
        if tuple(int(month) for month in re.findall(r"\d+", match[2])) != right:
            yield Slip(QUARTER, *match.span(), message("extract.months-of-quarters", months="、".join(map(str, right))))


# ---------------------------------------------------------------- “十四五”时期(2021—2026年), 三年计划(2021—2025年)


def _five_years(draft: Draft) -> Iterator[Slip]:
    """Yield the years behind the name of a five-year plan that are not its own."""
    for match in _five_year(draft.lexicon).finditer(draft.text):
        last = int(draft.lexicon.time.periods[match["name"]])
        first, end = int(match["first"] or last - 4), int(match["last"])
        is_within = first <= end <= last and not match["first"] and match["called"] not in _ENDS  # 期间(2023年)
        if (first, end) != (last - 4, last) and not is_within:
            yield Slip(PLAN_YEARS, *match.span(), message("extract.years-of-plan", first=last - 4, last=last))


@compiled
def _five_year(lexicon: Lexicon) -> re.Pattern[str]:
    names, called = either(lexicon.time.periods), word_of("called-period", lexicon)
    return re.compile(rf"(?P<name>{names})”?(?P<called>{called})?\((?:(?P<first>20\d\d)年?{_TO})?(?P<last>20\d\d)年\)")


def _lengths(draft: Draft) -> Iterator[Slip]:
    """Yield a plan of so many years whose years are more or fewer; they may begin or end in the middle of one."""
    for match in _LENGTH.finditer(draft.text) if _LENGTH_SIGN.search(draft.text) else ():
        years = length_of(match["title"], draft.lexicon)
        spread = int(match["last"]) - int(match["first"])
        if years and spread > 0 and years not in (spread, spread + 1):
            yield Slip(LENGTH, *match.span())


# ---------------------------------------------------------------- 5月30日世界无烟日


def _aware(draft: Draft) -> Iterator[Slip]:
    """Yield the date of a day or a week that is another one."""
    known = _days_known(draft.lexicon).search(draft.text)  # most texts name none
    for match in _awareness(draft.lexicon).finditer(draft.text) if known else ():
        name = match["name"] or match["named"]
        begins, _, ends = draft.lexicon.time.awareness_days[name].partition("/")
        month, day = match["m"] or match["in_m"], match["d"] or match["in_d"]
        said = f"{int(month):02d}" + (f"-{int(day):02d}" if day else "")
        if not begins[: len(said)] <= said[: len(begins)] <= (ends or begins)[: len(said)]:
            yield Slip(
                AWARE, *match.span(), message("extract.day-of", name=name, days=draft.lexicon.time.awareness_days[name])
            )


@compiled
def _days_known(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.time.awareness_days))


@compiled
def _awareness(lexicon: Lexicon) -> re.Pattern[str]:
    names = either(lexicon.time.awareness_days)
    ends = rf"(?:{_TO}(?:\d{{1,2}}月)?\d{{1,2}}日)?"
    before = (
        rf"(?<!\d)(?P<m>\d{{1,2}})月(?:(?P<d>\d{{1,2}})日{ends}|份)[的,]?[“《]*[^,。;、\d“”\n]{{0,4}}(?P<name>{names})"
    )
    behind = rf"(?P<named>{names})[”》]?\([^\d()]{{0,3}}(?P<in_m>\d{{1,2}})月(?:(?P<in_d>\d{{1,2}})日{ends}|份)?\)"
    return re.compile(f"{before}|{behind}")

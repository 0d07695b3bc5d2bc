"""Tell what headings and labels announce goals (主要目标), and to which year a heading limits what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policygraph.extract.grammar.headings import stands_below
from policygraph.extract.grammar.years import LeadIn, lead_in
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Section, Span
from policygraph.patterns import either, of_kind, word_of, word_pattern
from policygraph.records import record

_YEAR = re.compile(r"20[1-6]\d(?=年)")
_LONGEST = 30  # characters of a heading; a longer one is a sentence
_FAR = 60  # characters of a sentence that tells of goals
_STOP = re.compile(r"[。;!?]")
_NAMED = re.compile(r"20(?<![比较从由自在\d]20)[1-6]\d(?=年(?!起))")  # 比2020年, 2020年起 is where it starts from
_ASIDE = re.compile(r"\([^()]*\)")
_TWICE = re.compile("年{2}")  # 2025年年底前
_TITLE = re.compile(r"《[^》]*》")


@record
class Goals:
    """What the headings above a place say: whether they announce goals (主要目标), and to which year they limit it."""

    here: bool = False
    year: int | None = None

    def __bool__(self) -> bool:
        """Say whether they say anything."""
        return self.here or self.year is not None


NO_GOALS = Goals()


def goals_of(
    sections: tuple[Section, ...], lexicon: Lexicon, year_in: Callable[[Span], int | None] = lambda _: None
) -> Iterator[Goals]:
    """Yield for each section what its heading and those above it say.

    Where a heading announces goals and no year, ``year_in`` finds the one that the section's text names.
    """
    above: list[tuple[str, Goals]] = []
    for section in sections:
        above = [each for each in above if stands_below(section.number, each[0])]
        outer = above[-1][1] if above else NO_GOALS
        here = _said(section.heading, lexicon)
        if here is outer is NO_GOALS:
            yield NO_GOALS  # as most
            continue
        goals = Goals(outer.here or here.here, here.year or outer.year) if here or outer else NO_GOALS
        if goals.here and goals.year is None:
            goals = Goals(here=True, year=year_in(section.body))
        if here or goals != outer:
            above.append((section.number, goals))
        yield goals


def only_year(text: str, floor: int | None, lexicon: Lexicon) -> int | None:
    """Return the one year that a text names, also by its period, None where it names none, several, or one before.

    >>> from policygraph import lexicon
    >>> words = lexicon.bundled()
    >>> only_year("到2025年,比2020年提高10%。", None, words), only_year("2024年和2025年", None, words)
    (2025, None)
    """
    found = {int(year) for year in _NAMED.findall(_TITLE.sub("", text))}
    found |= {int(lexicon.time.periods[form]) for form in _period(lexicon).findall(text)}
    alone = len(found) == 1 and not word_pattern("far-off", lexicon).search(text)  # 2035年远景目标
    year = found.pop() if alone else None
    return None if year is None or (floor is not None and year < floor) else year


@compiled
def _said(heading: str, lexicon: Lexicon) -> Goals:
    """Return what a heading says; it is asked more than once."""
    if not heading or len(heading) > _LONGEST:
        return NO_GOALS
    here = _goal(lexicon).search(heading) is not None
    if not here and not _when(lexicon).search(heading):
        return NO_GOALS
    lead = None if here else lead_in(heading, lexicon) or _ended_by(heading, lexicon)
    years = [int(year) for year in _YEAR.findall(heading)] if here else list(lead.years) if lead else []
    tasks = _tasks_of_period(lexicon).fullmatch(heading)
    years = [int(lexicon.time.periods[tasks["period"]])] if tasks else years
    return Goals(here, years[-1] if years else None)


def _ended_by(heading: str, lexicon: Lexicon) -> LeadIn | None:
    """Return until when a heading says in a bracket at its end that something is done: 建设阶段(2025年年底前)."""
    aside = _ASIDE.search(heading)
    if not aside or aside.end() < len(heading):
        return None
    said = _TWICE.sub("年", aside[0][1:-1])
    lead = lead_in(said, lexicon)
    return lead if lead and lead.end >= len(said) and not lead.told else None


def label_of(text: str, span: Span, lexicon: Lexicon) -> Span | None:
    """Return where a sentence has the last label of goals (行动目标:, 提出了主要目标:), None where it has none.

    >>> from policygraph import lexicon
    >>> label_of("主要目标:覆盖率达到50%", Span(0, 13), lexicon.bundled())
    Span(start=0, end=5)
    """
    if not _named_goal(lexicon).search(text, span.start, span.end):
        return None  # as most
    found = list(_label(lexicon).finditer(text, span.start, span.end))
    return Span(*found[-1].span()) if found else None


def announced(line: str, lexicon: Lexicon) -> Goals:
    """Return what a line says of those below it that announces goals as a heading does: 主要目标, 到2027年具体目标:.

    >>> from policygraph import lexicon
    >>> announced("再上台阶。到2027年具体目标:", lexicon.bundled())
    Goals(here=True, year=2027)
    """
    if line.strip(" :") in lexicon.targets.goal_lines:
        return Goals(here=True)
    told = line.endswith("。")
    if not told and not line.endswith(":"):
        return NO_GOALS
    last = _STOP.split(line[-_FAR if told else -_LONGEST :].rstrip("。"))[-1].rstrip(":")
    if not _ends_in_goal(lexicon).search(last):
        return NO_GOALS
    year = _year_in(last, lexicon)
    if told and not (year and _announces(lexicon).search(last)):  # 完成年度目标。
        return NO_GOALS
    return Goals(here=True, year=year)


def years_of_list(line: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the years with which a line opens that announces a list of goals, () where it announces none.

    >>> from policygraph import lexicon
    >>> years_of_list("到2022年和2030年,实现下列目标(共25项):", lexicon.bundled())
    (2022, 2030)
    """
    if not line.rstrip().endswith(":") or not _NAMED.search(line):
        return ()
    last = _ASIDE.sub("", _STOP.split(line.strip().rstrip(":"))[-1])
    lead = (
        lead_in(last, lexicon) if _ends_in_goal(lexicon).search(last) or _list_follows(lexicon).search(last) else None
    )
    return tuple(year for year in lead.years if year) if lead and lead.to else ()


def _year_in(text: str, lexicon: Lexicon) -> int | None:
    """Return the last year that a text names, else the end of its period."""
    years, periods = _YEAR.findall(text), _period(lexicon).findall(text)
    if years:
        return int(years[-1])
    return int(lexicon.time.periods[periods[-1]]) if periods else None


def year_alone(line: str, lexicon: Lexicon) -> int | None:
    """Return the year that a line has for a heading of what stands below it, None where it says anything else.

    >>> from policygraph import lexicon
    >>> year_alone("2024年", lexicon.bundled()), year_alone("2024年度任务:", lexicon.bundled())
    (2024, 2024)
    """
    match = _year_heading(lexicon).fullmatch(line.strip()) if _YEAR.search(line, 0, _LONGEST) else None
    return int(match["year"]) if match else None


def last_year_alone(text: str, span: Span, lexicon: Lexicon) -> int | None:
    """Return the last year that a line of a text has for a heading."""
    if not _NAMED.search(text, span.start, span.end):
        return None  # as most
    years = (year_alone(line, lexicon) for line in text[span.start : span.end].split("\n"))
    return next((year for year in reversed([*years]) if year), None)


def headline(line: str, lexicon: Lexicon) -> Goals:
    """Return the goals that the headline of a digest speaks of: “十二五”林业发展目标明确.

    >>> from policygraph import lexicon
    >>> headline("“十四五”林业发展目标出炉", lexicon.bundled())
    Goals(here=True, year=2025)
    """
    if len(line) > _FAR or _STOP.search(line) or not _named_goal(lexicon).search(line):
        return NO_GOALS
    year = _year_in(line, lexicon)
    return Goals(here=True, year=year) if year else NO_GOALS


def aside(line: str, lexicon: Lexicon) -> Goals:
    """Return whether a line of a digest says that it speaks of goals: 在生猪发展目标方面,…."""
    return Goals(here=True) if _aside(lexicon).search(line) else NO_GOALS


@compiled
def _aside(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(lexicon.targets.goal_lines)}){word_of('as-to', lexicon)},")


@compiled
def _period(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.time.periods))


@compiled
def _when(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a year, or a period that ends in one."""
    return re.compile(f"{_YEAR.pattern}|{either(lexicon.time.periods)}")


@compiled
def _tasks_of_period(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a heading of what is to be done in a period: “十四五”重点安排, “十五五”时期主要任务."""
    ends, what = either(lexicon.time.period_ends), word_of("tasks-of-period", lexicon)
    return re.compile(rf"[“\"]?(?P<period>{either(lexicon.time.periods)})[”\"]?(?:{ends})?的?{what}")


@compiled
def _year_heading(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a line that is no more than a year, and that what stands below it is to be done in it."""
    what = either([*lexicon.targets.goal_lines, *of_kind(lexicon.roles.task_heads, "task")])
    return re.compile(rf"[(【]?(?P<year>20[1-6]\d)年[度]?(?:的?(?:{what}))?[)】]?[:.]?")


@compiled
def _announces(lexicon: Lexicon) -> re.Pattern[str]:
    """Match words by which a text says that goals were set: 制定了, 确定, 提出."""
    return re.compile(word_of("announces", lexicon))


@compiled
def _named_goal(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.targets.goal_lines))


@compiled
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a label of goals before what it announces: 行动目标:, 【目标】, 全市主要预期目标是."""
    lines = either(lexicon.targets.goal_lines)
    return re.compile(rf"(?:{lines})(?:[是为]\s?:?|{word_of('follows', lexicon)}?:)|[【\[〔](?:{lines})[】\]〕]\s?:?")


@compiled
def _ends_in_goal(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(lexicon.targets.goal_lines)})[是为]?$")


@compiled
def _list_follows(lexicon: Lexicon) -> re.Pattern[str]:
    """Match words that send the reader to the list below: 以下, 下列."""
    return re.compile(word_of("list-follows", lexicon))


@compiled
def _goal(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"(?:{either(lexicon.targets.goal_lines)})(?:$|[和及与、(])")

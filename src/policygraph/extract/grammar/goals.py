"""Tell what headings and labels announce goals (主要目标), and to which year a heading limits what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.grammar.headings import stands_below
from policygraph.extract.grammar.years import lead_in
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Section, Span
from policygraph.patterns import either
from policygraph.records import record

_YEAR = re.compile(r"20[1-6]\d(?=年)")
_LONGEST = 30  # characters of a heading; a longer one is a sentence
_LABEL = 16  # characters in which a label ends
_STOP = re.compile(r"[。;!?]")


@record
class Goals:
    """What the headings above a place say: whether they announce goals (主要目标), and to which year they limit it."""

    here: bool = False
    year: int | None = None

    def __bool__(self) -> bool:
        """Say whether they say anything."""
        return self.here or self.year is not None


NO_GOALS = Goals()


def goals_of(sections: tuple[Section, ...], lexicon: Lexicon) -> Iterator[Goals]:
    """Yield for each section what its heading and those above it say."""
    above: list[tuple[str, Goals]] = []
    for section in sections:
        above = [each for each in above if stands_below(section.number, each[0])]
        outer = above[-1][1] if above else NO_GOALS
        here = _said(section.heading, lexicon)
        goals = Goals(outer.here or here.here, here.year or outer.year) if here or outer else NO_GOALS
        if here:
            above.append((section.number, goals))
        yield goals


def _said(heading: str, lexicon: Lexicon) -> Goals:
    if not heading or len(heading) > _LONGEST:
        return NO_GOALS
    here = _goal(lexicon).search(heading) is not None
    if not here and not _YEAR.search(heading):
        return NO_GOALS
    lead = lead_in(heading, lexicon)
    years = [int(year) for year in _YEAR.findall(heading)] if here else list(lead.years) if lead else []
    return Goals(here, years[-1] if years else None)


def label_end(text: str, span: Span, lexicon: Lexicon) -> int:
    """Return where a label of goals at the start of a paragraph ends (行动目标:), its start where there is none.

    >>> from policygraph import lexicon
    >>> label_end("主要目标:覆盖率达到50%", Span(0, 13), lexicon.bundled())
    5
    """
    colon = text.find(":", span.start, min(span.start + _LABEL, span.end))
    return colon + 1 if colon > 0 and _label(lexicon).fullmatch(text, span.start, colon) else span.start


def announced(line: str, lexicon: Lexicon) -> Goals:
    """Return what a line says of those below it that announces goals as a heading does: 主要目标, 到2027年具体目标:.

    >>> from policygraph import lexicon
    >>> announced("再上台阶。到2027年具体目标:", lexicon.bundled())
    Goals(here=True, year=2027)
    """
    if line.strip(" :") in lexicon.targets.goal_lines:
        return Goals(here=True)
    if not line.endswith(":"):
        return NO_GOALS
    last = _STOP.split(line[-_LONGEST:])[-1].rstrip(":")
    if not _ends_in_goal(lexicon).search(last):
        return NO_GOALS
    years = _YEAR.findall(last)
    return Goals(here=True, year=int(years[-1]) if years else None)


@compiled
def _label(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a label of goals: 行动目标, 全市主要预期目标是."""
    return re.compile(rf"\s*[\u4e00-\u9fff]{{0,6}}(?:{either(lexicon.targets.goal_lines)})[是为]?\s*")


@compiled
def _ends_in_goal(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(lexicon.targets.goal_lines)})[是为]?$")


@compiled
def _goal(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"(?:{either(lexicon.targets.goal_lines)})(?:$|[和及与、(])")

"""Find what a text sets for a year or a period: monitoring, evaluation, assessment, reports, meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from policygraph.extract.bodies.names import Names
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.rule_words import alternation, compiled, pattern, words
from policygraph.extract.grammar.sentences import Sentence, sentences
from policygraph.extract.schedule import owners
from policygraph.extract.schedule.times import When, attribute_before, is_bare_time, masked, times
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, ScheduleRow

_TABLE = "schedule_words"
_SAID, _ATTRIBUTE, _CARRIED = Decimal("0.94"), Decimal("0.9"), Decimal("0.85")
_CARRIED_NOTE = "年份在前一分句 (the year stands in the clause before)"
_NAME = 40  # characters of an event's name at most


@dataclass(frozen=True, slots=True)
class _Event:
    """An event of a clause: places in the sentence; ``start`` to ``end`` is its name."""

    kind: str
    start: int
    end: int
    when: When
    clause: tuple[int, int]
    confidence: Decimal
    note: str = ""


def find_schedule(
    doc: str, outline: Outline, names: Names, lexicon: Lexicon, issued: int | None = None
) -> tuple[ScheduleRow, ...]:
    """Return one row for each dated event, in document order; ``issued`` is the year of the document.

    What lies wholly in the years before it is history, not a plan, and is left out.
    """
    texts = list(sentences(outline, _trigger()))
    duties = owners.duties(outline, texts, names)
    rows: dict[tuple[str, str, str, str, str], ScheduleRow] = {}
    subject = owners.Subject()
    for sentence in texts:
        subject.follow(sentence, names)
        for event in _events(masked(sentence.text)) if _dated(sentence.text) else ():
            if issued and event.when.years and max(event.when.years) < issued:
                continue
            said = owners.who(sentence, event.start, names, lexicon)
            who = said or subject.bodies or duties.of(sentence.section.number, event.kind)
            row = _row(doc, outline, sentence, event, who)
            rows.setdefault((row.section, row.event, row.kind, row.years, row.period), row)
    return tuple(rows.values())


@cache
def _trigger() -> re.Pattern[str]:
    """Match an event, or a body that later sentences may leave out as their subject."""
    return re.compile(alternation({*words("event", _TABLE), *words("head"), *words("short")}))


def _dated(text: str) -> bool:
    """Say whether a sentence may have an event and a time; nearly all have not."""
    event = compiled("<event>", _TABLE).search(text)
    return bool(event and compiled(r"<period|attribute>|20\d\d年", _TABLE).search(text))


def _row(doc: str, outline: Outline, sentence: Sentence, event: _Event, who: tuple[str, ...]) -> ScheduleRow:
    name = printed(outline.text, *sentence.span(event.start, event.end))
    start, end = sentence.span(*event.clause)
    return ScheduleRow(
        doc=doc,
        section=sentence.section.number,
        event=name,
        kind=event.kind,
        years="|".join(map(str, event.when.years)),
        period=event.when.period,
        responsible="|".join(who),
        quote=printed(outline.text, start, end),
        evidence=evidence(outline.text, start, end, event.confidence, event.note),
    )


def _events(text: str) -> Iterator[_Event]:
    """Yield the events of a sentence: clause by clause; a clause that only gives a year dates the next one."""
    before: tuple[int, int] | None = None
    for clause in re.finditer(r"[^,:]+", text):
        words_here = clause[0]
        if is_bare_time(words_here):
            before = clause.span()
            continue
        lead = times(text[slice(*before)]) if before else When()
        yield from _of_clause(words_here, clause.start(), lead, before)
        before = None


def _of_clause(clause: str, offset: int, lead: When, before: tuple[int, int] | None) -> Iterator[_Event]:
    if not _acts(clause) or compiled("<never>", _TABLE).search(clause):
        return
    said = times(clause)
    whole = (before[0] if before else offset, offset + len(clause.rstrip()))
    for kind, start, end in _runs(clause):
        attribute = attribute_before(clause, start)
        years = said.years or lead.years
        when = When(years, said.period or attribute)
        if not when:
            continue
        carried = bool(lead.years) and not said.years
        trust = _CARRIED if carried else _SAID if said else _ATTRIBUTE
        left = _name_start(clause, start)
        yield _Event(kind, offset + left, offset + end, when, whole, trust, _CARRIED_NOTE if carried else "")


def _acts(clause: str) -> bool:
    """Say whether a clause does something: it has a verb of holding, or an event word that is one."""
    return bool(compiled("<verb|absorb|self>", _TABLE).search(clause))


def _runs(clause: str) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end) of each event; of adjacent words (监测评估报告) the last gives the kind."""
    absorbed = compiled("<absorb>", _TABLE).search(clause)
    not_before = compiled("<not-before>$", _TABLE)
    for match in compiled("<event>+", _TABLE).finditer(clause):
        inside = absorbed is not None and absorbed.end() <= match.start()
        if not inside and compiled("<not-after>", _TABLE).match(clause, match.end()):
            continue
        if not_before.search(clause, max(0, match.start() - 4), match.start()):
            continue
        last = compiled("<event>", _TABLE).findall(match[0])[-1]
        yield words("event", _TABLE)[last], match.start(), match.end()


def _name_start(clause: str, start: int) -> int:
    """Return where the name of an event begins: after the verb or time before it, or at the clause."""
    left = max(0, start - _NAME)
    found = max((mark.end() for mark in _before_name().finditer(clause, left, start)), default=left)
    return found + len(clause[found:start]) - len(clause[found:start].lstrip(" 了的"))


@cache
def _before_name() -> re.Pattern[str]:
    verbs = alternation(form for form, kind in words("verb", _TABLE).items() if kind != "noun")
    return re.compile(rf"{verbs}|{pattern('absorb', 'period', table=_TABLE)}|20\d\d年度?|[和及、]")

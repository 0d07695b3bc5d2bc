"""Find what a text sets for a year or a period: monitoring, evaluation, assessment, reports, meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.bodies.names import KnownBodies
from policygraph.extract.grammar.body_words import any_of, event_trigger, forms_of, rule_pattern
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.sentences import Sentence
from policygraph.extract.schedule import owners
from policygraph.extract.schedule.times import When, attribute_before, is_bare_time, masked, times
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import Outline, ScheduleRow, Span
from policygraph.records import record
from policygraph.terms import EventKind

_SAID, _ATTRIBUTE, _CARRIED = "said", "attribute", "said:year-before"  # how its time is stated
_CARRIED_NOTE = message("extract.year-in-clause-before")
_NAME = 40  # characters of an event's name at most
_CLAUSE = re.compile(r"[^,:]+")
_NEVER = When()
_NO_NAME = re.compile(r"[ 了的]*")  # with which no name begins


@record
class _Event:
    """An event of a clause: places in the sentence; ``start`` to ``end`` is its name."""

    kind: str
    start: int
    end: int
    when: When
    clause: Span
    rule: str
    note: Note = ""


def find_schedule(doc: str, outline: Outline, known: KnownBodies, issued: int | None) -> tuple[ScheduleRow, ...]:
    """Return one row for each dated event, in document order; ``issued`` is the year of the document, if it is known.

    What lies wholly in the years before it is history, not a plan, and is left out.
    """
    lexicon = known.lexicon
    text, words = outline.text.text, event_trigger(lexicon)
    texts = [each for stretch in known.stretches for each in stretch.sentences if each.says(words, text)]
    duties = owners.duties(outline, texts, known)
    rows: dict[tuple[str, str, str, str, str], ScheduleRow] = {}
    subject = owners.Subject(known)
    for sentence in texts:
        subject.follow(sentence)
        for event in _events(masked(sentence.text), lexicon) if _dated(sentence.text, lexicon) else ():
            if issued and event.when.years and max(event.when.years) < issued:
                continue
            said = owners.who(sentence, event.start, known)
            who = said or subject.last() or duties.of(sentence.section.number, event.kind)
            row = _row(doc, outline, sentence, event, who)
            rows.setdefault((row.section, row.event, row.kind, row.years, row.period), row)
    return tuple(rows.values())


def _dated(text: str, lexicon: Lexicon) -> bool:
    """Say whether a sentence may have an event and a time; nearly all have not."""
    event = rule_pattern("<event>", lexicon).search(text)
    return bool(event and rule_pattern(r"<period|attribute>|20\d\d年", lexicon).search(text))


def _row(doc: str, outline: Outline, sentence: Sentence, event: _Event, who: tuple[str, ...]) -> ScheduleRow:
    name = printed(outline.text, *sentence.span(event.start, event.end))
    start, end = sentence.span(event.clause.start, event.clause.end)
    return ScheduleRow(
        doc=doc,
        section=sentence.section.number,
        event=name,
        kind=EventKind(event.kind),
        years="|".join(map(str, event.when.years)),
        period=event.when.period,
        responsible="|".join(who),
        quote=printed(outline.text, start, end),
        evidence=evidence(outline.text, start, end, note=event.note, rule=event.rule),
    )


def _events(text: str, lexicon: Lexicon) -> Iterator[_Event]:
    """Yield the events of a sentence: clause by clause; a clause that only gives a year dates the next one.

    Only clauses with the word of an event are looked at, and the one before each.
    """
    event = rule_pattern("<event>", lexicon)
    before: Span | None = None
    for found in _CLAUSE.finditer(text):
        clause = Span(*found.span())
        if event.search(text, clause.start, clause.end):
            told = before if before and is_bare_time(text[before.start : before.end], lexicon) else None
            lead = times(text[told.start : told.end], lexicon) if told else _NEVER
            yield from _of_clause(text, clause, lead, told.start if told else clause.start, lexicon)
        before = clause


def _of_clause(text: str, span: Span, lead: When, first: int, lexicon: Lexicon) -> Iterator[_Event]:
    """Yield the events of a clause; ``lead`` are the years of the clause before it, which begins at ``first``."""
    clause, offset = text[span.start : span.end], span.start
    if not _acts(clause, lexicon) or rule_pattern("<never>", lexicon).search(clause):
        return
    runs = list(_runs(clause, lexicon))
    said = times(clause, lexicon) if runs else _NEVER
    whole = Span(first, offset + len(clause.rstrip()))
    for kind, start, end in runs:
        attribute = attribute_before(clause, start, lexicon)
        years = said.years or lead.years
        when = When(years, said.period or attribute)
        if not when:
            continue
        carried = bool(lead.years) and not said.years
        rule = _CARRIED if carried else _SAID if said else _ATTRIBUTE
        left = _name_start(clause, start, lexicon)
        yield _Event(kind, offset + left, offset + end, when, whole, rule, _CARRIED_NOTE if carried else "")


def _acts(clause: str, lexicon: Lexicon) -> bool:
    """Say whether a clause does something: it has a verb of holding, or an event word that is one."""
    return bool(rule_pattern("<verb|absorb|self>", lexicon).search(clause))


def _runs(clause: str, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end) of each event; of adjacent words (监测评估报告) the last gives the kind."""
    absorbed = rule_pattern("<absorb>", lexicon).search(clause)
    not_before = rule_pattern("<not-before>$", lexicon)
    for match in rule_pattern("<event>+", lexicon).finditer(clause):
        inside = absorbed is not None and absorbed.end() <= match.start()
        if not inside and rule_pattern("<not-after>", lexicon).match(clause, match.end()):
            continue
        if not_before.search(clause, max(0, match.start() - 4), match.start()):
            continue
        last = rule_pattern("<event>", lexicon).findall(match[0])[-1]
        yield forms_of("event", lexicon)[last], match.start(), match.end()


def _name_start(clause: str, start: int, lexicon: Lexicon) -> int:
    """Return where the name of an event begins: after the verb or time before it, or at the clause."""
    left = max(0, start - _NAME)
    found = max((mark.end() for mark in _before_name(lexicon).finditer(clause, left, start)), default=left)
    begun = _NO_NAME.match(clause, found, start)
    return begun.end() if begun else found


@compiled
def _before_name(lexicon: Lexicon) -> re.Pattern[str]:
    verbs = any_of(form for form, kind in forms_of("verb", lexicon).items() if kind != "noun")
    return rule_pattern(rf"{verbs}|<absorb|period>|20\d\d<year>|[和及、]", lexicon)

"""Give every quantity its class: what was decided when facts were read, else the first rule of a list that holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policygraph.extract.grammar.evidence import evidence
from policygraph.extract.grammar.goals import goals_of
from policygraph.extract.numbers.places import Place, family, surroundings
from policygraph.extract.numbers.rules import NAMES, UNREAD, rule_of
from policygraph.extract.numbers.scan import Quantity, quantities
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Decision, NumberRow, Outline, ScheduleRow
from policygraph.terms import NumberClass


class _Verdict(NamedTuple):
    """What a quantity is, by which rule, and the start of the row of a target that it became."""

    kind: NumberClass
    rule: str
    fact_start: int | None = None


_FORMS = {  # what is no amount says by its form what it is
    "date": NumberClass.DATE,
    "reference": NumberClass.REFERENCE,
    "article": NumberClass.REFERENCE,
    "phone": NumberClass.REFERENCE,
    "item": NumberClass.ORDINAL,
    "ordinal": NumberClass.ORDINAL,
    "numbering": NumberClass.ORDINAL,
    "name": NumberClass.OTHER,
    "code": NumberClass.OTHER,
    "ratio": NumberClass.RULE,
}
_VERDICTS = {form: _Verdict(kind, form) for form, kind in _FORMS.items()}
_CELL = 60  # characters in which the cell before a number of a table ends
_SPREADS = (NumberClass.SUBSIDY, NumberClass.RULE, NumberClass.PAST)  # what the next of a list is too
_LISTED = 24  # characters between two numbers of a list
_JOINED = re.compile(r"[^。;!?\n\d]*[、,][^。;!?\n\d]*")
_QUOTED = 20  # characters to either side of a number that are quoted with it
_FROM = re.compile("[比较从自由于]")  # a year behind one of these is what something is measured from


def find_numbers(
    doc: str,
    outline: Outline,
    lexicon: Lexicon,
    decisions: Iterable[Decision] = (),
    events: Iterable[ScheduleRow] = (),
    floor: int | None = None,
) -> tuple[NumberRow, ...]:
    """Return a row for each quantity of the text in document order, whatever became of it.

    ``decisions`` are those of the finders of facts, ``events`` the dated ones of the text; ``floor`` is the first year
    that is not over, None where no date is known.
    """
    text = outline.text
    reading = _Reading(text.text, decisions, floor, lexicon)
    goals, dated = under_goals(outline, lexicon), _dated(events)
    rows: list[NumberRow] = []
    for section, order, found in _by_section(quantities(text.text, lexicon), outline):
        verdict = reading.verdict(found)
        rule = verdict.rule if verdict.rule != UNREAD.name else _at_stake(text.text, found, section in goals)
        fact = dated.get(text.offsets[found.start], "") if found.form == "date" else ""
        fact = fact if verdict.fact_start is None else f"targets@{text.offsets[verdict.fact_start]}"
        proof = evidence(text, found.start, found.end, rule=rule)
        quote = _quoted(text.printed, found)
        rows.append(NumberRow(doc, section, order, found.value, found.unit, verdict.kind, fact, quote, proof))
    return tuple(rows)


def _by_section(found: Iterable[Quantity], outline: Outline) -> Iterator[tuple[str, int, Quantity]]:
    """Yield quantities with the number of the section that they stand in, and their order there."""
    begun = sorted((each.head.start, each.number) for each in outline.sections if each.body.end > each.head.start)
    orders: Counter[str] = Counter()
    at, section = 0, ""
    for each in found:
        while at < len(begun) and begun[at][0] <= each.start:
            at, section = at + 1, begun[at][1]
        orders[section] += 1
        yield section, orders[section], each


def _dated(events: Iterable[ScheduleRow]) -> dict[int, str]:
    """Return the event that a date at a place of the source is of, by that place."""
    found: dict[int, str] = {}
    for event in events:
        start, end = event.evidence.start, event.evidence.end
        if start is not None and end is not None:
            found.update(dict.fromkeys(range(start, end), f"schedule@{start}"))
    return found


def under_goals(outline: Outline, lexicon: Lexicon) -> frozenset[str]:
    """Return the numbers of the sections whose heading speaks of goals, and of those below them."""
    said = zip(outline.sections, goals_of(outline.sections, lexicon), strict=True)
    return frozenset(section.number for section, goals in said if goals.here)


def _at_stake(text: str, found: Quantity, goal: bool) -> str:
    """Return the rule of a number that nothing claims, with what is at stake: ``unread:goal``, ``unread:table``."""
    if goal:
        return f"{UNREAD.name}:goal"
    line = text.rfind("\n", max(found.start - _CELL, 0), found.start) + 1
    return f"{UNREAD.name}:table" if "|" in text[max(line, found.start - _CELL) : found.start] else UNREAD.name


class _Reading:
    """What holds where the reading of a text has come to: the decisions that are left, the year named last."""

    def __init__(self, text: str, decisions: Iterable[Decision], floor: int | None, lexicon: Lexicon) -> None:
        self._text = text
        self._floor = floor
        self._lexicon = lexicon
        self._left = sorted(decisions, key=lambda each: each.start, reverse=True)
        self._last: tuple[Place, _Verdict] | None = None  # the amount before and what it is
        self._year = -1  # where the date named last begins

    def verdict(self, found: Quantity) -> _Verdict:
        """Return what a quantity is, and by which rule; quantities are asked for in their order."""
        while self._left and self._left[-1].end <= found.start:
            self._left.pop()
        decided = self._left[-1] if self._left and self._left[-1].start < found.end else None
        if found.form == "date":
            self._year = found.start
        if found.form in _FORMS and not (decided and decided.fact_start is not None):
            return _VERDICTS[found.form]
        if decided and decided.fact_start is not None:
            return _Verdict(decided.kind, decided.rule, decided.fact_start)
        place = self._place(found)
        rule = rule_of(place, self._lexicon)
        if decided and (rule is UNREAD or (decided.kind is NumberClass.PAST and rule not in NAMES)):
            verdict = _Verdict(decided.kind, decided.rule)
        else:
            verdict = (self._listed(place) if rule is UNREAD else None) or _Verdict(rule.kind, rule.name)
        self._last = (place, verdict)
        return verdict

    def _listed(self, place: Place) -> _Verdict | None:
        """Return what a number is that goes on a list of such: 博士10万元、硕士5万元."""
        if not self._last:
            return None
        before, verdict = self._last
        start, end = before.quantity.end, place.quantity.start
        alike = before.family == place.family or verdict.kind is NumberClass.PAST
        near = end - start <= _LISTED and alike and verdict.kind in _SPREADS
        if not near or not _JOINED.fullmatch(self._text, start, end):
            return None
        rule = verdict.rule.partition(":")[0]
        return _Verdict(verdict.kind, f"{rule}:listed")

    def _place(self, found: Quantity) -> Place:
        sentence, stretch = surroundings(self._text, found)
        told = self._year >= sentence.start and self._is_over(self._year)
        return Place(self._text, found, _family(found.unit, self._lexicon), sentence, stretch, told)

    def _is_over(self, at: int) -> bool:
        """Say whether a year that stands by itself, not as what something is measured from, was over."""
        floor, year = self._floor, self._text[at : at + 4]
        if not floor or not year.isdecimal() or _FROM.match(self._text, at - 1):
            return False
        return int(year) < floor


@compiled
def _family(unit: str, lexicon: Lexicon) -> str:
    return family(lexicon.quantities.units.read(unit).dimension if unit else "")


def _quoted(text: str, found: Quantity) -> str:
    """Return the words around a quantity on its line, as printed."""
    first, last = max(found.start - _QUOTED, 0), found.end + _QUOTED
    line, end = text.rfind("\n", first, found.start) + 1 or first, text.find("\n", found.end, last)
    return text[line : end if end >= 0 else last].strip()

"""Pair the milestones of one indicator in a document with those in an ancestor.

A target without a year holds in every year. A milestone year that the ancestor has compares with it. For one that
it has not, what stands before and after it in the ancestor's path decides:

* the level of a later milestone of the ancestor is reached: ``tighter``, early by so many years (step 0 where the
  level is the same). Where the year was past when the document was issued, nothing is reached early: the numbers
  alone are compared, and the reason says to check the year;
* exactly the level of the ancestor's last milestone before: ``later`` where this is the first year in which the
  document promises it and the document was issued early enough to have promised it in time; else ``equal``;
* less than that: ``looser``;
* more than that, with a later milestone of the ancestor to come, or less than the ancestor's first milestone:
  ``added``, an interim milestone of its own;
* more than the ancestor's last milestone: ``tighter``.

A milestone that the ancestor has and the document has not: nothing to say where it is outside the years that the
document is for, or the document meets it in an earlier year; ``later`` where the document promises that very level in
a later one; else it is missing, and what that means is for the caller to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from policygraph.cascade.compare import Comparison, Statement, compare, meets
from policygraph.messages import Message, message
from policygraph.terms import Direction, Form, Verdict

_DAILY = ("/天", "/日")
Path = Mapping[int | None, Statement]  # year -> statement; None: holds in every year


@dataclass(frozen=True, slots=True)
class Term:
    """The years that a document is for: the first not over when it began, and the last; None: no such bound."""

    first: int | None = None
    last: int | None = None

    def past(self, year: int) -> bool:
        """Tell whether a year was over when the document began."""
        return self.first is not None and year < self.first

    def holds(self, year: int | None) -> bool:
        """Tell whether a document is held to a milestone; one without a year holds always."""
        return year is None or not (self.past(year) or (self.last is not None and year > self.last))


@dataclass(frozen=True, slots=True)
class Pair:
    """One milestone: what the document says, what the ancestor says, and how they compare.

    ``mine`` is None where the document says nothing; without a comparison too where that needs a verdict, to be given
    by the caller with the ``notes``.
    """

    year: int | None
    mine: Statement | None
    theirs: Statement
    comparison: Comparison | None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paths:
    """Two paths and what decides whether a document can be blamed for being late."""

    mine: Path
    theirs: Path
    direction: Direction
    term: Term
    whole: bool

    def first_met(self, wanted: Statement) -> int | None:
        """Return the first year in which the document asks for as much; None: never, or it holds from the start."""
        if None in self.mine and meets(self.mine[None], wanted, self.direction):
            return None
        return next((year for year in _dated(self.mine) if meets(self.mine[year], wanted, self.direction)), None)


def pairs(mine: Path, theirs: Path, direction: Direction, term: Term, whole: bool = True) -> list[Pair]:
    """Return all milestones of one indicator, by year; without a comparison where the document skips one.

    ``term`` says which years the document is for; of one that is not ``whole`` (an excerpt) nothing is called later.
    """
    both = _Paths(mine, theirs, direction, term, whole)
    found = [_pair(year, both) for year in _years(mine, theirs)]
    told = {pair.theirs.row.year for pair in found if _tells(pair)}
    for year in _dated(theirs):
        if year not in mine and None not in mine and term.holds(year) and year not in told:
            found.extend(_skipped(year, both))
    return sorted(found, key=lambda pair: pair.year or 0)


def _years(mine: Path, theirs: Path) -> list[int | None]:
    dated: set[int | None] = {*_dated(mine)}
    if None in mine:
        dated |= set(_dated(theirs)) or {None}
    return sorted(dated, key=lambda year: year or 0)


def _dated(path: Iterable[int | None]) -> list[int]:
    return sorted(year for year in path if year is not None)


def _tells(pair: Pair) -> bool:
    """Tell whether a pair settles the ancestor's milestone; one that goes beyond it in a later year does not."""
    due, verdict = pair.theirs.row.year, pair.comparison.verdict if pair.comparison else None
    beyond = verdict is Verdict.TIGHTER and due is not None and pair.year is not None and pair.year > due
    return verdict is not Verdict.ADDED and not beyond


def _pair(year: int | None, both: _Paths) -> Pair:
    own = both.mine[year] if year in both.mine else both.mine[None]
    other = _counterpart(year, own, both)
    due = other.row.year
    found = compare(own, other, both.direction)
    if year is None or due is None or due == year:
        return Pair(year, own, other, found)
    judge = _early if due > year else _after
    return Pair(year, own, other, judge(found, own, other, both))


def _counterpart(year: int | None, own: Statement, both: _Paths) -> Statement:
    """Return what a milestone compares with: that year's, the standing one, a later one it meets, the last before."""
    theirs = both.theirs
    if year in theirs:
        return theirs[year]
    if None in theirs:
        return theirs[None]
    before = [due for due in _dated(theirs) if year is not None and due < year]
    after = [due for due in _dated(theirs) if due not in before]
    if not before:
        return theirs[after[0]]
    last = theirs[before[-1]]
    goes_on = after and not meets(last, theirs[after[0]], both.direction)
    return theirs[after[0]] if goes_on and meets(own, theirs[after[0]], both.direction) else last


def _early(found: Comparison, own: Statement, other: Statement, both: _Paths) -> Comparison:
    """Judge a milestone against one that the ancestor sets for a later year."""
    year, due = own.row.year or 0, other.row.year or 0
    years = due - year
    met = found.verdict in (Verdict.EQUAL, Verdict.TIGHTER)
    if met and both.term.past(year):
        return found.and_note(message("cascade.year-was-past", year=year, due=due))
    if own.form == Form.LEVEL and met:
        return replace(found, verdict=Verdict.TIGHTER).and_note(message("cascade.reached-earlier", years=years))
    if own.form == Form.LEVEL and found.verdict is Verdict.LOOSER:
        return Comparison(Verdict.ADDED, notes=(*found.notes, message("cascade.own-before-the-first")))
    return found.and_note(message("cascade.before-the-first", years=years))


def _after(found: Comparison, own: Statement, other: Statement, both: _Paths) -> Comparison:
    """Judge a milestone against the ancestor's last one before it."""
    year, due = own.row.year or 0, other.row.year or 0
    if _late(found, own, other, both):
        return replace(found, verdict=Verdict.LATER).and_note(message("cascade.reached-later", year=year, due=due))
    coming = next((later for later in _dated(both.theirs) if later > year), None)
    short = coming is not None and not meets(own, both.theirs[coming], both.direction)
    if own.form == Form.LEVEL and found.verdict is Verdict.TIGHTER and short:
        note = message("cascade.own-between-two", due=due, coming=coming)
        return Comparison(Verdict.ADDED, notes=(*found.notes, note))
    return found.and_note(message("cascade.compared-with-the-last", year=year, due=due))


def _late(found: Comparison, own: Statement, other: Statement, both: _Paths) -> bool:
    """Tell whether the ancestor's very level is first promised in a later year than it asks for.

    What is asked of every day (1小时/天) begins with the document, whatever year stands before it.
    """
    due = other.row.year or 0
    in_time = both.first_met(other) != own.row.year or own.row.unit.endswith(_DAILY)
    blamed = both.whole and not in_time and not both.term.past(due)
    return found.verdict is Verdict.EQUAL and own.form == Form.LEVEL and blamed


def _skipped(year: int, both: _Paths) -> list[Pair]:
    """Judge a milestone of the ancestor for which the document states nothing."""
    wanted, first = both.theirs[year], both.first_met(both.theirs[year])
    if first is not None and first <= year:
        return []
    equal = first is not None and compare(both.mine[first], wanted, both.direction).verdict is Verdict.EQUAL
    if first is None or not both.whole or not equal:
        return [Pair(year, None, wanted, None, (message("cascade.milestone-lacking", year=year),))]
    note = message("cascade.reached-later", year=first, due=year)
    return [Pair(year, both.mine[first], wanted, Comparison(Verdict.LATER, notes=(note,)))]

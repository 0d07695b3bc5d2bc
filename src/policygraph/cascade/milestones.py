"""Pair the milestones of one indicator in a document with those in an ancestor.

A target without a year holds in every year. A milestone year that the ancestor has compares with it. For one that
it has not:

* after an ancestor's milestone: with the last one before it. The verdict is ``later`` where this is the first year
  in which the document promises that level, and the document was issued early enough to have promised it in time;
* before all of the ancestor's milestones: with the first. Reaching its level early is ``tighter`` (step 0 where the
  level is the same); a lower interim level is ``added``.

A milestone that the ancestor has and the document has not: nothing to say where it was past when the document was
issued, or the document meets it in an earlier year; ``later`` where it meets it in a later one; else it is missing,
and what that means is for the caller to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from policygraph.cascade.compare import Comparison, Note, Statement, compare, meets

Path = Mapping[int | None, Statement]  # year -> statement; None: holds in every year


@dataclass(frozen=True, slots=True)
class Pair:
    """One milestone: what the document says (None where nothing), what the ancestor says, and the verdict."""

    year: int | None
    mine: Statement | None
    theirs: Statement
    comparison: Comparison


MISSING = "missing"


@dataclass(frozen=True, slots=True)
class _Terms:
    """What decides whether a document can be blamed for being late."""

    issued: int | None
    whole: bool


def pairs(mine: Path, theirs: Path, direction: str, issued: int | None, whole: bool = True) -> list[Pair]:
    """Return all milestones of one indicator, by year; verdict ``missing`` where the document skips one.

    ``issued`` is the year of the document; of one that is not ``whole`` (an excerpt) nothing is said to be later.
    """
    found = [_pair(year, mine, theirs, direction, _Terms(issued, whole)) for year in _years(mine, theirs)]
    told = {pair.theirs.row.year for pair in found if pair.comparison.verdict != "added"}
    skipped = [year for year in _dated(theirs) if year not in mine and None not in mine and not _past(year, issued)]
    for year in skipped:
        if year not in told:
            found.extend(_skipped(year, mine, theirs[year], direction, whole))
    return sorted(found, key=lambda pair: pair.year or 0)


def _years(mine: Path, theirs: Path) -> list[int | None]:
    dated: set[int | None] = {*_dated(mine)}
    if None in mine:
        dated |= set(_dated(theirs)) or {None}
    return sorted(dated, key=lambda year: year or 0)


def _dated(path: Iterable[int | None]) -> list[int]:
    return sorted(year for year in path if year is not None)


def _past(year: int, issued: int | None) -> bool:
    return issued is not None and year < issued


def _pair(year: int | None, mine: Path, theirs: Path, direction: str, terms: _Terms) -> Pair:
    own = mine[year] if year in mine else mine[None]
    other = _counterpart(year, theirs)
    due = other.row.year
    found = compare(own, other, direction)
    if year is None or due is None or due == year:
        return Pair(year, own, other, found)
    if due > year:
        return Pair(year, own, other, _early(found, own, due - year))
    first = _first_met(mine, other, direction)
    if first == year and terms.whole and not _past(due, terms.issued):
        note = (f"上级{due}年的要求到{year}年才达到", f"reaches in {year} what the ancestor asks for in {due}")
        return Pair(year, own, other, replace(found, verdict="later", notes=(*found.notes, note)))
    note = (f"上级无{year}年节点,与其{due}年比较", f"the ancestor has no {year}; compared with its {due}")
    return Pair(year, own, other, found.and_note(*note))


def _counterpart(year: int | None, theirs: Path) -> Statement:
    """Return what the ancestor asks for in a year: that year's, the standing one, the last before, the first after."""
    if year in theirs:
        return theirs[year]
    if None in theirs:
        return theirs[None]
    dated = _dated(theirs)
    before = [candidate for candidate in dated if year is not None and candidate <= year]
    return theirs[before[-1] if before else dated[0]]


def _early(found: Comparison, own: Statement, years: int) -> Comparison:
    """Judge a milestone that lies before all of the ancestor's."""
    if own.form == "level" and found.verdict in ("equal", "tighter"):
        return replace(found, verdict="tighter").and_note(f"提前{years}年达到", f"reached {years} years earlier")
    if own.form == "level" and found.verdict == "looser":
        note: Note = ("早于上级首个节点的自设节点", "a milestone of its own before the ancestor's first")
        return Comparison("added", notes=(*found.notes, note))
    return found.and_note(f"早于上级首个节点{years}年", f"{years} years before the ancestor's first milestone")


def _first_met(mine: Path, wanted: Statement, direction: str) -> int | None:
    if None in mine and meets(mine[None], wanted, direction):
        return None  # holds from the start
    return next((year for year in _dated(mine) if meets(mine[year], wanted, direction)), None)


def _skipped(year: int, mine: Path, wanted: Statement, direction: str, whole: bool) -> list[Pair]:
    """Judge a milestone of the ancestor for which the document states nothing."""
    first = _first_met(mine, wanted, direction)
    if first is not None and first <= year:
        return []
    if first is None or not whole:
        note = (f"有此指标,无{year}年节点", f"states the indicator without the milestone {year}")
        return [Pair(year, None, wanted, Comparison(MISSING, notes=(note,)))]
    note = (f"上级{year}年的要求到{first}年才达到", f"reaches in {first} what the ancestor asks for in {year}")
    return [Pair(year, mine[first], wanted, Comparison("later", notes=(note,)))]

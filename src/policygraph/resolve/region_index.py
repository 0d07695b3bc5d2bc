"""Index the names of divisions as they were borne in a year: in force, former, and words that look like them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from policygraph.concepts import Concepts, RegionName
from policygraph.divisions import COUNTRY, level_of, units_of_names
from policygraph.knowledge import compiled

HEAD = 2  # names are indexed by their first two characters; no name is shorter
_WORDS = ("tail", "unit", "word", "letter")  # kinds of words that are looked for behind a name, not as one

Fits = Callable[["Entry"], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a division, or a word that hides one; in force from ``since`` to ``until``, 0 where that is open."""

    name: str
    code: str  # empty for an ordinary word that hides a name
    kind: str  # full, short, former, alias, opening, ordinary
    level: str
    since: int = 0
    until: int = 0
    seat: str = ""  # the code that says what it lay in, where that was another prefecture


@dataclass(frozen=True, slots=True)
class RegionIndex:
    """The names by their first two characters, longest first, and the words that may follow one."""

    heads: Mapping[str, tuple[Entry, ...]]
    tails: tuple[str, ...]  # words that begin inside what looked like a name: 市场 in 港口市场
    words: tuple[str, ...]  # words that begin as a unit does: 县级 in 大连县级医院
    units: tuple[str, ...]  # what makes another name of a short one: 路 in 广州路, 镇 in 长春镇
    heirs: Mapping[str, tuple[str, ...]]  # what took the place of a division that ended
    letters: tuple[str, ...]  # what follows the place in a document number: 政, 府


def names_at(text: str, place: int, index: RegionIndex, fits: Fits) -> list[str]:
    """Return the names that stand at a place, longest first."""
    return list(dict.fromkeys(entry.name for entry in entries_at(text, place, index) if fits(entry)))


def entries_at(text: str, place: int, index: RegionIndex) -> Iterator[Entry]:
    """Yield the entries that stand at a place, longest first."""
    for entry in index.heads.get(text[place : place + HEAD], ()):
        if text.startswith(entry.name, place):
            yield entry


@compiled
def region_index(year: int, concepts: Concepts) -> RegionIndex:
    """Return the names as they were borne in a year; 0 for a text without a date: as today, then as they were once."""
    names = _names(concepts)
    dated: dict[str, list[Entry]] = {}
    for name, entries in names.changing.items():
        dated.setdefault(name[:HEAD], []).extend(_in_force(entries, year, concepts))
    heads = dict(names.lasting)
    for head, borne in dated.items():
        heads[head] = tuple(sorted([*heads.get(head, ()), *borne], key=_rank))
    return replace(names.words, heads=MappingProxyType(heads))


@dataclass(frozen=True, slots=True)
class _Names:
    """The names that mean the same in every year, by their head, and those that do not."""

    lasting: Mapping[str, tuple[Entry, ...]]
    changing: Mapping[str, tuple[Entry, ...]]
    words: RegionIndex


@compiled
def _names(concepts: Concepts) -> _Names:
    others = [_other_name(each) for each in concepts.region_names]
    borne: dict[str, list[Entry]] = {}
    for entry in _former(concepts):
        borne.setdefault(entry.name, []).append(entry)
    heads: dict[str, list[Entry]] = {}
    for entry in [*_official(concepts), *(entry for entry in others if entry.kind not in _WORDS)]:
        changes = entry.kind == "full" and entry.name in borne
        (borne[entry.name] if changes else heads.setdefault(entry.name[:HEAD], [])).append(entry)
    words = {kind: tuple(entry.name for entry in others if entry.kind == kind) for kind in _WORDS}
    heirs = MappingProxyType({region.code: region.into for region in concepts.regions.values() if region.until})
    return _Names(
        lasting={head: tuple(sorted(entries, key=_rank)) for head, entries in heads.items()},
        changing={name: tuple(entries) for name, entries in borne.items()},
        words=RegionIndex({}, words["tail"], words["word"], words["unit"], heirs, words["letter"]),
    )


def _rank(entry: Entry) -> tuple[int, bool, str]:
    return -len(entry.name), entry.kind == "short", entry.code


def _in_force(entries: tuple[Entry, ...], year: int, concepts: Concepts) -> Iterator[Entry]:
    then = [entry for entry in entries if year and entry.since <= year <= (entry.until or year)]
    begun = {entry.since for entry in then or entries if entry.since}
    for entry in then or entries:
        if entry.until not in begun:  # the name went over to another in that year
            yield entry if then or not year else replace(entry, code=_later(entry.code, year, concepts))


def _later(code: str, year: int, concepts: Concepts) -> str:
    """Follow a division that had ended to the one that took its place, where that is one."""
    region = concepts.regions[code]
    while region.until and region.until < year and len(region.into) == 1:
        region = concepts.regions[region.into[0]]
    return region.code


def _official(concepts: Concepts) -> Iterator[Entry]:
    for region in concepts.regions.values():
        if region.until:
            continue
        yield Entry(region.name, region.code, "full", region.level, region.since)
        if region.short != region.name and region.code != COUNTRY:
            yield Entry(region.short, region.code, "short", region.level)


def _former(concepts: Concepts) -> Iterator[Entry]:
    """Yield the former names, without those that go on under another code."""
    units = units_of_names(concepts.region_changes, concepts.regions)
    for change in concepts.region_changes:
        region = concepts.regions[units[change.code, change.name]]
        seat = change.code if change.code[:4] != region.code[:4] else ""
        same = region.name == change.name
        if not same or region.until or seat:
            until = region.until if same else change.until
            yield Entry(change.name, region.code, "former", region.level, 0, until, seat)


def _other_name(other: RegionName) -> Entry:
    return Entry(other.name, other.code, other.kind, level_of(other.code) if other.code else "")

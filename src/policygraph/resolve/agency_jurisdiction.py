"""Strip the jurisdiction from a body's name and say whose body it is: place names, levels, party and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygraph.concepts import Concepts
from policygraph.divisions import Region
from policygraph.resolve.agency_affixes import AffixForms, affix_forms, affixes_of
from policygraph.resolve.region_index import region_index
from policygraph.slugs import UNKNOWN_REGION

NATION = "100000"
_MAX_STEPS = 8
_SHORT = 2  # characters of 郊区, 城区: in front of a body they are the city's own
_RANKS = {"national": 0, "province": 1, "prefecture": 2, "county": 3}
_AFAR, _FARTHER = 0.05, 0.1  # what a place outside the document's own line, or its province, takes off the score
_UNPLACED = 0.5  # what a name that several places bear takes off


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: ``core`` is what is left, ``region`` whose body it is."""

    core: str
    region: str
    placed: bool = False  # a place name fixed the region
    lower: bool = False  # a level below the document's: bodies of many jurisdictions
    party: bool = False
    league: bool = False
    cost: float = 0.0
    own: bool = False  # a level word fixed the region: what follows is no other place's (市中山医院)
    unplaced: str = ""  # a place of which there are several, or none, that it can be


@dataclass(frozen=True, slots=True)
class NamedRegion:
    """The name of a region found in a text; ``form`` is what it takes up there."""

    form: str
    code: str
    cost: float


@dataclass(frozen=True, slots=True)
class Jurisdictions:
    """The regions, compiled for longest-match lookups."""

    regions: Mapping[str, Region]
    codes: Mapping[str, tuple[str, ...]]
    longest: int
    levels: AffixForms
    prefixes: AffixForms
    whole: frozenset[str]  # names with their unit
    ordinary: frozenset[str]  # words that look like a place: 公安, 朝阳, 中山
    units: tuple[str, ...]  # what makes another name of a short one: 路 in 南京路
    words: tuple[str, ...]  # words that begin as a unit does: 乡村
    zones: tuple[str, ...]  # 新区
    seats: tuple[str, ...]  # what a zone has in the place of a government

    def readings(self, name: str, region: str) -> Iterator[Reading]:
        """Yield the readings of a name, from the whole name to the one with all prefixes stripped."""
        reading = Reading(name, region)
        yield reading
        for _ in range(_MAX_STEPS):
            after = self._strip(reading, region)
            if after is None:
                return
            reading = after
            yield reading

    def without_places(self, reading: Reading, region: str) -> Iterator[Reading]:
        """Yield readings with one place name or level word inside the name taken out."""
        core = reading.core
        for start in range(1, len(core) - 1):
            place = self.place(core, start, region, inside=True)
            if place is not None and not (place.cost and reading.own):
                rest = core[:start] + core[start + len(place.form) :]
                code = reading.region if place.cost and reading.placed else place.code
                yield Reading(rest, code, True, cost=max(reading.cost, place.cost), unplaced=reading.unplaced)
            elif (word := self.levels.head(core, start)[0]) and len(core) > start + len(word):
                yield Reading(core[:start] + core[start + len(word) :], reading.region, reading.placed)

    def place(self, text: str, start: int, region: str, inside: bool = False) -> NamedRegion | None:
        """Return the longest place name at ``start`` that the document can mean.

        Inside a name (人行唐河支行) any unique place counts; in front of it, a short county name from
        elsewhere does not: it is as likely a common word (城东, 长江).
        """
        for size in range(min(self.longest, len(text) - start), 1, -1):
            form = text[start : start + size]
            if form in self.codes and (inside or NATION not in self.codes[form]):
                found = self._with_level(text, start, form, region)
                if found is None and not self._grows(text, start + size, form):
                    found = self._nearest(form, self.codes[form], region, inside)
                if found is not None:
                    return None if found.cost and self._is_zone(form, text, start + size) else found
        return None

    def _is_zone(self, form: str, text: str, end: int) -> bool:
        """Tell whether a name that a place elsewhere bears too is that of a zone: 滨海新区管委会, no district's."""
        return form.endswith(self.zones) and text.startswith(self.seats, end)

    def _is_short(self, place: NamedRegion) -> bool:
        return place.form in self.codes and place.form not in self.whole

    def _grows(self, text: str, end: int, form: str) -> bool:
        """Tell whether a short name is the beginning of another place's: 朝阳 of 朝阳区, 西安 of 西安路."""
        if not text.startswith(self.units, end) or text.startswith(self.words, end):
            return False
        return form not in self.whole

    def level(self, word: str, kinds: tuple[str, ...], region: str) -> tuple[str, bool]:
        """Return the region that a level word means in a document, and whether it means many lower ones."""
        line = self.line(region)
        for code in line:
            if self.regions[code].name.endswith(word):
                return code, False
        if not line:
            return region, False
        own = _RANKS.get(self.regions[region].level, 3)
        meant = _RANKS[kinds[0].removeprefix("level-")]
        if meant == _RANKS["province"]:  # 省 of an autonomous region or a municipality
            return next((code for code in line if self.regions[code].level == "province"), region), False
        return region, own < 3 and meant > own

    def line(self, region: str) -> tuple[str, ...]:
        """Return the codes of a region and the regions above it, lowest first; empty for an unknown region."""
        found = []
        while region in self.regions and region not in found:
            found.append(region)
            region = self.regions[region].parent
        return tuple(found)

    def _strip(self, reading: Reading, region: str) -> Reading | None:
        core = reading.core
        place = self.place(core, 0, region)
        if place is not None and not (reading.own and (place.cost or self._is_short(place))):
            unplaced = place.form if place.code == UNKNOWN_REGION else ""
            rest, party, league = core[len(place.form) :], reading.party, reading.league
            return Reading(rest, place.code, True, False, party, league, place.cost, unplaced=unplaced)
        form, kinds = self.prefixes.head(core)
        if not form:
            return None
        return self._strip_word(reading, core[len(form) :], form, kinds)

    def _strip_word(self, reading: Reading, rest: str, form: str, kinds: tuple[str, ...]) -> Reading | None:
        levels = tuple(kind for kind in kinds if kind.startswith("level-"))
        region, lower, party, league = reading.region, reading.lower, reading.party, reading.league
        if levels and not reading.placed:
            region, lower = self.level(form, levels, reading.region)
        elif "national" in kinds and not reading.placed:
            region = NATION
        elif "party" in kinds:
            party = True
        elif "league" in kinds:
            league = True
        own = reading.own or (bool(levels) and not lower)
        return Reading(rest, region, reading.placed, lower, party, league, reading.cost, own, reading.unplaced)

    def _with_level(self, text: str, start: int, form: str, region: str) -> NamedRegion | None:
        """Read a short name with its level (恩施 + 州): only regions of that level remain."""
        word = self.levels.head(text, start + len(form))[0]
        if not word:
            return None
        codes = tuple(code for code in self.codes[form] if self.regions[code].name.endswith(word))
        return self._nearest(form + word, codes, region) if codes else None

    def _nearest(self, form: str, codes: tuple[str, ...], region: str, inside: bool = False) -> NamedRegion | None:
        line = self.line(region)
        ranked = sorted(codes, key=lambda code: (self._distance(code, region, line), self._rank(code), code))
        if not ranked:
            return None
        best = ranked[0]
        distance, rank = self._distance(best, region, line), self._rank(best)
        rivals = [
            code for code in ranked[1:] if (self._distance(code, region, line), self._rank(code)) == (distance, rank)
        ]
        if distance < 2:
            return None if rivals else NamedRegion(form, best, 0.0)
        whole = form in self.whole
        if rivals:
            return NamedRegion(form, UNKNOWN_REGION, _UNPLACED) if whole and len(form) > _SHORT else None
        known = whole or ((inside or rank < 3) and form not in self.ordinary)
        return NamedRegion(form, best, _AFAR if distance == 2 else _FARTHER) if known else None

    def _rank(self, code: str) -> int:
        return _RANKS.get(self.regions[code].level, 3)

    def _distance(self, code: str, region: str, line: tuple[str, ...]) -> int:
        if code == region:
            return 0
        if code in line or _is_below(code, region):
            return 1
        return 2 if code[:2] == region[:2] else 3


_NAMES = ("full", "short", "former")  # kinds of entries; an alias is read as a short name with its level


def compile_jurisdictions(concepts: Concepts) -> Jurisdictions:
    """Build the place index from the names of the regions, full, short and former."""
    codes = {region.short: (code,) for code, region in concepts.regions.items() if code == NATION}
    whole: set[str] = set()
    index = region_index(0, concepts)
    for entry in (entry for entries in index.heads.values() for entry in entries if entry.kind in _NAMES):
        if entry.code not in codes.get(entry.name, ()):
            codes[entry.name] = (*codes.get(entry.name, ()), entry.code)
        if entry.kind != "short":
            whole.add(entry.name)
    ordinary = (entry.name for entries in index.heads.values() for entry in entries if entry.kind == "ordinary")
    return Jurisdictions(
        regions=concepts.regions,
        codes=codes,
        longest=max((len(form) for form in codes), default=0),
        levels=affix_forms(concepts, "level-"),
        prefixes=affix_forms(concepts, "level-", "national", "party", "party-head", "league", "government"),
        whole=frozenset(whole),
        ordinary=frozenset(ordinary),
        units=index.units,
        words=index.words + index.tails,
        zones=affixes_of(concepts, "unit-zone"),
        seats=affixes_of(concepts, "zone-seat"),
    )


def _is_below(code: str, region: str) -> bool:
    own = region.removesuffix("00").removesuffix("00") if region != NATION else ""
    return code != region and code.startswith(own)

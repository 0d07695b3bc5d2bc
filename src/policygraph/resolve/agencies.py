"""Resolve the name of a body to an agency of a region: strip its jurisdiction, then look up what is left."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from policygraph.concepts import Concepts
from policygraph.divisions import Region, level_of
from policygraph.knowledge import compiled
from policygraph.messages import Note, message
from policygraph.resolve.agency_affixes import AffixForms, affix_forms, affixes_of
from policygraph.resolve.agency_index import Hit, NameIndex, compile_names
from policygraph.resolve.agency_jurisdiction import (
    NATION,
    Jurisdictions,
    Reading,
    compile_jurisdictions,
)
from policygraph.resolve.agency_lists import ListGrammar, compile_lists
from policygraph.resolve.match import Match
from policygraph.slugs import UNKNOWN_REGION

UNRESOLVED = 0.3  # score of a body that resolves to no type
QUALIFIER = "--"  # between the type and the name that tells bodies of one type in one region apart
_LOWER = "local"  # the qualifier of bodies one level down, named together
_GOOD = 0.88  # a reading this good needs no search for place names inside the name
_MAX_LENGTH = 80
_PARTING = "、/;,"  # what stands between bodies
_PLACELESS = 0.5  # the most that a body can score whose region is not known
_SEARCHED = 30  # longer names are no names of branches
_PLURAL, _BARE, _LOWER_COST = 0.95, 0.8, 0.05


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """The agency a name stands for.

    ``agency_id`` is ``<region>/<type>``, ``<region>/<type>--<pinyin>`` where a region has several bodies of the type
    (three customs houses, four development zones), and ``<region>/x-<pinyin>`` where no type is known.
    ``score`` runs from 0 to 1, ``reason`` says in a few words what decided.
    """

    agency_id: str
    functions: tuple[str, ...]
    score: float
    reason: Note

    @property
    def match(self) -> Match:
        """Return the identifier with its score and reason, as all resolvers give them."""
        return Match(self.agency_id, self.score, self.reason)


def resolve_agency(name: str, region: str, concepts: Concepts) -> AgencyMatch:
    """Return the agency that ``name`` stands for in a document of ``region`` (a GB/T 2260 code).

    Never raises for a name: what is unknown becomes ``x-<pinyin>`` with a low score and no functions.
    """
    return _resolved(cleaned(name), region or UNKNOWN_REGION, concepts)


def agency_type(agency_id: str) -> str:
    """Return the type of an agency identifier.

    >>> agency_type("320100/customs--jin-ling")
    'customs'
    """
    return agency_id.partition("/")[2].partition(QUALIFIER)[0]


@dataclass(frozen=True, slots=True)
class AgencyResolver:
    """The tables that say whose body a name means and which, compiled from the concepts."""

    regions: Mapping[str, Region]
    names: NameIndex
    jurisdictions: Jurisdictions
    lists: ListGrammar
    nation_heads: AffixForms
    nation_tails: AffixForms
    nation_names: frozenset[str]

    def resolve(self, name: str, region: str) -> AgencyMatch:
        """Return the agency that a cleaned name stands for."""
        bare = _outside_brackets(name)
        found = self._many(name, region) or self._one(name, region) or self._one(bare, region)
        if found is None and any(sign in bare for sign in _PARTING):
            return _unresolved(list(self.jurisdictions.readings(name, region)), name, "resolve.several-bodies")
        found = found or self._ending(bare, region) or self._ending(name, region)
        if found is None:
            return _unresolved(list(self.jurisdictions.readings(name, region)), name, "resolve.unknown-body")
        return self._match(name, *found)

    def _many(self, name: str, region: str) -> tuple[Reading, Hit] | None:
        plural = self.lists.read(name, region)
        if plural is None:
            return None
        whole = Reading(name, region)
        if not plural.rests:
            return whole, self.names.type_hit(plural.type_id, _PLURAL, message("resolve.all-of-a-level", name=name))
        below = replace(whole, lower=True)
        found = _best(_paired(below, self.names.exact(rest) or self.names.composed(rest)) for rest in plural.rests)
        return None if found is None or found[1].kind in ("generic", "territorial") else found

    def _one(self, name: str, region: str) -> tuple[Reading, Hit] | None:
        readings = list(self.jurisdictions.readings(name, region))
        best = _best(self._direct(reading) for reading in readings)
        if best is None or best[1].score < _GOOD:
            best = _best([best, *self._inside(readings, region)])
        return best

    def _ending(self, name: str, region: str) -> tuple[Reading, Hit] | None:
        """Read a name by its end; a city named inside it says whose it is before that (天府新区成都管委会)."""
        readings = list(self.jurisdictions.readings(name, region))
        inside = (each for reading in readings for each in self.jurisdictions.without_places(reading, region))
        afar = (each for each in inside if each.cost and level_of(each.region) != "county")
        return _best(self._loose(each, region) for each in afar) or _best(
            self._loose(each, region) for each in readings
        )

    def _direct(self, reading: Reading) -> tuple[Reading, Hit] | None:
        if not reading.core:
            return self._bare(reading)
        hit = self.names.exact(reading.core) or self.names.composed(reading.core)
        if reading.league and hit is not None and hit.type_id == "party-committee":
            return None  # 团市委: the next reading strips the committee too
        return _paired(reading, hit)

    def _bare(self, reading: Reading) -> tuple[Reading, Hit] | None:
        """Read a name that is all jurisdiction: 团市委, 市委, 市人民政府, 安源区."""
        type_id = "youth-league" if reading.league else "party-committee" if reading.party else "government"
        if type_id not in self.names.agencies or not (reading.league or reading.party or reading.placed):
            return None
        return _paired(
            reading, self.names.type_hit(type_id, _BARE if type_id == "government" else 1.0, message("resolve.a-place"))
        )

    def _inside(self, readings: list[Reading], region: str) -> Iterator[tuple[Reading, Hit] | None]:
        short = [reading for reading in readings if len(reading.core) <= _SEARCHED]
        once = {after: None for reading in short for after in self.jurisdictions.without_places(reading, region)}
        twice = {after: None for reading in once for after in self.jurisdictions.without_places(reading, region)}
        for reading in (*once, *twice):
            yield _paired(reading, self.names.exact(reading.core))

    def _loose(self, reading: Reading, region: str) -> tuple[Reading, Hit] | None:
        core = reading.core
        hit = self.names.close(core) or self.names.qualified(core) or self.names.part(core)
        if hit is not None and self._is_abbreviation(hit.qualifier, region):
            hit = replace(hit, qualifier="")
        return _paired(reading, hit)

    def _is_abbreviation(self, qualifier: str, region: str) -> bool:
        own = self.regions.get(region)
        return len(qualifier) == 1 and own is not None and own.short.startswith(qualifier)

    def _match(self, name: str, reading: Reading, hit: Hit) -> AgencyMatch:
        region = NATION if self._is_national(name, reading, hit) else reading.region
        lower = reading.lower and region != NATION and hit.kind != "generic"
        parts = (_pinyin(reading.unplaced), _pinyin(hit.qualifier), _LOWER if lower else "")
        qualifier = "-".join(part for part in parts if part)
        score = max(0.0, hit.score - reading.cost - (_LOWER_COST if lower else 0.0))
        if region == UNKNOWN_REGION:
            place = reading.unplaced
            reason = message("resolve.place-not-known", name=place) if place else message("resolve.no-region")
            hit, score = replace(hit, reason=reason), min(score, _PLACELESS)
        ending = QUALIFIER + qualifier if qualifier else ""
        return AgencyMatch(f"{region}/{hit.type_id}{ending}", hit.functions, round(score, 2), hit.reason)

    def _is_national(self, name: str, reading: Reading, hit: Hit) -> bool:
        if reading.placed or hit.kind in ("territorial", "generic"):
            return name in self.nation_names
        if name in self.nation_names or self.nation_heads.head(name)[0]:
            return True
        return (
            reading.core == name
            and hit.kind in ("government", "vertical", "mass-organisation")
            and (bool(self.nation_tails.tail(name)[0]))
        )


def compile_resolver(concepts: Concepts) -> AgencyResolver:
    """Compile the tables. Raises DataError where two names of different types become one key."""
    return AgencyResolver(
        regions=concepts.regions,
        names=compile_names(concepts),
        jurisdictions=compile_jurisdictions(concepts),
        lists=compile_lists(concepts),
        nation_heads=affix_forms(concepts, "national"),
        nation_tails=affix_forms(concepts, "national-tail"),
        nation_names=frozenset(affixes_of(concepts, "national-name")),
    )


_resolver = compiled(compile_resolver)


@compiled
def _resolved(name: str, region: str, concepts: Concepts) -> AgencyMatch:
    return _resolver(concepts).resolve(name, region)


def _paired(reading: Reading, hit: Hit | None) -> tuple[Reading, Hit] | None:
    return None if hit is None else (reading, hit)


def _best(found: Iterable[tuple[Reading, Hit] | None]) -> tuple[Reading, Hit] | None:
    """Return the candidate with the highest score; of equals the one with less left over, then the first."""
    known = [pair for pair in found if pair is not None]
    return max(known, key=lambda pair: (pair[1].score - pair[0].cost, -len(pair[1].qualifier)), default=None)


def _unresolved(readings: list[Reading], name: str, reason: str) -> AgencyMatch:
    reading = next((one for one in readings if one.region != NATION and len(one.core) < len(name)), readings[0])
    slug = _pinyin(reading.core) or _pinyin(name) or hashlib.sha256(name.encode()).hexdigest()[:8]
    return AgencyMatch(f"{reading.region}/x-{slug}", (), UNRESOLVED, message(reason))


def cleaned(name: str) -> str:
    """Make widths uniform and drop spaces, control characters and quotation marks."""
    wide = unicodedata.normalize("NFKC", name[:_MAX_LENGTH])
    return "".join(char for char in wide if unicodedata.category(char) not in ("Zs", "Cc", "Cf", "Pi", "Pf", "Cs"))


def _outside_brackets(name: str) -> str:
    depth, kept = 0, []
    for char in name:
        category = unicodedata.category(char)
        depth += category == "Ps"
        if depth <= 0:
            kept.append(char)
        depth -= category == "Pe" and depth > 0
    return "".join(kept)


def _pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin  # its tables take a quarter of a second to load

    syllables = ("".join(c for c in part.lower() if c.isascii() and c.isalnum()) for part in lazy_pinyin(text))
    return "-".join(part for part in syllables if part)

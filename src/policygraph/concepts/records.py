"""Hold canonical things and their names: functions, bodies, regions, indicators, actions, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from policygraph.divisions import Region, RegionChange
from policygraph.knowledge import Knowledge

ENDINGS: Mapping[str, str] = MappingProxyType(
    {"-center": "public-institution", "-association": "mass-organisation", "": "government"}
)  # a composed type: its ending and its kind


@dataclass(frozen=True, slots=True)
class Function:
    """A government function (政府职能), e.g. ``health`` 卫生健康."""

    id: str
    zh: str
    en: str
    definition: str


@dataclass(frozen=True, slots=True)
class AgencyType:
    """A kind of body that exists in many jurisdictions; a merged bureau has several functions."""

    id: str
    zh: str
    en: str
    functions: tuple[str, ...]
    kind: str  # government, party, mass-organisation, public-institution, vertical, enterprise, territorial, generic


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a concept; a strong name is enough by itself, a weak one needs nothing better to be there."""

    name: str
    target: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A level of administration; ``rank`` 1 is the highest."""

    id: str
    zh: str
    en: str
    rank: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a target measures; ``direction`` is what is desired: ``up``, ``down`` or ``none``.

    ``each`` tells that a number without a share's unit is still asked of each place by itself (per thousand persons).
    """

    id: str
    zh: str
    en: str
    unit: str
    direction: str
    action: str
    definition: str = ""
    each: bool = False


@dataclass(frozen=True, slots=True)
class ActionType:
    """A kind of action; ``national`` is its number in 国发〔2019〕13号, empty where a city added it."""

    id: str
    zh: str
    en: str
    national: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that plans cite; ``names`` are titles and short titles under which it is cited."""

    id: str
    number: str
    title: str
    level: str
    region: str
    issuer: str
    date: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reform:
    """What a reform of 2018 or another year made of a kind of body; ``before`` and ``after`` are agency type ids.

    ``replaced`` is false where only duties passed on and the body, or its name, remained. ``began`` is the month of the
    reform in Beijing, ``local_by`` the month by which local bodies had followed (both YYYY-MM, empty where not known).
    ``levels`` are those at which the bodies and their names stood, ``ended_at`` those at which none was left by then,
    ``begun_at`` those at which there was no body of the later kind before ``began``.
    """

    before: str
    after: str
    year: str
    replaced: bool = True
    began: str = ""
    local_by: str = ""
    levels: tuple[str, ...] = ()
    ended_at: tuple[str, ...] = ()
    begun_at: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class RegionName:
    """Another name of a region, or a word that looks like one; ``code`` is empty for what is no region's name."""

    name: str
    code: str
    kind: str  # alias, opening, ordinary, tail, unit, word, letter


@dataclass(frozen=True, slots=True)
class Affix:
    """A word that stands around the core of a name; ``to`` is what it is written as, for the kind ``swap``."""

    form: str
    kind: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Affixes:
    """What stands around the names of things, in the order of the tables."""

    agency: tuple[Affix, ...] = ()
    indicator: tuple[Affix, ...] = ()
    action: tuple[Affix, ...] = ()
    document: tuple[Affix, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Concepts(Knowledge):
    """All concept tables, keyed by identifier; name tables keyed by name. Equal only to itself."""

    functions: Mapping[str, Function]
    agencies: Mapping[str, AgencyType]
    agency_names: Mapping[str, Name]
    morphemes: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, Region]
    levels: Mapping[str, Level]
    indicators: Mapping[str, Indicator]
    indicator_names: Mapping[str, Name]
    actions: Mapping[str, ActionType]
    action_names: Mapping[str, Name]
    documents: Mapping[str, KnownDocument]
    reforms: tuple[Reform, ...]
    region_names: tuple[RegionName, ...] = ()
    region_changes: tuple[RegionChange, ...] = ()
    number_prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # 辽政 -> region code
    affixes: Affixes = Affixes()


def agency_type_of(agency_id: str, concepts: Concepts) -> AgencyType | None:
    """Return the type of an agency identifier, also of a merged bureau that no row lists (``education-culture``).

    What follows ``--`` tells bodies of one type apart and is no part of the type. None for ``x-`` names.
    """
    type_id = agency_id.partition("/")[2].partition("--")[0]
    known = concepts.agencies.get(type_id)
    if known is not None:
        return known
    for ending, kind in ENDINGS.items():
        found = (
            functions_of(type_id.removesuffix(ending), tuple(concepts.functions)) if type_id.endswith(ending) else ()
        )
        if found:
            zh = "、".join(concepts.functions[name].zh for name in found)
            en = ", ".join(concepts.functions[name].en for name in found)
            return AgencyType(type_id, zh, en, found, kind)
    return None


def functions_of(slug: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a slug into function ids that stand in the order of their table; empty where that cannot be."""
    for at, name in enumerate(order):
        if slug == name:
            return (name,)
        rest = functions_of(slug[len(name) + 1 :], order[at + 1 :]) if slug.startswith(f"{name}-") else ()
        if rest:
            return (name, *rest)
    return ()

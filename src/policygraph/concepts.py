"""Load the concept tables of data/concepts into one frozen record that is handed to the rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from policygraph import assets, tables
from policygraph.divisions import Region, RegionChange, with_former
from policygraph.errors import DataError
from policygraph.knowledge import Knowledge

T = TypeVar("T")
_ENDINGS = {
    "-center": "public-institution",
    "-association": "mass-organisation",
    "": "government",
}  # a composed type: its ending and its kind
_AGENCY_AFFIXES = (
    "national",
    "national-tail",
    "national-name",
    "level-province",
    "level-prefecture",
    "level-county",
    "party",
    "party-head",
    "league",
    "government",
    "each",
    "compound",
    "organ",
    "glue",
    "unit-province",
    "unit-prefecture",
    "unit-city",
    "unit-county",
    "unit-township",
    "unit-subdistrict",
    "unit-village",
    "unit-zone",
    "unit-local",
    "tail-bureau",
    "tail-center",
    "tail-association",
    "tail-company",
)
_INDICATOR_AFFIXES = ("prefix", "suffix", "swap", "drop", "filler", "joint", "ordered")
_ACTION_AFFIXES = ("verb", "ending")
_DOCUMENT_FRAMES = ("opens", "closes", "issuer", "year")


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
    """What a target measures; ``direction`` is what is desired: ``up``, ``down`` or ``none``."""

    id: str
    zh: str
    en: str
    unit: str
    direction: str
    action: str
    definition: str = ""


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
    """A body that took the place of another; both are agency type ids."""

    before: str
    after: str
    year: str


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


def load(folder: Path) -> Concepts:
    """Read every table of a concepts folder. Raises DataError where two rows claim one name or identifier."""
    changes = _changes(folder / "region_changes.tsv")
    return Concepts(
        functions=_keyed(
            folder / "functions.tsv", "id", lambda r: Function(r["id"], r["zh"], r["en"], r["definition"])
        ),
        agencies=_keyed(folder / "agencies.tsv", "id", _agency),
        agency_names=_names(folder / "agency_names.tsv", "agency"),
        morphemes=_keyed(folder / "morphemes.tsv", "form", lambda r: _split(r["functions"])),
        regions=with_former(_keyed(folder / "regions.tsv", "code", _region), changes),
        levels=_keyed(folder / "levels.tsv", "id", lambda r: Level(r["id"], r["zh"], r["en"], int(r["rank"]))),
        indicators=_keyed(folder / "indicators.tsv", "id", _indicator),
        indicator_names=_names(folder / "indicator_names.tsv", "indicator"),
        actions=_keyed(folder / "actions.tsv", "id", _action),
        action_names=_names(folder / "action_names.tsv", "action"),
        documents=_keyed(folder / "documents.tsv", "id", _document),
        reforms=tuple(Reform(r["before"], r["after"], r["year"]) for r in tables.read_table(folder / "reforms.tsv")),
        region_names=_region_names(folder / "region_names.tsv"),
        region_changes=changes,
        number_prefixes=_keyed(folder / "number_prefixes.tsv", "prefix", lambda r: r["code"]),
        affixes=Affixes(
            agency=_affixes(folder / "agency_affixes.tsv", _AGENCY_AFFIXES),
            indicator=_affixes(folder / "indicator_affixes.tsv", _INDICATOR_AFFIXES),
            action=_affixes(folder / "action_affixes.tsv", _ACTION_AFFIXES),
            document=_affixes(folder / "document_frames.tsv", _DOCUMENT_FRAMES),
        ),
    )


@cache
def bundled() -> Concepts:
    """Return the concepts that ship with the project."""
    return load(assets.path("data", "concepts"))


def agency_type_of(agency_id: str, concepts: Concepts) -> AgencyType | None:
    """Return the type of an agency identifier, also of a merged bureau that no row lists (``education-culture``).

    What follows ``--`` tells bodies of one type apart and is no part of the type. None for ``x-`` names.
    """
    type_id = agency_id.partition("/")[2].partition("--")[0]
    known = concepts.agencies.get(type_id)
    if known is not None:
        return known
    for ending, kind in _ENDINGS.items():
        found = (
            _functions_of(type_id.removesuffix(ending), tuple(concepts.functions)) if type_id.endswith(ending) else ()
        )
        if found:
            zh = "、".join(concepts.functions[name].zh for name in found)
            en = ", ".join(concepts.functions[name].en for name in found)
            return AgencyType(type_id, zh, en, found, kind)
    return None


def _functions_of(slug: str, order: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a slug into function ids that stand in the order of their table; empty where that cannot be."""
    for at, name in enumerate(order):
        if slug == name:
            return (name,)
        rest = _functions_of(slug[len(name) + 1 :], order[at + 1 :]) if slug.startswith(f"{name}-") else ()
        if rest:
            return (name, *rest)
    return ()


def _region(row: dict[str, str]) -> Region:
    since = int(row.get("since") or 0)
    return Region(row["code"], row["name"], row["short"], row["level"], row["parent"], since)


def _changes(path: Path) -> tuple[RegionChange, ...]:
    """Read the table of former divisions; a concepts folder of one's own may go without it."""
    rows = tables.read_table(path, required=("code", "name", "until", "into", "example")) if path.exists() else []
    return tuple(RegionChange(row["code"], row["name"], int(row["until"]), _split(row["into"])) for row in rows)


def _agency(row: dict[str, str]) -> AgencyType:
    return AgencyType(row["id"], row["zh"], row["en"], _split(row["functions"]), row["kind"])


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        row["id"], row["zh"], row["en"], row["unit"], row["direction"], row["action"], row.get("definition", "")
    )


def _action(row: dict[str, str]) -> ActionType:
    return ActionType(row["id"], row["zh"], row["en"], row["national"], row.get("definition", ""))


def _document(row: dict[str, str]) -> KnownDocument:
    return KnownDocument(
        id=row["id"],
        number=row["number"],
        title=row["title"],
        level=row["level"],
        region=row["region"],
        issuer=row["issuer"],
        date=row["date"],
        names=_split(row["names"]),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _names(path: Path, target: str) -> Mapping[str, Name]:
    return _keyed(path, "name", lambda r: Name(r["name"], r[target], r["strength"] == "strong"))


def _region_names(path: Path) -> tuple[RegionName, ...]:
    rows = tables.read_table(path, required=("name", "code", "kind", "example"))
    return tuple(RegionName(row["name"], row["code"], row["kind"]) for row in rows)


def _affixes(path: Path, kinds: tuple[str, ...]) -> tuple[Affix, ...]:
    """Read an affix table in its order. Raises DataError for a kind that nothing reads and for a doubled row."""
    found: dict[Affix, None] = {}
    for line, row in tables.numbered_rows(path, required=("form", "kind", "example")):
        affix = Affix(row["form"], row["kind"], row.get("to", ""))
        if affix.kind not in kinds or affix in found:
            raise DataError("concepts.affix-doubled", path=path, line=line, form=affix.form, kind=affix.kind)
        found[affix] = None
    return tuple(found)


def _keyed(path: Path, key: str, make: Callable[[dict[str, str]], T]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for line, row in tables.numbered_rows(path, required=(key, "example")):
        if row[key] in found:
            raise DataError("concepts.stands-twice", path=path, line=line, name=row[key])
        found[row[key]] = make(row)
    return MappingProxyType(found)

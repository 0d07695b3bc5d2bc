"""Read the concept tables of a folder, with those of one's own laid over them (:mod:`policygraph.layers`)."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from policygraph import layers
from policygraph.concepts.records import (
    ENDINGS,
    ActionType,
    Affix,
    Affixes,
    AgencyType,
    Concepts,
    Function,
    Indicator,
    KnownDocument,
    Level,
    Name,
    Reform,
    RegionName,
    functions_of,
)
from policygraph.divisions import Region, RegionChange, with_former
from policygraph.errors import DataError
from policygraph.layers import Folders, Line

T = TypeVar("T")
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
    "zone-seat",
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
_AGENCY_KINDS = (
    "government",
    "party",
    "mass-organisation",
    "public-institution",
    "vertical",
    "enterprise",
    "territorial",
    "generic",
    "state-organ",
)
_DIRECTIONS = ("up", "down", "none", "")
_STRENGTHS = ("strong", "weak")
_REFORM_KINDS = ("replaced", "part")
_REFORM = ("before", "after", "kind", "year", "month", "local_by", "level", "ended_at", "begun_at", "source", "example")
_INDICATOR_AFFIXES = ("prefix", "suffix", "swap", "drop", "filler", "joint", "ordered")
_ACTION_AFFIXES = ("verb", "ending", "joint")
_LEVELS = ("each",)
_DOCUMENT_FRAMES = ("opens", "closes", "issuer", "year")


def load(folder: Path, own: Path | None = None) -> Concepts:
    """Read every table of a concepts folder; ``own`` is a folder of more rows for some of the tables.

    Raises DataError where two rows claim one name or identifier, where a row names what no table has, and for an own
    table that is malformed or that nothing would read.
    """
    if own is not None:
        layers.require_known(own, tables_of(folder))
    folders = (folder, own) if own is not None else (folder,)
    functions = _keyed(folders, "functions", "id", _function)
    agencies = _keyed(folders, "agencies", "id", partial(_agency, functions=functions))
    actions = _keyed(folders, "actions", "id", _action)
    each = _asked_of_each(folders)
    indicators = _keyed(folders, "indicators", "id", partial(_indicator, actions=actions, each=each))
    levels = _keyed(folders, "levels", "id", _level)
    changes = _changes(folders)
    return Concepts(
        functions=functions,
        agencies=agencies,
        agency_names=_names(folders, "agency", _Types(agencies, functions)),
        morphemes=_keyed(folders, "morphemes", "form", lambda line: _split(line.cells["functions"])),
        regions=with_former(_keyed(folders, "regions", "code", partial(_region, levels=levels)), changes),
        levels=levels,
        indicators=indicators,
        indicator_names=_names(folders, "indicator", indicators),
        actions=actions,
        action_names=_names(folders, "action", actions),
        documents=_keyed(folders, "documents", "id", _document),
        reforms=_reforms(folders),
        region_names=_region_names(folders),
        region_changes=changes,
        number_prefixes=_keyed(folders, "number_prefixes", "prefix", lambda line: line.cells["code"]),
        affixes=Affixes(
            agency=_affixes(folders, "agency_affixes", _AGENCY_AFFIXES),
            indicator=_affixes(folders, "indicator_affixes", _INDICATOR_AFFIXES),
            action=_affixes(folders, "action_affixes", (*_ACTION_AFFIXES, *actions)),
            document=_affixes(folders, "document_frames", _DOCUMENT_FRAMES),
        ),
    )


def tables_of(folder: Path) -> tuple[str, ...]:
    """Return the names of the tables of a concepts folder."""
    return tuple(sorted(path.stem for path in folder.glob("*.tsv")))


class _Types(Container[str]):
    """The types of agencies: those of the table, and those that are composed of functions."""

    def __init__(self, agencies: Mapping[str, AgencyType], functions: Mapping[str, Function]) -> None:
        self._agencies, self._order = agencies, tuple(functions)

    def __contains__(self, name: object) -> bool:
        bare = [str(name).removesuffix(ending) for ending in ENDINGS if str(name).endswith(ending)]
        return name in self._agencies or any(functions_of(each, self._order) for each in bare)


# ---------------------------------------------------------------- how a record is made of a row


def _function(line: Line) -> Function:
    row = line.cells
    return Function(row["id"], row["zh"], row["en"], row["definition"])


def _level(line: Line) -> Level:
    row = line.cells
    return Level(row["id"], row["zh"], row["en"], layers.require_whole(line, "rank"))


def _region(line: Line, levels: Mapping[str, Level]) -> Region:
    row = line.cells
    since = layers.require_whole(line, "since") if row.get("since") else 0
    return Region(row["code"], row["name"], row["short"], _known(line, "level", levels, "levels"), row["parent"], since)


def _agency(line: Line, functions: Mapping[str, Function]) -> AgencyType:
    row = line.cells
    own = _split(row["functions"])
    if unknown := [each for each in own if each not in functions]:
        raise _no_such_id(line, "functions", unknown[0], "functions")
    return AgencyType(row["id"], row["zh"], row["en"], own, layers.require_word(line, "kind", _AGENCY_KINDS))


def _asked_of_each(folders: Folders) -> frozenset[str]:
    """Return the indicators of which each place is asked the same, whatever the unit of their numbers."""
    found = layers.lines(
        folders, "indicator_levels", ("indicator",), required=("indicator", "levels", "example"), optional=True
    )
    return frozenset(line.cells["indicator"] for line in found if layers.require_word(line, "levels", _LEVELS))


def _indicator(line: Line, actions: Mapping[str, ActionType], each: frozenset[str]) -> Indicator:
    row = line.cells
    direction = layers.require_word(line, "direction", _DIRECTIONS)
    action = _known(line, "action", actions, "actions") if row["action"] else ""
    definition = row.get("definition", "")
    return Indicator(
        row["id"], row["zh"], row["en"], row["unit"], direction, action, definition, each=row["id"] in each
    )


def _action(line: Line) -> ActionType:
    row = line.cells
    return ActionType(row["id"], row["zh"], row["en"], row["national"], row.get("definition", ""))


def _document(line: Line) -> KnownDocument:
    row = line.cells
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


def _known(line: Line, column: str, known: Container[str], table: str) -> str:
    """Return an identifier that another table has. Raises DataError (file, line) where it has not."""
    if line.cells[column] not in known:
        raise _no_such_id(line, column, line.cells[column], table)
    return line.cells[column]


def _no_such_id(line: Line, column: str, cell: str, table: str) -> DataError:
    return DataError("layers.no-such-id", place=line.place, column=column, cell=cell, table=f"{table}.tsv")


# ---------------------------------------------------------------- how a table is read


def _names(folders: Folders, kind: str, known: Container[str]) -> Mapping[str, Name]:
    tables = {"agency": "agencies", "indicator": "indicators", "action": "actions"}

    def name(line: Line) -> Name:
        target = _known(line, kind, known, tables[kind])
        return Name(line.cells["name"], target, layers.require_word(line, "strength", _STRENGTHS) == "strong")

    return _keyed(folders, f"{kind}_names", "name", name)


def _changes(folders: Folders) -> tuple[RegionChange, ...]:
    """Read the table of former divisions; a concepts folder of one's own may go without it."""
    needed = ("code", "name", "until", "into", "example")
    found = layers.lines(folders, "region_changes", ("code", "name"), needed, optional=True)
    return tuple(
        RegionChange(
            line.cells["code"], line.cells["name"], layers.require_whole(line, "until"), _split(line.cells["into"])
        )
        for line in found
    )


def _reforms(folders: Folders) -> tuple[Reform, ...]:
    return tuple(map(_reform, layers.lines(folders, "reforms", ("before", "after"), _REFORM)))


def _reform(line: Line) -> Reform:
    cells = line.cells
    month = cells["month"]
    return Reform(
        before=cells["before"],
        after=cells["after"],
        year=cells["year"],
        replaced=layers.require_word(line, "kind", _REFORM_KINDS) == "replaced",
        began=f"{cells['year']}-{int(month):02}" if month else "",
        local_by=cells["local_by"],
        levels=_split(cells["level"]),
        ended_at=_split(cells["ended_at"]),
        begun_at=_split(cells.get("begun_at", "")),
        source=cells["source"],
    )


def _region_names(folders: Folders) -> tuple[RegionName, ...]:
    found = layers.lines(folders, "region_names", ("name", "code"), required=("name", "code", "kind", "example"))
    return tuple(RegionName(line.cells["name"], line.cells["code"], line.cells["kind"]) for line in found)


def _affixes(folders: Folders, table: str, kinds: tuple[str, ...]) -> tuple[Affix, ...]:
    """Read an affix table in its order. Raises DataError for a kind that nothing reads and for a doubled row."""
    found: dict[Affix, None] = {}
    for line in layers.lines(folders, table, ("form", "kind"), required=("form", "kind", "example")):
        affix = Affix(line.cells["form"], line.cells["kind"], line.cells.get("to", ""))
        if affix.kind not in kinds or affix in found:
            raise DataError(
                "concepts.affix-doubled", path=line.path, line=line.number, form=affix.form, kind=affix.kind
            )
        found[affix] = None
    return tuple(found)


def _keyed(folders: Folders, table: str, key: str, make: Callable[[Line], T]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for line in layers.lines(folders, table, (key,), required=(key, "example")):
        name = line.cells[key]
        if name in found:
            raise DataError("concepts.stands-twice", path=line.path, line=line.number, name=name)
        found[name] = make(line)
    return MappingProxyType(found)

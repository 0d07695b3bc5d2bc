"""Load the words of the language (data/lexicon) into one frozen record that is handed to the pure rooms.

A table is named like the field that holds it; data/lexicon/README.md says what each is for. To add a table, add the
file and a field to the group it belongs to. Tables of one's own are laid over those (:mod:`policygraph.layers`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar, get_type_hints

from policygraph import assets, layers
from policygraph.knowledge import Knowledge
from policygraph.layers import Folders
from policygraph.quantities import Units, load_units

Pairs = Mapping[str, tuple[str, str]]
Forms = Mapping[str, str]  # form -> what it means, "" where the table says no more
G = TypeVar("G")
_NONE: Forms = MappingProxyType({})
_READINGS = "pinyin"


class Parts(Mapping[str, Forms]):
    """Forms by the part they play in a rule; a part that no row plays has none."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Mapping[str, dict[str, str]]) -> None:
        self._parts = {part: MappingProxyType(forms) for part, forms in parts.items()}

    def __getitem__(self, part: str) -> Forms:
        return self._parts.get(part, _NONE)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


# ---------------------------------------------------------------- how a field is read from its table


def _rows(folders: Folders, table: str, *more: str) -> list[dict[str, str]]:
    """Return the rows of a table; one is about its form, and about what ``more`` columns say."""
    key = ("form", *more)
    return [line.cells for line in layers.lines(folders, table, key, required=(*key, "example"))]


def _read_set(folders: Folders, table: str) -> frozenset[str]:
    return frozenset(row["form"] for row in _rows(folders, table))


def _read_forms(folders: Folders, table: str, column: str, source: str = "", position: str = "") -> Forms:
    rows = _rows(folders, source or table, *(("position",) if position else ()))
    return MappingProxyType({row["form"]: row[column] for row in rows if not position or row["position"] == position})


def _read_parts(folders: Folders, table: str, part: str, value: str = "") -> Parts:
    found: dict[str, dict[str, str]] = {}
    for row in _rows(folders, table, part):
        found.setdefault(row[part], {})[row["form"]] = row[value] if value else ""
    return Parts(found)


def _read_pairs(folders: Folders, table: str, first: str, second: str) -> Pairs:
    return MappingProxyType({row["form"]: (row[first], row[second]) for row in _rows(folders, table)})


def _read_comparators(folders: Folders, table: str) -> Mapping[tuple[str, str], str]:
    return MappingProxyType({(row["form"], row["position"]): row["op"] for row in _rows(folders, table, "position")})


def _read_units(folders: Folders, table: str) -> Units:
    return load_units(*(folder / f"{table}.tsv" for folder in folders))


Set = Annotated[frozenset[str], _read_set]
Comparators = Annotated[Mapping[tuple[str, str], str], _read_comparators]


def _column(column: str, source: str = "", position: str = "") -> Callable[[Folders, str], Forms]:
    return partial(_read_forms, column=column, source=source, position=position)


Kinds = Annotated[Forms, _column("kind")]

# ---------------------------------------------------------------- the groups


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """How a text is printed: its script, what stands around it on a page, its headings."""

    variants: Annotated[Pairs, partial(_read_pairs, first="to", second="kind")]  # 檔案 -> (档案, guard)
    taiwan_marks: Set
    furniture: Annotated[Forms, _column("match")]  # -> how a line of the page matches
    part_kinds: Kinds  # word in a part's heading -> kind of what stands below
    heading_ends: Set
    heading_verbs: Set


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """How documents are called, dated, addressed and cited."""

    metadata_labels: Annotated[Forms, _column("field")]  # label -> field
    title_words: Set
    title_starts: Set  # words in the first line of a title that goes on in the next
    document_words: Kinds  # words of titles and around them -> form, document, kind, attribute, ...
    opening_words: Kinds  # how an opening says that the plan is made -> verb, object, pointer, announced
    citation_words: Annotated[Forms, _column("relation")]
    short_names: Set  # 以下简称: what follows is another name of what was named
    addressees: Set


@dataclass(frozen=True, slots=True)
class RoleWords:
    """How a clause says who leads, who supports, who answers."""

    labels: Annotated[Forms, _column("role", source="roles", position="label")]  # label before a list -> role
    verbs: Annotated[Forms, _column("role", source="roles", position="verb")]  # verb after a list -> role
    joins: Annotated[
        Forms, _column("role", source="roles", position="join")
    ]  # verb between two lists -> role of the second
    ways: Annotated[Forms, _column("role", source="roles", position="manner")]  # 共同, before a verb
    grounds: Annotated[Forms, _column("role", source="roles", position="ground")]  # 按 in 按各自职责
    owns: Annotated[Forms, _column("role", source="roles", position="own")]  # 各自
    duties: Annotated[Forms, _column("role", source="roles", position="duty")]  # 职责
    marks: Annotated[Forms, _column("role", source="roles", position="mark")]  # in brackets behind a name -> role
    clause_rules: Annotated[Forms, _column("rule")]  # phrase -> rule
    task_heads: Annotated[Forms, _column("column")]  # word in the head of a task table -> what its column holds


@dataclass(frozen=True, slots=True)
class NameWords:
    """How bodies and places are named, and how lists of them are written."""

    org_tails: Kinds  # end of a name -> kind
    prefixes: Kinds  # start of a name -> kind
    party_organs: Set
    misprints: Annotated[Forms, _column("correct")]
    lent_tails: Kinds  # 人民政府 of 遵义市、铜仁市人民政府 -> what borrows it: zone, division, ...
    territories: Kinds  # words of 各市、县(区)人民政府 -> owner, unit or seat
    asides: Annotated[Forms, _column("place")]  # word of a bracket that is no part of a name -> start or anywhere
    list_ends: Set
    list_joins: Set  # 和, 以及
    place_lookalikes: Set  # place names that are words of everyday administration too
    place_words: Kinds  # words around a place in running text -> what it is there for: brand, partner, ...
    places: frozenset[str]  # names of GB/T 2260 divisions, long and short


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """How numbers, units and comparisons are said."""

    numerals: Annotated[Pairs, partial(_read_pairs, first="kind", second="value")]  # 七 -> (digit, 7)
    amounts: Annotated[Forms, _column("to")]  # 翻一番 -> 增长1倍
    units: Annotated[Units, _read_units]  # 千克 -> 公斤, a mass of 1000; composed ones are read by them
    units_added: Set  # from these units upward a figure adds up over the places of a larger one
    comparators: Comparators  # (form, pre or post) -> operator
    changes: Annotated[Forms, _column("direction")]  # verb -> rise or fall
    standing: Annotated[Forms, _column("per")]  # 每天 -> 天
    hedges: Set
    baselines: Set  # what a change is measured from, where no year is named
    number_words: Annotated[Parts, partial(_read_parts, part="rule")]  # words around and in numbers, by their rule

    def compared(self, position: str) -> tuple[str, ...]:
        """Return the comparators that stand before (``pre``) or behind (``post``) a number."""
        return tuple(form for form, where in self.comparators if where == position)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """How years and periods are said."""

    periods: Annotated[Forms, _column("end")]  # 十四五 -> the year it ends
    period_ends: Set
    lead_words: Set  # words before the 到 of 到2025年
    relative_years: Annotated[Forms, _column("shift")]  # 今年 -> years after the year of writing
    outdated_terms: Annotated[Forms, _column("until_now")]  # 新农合 -> the month it was in use until, what it is now
    awareness_days: Annotated[Forms, _column("days")]  # 世界无烟日 -> its day, first and last day, or month


@dataclass(frozen=True, slots=True)
class TargetWords:
    """How targets are promised, and what only looks like one."""

    trends: Annotated[Parts, partial(_read_parts, part="position")]
    result_words: Kinds  # 零增长, 跻身: a result said in words -> state or rank
    goal_lines: Set  # 主要目标: what a heading or a label calls targets
    goal_openers: Set  # verbs that open a stretch whose number of things is a goal
    assurances: Set  # verbs before a target that are no part of its name
    manners: Set  # 积极新建: words before the verb that say how
    count_verbs: Set  # 建成3所学校: verbs before a number of things
    share_verbs: Set  # 80%以上的村建成…: what the share of a whole does
    qualifiers: Set  # 国家级3家: a part of what was counted before, no name of its own
    table_heads: Annotated[Forms, _column("column")]  # word in the head of a table -> what its column holds
    background_heads: Kinds  # headings of what has been -> where the word stands
    past_marks: Kinds  # 目前, 已, 同比: tells what has been -> opening, verb or report
    instruments: Annotated[
        Parts, partial(_read_parts, part="position")
    ]  # words of subsidies, fees and their conditions


@dataclass(frozen=True, slots=True)
class BodyWords:
    """How coordinating bodies and dated events are spoken of: forms by the rule that reads them."""

    body_words: Annotated[Parts, partial(_read_parts, part="rule", value="value")]
    schedule_words: Annotated[Parts, partial(_read_parts, part="rule", value="value")]
    job_titles: Annotated[Forms, _column("agency")]  # title of a post -> body that it stands for by itself


@dataclass(frozen=True, slots=True)
class GrammarWords:
    """Words that one pattern of the grammar needs and no list of its own: forms by the name of that pattern."""

    rule_words: Annotated[Parts, partial(_read_parts, part="rule")]


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """Words by which two documents' targets are compared: forms by the rule that reads them."""

    verdict_words: Annotated[Parts, partial(_read_parts, part="rule")]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon(Knowledge):
    """All words of the language, in groups. Equal only to itself: what was compiled from it is kept with it."""

    layout: LayoutWords
    documents: DocumentWords
    roles: RoleWords
    names: NameWords
    quantities: QuantityWords
    time: TimeWords
    targets: TargetWords
    bodies: BodyWords
    grammar: GrammarWords
    verdicts: VerdictWords


def load(folder: Path, regions: Path, own: Path | None = None, own_regions: Path | None = None) -> Lexicon:
    """Read every table of a lexicon folder, and the place names of a regions table.

    ``own`` is a folder of more rows for some of the tables, ``own_regions`` a table of more regions; either may be
    missing. Raises TableError for a malformed table, DataError for an own one that is malformed, that nothing would
    read, or that contradicts a row of the lexicon (both files and lines).
    """
    if own is not None:
        layers.require_known(own, tables_of(folder))
    folders = (folder, own) if own is not None else (folder,)
    places = tuple(path.parent for path in (regions, own_regions) if path is not None)
    return Lexicon(
        layout=_group(LayoutWords, folders),
        documents=_group(DocumentWords, folders),
        roles=_group(RoleWords, folders),
        names=_group(NameWords, folders, places=_places(places)),
        quantities=_group(QuantityWords, folders),
        time=_group(TimeWords, folders),
        targets=_group(TargetWords, folders),
        bodies=_group(BodyWords, folders),
        grammar=_group(GrammarWords, folders),
        verdicts=_group(VerdictWords, folders),
    )


def tables_of(folder: Path) -> tuple[str, ...]:
    """Return the names of the tables of a lexicon folder; readings for identifiers belong to no lexicon."""
    return tuple(sorted(path.stem for path in folder.glob("*.tsv") if path.stem != _READINGS))


@cache
def bundled() -> Lexicon:
    """Return the lexicon that ships with the project."""
    return load(assets.path("data", "lexicon"), assets.path("data", "concepts", "regions.tsv"))


def _group(group: type[G], folders: Folders, **given: object) -> G:
    hints = get_type_hints(group, include_extras=True)
    reads = {name: hint.__metadata__[0] for name, hint in hints.items() if name not in given}
    return group(**{name: read(folders, name) for name, read in reads.items()}, **given)


def _places(folders: Folders) -> frozenset[str]:
    """Read the names of divisions and those of former ones beside them, but for ordinary words (市郊区)."""
    names: set[str] = set()
    for line in layers.lines(folders, "regions", ("code",), required=("code", "name", "short")):
        names.update(name for name in (line.cells["name"], line.cells["short"]) if len(name) > 1)
    former = layers.lines(folders, "region_changes", ("code", "name"), optional=True)
    others = layers.lines(folders, "region_names", ("name", "code"), optional=True)
    ordinary = {line.cells["name"] for line in others if line.cells["kind"] == "ordinary"}
    return frozenset(names | {line.cells["name"] for line in former} - ordinary)

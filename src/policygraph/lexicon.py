"""Load the words of the language (data/lexicon) into one frozen record that is handed to the pure rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from policygraph import assets, tables

Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Word tables by form; what a value means is said at each field. Equal only to itself, so it can key a cache."""

    variants: Mapping[str, tuple[str, str]]  # Traditional form -> (Simplified, kind)
    taiwan_marks: frozenset[str]
    furniture: Forms  # form -> how a line matches
    part_kinds: Forms  # word in a part's heading -> kind of what stands below
    heading_ends: frozenset[str]
    heading_verbs: frozenset[str]
    labels: Forms  # label before a list -> role
    verbs: Forms  # verb after a list -> role
    joins: Forms  # verb between two lists -> role of the second
    clause_rules: Forms  # phrase -> rule
    list_ends: frozenset[str]
    org_tails: Forms  # end of a name -> kind
    prefixes: Forms  # start of a name -> kind
    party_organs: frozenset[str]
    misprints: Forms
    comparators: Mapping[tuple[str, str], str]  # (form, pre or post) -> operator
    changes: Forms  # verb -> rise or fall
    units: Forms  # form -> canonical unit
    trends: Mapping[str, tuple[str, ...]]  # position -> forms
    goal_lines: frozenset[str]
    standing: Forms  # 每天 -> 天
    hedges: frozenset[str]
    assurances: frozenset[str]  # verbs before a target that are no part of its name
    metadata_labels: Forms  # label -> field
    title_words: frozenset[str]
    citation_words: Forms
    addressees: frozenset[str]
    numerals: Mapping[str, tuple[str, str]]  # 七 -> (digit, 7), 十 -> (power, 10), 百分之 -> (fraction, %)
    amounts: Forms  # 翻一番 -> 增长1倍
    periods: Forms  # 十四五 -> the year it ends
    period_ends: frozenset[str]
    lead_words: frozenset[str]  # words before the 到 of 到2025年
    relative_years: Forms  # 今年 -> years after the year of writing
    background_heads: Forms  # headings of what has been, where numbers are no targets -> where the word stands
    past_marks: Forms  # 目前, 已, 同比: a sentence or stretch tells what has been -> opening, verb or report
    instruments: Mapping[str, tuple[str, ...]]  # position -> words of subsidies, fees and their conditions
    result_words: Forms  # 零增长, 跻身: a result said in words -> state or rank
    goal_openers: frozenset[str]  # verbs that open a stretch whose number of things is a goal
    list_joins: frozenset[str]  # 和, 以及
    lent_tails: Forms  # 人民政府 of 遵义市、铜仁市人民政府 -> what borrows it: zone, division, street, named
    territories: Forms  # words of 各市、县(区)人民政府 -> owner, unit or seat
    asides: Forms  # word of a bracket that is no part of a name -> start or anywhere
    opening_words: Forms  # how a sentence says that the plan is made -> made, verb, object, announced
    title_starts: frozenset[str]  # words in the first line of a title that goes on in the next
    document_words: Forms  # words of titles and of what stands around them -> form, document, kind, attribute and so on
    short_names: frozenset[str]  # 以下简称: what follows is another name of what was named
    baselines: frozenset[str]  # what a change is measured from, where no year is named
    count_verbs: frozenset[str]  # 建成3所学校: verbs before a number of things
    share_verbs: frozenset[str]  # 80%以上的村建成…: what the share of a whole does
    qualifiers: frozenset[str]  # 国家级3家: a part of what was counted before, no name of its own
    table_heads: Forms  # word in the head of a table of indicators -> what its column holds
    place_lookalikes: frozenset[str]  # place names that are words of everyday administration too
    places: frozenset[str]  # names of GB/T 2260 divisions, long and short


_COLUMNS = {  # tables that map a form to the cell of one column; the table is named like the field
    "furniture": "match",
    "part_kinds": "kind",
    "clause_rules": "rule",
    "org_tails": "kind",
    "prefixes": "kind",
    "misprints": "correct",
    "changes": "direction",
    "units": "canonical",
    "standing": "per",
    "metadata_labels": "field",
    "citation_words": "relation",
    "document_words": "kind",
    "amounts": "to",
    "periods": "end",
    "relative_years": "shift",
    "background_heads": "kind",
    "past_marks": "kind",
    "result_words": "kind",
    "table_heads": "column",
    "lent_tails": "kind",
    "territories": "kind",
    "asides": "place",
    "opening_words": "kind",
}
_SETS = (
    "taiwan_marks", "heading_ends", "heading_verbs", "list_ends", "party_organs", "goal_lines", "hedges", "assurances",
    "title_words", "addressees", "place_lookalikes", "count_verbs", "lead_words", "period_ends", "baselines",
    "short_names", "title_starts", "list_joins", "goal_openers", "share_verbs", "qualifiers",
)  # fmt: skip


def load(folder: Path, regions: Path) -> Lexicon:
    """Read every table of a lexicon folder, and the place names of a regions table."""
    words: dict[str, Any] = {name: _forms(_rows(folder, name), column) for name, column in _COLUMNS.items()}
    words |= {name: frozenset(row["form"] for row in _rows(folder, name)) for name in _SETS}
    roles = _rows(folder, "roles")
    for name, position in (("labels", "label"), ("verbs", "verb"), ("joins", "join")):
        words[name] = _forms([row for row in roles if row["position"] == position], "role")
    comparators = {(row["form"], row["position"]): row["op"] for row in _rows(folder, "comparators")}
    return Lexicon(
        variants=MappingProxyType({row["form"]: (row["to"], row["kind"]) for row in _rows(folder, "variants")}),
        numerals=MappingProxyType({row["form"]: (row["kind"], row["value"]) for row in _rows(folder, "numerals")}),
        comparators=MappingProxyType(comparators),
        trends=_by_position(folder, "trends"),
        instruments=_by_position(folder, "instruments"),
        places=_places(regions),
        **words,
    )


@cache
def bundled() -> Lexicon:
    """Return the lexicon that ships with the project."""
    return load(assets.path("data", "lexicon"), assets.path("data", "concepts", "regions.tsv"))


def _forms(rows: list[dict[str, str]], column: str) -> Forms:
    return MappingProxyType({row["form"]: row[column] for row in rows})


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    return tables.read_table(folder / f"{table}.tsv", required=("form", "example"))


def _by_position(folder: Path, table: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in _rows(folder, table):
        found.setdefault(row["position"], []).append(row["form"])
    return MappingProxyType({position: tuple(forms) for position, forms in found.items()})


def _places(regions: Path) -> frozenset[str]:
    names: set[str] = set()
    for row in tables.read_table(regions, required=("name", "short")):
        names.update(name for name in (row["name"], row["short"]) if len(name) > 1)
    return frozenset(names)

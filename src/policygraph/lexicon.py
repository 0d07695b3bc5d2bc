"""Load the words of the language (data/lexicon) into one frozen record that is handed to the pure rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

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
    place_lookalikes: frozenset[str]  # place names that are words of everyday administration too
    places: frozenset[str]  # names of GB/T 2260 divisions, long and short


def load(folder: Path, regions: Path) -> Lexicon:
    """Read every table of a lexicon folder, and the place names of a regions table."""

    def forms(table: str, column: str) -> Forms:
        return MappingProxyType({row["form"]: row[column] for row in _rows(folder, table)})

    def words(table: str) -> frozenset[str]:
        return frozenset(row["form"] for row in _rows(folder, table))

    roles = _rows(folder, "roles")
    return Lexicon(
        variants=MappingProxyType({r["form"]: (r["to"], r["kind"]) for r in _rows(folder, "variants")}),
        taiwan_marks=words("taiwan_marks"),
        furniture=forms("furniture", "match"),
        part_kinds=forms("part_kinds", "kind"),
        heading_ends=words("heading_ends"),
        heading_verbs=words("heading_verbs"),
        labels=MappingProxyType({r["form"]: r["role"] for r in roles if r["position"] == "label"}),
        verbs=MappingProxyType({r["form"]: r["role"] for r in roles if r["position"] == "verb"}),
        joins=MappingProxyType({r["form"]: r["role"] for r in roles if r["position"] == "join"}),
        clause_rules=forms("clause_rules", "rule"),
        list_ends=words("list_ends"),
        org_tails=forms("org_tails", "kind"),
        prefixes=forms("prefixes", "kind"),
        party_organs=words("party_organs"),
        misprints=forms("misprints", "correct"),
        comparators=MappingProxyType({(r["form"], r["position"]): r["op"] for r in _rows(folder, "comparators")}),
        changes=forms("changes", "direction"),
        units=forms("units", "canonical"),
        trends=_trends(folder),
        goal_lines=words("goal_lines"),
        standing=forms("standing", "per"),
        hedges=words("hedges"),
        assurances=words("assurances"),
        metadata_labels=forms("metadata_labels", "field"),
        title_words=words("title_words"),
        citation_words=forms("citation_words", "relation"),
        addressees=words("addressees"),
        place_lookalikes=words("place_lookalikes"),
        places=_places(regions),
    )


@cache
def bundled() -> Lexicon:
    """Return the lexicon that ships with the project."""
    return load(assets.path("data", "lexicon"), assets.path("data", "concepts", "regions.tsv"))


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    return tables.read_table(folder / f"{table}.tsv", required=("form", "example"))


def _trends(folder: Path) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in _rows(folder, "trends"):
        found.setdefault(row["position"], []).append(row["form"])
    return MappingProxyType({position: tuple(forms) for position, forms in found.items()})


def _places(regions: Path) -> frozenset[str]:
    names: set[str] = set()
    for row in tables.read_table(regions, required=("name", "short")):
        names.update(name for name in (row["name"], row["short"]) if len(name) > 1)
    return frozenset(names)

"""Read the words that stand around the core of a body's name: jurisdictions, party, quantifiers, tails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policygraph import assets, tables
from policygraph.errors import DataError

_KINDS = (
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


@dataclass(frozen=True, slots=True)
class Words:
    """Forms with their kinds, for longest-match lookups."""

    kinds: dict[str, tuple[str, ...]]
    longest: int

    def head(self, text: str, start: int = 0) -> tuple[str, tuple[str, ...]]:
        """Return the longest form that ``text`` has at ``start`` and its kinds; ``("", ())`` if none."""
        for size in range(min(self.longest, len(text) - start), 0, -1):
            form = text[start : start + size]
            if form in self.kinds:
                return form, self.kinds[form]
        return "", ()

    def tail(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return the longest form that ends ``text`` and its kinds; ``("", ())`` if none."""
        for size in range(min(self.longest, len(text)), 0, -1):
            form = text[-size:]
            if form in self.kinds:
                return form, self.kinds[form]
        return "", ()


@dataclass(frozen=True, slots=True)
class Affixes:
    """The rows of agency_affixes.tsv as (form, kind) pairs."""

    pairs: tuple[tuple[str, str], ...]

    def words(self, *kinds: str) -> Words:
        """Return the forms of the given kinds; a kind that ends in ``-`` stands for its whole family."""
        found: dict[str, tuple[str, ...]] = {}
        for form, kind in self.pairs:
            if any(kind.startswith(own) if own.endswith("-") else kind == own for own in kinds):
                found[form] = (*found.get(form, ()), kind)
        return Words(found, _longest(found))

    def forms(self, kind: str) -> tuple[str, ...]:
        """Return the forms of one kind, longest first."""
        return tuple(sorted((form for form, own in self.pairs if own == kind), key=lambda form: (-len(form), form)))


def load_affixes(path: Path) -> Affixes:
    """Read an affix table (columns form, kind, example). Raises DataError for an unknown kind or a doubled row."""
    pairs: list[tuple[str, str]] = []
    for line, row in enumerate(tables.read_table(path, required=("form", "kind", "example")), start=2):
        pair = (row["form"], row["kind"])
        if pair[1] not in _KINDS or pair in pairs:
            raise DataError(f"{path}:{line}: «{pair[0]}» {pair[1]} is doubled or of an unknown kind; mend this row")
        pairs.append(pair)
    return Affixes(tuple(pairs))


@cache
def bundled_affixes() -> Affixes:
    """Return the affixes that ship with the project."""
    return load_affixes(assets.path("data", "concepts", "agency_affixes.tsv"))


def _longest(forms: Iterable[str]) -> int:
    return max((len(form) for form in forms), default=0)

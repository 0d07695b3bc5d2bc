"""Read names that stand for many bodies of one level at once: all districts, all towns, all development zones."""

from __future__ import annotations

from dataclasses import dataclass, field

from policygraph.concepts import Concepts
from policygraph.resolve.agency_affixes import AffixForms, affix_forms

_MUNICIPALITIES = ("11", "12", "31", "50")
_ALONE = frozenset({"township", "subdistrict", "village", "local"})  # plural without a quantifier
_TYPE_OF_UNIT = {
    "province": "provincial-governments",
    "prefecture": "prefecture-governments",
    "county": "district-governments",
    "township": "township-governments",
    "subdistrict": "subdistrict-offices",
    "village": "village-committees",
    "zone": "development-zones",
    "local": "local-governments",
}
_IGNORED_BESIDE = ("local", "zone", "village")  # in this order, when other units are named


@dataclass(frozen=True, slots=True)
class Plural:
    """A list of units: the type it stands for, and the readings of what follows (``住建局`` of every county)."""

    type_id: str
    rests: tuple[str, ...]


@dataclass(slots=True)
class _Scan:
    """What the words of a name have been so far."""

    at: int = 0
    last: str = ""
    many: bool = False  # a quantifier: 各, 有关
    compound: bool = False  # units written as one word: 区县, 县市区
    organ: bool = False
    units: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ListGrammar:
    """Quantifiers, units and organs, compiled."""

    words: AffixForms

    def read(self, name: str, region: str) -> Plural | None:
        """Return what kind of many bodies a name stands for, None where it names a single one."""
        scan = self._scan(name)
        if scan.at < len(name):
            plain = scan.many and bool(scan.units) and not scan.organ
            return Plural(_type_of(scan.units, region), self._rests(name, scan)) if plain else None
        if not (scan.units or scan.organ) or not _is_many(scan):
            return None
        return Plural(_type_of(scan.units or ["local"], region), ())

    def _scan(self, name: str) -> _Scan:
        scan = _Scan()
        while scan.at < len(name):
            form, kinds = self.words.head(name, scan.at)
            if not form and name[scan.at].isalnum():
                break
            scan.at += len(form) or 1
            scan.last = form
            scan.many = scan.many or "each" in kinds
            scan.compound = scan.compound or "compound" in kinds
            scan.organ = scan.organ or "organ" in kinds
            scan.units += [kind.removeprefix("unit-") for kind in kinds if kind.startswith("unit-")]
        return scan

    def _rests(self, name: str, scan: _Scan) -> tuple[str, ...]:
        """Return what follows the units, also with a character given back (县市|场监局, 县|市场监局)."""
        rest, last = name[scan.at :], scan.last
        shorter = last[:-1] in self.words.kinds or (len(last) == 1 and len(scan.units) > 1)
        return (rest, last[-1] + rest) if shorter else (rest,)


def _is_many(scan: _Scan) -> bool:
    alone = bool(scan.units) and scan.units[0] in _ALONE
    listed = len(scan.units) > 1 and {"county", "city"}.issuperset(scan.units)
    return scan.many or scan.compound or alone or (listed and scan.organ)


def compile_lists(concepts: Concepts) -> ListGrammar:
    """Build the grammar from the affix table."""
    return ListGrammar(affix_forms(concepts, "each", "compound", "organ", "unit-", "glue"))


def _type_of(units: list[str], region: str) -> str:
    wide = region.endswith("0000") and region[:2] not in _MUNICIPALITIES
    found = {("prefecture" if wide else "county") if unit == "city" else unit for unit in units}
    for unit in _IGNORED_BESIDE:
        if len(found) > 1:
            found.discard(unit)
    if "province" in found:
        return _TYPE_OF_UNIT["province"]
    if found == {"township", "subdistrict"}:
        found = {"township"}
    return _TYPE_OF_UNIT[found.pop()] if len(found) == 1 else _TYPE_OF_UNIT["local"]

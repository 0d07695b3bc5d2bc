"""Hold the divisions of GB/T 2260, those in force and those that ended, and read what their codes say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

COUNTRY = "100000"
UNITS = frozenset("省市县区州盟旗")  # in which the full name of a division ends
_MUNICIPALITIES = ("11", "12", "31", "50")  # districts stand directly below
_DIRECT = ("90", "00")  # third and fourth digit of counties that a province administers itself, now and before 2003


@dataclass(frozen=True, slots=True)
class Region:
    """A division of GB/T 2260 down to county level; ``parent`` is a code, empty for the country.

    ``since`` is the year in which it began under this code and name, 0 before 1999; ``until`` the year in which it
    ended, 0 while it is in force; ``into`` the codes of what took its place.
    """

    code: str
    name: str
    short: str
    level: str
    parent: str
    since: int = 0
    until: int = 0
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionChange:
    """A name that a division bore under a code until a year; ``into`` has the same code where only the name changed."""

    code: str
    name: str
    until: int
    into: tuple[str, ...]


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above a division, nearest first, up to the country.

    >>> ancestors("410212"), ancestors("110105"), ancestors("419001")
    (('410200', '410000', '100000'), ('110000', '100000'), ('410000', '100000'))
    """
    if code == COUNTRY:
        return ()
    province = code[:2] + "0000"
    if code == province:
        return (COUNTRY,)
    direct = code.endswith("00") or code[2:4] in _DIRECT or code[:2] in _MUNICIPALITIES
    return (province, COUNTRY) if direct else (code[:4] + "00", province, COUNTRY)


def level_of(code: str) -> str:
    """Return the level of a division.

    >>> [level_of(code) for code in ("100000", "210000", "210200", "410212", "110105", "419001")]
    ['national', 'province', 'prefecture', 'county', 'county', 'county']
    """
    if code == COUNTRY:
        return "national"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def contains(outer: str, inner: str) -> bool:
    """Return whether one division is or contains another.

    >>> contains("210000", "210200"), contains("210200", "210200"), contains("210200", "220100")
    (True, True, False)
    """
    return inner == outer or outer in ancestors(inner)


def with_former(current: Mapping[str, Region], changes: Iterable[RegionChange]) -> Mapping[str, Region]:
    """Add the divisions that ended and whose code no other bears now; of several names under a code the last."""
    found = dict(current)
    for change in sorted(changes, key=lambda change: change.until):
        if change.code not in current:
            code, name = change.code, change.name
            found[code] = Region(
                code, name, name, level_of(code), ancestors(code)[0], until=change.until, into=change.into
            )
    return MappingProxyType(found)


def units_of_names(changes: Iterable[RegionChange], regions: Mapping[str, Region]) -> dict[tuple[str, str], str]:
    """Return the code of the division that each former name, (code, name), means.

    Its own; the later code of what goes on under the same name (only the code changed); where the code is another's by
    now, what took its place.
    """
    known = {(change.code, change.name): change for change in changes}
    return {key: _unit_of(change, known, regions) for key, change in known.items()}


def _unit_of(change: RegionChange, known: Mapping[tuple[str, str], RegionChange], regions: Mapping[str, Region]) -> str:
    after = [code for code in change.into if code != change.code and level_of(code) == level_of(change.code)]
    for code in after:
        if (code, change.name) in known:
            return _unit_of(known[code, change.name], known, regions)
        if regions[code].name == change.name:
            return code
    own = regions.get(change.code)
    named = own is not None and own.name == change.name
    return change.code if named or change.code in change.into or not change.into else change.into[0]

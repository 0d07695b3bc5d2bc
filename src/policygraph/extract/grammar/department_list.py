"""Say what a list of bodies is made of: departments alone, or departments and others."""

from __future__ import annotations

from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import starts_with, starts_with_place, tail_kind
from policygraph.lexicon import Lexicon

_DEPARTMENTS = frozenset(("department", "territorial"))
_BODIES = _DEPARTMENTS.union(("proper", "generic"))


def is_department_list(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a stretch is nothing but departments and seats, the first printed with its jurisdiction."""
    kinds = _kinds_of(text, start, end, lexicon)
    return bool(kinds) and set(kinds) <= _DEPARTMENTS


def is_list_of_departments_and_others(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a stretch lists departments and others, most known to be bodies: 市教育局、市体育局,市水务集团."""
    kinds = _kinds_of(text, start, end, lexicon, each="territorial")
    departments = sum(kind in _DEPARTMENTS for kind in kinds)
    return departments > 1 and 2 * sum(map(bool, kinds)) >= len(kinds)


def is_list_of_bodies(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a stretch is nothing but bodies, the first printed with its place, or a bureau: 财政局、某某海关."""
    listed = read_list(text, start, end, lexicon)
    names = [body.name for body in listed.bodies]
    if not names or not all(tail_kind(name, lexicon) in _BODIES for name in names):
        return False
    first = names[0]
    bureaus = tuple(lexicon.grammar.rule_words["bureau-end"])
    known = listed.carry.prefix or first.startswith("各") or starts_with(first, "own", lexicon)
    return bool(known) or starts_with_place(first, lexicon) or (len(first) > 2 and first.endswith(bureaus))


def _kinds_of(text: str, start: int, end: int, lexicon: Lexicon, each: str = "") -> list[str]:
    """Return the kinds of the names of a list whose first is printed with its jurisdiction; else nothing.

    ``each`` is the kind of places that all are meant of: 各县区.
    """
    listed = read_list(text, start, end, lexicon)
    names = [body.name for body in listed.bodies]
    printed = names and (listed.carry.prefix or names[0].startswith("各"))
    if not printed:
        return []
    return [each if each and name.startswith("各") else tail_kind(name, lexicon) for name in names]

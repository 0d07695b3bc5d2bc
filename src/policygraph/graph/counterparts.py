"""Find the counterparts of bodies in the regions above: of the same type, else by function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from policygraph.concepts import AgencyType, Concepts, agency_type_of
from policygraph.graph.regions import above

NO_COUNTERPART = frozenset({"generic", "territorial", "enterprise"})  # kinds that stand in no line of command
_EVERYWHERE = frozenset({"government", "party"})  # kinds of which each level has a body for each function
Counterparts = Mapping[str, tuple[str, ...]]
_Index = Mapping[str, Mapping[str, set[str]]]  # region -> function -> bodies met there


def counterparts(met: Iterable[str], concepts: Concepts) -> Counterparts:
    """Return for each body those above it, up to the nation; bodies that no document names are among them.

    A merged bureau has one for each of its functions. A level without a body of that type that documents name is taken
    to have one for the function; of other kinds than departments of government and party only what is named counts.
    """
    named = set(met)
    index = _index(named, concepts)
    found: dict[str, tuple[str, ...]] = {}
    waiting = sorted(named)
    while waiting:
        body = waiting.pop()
        if body not in found:
            found[body] = tuple(sorted(_above(body, named, index, concepts)))
            waiting.extend(found[body])
    return {body: uppers for body, uppers in found.items() if uppers or body not in named}


def _index(named: Iterable[str], concepts: Concepts) -> _Index:
    index: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for body in named:
        kind = agency_type_of(body, concepts)
        if kind and kind.kind in _EVERYWHERE and "--" not in body:
            for function in kind.functions:
                index[body.partition("/")[0]][function].add(body)
    return index


def _above(body: str, named: set[str], index: _Index, concepts: Concepts) -> set[str]:
    region, _, type_id = body.partition("/")
    kind = agency_type_of(body, concepts)
    if kind is None or kind.kind in NO_COUNTERPART or "--" in type_id:
        return set()
    for code in above(region, concepts):
        same = f"{code}/{type_id}"
        found = {same} if same in named else set(_by_function(code, kind, index, concepts))
        if found:
            return found
    return set()


def _by_function(code: str, kind: AgencyType, index: _Index, concepts: Concepts) -> Iterator[str]:
    """Yield the bodies of a region with the functions of a type, named ones first, else the one it must have."""
    if kind.kind not in _EVERYWHERE:
        return
    for function in kind.functions:
        known = index.get(code, {}).get(function)
        plain = concepts.agencies.get(function)
        if known:
            yield from known
        elif plain and plain.kind in _EVERYWHERE and plain.functions == (function,):
            yield f"{code}/{function}"

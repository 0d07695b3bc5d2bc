"""Name bodies with their place, so that those of different places never share a label."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.concepts import AgencyType, Concepts
from policygraph.divisions import Region
from policygraph.graph.counterparts import NO_COUNTERPART
from policygraph.messages import say

_ENDING = 3  # signs at the end of a full name among which the last sign of a short one is found


def placed(names: Iterable[str], region: Region | None, kind: AgencyType | None, concepts: Concepts) -> str:
    """Return the full name of a body: its place, and the fullest of its names without what names the place alike.

    Where all names are shorter than that of its type and end like it, they are short for it. A body without a name is
    told by its function.
    """
    fullest = max(names, key=lambda name: (len(name), name), default="")
    if not fullest:
        return _unnamed(region, kind, concepts)
    if region is None or not region.parent or _names_place(fullest, region, concepts):
        return fullest
    league = _opening(fullest, "league", concepts)
    rest = _without_unit(fullest.removeprefix(league), region, concepts)
    if league and rest != fullest.removeprefix(league):  # else no unit stands behind it, and it opens another word
        return f"{league}{region.name}{rest}"
    return f"{region.name}{_full(_without_unit(fullest, region, concepts), kind, concepts)}"


def _names_place(name: str, region: Region, concepts: Concepts) -> bool:
    """Tell a name with the place in it; one in its midst (区健康祥符行动) stands for no unit in front."""
    inside = len(region.short) > 1 and region.short in name and _without_unit(name, region, concepts) == name
    return region.name in name or name.startswith(region.short or region.name) or inside


def _opening(name: str, kind: str, concepts: Concepts) -> str:
    """Return the longest affix of a kind that a name begins with."""
    return max(
        (a.form for a in concepts.affixes.agency if a.kind == kind and name.startswith(a.form)), key=len, default=""
    )


def _without_unit(name: str, region: Region, concepts: Concepts) -> str:
    """Take off the unit that stands for the place (市 for 大连市), unless it begins a word of its own (市场监管局)."""
    lengths = (n for n in range(len(region.name), 0, -1) if region.name.endswith(name[:n]))
    length = next(lengths, 0)
    own = name in concepts.agency_names and name[length:] not in concepts.agency_names
    return name if own else name[length:]


def _full(name: str, kind: AgencyType | None, concepts: Concepts) -> str:
    """Return the name of the type for a short form of it; of a body of the party with what says so (市委网信办)."""
    party = _opening(name, "party", concepts)
    core = name.removeprefix(party)
    if kind is None or kind.id not in concepts.agencies or kind.kind in NO_COUNTERPART:
        return name
    short = core and len(core) < len(kind.zh) and core[-1] in kind.zh[-_ENDING:]
    return party + kind.zh if short else name


def _unnamed(region: Region | None, kind: AgencyType | None, concepts: Concepts) -> str:
    known = concepts.functions.get(kind.id) if kind else None
    place = region.name if region else ""
    if known:
        return say("graph.authority", "zh", place=place, function=known.zh)
    return f"{place}{kind.zh}" if kind else ""

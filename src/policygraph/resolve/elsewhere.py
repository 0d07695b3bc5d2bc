"""Tell which of the places that running text names are elsewhere: neither the plan's own nor above or below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policygraph.concepts import Concepts
from policygraph.divisions import COUNTRY, UNITS, ancestors, contains
from policygraph.messages import message
from policygraph.model import BodyRow, RegionRow, ResponsibilityRow
from policygraph.records import replace
from policygraph.resolve.match import Match, matched
from policygraph.resolve.regions import find_regions, resolve_region

_IN_TEXT, _SHORT_OF_COUNTY = 0.95, 0.8
_OF_BODY = "name-of-body"  # the rule of a place in the name of a body that was not told apart by it
_SPOKEN_OF = "brand"  # the rule of a name in the words of a campaign, where a county goes by its short name


def elsewhere(
    rows: Iterable[RegionRow], bodies: Iterable[BodyRow], own: str, year: int, concepts: Concepts
) -> tuple[RegionRow, ...]:
    """Return the rows whose place is elsewhere; none where the plan's own region is not known, or is the country.

    Several places of elsewhere in one clause are meant. One in the name of a body that belongs there is told by the
    body.
    """
    if own in ("", COUNTRY):
        return ()
    known = [(row.body, row.body_id.partition("/")[0]) for row in bodies]
    placed = [which_region(row, own, year, concepts) for row in rows]
    found = [row for row in placed if row.region_id and _is_apart(row.region_id, own, concepts)]
    together: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in found:
        together[row.section, row.quote].add(row.region_id)
    return tuple(
        row
        for row in found
        if len(together[row.section, row.quote]) == 1
        and not any(row.region in body and place == row.region_id for body, place in known)
    )


def places_of_bodies(rows: Iterable[ResponsibilityRow], own: str, year: int, concepts: Concepts) -> Iterator[RegionRow]:
    """Yield the places by whose full name a body is called that was taken for the plan's own: 从化区各医疗机构."""
    told: set[str] = set()
    for row in rows if own else ():
        hit = next(iter(find_regions(row.agency, concepts, own, year)), None)
        begins = hit is not None and hit[0] == 0 and row.agency[hit[1] - 1 : hit[1]] in UNITS
        if hit and begins and row.agency_id.partition("/")[0] == own and row.agency not in told:
            told.add(row.agency)
            proof = replace(row.evidence, rule=_OF_BODY, match=None, note="")
            yield RegionRow(row.doc, row.section, row.agency[: hit[1]], row.surface, hit[2], proof)


def which_region(row: RegionRow, own: str, year: int, concepts: Concepts) -> RegionRow:
    """Return the row with the region that its name means in its clause, as it is where none is known."""
    at = row.quote.find(row.region)
    hits = find_regions(row.quote, concepts, own, year) if at >= 0 else []
    inside = [code for start, end, code in hits if start < at + len(row.region) and at < end]
    if inside:
        return _with(row, Match(inside[-1], _IN_TEXT, message("resolve.region-named-in-text")))
    if row.evidence.rule != _SPOKEN_OF:
        return row
    near = next(iter(ancestors(own)), "") if own else ""
    match = resolve_region(row.region, concepts, near, year)
    if match is None or match.score < _SHORT_OF_COUNTY or not contains(near, match.code):
        return row
    return _with(row, Match(match.code, match.score, match.reason))


def _with(row: RegionRow, match: Match) -> RegionRow:
    return replace(row, region_id=match.id, evidence=matched(row.evidence, match))


def _is_apart(code: str, own: str, concepts: Concepts) -> bool:
    """Tell whether two divisions have nothing to do with each other: neither lies in the other, nor was it once."""
    known = (concepts.regions.get(each) for each in (code, own))
    one, other = ({region.code, *region.into} if region else set() for region in known)
    return not any(contains(a, b) or contains(b, a) for a in one for b in other)

"""Give coordinating bodies, their parties and the posts of persons their identifiers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from policygraph.concepts import Concepts
from policygraph.model import BodyRow
from policygraph.resolve.agencies import QUALIFIER, resolve_agency
from policygraph.resolve.match import Match, matched
from policygraph.slugs import UNKNOWN_REGION, pinyin_slug
from policygraph.terms import BodyRelation

PERSON = "person"


def resolve_bodies(rows: Iterable[BodyRow], region: str, concepts: Concepts) -> tuple[BodyRow, ...]:
    """Return the rows with identifiers for the body, the party and the agencies of the posts.

    A body that stands below another (专家咨询委员会) is told from its like in the same region by that other.
    """
    found = tuple(rows)
    names = {row.body: None for row in found} | {row.party: None for row in found if row.party_id == "body"}
    own = {name: resolve_agency(name, region, concepts).match for name in names}
    above = {row.body: row.party for row in found if row.relation == BodyRelation.SUBORDINATE_OF and row.party in own}
    bodies = {name: _below(own, name, above.get(name, "")) for name in names}
    return tuple(_row(row, bodies, region, concepts) for row in found)


def person_id(name: str, region: str) -> str:
    """Return the identifier of a person: whoever has the same name in the same region is taken for one.

    >>> person_id("温雪琼", "210200")
    'person-210200-wen-xue-qiong-418c2c59'
    """
    digest = hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]
    return f"{PERSON}-{region or UNKNOWN_REGION}-{pinyin_slug(name)}-{digest}"


def _below(own: Mapping[str, Match], name: str, parent: str) -> Match:
    """Add the body above to an identifier that many bodies of a region would share."""
    body = own[name]
    if not parent or QUALIFIER in body.id or name.startswith(parent):
        return body
    return replace(body, id=f"{body.id}{QUALIFIER}{own[parent].id.partition('/')[2].replace(QUALIFIER, '-')}")


def _row(row: BodyRow, bodies: Mapping[str, Match], region: str, concepts: Concepts) -> BodyRow:
    body, party = bodies[row.body], _party(row, bodies, region, concepts)
    return replace(
        row,
        body_id=body.id,
        party_id=party.id,
        agency_id="|".join(_posts(row.agency_id, region, concepts)),
        evidence=matched(row.evidence, min(body, party, key=lambda each: each.score)),
    )


def _party(row: BodyRow, bodies: Mapping[str, Match], region: str, concepts: Concepts) -> Match:
    """Return what a party is; a person is whom the name says."""
    if row.party_id == PERSON:
        return Match(person_id(row.party, region), 1.0, "")
    if row.party in bodies:
        return bodies[row.party]
    return resolve_agency(row.party, region, concepts).match if row.party_id else Match("", 1.0, "")


def _posts(names: str, region: str, concepts: Concepts) -> list[str]:
    """Return the agency of each post of a person by its name; one that is in no table stays empty."""
    found = []
    for name in names.split("、"):
        agency = resolve_agency(name, region, concepts).agency_id if len(name) > 1 else ""
        kind = concepts.agencies.get(agency.partition("/")[2])  # none for a branch or a company of some name
        found.append(agency if kind and kind.kind != "generic" else "")
    return found if any(found) else []

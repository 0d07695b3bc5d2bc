"""Write what a document says about other documents, other places, coordinating bodies and scheduled events."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import pairwise

from rdflib import DCTERMS, URIRef

from policygraph import vocab
from policygraph.concepts import Concepts
from policygraph.graph import iris
from policygraph.graph.nodes import Places
from policygraph.graph.paths import Unique, name_slug
from policygraph.graph.writer import Writer
from policygraph.messages import say
from policygraph.model import BodyRow, CitationRow, Facts, ScheduleRow
from policygraph.slugs import parse_number
from policygraph.terms import POSTS, BodyRelation, Relation
from policygraph.vocab import PG

_DIRECT = {BodyRelation.HOSTED_BY: PG.hostedBy, BodyRelation.SUBORDINATE_OF: PG.subordinateOf}
_SAID = {
    BodyRelation.CHAIR: "graph.chair",
    BodyRelation.VICE_CHAIR: "graph.vice-chair",
    BodyRelation.SECRETARY_GENERAL: "graph.secretary-general",
    BodyRelation.MEMBER: "graph.member",
    BodyRelation.MEMBERS_FROM: "graph.members-from",
    BodyRelation.HOSTED_BY: "graph.hosted-by",
    BodyRelation.SUBORDINATE_OF: "graph.subordinate-of",
    BodyRelation.APPOINTS: "graph.appoints",
    BodyRelation.DRAWS_ON: "graph.draws-on",
}
_EVERY = {
    "annual": "P1Y",
    "semiannual": "P6M",
    "quarterly": "P3M",
    "monthly": "P1M",
    "weekly": "P1W",
    "biennial": "P2Y",
    "every 3 years": "P3Y",
    "every 5 years": "P5Y",
}
_LINKS = {Relation.BASIS: PG.basedOn, Relation.MENTIONS: PG.cites}


def citations(writer: Writer, facts: Facts, where: Places, concepts: Concepts) -> None:
    """Write each citation with title and number as printed, and the link from document to document that it states."""
    unique = Unique()
    for row in facts.citations:
        cited = iris.document(row.document_id) if row.document_id else None
        path = unique(row.document_id or name_slug(row.number or row.title))
        node = iris.below(where.document, "citation", path)
        writer.typed(node, PG.Citation)
        writer.label(node, row.title or row.number)
        writer.add(
            node,
            (PG.inDocument, where.document),
            (PG.citedDocument, cited),
            (PG.citationRelation, vocab.code(row.relation)),
            (PG.citedTitle, vocab.code(row.title)),
            (PG.citedNumber, vocab.code(str(parse_number(row.number) or row.number))),
            (PG.titleLikeness, vocab.decimal(_likeness(row, concepts))),
            (PG.titleReworded, vocab.boolean(True) if _is_reworded(row, concepts) else None),
        )
        writer.fact(node, row, row.quote)
        writer.add(where.document, (_LINKS[Relation(row.relation)], cited))


def _likeness(row: CitationRow, concepts: Concepts) -> Decimal | None:
    """Return how much the printed title is like one of the cited document's: pairs of characters of the shorter.

    None where one of both has no title.
    """
    printed = _pairs(row.title)
    titles = [pairs for pairs in map(_pairs, _known_titles(row, concepts)) if pairs]
    if not titles or not printed:
        return None
    likest = max(Decimal(len(printed & pairs)) / min(len(printed), len(pairs)) for pairs in titles)
    return likest.quantize(Decimal("0.01"))


def _is_reworded(row: CitationRow, concepts: Concepts) -> bool:
    """Tell whether a title has letters that none of the document of the number beside it has in this order."""
    known, printed = concepts.documents.get(row.document_id), _letters(row.title)
    if not (known and printed and row.number) or parse_number(known.number) != parse_number(row.number):
        return False
    return not any(_is_shortened(printed, _letters(title)) for title in _known_titles(row, concepts))


def _is_shortened(title: str, whole: str) -> bool:
    rest = iter(whole)
    return all(sign in rest for sign in title)


def _known_titles(row: CitationRow, concepts: Concepts) -> tuple[str, ...]:
    known = concepts.documents.get(row.document_id)
    return (known.title, *known.names) if known else ()


def _pairs(title: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(_letters(title))))


def _letters(title: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", title) if sign.isalnum())


def names(facts: Facts) -> dict[str, str]:
    """Return the agency identifier of every name that the document's rows resolve."""
    found: dict[str, str] = {}
    for row in facts.responsibilities:
        if row.agency_id:
            found.setdefault(row.agency, row.agency_id)
    for body in facts.bodies:
        if "/" in body.party_id:
            found.setdefault(body.party, body.party_id)
    if facts.resolved("issuer"):
        found.setdefault(facts.value("issuer"), facts.resolved("issuer"))
    return found


def body_id(row: BodyRow, facts: Facts, concepts: Concepts) -> str:
    """Return the agency identifier of the body a row is about; a row without one is known by the body's name."""
    if row.body_id:
        return row.body_id
    known = names(facts)
    if row.body in known:
        return known[row.body]
    region = facts.resolved("region")
    if row.body in concepts.agency_names and region:
        return f"{region}/{concepts.agency_names[row.body].target}"
    return iris.agency_id(row.body, region)


def posts(row: BodyRow) -> tuple[tuple[str, str], ...]:
    """Return (post, agency identifier) for each post of a person or described holder; identifiers may be empty."""
    parts = (row.post or row.party).split("、") if row.relation in POSTS else []
    agencies = row.agency_id.split("|")
    same = len(parts) == len(agencies)
    return tuple(zip(parts, agencies, strict=True)) if same and (row.post or row.agency_id) else ()


def bodies(writer: Writer, facts: Facts, where: Places, concepts: Concepts) -> None:
    """Write each statement about a coordinating body."""
    unique = Unique()
    for row in facts.bodies:
        found = body_id(row, facts, concepts)
        relation = row.relation.replace("_", "-")
        party = str(row.order) if row.order is not None else name_slug(row.party)
        path = unique("/".join((found.rpartition("/")[2], relation, party)))
        node = iris.below(where.document, "body", path)
        writer.typed(node, PG.BodyStatement)
        _body(writer, where, node, iris.agency(found), row)
        if row.relation in POSTS:
            _membership(writer, node, iris.agency(found), row)


def _body(writer: Writer, where: Places, node: URIRef, body: URIRef, row: BodyRow) -> None:
    party = iris.agency(row.party_id) if "/" in row.party_id else None
    writer.add(
        node,
        (PG.inDocument, where.document),
        (PG.inSection, where.section(row.section)),
        (PG.aboutBody, body),
        (PG.role, iris.concept("role", row.relation)),
        (PG.party, party),
        (PG.partyName, vocab.code(row.party)),
        (PG.post, vocab.code(row.post)),
        (PG.order, vocab.integer(row.order)),
    )
    role = say(_SAID[BodyRelation(row.relation)], "zh")
    writer.label(node, f"{row.body} {role} {row.party or row.post}".strip())
    writer.fact(node, row, row.quote)
    if row.relation in _DIRECT:
        writer.add(body, (_DIRECT[row.relation], party))


def _membership(writer: Writer, node: URIRef, body: URIRef, row: BodyRow) -> None:
    """Write who sits in a body, as a person where one is named, and in which agencies the posts are held."""
    writer.typed(node, PG.Membership)
    if row.party_id.startswith("person-"):
        person = iris.person(row.party_id)
        writer.typed(person, PG.Person)
        writer.label(person, row.party)
        writer.add(person, (DCTERMS.identifier, vocab.code(row.party_id)), (PG.sitsIn, body))
        writer.add(node, (PG.person, person))
    for number, (name, agency) in enumerate(posts(row), start=1):
        post = iris.below(node, "post", str(number))
        writer.typed(post, PG.Post)
        writer.label(post, name)
        writer.add(post, (PG.postIn, iris.agency(agency) if agency else None))
        writer.add(node, (PG.holdsPost, post))


def events(writer: Writer, facts: Facts, where: Places, concepts: Concepts) -> None:
    """Write each scheduled event."""
    unique = Unique()
    known = names(facts) | {row.body: body_id(row, facts, concepts) for row in facts.bodies}
    for row in facts.schedule:
        place = where.paths[row.section, ""]
        node = iris.below(where.document, "event", unique(f"{place}/{row.kind}"))
        writer.typed(node, PG.ScheduledEvent)
        writer.label(node, row.event)
        writer.add(
            node,
            (PG.inDocument, where.document),
            (PG.inSection, where.section(row.section)),
            (PG.eventKind, vocab.code(row.kind)),
            (PG.period, vocab.code(row.period)),
            (PG.recurrence, vocab.code(_recurrence(row))),
        )
        _years_and_parties(writer, node, row, known)
        writer.fact(node, row, row.quote)


def regions(writer: Writer, facts: Facts, where: Places) -> None:
    """Write each place of elsewhere that running text names."""
    unique = Unique()
    for row in facts.regions:
        path = unique(row.region_id or name_slug(row.region))
        node = iris.below(where.document, "region-mention", path)
        writer.typed(node, PG.RegionMention)
        writer.label(node, row.region)
        writer.add(
            node,
            (PG.inDocument, where.document),
            (PG.inSection, where.section(row.section)),
            (PG.mentionedRegion, iris.region(row.region_id) if row.region_id else None),
        )
        writer.fact(node, row, row.quote)


def slips(writer: Writer, facts: Facts, where: Places) -> None:
    """Write each slip that a proof reader would mark."""
    unique = Unique()
    for row in facts.slips:
        node = iris.below(where.document, "slip", unique(f"{where.paths[row.section, '']}/{row.evidence.rule}"))
        writer.typed(node, PG.TextSlip)
        writer.label(node, row.slip)
        writer.add(node, (PG.inDocument, where.document), (PG.inSection, where.section(row.section)))
        writer.fact(node, row, row.quote)


def _recurrence(row: ScheduleRow) -> str:
    """Return how often an event comes round, as an ISO 8601 duration; a quarter of no named year comes yearly."""
    if row.period.startswith("quarter "):
        return "" if row.years else "P1Y"
    return _EVERY.get(row.period, "")


def _years_and_parties(writer: Writer, node: URIRef, row: ScheduleRow, known: dict[str, str]) -> None:
    for year in row.years.split("|"):
        writer.add(node, (PG.year, vocab.integer(int(year)) if year.strip().isdecimal() else None))
    for party in filter(None, row.responsible.split("|")):
        body = iris.agency(known[party]) if party in known else None
        writer.add(node, (PG.responsibleName, vocab.code(party)), (PG.responsibleBody, body))

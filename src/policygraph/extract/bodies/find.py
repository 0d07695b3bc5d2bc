"""Find what a text says of its coordinating bodies: seats, offices, what stands below them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from decimal import Decimal

from policygraph.extract.bodies.holders import Party, agency_of_post
from policygraph.extract.bodies.member_lists import ListedMember, has_label, read_list_at
from policygraph.extract.bodies.names import KnownBodies
from policygraph.extract.bodies.rules import Statement, statements
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.sentences import Sentence, Stretch
from policygraph.lexicon import Lexicon
from policygraph.messages import message, noted
from policygraph.model import BodyRow, Outline, Section, Text
from policygraph.records import replace
from policygraph.terms import BodyRelation

_SURE, _NOTED, _UNNAMED, _NOT_KNOWN = Decimal("0.96"), Decimal("0.85"), Decimal("0.7"), Decimal("0.5")
_NO_NAME = message("extract.short-name-only")


def find_bodies(doc: str, outline: Outline, known: KnownBodies) -> tuple[BodyRow, ...]:
    """Return one row for each statement about a coordinating body, in document order, each said once.

    A short name (推进委员会, 推进委) becomes the full one that the document gives anywhere (``known``); where it gives
    none the name stays as printed, and the note says so.
    """
    rows: list[BodyRow] = []
    seen: set[tuple[str, ...]] = set()
    topic = ""
    for stretch in known.stretches:
        more, topic = _rows_of(doc, stretch, outline.text, known, topic)
        for row in more:
            key = (row.section, row.body, row.relation, row.party, row.post)
            if row.body and row.party and key not in seen:
                seen.add(key)
                rows.append(row)
    return tuple(rows)


def _rows_of(doc: str, stretch: Stretch, text: Text, known: KnownBodies, topic: str) -> tuple[list[BodyRow], str]:
    """Return the rows of one stretch, and the body that the text speaks of behind it."""
    run = stretch.run
    said = deque(each for each in stretch.sentences if each.at[0] in known.said)
    rows: list[BodyRow] = []
    if not topic and not said:
        return [], topic  # nothing is said of a body here, and no list goes on
    at = run.start
    while at < run.end:
        line = text.text.find("\n", at, run.end)
        stop = line if line >= 0 else run.end
        if topic and has_label(text.text, at, stop, known.lexicon):
            listed, after = read_list_at(text.text, at, run.end, known.lexicon)
            more = [_listed_row(doc, run.section, text, topic, entry) for entry in listed]
            rows += [_with_agencies(row, known.lexicon) for row in more]
            if listed:
                at = max(stop, after) + 1
                continue
        for sentence in _taken(said, at, stop):
            stated, topic = statements(sentence.text, known.said[sentence.at[0]], known, topic)
            more = [_row(doc, sentence, text, statement) for statement in stated]
            rows += [_with_agencies(row, known.lexicon) for row in more]
        at = stop + 1
    return rows, topic


def _taken(said: deque[Sentence], start: int, end: int) -> Iterator[Sentence]:
    """Take the sentences up to a place; yield those that begin behind ``start``: the others stand in a list."""
    while said and said[0].at[0] < end:
        sentence = said.popleft()
        if sentence.at[0] >= start:
            yield sentence


def _row(doc: str, sentence: Sentence, text: Text, stated: Statement) -> BodyRow:
    start, end = sentence.span(stated.start, stated.end)
    trust = _UNNAMED if not stated.body.sure else _NOTED if stated.party.note else _SURE
    note = noted("" if stated.body.sure else _NO_NAME, stated.party.note)
    return BodyRow(
        doc=doc,
        section=sentence.section.number,
        body=stated.body.name,
        relation=BodyRelation(stated.relation),
        party=stated.party.name,
        post=stated.party.post,
        order=stated.order,
        quote=printed(text, start, end),
        party_id=_kind(stated.party),
        evidence=evidence(text, start, end, trust, note, rule=stated.rule),
    )


def _with_agencies(row: BodyRow, lexicon: Lexicon) -> BodyRow:
    """Name the bodies in which the posts of a person, or of a described holder, are held."""
    if not row.post and (row.order is None or row.party_id):
        return row
    return replace(
        row, agency_id="、".join(agency_of_post(post, lexicon) for post in (row.post or row.party).split("、"))
    )


def _kind(party: Party) -> str:
    """Return what kind of party it is, for the resolver; a described holder has no identifier."""
    return "" if party.kind == "holder" else party.kind


def _listed_row(doc: str, section: Section, text: Text, body: str, entry: ListedMember) -> BodyRow:
    party = entry.party
    trust = _SURE if party.post or party.note or party.kind == "agency" else _NOTED
    trust = _NOT_KNOWN if party.circumstance else trust
    rule = f"roster-line:{party.circumstance}" if party.circumstance else "roster-line"
    note = party.note or ("" if party.post or party.kind == "agency" else message("extract.no-post"))
    return BodyRow(
        doc=doc,
        section=section.number,
        body=body,
        relation=BodyRelation(entry.relation),
        party=party.name,
        post=party.post,
        order=entry.order if party.kind == "person" else None,
        quote=printed(text, party.start, party.end),
        party_id=_kind(party),
        evidence=evidence(text, party.start, party.end, trust, note, rule=rule),
    )

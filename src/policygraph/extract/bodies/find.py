"""Find what a text says of its coordinating bodies: seats, offices, what stands below them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from policygraph.extract.bodies.holders import Party
from policygraph.extract.bodies.member_lists import Listed, has_label, read_list_at
from policygraph.extract.bodies.names import Names, collect
from policygraph.extract.bodies.rules import Statement, statements
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.rule_words import trigger
from policygraph.extract.grammar.sentences import Sentence, of_run, runs, sentences
from policygraph.lexicon import Lexicon
from policygraph.model import BodyRow, Outline, Section, Text

_SURE, _NOTED, _UNNAMED = Decimal("0.96"), Decimal("0.85"), Decimal("0.7")
_NO_NAME = "简称,文中无全称 (a short name; the text does not give the full one)"


def find_bodies(doc: str, outline: Outline, lexicon: Lexicon, names: Names | None = None) -> tuple[BodyRow, ...]:
    """Return one row for each statement about a coordinating body, in document order, each said once.

    A short name (推进委员会, 推进委) becomes the full one that the document gives anywhere; where it gives
    none the name stays as printed, and the note says so. ``names`` are what ``body_names`` gave, if it was asked.
    """
    names = names or body_names(outline)
    names.topic = ""
    rows: list[BodyRow] = []
    seen: set[tuple[str, ...]] = set()
    for section in outline.sections:
        for row in _section_rows(doc, section, outline.text, names, lexicon):
            key = (row.section, row.body, row.relation, row.party, row.post)
            if row.body and row.party and key not in seen:
                seen.add(key)
                rows.append(row)
    return tuple(rows)


def body_names(outline: Outline) -> Names:
    """Return the coordinating bodies that a document names, to resolve short names with."""
    return collect(sentences(outline, trigger()))


def _section_rows(doc: str, section: Section, text: Text, names: Names, lexicon: Lexicon) -> Iterator[BodyRow]:
    for start, end, heading in runs(section, text):
        if not names.topic and not trigger().search(text.text, start, end):
            continue  # nothing is said of a body here, and no list goes on
        at = start
        while at < end:
            line = text.text.find("\n", at, end)
            stop = line if line >= 0 else end
            if names.topic and has_label(text.text, at, stop):
                listed, after = read_list_at(text.text, at, end, lexicon)
                yield from (_listed_row(doc, section, text, names, item) for item in listed)
                stop = max(stop, after) if listed else stop
                if listed:
                    at = stop + 1
                    continue
            for sentence in of_run(text.text, (at, stop), section, trigger(), heading):
                found = statements(sentence.text, names, lexicon)
                yield from (_row(doc, sentence, text, item) for item in found)
            at = stop + 1


def _row(doc: str, sentence: Sentence, text: Text, found: Statement) -> BodyRow:
    start, end = sentence.span(found.start, found.end)
    trust = _UNNAMED if not found.body.sure else _NOTED if found.party.note else _SURE
    note = "; ".join(part for part in ("" if found.body.sure else _NO_NAME, found.party.note) if part)
    return BodyRow(
        doc=doc,
        section=sentence.section.number,
        body=found.body.name,
        relation=found.relation,
        party=found.party.name,
        post=found.party.post,
        order=found.order,
        quote=printed(text, start, end),
        party_id=_kind(found.party),
        evidence=evidence(text, start, end, trust, note),
    )


def _kind(party: Party) -> str:
    """Return what kind of party it is, for the resolver; a described holder has no identifier."""
    return "" if party.kind == "holder" else party.kind


def _listed_row(doc: str, section: Section, text: Text, names: Names, item: Listed) -> BodyRow:
    party = item.party
    trust = _SURE if party.post or party.note or party.kind == "agency" else _NOTED
    note = party.note or ("" if party.post or party.kind == "agency" else "名单未写职务 (the list gives no post)")
    return BodyRow(
        doc=doc,
        section=section.number,
        body=names.topic,
        relation=item.relation,
        party=party.name,
        post=party.post,
        order=item.order if party.kind == "person" else None,
        quote=printed(text, party.start, party.end),
        party_id=_kind(party),
        evidence=evidence(text, party.start, party.end, trust, note),
    )

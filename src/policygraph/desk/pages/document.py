"""The page of one document: its text with every fact marked in it, or its facts by section with their quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from policygraph import pipeline
from policygraph.desk import asking, frame, holdings, marking, shown
from policygraph.desk.asking import ToldError
from policygraph.desk.holdings import Held
from policygraph.desk.marking import Shown
from policygraph.desk.pages.documents import TAB
from policygraph.desk.visit import Page, Visit
from policygraph.facts import words
from policygraph.model import ResponsibilityRow
from policygraph.terms import Relation
from policygraph.vocab import document_graph, thing

_MOST = 32  # documents whose facts are kept as they are sent
_HEAD = ("number", "issuer", "date_issued", "region", "level", "addressee", "source_file", "source_url")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the list of facts: its number and heading, its anchor, what it states."""

    number: str
    heading: str
    key: str
    facts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A body in a clause: its fact, its role as a word, its identifier."""

    fact: Shown
    role: str
    name: str
    id: str


def show(visit: Visit) -> Response:
    """Show a document: in its text where that is at hand, else by section."""
    held = holdings.document(visit.desk, visit.part("name"))
    if held is None:
        return _without_tables(visit)
    facts = marking.shown(held.facts, visit.language)
    path, source = holdings.source(visit.desk, held)
    by_text = source is not None and visit.given("view") != "facts"
    values: dict[str, Any] = {
        "title": held.facts.value("title") or held.facts.doc,
        "tab": TAB,
        "held": held,
        "iri": str(thing("document", held.slug)),
        "graph": str(document_graph(held.slug)),
        "head": _head(visit, held),
        "basis": [row for row in held.facts.citations if row.relation is Relation.BASIS],
        "counts": [(word, len(getattr(held.facts, table))) for table, word in _tables(visit)],
        "outline": [(f, _depth(f.section)) for f in facts if f.table == "structure"],
        "open": [each for each in facts if {"unread", "doubt"} & set(each.classes)],
        "has_text": source is not None,
        "changed": path is not None and source is None,
    }
    if by_text and source:
        text = frame.markup(marking.marked(source.text, facts))
        unplaced = [each for each in facts if each.evidence.start is None]
        return frame.page(visit, "text.html", text=text, unplaced=unplaced, **values)
    bodies = _bodies(visit, held, facts)
    clauses = [f for f in facts if f.table == "clauses"]
    named = {fact.key: bodies.get(_clause_key(held, fact), ()) for fact in clauses}
    return frame.page(visit, "facts.html", parts=_parts(facts), named=named, **values)


def as_json(visit: Visit) -> Response:
    """Return every fact of a document, by its key: what it says, its rule, how sure it is, its address."""
    held = holdings.document(visit.desk, visit.part("name"))
    if held is None:
        raise ToldError.of(404, "desk.no-document", name=visit.part("name"))
    made = visit.desk.kept.setdefault("facts", {})
    assert isinstance(made, dict)
    key = (held, visit.language)  # of other tables it is another object
    body = made.get(key)
    if body is None:
        if len(made) >= _MOST:
            made.clear()
        body = made[key] = JSONResponse(_told_of(visit, held)).body
    return Response(body, media_type="application/json")


def _told_of(visit: Visit, held: Held) -> dict[str, object]:
    address = pipeline.fact_addresses(held.facts, visit.desk.study)
    found: dict[str, object] = {}
    for fact in marking.shown(held.facts, visit.language):
        iri = address(marking.row_of(held.facts, fact))
        found[fact.key] = {
            "kind": dict(_tables(visit))[fact.table],
            "says": fact.says,
            "section": fact.section,
            "classes": list(fact.classes),
            "cells": [*fact.cells, *_proof(visit, fact)],
            "iri": str(iri) if iri else "",
            "page": visit.url(f"/id/{str(iri).partition('/id/')[2]}") if iri else "",
        }
    return found


def _proof(visit: Visit, fact: Shown) -> list[tuple[str, str]]:
    """Return how a fact was read and how far it can be trusted, with headings."""
    proof = fact.evidence
    told = (
        ("desk.rule", proof.rule),
        ("desk.confidence", shown.plain(proof.confidence)),
        ("desk.match", shown.plain(proof.match)),
        ("desk.status", shown.word(visit.language, "status", proof.status)),
        ("desk.note", visit.render(proof.note)),
    )
    return [(visit.said(key), value) for key, value in told if value]


def _tables(visit: Visit) -> list[tuple[str, str]]:
    """Return the tables of facts, and what they are called."""
    return [(table, words.sheet(table) if visit.language == "zh" else table) for table in marking.KINDS]


def _head(visit: Visit, held: Held) -> list[tuple[str, str, str]]:
    """Return what a document says of itself: heading, value, the address of the page of what is named."""
    found = []
    for name in _HEAD:
        value, id = held.facts.value(name), held.facts.resolved(name)
        if value:
            heading = words.choices("field")[name] if visit.language == "zh" else name.replace("_", " ")
            page = {"issuer": "/agency/", "region": "/place/"}.get(name, "")
            said = shown.word(visit.language, name, value)
            found.append((heading, said, visit.url(page + id) if page and id else ""))
    return found


def _bodies(visit: Visit, held: Held, facts: Sequence[Shown]) -> Mapping[tuple[str, str, int], Sequence[Named]]:
    found: dict[tuple[str, str, int], list[Named]] = {}
    for fact in facts:
        row = marking.row_of(held.facts, fact)
        if isinstance(row, ResponsibilityRow):
            role = shown.word(visit.language, "role", row.role)
            found.setdefault((row.section, row.action, row.clause), []).append(
                Named(fact, role, row.agency, row.agency_id)
            )
    return found


def _clause_key(held: Held, fact: Shown) -> tuple[str, str, int]:
    row: Any = marking.row_of(held.facts, fact)
    return row.section, row.action, row.clause


def _parts(facts: Sequence[Shown]) -> list[Part]:
    """Return the facts by section, in the order of the headings; those of none stand last."""
    heads = {fact.section: fact for fact in reversed(facts) if fact.table == "structure"}
    stated: dict[str, list[Shown]] = {fact.section: [] for fact in facts if fact.table == "structure"}
    for fact in facts:
        if fact.table not in ("structure", "responsibilities"):
            stated.setdefault(fact.section, []).append(fact)
    none = stated.pop("", [])
    parts = [
        Part(
            number,
            heads[number].says if number in heads else "",
            heads[number].key if number in heads else f"part-{at}",
            tuple(found),
        )
        for at, (number, found) in enumerate(stated.items())
    ]
    return [*parts, *([Part("", "", "rest", tuple(none))] if none else [])]


def _depth(section: str) -> int:
    """Return how deep a printed number stands: 三(一)1 in the third row."""
    plain = section.rpartition("/")[2]
    return min(3, 1 + ("(" in plain or "(" in plain) + (plain[-1:].isdigit() and len(plain) > 1))


def _without_tables(visit: Visit) -> Response:
    """Show a document of the store whose tables are not at hand: what can be asked about it."""
    name = visit.part("name")
    rows = [row for row in asking.records(visit, "documents") if row["document"] == name]
    if not rows:
        raise ToldError.of(404, "desk.no-document", name=name)
    asked = [each for each in visit.desk.study.questions if any(p.name == "document" for p in each.parameters)]
    return frame.page(
        visit, "stored.html", title=str(rows[0]["title"] or name), tab=TAB, name=name, row=rows[0], questions=asked
    )


PAGES = (Page("/document/{name}", show), Page("/document/{name}/facts.json", as_json))

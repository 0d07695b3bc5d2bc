"""The path of an indicator or action from the nation to the county: a picture, and every hop with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from starlette.responses import Response

from policygraph.desk import asking, chain, frame, verdicts
from policygraph.desk.asking import ToldError
from policygraph.desk.labels import labels, levels
from policygraph.desk.matrix import Document, documents
from policygraph.desk.sayings import NO_DATA, Record, Saying, gathered, said
from policygraph.desk.visit import Page, Visit
from policygraph.divisions import contains
from policygraph.query.sidebyside import records

Told = dict[str, list[Saying]]


def indicator(visit: Visit) -> Response:
    """Show how a target moves: what each document asks, in which words, and what became of what is above it."""
    name, region = visit.part("name"), visit.given("region")
    label = _label(visit, "target-path", "indicator", name)
    path = records(asking.rows(visit, "target-path", indicator=name, region=region))
    words = records(asking.rows(visit, "words-of-targets", indicator=name))
    told: Told = {}
    reasons = _reasons(visit, name)
    for row in path:
        told.setdefault(str(row["document"]), []).append(_on_path(visit, row, reasons))
    quotes: dict[tuple[str, int], list[Record]] = {}
    for row in words:
        quotes.setdefault((str(row["document"]), int(row["year"] or 0)), []).append(row)
    return _page(visit, "targets", label, told, quotes)


def action(visit: Visit) -> Response:
    """Show how an action is taken over, and who leads it in each document."""
    name, region = visit.part("name"), visit.given("region")
    label = _label(visit, "action-coverage", "action", name)
    told: Told = {}
    for by in ("actions", "leads"):
        for each in gathered(visit, by, visit.given("scope") if by == "leads" else ""):
            if each.line == name and (by == "actions" or each.said or each.verdict != NO_DATA):
                told.setdefault(each.document, []).append(_led(visit, each) if by == "leads" else each)
    codes = {each.id: each.code for each in documents(visit)}
    near = {id: rows for id, rows in told.items() if _is_near(codes.get(id, ""), region)}
    return _page(visit, "actions", label, near, {})


def _led(visit: Visit, each: Saying) -> Saying:
    return replace(each, said=visit.said("desk.led-by", names=each.said)) if each.said else each


def _is_near(code: str, region: str) -> bool:
    return not region or not code or contains(region, code) or contains(code, region)


def _label(visit: Visit, question: str, parameter: str, name: str) -> str:
    """Return what a thing is called. Raises ToldError where it does not exist."""
    known = labels(visit, question, parameter)
    if name not in known:
        raise ToldError.of(404, "desk.no-such-thing", name=name)
    return known[name]


def _on_path(visit: Visit, row: Record, reasons: dict[tuple[str, int], Record]) -> Saying:
    document, year = str(row["document"]), int(row["year"] or 0)
    why = reasons.get((document, year)) or {}
    words = said(visit, row) if row["comparator"] else ""
    above = str(row["ancestor_number"] or row["ancestor_title"] or row["ancestor"] or "")
    step = f"{why['step']:+g}" if why.get("step") else ""
    verdict = str(row["verdict"] or "")
    reason = str(why.get("reason") or "") if why.get("verdict") == verdict else ""
    is_unsure = row["status"] in ("unchecked", "disputed")
    return Saying(document, "", "", year, words, verdict, step, is_unsure, above, reason)


def _reasons(visit: Visit, name: str) -> dict[tuple[str, int], Record]:
    """Return why each verdict on an indicator was given, and by how much."""
    found = records(asking.rows(visit, "departures", indicator=name, language=visit.language))
    return {(str(row["document"]), int(row["year"] or 0)): row for row in found}


def _page(visit: Visit, by: str, label: str, told: Told, quotes: dict[tuple[str, int], list[Record]]) -> Response:
    shown = [each for each in documents(visit) if each.id in told]
    links = _links(visit, shown, told)
    drawn = chain.picture(shown, told, links)
    places = records(asking.rows(visit, "documents-of-places"))
    return frame.page(
        visit,
        "cascade_path.html",
        title=visit.said("desk.path-of", name=label),
        tab="desk.tab-cascade",
        by=by,
        picture=drawn,
        hops=list(_hops(shown, told, quotes)),
        levels=levels(visit),
        legend=_legend(told),
        look=verdicts.look,
        region=visit.given("region"),
        regions={str(row["code"]): str(row["region"]) for row in places if row["level"] != "national"},
    )


def _legend(told: Told) -> list[verdicts.Look]:
    """Return the looks that occur, in the order of the legends."""
    seen = {(each.by, each.verdict) for rows in told.values() for each in rows}
    found = (look for by in verdicts.LEGENDS for look in verdicts.legend(by) if (by, look.name) in seen)
    return list({(look.colour, look.key): look for look in found}.values())


def _links(visit: Visit, shown: Sequence[Document], told: Told) -> list[tuple[str, str, str]]:
    """Return the lines of the picture: from each document to those based on it, and which of them were compared."""
    held = {each.id for each in shown}
    numbered = {str(row["number"] or row["title"]): str(row["document"]) for row in _documents(visit)}
    compared = {(numbered.get(each.above, each.above), id) for id, rows in told.items() for each in rows if each.above}
    based = records(asking.rows(visit, "document-links"))
    pairs = {(str(row["basis"]), str(row["document"])) for row in based} | compared
    return sorted(
        (above, below, "hop" if (above, below) in compared else "basis")
        for above, below in pairs
        if {above, below} <= held and above != below
    )


def _documents(visit: Visit) -> list[Record]:
    return records(asking.rows(visit, "documents"))


def _hops(
    shown: Sequence[Document], told: Told, quotes: dict[tuple[str, int], list[Record]]
) -> Iterator[tuple[Document, list[tuple[Saying, list[Record]]]]]:
    """Yield each document with what it says, and the words it says it in."""
    for each in shown:
        rows = told[each.id]
        if all(row.verdict == NO_DATA and not row.said for row in rows):
            rows = rows[:1]
        yield each, [(row, quotes.get((each.id, row.year), []) if row.said else []) for row in rows]


PAGES = (
    Page("/cascade/indicator/{name}", indicator, tab="desk.tab-cascade"),
    Page("/cascade/action/{name}", action, tab="desk.tab-cascade"),
)

"""The bodies: an index with search, and a page each of what it leads and supports, with whom, above and below."""

from __future__ import annotations

from starlette.responses import Response

from policygraph.desk import asking, frame, shown
from policygraph.desk.asking import ToldError
from policygraph.desk.visit import Page, Visit
from policygraph.rows import Rows
from policygraph.vocab import thing

TAB = "desk.tab-agencies"
# The roles of a body, and what its clauses in each are called.
_ROLES = {
    "lead": "desk.it-leads",
    "responsible": "desk.it-answers",
    "support": "desk.it-supports",
    "implement": "desk.it-implements",
}


def show(visit: Visit) -> Response:
    """Show the bodies that fit what was typed and chosen."""
    every = asking.records(visit, "agencies")
    words = visit.given("q").casefold().split()
    found = [row for row in every if _fits(visit, row, words)]
    regions = sorted({str(row["region"]) for row in every if row["region"]})
    for row in found:
        row["functions"] = functions(visit, str(row["functions"] or ""))
    return frame.page(
        visit, "agencies.html", title=visit.said(TAB), tab=TAB, found=found, total=len(every), regions=regions
    )


def _fits(visit: Visit, row: dict[str, object], words: list[str]) -> bool:
    text = f"{row['agency']} {row['name']} {row['region']} {functions(visit, str(row['functions'] or ''))}".casefold()
    named = bool(row["roles"]) or visit.given("every")
    return bool(named) and visit.given("region") in ("", row["region"]) and all(word in text for word in words)


def functions(visit: Visit, listed: str) -> str:
    """Return functions, as the catalogue lists them, by their names."""
    known = visit.desk.study.concepts.functions
    names = [known[each] for each in listed.split("|") if each in known]
    return visit.said("desk.listed").join(each.zh if visit.language == "zh" else each.en for each in names)


def agency(visit: Visit) -> Response:
    """Show one body."""
    id = visit.part("id")
    row = next((each for each in asking.records(visit, "agencies") if each["agency"] == id), None)
    if row is None:
        raise ToldError.of(404, "desk.no-agency", name=id)
    clauses = asking.rows(visit, "clauses-of-agency", agency=id)
    roles = [
        (key, shown.table(visit, _with(clauses, "role", role), ("role", "agency", "name")))
        for role, key in _ROLES.items()
    ]
    names = sorted(
        {str(each["name"]) for each in asking.records(visit, "names-of-agencies", agency=id)} - {str(row["name"])}
    )
    pairs = asking.rows(visit, "counterparts")
    return frame.page(
        visit,
        "agency.html",
        title=str(row["name"]),
        tab=TAB,
        row=row,
        iri=str(thing("agency", id)),
        functions=functions(visit, str(row["functions"] or "")),
        names=names,
        place=id.partition("/")[0],
        roles=[(key, table) for key, table in roles if table.rows],
        partners=shown.table(visit, asking.rows(visit, "partners-of-agency", agency=id), ("agency",)),
        targets=shown.table(visit, asking.rows(visit, "targets-of-agency", agency=id), ("agency", "indicator")),
        above=shown.table(visit, _with(pairs, "agency", id), ("agency", "name", "leads", "supports")),
        below=shown.table(visit, _with(pairs, "above", id), ("above", "above_name", "above_leads", "above_supports")),
        members=shown.table(visit, asking.rows(visit, "members-of-body", body=id), ("body", "name", "role")),
    )


def _with(rows: Rows, column: str, value: str) -> Rows:
    """Return the rows that have a value in a column."""
    at = rows.columns.index(column)
    return Rows(rows.columns, tuple(row for row in rows.rows if row[at] == value))


PAGES = (Page("/agencies", show, tab=TAB), Page("/agency/{id:path}", agency))

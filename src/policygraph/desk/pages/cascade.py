"""The cascade as a table: what each document says of each indicator or action, and how that differs from above."""

from __future__ import annotations

from starlette.responses import Response

from policygraph.desk import asking, files, frame, verdicts
from policygraph.desk.asking import ToldError
from policygraph.desk.labels import levels
from policygraph.desk.matrix import Matrix, Wanted, documents, laid_out
from policygraph.desk.sayings import SCOPES, gathered
from policygraph.desk.visit import Page, Visit
from policygraph.query.sidebyside import BESIDE, records
from policygraph.web.jobs import Job

_TITLES = {
    "targets": "desk.cascade-targets",
    "actions": "desk.cascade-actions",
    "leads": "desk.cascade-leads",
}
_SCOPES = {"parent": "desk.scope-parent", "national": "desk.scope-national", "peers": "desk.scope-peers"}
_GIVEN = ("by", "scope", "level", "region", "action", "year", "verdict", "all")


def show(visit: Visit) -> Response:
    """Show the table, with what it can be narrowed to."""
    by, scope = _by(visit), _scope(visit)
    table = _table(visit, by, scope)
    return frame.page(
        visit,
        "matrix.html",
        title=visit.said(_TITLES[by]),
        tab="desk.tab-cascade",
        table=table,
        by=by,
        kinds=_TITLES,
        scope=scope,
        scopes={name: _SCOPES[name] for name in SCOPES[by]},
        legend=verdicts.legend(by),
        look=verdicts.look,
        given={name: visit.given(name) for name in _GIVEN},
        lists=_lists(visit),
        forms=files.FORMS,
    )


def download(visit: Visit) -> Response:
    """Send the documents that the table shows as a file, in the layout of ``compare``."""
    by, scope = _by(visit), _scope(visit)
    shown = _table(visit, by, scope).documents
    if not shown:
        raise ToldError.of(404, "desk.nothing-compared")
    title = f"{visit.said(_TITLES[by])}\n{visit.said(BESIDE[scope])}"
    told = (("scope", scope), ("language", visit.language), ("title", title))
    job = Job("compare", by, visit.part("form"), (*told, *(("document", each.id) for each in shown)))
    return files.sent(asking.done(visit.desk, job), f"cascade-{by}", visit.part("form"))


def _by(visit: Visit) -> str:
    by = visit.given("by") or "targets"
    if by not in _TITLES:
        raise ToldError.of(404, "desk.no-such-comparison", by=by, known=list(_TITLES))
    return by


def _scope(visit: Visit) -> str:
    known = SCOPES[_by(visit)]
    return visit.given("scope") if visit.given("scope") in known else known[0]


def _table(visit: Visit, by: str, scope: str) -> Matrix:
    year = visit.given("year")
    wanted = Wanted(
        visit.given("level"),
        visit.given("region"),
        _lines_of(visit, by),
        int(year) if year.isdecimal() else 0,
        visit.given("verdict"),
        bool(visit.given("all")),
    )
    return laid_out(documents(visit), gathered(visit, by, scope), wanted)


def _lines_of(visit: Visit, by: str) -> frozenset[str] | None:
    """Return the indicators of the family of an action, or the action itself; None where all are wanted."""
    action = visit.given("action")
    if not action:
        return None
    if by != "targets":
        return frozenset({action})
    return frozenset(str(row["indicator"]) for row in _families(visit) if row["action"] == action)


def _families(visit: Visit) -> list[dict[str, object]]:
    return [dict(row) for row in records(asking.rows(visit, "indicators-of-actions", language=visit.language))]


def _lists(visit: Visit) -> dict[str, dict[str, str]]:
    """Return the values that the table can be narrowed to, with their labels."""
    return asking.once(visit.desk, ("lists of the cascade", visit.language), lambda: _listed(visit))


def _listed(visit: Visit) -> dict[str, dict[str, str]]:
    places = records(asking.rows(visit, "documents-of-places"))
    years = records(asking.rows(visit, "targets-by-year"))
    held = dict.fromkeys(str(row["level"]) for row in records(asking.rows(visit, "documents")) if row["level"])
    named = levels(visit)
    return {
        "level": {each: named.get(each, each) for each in held},
        "region": {str(row["code"]): str(row["region"]) for row in places if row["level"] != "national"},
        "action": {str(row["action"]): str(row["action_label"] or row["action"]) for row in _families(visit)},
        "year": {str(row["year"]): str(row["year"]) for row in sorted(years, key=lambda row: row["year"] or 0)},
    }


PAGES = (Page("/cascade", show, tab="desk.tab-cascade"), Page("/cascade.{form}", download))

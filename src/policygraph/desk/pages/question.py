"""The page of one question: a form for what it asks about, its answer as a table, what stands behind it, files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from policygraph.desk import asking, frame, shown
from policygraph.desk.asking import ToldError
from policygraph.desk.pages.questions import TAB, title
from policygraph.desk.visit import Page, Visit
from policygraph.query import Parameter, Question, behind_row
from policygraph.query.parameters import CHOICES, THINGS
from policygraph.rows import Rows, headings
from policygraph.web.jobs import ROWS, Job

_LANGUAGE = "language"
_DATA = "data"  # the hash of the data that a cited address was asked of
_BOM = b"\xef\xbb\xbf"  # Excel reads csv as UTF-8 by it
_LISTED = 60  # values that a list to choose from shows at once; more are searched
_FILES = {form: kind for kind, form in ROWS.items()}


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter on the form: what it is called, its value, the values to choose from with their labels."""

    name: str
    label: str
    value: str
    default: str
    kind: str  # list, search, year, number, text
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


def show(visit: Visit) -> Response:
    """Show a question with its answer; what cannot be answered is told above the form."""
    asked = asking.named(visit, visit.part("name"))
    given, told, status = _given(visit, asked), "", 200
    try:
        _require_known(visit, asked)
        rows = asking.rows(visit, asked, **given)
        behind = _behind(visit, asked, given, bool(rows.rows))
    except ToldError as error:
        rows, behind, told, status = Rows(asked.columns, ()), {"about": ""}, error.said(visit.language), error.status
    evidence = _evidence(visit, asked, rows, given)
    digest = asking.digest(visit.desk)
    return frame.page(
        visit,
        "question.html",
        status=status,
        title=title(visit, asked),
        tab=TAB,
        asked=asked,
        description=asked.description_zh if visit.language == "zh" else asked.description_en,
        fields=[_field(visit, asked, each) for each in asked.parameters if each.name != _LANGUAGE],
        table=shown.table(visit, rows),
        evidence=evidence,
        behind=behind,
        told=told,
        files=_files(visit, asked, rows),
        cited=visit.url(f"/questions/{asked.name}", **_own(visit, asked), **{_DATA: digest[:12]}),
        digest=digest,
        moved=visit.given(_DATA) not in ("", digest[:12]),
    )


def answer(visit: Visit) -> Response:
    """Return the answer to a question as a file."""
    asked = asking.named(visit, visit.part("name"))
    form = visit.part("form")
    if form not in _FILES:
        raise ToldError.of(404, "desk.no-form", form=form, known=sorted(_FILES))
    _require_known(visit, asked)
    given = tuple(_given(visit, asked).items())
    outcome = asking.done(visit.desk, Job("ask", asked.name, _FILES[form], given, question=asked))
    name = quote(f"{title(visit, asked).strip('?？')}.{form}", safe="")
    kind = "inline" if form in ("svg", "png") else "attachment"
    body = _BOM + outcome.body if form == "csv" else outcome.body
    return Response(body, media_type=outcome.kind, headers={"Content-Disposition": f"{kind}; filename*=UTF-8''{name}"})


def _given(visit: Visit, asked: Question) -> dict[str, str]:
    """Return what a question is asked with: what stands in the address, and the language."""
    given = _own(visit, asked)
    if visit.language != "zh" and any(each.name == _LANGUAGE for each in asked.parameters):
        given.setdefault(_LANGUAGE, visit.language)
    return given


def _own(visit: Visit, asked: Question) -> dict[str, str]:
    return {each.name: visit.given(each.name) for each in asked.parameters if visit.given(each.name)}


def _require_known(visit: Visit, asked: Question) -> None:
    known = [each.name for each in asked.parameters]
    if unknown := [name for name in visit.request.query_params if name not in (*known, _DATA)]:
        if not known:
            raise ToldError.of(400, "web.takes-no-parameter", question=asked.name, names=unknown)
        raise ToldError.of(400, "web.unknown-parameter", question=asked.name, names=unknown, known=sorted(known))


def _behind(visit: Visit, asked: Question, given: Mapping[str, str], has_rows: bool) -> dict[str, str]:
    """Return the SPARQL, what was asked about, and why nothing came."""
    job = Job("behind", asked.name, "", tuple(given.items()), question=asked)
    found = json.loads(asking.done(visit.desk, job).body)
    told = {"sparql": found["sparql"], "about": visit.said("desk.and").join(found["about"][visit.language])}
    told["why"] = ""
    if not has_rows:
        why = Job("why", asked.name, "", tuple(given.items()), question=asked)
        told["why"] = json.loads(asking.done(visit.desk, why).body)[visit.language]
    return told


def _field(visit: Visit, asked: Question, parameter: Parameter) -> Field:
    label = headings(visit.language).get(parameter.name, parameter.name)
    value = visit.given(parameter.name)
    if parameter.type not in (*THINGS, *CHOICES, "year"):
        kind = "number" if parameter.type == "number" else "text"
        return Field(parameter.name, label, value, parameter.default, kind, hint=parameter.example)
    listed = asking.values(visit, asked, parameter.name).rows
    choices = tuple((str(id), _label(visit, parameter, str(id), str(said))) for id, said in listed)
    kind = "list" if len(choices) <= _LISTED else "search"
    return Field(parameter.name, label, value, parameter.default, kind, choices, parameter.example)


def _label(visit: Visit, parameter: Parameter, id: str, said: str) -> str:
    return shown.word(visit.language, parameter.type, said) if id == said else said


def _evidence(visit: Visit, asked: Question, rows: Rows, given: Mapping[str, str]) -> list[str]:
    """Return for each row the address of the clauses (or targets) that it counted."""
    if asked.evidence is None:
        return []
    behind = asking.named(visit, asked.evidence.question)
    return [
        visit.url(f"/questions/{behind.name}", **behind_row(asked, behind, row, given))
        for row in rows.rows[: shown.MOST]
    ]


def _files(visit: Visit, asked: Question, rows: Rows) -> list[tuple[str, str]]:
    """Return the forms of the answer with their addresses; a picture where there is something to draw."""
    own = _own(visit, asked)
    draws = "rank" in asked.columns or {"verdict", "label", "document"} <= set(asked.columns)
    forms = ("xlsx", "csv", "json", *(("svg", "png") if draws and rows.rows else ()))
    return [(form, visit.url(f"/questions/{asked.name}/answer.{form}", **own)) for form in forms]


PAGES = (Page("/questions/{name}", show), Page("/questions/{name}/answer.{form}", answer))

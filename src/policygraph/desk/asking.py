"""Ask the workers of the endpoint, and have their answers as rows; what goes wrong is told on a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Self

from policygraph import query
from policygraph.desk.visit import Desk, Visit
from policygraph.messages import Message, message, render
from policygraph.rows import Rows
from policygraph.store.disk import mark_of
from policygraph.web.jobs import Job, Outcome

_JSON = "application/json"


class ToldError(Exception):
    """What a visitor asked for cannot be shown: a status, and a message that says why."""

    def __init__(self, status: int, told: Message) -> None:
        super().__init__(told.key)
        self.status, self.message = status, told

    @classmethod
    def of(cls, status: int, key: str, /, **values: object) -> Self:
        """Return the error of a key."""
        return cls(status, message(key, **values))

    def said(self, language: str) -> str:
        """Return the line in a language."""
        return render(self.message, language)


def rows(visit: Visit, question: str, /, **parameters: object) -> Rows:
    """Return the answer to a question of the catalogue, kept until the store changes. Raises ToldError."""
    given = tuple(sorted((name, str(value)) for name, value in parameters.items() if value not in (None, "")))
    found = _kept(visit.desk, Job("ask", question, _JSON, given))
    return found if found.columns else Rows(query.question(question).columns, ())


def values(visit: Visit, question: str, parameter: str) -> Rows:
    """Return the values, with labels, that a parameter of a question may have. Raises ToldError."""
    return _kept(visit.desk, Job("values", question, _JSON, (("parameter", parameter), ("language", visit.language))))


def done(desk: Desk, job: Job) -> Outcome:
    """Return what became of a job. Raises ToldError with the status of one that failed."""
    outcome = desk.run(job)
    if outcome.told is not None:
        raise ToldError(outcome.status, outcome.told)
    return outcome


def work(desk: Desk, function: Callable[[], object], seconds: float) -> object:
    """Return what a function gives in a process that is ended after some seconds. Raises ToldError as :func:`done`."""
    return done(desk, Job("work", work=function, seconds=seconds)).made


def _kept(desk: Desk, job: Job) -> Rows:
    """Do a job once for each state of the store."""
    key = (mark_of(desk.store), job)
    if key not in desk.kept:
        if len(desk.kept) >= _MOST:
            desk.kept.clear()
        desk.kept[key] = _rows(done(desk, job).body)
    found = desk.kept[key]
    assert isinstance(found, Rows)
    return found


_MOST = 256  # answers that are kept


def _rows(body: bytes) -> Rows:
    records = json.loads(body)
    columns = tuple(records[0]) if records else ()
    return Rows(columns, tuple(tuple(each.values()) for each in records))

"""Ask the workers of the endpoint, and have their answers as rows; what goes wrong is told on a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock
from typing import Self, TypeVar, cast

from policygraph.desk.visit import Desk, Visit
from policygraph.messages import Message, message, render
from policygraph.query import Question
from policygraph.rows import Rows
from policygraph.store.disk import mark_of
from policygraph.web.jobs import Job, Outcome

_JSON = "application/json"
_MOST = 256  # answers that are kept
_TURN = 20.0  # seconds that a visit waits for another one that asks the same
_T = TypeVar("_T")


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


def rows(visit: Visit, question: str | Question, /, **parameters: object) -> Rows:
    """Return the answer to a question of the catalogue, kept until the store changes. Raises ToldError."""
    asked = named(visit, question) if isinstance(question, str) else question
    given = tuple(sorted((name, str(value)) for name, value in parameters.items() if value not in (None, "")))
    return _kept(visit.desk, Job("ask", asked.name, _JSON, given, question=asked), asked.columns)


def named(visit: Visit, question: str) -> Question:
    """Return the question of a name. Raises ToldError where there is none."""
    found = next((each for each in visit.desk.study.questions if each.name == question), None)
    if found is None:
        raise ToldError.of(404, "desk.no-question", name=question)
    return found


def records(visit: Visit, question: str, /, **parameters: object) -> list[dict[str, object]]:
    """Return the answer to a question with a dict for each row. Raises ToldError."""
    found = rows(visit, question, **parameters)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def values(visit: Visit, question: str | Question, parameter: str) -> Rows:
    """Return the values, with labels, that a parameter of a question may have. Raises ToldError."""
    asked = named(visit, question) if isinstance(question, str) else question
    given = (("parameter", parameter), ("language", visit.language))
    return _kept(visit.desk, Job("values", asked.name, _JSON, given, question=asked), ("value", "label"))


def digest(desk: Desk) -> str:
    """Return the sha256 of the data, as a paper pack names it; empty where it takes too long to make."""
    mark = mark_of(desk.store)
    known = desk.kept.get("digest")
    if not isinstance(known, tuple) or known[0] != mark:
        outcome = desk.run(Job("digest"))
        known = mark, outcome.body.decode() if outcome.told is None else ""
        desk.kept["digest"] = known
    return str(known[1])


def done(desk: Desk, job: Job) -> Outcome:
    """Return what became of a job. Raises ToldError with the status of one that failed."""
    outcome = desk.run(job)
    if outcome.told is not None:
        raise ToldError(outcome.status, outcome.told)
    return outcome


def work(desk: Desk, function: Callable[[], object], seconds: float) -> object:
    """Return what a function gives in a process that is ended after some seconds. Raises ToldError as :func:`done`."""
    return done(desk, Job("work", work=function, seconds=seconds)).made


def body(desk: Desk, job: Job) -> bytes:
    """Return what a job makes, done once for each state of the store. Raises ToldError."""
    return once(desk, job, lambda: done(desk, job).body)


def _kept(desk: Desk, job: Job, columns: tuple[str, ...]) -> Rows:
    """Return the rows of a job, done once for each state of the store."""

    def made() -> Rows:
        records = json.loads(done(desk, job).body)
        return Rows(columns, tuple(tuple(each[name] for name in columns) for each in records))

    return once(desk, (job, columns), made)


def once(desk: Desk, key: object, make: Callable[[], _T]) -> _T:
    """Return what is made of answers of the store, made once for each state of it; who comes meanwhile waits for it."""
    mark = mark_of(desk.store)
    if desk.answers.get(None) != mark or len(desk.answers) > _MOST:
        desk.answers.clear()
        desk.answers[None] = mark
    found = desk.answers.get(key)
    if found is None:  # another visit may clear what is kept at any moment
        turn = cast(Lock, desk.turns.setdefault(key, Lock()))
        mine = turn.acquire(timeout=_TURN)
        try:
            found = desk.answers.get(key)
            if found is None:
                found = make()
                if desk.answers.get(None) == mark:  # else it is of a store that is no more
                    desk.answers[key] = found
        finally:
            desk.turns.pop(key, None)
            if mine:
                turn.release()
    return cast(_T, found)

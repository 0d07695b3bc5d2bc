"""Do one piece of work on a store: answer a query, ask a question of the catalogue, list values or graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from policygraph import export, query
from policygraph.errors import DocumentError, PolicyGraphError, QueryError, UsageError
from policygraph.messages import Message, message, render
from policygraph.rows import Rows
from policygraph.store import Limits, Store
from policygraph.store.wire import form_of
from policygraph.web import results
from policygraph.web.dataset import with_dataset
from policygraph.web.negotiate import choose

ROWS: Mapping[str, str] = {"application/json": "json", "text/csv": "csv", "text/tab-separated-values": "tsv"}
_TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Job:
    """What to do (a key of ``_TASKS``), with which text and parameters, for which Accept.

    The task ``work`` calls a function that can be sent to another process, and needs no store; ``seconds`` is the time
    it may take, 0 what every request may.
    """

    task: str
    text: str = ""
    accept: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    work: Callable[[], object] | None = None
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request may use: seconds, rows and bytes of the answer, and mebibytes of memory.

    The memory is held where the system can.
    """

    seconds: float = 30.0
    rows: int = 100_000
    memory: int = 4_096
    answer: int = 64 << 20


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The HTTP status, media type and body of what was done; a failure has its message too, ``work`` what it made."""

    status: int
    kind: str
    body: bytes
    told: Message | None = None
    made: object = None


def problem(status: int, told: Message) -> Outcome:
    """Return a failure as one line of text."""
    return Outcome(status, _TEXT, f"{' '.join(render(told, 'en').split())}\n".encode(errors="replace"), told)


def do(store: Store, job: Job, bounds: Bounds) -> Outcome:
    """Do a job; an answer out of bounds is refused, and every error becomes a status and a line."""
    try:
        outcome = _TASKS[job.task](store, job, bounds.rows)
    except PolicyGraphError as error:
        return problem(_status(error), error.message)
    if len(outcome.body) > bounds.answer:
        return problem(400, message("web.answer-too-large", most=bounds.answer >> 20))
    return outcome


def _status(error: PolicyGraphError) -> int:
    if error.key == "store.service-refused":
        return 403
    return 400 if isinstance(error, DocumentError | QueryError | UsageError) else 500


def _sparql(store: Store, job: Job, most: int) -> Outcome:
    text = with_dataset(job.text, job.default, job.named)
    try:
        offered = results.offers(form_of(text))
    except StopIteration:
        offered = results.offers("SELECT")  # the store says what is wrong
    kind = choose(job.accept, offered)
    if kind is None:
        return problem(406, message("web.not-acceptable", accept=job.accept, offered=offered))
    return Outcome(200, kind, results.write(store.answer(text, limits=Limits(rows=most)), kind))


def _ask(store: Store, job: Job, most: int) -> Outcome:
    _check_names(job)
    return _table(query.ask(store, job.text, **dict(job.parameters)), job, most)


def _evidence(store: Store, job: Job, most: int) -> Outcome:
    """Ask, with the clauses or targets behind each row."""
    _check_names(job)
    return _table(query.ask_with_evidence(store, job.text, None, **dict(job.parameters)), job, most)


def _check_names(job: Job) -> None:
    known = {parameter.name for parameter in query.question(job.text).parameters}
    names = [name for name, _ in job.parameters]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError("web.given-twice", names=twice)
    if unknown := [name for name in names if name not in known]:
        if not known:
            raise UsageError("web.takes-no-parameter", question=job.text, names=unknown)
        raise UsageError("web.unknown-parameter", question=job.text, names=unknown, known=sorted(known))


def _values(store: Store, job: Job, most: int) -> Outcome:
    given = dict(job.parameters)
    return _table(query.values(store, job.text, given["parameter"], given.get("language", "zh")), job, most)


def _graphs(store: Store, job: Job, most: int) -> Outcome:
    return Outcome(200, "application/json", json.dumps([str(name) for name in store.graphs()]).encode())


def _work(store: Store, job: Job, most: int) -> Outcome:
    assert job.work
    return Outcome(200, "", b"", made=job.work())


def _compared(store: Store, job: Job, most: int) -> Outcome:
    from policygraph.web import views  # loads what draws: only where something is laid out

    return views.compared(store, job, most)


def _networked(store: Store, job: Job, most: int) -> Outcome:
    from policygraph.web import views

    return views.networked(store, job, most)


def _table(rows: Rows, job: Job, most: int) -> Outcome:
    kind = choose(job.accept, tuple(ROWS))
    if kind is None:
        return problem(406, message("web.not-acceptable", accept=job.accept, offered=list(ROWS)))
    if len(rows.rows) > most:
        raise UsageError("web.too-many-rows", most=most)
    return Outcome(200, kind, export.render(rows, ROWS[kind]).encode())


_TASKS: Mapping[str, Callable[[Store, Job, int], Outcome]] = {
    "sparql": _sparql,
    "ask": _ask,
    "evidence": _evidence,
    "values": _values,
    "graphs": _graphs,
    "work": _work,
    "compare": _compared,
    "network": _networked,
}

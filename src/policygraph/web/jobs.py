"""Do one piece of work on a store: answer a query, ask a question of the catalogue, list values or graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rdflib import URIRef

from policygraph import export, query
from policygraph.errors import DocumentError, PolicyGraphError, QueryError, UsageError
from policygraph.messages import Message, message, render
from policygraph.query import Question
from policygraph.rows import Rows
from policygraph.store import Answer, Limits, OxigraphStore, Store
from policygraph.store.wire import form_of
from policygraph.web import results
from policygraph.web.dataset import with_dataset
from policygraph.web.negotiate import choose

ROWS: Mapping[str, str] = {
    "application/json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "image/svg+xml": "svg",
    "image/png": "png",
}
_TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Job:
    """What to do (one of ``TASKS``), with which text and parameters, for which Accept.

    ``text`` is the query, or the name of a question: a shipped one, or the one of a study that is given beside it.
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
    question: Question | None = None


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
        outcome = TASKS[job.task](store, job, bounds.rows)
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
    asked, given = _asked(job)
    return _table(query.ask(store, asked, **given), job, most)


def _evidence(store: Store, job: Job, most: int) -> Outcome:
    """Ask, with the clauses or targets behind each row."""
    asked, given = _asked(job)
    return _table(query.ask_with_evidence(store, asked, None, **given), job, most)


def _behind(store: Store, job: Job, most: int) -> Outcome:
    """Tell what stands behind an answer: the SPARQL, and what was asked about."""
    asked, given = _asked(job)
    about = {language: query.asked_about(store, asked, given, language) for language in ("zh", "en")}
    return _json({"sparql": query.sparql(store, asked, given), "about": about})


def _why(store: Store, job: Job, most: int) -> Outcome:
    """Tell why an answer is empty."""
    why = query.explain_empty(store, *_asked(job))
    return _json({language: render(why, language) for language in ("zh", "en")})


def _json(found: object) -> Outcome:
    return Outcome(200, "application/json", json.dumps(found, ensure_ascii=False).encode())


def _asked(job: Job) -> tuple[Question, dict[str, str]]:
    """Return the question of a job and what it is asked with. Raises UsageError for what it does not take."""
    asked = job.question or query.question(job.text)
    known = {parameter.name for parameter in asked.parameters}
    names = [name for name, _ in job.parameters]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError("web.given-twice", names=twice)
    if unknown := [name for name in names if name not in known]:
        if not known:
            raise UsageError("web.takes-no-parameter", question=job.text, names=unknown)
        raise UsageError("web.unknown-parameter", question=job.text, names=unknown, known=sorted(known))
    return asked, dict(job.parameters)


def _values(store: Store, job: Job, most: int) -> Outcome:
    given = dict(job.parameters)
    asked = job.question or query.question(job.text)
    return _table(query.values(store, asked, given["parameter"], given.get("language", "zh")), job, most)


def _graphs(store: Store, job: Job, most: int) -> Outcome:
    return _json([str(name) for name in store.graphs()])


def _describe(store: Store, job: Job, most: int) -> Outcome:
    """Give the triples about a thing."""
    return _triples(store.answer(f"DESCRIBE <{job.text}>", limits=Limits(rows=most)), job)


def _graph(store: Store, job: Job, most: int) -> Outcome:
    """Give the triples of a named graph."""
    found = tuple((s, p, o) for s, p, o, _ in islice(store.quads(URIRef(job.text)), most + 1))
    if len(found) > most:
        raise UsageError("web.too-many-rows", most=most)
    return _triples(found, job)


def _triples(found: Answer, job: Job) -> Outcome:
    kind = choose(job.accept, tuple(results.GRAPHS))
    if kind is None:
        return problem(406, message("web.not-acceptable", accept=job.accept, offered=list(results.GRAPHS)))
    return Outcome(200, kind, results.write(found, kind))


def _size(store: Store, job: Job, most: int) -> Outcome:
    """Count the triples of a named graph."""
    return Outcome(200, _TEXT, str(store.count(URIRef(job.text))).encode())


def _digest(store: Store, job: Job, most: int) -> Outcome:
    assert isinstance(store, OxigraphStore), "a store on disk"
    return Outcome(200, _TEXT, store.digest().encode())


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
    return Outcome(200, kind, next(iter(export.contents(rows, ROWS[kind], Path("rows")).values())))


TASKS: Mapping[str, Callable[[Store, Job, int], Outcome]] = {
    "sparql": _sparql,
    "ask": _ask,
    "evidence": _evidence,
    "values": _values,
    "graphs": _graphs,
    "work": _work,
    "compare": _compared,
    "network": _networked,
    "behind": _behind,
    "why": _why,
    "describe": _describe,
    "graph": _graph,
    "size": _size,
    "digest": _digest,
}

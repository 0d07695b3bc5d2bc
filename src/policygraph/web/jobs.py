"""Do one piece of work on a store: answer a query, ask a question of the catalogue, list values or graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from policygraph import export, query
from policygraph.errors import DataError, PolicyGraphError, QueryError, UsageError
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
    """What to do (``sparql``, ``ask``, ``values``, ``graphs``), with which text and parameters, for which Accept."""

    task: str
    text: str = ""
    accept: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The HTTP status, media type and body of what was done."""

    status: int
    kind: str
    body: bytes


def problem(status: int, message: str) -> Outcome:
    """Return a failure as one line of text."""
    return Outcome(status, _TEXT, f"{' '.join(message.split())}\n".encode())


def do(store: Store, job: Job, most: int) -> Outcome:
    """Do a job; an answer with more than ``most`` rows is refused, and every error becomes a status and a line."""
    try:
        return _TASKS[job.task](store, job, most)
    except QueryError as error:
        return problem(403 if str(error).startswith("SERVICE") else 400, str(error))
    except UsageError as error:
        return problem(400, str(error))
    except (PolicyGraphError, DataError) as error:
        return problem(500, str(error))


def _sparql(store: Store, job: Job, most: int) -> Outcome:
    text = with_dataset(job.text, job.default, job.named)
    try:
        offered = results.offers(form_of(text))
    except StopIteration:
        offered = results.offers("SELECT")  # the store says what is wrong
    kind = choose(job.accept, offered)
    if kind is None:
        return problem(406, f"no answer in {job.accept}; accept one of {', '.join(offered)}")
    return Outcome(200, kind, results.write(store.answer(text, limits=Limits(rows=most)), kind))


def _ask(store: Store, job: Job, most: int) -> Outcome:
    known = {parameter.name for parameter in query.question(job.text).parameters}
    names = [name for name, _ in job.parameters]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"{', '.join(twice)}: given more than once; give one value")
    if unknown := [name for name in names if name not in known]:
        choice = f"choose from {', '.join(sorted(known))}" if known else "it takes none"
        raise UsageError(f"{job.text} has no parameter {', '.join(unknown)}; {choice}")
    return _table(query.ask(store, job.text, **dict(job.parameters)), job, most)


def _values(store: Store, job: Job, most: int) -> Outcome:
    given = dict(job.parameters)
    return _table(query.values(store, job.text, given["parameter"], given.get("language", "zh")), job, most)


def _graphs(store: Store, job: Job, most: int) -> Outcome:
    return Outcome(200, "application/json", json.dumps([str(name) for name in store.graphs()]).encode())


def _table(rows: Rows, job: Job, most: int) -> Outcome:
    kind = choose(job.accept, tuple(ROWS))
    if kind is None:
        return problem(406, f"no answer in {job.accept}; accept one of {', '.join(ROWS)}")
    if len(rows.rows) > most:
        raise UsageError(f"the answer has more than {most} rows; narrow it with a parameter")
    return Outcome(200, kind, export.render(rows, ROWS[kind]).encode())


_TASKS: Mapping[str, Callable[[Store, Job, int], Outcome]] = {
    "sparql": _sparql,
    "ask": _ask,
    "values": _values,
    "graphs": _graphs,
}

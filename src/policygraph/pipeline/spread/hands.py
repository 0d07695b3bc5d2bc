"""Say who does the work on many documents, and have it done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from policygraph.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from policygraph.pipeline.spread.processes import Crew

Task = TypeVar("Task", contravariant=True)
Result = TypeVar("Result", covariant=True)
_T = TypeVar("_T")
_R = TypeVar("_R")
Done = Callable[[], None]  # told after each document
Held = dict[str, Any]  # what a process has read, by the names of its contents: a later job may need it again


class Job(Protocol[Task, Result]):
    """What is done to each document; it goes to other processes as it is."""

    def ready(self, held: Held) -> Callable[[Task], Result]:
        """Return what does one task after the other, with what all have in common read once.

        ``held`` is what jobs before left in this process, and what this one leaves.
        """

    def name(self, task: Task) -> str:
        """Return how the document of a task is called where its process died."""


@dataclass(frozen=True, slots=True)
class Did(Generic[_R]):
    """What came of a task in another process: a result or the error of its document, and what rooms noted there."""

    result: _R | DocumentError
    notes: tuple[logging.LogRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """Who works: this process, so many processes of this machine, or those of a Dask scheduler at an address."""

    workers: int = 1
    scheduler: str = ""

    def __post_init__(self) -> None:
        if self.scheduler and self.workers > 1:
            raise UsageError("spread.one-of-both")

    @contextmanager
    def at_work(self) -> Iterator[AtWork]:
        """Yield these hands for one job after the other; at the end they are let go."""
        crew = None
        if self.workers > 1:
            from policygraph.pipeline.spread.processes import Crew

            crew = Crew(self.workers)
        try:
            yield AtWork(self, crew, {})
        finally:
            if crew:
                crew.leave()

    def each(self, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> Iterator[_R | DocumentError]:
        """Do one job; see :meth:`AtWork.each`."""
        with self.at_work() as at_work:
            yield from at_work.each(job, tasks, done)


HERE = Hands()


@dataclass(frozen=True, slots=True)
class AtWork:
    """Hands that go from one job to the next with what they hold."""

    hands: Hands
    crew: Crew | None
    held: Held  # by this process

    @property
    def workers(self) -> int:
        """Return how many processes work."""
        return self.hands.workers

    def each(self, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> Iterator[_R | DocumentError]:
        """Yield what comes of each task, in their order; a document that fails has its error.

        A process that dies is replaced; a document that it dies of every time has an error too. Raises UsageError where
        the scheduler cannot be reached, or its workers cannot do the job.
        """
        if self.hands.scheduler and tasks:
            from policygraph.pipeline.spread.cluster import work_on

            return _in_order(work_on(self.hands.scheduler, job, tasks, done))
        if self.crew and len(tasks) > 1:
            return _in_order(self.crew.each(job, tasks, done))
        return self.here(job, tasks, done)

    def here(self, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> Iterator[_R | DocumentError]:
        """Yield the same, worked on by this process."""
        run = job.ready(self.held) if tasks else None
        for task in tasks:
            assert run is not None
            try:
                result: _R | DocumentError = run(task)
            except DocumentError as error:
                result = error
            done()
            yield result


def does(run: Callable[[_T], _R], task: _T) -> Did[_R]:
    """Do a task in another process; keep what rooms note, for that one has nobody to tell."""
    log, kept = logging.getLogger("policygraph"), _Kept()
    log.addHandler(kept)
    try:
        return Did(run(task), tuple(kept.notes))
    except DocumentError as error:
        return Did(error, tuple(kept.notes))
    finally:
        log.removeHandler(kept)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.notes: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.notes.append(record)


def _in_order(found: Iterable[tuple[int, Did[_R]]]) -> Iterator[_R | DocumentError]:
    """Yield results by the place of their task; what rooms noted of a document is told before its result."""
    waiting: dict[int, Did[_R]] = {}
    at = 0
    for place, did in found:
        waiting[place] = did
        while at in waiting:
            now = waiting.pop(at)
            for note in now.notes:
                logging.getLogger(note.name).handle(note)
            yield now.result
            at += 1

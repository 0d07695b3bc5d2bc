"""Spread work over processes of this machine.

A process that dies is replaced. Each has one document at a time, so what it died of is known: that is tried again, and
given up where it takes down one process after the other.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from policygraph.errors import DocumentError
from policygraph.pipeline.spread.hands import Did, Done, Held, Job, does

_T = TypeVar("_T")
_R = TypeVar("_R")
TRIES = 3  # how often a document may take its process down


class Crew:
    """So many processes that do one job after the other, each with what it holds from the last; then they leave."""

    def __init__(self, workers: int) -> None:
        self._workers = [_Worker() for _ in range(workers)]

    def each(self, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> Iterator[tuple[int, Did[_R]]]:
        """Do tasks; what comes of each is yielded with its place, as it comes."""
        places = _Places([job.name(task) for task in tasks], self._workers)
        running: dict[Future[Did[_R]], tuple[_Worker, int]] = {}
        idle = list(self._workers)
        while True:
            running |= {worker.begin(job, tasks[at]): (worker, at) for worker, at in places.given(idle)}
            if not running:
                return
            idle = []
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                worker, at = running.pop(future)
                idle.append(worker)
                did = places.ended(future, worker, at)
                if did is not None:
                    done()
                    yield at, did

    def leave(self) -> None:
        """End the processes; what they are at is not waited for."""
        for each in self._workers:
            each.leave()


class _Worker:
    """One process; it is started (spawned, as on every system it can be) when it has something to do."""

    def __init__(self) -> None:
        self.met: set[str] = set()  # the documents that it has worked on
        self._pool: ProcessPoolExecutor | None = None
        self._job: object = None

    def begin(self, job: Job[_T, _R], task: _T) -> Future[Did[_R]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin)
        if self._job is not job:
            self._job = job
            self._pool.submit(_take, job)
        return self._pool.submit(_do, task)

    def leave(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool, self._job = None, None
        self.met.clear()


class _Places:
    """What is to be done yet: places of documents. A document goes to the process that has worked on it, if it can."""

    def __init__(self, names: Sequence[str], workers: Sequence[_Worker]) -> None:
        self._names = names
        self._tries = [0] * len(names)
        by = {name: worker for worker in workers for name in worker.met}
        self._lists: dict[_Worker | None, deque[int]] = {None: deque(), **{worker: deque() for worker in workers}}
        for place, name in enumerate(names):
            self._lists[by.get(name)].append(place)

    def given(self, idle: Sequence[_Worker]) -> Iterator[tuple[_Worker, int]]:
        """Yield what each idle process does next: what it knows, what nobody does, what another would come to last."""
        for worker in idle:
            if self._lists[worker]:
                yield worker, self._lists[worker].popleft()
            elif self._lists[None]:
                yield worker, self._lists[None].popleft()
            elif longest := max(self._lists.values(), key=len):
                yield worker, longest.pop()

    def ended(self, future: Future[Did[_R]], worker: _Worker, place: int) -> Did[_R] | None:
        """Return what came of a document; None where its process died and it is tried again."""
        try:
            did = future.result()
        except BrokenProcessPool:
            worker.leave()
            self._tries[place] += 1
            if self._tries[place] < TRIES:
                self._lists[worker].appendleft(place)
                return None
            return Did(DocumentError("spread.worker-died", document=self._names[place], tries=TRIES))
        worker.met.add(self._names[place])
        return did


_JOB: list[Job[Any, Any]] = []  # that of this process
_READY: list[Callable[[Any], Any]] = []
_HELD: Held = {}


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; who started this process ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it was killed: nobody would tell it to."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _take(job: Job[Any, Any]) -> None:
    """Take up a job. What can fail is left to its first document, whose error can be told."""
    _JOB[:] = [job]
    _READY.clear()


def _do(task: Any) -> Did[Any]:
    if not _READY:
        _READY.append(_JOB[0].ready(_HELD))
    return does(_READY[0], task)

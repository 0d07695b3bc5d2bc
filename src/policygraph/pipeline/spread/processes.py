"""Spread work over processes of this machine.

A process that dies is replaced. What it worked on is tried again, each document alone, so that the one it dies of is
known; that one is given up.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Any, Generic, TypeVar

from policygraph.errors import DocumentError
from policygraph.pipeline.spread.hands import Did, Done, Job, does

_T = TypeVar("_T")
_R = TypeVar("_R")
TRIES = 3  # how often a document may take its process down


def work_in(workers: int, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> Iterator[tuple[int, Did[_R]]]:
    """Do tasks in so many processes; they are started anew (spawned), as on every system they can be.

    What comes of a task is yielded with its place, as it comes.
    """
    work = _Work(job, tasks, min(workers, len(tasks)), done)
    while work.left:
        yield from work.go()


class _Work(Generic[_T, _R]):
    """What is to be done yet: places of tasks."""

    def __init__(self, job: Job[_T, _R], tasks: Sequence[_T], workers: int, done: Done) -> None:
        self._job, self._tasks, self._workers, self._done = job, tasks, workers, done
        self._waiting, self._suspects = deque(range(len(tasks))), deque[int]()
        self._tries: dict[int, int] = {}

    @property
    def left(self) -> bool:
        """Tell whether a task is to be done yet."""
        return bool(self._waiting or self._suspects)

    def go(self) -> Iterator[tuple[int, Did[_R]]]:
        """Do tasks until all are done, or a process dies."""
        pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, (self._job,))
        running: dict[Future[Did[_R]], int] = {}
        try:
            while self._fill(pool, running):
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    did = future.result()
                    self._done()
                    yield running.pop(future), did
        except BrokenProcessPool:
            yield from self._suspect(running.values())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _fill(self, pool: ProcessPoolExecutor, running: dict[Future[Did[_R]], int]) -> bool:
        """Give every process a document, but a suspect one alone; return whether any is being worked on."""
        waiting, most = (self._suspects, 1) if self._suspects else (self._waiting, self._workers)
        while waiting and len(running) < most:
            running[pool.submit(_do, self._tasks[waiting[0]])] = waiting[0]
            waiting.popleft()
        return bool(running)

    def _suspect(self, places: Iterable[int]) -> Iterator[tuple[int, Did[_R]]]:
        """Try again, alone, what a process may have died of; give up what it died of too often."""
        for place in places:
            self._tries[place] = self._tries.get(place, 0) + 1
            if self._tries[place] < TRIES:
                self._suspects.append(place)
            else:
                self._done()
                name = self._job.name(self._tasks[place])
                yield place, Did(DocumentError("spread.worker-died", document=name, tries=TRIES))


_JOB: list[Job[Any, Any]] = []  # that of this process
_READY: list[Callable[[Any], Any]] = []


def _begin(job: Job[Any, Any]) -> None:
    """Make a process ready. What can fail is left to its first document, whose error can be told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; who started this process ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _JOB[:] = [job]


def _end_with_parent() -> None:
    """End this process when the one that started it was killed: nobody would tell it to."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Any) -> Did[Any]:
    if not _READY:
        _READY.append(_JOB[0].ready())
    return does(_READY[0], task)

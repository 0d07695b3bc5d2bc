"""Spread the making of parts over processes of this machine.

A process reads the tables of a document, puts its part on the shelf and says that it is done: nothing large goes from
one to another. A process that dies is replaced. What it worked on is tried again, each document alone, so that the one
it dies of is known; that one is given up.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process

from policygraph.errors import DocumentError
from policygraph.pipeline.parts import bench
from policygraph.pipeline.parts.bench import Bench, Done, Failures, Task
from policygraph.pipeline.parts.making import Maker

_TRIES = 3  # how often a document may take its process down


@dataclass(frozen=True, slots=True)
class Spreading:
    """Make parts in so many processes; they are started anew (spawned), as on every system they can be."""

    workers: int

    def __call__(self, at: Bench, tasks: Sequence[Task], done: Done) -> Failures:
        """Make parts; return the errors of those that failed."""
        work = _Work(tasks, min(self.workers, len(tasks)), done)
        while work.left:
            work.go(at)
        return work.failed


class _Work:
    """What is to be done yet, and what became of the rest."""

    def __init__(self, tasks: Sequence[Task], workers: int, done: Done) -> None:
        self._waiting, self._suspects = deque(tasks), deque[Task]()
        self._tries: dict[str, int] = {}
        self._workers, self._done = workers, done
        self.failed: dict[str, DocumentError] = {}

    @property
    def left(self) -> bool:
        """Tell whether a part is to be made yet."""
        return bool(self._waiting or self._suspects)

    def go(self, at: Bench) -> None:
        """Make parts until all are made, or a process dies."""
        pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, (at,))
        running: dict[Future[None], Task] = {}
        try:
            while self._fill(pool, running):
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self._take(running.pop(future), future)
        except BrokenProcessPool:
            self._suspect(running.values())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _fill(self, pool: ProcessPoolExecutor, running: dict[Future[None], Task]) -> bool:
        """Give every process a document, but a suspect one alone; return whether any is being worked on."""
        waiting, most = (self._suspects, 1) if self._suspects else (self._waiting, self._workers)
        while waiting and len(running) < most:
            running[pool.submit(_make, waiting[0])] = waiting[0]
            waiting.popleft()
        return bool(running)

    def _take(self, task: Task, future: Future[None]) -> None:
        try:
            future.result()
        except DocumentError as error:
            self.failed[task.inputs.slug] = error
        except BrokenProcessPool:
            self._suspect([task])
            raise
        self._done()

    def _suspect(self, tasks: Iterable[Task]) -> None:
        """Try again, alone, what a process may have died of; give up what it died of too often."""
        for task in tasks:
            slug = task.inputs.slug
            self._tries[slug] = self._tries.get(slug, 0) + 1
            if self._tries[slug] < _TRIES:
                self._suspects.append(task)
            else:
                self.failed[slug] = DocumentError("parts.worker-died", document=slug, tries=_TRIES)
                self._done()


_BENCH: list[Bench] = []  # that of this process
_MAKER: list[Maker] = []


def _begin(at: Bench) -> None:
    """Make a process ready. What can fail is left to its first document, whose error can be told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; who started this process ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _BENCH[:] = [at]


def _end_with_parent() -> None:
    """End this process when the one that started it was killed: nobody would tell it to."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(task: Task) -> None:
    if not _MAKER:
        _MAKER.append(_BENCH[0].maker())
    bench.put(_BENCH[0].shelf, task.key, _MAKER[0].part(task.inputs), task.inputs.slug)

"""Do jobs in processes of their own: one that takes too long, or too much memory, is ended and replaced.

The engine cannot break off a join, so a thread could only be left behind; a process can be stopped.
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from policygraph.errors import StoreError
from policygraph.store import Store, open_store
from policygraph.web.jobs import Job, Outcome, do, problem

_STARTS_WITHIN = 120.0
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request may use: seconds, rows of the answer, and mebibytes of memory (where the system can hold it)."""

    seconds: float = 30.0
    rows: int = 100_000
    memory: int = 4_096


BOUNDS = Bounds()


class Pool:
    """A fixed number of processes over one store folder; more requests than processes wait for their turn."""

    def __init__(self, folder: Path, size: int, bounds: Bounds) -> None:
        self._folder, self._bounds = folder, bounds
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._all: list[_Worker] = []
        for _ in range(size):
            self._start()

    def run(self, job: Job) -> Outcome:
        """Do a job: 503 where all processes stay busy, 500 where the job takes too long or ends its process."""
        try:
            worker = self._idle.get(timeout=self._bounds.seconds)
        except queue.Empty:
            return problem(503, "all workers are busy; try again in a moment")
        try:
            outcome = worker.do(job, self._bounds.seconds)
        except TimeoutError:
            worker.stop()
            outcome = problem(500, f"no answer within {self._bounds.seconds:g} seconds; ask for less")
        except (EOFError, OSError):
            worker.stop()
            outcome = problem(500, "the query needs more memory than it may use; ask for less")
        if worker.alive:
            self._idle.put(worker)
        else:
            self._all.remove(worker)
            self._start()
        return outcome

    def ready(self) -> None:
        """Wait for the first process. Raises StoreError where the store cannot be opened."""
        outcome = self.run(Job("graphs"))
        if outcome.status != 200:
            raise StoreError(outcome.body.decode().strip())

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.stop()

    def _start(self) -> None:
        worker = _Worker(self._folder, self._bounds)
        self._all.append(worker)
        self._idle.put(worker)


class _Worker:
    """One process and the line to it."""

    def __init__(self, folder: Path, bounds: Bounds) -> None:
        self._line, other = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_work, args=(str(folder), bounds, other), daemon=True)
        self._process.start()
        other.close()
        self._ready = False
        self.alive = True

    def do(self, job: Job, seconds: float) -> Outcome:
        if not self._ready:
            self._receive(_STARTS_WITHIN)
            self._ready = True
        self._line.send(job)
        return self._receive(seconds)

    def stop(self) -> None:
        self.alive = False
        self._process.kill()
        self._process.join(10)
        self._line.close()

    def _receive(self, seconds: float) -> Outcome:
        if not self._line.poll(seconds):
            raise TimeoutError
        found: Outcome = self._line.recv()
        return found


class _Current:
    """The store as it is now: a new build of the folder is opened when the next job comes."""

    def __init__(self, folder: str) -> None:
        self._folder, self._name = folder, ""
        self._store: Store | None = None

    def open(self) -> Store:
        name = ""
        with suppress(OSError):
            name = (Path(self._folder) / "current").read_text(encoding="ascii", errors="replace")
        if self._store is None or name != self._name:
            self._store, self._name = open_store(self._folder, read_only=True), name
        return self._store


def _work(folder: str, bounds: Bounds, line: Connection) -> None:
    """Do jobs until the other end hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    _hold(bounds.memory)
    current = _Current(folder)
    with suppress(EOFError, OSError):
        line.send(problem(200, "ready"))
        while True:
            job = line.recv()
            try:
                outcome = do(current.open(), job, bounds.rows)
            except StoreError as error:
                outcome = problem(500, str(error))
            except MemoryError:
                outcome = problem(500, "the query needs more memory than it may use; ask for less")
            line.send(outcome)


def _hold(mebibytes: int) -> None:
    """Limit what this process may allocate, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes << 20, mebibytes << 20))

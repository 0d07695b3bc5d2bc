"""Do jobs in processes of their own: one that takes too long, or too much memory, is ended and replaced.

The engine cannot break off a join, so a thread could only be left behind; a process can be stopped.
"""

from __future__ import annotations

import ctypes
import faulthandler
import logging
import multiprocessing
import os
import queue
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from policygraph.errors import StoreError
from policygraph.messages import Message, message
from policygraph.store import Store, open_store
from policygraph.web.jobs import Bounds, Job, Outcome, do, problem

_STARTS_WITHIN = 120.0
_GRACE = 5.0  # seconds after which a worker ends itself, where nobody has ended it
_PR_SET_PDEATHSIG = 1
_CONTEXT = multiprocessing.get_context("spawn")


@contextmanager
def pool(folder: Path, size: int, bounds: Bounds) -> Iterator[Callable[[Job], Outcome]]:
    """Return what does jobs on a store folder, for as long as it is needed. Raises StoreError where there is none."""
    made = Pool(folder, size, bounds)
    try:
        made.ready()
        yield made.run
    finally:
        made.close()


class Pool:
    """A fixed number of processes over one store folder; more requests than processes wait for their turn."""

    def __init__(self, folder: Path, size: int, bounds: Bounds) -> None:
        self._folder, self._bounds = folder, bounds
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._all: set[_Worker] = set()
        self._closing = threading.Event()
        # Linux ends a worker with the thread that started it, so this one lives as long as the pool.
        self._starter = ThreadPoolExecutor(1, "policygraph-workers")
        for _ in range(size):
            self._start()

    def run(self, job: Job) -> Outcome:
        """Do a job: 503 where all processes stay busy, 500 where the job takes too long or ends its process."""
        try:
            worker = self._idle.get(timeout=self._bounds.seconds)
        except queue.Empty:
            return problem(503, message("web.busy"))
        seconds = job.seconds or self._bounds.seconds
        try:
            outcome = worker.do(job, seconds)
        except TimeoutError:
            worker.stop()
            outcome = problem(500, message("web.late", seconds=f"{seconds:g}"))
        except (EOFError, OSError):
            worker.stop()
            outcome = problem(500, _no_memory())
        if worker.alive:
            self._idle.put(worker)
        elif self._closing.is_set():
            outcome = problem(503, message("web.stopping"))
        else:
            self._all.discard(worker)
            self._start()
        return outcome

    def ready(self) -> None:
        """Wait for the first process. Raises StoreError where the store cannot be opened."""
        outcome = self.run(Job("graphs"))
        if outcome.told is not None:
            raise StoreError(outcome.told.key, **dict(outcome.told.values))

    def close(self) -> None:
        """End all processes; what they were doing is answered with 503."""
        self._closing.set()
        self._starter.shutdown()
        for worker in tuple(self._all):
            worker.end()  # its line stays open for the thread that waits there: it reads that the other end has gone

    def _start(self) -> None:
        with suppress(RuntimeError):  # closed a moment ago
            worker = self._starter.submit(_Worker, self._folder, self._bounds).result()
            self._all.add(worker)
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

    def end(self) -> None:
        self.alive = False
        self._process.kill()
        self._process.join(10)

    def stop(self) -> None:
        self.end()
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
    _end_with_parent()
    _hold(bounds.memory)
    logging.disable()  # libraries would quote what users sent
    warnings.simplefilter("ignore")
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(line, jobs), daemon=True).start()
    current = _Current(folder)
    with suppress(OSError), Path(os.devnull).open("w") as nowhere:
        line.send(Outcome(200, "", b""))
        while True:
            job = jobs.get()
            seconds = job.seconds or bounds.seconds
            faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nowhere)
            line.send(_done(current, job, bounds))
            faulthandler.cancel_dump_traceback_later()


def _done(current: _Current, job: Job, bounds: Bounds) -> Outcome:
    try:
        return do(current.open(), job, bounds)
    except StoreError as error:
        return problem(500, error.message)
    except MemoryError:
        return problem(500, _no_memory())


def _listen(line: Connection, jobs: queue.SimpleQueue[Job]) -> None:
    """Take jobs, and end this process, busy or not, when nobody is there to give any."""
    with suppress(EOFError, OSError):
        while True:
            jobs.put(line.recv())
    os._exit(0)


def _end_with_parent() -> None:
    """Have the kernel end this process with its parent, where it can."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os._exit(0)


def _no_memory() -> Message:
    return message("web.no-memory")


def _hold(mebibytes: int) -> None:
    """Limit what this process may allocate, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes << 20, mebibytes << 20))

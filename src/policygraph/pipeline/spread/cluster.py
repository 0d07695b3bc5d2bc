"""Spread work over the workers of a Dask scheduler, on this machine or on many.

Folders are read and written by the workers: they see them under the same names, on a file system that all share. A
worker that dies is replaced by another; a document that workers died of is tried once more, alone, and then given up.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, suppress
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import uuid4

from policygraph.errors import DocumentError, UsageError
from policygraph.messages import Foreign
from policygraph.pipeline.spread.hands import Did, Done, Job, does
from policygraph.version import __version__

_T = TypeVar("_T")
_R = TypeVar("_R")
_PATIENCE = 30  # seconds for a scheduler to answer, and for its first worker to come
_DEATHS = 3  # workers that a document may take down before Dask gives it up
_QUICK = 1  # level of zlib


def work_on(address: str, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> Iterator[tuple[int, Did[_R]]]:
    """Do tasks on the workers of a scheduler; what comes of each is yielded with its place, as it comes.

    Raises UsageError where distributed is not installed, the scheduler cannot be reached, or its workers are of another
    version or do not see the folder that one works in.
    """
    with _client(address) as client:
        here = str(Path.cwd())
        _require_alike(client, here)
        yield from _Work(client, here, job, tasks, done).go()


class _Work(Generic[_T, _R]):
    """What is asked of a scheduler."""

    def __init__(self, client: Any, here: str, job: Job[_T, _R], tasks: Sequence[_T], done: Done) -> None:
        self._client, self._here, self._job, self._tasks, self._done = client, here, job, tasks, done
        packed = zlib.compress(pickle.dumps(job), _QUICK)
        self._name = f"policygraph-{uuid4().hex}"  # what others ask of the scheduler has another
        self._shared = client.submit(_unpacked, packed, key=self._name, pure=False)

    def go(self) -> Iterator[tuple[int, Did[_R]]]:
        """Ask for all tasks; then, one at a time, again for those that workers died of."""
        from distributed import KilledWorker, as_completed

        suspects: list[int] = []
        places = {self._asked(place): place for place in range(len(self._tasks))}
        for future in as_completed(list(places), loop=self._client.loop):
            place = places.pop(future)
            try:
                did = future.result()
            except KilledWorker:
                suspects.append(place)
                continue
            self._done()
            yield place, did
        for place in suspects:
            try:
                did = self._asked(place, "-alone").result()
            except KilledWorker:
                did = Did(
                    DocumentError("spread.worker-died", document=self._job.name(self._tasks[place]), tries=_DEATHS)
                )
            self._done()
            yield place, did

    def _asked(self, place: int, again: str = "") -> Any:
        key = f"{self._name}-{place}{again}"
        return self._client.submit(_do, self._shared, self._here, self._tasks[place], key=key, pure=False)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("spread.no-distributed") from error
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError("spread.no-scheduler", address=address, reason=Foreign(str(error))) from error


def _require_alike(client: Any, here: str) -> None:
    """Raise UsageError where no worker comes, or one cannot do what is done here."""
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=_PATIENCE)
    try:
        seen = client.run(_about, here)
    except ImportError as error:
        raise UsageError("spread.other-version", worker="", version="-", own=__version__) from error
    if not seen:
        raise UsageError("spread.no-worker")
    for worker, (version, is_there) in sorted(seen.items()):
        if version != __version__:
            raise UsageError("spread.other-version", worker=worker, version=version, own=__version__)
        if not is_there:
            raise UsageError("spread.no-folder-there", worker=worker, path=here)


def _about(here: str) -> tuple[str, bool]:
    return __version__, Path(here).is_dir()


_ONE = Lock()  # a worker with several threads does one task at a time: what makes parts is not made for more
_READY: list[tuple[Job[Any, Any], Callable[[Any], Any]]] = []  # the job that this worker does


def _unpacked(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))


def _do(job: Job[Any, Any], here: str, task: Any) -> Did[Any]:
    with _ONE, chdir(here):
        if not _READY or _READY[0][0] is not job:
            _READY[:] = [(job, job.ready({}))]  # a worker is no one's: it holds nothing longer
        return does(_READY[0][1], task)

"""Whoever works on many documents, what comes of them is the same: one process, several, or a Dask cluster."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from policygraph import assets, pipeline, quads
from policygraph.errors import DocumentError, UsageError
from policygraph.messages import message
from policygraph.pipeline import Hands
from policygraph.pipeline.spread import HERE, Held
from policygraph.store import open_store
from policygraph.study import NONE, Study

EXAMPLES = assets.path("data", "examples")
PLANS = ("guofa-2019-13", "dalian-2021", "changchun-2021", "xiangfu-2020")
TWO = Hands(2)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of documents; one is no plan, one is read with a note, two have one name."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("sample-plan.txt", "sample-plan.docx", "short-plan.txt", "three-year-plan.txt"):
        shutil.copy(EXAMPLES / name, folder / name)
    (folder / "letter.txt").write_text("亲爱的朋友\n", encoding="utf-8")
    (folder / "noted.txt").write_bytes((EXAMPLES / "short-plan.txt").read_text("utf-8").encode("gb18030"))
    return folder


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of fact tables; those of one cannot be read."""
    folder = tmp_path_factory.mktemp("plans")
    for name in PLANS:
        shutil.copytree(assets.path("data", "plans", name), folder / name)
    broken = shutil.copytree(assets.path("data", "plans", "wuhai-2021"), folder / "wuhai-2021") / "targets.tsv"
    broken.write_text("nothing\n", encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def extracted(sources: Path, out: Path, hands: Hands) -> tuple[list[tuple[object, ...]], dict[str, str]]:
    outcomes = pipeline.extract_batch(pipeline.files_in([sources]), out, hands=hands)
    told = [(each.path, each.facts, str(each.error or ""), each.looks) for each in outcomes]
    return told, tree(out)


def checked(plans: Path, hands: Hands) -> tuple[object, list[str]]:
    skipped: list[DocumentError] = []
    report = pipeline.judge_folder(plans, pipeline.Checks(hands=hands), skip=skipped.append)
    return report, [str(each) for each in skipped]


def built(plans: Path, store: Path, hands: Hands) -> tuple[str, list[str]]:
    made = pipeline.build([plans], store, study=Study(bundled=(NONE,)), hands=hands)
    with open_store(store, read_only=True) as opened:
        return quads.nquads(opened.quads()), [str(each) for each in made.errors]


@pytest.fixture(scope="module")
def expected(sources: Path, plans: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    place = tmp_path_factory.mktemp("here")
    return {
        "extract": extracted(sources, place / "out", HERE),
        "validate": checked(plans, HERE),
        "build": built(plans, place / "x.pg", HERE),
    }


def test_processes_extract_the_same_bytes(sources: Path, expected: dict[str, object], tmp_path: Path) -> None:
    told, files = extracted(sources, tmp_path / "out", TWO)
    assert (told, files) == expected["extract"]
    assert [bool(error) for _, _, error, _ in told] == [True, False, False, True, False, False]
    assert not (tmp_path / "out" / ".policygraph-work").exists()


def test_processes_find_the_same_faults(plans: Path, expected: dict[str, object]) -> None:
    report, skipped = checked(plans, TWO)
    assert (report, skipped) == expected["validate"]
    assert len(skipped) == 1


def test_a_file_that_is_named_twice_is_extracted_once(sources: Path, tmp_path: Path) -> None:
    one = sources / "short-plan.txt"
    assert pipeline.files_in([one, one]) == [one]
    assert len(list(pipeline.extract_batch([one, one], tmp_path / "out", hands=TWO))) == 1


def test_progress_tells_how_many_are_done(sources: Path, tmp_path: Path) -> None:
    told: list[str] = []
    paths = pipeline.files_in([sources])
    list(pipeline.extract_batch(paths, tmp_path / "out", progress=lambda each: told.append(str(each))))
    assert told[-1].startswith("6 of 6 documents, ")
    assert told[-1].endswith(" s left")


# ---------------------------------------------------------------- processes that die


@dataclass(frozen=True)
class Deadly:
    """A job whose process dies of one task, so often; notes each task it does."""

    marks: Path
    task: int
    times: int

    def ready(self, held: Held) -> Callable[[int], int]:
        return self._do

    def name(self, task: int) -> str:
        return f"no. {task}"

    def _do(self, task: int) -> int:
        if task == self.task and len(list(self.marks.iterdir())) < self.times:
            (self.marks / f"{time.monotonic_ns()}").touch()
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        if task == 7:
            raise DocumentError("facts.no-document-id", path="seven")
        logging.getLogger("policygraph.read").warning(message("read.noted", path=f"{task}", note=""))
        return task * task


def results(hands: Hands, job: Deadly) -> list[object]:
    done: list[None] = []
    found = [str(each) for each in hands.each(job, range(10), lambda: done.append(None))]
    assert len(done) == 10
    return list(found)


SQUARES = [str(each * each) for each in range(10)]
SQUARES[7] = str(DocumentError("facts.no-document-id", path="seven"))


def test_a_process_that_is_killed_is_replaced(tmp_path: Path) -> None:
    assert results(TWO, Deadly(tmp_path, 4, 1)) == SQUARES


def test_a_document_that_kills_every_process_has_its_line(tmp_path: Path) -> None:
    found = results(TWO, Deadly(tmp_path, 4, 99))
    assert found.pop(4) == str(DocumentError("spread.worker-died", document="no. 4", tries=3))
    assert found == [*SQUARES[:4], *SQUARES[5:]]
    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_noted_of_a_document_is_told_in_the_order_of_documents(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    results(TWO, Deadly(tmp_path, 4, 1))
    told = [dict(each.msg.values)["path"] for each in caplog.records if each.name == "policygraph.read"]  # type: ignore[attr-defined]
    assert told == [str(each) for each in range(10) if each != 7]


class Reading:
    """A job that says of each document whether its process held it already, and holds it."""

    def ready(self, held: Held) -> Callable[[int], bool]:
        return lambda task: held.setdefault(str(task), []) != [] or bool(held[str(task)].append(task))

    def name(self, task: int) -> str:
        return str(task)


@pytest.mark.parametrize("workers", [1, 2])
def test_who_has_read_a_document_gets_it_again_with_what_is_held(workers: int) -> None:
    with Hands(workers).at_work() as hands:
        first = list(hands.each(Reading(), range(20), lambda: None))
        second = list(hands.each(Reading(), range(20), lambda: None))
    assert first == [False] * 20
    assert second == [True] * 20 if workers == 1 else any(second)  # who is idle takes what another would come to last
    assert list(Hands(workers).each(Reading(), range(20), lambda: None)) == first


def test_workers_or_a_scheduler() -> None:
    with pytest.raises(UsageError, match="not both"):
        Hands(2, "tcp://127.0.0.1:1")


def test_without_distributed_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="policygraph\\[scale\\]"):
        list(Hands(scheduler="tcp://127.0.0.1:1").each(Deadly(tmp_path, 99, 0), [1], lambda: None))


# ---------------------------------------------------------------- a cluster


@dataclass
class Cluster:
    """A scheduler and its workers, processes of their own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def _started(*arguments: str, place: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *arguments]
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths}
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=place, env=environment, stdout=nowhere, stderr=nowhere)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="distributed is not installed")
    place = tmp_path_factory.mktemp("cluster")
    where = place / "scheduler.json"
    own = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where)]
    running = [_started("distributed.cli.dask_scheduler", *own, place=place)]
    try:
        for _ in range(600):
            if where.exists() and where.stat().st_size:
                break
            time.sleep(0.1)
        ours = ["--scheduler-file", str(where), "--nthreads", "1", "--no-dashboard", "--no-nanny"]
        at = ["--local-directory", str(place)]
        for _ in range(2):
            running.append(_started("distributed.cli.dask_worker", *ours, *at, place=place))

        yield Cluster(json.loads(where.read_text("utf-8"))["address"], running[1:])
    finally:
        for each in reversed(running):
            each.kill()
            each.wait()


def test_a_cluster_extracts_the_same_bytes(
    cluster: Cluster, sources: Path, expected: dict[str, object], tmp_path: Path
) -> None:
    assert extracted(sources, tmp_path / "out", Hands(scheduler=cluster.address)) == expected["extract"]


def test_a_cluster_finds_the_same_faults(cluster: Cluster, plans: Path, expected: dict[str, object]) -> None:
    assert checked(plans, Hands(scheduler=cluster.address)) == expected["validate"]


def test_workers_of_a_cluster_see_the_folders_of_who_calls(
    cluster: Cluster, plans: Path, expected: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths stay as they were given, so that errors name them as the user did."""
    monkeypatch.chdir(shutil.copytree(plans, tmp_path / "plans").parent)
    text, errors = built(Path("plans"), Path("x.pg"), Hands(scheduler=cluster.address))
    assert text == expected["build"][0]  # type: ignore[index]
    assert [each.partition("targets.tsv")[0] for each in errors] == [f"plans{os.sep}wuhai-2021{os.sep}"]


def test_a_worker_of_a_cluster_that_is_killed_midway_changes_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """The last of these tests: one worker is left."""
    threading.Timer(0.5, cluster.workers[0].kill).start()
    found = results(Hands(scheduler=cluster.address), Slow(tmp_path, 99, 0))
    assert found == SQUARES
    assert cluster.workers[0].wait() != 0


class Slow(Deadly):
    """A job that takes its time."""

    def _do(self, task: int) -> int:
        time.sleep(0.3)
        return super()._do(task)

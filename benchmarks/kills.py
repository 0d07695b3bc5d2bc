"""Kill builds at random points: the store is whole each time, and the next build gives the bytes it should.

    python benchmarks/kills.py [--count N] [--seed SEED]

A small study is built from nothing, built again after a change, and built by two processes; each run is killed before
one of its file operations, at a moment of the clock, or loses one of its processes. After each kill the store must be
the old one or the new one, every part must be whole, and a build that follows at once must not be kept waiting and must
make the store that a build from nothing makes. Needs a system that forks: a run begins with everything loaded.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from random import Random
from typing import Any

from policygraph import assets, pipeline, quads
from policygraph.pipeline.parts import kept, rebuilding
from policygraph.pipeline.reasoning import closure, shapes_of
from policygraph.store import open_store
from policygraph.study import NONE, SHIPPED, Study

SEED = 12
PLANS = ("bianzheng-2020-22", "xiangfu-2020")  # a county below its city
MODES = ("build", "rebuild", "parallel")
WAYS = ("step", "clock", "worker")  # before a file operation; after a time; one of the processes of a parallel build
_STEPS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "shutil.rmtree", "os.truncate")
_LONGEST = 600.0  # seconds that any build may take before it is said to hang
_FORK = get_context("fork") if "fork" in sys.modules["multiprocessing"].get_all_start_methods() else None


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: of what, how, where (a count of operations, or seconds), and what was wrong after it."""

    number: int
    mode: str
    way: str
    point: float
    left: str  # the store that was left: none, old or new
    wrong: str = ""


class Field:
    """A study in two states, with the digests of the stores that they make."""

    def __init__(self, home: Path) -> None:
        self.home, self.plans, self.store = home, home / "plans", home / "x.pg"
        for name in PLANS:
            shutil.copytree(assets.path("data", "plans", name), self.plans / name)
        self._table = self.plans / "xiangfu-2020" / "targets.tsv"
        whole = self._table.read_bytes()
        self._states = (whole, whole[: whole.rstrip(b"\n").rfind(b"\n") + 1])
        self.state = 0
        self.expected: list[str] = []
        self.steps: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        for _ in self._states:
            self.change()
            self.clear()
            self._measure("build", 1)
            self.expected.append(self.digest())
        self.expected = [self.expected[1], self.expected[0]]  # the first change led to the second state
        self.change()
        self._measure("rebuild", 1)
        self.clear()
        self._measure("parallel", 2)

    def change(self) -> None:
        """Put the tables into the other state."""
        self.state = 1 - self.state
        self._table.write_bytes(self._states[self.state])

    def clear(self) -> None:
        """Take the store and its parts away."""
        for path in (self.store, kept.beside(self.store)):
            shutil.rmtree(path, ignore_errors=True)

    def digest(self) -> str:
        """Return a digest of all lines of the store, "" where there is none."""
        return str(_asked(_digest, self.store)) if self.store.exists() else ""

    def halves(self) -> list[str]:
        """Return the parts that are not what their first line says."""
        folder = kept.beside(self.store)
        shelf = kept.Kept(folder)
        return [each.name for each in folder.glob("*.part") if shelf.head(each.stem) is None]

    def _measure(self, mode: str, workers: int) -> None:
        begun = time.monotonic()
        self.steps[mode] = int(_asked(_counted, self.plans, self.store, workers))
        self.seconds[mode] = time.monotonic() - begun


def build(plans: Path, store: Path, workers: int = 1) -> None:
    """Build the study."""
    pipeline.build([plans], store, study=Study(bundled=(NONE,)), hands=pipeline.Hands(workers))


def kills(count: int, seed: int, field: Field, modes: tuple[str, ...] = MODES) -> Iterator[Kill]:
    """Yield so many kills; a run that ended before it was killed counts for none."""
    chance = Random(seed)
    number = 0
    while number < count:
        mode = modes[number % len(modes)]
        way = chance.choice(WAYS if mode == "parallel" else WAYS[:2])
        done = _kill(number, mode, way, chance, field)
        if done:
            number += 1
            yield done


def _kill(number: int, mode: str, way: str, chance: Random, field: Field) -> Kill | None:
    before = "" if mode == "build" else field.digest()
    if mode == "build" or chance.random() < 0.5:
        field.clear()
        before = ""
    field.change()
    after = field.expected[field.state]
    point = chance.randint(1, field.steps[mode]) if way == "step" else chance.uniform(0, 1.1 * field.seconds[mode])
    if not _died(way, point, field, 2 if mode == "parallel" else 1):
        _asked(_build, field.plans, field.store, 1)
        return None
    left = field.digest()
    named = {before: "old", after: "new"} | ({} if before else {"": "none"})
    wrong = [] if left in named else ["the store is neither the old one nor the new one"]
    wrong += [f"half a part: {name}" for name in field.halves()]
    told = str(_asked(_build, field.plans, field.store, 1))
    wrong += [told] if told else []
    wrong += [] if field.digest() == after else ["the next build makes another store"]
    wrong += [f"left over: {each.name}" for each in kept.beside(field.store).glob("*.new")]
    return Kill(number, mode, way, round(point, 3), named.get(left, "other"), "; ".join(wrong))


def _died(way: str, point: float, field: Field, workers: int) -> bool:
    """Build and kill; tell whether anything was killed."""
    assert _FORK is not None
    near, far = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_victim, args=(far, way, point, field.plans, field.store, workers))
    process.start()
    far.close()
    process.join(point if way == "clock" else _LONGEST)
    alive = process.is_alive()
    process.kill()
    process.join()
    try:
        hit = bool(near.poll() and near.recv()) if way == "worker" else False
    except EOFError:  # it failed of itself: what follows tells
        hit = True
    near.close()
    return alive or process.exitcode == -signal.SIGKILL or hit


def _victim(line: Any, way: str, point: float, plans: Path, store: Path, workers: int) -> None:
    hit: list[int] = []
    if way == "step":
        sys.addaudithook(_at_step(int(point), lambda: os.kill(os.getpid(), signal.SIGKILL)))
    elif way == "worker":
        threading.Thread(target=_kill_a_worker, args=(point, hit), daemon=True).start()
    build(plans, store, workers)
    if way == "worker":
        line.send(bool(hit))


def _kill_a_worker(point: float, hit: list[int]) -> None:
    time.sleep(point)
    for each in active_children()[:1]:
        if each.pid:
            each.kill()
            hit.append(each.pid)


def _at_step(point: int, then: Callable[[], object]) -> Callable[[str, tuple[Any, ...]], None]:
    """Return a hook that counts what changes files in this process, and does something before the one at a point."""
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event in _STEPS and (event != "open" or _writes(arguments)):
            count += 1
            if count == point:
                then()

    return hook


def _writes(arguments: tuple[Any, ...]) -> bool:
    return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


def _asked(function: Callable[..., object], *arguments: object) -> object:
    """Return what a function returns in a process of its own: here no store is ever opened."""
    assert _FORK is not None
    near, far = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_answer, args=(far, function, arguments))
    process.start()
    far.close()
    found = near.recv() if near.poll(_LONGEST) else "hangs"
    process.kill()
    process.join()
    near.close()
    return found


def _answer(line: Any, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    line.send(function(*arguments))


def _build(plans: Path, store: Path, workers: int) -> str:
    try:
        build(plans, store, workers)
    except Exception as error:  # whatever the next build says is told
        return f"the next build fails: {error}"
    return ""


def _counted(plans: Path, store: Path, workers: int) -> int:
    counts: Counter[str] = Counter()

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STEPS and (event != "open" or _writes(arguments)):
            counts["steps"] += 1

    sys.addaudithook(hook)
    build(plans, store, workers)
    return counts["steps"]


def _digest(store: Path) -> str:
    if not (store / "current").exists():
        return ""  # the folder alone
    with open_store(store, read_only=True) as opened:
        return hashlib.sha256("".join(sorted(quads.lines(opened.quads()))).encode()).hexdigest()[:16]


def loaded() -> None:
    """Load what a build needs, so that a run that is forked begins at once."""
    assert rebuilding
    shapes_of(SHIPPED)
    closure()
    assert SHIPPED.concepts and SHIPPED.lexicon


def main() -> int:
    """Print what was killed where, and every fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    if _FORK is None:
        raise SystemExit("this system does not fork")
    loaded()
    counts: Counter[tuple[str, str, str]] = Counter()
    faults = 0
    with tempfile.TemporaryDirectory() as home:
        for kill in kills(asked.count, asked.seed, Field(Path(home))):
            counts[kill.mode, kill.way, kill.left] += 1
            if kill.wrong:
                faults += 1
                print(f"{kill.number}\t{kill.mode}\t{kill.way}\t{kill.point}\t{kill.wrong}", flush=True)
            elif kill.number % 20 == 19:
                print(f"… {kill.number + 1} kills", file=sys.stderr, flush=True)
    print("build\tkilled\tstore after it\tkills")
    for (mode, way, left), count in sorted(counts.items()):
        print(f"{mode}\t{way}\t{left}\t{count}")
    print(f"{counts.total()} kills, {faults} faults, seed {asked.seed}, load {os.getloadavg()[0]:.1f}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Review a document of a study: open its tables, write what a person rules at once, take it back.

Decisions are written first, then the tables: nothing ruled is lost. Who writes says on which state he ruled; where the
tables are another's by now, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock

from policygraph import facts, outputs
from policygraph.checklist import is_doubtful
from policygraph.errors import UsageError
from policygraph.facts import acts, decisions
from policygraph.facts.forms import as_date
from policygraph.facts.laying import Bench
from policygraph.model import Facts
from policygraph.outputs import locks
from policygraph.pipeline.accepting import Said
from policygraph.pipeline.building import build
from policygraph.resolve import renamed
from policygraph.rulings import WHOLE, Ruling
from policygraph.study import Study

_WITHIN = 10.0  # seconds for the writing of another
_HERE = Lock()  # writers of this process; those of others wait at the file
_NAMED_BY = (
    "heading",
    "agency",
    "indicator",
    "title",
    "number",
    "region",
    WHOLE,
)  # columns that say which concept it is


class ChangedError(UsageError):
    """Raise when the tables of a document are no longer those on which a person ruled."""


@dataclass(frozen=True, slots=True)
class Review:
    """A document as it is reviewed: its folder, its facts, and by which name this state of its files is known."""

    folder: Path
    facts: Facts
    state: str


def review(folder: Path, study: Study) -> Review:
    """Open the tables of a document; what a killed program decided and did not write is written.

    Raises UsageError where a person's corrections wait to be accepted, TableError where a table is malformed.
    """
    with alone(folder, study):
        outputs.mend(folder.parent)
        found = facts.written(folder)
        whole = _finished(found)
        changed = facts.changed(folder)
        if theirs := [path for path in changed if not facts.is_written(path, whole, is_doubtful)]:
            raise UsageError("facts.waits-for-accept", names=[path.name for path in theirs], folder=folder)
        if changed or whole != found or facts.is_behind(folder):
            facts.rewrite(whole, folder, is_doubtful)
        return Review(folder, whole, _state(folder))


def stands(seen: Review) -> bool:
    """Tell whether the files of a document are as they were when it was seen."""
    return seen.folder.is_dir() and _state(seen.folder) == seen.state


def rule(seen: Review, done: Sequence[acts.Act], said: Said, study: Study) -> Review:
    """Lay what a person did over a document, and write it. Raises ChangedError where it is another's by now."""
    return _written(seen, study, lambda found: acts.ruled(found, done, _signed(said)))


def undo(seen: Review, said: Said, study: Study) -> Review:
    """Take the last act of a person back, and write that. Raises ChangedError as :func:`rule`, UsageError for none."""
    return _written(seen, study, lambda found: acts.undone(found, _signed(said)))


def rebuilt(study: Study, store: Path) -> tuple[str, ...]:
    """Make the graph of a study anew; return the documents that were: those that changed, and what depends on them."""
    return build([], store, study=study.again()).made


Laid = Callable[[Facts], tuple[Facts, tuple[Ruling, ...]]]


def _written(seen: Review, study: Study, lay: Laid) -> Review:
    with alone(seen.folder, study):
        if _state(seen.folder) != seen.state:
            raise ChangedError("facts.changed-by-another")
        outputs.require_free(_files(seen.folder))  # before anything is written
        laid, new = lay(seen.facts)
        outputs.revise(decisions.text(laid.decisions), seen.folder / decisions.FILE)  # first: nothing ruled is lost
        if any(each.column in _NAMED_BY for each in new):
            named = renamed(replace(laid, decisions=new), study.concepts)
            laid = replace(named, decisions=laid.decisions)
        facts.rewrite(laid, seen.folder, is_doubtful, before=seen.facts)
        return Review(seen.folder, laid, _state(seen.folder))


def _signed(said: Said) -> Ruling:
    when = as_date(said.when or "")
    return Ruling("", "", key="", column="", was="", now="", who=said.who or "", when=when, why=said.why or "")


def _finished(found: Facts) -> Facts:
    """Return facts with the last act at a desk laid over them: once more it changes nothing."""
    last = found.decisions[-1].source if found.decisions else ""
    bench = Bench(found)
    for ruling in found.decisions:
        if last.startswith(acts.DESK) and ruling.source == last:
            bench.lay(ruling)
    return bench.facts(found.decisions)


def _state(folder: Path) -> str:
    """Return a digest of the tables, workbooks and decisions of a folder."""
    found = sha256()
    for path in _files(folder):
        found.update(f"{path.name}\n{path.stat().st_size}\n".encode(errors="surrogateescape"))
        found.update(path.read_bytes())
    return found.hexdigest()


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith((".", "~$"))]


@contextmanager
def alone(folder: Path, study: Study) -> Iterator[None]:
    """Hold a document while its files are written; programs on one machine, or one share, come one after the other.

    Raises UsageError where another one does not let go of it.
    """
    place = study.place("out", "review", f"{folder.name}.lock")
    place.parent.mkdir(parents=True, exist_ok=True)
    with _HERE, place.open("a+b") as file:
        if not locks.waited(file, _WITHIN):
            raise UsageError("facts.busy", folder=folder)
        yield

"""From files to fact tables: read, normalise, segment, extract, resolve, save."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

from policygraph import facts, outputs, trust
from policygraph.checklist import Look, is_doubtful, look_at, unnumbered
from policygraph.differences import differences
from policygraph.errors import DocumentError, NotAPlanError, UsageError
from policygraph.extract import extract, is_plan
from policygraph.facts.laying import lay_over
from policygraph.messages import legible, noted
from policygraph.model import Evidence, Facts, MetadataRow, Source
from policygraph.normalise import normalise
from policygraph.pipeline.spread import HERE, Hands, Held
from policygraph.pipeline.telling import Progress, paced, silent
from policygraph.read import decoded, read
from policygraph.resolve import renamed, resolve
from policygraph.rows import Rows
from policygraph.segment import segment, unnumbered_headings
from policygraph.study import README, SHIPPED, Study
from policygraph.terms import TOUCHED, Status
from policygraph.version import __version__

# Names that no folder can have: hidden ones («.» and «..» among them) and those that Windows keeps for devices or cuts.
_NO_FOLDER = re.compile(r"|\..*|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*[. ]", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: its facts and what to look at in them, or the error that made it skip."""

    path: Path
    facts: Facts | None = None
    error: DocumentError | None = None
    looks: tuple[Look, ...] = ()


def extract_document(path: Path, doc: str = "", study: Study = SHIPPED) -> Facts:
    """Return the facts of one file, by the words and concepts of a study.

    ``doc`` (the file's stem by default) names the document in all rows.

    Raises ReadError where the file is no text and NotAPlanError where the text is no plan.
    """
    return _read(path, doc, study)[0]


def look_over(path: Path, study: Study = SHIPPED) -> tuple[Look, ...]:
    """Return what a person should look at in what is read of a file. Raises as :func:`extract_document`."""
    return _read(path, "", study)[1]


def _read(path: Path, doc: str, study: Study, before: Facts | None = None) -> tuple[Facts, tuple[Look, ...]]:
    """Return the facts of a file and what to look at in them; what was ruled on those ``before`` is laid over them."""
    source = read(path)
    words = study.lexicon
    outline = segment(normalise(source, words), words)
    findings = extract(doc or legible(path.stem), outline, words)
    if not is_plan(findings):
        raise NotAPlanError("extracting.no-plan", path=path)
    found = resolve(trust.rated(findings, trust.bundled()), study.concepts)
    headings = unnumbered(found.doc, outline, unnumbered_headings(outline))
    facts = replace(found, metadata=(*found.metadata, *_provenance(found.doc, source)))
    if before is None:
        return facts, look_at(facts, headings)
    laid, left = lay_over(facts, before.decisions, before)
    laid = renamed(laid, study.concepts)
    return laid, look_at(laid, headings, left)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that a user named: a folder stands for all below it, ``*.txt`` for what matches; sorted.

    Windows hands on ``*.txt`` as it was typed. Hidden files and the locks that a word processor leaves beside an
    open document are passed over. Raises UsageError for a folder or pattern without files.
    """
    found: list[Path] = []
    for path in paths:
        below = documents_below(path)
        if not below:
            raise UsageError("extracting.no-file", path=path)
        found += below
    return list(dict.fromkeys(found))


def sources(study: Study) -> list[Path]:
    """Return the documents of a study as they were downloaded. Raises UsageError where there is none."""
    place = study.place("sources")
    found = [each for each in documents_below(place) if each.name != README] if place.is_dir() else []
    if not found:
        raise UsageError("extracting.no-source", path=place)
    return found


def documents_below(path: Path) -> list[Path]:
    """Return the documents below a folder, sorted; a pattern stands for what matches it, a file for itself."""
    if path.is_dir():
        return sorted(each for each in path.rglob("*") if _is_document(each, path))
    if "*" in path.name and not path.exists():
        return sorted(each for each in path.parent.glob(path.name) if _is_document(each, path.parent))
    return [path]


def _is_document(path: Path, folder: Path) -> bool:
    return path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def extract_batch(
    paths: Sequence[Path],
    out: Path,
    study: Study = SHIPPED,
    workbook: bool = False,
    hands: Hands = HERE,
    progress: Progress = silent,
) -> Iterator[Outcome]:
    """Extract many files into ``out/<file stem>/``, one Outcome a file; a bad file has its error, the rest goes on.

    With ``workbook`` the tables of each have a workbook of their name beside them. ``hands`` says who works: the tables
    and the order of the outcomes are the same. Outcomes are not kept: a thousand documents need the memory of one.
    """
    tasks = _named(dict.fromkeys(paths))
    job = _Extracting(out, study, is_doubtful if workbook else None)
    found = hands.each(job, tasks, paced(progress, len(tasks)))
    for task, outcome in zip(tasks, found, strict=True):
        yield Outcome(task.path, error=outcome) if isinstance(outcome, DocumentError) else outcome


def compare_document(path: Path, folder: Path, study: Study = SHIPPED) -> Rows:
    """Return how a fresh extraction of a file differs from the reviewed tables of a folder."""
    reviewed = facts.load(folder)
    return differences(reviewed, extract_document(path, reviewed.doc, study))


def read_text(path: Path) -> str:
    """Return the text of a file of any format that can be read."""
    return read(path).text


def decoded_text(data: bytes, name: str) -> str:
    """Return plain text of any encoding that came another way than by a file, as a console sends it."""
    return decoded(data, name).text


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to extract, and the first of those whose tables would have its place."""

    path: Path
    first: Path


def _named(paths: Iterable[Path]) -> list[_Task]:
    taken: dict[str, Path] = {}
    return [_Task(each, taken.setdefault(_key(each), each)) for each in paths]


def _key(path: Path) -> str:
    return normalize("NFC", legible(path.stem)).casefold()  # one name on Windows and macOS


@dataclass(frozen=True, slots=True)
class _Extracting:
    """Extract files below a folder, in any process."""

    out: Path
    study: Study
    doubtful: facts.Doubt | None

    def ready(self, held: Held) -> Callable[[_Task], Outcome]:
        return self._one

    def name(self, task: _Task) -> str:
        return str(task.path)

    def _one(self, task: _Task) -> Outcome:
        target = self.out / _name(task.path)
        if task.first != task.path:
            raise DocumentError("extracting.same-name", path=task.path, other=task.first)
        try:
            return self._saved(task.path, target)
        except UsageError as error:  # of the place to write to: the next document has another
            raise DocumentError.like(error) from error

    def _saved(self, path: Path, target: Path) -> Outcome:
        before = _ruled(target)
        if before is None:
            _require_ours(target)
        found, looks = _read(path, "", self.study, before)
        if before is None:
            facts.save(found, target, self.doubtful)
        else:
            facts.rewrite(found, target, is_doubtful, fresh_workbook=self.doubtful is not None)
        return Outcome(path, found, None, looks)


def _name(path: Path) -> str:
    """Return the name of the folder for a document. Raises DocumentError where a folder of that name cannot be."""
    name = legible(path.stem)
    if _NO_FOLDER.fullmatch(name):
        raise DocumentError("extracting.no-folder-name", path=path, name=name)
    return name


def _ruled(folder: Path) -> Facts | None:
    """Return the facts of a folder that holds decisions of a person, None where it holds none.

    Raises DocumentError where it holds corrections that nobody accepted yet: they would be lost.
    """
    if not facts.is_folder(folder):
        return None
    old = facts.load(folder)
    changed = facts.changed(folder)
    if changed and (old.decisions or outputs.is_listed(changed[0])):
        raise DocumentError("extracting.not-accepted", path=changed[0], folder=folder)
    rows = (row for table in facts.ROWS for row in getattr(old, table))
    if not old.decisions and any(row.evidence.status in TOUCHED for row in rows):
        raise DocumentError("extracting.reviewed", path=folder)
    return old if old.decisions else None


def _require_ours(folder: Path) -> None:
    """Refuse to replace what :func:`facts.save` did not write, before any work is done."""
    if objected := outputs.objection(folder, is_folder=True):
        raise DocumentError(objected.key, **dict(objected.values))


def _provenance(doc: str, source: Source) -> tuple[MetadataRow, ...]:
    values = {
        "source_file": legible(source.name),
        "source_sha256": source.sha256,
        "source_url": "",
        "retrieved": "",
        "extractor_version": __version__,
        "review_status": Status.EXTRACTED,
    }
    notes = {"source_file": noted(*source.notes)}
    return tuple(
        MetadataRow(doc, name, value, "", Evidence(confidence=Decimal(1), note=notes.get(name, "")))
        for name, value in values.items()
    )

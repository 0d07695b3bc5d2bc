"""Check whatever a user names: a document, its fact tables, a Turtle file, a folder of many, or a stored document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policygraph import facts, outputs, validate
from policygraph.errors import DocumentError, UsageError
from policygraph.messages import message
from policygraph.model import Facts
from policygraph.naming import Named
from policygraph.pipeline.extracting import extract_document, read_text
from policygraph.pipeline.holdings import document_at_hand, library, names_at_hand, with_links
from policygraph.pipeline.loading import load_document
from policygraph.pipeline.spread import Held
from policygraph.pipeline.telling import Progress, Skip, ignore, paced, silent
from policygraph.pipeline.validation import Checks, check, check_many, check_turtle
from policygraph.study import Study
from policygraph.validate import Report


def is_folder_of_documents(path: Path) -> bool:
    """Tell a folder of many documents from the folder of one document's tables."""
    return path.is_dir() and not facts.is_folder(path)


def judge(path: Path, how: Checks | None = None, progress: Progress = silent) -> Report:
    """Validate one document: a file in any format that can be read, a folder of fact tables, or a Turtle file.

    Raises ReadError or NotAPlanError where there is nothing to check, UsageError where ``against`` is not at hand.
    """
    how = how or Checks()
    if path.suffix == ".ttl" and path.is_file():
        return check_turtle(path, how)
    known = library(how.study)
    (draft,) = with_links([_draft(path, how.study)[1]], known, how.study)
    return check(draft, known, how, progress)


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft that was checked: what was found, its text as read, and by language a Word file with the findings."""

    report: Report
    text: str
    word: Mapping[str, bytes]


def judge_draft(path: Path, name: str, how: Checks | None = None) -> Judged:
    """Validate a file that a person calls by another name than it lies under, and return it with its text.

    Errors name the file as the person does; otherwise as :func:`judge`.
    """
    try:
        report = judge(path, how)
        word = {language: as_word(report, path, language) for language in ("zh", "en")}
        return Judged(report, read_text(path), word)
    except DocumentError as error:
        raise type(error)(error.key, **{**dict(error.message.values), "path": name}) from error


def as_word(report: Report, draft: Path, language: str, by: str = "action") -> bytes:
    """Return a Word draft with the findings as comments; of any other draft, a report of its own."""
    if draft.suffix.lower() == ".docx" and draft.is_file():
        return validate.annotate(draft.read_bytes(), report, language)
    return validate.as_docx(report, language, by)


def above(study: Study) -> tuple[Named, ...]:
    """Return the names of the documents that a draft can be compared with: of the study, and the bundled ones."""
    return names_at_hand(library(study), study.concepts)


def judge_named(name: str, how: Checks | None = None, progress: Progress = silent) -> Report:
    """Validate a document that is at hand, of the study or bundled, by any of its names. Raises UsageError for none."""
    how = how or Checks()
    known = library(how.study)
    return check(document_at_hand(name, known, how.study.concepts), known, how, progress)


def judge_folder(path: Path, how: Checks | None = None, progress: Progress = silent, skip: Skip = ignore) -> Report:
    """Validate all documents of a folder together; ``skip`` is told the error of each that cannot be read or checked.

    Raises UsageError where no document is left.
    """
    how = how or Checks()
    drafts = _drafts(path, how, progress, skip)
    if not drafts:
        raise UsageError("judging.no-document", path=path)
    known = library(how.study)
    return check_many(with_links(tuple(drafts.values()), known, how.study), known, how, progress, skip)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Read drafts, in any process."""

    study: Study

    def ready(self, held: Held) -> Callable[[Path], tuple[str, Facts]]:
        return lambda entry: _draft(entry, self.study)

    def name(self, task: Path) -> str:
        return task.name


def _drafts(path: Path, how: Checks, progress: Progress, skip: Skip) -> dict[str, Facts]:
    drafts: dict[str, Facts] = {}
    entries = _entries(path)
    progress(message("building.tables"))
    found = how.hands.each(_Reading(how.study), entries, paced(progress, len(entries)))
    for entry, read in zip(entries, found, strict=True):
        if isinstance(read, DocumentError):
            skip(read)
        elif read[0] in drafts:
            slug = read[0]
            skip(DocumentError("building.same-document", path=entry, slug=slug, other=drafts[slug].doc))
        else:
            drafts[read[0]] = read[1]
    return drafts


def _entries(path: Path) -> list[Path]:
    outputs.mend(path)  # what a killed extraction left aside is in its place before anybody looks
    entries = (entry for entry in sorted(path.iterdir()) if not entry.name.startswith("."))
    return [entry for entry in entries if entry.is_file() or facts.is_folder(entry)]


def _draft(path: Path, study: Study) -> tuple[str, Facts]:
    if path.is_dir():
        return load_document(path)
    found = extract_document(path, study=study)
    return found.value("document_id"), found

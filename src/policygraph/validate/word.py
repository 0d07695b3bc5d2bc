"""Write a report for Word: comments in a copy of the draft, or a document of its own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from policygraph.errors import ReadError
from policygraph.messages import say
from policygraph.terms import Outcome
from policygraph.validate.grouping import gathered, groups, told
from policygraph.validate.report import Report, Result, severity_label

_AUTHOR, _INITIALS = "policygraph", "pg"
_EPOCH = datetime(1980, 1, 1)  # no clock in outputs: the same report gives the same document
_IGNORED = re.compile(r"\s+")
_WIDE = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20})


def annotate(draft: bytes, report: Report, language: str = "zh") -> bytes:
    """Return a copy of a Word draft with a comment at each clause at fault.

    A result is placed at its quote, else at the heading of its action, else at the first words of the document; where
    a quote stands several times, at the first place after that heading. Raises ReadError where the draft is no docx.
    """
    try:
        word = Document(io.BytesIO(draft))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError("validate.no-word-document") from error
    if report.outcome is Outcome.UNCHECKED:
        _say(word, _start(word), "\n".join(report.head(language)))
    for result in report.results:
        _say(word, _anchor(word, result), _comment(result, language))
    for comment in word.comments:
        comment._comment_elm.attrib.pop(qn("w:date"), None)
    return packed(word)


def _say(word: Word, runs: list[Run], text: str) -> None:
    if runs:
        word.add_comment(runs, _clean(text), author=_AUTHOR, initials=_INITIALS)


def as_docx(report: Report, language: str = "zh", by: str = "action") -> bytes:
    """Return the report as a Word document, grouped by ``action`` or ``bureau``."""
    word = Document()
    word.add_heading(say("validate.title", language), 0)
    for line in report.head(language):
        word.add_paragraph(_clean(line))
    single, repeated = gathered(report, by)
    for group in groups(single, by, language):
        word.add_heading(_clean(group.title), 1)
        if group.quote:
            word.add_paragraph(_clean(group.quote), style="Quote")
        for result in group.results:
            _paragraph(word, result, language, by)
    for each in repeated:
        word.add_heading(_clean(each.title(language)), 1)
        for label, text in each.common(language).items():
            word.add_paragraph(_clean(f"{label}: {text}"))
        for line in each.places(report, language):
            word.add_paragraph(_clean(line), style="List Bullet")
    word.core_properties.author = _AUTHOR
    word.core_properties.created = word.core_properties.modified = _EPOCH
    return packed(word)


def _paragraph(word: Word, result: Result, language: str, by: str) -> None:
    paragraph = word.add_paragraph(style="List Bullet")
    head = f"{severity_label(result.severity, language)}: {result.message.said(language)}"
    paragraph.add_run(_clean(head)).bold = True
    for label, text in told(result, language, by).items():
        paragraph.add_run(_clean(f"\n{label}: {text}"))


def _comment(result: Result, language: str) -> str:
    """Return the text of a comment; the quote is what it is tied to, and need not be said again."""
    head = f"[{severity_label(result.severity, language)}] {result.message.said(language)}"
    said = told(result, language, alone=True)
    return "\n".join([head, *(f"{label}: {text}" for label, text in said.items())])


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


# ---------------------------------------------------------------- where a comment goes


@dataclass(frozen=True, slots=True)
class _Found:
    paragraph: Paragraph
    start: int
    end: int


def _anchor(word: Word, result: Result) -> list[Run]:
    """Return the runs that a comment on a result is tied to."""
    paragraphs = [each for each in _paragraphs(word) if each.runs]
    heading = next(_search(paragraphs, result.action), None)
    after = paragraphs
    if heading:
        at = next(number for number, each in enumerate(paragraphs) if each._p is heading.paragraph._p)
        after = [*paragraphs[at:], *paragraphs[:at]]
    place = next(_search(after, result.quote), None) or heading
    if place:
        return _isolated(place)
    return _start(word)


def _start(word: Word) -> list[Run]:
    """Return the first run of words of the document, if there is one."""
    return next((each.runs[:1] for each in _paragraphs(word) if each.runs), [])


def _paragraphs(container: Word | Table) -> Iterator[Paragraph]:
    """Yield all paragraphs in order, those in tables too; a merged cell comes once."""
    if isinstance(container, Table):
        cells = {id(cell._tc): cell for row in container.rows for cell in row.cells}
        blocks: Iterable[Paragraph | Table] = (block for cell in cells.values() for block in cell.iter_inner_content())
    else:
        blocks = container.iter_inner_content()
    for block in blocks:
        if isinstance(block, Table):
            yield from _paragraphs(block)
        else:
            yield block


def _search(paragraphs: Iterable[Paragraph], quote: str) -> Iterator[_Found]:
    """Yield where a quote stands; spaces and the width of signs do not count."""
    wanted = _IGNORED.sub("", quote).translate(_WIDE)
    if not wanted:
        return
    for paragraph in paragraphs:
        text = "".join(run.text for run in paragraph.runs).translate(_WIDE)
        kept = [place for place, char in enumerate(text) if not char.isspace()]
        start = "".join(text[place] for place in kept).find(wanted)
        if start >= 0:
            yield _Found(paragraph, kept[start], kept[start + len(wanted) - 1] + 1)


def _isolated(found: _Found) -> list[Run]:
    """Return runs that hold the words and no more, where the runs at both ends can be cut."""
    for place in (found.start, found.end):
        _cut(found.paragraph, place)
    chosen: list[Run] = []
    at = 0
    for run in found.paragraph.runs:
        if run.text and at < found.end and at + len(run.text) > found.start:
            chosen.append(run)
        at += len(run.text)
    return chosen


def _cut(paragraph: Paragraph, place: int) -> None:
    """Cut the run that a place falls into; one that holds more than text stays whole."""
    at = 0
    for run in paragraph.runs:
        inside = place - at
        at += len(run.text)
        if 0 < inside < len(run.text):
            if all(child.tag in (qn("w:t"), qn("w:rPr")) for child in run._r):
                rest = deepcopy(run._r)
                run._r.addnext(rest)
                Run(rest, paragraph).text, run.text = run.text[inside:], run.text[:inside]
            return


def packed(word: Word) -> bytes:
    """Return a Word document as bytes; its parts bear no time, so that the same document gives the same bytes."""
    made, out = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename), source.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()

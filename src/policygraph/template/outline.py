"""Write the outline of a plan: as lines, and as a Word document with headings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from docx import Document

from policygraph.model import Facts, StructureRow
from policygraph.template.words import Words
from policygraph.validate import packed

Figure = tuple[str, int | None]  # indicator, year


def lines(facts: Facts, phrases: Words, unsure: Collection[Figure] = ()) -> Iterator[str]:
    """Yield the outline, a line a paragraph; headings open with ``# `` as often as they are deep.

    Figures to meet that are ``unsure`` (unchecked in the document above) are marked.
    """
    yield f"# {facts.value('title')}"
    yield from (row.quote for row in facts.citations)
    for row in facts.structure:
        if row.kind == "action":
            yield from _action(row, facts, phrases, unsure)
        else:
            own = "tasks" if row.section == phrases["tasks-section"] else "closing"
            yield f"## {phrases[f'{own}-line']}"
            yield from filter(None, [_asked(row, facts, phrases, unsure)])
    yield facts.value("issuer")


def outline(text: Sequence[str]) -> bytes:
    """Return the outline as a Word document; the same lines give the same bytes."""
    word = Document()
    for line in text:
        marks, _, said = line.partition(" ")
        if marks.strip("#"):
            word.add_paragraph(line)
        else:
            word.add_heading(said, len(marks) - 1)
    word.core_properties.author = "policygraph"
    return packed(word)


def _action(row: StructureRow, facts: Facts, phrases: Words, unsure: Collection[Figure]) -> Iterator[str]:
    number = row.section.removeprefix(phrases["tasks-section"])
    clause = "".join(each.quote for each in facts.clauses if each.section == row.section)
    yield f"### {number}.{row.heading}"
    yield _asked(row, facts, phrases, unsure) + clause


def _asked(row: StructureRow, facts: Facts, phrases: Words, unsure: Collection[Figure]) -> str:
    """Return what is asked for under a heading, a sentence for each target."""
    said = []
    for target in facts.targets:
        if target.section == row.section:
            form = phrases["sentence" if target.year else "sentence-standing"]
            mark = phrases["unsure"] if (target.indicator, target.year) in unsure else ""
            said.append(form.format(year=target.year, indicator="", demand=target.quote + mark))
    return "".join(said)

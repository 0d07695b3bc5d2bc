"""Compare the table of contents of a text with its headings: what differs, is lacking, or is not listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policygraph.extract.grammar.evidence import evidence
from policygraph.model import Outline, Section, StructureRow
from policygraph.quantities import is_above
from policygraph.records import replace
from policygraph.terms import SectionKind

CONTENTS = "contents"  # of a heading that the table of contents does not have as it stands
LACKING = "contents:lacking"  # of an entry that heads nothing
_LONGEST = 12  # letters of a number before a heading


def with_contents(rows: tuple[StructureRow, ...], outline: Outline) -> tuple[StructureRow, ...]:
    """Mark the headings that the table of contents has otherwise, and add its entries that head nothing.

    A number that was moved is no difference of its own; of headings that changed places the first is marked. Levels
    that the table of contents leaves out are not asked for.
    """
    if outline.contents is None:
        return rows
    front, *entries = outline.contents.sections
    listed = [
        replace(each, number=each.number.removeprefix(front.number))
        for each in entries
        if each.heading and not _in_annex(each)
    ]
    heads = [each for each in outline.sections if each.heading and not _in_annex(each)]
    places = {outline.text.offsets[each.head.start] for each in _marked(listed, heads)}
    marked = tuple(_with_mark(row) if row.evidence.start in places else row for row in rows)
    doc = rows[0].doc if rows else ""
    lacking = (
        StructureRow(
            doc,
            f"{front.number}{each.number}",
            each.heading,
            SectionKind.PART,
            evidence=evidence(outline.contents.text, each.head.start, each.body.end, rule=LACKING),
        )
        for each in _lacking(listed, heads, outline.text.text)
    )
    return tuple(sorted((*marked, *lacking), key=lambda row: row.evidence.start or 0))


def _in_annex(section: Section) -> bool:
    return section.kind == SectionKind.ANNEX or "/" in section.number


def _with_mark(row: StructureRow) -> StructureRow:
    return replace(row, evidence=replace(row.evidence, rule=f"{row.evidence.rule.partition(':')[0]}:{CONTENTS}"))


def _marked(listed: list[Section], heads: list[Section]) -> Iterator[Section]:
    """Yield the headings of the text that the table of contents has under another name, or not at all."""
    names, numbers = {_name(each) for each in listed}, {each.number for each in listed}
    above, known = {_above(number, numbers) for number in numbers}, {each.number for each in heads}
    moved = False
    for each in heads:
        named = [other for other in listed if other.number == each.number]
        if _name(each) in names:
            out_of_place = bool(named) and not any(_same(each, other) for other in named)
            swapped = out_of_place and all(_stands(other, heads) for other in named)
            if swapped and not moved and not _repeated(each, heads):
                yield each
            moved = swapped
        elif not any(_same(each, other) for other in named) and (named or _above(each.number, known) in above):
            yield each


def _lacking(listed: list[Section], heads: list[Section], text: str) -> Iterator[Section]:
    """Yield the entries of which neither name nor number heads anything in the text."""
    numbers = {each.number for each in heads}
    lines = {_letters(line[: 2 * _LONGEST]) for line in text.split("\n")}
    for each in listed:
        begins = (line.find(_name(each), 0, len(_name(each)) + _LONGEST) >= 0 for line in lines)
        if each.number not in numbers and not _stands(each, heads) and not any(begins):
            yield each


def _stands(entry: Section, heads: list[Section]) -> bool:
    return any(_same(each, entry) for each in heads)


def _repeated(section: Section, heads: list[Section]) -> bool:
    return sum(each.number == section.number for each in heads) > 1


def _same(one: Section, other: Section) -> bool:
    """Tell whether two headings are one: where its text follows a heading, only the first words of both."""
    mine, theirs = _name(one), _name(other)
    return mine.startswith(theirs) or theirs.startswith(mine)


def _name(section: Section) -> str:
    return _letters(section.heading)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _above(number: str, numbers: Iterable[str]) -> str:
    """Return the number of the heading above.

    >>> _above("三(七)", ["三", "三(七)"]), _above("十一", ["十"]), _above("一11", ["一", "一1"])
    ('三', '', '一')
    """
    return max((each for each in numbers if is_above(each, number)), key=len, default="")

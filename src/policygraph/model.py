"""Hold the records that flow from room to room; nothing here computes.

All records are frozen. Positions are character offsets into ``Source.text`` (half open), no part of equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from policygraph.messages import Message, Note
from policygraph.records import record
from policygraph.rulings import Ruling
from policygraph.terms import (
    BodyRelation,
    EventKind,
    NumberClass,
    Op,
    Parsed,
    Relation,
    Role,
    SectionKind,
    Status,
    TargetKind,
)

# ---------------------------------------------------------------- text


@record
class Source:
    """A file as text, exactly as read."""

    name: str
    text: str
    sha256: str = ""
    encoding: str = "utf-8"
    notes: tuple[Message, ...] = ()  # what of the file is not in the text, or not as it was


@record
class Text:
    """A source with characters and scripts made uniform.

    ``offsets[i]`` is the position in ``source.text`` of ``text[i]``; ``offsets[len(text)]`` its length.
    ``text`` has one form of each punctuation mark, for the grammar; ``printed``, of the same length, has the
    marks as printed, for names and quotes.
    """

    source: Source
    text: str
    printed: str
    offsets: tuple[int, ...] = field(repr=False)
    converted: bool = False  # Traditional characters were found and made Simplified


@record
class Span:
    """A stretch of ``Text.text``, half open."""

    start: int
    end: int


@record
class Section:
    """A numbered heading and what stands below it, up to the next heading.

    ``number`` is the path as printed (``三(一)1``, ``附件1/二(三)``), ``""`` for what stands before the
    first heading. ``body`` covers the text after the heading, without sub-sections. ``rule`` read the heading.
    """

    number: str
    heading: str
    kind: SectionKind
    head: Span = field(compare=False)
    body: Span = field(compare=False)
    rule: str = field(default="", compare=False)


@record
class Outline:
    """A text cut at its headings, furniture left out; ``contents`` is a printed table of contents, cut alike."""

    text: Text
    sections: tuple[Section, ...]
    contents: Outline | None = None


# ---------------------------------------------------------------- facts: one class a table


@record
class Evidence:
    """Where a fact stands and how far it can be trusted; the last columns of every table.

    ``confidence`` is about reading: is that what the text says. ``rule`` is the name of the rule that read it, with at
    most one circumstance behind a colon (``level:title-year``). ``match`` is about identity: is it that concept; None
    where nothing is resolved.
    """

    start: int | None = field(default=None, compare=False)
    end: int | None = field(default=None, compare=False)
    status: Status = Status.EXTRACTED
    confidence: Decimal = Decimal("1")
    rule: str = ""
    match: Decimal | None = None
    note: Note = ""


@record
class MetadataRow:
    """One property of the document; ``id`` is what the value resolves to (region code, agency, level)."""

    doc: str
    field: str
    value: str
    id: str = ""
    evidence: Evidence = Evidence()


@record
class StructureRow:
    """One numbered heading; ``action_type`` is the concept an action carries out, if known.

    ``after`` is the number printed before it in its series, of a heading or of a sentence; empty for the first.
    """

    doc: str
    section: str
    heading: str
    kind: SectionKind
    action_type: str = ""
    evidence: Evidence = Evidence()
    after: str = ""


@record
class ClauseRow:
    """One responsibility clause as printed; ``parsed`` says how much was read, the note what was left over."""

    doc: str
    section: str
    action: str
    clause: int
    open: str  # "yes" where the list ends in 等
    parsed: Parsed
    quote: str
    evidence: Evidence = Evidence()


@record
class ResponsibilityRow:
    """One body in one role in one clause; ``agency_id`` is ``<region code>/<slug>``."""

    doc: str
    section: str
    action: str
    clause: int
    order: int
    role: Role
    agency: str
    surface: str
    agency_id: str = ""
    evidence: Evidence = Evidence()


@record
class TargetRow:
    """One indicator in one year; ``value`` is the number as printed, empty for ``qual``.

    ``seen_in`` is where a figure was read that was not read in a file of the document: an address, or what was read.
    """

    doc: str
    section: str
    action: str
    indicator: str
    year: int | None
    op: Op
    value: str
    unit: str
    baseline: str
    kind: TargetKind
    quote: str
    indicator_id: str = ""
    evidence: Evidence = Evidence()
    seen_in: str = ""


@record
class CitationRow:
    """One document named in the text."""

    doc: str
    title: str
    number: str
    relation: Relation
    quote: str
    document_id: str = ""
    evidence: Evidence = Evidence()


@record
class BodyRow:
    """One statement about a coordinating body.

    ``body_id`` and ``party_id`` are ``<region code>/<slug>``; a person's is ``person-<region code>-<pinyin>-<hash>``.
    A finding has what kind of party it is there: person, agency or body. ``agency_id`` are the agencies in which the
    posts are held, in their order, joined by a bar; a finding has their names there, joined by 、.
    """

    doc: str
    section: str
    body: str
    relation: BodyRelation
    party: str
    post: str
    order: int | None
    quote: str
    party_id: str = ""
    evidence: Evidence = Evidence()
    body_id: str = ""
    agency_id: str = ""


@record
class ScheduleRow:
    """One dated event."""

    doc: str
    section: str
    event: str
    kind: EventKind
    years: str
    period: str
    responsible: str
    quote: str
    evidence: Evidence = Evidence()


@record
class RegionRow:
    """A place of elsewhere named in running text as if it were the plan's own; a finding may be of any place."""

    doc: str
    section: str
    region: str
    quote: str
    region_id: str = ""
    evidence: Evidence = Evidence()


@record
class SlipRow:
    """What a proof reader would mark in running text; ``slip`` is what of the ``quote`` is wrong, the rule says how."""

    doc: str
    section: str
    slip: str
    quote: str
    evidence: Evidence = Evidence()


@record
class NumberRow:
    """One quantity of the text, whatever became of it.

    ``kind`` is its class (the column ``class``), ``order`` its place in the section from 1, ``fact`` the row that it
    became (``targets@<start>``), empty where it became none.
    """

    doc: str
    section: str
    order: int
    value: str
    unit: str
    kind: NumberClass
    fact: str
    quote: str
    evidence: Evidence = Evidence()


@record
class Decision:
    """What was decided about one quantity, by which rule, and the start of its row; offsets are into ``Text.text``."""

    start: int
    end: int
    kind: NumberClass
    rule: str
    fact_start: int | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """The fact tables of one document, rows in document order."""

    doc: str
    metadata: tuple[MetadataRow, ...] = ()
    structure: tuple[StructureRow, ...] = ()
    clauses: tuple[ClauseRow, ...] = ()
    responsibilities: tuple[ResponsibilityRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    citations: tuple[CitationRow, ...] = ()
    bodies: tuple[BodyRow, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
    numbers: tuple[NumberRow, ...] = ()
    regions: tuple[RegionRow, ...] = ()
    slips: tuple[SlipRow, ...] = ()

    def value(self, name: str) -> str:
        """Return the value of a metadata field, ``""`` where it is not known."""
        return next((row.value for row in self.metadata if row.field == name), "")

    def resolved(self, name: str) -> str:
        """Return the identifier a metadata field resolves to, ``""`` where it does not."""
        return next((row.id for row in self.metadata if row.field == name), "")


@dataclass(frozen=True, slots=True)
class Findings(Tables):
    """What the text says: names as found, identifiers still empty."""


@dataclass(frozen=True, slots=True)
class Facts(Tables):
    """What the text says, with names completed and resolved to concepts; ``decisions`` are a person's on it."""

    decisions: tuple[Ruling, ...] = ()

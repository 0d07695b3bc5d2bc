"""Find, for each document, the documents above it, nearest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policygraph.cascade.compare import Statement, statement, weakest
from policygraph.cascade.headings import Settings, settings
from policygraph.cascade.led import Leads, leads
from policygraph.cascade.milestones import Path, Term
from policygraph.cascade.trends import movement
from policygraph.concepts import Concepts
from policygraph.errors import DataError
from policygraph.lexicon import Lexicon
from policygraph.model import BodyRow, ClauseRow, Facts, ScheduleRow, TargetRow
from policygraph.periods import length_of, period_of
from policygraph.terms import AtHand, Direction, Form, Relation, Scope, SectionKind, Status

_CELL = "|"
_IN_NUMBER = re.compile(r"[〔\[(](20\d\d)[〕\])]")


@dataclass(frozen=True, slots=True)
class Document:
    """What the cascade knows of a document; one that is only cited has no paths and is at hand as ``nothing``.

    ``term`` says which years it is for, ``place`` whose totals it states: its region, else the document itself.
    """

    slug: str
    name: str
    rank: int  # level of administration: 1 is national; 99 where it is not known
    date: str
    at_hand: AtHand
    parents: tuple[str, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)  # indicator -> milestones
    actions: frozenset[str] = frozenset()  # action types, and names of actions as printed
    lacking: tuple[str, ...] = ()  # headings of annexes of which nothing is at hand
    sets: Settings = field(default_factory=dict)
    leads: Leads = field(default_factory=dict)
    cites: Mapping[str, str] = field(default_factory=dict)  # the documents that it is based on, as it calls them
    term: Term = field(default_factory=Term)
    place: str = ""
    field: str = ""  # the only kind of action that it is for, where its title says so: 老年健康促进行动实施方案

    @property
    def whole(self) -> bool:
        """Tell whether all of its text is at hand, so that what it does not state can be told."""
        return self.at_hand is AtHand.FULL and not self.lacking


class Known(dict[str, Document]):
    """Documents by slug, with all that they are based on; what stands above each is worked out once."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        super().__init__(documents)
        self._above: dict[str, tuple[Document, ...]] = {}

    def above(self, document: Document) -> tuple[Document, ...]:
        """Return the documents above one, nearest first: by steps, then the lower level, then the later date."""
        if document.slug not in self._above:
            self._above[document.slug] = tuple(self._rings(document))
        return self._above[document.slug]

    def _rings(self, document: Document) -> Iterator[Document]:
        seen, ring = {document.slug}, list(document.parents)
        while ring:
            step = [self[slug] for slug in dict.fromkeys(ring) if slug not in seen]
            seen.update(other.slug for other in step)
            by_date = sorted(step, key=lambda other: (other.date, other.slug), reverse=True)
            yield from sorted(by_date, key=lambda other: -other.rank)
            ring = [slug for other in step for slug in other.parents]


def read_documents(documents: Sequence[Facts], concepts: Concepts, lexicon: Lexicon) -> Known:
    """Return all documents by slug: those given, and those that they are based on.

    Raises DataError where two sets of facts are of one document, or documents are based on each other in a circle.
    """
    found: dict[str, Document] = {}
    names: dict[str, str] = {}
    for facts in documents:
        read = read_document(facts, concepts, lexicon)
        names[read.slug] = facts.doc
        if read.slug in found:
            raise DataError("cascade.given-twice", folder=facts.doc, document=read.slug)
        found[read.slug] = read
    refuse_circles({slug: each.parents for slug, each in found.items()}, names)
    return with_cited(found, concepts)


def with_cited(held: Mapping[str, Document], concepts: Concepts) -> Known:
    """Return documents by slug with those that they are based on and that are not at hand."""
    cited = {slug: name for each in held.values() for slug, name in each.cites.items() if slug not in held}
    return Known({**held, **{slug: _cited(slug, name, concepts) for slug, name in cited.items()}})


def above_by_scope(document: Document, known: Known) -> Iterator[tuple[Scope, Sequence[Document]]]:
    """Yield the scopes of parent and nation, each with the documents above one, nearest first."""
    above = known.above(document)
    yield Scope.PARENT, above
    yield Scope.NATIONAL, [other for other in above if other.rank == 1]


def action_of(indicator: str, name: str, concepts: Concepts) -> str:
    """Return the action type an indicator belongs to, else that of the printed action, else its name as printed."""
    known = concepts.indicators.get(indicator)
    if known and known.action:
        return known.action
    named = concepts.action_names.get(name)
    return named.target if named else name


def direction_of(indicator: str, concepts: Concepts) -> Direction:
    """Return the desired direction of an indicator."""
    known = concepts.indicators.get(indicator)
    return Direction(known.direction) if known and known.direction else Direction.NONE


def read_document(facts: Facts, concepts: Concepts, lexicon: Lexicon) -> Document:
    """Return what the cascade knows of a document whose facts are at hand."""
    slug = facts.value("document_id") or facts.doc
    at_hand = _at_hand(facts)
    sets, cites = settings(facts, concepts), _basis(facts)
    document = Document(
        slug=slug,
        name=facts.value("number") or facts.value("title") or slug,
        rank=_rank(facts.resolved("level") or facts.value("level"), concepts),
        date=facts.value("date_issued"),
        at_hand=at_hand,
        parents=tuple(sorted(cites)),
        actions=_actions(facts, concepts) | sets.keys(),
        lacking=_lacking(facts),
        sets=sets,
        leads=leads(facts, sets, concepts),
        cites=cites,
        term=_term(facts, at_hand, lexicon),
        place=facts.resolved("region") or slug,
        field=_field(facts.value("title"), concepts),
    )
    return _with_paths(document, facts, concepts, lexicon)


def _field(title: str, concepts: Concepts) -> str:
    """Return the kind of action that a title names by its full name, empty where it names none or several."""
    named = [name for name, known in concepts.action_names.items() if known.strong and name in title]
    whole = [name for name in named if not any(name != other and name in other for other in named)]
    kinds = {concepts.action_names[name].target for name in whole}
    return kinds.pop() if len(kinds) == 1 else ""


def _term(facts: Facts, at_hand: AtHand, lexicon: Lexicon) -> Term:
    """Return the years that a document is for.

    It begins when it is issued (where the date is missing, in the year of its number), or with the period of its
    metadata or title; it ends with that period, else with its latest target, if all of them are at hand. A period that
    was over before the date shows the date to be that of the page.
    """
    title, issued = facts.value("title"), _issued(facts)
    first, last = period_of(facts.value("period"), lexicon)
    if last is None:
        first, last = period_of(title, lexicon)
    length = length_of(title, lexicon)
    if last is None and length and issued:
        first, last = issued, issued + length - 1
    if issued and last and issued > last:
        issued = None
    if last is None and at_hand is AtHand.FULL:
        last = max((row.year for row in facts.targets if row.year), default=None)
    return Term(max((year for year in (issued, first) if year), default=None), last)


def _issued(facts: Facts) -> int | None:
    """Return the year of issue, that of the number where the date is missing, None where neither is known."""
    date = facts.value("date_issued")[:4]
    numbered = _IN_NUMBER.search(facts.value("number"))
    return int(date) if date.isdecimal() else int(numbered[1]) if numbered else None


def _at_hand(facts: Facts) -> AtHand:
    """Tell how much of a text the facts were read from; those marked unchecked were compiled without it."""
    if facts.structure and facts.value("review_status") != Status.UNCHECKED:
        sets_something = facts.targets or any(row.kind == SectionKind.ACTION for row in facts.structure)
        return AtHand.FULL if sets_something or not _lacking(facts) else AtHand.BODY
    return AtHand.EXCERPT if facts.targets or facts.structure else AtHand.NOTHING


def _lacking(facts: Facts) -> tuple[str, ...]:
    """Return the headings of annexes below which no table has a row: their text is not at hand."""
    placed: tuple[TargetRow | ClauseRow | BodyRow | ScheduleRow, ...]
    placed = (*facts.targets, *facts.clauses, *facts.bodies, *facts.schedule)
    filled = {row.section for row in placed} | {row.section.rpartition("/")[0] for row in (*placed, *facts.structure)}
    return tuple(row.heading for row in facts.structure if row.kind == SectionKind.ANNEX and row.section not in filled)


def _with_paths(document: Document, facts: Facts, concepts: Concepts, lexicon: Lexicon) -> Document:
    said: dict[str, dict[int | None, list[Statement]]] = {}
    issued = _issued(facts)
    for row in _with_cells(facts.targets, lexicon):
        if row.indicator_id:
            years = said.setdefault(row.indicator_id, {})
            years.setdefault(row.year, []).append(statement(row, issued, document.place, concepts, lexicon))
    paths = {
        indicator: _path({year: weakest(rows, direction_of(indicator, concepts)) for year, rows in years.items()})
        for indicator, years in said.items()
    }
    return replace(document, paths=paths)


def _with_cells(targets: Sequence[TargetRow], lexicon: Lexicon) -> Iterator[TargetRow]:
    """Yield targets, those in words of one row of a table each with its cell: 近视率 | 略有上升 | 明显下降."""
    years: dict[tuple[str, str], list[int]] = {}
    for row in targets:
        if _CELL in row.quote and row.year and not row.value:
            years.setdefault((row.quote, row.indicator), []).append(row.year)
    for row in targets:
        dated = sorted(years.get((row.quote, row.indicator), ()))
        cells = [cell.strip() for cell in row.quote.split(_CELL) if movement(cell, lexicon)] if len(dated) > 1 else []
        fits = row.year in dated and len(cells) == len(dated)
        yield replace(row, quote=cells[dated.index(row.year)]) if fits and row.year else row


def _path(years: dict[int | None, Statement]) -> Path:
    """Leave out a trend without a year where there are numbers for some years."""
    numbers = any(said.form == Form.LEVEL for said in years.values())
    return {year: said for year, said in years.items() if not (numbers and year is None and said.form == Form.TREND)}


def _cited(slug: str, name: str, concepts: Concepts) -> Document:
    known = concepts.documents.get(slug)
    if known is None:
        return Document(slug, name, 99, "", AtHand.NOTHING)
    return Document(slug, known.number or known.title, _rank(known.level, concepts), known.date, AtHand.NOTHING)


def _basis(facts: Facts) -> dict[str, str]:
    rows = (row for row in facts.citations if row.relation == Relation.BASIS and row.document_id)
    return {row.document_id: row.number or row.title for row in rows}


def _rank(level: str, concepts: Concepts) -> int:
    known = concepts.levels.get(level)
    return known.rank if known else 99


def _actions(facts: Facts, concepts: Concepts) -> frozenset[str]:
    names = {row.action for row in facts.targets} | {row.heading for row in facts.structure}
    types = {row.action_type for row in facts.structure}
    types |= {concepts.action_names[name].target for name in names if name in concepts.action_names}
    return frozenset((names | types) - {""})


def refuse_circles(parents: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> None:
    """Raise DataError where a document is based on itself, over others or directly; names the circle and its files."""
    done: set[str] = set()
    for start in sorted(parents):
        trail: list[str] = []
        stack = [(start, False)]
        while stack:
            slug, leaving = stack.pop()
            if leaving:
                done.add(trail.pop())
            elif slug in trail:
                ring = trail[trail.index(slug) :]
                circle, files = " -> ".join([*ring, slug]), [names.get(each, each) for each in ring]
                raise DataError("cascade.circle", circle=circle, files=files)
            elif slug not in done:
                trail.append(slug)
                stack.append((slug, True))
                stack.extend((parent, False) for parent in parents.get(slug, ()))

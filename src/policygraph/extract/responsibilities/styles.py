"""List the styles in which responsibility clauses are printed, and find them in that order.

A style of one's own is a function that finds its stretches, with a ``read`` of its own where they are no sentences, and
one line in STYLES, with its cases in tests/cases/clause_styles.tsv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from policygraph.extract.responsibilities.candidates import (
    ClauseSpan,
    Search,
    closed_brackets,
    duties,
    labelled_lines,
    prose,
    unclosed_brackets,
)
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Span


@dataclass(frozen=True, slots=True)
class ClauseStyle:
    """A way in which clauses are printed.

    ``trust`` is how far its clauses can be trusted (0 to 1). In ``running`` text what names nobody is no clause. What
    stands ``apart`` says nothing else, so that no target is looked for in it.
    """

    name: str
    find: Callable[[Search], Iterable[ClauseSpan]]
    trust: Decimal
    running: bool = False
    apart: bool = False


_PRINTED, _READ = Decimal("0.98"), Decimal("0.75")  # a style that only clauses have; one that sentences share

# In the order in which they are looked for: of two that overlap, the first stays.
STYLES = (
    ClauseStyle("bracket", closed_brackets, _PRINTED, apart=True),  # (市教育局牵头,市财政局配合)
    ClauseStyle("unclosed", unclosed_brackets, _READ),  # (责任单位:市教育局
    ClauseStyle("label", labelled_lines, _PRINTED),  # 牵头单位:市教育局
    ClauseStyle("prose", prose, _READ, running=True),  # 由市教育局牵头…
    ClauseStyle("duty", duties, _READ, running=True),  # 市教育局负责…
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a clause, in the style in which it was found."""

    clause: ClauseSpan
    style: ClauseStyle


Candidates = tuple[tuple[Candidate, ...], ...]  # for each section of an outline


def find_candidates(outline: Outline, lexicon: Lexicon) -> Candidates:
    """Return for each section of an outline the stretches that may be clauses."""
    return tuple(_in_section(outline.text.text, section.body, lexicon) for section in outline.sections)


def apart(candidates: Candidates) -> tuple[Span, ...]:
    """Return where the clauses stand that say nothing else."""
    every = chain.from_iterable(candidates)
    return tuple(Span(found.clause.start, found.clause.end) for found in every if found.style.apart)


def _in_section(text: str, body: Span, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return the stretches of a section's body that may be clauses, in document order, without overlap."""
    found: list[Candidate] = []
    for style in STYLES:
        more = style.find(Search(text, body, lexicon, [candidate.clause for candidate in found]))
        found = _merged(found, [Candidate(each, style) for each in more])
    return tuple(found)


def _merged(first: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Add stretches and drop what overlaps; of two that do, the style that is listed first stays."""
    if not more:
        return first
    rank = {style.name: at for at, style in enumerate(STYLES)}
    kept: list[Candidate] = []
    for candidate in sorted([*first, *more], key=lambda each: (each.clause.start, rank[each.style.name])):
        start = candidate.clause.start
        while kept and kept[-1].clause.end > start and rank[kept[-1].style.name] > rank[candidate.style.name]:
            kept.pop()
        if not kept or kept[-1].clause.end <= start:
            kept.append(candidate)
    return kept

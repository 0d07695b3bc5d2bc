"""Find the stretches of an outline that may be responsibility clauses, of whatever style.

STYLES lists the ways in which clauses are printed. A style of one's own is a function that finds its stretches, and one
line there (with a ``read`` of its own where it is no sentence), with its cases in tests/cases/clause_styles.tsv.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from policygraph.extract.grammar.body_list import is_department_list
from policygraph.extract.grammar.brackets import LONGEST as _LONGEST
from policygraph.extract.grammar.brackets import brackets
from policygraph.extract.responsibilities.clause import Clause, has_marker, names_role, parse_clause, starts_with_label
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Span

_NESTED = r"(?:[^。;()\n]|\([^()\n]{0,20}\))"
_PROSE_VERBS = ("牵头", "会同")
_PROSE = re.compile(rf"由[^,。;:()]{{2,60}}(?:{'|'.join(_PROSE_VERBS)}){_NESTED}{{0,120}}")
_DUTY = re.compile(  # behind a list of bodies; 负责人, 负责制 and 负责解释 are no duties of the plan
    r"负责(?!人|制|解释|解读|的|同志|任)[^。;\n]{2,120}"
)
_DUTY_VERB = "负责"
_LONGEST_LIST = 70  # characters
_OPENS = re.compile(r"[。;,:\n)]\s{0,9}(?P<who>[^\s。;:,()][^。;:,()\n]{2,59}?)(?:共同|分别|具体|统筹|主要|牵头)?$")
_SENTENCE = re.compile(r"[^\n。]+")


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    """Where a style finds what may be a clause; the bodies end at ``read_to``, if not with the stretch."""

    start: int
    end: int
    read_to: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a clause, in the style in which it was found."""

    start: int
    end: int
    style: ClauseStyle
    read_to: int = 0

    @property
    def stretch(self) -> Span:
        """Return where its bodies stand."""
        return Span(self.start, self.read_to or self.end)


Candidates = tuple[tuple[Candidate, ...], ...]  # for each section of an outline


@dataclass(frozen=True, slots=True)
class Search:
    """Where a style looks for clauses: the text, the section, and what the styles before it have found there."""

    text: str
    body: Span
    lexicon: Lexicon
    taken: Sequence[Candidate] = ()


@dataclass(frozen=True, slots=True)
class ClauseStyle:
    """A way in which clauses are printed, and how it is read.

    ``trust`` is how far its clauses can be trusted (0 to 1). In ``running`` text what names nobody is no clause. What
    stands ``apart`` says nothing else, so that no target is looked for in it. ``read`` is called with the stretch, the
    words, and the rule on who leads that holds there; places in the clause count from the begin of the stretch.
    """

    name: str
    find: Callable[[Search], Iterable[ClauseSpan]]
    trust: Decimal
    running: bool = False
    apart: bool = False
    read: Callable[[str, Lexicon, str], Clause] = parse_clause


def find_candidates(outline: Outline, lexicon: Lexicon) -> Candidates:
    """Return for each section of an outline the stretches that may be clauses."""
    return tuple(_in_section(Search(outline.text.text, section.body, lexicon)) for section in outline.sections)


def apart(candidates: Candidates) -> tuple[Span, ...]:
    """Return where the clauses stand that say nothing else."""
    every = chain.from_iterable(candidates)
    return tuple(Span(found.start, found.end) for found in every if found.style.apart)


def _in_section(search: Search) -> tuple[Candidate, ...]:
    """Return the stretches of a section's body that may be clauses, in document order, without overlap."""
    found: list[Candidate] = []
    for style in STYLES:
        more = style.find(replace(search, taken=found))
        found = _merged(found, [Candidate(each.start, each.end, style, each.read_to) for each in more])
    return tuple(found)


def _merged(first: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Add stretches and drop what overlaps; of two that do, the style that is listed first stays."""
    if not more:
        return first
    rank = {style.name: at for at, style in enumerate(STYLES)}
    kept: list[Candidate] = []
    for candidate in sorted([*first, *more], key=lambda c: (c.start, rank[c.style.name])):
        while kept and kept[-1].end > candidate.start and rank[kept[-1].style.name] > rank[candidate.style.name]:
            kept.pop()
        if not kept or kept[-1].end <= candidate.start:
            kept.append(candidate)
    return kept


# ---------------------------------------------------------------- where each style stands


def _brackets(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets that name a role."""
    closed, _ = brackets(search.text, search.body.start, search.body.end)
    for start, end in closed:
        if names_role(search.text[start:end], search.lexicon):
            yield ClauseSpan(start, end)


def _unclosed(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets that never close and name a role; each ends with its line or before the next clause."""
    text, end = search.text, search.body.end
    taken = [candidate.start for candidate in search.taken]
    _, opened = brackets(text, search.body.start, end)
    for number, at in enumerate(opened):
        line = text.find("\n", at, min(end, at + _LONGEST))
        after = bisect_left(taken, at)
        following = (*opened[number + 1 : number + 2], *taken[after : after + 1])
        stop = min(line if line >= 0 else end, end, at + _LONGEST, *following)
        if names_role(text[at:stop], search.lexicon):
            yield ClauseSpan(at, stop)


def _label_lines(search: Search) -> Iterator[ClauseSpan]:
    """Yield runs of lines and sentences that open with a label («牵头单位:…», then «配合单位:…»)."""
    text, body, run = search.text, search.body, None
    if text.find(":", body.start, body.end) < 0:
        return
    starts = [candidate.start for candidate in search.taken]
    for match in _SENTENCE.finditer(text, body.start, body.end):
        left, right = match.span()
        if text.find(":", left, right) < 0 or not starts_with_label(match[0][:_LONGEST].strip(), search.lexicon):
            continue
        near = bisect_right(starts, right)
        if any(left < c.end and right > c.start for c in search.taken[max(near - 2, 0) : near + 1]):
            continue
        if run and right - run.start < _LONGEST and not text[run.end : left].strip("\n 。"):
            run = replace(run, end=right)
            continue
        if run:
            yield run
        run = ClauseSpan(left, min(right, left + _LONGEST))
    if run:
        yield run


def _prose(search: Search) -> Iterator[ClauseSpan]:
    """Yield the sentences that say who leads (由市教育局牵头…); most sections have none of their verbs."""
    text, body = search.text, search.body
    if not any(text.find(verb, body.start, body.end) >= 0 for verb in _PROSE_VERBS):
        return
    for match in _PROSE.finditer(text, body.start, body.end):
        if has_marker(match[0], search.lexicon):
            yield ClauseSpan(*match.span())


def _duties(search: Search) -> Iterator[ClauseSpan]:
    """Yield the clauses that open with bodies of the jurisdiction and say what they are responsible for."""
    text, body = search.text, search.body
    at = text.find(_DUTY_VERB, body.start, body.end)
    while at >= 0:
        left = max(body.start - 1, at - _LONGEST_LIST, 0)  # with the mark that ends what stands before
        opening, duty = _OPENS.search(text[left:at]), _DUTY.match(text, at, body.end)
        if opening and duty:
            start, end = left + opening.start("who"), left + opening.end("who")
            if is_department_list(text, start, end, search.lexicon):
                yield ClauseSpan(start, duty.end(), at + len(_DUTY_VERB))
        at = text.find(_DUTY_VERB, at + 1, body.end)


_PRINTED, _READ = Decimal("0.98"), Decimal("0.75")  # a style that only clauses have; one that sentences share

# In the order in which they are looked for: of two that overlap, the first stays.
STYLES = (
    ClauseStyle("bracket", _brackets, _PRINTED, apart=True),  # (市教育局牵头,市财政局配合)
    ClauseStyle("unclosed", _unclosed, _READ),  # (责任单位:市教育局
    ClauseStyle("label", _label_lines, _PRINTED),  # 牵头单位:市教育局
    ClauseStyle("prose", _prose, _READ, running=True),  # 由市教育局牵头…
    ClauseStyle("duty", _duties, _READ, running=True),  # 市教育局负责…
)

"""Find the stretches of an outline that may be responsibility clauses, of whatever style."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from policygraph.extract.grammar.body_list import is_department_list
from policygraph.extract.grammar.brackets import LONGEST as _LONGEST
from policygraph.extract.grammar.brackets import brackets
from policygraph.extract.responsibilities.clause import (
    has_marker,
    names_role,
    starts_with_label,
)
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, Span
from policygraph.terms import Style

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
class Candidate:
    """A stretch that may be a clause."""

    start: int
    end: int
    style: Style
    read_to: int = 0  # where the bodies end, if not with the stretch


Candidates = tuple[tuple[Candidate, ...], ...]  # for each section of an outline


def find_candidates(outline: Outline, lexicon: Lexicon) -> Candidates:
    """Return for each section of an outline the stretches that may be clauses."""
    return tuple(_in_section(outline.text.text, section, lexicon) for section in outline.sections)


def bracketed(candidates: Candidates) -> tuple[Span, ...]:
    """Return where the brackets stand that are clauses: nothing else is said in them."""
    every = chain.from_iterable(candidates)
    return tuple(Span(found.start, found.end) for found in every if found.style is Style.BRACKET)


def _in_section(text: str, section: Section, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Return the stretches of a section's body that may be clauses, in document order, without overlap."""
    start, end = section.body.start, section.body.end
    closed, unclosed = brackets(text, start, end)
    found = [Candidate(a, b, Style.BRACKET) for a, b in closed if names_role(text[a:b], lexicon)]
    found = _apart(found, list(_unclosed(text, unclosed, [c.start for c in found], (end, lexicon))))
    found = _apart(found, _label_lines(text, start, end, found, lexicon))
    found = _apart(found, list(_prose(text, start, end, lexicon)))
    return tuple(_apart(found, list(_duties(text, start, end, lexicon))))


def _prose(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the sentences that say who leads (由市教育局牵头…); most sections have none of their verbs."""
    if not any(text.find(verb, start, end) >= 0 for verb in _PROSE_VERBS):
        return
    for match in _PROSE.finditer(text, start, end):
        if has_marker(match[0], lexicon):
            yield Candidate(*match.span(), Style.PROSE)


def _duties(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the clauses that open with bodies of the jurisdiction and say what they are responsible for."""
    at = text.find(_DUTY_VERB, start, end)
    while at >= 0:
        left = max(start - 1, at - _LONGEST_LIST, 0)  # with the mark that ends what stands before
        opening, duty = _OPENS.search(text[left:at]), _DUTY.match(text, at, end)
        if opening and duty:
            who = left + opening.start("who"), left + opening.end("who")
            if is_department_list(text, *who, lexicon):
                yield Candidate(who[0], duty.end(), Style.DUTY, at + len(_DUTY_VERB))
        at = text.find(_DUTY_VERB, at + 1, end)


def _apart(first: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Add places and drop what overlaps; what was found first stays (a bracket before a line, a line before prose)."""
    if not more:
        return first
    rank = tuple(Style).index
    kept: list[Candidate] = []
    for candidate in sorted([*first, *more], key=lambda c: (c.start, rank(c.style))):
        while kept and kept[-1].end > candidate.start and rank(kept[-1].style) > rank(candidate.style):
            kept.pop()
        if not kept or kept[-1].end <= candidate.start:
            kept.append(candidate)
    return kept


def _unclosed(text: str, places: list[int], taken: list[int], tools: tuple[int, Lexicon]) -> Iterator[Candidate]:
    """Yield the brackets that never close and name a role; each ends with its line or before the next clause."""
    end, lexicon = tools
    for number, at in enumerate(places):
        line = text.find("\n", at, min(end, at + _LONGEST))
        after = bisect_left(taken, at)
        stops = [
            line if line >= 0 else end,
            end,
            at + _LONGEST,
            *places[number + 1 : number + 2],
            *taken[after : after + 1],
        ]
        if names_role(text[at : min(stops)], lexicon):
            yield Candidate(at, min(stops), Style.UNCLOSED)


def _label_lines(text: str, start: int, end: int, found: list[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """Return runs of lines and sentences that open with a label («牵头单位:…», then «配合单位:…»)."""
    starts = [c.start for c in found]
    runs: list[Candidate] = []
    if text.find(":", start, end) < 0:
        return []
    for match in _SENTENCE.finditer(text, start, end):
        left, right = match.span()
        if text.find(":", left, right) < 0 or not starts_with_label(match[0][:_LONGEST].strip(), lexicon):
            continue
        near = bisect_right(starts, right)
        if any(left < c.end and right > c.start for c in found[max(near - 2, 0) : near + 1]):
            continue
        if runs and right - runs[-1].start < _LONGEST and not text[runs[-1].end : left].strip("\n 。"):
            runs[-1] = replace(runs[-1], end=right)
        else:
            runs.append(Candidate(left, min(right, left + _LONGEST), Style.LABEL))
    return runs

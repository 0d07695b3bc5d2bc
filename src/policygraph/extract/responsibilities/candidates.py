"""Find the stretches of a section that may be responsibility clauses, a function for each style."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from policygraph.extract.grammar.body_list import is_department_list
from policygraph.extract.grammar.brackets import LONGEST as _LONGEST
from policygraph.extract.grammar.brackets import brackets
from policygraph.extract.grammar.patterns import word_of
from policygraph.extract.responsibilities.clause import Clause, has_marker, names_role, parse_clause, starts_with_label
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Span

_NESTED = r"(?:[^。;()\n]|\([^()\n]{0,20}\))"
_LONGEST_LIST = 70  # characters
_SENTENCE = re.compile(r"[^\n。]+")


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    """Where a style finds what may be a clause; the bodies end at ``read_to``, if not with the stretch.

    ``read`` is called with the stretch, the words, and the rule on who leads that holds there; places in the clause
    count from the begin of the stretch.
    """

    start: int
    end: int
    read_to: int = 0
    read: Callable[[str, Lexicon, str], Clause] = parse_clause

    @property
    def stretch(self) -> Span:
        """Return where its bodies stand."""
        return Span(self.start, self.read_to or self.end)


@dataclass(frozen=True, slots=True)
class Search:
    """Where a style looks for clauses: the text, the section, and what the styles before it have found there."""

    text: str
    body: Span
    lexicon: Lexicon
    taken: Sequence[ClauseSpan] = ()


def closed_brackets(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets that name a role."""
    closed, _ = brackets(search.text, search.body.start, search.body.end)
    for start, end in closed:
        if names_role(search.text[start:end], search.lexicon):
            yield ClauseSpan(start, end)


def unclosed_brackets(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets that never close and name a role; each ends with its line or before the next clause."""
    text, end = search.text, search.body.end
    taken = [clause.start for clause in search.taken]
    _, opened = brackets(text, search.body.start, end)
    for number, at in enumerate(opened):
        line = text.find("\n", at, min(end, at + _LONGEST))
        after = bisect_left(taken, at)
        following = (*opened[number + 1 : number + 2], *taken[after : after + 1])
        stop = min(line if line >= 0 else end, end, at + _LONGEST, *following)
        if names_role(text[at:stop], search.lexicon):
            yield ClauseSpan(at, stop)


def labelled_lines(search: Search) -> Iterator[ClauseSpan]:
    """Yield runs of lines and sentences that open with a label («牵头单位:…», then «配合单位:…»)."""
    text, body, run = search.text, search.body, None
    if text.find(":", body.start, body.end) < 0:
        return
    starts = [clause.start for clause in search.taken]
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


def prose(search: Search) -> Iterator[ClauseSpan]:
    """Yield the sentences that say who leads (由市教育局牵头…); most sections have none of their verbs."""
    text, body = search.text, search.body
    if not any(text.find(verb, body.start, body.end) >= 0 for verb in search.lexicon.grammar.rule_words["prose"]):
        return
    for match in _prose(search.lexicon).finditer(text, body.start, body.end):
        if has_marker(match[0], search.lexicon):
            yield ClauseSpan(*match.span())


def duties(search: Search) -> Iterator[ClauseSpan]:
    """Yield the clauses that open with bodies of the jurisdiction and say what they are responsible for."""
    text, body = search.text, search.body
    opens = _list_before_duty(search.lexicon)
    for duty in _duty(search.lexicon).finditer(text, body.start, body.end):
        at = duty.start()
        left = max(body.start - 1, at - _LONGEST_LIST, 0)  # with the mark that ends what stands before
        opening = opens.search(text[left:at])
        if opening:
            start, end = left + opening.start("who"), left + opening.end("who")
            if is_department_list(text, start, end, search.lexicon):
                yield ClauseSpan(start, duty.end("what"), duty.end("verb"))


@compiled
def _prose(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"由[^,。;:()]{{2,60}}{word_of('prose', lexicon)}{_NESTED}{{0,120}}")


@compiled
def _duty(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a duty behind a list of bodies; 负责人, 负责制 and 负责解释 are no duties of the plan."""
    verb, other = word_of("duty", lexicon), word_of("no-duty", lexicon)
    return re.compile(rf"(?P<verb>{verb})(?!{other})(?=(?P<what>[^。;\n]{{2,120}}))")


@compiled
def _list_before_duty(lexicon: Lexicon) -> re.Pattern[str]:
    manner = word_of("manner-of-duty", lexicon)  # 共同负责
    return re.compile(rf"[。;,:\n)]\s{{0,9}}(?P<who>[^\s。;:,()][^。;:,()\n]{{2,59}}?)(?:{manner})?$")

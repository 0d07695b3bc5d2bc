"""Find the bodies of a part that lists duties: under 职责分工 each item names a body, and then what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import is_body
from policygraph.extract.grammar.headings import stands_below
from policygraph.extract.grammar.role_words import label_at
from policygraph.extract.responsibilities.candidates import ClauseSpan, Search
from policygraph.extract.responsibilities.clause import Clause, parse_bare
from policygraph.extract.responsibilities.task_tables import shortened
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Section, Span
from policygraph.patterns import either, word_of

_LONGEST = 60  # characters of the bodies of an item
_FIRST = 120  # characters in which the first sentence of a duty ends
_ITEM = re.compile(
    rf"[^\S\n]*(?:[·—●■◆>-]{{1,3}}|\(?\d{{1,2}}[.、)]|\([一二三四五六七八九十]+\))?\s?(?P<who>[^:。;\n]{{2,{_LONGEST}}}):(?=\s?\S{{4}})"
)
_STOP = re.compile(r"[。;\n]")
_SAYS = re.compile(r"\S")


def of_duties(sections: tuple[Section, ...], lexicon: Lexicon) -> list[bool]:
    """Return for each section whether its heading, or one above it, announces duties: 职责分工.

    >>> from policygraph import lexicon
    >>> of_duties((), lexicon.bundled())
    []
    """
    announces = _announces(lexicon)
    if not announces.search("\n".join([section.heading for section in sections])):
        return [False] * len(sections)  # as most
    above, found = "", []
    for section in sections:
        if above and section.number != above and not stands_below(section.number, above):
            above = ""
        if not above and section.number and announces.search(section.heading):
            above = section.number
        found.append(bool(above))
    return found


@compiled
def _announces(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"(?m){word_of('duties-heading', lexicon)}$")


def duty_lists(search: Search) -> Iterator[ClauseSpan]:
    """Yield the items of a list of duties: the heading that is a body, and the lines that open with one and a colon."""
    if not search.duties:
        return
    text, body, heading, head = search.text, search.body, search.duties.heading, search.duties.head
    begin = text.find(heading, head.start, head.end) if heading else -1
    who = Span(begin, begin + len(heading))
    if begin >= 0 and _are_bodies(text, who.start, who.end, search.lexicon):
        does = _SAYS.search(text, body.start, body.end)  # none where numbered items say it
        yield _item(text, who, Span(does.start(), body.end)) if does else ClauseSpan(begin, who.end, read=_parse)
    at = body.start
    while at >= 0:
        match = _ITEM.match(text, at, body.end)
        if match and not label_at(match[0].strip(), search.lexicon):
            who = Span(*match.span("who"))
            if _are_bodies(text, who.start, who.end, search.lexicon):
                yield _item(text, who, Span(match.end(), body.end))
        at = text.find("\n", at, body.end) + 1 or -1


def _item(text: str, who: Span, rest: Span) -> ClauseSpan:
    far = min(rest.end, rest.start + _FIRST)
    stop = _STOP.search(text, rest.start, far)
    end = stop.start() if stop else far
    duty = shortened(text[rest.start : end].strip(" :"))
    return ClauseSpan(who.start, end, read_to=who.end, read=_parse, action=duty)


def _parse(text: str, lexicon: Lexicon, _: str) -> Clause:
    """Return the bodies of an item; a rule on who leads by place in a list says nothing of them."""
    return parse_bare(text, lexicon)


def _are_bodies(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a stretch is nothing but bodies; 办好学校 is what is done."""
    if _does(lexicon).match(text, start, end):
        return False
    listed = read_list(text, start, end, lexicon).bodies
    return bool(listed) and all(is_body(each.name, lexicon) for each in listed)


@compiled
def _does(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either([*lexicon.targets.count_verbs, *lexicon.targets.goal_openers]))

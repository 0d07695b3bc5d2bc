"""Read what a sentence says of coordinating bodies: what is set up below them, who sits in them, where the office is.

Each rule looks for its verb, reads the body on the left and the party on the right, and yields statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from policygraph.extract.bodies.holders import Party, agencies, ends_as_holder, holders
from policygraph.extract.bodies.names import Named, Names, clause_start, founded, is_body_name, is_full, leading
from policygraph.extract.grammar.rule_words import alternation, compiled, founding, words
from policygraph.extract.grammar.sentences import without_count
from policygraph.lexicon import Lexicon

_FAR = 160  # characters within which a rule's verb and its end stand


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: ``start`` and ``end`` are places in the sentence; ``sure`` as in Named."""

    body: Named
    relation: str
    party: Party
    order: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Context:
    """What a rule needs: the sentence, the names of the document, the body the sentence speaks of."""

    text: str
    names: Names
    subject: str
    lexicon: Lexicon
    new: tuple[tuple[str, int, int], ...]  # what the sentence sets up, as ``founded`` gives it

    def spoken_of(self) -> Named | None:
        """Return the body that the sentence speaks of, None where it speaks of none."""
        return Named(self.subject, is_full(self.subject)) if self.subject else None

    def body_before(self, left: int, right: int) -> Named | None:
        """Return the body that stands in front of a verb or post; the one spoken of where nothing stands there."""
        surface = self.text[left:right].strip(" “”由其")
        if not surface:
            return self.spoken_of()
        if surface in words("office"):
            return self.names.resolve(surface) if self.names.topic else None
        found = self.names.resolve(surface)
        fits = is_body_name(found.name) or found.name in self.names.full
        return found if fits and not compiled("<preposition>").match(surface) else None


def statements(text: str, names: Names, lexicon: Lexicon) -> list[Statement]:
    """Return the statements of one sentence in their order, and move the topic of ``names`` along."""
    if compiled("<generic>").match(text) and not leading(without_count(text))[0]:
        return []  # what others are told to set up is no body of this text
    new = tuple(founded(text))
    context = _Context(text, names, _subject(text, names, new), lexicon, new)
    found = [*_drawn(context), *_founded(context), *_hosted(context), *_posts(context)]
    found += [*_served(context), *_composed(context), *_appointed(context), *_included(context), *_daily(context)]
    return sorted(found, key=lambda item: (item.start, item.order or 0))


def _subject(text: str, names: Names, made: tuple[tuple[str, int, int], ...]) -> str:
    """Return the body a sentence speaks of: the one it begins with, else the one it sets up, else the topic."""
    name, _ = leading(text)
    own = name and names.resolve(name)
    if own and own.sure and not own.name.endswith(tuple(words("office"))):
        names.topic = own.name
    elif not name:
        new = [item for item, start, _ in made if not _parent(text, start)[0]]
        if new and not compiled("<below>").match(text):
            names.topic = names.resolve(new[0]).name
    return own.name if own else names.topic


def _parent(text: str, verb: int) -> tuple[str, int]:
    """Return the body that sets up another: the clause of the verb begins with it."""
    left = clause_start(text, verb, ",:;")
    name, length = leading(text[left:verb])
    return (name, left) if length else ("", left)


def _founded(context: _Context) -> Iterator[Statement]:
    """«推进委员会设立专家咨询委员会»; «下设…» without a subject is said of the body spoken of."""
    text, names = context.text, context.names
    for name, verb, end in context.new:
        above, left = _parent(text, verb)
        below = bool(compiled("<below>").match(text, verb))
        if not above and not (below and context.subject and not _other_subject(text, left, verb)):
            continue
        parent = names.resolve(above) if above else context.spoken_of() or Named("")
        body = _below(name, parent, names)
        if body.name == parent.name or not (above or parent.name):
            continue
        party = Party(parent.name, "", left, verb, "body", "" if parent.sure else _UNSURE)
        yield Statement(body, "subordinate_of", party, None, left, end)


_UNSURE = "上级机构为简称,文中无全称 (the full name of the body above is not in the text)"


def _other_subject(text: str, left: int, verb: int) -> bool:
    """Say whether something other than the body spoken of stands in front of «下设»."""
    return len(text[left:verb].strip()) > 2


def _below(name: str, parent: Named, names: Names) -> Named:
    if name in words("office"):
        return Named(parent.name + name, parent.sure)
    found = names.resolve(name)
    return found if found.name != parent.name else Named(name)


def _drawn(context: _Context) -> Iterator[Statement]:
    """«依托市爱国卫生运动委员会,成立推进委员会»."""
    for match in compiled("<draw>([^,:;]{2,40}?)(?:,?<adverb>|,)?(?=<found>)").finditer(context.text):
        made = [item for item in context.new if item[1] == match.end()]
        for name, _, end in made[:1]:
            party = Party(match[1], "", match.start(1), match.end(1), "agency")
            yield Statement(context.names.resolve(name), "draws_on", party, None, match.start(), end)


def _hosted(context: _Context) -> Iterator[Statement]:
    """«推进委员会办公室设在市卫生健康委»; also «下设办公室在…»."""
    text = context.text
    for match in compiled("<office>(?:<daily>)?[,(]?(<host>|在(?!<host>))").finditer(text):
        left = clause_start(text, match.start(), ",:;")
        office = next(form for form in words("office") if text.startswith(form, match.start()))
        verb = founding().search(text, left, match.start())
        if not verb and match[1] == "在":
            continue
        body = _office(context, left, verb.start() if verb else match.start(), office)
        end = _clause_end(text, match.end())
        for party in agencies(text, match.end(), end, context.lexicon) if body else []:
            yield Statement(body or Named(""), "hosted_by", party, None, left, end)


def _office(context: _Context, left: int, right: int, office: str) -> Named | None:
    base = context.body_before(left, right)
    return Named(base.name + office, base.sure) if base else None


def _posts(context: _Context) -> Iterator[Statement]:
    """«推进委员会主任由分管领导担任,副主任由…担任»."""
    text = context.text
    if "由" not in text:
        return
    marks = list(compiled("(?:<post>、)?(<post>)由").finditer(text))
    body: Named | None = None
    for mark, after in zip(marks, [*marks, None][1:], strict=True):
        limit = min(after.start() if after else len(text), mark.end() + _FAR)
        verb = _serving().search(text, mark.end() + 1, limit)
        if not verb and not after:
            continue
        left = clause_start(text, mark.start())
        body = context.body_before(left, mark.start()) if text[left : mark.start()].strip() or not body else body
        relation = words("post")[mark[1]]
        end = verb.start() if verb else limit
        if body and relation and not _appointing(text, mark.end(), end):
            yield from _seated(context, body, relation, (mark.end(), end), (left, verb.end() if verb else limit))


@cache
def _serving() -> re.Pattern[str]:
    """Match what ends a holder: 担任, 兼任, 组成; a bare 任 may be part of a title (主任)."""
    strong = [form for form, kind in words("serve").items() if kind == "strong"]
    return re.compile(alternation([*strong, *words("compose")]))


def _seated(
    context: _Context, body: Named, relation: str, place: tuple[int, int], whole: tuple[int, int]
) -> Iterator[Statement]:
    parties = holders(context.text, *place)
    for order, party in enumerate(parties, start=1):
        yield Statement(body, relation, party, None if relation == "members_from" else order, *whole)


def _served(context: _Context) -> Iterator[Statement]:
    """«由市长任组长,分管副市长任副组长»; «成立以分管领导为主任的…»."""
    text = context.text
    body = context.names.resolve(context.new[0][0]) if context.new else context.spoken_of()
    cursor = 0
    for match in compiled("<serve>(<office>?)(<post>)(?=[,、;的]|$)").finditer(text):
        left = max(cursor, clause_start(text, match.start(), ",:;"), _after_verb(text, match.start()))
        cursor = match.end()
        relation = words("post")[match[2]]
        seat = Named(body.name + match[1], body.sure) if body and match[1] else body
        left = _after_body(context, left, match.start())
        if seat and relation and match.start() - left > 1:
            relation = "members_from" if relation == "member" else relation
            yield from _seated(context, seat, relation, (left, match.start()), (left, match.end()))


def _after_body(context: _Context, left: int, right: int) -> int:
    """Skip «领导小组由» before a holder."""
    name, length = leading(context.text[left:right])
    return left + length if name and context.text[left + length : left + length + 1] == "由" else left


def _after_verb(text: str, place: int) -> int:
    verbs = [match.end() for match in founding().finditer(text, 0, place)]
    return verbs[-1] if verbs else 0


def _composed(context: _Context) -> Iterator[Statement]:
    """«领导小组由市教育局、市财政局组成»; «由推进委员会聘请相关领域专家组成» names who appoints instead."""
    text = context.text
    for verb in compiled("<compose>").finditer(text):
        by = text.rfind("由", max(0, verb.start() - _FAR), verb.start())
        if by < 0 or _appointing(text, by, verb.start()) or text[:by].endswith(tuple(words("post"))):
            continue
        left = clause_start(text, by, ",:;")
        new = [item for item in context.new if item[2] <= by]
        body = context.names.resolve(new[-1][0]) if new and not text[left:by].strip() else context.body_before(left, by)
        described = holders(text, by + 1, verb.start())
        listed = (
            agencies(text, by + 1, verb.start(), context.lexicon) if not ends_as_holder(text[by : verb.start()]) else []
        )
        listed = listed or described
        for party in listed if body else []:
            relation = "member" if party.kind == "agency" else "members_from"
            yield Statement(body or Named(""), relation, party, None, left, verb.end())


def _members(context: _Context, start: int, end: int) -> list[Party]:
    """Return the bodies of a list, or who it describes (相关部门负责人)."""
    described = ends_as_holder(context.text[start:end])
    listed = [] if described else agencies(context.text, start, end, context.lexicon)
    return listed or holders(context.text, start, end)


def _appointing(text: str, start: int, end: int) -> bool:
    return bool(compiled("<appoint>").search(text, start, end))


def _appointed(context: _Context) -> Iterator[Statement]:
    """«由推进委员会聘请相关领域专家组成»: the body that appoints, and whom."""
    text = context.text
    for verb in compiled("<appoint>").finditer(text):
        left = clause_start(text, verb.start())
        body = context.body_before(left + (text[left : left + 1] == "由"), verb.start())
        stop = compiled("<compose|found|serve>|[,:;]").search(text, verb.end(), verb.end() + _FAR)
        end = stop.start() if stop else min(len(text), verb.end() + _FAR)
        name = text[verb.end() : end].strip(" 、等")
        if body and 1 < len(name) <= 60:
            party = Party(name, "", verb.end(), end)
            done = stop.end() if stop and stop[0] in words("compose") else end
            yield Statement(body, "appoints", party, None, left, done)


def _included(context: _Context) -> Iterator[Statement]:
    """«联席会议成员单位包括市教育局、市财政局»."""
    text = context.text
    for match in compiled("(<post>)<include>").finditer(text):
        relation = words("post")[match[1]]
        left = clause_start(text, match.start(), ",:;")
        body = context.body_before(left, match.start())
        end = _clause_end(text, match.end())
        if body and relation == "member":
            for party in agencies(text, match.end(), end, context.lexicon):
                yield Statement(body, relation, party, None, left, end)


def _daily(context: _Context) -> Iterator[Statement]:
    """«领导小组日常工作由市商务局承担»."""
    text = context.text
    for match in compiled("的?<daily>由([^,:;]{2,60}?)<bear>").finditer(text):
        left = clause_start(text, match.start(), ",:;")
        body = context.body_before(left, match.start())
        for party in agencies(text, match.start(1), match.end(1), context.lexicon) if body else []:
            note = "按日常工作的承担单位推定 (read from who does the daily work)"
            held = Party(party.name, "", party.start, party.end, "agency", note)
            yield Statement(body or Named(""), "hosted_by", held, None, left, match.end())


def _clause_end(text: str, start: int) -> int:
    stop = compiled("[,:;)]").search(text, start)
    return stop.start() if stop else len(text)

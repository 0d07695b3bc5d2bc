"""Read what a sentence says of coordinating bodies: what is set up below them, who sits in them, where the office is.

Each rule looks for its verb, reads the body on the left and the party on the right, and yields statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policygraph.extract.bodies.holders import Party, agencies, ends_as_holder, holders
from policygraph.extract.bodies.names import (
    Founded,
    KnownBodies,
    Named,
    clause_start,
    is_body_name,
    leading,
)
from policygraph.extract.grammar.body_words import any_of, forms_of, founding, rule_pattern
from policygraph.extract.grammar.sentences import without_count
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Span
from policygraph.patterns import of_kind
from policygraph.records import record, replace
from policygraph.terms import BodyRelation

_FAR = 160  # characters within which a rule's verb and its end stand
_CLAUSE_END = re.compile("[,:;)]")


@record
class Statement:
    """One statement: ``start`` and ``end`` are places in the sentence; ``sure`` as in Named."""

    body: Named
    relation: str
    party: Party
    order: int | None
    start: int
    end: int
    rule: str = ""  # the name of the rule that read it


@record
class _SentenceContext:
    """What a rule needs: the sentence, the bodies of the document, the body that the sentence speaks of.

    ``topic`` is the body that the text speaks of from here on, ``new`` are those that the sentence sets up.
    """

    text: str
    known: KnownBodies
    subject: str
    topic: str
    new: tuple[Founded, ...]

    @property
    def lexicon(self) -> Lexicon:
        """Return the words that the bodies were read with."""
        return self.known.lexicon

    def resolve(self, name: str) -> Named:
        """Return the body that a name or short name stands for here."""
        return self.known.resolve(name, self.topic)

    def spoken_of(self) -> Named | None:
        """Return the body that the sentence speaks of, None where it speaks of none."""
        return self.known.spoken_of(self.subject) if self.subject else None

    def body_before(self, left: int, right: int) -> Named | None:
        """Return the body that stands in front of a verb or post; the one spoken of where nothing stands there."""
        surface = self.text[left:right].strip(" 由“”其")
        if not surface:
            return self.spoken_of()
        if surface in forms_of("office", self.lexicon):
            return self.resolve(surface) if self.topic else None
        body = self.resolve(surface)
        fits = is_body_name(body.name, self.lexicon) or body.name in self.known.full
        return body if fits and not rule_pattern("<preposition>", self.lexicon).match(surface) else None


def statements(text: str, new: tuple[Founded, ...], known: KnownBodies, topic: str) -> tuple[list[Statement], str]:
    """Return the statements of one sentence in their order, and the body that the text speaks of from there on.

    ``new`` are the bodies that it sets up.
    """
    lexicon = known.lexicon
    if rule_pattern("<generic>", lexicon).match(text) and not leading(without_count(text, lexicon), lexicon):
        return [], topic  # what others are told to set up is no body of this text
    subject, topic = _subject(text, known, new, topic)
    if not new and not _signs(lexicon).search(text):
        return [], topic  # as most sentences
    context = _SentenceContext(text, known, subject, topic, new)
    read = [replace(said, rule=name) for name, rule in _RULES for said in rule(context)]
    return sorted(read, key=lambda item: (item.start, item.order or 0)), topic


@compiled
def _signs(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a word of each of the rules that need no new body: literals only, so it is fast."""
    posts, offices = forms_of("post", lexicon), forms_of("office", lexicon)
    words = [form for rule in ("draw", "host", "compose", "appoint", "daily") for form in forms_of(rule, lexicon)]
    words += [f"{form}由" for form in posts]
    words += [f"{form}{more}" for form in posts for more in forms_of("include", lexicon)]
    words += [f"{form}{more}在" for form in offices for more in ("", ",", "(")]
    words += [f"{serve}{form}" for serve in forms_of("serve", lexicon) for form in (*posts, *offices)]
    return re.compile(any_of(words))


def _subject(text: str, known: KnownBodies, made: tuple[Founded, ...], topic: str) -> tuple[str, str]:
    """Return the body a sentence speaks of and the topic: what it begins with, else sets up, else the old topic."""
    lexicon = known.lexicon
    name = leading(text, lexicon)
    own = known.resolve(name, topic) if name else None
    if own and own.sure and not own.name.endswith(tuple(forms_of("office", lexicon))):
        topic = own.name
    elif not name:
        new = [body.name for body in made if not _parent(text, body.verb, lexicon)[0]]
        if new and not rule_pattern("<below>", lexicon).match(text):
            topic = known.resolve(new[0], topic).name
    return own.name if own else topic, topic


def _parent(text: str, verb: int, lexicon: Lexicon) -> tuple[str, int]:
    """Return the body that sets up another, and where it stands: the clause of the verb begins with it."""
    left = clause_start(text, verb, ",:;")
    return leading(text[left:verb], lexicon), left


def _founded(context: _SentenceContext) -> Iterator[Statement]:
    """«推进委员会设立专家咨询委员会»; «下设…» without a subject is said of the body spoken of."""
    text = context.text
    for new in context.new:
        above, left = _parent(text, new.verb, context.lexicon)
        below = bool(rule_pattern("<below>", context.lexicon).match(text, new.verb))
        if not above and not (below and context.subject and not _other_subject(text, left, new.verb)):
            continue
        parent = context.resolve(above) if above else context.spoken_of() or Named("")
        body = _below(new.name, parent, context)
        if body.name == parent.name or not (above or parent.name):
            continue
        party = Party(parent.name, "", left, new.verb, "body", "" if parent.sure else _UNSURE)
        yield Statement(body, BodyRelation.SUBORDINATE_OF, party, None, left, new.end)


_UNSURE = message("extract.short-name-of-body-above")


def _other_subject(text: str, left: int, verb: int) -> bool:
    """Say whether something other than the body spoken of stands in front of «下设»."""
    return len(text[left:verb].strip()) > 2


def _below(name: str, parent: Named, context: _SentenceContext) -> Named:
    if name in forms_of("office", context.lexicon):
        return Named(parent.name + name, parent.sure)
    body = context.resolve(name)
    return body if body.name != parent.name else Named(name)


def _drawn(context: _SentenceContext) -> Iterator[Statement]:
    """«依托市爱国卫生运动委员会,成立推进委员会»."""
    drawn = rule_pattern("<draw>([^,:;]{2,40}?)(?:,?<adverb>|,)?(?=<found>)", context.lexicon)
    for match in drawn.finditer(context.text):
        made = [body for body in context.new if body.verb == match.end()]
        for body in made[:1]:
            party = Party(match[1], "", match.start(1), match.end(1), "agency")
            yield Statement(context.resolve(body.name), "draws_on", party, None, match.start(), body.end)


def _hosted(context: _SentenceContext) -> Iterator[Statement]:
    """«推进委员会办公室设在市卫生健康委»; also «下设办公室在…»."""
    text, lexicon = context.text, context.lexicon
    for match in rule_pattern("<office>(?:<daily>)?[,(]?(<host>|在(?!<host>))", lexicon).finditer(text):
        left = clause_start(text, match.start(), ",:;")
        office = next(form for form in forms_of("office", lexicon) if text.startswith(form, match.start()))
        verb = founding(lexicon).search(text, left, match.start())
        if not verb and match[1] == "在":
            continue
        body = _office(context, left, verb.start() if verb else match.start(), office)
        end = _clause_end(text, match.end())
        for party in agencies(text, match.end(), end, lexicon) if body else []:
            yield Statement(body or Named(""), BodyRelation.HOSTED_BY, party, None, left, end)


def _office(context: _SentenceContext, left: int, right: int, office: str) -> Named | None:
    base = context.body_before(left, right)
    return Named(base.name + office, base.sure) if base else None


def _posts(context: _SentenceContext) -> Iterator[Statement]:
    """«推进委员会主任由分管领导担任,副主任由…担任»."""
    text, lexicon = context.text, context.lexicon
    if "由" not in text:
        return
    marks = list(rule_pattern("(?:<post>、)?(<post>)由", lexicon).finditer(text))
    body: Named | None = None
    for mark, after in zip(marks, [*marks, None][1:], strict=True):
        limit = min(after.start() if after else len(text), mark.end() + _FAR)
        verb = _serving(lexicon).search(text, mark.end() + 1, limit)
        if not verb and not after:
            continue
        left = clause_start(text, mark.start())
        body = context.body_before(left, mark.start()) if text[left : mark.start()].strip() or not body else body
        relation = forms_of("post", lexicon)[mark[1]]
        end = verb.start() if verb else limit
        if body and relation and not _appointing(text, mark.end(), end, lexicon):
            seats = holders(text, mark.end(), end, lexicon)
            yield from _seated(body, relation, seats, Span(left, verb.end() if verb else limit))


@compiled
def _serving(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what ends a holder: 担任, 兼任, 组成; a bare 任 may be part of a title (主任)."""
    strong = of_kind(forms_of("serve", lexicon), "strong")
    return re.compile(any_of([*strong, *forms_of("compose", lexicon)]))


def _seated(body: Named, relation: str, parties: list[Party], said: Span) -> Iterator[Statement]:
    for order, party in enumerate(parties, start=1):
        yield Statement(body, relation, party, None if relation == "members_from" else order, said.start, said.end)


def _served(context: _SentenceContext) -> Iterator[Statement]:
    """«由市长任组长,分管副市长任副组长»; «成立以分管领导为主任的…»."""
    text, lexicon = context.text, context.lexicon
    body = context.resolve(context.new[0].name) if context.new else context.spoken_of()
    cursor = 0
    for match in rule_pattern("<serve>(<office>?)(<post>)(?=[,、;的]|$)", lexicon).finditer(text):
        left = max(cursor, clause_start(text, match.start(), ",:;"), _after_verb(text, match.start(), lexicon))
        cursor = match.end()
        relation = forms_of("post", lexicon)[match[2]]
        seat = Named(body.name + match[1], body.sure) if body and match[1] else body
        left = _after_body(context, left, match.start())
        if seat and relation and match.start() - left > 1:
            relation = "members_from" if relation == "member" else relation
            parties = holders(text, left, match.start(), lexicon)
            yield from _seated(seat, relation, parties, Span(left, match.end()))


def _after_body(context: _SentenceContext, left: int, right: int) -> int:
    """Skip «领导小组由» before a holder."""
    after = left + len(leading(context.text[left:right], context.lexicon))
    return after if after > left and context.text[after : after + 1] == "由" else left


def _after_verb(text: str, place: int, lexicon: Lexicon) -> int:
    verbs = [match.end() for match in founding(lexicon).finditer(text, 0, place)]
    return verbs[-1] if verbs else 0


def _composed(context: _SentenceContext) -> Iterator[Statement]:
    """«领导小组由市教育局、市财政局组成»; «由推进委员会聘请相关领域专家组成» names who appoints instead."""
    text, lexicon = context.text, context.lexicon
    for verb in rule_pattern("<compose>", lexicon).finditer(text):
        by = text.rfind("由", max(0, verb.start() - _FAR), verb.start())
        if by < 0 or _appointing(text, by, verb.start(), lexicon):
            continue
        if text[:by].endswith(tuple(forms_of("post", lexicon))):
            continue
        left = clause_start(text, by, ",:;")
        new = [body for body in context.new if body.end <= by]
        body = context.resolve(new[-1].name) if new and not text[left:by].strip() else context.body_before(left, by)
        for party in _members(text, by + 1, verb.start(), lexicon) if body else []:
            relation = "member" if party.kind == "agency" else "members_from"
            yield Statement(body or Named(""), relation, party, None, left, verb.end())


def _members(text: str, start: int, end: int, lexicon: Lexicon) -> list[Party]:
    """Return the bodies of a list, or who it describes (相关部门负责人)."""
    described = ends_as_holder(text[start:end], lexicon)
    return (agencies(text, start, end, lexicon) if not described else []) or holders(text, start, end, lexicon)


def _appointing(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    return bool(rule_pattern("<appoint>", lexicon).search(text, start, end))


def _appointed(context: _SentenceContext) -> Iterator[Statement]:
    """«由推进委员会聘请相关领域专家组成»: the body that appoints, and whom."""
    text, lexicon = context.text, context.lexicon
    for verb in rule_pattern("<appoint>", lexicon).finditer(text):
        left = clause_start(text, verb.start())
        body = context.body_before(left + (text[left : left + 1] == "由"), verb.start())
        stop = rule_pattern("<compose|found|serve>|[,:;]", lexicon).search(text, verb.end(), verb.end() + _FAR)
        end = stop.start() if stop else min(len(text), verb.end() + _FAR)
        name = text[verb.end() : end].strip(" 、等")
        if body and 1 < len(name) <= 60:
            party = Party(name, "", verb.end(), end)
            done = stop.end() if stop and stop[0] in forms_of("compose", lexicon) else end
            yield Statement(body, "appoints", party, None, left, done)


def _included(context: _SentenceContext) -> Iterator[Statement]:
    """«联席会议成员单位包括市教育局、市财政局»."""
    text, lexicon = context.text, context.lexicon
    for match in rule_pattern("(<post>)<include>", lexicon).finditer(text):
        relation = forms_of("post", lexicon)[match[1]]
        left = clause_start(text, match.start(), ",:;")
        body = context.body_before(left, match.start())
        end = _clause_end(text, match.end())
        if body and relation == "member":
            for party in agencies(text, match.end(), end, lexicon):
                yield Statement(body, relation, party, None, left, end)


def _daily(context: _SentenceContext) -> Iterator[Statement]:
    """«领导小组日常工作由市商务局承担»."""
    text, lexicon = context.text, context.lexicon
    for match in rule_pattern("的?<daily>由([^,:;]{2,60}?)<bear>", lexicon).finditer(text):
        left = clause_start(text, match.start(), ",:;")
        body = context.body_before(left, match.start())
        for party in agencies(text, match.start(1), match.end(1), lexicon) if body else []:
            note = message("extract.seat-by-daily-work")
            held = Party(party.name, "", party.start, party.end, "agency", note)
            yield Statement(body or Named(""), BodyRelation.HOSTED_BY, held, None, left, match.end())


def _clause_end(text: str, start: int) -> int:
    stop = _CLAUSE_END.search(text, start)
    return stop.start() if stop else len(text)


# every rule reads every sentence; statements of one place stand in the order of these
_RULES: tuple[tuple[str, Callable[[_SentenceContext], Iterator[Statement]]], ...] = (
    ("draws-on", _drawn),
    ("founded", _founded),
    ("hosted", _hosted),
    ("post", _posts),
    ("served", _served),
    ("composed", _composed),
    ("appointed", _appointed),
    ("included", _included),
    ("daily-work", _daily),
)

"""Parse one responsibility clause: who leads, who supports, who answers, who carries out, and what was not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import NOTHING, is_body, tail_kind
from policygraph.extract.grammar.role_words import SIGNS, labels, marks, verbs
from policygraph.extract.responsibilities.clause_parts import (
    NO_VERB,
    Entry,
    Part,
    Said,
    add,
    ends_in_body,
    entry_of,
    read_part,
)
from policygraph.extract.responsibilities.clause_rules import (
    BEFORE_SEMICOLON,
    FIRST,
    LEADS,
    SIGNED,
    StandingRule,
    before_rule,
    bodies_of,
    find_rule,
)
from policygraph.extract.responsibilities.ledger import Placed, left_over, says_nothing, words_outside
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import Span
from policygraph.patterns import word_of, word_pattern
from policygraph.records import record, replace
from policygraph.terms import Role, RoleWord

_PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】", "〈": "〉", "{": "}"}
_CLOSING = frozenset(_PAIRS.values())
_SIGNS = frozenset(SIGNS)
_PIECE = re.compile(r"[^,;。\n]+")
_BRACKETS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_BRACKETS_AND_STOPS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))};。]")


@record
class Clause:
    """A parsed clause; no entries mean that it names nobody, and ``reason`` says why.

    ``left`` are the words that were not read.
    """

    entries: tuple[Entry, ...] = ()
    open: bool = False
    rule: str = ""  # a rule it sets for later clauses
    reason: Note = ""
    left: tuple[str, ...] = ()


def parse_clause(text: str, lexicon: Lexicon, rule: str = "") -> Clause:
    """Return the bodies and roles of a clause, with or without its brackets, and the words that were not read.

    ``rule`` is what an earlier clause of the document laid down (the first named leads; those before the comma
    lead). Without a lead, 负责 and 按职责分工负责 give ``responsible``; beside one, the latter gives ``support``, and
    a list that is labelled 责任单位 ``implement``.
    """
    inside = without_opener(text, _inside(text), lexicon)
    found = find_rule(text, lexicon, inside.start, inside.end)
    span = before_rule(found, text, inside) if found else inside
    bare = RoleWord.DIVIDED if found and found.rule in LEADS else None  # such a rule says that a list is of bodies
    clause = parse_parts(text, clause_parts(text, span, bare, lexicon), lexicon, rule, found)
    return what_is_left(clause, text, [span], lexicon)


def without_opener(text: str, span: Span, lexicon: Lexicon) -> Span:
    """Return a stretch without the words by which it only says that it is a clause (责任分工:, 此项工作由)."""
    opener = word_pattern("clause-opener", lexicon).match(text, span.start, span.end)
    return Span(opener.end(), span.end) if opener else span


def what_is_left(clause: Clause, text: str, stretches: Iterable[Span], lexicon: Lexicon) -> Clause:
    """Return a clause with the words of its stretches that were not read; one that names nobody says so itself."""
    if not clause.entries:
        return clause
    stretches = list(stretches)
    if all(says_nothing(word, lexicon) for span in stretches for word in words_outside(text, span, clause.entries)):
        return clause
    left = (word for span in stretches for word in left_over(text, span, _taken(text, span, clause, lexicon), lexicon))
    return replace(clause, left=tuple(left))


def parse_running(text: str, lexicon: Lexicon, rule: str = "") -> Clause:
    """Return what a sentence of running text says of roles; it says other things too, without verbs of duty.

    A body that it only describes (项目所在地政府) is whoever it may be in the case at hand.
    """
    clause = parse_clause(text, lexicon, rule)
    described = word_pattern("described", lexicon)
    entries = tuple(e for e in clause.entries if e.rule != NO_VERB and not described.search(e.name))
    return replace(clause, entries=entries, left=())


def parse_bare(text: str, lexicon: Lexicon, rule: str = "") -> Clause:
    """Return the bodies of a bracket that holds nothing else: they answer."""
    inside = _inside(text)
    clause = parse_parts(text, [Part(RoleWord.DIVIDED, inside.start, inside.end)], lexicon, rule)
    return what_is_left(clause, text, [inside], lexicon)


def parse_parts(
    text: str, parts: Iterable[Part], lexicon: Lexicon, rule: str = "", laid: StandingRule | None = None
) -> Clause:
    """Return the bodies of the parts of a clause, each in the role that its label gives.

    A list may leave out what the one before it printed. ``laid`` is the rule that the clause itself lays down.
    """
    read = Said(NOTHING)
    for part in parts:
        read = add(read, read_part(text, part, read, lexicon))
    later = (
        tuple(entry_of(Role.RESPONSIBLE, body) for body in bodies_of(laid, text, lexicon, len(text))) if laid else ()
    )
    named = {entry.name for entry in read.entries}
    own = [entry for entry in later if entry.name not in named]
    laid_down = laid.rule if laid else ""
    entries = read.entries if any(entry.vouched for entry in read.entries) else ()
    settled = _settle(entries, text, laid_down if laid_down in LEADS else rule, lexicon)
    if not settled and not own:
        return Clause(reason=read.reason or _reason(read), rule=laid_down)
    return Clause((*settled, *own), read.is_open, laid_down)


def _reason(read: Said) -> Note:
    unknown = next((entry.name for entry in read.entries if not entry.vouched), "")
    if unknown:
        return message("extract.looks-like-no-body", words=unknown[:20])
    return message("extract.no-body")


def _taken(text: str, span: Span, clause: Clause, lexicon: Lexicon) -> list[Placed]:
    """Return what of a clause was read: its labels, its verbs, its bodies, and what stands under other labels."""
    said = list(labels(text, span.start, span.end, lexicon))
    taken: list[Placed] = [*said, *verbs(text, span.start, span.end, lexicon)]
    taken += [*marks(text, span.start, span.end, lexicon), *clause.entries]
    for at, each in enumerate(said):
        end = said[at + 1].start if at + 1 < len(said) else span.end
        if not each.known and not _names_body(text, each.end, end, lexicon):
            taken.append(Span(each.end, end))  # 责任人:张三, 完成时限:长期坚持
    return taken


def _names_body(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    return any(is_body(body.name, lexicon) for body in read_list(text, start, end, lexicon).bodies)


def clause_parts(text: str, span: Span, first: RoleWord | None, lexicon: Lexicon) -> list[Part]:
    """Cut a clause at its labels, and at semicolons and full stops; ``first`` is the role of what has no label."""
    said = list(labels(text, span.start, span.end, lexicon))
    each = [] if said or first else _each_its_duty(text, span, lexicon)
    if each:
        return each
    parts = _sentences(text, span.start, said[0].start if said else span.end, first, lexicon)
    for at, label in enumerate(said):
        end = said[at + 1].start if at + 1 < len(said) else span.end
        under = _sentences(text, label.end, end, label.role, lexicon)
        note = message("extract.label-slip", label=label.form) if label.slip else ""
        parts += [replace(part, note=note) for part in under] if note else under
    return [part for part in parts if text[part.start : part.end].strip(" \n,;。、")]


def _each_its_duty(text: str, span: Span, lexicon: Lexicon) -> list[Part]:
    """Return the bodies of a clause that says of each what it does (甲局负责制定方案,乙局负责资金保障), else none."""
    parts: list[Part] = []
    if not _duty_goes_on(lexicon).search(text, span.start, span.end):
        return parts  # as in most clauses
    for piece in _PIECE.finditer(text, span.start, span.end):
        said = verbs(text, *piece.span(), lexicon)
        duty = None if said else word_pattern("duty", lexicon).search(text, *piece.span())
        end = duty.start() if duty else piece.end()
        if not said and not (duty and ends_in_body(text[piece.start() : end], lexicon)):
            return []
        parts.append(Part(RoleWord.RESPONSIBLE if duty else None, piece.start(), end))
    return parts if any(part.role for part in parts) else []


@compiled
def _duty_goes_on(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a verb of duty behind which stands what it is about: 负责制定方案."""
    return re.compile(rf"{word_of('duty', lexicon)}(?=[\u4e00-\u9fff]{{2}})")


def _sentences(text: str, start: int, end: int, role: RoleWord | None, lexicon: Lexicon) -> list[Part]:
    """Cut a stretch under one label at its stops; a list without label and verb goes on to the verb behind it."""
    parts: list[Part] = []
    depth, left = 0, start
    for mark in _BRACKETS_AND_STOPS.finditer(text, start, end):
        if mark[0] not in ";。":
            depth += 1 if mark[0] in _PAIRS else -1
        elif depth <= 0 and (role or parts or verbs(text, left, mark.start(), lexicon)):
            parts.append(Part(role, left, mark.start(), bool(parts)))
            left = mark.end()
    return [*parts, Part(role, left, end, bool(parts))]


def _inside(text: str) -> Span:
    """Return the span inside the outer brackets and without a final stop."""
    start, end = 0, len(text)
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in "。.;,"):
            end -= 1
        if end - start > 2 and _PAIRS.get(text[start]) == text[end - 1] and _closes(text, start, end):
            start, end = start + 1, end - 1
        elif end > start and text[end - 1] in _CLOSING and not _balanced(text, start, end):
            end -= 1  # the page lost where it opens
        else:
            return Span(start, end)


def _balanced(text: str, start: int, end: int) -> bool:
    stretch = text[start:end]
    return sum(map(stretch.count, _PAIRS)) >= sum(map(stretch.count, _CLOSING))


def _closes(text: str, start: int, end: int) -> bool:
    depth = 0
    for mark in _BRACKETS.finditer(text, start, end):
        depth += 1 if mark[0] in _PAIRS else -1
        if depth == 0:
            return mark.end() == end
    return False


def _settle(entries: Sequence[Entry], text: str, rule: str, lexicon: Lexicon) -> list[Entry]:
    """Give the roles that depend on the whole clause."""
    leads = any(entry.role == Role.LEAD for entry in entries)
    if rule in LEADS and entries and not leads and tail_kind(entries[0].name, lexicon) != "generic":
        first = _named_first(entries, text, rule)
        if any(first):
            return [_by_rule(Role.LEAD if lead else Role.SUPPORT, e) for e, lead in zip(entries, first, strict=True)]
    beside = any(entry.role is not RoleWord.MAIN for entry in entries)
    main = Role.IMPLEMENT if leads else Role.LEAD if beside else Role.RESPONSIBLE
    leads = leads or (main == Role.LEAD and any(entry.role is RoleWord.MAIN for entry in entries))
    divided, carried_out = (Role.SUPPORT, Role.IMPLEMENT) if leads else (Role.RESPONSIBLE, Role.RESPONSIBLE)
    settled: dict[Role | RoleWord, Role] = {
        RoleWord.MAIN: main,
        RoleWord.DIVIDED: divided,
        RoleWord.IMPLEMENT: carried_out,
    }
    return [entry.in_role(settled[entry.role]) if entry.role in settled else entry for entry in entries]


def _named_first(entries: Sequence[Entry], text: str, rule: str) -> list[bool]:
    """Return which bodies lead by a rule: by their place, by the semicolon behind them, by a sign beside them."""
    if rule == SIGNED:
        return [text[e.start - 1 : e.start] in _SIGNS or text[e.end : e.end + 1] in _SIGNS for e in entries]
    if rule == BEFORE_SEMICOLON:
        stop = text.find(";", entries[0].end)
        return [stop < 0 or e.start < stop for e in entries]
    if rule == FIRST:
        return [at == 0 for at, _ in enumerate(entries)]
    first, last = entries[0].group, entries[-1].group  # one group is a list without a comma: nobody stands before one
    return [e.group == first != last for e in entries]


def _by_rule(role: Role, entry: Entry) -> Entry:
    return entry.in_role(role, "place-in-list", message("extract.place-in-list"))

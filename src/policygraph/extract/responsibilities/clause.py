"""Parse one responsibility clause: who leads, who supports, who answers without a lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policygraph.extract.grammar.body_list import NOTHING, Carry, ListedBody, is_body, read_list, tail_kind
from policygraph.extract.grammar.patterns import either, in_order, longest_first, of_kind, word_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import Span
from policygraph.terms import Role, RoleWord

_PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】", "〈": "〉"}
_BREAKS = frozenset("、,; \n由") | {""}
_CLOSING = frozenset(_PAIRS.values())
_BRACKETS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_BRACKETS_AND_STOPS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))};。]")
_STOP = r"(?=\s|[,;。、)\]〕】]|$|由)"
_FILLER = "[位个名者的责任单部门该此本项工作任务]{0,8}"  # what may stand in a rule: 第一[位的部门]为[该项]牵头单位
_DEADLINE = re.compile(r"\d{1,4}\s?[年月日]|^\d{4}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One body in one role; ``start`` and ``end`` are positions in the text that was parsed."""

    role: Role | RoleWord  # a word until the whole clause is read
    name: str
    surface: str
    start: int
    end: int
    note: Note = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """A parsed clause; no entries mean that it names nobody, and ``reason`` says why."""

    entries: tuple[Entry, ...] = ()
    open: bool = False
    rule: str = ""  # a rule it sets for later clauses
    later: tuple[Entry, ...] = ()  # bodies that answer in all later clauses
    reason: Note = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a clause under one label; ``role`` is None without one."""

    role: RoleWord | None
    start: int
    end: int
    after_stop: bool = False  # it follows a semicolon or full stop instead of a label


@dataclass(frozen=True, slots=True)
class _Said:
    """What a part names; ``carry`` is what its list hands on, ``reason`` says why it names nobody."""

    carry: Carry
    entries: tuple[Entry, ...] = ()
    is_open: bool = False
    reason: Note = ""


@dataclass(frozen=True, slots=True)
class _ClausePatterns:
    """The patterns of one lexicon, compiled once."""

    label: re.Pattern[str]
    verb: re.Pattern[str]
    join: re.Pattern[str]
    rule: re.Pattern[str]
    rule_head: re.Pattern[str]  # how a rule begins; to look for that first is quick
    marker: re.Pattern[str]
    role: re.Pattern[str]
    no_short_name: re.Pattern[str]


def parse_clause(text: str, lexicon: Lexicon, rule: str = "") -> Clause:
    """Return the bodies and roles of a clause, with or without its brackets.

    ``rule`` is what an earlier clause of the document laid down (the first named leads; those before the comma
    lead). Without a lead, 负责 and 按职责分工负责 give ``responsible``; beside one, the latter gives ``support``.
    """
    laid, span = _laid_down(text, _inside(text), lexicon)
    bare = RoleWord.DIVIDED if laid.rule in LEADS else None  # a rule on who leads says that a bare list is of bodies
    return parse_parts(text, _parts(text, span, bare, lexicon), lexicon, rule, laid)


def parse_parts(
    text: str, parts: Iterable[Part], lexicon: Lexicon, rule: str = "", laid: Clause | None = None
) -> Clause:
    """Return the bodies of the parts of a clause, each in the role that its label gives.

    A list may leave out what the one before it printed. ``laid`` is the rule that the clause itself lays down.
    """
    laid = laid or Clause()
    read = _Said(NOTHING)
    for part in parts:
        read = _joined(read, _read_part(text, part, read, lexicon))
    named = {entry.name for entry in read.entries}
    own = [entry for entry in laid.later if entry.name not in named]
    settled = _settle(read.entries, laid.rule if laid.rule in LEADS else rule, lexicon)
    if not settled and not own:
        return Clause(reason=read.reason or message("extract.no-body"))
    return Clause((*settled, *own), read.is_open, laid.rule, laid.later)


def _joined(read: _Said, more: _Said) -> _Said:
    """Return what two stretches name, one after the other."""
    entries = (*read.entries, *more.entries)
    return _Said(more.carry, entries, read.is_open or more.is_open, read.reason or more.reason)


def has_marker(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text has a label or a verb of responsibility, so that it may be a clause."""
    return bool(_patterns(lexicon).marker.search(text))


def names_role(text: str, lexicon: Lexicon) -> bool:
    """Say whether a bracket names a role at all, so that it must be parsed or listed as not understood."""
    return has_marker(text, lexicon) or bool(_patterns(lexicon).role.search(text))


def starts_with_label(text: str, lexicon: Lexicon) -> bool:
    """Say whether a line opens with a label and a colon (牵头单位:…), outside brackets."""
    match = _patterns(lexicon).label.match(text)
    return bool(match and match[1])


_OWN = (RoleWord.DIVIDED, RoleWord.RESPONSIBLE)  # verbs that leave it to a label or join who leads
LEADS = ("first-leads", "before-comma-leads")  # rules that name the lead by its place in the list
ALL_LATER = "all-later"  # a rule that names bodies for all later clauses


@compiled
def _patterns(lexicon: Lexicon) -> _ClausePatterns:
    verbs = in_order(map(re.escape, longest_first(lexicon.roles.verbs)))
    verbs = verbs.replace("…", "[\u4e00-\u9fff]{1,4}")  # 牵头…: 牵头处理, 牵头推动
    labels = either(lexicon.roles.labels)
    full = either(form for form in lexicon.roles.labels if len(form) > 3)  # 牵头单位 is a label without a colon too
    opens = r"(?:(?<=[\s,;。、.(\[〔【])|^)"
    roles = either(of_kind(lexicon.roles.verbs, RoleWord.LEAD, RoleWord.DIVIDED))
    return _ClausePatterns(
        label=re.compile(
            rf"{opens}\s{{0,9}}(?:({labels})\s{{0,9}}:|({full})[为是]?(?=\s{{0,9}}[\u4e00-\u9fff]))"
            rf"|{opens}([\u4e00-\u9fff]{{2,6}}):"
        ),
        verb=re.compile(f"({verbs}){_STOP}"),
        join=re.compile(either(lexicon.roles.joins)),
        rule=re.compile(in_order(f"({_rule(form)})" for form in lexicon.roles.clause_rules)),
        rule_head=re.compile(either(form.partition("…")[0] for form in lexicon.roles.clause_rules)),
        role=re.compile(f"{full}|{roles}"),
        marker=re.compile(f"(?:{labels})\\s{{0,9}}:|(?:{full})|(?:{verbs}){_STOP}"),
        no_short_name=re.compile(rf"[。:!?\d的]|{word_of('no-short-name', lexicon)}|[(\[〔]$"),
    )


def _rule(form: str) -> str:
    return re.escape(form).replace("…", _FILLER)


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A rule that a text lays down for clauses, and where."""

    rule: str
    start: int
    end: int


def find_rule(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> StandingRule | None:
    """Return the first rule that a stretch lays down for clauses, None where it lays down none."""
    patterns, end = _patterns(lexicon), len(text) if end is None else end
    for head in patterns.rule_head.finditer(text, start, end):
        match = patterns.rule.match(text, head.start(), end)
        if match and match.lastindex:
            rule = tuple(lexicon.roles.clause_rules.values())[match.lastindex - 1]
            return StandingRule(rule, *match.span())
    return None


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


def _laid_down(text: str, inside: Span, lexicon: Lexicon) -> tuple[Clause, Span]:
    """Return the rule a clause lays down, with the bodies it names for all later clauses, and the rest of it."""
    found = find_rule(text, lexicon, inside.start, inside.end)
    if not found:
        return Clause(), inside
    cut = max(text.rfind(stop, inside.start, found.start) for stop in ",。;")
    rest = Span(inside.start, max(cut, inside.start))
    if found.rule != ALL_LATER:
        return Clause(rule=found.rule), rest
    verb = _patterns(lexicon).verb.search(text, found.end, inside.end)
    listed = read_list(text, found.end, verb.start() if verb else inside.end, lexicon)
    return Clause(rule=found.rule, later=tuple(_entry(Role.RESPONSIBLE, body) for body in listed.bodies)), rest


def _parts(text: str, span: Span, first: RoleWord | None, lexicon: Lexicon) -> list[Part]:
    """Cut a clause at its labels, and at semicolons and full stops; ``first`` is the role of what has no label."""
    marks = list(_patterns(lexicon).label.finditer(text, span.start, span.end))
    cuts = [span.start, *(mark.start() for mark in marks), span.end]
    heads = [(first, span.start), *((_labelled(mark[1] or mark[2], lexicon), mark.end()) for mark in marks)]
    parts: list[Part] = []
    for (role, left), right in zip(heads, cuts[1:], strict=True):
        for number, sentence in enumerate(_sentences(text, left, right)):
            parts.append(Part(role, sentence.start, sentence.end, number > 0))
    return [part for part in parts if text[part.start : part.end].strip(" \n,;。、")]


def _labelled(form: str | None, lexicon: Lexicon) -> RoleWord:
    return RoleWord(lexicon.roles.labels[form]) if form else RoleWord.OTHER


def _sentences(text: str, start: int, end: int) -> list[Span]:
    sentences, depth, left = [], 0, start
    for mark in _BRACKETS_AND_STOPS.finditer(text, start, end):
        if mark[0] not in ";。":
            depth += 1 if mark[0] in _PAIRS else -1
        elif depth <= 0:
            sentences.append(Span(left, mark.start()))
            left = mark.end()
    return [*sentences, Span(left, end)]


def _read_part(text: str, part: Part, before: _Said, lexicon: Lexicon) -> _Said:
    """Return the entries of one part."""
    if part.role is RoleWord.OTHER:
        return _Said(before.carry)
    verbs = list(_patterns(lexicon).verb.finditer(text, part.start, part.end))
    if verbs and (not part.role or _is_body_list(text[part.start : verbs[0].start()], lexicon)):
        return _by_verbs(text, part, verbs, before.carry, lexicon)
    listed = read_list(text, part.start, part.end, lexicon, before.carry)
    role, note = _role_of_list(part, before.entries, listed.bodies, lexicon)
    if not role:
        return _Said(before.carry)
    kept = _until_sentence(listed.bodies, bool(part.role), lexicon)
    return _Said(listed.carry, tuple(_entry(role, body, note) for body in kept), listed.is_open)


def _until_sentence(bodies: Sequence[ListedBody], labelled: bool, lexicon: Lexicon) -> list[ListedBody]:
    """Drop what is no name; a label vouches for unusual ones down to the first piece of a sentence."""
    kept: list[ListedBody] = []
    for body in bodies:
        if is_body(body.name, lexicon) or (labelled and _plausible(body.name, lexicon)):
            kept.append(body)
        else:
            labelled = False
    return kept


def _role_of_list(
    part: Part, before: Sequence[Entry], bodies: Sequence[ListedBody], lexicon: Lexicon
) -> tuple[RoleWord | None, Note]:
    """Return the role of a list without a verb; after «牵头单位:A;» the missing label can only be 配合单位."""
    label = part.role
    if not part.after_stop:
        return label, ""
    names_bodies = bool(bodies) and all(is_body(body.name, lexicon) for body in bodies)
    if not names_bodies:
        return None, ""
    if label is RoleWord.LEAD and before:
        return RoleWord.SUPPORT, message("extract.label-missing")
    return label, ""


def _by_verbs(text: str, part: Part, verbs: list[re.Match[str]], carry: Carry, lexicon: Lexicon) -> _Said:
    read, left = _Said(carry), part.start
    for verb in verbs:
        role = _verb_role(verb[1], lexicon)
        role = part.role if part.role and role in _OWN else role
        more = _before_verb(text, Span(left, verb.start()), role, read.carry, lexicon)
        read = _joined(read, more)
        left = verb.end()
        while left < part.end and text[left] in " \n,、":
            left += 1
    return read


def _verb_role(form: str, lexicon: Lexicon) -> RoleWord:
    known = lexicon.roles.verbs.get(form)
    open_verbs = ((verb[:-1], role) for verb, role in lexicon.roles.verbs.items() if verb.endswith("…"))
    return RoleWord(known or next(role for verb, role in open_verbs if form.startswith(verb)))


def _before_verb(text: str, span: Span, role: RoleWord, carry: Carry, lexicon: Lexicon) -> _Said:
    """Read the list before a verb; 「A会同B负责」 makes A the lead and B its support."""
    join = _join(text, span, lexicon)
    if not join:
        return _list_before_verb(text, span, role, carry, lexicon)
    lead = RoleWord.LEAD if role in _OWN else role
    first = _before_verb(text, Span(span.start, join.start()), lead, carry, lexicon)
    if not first.entries:
        return replace(first, is_open=False)
    second = RoleWord(lexicon.roles.joins[join[0]])
    rest = _before_verb(text, Span(join.end(), span.end), second, first.carry, lexicon)
    return replace(rest, entries=(*first.entries, *rest.entries))


def _list_before_verb(text: str, span: Span, role: RoleWord, carry: Carry, lexicon: Lexicon) -> _Said:
    listed = read_list(text, span.start, span.end, lexicon, carry)
    bodies = [body for body in listed.bodies if not _DEADLINE.search(body.surface)]
    wrong = next((body.name for body in bodies if not is_body(body.name, lexicon)), "")
    if wrong:
        return _Said(carry, reason=message("extract.looks-like-no-body", words=wrong[:20]))
    return _Said(listed.carry, tuple(_entry(role, body) for body in bodies), listed.is_open) if bodies else _Said(carry)


def _join(text: str, span: Span, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the first 会同 or 联合 between two lists of bodies; 残疾人联合会 and 商务局 have none."""
    for match in _patterns(lexicon).join.finditer(text, span.start, span.end):
        if text[match.start() - 1 : match.start()] in _BREAKS:
            continue  # 、商务局
        sides = text[span.start : match.start()], text[match.end() : span.end]
        if all(_is_body_list(side, lexicon) for side in sides):
            return match
    return None


def _is_body_list(text: str, lexicon: Lexicon) -> bool:
    bodies = read_list(text, 0, len(text), lexicon).bodies
    return bool(bodies) and all(is_body(body.name, lexicon) for body in bodies)


def _plausible(name: str, lexicon: Lexicon) -> bool:
    """A label vouches for short names with unusual endings (黄龙园区, 各平台), not for sentences."""
    return 2 <= len(name) <= 20 and not _patterns(lexicon).no_short_name.search(name)


def _settle(entries: Sequence[Entry], rule: str, lexicon: Lexicon) -> list[Entry]:
    """Give the roles that depend on the whole clause."""
    leads = any(entry.role == Role.LEAD for entry in entries)
    if rule in LEADS and entries and not leads and tail_kind(entries[0].name, lexicon) != "generic":
        first = [at == 0 if rule == "first-leads" else e.group == entries[0].group for at, e in enumerate(entries)]
        return [_in_role(Role.LEAD if lead else Role.SUPPORT, e) for e, lead in zip(entries, first, strict=True)]
    beside = Role.SUPPORT if leads else Role.RESPONSIBLE
    return [_in_role(beside if entry.role == RoleWord.DIVIDED else Role(entry.role), entry) for entry in entries]


def _in_role(role: Role, entry: Entry) -> Entry:
    return Entry(role, entry.name, entry.surface, entry.start, entry.end, entry.note, entry.group)


def _entry(role: Role | RoleWord, body: ListedBody, note: Note = "") -> Entry:
    return Entry(role, body.name, body.surface, body.start, body.end, note or body.repaired, body.group)

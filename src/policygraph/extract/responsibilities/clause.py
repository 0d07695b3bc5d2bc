"""Parse one responsibility clause: who leads, who supports, who answers without a lead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.body_list import Carry, Item, is_body, read_list, tail_kind
from policygraph.extract.grammar.patterns import either, in_order, longest_first, of_kind
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.terms import Role, RoleWord

_PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】", "〈": "〉"}
_BREAKS = frozenset("、,; \n由") | {""}
_CLOSING = frozenset(_PAIRS.values())
_BRACKETS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_BRACKETS_AND_STOPS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))};。]")
_NO_SHORT_NAME = re.compile(r"[。:!?\d]|的|年底|完成|[(\[〔]$")
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
    note: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """A parsed clause; no entries mean that it names nobody, and ``reason`` says why."""

    entries: tuple[Entry, ...] = ()
    open: bool = False
    rule: str = ""  # a rule it sets for later clauses
    later: tuple[Entry, ...] = ()  # bodies that answer in all later clauses
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a clause under one label; ``role`` is None without one."""

    role: RoleWord | None
    start: int
    end: int
    after_stop: bool = False  # it follows a semicolon or full stop instead of a label


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The patterns of one lexicon, compiled once."""

    label: re.Pattern[str]
    verb: re.Pattern[str]
    join: re.Pattern[str]
    rule: re.Pattern[str]
    rule_head: re.Pattern[str]  # how a rule begins; to look for that first is quick
    marker: re.Pattern[str]
    role: re.Pattern[str]


def parse_clause(text: str, lexicon: Lexicon, rule: str = "") -> Clause:
    """Return the bodies and roles of a clause, with or without its brackets.

    ``rule`` is what an earlier clause of the document laid down (the first named leads; those before the comma
    lead). Without a lead, 负责 and 按职责分工负责 give ``responsible``; beside one, the latter gives ``support``.
    """
    grammar = _grammar(lexicon)
    start, end = _inside(text)
    found_rule, later_items, end = _rules(text, start, end, grammar, lexicon)
    entries: list[Entry] = []
    carry, is_open, reason = Carry(), False, ""
    for part in _parts(text, (start, end), RoleWord.DIVIDED if found_rule in LEADS else None, (grammar, lexicon)):
        more, opened, carry, why = _read_part(text, part, entries, carry, (grammar, lexicon))
        entries, is_open, reason = [*entries, *more], is_open or opened, reason or why
    named = {entry.name for entry in entries}
    own = [entry for entry in later_items if entry.name not in named]
    settled = _settle(entries, found_rule if found_rule in LEADS else rule, lexicon)
    if not settled and not own:
        return Clause(reason=reason or "没有可识别的单位 (no body was recognised)")
    return Clause((*settled, *own), is_open, found_rule, tuple(later_items))


def has_marker(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text has a label or a verb of responsibility, so that it may be a clause."""
    grammar = _grammar(lexicon)
    return bool(grammar.marker.search(text))


def names_role(text: str, lexicon: Lexicon) -> bool:
    """Say whether a bracket names a role at all, so that it must be parsed or listed as not understood."""
    return has_marker(text, lexicon) or bool(_grammar(lexicon).role.search(text))


def starts_with_label(text: str, lexicon: Lexicon) -> bool:
    """Say whether a line opens with a label and a colon (牵头单位:…), outside brackets."""
    match = _grammar(lexicon).label.match(text)
    return bool(match and match[1])


_OWN = (RoleWord.DIVIDED, RoleWord.RESPONSIBLE)  # verbs that leave it to a label or join who leads
LEADS = ("first-leads", "before-comma-leads")  # rules that name the lead by its place in the list


@compiled
def _grammar(lexicon: Lexicon) -> _Grammar:
    verbs = in_order(map(re.escape, longest_first(lexicon.roles.verbs)))
    verbs = verbs.replace("…", "[\u4e00-\u9fff]{1,4}")  # 牵头…: 牵头处理, 牵头推动
    labels = either(lexicon.roles.labels)
    full = either(form for form in lexicon.roles.labels if len(form) > 3)  # 牵头单位 is a label without a colon too
    opens = r"(?:(?<=[\s,;。、.(\[〔【])|^)"
    roles = either(of_kind(lexicon.roles.verbs, RoleWord.LEAD, RoleWord.DIVIDED))
    return _Grammar(
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
    )


def _rule(form: str) -> str:
    return re.escape(form).replace("…", _FILLER)


def find_rule(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> tuple[str, int, int]:
    """Return the first rule that a stretch lays down for clauses and its place; ``""`` where there is none."""
    grammar, end = _grammar(lexicon), len(text) if end is None else end
    for head in grammar.rule_head.finditer(text, start, end):
        match = grammar.rule.match(text, head.start(), end)
        if match and match.lastindex:
            return tuple(lexicon.roles.clause_rules.values())[match.lastindex - 1], *match.span()
    return "", 0, 0


def _inside(text: str) -> tuple[int, int]:
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
            return start, end


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


def _rules(text: str, start: int, end: int, grammar: _Grammar, lexicon: Lexicon) -> tuple[str, list[Entry], int]:
    """Return the rule a clause lays down, the bodies it names for all later clauses, and where the rest ends."""
    rule, left, right = find_rule(text, lexicon, start, end)
    if not rule:
        return "", [], end
    cut = max(text.rfind(stop, start, left) for stop in ",。;")
    if rule != "all-later":
        return rule, [], max(cut, start)
    verb = grammar.verb.search(text, right, end)
    items, _, _ = read_list(text, right, verb.start() if verb else end, lexicon, Carry())
    return rule, [_entry(Role.RESPONSIBLE, item) for item in items], max(cut, start)


def _parts(text: str, span: tuple[int, int], first: RoleWord | None, tools: tuple[_Grammar, Lexicon]) -> list[_Part]:
    """Cut a clause at its labels, and at semicolons and full stops outside brackets.

    ``first`` is the role of what stands before any label: a rule on who leads says that a bare list is of bodies.
    """
    (start, end), (grammar, lexicon) = span, tools
    marks = list(grammar.label.finditer(text, start, end))
    cuts = [start, *(mark.start() for mark in marks), end]
    heads = [(first, start), *((_labelled(mark[1] or mark[2], lexicon), mark.end()) for mark in marks)]
    parts: list[_Part] = []
    for (role, left), right in zip(heads, cuts[1:], strict=True):
        for number, (a, b) in enumerate(_sentences(text, left, right)):
            parts.append(_Part(role, a, b, number > 0))
    return [part for part in parts if text[part.start : part.end].strip(" \n,;。、")]


def _labelled(form: str | None, lexicon: Lexicon) -> RoleWord:
    return RoleWord(lexicon.roles.labels[form]) if form else RoleWord.OTHER


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, depth, left = [], 0, start
    for mark in _BRACKETS_AND_STOPS.finditer(text, start, end):
        if mark[0] not in ";。":
            depth += 1 if mark[0] in _PAIRS else -1
        elif depth <= 0:
            found.append((left, mark.start()))
            left = mark.end()
    return [*found, (left, end)]


def _read_part(
    text: str, part: _Part, before: list[Entry], carry: Carry, tools: tuple[_Grammar, Lexicon]
) -> tuple[list[Entry], bool, Carry, str]:
    """Return the entries of one part, whether its list is open, the prefix to carry, and why it gave none."""
    grammar, lexicon = tools
    label = part.role
    if label is RoleWord.OTHER:
        return [], False, carry, ""
    verbs = list(grammar.verb.finditer(text, part.start, part.end))
    if verbs and (not label or _is_body_list(text[part.start : verbs[0].start()], lexicon)):
        return _by_verbs(text, part, verbs, carry, tools)
    items, is_open, after = read_list(text, part.start, part.end, lexicon, carry)
    role, note = _role_of_list(part, before, items, lexicon)
    if not role:
        return [], False, carry, ""
    kept = _until_sentence(items, bool(label), lexicon)
    return [_entry(role, item, note) for item in kept], is_open, after, ""


def _until_sentence(items: list[Item], labelled: bool, lexicon: Lexicon) -> list[Item]:
    """Drop what is no name; a label vouches for unusual ones down to the first piece of a sentence."""
    kept: list[Item] = []
    for item in items:
        if is_body(item.name, lexicon) or (labelled and _plausible(item.name)):
            kept.append(item)
        else:
            labelled = False
    return kept


def _role_of_list(part: _Part, before: list[Entry], items: list[Item], lexicon: Lexicon) -> tuple[RoleWord | None, str]:
    """Return the role of a list without a verb; after «牵头单位:A;» the missing label can only be 配合单位."""
    label = part.role
    if not part.after_stop:
        return label, ""
    names_bodies = bool(items) and all(is_body(item.name, lexicon) for item in items)
    if not names_bodies:
        return None, ""
    if label is RoleWord.LEAD and before:
        return RoleWord.SUPPORT, "漏标签,按配合单位处理 (label missing after the lead; read as support)"
    return label, ""


def _by_verbs(
    text: str, part: _Part, verbs: list[re.Match[str]], carry: Carry, tools: tuple[_Grammar, Lexicon]
) -> tuple[list[Entry], bool, Carry, str]:
    grammar, lexicon = tools
    entries: list[Entry] = []
    is_open, left, reason = False, part.start, ""
    for verb in verbs:
        role = _verb_role(verb[1], lexicon)
        role = part.role if part.role and role in _OWN else role
        more, opened, carry, why = _before_verb(text, (left, verb.start()), role, carry, (grammar, lexicon))
        entries, is_open, reason = [*entries, *more], is_open or opened, reason or why
        left = verb.end()
        while left < part.end and text[left] in " \n,、":
            left += 1
    return entries, is_open, carry, reason


def _verb_role(form: str, lexicon: Lexicon) -> RoleWord:
    known = lexicon.roles.verbs.get(form)
    open_verbs = ((verb[:-1], role) for verb, role in lexicon.roles.verbs.items() if verb.endswith("…"))
    return RoleWord(known or next(role for verb, role in open_verbs if form.startswith(verb)))


def _before_verb(
    text: str, span: tuple[int, int], role: RoleWord, carry: Carry, tools: tuple[_Grammar, Lexicon]
) -> tuple[list[Entry], bool, Carry, str]:
    """Read the list before a verb; 「A会同B负责」 makes A the lead and B its support."""
    _, lexicon = tools
    left, right = span
    join = _join(text, span, tools)
    if not join:
        items, is_open, after = read_list(text, left, right, lexicon, carry)
        items = [item for item in items if not _DEADLINE.search(item.surface)]
        if not items or not all(is_body(item.name, lexicon) for item in items):
            wrong = next((item.name for item in items if not is_body(item.name, lexicon)), "")
            return [], False, carry, f"「{wrong[:20]}」不像单位名称 (does not look like a body)" if wrong else ""
        return [_entry(role, item) for item in items], is_open, after, ""
    lead = RoleWord.LEAD if role in _OWN else role
    first, _, carry, why = _before_verb(text, (left, join.start()), lead, carry, tools)
    if not first:
        return [], False, carry, why
    second = RoleWord(lexicon.roles.joins[join[0]])
    rest, is_open, carry, why = _before_verb(text, (join.end(), right), second, carry, tools)
    return [*first, *rest], is_open, carry, why


def _join(text: str, span: tuple[int, int], tools: tuple[_Grammar, Lexicon]) -> re.Match[str] | None:
    """Return the first 会同 or 联合 between two lists of bodies; 残疾人联合会 and 商务局 have none."""
    grammar, lexicon = tools
    for match in grammar.join.finditer(text, *span):
        if text[match.start() - 1 : match.start()] in _BREAKS:
            continue  # 、商务局
        if _is_body_list(text[span[0] : match.start()], lexicon) and _is_body_list(
            text[match.end() : span[1]], lexicon
        ):
            return match
    return None


def _is_body_list(text: str, lexicon: Lexicon) -> bool:
    items, _, _ = read_list(text, 0, len(text), lexicon, Carry())
    return bool(items) and all(is_body(item.name, lexicon) for item in items)


def _plausible(name: str) -> bool:
    """A label vouches for short names with unusual endings (黄龙园区, 各平台), not for sentences."""
    return 2 <= len(name) <= 20 and not _NO_SHORT_NAME.search(name)


def _settle(entries: list[Entry], rule: str, lexicon: Lexicon) -> list[Entry]:
    """Give the roles that depend on the whole clause."""
    leads = any(entry.role == Role.LEAD for entry in entries)
    if rule in LEADS and entries and not leads and tail_kind(entries[0].name, lexicon) != "generic":
        first = [at == 0 if rule == "first-leads" else e.group == entries[0].group for at, e in enumerate(entries)]
        return [_in_role(Role.LEAD if lead else Role.SUPPORT, e) for e, lead in zip(entries, first, strict=True)]
    beside = Role.SUPPORT if leads else Role.RESPONSIBLE
    return [_in_role(beside if entry.role == RoleWord.DIVIDED else Role(entry.role), entry) for entry in entries]


def _in_role(role: Role, entry: Entry) -> Entry:
    return Entry(role, entry.name, entry.surface, entry.start, entry.end, entry.note, entry.group)


def _entry(role: Role | RoleWord, item: Item, note: str = "") -> Entry:
    return Entry(role, item.name, item.surface, item.start, item.end, note or item.repaired, item.group)

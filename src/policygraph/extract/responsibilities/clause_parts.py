"""Read the parts of a clause: a list under a label, lists before verbs, and lists that say nothing of their role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import Carry, is_body, printed_prefix, starts_with
from policygraph.extract.grammar.lent_tails import ListedBody
from policygraph.extract.grammar.role_words import Said as Verb
from policygraph.extract.grammar.role_words import verbs
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import Span
from policygraph.patterns import either, word_of
from policygraph.records import record, replace
from policygraph.terms import Role, RoleWord

_BREAKS = frozenset("、,; \n由") | {""}
_DIGIT = re.compile(r"\d")
_DEADLINE = re.compile(r"\d{1,4}\s?[年月日]|^\d{4}")
_LONGEST_PREFIX = 4  # characters of 自治区, with one to spare
_OWN = (RoleWord.DIVIDED, RoleWord.RESPONSIBLE)  # verbs that leave it to a label or join who leads
_OF_ALL = (RoleWord.IMPLEMENT, RoleWord.MAIN)  # labels that may cover who leads and the others
_OWN_LABEL = (*_OWN, *_OF_ALL)  # labels that leave it to a mark
UNKNOWN, NO_LABEL, NO_VERB = "unknown-name", "label-missing", "verb-missing"  # circumstances of a body
SLIP, GLUED = "label-slip", "glued-names"  # circumstances of a part: its label, its name that was run into others
_NOTES = {UNKNOWN: "extract.unknown-name", NO_LABEL: "extract.label-missing", NO_VERB: "extract.verb-missing"}


@record
class Entry:
    """One body in one role; ``start`` and ``end`` are positions in the text that was parsed.

    ``rule`` is the circumstance that makes it less sure, "" for none. A ``vouched`` one is known as a body by its
    name or by its label; beside such a one another may have any name.
    """

    role: Role | RoleWord  # a word until the whole clause is read
    name: str
    surface: str
    start: int
    end: int
    note: Note = ""
    group: int = 0
    rule: str = ""
    vouched: bool = True

    def in_role(self, role: Role | RoleWord, rule: str = "", note: Note = "") -> Entry:
        """Return the same body in a role, by a rule and with a note where it has none of its own."""
        rule, note = self.rule or rule, self.note or note
        return Entry(role, self.name, self.surface, self.start, self.end, note, self.group, rule, self.vouched)


@record
class Part:
    """A stretch of a clause under one label; ``role`` is None without one."""

    role: RoleWord | None
    start: int
    end: int
    after_stop: bool = False  # it follows a semicolon or full stop instead of a label
    note: Note = ""  # what is odd about it
    rule: str = SLIP  # the circumstance that a note speaks of


@record
class Said:
    """What a part names; ``carry`` is what its list hands on, ``reason`` says why it names nobody."""

    carry: Carry
    entries: tuple[Entry, ...] = ()
    is_open: bool = False
    reason: Note = ""

    @property
    def leads(self) -> bool:
        """Say whether it names a lead."""
        return any(entry.role == RoleWord.LEAD for entry in self.entries)


def add(read: Said, more: Said) -> Said:
    """Return what two stretches name, one after the other."""
    entries = (*read.entries, *more.entries)
    return Said(more.carry, entries, read.is_open or more.is_open, read.reason or more.reason)


def read_part(text: str, part: Part, before: Said, lexicon: Lexicon) -> Said:
    """Return the bodies of one part; ``before`` is what the parts before it name."""
    if part.role is RoleWord.OTHER:
        return Said(before.carry)
    said = verbs(text, part.start, part.end, lexicon)
    if said and (not part.role or ends_in_body(text[part.start : said[0].start], lexicon)):
        read = _by_verbs(text, part, said, before, lexicon)
    else:
        read = _labelled(text, part, before, lexicon)
    return _own_lead(read) if part.role in _OF_ALL else read


def _own_lead(read: Said) -> Said:
    """A label 责任单位 that covers a lead too (市教育局(牵头)、市财政局) makes the others its support."""
    if not read.leads:
        return read
    divided = RoleWord.DIVIDED
    entries = (e.in_role(divided) if e.role in _OF_ALL else e for e in read.entries)
    return replace(read, entries=tuple(entries))


def _labelled(text: str, part: Part, before: Said, lexicon: Lexicon) -> Said:
    join = _join(text, Span(part.start, part.end), lexicon)
    if join and part.role:
        role = RoleWord.RESPONSIBLE if part.role in (RoleWord.IMPLEMENT, RoleWord.DIVIDED) else part.role
        return _before_verb(text, Span(part.start, part.end), role, before.carry, lexicon)
    listed = read_list(text, part.start, part.end, lexicon, before.carry)
    meant, rule = _role_of_list(part, before, listed.bodies, lexicon)
    if not meant:
        return Said(before.carry)
    kept = _until_sentence(listed.bodies, bool(part.role), lexicon)
    entries = tuple(_in_list(meant, body, rule, lexicon) for body in kept)
    if part.note:
        entries = tuple(replace(e, note=e.note or part.note, rule=e.rule or part.rule) for e in entries)
    return Said(listed.carry, entries, listed.is_open)


def _in_list(role: RoleWord, body: ListedBody, rule: str, lexicon: Lexicon) -> Entry:
    entry = entry_of(_role(body, role), body, rule)
    return entry if rule or is_body(body.name, lexicon) else replace(entry, rule=UNKNOWN)


def _until_sentence(bodies: Sequence[ListedBody], labelled: bool, lexicon: Lexicon) -> list[ListedBody]:
    """Drop what is no name; a label vouches for unusual ones down to the first piece of a sentence."""
    kept: list[ListedBody] = []
    for body in bodies:
        if is_body(body.name, lexicon) or (labelled and plausible(body.name, lexicon)):
            kept.append(body)
        else:
            labelled = False
    return kept


def _role_of_list(
    part: Part, before: Said, bodies: Sequence[ListedBody], lexicon: Lexicon
) -> tuple[RoleWord | None, str]:
    """Return the role of a list without a verb; after «牵头单位:A;» the missing label can only be 配合单位."""
    label = part.role
    if label and not part.after_stop:
        return label, ""
    names_bodies = bool(bodies) and all(is_body(body.name, lexicon) for body in bodies)
    if not names_bodies:
        return None, ""
    if any(body.mark for body in bodies):
        return RoleWord.DIVIDED, ""
    if label is RoleWord.LEAD and before.entries:
        return RoleWord.SUPPORT, NO_LABEL
    if label or not before.entries:
        return label, ""
    return (RoleWord.SUPPORT if before.leads else RoleWord.DIVIDED), NO_VERB


def _by_verbs(text: str, part: Part, said: Sequence[Verb], before: Said, lexicon: Lexicon) -> Said:
    read, left = Said(before.carry), part.start
    for verb in said:
        role = part.role if part.role and verb.role in _OWN else verb.role
        read = add(read, _before_verb(text, Span(left, verb.start), role, read.carry, lexicon))
        left = verb.end
        while left < part.end and text[left] in " \n,、":
            left += 1
    said_so_far = replace(read, entries=(*before.entries, *read.entries))
    return add(read, _without_verb(text, Span(left, part.end), said_so_far, lexicon))


def _without_verb(text: str, span: Span, before: Said, lexicon: Lexicon) -> Said:
    """Read the bare second half of «A牵头,B、C»: its bodies, down to the first piece of a sentence."""
    if span.start >= span.end or not before.entries:
        return Said(before.carry)
    opens = _patterns(lexicon)[0].match(text, span.start, span.end)  # A牵头,会同B
    begin = opens.end() if opens and len(opens[0]) > 1 else span.start
    listed = read_list(text, begin, span.end, lexicon, before.carry)
    kept = list(takewhile(lambda body: _goes_on(body, listed.bodies[0].group, lexicon), listed.bodies))
    role = RoleWord.SUPPORT if before.leads else RoleWord.DIVIDED
    rule = NO_VERB if begin == span.start else ""
    return Said(listed.carry if kept else before.carry, tuple(_in_list(role, each, rule, lexicon) for each in kept))


def _goes_on(body: ListedBody, group: int, lexicon: Lexicon) -> bool:
    """Say whether a body is of the first group of a list, or printed with its jurisdiction behind a comma."""
    whole = body.group == group or printed_prefix(body.surface, lexicon)[0] or starts_with(body.surface, "own", lexicon)
    return bool(whole) and is_body(body.name, lexicon)


def _before_verb(text: str, span: Span, role: RoleWord, carry: Carry, lexicon: Lexicon) -> Said:
    """Read the list before a verb; 「A会同B负责」 makes A the lead and B its support, 「A牵头,会同B负责」 too."""
    opens = _patterns(lexicon)[0].match(text, span.start, span.end)
    if opens and len(opens[0]) > 1 and _begins_with_body(text[opens.end() : span.end], lexicon):
        role, span = RoleWord(lexicon.roles.joins[opens[0]]), Span(opens.end(), span.end)
    join = _join(text, span, lexicon)
    if not join:
        return _list_before_verb(text, span, role, carry, lexicon)
    lead = RoleWord.LEAD if role is RoleWord.RESPONSIBLE else role
    first = _before_verb(text, Span(span.start, join.start()), lead, carry, lexicon)
    if not first.entries:
        return replace(first, is_open=False)
    shared = role is RoleWord.DIVIDED  # 甲部、乙部等部门会同各地方按职责分工负责
    second = role if shared else RoleWord(lexicon.roles.joins[join[0]])
    rest = _before_verb(text, Span(join.end(), span.end), second, first.carry, lexicon)
    return replace(rest, entries=(*first.entries, *rest.entries))


def _list_before_verb(text: str, span: Span, role: RoleWord, carry: Carry, lexicon: Lexicon) -> Said:
    listed = read_list(text, span.start, span.end, lexicon, carry)
    dated = _DIGIT.search(text, span.start, span.end)  # as few are
    bodies = [body for body in listed.bodies if not (dated and _DEADLINE.search(body.surface))]
    entries = tuple(_beside_known(bodies, role, lexicon))
    if entries:
        return Said(listed.carry, entries, listed.is_open)
    wrong = next((body.name for body in bodies if not is_body(body.name, lexicon)), "")
    return Said(carry, reason=message("extract.looks-like-no-body", words=wrong[:20]) if wrong else "")


def _beside_known(bodies: Sequence[ListedBody], role: RoleWord, lexicon: Lexicon) -> Iterator[Entry]:
    """Yield the bodies of a list before a verb; an unknown name counts beside a known one, or right before the verb."""
    sure = [is_body(body.name, lexicon) for body in bodies]
    known = {body.group for body, is_known in zip(bodies, sure, strict=True) if is_known}
    for body, is_known in zip(bodies, sure, strict=True):
        if is_known:
            yield entry_of(_role(body, role), body)
        elif plausible(body.name, lexicon) and (body.group in known or body.group == bodies[-1].group):
            yield replace(entry_of(_role(body, role), body, UNKNOWN), vouched=False)


def _join(text: str, span: Span, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the first 会同 or 联合 between two lists of bodies; 残疾人联合会 and 商务局 have none."""
    for match in _patterns(lexicon)[0].finditer(text, span.start, span.end):
        short = len(match[0]) == 1
        if text[match.start() - 1 : match.start()] in _BREAKS or text[match.end() : match.end() + 1] == "“":
            continue  # 、商务局; 监管部门联合“双随机”检查联席会议
        if short and not starts_with(text[match.end() : match.end() + _LONGEST_PREFIX], "jurisdiction", lexicon):
            continue  # 市商务局
        left, right = text[span.start : match.start()], text[match.end() : span.end]
        if ends_in_body(left, lexicon) and _begins_with_body(right, lexicon, whole=short):
            return match
    return None


def ends_in_body(text: str, lexicon: Lexicon) -> bool:
    """Say whether the last name of a list is a body's."""
    bodies = read_list(text, 0, len(text), lexicon).bodies
    return bool(bodies) and is_body(bodies[-1].name, lexicon)


def _begins_with_body(text: str, lexicon: Lexicon, whole: bool = False) -> bool:
    """Say whether a list begins with a body, where it must be ``whole`` with its jurisdiction (商市财政局)."""
    bodies = read_list(text, 0, len(text), lexicon).bodies
    if not bodies or not is_body(bodies[0].name, lexicon):
        return False
    return not whole or bool(printed_prefix(bodies[0].name, lexicon)[0])


@compiled
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the joins between two lists, and what no short name has."""
    no_name = rf"[。:!?\d的]|{word_of('no-short-name', lexicon)}|[(\[〔]$"
    return re.compile(either(lexicon.roles.joins)), re.compile(no_name)


def _role(body: ListedBody, role: RoleWord) -> RoleWord:
    """Return the role of a body by its mark; one that only says how (按职责分工) leaves that of its label."""
    return body.mark.role if body.mark and (body.mark.role not in _OWN or role in _OWN_LABEL) else role


def plausible(name: str, lexicon: Lexicon) -> bool:
    """Say whether words may be a name with an unusual ending (黄龙园区, 各平台), and are no sentence."""
    return 2 <= len(name) <= 20 and not _patterns(lexicon)[1].search(name)


def entry_of(role: Role | RoleWord, body: ListedBody, rule: str = "") -> Entry:
    """Return a listed body in a role."""
    note = body.repaired or (message(_NOTES[rule]) if rule else "")
    mended = "misprint" if body.repaired else ""
    return Entry(role, body.name, body.surface, body.start, body.end, note, body.group, rule or mended)

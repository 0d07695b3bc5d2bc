"""Find the stretches of a section that may be responsibility clauses, a function for each style."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from policygraph.extract.grammar.body_names import tail_kind
from policygraph.extract.grammar.body_words import founding, head
from policygraph.extract.grammar.brackets import LONGEST as _LONGEST
from policygraph.extract.grammar.department_list import (
    is_department_list,
    is_list_of_bodies,
    is_list_of_departments_and_others,
)
from policygraph.extract.grammar.role_words import (
    BULLETS,
    has_hint,
    has_role,
    label_at,
    label_behind_comma,
    label_signs,
    mark_role,
    verbs,
)
from policygraph.extract.responsibilities.clause import Clause, parse_bare, parse_clause, parse_running, without_opener
from policygraph.extract.responsibilities.clause_parts import NO_VERB, UNKNOWN, ends_in_body
from policygraph.extract.responsibilities.clause_rules import LEADS, find_rule, sentence_end
from policygraph.extract.responsibilities.task_tables import TaskRow
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Section, Span
from policygraph.patterns import either, word_of, word_pattern
from policygraph.quantities import COUNTING
from policygraph.records import record, replace

_NESTED = r"(?:[^。;()\n]|\([^()\n]{0,20}\))"
_LONGEST_LIST = 70  # characters
_LONGEST_MARK = 16
_LONGEST_NAME = 24  # characters of a body that is a line by itself
_LONGEST_MARKED = 400  # characters of a list whose names bear their roles
_LONGEST_SENTENCE = 160  # characters of one that says nothing but roles
_UNSURE = (UNKNOWN, NO_VERB)
_ENDS = ("。", ";", "!")
_STOPS = ("。", ";")
_SENTENCE = re.compile(r"[^\n。]+")
_SENTENCE_STOPS = "\n。;:"
_BETWEEN_LABELS = re.compile(  # 完成时限:2025年
    rf"[\n 。]*(?:[{re.escape(BULLETS)} ]*[^\n:。、,]{{2,8}}:[^\n:。]{{1,30}}\n[\n ]*)?"
)
_NEXT = re.compile(rf"[^\S\n]{{0,4}}(?:\n|$|\(?(?:\d{{1,3}}|[{COUNTING}]{{1,3}})[.、)])")  # a paragraph begins here


@record
class ClauseSpan:
    """Where a style finds what may be a clause; the bodies end at ``read_to``, if not with the stretch.

    ``read`` is called with the stretch, the words, and the rule on who leads that holds there; places in the clause
    count from the begin of the stretch. ``number`` and ``action`` are those of the row of a table. One that ``holds``
    brackets of its own stays where a bracket inside it was found too.
    """

    start: int
    end: int
    read_to: int = 0
    read: Callable[[str, Lexicon, str], Clause] = parse_clause
    number: str = ""
    action: str = ""
    holds: bool = False

    @property
    def stretch(self) -> Span:
        """Return where its bodies stand."""
        return Span(self.start, self.read_to or self.end)


@record
class Search:
    """Where a style looks for clauses: the text, the section, and what the styles before it have found there."""

    text: str
    body: Span
    lexicon: Lexicon
    closed: Sequence[tuple[int, int]] = ()  # its brackets
    opened: Sequence[int] = ()  # and those that never close
    rows: Sequence[TaskRow] = ()
    taken: Sequence[ClauseSpan] = ()
    duties: Section | None = None  # the section, where its heading, or one above it, announces a list of duties


def may_be_said(text: str, body: Span, lexicon: Lexicon) -> bool:
    """Say whether a section without brackets and tables may have clauses: a colon, a word of a role, or of a duty."""
    start, end = body.start, body.end
    colon = text.find(":", start, end) >= 0
    return colon or has_hint(text, start, end, lexicon) or _duty(lexicon).search(text, start, end) is not None


def table_rows(search: Search) -> Iterator[ClauseSpan]:
    """Yield the rows of task tables."""
    for row in search.rows:
        yield ClauseSpan(row.span.start, row.span.end, read=row.read, number=row.number, action=row.action)


def closed_brackets(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets that name a role, but for marks and short names (市教育局(牵头), (简称实施部门))."""
    aliases = tuple(search.lexicon.documents.short_names)
    for start, end in search.closed:
        words = search.text[start:end]
        of_label = search.text[end : end + 1] == ":"  # 责任单位(牵头单位列首位):
        if of_label or words.startswith(aliases, 1) or _is_mark(words, search.lexicon):
            continue
        if has_role(words, search.lexicon):
            yield ClauseSpan(start, end)


def _is_mark(words: str, lexicon: Lexicon) -> bool:
    return len(words) <= _LONGEST_MARK and bool(mark_role("".join(words[1:-1].split()), lexicon))


def bare_brackets(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets behind a sentence that hold nothing but a list of bodies; one alone ends its paragraph.

    In a page that lost its line breaks a number, or the next heading, begins the next paragraph.
    """
    text, taken = search.text, {clause.start for clause in search.taken}
    for start, end in search.closed:
        if start in taken or start < search.body.start:
            continue
        inside = (start + 1, end - 1, search.lexicon)
        if text[start - 1 : start] not in _ENDS:
            found = _ends_sentence(search, start, end) and is_department_list(text, *inside)
        else:
            last = _NEXT.match(text, end, search.body.end) is not None
            found = (last and is_list_of_bodies(text, *inside)) or is_list_of_departments_and_others(text, *inside)
        if found:
            yield ClauseSpan(start, end, read=parse_bare)


def _ends_sentence(search: Search, start: int, end: int) -> bool:
    """Say whether the stop of the last sentence stands behind a bracket, which does not say who a body is."""
    if search.text[end : end + 1] not in _STOPS or not _NEXT.match(search.text, end + 1, search.body.end):
        return False
    return not tail_kind(search.text[max(start - 6, search.body.start) : start], search.lexicon)


def marked_lists(search: Search) -> Iterator[ClauseSpan]:
    """Yield the sentences whose names bear their roles in brackets; a mark behind no list stands for itself."""
    text, body = search.text, search.body
    done = no_list = body.start  # up to where sentences are clauses, or are known to be no lists
    for start, end in search.closed:
        if start < done or not _is_mark(text[start:end], search.lexicon):
            continue
        if end <= no_list:
            yield ClauseSpan(start, end)
            continue
        left = max((text.rfind(stop, done, start) for stop in _SENTENCE_STOPS), default=-1) + 1 or done
        far = min(body.end, left + _LONGEST_MARKED)
        right = min([far, *(at for at in (text.find(stop, end, far) for stop in _SENTENCE_STOPS) if at >= 0)])
        clause = parse_clause(text[left:right], search.lexicon)
        whole = right >= end and bool(clause.entries) and not clause.left
        yield ClauseSpan(left, right) if whole else ClauseSpan(start, end)
        done, no_list = (right, no_list) if whole else (end, right)


def unclosed_brackets(search: Search) -> Iterator[ClauseSpan]:
    """Yield the brackets that never close and name a role; each ends with its line or before the next clause."""
    text, end = search.text, search.body.end
    taken = [clause.start for clause in search.taken]
    for number, at in enumerate(search.opened):
        line = text.find("\n", at, min(end, at + _LONGEST))
        after = bisect_left(taken, at)
        following = (*search.opened[number + 1 : number + 2], *taken[after : after + 1])
        stop = min(line if line >= 0 else end, end, at + _LONGEST, *following)
        if has_role(text[at:stop], search.lexicon):
            yield ClauseSpan(at, stop)


def labelled_lines(search: Search) -> Iterator[ClauseSpan]:
    """Yield runs of lines and sentences that open with a label («牵头单位:…», then «配合单位:…»)."""
    text, body, run = search.text, search.body, None
    starts, openers = [clause.start for clause in search.taken], label_signs(search.lexicon)
    for match in _SENTENCE.finditer(text, body.start, body.end):
        left, right = match.span()
        line = match[0][:_LONGEST].strip()
        if ":" not in line and line[:1] not in openers:
            continue
        if not _opens_with_label(line, search.lexicon):
            later = label_behind_comma(search.lexicon).search(text, left, right)  # 责任人:张三,责任单位:市教育局
            if not later:
                continue
            left = later.start() + 1
        right = _with_next_line(text, left, right, body.end, search.lexicon)
        near = search.taken[max(bisect_right(starts, right) - 2, 0) : bisect_right(starts, right) + 1]
        inside = [clause for clause in near if left < clause.end and right > clause.start]
        if inside and not _holds(text, Span(left, right), inside, search.lexicon):
            continue
        if run and right - run.start < _LONGEST and _BETWEEN_LABELS.fullmatch(text, run.end, left):
            run = replace(run, end=right)
            continue
        if run:
            yield run
        run = ClauseSpan(left, min(right, left + _LONGEST), holds=True)
    if run:
        yield run


def _opens_with_label(line: str, lexicon: Lexicon) -> bool:
    label = label_at(line, lexicon)
    if not label or not label.bare:
        return bool(label)
    clause = parse_clause(line, lexicon)
    return bool(clause.entries) and not clause.left and all(entry.rule != UNKNOWN for entry in clause.entries)


def _with_next_line(text: str, left: int, right: int, end: int, lexicon: Lexicon) -> int:
    """Return where a labelled line ends; where nothing stands behind the label, the bodies stand in the next lines."""
    if text[right - 1] != ":" or text[left:right].count(":") > 1:
        return right
    below = _SENTENCE.finditer(text, right, end)
    first = next(below, None)
    if not first or not ends_in_body(first[0].strip(), lexicon):
        return right
    right = first.end()
    for line in below:  # a body a line
        words = line[0].strip()
        if len(words) > _LONGEST_NAME or ":" in words or _NEXT.match(words) or not ends_in_body(words, lexicon):
            break
        right = line.end()
    return right


def _holds(text: str, line: Span, inside: Sequence[ClauseSpan], lexicon: Lexicon) -> bool:
    """Say whether brackets stand among the bodies of a labelled line: 责任单位:市教育局(市财政局配合)、市体育局."""
    first = inside[0].start
    if first <= line.start or any(clause.end > line.end for clause in inside):
        return False
    label = text.find(":", line.start, first)
    return label >= 0 and ends_in_body(text[label + 1 : first], lexicon)


def whole_sentences(search: Search) -> Iterator[ClauseSpan]:
    """Yield the sentences that say nothing but who leads, supports and answers (市教育局牵头,市财政局配合)."""
    if not _ending_in_verb(search.lexicon).search(search.text, search.body.start, search.body.end):
        return
    stems, letters = _stems(search.lexicon)
    for match in _SENTENCE.finditer(search.text, search.body.start, search.body.end):
        words = match[0].strip()
        if len(words) > _LONGEST_SENTENCE or words[-1:] not in letters or not words.endswith(stems):
            continue
        said = verbs(search.text, *match.span(), search.lexicon)
        if not said:
            continue
        first = match.end() - len(match[0].lstrip(f" {BULLETS}"))
        begin = without_opener(search.text, Span(first, match.end()), search.lexicon).start
        announced = begin > first  # 责任分工:甲局乙分局牵头, whatever the bodies are called
        if not announced and not is_department_list(search.text, begin, said[0].start, search.lexicon):
            continue
        clause = parse_clause(search.text[begin : match.end()], search.lexicon)
        unsure = clause.left or any(entry.rule in _UNSURE for entry in clause.entries)
        if clause.entries and (announced or not unsure):
            yield ClauseSpan(begin, match.end())


@compiled
def _ending_in_verb(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the end of a sentence that ends in the verb of a role: most sections have none."""
    return re.compile(rf"(?:{either(_stems(lexicon)[0])})\s*(?:[\n。]|$)")


@compiled
def _stems(lexicon: Lexicon) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the verbs of roles, and the letters in which they end."""
    stems = tuple(form for form in lexicon.roles.verbs if not form.endswith("…"))
    return stems, frozenset(form[-1] for form in stems)


def named_for_all(search: Search) -> Iterator[ClauseSpan]:
    """Yield the sentences outside all clauses that name who answers in each (以上各项任务均由各区政府负责落实)."""
    laid = find_rule(search.text, search.lexicon, search.body.start, search.body.end)
    while laid:
        end = sentence_end(laid, search.text, search.body.end)
        if laid.rule not in LEADS:
            yield ClauseSpan(laid.start, end)
        laid = find_rule(search.text, search.lexicon, end, search.body.end)


def prose(search: Search) -> Iterator[ClauseSpan]:
    """Yield the sentences that say who leads (由市教育局牵头…), but not who explains the plan."""
    text, body = search.text, search.body
    if not word_pattern("prose", search.lexicon).search(text, body.start, body.end):
        return  # as in most sections
    explains = word_pattern("explains", search.lexicon)
    for match in _prose(search.lexicon).finditer(text, body.start, body.end):
        if has_role(match[0], search.lexicon) and not explains.search(match[0]) and not _sets_up(search, match):
            yield ClauseSpan(*match.span(), read=parse_running)


def _sets_up(search: Search, match: re.Match[str]) -> bool:
    """Say whether a sentence tells of whom a body is made up: 建立由市教育局牵头,市财政局参加的联席会议."""
    founds, of_body = _founding(search.lexicon)
    before = search.text[max(match.start() - _LONGEST_MARK, search.body.start) : match.start()]
    return founds.search(before) is not None and of_body.search(match[0]) is not None


def duties(search: Search) -> Iterator[ClauseSpan]:
    """Yield the clauses that open with bodies of the jurisdiction and say what they are responsible for."""
    text, body = search.text, search.body
    opens, explains = _list_before_duty(search.lexicon), word_pattern("explains", search.lexicon)
    for duty in _duty(search.lexicon).finditer(text, body.start, body.end):
        at = duty.start()
        left = max(body.start - 1, at - _LONGEST_LIST, 0)  # with the mark that ends what stands before
        opening = opens.search(text[left:at])
        if opening and not explains.match(text, duty.end("verb")):
            start, end = left + opening.start("who"), left + opening.end("who")
            if is_department_list(text, start, end, search.lexicon):
                yield ClauseSpan(start, duty.end("what"), duty.end("verb"), parse_running)


@compiled
def _founding(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match a verb that sets a body up, at the end of a stretch, and the body of which a stretch says who is in it."""
    return re.compile(f"(?:{founding(lexicon).pattern})了?(?:一[\u4e00-\u9fff])?$"), re.compile(
        rf"的[^,。;()]{{0,20}}(?:{head(lexicon)}|{word_of('founded', lexicon)})"
    )


@compiled
def _prose(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"由(?:[^,。;:()\n]|\([^()\n]{{0,10}}\)){{2,60}}{word_of('prose', lexicon)}{_NESTED}{{0,120}}")


@compiled
def _duty(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a duty behind a list of bodies; 负责人, 负责制 and 负责解释 are no duties of the plan."""
    verb, other = word_of("duty", lexicon), word_of("no-duty", lexicon)
    return re.compile(rf"(?P<verb>{verb})(?!{other})(?=(?P<what>[^。;\n]{{2,120}}))")


@compiled
def _list_before_duty(lexicon: Lexicon) -> re.Pattern[str]:
    manner = word_of("manner-of-duty", lexicon)  # 共同负责
    return re.compile(rf"[。;,:\n)]\s{{0,9}}(?P<who>[^\s。;:,()][^。;:,()\n]{{2,59}}?)(?:{manner})?$")

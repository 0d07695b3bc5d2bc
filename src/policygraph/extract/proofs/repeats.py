"""Find what stands twice: a member of a list, a row of a table, the number of a point."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from policygraph.extract.grammar.evidence import Taken
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.tables import AGAIN, Table, tables_of
from policygraph.model import Section
from policygraph.terms import SectionKind

MEMBER, ROW, SENTENCE = "member-repeated", "row-repeated", "sentence-repeated"
_SENTENCE = re.compile(r"(?:(?<=[。;!?\n|])|\A)[^。;!?\n|]{14,}[。;]")
_ACTING = (SectionKind.ACTION, SectionKind.MEASURE)
_LONG_CLAUSE = re.compile(r"(?<![^,。;:!?\n])[\u4e00-\u9fff、]{12,60}(?=[,。;!?\n]|\Z)")
_COMMA, _END = re.compile(","), re.compile(r"[。;!?\n]")
_LONG, _HAN = 18, re.compile(r"[\u4e00-\u9fff]")
_LETTER, _LONGEST = r"[^、,。;:!?()|\n《》“”]", 40  # letters of the first member of a list
_LIST = re.compile(rf"{_LETTER}{{2,{_LONGEST}}}(?:、{_LETTER}{{2,20}}){{2,}}")
_MEMBERS, _FIRST = re.compile(rf"、(?={_LETTER}{{2,20}}、{_LETTER}{{2}})"), re.compile(f"{_LETTER}*")
_POINT = re.compile(r"^[ \t]{0,4}(?P<open>\(?)(?P<n>\d{1,2})(?P<mark>[.、)])(?!\d)", re.MULTILINE)
_FIGURE = re.compile(r"\d")  # 15万元、10万元、10万元
_BODY = re.compile(r"[局委办部厅院会]$")  # 教育局、民政局、教育局担任
_SHORT = 3


def repeats(draft: Draft) -> Iterator[Slip]:
    """Yield what stands twice where each stands once."""
    yield from _members(draft)
    for table in tables_of(draft.text, draft.lexicon):
        yield from _rows(table)
    yield from _points(draft)
    yield from _sentences(draft)
    yield from _clauses(draft)


def _clauses(draft: Draft) -> Iterator[Slip]:
    """Yield words between two commas that stand twice in a sentence, but for those of figures and of duties."""
    inside = Taken([(clause.start, clause.end) for clause in draft.clauses])
    before: dict[str, int] = {}
    for match in _LONG_CLAUSE.finditer(draft.text):
        first = before.get(match[0])
        again = first is not None and _END.search(draft.text, first, match.start()) is None
        if again and draft.outline.text.offsets[match.start()] not in inside:
            yield Slip(SENTENCE, *match.span())
        before[match[0]] = match.end()


def _sentences(draft: Draft) -> Iterator[Slip]:
    """Yield a sentence that stands twice, one after the other, in one paragraph, or below two headings and no third."""
    inside = Taken([(clause.start, clause.end) for clause in draft.clauses])
    places: dict[str, list[re.Match[str]]] = {}
    for match in _SENTENCE.finditer(draft.text):
        places.setdefault(match[0].strip()[:-1], []).append(match)
    for first, *others in places.values():
        if others and others[0].start() - first.end() < 2:
            yield Slip(SENTENCE, *others[0].span())
        elif len(others) == 1 and len(_HAN.findall(first[0])) >= _LONG:
            duty = draft.outline.text.offsets[first.start()] in inside
            if not duty and _both_act(draft, first, others[0]):
                yield Slip(SENTENCE, *others[0].span())
    yield from _begun_alike(draft, places)


def _begun_alike(draft: Draft, places: Mapping[str, Sequence[re.Match[str]]]) -> Iterator[Slip]:
    """Yield the second of two sentences of which one goes on where the other ends: 建立档案,定期随访,每季一次."""
    begins = Counter(said[:_LONG] for said in places)
    for said, (whole, *more) in places.items():
        if begins[said[:_LONG]] == 1:
            continue  # as nearly all
        ends = [comma.start() for comma in _COMMA.finditer(said)]
        heads = (said[:end] for end in reversed(ends) if len(_HAN.findall(said[:end])) >= _LONG)
        short = next((places[each] for each in heads if each in places), ())
        if len(short) == 1 and not more and _both_act(draft, *sorted((whole, short[0]), key=re.Match.start)):
            yield Slip(SENTENCE, *max(whole.span(), short[0].span()))


def _both_act(draft: Draft, first: re.Match[str], second: re.Match[str]) -> bool:
    """Tell whether two sentences stand in one paragraph, or say what is to be done below two headings."""
    one, other = draft.section_at(first.start()), draft.section_at(second.start())
    if one == other:
        return "\n" not in draft.text[first.end() : second.start()]
    return all(each.heading and _acts(each, first[0]) for each in (one, other))


def _acts(section: Section, sentence: str) -> bool:
    """Tell whether a sentence says what is to be done in a section; in 3.2 it may be a goal, if it has a number."""
    is_point = section.kind == SectionKind.PART and "." in section.number
    return section.kind in _ACTING or (is_point and not _FIGURE.search(sentence))


def _members(draft: Draft) -> Iterator[Slip]:
    """Yield a member of a list that stands in it twice; what answers for a clause is looked at by body.

    The first and the last may be part of a longer phrase.
    """
    inside = Taken([(clause.start, clause.end) for clause in draft.clauses])
    for match in _lists(draft.text):
        if draft.outline.text.offsets[match.start()] in inside:
            continue
        names = match[0].split("、")
        words = [name for name in names[1:] if len(name) >= _SHORT and not _FIGURE.search(name)]
        if len(set(words)) == len(words) and not (
            names[0].endswith(tuple(words)) or (words and words[-1].startswith(tuple(words[:-1])))
        ):
            continue  # as nearly all
        again = next((name for n, name in enumerate(words) if name in words[:n] or names[0].endswith(name)), "")
        again = again or next((name for name in words[:-1] if _BODY.search(name) and words[-1].startswith(name)), "")
        if again:
            start = match.start() + match[0].rindex(again)
            yield Slip(MEMBER, start, start + len(again))


def _lists(text: str) -> Iterator[re.Match[str]]:
    """Yield the lists of a text: behind the first of their members another stands between two commas."""
    done = 0
    for comma in _MEMBERS.finditer(text):
        at = comma.start()
        first = _FIRST.match(text[max(done, at - _LONGEST) : at][::-1]) if at >= done else None
        match = _LIST.match(text, at - first.end()) if first else None
        if match:
            done = match.end()
            yield match


def _rows(table: Table) -> Iterator[Slip]:
    """Yield a row that says the same as one before it, but for its number."""
    seen: set[tuple[str, ...]] = set()
    for row, place in zip(table.rows, table.places, strict=True):
        said = tuple(cell for cell in row if cell and not cell.isdecimal())
        key = tuple(cell for n, cell in enumerate(row) if n or not cell.isdecimal())
        if len(said) > 1 and key in seen:
            yield Slip(ROW, *place)
        seen.add(key)


def _points(draft: Draft) -> Iterator[Slip]:
    """Yield the second of two points of one number, in a list of lines that counts on behind them."""
    headed = {section.head.start for section in draft.outline.sections if section.heading}
    points = [match for match in _POINT.finditer(draft.text) if match.start() not in headed]
    for at, (before, here) in enumerate(pairwise(points), start=2):
        n = int(here["n"])
        if before["mark"] != here["mark"] or int(before["n"]) != n or n < 2:
            continue
        behind = next((int(each["n"]) for each in points[at:] if each["mark"] == here["mark"]), 0)
        if behind in (n + 1, n + 2) and draft.section_at(before.start()) == draft.section_at(here.start()):
            yield Slip(AGAIN, here.start(), here.end())

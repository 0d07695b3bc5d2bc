"""Find the documents a text names: its basis in the openings, others elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from policygraph.extract.grammar.brackets import titles
from policygraph.extract.grammar.document_numbers import tidy_number
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.patterns import either, of_kind
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import CitationRow, Outline, Section
from policygraph.terms import Relation

_HEAD = 20  # characters before the year
_NUMBER = re.compile(rf"\(([^()\s]{{1,{_HEAD}}}[〔\[(]\d{{4}}[〕\])]\s*\d{{1,4}}\s*号)(?:\)|(?=[,;、]))")
_CLOSED = re.compile(r"[^()\n]{0,60}\)")  # ,以下简称《规划》)
_ORDERED = r"\d{4}年\s?第\s?\d{1,4}号"  # 财政部公告2023年第12号, which has no 〔〕
_ORDER = re.compile(rf"\(([^()]{{2,40}}{_ORDERED})\)")
_ONLY_ORDER = re.compile(rf"([^()]{{2,40}}{_ORDERED})\)?")
_FREE = re.compile(r"〔(\d{4})〕\s?(\d{1,4})\s?号")
_LONGEST_LEAD = 30  # characters before the year, in which a word introduces the number
_LIST = re.compile("[、,]")
_LOST = re.compile(r"\(([^()\s〔]{1,20})〔(20\d\d)(\d{1,4})号\)")  # the page lost 〕: 汴政〔202022号
_STANDARD = re.compile(r"\((GB(?:/T)?\s?[\d.]+(?:[-—]\d{4})?)\)")
_ENDS = ("form", "document")
_LONGEST_END = 6  # characters of a word of the table
_LONGEST_HEAD = 12  # characters of an abbreviation before the year: 粤人社规, 浙自然资规发
_ASIDE = re.compile(r"\([^()]{1,20}\)")
_LONGEST_SENTENCE = 1500  # characters to either side of a title


@dataclass(frozen=True, slots=True)
class _Cited:
    title: str
    number: str
    start: int
    end: int
    repaired: bool = False
    alone: bool = False  # a number without a title


def find_citations(doc: str, outline: Outline, own: tuple[str, ...], lexicon: Lexicon) -> tuple[CitationRow, ...]:
    """Return each document named once, at its first place.

    ``basis`` where the sentence that opens the text or an annex says by what the plan is made (根据, 为贯彻落实);
    ``mentions`` elsewhere. The document's own titles and numbers are not citations, nor are forms that are filled in
    (《购房合同》), nor a bare kind that means a document named before (《通知》).
    """
    rows: list[CitationRow] = []
    own = tuple(_bare(title) for title in own)
    known: set[str] = set()
    text = outline.text.text
    for section in outline.sections:
        for found in _named(text, section, lexicon):
            if text[max(found.start - 8, 0) : found.start].endswith(tuple(lexicon.documents.short_names)):
                continue
            names = {_bare(found.title), found.number} - {""}
            if names & known or _is_own(found.title or found.number, own) or _is_no_document(found, lexicon):
                continue
            if found.alone and found.number.endswith(tuple(known)):  # 对于国发〔2019〕13号
                continue
            known |= names
            rows.append(_row(doc, outline, section, found, lexicon))
    return tuple(rows)


def _row(doc: str, outline: Outline, section: Section, found: _Cited, lexicon: Lexicon) -> CitationRow:
    trust = Decimal("0.97")
    note: Note = ""
    if found.repaired:
        trust, note = Decimal("0.85"), message("extract.number-mended", number=found.number)
    elif found.alone:
        trust, note = Decimal("0.8"), message("extract.named-by-number")
    return CitationRow(
        doc=doc,
        title=found.title,
        number=found.number,
        relation=Relation.BASIS if _is_basis(outline.text.text, section, found, lexicon) else Relation.MENTIONS,
        quote=printed(outline.text, found.start, found.end),
        evidence=evidence(outline.text, found.start, found.end, trust, note),
    )


def _named(text: str, section: Section, lexicon: Lexicon) -> list[_Cited]:
    """Return the titles in 《》 of a section with the number in brackets behind them, and numbers that stand free."""
    start, end = section.head.start, section.body.end
    found = [_with_number(text, left, right, end, lexicon) for left, right in titles(text, start, end)]
    if text.find("〔", start, end) < 0:
        return found
    free = list(_free(text, start, end, lexicon))
    taken = {at for each in found for at in range(each.start, each.end)} if free else set()
    free = [each for each in free if each.start not in taken]
    return sorted([*found, *free], key=lambda each: each.start) if free else found


def _with_number(text: str, start: int, end: int, limit: int, lexicon: Lexicon) -> _Cited:
    title = " ".join(text[start + 1 : end - 1].split())
    only = _ONLY_ORDER.fullmatch(title)
    if only:
        return _Cited("", tidy_number(only[1]), start, end, alone=True)
    for pattern in (_NUMBER, _STANDARD, _ORDER):
        match = pattern.match(text, end, limit)
        if match:
            closed = _CLOSED.match(text, match.end(), limit) if text[match.end() - 1] != ")" else None
            return _Cited(title, tidy_number(match[1]), start, (closed or match).end())
    lost = _LOST.match(text, end, limit)
    if lost:
        return _Cited(title, f"{lost[1]}〔{lost[2]}〕{lost[3]}号", start, lost.end(), True)
    aside = _ASIDE.match(text, end, limit)
    renames = aside and any(form in aside[0] for form in lexicon.documents.short_names)  # (以下简称《规划》)
    return _Cited(title, "", start, aside.end() if aside and not renames else end)


def _free(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[_Cited]:
    """Yield the numbers that name a document by themselves: 按照国办发〔2021〕22号文件, and lists of them.

    Something must introduce or follow the number: one on a line of its own is the document's own number.
    """
    before, after = _around(lexicon)
    listed = -1  # where a list goes on
    for match in _FREE.finditer(text, start, end):
        lead = text[max(start, match.start() - _LONGEST_LEAD) : match.start()]
        run = lead[_run_start(lead) :]
        cue = before.match(run)
        head = run[cue.end() :] if cue else run
        goes_on = bool(after.match(text, match.end()) or (cue and _LIST.match(text, match.end())))
        first = match.start() - len(head)
        if 2 <= len(head) <= _LONGEST_HEAD and (goes_on or first == listed):
            yield _Cited("", f"{head}〔{match[1]}〕{match[2]}号", first, match.end(), alone=True)
            join = _LIST.match(text, match.end())
            listed = join.end() if join else -1


def _run_start(lead: str) -> int:
    """Return where the characters begin that stand directly before a year."""
    at = len(lead)
    while at and "\u4e00" <= lead[at - 1] <= "\u9fff":
        at -= 1
    return at


@compiled
def _around(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match what stands before the abbreviation of a number, up to the last such word, and what follows a number."""

    joins, before = either(lexicon.names.list_joins), _forms(lexicon, "before")
    after = _forms(lexicon, "after", "before", "kind")
    return re.compile(rf".*(?:{before}|{joins})"), re.compile(rf"(?:{after})|(?:{joins})")


def _forms(lexicon: Lexicon, *kinds: str) -> str:
    return either(of_kind(lexicon.documents.document_words, *kinds))


def _is_no_document(found: _Cited, lexicon: Lexicon) -> bool:
    """Say whether a title without a number is that of a form, or a bare kind: 《通知》, 《若干措施》."""
    if found.number:
        return False
    title = _ASIDE.sub("", _bare(found.title))
    ends = (title[at:] for at in range(max(len(title) - _LONGEST_END, 0), len(title)))
    # the longest end that the table knows decides
    kind = next(
        (lexicon.documents.document_words[end] for end in ends if lexicon.documents.document_words.get(end) in _ENDS),
        "",
    )
    return kind == "form" or bool(_bare_kind(lexicon).fullmatch(title))


@compiled
def _bare_kind(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{_forms(lexicon, 'kind', 'attribute')}){{0,4}}(?:{_forms(lexicon, 'kind')})")


def _is_own(title: str, own: tuple[str, ...]) -> bool:
    bare = _bare(title)
    return any(bare == other or (len(bare) > 5 and bare in other) for other in own)


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”‘’\"]", "", title)


def _is_basis(text: str, section: Section, found: _Cited, lexicon: Lexicon) -> bool:
    """Say whether the sentence of a title is an opening: it names grounds, and says that the plan is made on them."""
    if section.kind not in ("front", "annex"):
        return False
    first = max(section.head.start, found.start - _LONGEST_SENTENCE)
    start = max(first - 1, *(text.rfind(stop, first, found.start) for stop in "。\n")) + 1
    last = min(len(text), found.end + _LONGEST_SENTENCE)
    stops = [at for at in (text.find("。", found.end, last), text.find("\n", found.end, last)) if at >= 0]
    sentence = text[start : min(stops, default=last)]
    grounds = any(word in text[start : found.start] for word in lexicon.documents.citation_words)
    return grounds and bool(_opening(lexicon).search(sentence))


@compiled
def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    """Match how a sentence says that the plan is made: 特制定, 提出…意见, 现将…通知."""

    def of(kind: str) -> str:
        return either(of_kind(lexicon.documents.opening_words, kind))

    return re.compile(
        rf"{of('made')}|(?:{of('verb')})[^。]{{0,12}}(?:{of('object')})|现[^。]{{0,20}}(?:{of('announced')})"
    )

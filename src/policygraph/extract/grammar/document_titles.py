"""Find where a text names documents: by titles in 《》 and their likes, with a number beside them, or by a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from policygraph.extract.grammar.brackets import titles
from policygraph.extract.grammar.document_numbers import YEARED, tidy_number
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Outline
from policygraph.patterns import either, either_of, of_kind
from policygraph.records import record

_HEAD = 20  # characters before the year
_BROKEN = r"(?:\s{1,2}[^()\s]{1,12}?)?"  # a line that ends within an issuer's abbreviation
_BEFORE_NUMBER = r"(?:[详参]?见)?"
_NUMBER = rf"{_BEFORE_NUMBER}([^()\s]{{1,{_HEAD}}}?{_BROKEN}\s?{YEARED})"
_CLOSED = re.compile(r"[^()\n]{0,60}\)")  # ,以下简称《规划》)
_ORDERED = r"(?:\d{4}年|[令告])\s?第\s?\d{1,4}\s?号"  # 财政部公告2023年第12号, 示监会令第4号, which have no 〔〕
_ORDER = re.compile(rf"\s?\(\s?{_BEFORE_NUMBER}([^()]{{2,40}}{_ORDERED})\s?\)")
_ONLY_ORDER = re.compile(rf"([^()]{{2,40}}{_ORDERED})\)?")
_FREE = re.compile(r"(?:〔\d{4}〕|[令告](?:\d{4}年)?\s?第)\s?\d{1,4}\s?号")
_ORDER_SIGN = re.compile(r"第(?<=[令年]第)\s?\d")
_LONGEST_LEAD = 30  # characters before the year, in which a word introduces the number
_LIST = re.compile("[、,]")
_LOST = (
    re.compile(  # the page lost 〕 or set it behind the number: (示政〔202022号), (示政〔2020)22号〕; (示政?2020?22号)
        r"\(([^()\s〔?]{1,20}?)[〔?]?(20\d\d)(?:(\d{1,4})号\)|[)?〕\]](\d{1,4})(?:号[)〕]|\)号))"
    )
)
_OF_DATE = r"(?:(?<=\d)[年月日])?"  # 3月1日示政发〔2020〕2号: a date stands before the number
_AFTER_DATE = re.compile(_OF_DATE)
_STANDARD = re.compile(  # GB/T 18883-2002, DG/TJ 08-2253-2018, DB11/891-2020, T/CECS 12-2020, 建标144-2010
    r"(?:\(\s?)?((?:[A-Z]{2,5}(?:\d{2}T?)?|[QT](?=/))(?:/[A-Z]{1,5})?[\s/]?\d[\d.]{0,8}(?:[-—]\d{1,4}){0,2}"
    r"|[\u4e00-\u9fff]?标\s?\d{1,3}[-—]\d{4})\s?\)?"
)
_BEFORE = re.compile(rf"{_OF_DATE}([\u4e00-\u9fff]{{2,12}}{YEARED})\s?$")
_LONGEST_NUMBER = 40  # characters
_LONGEST_HEAD = 12  # characters of an abbreviation before the year: 粤人社规, 浙自然资规发
_LINK = re.compile(r"\]\([^()\s]{1,300}\)")  # [《某规划》](address)(示政发〔2020〕2号)
_ASIDE = re.compile(r"\([^()\n]{1,40}\)")
_SHORT_ASIDE = 22  # characters of one that belongs to a title: (试行)
_OVER_LINES = re.compile(r"《([^《》\n]{2,80}\n[^《》。\n]{1,80})》")
_ANGLED = re.compile(r"(?:〈|<{1,2})([^《》〈〉<>\n]{4,80})(?:〉|>{1,2})")
_QUOTED = re.compile(r"[“\"]([^《》“”\"\n]{6,80})[”\"]")


@record
class Named:
    """A document that a text names: title and number (one may be empty), its place.

    ``how`` is empty for the usual 《…》(…号), else what is unusual about it: ``over-lines`` and so on.
    """

    title: str
    number: str
    start: int
    end: int
    how: str = ""


NamedInSections: TypeAlias = Sequence[Sequence[Named]]


@record
class _Title:
    """A title as it stands in a text, with its marks, and what is unusual about it."""

    start: int
    end: int
    text: str
    how: str = ""


def named_in(outline: Outline, lexicon: Lexicon) -> NamedInSections:
    """Return for each section of an outline the documents that it names, in order."""
    text = outline.text.text
    return tuple(named_documents(text, each.head.start, each.body.end, lexicon) for each in outline.sections)


def named_documents(text: str, start: int, end: int, lexicon: Lexicon) -> list[Named]:
    """Return the documents named in a stretch, in order."""
    found = [_with_number(text, title, end, lexicon) for title in _titles(text, start, end, lexicon)]
    if text.find("〔", start, end) < 0 and not _ORDER_SIGN.search(text, start, end):
        return found
    free = list(_free(text, start, end, lexicon))
    taken = {at for each in found for at in range(each.start, each.end)} if free else set()
    free = [each for each in free if each.start not in taken]
    return sorted([*found, *free], key=lambda each: each.start) if free else found


def _titles(text: str, start: int, end: int, lexicon: Lexicon) -> list[_Title]:
    """Return the titles of a stretch in order: outermost 《》, those that run over a line's end, other marks."""
    found = [_Title(left, right, text[left + 1 : right - 1]) for left, right in titles(text, start, end)]
    if text.find("《", start, end) >= 0:
        broken = _OVER_LINES.finditer(text, start, end)
        found += [_Title(*match.span(), match[1].replace("\n", ""), "over-lines") for match in broken]
    other: list[_Title] = []
    if text.find("〈", start, end) >= 0 or text.find("<", start, end) >= 0:
        angled = (match for match in _ANGLED.finditer(text, start, end) if _names(match, lexicon))
        other += [_Title(*match.span(), match[1], "in-angles") for match in angled]
    if _quote_signs(lexicon).search(text, start, end):
        quoted = (match for match in _QUOTED.finditer(text, start, end) if _names(match, lexicon))
        other += [_Title(*match.span(), match[1], "in-quotes") for match in quoted if _is_title(text, match, lexicon)]
    found += [title for title in other if not any(each.start <= title.start < each.end for each in found)]
    return sorted(found, key=lambda title: title.start)


def _names(match: re.Match[str], lexicon: Lexicon) -> bool:
    return match[1].endswith(tuple(of_kind(lexicon.documents.document_words, "kind")))


@compiled
def _quote_signs(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what stands in or behind every title in quotes: few texts have any, and only they are searched."""
    return re.compile(either(["”(", '"(', *lexicon.grammar.rule_words["subject"]]))


def _is_title(text: str, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Say whether words in quotes are a title: they say what it is about (关于), or a number follows."""
    about = any(word in match[1] for word in lexicon.grammar.rule_words["subject"])
    return about or bool(_number_after(lexicon).match(text, match.end()))


def _with_number(text: str, title: _Title, limit: int, lexicon: Lexicon) -> Named:
    """Return a title with the number beside it."""
    name = " ".join(title.text.split())
    only = _ONLY_ORDER.fullmatch(name)
    if only:
        return Named("", tidy_number(only[1]), title.start, title.end, "number-alone")
    link = _LINK.match(text, title.end, limit)
    aside = _ASIDE.match(text, link.end() if link else title.end, limit)
    for at in (link.end() if link else title.end, aside.end() if aside else title.end):
        number = _number_at(text, at, limit, lexicon)
        if number:
            return Named(name, number[0], title.start, number[1], number[2] or title.how)
    before = _BEFORE.search(text, max(title.start - _LONGEST_NUMBER, 0), title.start)
    if before:
        cue = _around(lexicon)[0].match(before[1])
        own = before[1][cue.end() :] if cue else before[1]
        return Named(name, tidy_number(own), title.start, title.end, "number-before")
    renames = aside and any(form in aside[0] for form in lexicon.documents.short_names)  # (以下简称《规划》)
    belongs = aside and not renames and len(aside[0]) <= _SHORT_ASIDE
    return Named(name, "", title.start, aside.end() if aside and belongs else title.end, title.how)


def _number_at(text: str, at: int, limit: int, lexicon: Lexicon) -> tuple[str, int, str] | None:
    """Return the number in brackets at a place, where it ends, and what is unusual about it; None where none stands."""
    for pattern in (_number_after(lexicon), _STANDARD, _ORDER):
        match = pattern.match(text, at, limit)
        if match:
            closed = _CLOSED.match(text, match.end(), limit) if text[match.end() - 1] not in ")】" else None
            return tidy_number(match[1]), (closed or match).end(), ""
    lost = _LOST.match(text, at, limit)
    return (f"{lost[1]}〔{lost[2]}〕{lost[3] or lost[4]}号", lost.end(), "number-mended") if lost else None


@compiled
def _number_after(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number in brackets behind a title: 《…》(国发〔2019〕13号), 《…》的通知(国发〔2019〕13号文)."""
    words = lexicon.documents.document_words
    kinds, after = either_of(words, "kind", "after"), either_of(words, "after")
    return re.compile(rf"(?:的?(?:{kinds}))?\s?[(【]\s?{_NUMBER}(?:{after})?\s?(?:[)】]|(?=[,;、]))")


def _free(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Named]:
    """Yield the numbers that name a document by themselves: 按照国办发〔2021〕22号文件, and lists of them.

    Something must introduce or follow the number, or it stands in brackets behind a kind of document that has no title
    (会议纪要(示府纪〔2023〕3号)): one on a line of its own is the document's own number.
    """
    before, after = _around(lexicon)
    listed = -1  # where a list goes on
    for match in _FREE.finditer(text, start, end):
        lead = text[max(start, match.start() - _LONGEST_LEAD) : match.start()]
        begun = _run_start(lead)
        run = lead[begun:]
        cue = before.match(run)
        head = run[cue.end() :] if cue else run
        goes_on = bool(after.match(text, match.end()) or (cue and (cue["sure"] or _LIST.match(text, match.end()))))
        first = match.start() - len(head)
        in_bracket = head == run and _of_kind(lexicon).search(lead, 0, begun)
        if 2 <= len(head) <= _LONGEST_HEAD and (goes_on or first == listed or in_bracket):
            number = "".join(f"{head}{match[0]}".split())
            yield Named("", number, first, match.end(), "number-alone")
            join = _LIST.match(text, match.end())
            listed = join.end() if join else -1


@compiled
def _of_kind(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a kind of document and an open bracket in which its number stands: 会议纪要(."""
    return re.compile(rf"(?:{either_of(lexicon.documents.document_words, 'kind')})[(【]\s?$")


def _run_start(lead: str) -> int:
    """Return where the characters begin that stand directly before a year."""
    at = len(lead)
    while at and "\u4e00" <= lead[at - 1] <= "\u9fff":
        at -= 1
    date = _AFTER_DATE.match(lead, at)
    return date.end() if date else at


@compiled
def _around(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match what stands before the abbreviation of a number, up to the last such word, and what follows a number."""

    joins, words = either(lexicon.names.list_joins), lexicon.documents.document_words
    before, after = of_kind(words, "before"), either_of(words, "after", "before", "kind")
    sure = either(word for word in before if len(word) > 1)  # 原 and 按 are letters of places too
    return re.compile(rf".*(?:(?P<sure>{sure})|{either(before)}|{joins})"), re.compile(rf"(?:{after})|(?:{joins})")

"""Find the title of a document: a line, a title broken over lines, a cell of a page's head, what a page announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policygraph.extract.grammar.document_numbers import NUMBER, YEARED
from policygraph.extract.metadata.front import FieldValue, PageLine, and_others, bodies, place_at, place_of_body
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import either_of, of_kind, word_of

_SHORT_LINE = 30  # characters; a longer line is no piece of a title
_ASIDE = re.compile(r"(?:\([^()]{0,20}\)){1,2}$")  # (试行)(征求意见稿)
_BELOW = re.compile(r"\((?:[^()月日]{0,12}\d{4}[^()月日]{0,12}|[^()\d]{2,8})\)")  # (2023—2025年), (试行)
_ASIDE_AND_END = re.compile(r"\([^()]{2,20}\)[^()。,:;]{2,12}")  # (2023—2025年)的通知
_DATE = r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?"
_NUMBER_BEHIND = re.compile(rf"\s?\((?:[^()\s]{{1,16}}{YEARED}|{_DATE})\s?\)$|\s{{1,4}}{NUMBER.pattern}$")
_DATED = re.compile(rf"\(?{_DATE}\)?")
_TAG = re.compile(r"^[\[【][\u4e00-\u9fff]{2,8}[\]】](?=.{8})")  # [示范市]示范市某局关于…的通知: of a site
_SPREAD = re.compile(r"(?:\S\s{1,4}){5,}\S")
_LONGEST_TITLE = 100  # characters
_SITE_ROW = re.compile(r"20\d\d-\d\d-\d\d[\d: ]{0,12}\|(?P<who>[^|]{2,40})\|(?P<title>[^|]{6,100})")
_SENTENCE = re.compile(r"[。;]|[,!?]$")
_MOST_LINES = 4  # above the last one of a title
_MOST_ISSUERS = 8  # lines of them above a title
_FULL_TITLE_WITHIN = 8  # lines below a page's own title


def find_title(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return the first title, with 《》 and a number in front taken off and its lines joined.

    Where the page has the title twice, the one that names the issuer is the full one.
    """
    found = _first(front, lexicon)
    if found is None:
        return _in_cells(front, lexicon)
    below = [line for line in front if line.start >= found.end][:_FULL_TITLE_WITHIN]
    fuller = _first(below, lexicon)
    name, full = "".join(found.value.split()), "".join(fuller.value.split()) if fuller else ""
    return fuller if fuller and len(full) > len(name) and (full.endswith(name) or full.startswith(name)) else found


def _first(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    for at in range(len(front)):
        first = _first_line(front, at, lexicon)
        for start in range(first, at + 1):
            found = _joined(front, start, at, lexicon)
            if found:
                return _from_above(front, start, at, lexicon) or found
    return None


def _first_line(front: Sequence[PageLine], at: int, lexicon: Lexicon) -> int:
    """Return the first of the lines above that a title which ends on a line may begin on."""
    first = at
    while at - first < _MOST_LINES and first > 0 and _goes_on_above(front, first, lexicon):
        first -= 1
    while first < at and first > 0 and at - first < _MOST_ISSUERS and _both_issue(front, first, lexicon):
        first -= 1
    return first


def _goes_on_above(front: Sequence[PageLine], at: int, lexicon: Lexicon) -> bool:
    """Say whether the line above is of the title that a line goes on, be it between 某办关于印发 and its end."""
    above = front[at - 1].text
    begun = at > 1 and front[at - 2].text.endswith(_subject(lexicon)) and not _SENTENCE.search(above)
    return _goes_on(above, front[at].text, lexicon) or (begun and not is_title(above, lexicon))


def _both_issue(front: Sequence[PageLine], at: int, lexicon: Lexicon) -> bool:
    """Say whether a line and the one above are bodies that issue together."""
    return all(
        line.text.endswith(bodies(lexicon))
        and not re.search(r"[\d,:;。!?|>()]", line.text)
        and _names_place(line, lexicon)
        for line in front[at - 1 : at + 1]
    )


def _names_place(line: PageLine, lexicon: Lexicon) -> bool:
    """Say whether a line opens with a place, or with the state or a ministry of it (农业农村部)."""
    state = line.text.startswith(tuple(lexicon.grammar.rule_words["state"]))
    return state or bool(place_of_body(line.text, lexicon)) or line.text.split()[0] in lexicon.names.org_tails


def is_title(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line reads like a title: it ends in a word for a kind of document and is no sentence."""
    if not 6 <= len(line) <= _LONGEST_TITLE or _SENTENCE.search(line) or ">" in line:
        return False
    ends = tuple(lexicon.documents.title_words)
    bare = _ASIDE.sub("", line)
    whole = all(line.count(opening) == line.count(closing) for opening, closing in ("《》", "“”", "()"))
    return whole and bare.endswith(ends) and not bare.startswith(_no_title(lexicon)) and ":" not in bare


@compiled
def _no_title(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(lexicon.grammar.rule_words["no-title"])


@compiled
def _subject(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that say in a title what it is about; who issues it stands before them."""
    return tuple(lexicon.grammar.rule_words["subject"])


def announced(front: Sequence[PageLine], lexicon: Lexicon) -> tuple[FieldValue, FieldValue | None] | None:
    """Return title and issuer of the document that a page gives under words of its own.

    «示范市政府印发《甲办法》,全文如下», «以下为示范市政府《甲办法》全文»; of the news that it was issued («日前,…») the
    title alone. None where no line does.
    """
    alone, *issued, told, whole = _frames(lexicon)
    follows = any(whole.search(line.text) for line in front)
    for pattern in (alone, *(issued if follows else ())):
        for line in front:
            match = pattern.search(line.text)
            if match and is_title(match["title"], lexicon) and match["who"].endswith(bodies(lexicon)):
                return _from_words(match, "title", line), _from_words(match, "who", line)
    for line in front[:_FULL_TITLE_WITHIN]:
        match = told.search(line.text)
        if match and is_title(match["title"], lexicon) and not _names_grounds(match[0], lexicon):
            return replace(_from_words(match, "title", line), rule="announced:told"), None
    return None


def _names_grounds(text: str, lexicon: Lexicon) -> bool:
    return any(word in text for word in lexicon.documents.citation_words)


def _from_words(match: re.Match[str], group: str, line: PageLine) -> FieldValue:
    note = message("extract.title-from-words-about-it")
    start, end = match.span(group)
    return FieldValue(match[group], line.start + start, line.start + end, "announced", note)


@compiled
def _frames(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Match a line that says who issued what, whose document it is, what was issued, and that the text follows."""

    def of(kind: str) -> str:
        return either_of(lexicon.documents.document_words, kind)

    who, title, here = r"(?P<who>[^《》,。:;]{3,40}?)", r"《(?P<title>[^《》]{6,90})》", word_of("here", lexicon)
    return (
        re.compile(rf"^{who}{word_of('how-issued', lexicon)}?(?:{of('issues')})了?{title}(?:\([^()]{{4,20}}\))?$"),
        re.compile(rf"{here}{who}(?:(?:{of('issues')})的)?{title}"),
        re.compile(rf"(?:^|[,:]\s?){who}{word_of('how-issued', lexicon)}?(?:{of('issues')})了?{title}"),
        re.compile(rf"{word_of('how-issued', lexicon)}[^。《》]{{0,60}}(?:{of('issues')})了?{title}"),
        re.compile(rf"{here}[^。]{{0,120}}(?:{of('whole')})|(?:{of('whole')}){word_of('follows', lexicon)}"),
    )


@compiled
def _told(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the words of a press report that open a line before the title itself: 该市修订的《…》明确,."""
    return re.compile(rf"[^《》,]{{0,40}}《[^《》]{{2,80}}》{word_of('tells', lexicon)},(?=\S{{6}})")


def _joined(front: Sequence[PageLine], start: int, end: int, lexicon: Lexicon) -> FieldValue | None:
    """Return the title that some lines make, with what goes on below them: (2023—2025年), (…)的通知."""
    last = end
    while last + 1 < len(front) and front[last + 1].text.startswith("(") and _belongs(front, start, last, lexicon):
        last += 1
    pieces = front[start : last + 1]
    told = _told(lexicon).match(pieces[0].text) if "》" in pieces[0].text else None
    if told:
        pieces = (_rest(pieces[0], told.end()), *pieces[1:])
    title = _bare("".join(piece.text for piece in pieces))
    if not title or not is_title(title, lexicon):
        return None
    first = _bare(pieces[0].text)
    at = pieces[0].start + pieces[0].text.index(first[:1] if first else "")
    if len(pieces) == 1 and title in pieces[0].text:
        at = pieces[0].start + pieces[0].text.index(title)
        return FieldValue(title, at, at + len(title), "title-line")
    rule = "title-line" if len(pieces) == 1 else "title-over-lines"
    last_piece = _NUMBER_BEHIND.sub("", pieces[-1].text)
    return FieldValue(title, at, pieces[-1].start + len(last_piece), rule)


def _rest(line: PageLine, at: int) -> PageLine:
    return PageLine(line.text[at:], line.start + at, line.end)


def _belongs(front: Sequence[PageLine], start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a line in brackets below is the end of a title: years, 试行, or brackets with 的通知 behind them."""
    below = front[end + 1].text
    if _BELOW.fullmatch(below):
        return True
    above = _bare("".join(piece.text for piece in front[start : end + 1]))
    return bool(_ASIDE_AND_END.fullmatch(below)) and is_title(f"{above}{below}", lexicon)


def _bare(line: str) -> str:
    """Take a number in front and 《》 around it off a line; blanks that only spread its letters go."""
    text = "".join(line.split()) if _SPREAD.fullmatch(line) else line
    text = _TAG.sub("", _NUMBER_BEHIND.sub("", text))
    number = NUMBER.match(text)
    if number:
        text = text[number.end() :].strip()
    return text[1:-1] if text.startswith("《") and text.endswith("》") and "《" not in text[1:] else text


def _goes_on(line: str, after: str, lexicon: Lexicon) -> bool:
    """Say whether a title begun on a line goes on in the next: the issuer above 关于…, or a line broken inside."""
    if not 1 < len(line) < 46 or re.search(r"[,:;。!?|>]", line) or NUMBER.match(line) or is_title(line, lexicon):
        return False
    if _DATED.fullmatch(line) or _DATED.fullmatch(after):
        return False
    if line.endswith(_subject(lexicon)):  # 某某办公室印发 / 关于…的通知
        return True
    if after.startswith(_subject(lexicon)):
        if and_others(lexicon).search(line):  # 示范省教育厅等14部门 / 关于…的通知
            return True
        return line.endswith(bodies(lexicon)) and not re.search(r"\d", line) and not line.endswith(_sites(lexicon))
    if line.count("《") != line.count("》"):  # 关于修改《某市某事 / 管理办法》的决定
        return True
    return len(line) > 3 and any(form in line for form in lexicon.documents.title_starts)


def _from_above(front: Sequence[PageLine], start: int, at: int, lexicon: Lexicon) -> FieldValue | None:
    """Return the title with the one or two lines above that begin it with a place: 示范市 / 养老服务 / 行动计划.

    A title that names its place itself, or says 关于 what it is, is whole.
    """
    below = front[start].text
    if below.startswith((*_subject(lexicon), "《")) or place_at(below, lexicon) or NUMBER.match(below):
        return None
    for first in range(start - 1, max(start - 3, -1), -1):
        if not _is_piece(front[first].text, lexicon):
            return None
        if place_at(front[first].text, lexicon):
            found = _joined(front, first, at, lexicon)
            note = message("extract.title-put-together")
            return replace(found, rule="title-over-lines:place-above", note=note) if found else None
    return None


def _is_piece(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line can be a piece of a title: short, no sentence, no body, no name of a web site."""
    return (
        1 < len(line) <= _SHORT_LINE
        and not re.search(r"[,:;。!?|>()\d《》]|\s", line)
        and not line.endswith((*bodies(lexicon), *_sites(lexicon)))
        and not is_title(line, lexicon)
    )


@compiled
def _sites(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(of_kind(lexicon.documents.document_words, "site", "site-name"))


def _in_cells(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return a title that stands in a cell of a line (日期 | 机构 | 某会关于某事的通知)."""
    for line in front:
        for match in re.finditer(r"[^|]+", line.text) if "|" in line.text else ():
            cell = match[0].strip()
            if any(word in cell for word in _subject(lexicon)) and is_title(cell, lexicon):
                start = line.start + line.text.index(cell, match.start())
                note = message("extract.title-from-a-cell")
                return FieldValue(cell, start, start + len(cell), "title-cell", note)
    return None


def of_site_row(front: Sequence[PageLine], lexicon: Lexicon) -> tuple[FieldValue, FieldValue] | None:
    """Return title and publisher of the row that a site sets before a text: 2020-05-03 | 某会 | 某指引(试行)."""
    for line in front[:1]:
        match = _SITE_ROW.match(line.text)
        if match and is_title(match["title"].strip(), lexicon) and match["who"].strip().endswith(bodies(lexicon)):
            return _of_cell(match, "title", line), _of_cell(match, "who", line)
    return None


def _of_cell(match: re.Match[str], group: str, line: PageLine) -> FieldValue:
    value = match[group].strip()
    start = line.start + line.text.index(value, match.start(group))
    return FieldValue(value, start, start + len(value), "site-row", message("extract.title-from-a-cell"))

"""Find the title of a document: a line, a title broken over lines, a cell of a page's head, what a page announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from policygraph.extract.grammar.document_numbers import NUMBER
from policygraph.extract.grammar.patterns import either, of_kind, word_of
from policygraph.extract.metadata.front import FieldValue, PageLine, bodies, place_at
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message

_GUESSED = Decimal("0.8")
_ANNOUNCED = Decimal("0.7")
_SHORT_LINE = 30  # characters; a longer line is no piece of a title
_ASIDE = re.compile(r"\([^()]{0,20}\)$")


def find_title(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return the first title, with 《》 and a number in front taken off and its lines joined."""
    for at in range(len(front)):
        first = at
        while at - first < 2 and first > 0 and _goes_on(front[first - 1].text, front[first].text, lexicon):
            first -= 1
        for start in range(first, at + 1):
            found = _joined(front[start : at + 1], lexicon)
            if found:
                return _from_above(front, start, at, lexicon) or found
    return _in_cells(front, lexicon)


def is_title(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line reads like a title: it ends in a word for a kind of document and is no sentence."""
    if not 6 <= len(line) <= 70 or re.search(r"[。;,!?]$|[。;]", line) or ">" in line:
        return False
    ends = tuple(lexicon.documents.title_words)
    bare = _ASIDE.sub("", line)
    return bare.endswith(ends) and not bare.startswith(_no_title(lexicon)) and ":" not in bare


@compiled
def _no_title(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(lexicon.grammar.rule_words["no-title"])


@compiled
def _subject(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that say in a title what it is about; who issues it stands before them."""
    return tuple(lexicon.grammar.rule_words["subject"])


def announced(front: Sequence[PageLine], lexicon: Lexicon) -> tuple[FieldValue, FieldValue] | None:
    """Return title and issuer of the document that a page gives under words of its own.

    «示范市政府印发《甲办法》,全文如下», «以下为示范市政府《甲办法》全文». None where no line does.
    """
    *issued, whole = _frames(lexicon)
    follows = any(whole.search(line.text) for line in front)
    for pattern in issued if follows else ():
        for line in front:
            match = pattern.search(line.text)
            if match and is_title(match["title"], lexicon) and match["who"].endswith(bodies(lexicon)):
                return _from_words(match, "title", line), _from_words(match, "who", line)
    return None


def _from_words(match: re.Match[str], group: str, line: PageLine) -> FieldValue:
    note = message("extract.title-from-words-about-it")
    start, end = match.span(group)
    return FieldValue(match[group], line.start + start, line.start + end, _ANNOUNCED, note)


@compiled
def _frames(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Match whose document it is, who issued what, and the words that say that the text itself stands on the page."""

    def of(kind: str) -> str:
        return either(of_kind(lexicon.documents.document_words, kind))

    who, title, here = r"(?P<who>[^《》,。:;]{3,40}?)", r"《(?P<title>[^《》]{6,90})》", word_of("here", lexicon)
    return (
        re.compile(rf"{here}{who}(?:(?:{of('issues')})的)?{title}"),
        re.compile(rf"(?:^|[,:]\s?){who}{word_of('how-issued', lexicon)}?(?:{of('issues')})了?{title}"),
        re.compile(rf"{here}[^。]{{0,120}}(?:{of('whole')})|(?:{of('whole')}){word_of('follows', lexicon)}"),
    )


def _joined(pieces: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    line = "".join(piece.text for piece in pieces)
    number = NUMBER.match(line)
    bare = line[number.end() :].strip(" 《》") if number else line
    bare = line[1:-1] if line.startswith("《") and line.endswith("》") and "《" not in line[1:] else bare
    if not bare or not is_title(bare, lexicon):
        return None
    start = pieces[0].start + line.index(bare)
    end = start + len(bare) if len(pieces) == 1 else pieces[-1].start + len(pieces[-1].text)
    return FieldValue(bare, start, end)


def _goes_on(line: str, after: str, lexicon: Lexicon) -> bool:
    """Say whether a title begun on a line goes on in the next: the issuer above 关于…, or a line broken inside."""
    if not 3 < len(line) < 46 or re.search(r"[,:;。!?|>]", line) or NUMBER.match(line) or is_title(line, lexicon):
        return False
    if after.startswith(_subject(lexicon)):
        return line.endswith(bodies(lexicon)) and not re.search(r"\d", line)
    return any(form in line for form in lexicon.documents.title_starts)


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
            found = _joined(front[first : at + 1], lexicon)
            note = message("extract.title-put-together")
            return replace(found, confidence=_GUESSED, note=note) if found else None
    return None


def _is_piece(line: str, lexicon: Lexicon) -> bool:
    """Say whether a line can be a piece of a title: short, no sentence, no body, no name of a web site."""
    sites = tuple(of_kind(lexicon.documents.document_words, "site"))
    return (
        1 < len(line) <= _SHORT_LINE
        and not re.search(r"[,:;。!?|>()\d《》]|\s", line)
        and not line.endswith((*bodies(lexicon), *sites))
        and not is_title(line, lexicon)
    )


def _in_cells(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return a title that stands in a cell of a line (日期 | 机构 | 某会关于某事的通知)."""
    for line in front:
        for match in re.finditer(r"[^|]+", line.text) if "|" in line.text else ():
            cell = match[0].strip()
            if any(word in cell for word in _subject(lexicon)) and is_title(cell, lexicon):
                start = line.start + line.text.index(cell, match.start())
                return FieldValue(cell, start, start + len(cell), _GUESSED, message("extract.title-from-a-cell"))
    return None

"""Find the documents a text names: its basis in the openings, others elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from policygraph.extract.brackets import titles
from policygraph.extract.evidence import evidence, printed
from policygraph.extract.patterns import either
from policygraph.lexicon import Lexicon
from policygraph.model import CitationRow, Outline, Section

_NUMBER = re.compile(r"\(([^()\s]{1,20}[〔\[(]\d{4}[〕\])]\s*\d{1,4}\s*号)\)")
_LOST = re.compile(r"\(([^()\s〔]{1,20})〔(20\d\d)(\d{1,4})号\)")  # the page lost 〕: 汴政〔202022号
_STANDARD = re.compile(r"\((GB(?:/T)?\s?[\d.]+(?:[-—]\d{4})?)\)")
_ASIDE = re.compile(r"\([^()]{1,20}\)")
_LONGEST_SENTENCE = 1500  # characters to either side of a title


@dataclass(frozen=True, slots=True)
class _Found:
    title: str
    number: str
    start: int
    end: int
    repaired: bool = False


def find_citations(doc: str, outline: Outline, own: tuple[str, ...], lexicon: Lexicon) -> tuple[CitationRow, ...]:
    """Return each document named once, at its first place.

    ``basis`` where the sentence that opens the text or an annex says by what the plan is made (根据, 为贯彻落实);
    ``mentions`` elsewhere. The document's own titles are not citations.
    """
    rows: list[CitationRow] = []
    own = tuple(_bare(title) for title in own)
    known: set[str] = set()
    for section in outline.sections:
        for found in _titles(outline.text.text, section):
            if outline.text.text[max(found.start - 8, 0) : found.start].endswith(tuple(lexicon.short_names)):
                continue
            names = {_bare(found.title), found.number} - {""}
            if names & known or _is_own(found.title, own):
                continue
            known |= names
            rows.append(_row(doc, outline, section, found, lexicon))
    return tuple(rows)


def _row(doc: str, outline: Outline, section: Section, found: _Found, lexicon: Lexicon) -> CitationRow:
    trust = Decimal("0.85") if found.repaired else Decimal("0.97")
    note = f"文号缺字,补为{found.number} (characters lost in the number)" if found.repaired else ""
    return CitationRow(
        doc=doc,
        title=found.title,
        number=found.number,
        relation="basis" if _is_basis(outline.text.text, section, found, lexicon) else "mentions",
        quote=printed(outline.text, found.start, found.end),
        evidence=evidence(outline.text, found.start, found.end, trust, note),
    )


def _titles(text: str, section: Section) -> list[_Found]:
    """Return the titles in 《》 of a section with the number in brackets behind them."""
    start, end = section.head.start, section.body.end
    return [_with_number(text, left, right, end) for left, right in titles(text, start, end)]


def _with_number(text: str, start: int, end: int, limit: int) -> _Found:
    title = " ".join(text[start + 1 : end - 1].split())
    for pattern in (_NUMBER, _STANDARD):
        match = pattern.match(text, end, limit)
        if match:
            return _Found(title, tidy_number(match[1]), start, match.end())
    lost = _LOST.match(text, end, limit)
    if lost:
        return _Found(title, f"{lost[1]}〔{lost[2]}〕{lost[3]}号", start, lost.end(), True)
    aside = _ASIDE.match(text, end, limit)
    return _Found(title, "", start, aside.end() if aside and "以下" not in aside[0] else end)


def tidy_number(number: str) -> str:
    """Write a document number with its proper brackets.

    >>> tidy_number("国发(2019)13号")
    '国发〔2019〕13号'
    """
    return re.sub(r"[〔\[(](\d{4})[〕\])]", r"〔\1〕", re.sub(r"\s", "", number))


def _is_own(title: str, own: tuple[str, ...]) -> bool:
    bare = _bare(title)
    return any(bare == other or (len(bare) > 5 and bare in other) for other in own)


def _bare(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”‘’\"]", "", title)


def _is_basis(text: str, section: Section, found: _Found, lexicon: Lexicon) -> bool:
    """Say whether the sentence of a title is an opening: it names grounds, and says that the plan is made on them."""
    if section.kind not in ("front", "annex"):
        return False
    first = max(section.head.start, found.start - _LONGEST_SENTENCE)
    start = max(first - 1, *(text.rfind(stop, first, found.start) for stop in "。\n")) + 1
    last = min(len(text), found.end + _LONGEST_SENTENCE)
    stops = [at for at in (text.find("。", found.end, last), text.find("\n", found.end, last)) if at >= 0]
    sentence = text[start : min(stops, default=last)]
    grounds = any(word in text[start : found.start] for word in lexicon.citation_words)
    return grounds and bool(_opening(lexicon).search(sentence))


@lru_cache(maxsize=8)
def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    """Match how a sentence says that the plan is made: 特制定, 提出…意见, 现将…通知."""

    def of(kind: str) -> str:
        return either(form for form, what in lexicon.opening_words.items() if what == kind)

    return re.compile(
        rf"{of('made')}|(?:{of('verb')})[^。]{{0,12}}(?:{of('object')})|现[^。]{{0,20}}(?:{of('announced')})"
    )

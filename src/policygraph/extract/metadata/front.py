"""The lines of a page that say what a document is: cut with their places, and the marks by which they are known."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from policygraph.extract.grammar.document_numbers import YEARED
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note
from policygraph.model import Outline
from policygraph.patterns import either, either_of, of_kind, word_of
from policygraph.quantities import COUNTING
from policygraph.records import record

DATE = re.compile(r"(20\d\d|19\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HEAD = 400  # lines; what a document says about itself stands before them
_LINE = re.compile(r"[^\n]+")
_MARGIN = " •·*\t"
_LONGEST_TITLE = 200  # characters of a line in which a title and a number stand
_LONGEST_ADDRESSEE = 300
_LONGEST_WORD = 6  # characters of a word that ends a title
_YEARED = re.compile(YEARED)
_DATE_ALONE = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s+")  # a row of a site: 2022-04-04 某发〔2022〕18号 《…》
_RUN = re.compile("[\u4e00-\u9fff]{2,40}$")  # what stands before the year of a number
_FIRST_WORDS = re.compile(r"[^\s,。;:]{8,100}(?=\s)")
_ASIDE = re.compile(r"\([^()\d]{2,8}\)")  # (草案), (试行)
_LABELLED = re.compile(r"\s*(?:\|.*|[^。,]{2,16})")  # behind a colon: the value of a label, 发布部门:市政府办公室
_WIDE = "   "  # blanks
_SHORTEST_TITLE = 8  # characters
_STEM = 2  # characters of a place's name
_SITE_BEHIND = re.compile(r"\s?_|\s[-–—]+\s|-(?=[\u4e00-\u9fff]{2,20}$)")  # …的通知_某市人民政府, …的通知 - 某网
_LONGEST_PLACE = 12  # characters of 积石山保安族东乡族撒拉族自治县


class PageLine(NamedTuple):
    """A line without its margins, and where it stands in the text."""

    text: str
    start: int
    end: int


@record
class FieldValue:
    """A value of a field with its place and the rule that read it."""

    value: str
    start: int
    end: int
    rule: str
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text that hold anything, cut once: title, number, issuer and date are looked for in them.

    ``front`` are those before the first heading; title, number and addressee that share a line stand apart there.
    """

    outline: Outline
    lines: tuple[PageLine, ...]
    front: tuple[PageLine, ...]

    def before(self, end: int) -> tuple[PageLine, ...]:
        """Return the lines down to a place, the last one cut there."""
        return _before(self.lines, self.outline.text.text, end)


def _before(lines: tuple[PageLine, ...], text: str, end: int) -> tuple[PageLine, ...]:
    whole = lines[: bisect_right(lines, end, key=lambda line: line.end)]
    start = text.rfind("\n", 0, end) + 1
    rest = _line(text, start, end) if text[end : end + 1] not in ("", "\n") else None
    return (*whole, rest) if rest else whole


def page_of(outline: Outline, lexicon: Lexicon) -> Page:
    """Return the lines of an outline's text."""
    text = outline.text.text
    lines = tuple(line for match in _LINE.finditer(text) if (line := _line(text, *match.span())))
    front = _before(lines, text, outline.sections[0].body.end)[:_HEAD]
    return Page(outline, lines, tuple(piece for line in front for piece in apart(line, lexicon)))


def _line(text: str, start: int, end: int) -> PageLine | None:
    line = text[start:end]
    if not line or line.isspace():
        return None
    return PageLine(line.strip(_MARGIN), start + len(line) - len(line.lstrip(_MARGIN)), end)


def apart(line: PageLine, lexicon: Lexicon) -> list[PageLine]:
    """Cut a line in which a page ran title, number and addressee together.

    A title ends before a number or an addressee; a number ends behind 号, an addressee at its colon. The name of the
    site before a title and behind it stands apart too.
    """
    places = sorted({0, *_cuts(line.text, lexicon), *_sites(line.text, lexicon), len(line.text)})
    return [
        PageLine(piece.strip(_MARGIN), line.start + left + len(piece) - len(piece.lstrip(_MARGIN)), line.start + right)
        for left, right in pairwise(places)
        if (piece := line.text[left:right]).strip(_MARGIN)
    ]


def _cuts(text: str, lexicon: Lexicon) -> Iterator[int]:
    after_title = 0
    year = _YEARED.search(text, 0, _LONGEST_TITLE)
    run = _RUN.search(text, 0, year.start()) if year else None
    if year and run:
        ends = _title_end(text, run.start(), year.start(), lexicon)
        first = ends if ends > run.start() or text[ends : run.start()].isspace() else 0
        first = first or (run.start() if _DATE_ALONE.fullmatch(text, 0, run.start()) else 0)
        if first or run.start() == 0:
            after_title = year.end()
            yield first
            if not text.startswith(_follows(lexicon), after_title):
                yield after_title
    colon = text.find(":", after_title, after_title + _LONGEST_ADDRESSEE)
    if colon > 0 and not _LABELLED.fullmatch(text, colon + 1):
        all_of_a_kind = text.startswith("各", after_title)  # 各省发展改革委、电力规划设计院: no title ends in it
        start = after_title if all_of_a_kind else _title_end(text, after_title, colon, lexicon) or after_title
        if addresses(text[start:colon], lexicon):
            yield from (start, colon + 1)


def _sites(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Yield where the name of a site ends before a title, and where that begins which it sets behind one."""
    if len(text) > _LONGEST_TITLE or "。" in text:
        yield from _title_first(text, lexicon)
        return
    if _WIDE in text and (title := _before_gap(text, lexicon)):
        yield title
    before = _site_before(lexicon).match(text)
    words = lexicon.grammar.rule_words
    opens = ("《", *words["subject"], *words["party"], text[:_STEM])  # the site of a city, and a document of the city
    if before and (text.startswith(opens, before.end()) or place_at(text[before.end() :], lexicon)):
        yield before.end()
    for behind in _SITE_BEHIND.finditer(text):
        if text[: behind.start()].endswith((*lexicon.documents.title_words, "》")):
            yield behind.start()
            return


def _before_gap(text: str, lexicon: Lexicon) -> int:
    """Return where a title ends behind which labels stand, set apart by a wide gap, 0 where none does."""
    end = text.index(_WIDE)
    return end if end >= _SHORTEST_TITLE and text.endswith(tuple(lexicon.documents.title_words), 0, end) else 0


def _title_first(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Yield where a title ends with which a line begins that goes on with its text."""
    words = _FIRST_WORDS.match(text)
    if words and words[0].endswith(tuple(lexicon.documents.title_words)):
        yield words.end()


@compiled
def _site_before(lexicon: Lexicon) -> re.Pattern[str]:
    site = either_of(lexicon.documents.document_words, "site-name")
    return re.compile(rf"[\u4e00-\u9fff]{{2,20}}?(?:{site})(?!站)[\s·|:>_—-]*")


def _title_end(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the last word stops that ends a title inside a stretch, 0 where none does, or nothing follows it."""
    ends = [match.end() for match in _title_words(lexicon).finditer(text, max(start - _LONGEST_WORD, 0), end)]
    ends = [aside.end() if (aside := _ASIDE.match(text, at)) else at for at in ends]
    return next((at for at in reversed(ends) if at <= end - 2), 0)


@compiled
def _title_words(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.documents.title_words))


@compiled
def _follows(lexicon: Lexicon) -> tuple[str, ...]:
    """Return what follows a number that a sentence names: 文件, 精神."""
    return tuple(of_kind(lexicon.documents.document_words, "after"))


def addresses(text: str, lexicon: Lexicon) -> bool:
    """Say whether words are those of an addressee: bodies, or all of a kind (各区人民政府, 市政府各部门)."""
    if "".join(text.split()).lstrip("-") in lexicon.documents.metadata_labels:  # 发布机构:…, - 发文机构:…
        return False
    if re.search(r"[。:《|]|^[为按以现]", text) or text.startswith(tuple(lexicon.documents.citation_words)):
        return False
    parts = re.split("[,、;]", re.sub(r"\([^()]*\)", "", text))
    ends = (parts[0].strip(), parts[-1].strip())
    named = any(word in text for word in (*lexicon.documents.addressees, "各")) or place_at(ends[0], lexicon)
    if ends[0].startswith("各") and ends[0].endswith(bodies(lexicon)):  # 各缴存单位、缴存职工
        return True
    several = len(parts) > 1 and "各" in text
    places = tuple(of_kind(lexicon.names.org_tails, "bare")) if several else ()  # 各街道、华泾镇
    return bool(named) and all(
        part.startswith("各") or part.endswith((*bodies(lexicon), *places)) or part in lexicon.names.places
        for part in ends
    )


def iso_date(text: str) -> str:
    """Return the first date of a text as ISO 8601, ``""`` where there is none.

    >>> iso_date("2021年1月25日")
    '2021-01-25'
    """
    match = DATE.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else ""


@compiled
def bodies(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the endings of bodies that issue documents."""
    return tuple(
        sorted(
            lexicon.documents.addressees | {form for form, kind in lexicon.names.org_tails.items() if kind != "bare"}
        )
    )


def place_of_body(name: str, lexicon: Lexicon) -> str:
    """Return the place that a body's name opens with, be it a body of the party (中共) or not."""
    party = re.match(word_of("party", lexicon), name)
    return place_at(name[party.end() :] if party else name, lexicon)


def place_at(text: str, lexicon: Lexicon) -> str:
    """Return the longest place name that a text opens with, ``""`` where it opens with none."""
    ends = range(min(_LONGEST_PLACE, len(text)), 1, -1)
    return next((text[:end] for end in ends if text[:end] in lexicon.names.places), "")


@compiled
def and_others(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the end of a list of issuers that is not whole: 等五部门."""
    return re.compile(rf"等(?P<many>[\d{COUNTING}]{{0,3}})个?(?:{either(lexicon.documents.addressees)})$")

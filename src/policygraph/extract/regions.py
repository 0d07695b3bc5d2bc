"""Find the places that running text names as if they were its own; which of them are elsewhere is asked later.

A place with which the plan works, from which it learns or at which something took place is meant, and no slip: the
words of data/lexicon/place_words.tsv tell. Neither is what stands in titles, in the names of bodies and in the head.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType

from policygraph.extract.grammar.document_titles import named_documents
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.place_names import is_inside_word
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Evidence, Outline, RegionRow, Section, Span
from policygraph.patterns import either_of, of_kind, one_of

FULL, LOCAL, BRAND, BRAND_ALONE = "full-name", "short-name", "brand", "brand:alone"
_UNIT = re.compile("[省市县区州盟旗]")
_HEAD, _SHORTEST = 2, 3  # characters: 和县 and 城区 are words too
_MARKS = ",。;:!?\n|、()《》“”"  # which no name has
_MARK = re.compile(f"[{_MARKS}]")
_CUT = re.compile(r"[,。;:!?\n|]")
_STOP = re.compile(r"[。;!?\n|]")
_FAR = 80  # characters to either side of a name that can say what it is for
_NAMES_ON = 12  # characters of an institution's name behind its place


@dataclass(frozen=True, slots=True)
class _Words:
    """How the words around a name tell what it is there for."""

    brand_word: re.Pattern[str]
    brands: tuple[str, ...]
    brand_end: re.Pattern[str]
    local: re.Pattern[str]
    institution: re.Pattern[str]
    partner: re.Pattern[str]
    before: re.Pattern[str]
    beyond: re.Pattern[str]
    goes_on: re.Pattern[str]
    no_place: re.Pattern[str]


def find_regions(
    doc: str, outline: Outline, read: Iterable[Evidence], clauses: Sequence[Span], lexicon: Lexicon
) -> tuple[RegionRow, ...]:
    """Return each place that running text names by its full name, or by its short one in words of one's own place.

    ``read`` says where facts stand whose names are read already, ``clauses`` where responsibilities do.
    """
    taken = _Taken((each.start, each.end) for each in read if each.start is not None and each.end is not None)
    return tuple(
        _row(doc, outline, section, name, rule)
        for section in outline.sections
        for name, rule in _free(outline, section, taken, clauses, lexicon)
    )


class _Taken:
    """The places of the source where facts stand."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        found = sorted(spans)
        self._starts = [start for start, _ in found]
        self._reach = list(accumulate((end for _, end in found), max))  # how far those up to each go

    def __contains__(self, place: int) -> bool:
        """Say whether a fact stands at a place."""
        before = bisect_right(self._starts, place)
        return before > 0 and self._reach[before - 1] > place


def _row(doc: str, outline: Outline, section: Section, name: Span, rule: str) -> RegionRow:
    around = _around(outline.text.text, name, _CUT)
    return RegionRow(
        doc=doc,
        section=section.number,
        region=printed(outline.text, name.start, name.end),
        quote=printed(outline.text, around.start, around.end),
        evidence=evidence(outline.text, name.start, name.end, rule=rule),
    )


def _free(
    outline: Outline, section: Section, taken: _Taken, clauses: Sequence[Span], lexicon: Lexicon
) -> Iterator[tuple[Span, str]]:
    """Yield the names of a section that stand neither in a title nor where a fact was read, with their rules."""
    text = outline.text
    names = [
        (name, rule)
        for clause in _clauses(text.text, section, lexicon)
        for name in _names(text.text, clause, lexicon)
        if (rule := _rule(text.text, name, lexicon))
    ]
    titles = named_documents(text.text, section.head.start, section.body.end, lexicon) if names else ()
    apart = [*clauses, *(Span(each.start, each.end) for each in titles)]
    for name, rule in names:
        place = text.offsets[name.start]
        inside = any(span.start <= name.start < span.end for span in apart)
        if not inside and place not in taken:
            yield name, rule


def _clauses(text: str, section: Section, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the stretches between two marks in which a rule may hold for a name; few have a sign of one.

    That is a full name's end, the end of any name before words of one's own place, or its begin behind a brand.
    """
    at, end, heads, ends = section.head.start, section.body.end, _heads(lexicon), _ends(lexicon)
    for sign in _signs(lexicon).finditer(text, at, end):
        place = sign.start()
        full, local = text[place - 1 : place + 1] in ends, text[place - _HEAD : place] in ends
        if place >= at and (full or local or text[place + 1 : place + 1 + _HEAD] in heads):
            start = max(text.rfind(mark, at, place) for mark in _MARKS) + 1 or at
            stop = _MARK.search(text, place, end)
            at = stop.end() if stop else end
            yield Span(start, at)


@compiled
def _signs(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the end of a full name, a letter that begins words of one's own place, one that ends a brand."""
    local, brands = (of_kind(lexicon.names.place_words, kind) for kind in ("local", "brand"))
    letters = one_of(sorted({word[0] for word in local} | {word[-1] for word in brands}))
    return re.compile(f"{_UNIT.pattern}|{letters}")


@compiled
def _ends(lexicon: Lexicon) -> frozenset[str]:
    """Return the last characters of the names of places."""
    return frozenset(name[-_HEAD:] for name in lexicon.names.places)


def _names(text: str, clause: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the names of places in a stretch, adjoining ones as one: 示范省示范市."""
    heads, brand = _heads(lexicon), _words(lexicon).brand_word
    first = {word[0] for word in _words(lexicon).brands}
    place, end = clause.start, clause.end
    while place < end:
        if text[place : place + _HEAD] not in heads and text[place] not in first:
            place += 1
            continue
        if word := brand.match(text, place):  # 平安 is a district too
            place = word.end()
        start, place = place, _through(text, place, heads, lexicon)
        if place > start:
            yield Span(start, place)
        else:
            place += 1


def _through(text: str, place: int, heads: Mapping[str, tuple[int, ...]], lexicon: Lexicon) -> int:
    """Return where the names end that begin at a place, the place itself where none does."""
    places = lexicon.names.places
    while True:
        lengths = heads.get(text[place : place + _HEAD], ())
        length = next((each for each in lengths if text[place : place + each] in places), 0)
        if not length:
            return place
        place += length


@compiled
def _heads(lexicon: Lexicon) -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the names by their first characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in lexicon.names.places:
        found.setdefault(name[:_HEAD], set()).add(len(name))
    return MappingProxyType({head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()})


def _rule(text: str, name: Span, lexicon: Lexicon) -> str:
    """Return by which rule a name is taken for the plan's own place, ``""`` where the words around say otherwise."""
    rule = _of_words(text, name, lexicon)
    if not rule or is_inside_word(text, name.start, lexicon) or _is_elsewhere(text, name, _words(lexicon)):
        return ""
    return rule


def _of_words(text: str, name: Span, lexicon: Lexicon) -> str:
    """Return by which rule the words that touch a name speak for it, ``""`` where none do."""
    words = _words(lexicon)
    if text.endswith(words.brands, 0, name.start):
        ends = name.end == len(text) or text[name.end] in ",。、;)”\n"
        return BRAND if words.brand_end.match(text, name.end) else BRAND_ALONE if ends else ""
    if words.local.match(text, name.end):
        return LOCAL
    printed_whole = name.end - name.start >= _SHORTEST and _UNIT.match(text, name.end - 1) is not None
    return FULL if printed_whole and not _is_word(text, name, lexicon) else ""


def _is_word(text: str, name: Span, lexicon: Lexicon) -> bool:
    """Tell whether a name is one of other words: 新建县, the 政和县 of 财政和县区."""
    words = _words(lexicon)
    bare = text[name.start : name.end - 1]
    return bool(
        bare in lexicon.names.place_lookalikes
        or words.no_place.match(text, name.start)
        or words.goes_on.match(text, name.end - 1)
    )


def _is_elsewhere(text: str, name: Span, words: _Words) -> bool:
    """Tell whether the words around a name say that another place is meant, or a body that is called after one."""
    clause, sentence = _around(text, name, _CUT), _around(text, name, _STOP)
    return bool(
        words.institution.match(text, name.end, name.end + _NAMES_ON)
        or words.before.search(text, clause.start, name.start)
        or words.partner.search(text, clause.start, clause.end)
        or words.beyond.search(text, sentence.start, sentence.end)
    )


def _around(text: str, name: Span, marks: re.Pattern[str]) -> Span:
    """Return the stretch between two marks in which a name stands, no further than can matter."""
    first, last = max(name.start - _FAR, 0), min(name.end + _FAR, len(text))
    start = max((mark.end() for mark in marks.finditer(text, first, name.start)), default=first)
    stop = marks.search(text, name.end, last)
    return Span(start, stop.start() if stop else last)


@compiled
def _words(lexicon: Lexicon) -> _Words:
    kinds = lexicon.names.place_words
    return _Words(
        brand_word=re.compile(either_of(kinds, "brand")),
        brands=tuple(of_kind(kinds, "brand")),
        brand_end=re.compile(either_of(kinds, "brand-end")),
        local=re.compile(either_of(kinds, "local")),
        institution=re.compile(rf"[^,、()各]*?(?:{either_of(kinds, 'institution')})"),
        partner=re.compile(either_of(kinds, "partner")),
        before=re.compile(f"(?:{either_of(kinds, 'before')})$"),
        beyond=re.compile(either_of(kinds, "beyond")),
        goes_on=re.compile(either_of(kinds, "goes-on")),
        no_place=re.compile(either_of(kinds, "no-place")),
    )

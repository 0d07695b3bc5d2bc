"""Find the places that running text names as if they were its own; which of them are elsewhere is asked later.

A place with which the plan works, from which it learns or at which something took place is meant, and no slip: the
words of data/lexicon/place_words.tsv tell. Neither is what stands in titles, in the names of bodies and in the head.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from policygraph.extract.grammar.document_titles import NamedInSections
from policygraph.extract.grammar.evidence import Taken, evidence, printed
from policygraph.extract.grammar.place_names import is_inside_word
from policygraph.extract.grammar.sought import last_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Evidence, Outline, RegionRow, Section, Span
from policygraph.patterns import NEVER, either_of, in_order, of_kind, one_of

FULL, LOCAL, BRAND, BRAND_ALONE = "full-name", "short-name", "brand", "brand:alone"
_UNIT = re.compile("[省市县区州盟旗]")
_HEAD, _SHORTEST = 2, 3  # characters: 和县 and 城区 are words too
_MARK = re.compile(r"[,。;:!?\n|、()《》“”]")  # which no name has
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
    doc: str,
    outline: Outline,
    read: Iterable[Evidence],
    clauses: Sequence[Span],
    named: NamedInSections,
    lexicon: Lexicon,
) -> tuple[RegionRow, ...]:
    """Return each place that running text names by its full name, or by its short one in words of one's own place.

    ``read`` says where facts stand whose names are read already, ``clauses`` where responsibilities do, ``named``
    which documents each section names.
    """
    taken = Taken([(each.start, each.end) for each in read if each.start is not None and each.end is not None])
    inside = Taken([(each.start, each.end) for each in clauses])
    return tuple(
        _row(doc, outline, section, name, around, rule)
        for section, titles in zip(outline.sections, named, strict=True)
        for name, around, rule in _free(outline, section, taken, inside, lexicon)
        if not any(each.start <= name.start < each.end for each in titles)
    )


def _row(doc: str, outline: Outline, section: Section, name: Span, around: Span, rule: str) -> RegionRow:
    return RegionRow(
        doc=doc,
        section=section.number,
        region=printed(outline.text, name.start, name.end),
        quote=printed(outline.text, around.start, around.end),
        evidence=evidence(outline.text, name.start, name.end, rule=rule),
    )


def _free(
    outline: Outline, section: Section, taken: Taken, clauses: Taken, lexicon: Lexicon
) -> Iterator[tuple[Span, Span, str]]:
    """Yield the names of a section that stand neither where a fact was read nor in a clause.

    With each come the stretch between two marks in which it stands, and its rule.
    """
    text = outline.text
    around = _Around(text.text, section.head.start, section.body.end)
    for clause in _clauses(around, lexicon):
        for name in _names(text.text, clause, lexicon):
            rule = _rule(around, name, lexicon)
            if rule and name.start not in clauses and text.offsets[name.start] not in taken:
                yield name, around.near(name, _CUT), rule


class _Around(NamedTuple):
    """The text from one place to another."""

    text: str
    start: int
    end: int

    def of(self, place: int, marks: re.Pattern[str]) -> tuple[int, int]:
        """Return behind which mark a place stands, and before which."""
        after = marks.search(self.text, place, self.end)
        before = last_of(marks, self.text, self.start, place)
        return before + 1 if before >= 0 else self.start, after.start() if after else self.end

    def near(self, name: Span, marks: re.Pattern[str]) -> Span:
        """Return the stretch between two marks in which a name stands, no further than can matter."""
        first, last = max(name.start - _FAR, self.start), min(name.end + _FAR, self.end)
        after = marks.search(self.text, name.end, last)  # a name holds no mark
        before = last_of(marks, self.text, first, name.start)
        return Span(before + 1 if before >= 0 else first, after.start() if after else last)


def _clauses(around: _Around, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the stretches between two marks in which a rule may hold for a name; few have a sign of one.

    That is a full name's end, the end of any name before words of one's own place, or its begin behind a brand.
    """
    text, at = around.text, around.start
    signs, heads, ends = _signs(lexicon), _heads(lexicon), _ends(lexicon)
    while sign := signs.search(text, at, around.end):
        place = at = sign.start()
        if (
            sign["full"] is not None
            or text[place - _HEAD : place] in ends
            or text[place + 1 : place + 1 + _HEAD] in heads
        ):
            start, at = around.of(place, _MARK)
            yield Span(start, at)
        at += 1


@compiled
def _signs(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the end of a full name, the first letter of words of one's own place, the last one of a brand.

    It matches one letter of a set, for which a search is quick, and then looks behind and ahead of it.
    """
    local, brands = (of_kind(lexicon.names.place_words, kind) for kind in ("local", "brand"))
    firsts: dict[str, list[str]] = {}
    for name in lexicon.names.places:
        if _UNIT.match(name[-1]):
            firsts.setdefault(name[-1], []).append(name[-_HEAD])
    full = in_order(f"{one_of(sorted(set(found)))}{unit}" for unit, found in sorted(firsts.items()))
    said = in_order(f"(?<={word[0]}){re.escape(word[1:])}" for word in local)
    branded = in_order(f"(?<={re.escape(word)})" for word in brands)
    letters = one_of(sorted({*firsts, *(word[0] for word in local), *(word[-1] for word in brands)}))
    return re.compile(f"{letters}(?:(?P<full>(?<={full}))|(?={said})|{branded})" if firsts else NEVER)


@compiled
def _ends(lexicon: Lexicon) -> frozenset[str]:
    """Return the last characters of the names of places."""
    return frozenset(name[-_HEAD:] for name in lexicon.names.places)


def _names(text: str, clause: Span, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the names of places in a stretch, adjoining ones as one: 示范省示范市."""
    heads, branded, words = _heads(lexicon), _brand_heads(lexicon), _words(lexicon)
    place, end = clause.start, clause.end
    while place < end:
        head = text[place : place + _HEAD]
        if head not in heads and head not in branded:
            place += 1
            continue
        if head in branded and (word := words.brand_word.match(text, place)):  # 平安 is a district too
            place = word.end()
        start, place = place, _through(text, place, heads, lexicon)
        if place > start:
            yield Span(start, place)
        else:
            place += 1


@compiled
def _brand_heads(lexicon: Lexicon) -> frozenset[str]:
    """Return the first characters of the brands."""
    return frozenset(word[:_HEAD] for word in _words(lexicon).brands)


def _through(text: str, place: int, heads: Mapping[str, tuple[int, ...]], lexicon: Lexicon) -> int:
    """Return where the names end that begin at a place, the place itself where none does."""
    places = lexicon.names.places
    length = 1
    while length:
        lengths = heads.get(text[place : place + _HEAD], ())
        length = _first_length(text, place, lengths, places) if lengths else 0
        place += length
    return place


def _first_length(text: str, place: int, lengths: Iterable[int], names: Collection[str]) -> int:
    """Return the first of some lengths of a name at a place, 0 for none; the last name may be all that is left."""
    for length in lengths:
        if text[place : place + length] in names and place + length <= len(text):
            return length
    return 0


@compiled
def _heads(lexicon: Lexicon) -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the names by their first characters, the longest first."""
    found: dict[str, set[int]] = {}
    for name in lexicon.names.places:
        found.setdefault(name[:_HEAD], set()).add(len(name))
    return MappingProxyType({head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()})


def _rule(around: _Around, name: Span, lexicon: Lexicon) -> str:
    """Return by which rule a name is taken for the plan's own place, ``""`` where the words around say otherwise."""
    text = around.text
    rule = _of_words(text, name, lexicon)
    if not rule or is_inside_word(text, name.start, lexicon) or _is_elsewhere(around, name, rule, _words(lexicon)):
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


def _is_elsewhere(around: _Around, name: Span, rule: str, words: _Words) -> bool:
    """Tell whether the words around a name say that another place is meant, or a body that is called after one.

    What is said to all of a place itself (某市各县区要参照建立) is said before it, where another is meant.
    """
    text = around.text
    if words.institution.match(text, name.end, name.end + _NAMES_ON):
        return True
    clause = around.near(name, _CUT)
    reach = name.start if rule == LOCAL else clause.end
    if words.before.search(text, clause.start, name.start) or _with_partner(text, clause.start, reach, words):
        return True
    sentence = around.near(name, _STOP)
    return words.beyond.search(text, sentence.start, sentence.end) is not None


def _with_partner(text: str, start: int, end: int, words: _Words) -> bool:
    """Tell whether words of working together stand in a stretch, but for what a place does within itself: 上下联动."""
    return any(match["partner"] for match in words.partner.finditer(text, start, end))


@compiled
def _words(lexicon: Lexicon) -> _Words:
    kinds = lexicon.names.place_words
    return _Words(
        brand_word=re.compile(either_of(kinds, "brand")),
        brands=tuple(of_kind(kinds, "brand")),
        brand_end=re.compile(either_of(kinds, "brand-end")),
        local=re.compile(either_of(kinds, "local")),
        institution=re.compile(rf"[^,、()各]*?(?:{either_of(kinds, 'institution')})"),
        partner=re.compile(rf"{either_of(kinds, 'within')}|(?P<partner>{either_of(kinds, 'partner')})"),
        before=re.compile(f"(?:{either_of(kinds, 'before')})$"),
        beyond=re.compile(either_of(kinds, "beyond")),
        goes_on=re.compile(either_of(kinds, "goes-on")),
        no_place=re.compile(either_of(kinds, "no-place")),
    )

"""Find which division of GB/T 2260 a text names: a region's name, an issuer, a document number, running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policygraph import slugs
from policygraph.concepts import Concepts
from policygraph.divisions import COUNTRY, ancestors, contains, level_of
from policygraph.messages import Note, message
from policygraph.resolve.region_index import HEAD, Entry, RegionIndex, entries_at, names_at, region_index

Hit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A text resolved to a region: ``score`` runs from 0 to 1, ``reason`` is a few words."""

    code: str
    full_name: str
    score: float
    reason: Note


def full_name(code: str, concepts: Concepts) -> str:
    """Return the name of a region with those above it, without the country: 河南省开封市祥符区.

    An unknown code gives ``""``.
    """
    if code not in concepts.regions:
        return ""
    path = [above for above in ancestors(code) if above != COUNTRY]
    return "".join(concepts.regions[each].name for each in [*reversed(path), code])


def resolve_region(text: str, concepts: Concepts, within: str = "", year: int = 0) -> RegionMatch | None:
    """Return the region that a name, a path of names or an issuer opens with; None where that is open.

    ``within`` is the code of a region that decides between namesakes (朝阳区), ``year`` that of the text: a name means
    the division that bore it then. A full name scores 1, a name that is followed by more (长春市人民政府) 0.95, a short
    name 0.8, the higher of two namesakes 0.6 (a province 0.75), a name found further on in the text 0.7.
    """
    text = "".join(text.split())
    opening = _opening(text, concepts, within, region_index(year, concepts))
    if opening:
        return opening
    hits = find_regions(text, concepts, within, year)
    places = [code for _, _, code in hits if code != COUNTRY] or [code for _, _, code in hits]
    return _match(places[0], 0.7, message("resolve.region-named-in-text"), concepts) if places else None


def find_regions(text: str, concepts: Concepts, within: str = "", year: int = 0) -> list[Hit]:
    """Return (start, end, code) of every region named in running text, in text order.

    Adjoining names make one hit (辽宁省大连市). Provinces and prefectures count by their short names too (大连),
    counties only by full name; a name that several counties bear counts where the text around it, or ``within``,
    leaves one. Ordinary words that look like names (长治久安) are passed over.
    """
    hits: list[Hit] = []
    unclear: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, codes in _scan(text, region_index(year, concepts)):
        if len(codes) == 1:
            hits.append((start, end, codes[0]))
        else:
            unclear.append((start, end, codes))
    context = ([within] if within else []) + [code for _, _, code in hits]
    for start, end, codes in unclear:
        decided = _decide(codes, context)
        if decided:
            hits.append((start, end, decided))
    return sorted(hits)


def region_of_number(number: str, concepts: Concepts) -> str:
    """Return the region whose government a document number belongs to, ``""`` where it is not known.

    Abbreviations are not unique (宁政发 is Ningxia and Nanjing): prefer a title or an issuer where there is one.
    A number that opens with a region's short name (乌海政办发) is known too.

    >>> from policygraph import concepts
    >>> [region_of_number(number, concepts.bundled()) for number in ("辽政发〔2019〕22号", "长府发〔2021〕7号")]
    ['210000', '220100']
    """
    parsed = slugs.parse_number(number)
    head = parsed.head if parsed else ""
    prefixes = concepts.number_prefixes
    ends = range(len(head), 0, -1)
    known = next((prefixes[head[:end]] for end in ends if head[:end] in prefixes), "")
    named = _named_head(head, concepts) if head else ""
    return named or known


# ---------------------------------------------------------------- an opening name


def _opening(text: str, concepts: Concepts, within: str, index: RegionIndex) -> RegionMatch | None:
    """Read the path of names that the text opens with."""
    for name in names_at(text, 0, index, lambda entry: _opens(entry, text, index)):
        if name != text and _hidden(text, name, index):
            return None
        entries = [entry for entry in entries_at(text, 0, index) if entry.name == name and _opens(entry, text, index)]
        code, ranked = _choose(entries, within)
        if code:
            end, deepest = _descend(text, len(name), code, index)
            grade = _grade(entries, code if ranked else "", text, end)
            return _match(deepest, *grade, concepts)
        if entries:
            end, only = _through(text, len(name), entries, index)
            return _match(only, 1.0, message("resolve.full-path"), concepts) if only else None
    return None


def _opens(entry: Entry, text: str, index: RegionIndex) -> bool:
    """Tell whether an entry may open a text: a county's short name only where it is the whole text."""
    if entry.kind == "ordinary" or _grows(entry, text, len(entry.name), index):
        return False
    return entry.kind != "short" or entry.level != "county" or entry.name == text


def _hidden(text: str, name: str, index: RegionIndex) -> bool:
    """Tell whether an ordinary word, as long as the name or longer, stands in its place (长治久安)."""
    return any(entry.kind == "ordinary" and len(entry.name) >= len(name) for entry in entries_at(text, 0, index))


def _choose(entries: list[Entry], within: str) -> tuple[str, bool]:
    """Return the one code meant, and whether level decided between namesakes."""
    named = [entry for entry in entries if entry.kind != "short"] or entries
    codes = sorted({entry.code for entry in named})
    inside = [code for code in codes if within and contains(within, code)]
    if len(inside) == 1 or len(codes) == 1:
        return (inside or codes)[0], False
    order = ("national", "province", "prefecture")
    for level in order:
        at_level = [code for code in codes if level_of(code) == level]
        if at_level:
            return (at_level[0], True) if len(at_level) == 1 else ("", False)
    return "", False


def _grade(entries: list[Entry], ranked: str, text: str, end: int) -> tuple[float, Note]:
    """Return score and reason; ``ranked`` is the code that its level put before its namesakes."""
    if ranked:
        return (0.75 if level_of(ranked) == "province" else 0.6), message("resolve.higher-namesake")
    if all(entry.kind == "short" for entry in entries) and end == len(entries[0].name):
        return 0.8, message("resolve.region-short-name")
    return (
        (1.0, message("resolve.region-full-name")) if end == len(text) else (0.95, message("resolve.opens-with-name"))
    )


def _through(text: str, place: int, entries: list[Entry], index: RegionIndex) -> tuple[int, str]:
    """Follow each of several namesakes; the one that leads on is meant (朝阳市双塔区)."""
    led = {_descend(text, place, entry.code, index) for entry in entries}
    deeper = [(end, code) for end, code in led if end > place]
    return deeper[0] if len(deeper) == 1 else (place, "")


# ---------------------------------------------------------------- running text


def _scan(text: str, index: RegionIndex) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    place = 0
    while place < len(text) - 1:
        end, codes = _read(text, place, index)
        if codes:
            yield place, end, codes
        place = max(end, place + 1)


def _read(text: str, place: int, index: RegionIndex) -> tuple[int, tuple[str, ...]]:
    """Return the end and the codes of the name that stands at a place; no codes for an ordinary word."""
    for name in names_at(text, place, index, _runs):
        end = place + len(name)
        entries = [entry for entry in entries_at(text, place, index) if entry.name == name and _runs(entry)]
        entries = [entry for entry in entries if not _grows(entry, text, end, index)]
        if any(entry.kind == "ordinary" for entry in entries):
            return end, ()
        if not entries or _cut_through(text, end, index):
            continue
        code, _ = _choose(entries, "")
        if code:
            end, code = _descend(text, end, code, index)
            return end, (code,)
        return end, tuple(sorted({entry.code for entry in entries}))
    return place, ()


def _runs(entry: Entry) -> bool:
    """Tell whether an entry counts in running text; 城区 or 沙县 only after the name of the region above."""
    if entry.kind == "opening":
        return False
    return entry.level != "county" or (entry.kind in ("full", "alias", "former") and len(entry.name) > HEAD)


def _grows(entry: Entry, text: str, end: int, index: RegionIndex) -> bool:
    """Tell whether a short name is the beginning of another: 广州 of 广州路, 朝阳 of 朝阳区; not of 广州区域."""
    grown = entry.kind == "short" and text.startswith(index.units, end)
    return grown and not text.startswith(index.tails + index.words, end)


def _cut_through(text: str, end: int, index: RegionIndex) -> bool:
    return text.startswith(index.tails, end - 1)


def _descend(text: str, place: int, code: str, index: RegionIndex) -> tuple[int, str]:
    """Follow adjoining names of regions inside a region; return where they end and the innermost code."""
    while True:
        outer = (code, *index.heirs.get(code, ()))
        inner = [entry for entry in entries_at(text, place, index) if _leads_on(entry, outer, text, place)]
        if not inner:
            return place, code
        place, code = place + len(inner[0].name), inner[0].code


def _leads_on(entry: Entry, outer: tuple[str, ...], text: str, place: int) -> bool:
    """Tell whether a name lies in a region, or in what took its place: counties of a 地区 have new codes."""
    if not entry.code or entry.code in outer or not any(contains(code, entry.seat or entry.code) for code in outer):
        return False
    bare = entry.kind == "short" and entry.level == "county"
    return not bare or place + len(entry.name) == len(text)


def _decide(codes: tuple[str, ...], context: Iterable[str]) -> str:
    """Return the one namesake that lies in a region of the context; the nearest above is asked first."""
    known = set(context)
    for depth in range(2):
        inside = [
            code for code in codes if len(ancestors(code)) > depth and ancestors(code)[depth] in known - {COUNTRY}
        ]
        if inside:
            return inside[0] if len(inside) == 1 else ""
    return ""


def _named_head(head: str, concepts: Concepts) -> str:
    """Return the region whose name or short name a number opens with, if only one bears it."""
    index = region_index(0, concepts)
    entries = [entry for entry in entries_at(head, 0, index) if _names_number(entry, head, index)]
    longest = [entry.code for entry in entries if entry.name == entries[0].name]
    return longest[0] if len(set(longest)) == 1 else ""


def _names_number(entry: Entry, head: str, index: RegionIndex) -> bool:
    """Tell whether a number opens with a name and not with its own letters: 和政发 may be of any place 和, or 和政."""
    rest = head[len(entry.name) :]
    own = entry.name.endswith(index.letters) and not rest.startswith(index.letters)
    return bool(entry.code and rest) and not own


def _match(code: str, score: float, reason: Note, concepts: Concepts) -> RegionMatch:
    return RegionMatch(code, full_name(code, concepts), score, reason)

"""Find which division of GB/T 2260 a text names: a region's name, an issuer, a document number, running text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from policygraph import slugs
from policygraph.concepts import Concepts, RegionName
from policygraph.knowledge import compiled
from policygraph.messages import Note, message

COUNTRY = "100000"
_MUNICIPALITIES = ("11", "12", "31", "50")  # districts stand directly below
_DIRECT = "90"  # third and fourth digit of counties that a province administers itself
_HEAD = 2  # names are indexed by their first two characters; no name is shorter

Hit = tuple[int, int, str]
Fits = Callable[["_Entry"], bool]


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A text resolved to a region: ``score`` runs from 0 to 1, ``reason`` is a few words."""

    code: str
    full_name: str
    score: float
    reason: Note


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    code: str  # empty for an ordinary word that hides a name
    kind: str  # full, short, alias, opening, ordinary
    level: str


@dataclass(frozen=True, slots=True)
class _Index:
    heads: Mapping[str, tuple[_Entry, ...]]  # by the first two characters, longest name first
    tails: tuple[str, ...]  # words that begin inside what looked like a name: 市场 in 港口市场


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes above a region, nearest first, up to the country.

    >>> ancestors("410212"), ancestors("110105"), ancestors("419001")
    (('410200', '410000', '100000'), ('110000', '100000'), ('410000', '100000'))
    """
    if code == COUNTRY:
        return ()
    province = code[:2] + "0000"
    if code == province:
        return (COUNTRY,)
    direct = code.endswith("00") or code[2:4] == _DIRECT or code[:2] in _MUNICIPALITIES
    return (province, COUNTRY) if direct else (code[:4] + "00", province, COUNTRY)


def level_of(code: str) -> str:
    """Return the level of a region.

    >>> [level_of(code) for code in ("100000", "210000", "210200", "410212", "110105", "419001")]
    ['national', 'province', 'prefecture', 'county', 'county', 'county']
    """
    if code == COUNTRY:
        return "national"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def contains(outer: str, inner: str) -> bool:
    """Return whether one region is or contains another.

    >>> contains("210000", "210200"), contains("210200", "210200"), contains("210200", "220100")
    (True, True, False)
    """
    return inner == outer or outer in ancestors(inner)


def full_name(code: str, concepts: Concepts) -> str:
    """Return the name of a region with those above it, without the country: 河南省开封市祥符区.

    An unknown code gives ``""``.
    """
    if code not in concepts.regions:
        return ""
    path = [above for above in ancestors(code) if above != COUNTRY]
    return "".join(concepts.regions[each].name for each in [*reversed(path), code])


def resolve_region(text: str, concepts: Concepts, within: str = "") -> RegionMatch | None:
    """Return the region that a name, a path of names or an issuer opens with; None where that is open.

    ``within`` is the code of a region that decides between namesakes (朝阳区). A full name scores 1, a name
    that is followed by more (长春市人民政府) 0.95, a short name 0.8, the higher of two namesakes 0.6
    (a province 0.75), a name found further on in the text 0.7.
    """
    text = "".join(text.split())
    opening = _opening(text, concepts, within)
    if opening:
        return opening
    hits = find_regions(text, concepts, within)
    places = [code for _, _, code in hits if code != COUNTRY] or [code for _, _, code in hits]
    return _match(places[0], 0.7, message("resolve.region-named-in-text"), concepts) if places else None


def find_regions(text: str, concepts: Concepts, within: str = "") -> list[Hit]:
    """Return (start, end, code) of every region named in running text, in text order.

    Adjoining names make one hit (辽宁省大连市). Provinces and prefectures count by their short names too (大连),
    counties only by full name; a name that several counties bear counts where the text around it, or ``within``,
    leaves one. Ordinary words that look like names (长治久安) are passed over.
    """
    hits: list[Hit] = []
    unclear: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, codes in _scan(text, _index(concepts)):
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


def _opening(text: str, concepts: Concepts, within: str) -> RegionMatch | None:
    """Read the path of names that the text opens with."""
    index = _index(concepts)
    for name in _names_at(text, 0, index, lambda entry: _opens(entry, text)):
        if name != text and _hidden(text, name, index):
            return None
        entries = [entry for entry in _entries_at(text, 0, index) if entry.name == name and _opens(entry, text)]
        code, ranked = _choose(entries, within)
        if code:
            end, deepest = _descend(text, len(name), code, index)
            grade = _grade(entries, code if ranked else "", text, end)
            return _match(deepest, *grade, concepts)
        if entries:
            end, only = _through(text, len(name), entries, index)
            return _match(only, 1.0, message("resolve.full-path"), concepts) if only else None
    return None


def _opens(entry: _Entry, text: str) -> bool:
    """Tell whether an entry may open a text: a county's short name only where it is the whole text."""
    if entry.kind == "ordinary":
        return False
    return entry.kind != "short" or entry.level != "county" or entry.name == text


def _hidden(text: str, name: str, index: _Index) -> bool:
    """Tell whether an ordinary word, as long as the name or longer, stands in its place (长治久安)."""
    return any(entry.kind == "ordinary" and len(entry.name) >= len(name) for entry in _entries_at(text, 0, index))


def _choose(entries: list[_Entry], within: str) -> tuple[str, bool]:
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


def _grade(entries: list[_Entry], ranked: str, text: str, end: int) -> tuple[float, Note]:
    """Return score and reason; ``ranked`` is the code that its level put before its namesakes."""
    if ranked:
        return (0.75 if level_of(ranked) == "province" else 0.6), message("resolve.higher-namesake")
    if all(entry.kind == "short" for entry in entries) and end == len(entries[0].name):
        return 0.8, message("resolve.region-short-name")
    return (
        (1.0, message("resolve.region-full-name")) if end == len(text) else (0.95, message("resolve.opens-with-name"))
    )


def _through(text: str, place: int, entries: list[_Entry], index: _Index) -> tuple[int, str]:
    """Follow each of several namesakes; the one that leads on is meant (朝阳市双塔区)."""
    led = {_descend(text, place, entry.code, index) for entry in entries}
    deeper = [(end, code) for end, code in led if end > place]
    return deeper[0] if len(deeper) == 1 else (place, "")


# ---------------------------------------------------------------- running text


def _scan(text: str, index: _Index) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    place = 0
    while place < len(text) - 1:
        end, codes = _read(text, place, index)
        if codes:
            yield place, end, codes
        place = max(end, place + 1)


def _read(text: str, place: int, index: _Index) -> tuple[int, tuple[str, ...]]:
    """Return the end and the codes of the name that stands at a place; no codes for an ordinary word."""
    for name in _names_at(text, place, index, _runs):
        end = place + len(name)
        entries = [entry for entry in _entries_at(text, place, index) if entry.name == name and _runs(entry)]
        if any(entry.kind == "ordinary" for entry in entries):
            return end, ()
        if _cut_through(text, end, index):
            continue
        code, _ = _choose(entries, "")
        if code:
            end, code = _descend(text, end, code, index)
            return end, (code,)
        return end, tuple(sorted({entry.code for entry in entries}))
    return place, ()


def _runs(entry: _Entry) -> bool:
    """Tell whether an entry counts in running text; 城区 or 沙县 only after the name of the region above."""
    if entry.kind == "opening":
        return False
    return entry.level != "county" or (entry.kind in ("full", "alias") and len(entry.name) > _HEAD)


def _cut_through(text: str, end: int, index: _Index) -> bool:
    return any(text.startswith(tail, end - 1) for tail in index.tails)


def _descend(text: str, place: int, code: str, index: _Index) -> tuple[int, str]:
    """Follow adjoining names of regions inside a region; return where they end and the innermost code."""
    while True:
        inner = [entry for entry in _entries_at(text, place, index) if _leads_on(entry, code, text, place)]
        if not inner:
            return place, code
        place, code = place + len(inner[0].name), inner[0].code


def _leads_on(entry: _Entry, code: str, text: str, place: int) -> bool:
    if not entry.code or entry.code == code or not contains(code, entry.code):
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


# ---------------------------------------------------------------- the index


def _names_at(text: str, place: int, index: _Index, fits: Fits) -> list[str]:
    """Return the names that stand at a place, longest first."""
    return list(dict.fromkeys(entry.name for entry in _entries_at(text, place, index) if fits(entry)))


def _entries_at(text: str, place: int, index: _Index) -> Iterator[_Entry]:
    for entry in index.heads.get(text[place : place + _HEAD], ()):
        if text.startswith(entry.name, place):
            yield entry


@compiled
def _index(concepts: Concepts) -> _Index:
    heads: dict[str, list[_Entry]] = {}
    others = [_other_name(each) for each in concepts.region_names]
    for entry in [*_official(concepts), *(entry for entry in others if entry.kind != "tail")]:
        heads.setdefault(entry.name[:_HEAD], []).append(entry)
    ordered = {head: tuple(sorted(entries, key=_rank)) for head, entries in heads.items()}
    return _Index(MappingProxyType(ordered), tuple(entry.name for entry in others if entry.kind == "tail"))


def _rank(entry: _Entry) -> tuple[int, bool, str]:
    return -len(entry.name), entry.kind == "short", entry.code


def _official(concepts: Concepts) -> Iterator[_Entry]:
    for region in concepts.regions.values():
        yield _Entry(region.name, region.code, "full", region.level)
        if region.short != region.name and region.code != COUNTRY:
            yield _Entry(region.short, region.code, "short", region.level)


def _other_name(other: RegionName) -> _Entry:
    return _Entry(other.name, other.code, other.kind, level_of(other.code) if other.code else "")


def _named_head(head: str, concepts: Concepts) -> str:
    """Return the region whose name or short name a number opens with, if only one bears it."""
    entries = [entry for entry in _entries_at(head, 0, _index(concepts)) if entry.code and entry.name != head]
    longest = [entry.code for entry in entries if entry.name == entries[0].name]
    return longest[0] if len(set(longest)) == 1 else ""


def _match(code: str, score: float, reason: Note, concepts: Concepts) -> RegionMatch:
    return RegionMatch(code, full_name(code, concepts), score, reason)

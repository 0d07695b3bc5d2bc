"""Find which document a citation means: by its number, else by its title, else give it an identifier of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from policygraph import slugs
from policygraph.concepts import Concepts, KnownDocument
from policygraph.divisions import COUNTRY, ancestors, contains
from policygraph.knowledge import compiled
from policygraph.messages import message
from policygraph.resolve.match import Match
from policygraph.resolve.regions import find_regions

_MARKS = re.compile(r"[^\w+\-]|_")  # quotes and brackets of every kind
_DASHES = re.compile(r"[—–―~〜]+")
_OUTER = "《》〈〉「」『』<> "


@dataclass(frozen=True, slots=True)
class _Index:
    numbers: Mapping[str, str]  # number slug -> document
    titles: Mapping[str, tuple[str, ...]]  # title key -> documents


def resolve_document(title: str, number: str, region: str, concepts: Concepts) -> Match:
    """Return the document that a citation means; ``region`` is the code of the citing document's region.

    Scores: 1 the number is in the table, 0.95 the number identifies a document outside the table, 0.9 the title or
    one of its short names, 0.8 a title that several documents bear and the region decides, 0.7 a known title beside
    which another number is printed by mistake; 0.4 not known, and then the id is made from the title and the region
    that it names (else the citing document's), undated.
    """
    index = _index(concepts)
    by_number = slugs.number_slug(number)
    known, numbered = _by_title(title, region, index, concepts), index.numbers.get(by_number, "")
    if known and known.id != numbered and _is_against(title, number, known.id, numbered, index, concepts):
        return Match(known.id, 0.7, message("resolve.title-against-number"))
    if numbered:
        return Match(numbered, 1.0, message("resolve.number"))
    if slugs.parse_number(number):
        return Match(by_number, 0.95, message("resolve.number-not-in-table"))
    if known:
        return known
    if by_number:
        return Match(by_number, 0.6, message("resolve.number-of-unusual-form"))
    place = title_region(title, concepts) or region
    return Match(slugs.document_slug("", _bare(title), place, ""), 0.4, message("resolve.made-from-title"))


def title_region(title: str, concepts: Concepts) -> str:
    """Return the code of the region that a title names, the country last; ``""`` where it names none."""
    codes = [code for _, _, code in find_regions(_bare(title), concepts)]
    return next((code for code in codes if code != COUNTRY), codes[0] if codes else "")


def title_keys(title: str, concepts: Concepts) -> tuple[str, ...]:
    """Return the forms under which a title may be cited, fullest first: whole, without issuer, without frame.

    >>> from policygraph import concepts
    >>> title_keys("《大连市人民政府关于印发〈健康大连行动(2020—2030年)〉的通知》", concepts.bundled())[-1]
    '健康大连行动2020-2030'
    >>> title_keys("国务院关于实施健康中国行动的意见", concepts.bundled())
    ('国务院关于实施健康中国行动的意见', '关于实施健康中国行动的意见')
    """
    key = _key(title, concepts)
    forms = [key, *_without_issuer(key, concepts), *_without_frame(key, concepts)]
    return tuple(dict.fromkeys(form for form in forms if form))


# ---------------------------------------------------------------- titles


def _by_title(title: str, region: str, index: _Index, concepts: Concepts) -> Match | None:
    for key in title_keys(title, concepts):
        found = index.titles.get(key, ())
        if len(found) == 1:
            return Match(
                found[0], 0.9, message("resolve.title" if key == _key(title, concepts) else "resolve.title-in-frame")
            )
        near = [each for each in found if region and contains(concepts.documents[each].region, region)]
        if near:
            nearest = max(near, key=lambda each: len(ancestors(concepts.documents[each].region)))
            return Match(nearest, 0.8, message("resolve.title-decided-by-region"))
    return None


def _is_against(title: str, number: str, known: str, numbered: str, index: _Index, concepts: Concepts) -> bool:
    """Tell whether a number is wrong beside a title: that of another document, or with a slip in one part."""
    if not numbered:
        return _is_slip(number, concepts.documents[known].number)
    return not any(numbered in index.titles.get(key, ()) for key in title_keys(title, concepts))


def _is_slip(printed: str, known: str) -> bool:
    """Tell whether a printed number is the known one but for one part: the issuer, the year or the serial number."""
    one, other = slugs.parse_number(printed), slugs.parse_number(known)
    if one is None or other is None:
        return False
    return [one.head == other.head, one.year == other.year, one.serial == other.serial].count(True) == 2


def _key(title: str, concepts: Concepts) -> str:
    """Write a title uniformly: no quotes, brackets, blanks; years of a range without 年."""
    text = "".join(unicodedata.normalize("NFKC", title).split())
    text = _MARKS.sub("", _DASHES.sub("-", text))
    return re.sub(r"(\d{4})\D?-(\d{4})" + _year_mark(concepts), r"\1-\2", text)


def _without_issuer(key: str, concepts: Concepts) -> Iterator[str]:
    """Yield the title from 关于 on."""
    for form in _frames("issuer", concepts):
        place = key.find(form)
        if place > 0:
            yield key[place:]


def _without_frame(key: str, concepts: Concepts) -> Iterator[str]:
    """Yield Y of 「X关于印发Y的通知」."""
    for close in _frames("closes", concepts):
        for opens in _frames("opens", concepts):
            start = key.find(opens)
            if start >= 0 and key.endswith(close):
                yield key[start + len(opens) : -len(close)]
                return


def _bare(title: str) -> str:
    return title.strip(_OUTER)


# ---------------------------------------------------------------- tables


@compiled
def _index(concepts: Concepts) -> _Index:
    numbers: dict[str, str] = {}
    titles: dict[str, list[str]] = {}
    for document in concepts.documents.values():
        if document.number:
            numbers[slugs.number_slug(document.number)] = document.id
        for key in _keys_of(document, concepts):
            if document.id not in titles.setdefault(key, []):
                titles[key].append(document.id)
    return _Index(MappingProxyType(numbers), MappingProxyType({key: tuple(found) for key, found in titles.items()}))


def _keys_of(document: KnownDocument, concepts: Concepts) -> Iterator[str]:
    for name in (document.title, *document.names):
        yield from title_keys(name, concepts)


@compiled
def _year_mark(concepts: Concepts) -> str:
    forms = _frames("year", concepts)
    return f"(?:{'|'.join(map(re.escape, forms))})?" if forms else ""


@compiled
def _frames(kind: str, concepts: Concepts) -> tuple[str, ...]:
    forms = (affix.form for affix in concepts.affixes.document if affix.kind == kind)
    return tuple(sorted(forms, key=len, reverse=True))

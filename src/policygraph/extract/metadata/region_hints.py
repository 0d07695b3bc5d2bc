"""Gather what a text says of its own region where title and issuer do not: 我县, and the place it names most."""

from __future__ import annotations

import re
from collections import Counter

from policygraph.extract.grammar.place_names import is_inside_word
from policygraph.extract.metadata.front import place_of_body
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_OWN = re.compile(r"([我全本])(?<![基]本)([省市县区州盟旗])(?![场域])")
_ADDRESSED = re.compile(r"(?:^|[、,;])\s?([省市县区州盟旗])[^、,;各]{0,8}各")  # 市政府各部门, 县直各单位
_WEIGHTS = {"我": 3, "全": 1, "本": 1}  # 我县 is its own; a county's text may say 全省
_ENOUGH = 3
_TITLE = re.compile(r"《[^《》\n]*》")
_WORD_GOES_ON = ("域", "场", "级")
_NAME_END = re.compile("[县市区旗州盟省]")
_LONGEST, _SHORTEST = 12, 3  # characters of a name; 城区 and 和县 are words too
_SHOWN = 3
_OFTEN = 2  # times a name must stand; more where the text does not say what it is


def own_word(text: str) -> str:
    """Return the word by which a text calls its own region (市 of 我市), ``""`` where it does not.

    >>> own_word("我县坚持绿色发展,全县上下齐心,争创全省先进。")
    '县'
    """
    counts: Counter[str] = Counter()
    for match in _OWN.finditer(text):
        counts[match[2]] += _WEIGHTS[match[1]]
    word, count = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return word if count >= _ENOUGH else ""


def addressing_word(addressee: str) -> str:
    """Return the word for the region whose bureaus an addressee names (市 of 市政府各部门), ``""`` where it names none.

    >>> addressing_word("各县(区)人民政府,市政府各部门")
    '市'
    """
    match = _ADDRESSED.search(addressee)
    return match[1] if match else ""


def named_places(text: str, word: str, lexicon: Lexicon) -> list[str]:
    """Return the places that a text names most outside of titles, those that end as ``word`` says, most named first.

    A name that stands only inside words (沿海城市) is none. The short name of a city or province helps to reach the
    number of times that is enough, and decides between two that are named as often.
    """
    bare = _TITLE.sub("", text)
    stops = [match.end() for match in _NAME_END.finditer(bare)]
    ends = [(name, end) for end in stops if (name := _ending(bare, end, lexicon))]
    free = {name for name, end in ends if not is_inside_word(bare, end - len(name), lexicon)}
    counts = Counter(name for name, _ in ends if name in free)
    least = _OFTEN if word else _OFTEN + 1
    times = {name: _count(name, counts, bare, lexicon) for name in counts if name.endswith(word)}
    often = [name for name in times if times[name] >= least]
    often.sort(key=lambda name: (-counts[name], -times[name], name))
    return often[:_SHOWN]


def _count(name: str, counts: Counter[str], text: str, lexicon: Lexicon) -> int:
    short = name[:-1] if name.endswith(("市", "省")) else ""
    return text.count(short) if short in lexicon.names.places else counts[name]


def names_a_place(text: str, lexicon: Lexicon) -> bool:
    """Say whether a title or an issuer opens with a place."""
    return bool(place_of_body(text, lexicon))


@compiled
def _ends(lexicon: Lexicon) -> frozenset[str]:
    """Return the last letters of the names of places."""
    return frozenset(name[-_SHORTEST:] for name in lexicon.names.places)


def _ending(text: str, end: int, lexicon: Lexicon) -> str:
    """Return the longest place name that ends at a place of the text, and is not the head of a word (新建区域)."""
    if text[end - _SHORTEST : end] not in _ends(lexicon) or text[end : end + 1] in _WORD_GOES_ON:
        return ""
    starts = range(max(end - _LONGEST, 0), end - _SHORTEST + 1)
    return next((text[start:end] for start in starts if text[start:end] in lexicon.names.places), "")

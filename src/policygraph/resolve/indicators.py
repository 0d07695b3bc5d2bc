"""Find which indicator a target measures and which kind of action a heading announces."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from policygraph.concepts import Affix, Concepts, Name
from policygraph.errors import DataError
from policygraph.knowledge import compiled
from policygraph.messages import message
from policygraph.quantities import COUNTING
from policygraph.resolve.match import Match
from policygraph.resolve.regions import find_regions

_PUNCTUATION = re.compile(r"[^\w.%+\-]|_")
_RANGE = re.compile(r"(?<=\d)\s*[~—–―〜至]+\s*(?=\d)")
_NUMBERING = re.compile(rf"^[\d{COUNTING}()、.．,\s]+")
_UNKNOWN_SCORE = 0.1
_SHORTEST_UNORDERED = 8  # letters
OTHER_GROUP = 0.5  # the score of a name that is known but for its figures
_SPAN, _FIGURE, _BOUND = re.compile(r"\s*[-—–~至到]+\s*"), re.compile(r"(?<=\d)岁(?=-)|\d+"), re.compile(r"及?以[上下]")
_SHORTEST_FRAME = 6  # letters

Key = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Index:
    strong: Mapping[str, str]
    weak: Mapping[str, str]
    loose: Mapping[str, str]  # strong names without filler words, where one concept is left
    unordered: Mapping[str, str]  # strong names of several parts by their letters alone, where one concept is left


def unknown_indicator(name: str) -> str:
    """Return the identifier of an indicator that no table knows.

    >>> unknown_indicator("某指标")
    'x-48ed89da'
    """
    return "x-" + hashlib.sha256(name.encode("utf-8")).hexdigest()[:8]


def resolve_indicator(name: str, concepts: Concepts, action: str = "") -> Match:
    """Return the indicator that a name stands for; ``action`` (id or heading) supports a weak name.

    Scores: 1 the name of the table, 0.95 the same but for territory, punctuation or wording of a range,
    0.9 without a trailing verb or the name of a region, 0.85 its parts in another order (蒙医药中医药), 0.6 to 0.8 a
    weak name, 0.6 the same but for filler words, 0.5 but for its ages or years (不足15年 for 不足5年); 0.1 not known,
    and then the id is made from the name, written one way.
    """
    index = _indicator_index(concepts)
    exact = concepts.indicator_names.get(name)
    if exact and exact.strong:
        return Match(exact.target, 1.0, message("resolve.name"))
    key = _indicator_key(name, concepts)
    core = _core(name, concepts)
    for score, reason, tried, known in (
        (0.95, message("resolve.name-normalised"), key, index.strong),
        (0.9, message("resolve.name-within"), core, index.strong),
        (0.85, message("resolve.name-in-other-order"), _unordered(core, concepts), index.unordered),
    ):
        if tried in known:
            return Match(known[tried], score, reason)
    for tried in (key, core):
        if tried in index.weak:
            return _weak(index.weak[tried], action, concepts)
    loose = _without(core, "filler", concepts)
    if loose in index.loose:
        return Match(index.loose[loose], 0.6, message("resolve.name-but-for-filler"))
    named = _by_frame(concepts).get(_frame(name))
    if named:
        return Match(named.target, OTHER_GROUP, message("resolve.of-another-group", name=named.name))
    return Match(unknown_indicator(_one_way(name, concepts)), _UNKNOWN_SCORE, message("resolve.not-in-indicator-table"))


def resolve_action(heading: str, concepts: Concepts) -> Match:
    """Return the kind of action a heading announces; the id is ``""`` where none is known.

    Numbering, a leading verb (实施) and an ending (行动) do not count. Scores: 1 the name, 0.9 the name but for
    verb and ending, 0.6 a weak name in the heading, where the weak names in it agree.
    """
    plain = _NUMBERING.sub("", _uniform(heading)).strip()
    exact = concepts.action_names.get(plain)
    if exact and exact.strong:
        return Match(exact.target, 1.0, message("resolve.name"))
    index = _action_index(concepts)
    key = _action_key(plain, concepts)
    if key in index.strong:
        return Match(index.strong[key], 0.9, message("resolve.name-but-for-ending"))
    found = {target for form, target in index.weak.items() if form in key}
    if len(found) == 1:
        return Match(found.pop(), 0.6, message("resolve.weak-name-in-heading"))
    return Match("", 0.0, message("resolve.several-actions" if found else "resolve.no-action"))


# ---------------------------------------------------------------- indicators


def _frame(name: str) -> str:
    """Return a name without its figures and bounds, "" where it has none or little else.

    >>> _frame("70岁及以上人群死亡率") == _frame("70岁及以下人群死亡率"), _frame("死亡率")
    (True, '')
    """
    frame = _BOUND.sub("±", _FIGURE.sub("#", _SPAN.sub("-", name))).replace("##-", "#-")
    return frame if "#" in frame and len(frame) >= _SHORTEST_FRAME else ""


@compiled
def _by_frame(concepts: Concepts) -> Mapping[str, Name]:
    """Return the names of indicators by their frames, where one indicator is left."""
    found: dict[str, list[Name]] = {}
    for name in concepts.indicator_names.values():
        frame = _frame(name.name) if name.strong else ""
        if frame:
            found.setdefault(frame, []).append(name)
    alone = {frame: names[0] for frame, names in found.items() if len({name.target for name in names}) == 1}
    return MappingProxyType(alone)


def _weak(target: str, action: str, concepts: Concepts) -> Match:
    """Weigh a weak name by the action it stands under."""
    own = concepts.indicators[target].action if target in concepts.indicators else ""
    if not action or not own:
        return Match(target, 0.7, message("resolve.weak-name"))
    given = action if action in concepts.actions else resolve_action(action, concepts).id
    if given == own:
        return Match(target, 0.8, message("resolve.weak-name-own-action"))
    return Match(target, 0.6, message("resolve.weak-name-other-action") if given else message("resolve.weak-name"))


def _indicator_key(name: str, concepts: Concepts) -> str:
    """Write a name uniformly: no territory at the front, no punctuation, ranges and thresholds one way."""
    text = _one_way(_uniform(name), concepts)
    text = _without(_PUNCTUATION.sub("", _RANGE.sub("-", text)), "drop", concepts)
    return _strip_front(text, concepts)


def _one_way(text: str, concepts: Concepts) -> str:
    """Write what is said in two ways in one of them: 国内生产总值 of the nation is 地区生产总值 of a place in it."""
    for affix in _affixes("swap", concepts):
        text = text.replace(affix.form, affix.to)
    return text


def _unordered(key: str, concepts: Concepts) -> str:
    """Return the letters of a name in one order; ``""`` for a short one, and where their order has a meaning (占)."""
    fixed = any(affix.form in key for affix in _affixes("ordered", concepts))
    return "" if fixed or len(key) < _SHORTEST_UNORDERED else "".join(sorted(_without(key, "joint", concepts)))


def _strip_front(text: str, concepts: Concepts) -> str:
    for affix in _affixes("prefix", concepts):
        if text.startswith(affix.form) and len(text) > len(affix.form):
            return _strip_front(text[len(affix.form) :], concepts)
    return text


def _core(name: str, concepts: Concepts) -> str:
    """Drop the name of a region at the front (大连市居民…) and verbs at the end (…达到)."""
    hits = find_regions(name, concepts)
    text = _indicator_key(name[hits[0][1] :] if hits and hits[0][0] == 0 else name, concepts)
    for affix in _affixes("suffix", concepts):
        text = text.removesuffix(affix.form)
    return text


def _without(text: str, kind: str, concepts: Concepts) -> str:
    for affix in _affixes(kind, concepts):
        text = text.replace(affix.form, "")
    return text


@compiled
def _indicator_index(concepts: Concepts) -> _Index:
    names = concepts.indicator_names.values()
    key = partial(_indicator_key, concepts=concepts)
    strong = _keyed((name for name in names if name.strong), key)
    weak = _keyed((name for name in names if not name.strong), key)
    loose = _single(strong, lambda key: _without(key, "filler", concepts))
    return _Index(strong, weak, loose, _single(strong, lambda key: _unordered(key, concepts)))


# ---------------------------------------------------------------- actions


def _action_key(heading: str, concepts: Concepts) -> str:
    text = _PUNCTUATION.sub("", _uniform(heading))
    for form in _action_affixes("verb", concepts):
        if text.startswith(form):
            text = text[len(form) :]
            break
    for form in _action_affixes("ending", concepts):
        if text.endswith(form):
            return text[: -len(form)]
    return text


@compiled
def _action_index(concepts: Concepts) -> _Index:
    names = concepts.action_names.values()
    strong = _keyed((name for name in names if name.strong), partial(_action_key, concepts=concepts))
    weak = {name.name: name.target for name in names if not name.strong}
    return _Index(strong, MappingProxyType(weak), MappingProxyType({}), MappingProxyType({}))


# ---------------------------------------------------------------- tables


def _uniform(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _keyed(names: Iterable[Name], key: Key) -> Mapping[str, str]:
    """Index names by key. Raises DataError where a key would stand for two concepts."""
    found: dict[str, str] = {}
    for name in names:
        other = found.setdefault(key(name.name), name.target)
        if other != name.target:
            raise DataError("resolve.two-readings", name=name.name, first=other, second=name.target)
    return MappingProxyType(found)


def _single(keyed: Mapping[str, str], key: Key) -> Mapping[str, str]:
    """Index again by a coarser key, leaving out what would become ambiguous."""
    found: dict[str, set[str]] = {}
    for form, target in keyed.items():
        found.setdefault(key(form), set()).add(target)
    return MappingProxyType({form: targets.pop() for form, targets in found.items() if form and len(targets) == 1})


@compiled
def _affixes(kind: str, concepts: Concepts) -> tuple[Affix, ...]:
    chosen = [affix for affix in concepts.affixes.indicator if affix.kind == kind]
    return tuple(chosen if kind == "swap" else sorted(chosen, key=lambda affix: -len(affix.form)))


@compiled
def _action_affixes(kind: str, concepts: Concepts) -> tuple[str, ...]:
    forms = (affix.form for affix in concepts.affixes.action if affix.kind == kind)
    return tuple(sorted(forms, key=len, reverse=True))

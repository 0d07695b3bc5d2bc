"""Give coordinating bodies their full names: what a document calls them, short names, and offices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from policygraph.extract.grammar.rule_words import compiled, founding, heads, words
from policygraph.extract.grammar.sentences import Sentence, without_count

_STOPS = ",、:;。()《》“”"
_BREAKS = frozenset(",、:;。")
_LONGEST = 45
_FAR = 200  # characters of a modifier before a name


@dataclass(frozen=True, slots=True)
class Named:
    """A body by its full name; ``sure`` is false where nothing in the text says what a short name stands for."""

    name: str
    sure: bool = True


@dataclass(slots=True)
class Names:
    """The bodies a document has named so far; ``topic`` is the one it speaks of."""

    full: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    topic: str = ""

    def learn(self, name: str) -> None:
        """Note the full name of a body; an office is known by its body, a short name is none."""
        base = _office_of(name)
        name = _lengthened(without_count(name if base is None else base))
        if len(name) > 2 and name not in _bare_heads() and not any(full.endswith(name) for full in self.full):
            self.full.append(name)

    def resolve(self, surface: str) -> Named:
        """Return the body that a name or short name stands for."""
        name = without_count(surface.strip(" “”"))
        if name in self.aliases:
            return Named(self.aliases[name])
        if name in self.full:
            return Named(name)
        office = _office_of(name)
        if office is not None:
            return self._office(office, name)
        if _lengthened(name) != name:
            return self.resolve(_lengthened(name))
        known = [full for full in self.full if full.endswith(name)]
        if known and (name in _bare_heads() or is_body_name(name)):
            return Named(known[-1])
        if name in _bare_heads():
            fits = self.topic.endswith(name)
            return Named(self.topic if fits else name, fits)
        return Named(name)

    def spoken_of(self) -> Named:
        """Return the body that the text speaks of."""
        return Named(self.topic, is_full(self.topic))

    def _office(self, base: str, name: str) -> Named:
        if not base:
            return Named(self.topic + name, self.spoken_of().sure) if self.topic else Named(name, False)
        found = self.resolve(base)
        return Named(found.name + name[len(base) :], found.sure)


def collect(texts: Iterable[Sentence]) -> Names:
    """Return all full names and short names of a document, and no topic yet."""
    names = Names()
    for sentence in texts:
        for name, _, _ in founded(sentence.text):
            names.learn(name)
        for place, alias in sentence.aliases:
            full = _ending_at(sentence.text, place)
            if full and len(alias) < len(full):
                names.learn(full)
                names.aliases[alias] = full
        for subject in _subjects(sentence.text):
            names.learn(leading(subject)[0])
    return names


def founded(text: str) -> list[tuple[str, int, int]]:
    """Return (name, start of the verb, end of the name) of every body that a sentence sets up."""
    found: list[tuple[str, int, int]] = []
    for verb in founding().finditer(text):
        left = _after_modifier(text, verb.end())
        stop = _until(text, left, ",:;(")
        for start, end in _items(text, left, stop):
            name, after = _object(text[start:end], text[end : end + 1])
            if name:
                found.append((name, verb.start(), start + after))
    return found


def leading(text: str) -> tuple[str, int]:
    """Return the body that a stretch begins with and where its name ends; ``("", 0)`` where there is none."""
    match = compiled(heads("short")).search(text[: _LONGEST + 2])
    if not match or compiled("<preposition>").match(text):
        return "", 0
    end = _with_office(text, match.end())
    name = text[:end]
    if not _BREAKS.isdisjoint(name) or compiled("<member>").match(text, end):
        return "", 0
    if founding().search(name) or compiled("<appoint|host|draw>").search(name):
        return "", 0
    return name, end


def is_body_name(name: str) -> bool:
    """Say whether a name ends as the name of a coordinating body or of its office.

    >>> is_body_name("健康大连行动推进委员会"), is_body_name("市卫生健康委员会")
    (True, False)
    """
    base = _office_of(name)
    return bool(_last_head().search(base or name))


@cache
def _last_head() -> re.Pattern[str]:
    return re.compile(rf"{heads('short')}$")


def is_full(name: str) -> bool:
    """Say whether a name says more than what kind of body it is (领导小组)."""
    return name not in _bare_heads()


def clause_start(text: str, place: int, stops: str = ",:;、") -> int:
    """Return where the clause begins that a place stands in."""
    return max(text.rfind(stop, 0, place) for stop in stops) + 1


@cache
def _bare_heads() -> frozenset[str]:
    return frozenset(words("head")) | frozenset(words("office")) | frozenset(words("short"))


def _subjects(text: str) -> Iterator[str]:
    """Yield the stretches from a clause's begin to a verb that only a coordinating body has."""
    verbs = "(?:<below|host|appoint>|<post>由)"
    if compiled(verbs).search(text):
        for match in compiled(rf"(?:^|(?<=[,:;]))[^,:;]{{2,{_LONGEST}}}?(?=<office>?{verbs})").finditer(text):
            yield match[0]


def _ending_at(text: str, place: int) -> str:
    left = max(text.rfind(stop, 0, place) for stop in _STOPS) + 1
    verbs = list(founding().finditer(text, left, place))
    name = text[verbs[-1].end() if verbs else left : place]
    name = name[_after_modifier(name, 0) :]
    return without_count(name) if is_body_name(name) and len(name) <= _LONGEST else ""


def _office_of(name: str) -> str | None:
    for form in words("office"):
        if name.endswith(form):
            return name[: -len(form)]
    return None


def _with_office(text: str, end: int) -> int:
    return next((end + len(form) for form in words("office") if text.startswith(form, end)), end)


def _lengthened(name: str) -> str:
    for form, whole in words("short").items():
        if name.endswith(form):
            return name[: -len(form)] + whole
    return name


def _until(text: str, start: int, stops: str) -> int:
    stop = compiled(f"[{stops}]").search(text, start)
    return stop.start() if stop else len(text)


def _after_modifier(text: str, start: int) -> int:
    """Skip «以分管领导为主任的» and «由市领导牵头的» before a name; the first may have commas inside."""
    limit = start + _FAR if text[start : start + 1] in ("以", "由") else _until(text, start, ",:;(")
    head = compiled(heads()).search(text, start, limit)
    marks = compiled("<post|modifier>的").finditer(text, start, head.end() if head else limit)
    return max((mark.end() for mark in marks), default=start)


def _items(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the parts of a list of objects; 和 parts them only after a body's name."""
    cuts, left = [], start
    joins = compiled(r"、|(?<=[组会室部班])[和及与]")
    for match in joins.finditer(text, start, stop):
        cuts.append((left, match.start()))
        left = match.end()
    return [*cuts, (left, stop)]


def _object(item: str, after: str) -> tuple[str, int]:
    """Return the name that an object begins with, and its length as printed."""
    if len(item) > 2 * _LONGEST:
        return "", 0
    match = compiled(heads()).search(item)
    end = _with_office(item, match.end()) if match else 0
    if not match:
        tail = compiled("<tail|office>$").search(item)
        end = tail.end() if tail and len(item) <= 20 else 0
    name = without_count(item[:end])
    name = name[1:-1] if name[:1] == "“" and name[-1:] == "”" else name
    return (name.strip(), end) if len(name) > 2 and not compiled("<preposition>").match(name) else ("", 0)

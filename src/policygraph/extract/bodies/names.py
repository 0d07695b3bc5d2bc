"""Give coordinating bodies their full names: what a document calls them, short names, and offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from policygraph.extract.grammar.body_words import (
    any_trigger,
    forms_of,
    founding,
    head,
    head_or_short,
    rule_pattern,
    trigger,
)
from policygraph.extract.grammar.sentences import Stretch, stretches, without_count
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Span
from policygraph.records import record

_STOPS = ",、:;。()《》“”"
_BREAKS = frozenset(",、:;。")
_LONGEST = 45
_FAR = 200  # characters of a modifier before a name
_JOINS = re.compile(r"、|(?<=[组会室部班])[和及与]")


@record
class Named:
    """A body by its full name; ``sure`` is false where nothing in the text says what a short name stands for."""

    name: str
    sure: bool = True


@record
class Founded:
    """A body that a sentence sets up: where the verb stands, and where the name ends."""

    name: str
    verb: int
    end: int


@dataclass(frozen=True, slots=True)
class KnownBodies:
    """The coordinating bodies that a document names anywhere, to resolve short names with.

    ``stretches`` has the sentences of the document that may speak of them, or of dated events; ``said`` has those that
    may speak of bodies, by the places where they begin, with the bodies that they set up.
    """

    lexicon: Lexicon
    full: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stretches: tuple[Stretch, ...] = ()
    said: Mapping[int, tuple[Founded, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def resolve(self, surface: str, topic: str = "") -> Named:
        """Return the body that a name or short name stands for where the text speaks of ``topic``."""
        name = without_count(surface.strip(" “”"), self.lexicon)
        if name in self.aliases:
            return Named(self.aliases[name])
        if name in self.full:
            return Named(name)
        office = _office_of(name, self.lexicon)
        if office is not None:
            return self._office(office, name, topic)
        longer = _lengthened(name, self.lexicon)
        if longer != name:
            return self.resolve(longer, topic)
        bare = not is_full(name, self.lexicon)
        known = [full for full in self.full if full.endswith(name)]
        if known and (bare or is_body_name(name, self.lexicon)):
            return Named(known[-1])
        if bare:
            fits = topic.endswith(name)
            return Named(topic if fits else name, fits)
        return Named(name)

    def spoken_of(self, topic: str) -> Named:
        """Return the body that the text speaks of."""
        return Named(topic, is_full(topic, self.lexicon))

    def _office(self, base: str, name: str, topic: str) -> Named:
        if not base:
            return Named(topic + name, self.spoken_of(topic).sure) if topic else Named(name, False)
        found = self.resolve(base, topic)
        return Named(found.name + name[len(base) :], found.sure)


def known_bodies(outline: Outline, lexicon: Lexicon) -> KnownBodies:
    """Return all full names and short names of coordinating bodies in a document."""
    full: list[str] = []
    aliases: dict[str, str] = {}
    said: dict[int, tuple[Founded, ...]] = {}
    text, words = outline.text.text, trigger(lexicon)
    found = tuple(stretches(outline, any_trigger(lexicon), lexicon))
    for sentence in (each for stretch in found for each in stretch.sentences if each.says(words, text)):
        made = said[sentence.at[0]] = tuple(founded(sentence.text, lexicon))
        for body in made:
            _learn(body.name, full, lexicon)
        for place, alias in sentence.aliases:
            name = _ending_at(sentence.text, place, lexicon)
            if name and len(alias) < len(name):
                _learn(name, full, lexicon)
                aliases[alias] = name
        for subject in _subjects(sentence.text, lexicon):
            _learn(leading(subject, lexicon), full, lexicon)
    return KnownBodies(lexicon, tuple(full), MappingProxyType(aliases), found, MappingProxyType(said))


def _learn(name: str, full: list[str], lexicon: Lexicon) -> None:
    """Note the full name of a body; an office is known by its body, a short name is none."""
    base = _office_of(name, lexicon)
    name = _lengthened(without_count(name if base is None else base, lexicon), lexicon)
    if len(name) > 2 and is_full(name, lexicon) and not any(known.endswith(name) for known in full):
        full.append(name)


def founded(text: str, lexicon: Lexicon) -> list[Founded]:
    """Return every body that a sentence sets up."""
    bodies: list[Founded] = []
    for verb in founding(lexicon).finditer(text):
        left = _after_modifier(text, verb.end(), lexicon)
        stop = _until(text, left, ",:;(")
        for item in _objects(text, left, stop):
            name, length = _object(text[item.start : item.end], lexicon)
            if name:
                bodies.append(Founded(name, verb.start(), item.start + length))
    return bodies


def leading(text: str, lexicon: Lexicon) -> str:
    """Return the body that a stretch begins with, as printed; ``""`` where there is none."""
    match = _any_head(lexicon).search(text[: _LONGEST + 2])
    if not match or rule_pattern("<preposition>", lexicon).match(text):
        return ""
    end = _with_office(text, match.end(), lexicon)
    name = text[:end]
    if not _BREAKS.isdisjoint(name) or rule_pattern("<member>", lexicon).match(text, end):
        return ""
    acts = founding(lexicon).search(name) or rule_pattern("<appoint|host|draw>", lexicon).search(name)
    return "" if acts else name


def is_body_name(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name ends as the name of a coordinating body or of its office.

    >>> from policygraph import lexicon
    >>> [is_body_name(name, lexicon.bundled()) for name in ("健康大连行动推进委员会", "市卫生健康委员会")]
    [True, False]
    """
    base = _office_of(name, lexicon)
    return bool(_last_head(lexicon).search(base or name))


@compiled
def _any_head(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(head_or_short(lexicon))


@compiled
def _last_head(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{head_or_short(lexicon)}$")


def is_full(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name says more than what kind of body it is (领导小组)."""
    return name not in _bare_heads(lexicon)


def clause_start(text: str, place: int, stops: str = ",:;、") -> int:
    """Return where the clause begins that a place stands in."""
    return max(text.rfind(stop, 0, place) for stop in stops) + 1


@compiled
def _bare_heads(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(form for rule in ("head", "office", "short") for form in forms_of(rule, lexicon))


def _subjects(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the stretches from a clause's begin to a verb that only a coordinating body has."""
    verbs = "(?:<below|host|appoint>|<post>由)"
    if rule_pattern(verbs, lexicon).search(text):
        subject = rule_pattern(rf"(?:^|(?<=[,:;]))[^,:;]{{2,{_LONGEST}}}?(?=<office>?{verbs})", lexicon)
        for match in subject.finditer(text):
            yield match[0]


def _ending_at(text: str, place: int, lexicon: Lexicon) -> str:
    left = max(text.rfind(stop, 0, place) for stop in _STOPS) + 1
    verbs = list(founding(lexicon).finditer(text, left, place))
    name = text[verbs[-1].end() if verbs else left : place]
    name = name[_after_modifier(name, 0, lexicon) :]
    return without_count(name, lexicon) if is_body_name(name, lexicon) and len(name) <= _LONGEST else ""


@compiled
def _forms(rule: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the forms of a rule as what a text may begin or end with."""
    return tuple(forms_of(rule, lexicon))


def _office_of(name: str, lexicon: Lexicon) -> str | None:
    offices = _forms("office", lexicon)
    if not name.endswith(offices):
        return None
    return next(name[: -len(form)] for form in offices if name.endswith(form))


def _with_office(text: str, end: int, lexicon: Lexicon) -> int:
    offices = _forms("office", lexicon)
    if not text.startswith(offices, end):
        return end
    return next(end + len(form) for form in offices if text.startswith(form, end))


def _lengthened(name: str, lexicon: Lexicon) -> str:
    for form, whole in forms_of("short", lexicon).items() if name.endswith(_forms("short", lexicon)) else ():
        if name.endswith(form):
            return name[: -len(form)] + whole
    return name


def _until(text: str, start: int, stops: str) -> int:
    return min((at for stop in stops if (at := text.find(stop, start)) >= 0), default=len(text))


def _after_modifier(text: str, start: int, lexicon: Lexicon) -> int:
    """Skip «以分管领导为主任的» and «由市领导牵头的» before a name; the first may have commas inside."""
    limit = start + _FAR if text[start : start + 1] in ("以", "由") else _until(text, start, ",:;(")
    end = rule_pattern(head(lexicon), lexicon).search(text, start, limit)
    marks = rule_pattern("<post|modifier>的", lexicon).finditer(text, start, end.end() if end else limit)
    return max((mark.end() for mark in marks), default=start)


def _objects(text: str, start: int, stop: int) -> list[Span]:
    """Return the parts of a list of objects; 和 parts them only after a body's name."""
    cuts, left = [], start
    for match in _JOINS.finditer(text, start, stop):
        cuts.append(Span(left, match.start()))
        left = match.end()
    return [*cuts, Span(left, stop)]


def _object(item: str, lexicon: Lexicon) -> tuple[str, int]:
    """Return the name that an object begins with, and its length as printed."""
    if len(item) > 2 * _LONGEST:
        return "", 0
    match = rule_pattern(head(lexicon), lexicon).search(item)
    end = _with_office(item, match.end(), lexicon) if match else 0
    if not match:
        tail = rule_pattern("<tail|office>$", lexicon).search(item)
        end = tail.end() if tail and len(item) <= 20 else 0
    name = without_count(item[:end], lexicon)
    name = name[1:-1] if name[:1] == "“" and name[-1:] == "”" else name
    named = len(name) > 2 and not rule_pattern("<preposition>", lexicon).match(name)
    return (name.strip(), end) if named else ("", 0)

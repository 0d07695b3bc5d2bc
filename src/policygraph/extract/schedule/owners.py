"""Say who sees to a dated event: who the sentence or the heading names, else who the chapter puts in charge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from policygraph.extract.bodies.names import KnownBodies, is_body_name, is_full, leading
from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import is_body
from policygraph.extract.grammar.body_words import forms_of, rule_pattern
from policygraph.extract.grammar.sentences import Sentence, without_count
from policygraph.model import Outline

_FAMILY = {"evaluation": "monitoring"}  # 监测评估 is one work
_LONGEST = 30
_IN_CHARGE = rf"(<event>{{1,3}})<work>由([^,]{{2,{_LONGEST}}}?)<support>"


@dataclass(slots=True)
class Duties:
    """Who a chapter puts in charge of a kind of work: «考核工作由推进委员会统筹领导,…»."""

    found: list[tuple[str, frozenset[str], tuple[str, ...]]] = field(default_factory=list)
    chapters: dict[str, str] = field(default_factory=dict)

    def of(self, section: str, kind: str) -> tuple[str, ...]:
        """Return the bodies in charge of a kind of event in the chapter of a section, empty for none."""
        chapter = self.chapters.get(section, section)
        for where, kinds, bodies in self.found:
            if where == chapter and _FAMILY.get(kind, kind) in kinds:
                return bodies
        return ()


@dataclass(slots=True)
class Subject:
    """The body that the sentences of a section speak of, for those that leave their subject out.

    ``texts`` are those of its sentences in which none was looked for yet: few are asked for.
    """

    known: KnownBodies
    bodies: tuple[str, ...] = ()
    section: str = ""
    texts: list[str] = field(default_factory=list)

    def follow(self, sentence: Sentence) -> None:
        """Go on to a sentence; another section begins anew."""
        if sentence.section.number != self.section:
            self.bodies, self.section, self.texts = (), sentence.section.number, []
        self.texts.append(sentence.text)

    def last(self) -> tuple[str, ...]:
        """Return the last body that the sentences so far began with."""
        found = next(filter(None, (_body(text, self.known) for text in reversed(self.texts))), ())
        self.bodies, self.texts = found or self.bodies, []
        return self.bodies


def duties(outline: Outline, texts: Iterable[Sentence], known: KnownBodies) -> Duties:
    """Collect who answers for monitoring, evaluation and assessment, chapter by chapter."""
    found = Duties(chapters=_chapters(section.number for section in outline.sections))
    for sentence in texts:
        _collect(sentence, known, found, found.chapters[sentence.section.number])
    return found


def _chapters(numbers: Iterable[str]) -> dict[str, str]:
    """Return the section above each, by the numbers as printed: 附件1/二 above 附件1/二(三)."""
    found: dict[str, str] = {}
    above: list[str] = []
    for number in numbers:
        while above and not number.startswith(above[-1]):
            above.pop()
        found.setdefault(number, above[-1] if above and above[-1] != number else number)
        if number and number not in above:
            above.append(number)
    return found


def who(sentence: Sentence, place: int, known: KnownBodies) -> tuple[str, ...]:
    """Return who the words before a place name: «由X组织», the subject of the sentence, the section's heading."""
    text = sentence.text[:place]
    left = max(text.rfind(",", 0, place), text.rfind(":", 0, place)) + 1
    for start in dict.fromkeys((left, 0)):
        found = _at(text[start:], known)
        if found:
            return found
    return _body(sentence.section.heading, known)


def _body(text: str, known: KnownBodies) -> tuple[str, ...]:
    """Return the coordinating body that a stretch begins with, if the document knows it."""
    name = leading(without_count(text.lstrip(" 由"), known.lexicon), known.lexicon)
    body = known.resolve(name).name if name else ""
    named = body.startswith(known.full) or not is_full(body, known.lexicon)
    return (body,) if body and named else ()


def _at(text: str, known: KnownBodies) -> tuple[str, ...]:
    found = _body(text, known)
    if found:
        return found
    verb = rule_pattern("<support|verb|period|absorb>", known.lexicon).search(text)
    subject = text[: verb.start()] if verb else ""
    if not 2 < len(subject) <= 4 * _LONGEST:
        return ()
    bodies = read_list(text, 0, len(subject), known.lexicon).bodies
    return tuple(body.name for body in bodies) if all(is_body(body.name, known.lexicon) for body in bodies) else ()


def _collect(sentence: Sentence, known: KnownBodies, found: Duties, chapter: str) -> None:
    """Note «监测评估工作由A统筹领导,B负责具体组织实施,C提供技术支撑»."""
    lexicon = known.lexicon
    match = rule_pattern(_IN_CHARGE, lexicon).match(sentence.text)
    if not match:
        return
    kinds = [forms_of("event", lexicon)[form] for form in rule_pattern("<event>", lexicon).findall(match[1])]
    bodies = [known.resolve(match[2]).name]
    for clause in sentence.text[match.end() :].split(",")[1:]:
        name = leading(without_count(clause, lexicon), lexicon)
        bodies += [known.resolve(name).name] if name else []
    if is_body_name(bodies[0], lexicon) or len(bodies) > 1:
        family = frozenset(_FAMILY.get(kind, kind) for kind in kinds)
        found.found.append((chapter, family, tuple(dict.fromkeys(bodies))))

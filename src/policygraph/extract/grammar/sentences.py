"""Cut the sections of an outline into sentences without asides, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygraph.extract.grammar.body_words import rule_pattern
from policygraph.lexicon import Lexicon
from policygraph.model import Outline, Section, Text
from policygraph.quantities import COUNTING
from policygraph.records import record

_SENTENCE = re.compile(r"[^。;!?\n]{1,600}")  # longer ones are cut, so that no rule looks far
_ASIDE = re.compile(r"\([^()\n]{0,40}\)")
_COUNTED, _NUMBER_OF = f"<counter>|[0-9{COUNTING}两]", f"^[0-9{COUNTING}两]+<unit>"
_QUOTES = '“”"‘’「」'


@record
class Sentence:
    """A sentence of one section; ``at`` maps each of its characters to the outline's text.

    ``aliases`` are the short names that an aside gives, with the place in ``text`` that the aside follows.
    """

    section: Section
    text: str
    at: Sequence[int]
    aliases: tuple[tuple[int, str], ...] = ()
    heading: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of a stretch in the outline's text."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]

    def says(self, trigger: re.Pattern[str], text: str) -> bool:
        """Say whether a trigger matches in it, asides included; ``text`` is the outline's."""
        return trigger.search(text, self.at[0], self.at[-1]) is not None


@record
class Run:
    """A stretch of a section: its heading without the number, or what stands below."""

    section: Section
    start: int
    end: int
    heading: bool = False


@record
class Stretch:
    """A run of a section, with those of its sentences that may say something of interest."""

    run: Run
    sentences: tuple[Sentence, ...] = ()


def runs(section: Section, text: Text) -> Iterator[Run]:
    """Yield the stretches of a section: its heading without the number, then what stands below."""
    if section.heading:
        head = section.heading.strip()
        at = text.text.find(head, section.head.start, section.head.end)
        if at >= 0:
            yield Run(section, at, at + len(head), heading=True)
    if section.body.end > section.body.start:
        yield Run(section, section.body.start, section.body.end)


def stretches(outline: Outline, trigger: re.Pattern[str], lexicon: Lexicon) -> Iterator[Stretch]:
    """Yield the stretches of an outline in document order, with those of their sentences that a trigger matches."""
    for section in outline.sections:
        for run in runs(section, outline.text):
            yield Stretch(run, tuple(_of_run(outline.text.text, run, trigger, lexicon)))


def _of_run(text: str, run: Run, trigger: re.Pattern[str], lexicon: Lexicon) -> Iterator[Sentence]:
    """Yield the sentences of one stretch that a trigger matches; most have none, and cost next to nothing."""
    hit = trigger.search(text, run.start, run.end)
    for match in _SENTENCE.finditer(text, run.start, run.end) if hit else ():
        if hit is None:
            return
        if hit.start() >= match.end():
            continue
        inside = hit.end() <= match.end() or trigger.search(text, *match.span())
        hit = trigger.search(text, match.end(), run.end)
        if not inside:
            continue
        found = _without_asides(text, Run(run.section, *match.span(), run.heading), lexicon)
        if found.text:
            yield found


def _without_asides(text: str, run: Run, lexicon: Lexicon) -> Sentence:
    left, end = run.start, run.end
    while left < end and text[left].isspace():
        left += 1
    host = rule_pattern(r"\(<host>", lexicon)
    asides = [aside for aside in _ASIDE.finditer(text, left, end) if not host.match(aside[0])]
    if not asides:
        return Sentence(run.section, text[left:end], range(left, end + 1), (), run.heading)
    chars: list[str] = []
    at: list[int] = []
    aliases: list[tuple[int, str]] = []
    for aside in (*asides, None):
        stop = aside.start() if aside else end
        chars.append(text[left:stop])
        at.extend(range(left, stop))
        if aside is None:
            break
        alias = _alias(aside[0], lexicon)
        if alias:
            aliases.append((len(at), alias))
        left = aside.end()
    return Sentence(run.section, "".join(chars), (*at, end), tuple(aliases), run.heading)


def _alias(aside: str, lexicon: Lexicon) -> str:
    """Return the short name an aside gives: (以下简称“推进委员会”)."""
    match = rule_pattern(r"\(<alias>[为:]?", lexicon).match(aside)
    return aside[match.end() : -1].strip(_QUOTES + " ") if match else ""


def without_count(name: str, lexicon: Lexicon) -> str:
    """Return a name without the count before it.

    >>> from policygraph import lexicon
    >>> [without_count(name, lexicon.bundled()) for name in ("共十七个专项行动工作组", "各工作组", "17个工作组")]
    ['专项行动工作组', '工作组', '工作组']
    """
    if not rule_pattern(_COUNTED, lexicon).match(name):
        return name
    rest = name
    for _ in range(3):
        before = rest
        rest = rule_pattern("^<counter>", lexicon).sub("", rest)
        rest = rule_pattern(_NUMBER_OF, lexicon).sub("", rest)
        if rest == before:
            break
    return rest

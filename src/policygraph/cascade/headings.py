"""Tell which kinds of action the headings of a document set.

A heading sets the kinds that its row names, those whose full name stands in it, and those that it joins before one
ending: 合理膳食和全民健身行动 is 合理膳食行动 and 全民健身行动.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.concepts import Concepts
from policygraph.knowledge import compiled
from policygraph.messages import Message, Pair, message
from policygraph.model import Facts
from policygraph.patterns import either
from policygraph.terms import SectionKind


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of an action with the kinds it sets; ``section`` is empty where only targets name the action."""

    section: str
    name: str
    types: tuple[str, ...]


Settings = Mapping[str, tuple[Heading, ...]]  # action type -> the headings that set it


def settings(facts: Facts, concepts: Concepts) -> Settings:
    """Return the headings of a document by the kind of action they set, in document order."""
    found: dict[str, list[Heading]] = {}
    headings = [
        Heading(row.section, row.heading, _types(row.heading, row.action_type, concepts))
        for row in facts.structure
        if row.kind == SectionKind.ACTION
    ]
    if not headings:  # an excerpt: its targets tell which actions there are
        names = dict.fromkeys((row.section, row.action) for row in facts.targets if row.action)
        headings = [Heading(section, name, _types(name, "", concepts)) for section, name in names]
    for heading in headings:
        for kind in heading.types:
            found.setdefault(kind, []).append(heading)
    return {kind: tuple(those) for kind, those in found.items()}


def merged_with(kind: str, mine: Settings, theirs: Settings) -> tuple[str, ...]:
    """Return the other kinds that stand under one heading with a kind here, and under other headings there."""
    apart = set(theirs) - {other for said in theirs.get(kind, ()) for other in said.types}
    return tuple(sorted({other for said in mine.get(kind, ()) for other in said.types if other in apart}))


def merger(kinds: tuple[str, ...], concepts: Concepts) -> Message:
    """Say with which kinds another one is merged."""
    names = "、".join(concepts.actions[kind].zh for kind in kinds if kind in concepts.actions)
    return message("cascade.merged-with", actions=Pair(names, ", ".join(kinds)))


def _types(heading: str, declared: str, concepts: Concepts) -> tuple[str, ...]:
    """Return the kinds a heading sets: those of its row, those whose full name stands in it, those that it joins."""
    named = [name.target for name in concepts.action_names.values() if name.strong and name.name in heading]
    usual = [kind.id for kind in concepts.actions.values() if kind.zh and kind.zh in heading]
    wide = [affix.kind for affix in concepts.affixes.action if affix.kind in concepts.actions and affix.form in heading]
    joined = _joined(heading, concepts)
    return tuple(dict.fromkeys([*filter(None, declared.split("|")), *named, *usual, *wide, *joined]))


def _joined(heading: str, concepts: Concepts) -> list[str]:
    """Return the kinds that stand side by side before one ending, or none, each known without its ending."""
    cores, frame = _cores(concepts), _frame(concepts)
    stem = frame.ending.sub("", frame.verb.sub("", heading))
    parts, at = [], 0
    while at < len(stem) and (found := frame.part.match(stem, at)):
        parts.append(cores[found[1]])
        at = found.end()
    return parts if at == len(stem) and len(parts) > 1 else []


@dataclass(frozen=True, slots=True)
class _Frame:
    """Patterns of the verb before the name of an action, of its ending, and of one known name among several."""

    verb: re.Pattern[str]
    ending: re.Pattern[str]
    part: re.Pattern[str]


@compiled
def _cores(concepts: Concepts) -> Mapping[str, str]:
    """Return the kinds of action by their names without verb and ending."""
    verb, ending = (re.compile(_affix(kind, concepts)) for kind in ("verb", "ending"))
    names = {name.name: name.target for name in concepts.action_names.values()}
    names |= {kind.zh: kind.id for kind in concepts.actions.values()}
    return {ending.sub("", verb.sub("", name)): target for name, target in names.items()}


@compiled
def _frame(concepts: Concepts) -> _Frame:
    verb, ending = (re.compile(_affix(kind, concepts)) for kind in ("verb", "ending"))
    joint = either(affix.form for affix in concepts.affixes.action if affix.kind == "joint")
    return _Frame(verb, ending, re.compile(rf"({either(filter(None, _cores(concepts)))})(?:{joint}|$)"))


def _affix(kind: str, concepts: Concepts) -> str:
    forms = either(affix.form for affix in concepts.affixes.action if affix.kind == kind)
    return rf"^(?:{forms})" if kind == "verb" else rf"(?:{forms})$"

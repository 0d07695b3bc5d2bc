"""Find the question that a person means: by its name, its title in either language, or words of these."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.errors import UsageError
from policygraph.messages import Message, Pair, message
from policygraph.query.catalogue import Question, catalogue
from policygraph.query.parameters import near

_MOST = 3  # questions that are offered
_WORDS = re.compile(r"\w+")


def question(name: str, among: Sequence[Question] | None = None) -> Question:
    """Return a question of a catalogue, by default of the shipped one.

    A title stands for its question, and so do words that the name or title of one question only has. Raises
    UsageError, with questions that are near, where there is none or several.

    >>> question("lead-roles").name, question("哪些政府职能牵头最多?").name
    ('lead-roles', 'lead-roles')
    """
    known = catalogue() if among is None else among
    if named := [each for each in known if name == each.name]:
        return named[0]
    titled = [each for each in known if _plain(name) in map(_plain, (each.title_zh, each.title_en))]
    found = titled or [each for each in known if _has_all(name, each)]
    if len(found) == 1:
        return found[0]
    raise UsageError("query.no-such-question", name=name, hint=_hint(name, found or _alike(name, known), known))


def _hint(name: str, found: Sequence[Question], known: Sequence[Question]) -> Message:
    if not found:
        return near(name, [each.name for each in known])
    offered = ((each.name, Pair(each.title_zh, each.title_en)) for each in found[:_MOST])
    told = [message("query.question-titled", name=name, title=title) for name, title in offered]
    return message("query.did-you-mean", names=told)


def _has_all(name: str, asked: Question) -> bool:
    """Tell whether a question has all the words in its name and titles."""
    words = _WORDS.findall(name.casefold())
    text = f"{asked.name} {asked.title_zh} {asked.title_en}".casefold()
    return bool(words) and all(word in text for word in words)


def _alike(name: str, known: Sequence[Question]) -> list[Question]:
    """Return the questions whose Chinese title has most pairs of signs in common with a name."""
    pairs = _pairs(name)
    shared = [(len(pairs & _pairs(each.title_zh)), each) for each in known]
    return [each for count, each in sorted(shared, key=lambda pair: -pair[0]) if count]


def _pairs(text: str) -> set[str]:
    plain = _plain(text)
    return {plain[at : at + 2] for at in range(len(plain) - 1) if not plain[at : at + 2].isascii()}


def _plain(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))

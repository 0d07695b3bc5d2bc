"""Say things in Chinese and English: a message is a key and its values until it reaches a door.

``data/messages/<room>.tsv`` has one row a key: ``key`` (``<room>.<what>``), ``zh``, ``en``, with ``{name}`` for values.
A value may be a message itself, a list, or a :class:`Foreign` text; all are said in the language of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from policygraph import assets

Language: TypeAlias = Literal["zh", "en"]

_VALUE = re.compile(r"\{(\w+)\}")
_UNDECODED = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BETWEEN = {"zh": "、", "en": ", "}


@dataclass(frozen=True, slots=True)
class Message:
    """A key of the catalogue with its values, in no language yet; as text it is English."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return render(self, "en")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A text that the operating system, a server or a library said; known ones have a Chinese sentence."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Pair:
    """A value that has its Chinese and its English form already."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


Note: TypeAlias = str | Message  # what is noted at a fact: a person's words, or a message; "" for nothing


def message(key: str, /, **values: object) -> Message:
    """Return a message that is said later.

    >>> str(message("lists.number-of-things", count=3, things=["a", "b"]))
    'lists.number-of-things (count=3, things=a, b)'
    """
    return Message(key, tuple(values.items()))


def noted(*notes: Note) -> Note:
    """Return several notes as one; what is empty says nothing.

    >>> render(noted("", message("system.no-error-text"), "甲"), "zh"), noted("", "")
    ('原因不明;甲', '')
    """
    first, *rest = [note for note in notes if note] or [""]
    return message("system.and-then", first=first, second=noted(*rest)) if rest else first


def say(key: str, language: str, /, **values: object) -> str:
    """Return the sentence of a key in Chinese (``zh``) or English (``en``).

    >>> say("system.no-error-text", "zh"), say("system.no-error-text", "en")
    ('原因不明', 'no reason given')
    """
    return render(message(key, **values), language)


def render(thing: object, language: str) -> str:
    """Return a message, a list of messages or any other value as text in one language.

    A key that the catalogue lacks (an incomplete installation) is said with its values as they are.
    """
    if isinstance(thing, Message):
        return _rendered(thing, language)
    if isinstance(thing, Pair):
        return thing.zh if language == "zh" else thing.en
    if isinstance(thing, Foreign):
        return _foreign().get(thing.text, thing.text) if language == "zh" else thing.text
    if isinstance(thing, (list, tuple)):
        return _BETWEEN["zh" if language == "zh" else "en"].join(render(each, language) for each in thing)
    return str(thing)


def legible(name: str) -> str:
    r"""Return a file name to be read: bytes that are no UTF-8 are GB18030, as in the archives of Chinese Windows.

    >>> legible("plans/\udcb7\udcbd\udcb0\udcb8.txt"), legible("方案.txt")
    ('plans/方案.txt', '方案.txt')
    """
    return "/".join(_decoded(part) if _UNDECODED.search(part) else part for part in name.split("/"))


def sentence(parts: Sequence[object], language: str) -> str:
    """Return several messages as one sentence in one language; empty where there is nothing to say."""
    return (";" if language == "zh" else "; ").join(render(part, language) for part in parts)


def _rendered(told: Message, language: str) -> str:
    values = {name: _on_one_line(render(value, language)) for name, value in told.values}
    sentences = _catalogue().get(told.key)
    if sentences is None:
        return f"{told.key} ({', '.join(f'{name}={value}' for name, value in values.items())})" if values else told.key
    return _VALUE.sub(lambda place: values[place[1]], sentences[language != "zh"])


def _on_one_line(value: str) -> str:
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], legible(value))


def _decoded(part: str) -> str:
    try:
        return part.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    except UnicodeEncodeError:  # half a character of Windows: no byte of any encoding
        return _UNDECODED.sub("\ufffd", part)


@cache
def _catalogue() -> Mapping[str, tuple[str, str]]:
    """Return the sentences by key: Chinese, English. Nothing here fails: an error must still be said."""
    rows = (row for table in _tables() if table != _FOREIGN for row in _rows(table))
    return MappingProxyType({row[0]: (row[1], row[2]) for row in rows if len(row) >= 3})


@cache
def _foreign() -> Mapping[str, str]:
    return MappingProxyType({row[0]: row[1] for row in _rows(_FOREIGN) if len(row) >= 2})


_FOREIGN = "foreign.tsv"


def _tables() -> list[str]:
    folder = assets.root() / "data" / "messages"
    return sorted(each.name for each in folder.glob("*.tsv"))


def _rows(table: str) -> list[list[str]]:
    path = assets.root() / "data" / "messages" / table
    if not path.is_file():
        return []
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]

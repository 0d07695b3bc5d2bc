"""Find the document that a person means, wherever one is named: by identifier, number, title, or its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from policygraph.errors import UsageError
from policygraph.messages import Message, message
from policygraph.vocab import identifier_of

_MOST = 5  # documents that are offered
_SHORTEST = 2  # characters of a place without its last word (大连 for 大连市), and of a part of a title
_NO_WORD = re.compile(r"[\W_]+")
_IN_NUMBERS = re.compile(r"[\s()\[\]{}<>〔〕【】〖〗「」〈〉《》第]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A document with all its names; ``states`` tells whether actions or targets of it are at hand.

    ``id`` is what answers call it, ``slug`` what its IRI ends with, ``places`` are the names of its region.
    """

    slug: str
    id: str
    number: str = ""
    title: str = ""
    places: tuple[str, ...] = ()
    states: bool = True

    def __str__(self) -> str:
        """Return the document as it is offered to a person."""
        return f"{self.id}《{self.title.strip('《》')}》" if self.title else self.id


def documents_called(name: str, known: Sequence[Named]) -> tuple[Named, ...]:
    """Return the document of a name, or those of a place: all that state something, else all that it has.

    A name is a full IRI, an identifier, a number with brackets of any kind, a title or a part of it, or a place
    (大连市, 大连). Raises UsageError, with documents that are near, where it is none of these or means several.

    >>> plan = Named("dazhengfa-2021-1", "dalian-2021", "大政发〔2021〕1号", "健康大连行动", ("大连市", "大连"))
    >>> [documents_called(name, [plan]) == (plan,) for name in ("大政发[2021]1号", "健康大连", "大连", "dalian-2021")]
    [True, True, True, True]
    """
    text = name.strip()
    for finds in (_identifies, _numbers, _titles):
        if found := [each for each in known if finds(text, each)]:
            return (_only(name, found),)
    if found := _of_place(text, known):
        stating = [each for each in found if each.states]
        return tuple(stating or found)
    if found := [each for each in known if _part_of_title(text, each)]:
        return (_only(name, found),)
    raise UsageError("naming.unknown", name=name, hint=_hint(text, known))


def document_called(name: str, known: Sequence[Named]) -> Named:
    """Return the one document of a name. Raises UsageError as above, and for a place with several."""
    return _only(name, documents_called(name, known))


def _only(name: str, found: Sequence[Named]) -> Named:
    """Return the one that is found, or the one of them that states something."""
    single = {each.slug: each for each in [each for each in found if each.states] or found}
    if len(single) > 1:
        raise UsageError("naming.several", name=name, known=[str(each) for each in single.values()][:_MOST])
    return next(iter(single.values()))


# ---------------------------------------------------------------- the kinds of names


def _identifies(text: str, each: Named) -> bool:
    return (identifier_of("document", text) or text) in (each.slug, each.id)


def _numbers(text: str, each: Named) -> bool:
    return bool(each.number) and _number_key(text) == _number_key(each.number)


def _titles(text: str, each: Named) -> bool:
    return bool(each.title) and _title_key(text) == _title_key(each.title)


def _part_of_title(text: str, each: Named) -> bool:
    key = _title_key(text)
    return len(key) >= _SHORTEST and key in _title_key(each.title)


def _of_place(text: str, known: Sequence[Named]) -> list[Named]:
    """Return the documents of a place, or of the one place that begins so. Raises UsageError where several do."""
    if exact := [each for each in known if text in each.places]:
        return exact
    begun = [each for each in known if len(text) >= _SHORTEST and any(map(_begins(text), each.places))]
    places = {each.places for each in begun}
    if len(places) > 1:
        names = sorted({next(filter(_begins(text), each.places)) for each in begun})
        raise UsageError("naming.several-places", name=text, places=names)
    return begun


def _begins(text: str) -> Callable[[str], bool]:
    return lambda place: place.startswith(text)


def _number_key(text: str) -> str:
    return _IN_NUMBERS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _title_key(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _hint(text: str, known: Sequence[Named]) -> Message:
    """Return the end of a message: documents one of whose names is near, else where all are listed."""
    owners: dict[str, Named] = {}
    for each in known:
        for name in (each.id, each.slug, each.number, each.title, *each.places):
            owners.setdefault(name, each)
    owners.pop("", None)
    near = [owners[name] for name in get_close_matches(text, owners, n=_MOST, cutoff=0.5)]
    names = list(dict.fromkeys(str(each) for each in near))
    return message("naming.near", names=names) if names else message("naming.list" if known else "naming.nothing")

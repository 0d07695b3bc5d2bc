"""Turn what a user gives for a parameter into an RDF term, or say why it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from rdflib import XSD, Literal, URIRef
from rdflib.term import Identifier

from policygraph.errors import DataError, UsageError
from policygraph.messages import Message, message
from policygraph.query.catalogue import Parameter
from policygraph.query.documents import document
from policygraph.query.lookup import Asked, look_up
from policygraph.terms import Scope, Verdict
from policygraph.vocab import PG, expand
from policygraph.vocab import thing as thing_iri

# The types whose values are words of a closed list.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("zh", "en"),
    "verdict": tuple(map(str, Verdict)),
    "scope": (str(Scope.PARENT), str(Scope.NATIONAL)),
}
_IRI = re.compile(r"[^\s<>\"{}|^`\\]+")
_NEAR = 5

# What the things of a type are called: the folder of their IRIs and their class.
THINGS: Mapping[str, tuple[str, URIRef]] = {
    "indicator": ("indicator", PG.Indicator),
    "function": ("function", PG.GovernmentFunction),
    "action": ("action-type", PG.ActionType),
    "level": ("level", PG.Level),
    "agency": ("agency", PG.Agency),
    "region": ("region", PG.Region),
    "document": ("document", PG.PolicyDocument),
}


def term(store: Asked, parameter: Parameter, value: object) -> Identifier:
    """Return the term for a parameter. Raises UsageError, with names that are near, where the value does not fit.

    Things (indicators, functions, bodies, regions, documents, ...) may be given by identifier or by any
    of their names: ``health-literacy``, ``210200/health``, ``210200``; documents as :mod:`policygraph.naming` has it.
    """
    text = str(value).strip()
    if parameter.type == "document":
        return document(store, text)
    if parameter.type in THINGS:
        return _thing(store, parameter, text)
    return _PLAIN[parameter.type](parameter, text)


def default(parameter: Parameter) -> Identifier:
    """Return the term of a parameter's default, whether or not the store knows it."""
    if parameter.type in THINGS:
        return thing_iri(THINGS[parameter.type][0], parameter.default)
    return _PLAIN[parameter.type](parameter, parameter.default)


def near(word: str, known: Sequence[str]) -> Message:
    """Return the end of a message: the known words that are near, else the first of them."""
    known = sorted(set(known))
    close = get_close_matches(word, known, n=_NEAR, cutoff=0.5) or known[:_NEAR]
    return message("query.did-you-mean", names=close) if close else message("query.holds-none")


def _thing(store: Asked, parameter: Parameter, text: str) -> Identifier:
    folder, kind = THINGS[parameter.type]
    direct = thing_iri(folder, text)
    if _IRI.fullmatch(text) and look_up(store, "thing-of-class", thing=direct, **{"class": kind}):
        return direct
    pairs = [(str(thing), str(name)) for thing, name in look_up(store, "names-of-things", **{"class": kind})]
    things = sorted({thing for thing, name in pairs if name == text})
    if len(things) == 1:
        return URIRef(things[0])
    ids = sorted({thing.removeprefix(thing_iri(folder, "")) for thing, name in pairs if not things or thing in things})
    if things:
        raise UsageError("query.name-of-several", parameter=parameter.name, value=text, known=ids[:_NEAR])
    names = [*ids, *(name for _, name in pairs)]
    raise UsageError("query.not-in-store", parameter=parameter.name, value=text, hint=near(text, names))


def _wrong(key: str, parameter: Parameter, text: str) -> UsageError:
    return UsageError(key, parameter=parameter.name, value=text, example=parameter.example)


def _number(parameter: Parameter, text: str) -> Identifier:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise _wrong("query.no-number", parameter, text)
    return Literal(str(int(text)), datatype=XSD.integer)


def _year(parameter: Parameter, text: str) -> Identifier:
    if not re.fullmatch(r"[12]\d{3}", text):
        raise _wrong("query.no-year", parameter, text)
    return Literal(text, datatype=XSD.integer)


def _iri(parameter: Parameter, text: str) -> Identifier:
    try:
        found = expand(text)
    except DataError as error:
        raise UsageError("query.bad-value", parameter=parameter.name, why=error.message) from error
    if not _IRI.fullmatch(str(found)) or ":" not in str(found):
        raise _wrong("query.no-iri", parameter, text)
    return found


def _one_of(words: tuple[str, ...]) -> Callable[[Parameter, str], Identifier]:
    def check(parameter: Parameter, text: str) -> Identifier:
        if text not in words:
            raise UsageError("query.no-such-word", parameter=parameter.name, value=text, known=words)
        return Literal(text)

    return check


_PLAIN: Mapping[str, Callable[[Parameter, str], Identifier]] = {
    "year": _year,
    "number": _number,
    "iri": _iri,
    "string": lambda _, text: Literal(text),
} | {name: _one_of(words) for name, words in CHOICES.items()}

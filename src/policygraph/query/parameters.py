"""Turn what a user gives for a parameter into an RDF term, or say why it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from rdflib import XSD, Literal, URIRef
from rdflib.term import Identifier

from policygraph.errors import DataError, UsageError
from policygraph.query.catalogue import Parameter
from policygraph.query.lookup import Asked
from policygraph.rows import Rows
from policygraph.terms import Scope, Verdict
from policygraph.vocab import ID, PG, expand

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
_EXISTS = "ASK { ?_thing a ?_class }"
_NAMES = """SELECT DISTINCT ?thing ?name {
  ?thing a ?_class .
  ?thing dcterms:identifier|pg:regionCode|pg:documentNumber|rdfs:label|skos:altLabel ?name }"""


def term(store: Asked, parameter: Parameter, value: object) -> Identifier:
    """Return the term for a parameter. Raises UsageError, with names that are near, where the value does not fit.

    Things (indicators, functions, bodies, regions, documents, ...) may be given by identifier or by any
    of their names: ``health-literacy``, ``210200/health``, ``210200``, ``dalian-2021`` or a document number.
    """
    text = str(value).strip()
    if parameter.type in THINGS:
        return _thing(store, parameter, text)
    return _PLAIN[parameter.type](parameter, text)


def default(parameter: Parameter) -> Identifier:
    """Return the term of a parameter's default, whether or not the store knows it."""
    if parameter.type in THINGS:
        return ID[f"{THINGS[parameter.type][0]}/{parameter.default}"]
    return _PLAIN[parameter.type](parameter, parameter.default)


def near(word: str, known: list[str]) -> str:
    """Return the end of a message: the known words that are near, else the first of them."""
    known = sorted(set(known))
    close = get_close_matches(word, known, n=_NEAR, cutoff=0.5) or known[:_NEAR]
    return f"did you mean {', '.join(close)}?" if close else "the store holds none"


def _thing(store: Asked, parameter: Parameter, text: str) -> Identifier:
    folder, kind = THINGS[parameter.type]
    direct = ID[f"{folder}/{text}"]
    if _IRI.fullmatch(text) and store.query(_EXISTS, {"_thing": direct, "_class": kind}):
        return direct
    found = store.query(_NAMES, {"_class": kind})
    pairs = [(str(thing), str(name)) for thing, name in found.rows] if isinstance(found, Rows) else []
    things = sorted({thing for thing, name in pairs if name == text})
    if len(things) == 1:
        return URIRef(things[0])
    ids = sorted({thing.removeprefix(str(ID[f"{folder}/"])) for thing, name in pairs if not things or thing in things})
    if things:
        raise UsageError(
            f"{parameter.name} «{text}» is the name of several: {', '.join(ids[:_NEAR])}; give one of these"
        )
    names = [*ids, *(name for _, name in pairs)]
    raise UsageError(f"{parameter.name} «{text}» is not in the store; {near(text, names)}")


def _number(parameter: Parameter, text: str) -> Identifier:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise UsageError(f"{parameter.name} «{text}» is no whole number; write one, e.g. {parameter.example}")
    return Literal(str(int(text)), datatype=XSD.integer)


def _year(parameter: Parameter, text: str) -> Identifier:
    if not re.fullmatch(r"[12]\d{3}", text):
        raise UsageError(f"{parameter.name} «{text}» is no year; write four digits, e.g. {parameter.example}")
    return Literal(text, datatype=XSD.integer)


def _iri(parameter: Parameter, text: str) -> Identifier:
    try:
        found = expand(text)
    except DataError as error:
        raise UsageError(f"{parameter.name} {error}") from error
    if not _IRI.fullmatch(str(found)) or ":" not in str(found):
        raise UsageError(f"{parameter.name} «{text}» is no IRI; write one, e.g. {parameter.example}")
    return found


def _one_of(words: tuple[str, ...]) -> Callable[[Parameter, str], Identifier]:
    def check(parameter: Parameter, text: str) -> Identifier:
        if text not in words:
            raise UsageError(f"{parameter.name} «{text}» does not exist; choose one of {', '.join(words)}")
        return Literal(text)

    return check


_PLAIN: Mapping[str, Callable[[Parameter, str], Identifier]] = {
    "year": _year,
    "number": _number,
    "iri": _iri,
    "string": lambda _, text: Literal(text),
} | {name: _one_of(words) for name, words in CHOICES.items()}

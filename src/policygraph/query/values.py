"""List the values that a parameter may have: a pick list."""

from __future__ import annotations

from rdflib import Literal

from policygraph.errors import UsageError
from policygraph.query.catalogue import Parameter
from policygraph.query.lookup import Asked, look_up
from policygraph.query.parameters import CHOICES, THINGS
from policygraph.rows import Rows
from policygraph.vocab import thing as thing_iri

_COLUMNS = ("value", "label")


def pick_list(store: Asked, parameter: Parameter, language: str = "zh") -> Rows:
    """Return the values and labels that a parameter may have with this store.

    Raises UsageError for a type without a list (numbers, free text, IRIs).
    """
    if parameter.type in THINGS:
        return _things(store, parameter, language)
    if parameter.type in CHOICES:
        return Rows(_COLUMNS, tuple((word, word) for word in CHOICES[parameter.type]))
    if parameter.type == "year":
        return Rows(_COLUMNS, tuple((year, year) for (year,) in look_up(store, "years")))
    raise UsageError("query.no-list", parameter=parameter.name, type=parameter.type, example=parameter.example)


def labels(store: Asked, parameter: Parameter, language: str = "zh") -> dict[str, str]:
    """Return the label of each thing that a parameter may name, by IRI."""
    return {thing: label for thing, _, label in _labelled(store, parameter, language)}


def _things(store: Asked, parameter: Parameter, language: str) -> Rows:
    named: dict[str, str] = {}
    for _, id, label in _labelled(store, parameter, language):
        named.setdefault(id, label)
    return Rows(_COLUMNS, tuple(sorted(named.items())))


def _labelled(store: Asked, parameter: Parameter, language: str) -> list[tuple[str, str, str]]:
    """Return IRI, identifier and label of the things of a type."""
    folder, kind = THINGS[parameter.type]
    rows = look_up(store, "labels-of-things", **{"class": kind}, language=Literal(language))
    start = str(thing_iri(folder, ""))
    return [(str(thing), str(id), str(label or "")) for thing, id, label in rows if str(thing).startswith(start)]

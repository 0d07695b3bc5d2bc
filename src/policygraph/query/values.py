"""List the values that a parameter may have: a pick list."""

from __future__ import annotations

from rdflib import Literal

from policygraph.errors import UsageError
from policygraph.query.catalogue import Parameter
from policygraph.query.lookup import Asked
from policygraph.query.parameters import CHOICES, THINGS
from policygraph.rows import Rows
from policygraph.vocab import ID

_COLUMNS = ("value", "label")
_LABELS = """SELECT ?thing ?id (MIN(STR(?name)) AS ?label) WHERE {
  ?thing a ?_class ; dcterms:identifier|pg:regionCode ?id .
  OPTIONAL {
    ?thing rdfs:label|skos:prefLabel ?name .
    FILTER(LANG(?name) IN ("", ?_language))
  }
} GROUP BY ?thing ?id ORDER BY ?id"""
_YEARS = "SELECT DISTINCT (STR(?year) AS ?value) WHERE { ?any pg:year ?year } ORDER BY ?value"


def pick_list(store: Asked, parameter: Parameter, language: str = "zh") -> Rows:
    """Return the values and labels that a parameter may have with this store.

    Raises UsageError for a type without a list (numbers, free text, IRIs).
    """
    if parameter.type in THINGS:
        return _things(store, parameter, language)
    if parameter.type in CHOICES:
        return Rows(_COLUMNS, tuple((word, word) for word in CHOICES[parameter.type]))
    if parameter.type == "year":
        found = store.query(_YEARS)
        years = found.rows if isinstance(found, Rows) else ()
        return Rows(_COLUMNS, tuple((year, year) for (year,) in years))
    raise UsageError(f"{parameter.name} takes any {parameter.type}, e.g. {parameter.example}; there is no list to pick")


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
    found = store.query(_LABELS, {"_class": kind, "_language": Literal(language)})
    rows = found.rows if isinstance(found, Rows) else ()
    start = str(ID[f"{folder}/"])
    return [(str(thing), str(id), str(label or "")) for thing, id, label in rows if str(thing).startswith(start)]

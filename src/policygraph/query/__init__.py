"""Ask the questions of the catalogue in ``queries/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rdflib.term import Identifier

from policygraph.errors import DataError, UsageError
from policygraph.messages import Message, message
from policygraph.query import about, evidence
from policygraph.query.catalogue import Evidence, Parameter, Question, catalogue, internal, question_rows
from policygraph.query.catalogue import load as read_questions
from policygraph.query.choosing import question
from policygraph.query.documents import named_documents
from policygraph.query.evidence import behind_row
from policygraph.query.lookup import Asked, identifiers, statements
from policygraph.query.parameters import default, term
from policygraph.query.values import pick_list
from policygraph.rows import Rows
from policygraph.store.sparql import bind

__all__ = [
    "Evidence",
    "Parameter",
    "Question",
    "ask",
    "ask_with_evidence",
    "asked_about",
    "behind_row",
    "catalogue",
    "explain_empty",
    "identifiers",
    "identify",
    "internal",
    "named_documents",
    "question",
    "question_rows",
    "read_questions",
    "sparql",
    "statements",
    "values",
]


def ask(store: Asked, name: str | Question, /, **parameters: object) -> Rows:
    """Ask a question of the catalogue, or of one's own; a parameter that is not given has its default.

    Raises UsageError for an unknown question or parameter, and a value that does not fit its type.

    >>> from policygraph.store import open_store
    >>> ask(open_store(), "lead-roles").columns[:4]
    ('rank', 'function', 'label', 'leads')
    """
    asked = _question(name)
    found = store.query(asked.sparql, bindings(store, asked, parameters))
    if not isinstance(found, Rows) or found.columns != asked.columns:
        raise DataError("query.other-columns", folder=asked.folder, name=asked.name)
    return found


def ask_with_evidence(
    store: Asked, name: str | Question, among: Sequence[Question] | None = None, /, **parameters: object
) -> Rows:
    """Ask a question and put beside each row the clauses (or targets) it counted, in columns ``evidence_...``.

    ``among`` are the questions of which one lists them, by default the shipped ones. Raises UsageError as :func:`ask`
    does, and for a question whose rows are facts, not counts.
    """
    asked = _question(name)
    behind = question(evidence.of(asked).question, among)
    rows = ask(store, asked, **parameters)
    return evidence.gather(asked, behind, rows, parameters, lambda given: ask(store, behind, **given))


def sparql(store: Asked, name: str | Question, parameters: Mapping[str, object] | None = None) -> str:
    """Return the SPARQL that :func:`ask` runs: the question with its parameters bound."""
    asked = _question(name)
    return bind(asked.sparql, bindings(store, asked, parameters or {}))


def asked_about(
    store: Asked, name: str | Question, parameters: Mapping[str, object] | None = None, language: str = "zh"
) -> tuple[str, ...]:
    """Return what a question is asked about, defaults included: the labels of things, other values as they are.

    Raises UsageError as :func:`ask` does.
    """
    asked = _question(name)
    return tuple(about.about(store, asked, bindings(store, asked, parameters or {}), language))


def values(store: Asked, name: str | Question, parameter: str, language: str = "zh") -> Rows:
    """Return the values (with labels) that a parameter of a question may have with this store.

    Raises UsageError for an unknown question or parameter, and for a parameter that takes any text or number.
    """
    asked = _question(name)
    known = {each.name: each for each in asked.parameters}
    if parameter not in known:
        raise _no_parameter(asked, [parameter])
    return pick_list(store, known[parameter], language)


def identify(store: Asked, kind: str, name: str) -> Identifier:
    """Return the IRI of a thing (document, agency, function, region, ...) by identifier or by any of its names.

    Raises UsageError, with names that are near, where the store has none or several.
    """
    return term(store, Parameter(kind, kind, "", ""), name)


def explain_empty(store: Asked, name: str | Question, parameters: Mapping[str, object] | None = None) -> Message:
    """Say why a question has no rows: the first pattern without a match, and how much data there is."""
    from policygraph.query.explain import explain  # the algebra of rdflib, which an answer with rows has no use for

    asked = _question(name)
    return explain(store, asked.sparql, bindings(store, asked, parameters or {}))


def bindings(store: Asked, asked: Question, given: Mapping[str, object]) -> dict[str, Identifier]:
    """Return the term of each parameter that has a value, by variable; None stands for the default."""
    known = {parameter.name: parameter for parameter in asked.parameters}
    if unknown := [name for name in given if name not in known]:
        raise _no_parameter(asked, unknown)
    terms = {name: term(store, known[name], value) for name, value in given.items() if value is not None}
    defaults = {name: default(parameter) for name, parameter in known.items() if parameter.default}
    return {f"_{name}": found for name, found in (defaults | terms).items()}


def _question(name: str | Question) -> Question:
    return question(name) if isinstance(name, str) else name


def _no_parameter(asked: Question, unknown: list[str]) -> UsageError:
    known = [parameter.name for parameter in asked.parameters]
    choice = message("query.choose-from", names=known) if known else message("query.takes-none")
    return UsageError("query.no-such-parameter", question=asked.name, parameters=unknown, choice=choice)

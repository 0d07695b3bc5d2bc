"""Hold what a query answers, and turn RDF terms into plain cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rdflib import XSD, Literal
from rdflib.term import Identifier

from policygraph.rows import Rows

Triple = tuple[Identifier, Identifier, Identifier]
Bindings = Mapping[str, Identifier]

_INTEGERS = frozenset({XSD.integer, XSD.int, XSD.long, XSD.nonNegativeInteger, XSD.positiveInteger, XSD.gYear})
_BOOLEAN = XSD.boolean
_DECIMALS = frozenset({XSD.decimal, XSD.double, XSD.float})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, and rows (or triples) of the answer; None is no limit."""

    seconds: float | None = None
    rows: int | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of a SELECT as RDF terms; an unbound variable is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Identifier | None, ...], ...]

    def plain(self) -> Rows:
        """Return the same answer as str, int, Decimal, bool and None cells."""
        return Rows(self.columns, tuple(tuple(map(plain, row)) for row in self.rows))


Answer = Solutions | bool | tuple[Triple, ...]


def plain(term: Identifier | None) -> object:
    """Return a term as a Python value: numbers and years as numbers, the rest as text.

    >>> plain(Literal("2022", datatype=XSD.gYear)), plain(Literal("27.50", datatype=XSD.decimal))
    (2022, Decimal('27.50'))
    >>> plain(Literal("suzhi", lang="zh")), plain(None)
    ('suzhi', None)
    """
    if term is None:
        return None
    text = str(term)
    kind = term.datatype if isinstance(term, Literal) else None
    if kind is None:  # most cells: text, and the names of things
        return text
    if kind == _BOOLEAN:
        return text in ("true", "1")
    try:
        if kind in _INTEGERS:
            return int(text)
        return Decimal(text) if kind in _DECIMALS else text
    except (ValueError, InvalidOperation):
        return text  # ill-typed: shown as it stands

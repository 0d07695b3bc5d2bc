"""Read what endpoints send and write what they take: results as JSON, queries as text.

Engines write the same value differently (``78.0`` and ``78``, ``1`` and ``true``, ``zh-Hans`` and ``zh-hans``);
what comes in is made canonical, so that every store gives the same terms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Identifier, Variable

from policygraph.errors import QueryError, StoreError
from policygraph.messages import Foreign
from policygraph.store import sparql as text
from policygraph.store.answers import Bindings, Solutions, Triple
from policygraph.store.terms import to_ox
from policygraph.vocab import decimal, prefixes

_BOOLEANS = {"1": "true", "0": "false"}


def canonical(term: Identifier) -> Identifier:
    """Return a term in the one form that the project writes.

    >>> str(canonical(Literal("78.0", datatype=XSD.decimal))), str(canonical(Literal("1", datatype=XSD.boolean)))
    ('78', 'true')
    """
    if not isinstance(term, Literal):
        return term
    written, kind = str(term), term.datatype
    if term.language:
        return Literal(written, lang=term.language.lower())
    if kind == XSD.boolean:
        written = _BOOLEANS.get(written, written)
    elif kind == XSD.integer and written.lstrip("+-").isascii() and written.lstrip("+-").isdecimal():
        written = str(int(written))
    elif kind == XSD.decimal:
        return decimal(written) or term
    elif kind == XSD.string:
        return Literal(written)
    return Literal(written, datatype=kind, normalize=False)


def results(body: bytes, place: str) -> Solutions | bool:
    """Read SPARQL results in JSON. Raises StoreError where the body is something else.

    Virtuoso answers ASK with one row whose variable is ``__ASK_RETVAL``.
    """
    try:
        found: Any = json.loads(body)
        if "boolean" in found:
            return bool(found["boolean"])
        columns = tuple(map(_text, found["head"]["vars"]))
        rows = tuple(
            tuple(_term(row[name]) if name in row else None for name in columns) for row in found["results"]["bindings"]
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError("store.no-results", place=place, reason=Foreign(line_of(error))) from error
    if columns == ("__ASK_RETVAL",):
        return str(rows[0][0]) not in ("0", "false") if rows else False
    return Solutions(columns, rows)


def compact(query: str) -> str:
    """Return a query without comments and with the project's prefixes that it uses; strings stay as they are."""
    found = list(text.tokens(query))
    declared, used = set[str](), set[str]()
    for before, token in zip((None, *found), found, strict=False):
        if token.kind == "word" and ":" in token.text:
            name = token.text.partition(":")[0]
            (declared if before is not None and before.text.upper() == "PREFIX" else used).add(name)
    head = "".join(f"PREFIX {n}: <{iri}>\n" for n, iri in prefixes().items() if n in used - declared)
    parts, end = [head], 0
    for token in found:
        gap = query[end : token.start]
        parts.append(("\n" if "\n" in gap else " " if gap else "") + token.text)
        end = token.end
    return "".join(parts)


def without_undefined(query: str) -> str:
    """Drop ``VALUES ?x { UNDEF }``, which says nothing and which Virtuoso takes amiss."""
    found = list(text.tokens(query))
    for place in range(len(found) - 5, -1, -1):
        words = [token.text.upper() for token in found[place : place + 5]]
        if words[0] == "VALUES" and words[2:] == ["{", "UNDEF", "}"]:
            query = query[: found[place].start] + " " + query[found[place + 4].end :]
    return query


def inline(query: str, bindings: Bindings) -> str:
    """Return the query with parameters written in the place of their variables, which Virtuoso understands best.

    Where that gives no query (a variable that is selected), the value stays in a VALUES block.
    """
    for name, value in bindings.items():
        written = _inlined(query, name, str(to_ox(value)))
        try:
            text.prepare(written, tuple(prefixes().items()))
        except QueryError:
            written = text.bind(query, {name: value})
        query = written
    return query


def _inlined(query: str, name: str, value: str) -> str:
    found = list(text.tokens(query))
    parts: list[str] = []
    end = place = 0
    while place < len(found):
        size, instead = _instead(found[place:], name, value)
        if instead is not None:
            parts += [query[end : found[place].start], instead]
            end = found[place + size - 1].end
        place += size
    return "".join(parts) + query[end:]


def _instead(words: list[text.Token], name: str, value: str) -> tuple[int, str | None]:
    """Return how many tokens from here are replaced, and by what."""
    names = (f"?{name}", f"${name}")
    first, *after = [token.text for token in words[:4]]
    if first in names:
        return 1, f" {value} "
    if first.upper() == "BOUND" and after[:1] == ["("] and after[1] in names:
        return 4, " true "
    if first.upper() == "BIND" and after[0] == "(" and after[1] in names and value.startswith("<"):
        # An IRI that is known when the query is compiled breaks Virtuoso 7 where OPTIONAL follows.
        return 3, f' BIND(IRI("{value[1:-1]}") '
    if first.upper() == "VALUES" and after[0] in names and after[1] == "{":
        return next(i for i, token in enumerate(words, start=1) if token.text == "}"), " "
    return 1, None


def form_of(query: str) -> str:
    """Return the keyword that says what a query gives: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    words = (token.text.upper() for token in text.tokens(query) if token.kind == "word")
    return next(word for word in words if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


def as_select(query: str) -> tuple[str, tuple[Triple, ...]]:
    """Turn a CONSTRUCT into the SELECT behind it, and its template: cut triples go unnoticed, cut rows do not."""
    from rdflib.plugins.sparql.algebra import translateQuery  # here: it takes a seventh of a second to load
    from rdflib.plugins.sparql.parser import parseQuery

    found = list(text.tokens(query))
    start = next(i for i, token in enumerate(found) if token.text.upper() == "CONSTRUCT")
    end = start + 1
    if found[end].text == "{":
        end = next(i for i in range(end, len(found)) if found[i].text == "}") + 1
    try:
        algebra = translateQuery(parseQuery(query)).algebra
        template = tuple(algebra.p.p.triples if algebra.template is None else algebra.template)
    except Exception as error:  # what the two parsers disagree about
        raise QueryError("store.template-unreadable", reason=Foreign(line_of(error))) from error
    names = sorted({str(node) for triple in template for node in triple if isinstance(node, Variable)})
    chosen = " ".join(f"?{name}" for name in names) or "*"
    return f"{query[: found[start].start]}SELECT {chosen} {query[found[end].start :]}", template


def fill(template: Iterable[Triple], found: Solutions) -> tuple[Triple, ...]:
    """Return the triples of a template, each once; a row without a value for a variable gives none."""
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    made = (_filled(triple, row, number) for number, row in enumerate(rows) for triple in template)
    return tuple(dict.fromkeys(triple for triple in made if triple is not None))


def line_of(error: Exception) -> str:
    """Return the first line of an error."""
    return str(error).partition("\n")[0]


def _filled(triple: Triple, row: Mapping[str, Identifier | None], number: int) -> Triple | None:
    s, p, o = (_value(node, row, number) for node in triple)
    if s is None or o is None or isinstance(s, Literal) or not isinstance(p, URIRef):
        return None
    return s, p, o


def _value(node: Identifier, row: Mapping[str, Identifier | None], number: int) -> Identifier | None:
    if isinstance(node, Variable):
        return row.get(str(node))
    return BNode(f"{node}r{number}") if isinstance(node, BNode) else canonical(node)


def _term(cell: Mapping[str, object]) -> Identifier:
    value, kind = _text(cell["value"]), cell["type"]
    if kind == "uri":
        return URIRef(value)
    if kind == "bnode":
        return BNode(value.removeprefix("_:"))
    if language := cell.get("xml:lang"):
        return canonical(Literal(value, lang=_text(language)))
    datatype = cell.get("datatype")
    return canonical(Literal(value, datatype=URIRef(_text(datatype)) if datatype else None, normalize=False))


def _text(found: object) -> str:
    """Return a text of an answer. Raises TypeError for anything else, ValueError for half of a character."""
    if not isinstance(found, str):
        raise TypeError(f"{type(found).__name__} instead of a text")
    found.encode()
    return found


def batches(lines: Iterable[str], size: int) -> Iterator[str]:
    """Yield the lines of N-Triples joined, ``size`` at a time."""
    batch: list[str] = []
    for each in lines:
        batch.append(each)
        if len(batch) == size:
            yield "".join(batch)
            batch = []
    if batch:
        yield "".join(batch)

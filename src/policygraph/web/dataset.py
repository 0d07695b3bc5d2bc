"""Put the dataset of a request (default-graph-uri, named-graph-uri) in the place of the query's own."""

from __future__ import annotations

import re

from policygraph.errors import QueryError
from policygraph.store.sparql import Token, tokens

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_AFTER = frozenset(["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"])
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def with_dataset(query: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """Return the query with FROM and FROM NAMED as the request says; its own are dropped (SPARQL 1.1 Protocol 2.1.4).

    Raises QueryError for a name that is no IRI. Without names, the query is as it was.
    """
    if not default and not named:
        return query
    if wrong := [name for name in (*default, *named) if not _IRI.fullmatch(name)]:
        raise QueryError("web.no-graph-iri", name=wrong[0])
    clauses = " ".join([*(f"FROM <{name}>" for name in default), *(f"FROM NAMED <{name}>" for name in named)])
    found = list(tokens(query))
    start = _place(found)
    end = start
    while end < len(found) and found[end].text.upper() == "FROM":
        end += 3 if found[end + 1 : end + 2] and found[end + 1].text.upper() == "NAMED" else 2
    before = query[: found[start].start] if start < len(found) else query
    after = query[found[end].start :] if end < len(found) else ""
    return f"{before}\n{clauses}\n{after}"


def _place(found: list[Token]) -> int:
    """Return the number of the token before which dataset clauses stand."""
    form = next((i for i, token in enumerate(found) if token.kind == "word" and token.text.upper() in _FORMS), None)
    if form is None:
        raise QueryError("store.nothing-asked")
    start = form + 1
    if found[form].text.upper() == "CONSTRUCT" and start < len(found) and found[start].text == "{":
        return next((i for i in range(start, len(found)) if found[i].text == "}"), len(found) - 1) + 1
    depth = 0
    for place in range(start, len(found)):
        text = found[place].text
        depth += (text == "(") - (text == ")")
        if depth == 0 and (text == "{" or (found[place].kind == "word" and text.upper() in {"FROM", *_AFTER})):
            return place
    return len(found)

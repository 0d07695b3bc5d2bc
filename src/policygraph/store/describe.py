"""Turn DESCRIBE into SELECT, so that every server describes a thing by the same triples: those it is the subject of.

SPARQL leaves open what DESCRIBE gives; Virtuoso adds what points to a thing, cuts that in silence, and
gives nothing at all for some things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef

from policygraph.store.answers import Solutions
from policygraph.store.sparql import tokens

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Description:
    """The parts of a DESCRIBE: its prologue, the things it names, its dataset, and the query that finds more things."""

    head: str
    things: tuple[str, ...]
    dataset: str
    finding: str

    def queries(self, found: Solutions | None) -> Iterator[str]:
        """Yield the queries whose rows (subject, property, value) describe all things."""
        cells = (cell for row in found.rows for cell in row) if found else ()
        more = (f"<{cell}>" for cell in cells if isinstance(cell, URIRef))
        things = list(dict.fromkeys((*self.things, *more)))
        for start in range(0, len(things), _AT_ONCE):
            some = " ".join(things[start : start + _AT_ONCE])
            yield f"{self.head} SELECT ?s ?p ?o {self.dataset} WHERE {{ VALUES ?s {{ {some} }} ?s ?p ?o }}"


def parts(query: str) -> Description:
    """Take a DESCRIBE apart; it has been checked before."""
    found = list(tokens(query))
    start = place = next(i for i, token in enumerate(found) if token.text.upper() == "DESCRIBE") + 1
    while place < len(found) and (found[place].kind in ("iri", "variable") or _is_name(found[place].text)):
        place += 1
    named = [token.text for token in found[start:place]]
    from_ = place
    while place < len(found) and found[place].text.upper() == "FROM":
        place += 3 if found[place + 1].text.upper() == "NAMED" else 2
    head = query[: found[start - 1].start]
    dataset = " ".join(token.text for token in found[from_:place])
    variables = " ".join(name for name in named if name[0] in "?$*")
    rest = query[found[place].start :] if place < len(found) else ""
    finding = f"{head} SELECT DISTINCT {variables} {dataset} {rest}" if variables and "{" in rest else ""
    return Description(head, tuple(name for name in named if name[0] not in "?$*"), dataset, finding)


def _is_name(text: str) -> bool:
    return text == "*" or ":" in text

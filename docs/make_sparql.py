"""Fill in docs/sparql.md what the bundled store answers, and the class diagram drawn from the ontology.

Usage: python docs/make_sparql.py; a test holds the page against the store. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDFS, URIRef

from policygraph import pipeline, vocab
from policygraph.graph import schema
from policygraph.store import Store
from policygraph.vocab import PG

PAGE = Path(__file__).with_name("sparql.md")
WORKED = re.compile(r"```sparql\n(?P<query>.*?)```\n\n```text\n(?P<answer>.*?)```\n", re.DOTALL)
_DIAGRAM = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)
_DRAWN = (
    *("PolicyDocument", "Plan", "Fact", "Section", "Action", "Clause", "Responsibility", "LeadResponsibility"),
    *("SupportingResponsibility", "Target", "Indicator", "Agency", "GovernmentFunction", "AgencyType", "Region"),
    *("Level", "Alignment", "TargetAlignment", "ActionAlignment"),
)


def answered(store: Store, query: str) -> str:
    """Return the answer to a query as lines of cells between bars; names are shortened as the prefixes allow."""
    found = store.query(vocab.sparql_prefixes() + query)
    rows = [[_cell(cell) for cell in row] for row in found.rows]  # type: ignore[union-attr]
    return "".join(f"{' | '.join(cells)}\n" for cells in ([str(name) for name in found.columns], *rows))  # type: ignore[union-attr]


def filled(page: str, store: Store) -> str:
    """Return the page with the answers and the diagram as they are now."""

    def worked(match: re.Match[str]) -> str:
        return f"```sparql\n{match['query']}```\n\n```text\n{answered(store, match['query'])}```\n"

    return WORKED.sub(worked, _DIAGRAM.sub(lambda _: diagram(), page))


def diagram() -> str:
    """Return the classes that most questions need, and how properties lead from one to another, for Mermaid."""
    return "```mermaid\nclassDiagram\n" + "".join(f"  {line}\n" for line in _lines()) + "```\n"


def _lines() -> Iterator[str]:
    ontology, drawn = schema(), {PG[name] for name in _DRAWN}
    for name in _DRAWN:
        above = sorted(str(o) for o in ontology.objects(PG[name], RDFS.subClassOf) if o in drawn)
        yield from (f"{_short(URIRef(kind))} <|-- {name}" for kind in above)
    found = {(s, p, o) for p, s in ontology.subject_objects(RDFS.domain) for o in ontology.objects(p, RDFS.range)}
    for start, term, end in sorted(found, key=str):
        if start in drawn and end in drawn:
            yield f"{_short(start)} --> {_short(end)} : {_short(term)}"


def _short(term: object) -> str:
    return str(term).removeprefix(str(PG))


def _cell(cell: object) -> str:
    return "" if cell is None else vocab.shorten(str(cell)) if isinstance(cell, URIRef) else str(cell)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), pipeline.bundled()), encoding="utf-8")

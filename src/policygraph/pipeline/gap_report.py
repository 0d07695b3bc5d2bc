"""List the gaps in who answers for what: what the shapes of that theme find, and some questions of the catalogue.

A gap is a place to look at, not an error: several leads may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policygraph import query
from policygraph.graph import concept_graph, graph, schema
from policygraph.messages import say
from policygraph.model import Facts
from policygraph.rows import Rows
from policygraph.store import Store, open_store
from policygraph.study import SHIPPED, Study
from policygraph.validate import Result, Words, load_shapes, of_theme, validate

COLUMNS = ("kind", "document", "section", "action", "subject", "quote", "reason_zh", "reason_en")
THEME = "responsibility"
QUESTIONS = {  # what their rows say
    "clauses-with-several-leads": "gaps.several-leads",
    "outlying-load": "gaps.outlying-load",
    "leads-without-counterpart": "gaps.no-counterpart",
}


def gaps(store: Store, study: Study = SHIPPED) -> Rows:
    """Return the gaps of all documents of a store: a row each, by shape and question (``kind``), in document order."""
    report = validate(store.quads(), of_theme(load_shapes(more=study.shapes), THEME), schema())
    names = query.identifiers(store)
    found = (_row(result.shape, _cells(result, names), result.message) for result in report.results)
    rows = sorted(found, key=lambda row: str(row[0]))  # sorted() is stable: within a kind the documents' order stays
    return Rows(COLUMNS, (*rows, *(row for kind in QUESTIONS for row in _asked(store, kind))))


def gaps_of_tables(documents: Sequence[Facts], study: Study = SHIPPED) -> Rows:
    """Return the gaps of documents from their fact tables."""
    known = study.concepts
    with open_store() as store:
        store.add_all(quad for each in documents for quad in graph(each, known))
        store.add_all(concept_graph(known, documents))
        return gaps(store, study)


def _cells(result: Result, names: Mapping[str, str]) -> dict[str, object]:
    """Return what a result is about: the bodies it names, else what was found where it says more than the quote."""
    found = result.found.zh if result.found.zh != result.quote else ""
    return {
        "document": names.get(result.document, result.document),
        "section": result.section,
        "action": result.action,
        "subject": "、".join(result.bodies) or found,
        "quote": result.quote,
    }


def _asked(store: Store, kind: str) -> Iterator[tuple[object, ...]]:
    answer = query.ask(store, kind)
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        told = Words(*(say(QUESTIONS[kind], language, **cells) for language in ("zh", "en")))
        subject = str(cells.get("names") or cells["name"]).replace("|", "、")
        yield _row(kind, cells | {"subject": subject}, told)


def _row(kind: str, cells: Mapping[str, object], reason: Words) -> tuple[object, ...]:
    return (kind, *(cells.get(name) or "" for name in COLUMNS[1:-2]), *reason)

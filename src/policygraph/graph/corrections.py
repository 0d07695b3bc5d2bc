"""Write what a person ruled on the facts of a document: who, when, why, what was and what is now."""

from __future__ import annotations

import json
from dataclasses import fields

from rdflib import URIRef

from policygraph import vocab
from policygraph.graph import iris
from policygraph.graph.nodes import Places
from policygraph.graph.paths import Unique, short_hash
from policygraph.graph.writer import Writer
from policygraph.messages import say
from policygraph.model import Evidence, Facts
from policygraph.rulings import WHOLE, Ruling, standing
from policygraph.vocab import PG

_LEFT_OUT = frozenset({"doc", *(item.name for item in fields(Evidence))})  # of a whole row


def corrections(writer: Writer, facts: Facts, where: Places) -> None:
    """Write each decision of a person, with the fact it is about; one that was taken out has its words alone."""
    unique = Unique()
    for ruling, row in standing(facts.decisions, facts):
        about = where.document if ruling.table == "metadata" else writer.node_of(row)
        _correction(writer, ruling, where.document, unique(short_hash(repr(ruling))), about)


def _correction(writer: Writer, ruling: Ruling, document: URIRef, name: str, about: URIRef | None) -> None:
    node, known = iris.below(document, "correction", name), ruling.known
    words = " ".join(cell for key, cell in known.items() if key != "section")
    writer.typed(node, PG.Correction)
    writer.label(node, say("graph.correction", "zh", what=words or ruling.table))
    writer.add(
        node,
        (PG.ofDocument, document),
        (PG.corrects, about),
        (PG.correctedTable, vocab.code(ruling.table)),
        (PG.correctedColumn, vocab.code(ruling.column)),
        (PG.correctedSection, vocab.code(known.get("section", ""))),
        (PG.quote, vocab.text(words)),
        (PG.cellBefore, vocab.code(_plain(ruling, ruling.was))),
        (PG.cellAfter, vocab.code(_plain(ruling, ruling.now))),
        (PG.correctedBy, _reviewer(writer, ruling.who)),
        (PG.correctedOn, vocab.date(ruling.when)),
        (PG.correctionReason, vocab.text(ruling.why)),
    )


def _reviewer(writer: Writer, name: str) -> URIRef | None:
    """Return the person who ruled, None where nobody signed."""
    if not name:
        return None
    node = iris.reviewer(name)
    writer.typed(node, PG.Reviewer)
    writer.label(node, name)
    return node


def _plain(ruling: Ruling, cell: str) -> str:
    """Return what a cell said; of a whole row what it stated."""
    if ruling.column != WHOLE or not cell:
        return cell
    return " ".join(text for name, text in json.loads(cell).items() if name not in _LEFT_OUT)

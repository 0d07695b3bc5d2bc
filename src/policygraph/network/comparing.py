"""Compare the networks of two documents: which ties they share, and which one of them has alone."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.errors import UsageError
from policygraph.network.kinds import network
from policygraph.rows import Rows

COLUMNS = ("source", "source_label", "target", "target_label", "tie", "first", "second")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The ties of two networks side by side (``tie``: shared, first, second), and how many there are of each."""

    rows: Rows
    shared: int
    first_only: int
    second_only: int

    @property
    def jaccard(self) -> float:
        """Return the part of all ties that both have, 0 to 1."""
        ties = self.shared + self.first_only + self.second_only
        return round(self.shared / ties, 6) if ties else 0.0


def compare(rows: Rows, first: str, second: str, kind: str = "function") -> Comparison:
    """Compare the networks of two documents, by their human identifiers (``dalian-2021``).

    The nodes must be the same things in both places, so the kind is ``function``. Raises UsageError for another
    kind, and for a document without responsibilities.
    """
    if kind != "function":
        raise UsageError("network.not-between-places", kind=kind)
    one, other = (network(_of(rows, name), kind).graph for name in (first, second))
    labels = {name: data["label"] for graph in (one, other) for name, data in graph.nodes(data=True)}
    found = []
    for a, b in sorted({tuple(sorted(edge)) for graph in (one, other) for edge in graph.edges}):
        weights = [graph.edges[a, b]["weight"] if graph.has_edge(a, b) else 0 for graph in (one, other)]
        tie = "shared" if all(weights) else "first" if weights[0] else "second"
        found.append((a, labels[a], b, labels[b], tie, *weights))
    ties = [row[4] for row in found]
    return Comparison(Rows(COLUMNS, tuple(found)), *(ties.count(tie) for tie in ("shared", "first", "second")))


def _of(rows: Rows, document: str) -> Rows:
    place = rows.columns.index("document")
    chosen = tuple(row for row in rows.rows if row[place] == document)
    if not chosen:
        known = sorted({str(row[place]) for row in rows.rows})
        if not known:
            raise UsageError("network.no-responsibilities-at-all", document=document)
        raise UsageError("network.no-responsibilities", document=document, known=known)
    return Rows(rows.columns, chosen)

"""Count lines by graph, and things by class of the ontology, so that the sums over all parts are known without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import RDF

from policygraph.quads import term, triple_of
from policygraph.vocab import DATASET_GRAPH, PG, report_graph

_TYPE, _OURS = term(RDF.type), f"<{PG}"
_TYPED = f" {_TYPE} {_OURS}"
_DATASET = term(DATASET_GRAPH)
_REPORTED = term(report_graph(""))[:-1]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines each graph has (but the description of the dataset), and how many things each class.

    ``members`` are the things, with their class, that other parts may count too.
    """

    graphs: dict[str, int]
    classes: dict[str, int]
    members: tuple[tuple[str, str], ...]


def tally(lines: Iterable[str], own: tuple[str, ...] = ()) -> Tally:
    """Count lines; what begins with one of ``own``, and results, no other lines are about."""
    graphs: Counter[str] = Counter()
    typed: set[tuple[str, str]] = set()
    for line in lines:
        graphs[line[line.rindex(" <") + 1 : -3]] += 1
        if _TYPED in line:
            s, p, o = triple_of(line)
            typed.update([(s, o)] if p == _TYPE and o.startswith(_OURS) else ())
    del graphs[_DATASET]
    mine = {pair for pair in typed if pair[0].startswith((*own, _REPORTED))}
    return Tally(dict(graphs), dict(Counter(kind for _, kind in mine)), tuple(sorted(typed - mine)))


def total(tallies: Sequence[Tally]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the sums: lines by graph, things by class; graphs and classes by IRI."""
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    members = {member for each in tallies for member in each.members}
    for each in tallies:
        graphs.update(each.graphs)
        classes.update(each.classes)
    classes.update(kind for _, kind in members)
    return {graph[1:-1]: count for graph, count in graphs.items()}, {kind[1:-1]: n for kind, n in classes.items()}

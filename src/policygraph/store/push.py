"""Copy named graphs from one store to another, so that a copy that failed goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from rdflib import URIRef

from policygraph.errors import PolicyGraphError, QueryError, StoreError
from policygraph.quads import nquads
from policygraph.store.base import Store
from policygraph.store.wire import canonical
from policygraph.vocab import Quad


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one graph: ``written``, or ``same`` where the target held it already."""

    graph: URIRef
    triples: int
    outcome: str


def push(
    source: Store,
    target: Store,
    graphs: Iterable[URIRef] | None = None,
    report: Callable[[int, int, Pushed], None] | None = None,
) -> tuple[Pushed, ...]:
    """Replace graphs in the target by those of the source, in the order of their names, and count them there.

    A graph whose content is there already is skipped, so a push after a failure does only what is left.
    ``report`` gets number, total and result of each graph. Raises StoreError or QueryError where a graph
    does not arrive; the graphs before it are in whole.
    """
    names = sorted(source.graphs() if graphs is None else graphs)
    done: list[Pushed] = []
    for number, name in enumerate(names, start=1):
        try:
            done.append(_one(source, target, name))
        except PolicyGraphError as error:
            kind = QueryError if isinstance(error, QueryError) else StoreError
            raise kind("store.push-stopped", reason=error.message, done=number - 1, total=len(names)) from error
        if report:
            report(number, len(names), done[-1])
    return tuple(done)


def digest(quads: Iterable[Quad]) -> str:
    """Return a hash of what quads say, whatever way an engine writes their values.

    >>> digest([])[:8]
    'e3b0c442'
    """
    found = ((s, p, canonical(o), g) for s, p, o, g in quads)
    return sha256(nquads(found).encode()).hexdigest()


def _one(source: Store, target: Store, name: URIRef) -> Pushed:
    quads = tuple(source.quads(name))
    if target.count(name) == len(quads) and digest(target.quads(name)) == digest(quads):
        return Pushed(name, len(quads), "same")
    target.replace(name, quads)
    if (held := target.count(name)) != len(quads):
        raise StoreError("store.push-incomplete", graph=name, held=held, total=len(quads))
    return Pushed(name, len(quads), "written")

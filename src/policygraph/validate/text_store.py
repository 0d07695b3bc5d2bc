"""Hold triples as text under a graph of rdflib: a term is made of what is asked for, not of all that is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from rdflib.graph import Graph
from rdflib.store import Store
from rdflib.term import Node

from policygraph.quads import Triple, read, term

_read = lru_cache(2**16)(read)
_Pattern = tuple[Node | None, Node | None, Node | None]
_Found = tuple[tuple[Node, Node, Node], Iterator[Graph | None]]


class TextStore(Store):
    """Triples as N-Triples writes them, each once, to be read and never written. There are no blank nodes."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        self._triples = tuple(dict.fromkeys(triples))

    @cached_property
    def _by(self) -> Sequence[Mapping[str, Sequence[Triple]]]:
        """The triples by subject, by predicate and by object."""
        found: Sequence[defaultdict[str, list[Triple]]] = tuple(defaultdict(list) for _ in range(3))
        subjects, predicates, objects = found
        for triple in self._triples:
            subjects[triple[0]].append(triple)
            predicates[triple[1]].append(triple)
            objects[triple[2]].append(triple)
        return found

    def triples(self, triple_pattern: _Pattern, context: Any = None) -> Iterator[_Found]:
        """Yield what matches a pattern, in which None stands for any term; sorted, for sets come in any order."""
        asked = tuple(None if node is None else term(node) for node in triple_pattern)
        found: Sequence[Triple] = self._triples
        for place, text in enumerate(asked):
            if text is not None:
                near = self._by[place].get(text, ())
                found = near if len(near) < len(found) else found
        for place, text in enumerate(asked):
            if text is not None:
                found = [each for each in found if each[place] == text]
        for s, p, o in sorted(found):
            yield (_read(s), _read(p), _read(o)), iter((context,))

    def __len__(self, context: Any = None) -> int:
        """Return how many there are."""
        return len(self._triples)

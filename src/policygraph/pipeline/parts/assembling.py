"""Assemble the parts of a corpus: find those that are there, make the others, and what all have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygraph.errors import DocumentError, StoreError
from policygraph.pipeline.parts import joining
from policygraph.pipeline.parts.bench import Bench, Task, put_lines
from policygraph.pipeline.parts.corpus import Corpus, Links, corpus
from policygraph.pipeline.parts.counting import Tally, tally
from policygraph.pipeline.parts.index import Index
from policygraph.pipeline.parts.kept import Head, Shelf
from policygraph.pipeline.parts.keys import key
from policygraph.pipeline.parts.making import Inputs, Load
from policygraph.pipeline.parts.plain import plain, remade
from policygraph.pipeline.parts.reach import Reach
from policygraph.pipeline.reasoning import shapes_of
from policygraph.pipeline.spread import AtWork, Done, Held
from policygraph.study import Study
from policygraph.terms import Severity
from policygraph.validate import Checked, Report, as_report, rule_names


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be built: its index, and the name of the tables that it was made from."""

    index: Index
    key: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How parts are made: by which engine, kept where, by whom; ``base`` names what is known beside documents."""

    study: Study
    engine: str
    shelf: Shelf
    base: str
    load: Callable[[Mapping[str, Links]], Callable[[Held], Load]]
    hands: AtWork
    told: Callable[[int], Done]  # is told how many parts are to be made


@dataclass(frozen=True, slots=True)
class Assembly:
    """The parts of a corpus: ``units`` are their names on the shelf, by what they are of."""

    corpus: Corpus
    units: Mapping[str, str]
    made: tuple[str, ...]  # the documents whose parts were made anew
    failed: tuple[DocumentError, ...]
    triples: int
    found: Mapping[str, int]  # results by severity
    parts: Mapping[str, str]  # the names of the parts of documents, in their order


def assemble_parts(own: Sequence[Source], others: Sequence[Source], ways: Ways) -> Assembly:
    """Put the parts of all documents on the shelf, and what they have in common.

    A document whose part cannot be made is left out, as if it had not been given, and its error is told. Raises
    DocumentError where none is left, and as :func:`corpus`.
    """
    made: list[str] = []
    failed: dict[str, DocumentError] = {}
    while True:
        left = [each for each in own if each.index.slug not in failed]
        if not left:
            raise next(iter(failed.values()))
        known = corpus([each.index for each in left], [each.index for each in others], ways.study)
        step = _Step(known, {each.index.slug: each.key for each in (*left, *others)}, ways)
        tasks = [task for task in step.tasks if ways.shelf.head(task.key) is None]
        now = _failures(step.bench(), tasks, ways)
        made += [task.inputs.slug for task in tasks if task.inputs.slug not in now]
        if not now:
            return step.joined(tuple(made), tuple(failed.values()))
        failed.update(now)


def _failures(at: Bench, tasks: Sequence[Task], ways: Ways) -> dict[str, DocumentError]:
    """Make parts; return the errors of those that failed, by document."""
    found = zip(tasks, ways.hands.each(at, tasks, ways.told(len(tasks))), strict=True)
    return {task.inputs.slug: error for task, error in found if error is not None}


def report(parts: Iterable[str], shelf: Shelf, study: Study) -> Report:
    """Return what the shapes found in all documents; ``parts`` are the names of theirs."""
    heads = (_head(shelf, name) for name in parts)
    return as_report([remade(Checked, head["checked"]) for head in heads], rule_names(shapes_of(study)))


class _Step:
    """One corpus with the names of its parts."""

    def __init__(self, known: Corpus, keys: Mapping[str, str], ways: Ways) -> None:
        self._corpus, self._keys, self._ways = known, keys, ways
        self._peers = {slug: joining.peers(each, known.usual) for slug, each in known.documents.items()}
        mentions = [each.mentions for each in known.documents.values()]
        self._concepts = key("concepts", ways.base, plain(tuple(mentions)))
        self._lines = self._unit(self._concepts, lambda: joining.concepts(mentions, ways.study))
        self.tasks = tuple(self._tasks())

    def bench(self) -> Bench:
        """Return what parts are made with."""
        ways = self._ways
        return Bench(ways.study, ways.engine, ways.shelf, self._concepts, ways.load(self._corpus.links))

    def _tasks(self) -> Iterator[Task]:
        """Yield what makes the part of each document, under the name of all that it is made from."""
        reach = Reach(joining.stated_concepts(self._lines), self._ways.study.concepts)
        for slug, index in self._corpus.documents.items():
            related = self._corpus.related(slug)
            met = reach.met(index, [self._corpus.documents[each] for each in related])
            peers = self._peers[slug] if self._ways.study.shapes else None  # no shipped shape looks at them
            tables = [self._tables(each) for each in (slug, *related)]
            name = key("part", self._ways.base, tables, reach.digest(met), repr(peers))
            yield Task(Inputs(slug, related, met, peers), name)

    def _tables(self, slug: str) -> list[object]:
        """Return what tells the tables of a document from any others, with what its citations were led to."""
        return [slug, self._keys[slug], sorted(self._corpus.links.get(slug, {}).items())]

    def joined(self, made: tuple[str, ...], failed: tuple[DocumentError, ...]) -> Assembly:
        """Return all parts, with those of what they have in common."""
        ways, documents = self._ways, self._corpus.documents
        parts = {task.inputs.slug: task.key for task in self.tasks}
        peers = {f"{slug} peers": self._peer_unit(slug) for slug in documents if self._peers[slug].leads}
        heads = [_head(ways.shelf, name) for name in (*parts.values(), *peers.values())]
        always = key("always", ways.base)
        texts = [self._lines, self._unit(always, lambda: joining.always(shapes_of(ways.study)))]
        texts.append(joining.shared(heads, self._lines))
        tallies = [*(remade(Tally, head["tally"]) for head in heads), *map(tally, texts)]
        common = sorted({*texts[-1], *joining.described(tallies, len(documents))})
        together = key("common", common)
        self._unit(together, lambda: common)
        units = {"concepts": self._concepts, "always": always, "common": together, **parts, **peers}
        triples = sum(head["lines"] for head in heads) + sum(map(len, (*texts[:-1], common)))
        return Assembly(self._corpus, units, made, failed, triples, _found(heads), parts)

    def _peer_unit(self, slug: str) -> str:
        name = key("peers", self._ways.base, self._keys[slug], repr(self._peers[slug]))
        if self._ways.shelf.head(name) is None:
            lines = joining.peer_lines(self._corpus.documents[slug], self._peers[slug], self._ways.study)
            put_lines(self._ways.shelf, name, lines, slug)
        return name

    def _unit(self, name: str, make: Callable[[], list[str]]) -> list[str]:
        """Return the lines of a part that documents have in common; it is made where it is not there."""
        found = self._ways.shelf.lines(name)
        if found is None:
            found = make()
            self._ways.shelf.put(name, {"lines": len(found)}, found)
        return found


def _head(shelf: Shelf, name: str) -> Head:
    found = shelf.head(name)
    if found is None:
        raise StoreError("parts.gone", part=name)
    return found


def _found(heads: Iterable[Head]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for head in heads:
        found.update(head["found"])
    return {name: found[name] for name in map(str, Severity)}

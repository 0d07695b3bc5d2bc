"""Work out from the indexes of all documents what each of them depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policygraph.cascade import Usual, refuse_circles, usual_leads
from policygraph.errors import DataError
from policygraph.naming import document_called
from policygraph.pipeline.parts.index import Cite, Index
from policygraph.resolve import by_title, link
from policygraph.study import ALL, CITED, NONE, Study

Links = Mapping[int, str]  # number of a citation -> the document that it is led to


@dataclass(frozen=True)
class Corpus:
    """The documents of a build, by slug in their order, with the citations that were led to one of them."""

    documents: Mapping[str, Index]
    links: Mapping[str, Links]
    taken: tuple[str, ...] = ()  # the bundled ones among them that were taken in

    @cached_property
    def usual(self) -> Usual:
        """Return who leads each kind of action in most documents."""
        return usual_leads(each.leads for each in self.documents.values())

    @cached_property
    def _parents(self) -> Mapping[str, tuple[str, ...]]:
        return {slug: parents(each) for slug, each in self.documents.items()}

    @cached_property
    def _above(self) -> Mapping[str, frozenset[str]]:
        """Return all that stands above each document, at hand or not."""
        return {slug: frozenset(_closed(self._parents[slug], self._parents)) for slug in self.documents}

    @cached_property
    def _national(self) -> tuple[str, ...]:
        return tuple(slug for slug, each in self.documents.items() if each.rank == 1)

    def related(self, slug: str) -> tuple[str, ...]:
        """Return the documents at hand that a document is compared with or shows something of, sorted.

        These are the documents above it, the national ones below the same roots, what it cites, and all above these.
        """
        own, roots = self._above[slug], self._roots(slug)
        family = {each for each in self._national if self._roots(each) & roots and slug not in self._above[each]}
        cited = {each.document for each in self.documents[slug].cites}
        near = (own | family | cited) & self.documents.keys()
        return tuple(sorted(near.union(*(self._above[other] for other in near)) & self.documents.keys() - {slug}))

    def _roots(self, slug: str) -> set[str]:
        return {each for each in (slug, *self._above[slug]) if not self._parents.get(each)}


def corpus(own: Sequence[Index], others: Sequence[Index], study: Study) -> Corpus:
    """Return the documents of a study with the ``others`` (bundled) that belong to it.

    Raises DataError where a document is given twice or documents are based on each other in a circle, UsageError where
    the study names a document that is not there.
    """
    _refuse_twice(own)
    links = _links(own, others)
    led = [_led(each, links[each.slug]) for each in own]
    taken = tuple(_taken(led, others, study))
    found = sorted((*led, *taken), key=lambda each: each.slug)
    refuse_circles({each.slug: parents(each) for each in found}, {each.slug: each.doc for each in found})
    return Corpus({each.slug: each for each in found}, links, tuple(each.slug for each in taken))


def parents(index: Index) -> tuple[str, ...]:
    """Return the documents that a document is based on, sorted."""
    return tuple(sorted({each.document for each in index.cites if each.basis and each.document}))


def _refuse_twice(documents: Iterable[Index]) -> None:
    seen: set[str] = set()
    for each in documents:
        if each.slug in seen:
            raise DataError("cascade.given-twice", folder=each.doc, document=each.slug)
        seen.add(each.slug)


def _links(own: Sequence[Index], others: Sequence[Index]) -> dict[str, Links]:
    at_hand = (*own, *others)
    held = {each.slug for each in at_hand}
    titles = by_title((each.slug, each.region, each.keys) for each in at_hand)
    found: dict[str, Links] = {}
    for each in own:
        led = {
            at: link(cite.keys, each.slug, each.region, titles)
            for at, cite in enumerate(each.cites)
            if cite.keys and cite.document not in held
        }
        found[each.slug] = {at: slug for at, slug in led.items() if slug}
    return found


def _led(index: Index, links: Links) -> Index:
    if not links:
        return index
    cites = tuple(replace(cite, document=links.get(at, cite.document)) for at, cite in enumerate(index.cites))
    return replace(index, cites=cites, mentions=replace(index.mentions, cited=tuple(sorted(set(_cited(cites))))))


def _cited(cites: Iterable[Cite]) -> Iterator[tuple[str, str, str]]:
    return ((each.document, each.title, each.number) for each in cites if each.document)


def _taken(own: Sequence[Index], others: Sequence[Index], study: Study) -> Iterator[Index]:
    """Yield the bundled documents that belong to others, as their study has it, in the library's order."""
    if study.bundled == (CITED,):
        based = {each.slug: parents(each) for each in (*others, *own)}
        wanted = set(_closed([above for each in own for above in based[each.slug]], based))
    elif study.bundled in ((ALL,), (NONE,)):
        wanted = {each.slug for each in others if study.bundled == (ALL,)}
    else:
        named = {each.named(study): each.slug for each in others}
        wanted = {named[document_called(name, tuple(named))] for name in study.bundled}
    return (each for each in others if each.slug in wanted)


def _closed(start: Iterable[str], parents: Mapping[str, Sequence[str]]) -> set[str]:
    """Return what stands above, step by step."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        slug = waiting.pop()
        if slug not in found:
            found.add(slug)
            waiting.extend(parents.get(slug, ()))
    return found

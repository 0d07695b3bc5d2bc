"""Compare the kinds of action that documents set, along the chain of documents they carry out.

A heading sets the kinds that its row names and those whose full name stands in it. Verdicts, per kind of action and
scope (the nearest ancestor that sets it, the nearest national one):

* ``kept``: under the ancestor's name, whatever verb stands before it; ``renamed``: under another one;
* ``merged``: under a heading that sets other kinds of the ancestor's too; ``split``: under more headings than there;
* ``added``: no ancestor at hand sets it; ``missing``: the ancestor does and the document does not;
* ``no-actions``: the ancestor sets it and the document sets no action at all (it is of another kind);
* ``no-data``: the text of the document, or of every document above it, is not at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygraph.cascade.chain import Document, above_by_scope
from policygraph.concepts import Concepts
from policygraph.messages import Message, Pair, message
from policygraph.model import ActionAlignment, Facts
from policygraph.terms import ActionVerdict, AtHand, Scope, SectionKind


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of an action with the kinds it sets; ``section`` is empty where only targets name the action."""

    section: str
    name: str
    types: tuple[str, ...]


Settings = Mapping[str, tuple[Heading, ...]]  # action type -> the headings that set it


def settings(facts: Facts, concepts: Concepts) -> Settings:
    """Return the headings of a document by the kind of action they set, in document order."""
    found: dict[str, list[Heading]] = {}
    headings = [
        Heading(row.section, row.heading, _types(row.heading, row.action_type, concepts))
        for row in facts.structure
        if row.kind == SectionKind.ACTION
    ]
    if not headings:  # an excerpt: its targets tell which actions there are
        names = dict.fromkeys((row.section, row.action) for row in facts.targets if row.action)
        headings = [Heading(section, name, _types(name, "", concepts)) for section, name in names]
    for heading in headings:
        for kind in heading.types:
            found.setdefault(kind, []).append(heading)
    return {kind: tuple(those) for kind, those in found.items()}


def align_actions(
    known: Mapping[str, Document], documents: Mapping[str, Facts], concepts: Concepts
) -> tuple[ActionAlignment, ...]:
    """Compare the actions of every document with those of its ancestors; ``documents`` is by slug, sorted answer."""
    sets = {slug: settings(facts, concepts) for slug, facts in documents.items()}
    found: list[ActionAlignment] = []
    for slug in documents:
        for scope, above in above_by_scope(known[slug], known):
            if above:
                found.extend(_Hop(known[slug], above, scope, sets, concepts).alignments())
    return tuple(sorted(found, key=lambda row: (row.document, row.action_type, row.scope)))


@dataclass(frozen=True, slots=True)
class _Hop:
    """One document against the ancestors of one scope, nearest first."""

    document: Document
    above: Sequence[Document]
    scope: Scope
    sets: Mapping[str, Settings]
    concepts: Concepts

    def alignments(self) -> Iterator[ActionAlignment]:
        own = self.sets.get(self.document.slug, {})
        kinds = {kind for other in self.above for kind in self.sets.get(other.slug, {})} | set(own)
        known = any(self.sets.get(other.slug) for other in self.above)
        for kind in sorted(kinds):
            nearest = next((other for other in self.above if kind in self.sets.get(other.slug, {})), None)
            if not known:
                if self.scope is Scope.PARENT:
                    yield self._row(kind, ActionVerdict.NO_DATA, None, self._silent(None))
            elif nearest is None:
                note = message("cascade.no-ancestor-sets-it")
                yield self._row(kind, ActionVerdict.ADDED, None, [note, *self._silent(None)])
            elif kind in own:
                yield self._kept(kind, nearest)
            else:
                yield from self._missing(kind, nearest)

    def _kept(self, kind: str, nearest: Document) -> ActionAlignment:
        mine, theirs = self.sets[self.document.slug][kind], self.sets[nearest.slug][kind]
        there = set(self.sets[nearest.slug]) - {other for said in theirs for other in said.types}
        merged = tuple(sorted({other for said in mine for other in said.types if other in there}))
        notes: list[Message] = []
        if merged:
            names = "、".join(self.concepts.actions[other].zh for other in merged if other in self.concepts.actions)
            notes.append(message("cascade.merged-with", actions=Pair(names, ", ".join(merged))))
            verdict = ActionVerdict.MERGED
        elif len(mine) > len(theirs):
            notes.append(message("cascade.split", headings=len(mine)))
            verdict = ActionVerdict.SPLIT
        else:
            same = {self._plain(kind, said.name) for said in mine} & {self._plain(kind, said.name) for said in theirs}
            verdict = ActionVerdict.KEPT if same else ActionVerdict.RENAMED
        return self._row(kind, verdict, nearest, [*notes, *self._silent(nearest)], merged)

    def _plain(self, kind: str, name: str) -> str:
        """Return the usual name of a kind where the heading has it, else the heading."""
        known = self.concepts.actions.get(kind)
        return known.zh if known and known.zh in name else name

    def _missing(self, kind: str, nearest: Document) -> Iterator[ActionAlignment]:
        if self.document.at_hand is AtHand.FULL:
            verdict = ActionVerdict.MISSING if self.sets.get(self.document.slug) else ActionVerdict.NO_ACTIONS
        elif self.scope is Scope.NATIONAL:
            return
        elif self.document.at_hand is AtHand.BODY:  # the annex may have targets; the text itself sets no action
            verdict = ActionVerdict.NO_ACTIONS
        else:
            verdict = ActionVerdict.NO_DATA
        yield self._row(kind, verdict, nearest, [message(_NOT_SET[verdict])])

    def _silent(self, nearest: Document | None) -> list[Message]:
        """Name the nearer ancestors whose text is not at hand."""
        nearer = self.above[: self.above.index(nearest)] if nearest else self.above
        names = "、".join(
            other.name for other in nearer if other.at_hand is not AtHand.FULL and not self.sets.get(other.slug)
        )
        return [message("cascade.texts-not-at-hand", documents=names)] if names else []

    def _row(
        self,
        kind: str,
        verdict: ActionVerdict,
        nearest: Document | None,
        notes: Sequence[Message],
        merged: tuple[str, ...] = (),
    ) -> ActionAlignment:
        mine = self.sets.get(self.document.slug, {}).get(kind, ())
        theirs = self.sets[nearest.slug][kind] if nearest else ()
        return ActionAlignment(
            document=self.document.slug,
            action_type=kind,
            scope=self.scope,
            verdict=verdict,
            ancestor=nearest.slug if nearest else "",
            sections=tuple(said.section for said in mine),
            names=tuple(said.name for said in mine),
            ancestor_sections=tuple(said.section for said in theirs),
            ancestor_names=tuple(said.name for said in theirs),
            with_types=merged,
            reason=tuple(notes),
        )


_NOT_SET = {
    ActionVerdict.MISSING: "cascade.action-not-set",
    ActionVerdict.NO_ACTIONS: "cascade.no-action-set",
    ActionVerdict.NO_DATA: "cascade.text-not-whole",
}


def _types(heading: str, declared: str, concepts: Concepts) -> tuple[str, ...]:
    """Return the kinds a heading sets: those of its row, then those whose full name stands in it."""
    named = [name.target for name in concepts.action_names.values() if name.strong and name.name in heading]
    usual = [kind.id for kind in concepts.actions.values() if kind.zh and kind.zh in heading]
    return tuple(dict.fromkeys([*filter(None, declared.split("|")), *named, *usual]))

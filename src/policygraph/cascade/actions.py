"""Compare the kinds of action that documents set, along the chain of documents they carry out.

Which kinds a heading sets is in :mod:`headings`. Verdicts, per kind of action and scope (the nearest ancestor that
sets it, the nearest national one):

* ``kept``: under the ancestor's name, whatever verb stands before it; ``renamed``: under another one;
* ``merged``: under a heading that sets other kinds of the ancestor's too; ``split``: under more headings than there;
* ``added``: no ancestor sets it, and of each something is at hand; ``missing``: the ancestor does, and it does not;
* ``no-actions``: the ancestor sets it and the document sets no action at all (it is of another kind);
* ``no-data``: the text of the document, or of a document above it that might set it, is not at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.alignments import ActionAlignment
from policygraph.cascade.chain import Document, Known, above_by_scope
from policygraph.cascade.headings import merged_with, merger
from policygraph.concepts import Concepts
from policygraph.messages import Message, message
from policygraph.terms import ActionVerdict, AtHand, Scope


def align_actions(document: Document, known: Known, concepts: Concepts) -> list[ActionAlignment]:
    """Compare the actions of a document with those of its ancestors."""
    found: list[ActionAlignment] = []
    for scope, above in above_by_scope(document, known):
        if above:
            found.extend(_Hop(document, above, scope, concepts).alignments())
    return found


@dataclass(frozen=True, slots=True)
class _Hop:
    """One document against the ancestors of one scope, nearest first."""

    document: Document
    above: Sequence[Document]
    scope: Scope
    concepts: Concepts

    def alignments(self) -> Iterator[ActionAlignment]:
        own = self.document.sets
        kinds = {kind for other in self.above for kind in other.sets} | set(own)
        known = any(other.sets for other in self.above)
        for kind in sorted(kinds):
            nearest = next((other for other in self.above if kind in other.sets), None)
            if not known:
                if self.scope is Scope.PARENT:
                    yield self._row(kind, ActionVerdict.NO_DATA, None, self._silent(None))
            elif nearest is None:
                lacking = any(other.at_hand is AtHand.NOTHING for other in self.above)
                verdict = ActionVerdict.NO_DATA if lacking else ActionVerdict.ADDED
                yield self._row(kind, verdict, None, [message("cascade.no-ancestor-sets-it"), *self._silent(None)])
            elif kind in own:
                yield self._kept(kind, nearest)
            else:
                yield from self._missing(kind, nearest)

    def _kept(self, kind: str, nearest: Document) -> ActionAlignment:
        mine, theirs = self.document.sets[kind], nearest.sets[kind]
        merged = merged_with(kind, self.document.sets, nearest.sets)
        notes: list[Message] = []
        if merged:
            notes.append(merger(merged, self.concepts))
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
            verdict = ActionVerdict.MISSING if self.document.sets else ActionVerdict.NO_ACTIONS
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
        names = "、".join(other.name for other in nearer if other.at_hand is not AtHand.FULL and not other.sets)
        return [message("cascade.texts-not-at-hand", documents=names)] if names else []

    def _row(
        self,
        kind: str,
        verdict: ActionVerdict,
        nearest: Document | None,
        notes: Sequence[Message],
        merged: tuple[str, ...] = (),
    ) -> ActionAlignment:
        mine = self.document.sets.get(kind, ())
        theirs = nearest.sets[kind] if nearest else ()
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

"""Say why a target got its verdict: what both documents state, and what makes a figure uncertain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policygraph.cascade.chain import Document
from policygraph.cascade.compare import Comparison, Statement, compare
from policygraph.messages import Message, message
from policygraph.quantities import difference
from policygraph.terms import Direction, Status, Verdict

_NOT_CERTAIN = {Status.UNCHECKED: "cascade.figure-unchecked", Status.DISPUTED: "cascade.figure-disputed"}


def reason(found: Comparison, mine: Statement | None, theirs: Statement | None) -> tuple[Message, ...]:
    """Return what both sides state, what the comparison notes, and what makes either figure uncertain."""
    named = ((mine, message("cascade.this-document")), (theirs, message("cascade.ancestor")))
    sides = [(said, document) for said, document in named if said]
    stated = [_stated(document, said) for said, document in sides]
    return (*stated, *found.notes, *(note for said, document in sides for note in _doubts(document, said)))


def weakest_above(stated: Mapping[str, Statement], direction: Direction) -> tuple[Message, ...]:
    """Name the weakest of several parents where they do not ask for the same; ``stated`` is by name, nearest first."""
    name, weakest = next(iter(stated.items()))
    differ = False
    for other, said in stated.items():
        differ |= bool(said.quantity and weakest.quantity and difference(said.quantity, weakest.quantity))
        if compare(said, weakest, direction).verdict is Verdict.LOOSER:
            name, weakest = other, said
    if not differ:
        return ()
    asked = "、".join(f"{other} {said.brief}" for other, said in stated.items())
    return (message("cascade.parents-differ", asked=asked, weakest=name),)


def not_whole(documents: list[Document]) -> Message:
    """Say which documents are not wholly at hand."""
    return message("cascade.texts-not-whole", documents="、".join(each.name for each in documents))


def _stated(document: Message, said: Statement) -> Message:
    when = f" ({said.row.year})" if said.row.year else ""
    return message("cascade.states", document=document, said=said.shown, when=when)


def _doubts(document: Message, said: Statement) -> Iterator[Message]:
    """Yield what makes a figure uncertain: another figure beside it, or that nobody has checked it."""
    if said.rival:
        yield message("cascade.states-another-too", document=document, rival=said.rival)
    if said.row.evidence.status in _NOT_CERTAIN:
        yield message(_NOT_CERTAIN[said.row.evidence.status], document=document)

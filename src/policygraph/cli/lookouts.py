"""Say after an extraction what to look at: grouped, counted, at most a screenful a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from policygraph.checklist import Look, sure
from policygraph.cli.say import language, said
from policygraph.messages import render
from policygraph.terms import LookKind

_SCREEN = 20  # lines of places for one document
_OF_A_KIND = 6  # of them for one kind, where there are more kinds
_IN_FULL = 5  # documents whose places are shown; of more only how many there are
_DOCUMENTS = 40  # lines for so many documents
_QUOTE = 48  # characters
_NAMES = {
    LookKind.RULING: "cli.look-ruling",
    LookKind.GOAL: "cli.look-goal",
    LookKind.CLAUSE: "cli.look-clause",
    LookKind.TABLE: "cli.look-table",
    LookKind.ROSTER: "cli.look-roster",
    LookKind.HEADING: "cli.look-heading",
    LookKind.NUMBER: "cli.look-number",
    LookKind.ROW: "cli.look-row",
}


class Lookout:
    """What to look at in many documents; only what is shown is kept."""

    def __init__(self, documents: int) -> None:
        self._in_full = documents <= _IN_FULL
        self._places = 0
        self._documents = 0
        self._lines: list[str] = []

    def add(self, looks: Sequence[Look]) -> None:
        """Take in the places of one document."""
        if not looks:
            return
        self._documents += 1
        self._places += len(looks)
        if self._documents <= _DOCUMENTS:
            self._lines += _in_full(looks) if self._in_full else [f"  {looks[0].doc}  {_counts(looks)}"]

    def lines(self) -> list[str]:
        """Return the list as lines, none where nothing needs a look."""
        if not self._places:
            return []
        more = self._documents - _DOCUMENTS
        rest = ["  " + said("cli.look-more-documents", count=more)] if more > 0 else []
        return [said("cli.look-at", count=self._places, documents=self._documents), *self._lines, *rest]


def _in_full(looks: Sequence[Look]) -> Iterator[str]:
    """Yield the lines of one document: each kind with its number, then its first places."""
    yield f"  {looks[0].doc}"
    left, hidden = _SCREEN, Counter[str]()
    kinds = [(kind, list(of_kind)) for kind, of_kind in groupby(looks, lambda look: look.kind)]
    for kind, found in kinds:
        yield f"    {_name(kind)} {len(found)}"
        most = min(left, _OF_A_KIND if len(kinds) > 1 else left)
        yield from (_line(look) for look in found[:most])
        left -= min(most, len(found))
        hidden.update(look.table for look in found[most:])
    if hidden:
        tables = "、".join(f"{table}.tsv" for table in hidden if table)
        yield "    " + said("cli.look-more", count=sum(hidden.values()), tables=tables)


def _line(look: Look) -> str:
    quote = look.quote if len(look.quote) <= _QUOTE else f"{look.quote[:_QUOTE]}…"
    parts = [look.section, quote]
    parts += [said("cli.look-count", count=look.count)] if look.count > 1 else []
    if look.kind is LookKind.ROW:
        parts.insert(0, f"{sure(look):.2f}")
    why = render(look.evidence.note, language())
    return "      " + "  ".join(part for part in (*parts, why) if part)


def _counts(looks: Sequence[Look]) -> str:
    counted = Counter(look.kind for look in looks)
    return render([f"{_name(kind)} {counted[kind]}" for kind in LookKind if counted[kind]], language())


def _name(kind: LookKind) -> str:
    return said(_NAMES[kind])

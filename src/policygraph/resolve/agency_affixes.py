"""Look up the words that stand around the core of a body's name: jurisdictions, party, quantifiers, tails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policygraph.concepts import Concepts


@dataclass(frozen=True, slots=True)
class AffixForms:
    """Forms with their kinds, for longest-match lookups."""

    kinds: dict[str, tuple[str, ...]]
    longest: int

    def head(self, text: str, start: int = 0) -> tuple[str, tuple[str, ...]]:
        """Return the longest form that ``text`` has at ``start`` and its kinds; ``("", ())`` if none."""
        for size in range(min(self.longest, len(text) - start), 0, -1):
            form = text[start : start + size]
            if form in self.kinds:
                return form, self.kinds[form]
        return "", ()

    def tail(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return the longest form that ends ``text`` and its kinds; ``("", ())`` if none."""
        for size in range(min(self.longest, len(text)), 0, -1):
            form = text[-size:]
            if form in self.kinds:
                return form, self.kinds[form]
        return "", ()


def affix_forms(concepts: Concepts, *kinds: str) -> AffixForms:
    """Return the affixes of agencies of the given kinds; a kind that ends in ``-`` stands for its whole family."""
    found: dict[str, tuple[str, ...]] = {}
    for affix in concepts.affixes.agency:
        if any(affix.kind.startswith(own) if own.endswith("-") else affix.kind == own for own in kinds):
            found[affix.form] = (*found.get(affix.form, ()), affix.kind)
    return AffixForms(found, _longest(found))


def affixes_of(concepts: Concepts, kind: str) -> tuple[str, ...]:
    """Return the affixes of agencies of one kind, longest first."""
    forms = (affix.form for affix in concepts.affixes.agency if affix.kind == kind)
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _longest(forms: Iterable[str]) -> int:
    return max((len(form) for form in forms), default=0)

"""Say where targets are read, and which years hold there."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.lexicon import Lexicon
from policygraph.model import Section, Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where targets are read.

    ``written`` is the year of the document, ``floor`` the first that can be a target's, ``last`` the end of the period
    in its title; None where they are not known.
    """

    doc: str
    section: Section
    text: Text
    written: int | None
    lexicon: Lexicon
    floor: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The years that hold at a place, and until which sentence (-1: to the paragraph's end).

    ``weak`` years stand before their own number only; ``relative`` ones were counted from the document's year.
    ``told`` says that the sentence tells what has been, ``assured`` that it opened with words of intent (确保),
    ``assumed`` that no year stands there, ``to`` that the years stand behind 到.
    """

    years: tuple[int | None, ...] = ()
    until: int = -1
    repaired: bool = False
    weak: bool = False
    relative: bool = False
    told: bool = False
    assured: bool = False
    assumed: bool = False
    to: bool = False

    def __bool__(self) -> bool:
        """Say whether it says anything about when."""
        return bool(self.years) or self.told


def is_past(scope: Scope, floor: int | None) -> bool:
    """Say whether all years of a scope lie before the document, or words say that it has been: facts, no targets."""
    if scope.told or not scope.years or floor is None:
        return scope.told
    return all(year is not None and year < floor for year in scope.years)

"""Say how far two reviewers agree on the rows that both ruled on: Cohen's kappa (1960, Educ. Psychol. Meas. 20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from policygraph.rulings import WHOLE, Ruling, written

KEPT, CHANGED, OUT = "kept", "changed", "out"
_UNDONE = " undone"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers, on how many rows both ruled, on how many alike, and kappa; None where chance alone decides."""

    one: str
    other: str
    rows: int
    alike: int
    kappa: float | None


def agreements(documents: Iterable[Sequence[Ruling]]) -> tuple[Agreement, ...]:
    """Return how far each two reviewers agree, from the decisions of some documents; who signs nothing is nobody."""
    said: dict[str, dict[object, str]] = {}
    for number, decisions in enumerate(documents):
        for (who, row), verdict in _verdicts(decisions).items():
            said.setdefault(who, {})[number, row] = verdict
    pairs = ((one, other) for one, other in combinations(sorted(said), 2) if said[one].keys() & said[other].keys())
    return tuple(_agreement(one, other, said[one], said[other]) for one, other in pairs)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of verdicts, None where both always say the same one word, or there is no pair.

    >>> kappa([("kept", "kept")] * 20 + [("kept", "out")] * 5 + [("out", "kept")] * 10 + [("out", "out")] * 15)
    0.4
    """
    if not pairs:
        return None
    total = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(a == b for a, b in pairs) / total
    chance = sum(one[word] * other[word] for word in one) / total**2
    return None if chance == 1 else round((seen - chance) / (1 - chance), 6)


def _agreement(one: str, other: str, first: Mapping[object, str], second: Mapping[object, str]) -> Agreement:
    pairs = [(first[row], second[row]) for row in sorted(first.keys() & second.keys(), key=repr)]
    return Agreement(one, other, len(pairs), sum(a == b for a, b in pairs), kappa(pairs))


def _verdicts(decisions: Sequence[Ruling]) -> dict[tuple[str, str], str]:
    """Return what each reviewer says of each row: the graver of what he did with it; what he took back is not said."""
    gone = {(each.who, each.source.removesuffix(_UNDONE)) for each in decisions if each.source.endswith(_UNDONE)}
    found: dict[tuple[str, str], str] = {}
    named: dict[str, str] = {}  # how a row is known now -> how it was known first
    for each in decisions:
        known = f"{each.table} {each.key}"
        first = named.get(known, known)
        named[f"{each.table} {_after(each)}"] = first
        if each.who and not each.source.endswith(_UNDONE) and (each.who, each.source) not in gone:
            found[each.who, first] = max(found.get((each.who, first), KEPT), _verdict(each), key=_GRAVER.index)
    return found


_GRAVER = (KEPT, CHANGED, OUT)


def _after(ruling: Ruling) -> str:
    return written(ruling.after, ruling.nth)


def _verdict(ruling: Ruling) -> str:
    if ruling.column == WHOLE:
        return KEPT if ruling.now else OUT
    return KEPT if ruling.column == "status" else CHANGED

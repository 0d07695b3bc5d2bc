"""Learn from the plans at hand who leads and who supports which action, and how bodies are named at a level."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygraph.concepts import Concepts, agency_type_of
from policygraph.model import Facts, ResponsibilityRow

_SKIPPED = frozenset({"territorial", "generic", "enterprise"})  # bodies of one place, not of a kind
_MAX_SUPPORT = 8


@dataclass(frozen=True, slots=True)
class Likely:
    """A body that plans name for an action: in ``plans`` of ``of`` plans that have the action."""

    agency_id: str
    name: str
    plans: int
    of: int


@dataclass(frozen=True, slots=True)
class Habits:
    """Who leads and who supports, by type of action; the most frequent first."""

    leads: Mapping[str, tuple[Likely, ...]]
    supports: Mapping[str, tuple[Likely, ...]]


def habits(plans: Sequence[Facts], region: str, concepts: Concepts) -> Habits:
    """Return who is likely to lead and support in a region.

    Counted are government functions in the plans of places below the nation: a merged bureau counts for each of its
    functions. A function leads or supports where at least half of the plans with the action say so (and always the
    most frequent lead); every role but lead counts as support, for a draft knows no other. Its body is the type that
    most plans use for it, by the name most plans of the region's level print, with the region's own prefix.
    """
    counted = _Counted(plans, region, concepts)
    actions = sorted(counted.having)
    return Habits(
        {action: counted.likely(action, "lead") for action in actions},
        {action: counted.likely(action, "support") for action in actions},
    )


class _Counted:
    """Counts over all plans: documents by action, role and function, and names by type."""

    def __init__(self, plans: Sequence[Facts], region: str, concepts: Concepts) -> None:
        self._concepts, self._region = concepts, region
        self._levels = tuple(affix.form for affix in concepts.affixes.agency if affix.kind.startswith("level-"))
        self.having: defaultdict[str, set[str]] = defaultdict(set)
        self._named: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._types: defaultdict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
        self._names: defaultdict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
        for plan in plans:
            for row in plan.responsibilities:
                self._count(plan, row)

    def likely(self, action: str, role: str) -> tuple[Likely, ...]:
        """Return the bodies in one role of an action; who leads does not support."""
        of = len(self.having[action])
        ranked = self._ranked(action, role)
        if role == "lead":
            chosen = [pair for pair in ranked if 2 * pair[1] >= of] or ranked[:1]
        else:
            leads = {each.agency_id for each in self.likely(action, "lead")}
            chosen = [pair for pair in ranked if 2 * pair[1] >= of and self._id(pair[0]) not in leads][:_MAX_SUPPORT]
        bodies = {self._id(function): (function, count) for function, count in reversed(chosen)}
        found = [Likely(body, self._name(body), count, of) for body, (_, count) in bodies.items()]
        return tuple(sorted(found, key=lambda each: (-each.plans, each.agency_id)))

    def _ranked(self, action: str, role: str) -> list[tuple[str, int]]:
        counts = {f: len(docs) for (kind, part, f), docs in self._named.items() if (kind, part) == (action, role)}
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _count(self, plan: Facts, row: ResponsibilityRow) -> None:
        kind = agency_type_of(row.agency_id, self._concepts)
        action = self._action(plan, row)
        place = self._concepts.regions.get(row.agency_id.partition("/")[0])
        if kind is None or not action or kind.kind in _SKIPPED or place is None or place.level == "national":
            return
        slug = plan.value("document_id")
        self.having[action].add(slug)
        own = self._concepts.regions[self._region].level == place.level
        word = self._word(place.code)
        self._names[kind.id][own, row.agency.removeprefix(word) if row.agency.startswith(word) else ""] += 1
        role = "lead" if row.role == "lead" else "support"
        for function in kind.functions:
            self._named[action, role, function].add(slug)
            self._types[function][own, kind.id] += 1

    def _action(self, plan: Facts, row: ResponsibilityRow) -> str:
        """Return the type of the action a row stands in: of its section or the nearest one above it."""
        types = {each.section: each.action_type for each in plan.structure if each.action_type}
        return next((types[part] for part in _outwards(row.section) if part in types), "")

    def _id(self, function: str) -> str:
        """Return the body of the region for a function: of the type that plans of its own level name most often."""
        types = self._types[function]
        best = max(types, key=lambda key: (key[0], types[key], -len(key[1]), key[1]))
        return f"{self._region}/{best[1]}"

    def _name(self, agency_id: str) -> str:
        kind = agency_id.partition("/")[2]
        names = {key: count for key, count in self._names[kind].items() if key[1]}
        known = agency_type_of(agency_id, self._concepts)
        plain = max(names, key=lambda key: (key[0], names[key], key[1]))[1] if names else known.zh if known else kind
        return self._word(self._region) + plain

    def _word(self, region: str) -> str:
        """Return what bodies of a region are prefixed with: the word for its level, as its own name ends."""
        name = self._concepts.regions[region].name
        return max((word for word in self._levels if name.endswith(word)), key=len, default=name)


def _outwards(section: str) -> Iterator[str]:
    """Yield a section number and, cutting from its end, all that could stand above it."""
    return (section[:end] for end in range(len(section), 0, -1))

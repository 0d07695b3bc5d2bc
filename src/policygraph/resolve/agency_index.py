"""Find the type of body that the core of a name stands for: by strong name, weak name, or its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from policygraph.concepts import AgencyType, Concepts, Name
from policygraph.errors import DataError
from policygraph.messages import Note, message
from policygraph.resolve.agency_affixes import AffixForms, affix_forms, affixes_of

STRONG, WEAK, OTHER_TAIL = 1.0, 0.92, 0.04
COMPOSED, COMPOSED_BY_LETTER = 0.9, 0.88
QUALIFIED, QUALIFIED_BUREAU, CLOSE, PART = 0.85, 0.75, 0.7, 0.7
_LONG = 5  # characters a name must have before one wrong character is forgiven
_GAP = "\0"


@dataclass(frozen=True, slots=True)
class Hit:
    """A type of body, why it was chosen, and the part of the name (``qualifier``) that tells bodies of it apart."""

    type_id: str
    functions: tuple[str, ...]
    kind: str
    score: float
    reason: Note
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The name tables, compiled for lookups of a name without its jurisdiction."""

    agencies: Mapping[str, AgencyType]
    functions: tuple[str, ...]
    morphemes: Mapping[str, tuple[str, ...]]
    longest_morpheme: int
    names: Mapping[str, Name]
    stems: Mapping[tuple[str, str], Name]
    gapped: Mapping[str, Name]
    composed_types: Mapping[tuple[tuple[str, ...], str], str]
    tails: AffixForms
    glue: tuple[str, ...]
    never_suffix: frozenset[str]
    each: frozenset[str]  # quantifiers: 各, 相关

    def key(self, core: str) -> str:
        """Return a name without the characters that names of one body differ in (and, brackets, spaces)."""
        for form in self.glue:
            core = core.replace(form, "")
        return "".join(filter(str.isalnum, core))

    def exact(self, core: str) -> Hit | None:
        """Return the type named so, whole or with another tail (bureau, department, commission)."""
        key = self.key(core)
        if key in self.names:
            return self._named(self.names[key], 0.0)
        for stem, tail in self._stems(key):
            if (stem, tail) in self.stems:
                return self._named(self.stems[stem, tail], OTHER_TAIL)
        return None

    def composed(self, core: str) -> Hit | None:
        """Return the type whose functions the pieces of a merged bureau's name spell out."""
        stem, tail = self._split(self.key(core))
        if tail == "tail-company":
            return None  # 投资, 建设 and 发展 in the name of a firm are no functions of government
        pieces = self._pieces(stem) if len(stem) > 1 else None
        if pieces is None:
            return None
        found = {function for piece in pieces for function in self.morphemes[piece]}
        functions = tuple(function for function in self.functions if function in found)
        if not functions:
            return None
        score = COMPOSED if all(len(piece) > 1 for piece in pieces) else COMPOSED_BY_LETTER
        return self._of_functions(functions, tail, score, "+".join(pieces))

    def close(self, core: str) -> Hit | None:
        """Return the type of a long name that differs from a strong one in a single character."""
        key = self.key(core)
        if len(key) < _LONG or self._split(key)[1] != "tail-bureau":
            return None
        found = next((self.gapped[gap] for gap in _gaps(key) if gap in self.gapped), None)
        if found is None:
            return None
        return replace(
            self._named(found, 0.0), score=CLOSE, reason=message("resolve.one-character-off", name=found.name)
        )

    def qualified(self, core: str) -> Hit | None:
        """Return the type that the end of a name states, with the rest as qualifier (金陵 + customs)."""
        for start in range(1, len(core) - 1):
            rest = core[:start]
            hit = self._ending(core[start:], rest)
            if hit is not None:
                known = self.exact(rest)
                plain = rest in self.each or (known is not None and known.kind != "territorial")
                own = "" if plain else self.key(rest)
                score = QUALIFIED_BUREAU if hit.kind in ("government", "party") else QUALIFIED
                return replace(hit, score=score, reason=message("resolve.ends-in", name=core[start:]), qualifier=own)
        return None

    def part(self, core: str) -> Hit | None:
        """Return the type that the beginning of a name states: a division of that body."""
        for end in range(len(core) - 1, 2, -1):
            hit = self._whole(core[:end])
            if hit is not None and hit.kind == "government":
                return replace(
                    hit, score=PART, reason=message("resolve.part-of", name=core[:end]), qualifier=self.key(core[end:])
                )
        return None

    def type_hit(self, type_id: str, score: float, reason: Note) -> Hit:
        """Return a hit on a type of the table."""
        agency = self.agencies[type_id]
        return Hit(type_id, agency.functions, agency.kind, score, reason)

    def _named(self, name: Name, off: float) -> Hit:
        score = (STRONG if name.strong else WEAK) - off
        return self.type_hit(
            name.target, score, message("resolve.strong-name" if name.strong else "resolve.other-name", name=name.name)
        )

    def _whole(self, core: str) -> Hit | None:
        key = self.key(core)
        return self._named(self.names[key], 0.0) if key in self.names else None

    def _ending(self, core: str, rest: str) -> Hit | None:
        """Return the type that an ending names; a composed bureau counts only behind a zone (经开区 + 科技商务局)."""
        if core in self.never_suffix or "tail-bureau" in self.tails.kinds.get(core, ()) or not core[0].isalnum():
            return None
        hit = self._whole(core)
        if hit is not None:
            return hit
        hit = self.composed(core)
        if hit is None or hit.score < COMPOSED:
            return None
        zone = self.exact(rest)
        zoned = zone is not None and zone.kind == "territorial"
        return hit if zoned or self._split(self.key(core))[1] != "tail-bureau" else None

    def _split(self, key: str) -> tuple[str, str]:
        tail, kinds = self.tails.tail(key)
        return (key[: len(key) - len(tail)], kinds[0]) if kinds else ("", "")

    def _stems(self, key: str) -> Iterator[tuple[str, str]]:
        stem, tail = self._split(key)
        while len(stem) > 1:
            yield stem, tail
            stem, inner = self._split(stem)
            tail = inner or tail

    def _of_functions(self, functions: tuple[str, ...], tail: str, score: float, pieces: str) -> Hit:
        reason = message("resolve.composed-of", pieces=pieces)
        known = self.composed_types.get((functions, tail))
        if known is not None:
            return self.type_hit(known, score, reason)
        ending = "" if tail == "tail-bureau" else tail.removeprefix("tail")
        kind = _KIND_OF_TAIL[tail]
        return Hit("-".join(functions) + ending, functions, kind, score, reason)

    def _pieces(self, stem: str) -> tuple[str, ...] | None:
        """Cut a stem into known pieces, as few as can be; single characters count double."""
        best: list[tuple[int, tuple[str, ...]] | None] = [None] * len(stem) + [(0, ())]
        for start in range(len(stem) - 1, -1, -1):
            for end in range(min(len(stem), start + self.longest_morpheme), start, -1):
                rest, piece = best[end], stem[start:end]
                if rest is None or piece not in self.morphemes:
                    continue
                cost = rest[0] + (1 if len(piece) > 1 else 2)
                current = best[start]
                if current is None or cost < current[0]:
                    best[start] = (cost, (piece, *rest[1]))
        return best[0][1] if best[0] else None


_KIND_OF_TAIL = {
    "tail-bureau": "government",
    "tail-center": "public-institution",
    "tail-association": "mass-organisation",
}


def compile_names(concepts: Concepts) -> NameIndex:
    """Build the index. Raises DataError where two names of different types become one key."""
    empty = NameIndex(
        agencies=concepts.agencies,
        functions=tuple(concepts.functions),
        morphemes=concepts.morphemes,
        longest_morpheme=max((len(form) for form in concepts.morphemes), default=0),
        names={},
        stems={},
        gapped={},
        composed_types={},
        tails=affix_forms(concepts, "tail-"),
        glue=affixes_of(concepts, "glue"),
        never_suffix=frozenset(affixes_of(concepts, "party")),
        each=frozenset(affixes_of(concepts, "each")),
    )
    names = _keyed_names(empty, concepts.agency_names)
    return replace(
        empty,
        names=names,
        stems=_stem_names(empty, names),
        gapped={gap: name for key, name in names.items() if name.strong and len(key) >= _LONG for gap in _gaps(key)},
        composed_types=_composed_types(empty),
    )


def _keyed_names(index: NameIndex, names: Mapping[str, Name]) -> dict[str, Name]:
    found: dict[str, Name] = {}
    for name in names.values():
        if name.target not in index.agencies:
            raise DataError("resolve.unknown-type", name=name.name, type=name.target)
        other = found.setdefault(index.key(name.name), name)
        if other.target != name.target:
            raise DataError("resolve.two-types", name=name.name, other=other.name)
    return found


def _stem_names(index: NameIndex, names: Mapping[str, Name]) -> dict[tuple[str, str], Name]:
    """Index names by what stands before their tail; strong names first, earlier rows first."""
    found: dict[tuple[str, str], Name] = {}
    for key, name in sorted(names.items(), key=lambda item: not item[1].strong):
        stem, tail = index._split(key)
        if len(stem) > 1:
            found.setdefault((stem, tail), name)
    return found


def _composed_types(index: NameIndex) -> dict[tuple[tuple[str, ...], str], str]:
    found: dict[tuple[tuple[str, ...], str], str] = {}
    for agency in index.agencies.values():
        found.setdefault((agency.functions, index._split(index.key(agency.zh))[1]), agency.id)
    return found


def _gaps(key: str) -> Iterator[str]:
    return (key[:at] + _GAP + key[at + 1 :] for at in range(len(key)))

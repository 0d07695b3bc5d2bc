"""Give every row of one document its place: which section, action or target of the graph it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rdflib import URIRef

from policygraph.concepts import Concepts
from policygraph.errors import TableError
from policygraph.graph import iris
from policygraph.graph.paths import Unique, name_slug, section_path
from policygraph.model import (
    BodyRow,
    ClauseRow,
    Facts,
    RegionRow,
    ResponsibilityRow,
    ScheduleRow,
    SlipRow,
    StructureRow,
    TargetRow,
)
from policygraph.terms import SectionKind

_WHOLE = "document"  # stands in a target's path where the row names neither section nor action


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """An action of a document: its node, name, concept, and the heading it comes from, if any."""

    node: URIRef
    name: str
    type_id: str
    path: str
    row: StructureRow | None


@dataclass(frozen=True, slots=True)
class Places:
    """The nodes of one document by the keys its rows use."""

    document: URIRef
    sections: tuple[tuple[str, StructureRow], ...]  # path and row, in document order
    extra_sections: tuple[tuple[str, str], ...]  # path and printed number of sections no structure row names
    actions: tuple[PlacedAction, ...]
    paths: dict[tuple[str, str], str]  # (section, action) as the rows name them -> path

    def section(self, number: str, action: str = "") -> URIRef | None:
        """Return the section a row stands in; None where it names none."""
        return iris.below(self.document, "section", self.paths[number, action]) if number else None

    def action(self, number: str, action: str) -> PlacedAction | None:
        """Return the action a row belongs to; None where it stands under no action."""
        path = self.paths[number, action]
        return next((found for found in self.actions if found.path == path), None)


def slug(facts: Facts) -> str:
    """Return the slug of a document. Raises TableError where metadata.tsv names none."""
    found = facts.value("document_id")
    if not found:
        raise TableError("graph.no-document-id", document=facts.doc)
    return found


def places(facts: Facts, concepts: Concepts) -> Places:
    """Place every section, action and target of a document."""
    unique = Unique()
    sections = tuple(
        (unique(section_path(row.section or row.heading, row.kind == SectionKind.ANNEX)), row)
        for row in facts.structure
    )
    paths = {key: _path(key, sections, concepts) for key in _keys(facts)}
    known = {path for path, _ in sections}
    extra = {path: number for (number, _), path in paths.items() if number and path not in known}
    node = iris.document(slug(facts))
    actions = _actions(facts, concepts, node, sections, paths)
    return Places(node, sections, tuple(extra.items()), actions, paths)


def target_iris(facts: Facts, where: Places) -> tuple[tuple[TargetRow, URIRef], ...]:
    """Return every target row with its IRI: section, indicator and year, with a suffix on a clash."""
    unique, found = Unique(), []
    for row in facts.targets:
        place = where.paths[row.section, row.action]
        year = "standing" if row.year is None else str(row.year)
        path = unique(f"{place}/{row.indicator_id or iris.indicator_id(row.indicator)}/{year}")
        found.append((row, iris.below(where.document, "target", path)))
    return tuple(found)


def action_type(name: str, concepts: Concepts) -> str:
    """Return the action type that a name stands for, ``""`` where it is not known."""
    if name in concepts.action_names:
        return concepts.action_names[name].target
    return next((kind.id for kind in concepts.actions.values() if kind.zh == name), "")


def _keys(facts: Facts) -> dict[tuple[str, str], None]:
    """List each (section, action) that a row names, in document order."""
    named: tuple[ClauseRow | ResponsibilityRow | TargetRow, ...]
    placed: tuple[StructureRow | BodyRow | ScheduleRow | RegionRow | SlipRow, ...]
    named = (*facts.clauses, *facts.responsibilities, *facts.targets)
    placed = (*facts.structure, *facts.bodies, *facts.schedule, *facts.regions, *facts.slips)
    return dict.fromkeys([(row.section, row.action) for row in named] + [(row.section, "") for row in placed])


def _path(key: tuple[str, str], sections: Iterable[tuple[str, StructureRow]], concepts: Concepts) -> str:
    number, action = key
    if not number:
        return action_type(action, concepts) or (name_slug(action) if action else _WHOLE)
    here = [(path, row) for path, row in sections if row.section == number]
    named = [path for path, row in here if action and action in row.heading]
    return next(iter([*named, *(path for path, _ in here)]), section_path(number))


def _actions(
    facts: Facts,
    concepts: Concepts,
    node: URIRef,
    sections: Iterable[tuple[str, StructureRow]],
    paths: dict[tuple[str, str], str],
) -> tuple[PlacedAction, ...]:
    """Find the actions: headings of that kind, what has clauses, and known actions that no heading names."""
    rows = dict(sections)
    names: dict[str, str] = {}
    for (_, action), path in paths.items():
        if action:
            names.setdefault(path, action)
    owners = [paths[clause.section, clause.action] for clause in facts.clauses]
    owners += [paths[named.section, named.action] for named in facts.responsibilities]
    headed = [path for path, row in rows.items() if row.kind == SectionKind.ACTION]
    bare = [path for (_, action), path in paths.items() if path not in rows and action_type(action, concepts)]
    found = sorted(dict.fromkeys([*headed, *owners, *bare]), key=_order(rows))  # sorted() is stable
    return tuple(_placed(path, names, rows.get(path), concepts, node) for path in found)


def _order(rows: dict[str, StructureRow]) -> Callable[[str], int]:
    """Sort headed actions as the document has them, the others after."""
    positions = {path: index for index, path in enumerate(rows)}
    return lambda path: positions.get(path, len(positions))


def _placed(
    path: str, names: dict[str, str], row: StructureRow | None, concepts: Concepts, node: URIRef
) -> PlacedAction:
    name = names.get(path) or (row.heading if row else path)
    declared = row.action_type if row else ""
    kind = declared or action_type(name, concepts) or (action_type(row.heading, concepts) if row else "")
    return PlacedAction(iris.below(node, "action", path), name, kind, path, row)

"""Write the comparisons of targets between documents, so that SPARQL finds them without recursion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from rdflib import Literal, URIRef

from policygraph import vocab
from policygraph.alignments import ActionAlignment, Alignment, Cascade, LeadAlignment
from policygraph.concepts import Concepts
from policygraph.graph import iris
from policygraph.graph.nodes import places, slug, target_iris
from policygraph.graph.paths import Unique
from policygraph.graph.writer import Writer
from policygraph.messages import say, sentence
from policygraph.model import Facts
from policygraph.quads import Triple
from policygraph.terms import LeadVerdict, Scope, Verdict
from policygraph.vocab import CASCADE_GRAPH, PG, Quad

AnyAlignment = Alignment | ActionAlignment | LeadAlignment
Item = TypeVar("Item", Alignment, ActionAlignment, LeadAlignment)
TargetKey = tuple[str, str, str]  # document slug, section, indicator id
ActionIndex = Mapping[tuple[str, str], URIRef]
TargetIndex = Mapping[TargetKey, Mapping[int | None, URIRef]]
_NO_TARGETS: TargetIndex = MappingProxyType({})
_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_NOT_STATED = frozenset(  # verdicts on a document that may state no target; then there is no status of its figure
    {Verdict.DROPPED, Verdict.NOT_COVERED, Verdict.NO_DATA, Verdict.NOT_COMPARED, Verdict.MERGED}
)


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of some documents that comparisons lead to, and what the documents call their indicators."""

    targets: TargetIndex = field(default_factory=dict)
    actions: ActionIndex = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def nodes_of(facts: Facts, concepts: Concepts) -> Nodes:
    """Return the nodes of one document."""
    names = {row.indicator_id or iris.indicator_id(row.indicator): row.indicator for row in facts.targets}
    return Nodes(target_index([facts], concepts), _action_index([facts], concepts), names)


def joined(parts: Iterable[Nodes]) -> Nodes:
    """Return the nodes of several documents as one."""
    targets: dict[TargetKey, Mapping[int | None, URIRef]] = {}
    actions: dict[tuple[str, str], URIRef] = {}
    names: dict[str, str] = {}
    for each in parts:
        targets.update(each.targets)
        actions.update(each.actions)
        names.update(each.names)
    return Nodes(targets, actions, names)


def target_index(documents: Iterable[Facts], concepts: Concepts) -> TargetIndex:
    """Return the node of each target by document, section and indicator, and there by year."""
    found: dict[TargetKey, dict[int | None, URIRef]] = {}
    for facts in documents:
        name = slug(facts)
        for row, node in target_iris(facts, places(facts, concepts)):
            indicator = row.indicator_id or iris.indicator_id(row.indicator)
            found.setdefault((name, row.section, indicator), {}).setdefault(row.year, node)
    return MappingProxyType(found)


def alignment_graph(
    alignments: Iterable[Alignment], targets: TargetIndex = _NO_TARGETS, names: Mapping[str, str] = _NO_NAMES
) -> tuple[Quad, ...]:
    """Return the alignments as quads; with the index of targets, each is linked to the targets it compares.

    With the ``names`` of indicators each has a label.
    """
    writer = Writer(CASCADE_GRAPH)
    _targets(writer, alignments, targets, names)
    return writer.quads()


def _targets(writer: Writer, alignments: Iterable[Alignment], targets: TargetIndex, names: Mapping[str, str]) -> None:
    unique = Unique()
    for item, scopes in _once(alignments):
        year = "standing" if item.year is None else str(item.year)
        node = _node(unique, item, "alignment", item.indicator, year)
        name = names.get(item.indicator, "")
        _labelled(writer, node, f"{name} {item.year}" if name and item.year else name)
        _common(writer, node, item, PG.TargetAlignment, scopes)
        theirs = _theirs(item, targets)
        writer.add(
            node,
            (PG.alignedIndicator, iris.concept("indicator", item.indicator)),
            (PG.year, vocab.integer(item.year)),
            (PG.step, vocab.decimal(item.step)),
            (PG.alignedTarget, _mine(item, targets)),
            (PG.ancestorTarget, theirs),
            (PG.ancestorStatus, vocab.code(item.ancestor_status) if theirs is None else None),  # else theirs has it
        )


def _once(alignments: Iterable[Item]) -> Iterator[tuple[Item, list[Scope]]]:
    """Yield comparisons with their scopes: the nearest document above and the national one are often the same."""
    found: dict[Item, tuple[Item, list[Scope]]] = {}
    for item in alignments:
        found.setdefault(replace(item, scope=Scope.PARENT), (item, []))[1].append(item.scope)
    yield from found.values()


def cascade_graph(compared: Cascade, documents: Collection[Facts], concepts: Concepts) -> tuple[Quad, ...]:
    """Return all comparisons as quads, each linked to the targets, actions and functions it compares."""
    return _written(compared, joined(nodes_of(each, concepts) for each in documents), concepts).quads()


def comparisons(compared: Cascade, nodes: Nodes, concepts: Concepts) -> set[Triple]:
    """Return the same as :func:`cascade_graph` as text, with the nodes of the documents that are compared."""
    return _written(compared, nodes, concepts).triples


def _written(compared: Cascade, nodes: Nodes, concepts: Concepts) -> Writer:
    writer, actions = Writer(CASCADE_GRAPH), nodes.actions
    tables = {item.id: item.zh for item in concepts.indicators.values()}
    _targets(writer, compared.targets, nodes.targets, {**nodes.names, **tables})
    unique = Unique()
    for item, scopes in _once(compared.actions):
        node = _node(unique, item, "action-alignment", item.action_type)
        _common(writer, node, item, PG.ActionAlignment, scopes)
        _of_action(writer, node, item, concepts)
        writer.add(node, *((PG.mergedWith, iris.concept("action-type", kind)) for kind in item.with_types))
        _linked(writer, node, PG.alignedAction, (item.document, item.action_type, item.sections), actions)
        if item.ancestor:
            _linked(writer, node, PG.ancestorAction, (item.ancestor, item.action_type, item.ancestor_sections), actions)
    for lead, scopes in _once(each for each in compared.leads if each.verdict != LeadVerdict.SAME):
        node = _node(unique, lead, "lead-alignment", lead.action_type)
        _common(writer, node, lead, PG.LeadAlignment, scopes)
        _of_action(writer, node, lead, concepts)
        _linked(writer, node, PG.alignedAction, (lead.document, lead.action_type, lead.sections), actions)
        writer.add(node, *((PG.leadFunction, iris.concept("function", name)) for name in lead.leads))
        writer.add(node, *((PG.ancestorLeadFunction, iris.concept("function", name)) for name in lead.ancestor_leads))
    return writer


def _labelled(writer: Writer, node: URIRef, what: str) -> None:
    if what:
        writer.label(node, say("graph.alignment", "zh", what=what))


def _node(unique: Unique, item: AnyAlignment, *parts: str) -> URIRef:
    """Return the node of a comparison; what it compares with names it, or where that is no document its scope."""
    return URIRef(unique(str(iris.below(iris.document(item.document), *parts, item.ancestor or item.scope))))


def _common(writer: Writer, node: URIRef, item: AnyAlignment, kind: URIRef, scopes: Iterable[Scope]) -> None:
    """Write what all comparisons have. Why two sides are equal needs no words: both are linked."""
    writer.typed(node, kind)
    writer.add(
        node,
        (PG.ofDocument, iris.document(item.document)),
        *((PG.scope, vocab.code(scope)) for scope in scopes),
        (PG.verdict, vocab.code(item.verdict)),
        *([] if item.verdict == Verdict.EQUAL else _reason(item)),
        (PG.comparedWith, iris.document(item.ancestor) if item.ancestor else None),
    )


def _of_action(writer: Writer, node: URIRef, item: ActionAlignment | LeadAlignment, concepts: Concepts) -> None:
    kind = concepts.actions.get(item.action_type)
    _labelled(writer, node, kind.zh if kind else item.action_type)
    writer.add(node, (PG.ofActionType, iris.concept("action-type", item.action_type)))


def _reason(item: AnyAlignment) -> list[tuple[URIRef, Literal | None]]:
    return [(PG.reason, vocab.text(sentence(item.reason, language), language)) for language in ("zh", "en")]


def _action_index(documents: Iterable[Facts], concepts: Concepts) -> ActionIndex:
    """Return the nodes of actions by document and section, and by document and type where no heading names them."""
    found: dict[tuple[str, str], URIRef] = {}
    for facts in documents:
        for action in places(facts, concepts).actions:
            key = action.row.section if action.row else f"type {action.type_id}"
            found.setdefault((slug(facts), key), action.node)
    return found


def _linked(
    writer: Writer, node: URIRef, term: URIRef, place: tuple[str, str, tuple[str, ...]], actions: ActionIndex
) -> None:
    document, kind, sections = place
    keys = [section for section in sections if section] or ([f"type {kind}"] if sections else [])
    writer.add(node, *((term, actions.get((document, key))) for key in keys))


def _mine(item: Alignment, targets: TargetIndex) -> URIRef | None:
    """Return this document's target: of that year, else standing, else the next later one (verdict ``later``)."""
    if item.status is None and item.verdict in _NOT_STATED:
        return None
    stated = targets.get((item.document, item.section, item.indicator), {})
    later = sorted(year for year in stated if year is not None and item.year is not None and year > item.year)
    return _first(stated, (item.year, None, *later))


def _theirs(item: Alignment, targets: TargetIndex) -> URIRef | None:
    """Return the ancestor's target: of that year, else the last before it, else the first after, else standing."""
    if not item.ancestor or item.verdict == Verdict.NO_DATA:
        return None
    stated = targets.get((item.ancestor, item.ancestor_section, item.indicator), {})
    if item.ancestor_status:
        return stated.get(item.ancestor_year)
    years = sorted(year for year in stated if year is not None)
    before = [year for year in reversed(years) if item.year is not None and year < item.year]
    return _first(stated, (item.year, *before, *years, None))


def _first(stated: Mapping[int | None, URIRef], years: Iterable[int | None]) -> URIRef | None:
    return next((stated[year] for year in years if year in stated), None)

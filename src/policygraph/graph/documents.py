"""Make the quads of one document: itself, its sections, actions, clauses, responsibilities and targets."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import DCTERMS, Literal, URIRef

from policygraph import vocab
from policygraph.concepts import Concepts
from policygraph.graph import iris, statements
from policygraph.graph.corrections import corrections
from policygraph.graph.nodes import PlacedAction, Places, places, slug, target_iris
from policygraph.graph.paths import Unique, ordinal
from policygraph.graph.writer import Writer
from policygraph.messages import say
from policygraph.model import ClauseRow, Facts, ResponsibilityRow, StructureRow, TargetRow
from policygraph.periods import range_of
from policygraph.quads import Triple
from policygraph.slugs import parse_number
from policygraph.terms import Parsed, Role
from policygraph.vocab import PG, Quad

_ROLES = {
    Role.LEAD: (PG.LeadResponsibility, PG.hasLeadResponsibility),
    Role.SUPPORT: (PG.SupportingResponsibility, PG.hasSupportingResponsibility),
    Role.RESPONSIBLE: (PG.ResponsibleResponsibility, PG.hasResponsibleResponsibility),
    Role.IMPLEMENT: (PG.ImplementResponsibility, PG.hasImplementResponsibility),
}
_SAID = {
    Role.LEAD: "graph.lead",
    Role.SUPPORT: "graph.support",
    Role.RESPONSIBLE: "graph.responsible",
    Role.IMPLEMENT: "graph.implement",
}
_Key = tuple[str, str, int]  # section, action, clause: how responsibilities name their clause


def graph(facts: Facts, concepts: Concepts) -> tuple[Quad, ...]:
    """Return the quads of one document, sorted, in its own named graph.

    Raises TableError where the metadata names no document_id.
    """
    return _written(facts, concepts).quads()


def stated(facts: Facts, concepts: Concepts) -> set[Triple]:
    """Return the same as :func:`graph` as text."""
    return _written(facts, concepts).triples


def addresses(facts: Facts, concepts: Concepts) -> Callable[[object], URIRef | None]:
    """Return what gives the IRI of each fact of a document by its row, None for rows that are no node of the graph.

    Raises as :func:`graph`.
    """
    return _written(facts, concepts).node_of


def _written(facts: Facts, concepts: Concepts) -> Writer:
    where = places(facts, concepts)
    writer = Writer(vocab.document_graph(slug(facts)))
    _document(writer, facts, where)
    _sections(writer, where)
    _actions(writer, where)
    clauses = _clauses(writer, facts, where)
    _responsibilities(writer, facts, where, clauses)
    _targets(writer, facts, where)
    statements.citations(writer, facts, where, concepts)
    statements.bodies(writer, facts, where, concepts)
    statements.events(writer, facts, where, concepts)
    statements.regions(writer, facts, where)
    statements.slips(writer, facts, where)
    corrections(writer, facts, where)
    return writer


def _document(writer: Writer, facts: Facts, where: Places) -> None:
    node, value = where.document, facts.value
    writer.typed(node, PG.PolicyDocument)
    if facts.targets or where.actions:
        writer.typed(node, PG.Plan)
    writer.label(node, value("title") or value("number") or facts.doc)
    begins, ends = range_of(f"{value('period')} {value('title')}")
    issuer, region, level = facts.resolved("issuer"), facts.resolved("region"), value("level")
    writer.add(
        node,
        (DCTERMS.identifier, vocab.code(facts.doc)),
        (DCTERMS.title, vocab.text(value("title"))),
        (PG.documentNumber, vocab.code(value("number"))),
        (PG.indexNumber, vocab.code(value("index_number"))),
        (PG.issuerName, vocab.code(value("issuer"))),
        (PG.issuer, iris.agency(issuer) if issuer else None),
        (PG.dateIssued, vocab.date(value("date_issued"))),
        (PG.issuedIn, vocab.integer(_issued(facts))),
        (PG.dayIssued, vocab.day(value("date_issued"))),
        (PG.periodBegins, vocab.integer(begins)),
        (PG.periodEnds, vocab.integer(ends)),
        (PG.datePublished, vocab.date(value("date_published"))),
        (PG.dayPublished, vocab.day(value("date_published"))),
        (PG.inRegion, iris.region(region) if region else None),
        (PG.atLevel, iris.concept("level", level) if level else None),
        (PG.addressee, vocab.text(value("addressee"))),
        (PG.documentStatus, vocab.text(value("status"))),
        (PG.reviewStatus, vocab.code(value("review_status"))),
    )


def _issued(facts: Facts) -> int | None:
    """Return the year of issue; where the date is missing, as in a draft, that of the number."""
    date, number = facts.value("date_issued")[:4], parse_number(facts.value("number"))
    return int(date) if date.isdecimal() else number.year if number else None


def _sections(writer: Writer, where: Places) -> None:
    nodes = {path: iris.below(where.document, "section", path) for path, _ in where.sections}
    for order, (path, row) in enumerate(where.sections, start=1):
        node = nodes[path]
        _section(writer, where, node, row.section)
        writer.label(node, row.heading)
        parent = _parent(path, nodes)
        writer.add(
            node,
            (PG.sectionKind, vocab.code(row.kind)),
            (PG.ordinal, vocab.integer(ordinal(row.section))),
            *_out_of_order(row),
            (PG.order, vocab.integer(order)),
            (PG.parentSection, nodes[parent] if parent else None),
        )
        writer.fact(node, row)
    for path, number in where.extra_sections:
        node = iris.below(where.document, "section", path)
        _section(writer, where, node, number)
        writer.label(node, number)
        parent = _parent(path, nodes)
        writer.add(node, (PG.parentSection, nodes[parent] if parent else None))


def _out_of_order(row: StructureRow) -> list[tuple[URIRef, Literal | None]]:
    """Return the number before, where the section's own does not follow it."""
    own, before = ordinal(row.section), ordinal(row.after)
    if own is not None and before is not None and own == before + 1:
        return []
    return [(PG.numberBefore, vocab.code(row.after)), (PG.ordinalBefore, vocab.integer(before))]


def _section(writer: Writer, where: Places, node: URIRef, number: str) -> None:
    writer.typed(node, PG.Section)
    writer.add(node, (PG.inDocument, where.document), (PG.sectionNumber, vocab.code(number)))
    writer.add(where.document, (PG.hasSection, node))


def _parent(path: str, known: dict[str, URIRef]) -> str:
    """Return the nearest path above that is a section: 3.1.1 stands in 3.1, annex-1.2 in annex-1."""
    while "." in path:
        path = path.rpartition(".")[0]
        if path in known:
            return path
    return ""


def _actions(writer: Writer, where: Places) -> None:
    order = {row.section: place for place, (_, row) in reversed(list(enumerate(where.sections, start=1)))}
    for action in where.actions:
        writer.typed(action.node, PG.Action)
        writer.label(action.node, action.name)
        row = action.row
        writer.add(
            action.node,
            (PG.inDocument, where.document),
            (PG.inSection, _section_of(action, where)),
            (PG.actionType, iris.concept("action-type", action.type_id) if action.type_id else None),
            (PG.order, vocab.integer(order.get(row.section) if row else None)),
        )
        writer.add(where.document, (PG.hasAction, action.node))
        if row:
            writer.fact(action.node, row, row.heading)


def _section_of(action: PlacedAction, where: Places) -> URIRef | None:
    known = {path for path, _ in (*where.sections, *where.extra_sections)}
    return iris.below(where.document, "section", action.path) if action.path in known else None


def _clauses(writer: Writer, facts: Facts, where: Places) -> dict[_Key, tuple[URIRef, bool]]:
    """Write the clauses; return each one's node, and whether its list is open, by the key of its rows."""
    unique = Unique()
    rows: dict[_Key, ClauseRow | None] = {(row.section, row.action, row.clause): row for row in facts.clauses}
    for named in facts.responsibilities:
        rows.setdefault((named.section, named.action, named.clause), None)
    found: dict[_Key, tuple[URIRef, bool]] = {}
    for key, row in rows.items():
        action = where.action(key[0], key[1])
        if action is None:  # cannot be: what has a clause is an action
            continue
        path = unique(f"{action.path}/clause/{key[2]}")
        node = iris.below(where.document, "action", path)
        found[key] = (node, row is not None and row.open == "yes")
        _clause(writer, where, node, action, row)
        writer.add(node, (PG.order, vocab.integer(key[2])))
    return found


def _clause(writer: Writer, where: Places, node: URIRef, action: PlacedAction, row: ClauseRow | None) -> None:
    writer.typed(node, PG.Clause)
    writer.label(node, say("graph.clause", "zh", action=action.name))
    writer.add(action.node, (PG.hasClause, node))
    writer.add(node, (PG.inDocument, where.document), (PG.inSection, _section_of(action, where)))
    if row:
        writer.add(
            node,
            (PG.listOpen, vocab.boolean(True) if row.open == "yes" else None),
            (PG.parsed, vocab.boolean(row.parsed == Parsed.YES)),
        )
        writer.fact(node, row, row.quote)


def _responsibilities(writer: Writer, facts: Facts, where: Places, clauses: dict[_Key, tuple[URIRef, bool]]) -> None:
    unique = Unique()
    for row in facts.responsibilities:
        clause, listed_open = clauses[row.section, row.action, row.clause]
        node = URIRef(unique(str(iris.below(clause, "responsibility", str(row.order)))))
        kind, link = _ROLES[row.role]
        writer.typed(node, PG.Responsibility, kind)
        writer.label(node, say(_SAID[row.role], "zh", agency=row.agency or row.surface))
        writer.add(clause, (PG.hasResponsibility, node), (link, node))
        writer.add(
            node,
            (PG.inDocument, where.document),
            (PG.agency, iris.agency(_agency_id(row, facts))),
            (PG.agencyName, vocab.code(row.agency)),
            (PG.role, iris.concept("role", row.role)),
            (PG.order, vocab.integer(row.order)),
            (PG.listOpen, vocab.boolean(True) if listed_open else None),
        )
        writer.fact(node, row, row.surface)


def _agency_id(row: ResponsibilityRow, facts: Facts) -> str:
    return row.agency_id or iris.agency_id(row.agency, facts.resolved("region"))


def _targets(writer: Writer, facts: Facts, where: Places) -> None:
    for row, node in target_iris(facts, where):
        action = where.action(row.section, row.action)
        writer.typed(node, PG.Target)
        writer.label(node, row.indicator)
        indicator = row.indicator_id or iris.indicator_id(row.indicator)
        writer.add(
            node,
            (PG.inDocument, where.document),
            (PG.inSection, where.section(row.section, row.action)),
            (PG.ofIndicator, iris.concept("indicator", indicator)),
            (PG.year, vocab.integer(row.year)),
            (PG.underHeading, None if action else vocab.code(row.action)),
            (DCTERMS.source, vocab.code(row.seen_in)),
        )
        _value(writer, row, node)
        writer.fact(node, row, row.quote)
        if action:
            writer.add(action.node, (PG.hasTarget, node))


def _value(writer: Writer, row: TargetRow, node: URIRef) -> None:
    number = vocab.decimal(row.value) if row.value else None
    if number is not None:
        writer.typed(node, PG.TargetValue)
    writer.add(
        node,
        (PG.comparator, vocab.code(row.op)),
        (PG.value, number),
        (PG.printedValue, None if number is not None else vocab.code(row.value)),
        (PG.unit, vocab.code(row.unit)),
        (PG.baseline, vocab.code(row.baseline)),
    )

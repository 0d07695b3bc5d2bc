"""Write a plan as StratML Part 2 (ISO 17469-2): goals with the bodies that answer for them, and their indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from policygraph.errors import UsageError
from policygraph.export.graphs import clean
from policygraph.messages import say
from policygraph.vocab import ID, PG, Quad

_SPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_ROLES = (
    (PG.hasLeadResponsibility, "export.role-lead"),
    (PG.hasResponsibleResponsibility, "export.role-responsible"),
    (PG.hasSupportingResponsibility, "export.role-support"),
    (PG.hasImplementResponsibility, "export.role-implement"),
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]")


def as_stratml(quads: Iterable[Quad]) -> str:
    """Return the XML of one plan: a goal for each action, a stakeholder for each body, an indicator for each target.

    Raises UsageError unless the quads are about exactly one plan: give the graph of one document.
    """
    graph: Graph = Graph()
    for s, p, o, _ in quads:
        graph.add((s, p, o))
    plans = sorted(node for node in graph.subjects(RDF.type, PG.Plan) if isinstance(node, URIRef))
    if len(plans) != 1:
        raise UsageError("export.stratml-of-one", count=len(plans))
    root = ET.Element("PerformancePlanOrReport", {"xmlns": _SPACE, "Type": "Performance_Plan"})
    _plan(root, graph, plans[0])
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _plan(root: ET.Element, graph: Graph, plan: URIRef) -> None:
    _text(root, "Name", _value(graph, plan, RDFS.label))
    _text(root, "Description", _value(graph, plan, PG.documentNumber))
    core = ET.SubElement(root, "StrategicPlanCore")
    organization = ET.SubElement(core, "Organization")
    _text(organization, "Name", _value(graph, plan, PG.issuerName))
    actions = sorted(graph.objects(plan, PG.hasAction), key=lambda node: (_order(graph, node), str(node)))
    for number, action in enumerate(actions, start=1):
        _goal(core, graph, action, number)
    under = {target for action in actions for target in graph.objects(action, PG.hasTarget)}
    overall = say("export.overall-goals", "zh")
    loose = set(graph.subjects(RDF.type, PG.Target)) - under
    headings = sorted({_value(graph, target, PG.underHeading) or overall for target in loose})
    for number, heading in enumerate(headings, start=len(actions) + 1):
        goal = ET.SubElement(core, "Goal")
        _text(goal, "Name", heading)
        ET.SubElement(goal, "Description")
        _text(goal, "SequenceIndicator", str(number))
        _objective(
            goal, graph, heading, [t for t in loose if (_value(graph, t, PG.underHeading) or overall) == heading]
        )
    if not actions and not headings:  # the schema wants at least one
        goal = ET.SubElement(core, "Goal")
        _text(goal, "Name", overall)
        ET.SubElement(goal, "Description")
    _administration(root, graph, plan)


def _administration(root: ET.Element, graph: Graph, plan: URIRef) -> None:
    part = ET.SubElement(root, "AdministrativeInformation")
    _text(part, "Identifier", _name(plan))
    date = _value(graph, plan, PG.datePublished) or _value(graph, plan, PG.dateIssued)
    if _DATE.fullmatch(date):
        _text(part, "PublicationDate", date)
    _text(part, "Source", str(plan))


def _goal(core: ET.Element, graph: Graph, action: Node, number: int) -> None:
    goal = ET.SubElement(core, "Goal")
    name = _value(graph, action, RDFS.label)
    clauses = sorted(graph.objects(action, PG.hasClause), key=str)
    _text(goal, "Name", name)
    ET.SubElement(goal, "Description").text = clean(_value(graph, action, PG.quote) or name)
    _text(goal, "Identifier", _name(action))
    _text(goal, "SequenceIndicator", str(number))
    for clause in clauses:
        for link, key in _ROLES:
            for duty in sorted(graph.objects(clause, link), key=lambda node: (_order(graph, node), str(node))):
                _stakeholder(goal, _value(graph, duty, PG.agencyName), key)
    _text(goal, "OtherInformation", "\n".join(filter(None, (_value(graph, clause, PG.quote) for clause in clauses))))
    targets = list(graph.objects(action, PG.hasTarget))
    if targets:
        _objective(goal, graph, name, targets)


def _stakeholder(goal: ET.Element, name: str, key: str) -> None:
    part = ET.SubElement(goal, "Stakeholder", {"StakeholderTypeType": "Organization"})
    _text(part, "Name", name)
    role = ET.SubElement(part, "Role")
    _text(role, "Name", say(key, "zh"))
    _text(role, "Description", say(key, "en"))
    _text(role, "RoleType", "Performer")


def _objective(goal: ET.Element, graph: Graph, name: str, targets: list[Node]) -> None:
    objective = ET.SubElement(goal, "Objective")
    _text(objective, "Name", name)
    for number, target in enumerate(sorted(targets, key=str), start=1):
        kind = "Quantitative" if _value(graph, target, PG.value) else "Qualitative"
        indicator = ET.SubElement(objective, "PerformanceIndicator", {"PerformanceIndicatorType": kind})
        _text(indicator, "SequenceIndicator", str(number))
        _text(indicator, "MeasurementDimension", _value(graph, target, RDFS.label))
        ET.SubElement(indicator, "UnitOfMeasurement").text = clean(_value(graph, target, PG.unit))
        _text(indicator, "Identifier", _name(target))
        _result(ET.SubElement(indicator, "MeasurementInstance"), graph, target)


def _result(instance: ET.Element, graph: Graph, target: Node) -> None:
    result = ET.SubElement(instance, "TargetResult")
    year = _value(graph, target, PG.year)
    _text(result, "EndDate", f"{year}-12-31" if year else "")
    _text(result, "NumberOfUnits", _value(graph, target, PG.value))
    descriptor = ET.SubElement(result, "Descriptor")
    _text(descriptor, "DescriptorName", "comparator")
    _text(descriptor, "DescriptorValue", _value(graph, target, PG.comparator))
    _text(result, "Description", _value(graph, target, PG.quote))


def _text(parent: ET.Element, name: str, value: str) -> None:
    if value:
        ET.SubElement(parent, name).text = clean(value)


def _value(graph: Graph, node: Node, link: Node) -> str:
    return min((str(value) for value in graph.objects(node, link)), default="")


def _order(graph: Graph, node: Node) -> int:
    written = _value(graph, node, PG.order)
    return int(written) if written else 10_000


def _name(node: Node) -> str:
    """Return an identifier that XML takes (xsd:ID), from the end of an IRI."""
    return "pg." + _NOT_NAME.sub(".", str(node).removeprefix(ID))

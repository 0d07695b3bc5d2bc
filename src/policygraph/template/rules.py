"""Write the shapes that a plan below a document has to meet: plain SHACL, one shape a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from policygraph import vocab
from policygraph.concepts import Concepts
from policygraph.graph import iris
from policygraph.model import Facts
from policygraph.template.demands import Demand
from policygraph.terms import CHANGES, Direction, Op

_HEAD = """# What a plan below {name} must not fall short of; written by `policygraph template`.
# sh:message says what is wrong, sh:description what is expected, rdfs:comment how to mend it.

@prefix pg: <https://w3id.org/policygraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_SHAPE = """
<{shape}> a sh:NodeShape ;
    sh:targetClass pg:TargetValue ;
    sh:group <{base}shape/theme-cascade> ;
    sh:or (
{cases}
    ) ;
    sh:severity sh:Violation ;
    sh:message {message_zh}@zh, {message_en}@en ;
    sh:description {wanted}@zh, {wanted}@en ;
    rdfs:comment "提高到该值，或说明理由"@zh, "raise it to this value, or give the reason"@en .
"""
_STATED = """
<{shape}> a sh:PropertyShape ;
    sh:targetClass pg:Plan ;
    sh:group <{base}shape/theme-cascade> ;
    sh:path ( [ sh:inversePath pg:inDocument ] pg:ofIndicator ) ;
    sh:hasValue <{indicator}> ;
    sh:severity sh:Warning ;
    sh:message {message_zh}@zh, {message_en}@en ;
    sh:description {wanted}@zh, {wanted}@en ;
    rdfs:comment "补写该目标，或说明理由"@zh, "add the target, or give the reason"@en .
"""
_BOUNDS: Mapping[str, str] = {
    Op.AT_LEAST: "minInclusive",
    Op.MORE: "minInclusive",
    Op.AT_MOST: "maxInclusive",
    Op.LESS: "maxInclusive",
}
_DIRECTIONS: Mapping[str, str] = {Direction.UP: "minInclusive", Direction.DOWN: "maxInclusive"}


def rules(parent: Facts, wanted: Sequence[Demand], concepts: Concepts) -> str:
    """Return the shapes as Turtle: each value to meet from its year up to the next milestone, each indicator to state.

    A target in another unit is left to the cascade, which converts; so is one whose desired direction is not known.
    """
    parts = [_HEAD.format(name=parent.value("number") or parent.value("title"))]
    known = [each for each in wanted if each.row.indicator_id]
    for each in known:
        parts.extend(_value(each, _until(each, known), concepts))
    named = {each.row.indicator_id: each for each in reversed(known)}
    parts.extend(_stated(named[key]) for key in sorted(named))
    return "".join(parts)


def _until(wanted: Demand, others: Sequence[Demand]) -> int | None:
    """Return the year of the next milestone of the same indicator, None after the last."""
    years = [each.row.year for each in others if each.row.indicator_id == wanted.row.indicator_id]
    return min((year for year in years if year and wanted.row.year and year > wanted.row.year), default=None)


def _value(wanted: Demand, until: int | None, concepts: Concepts) -> Iterator[str]:
    row = wanted.row
    bound, number = _bound(wanted, concepts), _number(row.value)
    if bound is None or number is None:
        return
    year = "standing" if row.year is None else str(row.year)
    said = f"{row.indicator} {row.op} {row.value}{row.unit}" + (f" ({row.year})" if row.year else "")
    zh, en = ("（该数字尚未核对）", " (figure unchecked)") if wanted.unsure else ("", "")
    yield _SHAPE.format(
        shape=_name(wanted, row.indicator_id, year),
        base=vocab.BASE,
        cases="\n".join(f"        [ {case} ]" for case in _cases(wanted, until, bound, number)),
        message_zh=_text(f"低于 {wanted.source} 的要求: {said}{zh}"),
        message_en=_text(f"falls short of {wanted.source}: {said}{en}"),
        wanted=_text(said),
    )


def _cases(wanted: Demand, until: int | None, bound: str, number: Decimal) -> Iterator[str]:
    """Yield what excuses a target from a value (another indicator, year, form or unit), then the value itself."""
    row = wanted.row
    yield f"sh:not [ sh:path pg:ofIndicator ; sh:hasValue <{iris.concept('indicator', row.indicator_id)}> ]"
    if row.year is not None:
        yield f"sh:path pg:year ; sh:minCount 1 ; sh:maxExclusive {row.year}"
    if until is not None:
        yield f"sh:path pg:year ; sh:minCount 1 ; sh:minInclusive {until}"
    if row.op in CHANGES:
        yield f"sh:not [ sh:path pg:comparator ; sh:hasValue {_text(row.op)} ]"
    else:
        yield 'sh:path pg:comparator ; sh:in ( "rise" "fall" "qual" )'
    yield f"sh:not [ sh:path pg:unit ; sh:hasValue {_text(row.unit)} ]"
    if row.baseline:
        yield f"sh:not [ sh:path pg:baseline ; sh:hasValue {_text(row.baseline)} ]"
    yield f"sh:path pg:value ; sh:{bound} {number:f}"


def _bound(wanted: Demand, concepts: Concepts) -> str | None:
    if wanted.row.op in CHANGES:
        return "minInclusive"  # a change of at least that size
    known = concepts.indicators.get(wanted.row.indicator_id)
    return _DIRECTIONS.get(known.direction if known else "none") or _BOUNDS.get(wanted.row.op)


def _stated(wanted: Demand) -> str:
    row = wanted.row
    return _STATED.format(
        shape=_name(wanted, row.indicator_id, "stated"),
        base=vocab.BASE,
        indicator=iris.concept("indicator", row.indicator_id),
        message_zh=_text(f"没有写 {wanted.source} 的目标: {row.indicator}"),
        message_en=_text(f"does not state a target of {wanted.source}: {row.indicator}"),
        wanted=_text(row.indicator),
    )


def _name(wanted: Demand, *parts: str) -> str:
    return f"{vocab.BASE}shape/" + "/".join((wanted.slug, *parts))


def _number(value: str) -> Decimal | None:
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return f'"{escaped}"'

"""Write the shapes that a plan below a document has to meet: plain SHACL, one shape a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from policygraph import vocab
from policygraph.concepts import Concepts
from policygraph.graph import iris
from policygraph.messages import say
from policygraph.model import Facts
from policygraph.template.demands import Demand
from policygraph.terms import CHANGES, Direction, Op

_HEAD = """# What a plan below {name} must not fall short of; written by `policygraph template`.
# sh:message says what is wrong, sh:description what is expected, rdfs:comment how to mend it.

{prefixes}"""
_PREFIXES = ("pg", "rdfs", "sh", "xsd")
_SHAPE = """
<{shape}> a sh:NodeShape ;
    sh:targetClass pg:TargetValue ;
    sh:group <{theme}> ;
    sh:or (
{cases}
    ) ;
    sh:severity sh:Violation ;
    sh:message {message} ;
    sh:description {wanted}@zh, {wanted}@en ;
    rdfs:comment {fix} .
"""
_STATED = """
<{shape}> a sh:PropertyShape ;
    sh:targetClass pg:Plan ;
    sh:group <{theme}> ;
    sh:path ( [ sh:inversePath pg:inDocument ] pg:ofIndicator ) ;
    sh:hasValue <{indicator}> ;
    sh:severity sh:Warning ;
    sh:message {message} ;
    sh:description {wanted}@zh, {wanted}@en ;
    rdfs:comment {fix} .
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
    prefixes = "".join(f"@prefix {name}: <{vocab.prefixes()[name]}> .\n" for name in _PREFIXES)
    parts = [_HEAD.format(name=parent.value("number") or parent.value("title"), prefixes=prefixes)]
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
    key = "rules.falls-short-of-unchecked" if wanted.unsure else "rules.falls-short"
    yield _SHAPE.format(
        shape=_name(wanted, row.indicator_id, year),
        theme=vocab.shape("theme-cascade"),
        cases="\n".join(f"        [ {case} ]" for case in _cases(wanted, until, bound, number)),
        message=_both(key, source=wanted.source, said=said),
        fix=_both("rules.raise-it"),
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
        theme=vocab.shape("theme-cascade"),
        indicator=iris.concept("indicator", row.indicator_id),
        message=_both("rules.not-stated", source=wanted.source, indicator=row.indicator),
        fix=_both("rules.add-it"),
        wanted=_text(row.indicator),
    )


def _name(wanted: Demand, *parts: str) -> str:
    return vocab.shape(wanted.slug, *parts)


def _both(key: str, **values: object) -> str:
    """Return a message as two literals, Chinese and English."""
    return ", ".join(f"{_text(say(key, language, **values))}@{language}" for language in ("zh", "en"))


def _number(value: str) -> Decimal | None:
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return f'"{escaped}"'

"""Make what an engine found into results: where each stands, what is there, what ought to be, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from policygraph import vocab
from policygraph.nameless import names
from policygraph.terms import Op
from policygraph.validate.about import named_as
from policygraph.validate.causes import causes_alone
from policygraph.validate.comparing import NONE, Compared, Sides
from policygraph.validate.locate import Location, locate
from policygraph.validate.report import SEVERITIES, Result, Words
from policygraph.validate.shapes import name_of, offers_bodies, one_slip, path_of, suggested, theme_of, words
from policygraph.validate.wording import both, found, together
from policygraph.vocab import PG

Clauses = Mapping[str, str]  # who usually answers for an action, by its type


@dataclass(frozen=True)
class Rules:
    """The shapes that were checked; ``whole`` are those of all stages, which share what is nameless."""

    shapes: Graph
    whole: Graph

    @property
    def names(self) -> Mapping[Node, URIRef]:
        """Return an IRI for each nameless node."""
        return names_of(self.whole)


@lru_cache(maxsize=4)
def names_of(shapes: Graph) -> Mapping[Node, URIRef]:
    """Return an IRI for each nameless node of shapes: worked out once, since it takes a second, where it is asked."""
    return names(shapes)


@dataclass(frozen=True, slots=True)
class Raw:
    """One result as the engine gives it."""

    focus: Node
    value: Node | None
    shape: Node
    severity: str
    message: Words
    component: str


def results(slug: str, found: Iterable[Raw], rules: Rules, sides: Sides, usual: Clauses) -> list[Result]:
    """Return the results of one document, the worst first, then in document order.

    What several comparisons of one indicator and year found (with the parent, with the nation) comes once, and so
    does an indicator that is not stated for any year, and a slip that all years of a sentence share. What another
    result explains is left out.
    """
    shapes = rules.shapes
    check = _Check(slug, rules, sides, usual)
    groups: dict[object, list[Raw]] = {}
    for raw in found:
        groups.setdefault(check.key(raw), []).append(raw)
    made = [check.result(raws) for raws in groups.values()]
    ordered = [result for _, result in sorted(made, key=lambda pair: pair[0])]
    return causes_alone(ordered, shapes, sides.data)


@dataclass(frozen=True, slots=True)
class _Check:
    """One document with its slice, what is above it, and the shapes."""

    slug: str
    rules: Rules
    sides: Sides
    usual: Clauses

    @property
    def shapes(self) -> Graph:
        return self.rules.shapes

    @property
    def document(self) -> URIRef:
        return vocab.thing("document", self.slug)

    def key(self, raw: Raw) -> tuple[object, ...]:
        """Return by what results are one."""
        data, name = self.sides.data, name_of(raw.shape, self.shapes)
        target = self._target(raw)
        quote = data.value(target, PG.quote) if self._of_all_years(raw, target) else None
        if quote is not None:
            return (name, data.value(target, PG.ofIndicator), quote)
        if self._aligned(raw):
            stated = (raw.focus, PG.alignedTarget, None) in data  # what is not stated at all is one fault for all years
            year = data.value(raw.focus, PG.year) if stated else None
            return (name, data.value(raw.focus, PG.alignedIndicator), year)
        return (name, raw.focus, raw.value)

    def _of_all_years(self, raw: Raw, target: Node) -> bool:
        """Tell whether a result is about all years of a sentence: a slip that they share, a goal in words compared."""
        in_words = (target, PG.comparator, Literal(str(Op.WORDS))) in self.sides.data
        return (in_words and self._aligned(raw)) or one_slip(raw.shape, self.shapes)

    def _target(self, raw: Raw) -> Node:
        """Return the target at fault, where a result is about one."""
        return self.sides.data.value(raw.focus, PG.alignedTarget) or self._fact(raw) or raw.focus

    def _fact(self, raw: Raw) -> Node | None:
        """Return the value where it is stated in the document."""
        stated = raw.value is not None and (raw.value, PG.inDocument, self.document) in self.sides.data
        return raw.value if stated else None

    def result(self, raws: Sequence[Raw]) -> tuple[tuple[object, ...], Result]:
        """Return a result with what it is sorted by."""
        raw, data = raws[0], self.sides.data
        at = locate(data, self.document, self._fact(raw) or raw.focus)
        compared = self._compared(raws, at)
        message, shape = words(self.shapes, raw.shape, SH.message), name_of(raw.shape, self.shapes)
        result = Result(
            severity=raw.severity,
            shape=shape,
            document=self.slug,
            focus=str(raw.focus),
            path=path_of(self.shapes, raw.shape),
            value="" if raw.value is None else str(raw.value),
            message=message if message.zh else raw.message,
            expected=compared.expected if compared.expected.zh else words(self.shapes, raw.shape, SH.description),
            found=compared.found,
            fix=self._fix(raw),
            section=at.section,
            quote=at.quote,
            action=at.action,
            bodies=at.bodies,
            theme=theme_of(raw.shape, self.shapes),
            source=self._source(raw.shape),
            component=raw.component,
            against=compared.against,
            clause=compared.clause,
            start=at.start,
            end=at.end,
        )
        return (SEVERITIES.index(raw.severity), at.place, at.section, shape, result.focus, result.value), result

    def _fix(self, raw: Raw) -> Words:
        """Say how to mend it, with what the shape suggests, where the data has that."""
        data, fix = self.sides.data, words(self.shapes, raw.shape, RDFS.comment)
        better = suggested(self.shapes, raw.shape, data, raw.focus if raw.value is None else raw.value)
        if not better:
            return fix
        zh, en = zip(*(self._stated(node) for node in better), strict=True)
        return Words(f"{fix.zh}：{'、'.join(zh)}", f"{fix.en}: {', '.join(en)}")

    def _source(self, shape: Node) -> str:
        """Return the IRI of a shape, for a nameless one that of its content; pyshifty does not say which that is."""
        return str(shape if isinstance(shape, URIRef) else self.rules.names.get(shape, ""))

    def _compared(self, raws: Sequence[Raw], at: Location) -> Compared:
        raw = raws[0]
        if self._aligned(raw):
            return self.sides.target([each.focus for each in raws])
        kind = self._missing_action(raw)
        if kind is not None:
            return self.sides.action(self.document, kind, self.usual.get(str(kind).rpartition("/")[2], ""))
        bodies = self.usual.get(at.kind, "") if offers_bodies(raw.shape, self.shapes) else ""
        there = together(self.sides.data, map(self._target, raws)) if len(raws) > 1 else self._found(raw)
        return Compared(there, clause=bodies)

    def _aligned(self, raw: Raw) -> bool:
        return (raw.focus, RDF.type, PG.TargetAlignment) in self.sides.data

    def _missing_action(self, raw: Raw) -> Node | None:
        """Return the type of the action that a result is about, where the document has none of it."""
        data = self.sides.data
        for node in (raw.value, raw.focus):
            kind = data.value(node, PG.ofActionType) if node is not None else None
            if kind is not None:
                return kind
        kind = raw.value
        return kind if kind is not None and vocab.identifier_of("action-type", str(kind)) else None

    def _found(self, raw: Raw) -> Words:
        """Say what is there: the value, where it stands for itself, else the focus node and the literal at fault."""
        data, value = self.sides.data, raw.value
        if raw.focus == self.document:
            return self._stated(value) if value is not None and value != self.document else both(NONE)
        if value is not None and (value, RDF.type, PG.Agency) in data:
            return found(data, value)
        zh, en = found(data, raw.focus)
        plain = isinstance(value, Literal) and not isinstance(value.value, bool)
        shown = f" ({value})" if plain and str(value) not in en else ""
        return Words(zh + shown, en + shown)

    def _stated(self, value: Node) -> Words:
        slug = vocab.identifier_of("document", str(value))
        if slug and "/" not in slug:
            return both(named_as(value, self.sides.above, self.sides.data).name)
        return found(self.sides.data, value)

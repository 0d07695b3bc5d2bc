"""Read the shapes: what each is called, what it says, what it looks at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection as Gathered
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.extras.shacl import parse_shacl_path
from rdflib.term import Node

from policygraph import assets, vocab
from policygraph.errors import DataError
from policygraph.messages import Foreign, Message, message
from policygraph.quads import Triple, term
from policygraph.terms import Stage
from policygraph.turtle import read_into
from policygraph.validate.report import Words
from policygraph.vocab import PG, SHAPE

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_TYPE, _SUBCLASS = term(RDF.type), term(RDFS.subClassOf)
_STEPS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def load_shapes(folder: Path | None = None, more: Iterable[Path] = ()) -> Graph:
    """Return the shapes of a folder of Turtle files, by default those that ship with the project, and of more files.

    A shape of another file may be switched off (``sh:deactivated``), but not defined anew. Raises DataError (file,
    line) where one is no Turtle, where a shape is defined in two files, or where there is none.
    """
    files = sorted((folder or assets.path("shapes")).glob("*.ttl"))
    if not files:
        raise DataError("validate.no-shapes", folder=folder)
    graph = Graph()
    for file in files:
        read_turtle(file, graph)
    for number, file in enumerate(more := tuple(more)):
        own = Graph()
        read_turtle(file, own)
        if twice := sorted(_defined(own) & _defined(graph)):
            others = (each for each in (*files, *more[:number]) if _line_of(each, twice[0]))
            raise DataError("validate.shape-twice", place=_place(file, twice[0]), other=_place(next(others), twice[0]))
        read_turtle(file, graph)
    return graph


def _defined(shapes: Graph) -> set[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {node for kind in kinds for node in shapes.subjects(RDF.type, kind) if isinstance(node, URIRef)}


def _place(file: Path, shape: URIRef) -> Message:
    return message("tables.place", path=file, line=_line_of(file, shape))


def _line_of(file: Path, shape: URIRef) -> int:
    """Return the line that begins with a shape in a Turtle file, 0 where none does."""
    opens = re.compile(rf"\s*(?:<{re.escape(shape)}>|[\w-]*:{re.escape(re.split('[/#]', shape)[-1])})\s")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if opens.match(f"{line} ")), 0)


def read_turtle(file: Path, graph: Graph) -> None:
    """Add the triples of a Turtle file to a graph. Raises DataError (file, line, column) where it is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError("validate.unreadable-turtle", file=file, why=Foreign(error.strerror or str(error))) from error
    except UnicodeDecodeError as error:
        raise DataError("validate.unreadable-turtle", file=file, why=Foreign(error.reason)) from error
    try:
        read_into(graph, text, file.resolve().as_uri())
    except SyntaxError as error:
        why = Foreign(" ".join(error.msg.partition(": ")[2].split()))  # the place is said before it
        raise DataError("validate.no-turtle", file=file, line=error.lineno, column=error.offset, why=why) from error


def named_shapes(shapes: Graph) -> list[URIRef]:
    """Return the shapes that have a target and are not switched off, sorted."""
    found = {node for target in _TARGETS for node in shapes.subjects(target) if isinstance(node, URIRef)}
    off = set(shapes.subjects(SH.deactivated, Literal(True)))
    return sorted(found - off)


def of_theme(shapes: Graph, theme: str) -> Graph:
    """Return the shapes with those of other themes switched off (``sh:deactivated``)."""
    chosen = Graph()
    chosen += shapes
    for shape in named_shapes(shapes):
        if theme_of(shape, shapes) != theme:
            chosen.set((shape, SH.deactivated, Literal(True)))
    return chosen


def at_stage(shapes: Graph, stage: Stage) -> Graph:
    """Return the shapes with those switched off that apply at another stage alone (``pg:atStage``)."""
    others = [shape for shape, at in shapes.subject_objects(PG.atStage) if str(at) != stage]
    if not others:
        return shapes
    chosen = Graph()
    chosen += shapes
    for shape in others:
        chosen.set((shape, SH.deactivated, Literal(True)))
    return chosen


def offers_bodies(shape: Node, shapes: Graph) -> bool:
    """Tell whether what a shape finds is mended by naming bodies (``pg:offersBodies``)."""
    return (shape, PG.offersBodies, Literal(True)) in shapes


def one_slip(shape: Node, shapes: Graph) -> bool:
    """Tell whether what a shape finds of one indicator in one sentence is one slip (``pg:oneSlip``)."""
    return (shape, PG.oneSlip, Literal(True)) in shapes


def name_of(shape: Node, shapes: Graph) -> str:
    """Return the name of a shape; a nameless one goes by the name of the shape that holds it."""
    while isinstance(shape, BNode):
        holder = next(iter(shapes.subjects(None, shape)), None)
        if holder is None:
            return ""
        shape = holder
    return str(shape).removeprefix(SHAPE)


def words(shapes: Graph, shape: Node, term: URIRef) -> Words:
    """Return what a shape says under a term, in Chinese and English; one language stands in for the other."""
    said = {getattr(value, "language", None) or "": str(value) for value in shapes.objects(shape, term)}
    zh = said.get("zh") or next(iter(said.values()), "")
    return Words(zh, said.get("en") or zh)


def theme_of(shape: Node, shapes: Graph) -> str:
    """Return the theme a shape belongs to (``sh:group``): the last part of its name after ``theme-``."""
    return str(shapes.value(shape, SH.group) or "").removeprefix(SHAPE).removeprefix("theme-")


def themes(shapes: Graph) -> dict[str, Words]:
    """Return the themes in their order, with their names in Chinese and English."""
    groups = sorted(
        shapes.subjects(RDF.type, SH.PropertyGroup), key=lambda node: (str(shapes.value(node, SH.order)), str(node))
    )
    return {str(node).removeprefix(SHAPE).removeprefix("theme-"): words(shapes, node, RDFS.label) for node in groups}


class Focus:
    """What each shape looks at."""

    def __init__(self, shapes: Graph) -> None:
        self._wanted = {
            name_of(shape, shapes): [(place, term(node)) for place in _TARGETS for node in shapes.objects(shape, place)]
            for shape in named_shapes(shapes)
        }
        named = defaultdict[URIRef, set[str]](set)
        for place, node in (target for wanted in self._wanted.values() for target in wanted):
            named[place].add(node)
        self._classes, self._subjects, self._objects = (named[place] for place in _TARGETS[:3])

    def counts(self, data: Gathered[Triple]) -> dict[str, int]:
        """Return how many nodes of the data each shape looks at, by its name."""
        found: defaultdict[tuple[URIRef, str], set[str]] = defaultdict(set)
        of_class: defaultdict[str, set[str]] = defaultdict(set)
        below: defaultdict[str, set[str]] = defaultdict(set)
        subjects, objects = self._subjects, self._objects
        for s, p, o in data:
            if p == _TYPE:
                of_class[o].add(s)
            elif p == _SUBCLASS:
                below[o].add(s)
            if p in subjects:
                found[SH.targetSubjectsOf, p].add(s)
            if p in objects:
                found[SH.targetObjectsOf, p].add(o)
        for kind in self._classes:
            classes = {kind, *_down(kind, below)}
            found[SH.targetClass, kind] = set().union(*(of_class.get(each, ()) for each in classes))
        return {name: len(_nodes(wanted, found)) for name, wanted in self._wanted.items()}


def _nodes(wanted: Iterable[tuple[URIRef, str]], found: Mapping[tuple[URIRef, str], set[str]]) -> set[str]:
    nodes = ({node} if place == SH.targetNode else found.get((place, node), set()) for place, node in wanted)
    return set().union(*nodes)


def _down(kind: str, below: Mapping[str, set[str]]) -> set[str]:
    """Return the classes below a class, at whatever depth."""
    waiting, found = [kind], set[str]()
    while waiting:
        fresh = below.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def suggested(shapes: Graph, shape: Node, data: Graph, node: Node) -> tuple[Node, ...]:
    """Return what a shape suggests for a node at fault: what its path ``pg:suggests`` leads to, sorted."""
    path = shapes.value(shape, PG.suggests)
    if not isinstance(path, URIRef | BNode) or not isinstance(node, URIRef):
        return ()
    return tuple(sorted(set(data.objects(node, parse_shacl_path(shapes, path))), key=str))


def path_of(shapes: Graph, shape: Node) -> str:
    """Return the path of a property shape in SPARQL's notation, ``""`` where it has none."""
    path = shapes.value(shape, SH.path)
    return _path(path, shapes) if path is not None else ""


def _path(path: Node, shapes: Graph) -> str:
    if isinstance(path, URIRef):
        return vocab.shorten(str(path))
    inverse, either = shapes.value(path, SH.inversePath), shapes.value(path, SH.alternativePath)
    if inverse is not None:
        return f"^{_path(inverse, shapes)}"
    if either is not None:
        return f"({'|'.join(_steps(either, shapes))})"
    for step, sign in _STEPS.items():
        repeated = shapes.value(path, step)
        if repeated is not None:
            return f"({_path(repeated, shapes)}){sign}"
    return "/".join(_steps(path, shapes))


def _steps(items: Node, shapes: Graph) -> Iterator[str]:
    members: Iterable[Node] = Collection(shapes, items)
    return (_path(item, shapes) for item in members)

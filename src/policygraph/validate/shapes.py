"""Read the shapes: what each is called, what it says, what it looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from policygraph import assets, vocab
from policygraph.errors import DataError

SHAPE = Namespace(vocab.BASE + "shape/")
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_STEPS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def load_shapes(folder: Path | None = None) -> Graph:
    """Return the shapes of a folder of Turtle files, by default those that ship with the project.

    Raises DataError (file, place) where one is no Turtle, or where there is none.
    """
    files = sorted((folder or assets.path("shapes")).glob("*.ttl"))
    if not files:
        raise DataError(f"{folder}: no shapes (*.ttl) there; name a folder that holds some")
    graph = Graph()
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except BadSyntax as error:
            raise DataError(f"{file}: no Turtle ({str(error).splitlines()[0]}); correct it") from error
    return graph


def named_shapes(shapes: Graph) -> list[URIRef]:
    """Return the shapes that have a target and are not switched off, sorted."""
    found = {node for target in _TARGETS for node in shapes.subjects(target) if isinstance(node, URIRef)}
    off = set(shapes.subjects(SH.deactivated, Literal(True)))
    return sorted(found - off)


def name_of(shape: Node, shapes: Graph) -> str:
    """Return the name of a shape; a nameless one goes by the name of the shape that holds it."""
    while isinstance(shape, BNode):
        holder = next(iter(shapes.subjects(None, shape)), None)
        if holder is None:
            return ""
        shape = holder
    return str(shape).removeprefix(SHAPE)


def words(shapes: Graph, shape: Node, term: URIRef) -> tuple[str, str]:
    """Return what a shape says under a term, in Chinese and English; one language stands in for the other."""
    said = {getattr(value, "language", None) or "": str(value) for value in shapes.objects(shape, term)}
    zh = said.get("zh") or next(iter(said.values()), "")
    return zh, said.get("en") or zh


def focus_nodes(shape: Node, shapes: Graph, data: Graph) -> set[Node]:
    """Return the nodes of the data that a shape looks at."""
    found: set[Node] = set(shapes.objects(shape, SH.targetNode))
    for wanted in shapes.objects(shape, SH.targetClass):
        for kind in data.transitive_subjects(RDFS.subClassOf, wanted):
            found.update(data.subjects(RDF.type, kind))
    for term in shapes.objects(shape, SH.targetSubjectsOf):
        found.update(data.subjects(term))
    for term in shapes.objects(shape, SH.targetObjectsOf):
        found.update(data.objects(None, term))
    return found


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
    for term, sign in _STEPS.items():
        repeated = shapes.value(path, term)
        if repeated is not None:
            return f"({_path(repeated, shapes)}){sign}"
    return "/".join(_steps(path, shapes))


def _steps(items: Node, shapes: Graph) -> Iterator[str]:
    members: Iterable[Node] = Collection(shapes, items)
    return (_path(item, shapes) for item in members)

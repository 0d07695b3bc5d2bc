"""Run a SHACL engine: pyshacl is the reference, pyshifty a compiled one that gives the same results."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib.util import find_spec

from rdflib import Graph

from policygraph.errors import DataError, UsageError
from policygraph.messages import Foreign
from policygraph.quads import Triple, read
from policygraph.validate.asked import asked

Engine = Callable[[Collection[Triple]], Graph]


def prepared(shapes: Graph, engine: str = "pyshacl") -> Engine:
    """Return what makes the SHACL report (a graph) of triples; the shapes are read once.

    Raises UsageError for an engine that is unknown or not installed, and DataError where the shapes are no SHACL; so
    does what is returned.
    """
    ready = _ENGINES.get(engine)
    if ready is None:
        raise UsageError("validate.no-such-engine", engine=engine, known=ENGINES)
    return ready(shapes)


def quickest() -> str:
    """Return the name of the quickest engine that is installed; pyshacl always is."""
    return "pyshifty" if find_spec("shifty") else "pyshacl"


def _pyshacl(shapes: Graph) -> Engine:
    import pyshacl  # here: with rdflib's SPARQL it takes a tenth of a second to load, and a build needs neither
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError

    from policygraph.validate.prepared import Prepared

    def run(data: Collection[Triple]) -> Graph:
        graph = Prepared()
        for triple in data:
            graph.add((read(triple[0]), read(triple[1]), read(triple[2])))
        try:
            # In place: nothing is inferred, so nothing is written, and a copy would cost a sixth of the time.
            _, report, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none", inplace=True)
        except (ReportableRuntimeError, ShapeLoadError, ConstraintLoadError) as error:
            raise _wrong(str(error)) from error
        if not isinstance(report, Graph):
            raise _wrong(text)
        return report

    return run


def _pyshifty(shapes: Graph) -> Engine:
    try:
        import shifty
    except ImportError as error:
        raise UsageError("validate.engine-not-installed") from error
    try:
        validator = shifty.PreparedValidator(shapes)
    except (ValueError, RuntimeError) as error:
        raise _wrong(str(error)) from error

    named = asked(shapes)

    def run(data: Collection[Triple]) -> Graph:
        lines = (f"{s} {p} {o} .\n" for s, p, o in data if named is None or p in named)
        text = "".join(lines).encode("utf-8")
        try:
            _, report, _ = validator.validate(text, graph_mode="data", infer=False, on_unsupported="error")
        except (ValueError, RuntimeError) as error:
            raise _wrong(str(error)) from error
        return report

    return run


def _wrong(text: str) -> DataError:
    return DataError("validate.no-shacl", why=Foreign(text.strip().splitlines()[0]))


_ENGINES: dict[str, Callable[[Graph], Engine]] = {"pyshacl": _pyshacl, "pyshifty": _pyshifty}
ENGINES = tuple(_ENGINES)

"""Open a graph, or go straight from a file to its facts, its report, or a store."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from policygraph import checklist, pipeline
from policygraph.api.graph import KnowledgeGraph
from policygraph.checklist import Look
from policygraph.errors import UsageError
from policygraph.model import Facts
from policygraph.validate import Report


def open(where: str | Path | None = None, *, timeout: float | None = None) -> KnowledgeGraph:
    """Open a store or a SPARQL endpoint to read; without either, what POLICYGRAPH_STORE names, else the bundled plans.

    The bundled plans are built in memory, which takes some seconds. ``where`` is a folder that ``policygraph build``
    made, or the address of an endpoint, of which each answer is waited for ``timeout`` seconds (default 60); name and
    password come from the environment or ~/.netrc. Raises StoreError where the folder holds no store, UsageError for
    an address that cannot be one.
    """
    return KnowledgeGraph(pipeline.open_graph(where, timeout))


def extract_file(path: str | Path) -> Facts:
    """Return the facts that a document states. Raises ReadError or NotAPlanError where there are none."""
    return pipeline.extract_document(Path(path))


def look_at(what: str | Path | Facts) -> tuple[Look, ...]:
    """Return what a person should look at in a file's facts, the most at stake first; right rows are not among them.

    Facts of tables that were read or reviewed may be given instead. Raises ReadError or NotAPlanError for a file in
    which nothing is found.

    >>> from policygraph import assets
    >>> {look.kind.value for look in look_at(assets.path("data", "examples", "sample-plan.txt"))} <= {"row"}
    True
    """
    return checklist.look_at(what) if isinstance(what, Facts) else pipeline.look_over(Path(what))


def build(store: str | Path, folders: Sequence[str | Path] = ()) -> KnowledgeGraph:
    """Build a store from folders of fact tables (default: the bundled plans) and open it.

    A folder with malformed tables is skipped with a warning. Raises DocumentError where none is left.
    """
    built = pipeline.build([Path(folder) for folder in folders], Path(store))
    for error in built.errors:
        warnings.warn(str(error), stacklevel=2)
    return open(store)


def validate_file(what: str | Path, against: str = "") -> Report:
    """Check a draft: a file in any format that can be read, a folder of fact tables, Turtle, or a folder of many.

    ``against`` is the number of a document to compare with although the draft does not cite it. In a folder of many
    a document that cannot be read is skipped with a warning. Raises UsageError where there is nothing of that name,
    ReadError or NotAPlanError where nothing is in it.

    >>> from policygraph import assets
    >>> validate_file(assets.path("data", "examples", "faulty-draft.txt"), against="国发〔2019〕13号").conforms
    False
    """
    path, how = Path(what), pipeline.Checks(against)
    if not path.exists():
        raise UsageError("api.no-file", path=what)
    if not pipeline.is_folder_of_documents(path):
        return pipeline.judge(path, how)
    return pipeline.judge_folder(path, how, skip=lambda error: warnings.warn(str(error), stacklevel=2))

"""Open a graph, or go straight from a file to its facts, its report, or a store."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from policygraph import checklist, pipeline
from policygraph.api.graph import KnowledgeGraph
from policygraph.checklist import Look
from policygraph.errors import UsageError
from policygraph.model import Facts
from policygraph.study import NONE, SETTINGS, SHIPPED, Begun, Study, new_study, open_study
from policygraph.validate import Report


def open(where: str | Path | None = None, *, timeout: float | None = None) -> KnowledgeGraph:
    """Open a store or a SPARQL endpoint to read; without either, what POLICYGRAPH_STORE names, else the bundled plans.

    The bundled plans are built in memory, which takes some seconds. ``where`` is a folder that ``policygraph build``
    made, the folder of a study that was built, or the address of an endpoint, of which each answer is waited for
    ``timeout`` seconds (default 60); name and password come from the environment or ~/.netrc. Raises StoreError where
    the folder holds no store, UsageError for an address that cannot be one.
    """
    if where is not None and "://" not in str(where) and (Path(where) / SETTINGS).is_file():
        study = open_study(where)
        return KnowledgeGraph(pipeline.open_graph(study.store, timeout), study)
    return KnowledgeGraph(pipeline.open_graph(where, timeout))


def begin_study(folder: str | Path, title: str = "", field: str = "") -> Begun:
    """Make the folders of a study, as ``policygraph new`` does; what stands there already is left alone."""
    return new_study(Path(folder), title, field)


def extract_file(path: str | Path, *, study: str | Path | None = None) -> Facts:
    """Return the facts that a document states, read with the words of a study where its folder is given.

    Raises ReadError or NotAPlanError where there are none.
    """
    return pipeline.extract_document(Path(path), study=_study(study))


def look_at(what: str | Path | Facts, *, study: str | Path | None = None) -> tuple[Look, ...]:
    """Return what a person should look at in a file's facts, the most at stake first; right rows are not among them.

    Facts of tables that were read or reviewed may be given instead. Raises ReadError or NotAPlanError for a file in
    which nothing is found.

    >>> from policygraph import assets
    >>> looks = look_at(assets.path("data", "examples", "sample-plan.txt"))
    >>> looks[0].kind.value, {look.kind.value for look in looks[1:]}
    ('roster', {'row'})
    """
    return checklist.look_at(what) if isinstance(what, Facts) else pipeline.look_over(Path(what), _study(study))


def build(
    store: str | Path | None = None,
    folders: Sequence[str | Path] = (),
    *,
    study: str | Path | None = None,
    alone: bool = False,
) -> KnowledgeGraph:
    """Build a store from folders of fact tables and open it.

    Without folders those of the study are built, or the bundled plans; without a store, at its place in the study.
    The bundled documents that they carry out are taken in unless they are to stand ``alone``. A folder with malformed
    tables is skipped with a warning. Raises DocumentError where none is left, UsageError for neither store nor study.
    """
    own = _study(study)
    if store is None and own.folder is None:
        raise UsageError("api.no-store")
    place = Path(store) if store is not None else own.store
    chosen = replace(own, bundled=(NONE,)) if alone else own
    built = pipeline.build([Path(folder) for folder in folders], place, study=chosen)
    for error in built.errors:
        warnings.warn(str(error), stacklevel=2)
    return KnowledgeGraph(pipeline.open_graph(place), own)


def _study(folder: str | Path | None) -> Study:
    return SHIPPED if folder is None else open_study(folder)


def validate_file(what: str | Path, against: str = "", *, study: str | Path | None = None) -> Report:
    """Check a draft: a file in any format that can be read, a folder of fact tables, Turtle, or a folder of many.

    ``against`` is a document to compare with although the draft does not cite it, one that ships or, where its folder
    is given, of a ``study``. In a folder of many
    a document that cannot be read is skipped with a warning. Raises UsageError where there is nothing of that name,
    ReadError or NotAPlanError where nothing is in it.

    >>> from policygraph import assets
    >>> validate_file(assets.path("data", "examples", "faulty-draft.txt"), against="国发〔2019〕13号").conforms
    False
    """
    path, how = Path(what), pipeline.Checks(against, study=_study(study))
    if not path.exists():
        raise UsageError("api.no-file", path=what)
    if not pipeline.is_folder_of_documents(path):
        return pipeline.judge(path, how)
    return pipeline.judge_folder(path, how, skip=lambda error: warnings.warn(str(error), stacklevel=2))

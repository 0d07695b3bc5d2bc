"""Name things by a digest of what they are made from: the same inputs give the same name, on every machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from policygraph import assets
from policygraph.study import Study

_LENGTH = 40
_KNOWN = ("concepts", "lexicon", "messages")  # folders of data that a build reads, beside the plans
_OWN = ("concepts", "lexicon", "shapes")  # and of a study
_LIBRARIES = ("rdflib", "owlrl", "pyoxigraph", "pypinyin", "pyshacl", "pyshifty")


def key(*parts: object) -> str:
    """Return the name of what is made from these texts, numbers and lists of them.

    >>> key("a", ["b"]) == key("a", ["b"]), key("a", ["b"]) == key("a", "b")
    (True, False)
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def knowledge(study: Study, referee: bool) -> str:
    """Return the name of what is known beside the documents: the program, its tables and shapes, those of a study.

    ``referee`` is whether the shapes are read by pyshacl, whatever else is installed.
    """
    ours = [_below(assets.path("ontology")), _below(assets.path("shapes")), _texts(assets.path("data"))]
    ours += [_below(assets.path("data", name)) for name in _KNOWN]
    own = [_below(study.place(name)) for name in _OWN] if study.folder else []
    program = [_digest(path) for path in assets.program()]
    return key(program, ours, own, referee, sys.version_info[:2], [_version(name) for name in _LIBRARIES])


def document(place: Path) -> str:
    """Return the name of the tables of a document: of the files in its folder, of a workbook with what was ruled on it.

    What is not there or cannot be read has a name too: who loads it is told.
    """
    if place.is_dir():
        return key(place.name, _texts(place))
    beside = sorted(place.parent.glob("decisions*"))
    return key(place.name, [[each.name, _digest(each)] for each in (place, *beside)])


def _texts(folder: Path) -> list[list[str]]:
    return _digests(folder, (path for path in folder.iterdir() if path.is_file()))


def _below(folder: Path) -> list[list[str]]:
    return _digests(folder, (path for path in folder.rglob("*") if path.is_file()))


def _digests(folder: Path, paths: Iterable[Path]) -> list[list[str]]:
    return sorted([path.relative_to(folder).as_posix(), _digest(path)] for path in paths)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""

"""Load the fact tables of many documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policygraph import facts, outputs
from policygraph.errors import DocumentError, TableError
from policygraph.model import Facts


def load_plans(folders: Iterable[Path]) -> tuple[tuple[Facts, ...], tuple[DocumentError, ...]]:
    """Return the facts of many folders, and the errors of those that had to be skipped.

    A folder that holds document folders stands for all of them. Two folders that claim one document are an error.
    """
    found: dict[str, Facts] = {}
    errors: list[DocumentError] = []
    for folder in expanded(folders):
        try:
            slug, loaded = load_document(folder)
            if slug in found:
                raise DocumentError("building.same-document", path=folder, slug=slug, other=found[slug].doc)
            found[slug] = loaded
        except DocumentError as error:
            errors.append(error)
    return tuple(found[slug] for slug in sorted(found)), tuple(errors)


def load_document(folder: Path) -> tuple[str, Facts]:
    """Return the slug and the facts of a folder. Raises TableError where the tables are malformed or name no slug."""
    loaded = facts.load(folder)
    slug = loaded.value("document_id")
    if not slug:
        raise TableError("facts.no-document-id", path=folder)
    return slug, loaded


def expanded(folders: Iterable[Path]) -> Iterable[Path]:
    """Yield the folders of single documents: those named, and those in folders that hold many."""
    for folder in folders:
        outputs.mend(folder)  # what a killed extraction left aside is in its place before anybody looks
        inside = sorted(each for each in folder.glob("[!.]*") if facts.is_folder(each))
        if facts.is_folder(folder) or not inside:
            yield folder
        else:
            yield from inside

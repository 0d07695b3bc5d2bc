"""Find the project's top-level folders, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from errno import ENOENT
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_assets"  # where the wheel puts them
_CHECKOUT = _PACKAGE.parent.parent


def path(*parts: str) -> Path:
    """Return the path of a shipped file or folder, e.g. ``path("data", "lexicon", "roles.tsv")``.

    Raises FileNotFoundError where it is missing: the installation is incomplete. It is no error of the project's
    own tree, since that tree reads its sentences from here.
    """
    found = root().joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(ENOENT, "missing from the installation; install policygraph again", "/".join(parts))
    return found


def root() -> Path:
    """Return the folder that holds ontology, shapes, queries and data."""
    return _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT


def program() -> tuple[Path, ...]:
    """Return the files of the program itself, sorted."""
    return tuple(sorted(_PACKAGE.rglob("*.py")))


def bundled_plans() -> tuple[Path, ...]:
    """Return the folders of the bundled fact tables, sorted by name."""
    return tuple(sorted(entry for entry in path("data", "plans").iterdir() if entry.is_dir()))

"""Find the project's top-level folders, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

from policygraph.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_assets"  # where the wheel puts them
_CHECKOUT = _PACKAGE.parent.parent


def path(*parts: str) -> Path:
    """Return the path of a shipped file or folder, e.g. ``path("data", "lexicon", "roles.tsv")``.

    Raises DataError where it is missing: the installation is incomplete.
    """
    root = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT
    found = root.joinpath(*parts)
    if not found.exists():
        raise DataError(f"{'/'.join(parts)}: missing from the installation; install policygraph again")
    return found


def bundled_plans() -> tuple[Path, ...]:
    """Return the folders of the bundled fact tables, sorted by name."""
    return tuple(sorted(entry for entry in path("data", "plans").iterdir() if entry.is_dir()))

"""Fill the texts of data/paper: methods, citation, README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from policygraph import assets
from policygraph.errors import DataError
from policygraph.messages import say

_TEXTS = ("methods-zh.md", "methods-en.md", "citation.bib", "citation.json", "CITATION.cff")


def write_words(counted: Mapping[str, str], folder: Path) -> None:
    """Write the methods in both languages, and the citation in three forms."""
    for name in _TEXTS:
        (folder / name).write_bytes(fill(name, counted).encode())


def write_readme(counted: Mapping[str, str], missing: Sequence[str], sums: Mapping[str, str], folder: Path) -> None:
    """Write README.md: what is where, and the sha256 of each file."""
    lines = "\n".join(f"| {name} | {digest} |" for name, digest in sums.items())
    said = (say("paper.nothing-to-draw", language, names=missing) for language in ("zh", "en") if missing)
    notes = "".join(f"{line}\n\n" for line in said)
    text = fill("readme.md", {**counted, "files": lines, "notes": notes})
    (folder / "README.md").write_bytes(text.encode())


def fill(name: str, values: Mapping[str, str]) -> str:
    """Return a text of data/paper with its values. Raises DataError where it names one that does not exist."""
    text = assets.path("data", "paper", name).read_text(encoding="utf-8")
    try:
        return Template(text).substitute(values)
    except (KeyError, ValueError) as error:
        raise DataError("paper.no-value", file=f"data/paper/{name}", value=str(error)) from error

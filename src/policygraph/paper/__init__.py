"""Write what a paper needs to one folder: tables, networks, figures, queries, methods, hash and citation.

The same data, versions and fonts give the same bytes. The folder is in whole or not at all; only a former pack in
which nobody changed a file is written over.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from policygraph.messages import say
from policygraph.outputs import making
from policygraph.paper.asking import Asking
from policygraph.paper.counts import counts
from policygraph.paper.figures import check_figures, write_figures
from policygraph.paper.networks import make_networks, write_networks
from policygraph.paper.rankings import write_tables
from policygraph.paper.words import write_readme, write_words
from policygraph.pipeline.telling import Progress, silent
from policygraph.store import Store

__all__ = ["paper"]


def paper(store: Store, folder: Path, language: str = "zh", progress: Progress = silent) -> tuple[Path, ...]:
    """Write a paper pack and return the files, README.md first; labels and figures are in ``language`` (zh, en).

    Raises UsageError where the folder holds anything but an unchanged former pack, where matplotlib, XlsxWriter or
    a font with Chinese characters is missing, and where the store has no responsibilities or targets to write about.
    """
    check_figures()
    with making(folder) as made:
        asking = Asking(store, language)
        progress(say("paper.making-networks", language))
        nets = make_networks(asking)
        told = counts(asking, nets)
        progress(say("paper.writing-tables", language))
        write_tables(asking, made)
        write_networks(nets, made)
        progress(say("paper.drawing-figures", language))
        missing = write_figures(asking, nets, made)
        progress(say("paper.writing-words", language))
        asking.write_queries(made)
        write_words(told, made)
        write_readme(told, missing, _sums(made), made)
        names = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    return tuple(folder / name for name in sorted(names, key=lambda name: (name.name != "README.md", name)))


def _sums(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below a folder, by name, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}

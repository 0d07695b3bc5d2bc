"""Assemble documents in memory: everything that goes into a store, without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from policygraph import quads as text
from policygraph.messages import message
from policygraph.model import Facts
from policygraph.pipeline.parts.assembling import Source, Ways, assemble_parts, report
from policygraph.pipeline.parts.index import index
from policygraph.pipeline.parts.kept import Memory
from policygraph.pipeline.spread import HERE, AtWork
from policygraph.pipeline.telling import Progress, paced, silent
from policygraph.study import SHIPPED, Study
from policygraph.validate import Report, quickest
from policygraph.vocab import Quad


@dataclass(frozen=True, slots=True)
class Assembled:
    """Everything that goes into a store, as sorted lines of N-Quads, and the report on it."""

    lines: tuple[str, ...]
    report: Report

    @property
    def quads(self) -> tuple[Quad, ...]:
        """Return the same as quads."""
        return tuple(map(text.quad_of, self.lines))


def assemble(
    documents: Sequence[Facts], progress: Progress = silent, study: Study = SHIPPED, referee: bool = False
) -> Assembled:
    """Return all quads of a set of documents, with what follows from them, and the validation report.

    The report is made by the quickest engine that is installed, or with ``referee`` by pyshacl.
    """
    facts = {each.value("document_id"): each for each in documents}
    shelf = Memory()
    progress(message("building.parts"))
    ways = Ways(
        study=study,
        engine="pyshacl" if referee else quickest(),
        shelf=shelf,
        base="",
        load=lambda links: lambda held: facts.__getitem__,
        hands=AtWork(HERE, None, {}),
        told=partial(paced, progress),
    )
    sources = [Source(index(each, study), str(number)) for number, each in enumerate(documents)]
    made = assemble_parts(sources, (), ways)
    lines = sorted(line for name in made.units.values() for line in shelf.lines(name) or ())
    return Assembled(tuple(lines), report(made.parts.values(), shelf, study))

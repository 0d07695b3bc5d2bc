"""Start a plan from the document above it: fact tables, an outline for Word, and the shapes it must meet.

What the parent and the documents above it ask for is filled in with the values to meet; who is likely to lead and to
support is learnt from the plans at hand, by government function, and said with its count. Nothing here is decided:
every row is ``unchecked`` and says in its note where it comes from.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph import facts as tables
from policygraph.concepts import Concepts
from policygraph.errors import UsageError
from policygraph.lexicon import Lexicon
from policygraph.model import Facts
from policygraph.outputs import save_all
from policygraph.template.demands import demands
from policygraph.template.habits import habits
from policygraph.template.outline import lines, outline
from policygraph.template.rules import rules
from policygraph.template.skeleton import skeleton
from policygraph.template.usual import usual_clauses
from policygraph.template.words import words

__all__ = ["Template", "lines", "save", "template", "usual_clauses"]

DRAFT, OUTLINE, SHAPES = "draft", "outline.docx", "shapes.ttl"


@dataclass(frozen=True, slots=True)
class Template:
    """What a plan starts from: its fact tables, its outline as lines, its shapes as Turtle."""

    facts: Facts
    outline: tuple[str, ...]
    shapes: str


def template(parent: str, region: str, plans: Sequence[Facts], concepts: Concepts, lexicon: Lexicon) -> Template:
    """Return the template of a region's plan below a document, by its number (国发〔2019〕13号) or slug.

    ``plans`` are the documents at hand: the parent, what stands above it, and those to learn from. Raises UsageError
    for a parent that is not at hand or sets no action, and for a region that is not in the table.
    """
    if region not in concepts.regions:
        raise UsageError("template.no-region", region=region)
    above = _parent(parent, plans)
    if not any(row.kind == "action" for row in above.structure):
        raise UsageError("template.no-action", parent=parent)
    wanted = demands(above, plans, concepts, lexicon)
    filled = skeleton(above, region, wanted, habits(plans, region, concepts), concepts)
    unsure = {(each.row.indicator, each.row.year) for each in wanted if each.unsure}
    return Template(filled, tuple(lines(filled, words(), unsure)), rules(above, wanted, concepts))


def save(made: Template, folder: Path) -> tuple[Path, ...]:
    """Write ``draft/`` (fact tables), ``outline.docx`` and ``shapes.ttl`` to a folder; return the paths.

    Raises UsageError where tables are there already: a draft that a person has worked on is never overwritten.
    """
    paths = (folder / DRAFT, folder / OUTLINE, folder / SHAPES)
    taken = next((path for path in paths if os.path.lexists(path)), None)
    if taken:
        raise UsageError("template.there-already", path=taken)
    tables.save(made.facts, paths[0])
    save_all({paths[1]: outline(made.outline), paths[2]: made.shapes.encode()})
    return paths


def _parent(name: str, plans: Sequence[Facts]) -> Facts:
    for each in plans:
        if name in (each.value("number"), each.value("document_id"), each.doc):
            return each
    known = sorted(each.value("number") for each in plans if each.value("number"))
    raise UsageError("template.no-parent", name=name, known=known)

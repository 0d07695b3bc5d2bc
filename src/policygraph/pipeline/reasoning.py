"""Have the ontology and the shapes at hand: the closure of the ontology ships, and is worked out for any other.

``python -m policygraph.pipeline.reasoning`` writes it anew (``ontology/closure.tsv``) after a change of the ontology.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from rdflib import Graph

from policygraph import assets
from policygraph.graph import schema
from policygraph.infer import Ground, Lookup, Relation, Rules, alignments, relations, rules
from policygraph.knowledge import compiled
from policygraph.study import Study
from policygraph.validate import load_shapes

_TABLE = ("ontology", "closure.tsv")
_MADE_OF = "made-of"  # the word of the row that names the ontology by its SHA-256


@cache
def ontology() -> Graph:
    """Return the ontology, read once."""
    return schema()


@cache
def closure() -> Rules:
    """Return what follows from the ontology, as rules for instances."""
    return rules(ontology(), shipped_relations())


@cache
def ground() -> Ground:
    """Return the ontology with all that follows, to close more on."""
    return Ground(closure())


@cache
def above() -> Lookup:
    """Return the terms of other vocabularies that stand above those of the ontology."""
    return alignments(schema(alignments=True))


@compiled
def shapes_of(study: Study) -> Graph:
    """Return the shapes of a study, shipped and own, read once. Raises DataError (file, line) for a malformed one."""
    return load_shapes(more=study.shapes)


def shipped_relations() -> tuple[Relation, ...] | None:
    """Return the relations that ship, None where they are not those of the ontology as it is now."""
    try:
        lines = assets.path(*_TABLE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    first, *rows = (tuple(line.split("\t")) for line in lines)
    return tuple((word, one, other) for word, one, other in rows) if first == _made_of() else None


def _made_of() -> Relation:
    text = assets.path("ontology", "policygraph.ttl").read_text(encoding="utf-8")  # whatever its line ends
    return _MADE_OF, "policygraph.ttl", sha256(text.encode("utf-8")).hexdigest()


def main() -> None:
    """Write the relations of the ontology as it is now."""
    rows = [_made_of(), *relations(schema())]
    text = "".join("\t".join(row) + "\n" for row in rows)
    assets.root().joinpath(*_TABLE).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

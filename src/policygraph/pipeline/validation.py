"""Check drafts against the documents above them: compare, graph, validate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rdflib import DCTERMS, RDF, Graph, URIRef

from policygraph.alignments import Cascade
from policygraph.cascade import compare_documents, lineage, put_below
from policygraph.errors import DocumentError, UsageError
from policygraph.graph import cascade_graph, concept_graph, graph, schema
from policygraph.infer import infer
from policygraph.messages import message
from policygraph.model import Facts
from policygraph.pipeline.holdings import document_at_hand
from policygraph.pipeline.reasoning import closure, shapes_of
from policygraph.pipeline.spread import HERE, Hands, Held
from policygraph.pipeline.telling import Progress, Skip, ignore, paced, silent
from policygraph.query import identify
from policygraph.store import Store
from policygraph.study import SHIPPED, Study
from policygraph.template import usual_clauses
from policygraph.terms import Stage
from policygraph.validate import (
    Checked,
    Checker,
    Report,
    Terms,
    World,
    as_report,
    quickest,
    read_turtle,
    rule_names,
    validate,
    world,
)
from policygraph.vocab import (
    CASCADE_GRAPH,
    CONCEPTS_GRAPH,
    INFERRED_GRAPH,
    PG,
    Quad,
    document_graph,
    graph_of,
    identifier_of,
    thing,
)


@dataclass(frozen=True, slots=True)
class Checks:
    """How to check: against which document above, with which shapes (None: those of the study) and engine, by whom.

    Without a name the engine is pyshacl for one document and the quickest that is installed for several.
    ``stage`` is how far the document is; None: a draft where its text has neither number nor date.
    """

    against: str = ""
    shapes: Graph | None = None
    engine: str = ""
    study: Study = SHIPPED
    stage: Stage | None = None
    hands: Hands = HERE

    @property
    def rules(self) -> Graph:
        """Return the shapes to check with."""
        return self.shapes if self.shapes is not None else shapes_of(self.study)

    def engine_for(self, documents: int) -> str:
        """Return the name of the engine for a number of documents."""
        return self.engine or (quickest() if documents > 1 else "pyshacl")


_USUAL = Checks()


def check(draft: Facts, others: Sequence[Facts], how: Checks = _USUAL, progress: Progress = silent) -> Report:
    """Validate one document against the documents above it.

    ``how.against`` names a document to compare with although the draft does not cite it. Raises UsageError where it
    is not at hand, DataError where documents are based on each other in a circle.
    """
    return check_many([draft], others, replace(how, hands=HERE), progress)


def check_many(
    drafts: Sequence[Facts],
    others: Sequence[Facts],
    how: Checks = _USUAL,
    progress: Progress = silent,
    skip: Skip = ignore,
) -> Report:
    """Validate several documents, which may stand above each other; otherwise as :func:`check`.

    ``skip`` is told of each that the processes of ``how.hands`` died of.
    """
    below = _below(drafts, others, how)
    job, slugs = _prepared(drafts, lineage(below, others), others, how, progress)
    checked: list[Checked] = []
    for each in how.hands.each(job, slugs, paced(progress, len(slugs))):
        if isinstance(each, DocumentError):
            skip(each)
        else:
            checked.append(each)
    return as_report(checked, rule_names(how.rules))


def check_stored(store: Store, name: str, how: Checks = _USUAL) -> Report:
    """Validate a document of a store, by any of its names. Raises UsageError where the store does not hold it."""
    slug = identifier_of("document", str(identify(store, "document", name)))
    own = list(store.quads(document_graph(slug)))
    if not own:
        raise UsageError("validation.no-such-document", name=name)
    node, comparisons = thing("document", slug), list(store.quads(CASCADE_GRAPH))
    ours = {s for s, p, o, _ in comparisons if p == PG.ofDocument and o == node}
    above = {o for s, p, o, _ in comparisons if p == PG.comparedWith and s in ours} - {node}
    quads = [*own, *store.quads(CONCEPTS_GRAPH), *comparisons]
    for each in sorted(above):
        quads += store.quads(document_graph(identifier_of("document", str(each))))
    quads += store.quads(INFERRED_GRAPH) if _has_own(how) else ()
    return validate(quads, how.rules, _ontology(), how.engine_for(1), Terms(only=(slug,), stage=how.stage))


def check_turtle(path: Path, how: Checks = _USUAL) -> Report:
    """Validate the documents of a Turtle file as `export -f ttl` writes it.

    Raises DataError (file, line, column) for a syntax error, UsageError where no document is in it.
    """
    found = Graph()
    read_turtle(path, found)
    plans = {identifier_of("document", str(plan)) for plan in found.subjects(RDF.type, PG.Plan)}
    quads: list[Quad] = [(s, p, o, graph_of(s, plans)) for s, p, o in found if isinstance(s, URIRef)]  # type: ignore[misc]
    seen = [*quads, *_inferred(quads, how)]
    report = validate(seen, how.rules, _ontology(), how.engine_for(len(plans)), Terms(stage=how.stage))
    if not report.documents:
        raise UsageError("validation.no-document", path=path, start=thing("document", ""))
    return report


def _below(drafts: Sequence[Facts], others: Sequence[Facts], how: Checks) -> list[Facts]:
    """Return drafts as if they were based on the document that they are to be compared with."""
    if not how.against:
        return list(drafts)
    parent = document_at_hand(how.against, others, how.study.concepts)
    return [put_below(draft, parent) for draft in drafts]


def _named(slugs: Collection[str], others: Sequence[Facts], how: Checks) -> list[Quad]:
    """Return for each draft that the document to compare with was named, not found in what it cites."""
    if not how.against:
        return []
    parent = thing("document", document_at_hand(how.against, others, how.study.concepts).value("document_id"))
    return [(thing("document", slug), DCTERMS.relation, parent, document_graph(slug)) for slug in sorted(slugs)]


@dataclass(frozen=True, slots=True)
class _Checking:
    """Check documents, in any process: what is stated of all, the shapes, by which engine, on what terms."""

    everything: World
    rules: Graph
    engine: str
    terms: Terms

    def ready(self, held: Held) -> Callable[[str], Checked]:
        checker = Checker(self.rules, self.engine)
        return lambda slug: checker.check(slug, self.everything, self.terms)

    def name(self, task: str) -> str:
        return task


def _prepared(
    drafts: Sequence[Facts], documents: Sequence[Facts], others: Sequence[Facts], how: Checks, progress: Progress
) -> tuple[_Checking, list[str]]:
    """Return what checks drafts, and their slugs; ``documents`` are they themselves and all that stand above them."""
    known, slugs = how.study.concepts, {draft.value("document_id") for draft in drafts}
    progress(message("building.cascade"))
    compared = _of_drafts(compare_documents(documents, known, how.study.lexicon), slugs)
    checked = {draft.value("document_id"): draft for draft in (*documents, *drafts)}  # a draft as it stands
    quads = [quad for each in checked.values() for quad in graph(each, known)]
    quads += [*concept_graph(known, documents), *cascade_graph(compared, documents, known)]
    quads += [*_named(slugs, others, how), *_inferred(quads, how)]
    progress(message("building.validation"))
    terms = Terms(slugs, how.stage, _usual_clauses(drafts, others, how.study))
    return _Checking(world(quads, _ontology()), how.rules, how.engine_for(len(slugs)), terms), sorted(slugs)


def _usual_clauses(drafts: Sequence[Facts], others: Sequence[Facts], study: Study) -> dict[tuple[str, str], str]:
    """Return who usually answers for an action, by draft and type of action, as other plans have it."""
    by_region = {
        region: usual_clauses(others, region, study.concepts) for region in {each.resolved("region") for each in drafts}
    }
    return {
        (draft.value("document_id"), kind): clause
        for draft in drafts
        for kind, clause in by_region[draft.resolved("region")].items()
    }


def _of_drafts(compared: Cascade, slugs: Collection[str]) -> Cascade:
    targets = tuple(each for each in compared.targets if each.document in slugs)
    return Cascade(targets, tuple(each for each in compared.actions if each.document in slugs))


def _inferred(quads: Sequence[Quad], how: Checks) -> Sequence[Quad]:
    """Return what follows from quads, for shapes of one's own to look at; the shipped ones ask for nothing inferred."""
    return infer(quads, closure()) if _has_own(how) else ()


def _has_own(how: Checks) -> bool:
    return len(how.rules) > len(shapes_of(SHIPPED))


@cache
def _ontology() -> Graph:
    return schema()

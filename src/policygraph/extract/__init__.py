"""Find the facts a text states: ``extract(doc, outline, lexicon) -> Findings``. Grammar of clauses, no concepts."""

from policygraph.extract.bodies.find import find_bodies
from policygraph.extract.bodies.names import known_bodies
from policygraph.extract.citations import find_citations
from policygraph.extract.metadata.find import find_metadata, own_titles
from policygraph.extract.responsibilities.candidates import clause_places
from policygraph.extract.responsibilities.clause import Clause, Entry, parse_clause
from policygraph.extract.responsibilities.find import find_responsibilities, shown
from policygraph.extract.schedule.find import find_schedule
from policygraph.extract.structure import find_structure
from policygraph.extract.targets.find import find_targets
from policygraph.lexicon import Lexicon
from policygraph.model import Findings, MetadataRow, Outline

__all__ = ["Clause", "Entry", "extract", "parse_clause", "shown"]


def extract(doc: str, outline: Outline, lexicon: Lexicon) -> Findings:
    """Return everything an outline states, in document order, with names as found and no identifiers yet."""
    metadata = find_metadata(doc, outline, lexicon)
    known = known_bodies(outline, lexicon)
    places = clause_places(outline, lexicon)
    clauses, responsibilities = find_responsibilities(doc, outline, lexicon, places)
    return Findings(
        doc=doc,
        metadata=metadata,
        structure=find_structure(doc, outline),
        clauses=clauses,
        responsibilities=responsibilities,
        targets=find_targets(doc, outline, lexicon, places, metadata),
        citations=find_citations(doc, outline, own_titles(outline, metadata, lexicon), lexicon),
        bodies=find_bodies(doc, outline, known),
        schedule=find_schedule(doc, outline, known, _issued(metadata)),
    )


def _issued(metadata: tuple[MetadataRow, ...]) -> int | None:
    """Return the year a document was written in, None where it does not say."""
    date = next((row.value for row in metadata if row.field == "date_issued"), "")
    return int(date[:4]) if date[:4].isdecimal() else None

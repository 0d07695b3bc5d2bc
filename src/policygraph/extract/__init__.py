"""Find the facts a text states: ``extract(doc, outline, lexicon) -> Findings``. Grammar of clauses, no concepts."""

from policygraph.extract.bodies.find import find_bodies
from policygraph.extract.citations import find_citations
from policygraph.extract.contents import with_contents
from policygraph.extract.numbers.find import find_numbers
from policygraph.extract.numbers.goals_in_words import with_goals_in_words
from policygraph.extract.proofs.find import find_slips
from policygraph.extract.proofs.slip import Draft
from policygraph.extract.reading import read_outline
from policygraph.extract.regions import find_regions
from policygraph.extract.responsibilities.clause import Clause, parse_clause
from policygraph.extract.responsibilities.clause_parts import Entry
from policygraph.extract.responsibilities.find import find_responsibilities, shown
from policygraph.extract.schedule.find import find_schedule
from policygraph.extract.skips import with_skips
from policygraph.extract.structure import TABLE, find_structure, with_tasks, within_tasks, without_text
from policygraph.extract.targets.find import find_targets
from policygraph.lexicon import Lexicon
from policygraph.model import ClauseRow, Findings, MetadataRow, Outline, ResponsibilityRow, Span

__all__ = ["Clause", "Entry", "extract", "is_plan", "parse_clause", "shown"]


def extract(doc: str, outline: Outline, lexicon: Lexicon) -> Findings:
    """Return everything an outline states, in document order, with names as found and no identifiers yet."""
    read = read_outline(doc, outline, lexicon)
    clauses, responsibilities = find_responsibilities(doc, outline, lexicon, read.candidates)
    targets = find_targets(doc, outline, lexicon, read.clauses, read.years)
    headings = without_text(with_contents(find_structure(doc, outline), outline), outline, clauses, lexicon)
    tasks = with_tasks(headings, clauses, outline.text.source.text)
    spans = tuple(Span(row.evidence.start or 0, row.evidence.end or 0) for row in clauses)
    draft = Draft(outline, read.about, read.years, spans, lexicon)
    dated = [(row.evidence.start or 0, row.year, bool(row.value)) for row in targets.rows if row.year is not None]
    events = find_schedule(doc, outline, read.bodies, read.issued)
    numbers = find_numbers(doc, outline, lexicon, targets.decisions, events, read.years.floor)
    about = [row for row in read.about.rows if row.field not in ("title", "addressee")]  # which may be another place's
    closed = [row for row in clauses if not row.evidence.rule.startswith(TABLE)]  # a row of a table says more
    stated: tuple[MetadataRow | ClauseRow | ResponsibilityRow, ...] = (*about, *closed, *responsibilities)
    return Findings(
        doc=doc,
        metadata=read.about.rows,
        structure=with_skips(tasks, outline, lexicon),
        clauses=clauses,
        responsibilities=responsibilities,
        targets=within_tasks(targets.rows, clauses),
        citations=find_citations(doc, outline, read.about.titles, read.named, lexicon),
        bodies=find_bodies(doc, outline, read.bodies),
        schedule=events,
        numbers=with_goals_in_words(numbers, targets.rows, outline, lexicon),
        regions=find_regions(doc, outline, [row.evidence for row in stated], read.clauses, read.named, lexicon),
        slips=find_slips(doc, draft, dated, targets.past),
    )


_FEW = 3  # numbered paragraphs, or goals
_MANY = 8  # goals without a year


def is_plan(findings: Findings) -> bool:
    """Tell whether a text is a plan: it has headings or duties, and a title or something that a plan says.

    A notice may have no headings: it has a title, and a number or bodies to whom it is sent. An excerpt may have
    nothing but goals: several of them say for which year, or many are listed.

    >>> is_plan(Findings("a menu")), is_plan(Findings("a list", targets=("any",)))
    (False, False)
    """
    said = findings.responsibilities or findings.targets or findings.citations or len(findings.structure) > 2
    title = findings.value("title")
    articles = {row.section for row in findings.numbers if row.section}  # numbered paragraphs, with headings or without
    is_notice = said and title and (findings.value("number") or findings.value("addressee"))
    has_articles = findings.citations and len(articles) >= _FEW
    is_set_out = (findings.structure or findings.responsibilities) and (said or title)
    has_goals = len(findings.targets) >= _FEW and sum(row.year is not None for row in findings.targets) >= _FEW
    return bool(is_notice or has_articles or is_set_out or has_goals or len(findings.targets) >= _MANY)

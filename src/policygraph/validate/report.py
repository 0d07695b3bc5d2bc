"""Hold what validation found in some documents, count it and lay it out as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from policygraph.messages import Message, Pair, message, render, say
from policygraph.rows import Rows, to_html
from policygraph.terms import Outcome, Severity, Stage
from policygraph.validate.about import About, Named

SEVERITIES = tuple(map(str, Severity))
COLUMNS = (
    *("severity", "document", "section", "action", "message", "found", "expected", "fix", "clause", "quote", "shape"),
)
_SEVERITY = MappingProxyType(
    {"violation": "validate.violation", "warning": "validate.warning", "info": "validate.info"}
)
OUTCOMES = {
    Outcome.CONFORMS: "validate.conforms",
    Outcome.FAILS: "validate.conforms-not",
    Outcome.UNCHECKED: "validate.unchecked",
}
_STAGES = {Stage.DRAFT: "validate.stage-draft", Stage.ISSUED: "validate.stage-issued"}


class Words(NamedTuple):
    """One text in Chinese and English."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """Return the text in one language."""
        return self.zh if language == "zh" else self.en


NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape found; texts come in Chinese and English.

    ``document`` is a slug. ``focus`` is the node that was looked at, ``value`` the node or literal at fault, empty
    where something is missing; ``section``, ``quote``, ``action`` (its name) and ``bodies`` (who answers for it) say
    where it stands in the document, ``start`` and ``end`` the same in characters of its text. ``path`` is a SPARQL
    property path in short names. ``against`` are the documents that it was
    compared with, ``clause`` what could be written instead, as a plan says it.
    """

    severity: str  # violation, warning, info
    shape: str  # name of the shape, the last part of its IRI
    document: str
    focus: str
    path: str
    value: str
    message: Words
    expected: Words
    found: Words
    fix: Words
    section: str = ""
    quote: str = ""
    action: str = ""
    bodies: tuple[str, ...] = ()
    theme: str = ""  # the theme of the shape; empty for a shape that belongs to none
    source: str = (
        ""  # IRI of the shape, also of one inside another or without a name; empty where the engine does not tell
    )
    component: str = ""  # IRI of the constraint component that was not met, e.g. sh:MinCountConstraintComponent
    against: tuple[Named, ...] = ()
    clause: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found in some documents.

    Results come by document, the worst first, then as they stand in the text; ``looked_at`` says how many nodes each
    shape looked at, ``rules`` what each finds wrong.
    """

    about: tuple[About, ...]
    results: tuple[Result, ...]
    looked_at: Mapping[str, int]
    rules: Mapping[str, Words]

    def __reduce__(self) -> tuple[type[Report], tuple[object, ...]]:
        """Go to another process: a view of a table cannot."""
        return Report, (self.about, self.results, dict(self.looked_at), dict(self.rules))

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the slugs of the documents."""
        return tuple(each.document.slug for each in self.about)

    @property
    def outcome(self) -> Outcome:
        """Return the worst outcome of a document; where there is no document, nothing was checked."""
        found = {self.outcome_of(each) for each in self.about}
        return next((each for each in Outcome if each in found), Outcome.UNCHECKED)

    @property
    def conforms(self) -> bool:
        """Tell whether all was checked and there is no violation; warnings and infos do not count."""
        return self.outcome is Outcome.CONFORMS

    @property
    def idle(self) -> tuple[str, ...]:
        """Return the shapes that looked at no node: of what they check, nothing is known."""
        return tuple(sorted(shape for shape, count in self.looked_at.items() if not count))

    def outcome_of(self, about: About) -> Outcome:
        """Return how the check of one document ends: where nothing was there to look at, in nothing."""
        if about.empty:
            return Outcome.UNCHECKED
        return Outcome.FAILS if self.counts(about.document.slug)["violation"] else Outcome.CONFORMS

    def counts(self, document: str = "") -> dict[str, int]:
        """Return the number of results of each severity, of one document (by slug) or of all."""
        severities = [each.severity for each in self.results if document in ("", each.document)]
        return {name: severities.count(name) for name in SEVERITIES}

    def head(self, language: str = "zh") -> tuple[str, ...]:
        """Return the lines that open a report: of each document the outcome, what was checked, against what."""
        lines = [line for about in self.about for line in self._head(about)]
        if self.idle and not all(about.empty for about in self.about):
            lines.append(message("validate.idle", shapes=_listed([self.rules[name] for name in self.idle])))
        return tuple(render(line, language) for line in lines)

    def _head(self, about: About) -> Iterator[Message]:
        outcome = self.outcome_of(about)
        yield message("validate.about", document=about.document.name)
        if outcome is Outcome.UNCHECKED:
            yield message("validate.unchecked-why")
            return
        yield message("validate.outcome", verdict=message(OUTCOMES[outcome]), **self.counts(about.document.slug))
        yield message("validate.recognised", actions=about.actions, clauses=about.clauses, targets=about.targets)
        yield message(_STAGES[about.stage])
        if about.compared:
            yield message("validate.compared", documents=[each.name for each in about.compared])
        else:
            yield message("validate.compared-with-none")
        if about.absent:
            yield message("validate.absent", documents=[each.name for each in about.absent])
        if about.unsure:
            yield message("validate.figures-unsure", count=about.unsure)

    def to_rows(self, language: str = "zh") -> Rows:
        """Return a row for each result, in the order of the report, with texts in Chinese or English."""
        return Rows(COLUMNS, tuple(_row(each, language) for each in self.results))

    def _repr_html_(self) -> str:
        """Return what notebooks show: the head and the table of the first results."""
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.head())
        return lines + to_html(self.to_rows())

    def by_clause(self) -> dict[tuple[str, str, str, str], tuple[Result, ...]]:
        """Group the results by (document, section, action, quote): what stands in one clause stands together."""
        keys = dict.fromkeys((each.document, each.section, each.action, each.quote) for each in self.results)
        return {
            key: tuple(r for r in self.results if (r.document, r.section, r.action, r.quote) == key) for key in keys
        }

    def by_body(self) -> dict[str, tuple[Result, ...]]:
        """Group the results by the bodies that answer for them, by name; ``""`` where there is none."""
        names = sorted({name for result in self.results for name in result.bodies or ("",)})
        return {name: tuple(r for r in self.results if name in (r.bodies or ("",))) for name in names}


def severity_label(severity: str, language: str) -> str:
    """Return what a severity is called: 错误, 警告, 提示; error, warning, info."""
    return say(_SEVERITY[severity], language)


def _listed(texts: Sequence[Words]) -> Pair:
    """Return sentences as one list."""
    return Pair("；".join(each.zh for each in texts), "; ".join(each.en for each in texts))


def _row(result: Result, language: str) -> tuple[object, ...]:
    texts = (result.message, result.found, result.expected, result.fix)
    return (
        *(severity_label(result.severity, language), result.document, result.section, result.action),
        *(text.said(language) for text in texts),
        *(result.clause, result.quote, result.shape),
    )

"""Hold what validation found in some documents, count it and lay it out as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from policygraph.messages import say
from policygraph.rows import Rows, to_html
from policygraph.terms import Severity

SEVERITIES = tuple(map(str, Severity))
COLUMNS = ("severity", "document", "section", "action", "message", "found", "expected", "fix", "quote", "shape")
_SEVERITY = MappingProxyType(
    {"violation": "validate.violation", "warning": "validate.warning", "info": "validate.info"}
)


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
    where it stands in the document. ``path`` is a SPARQL property path in short names.
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


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found in some documents: results in document order, and how many nodes each shape looked at."""

    documents: tuple[str, ...]
    results: tuple[Result, ...]
    looked_at: Mapping[str, int]

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation; warnings and infos do not count."""
        return not any(result.severity == "violation" for result in self.results)

    @property
    def idle(self) -> tuple[str, ...]:
        """Return the shapes that looked at no node: of what they check, nothing is known."""
        return tuple(sorted(shape for shape, count in self.looked_at.items() if not count))

    def counts(self) -> dict[str, int]:
        """Return the number of results of each severity."""
        return {name: sum(result.severity == name for result in self.results) for name in SEVERITIES}

    def totals(self, language: str = "zh") -> tuple[str, ...]:
        """Return the lines that close a report: the counts, the verdict, the shapes that looked at nothing."""
        verdict = say("validate.conforms" if self.conforms else "validate.conforms-not", language)
        counted = say("validate.totals", language, verdict=verdict, **self.counts())
        return (counted, say("validate.idle", language, shapes=", ".join(self.idle))) if self.idle else (counted,)

    def to_rows(self, language: str = "zh") -> Rows:
        """Return a row for each result, in the order of the report, with texts in Chinese or English."""
        return Rows(COLUMNS, tuple(_row(each, language) for each in self.results))

    def _repr_html_(self) -> str:
        """Return what notebooks show: the totals and the table of the first results."""
        lines = "".join(f"<p>{escape(line)}</p>" for line in self.totals())
        return lines + to_html(self.to_rows())

    def by_action(self) -> dict[tuple[str, str, str], tuple[Result, ...]]:
        """Group the results by (document, section, action), in document order."""
        keys = dict.fromkeys((result.document, result.section, result.action) for result in self.results)
        return {key: tuple(r for r in self.results if (r.document, r.section, r.action) == key) for key in keys}

    def by_body(self) -> dict[str, tuple[Result, ...]]:
        """Group the results by the bodies that answer for them, by name; ``""`` where there is none."""
        names = sorted({name for result in self.results for name in result.bodies or ("",)})
        return {name: tuple(r for r in self.results if name in (r.bodies or ("",))) for name in names}


def severity_label(severity: str, language: str) -> str:
    """Return what a severity is called: 错误, 警告, 提示; error, warning, info."""
    return say(_SEVERITY[severity], language)


def _row(result: Result, language: str) -> tuple[object, ...]:
    texts = (result.message, result.found, result.expected, result.fix)
    return (
        *(severity_label(result.severity, language), result.document, result.section, result.action),
        *(text.said(language) for text in texts),
        *(result.quote, result.shape),
    )

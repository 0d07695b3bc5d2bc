"""Show a report in a notebook, and turn its results into rows."""

from __future__ import annotations

from html import escape

from policygraph import frames
from policygraph.model import Rows
from policygraph.validate.labels import SEVERITY, totals
from policygraph.validate.report import Report

COLUMNS = ("severity", "document", "section", "action", "message", "found", "expected", "fix", "quote", "shape")


def result_rows(report: Report, language: str = "zh") -> Rows:
    """Return a row for each result, in the order of the report, with texts in Chinese or English."""
    side = int(language != "zh")
    rows = (
        (
            *(SEVERITY[language][each.severity], each.document, each.section, each.action),
            *(each.message[side], each.found[side], each.expected[side], each.fix[side], each.quote, each.shape),
        )
        for each in report.results
    )
    return Rows(COLUMNS, tuple(rows))


def to_html(report: Report, language: str = "zh") -> str:
    """Return the totals of a report and the table of its first results."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in totals(report, language))
    return lines + frames.to_html(result_rows(report, language))

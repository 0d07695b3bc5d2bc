"""Write a report for people to read on a screen, by action or by bureau."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.validate.grouping import groups, told
from policygraph.validate.report import Report, Result, severity_label


def render(report: Report, language: str = "zh", by: str = "action") -> str:
    """Return the report as text, ``zh`` or ``en``: by ``action`` or by ``bureau``, then the totals."""
    lines: list[str] = []
    shown = ""
    for group in groups(report, by, language):
        if group.document != shown:
            lines.append(group.document)
            shown = group.document
        lines.append("  " + group.title)
        for result in group.results:
            lines.extend(f"    {line}" for line in _lines(result, language, by))
    return "\n".join([*lines, *report.totals(language)]) + "\n"


def _lines(result: Result, language: str, by: str) -> Iterator[str]:
    severity, message = severity_label(result.severity, language), result.message.said(language)
    yield f"[{severity}] {message} ({result.shape})"
    for label, text in told(result, language, by).items():
        yield f"  {label}: {text}"

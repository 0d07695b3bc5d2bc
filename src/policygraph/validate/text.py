"""Write a report for people to read on a screen, by action or by bureau."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.messages import say
from policygraph.validate.grouping import Group, Repeated, gathered, groups, told
from policygraph.validate.report import Report, Result, severity_label


def render(report: Report, language: str = "zh", by: str = "action") -> str:
    """Return the report as text, ``zh`` or ``en``: what was checked, then the results by ``action`` or ``bureau``."""
    lines = list(report.head(language))
    single, repeated = gathered(report, by)
    for group in groups(single, by, language):
        lines += ["", _title(group, report)]
        if group.quote:
            lines.append(f"  {say('validate.quote', language)}: {group.quote}")
        for result in group.results:
            lines.extend(f"  {line}" for line in _lines(result, language, by))
    for each in repeated:
        lines += ["", *_repeated(each, report, language)]
    return "\n".join(lines) + "\n"


def _title(group: Group, report: Report) -> str:
    several = len(report.about) > 1 and group.document
    return f"{group.document} {group.title}" if several else group.title


def _lines(result: Result, language: str, by: str) -> Iterator[str]:
    yield f"[{severity_label(result.severity, language)}] {result.message.said(language)}"
    for label, text in told(result, language, by).items():
        yield f"  {label}: {text}"


def _repeated(found: Repeated, report: Report, language: str) -> Iterator[str]:
    yield found.title(language)
    for label, text in found.common(language).items():
        yield f"  {label}: {text}"
    for line in found.places(report, language):
        yield f"  {line}"

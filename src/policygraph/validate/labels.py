"""Hold the words around a report, and cut it into the groups that a reader asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.validate.report import Report, Result

GROUPS = ("action", "bureau")
SEVERITY = {
    "zh": {"violation": "错误", "warning": "警告", "info": "提示"},
    "en": {"violation": "error", "warning": "warning", "info": "info"},
}
LINES = {
    "zh": {
        "found": "现有",
        "quote": "原文",
        "expected": "应有",
        "fix": "建议",
        "section": "章节",
        "bodies": "责任单位",
        "whole": "全文",
        "nobody": "没有责任单位的内容",
        "title": "检验报告",
        "rule": "规则",
    },
    "en": {
        "found": "found",
        "quote": "quote",
        "expected": "expected",
        "fix": "fix",
        "section": "section",
        "bodies": "bodies",
        "whole": "whole document",
        "nobody": "what no body answers for",
        "title": "Validation report",
        "rule": "rule",
    },
}
_TOTAL = {
    "zh": "{violation} 个错误，{warning} 个警告，{info} 个提示；{verdict}",
    "en": "{violation} errors, {warning} warnings, {info} infos: {verdict}",
}
_VERDICT = {"zh": ("不合格", "合格"), "en": ("does not conform", "conforms")}
_IDLE = {"zh": "没有对象可查的规则: ", "en": "shapes that looked at nothing: "}


@dataclass(frozen=True, slots=True)
class Group:
    """Some results under one title, of one document (by action) or of all (by bureau)."""

    document: str
    title: str
    results: tuple[Result, ...]


def groups(report: Report, by: str, language: str) -> Iterator[Group]:
    """Yield the results by ``action`` in document order, or by ``bureau`` in the order of their names."""
    if by == "action":
        for (document, section, action), results in report.by_action().items():
            yield Group(document, f"{section} {action}".strip() or LINES[language]["whole"], results)
        return
    by_body = report.by_body()
    for name in sorted(by_body, key=lambda name: (not name, name)):  # what nobody answers for comes last
        yield Group("", name or LINES[language]["nobody"], by_body[name])


def told(result: Result, language: str, by: str = "action") -> dict[str, str]:
    """Return what a report says about a result under its message, in order: label to text."""
    side = 0 if language == "zh" else 1
    words = {
        "section": f"{result.section} {result.action}".strip() if by == "bureau" else "",
        "found": "" if result.found[side] == result.quote else result.found[side],
        "quote": result.quote,
        "expected": result.expected[side],
        "fix": result.fix[side],
        "bodies": "、".join(result.bodies) if by == "action" else "",
    }
    return {LINES[language][name]: text for name, text in words.items() if text}


def totals(report: Report, language: str) -> tuple[str, ...]:
    """Return the lines that close a report: the counts, the verdict, the shapes that looked at nothing."""
    counted = _TOTAL[language].format(**report.counts(), verdict=_VERDICT[language][report.conforms])
    return (counted, _IDLE[language] + ", ".join(report.idle)) if report.idle else (counted,)

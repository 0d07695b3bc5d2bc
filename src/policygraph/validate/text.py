"""Write a report for people to read, by action."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.validate.report import Report, Result

_SEVERITY = {
    "zh": {"violation": "错误", "warning": "警告", "info": "提示"},
    "en": {"violation": "error", "warning": "warning", "info": "info"},
}
_LINES = {
    "zh": {"found": "现有", "expected": "应有", "fix": "建议", "quote": "原文", "whole": "全文", "bodies": "责任单位"},
    "en": {
        "found": "found",
        "expected": "expected",
        "fix": "fix",
        "quote": "quote",
        "whole": "whole document",
        "bodies": "bodies",
    },
}
_TOTAL = {
    "zh": "{violation} 个错误，{warning} 个警告，{info} 个提示；{verdict}",
    "en": "{violation} errors, {warning} warnings, {info} infos: {verdict}",
}
_VERDICT = {"zh": ("不合格", "合格"), "en": ("does not conform", "conforms")}
_IDLE = {"zh": "没有对象可查的规则: ", "en": "shapes that looked at nothing: "}


def render(report: Report, language: str = "zh") -> str:
    """Return the report as text, ``zh`` or ``en``: by document and action, then the totals."""
    lines: list[str] = []
    shown = ""
    for (document, section, action), results in report.by_action().items():
        if document != shown:
            lines.append(document)
            shown = document
        lines.append("  " + (f"{section} {action}".strip() or _LINES[language]["whole"]))
        for result in results:
            lines.extend(f"    {line}" for line in _lines(result, language))
    verdict = _VERDICT[language][report.conforms]
    lines.append(_TOTAL[language].format(**report.counts(), verdict=verdict))
    if report.idle:
        lines.append(_IDLE[language] + ", ".join(report.idle))
    return "\n".join(lines) + "\n"


def _lines(result: Result, language: str) -> Iterator[str]:
    side = 0 if language == "zh" else 1
    yield f"[{_SEVERITY[language][result.severity]}] {result.message[side]} ({result.shape})"
    told = {
        "found": "" if result.found[side] == result.quote else result.found[side],
        "quote": result.quote,
        "expected": result.expected[side],
        "fix": result.fix[side],
        "bodies": "、".join(result.bodies),
    }
    for name, text in told.items():
        if text:
            yield f"  {_LINES[language][name]}: {text}"

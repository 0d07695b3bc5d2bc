"""Cut a report into the groups that a reader asked for, and say what stands under each result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.messages import say
from policygraph.validate.report import Report, Result

GROUPS = ("action", "bureau")


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
            yield Group(document, f"{section} {action}".strip() or say("validate.whole-document", language), results)
        return
    by_body = report.by_body()
    for name in sorted(by_body, key=lambda name: (not name, name)):  # what nobody answers for comes last
        yield Group("", name or say("validate.nobody", language), by_body[name])


def told(result: Result, language: str, by: str = "action", quoted: bool = True) -> dict[str, str]:
    """Return what a report says about a result under its message, in order: label to text.

    The quote is left out where the reader has it before him (``quoted`` is false).
    """
    found = result.found.said(language)
    lines = {
        "validate.section": f"{result.section} {result.action}".strip() if by == "bureau" else "",
        "validate.found": "" if found == result.quote else found,
        "validate.quote": result.quote if quoted else "",
        "validate.expected": result.expected.said(language),
        "validate.fix": result.fix.said(language),
        "validate.bodies": "、".join(result.bodies) if by == "action" else "",
    }
    return {say(key, language): text for key, text in lines.items() if text}

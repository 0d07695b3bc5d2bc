"""Cut a report into the groups that a reader asked for, and say what stands under each result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.messages import say
from policygraph.validate.report import Report, Result

GROUPS = ("action", "bureau")


@dataclass(frozen=True, slots=True)
class Group:
    """Some results under one title: of one clause, whose words are the ``quote``, or of one bureau."""

    document: str
    title: str
    results: tuple[Result, ...]
    quote: str = ""


def groups(report: Report, by: str, language: str) -> Iterator[Group]:
    """Yield the results by clause (``action``), the worst first, or by ``bureau`` in the order of their names."""
    if by == "action":
        for (document, section, action, quote), results in report.by_clause().items():
            title = f"{section} {action}".strip() or say("validate.whole-document", language)
            yield Group(document, title, results, "" if quote == action else quote)
        return
    by_body = report.by_body()
    for name in sorted(by_body, key=lambda name: (not name, name)):  # what nobody answers for comes last
        yield Group("", name or say("validate.nobody", language), by_body[name])


def told(result: Result, language: str, by: str = "action", alone: bool = False) -> dict[str, str]:
    """Return what a report says about a result under its message, in order: label to text.

    By ``action`` the quote stands over the results of its clause, by ``bureau`` with each; ``alone``, at the very
    clause, it need not be said.
    """
    found = result.found.said(language)
    lines = {
        "validate.section": f"{result.section} {result.action}".strip() if by == "bureau" else "",
        "validate.quote": result.quote if by == "bureau" and not alone else "",
        "validate.found": "" if found == result.quote else found,
        "validate.expected": result.expected.said(language),
        "validate.fix": result.fix.said(language),
        "validate.clause": result.clause,
        "validate.bodies": "、".join(result.bodies) if by == "action" else "",
    }
    return {say(key, language): text for key, text in lines.items() if text}

"""Cut a report into the groups that a reader asked for, and say what stands under each result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policygraph.messages import say
from policygraph.terms import Severity
from policygraph.validate.report import NOTHING, Report, Result, severity_label

GROUPS = ("action", "bureau")
_OFTEN = 6  # places from which on one hint is said once, with its places below it


@dataclass(frozen=True, slots=True)
class Group:
    """Some results under one title: of one clause, whose words are the ``quote``, or of one bureau."""

    document: str
    title: str
    results: tuple[Result, ...]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One hint that was found in many places, in the order of the report."""

    results: tuple[Result, ...]

    def title(self, language: str) -> str:
        """Return the hint, and in how many places it was found."""
        first = self.results[0]
        said = {"what": first.message.said(language), "places": len(self.results)}
        hint = say("validate.repeated", language, **said)
        return f"[{severity_label(first.severity, language)}] {hint}"

    def common(self, language: str) -> dict[str, str]:
        """Return what is said of every place alike: label to text."""
        first = self.results[0]
        expected = first.expected if len({each.expected for each in self.results}) == 1 else NOTHING
        fix = first.fix if len({each.fix for each in self.results}) == 1 else NOTHING
        return told(replace(first, found=NOTHING, expected=expected, fix=fix, clause="", bodies=()), language)

    def places(self, report: Report, language: str) -> list[str]:
        """Return a line for each place: where it is, and what stands there."""
        several = len(report.about) > 1
        heads = (
            f"{f'{each.document} ' if several else ''}{each.section} {each.action}".strip() for each in self.results
        )
        return [
            f"{head or say('validate.whole-document', language)}: {each.found.said(language) or each.quote}"
            for head, each in zip(heads, self.results, strict=True)
        ]


def gathered(report: Report, by: str) -> tuple[Report, tuple[Repeated, ...]]:
    """Take the hints out of a report that one rule gives in many places: they would hide what is to be mended.

    A report by ``bureau`` stays as it is: each is told what concerns it.
    """
    found: dict[tuple[str, str], list[Result]] = {}
    for each in report.results:
        if each.severity == Severity.INFO and by == "action":
            found.setdefault((each.shape, each.message.zh), []).append(each)
    often = [tuple(results) for results in found.values() if len(results) >= _OFTEN]
    taken = {id(each) for results in often for each in results}
    rest = tuple(each for each in report.results if id(each) not in taken)
    return replace(report, results=rest), tuple(map(Repeated, often))


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

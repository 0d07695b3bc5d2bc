"""Count what validation found: plans by themes, and the rule behind each point."""

from __future__ import annotations

from collections import Counter

from rdflib import Graph

from policygraph.messages import say
from policygraph.rows import Rows
from policygraph.validate.about import About
from policygraph.validate.report import OUTCOMES, SEVERITIES, Report
from policygraph.validate.shapes import themes

THEME_COLUMNS = ("document", "title", "theme", "label", "violations", "warnings", "infos", "rules")
RULE_COLUMNS = ("document", "title", "theme", "severity", "rule", "count", "message")


def scorecard(report: Report, shapes: Graph, language: str = "zh") -> Rows:
    """Return a row a plan and a column a theme; a cell counts violations/warnings/infos, ``-`` where there is none."""
    known = themes(shapes)
    titles = [label.said(language) for label in known.values()]
    rows = []
    for about in report.about:
        document = about.document.slug
        counts = [_counts(report, document, theme) for theme in known]
        whole = tuple(report.counts(document).values())
        verdict = say(OUTCOMES[report.outcome_of(about)], language)
        rows.append((_title(about), *map(_cell, counts), _cell(whole), verdict))
    last = (say("validate.total", language), say("validate.outcome-column", language))
    return Rows((say("validate.plan", language), *titles, *last), tuple(rows))


def theme_rows(report: Report, shapes: Graph, language: str = "zh") -> Rows:
    """Return a row for each plan and theme, with the counts and the faults behind them (``fault count; ...``)."""
    rows: list[tuple[object, ...]] = []
    for about in report.about:
        document = about.document.slug
        for theme, label in themes(shapes).items():
            rules = Counter(r.shape for r in report.results if (r.document, r.theme) == (document, theme))
            told = "; ".join(f"{_said(rule, report, language)} {count}" for rule, count in sorted(rules.items()))
            counts = _counts(report, document, theme)
            rows.append((document, _title(about), theme, label.said(language), *counts, told))
    return Rows(THEME_COLUMNS, tuple(rows))


def rule_rows(report: Report, shapes: Graph, language: str = "zh") -> Rows:
    """Return a row for each plan and rule that found something: what the points of a scorecard are made of."""
    order = list(themes(shapes))
    rows: list[tuple[object, ...]] = []
    for about in report.about:
        document = about.document.slug
        found = Counter((r.theme, r.severity, r.shape) for r in report.results if r.document == document)
        ranked = sorted(found.items(), key=lambda item: (_rank(item[0][0], order), SEVERITIES.index(item[0][1]), item))
        for (theme, severity, rule), count in ranked:
            message = _said(rule, report, language)
            rows.append((document, _title(about), theme, severity, rule, count, message))
    return Rows(RULE_COLUMNS, tuple(rows))


def _title(about: About) -> str:
    return about.document.title or about.document.number or about.document.slug


def _said(rule: str, report: Report, language: str) -> str:
    return report.rules[rule].said(language) if rule in report.rules else rule


def _counts(report: Report, document: str, theme: str) -> tuple[int, ...]:
    found = Counter(r.severity for r in report.results if (r.document, r.theme) == (document, theme))
    return tuple(found[name] for name in SEVERITIES)


def _cell(counts: tuple[int, ...]) -> str:
    return "/".join(map(str, counts)) if any(counts) else "-"


def _rank(theme: str, order: list[str]) -> int:
    return order.index(theme) if theme in order else len(order)

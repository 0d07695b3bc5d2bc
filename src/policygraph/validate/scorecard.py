"""Count what validation found: plans by themes, and the rule behind each point."""

from __future__ import annotations

from collections import Counter

from rdflib import SH, Graph

from policygraph import vocab
from policygraph.messages import say
from policygraph.rows import Rows
from policygraph.validate.report import SEVERITIES, Report
from policygraph.validate.shapes import themes, words

THEME_COLUMNS = ("document", "theme", "label", "violations", "warnings", "infos", "rules")
RULE_COLUMNS = ("document", "theme", "severity", "rule", "count", "message")


def scorecard(report: Report, shapes: Graph, language: str = "zh") -> Rows:
    """Return a row a plan and a column a theme; a cell counts violations/warnings/infos, ``-`` where there is none."""
    known = themes(shapes)
    titles = [label.said(language) for label in known.values()]
    rows = []
    for document in report.documents:
        counts = [_counts(report, document, theme) for theme in known]
        severities = [result.severity for result in report.results if result.document == document]
        whole = tuple(severities.count(name) for name in SEVERITIES)
        rows.append(
            (document, *map(_cell, counts), _cell(whole), say("validate.no" if whole[0] else "validate.yes", language))
        )
    last = (say("validate.total", language), say("validate.does-it-conform", language))
    return Rows(("document", *titles, *last), tuple(rows))


def theme_rows(report: Report, shapes: Graph, language: str = "zh") -> Rows:
    """Return a row for each plan and theme, with the counts and the rules behind them (``rule count; ...``)."""
    rows: list[tuple[object, ...]] = []
    for document in report.documents:
        for theme, label in themes(shapes).items():
            rules = Counter(r.shape for r in report.results if (r.document, r.theme) == (document, theme))
            told = "; ".join(f"{rule} {count}" for rule, count in sorted(rules.items()))
            rows.append((document, theme, label.said(language), *_counts(report, document, theme), told))
    return Rows(THEME_COLUMNS, tuple(rows))


def rule_rows(report: Report, shapes: Graph, language: str = "zh") -> Rows:
    """Return a row for each plan and rule that found something: what the points of a scorecard are made of."""
    order = list(themes(shapes))
    rows: list[tuple[object, ...]] = []
    for document in report.documents:
        found = Counter((r.theme, r.severity, r.shape) for r in report.results if r.document == document)
        ranked = sorted(found.items(), key=lambda item: (_rank(item[0][0], order), SEVERITIES.index(item[0][1]), item))
        for (theme, severity, rule), count in ranked:
            said = words(shapes, vocab.shape(rule), SH.message).said(language)
            rows.append((document, theme, severity, rule, count, said))
    return Rows(RULE_COLUMNS, tuple(rows))


def _counts(report: Report, document: str, theme: str) -> tuple[int, ...]:
    found = Counter(r.severity for r in report.results if (r.document, r.theme) == (document, theme))
    return tuple(found[name] for name in SEVERITIES)


def _cell(counts: tuple[int, ...]) -> str:
    return "/".join(map(str, counts)) if any(counts) else "-"


def _rank(theme: str, order: list[str]) -> int:
    return order.index(theme) if theme in order else len(order)

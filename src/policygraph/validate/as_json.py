"""Write a report for other programs: JSON with the results in order and grouped."""

from __future__ import annotations

import json
from dataclasses import asdict

from policygraph.validate.grouping import groups
from policygraph.validate.report import Report


def as_json(report: Report, language: str = "zh", by: str = "action") -> str:
    """Return the report as JSON; ``groups`` names the results (by place in ``results``) of each clause or bureau.

    ``about`` says of each document what was checked and with what it was compared, ``head`` the same in words.
    """
    place = {id(result): number for number, result in enumerate(report.results)}
    body = {
        "documents": report.documents,
        "outcome": report.outcome,
        "conforms": report.conforms,
        "counts": report.counts(),
        "about": [asdict(about) | {"outcome": report.outcome_of(about)} for about in report.about],
        "head": report.head(language),
        "results": [asdict(result) for result in report.results],
        "grouped_by": by,
        "groups": [
            {"document": group.document, "title": group.title, "results": [place[id(each)] for each in group.results]}
            for group in groups(report, by, language)
        ],
        "looked_at": dict(report.looked_at),
        "idle": report.idle,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"

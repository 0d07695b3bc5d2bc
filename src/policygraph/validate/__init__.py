"""Check documents against SHACL shapes, one at a time with what it needs to know; pyshacl is the reference engine.

Shapes say three things in both languages: ``sh:message`` what is wrong, ``sh:description`` what is expected,
``rdfs:comment`` how to mend it. ``sh:group`` is the theme that a scorecard counts them by.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from policygraph.validate.about import About, Named
from policygraph.validate.as_json import as_json
from policygraph.validate.engines import ENGINES, quickest
from policygraph.validate.grouping import GROUPS
from policygraph.validate.page import as_html
from policygraph.validate.report import SEVERITIES, Report, Result, Words
from policygraph.validate.report_quads import Paths, quads_of, report_paths, report_quads
from policygraph.validate.run import Checked, Checker, Terms, as_report, check_slice, rule_names, validate
from policygraph.validate.scorecard import rule_rows, scorecard, theme_rows
from policygraph.validate.shape_quads import shape_quads
from policygraph.validate.shapes import load_shapes, of_theme, read_turtle
from policygraph.validate.slices import NOT_FOLLOWED, SHOWN, World, reformed, subclasses, world, world_of
from policygraph.validate.text import render

if TYPE_CHECKING:
    from policygraph.validate.word import annotate, as_docx, packed

__all__ = [
    "ENGINES",
    "GROUPS",
    "NOT_FOLLOWED",
    "SEVERITIES",
    "SHOWN",
    "About",
    "Checked",
    "Checker",
    "Named",
    "Paths",
    "Report",
    "Result",
    "Terms",
    "Words",
    "World",
    "annotate",
    "as_docx",
    "as_html",
    "as_json",
    "as_report",
    "check_slice",
    "load_shapes",
    "of_theme",
    "packed",
    "quads_of",
    "quickest",
    "read_turtle",
    "reformed",
    "render",
    "report_paths",
    "report_quads",
    "rule_names",
    "rule_rows",
    "scorecard",
    "shape_quads",
    "subclasses",
    "theme_rows",
    "validate",
    "world",
    "world_of",
]


def __getattr__(name: str) -> Any:
    """Return what writes for Word: python-docx takes a tenth of a second to load, and few commands need it."""
    if name in ("annotate", "as_docx", "packed"):
        return getattr(import_module("policygraph.validate.word"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Check documents against SHACL shapes, one at a time with what it needs to know; pyshacl is the engine.

Shapes say three things in both languages: ``sh:message`` what is wrong, ``sh:description`` what is expected,
``rdfs:comment`` how to mend it.
"""

from policygraph.validate.report import Report, Result, report_quads
from policygraph.validate.run import validate
from policygraph.validate.shapes import load_shapes
from policygraph.validate.text import render

__all__ = ["Report", "Result", "load_shapes", "render", "report_quads", "validate"]

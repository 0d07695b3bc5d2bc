"""Name the lines that look like headings and bear no number: they are no rows, and are not lost in silence."""

from __future__ import annotations

import re
from itertools import pairwise

from policygraph.model import Outline, Section, Span

_LONGEST = 30  # characters
_SHORTEST = 4
_LINE = re.compile(r"[^\n]+")
_NO_HEADING = re.compile(r"[。;,!?:|>《》\d]|^[-—(\[〔【•●◆*]|[、)\]]$")


def unnumbered_headings(outline: Outline) -> tuple[Span, ...]:
    """Return where lines stand that read like headings, have no number, and have a sentence below them.

    Of the text of a section, not of what stands before the first heading or of an annex's tables.
    """
    return tuple(span for section in outline.sections[1:] for span in _below(outline.text.text, section))


def _below(text: str, section: Section) -> list[Span]:
    lines = [match for match in _LINE.finditer(text, section.body.start, section.body.end) if match[0].strip()]
    return [
        Span(line.start() + len(line[0]) - len(line[0].lstrip()), line.start() + len(line[0].rstrip()))
        for line, after in pairwise(lines)
        if _SHORTEST <= len(line[0].strip()) <= _LONGEST
        and not _NO_HEADING.search(line[0].strip())
        and "。" in after[0]
        and (line.start() > section.body.start or text[section.body.start - 1] == "\n")
    ]

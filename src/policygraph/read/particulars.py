"""Find the particulars at the head of a web page («number: …», «date: …»), which extractors take for furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from policygraph.read import rows

Element = Any  # lxml ships no types
_PAIR = re.compile(r"[^:：，。；、]{2,10}[:：]\s*\S.{0,80}")
_FEWEST = 3  # pairs in one place; fewer are a line of buttons
_PARAGRAPH = 60  # characters in one run: the text has begun
_GROUPS = ("table", "ul", "dl", "div")


def find(tree: Element) -> list[str]:
    """Return the lines «label: value» of the first group of at least three that stands before the text."""
    for element in tree.iter():
        if any(len((run or "").strip()) >= _PARAGRAPH for run in _runs(element)):
            break
        if element.tag in _GROUPS:
            lines = list(_pairs(element))
            if len([line for line in lines if _PAIR.fullmatch(line)]) >= max(_FEWEST, len(lines) * 0.6):
                return [line for line in lines if _PAIR.fullmatch(line)]
    return []


def _runs(element: Element) -> Iterator[str | None]:
    yield element.text
    yield from (child.tail for child in element)


def _pairs(element: Element) -> Iterator[str]:
    """Yield the lines of a group: rows of a table, items of a list, terms with their definitions, parts of a block."""
    if element.tag == "table":
        table = ([[_words(cell)] for cell in row.iter("td", "th")] for row in element.iter("tr"))
        yield from (line for line in rows.lines(table) if "|" not in line)
    elif element.tag == "dl":
        terms = [_words(child) for child in element if child.tag in ("dt", "dd")]
        yield from (label.rstrip(":：") + "：" + value for label, value in zip(terms[::2], terms[1::2], strict=False))
    else:
        yield from (_words(child) for child in element if isinstance(child.tag, str))


def _words(element: Element) -> str:
    """Return the text of an element on one line; of a nested layout table too, which then is no pair."""
    return " ".join("".join(element.itertext()).split())

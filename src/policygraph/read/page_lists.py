"""Write the numbers of a page's lists into their items: a reader sees them, the text does not hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from policygraph.quantities import COUNTING
from policygraph.read.word_numerals import written

Element = Any  # lxml ships no types
_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "simp-chinese-formal": "chineseLegalSimplified",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_NUMBERED = re.compile(rf"\s*[（(]?[第]?[\d{COUNTING}①-⑳]{{1,4}}[)）、.．章节条]")


def number_items(tree: Element) -> None:
    """Write its number before the text of every item of a numbered list, unless its text begins with one."""
    for each in list(tree.iter("ol")):
        style = _style(each)
        items = [item for item in each if item.tag == "li"]
        if style == "none" or not items:
            continue
        for item, number in zip(items, _numbers(each, items), strict=True):
            text = "".join(item.itertext())
            if text.strip() and not _NUMBERED.match(text):
                _write(item, written(number, style) + ("、" if style.startswith("chinese") else "."))


def _style(each: Element) -> str:
    said = _STYLE.search(each.get("style") or "")
    if said:
        return "none" if said[1].lower() == "none" else _STYLES.get(said[1].lower(), "decimal")
    return _TYPES.get(each.get("type") or "", "decimal")


def _numbers(each: Element, items: list[Element]) -> Iterator[int]:
    """Yield the numbers of the items: from where the list starts, from where an item says, or backwards."""
    step = -1 if each.get("reversed") is not None else 1
    number = _whole(each.get("start"), len(items) if step < 0 else 1)
    for item in items:
        number = _whole(item.get("value"), number)
        yield number
        number += step


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text.strip()) else otherwise


def _write(item: Element, label: str) -> None:
    """Put a label before the first words of an item, which may stand in a paragraph of their own."""
    for each in item.iter():
        if (each.text or "").strip():
            each.text = label + each.text.lstrip()
            return
        if each is not item and (each.tail or "").strip():
            each.tail = label + each.tail.lstrip()
            return

"""Resolve the automatic numbers of a Word document: the number a reader sees (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.package import Element, attribute, child, local, whole
from policygraph.read.word_numerals import written

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 20  # styles on one chain; a longer one is a circle
_ZEROS = re.compile(r"(0{0,9})1,")  # custom formats are written «001, 002, 003, ...»


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; ``text`` has %1 to %9 in it."""

    start: int = 1
    style: str = "decimal"
    width: int = 0  # digits, with zeros in front
    text: str = ""
    legal: bool = False  # all numbers in digits
    restarts_after: int | None = None  # 0: never; n: after a paragraph of level n or above, counted from 1
    paragraph_style: str = ""
    gap: bool = True  # a tab or a space follows


@dataclass(frozen=True, slots=True)
class _List:
    """A numbering instance: the counters are those of its abstract definition."""

    abstract: str
    levels: dict[int, _Level]
    begins: dict[int, int]  # level -> number at which this instance begins anew


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    list_id: str
    level: int | None


class Numbering:
    """The counters of a document; ask for labels in document order, once for each paragraph."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles, self._default = _styles(styles)
        self._lists = _lists(numbering, self._styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str:
        """Return what stands before a paragraph (``（一）``, ``1. ``), ``""`` where it has no number; counts it."""
        list_id, level = self._place(properties)
        definition = self._lists.get(list_id)
        if definition is None or level not in definition.levels:
            return ""
        counts = self._counted(list_id, definition, level)
        own = definition.levels[level]
        if own.style == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            each = definition.levels.get(at, _Level())
            value = counts.get(at, each.start)
            return written(value, "decimal" if own.legal else each.style).rjust(each.width, "0")

        label = _PLACE.sub(number, own.text)
        # after a full-width sign a gap would only part what belongs together
        return f"{label} " if own.gap and label[-1:].isascii() and label[-1:] not in ("", ")") else label

    def _counted(self, list_id: str, definition: _List, level: int) -> dict[int, int]:
        """Count one paragraph and return the numbers of all levels."""
        counts = self._counts.setdefault(definition.abstract, {})
        if level in definition.begins and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            counts[level] = definition.begins[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else definition.levels[level].start
        for lower in [each for each in counts if each > level]:
            after = definition.levels[lower].restarts_after if lower in definition.levels else None
            if after is None or level < after:
                del counts[lower]
        return counts

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Return list and level of a paragraph: what it says itself, then what its style says."""
        own = child(properties, "numPr")
        list_id = attribute(child(own, "numId"), "val")
        level = whole(attribute(child(own, "ilvl"), "val"))
        style_id = attribute(child(properties, "pStyle"), "val") or self._default
        styled, styled_level = ("", None) if list_id else self._styled(style_id)
        list_id = list_id or styled
        if level is not None:
            return list_id, level
        if styled_level is None and list_id in self._lists:
            levels = self._lists[list_id].levels.items()
            styled_level = next((at for at, each in levels if style_id and each.paragraph_style == style_id), 0)
        return list_id, styled_level or 0

    def _styled(self, style_id: str) -> tuple[str, int | None]:
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                break
            if style.list_id:
                return style.list_id, style.level
            style_id = style.based_on
        return "", None


def _styles(root: Element | None) -> tuple[dict[str, _Style], str]:
    """Return the numbering of every style, and the style of a paragraph that names none."""
    found: dict[str, _Style] = {}
    default = ""
    for style in _children(root, "style"):
        name = attribute(style, "styleId")
        numbering = child(child(style, "pPr"), "numPr")
        found[name] = _Style(
            attribute(child(style, "basedOn"), "val"),
            attribute(child(numbering, "numId"), "val"),
            whole(attribute(child(numbering, "ilvl"), "val")),
        )
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
            default = name
    return found, default


def _lists(root: Element | None, styles: dict[str, _Style]) -> dict[str, _List]:
    abstracts = {attribute(each, "abstractNumId"): each for each in _children(root, "abstractNum")}
    lists = list(_children(root, "num"))
    chosen = {attribute(each, "numId"): attribute(child(each, "abstractNumId"), "val") for each in lists}
    found: dict[str, _List] = {}
    for each in lists:
        name = attribute(each, "numId")
        abstract = chosen[name]
        linked = attribute(child(abstracts.get(abstract), "numStyleLink"), "val")
        if linked in styles:  # the definition stands where the style points
            abstract = chosen.get(styles[linked].list_id, abstract)
        levels = dict(_levels(abstracts.get(abstract)))
        begins: dict[int, int] = {}
        for override in _children(each, "lvlOverride"):
            levels.update(_levels(override))
            start = whole(attribute(child(override, "startOverride"), "val"))
            if start is not None:
                begins[whole(attribute(override, "ilvl")) or 0] = start
        found[name] = _List(abstract, levels, begins)
    return found


def _levels(parent: Element | None) -> Iterator[tuple[int, _Level]]:
    for each in _children(parent, "lvl"):
        style, width = _format(each)
        legal = child(each, "isLgl")
        yield (
            whole(attribute(each, "ilvl")) or 0,
            _Level(
                start=whole(attribute(child(each, "start"), "val")) or 0,
                style=style,
                width=width,
                text=attribute(child(each, "lvlText"), "val"),
                legal=legal is not None and attribute(legal, "val") not in ("0", "false", "off"),
                restarts_after=whole(attribute(child(each, "lvlRestart"), "val")),
                paragraph_style=attribute(child(each, "pStyle"), "val"),
                gap=attribute(child(each, "suff"), "val") != "nothing",
            ),
        )


def _format(level: Element) -> tuple[str, int]:
    """Return the style of the numbers and their width; custom formats stand in a list of alternatives."""
    plain = child(level, "numFmt")
    if plain is None:
        plain = next((each for each in level.iter() if local(each) == "numFmt"), None)
    style = attribute(plain, "val", "decimal")
    zeros = _ZEROS.match(attribute(plain, "format"))
    return ("decimal", len(zeros[1]) + 1) if style == "custom" and zeros else (style, 0)


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    return iter(()) if parent is None else (each for each in parent if local(each) == name)

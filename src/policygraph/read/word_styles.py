"""Say which runs of a Word document its reader does not see as text: hidden ones and those that are struck out.

Both are set at the run or by its style, or by the paragraph's, each with what it is based on (ECMA-376 part 1, 17.7.3:
what a style of characters and a style of paragraphs both switch is off again).
"""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.package import Element, attribute, child, local

_NO = ("0", "false", "off", "none")
_DEEPEST = 20  # styles on one chain; a longer one is a circle
_HIDDEN, _STRUCK = ("vanish",), ("strike", "dstrike")


class Styles:
    """The styles of a document by their names."""

    def __init__(self, root: Element | None) -> None:
        every = [each for each in (() if root is None else root) if local(each) == "style"]
        self._styles = {attribute(each, "styleId"): each for each in every}
        ordinary = (each for each in every if attribute(each, "type") == "paragraph")
        self._default = next((attribute(each, "styleId") for each in ordinary if attribute(each, "default")), "")

    @property
    def contents(self) -> frozenset[str]:
        """Return the styles of a table of contents, which repeats the headings."""
        named = ((style, attribute(child(each, "name"), "val")) for style, each in self._styles.items())
        return frozenset(style for style, name in named if name.lower().startswith("toc "))

    def left_out(self, run: Element, paragraph_style: str) -> str:
        """Return why a run is no text: ``hidden``, ``struck-out``; "" where it is."""
        properties = child(run, "rPr")
        if any(self._is_on(name, properties, paragraph_style) for name in _HIDDEN):
            return "hidden"
        return "struck-out" if any(self._is_on(name, properties, paragraph_style) for name in _STRUCK) else ""

    def _is_on(self, name: str, properties: Element | None, paragraph_style: str) -> bool:
        own = child(properties, name)
        if own is not None:
            return _switched(own)
        of_run = self._styled(name, attribute(child(properties, "rStyle"), "val"))
        return of_run != self._styled(name, paragraph_style if paragraph_style in self._styles else self._default)

    def _styled(self, name: str, style_id: str) -> bool:
        """Say whether a style switches something on, itself or by what it is based on."""
        found = (child(child(style, "rPr"), name) for style in self._chain(style_id))
        return next((_switched(each) for each in found if each is not None), False)

    def _chain(self, style_id: str) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = attribute(child(style, "basedOn"), "val")


def _switched(element: Element) -> bool:
    return attribute(element, "val") not in _NO

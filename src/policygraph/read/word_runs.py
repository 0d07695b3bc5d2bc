"""Read the visible characters of a Word paragraph; keep a list of those that are hidden or struck out."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.messages import Message
from policygraph.package import Element, attribute, child, local
from policygraph.read.left_out import LeftOut
from policygraph.read.word_styles import Styles

SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "rt", "tcPr", "trPr", "txbxContent")
)
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_MATHS = "math"  # in the name of the space of formulas, strict or not


class Runs:
    """Reads paragraphs one after the other."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._left_out = LeftOut()
        self._style = ""

    def text(self, paragraph: Element, style: str) -> str:
        """Return the visible text of a paragraph of a style; text boxes come later."""
        self._style = style
        text = "".join(self._inline(paragraph))
        self._left_out.next_place()
        return text

    def notes(self) -> tuple[Message, ...]:
        """Return what was left out so far."""
        return self._left_out.notes()

    def _inline(self, element: Element) -> Iterator[str]:
        for each in element:
            name = local(each)
            if name == "t":
                yield each.text or ""
            elif name == "br":
                yield "" if attribute(each, "type") in ("page", "column") else "\n"
            elif name == "sym":
                yield _symbol(attribute(each, "char"))
            elif name == "AlternateContent":
                yield from self._inline(choice(each))
            elif name == "r":
                yield self._run(each)
            elif _MATHS in each.tag and name in _FORMULAS:
                yield self._formula(name, each)
            elif name not in SKIPPED:
                yield _SIGNS[name] if name in _SIGNS else "".join(self._inline(each))

    def _run(self, run: Element) -> str:
        text = "".join(self._inline(run))
        why = self._styles.left_out(run, self._style) if text else ""
        if why:
            self._left_out.add(why, text)
        return "" if why else text

    def _formula(self, name: str, element: Element) -> str:
        """Return a formula on one line: a fraction as 2/3, a power as 10^4."""
        found = (child(element, each) for each in _FORMULAS[name])
        parts = ["".join(self._inline(part)) for part in found if part is not None]
        return ("/" if name == "f" else "^").join(parts)


_FORMULAS = {"f": ("num", "den"), "sSup": ("e", "sup")}


def _symbol(code: str) -> str:
    """Return a symbol by its code; those of symbol fonts have no character of their own."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF or number < 32 or number > 0x10FFFF else chr(number)


def choice(alternatives: Element) -> Element:
    """Return the alternative that holds text, the first where none does."""
    branches = [each for each in alternatives if local(each) in ("Choice", "Fallback")]
    written = (each for each in branches if any(local(part) == "t" for part in each.iter()))
    return next(written, branches[0] if branches else [])

"""Say how a verdict looks and what it is called: its colour, the ink on it, a sign, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygraph.export.heatmap import ACTIONS, LEADS, VERDICTS

LEGENDS: Mapping[str, Mapping[str, tuple[str, str]]] = {"targets": VERDICTS, "actions": ACTIONS, "leads": LEADS}
# No difference stands in colour alone.
_SIGNS = {
    **{"equal": "=", "kept": "=", "unchanged": "=", "tighter": "▲", "widened": "▲", "looser": "▼", "narrowed": "▼"},
    **{"added": "+", "dropped": "×", "missing": "×", "no-lead": "×", "later": "→", "changed": "≠", "changed-form": "≈"},
    **{"renamed": "≈", "overlapping": "≈", "merged": "∪", "split": "∩", "not-compared": "?", "not-covered": "–"},
    **{"no-actions": "–", "no-data": "…"},
}
_START = ("#ffffff", "desk.verdict-start")  # what is compared with nothing: a document of the nation
_BLACK, _WHITE = "#1c2430", "#ffffff"


@dataclass(frozen=True, slots=True)
class Look:
    """How a verdict is shown: its name, colour, ink, sign, and the key of its words."""

    name: str
    colour: str
    ink: str
    sign: str
    key: str


def look(by: str, verdict: str) -> Look:
    """Return the look of a verdict on targets, actions or leads; an empty one is that of a start."""
    colour, key = LEGENDS[by].get(verdict, _START)
    return Look(verdict, colour, ink(colour), _SIGNS.get(verdict, ""), key)


def legend(by: str) -> tuple[Look, ...]:
    """Return the looks of all verdicts, in the order of the legend."""
    return tuple(look(by, verdict) for verdict in LEGENDS[by])


def ink(colour: str) -> str:
    """Return the ink that reads better on a colour: nearly black or white (contrast of WCAG 2).

    >>> ink("#eeeeee"), ink("#7a0177")
    ('#1c2430', '#ffffff')
    """
    ground = _light(colour)
    dark, light = (ground + 0.05) / (_light(_BLACK) + 0.05), 1.05 / (ground + 0.05)
    return _BLACK if dark >= light else _WHITE


def _light(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

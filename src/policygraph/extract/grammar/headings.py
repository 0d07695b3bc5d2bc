"""Read what a heading names, and what stands below it."""

from __future__ import annotations

from policygraph.lexicon import Lexicon
from policygraph.model import Section


def action_name(section: Section, lexicon: Lexicon) -> str:
    """Return the name of what a section does: its heading without the verb 实施, which says nothing."""
    for verb in lexicon.layout.heading_verbs:
        if section.heading.startswith(verb):
            return section.heading[len(verb) :]
    return section.heading


def stands_below(number: str, above: str) -> bool:
    """Say whether a number goes on from another: 一(二) and 一2 stand below 一, 十一 not below 十."""
    rest = number.removeprefix(above)
    if not above or not rest or rest == number:
        return False
    return not (_kind(rest[0]) == _kind(above[-1]) and rest[0] not in "(第/")


def _kind(char: str) -> str:
    return "digit" if char.isdigit() and char.isascii() else "letter" if char.isalpha() else "mark"

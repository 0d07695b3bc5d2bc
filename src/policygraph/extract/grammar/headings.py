"""Read what a heading names."""

from __future__ import annotations

from policygraph.lexicon import Lexicon
from policygraph.model import Section


def action_name(section: Section, lexicon: Lexicon) -> str:
    """Return the name of what a section does: its heading without the verb 实施, which says nothing."""
    for verb in lexicon.layout.heading_verbs:
        if section.heading.startswith(verb):
            return section.heading[len(verb) :]
    return section.heading

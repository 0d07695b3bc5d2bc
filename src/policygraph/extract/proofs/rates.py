"""Tell how often a year something comes that comes each month, quarter or half of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_TIMES = {"a-month": 12, "a-quarter": 4, "a-half-year": 2}


@compiled
def times_a_year(lexicon: Lexicon) -> Mapping[str, int]:
    """Return how often a year each word for a part of it comes.

    >>> from policygraph import lexicon
    >>> times_a_year(lexicon.bundled())["半年"]
    2
    """
    words = lexicon.grammar.rule_words
    return MappingProxyType({form: times for rule, times in _TIMES.items() for form in words[rule]})

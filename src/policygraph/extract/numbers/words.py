"""Give the words by which numbers are told apart, by the rule that asks for them."""

from __future__ import annotations

from itertools import chain

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, of_kind


@compiled
def number_word(rule: str, lexicon: Lexicon) -> str:
    """Return a group that matches any word that data/lexicon/number_words.tsv has for one rule.

    The words of ``told-opening``, ``told-verb`` and ``told-report`` are the past marks of these kinds.

    >>> import re
    >>> from policygraph import lexicon
    >>> re.match(number_word("item", lexicon.bundled()), "是") is not None
    True
    """
    return number_words((rule,), lexicon)


@compiled
def number_words(rules: tuple[str, ...], lexicon: Lexicon) -> str:
    """Return a group that matches any word of some rules."""
    words, told = lexicon.quantities.number_words, lexicon.targets.past_marks
    of_each = ((*words[rule], *of_kind(told, rule.removeprefix("told-"))) for rule in rules)
    return f"(?:{either(chain.from_iterable(of_each))})"

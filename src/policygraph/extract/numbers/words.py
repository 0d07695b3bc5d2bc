"""Give the words by which numbers are told apart, by the rule that asks for them."""

from __future__ import annotations

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
    told = of_kind(lexicon.targets.past_marks, rule.removeprefix("told-"))
    return f"(?:{either([*lexicon.quantities.number_words[rule], *told])})"

"""Tell the name of a place from letters that only look like one."""

from __future__ import annotations

from policygraph.lexicon import Lexicon


def is_inside_word(text: str, start: int, lexicon: Lexicon) -> bool:
    """Say whether a name begins inside a word or another name: the 海 of 沿海城市 and of 上海城市更新 is no 海城."""
    across = {text[left : start + 1] for left in range(max(start - 2, 0), start)}
    return any(word in lexicon.names.places or word in lexicon.grammar.rule_words["before-name"] for word in across)

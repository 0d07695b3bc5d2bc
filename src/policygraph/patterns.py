"""Small helpers to compile word tables into patterns. A table without words gives a pattern that never matches."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygraph.knowledge import compiled
from policygraph.lexicon import Forms, Lexicon

NEVER = "(?!)"


def either(forms: Iterable[str], gap: str = "") -> str:
    """Return a pattern that matches any of some forms, the longest first; ``gap`` may stand between two letters.

    It branches letter by letter, so that only those forms are tried at a place that begin as the text does there.

    >>> either(["达", "达到", "完成"]), either([])
    ('完(?:成)|达(?:到)?', '(?!)')
    """
    return _branches(forms, gap) or NEVER


@compiled
def word_of(rule: str, lexicon: Lexicon) -> str:
    """Return a group that matches any word that data/lexicon/rule_words.tsv has for one rule of the grammar.

    >>> from policygraph import lexicon
    >>> re.fullmatch(word_of("intent", lexicon.bundled()), "力争") is not None
    True
    """
    return f"(?:{either(lexicon.grammar.rule_words[rule])})"


@compiled
def word_pattern(rule: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Return a pattern of the words that data/lexicon/rule_words.tsv has for one rule."""
    return re.compile(word_of(rule, lexicon))


@compiled
def doing_head(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a head of a column that names bodies by what they do; the verb is group 1: 负责考核部门, 推进单位.

    >>> from policygraph import lexicon
    >>> [doing_head(lexicon.bundled()).fullmatch(head) is not None for head in ("考核单位", "计量单位")]
    [True, False]
    """
    verbs = either(form for form in lexicon.roles.verbs if not form.endswith("…"))
    return re.compile(rf"({verbs}|{word_of('column-duty', lexicon)})[^,。]{{0,6}}?{word_of('bodies-head', lexicon)}")


def one_of(letters: Iterable[str]) -> str:
    """Return a pattern that matches one of some letters.

    >>> one_of("一二"), one_of("")
    ('[一二]', '(?!)')
    """
    return f"[{re.escape(''.join(letters))}]" if letters else NEVER


def of_kind(table: Forms, *kinds: str) -> list[str]:
    """Return the forms of a table that mean one of some kinds, in the order of the table."""
    return [form for form, kind in table.items() if kind in kinds]


def either_of(table: Forms, *kinds: str) -> str:
    """Return a pattern that matches any form of a table that means one of some kinds."""
    return either(of_kind(table, *kinds))


def longest_first(forms: Iterable[str]) -> list[str]:
    """Return forms in the order in which they are tried, where an earlier one must win.

    >>> longest_first(["达", "完成", "达到"])
    ['完成', '达到', '达']
    """
    return sorted(forms, key=lambda form: (-len(form), form))


def in_order(forms: Iterable[str]) -> str:
    """Return a pattern that tries some forms, patterns themselves, one after the other."""
    return "|".join(forms) or NEVER


def _branches(forms: Iterable[str], gap: str) -> str:
    rests: dict[str, list[str]] = {}
    for form in sorted(set(forms)):
        rests.setdefault(form[0], []).append(form[1:])
    return "|".join(re.escape(letter) + _rest(found, gap) for letter, found in rests.items())


def _rest(forms: list[str], gap: str) -> str:
    """Return what may follow a letter; a form that ends with it makes the rest optional."""
    longer = _branches((form for form in forms if form), gap)
    rest = f"{gap}(?:{longer})" if longer else ""
    if "" not in forms or not rest:
        return rest
    return f"(?:{rest})?" if gap else f"{rest}?"

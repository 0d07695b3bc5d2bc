"""Make the pieces of which the patterns of numeric targets are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.units import unit_after_number
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, in_order, of_kind, word_of

_RATIO_TO_ONE = r"(?:\d:\d|1:\d+(?:\.\d+)?|\d++(?:\.\d++)?:1)(?![\d:])"  # 1.8:1 is one value, 22:00 none
_NO_YEAR = r"(?!20[1-6]\d年)"  # 2025年2500万千瓦、2030年达到4000万千瓦
NUMBER = rf"{_NO_YEAR}(?:{_RATIO_TO_ONE}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d++(?:\.\d++)?+(?!:\d))"
LIST = r"\s?(?:和|、|及|与|,)\s?"
RANGE = r"\s?(?:-|—+|–|~|至|到)\s?"
NOUN = r"\s?的?(?P<noun>(?![并且和及])(?:(?![和及与]\d)[\u4e00-\u9fff“”A-Za-z0-9+()]){2,20})"


@dataclass(frozen=True, slots=True)
class Parts:
    """What several patterns are made of."""

    pre: str  # 不低于
    post: str  # 以上
    least: str  # 至少
    above: str  # what stands behind 以上
    at_least: str  # 以上
    hedges: str  # 分别
    each: str  # 年均
    changes: str  # 提高
    counts: str  # 建成
    batch: str  # 首批
    holders: str  # 全市
    values: str  # 7.5‰和5‰以下
    counted: str  # 3所


def long_pre(lexicon: Lexicon) -> str:
    """Match a comparator that is no part of a name, as 为, 达, 超 may be."""
    return either(form for form in lexicon.quantities.compared("pre") if len(form) > 1)


def looped(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a list, in which what may stand between two is asked for behind the first only.

    A condition cannot name a group that begins behind it: it has its number. So what is listed is written once.

    >>> looped(r"为(?P<values>(?:(?(more)[、和])(?P<more>)[0-9]%)+)").match("为1%、2%和3%4%")["values"]
    '1%、2%和3%'
    """
    number = pattern[: pattern.index("(?P<more>")].count("(?P<") + 1
    return re.compile(pattern.replace("(?(more)", f"(?({number})"), re.VERBOSE)


def parts_of(lexicon: Lexicon) -> Parts:
    """Return the pieces that the words of a lexicon give."""
    words, post = lexicon.quantities, post_of(lexicon)
    unit, noun_after = unit_after_number(lexicon, post, False), unit_after_number(lexicon, post, True)
    one = rf"(?:{NUMBER})\s?(?:{unit})?(?:{RANGE}(?:{NUMBER})\s?(?:{unit})?)?"
    at_least = [form for form in words.compared("post") if words.comparators[form, "post"] == ">="]
    return Parts(
        pre=either(words.compared("pre")),
        post=post,
        least=either(form for form in words.compared("pre") if words.comparators[form, "pre"][1:] == "="),
        at_least=either(at_least),
        above=in_order(f"(?<={re.escape(form)})" for form in at_least),
        hedges=either(words.hedges),
        each=either([*of_kind(words.standing, "年"), *lexicon.grammar.rule_words["yearly"]]),
        changes=either(words.changes),
        counts=either(
            [
                *lexicon.targets.count_verbs,
                *lexicon.targets.goal_openers,
                *lexicon.grammar.rule_words["supplied"],
                *lexicon.grammar.rule_words["allotted"],
            ]
        ),
        batch=word_of("batch", lexicon),
        holders=either(lexicon.targets.trends["holder"]),
        values=rf"(?P<values>(?:(?(more)(?:{post})?{LIST})(?P<more>){one})+)(?P<post>{post})?",
        counted=rf"(?:(?(more){RANGE}(?:{NUMBER})|(?:{NUMBER})(?:{RANGE}(?:{NUMBER}))?)\s?"
        rf"(?:{noun_after}|(?(more)|(?!)))(?P<more>)){{1,2}}",
    )


def post_of(lexicon: Lexicon) -> str:
    """Match a comparator behind a number."""
    return either(lexicon.quantities.compared("post"))

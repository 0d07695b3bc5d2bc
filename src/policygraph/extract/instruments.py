"""Tell rules about money, and their conditions, from targets: 「每家奖励30万元」, 「入住率低于60%的」."""

from __future__ import annotations

import re
from functools import lru_cache

from policygraph.extract.patterns import either
from policygraph.lexicon import Lexicon

_CONDITION = re.compile(r"(?:[的]|(?<![小学课工及按同瓦届])时)\s?$")
_QUOTA = r"(?:标准|总?额度?|金额|资金|比例|限额)?(?:最高|最低|最多|上限|下限|为|按)?"


def is_rule(stretch: str, after: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch is a condition (…达到60%的,给予奖励) or speaks of an instrument; ``after`` follows it.

    >>> from policygraph import lexicon
    >>> is_rule("入住率低于60%的", ",", lexicon.bundled()), is_rule("入住率达到60%", "。", lexicon.bundled())
    (True, False)
    """
    then, anywhere, _ = _patterns(lexicon)
    return bool(_CONDITION.search(stretch) or then.match(after) or anywhere.search(stretch))


def is_instrument(indicator: str, lexicon: Lexicon) -> bool:
    """Say whether a name ends in what the authority sets or pays itself: 首付款比例, 补助标准, 每户奖励."""
    return _patterns(lexicon)[2].search(indicator) is not None


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    words = lexicon.instruments
    return (
        re.compile(rf"[,;]?\s?(?:{either(words['then'])})"),
        re.compile(either(words["any"])),
        re.compile(rf"(?:{either(words['end'])}){_QUOTA}$"),
    )

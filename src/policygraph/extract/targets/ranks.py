"""Read results said in words that the trends do not hold: a rank (跻身全国前10位), a state (零增长)."""

from __future__ import annotations

import re

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, either_of, word_of
from policygraph.quantities import COUNTING

_FIRST = rf"前\s?(?:\d{{1,3}}|[{COUNTING}]{{1,3}})\s?(?:[位名强]|$)"
_NTH = r"第[一二三1-3][位名]?"
_SPOKEN = re.compile(r"[前首第零负清]")


def find_result(text: str, lexicon: Lexicon) -> str:
    """Return what will have that rank or be in that state, ``""`` where a stretch says no such thing.

    >>> from policygraph import lexicon
    >>> find_result("综合实力跻身全国前10位", lexicon.bundled()), find_result("排名前10位的企业", lexicon.bundled())
    ('综合实力', '')
    """
    if not _SPOKEN.search(text):
        return ""
    found = _pattern(lexicon).fullmatch(text.strip(" \n"))
    return found["subject"].strip(" \n") if found else ""


@compiled
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    ranks, states = (either_of(lexicon.targets.result_words, kind) for kind in ("rank", "state"))
    hedges = either(lexicon.quantities.hedges)
    return re.compile(
        rf"""
        (?P<subject>[^,]{{2,40}}?) (?:{hedges})*
        (?:
            (?:{ranks}) [^\d,的]{{0,8}}?                                      # 跻身全国
            (?: {_FIRST} | {word_of("rank", lexicon)} | {_NTH} )              # 前10位, 前列, 第一
            {word_of("rank-end", lexicon)}?                                   # 行列
            | (?:{states})                                                    # 零增长
        )
        """,
        re.VERBOSE,
    )

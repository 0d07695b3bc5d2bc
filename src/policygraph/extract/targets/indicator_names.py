"""Complete the name of an indicator that leans on what was said before it."""

from __future__ import annotations

import re

from policygraph.extract.grammar.patterns import either
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_TWO_SHARES = re.compile(
    r"(?P<whole>.*占)(?P<first>[^占]+?)[、和及](?P<second>[^占、和及]+?)(?P<tail>的?(?:比重|比例|份额))"
)
_FAR = 80  # characters in which the object of a stretch is looked for
_LEANS = re.compile(r"占|(?:年均)?(?:增速|增幅|增长率)$")


def full_name(name: str, before: str, lexicon: Lexicon) -> str:
    """Return a name with the head it lacks, taken from the indicator ``before`` it.

    >>> from policygraph import lexicon
    >>> [full_name(name, "培育龙头企业", lexicon.bundled()) for name in ("省级", "占GDP比重", "户数", "")]
    ['省级龙头企业', '培育龙头企业占GDP比重', '户数', '培育龙头企业']
    """
    if not name or not before:
        return name or before
    leans = _LEANS.match(name)
    if leans:
        return f"{before}{name}"
    if name in lexicon.targets.qualifiers:
        return f"{name}{_bare(lexicon).sub('', before)}"
    return name


def object_of(stretch: str, lexicon: Lexicon) -> str:
    """Return what the last verb of a stretch is about, "" where none is found.

    >>> from policygraph import lexicon
    >>> object_of("多种方式筹集保障性租赁住房", lexicon.bundled())
    '保障性租赁住房'
    """
    match = _object(lexicon).fullmatch(stretch[-_FAR:])
    return match["object"] if match else ""


def says_whom_or_when(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name has nothing but holder, period and verb (全省每年): what is counted stands elsewhere.

    >>> from policygraph import lexicon
    >>> [says_whom_or_when(name, lexicon.bundled()) for name in ("全省", "每年改造", "每年体检")]
    [True, True, False]
    """
    return bool(_empty(lexicon).fullmatch(name))


def two_shares(name: str) -> tuple[str, str] | None:
    """Return the two names of «A占B和C比重», None where a name is of another kind.

    >>> two_shares("金融业占地区生产总值和服务业比重")
    ('金融业占地区生产总值比重', '金融业占服务业比重')
    """
    match = _TWO_SHARES.fullmatch(name)
    if not match:
        return None
    whole, tail = match["whole"], match["tail"]
    return f"{whole}{match['first']}{tail}", f"{whole}{match['second']}{tail}"


@compiled
def _bare(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what is cut from a head before a part of it is named: the verb, another part (国家级)."""
    return re.compile(f"^(?:{either([*lexicon.targets.count_verbs, *lexicon.targets.qualifiers])})+")


@compiled
def _object(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(
        f".*(?:{either([*lexicon.targets.count_verbs, '组织'])})(?P<object>[^\\d,、;]{{2,}}(?:、[^\\d,、;]{{2,}})*)"
    )


@compiled
def _empty(lexicon: Lexicon) -> re.Pattern[str]:
    holders = either(
        [
            *lexicon.targets.trends["holder"],
            *lexicon.quantities.standing,
            "每年度",
            "年度",
            "每户",
            "每人",
            "累计",
            "各县区",
        ]
    )
    return re.compile(f"(?:{holders})+(?:{either(lexicon.targets.count_verbs)})?")

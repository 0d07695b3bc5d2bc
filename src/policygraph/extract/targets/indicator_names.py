"""Complete the name of an indicator that leans on what was said before it."""

from __future__ import annotations

import re

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of, word_pattern

_SINCE = re.compile(r"[由从]\d[\d.]*[^,\d]{0,8}$")  # 处理能力由12万吨/天, before 提高至24万吨/天
_WHOLE = 4  # characters of a name that leans on no head: 餐厨垃圾车
_FAR = 80  # characters in which the object of a stretch is looked for


def full_name(name: str, before: str, lexicon: Lexicon) -> str:
    """Return a name with the head it lacks, taken from the indicator ``before`` it.

    >>> from policygraph import lexicon
    >>> [full_name(name, "培育龙头企业", lexicon.bundled()) for name in ("省级", "占GDP比重", "户数", "")]
    ['省级龙头企业', '培育龙头企业占GDP比重', '户数', '培育龙头企业']
    """
    if not name or not before:
        return name or before
    if name.startswith("占") and "占" in before[1:]:  # A占B比例达到3%、占C比例达到5%
        before = before[: before.index("占", 1)]
    if _leaning(lexicon).match(name):
        return f"{before}{name}"
    if name in lexicon.targets.qualifiers or _area(lexicon).fullmatch(name):
        return f"{name}{_head(before, lexicon)}"
    return name


def part_named(name: str, before: str, lexicon: Lexicon) -> str:
    """Return the name of a part with the head that it leans on in brackets: 绿化覆盖率达到40%(建成区达到43%).

    >>> from policygraph import lexicon
    >>> [part_named(name, "绿化覆盖率", lexicon.bundled()) for name in ("建成区", "示范区绿地率")]
    ['建成区绿化覆盖率', '示范区绿地率']
    """
    name, head = word_pattern("among", lexicon).sub("", name, count=1), _head(before, lexicon)
    verb = _verb(lexicon).match(name)
    does = verb is not None and len(name) > verb.end() + 1  # 建成区 is a place
    whole = not head or does or name.endswith((head[-2:], *lexicon.targets.trends["quantity"]))
    whole = whole or (name[-1:] == head[-1:] and len(name) >= _WHOLE)  # 专项收运车40辆(其中压缩式垃圾车4辆)
    return name if whole else f"{name}{head}"


def object_of(stretch: str, lexicon: Lexicon) -> str:
    """Return what the last verb of a stretch is about, "" where none is found.

    >>> from policygraph import lexicon
    >>> object_of("多种方式筹集保障性租赁住房", lexicon.bundled())
    '保障性租赁住房'
    """
    match = _object(lexicon).fullmatch(stretch[-_FAR:])
    return match["object"] if match else ""


def subject_of(stretch: str, lexicon: Lexicon) -> str:
    """Return of whom a stretch says what they will do, "" where it says it of none.

    >>> from policygraph import lexicon
    >>> subject_of("专任教师基本达到大专及以上学历", lexicon.bundled())
    '专任教师'
    """
    match = _subject(lexicon).match(stretch.strip())
    return match["subject"] if match else ""


def tells_since(stretch: str) -> bool:
    """Say whether a stretch ends with the number from which a quantity starts: 处理能力由12万吨/天."""
    return _SINCE.search(stretch) is not None


def quantity_named(stretch: str, lexicon: Lexicon) -> str:
    """Return the name that a stretch is, of which the next ones say how much and when; "" where it says more.

    >>> from policygraph import lexicon
    >>> quantity_named("经常参加体育锻炼人数比例", lexicon.bundled()), quantity_named("覆盖率达到5%", lexicon.bundled())
    ('经常参加体育锻炼人数比例', '')
    >>> quantity_named("污水处理能力由12万吨/天", lexicon.bundled())
    '污水处理能力'
    """
    name = _SINCE.sub("", stretch.strip())
    ends = tells_since(stretch) or name.endswith(tuple(lexicon.targets.trends["quantity"]))
    return name if ends and not _verb(lexicon).match(name) else ""


def says_whom_or_when(name: str, lexicon: Lexicon) -> bool:
    """Say whether a name has nothing but holder, period and verb (全省每年): what is counted stands elsewhere.

    >>> from policygraph import lexicon
    >>> [says_whom_or_when(name, lexicon.bundled()) for name in ("全省", "每年改造", "每年体检")]
    [True, True, False]
    """
    return bool(_empty(lexicon).fullmatch(name))


def two_shares(name: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Return the two names of «A占B和C比重», None where a name is of another kind.

    >>> from policygraph import lexicon
    >>> two_shares("金融业占地区生产总值和服务业比重", lexicon.bundled())
    ('金融业占地区生产总值比重', '金融业占服务业比重')
    """
    match = _two_shares(lexicon).fullmatch(name)
    if not match:
        return None
    whole, tail = match["whole"], match["tail"]
    return f"{whole}{match['first']}{tail}", f"{whole}{match['second']}{tail}"


@compiled
def _leaning(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a name that says nothing of whom it is about: 占GDP比重, 年均增速."""
    return re.compile(rf"占|{word_of('yearly', lexicon)}?{word_of('growth', lexicon)}$")


@compiled
def _area(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the name of a part of the land, of which no quantity is said: 江南区域."""
    return re.compile(rf"[\u4e00-\u9fff]{{2,8}}{word_of('area', lexicon)}")


@compiled
def _two_shares(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<whole>.*占)(?P<first>[^占]+?)[、和及](?P<second>[^占、和及]+?)(?P<tail>的?{word_of('share', lexicon)})"
    )


def _head(before: str, lexicon: Lexicon) -> str:
    """Return an indicator without the verb and the part that it opens with, but for a name that is made of them."""
    head = _bare(lexicon).sub("", before)
    return before if len(head) == 1 else head  # 改造完成率


@compiled
def _bare(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what is cut from a head before a part of it is named: the verb, another part (国家级)."""
    return re.compile(f"^(?:{either([*lexicon.targets.count_verbs, *lexicon.targets.qualifiers])})+")


@compiled
def _object(lexicon: Lexicon) -> re.Pattern[str]:
    verbs = f"(?:{either(lexicon.targets.count_verbs)}|{word_of('object-verb', lexicon)})"
    return re.compile(rf".*{verbs}(?P<object>[^\d,、;]{{2,}}(?:、[^\d,、;]{{2,}})*)")


@compiled
def _subject(lexicon: Lexicon) -> re.Pattern[str]:
    how = either(lexicon.targets.trends["adverb"])
    return re.compile(rf"(?P<subject>[^\d,、;]{{2,20}}?)(?:{how})?(?:{either(lexicon.targets.share_verbs)})")


@compiled
def _verb(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the begin of what is done, not of what is counted: 提高覆盖率, 建成规模."""
    words = lexicon.targets
    return re.compile(either([*words.count_verbs, *words.trends["measure"], *lexicon.quantities.changes]))


@compiled
def _empty(lexicon: Lexicon) -> re.Pattern[str]:
    words = [*lexicon.targets.trends["holder"], *lexicon.quantities.standing, *lexicon.grammar.rule_words["holder"]]
    holders = either(words)
    return re.compile(f"(?:{holders})+(?:{either(lexicon.targets.count_verbs)})?")

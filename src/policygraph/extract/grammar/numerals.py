"""Write the Chinese numerals of a stretch with Arabic digits: 百分之七十五点五 is 75.5%."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, one_of, word_of
from policygraph.quantities import MYRIADS, arabic_numeral

_ROUND = ("百", "千", "万", "亿")
_COUNTED = ("家", "个", "户", "所", "项", "条", "座", "种")  # of these 百 is a hundred
_SOME = ("批", "支", "套")
_OF_EACH = re.compile("[每各少]")  # 每县至少建成一个; elsewhere 打造一个 counts nothing
_INTO = "为"  # 整合为一张表单
_OF_HUNDRED = re.compile("[个][百]")  # 提高一个百分点
_SECOND = "二"  # by itself it orders, 降低二次贷款比例: two of a thing are 两
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?=(?:\.\d+)?\s?[%\u4e00-\u9fff])")  # 1 000 万
_SET_APART = re.compile(r"(?<=[\d%‰]) +(?=[%‰≥≤\u4e00-\u9fff])|(?<=[≥≤\u4e00-\u9fff]) +(?=[\d\u4e00-\u9fff])")
_NO_UNIT = "[级类期部等流体致起片块面方口本组列度性]"  # 达到三级 names a grade, 融为一体 no amount


@dataclass(frozen=True, slots=True)
class _NumeralPatterns:
    amount: re.Pattern[str]
    fraction: re.Pattern[str]
    part: re.Pattern[str]
    year: re.Pattern[str]
    counted: re.Pattern[str]
    slashed: re.Pattern[str]  # 1/3
    scheme: re.Pattern[str]  # the rest of the name of a programme
    any: re.Pattern[str]
    rare: re.Pattern[str]  # a word of an amount, a year or a share, without which nothing but counts is left


def arabic(text: str, lexicon: Lexicon) -> str:
    """Return a stretch with its amounts in digits; numerals inside names (两癌筛查率) stay.

    >>> from policygraph import lexicon
    >>> arabic("“两癌”筛查率达到百分之七十五点五,比二〇二〇年翻一番", lexicon.bundled())
    '“两癌”筛查率达到75.5%,比2020年增长1倍'
    """
    patterns = _patterns(lexicon)
    if "/" in text:
        text = patterns.slashed.sub(lambda m: m[1] + share_of(m[2]), text)
    if not patterns.any.search(text):
        return text
    if patterns.rare.search(text):
        text = patterns.amount.sub(lambda m: lexicon.quantities.amounts[m[0]], text)
        text = patterns.year.sub(lambda m: value_of(m[0], lexicon), text)
        text = patterns.fraction.sub(lambda m: f"{value_of(m[2], lexicon)}{lexicon.quantities.numerals[m[1]][1]}", text)
        text = patterns.part.sub(lambda m: _share(m, lexicon), text)
    return patterns.counted.sub(
        lambda m: m[0] if _no_amount(m, patterns.scheme) else m[1] + value_of(m[2], lexicon), text
    )


def joined(text: str) -> str:
    """Return a stretch without the blanks that a page sets between numbers and words, and inside numbers.

    >>> joined("达到 95 % 以上,新增 1 000 万亩,2 万户")
    '达到95%以上,新增1000万亩,2万户'
    """
    if " " not in text:
        return text
    text = _GROUPED.sub(lambda m: m[0].replace(" ", ""), text)
    return _SET_APART.sub("", text)


def _no_amount(match: re.Match[str], scheme: re.Pattern[str]) -> bool:
    """Say whether a numeral is a way to say many: 开展万人长跑 (but 培育百家企业, 开展万场以上演出), 打造一批."""
    behind = match.string[match.end() : match.end() + 1]
    if set(match[2]) <= set(_ROUND) and scheme.match(match.string, match.end()):  # 实施千万吨粮食增产计划 is a name
        return True
    if match[2] == _SECOND or (match[2] == "一" and _is_any(match, behind)):
        return True
    if match[1][:1] == "、" and not (match[2] in _ROUND and behind in _COUNTED):  # 百家A、千家B
        return True
    return (match[2] in _ROUND and not match["least"] and behind not in _COUNTED) or (
        match[2] == "一" and behind in _SOME
    )


def _is_any(match: re.Match[str], behind: str) -> bool:
    """Say whether 一 counts nothing: 打造一个平台, 整合为一张表单 (but 每县建成一个, 提高一个百分点)."""
    if match[1].rstrip().endswith(_INTO) or match[2] in match.string[: match.start(2)]:  # 一类事项制定一册指南
        return True
    each = _OF_EACH.search(match.string) or _OF_HUNDRED.match(match.string, match.end())
    return behind == "个" and not each


def share_of(fraction: str) -> str:
    """Return a part in figures in hundredths: 1/3 is 33.33%.

    >>> share_of("1/3"), share_of("3/4")
    ('33.33%', '75%')
    """
    part, _, whole = fraction.partition("/")
    return _hundredths(Decimal(part), Decimal(whole)) if Decimal(whole) else fraction


def _hundredths(part: Decimal, whole: Decimal) -> str:
    return f"{(100 * part / whole).quantize(Decimal('0.01')).normalize():f}%"


def value_of(numeral: str, lexicon: Lexicon) -> str:
    """Return the value of a numeral in digits; digits side by side are read one by one.

    >>> from policygraph import lexicon
    >>> [value_of(n, lexicon.bundled()) for n in ("一百二十", "十五", "二〇二五", "三点五", "三十五万")]
    ['120', '15', '2025', '3.5', '35万']
    """
    return arabic_numeral(numeral, _values(lexicon))


@compiled
def _values(lexicon: Lexicon) -> dict[str, int]:
    """Return what the numerals of the table stand for."""
    return {form: int(value) for form, (kind, value) in lexicon.quantities.numerals.items() if kind != "fraction"}


def _share(match: re.Match[str], lexicon: Lexicon) -> str:
    """Return two thirds as 66.67%: the tables compare numbers, not fractions."""
    divisor = Decimal(re.sub(f"[{MYRIADS}]", "", value_of(match[1], lexicon)) or 0)
    if not divisor:
        return match[0]
    return _hundredths(Decimal(re.sub(f"[{MYRIADS}]", "", value_of(match[2], lexicon)) or 0), divisor)


@compiled
def _patterns(lexicon: Lexicon) -> _NumeralPatterns:
    known = lexicon.quantities.numerals
    plain = [form for form, (kind, _) in known.items() if kind != "fraction"]
    whole_words = [form for form, (kind, _) in known.items() if kind == "fraction"]
    signs, fractions = one_of(plain), either(whole_words)
    digits = one_of([form for form, (kind, _) in known.items() if kind == "digit"])
    post = either(lexicon.quantities.compared("post"))
    whole = f"(?!(?:{post})?的)"  # 「三分之二以上的县」 says where, not how much
    number = f"{signs}{{1,12}}(?:点{digits}{{1,6}})?"
    words = lexicon.quantities
    before = either([*words.changes, *lexicon.targets.count_verbs, *words.compared("pre")])
    standing = rf"(?:{either(words.standing)})[^\d,、;年月]{{0,8}}?"
    reached = either(words.compared("pre"))
    return _NumeralPatterns(
        amount=re.compile(either(lexicon.quantities.amounts)),
        fraction=re.compile(f"({fractions})({number}){whole}"),
        part=re.compile(f"({signs}{{1,6}}){word_of('parts', lexicon)}({signs}{{1,6}}){whole}"),
        year=re.compile(f"二[〇零]{digits}{{2}}(?=年)"),
        counted=re.compile(
            rf"""
            ((?:{before}|、|{standing}|(?={number}成(?:{post})))\s?) ({number})               # 建成三, 每周开展三
            (?= (?:{either(words.units)}) (?!{_NO_UNIT}) (?P<least>{post})? ) (?!{_NO_UNIT})  # 所以上, not 级医院
            """,
            re.VERBOSE,
        ),
        slashed=re.compile(
            rf"((?:{reached})\s?|(?=\d{{1,2}}/\d{{1,2}}\s?的?(?:{post})))(\d{{1,2}}/\d{{1,2}})(?![\d/万千百元])"
        ),
        scheme=re.compile(rf"[^\d,;、和]{{2,16}}{word_of('scheme', lexicon)}"),
        any=re.compile(either([*plain, *words.amounts])),
        rare=re.compile(either([*words.amounts, *whole_words, *lexicon.grammar.rule_words["parts"], "二〇", "二零"])),
    )

"""List the reasons why a number is no target, each with its name and what the number is instead.

A refusal looks at a stretch between commas or at one number of it. The first of the list that holds decides; examples
stand by their names in tests/cases/target_refusals.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from policygraph.extract.targets.measures import Measure, is_size
from policygraph.extract.targets.past import done, reported
from policygraph.extract.targets.scope import Scope, Stretch
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Span
from policygraph.patterns import either, in_order, word_of, word_pattern
from policygraph.terms import NumberClass, SectionKind

_CONDITION = re.compile(r"(?:[的]|(?<![小学课工及按同瓦届])时)\s?$")
_YEAR_ON_YEAR = re.compile("[同环]比")
_AT_END = 3  # characters of it, with a blank and the line's end
_NOTHING_MORE = re.compile(r"\s*\Z")
_FROM_SUM = re.compile(r"[由从].*\d")
_RATED = ("voltage",)  # dimensions of what a thing is made for
_KIND_SIGN = "型"
_PIECES = ("条", "项", "个", "类", "种")  # by which measures are counted
_MARKS = tuple("。;,:!?、—")  # what a headline does not end with
_SENTENCE_ENDS = ("。", ";", ":\n")
_AFTER = 12  # characters behind a stretch that show what follows from it


class Of(IntEnum):
    """What a refusal looks at, in the order in which things are read."""

    STRETCH = 1  # nothing in it is a target, in numbers or in words
    NUMBERS = 2  # none of its numbers is
    NUMBER = 3  # one of them is not


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason why a number is no target: its name, what the number is, and the rule that tells so."""

    name: str
    kind: NumberClass
    of: Of
    refuses: Callable[[Stretch, Measure | None], bool]


def refused(stretch: Stretch, of: Of, measure: Measure | None = None) -> Refusal | None:
    """Return the first refusal of a kind that holds, None where a stretch or one number of it may be a target."""
    for each in _BY_KIND[of]:
        if each.refuses(stretch, measure):
            return each
    return None


def is_led(scope: Scope) -> bool:
    """Say whether a year holds at a place that is more than the year before a number."""
    return bool(scope.years) and None not in scope.years and (not scope.weak or scope.assured)


# ---------------------------------------------------------------- of a stretch


def _over(stretch: Stretch, _: Measure | None) -> bool:
    """Say whether it speaks of a time that is over, and not in words of a target (到2020年,…不低于50%: a slip)."""
    if not stretch.is_past:
        return False
    asked = stretch.scope.to and not stretch.scope.told
    return not (asked and normed(stretch.lexicon).search(stretch.spoken))


def _before_headings(stretch: Stretch, _: Measure | None) -> bool:
    """Say whether a number stands before the first heading, where only years and goals count, or in the headline."""
    where = stretch.where
    if where.section.kind != "front":
        return False
    line = _line(stretch)
    if _is_headline(stretch, line):
        return True
    if is_led(stretch.scope) or where.goals.here or where.excerpt:
        return False
    whole = _NOTHING_MORE.match(where.text.text, where.section.body.end) is not None  # a digest has no headings
    return not (whole and _looks_ahead(stretch, line))


def _line(stretch: Stretch) -> Span:
    text, span, body = stretch.where.text.text, stretch.span, stretch.where.section.body
    start, end = text.rfind("\n", body.start, span.start) + 1, text.find("\n", span.end, body.end)
    return Span(max(start, body.start), end if end > 0 else body.end)


def _is_headline(stretch: Stretch, line: Span) -> bool:
    """Say whether a line is the headline of what follows: it ends with no mark, and no sentence stands before it."""
    text, begin = stretch.where.text.text, stretch.where.section.body.start
    ends = text[line.start : line.end].rstrip()[-1:]
    return ends not in _MARKS and not any(mark in text[begin : line.start] for mark in _SENTENCE_ENDS)


def _looks_ahead(stretch: Stretch, line: Span) -> bool:
    """Say whether a number stands among words of what is to come: a limit (以上), or 力争, 目标 in its paragraph.

    In a text with such words, which is none of the press, a paragraph that reports nothing is about the same.
    """
    if any((*stretch.scope.years, stretch.where.years.last)) and normed(stretch.lexicon).search(stretch.spoken):
        return True
    text, body, ahead = stretch.where.text.text, stretch.where.section.body, _ahead(stretch.lexicon)
    if ahead.search(text, line.start, line.end):
        return True
    if _behind(stretch.lexicon).search(text, line.start, line.end):
        return False
    if stretch.where.years.last:  # of a plan that is told
        return True
    reports = _behind(stretch.lexicon).search(text, body.start, body.end)
    promised = ahead.search(text, body.start, body.end) or not reports  # a bare list of what is to be done
    return bool(promised) and not word_pattern("press", stretch.lexicon).search(text, body.start, body.end)


@compiled
def _ahead(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.grammar.rule_words
    ahead = either([*words["intent"], *words["will"], *lexicon.targets.goal_lines])
    return re.compile(rf"{ahead}|到\s?20\d\d\s?年|至\s?20\d\d\s?年")


@compiled
def _behind(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what shows that a paragraph reports: 已, 目前, 建了 (but 明确了)."""
    words = lexicon.grammar.rule_words
    told = "".join(sorted({form[-1] for form in (*words["tells"], *words["announces"])}))
    reports = in_order(f"{re.escape(form[0])}(?<![{told}].){re.escape(form[1:])}" for form in words["reports"])
    return re.compile(f"{either(lexicon.targets.past_marks)}|{reports}")


# ---------------------------------------------------------------- of its numbers


def _done(stretch: Stretch, _: Measure | None) -> bool:
    return done(stretch.spoken, stretch.lexicon)


def _conditional(stretch: Stretch, _: Measure | None) -> bool:
    printed = stretch.printed
    if _CONDITION.search(printed, max(len(printed) - _AT_END, 0)):
        return True
    lexicon = stretch.lexicon
    supposed, joined = _supposed(lexicon), word_pattern("joins-condition", lexicon).match(stretch.spoken)
    return bool(supposed.match(stretch.spoken) or (joined and supposed.match(stretch.said.lstrip())))


@compiled
def _supposed(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what opens a condition, up to its limit: 当电力缺口大于(5%), but not 当年."""
    limits = either(form for form in lexicon.quantities.compared("pre") if len(form) > 1)
    return re.compile(rf"{word_of('supposes', lexicon)}(?![年地前期日月下天])[^,]{{2,40}}?(?:{limits})")


def _rewarded(stretch: Stretch, _: Measure | None) -> bool:
    text, end = stretch.where.text.text, stretch.span.end
    return _money_patterns(stretch.lexicon)[0].match(text[end : end + _AFTER]) is not None


def _of_an_instrument(stretch: Stretch, _: Measure | None) -> bool:
    return _money_patterns(stretch.lexicon)[1].search(stretch.printed) is not None


def _permitted(stretch: Stretch, _: Measure | None) -> bool:
    """Say whether something may be moved, which nobody has to: 可提高一个节点."""
    return "可" in stretch.spoken and _may(stretch.lexicon).search(stretch.spoken) is not None


@compiled
def _may(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"可{word_of('may-how', lexicon)}?(?:{either(lexicon.quantities.changes)})")


def _on_a_scale(stretch: Stretch, _: Measure | None) -> bool:
    """Say whether a step of a scale is described: 三级预警:比例在95%以上."""
    return ":" in stretch.printed and _scale(stretch.lexicon).match(stretch.printed) is not None


@compiled
def _scale(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\s?[^,:]{{0,8}}{word_of('scale', lexicon)}[^,:]{{0,2}}:")


def _reported(stretch: Stretch, _: Measure | None) -> bool:
    scope, where = stretch.scope, stretch.where
    firm = bool(scope.years) and not scope.weak
    if (firm and (scope.to or any(year is None for year in scope.years))) or scope.assured:
        return False
    said = stretch.sentence if firm else stretch.spoken
    if where.years.last and where.section.kind != SectionKind.FRONT:  # of a plan, 同比 says what its changes start from
        said = _YEAR_ON_YEAR.sub("", said) if "比" in said else said
    if not reported(said, stretch.lexicon):
        return False
    if where.goals.here or any(year and where.years.written and year > where.years.written for year in scope.years):
        return False
    return not normed(stretch.lexicon).search(stretch.spoken)  # 同比增长8%以上 is asked for


# ---------------------------------------------------------------- of one number


def _nameless(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a number has no name, or a limit none of its own (且其差值不小于响应量的50%)."""
    if measure is None or not measure.indicator:
        return measure is not None
    if "其" not in measure.indicator[:2] or measure.op == "=" or measure.baselines:
        return False
    return word_pattern("points", stretch.lexicon).match(measure.indicator) is not None


def _kind(_: Stretch, measure: Measure | None) -> bool:
    """Say whether a number tells of what kind something is, and so is part of its name: 2型糖尿病患者."""
    return measure is not None and measure.indicator.startswith(_KIND_SIGN)


def _allowance(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a measure is an allowance: a ceiling of money (每年度不超过15000元), or 「由每人1.5万元提高到」."""
    if measure is None:
        return False
    ceiling = measure.op in ("<=", "<") and any("元" in value.unit for value in measure.values)
    each = "每" in measure.indicator and "元" in measure.values[0].unit
    if each and word_pattern("paid-each", stretch.lexicon).search(measure.indicator):
        return True
    given = measure.rule in ("bare", "within") and _given(stretch.lexicon).search(measure.indicator) is not None
    return (ceiling and not stretch.scope.years) or given or _FROM_SUM.match(measure.indicator) is not None


@compiled
def _given(lexicon: Lexicon) -> re.Pattern[str]:
    """Match that somebody is paid, of which the number says how much: 给予不超过设备投资额(30%)."""
    return re.compile(f"{word_of('gives', lexicon)}.")


def _quoted(_: Stretch, measure: Measure | None) -> bool:
    """Say whether a number stands in quotation marks, and so in a name: 增加“层数达一半”节点."""
    name = measure.indicator if measure else ""
    if "“" not in name and "《" not in name and "(" not in name:
        return False  # as most
    return name.count("“") > name.count("”") or name.count("《") > name.count("》") or name.count("(") > name.count(")")


def _programme(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether measures are counted that a plan consists of: 落实20条措施."""
    if measure is None or not all(value.unit in _PIECES for value in measure.values):
        return False
    if measure.rule == "bare" and measure.values[0].unit in stretch.lexicon.quantities.number_words["kind-unit"]:
        return True  # 分为等级避难场所和社区避难场所2类
    return _programmes(stretch.lexicon).search(measure.indicator) is not None


@compiled
def _programmes(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('programme', lexicon)}$")


def _term(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a number says how long something goes on by rule: 公示期5天, 完成九年义务教育."""
    if measure is not None and measure.rule == "count" and measure.values[0].unit == "年":
        return True
    if measure is None or not measure.bare or measure.op != "=":
        return False
    return _terms(stretch.lexicon).search(measure.indicator) is not None


@compiled
def _terms(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"期{word_of('term', lexicon)}?$")


def _size(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a sum is what a project costs as a whole (总投资50亿元, 共需经费400万元), or has to."""
    if measure is not None and "需" in measure.indicator:
        return word_pattern("costs", stretch.lexicon).search(measure.indicator) is not None
    least = measure is not None and measure.op == ">=" and measure.rule == "level" and not stretch.scope.years
    if measure is None or not (measure.rule == "bare" or least):
        return False
    return _whole(stretch.lexicon).search(measure.indicator) is not None


@compiled
def _whole(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(
        rf"{word_of('whole-cost', lexicon)}$|^{word_of('whole-cost-alone', lexicon)}$"
    )  # but 旅游投资总额


def _rating(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a number says of what kind a thing is that is built: 500千伏电网."""
    return measure is not None and measure.values[0].unit in _ratings(stretch.where.lexicon)


@compiled
def _ratings(lexicon: Lexicon) -> frozenset[str]:
    units = lexicon.quantities.units
    return frozenset(form for form in units if units.read(form).dimension in _RATED)


def _size_of_each(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a bracket behind a number says how large each one is: 特色园20座(面积1000平方米以上)."""
    return measure is not None and stretch.aside is not None and is_size(measure, stretch.lexicon)


def _of_those(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a limit that is passed says which things are meant: 对利用率超过35%充电站实施改造."""
    if measure is not None and measure.rule == "count" and measure.op == "<=":
        return _below(stretch.lexicon).search(stretch.spoken) is not None
    if measure is None or measure.rule != "level" or measure.op not in (">", "<"):
        return False
    behind = stretch.spoken[measure.end : measure.end + 1]
    return "\u4e00" <= behind <= "\u9fff" and behind not in ("和", "及", "并", "且", "以")


@compiled
def _below(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a limit behind a number that says which things are meant: 淘汰35蒸吨/小时及以下锅炉."""
    words = lexicon.quantities
    limits = either(form for form in words.compared("post") if words.comparators[form, "post"] == "<=")
    return re.compile(rf"\d[^,、\d]{{1,8}}?(?:{limits})的?[\u4e00-\u9fff]")


def _instrument(stretch: Stretch, measure: Measure | None) -> bool:
    """Say whether a name ends in what the authority sets or pays itself: 首付款比例, 补助标准, 每户奖励.

    The mean of many (平均担保费率) is a result where a year or a heading makes it a goal.
    """
    if measure is None or not _money_patterns(stretch.lexicon)[2].search(measure.indicator):
        return False
    goal = bool(stretch.scope.years) or stretch.where.goals.here
    return not (goal and word_pattern("mean", stretch.lexicon).search(measure.indicator))


@compiled
def normed(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what says that a number is a limit: 不低于, 以上, 左右."""
    words = lexicon.quantities
    limits = [form for form in words.compared("pre") if words.comparators[form, "pre"] in (">=", "<=")]
    return re.compile(either([*limits, *words.compared("post")]))


@compiled
def _money_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    words = lexicon.targets.instruments
    return (
        re.compile(rf"[,;]?\s?(?:{either(words['then'])})"),
        re.compile(either(words["any"])),
        re.compile(rf"(?:{either(words['end'])}){word_of('sum', lexicon)}?{word_of('limit', lexicon)}?$"),
    )


REFUSALS: tuple[Refusal, ...] = (
    Refusal("past", NumberClass.PAST, Of.STRETCH, _over),  # 截至2021年底,建成120家
    Refusal("front", NumberClass.OTHER, Of.STRETCH, _before_headings),  # before the first heading, without a year
    Refusal("done", NumberClass.PAST, Of.NUMBERS, _done),  # 已建成120家
    Refusal("condition", NumberClass.RULE, Of.NUMBERS, _conditional),  # 达到60%的,
    Refusal("reward", NumberClass.RULE, Of.NUMBERS, _rewarded),  # 达到60%,给予奖励
    Refusal("money-rule", NumberClass.RULE, Of.NUMBERS, _of_an_instrument),  # 减半征收
    Refusal("permission", NumberClass.RULE, Of.NUMBERS, _permitted),  # 可提高一个节点
    Refusal("scale", NumberClass.RULE, Of.NUMBERS, _on_a_scale),  # 三级预警:比例在95%以上
    Refusal("reported", NumberClass.PAST, Of.NUMBERS, _reported),  # 2022年同比增长5%
    Refusal("nameless", NumberClass.OTHER, Of.NUMBER, _nameless),
    Refusal("kind", NumberClass.OTHER, Of.NUMBER, _kind),  # 为2型糖尿病患者提供随访
    Refusal("allowance", NumberClass.SUBSIDY, Of.NUMBER, _allowance),  # 每年度不超过15000元
    Refusal("quoted", NumberClass.RULE, Of.NUMBER, _quoted),  # 增加“层数达一半”节点
    Refusal("programme", NumberClass.OTHER, Of.NUMBER, _programme),  # 落实20条措施
    Refusal("term", NumberClass.RULE, Of.NUMBER, _term),  # 公示期5天
    Refusal("project", NumberClass.PROJECT, Of.NUMBER, _size),  # 总投资50亿元
    Refusal("rating", NumberClass.PROJECT, Of.NUMBER, _rating),  # 建成500千伏变电站3座
    Refusal("size-of-each", NumberClass.PROJECT, Of.NUMBER, _size_of_each),  # 20座(面积1000平方米以上)
    Refusal("which-of", NumberClass.RULE, Of.NUMBER, _of_those),  # 利用率超过35%充电站
    Refusal("instrument", NumberClass.RULE, Of.NUMBER, _instrument),  # 首付款比例达到20%
)
_BY_KIND = {of: tuple(each for each in REFUSALS if each.of == of) for of in Of}

"""List what commits a plan to a number in whose sentence no year stands.

The first of the list that holds decides; tests/cases/targets_in_context.tsv has examples of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from policygraph.extract.targets.handling_times import are_long, are_times, shortened
from policygraph.extract.targets.measure_patterns import measure_patterns
from policygraph.extract.targets.measures import ABILITY, AT_SHARE, SHARES, Measure, is_size, is_tiny
from policygraph.extract.targets.readings import COUNTS, SHARE
from policygraph.extract.targets.scope import Stretch
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of, word_pattern
from policygraph.terms import CHANGES, Op

_RATES = ("ratio", "points", "points-per-year", "ratio/months")  # dimensions of the table of units
_OVER = re.compile(r"[^,\d]{0,4}对[^,\d]{0,4}\d")
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_EACH_OF = re.compile(r"[^,]{0,6}每[个家所座]")
_DIGITS = re.compile(r"\d")
_EACH_WHAT = ("人", "户", "套", "次")  # 每户不少于 is a rule of allotting


@dataclass(frozen=True, slots=True)
class Commitment:
    """A way in which a number without a year is promised: its name, and the rule that tells so.

    ``paid`` says that it holds in a sentence about allowances too, ``planned`` that it does in a plan.
    """

    name: str
    commits: Callable[[Stretch, Measure], bool]
    paid: bool = False
    planned: bool = False


def committed(stretch: Stretch, measure: Measure) -> Commitment | None:
    """Return the first commitment of the list that holds for a number, None where nothing says that it is promised."""
    found = (each for each in COMMITMENTS if each.commits(stretch, measure))
    first = next(found, None)
    if not first or first.paid or not _speaks_of_pay(stretch) or (first.planned and _is_planned(stretch, measure)):
        return first
    return next((each for each in found if each.paid), None)


def _speaks_of_pay(stretch: Stretch) -> bool:
    """Say whether a number says who is paid, or what for.

    Then words of allowances stand beside it, or in a sentence that says of whom it speaks (对新建床位50张以上的机构,…).
    """
    pay, around = word_pattern("pay", stretch.lexicon), stretch.around
    return bool(
        pay.search(word_pattern("no-pay", stretch.lexicon).sub("", around))
        or (_whom(stretch.lexicon).match(stretch.sentence) and pay.search(stretch.sentence))
    )


@compiled
def _whom(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[^,]{{0,12}}[.、:)])?{word_of('whom', lexicon)}")


def _share(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a share of a whole will do something: 80%以上的村建成A, 80%以上事项实现B, A覆盖50%以上的村."""
    covers = measure.rule == "count" and _covers_some(stretch.lexicon).search(measure.indicator) is not None
    if covers and all(value.unit == "%" for value in measure.values):
        return True
    those = measure.rule == "those" and measure.op == ">=" and all(value.unit == "%" for value in measure.values)
    return measure.rule in (SHARE, SHARES) or those or (measure.rule == AT_SHARE and not _of_rules(stretch))


@compiled
def _covers_some(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{word_of('covers', lexicon)}.")


def _standing(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is a standing quantity that is asked for: 「1小时以上」 is, 「1小时」 only tells."""
    if measure.bare and measure.op == "=":
        return False
    if "则" in stretch.spoken and word_pattern("in-principle", stretch.lexicon).search(stretch.spoken):
        return False
    paid = any(value.unit.partition("/")[0] in ("元", "%") for value in measure.values)  # but 500万元以上
    paid = paid or (measure.op == "=" and any(value.unit.endswith("元") for value in measure.values))
    return not paid and _is_standing(measure, stretch.lexicon)


def _is_standing(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a measure counts by day, week or year, or sums up some years: 5年内累计培训."""
    return any(each.search(measure.indicator) for each in (measure_patterns(lexicon).per, _summed_up(lexicon)))


@compiled
def _summed_up(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\d年{word_of('range-end', lexicon)}[^,]{{0,6}}{word_of('summed-up', lexicon)}")


def _ratio(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is a ratio with a comparator: 覆盖率达到80%."""
    plain = all(not value.unit and "." in value.number for value in measure.values)  # 能源利用效率(PUE)不高于1.25
    ratio = plain or all(value.unit in ("%", "‰", "成") or value.unit.startswith("/") for value in measure.values)
    ends = tuple(stretch.lexicon.targets.trends["quantity"])
    other = not ratio or measure.op in CHANGES or measure.rule == "within"
    if other or not _IN_BRACKETS.sub("", measure.indicator).endswith(ends):
        return False
    said = not measure.bare or measure.op != "=" or bool(stretch.where.years.last)  # 普及率95%
    said = said and not word_pattern("norm", stretch.lexicon).search(stretch.spoken)  # 建筑密度不得超过30%
    said = said and not (measure.op == "=" and _states(stretch.lexicon).search(stretch.spoken))
    return said and not _is_standing(measure, stretch.lexicon)


@compiled
def _states(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a verb that only says how much there is: 比例为85%."""
    return re.compile(rf"{word_of('states', lexicon)}\s?\d")


def _under_goals(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number stands under a heading or a label of goals: 主要目标."""
    return stretch.where.goals.here and _is_named(stretch, measure)


def _is_named(stretch: Stretch, measure: Measure) -> bool:
    openers = stretch.lexicon.targets.goal_openers
    return measure.indicator not in openers and measure.indicator[-1] not in "(的"


def _intended(stretch: Stretch, measure: Measure) -> bool:
    """Say whether words of intent stand before a number: 确保, 力争."""
    return stretch.scope.assured and _is_named(stretch, measure) and not are_times(stretch, measure)


def _doing(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a stretch says that things will be made or done, and how many: 新建100个社区服务中心."""
    opening = stretch.printed.strip(" \n")
    things = not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)
    if measure.rule == "those" and _OVER.match(opening):  # 对100个小区进行改造, but 组织对30座城市开展评估
        return opening.startswith("对") and "的" not in opening and things
    opened = bool(_opener(stretch.lexicon).match(opening)) or (measure.rule in COUNTS and not _is_rule(stretch))
    of_a_kind = "的" in measure.indicator and not _DIGITS.search(measure.indicator)  # 新建项目的面积 is a rule
    of_a_kind = of_a_kind and not (stretch.where.years.last and _are_several(stretch, measure))  # 各具特色的公园50个
    opened = opened and (measure.rule == "count" or not of_a_kind)
    limit = measure.op in ("<=", "<") or is_tiny(measure, stretch.lexicon)
    change = measure.op in CHANGES and not (measure.op == Op.RISE and measure.rule in ("change", "bare", "count"))
    if not opened or limit or change or not _is_named(stretch, measure) or _is_routine(stretch, measure):
        return False
    if measure.rule == "count" and word_pattern("allotted", stretch.lexicon).search(measure.indicator):
        return False  # 安排1名导师
    return things


def _is_planned(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a plan says how many will be made, and only then what is paid for each: 建20个示范点,每个补助10万元.

    One (引进一家) and what is limited behind its number (10家以上) say for what one is paid.
    """
    planned = stretch.where.years.last or stretch.where.goals or stretch.scope.assured
    limited = measure.op != "=" and not _limit_first(stretch.lexicon).search(stretch.spoken)
    if not planned or limited or not _are_several(stretch, measure) or _of_rules(stretch):
        return False
    return not word_pattern("pay", stretch.lexicon).search(stretch.printed)


@compiled
def _limit_first(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.quantities
    least = [form for form in words.compared("pre") if words.comparators[form, "pre"] == ">="]
    return re.compile(rf"(?:{either(least)})\s?\d")


def _are_several(stretch: Stretch, measure: Measure) -> bool:
    units = (stretch.lexicon.quantities.units.read(value.unit) for value in measure.values)
    return all(unit.dimension == "count" for unit in units) and all(value.number != "1" for value in measure.values)


def _is_routine(stretch: Stretch, measure: Measure) -> bool:
    """Say whether something is done once, or once by each or each time: 年度评估进行1次, 每个社区每季度办1次讲座."""
    patterns = measure_patterns(stretch.lexicon)
    each = _EACH_OF.match(stretch.spoken) is not None and patterns.per.search(stretch.spoken) is not None
    once = (
        measure.rule == "bare"
        or (measure.rule == "count" and not measure.counted)
        or each
        or patterns.apiece.search(stretch.spoken) is not None
    )
    return once and all((value.number, value.unit.partition("/")[0]) == ("1", "次") for value in measure.values)


def _sum(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a sum is to be invested, lent, sold or earned: 完成投资100亿元."""
    opening = stretch.printed.strip(" \n")
    sums = all(value.unit.endswith("元") for value in measure.values)
    opened = _opener(stretch.lexicon).match(opening) or word_pattern("attained", stretch.lexicon).match(opening)
    return bool(sums and opened and word_pattern("earned", stretch.lexicon).search(measure.indicator))


def _goes_on(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number follows one that is promised in the same sentence."""
    promised = stretch.sentence_so_far.promised and _is_named(stretch, measure)
    promised = promised and not word_pattern("norm", stretch.lexicon).search(stretch.spoken)
    if any("元" in value.unit for value in measure.values):
        earned = word_pattern("earned", stretch.lexicon).search(measure.indicator)
        promised = promised and measure.op not in ("<=", "<") and earned is not None
    return promised and not are_times(stretch, measure)


def _goes_on_unpaid(stretch: Stretch, measure: Measure) -> bool:
    """Say whether things follow one that is promised, and only a later stretch says who is paid."""
    things = not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)
    return things and _goes_on(stretch, measure) and not word_pattern("pay", stretch.lexicon).search(stretch.printed)


def _in_years(stretch: Stretch, measure: Measure) -> bool:
    """Say whether so many things are to be made within years, whoever is paid for it: 5年内引进不少于200名专家."""
    if not _years_begin(stretch.lexicon).match(stretch.spoken) or _is_rule(stretch) or measure.op in ("<=", "<"):
        return False
    made = measure.rule in ("count", "level", "listed", "bare", "among") and measure.op not in CHANGES
    things = not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)
    return made and things and _is_named(stretch, measure)


@compiled
def _years_begin(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the years within which something is to be made, at the begin of a stretch: 5年内, 未来三年."""
    return re.compile(rf"[^,\d]{{0,4}}\d年{word_of('range-end', lexicon)}")


def _moves(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a share is to move (能耗下降3%), or to be had in a plan that says for which year it is made."""
    rates = all(stretch.lexicon.quantities.units.read(value.unit).dimension in _RATES for value in measure.values)
    moved = measure.rule == "change" or (measure.rule == "bare" and measure.op in CHANGES)  # 提高占比5个百分点
    share = moved or (measure.rule == "within" and measure.op not in ("<=", "<"))
    life = moved and bool(stretch.where.years.last) and measure.values[0].unit == "岁"  # 寿命提高1岁
    if not (share and (rates or life) and _is_named(stretch, measure)):
        return False
    return bool(stretch.where.years.last) or (moved and not _is_set(stretch, measure))


def _is_set(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a change is one that the text itself makes: 贷款额度在现行基础上提高20%, 评估价下调10%, 减半收取."""
    if _of_rules(stretch) or not _DIGITS.search(stretch.printed) or (measure.baselines and measure.op == Op.RISE):
        return True  # 产值比2020年增长10% rather tells what has been
    return word_pattern("set-anew", stretch.lexicon).search(stretch.spoken) is not None


def _in_plan(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a level is told in a plan that says for which year it is made: 粮食总产保持在1300亿斤以上.

    A number that may only not be passed (不超过) is a rule, as is one behind which something is named (1亿元以上企业).
    """
    if not stretch.where.years.last or are_times(stretch, measure) or not _is_named(stretch, measure):
        return False
    if is_size(measure, stretch.lexicon):
        return False
    if measure.rule in ("those", "aided", ABILITY):  # 支持500家以上企业技改, 具备5%的响应能力
        return True
    if measure.rule == "bare":  # 城镇新增就业5万人以上
        return measure.op in (">=", ">", Op.RISE) and not any(
            _no_things(stretch.lexicon).search(v.unit) for v in measure.values
        )
    whole = measure.end >= len(stretch.spoken) or stretch.spoken[measure.end] in ("、", "和", "及")
    return measure.rule == "level" and whole and not _ceiling(stretch.lexicon).search(stretch.spoken)


@compiled
def _ceiling(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.quantities
    limits = either(form for form in words.compared("pre") if words.comparators[form, "pre"] in ("<=", "<"))
    return re.compile(f"(?<!不)(?:{limits})")  # 不低于 is none


def _reached(stretch: Stretch, measure: Measure) -> bool:
    """Say whether so many things are to be had or kept: 企业突破4.5万家, 总产稳定在120万吨."""
    if measure.rule != "level" or not _is_named(stretch, measure) or are_times(stretch, measure):
        return False
    if not _ends(stretch, measure) or is_size(measure, stretch.lexicon) or _of_rules(stretch):
        return False
    if any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values):
        return False
    return measure.op in (">=", ">", "=") and _reach(stretch.lexicon).search(stretch.spoken) is not None


def _ends(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a stretch or an item of its list ends with a number; 1亿元以上企业 says which."""
    return measure.end >= len(stretch.spoken) or stretch.spoken[measure.end] in ("、", "和", "及")


def _of_rules(stretch: Stretch) -> bool:
    """Say whether a stretch stands in an article, or opens with whom a rule is for: 对…的企业, 申请人."""
    article, whom = "条" in stretch.where.section.number, _whom(stretch.lexicon)
    return article or whom.match(stretch.sentence) is not None or whom.match(stretch.printed) is not None


def _is_rule(stretch: Stretch) -> bool:
    """Say whether a stretch says what has to be or may be, in a text that is for no year."""
    if stretch.where.years.last:
        return False
    return _of_rules(stretch) or word_pattern("norm", stretch.lexicon).search(stretch.spoken) is not None


@compiled
def _reach(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!不){word_of('reach-level', lexicon)}\s?\d")


def _how_many(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number of things may not be less, or a total not more: 单位数量不少于5个, 年度总量不超过2000亩."""
    if measure.rule != "level" or _of_rules(stretch) or not _ends(stretch, measure):
        return False
    if word_pattern("norm", stretch.lexicon).search(stretch.spoken):
        return False
    if any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values):
        return False
    words = "how-many" if measure.op in (">=", ">") else "in-total"
    return word_pattern(words, stretch.lexicon).search(measure.indicator) is not None


def _all(stretch: Stretch, measure: Measure) -> bool:
    """Say whether something is to be done for all: 支付资金100%, 实现100%覆盖."""
    whole = all((value.number, value.unit) == ("100", "%") for value in measure.values)
    covered = measure.indicator.endswith(tuple(stretch.lexicon.grammar.rule_words["covered"]))
    whole = whole and (measure.rule in ("bare", "level", "wholly") or covered)
    return whole and measure.op in ("=", ">=") and _is_named(stretch, measure) and not _of_rules(stretch)


def _each(stretch: Stretch, measure: Measure) -> bool:
    """Say whether so many things are to be made or kept for each of several: 每个乡镇建成1个示范点."""
    rules = ("count", "level", "bare") if stretch.where.years.last else ("count", "level")
    made = measure.rule in rules and measure.op in (">=", "=") and not are_long(measure)
    apiece = _of_each(stretch.lexicon).match(measure.indicator) is not None
    least = _of_least(stretch.lexicon).match(measure.indicator) is not None and measure.op == ">="
    apiece = apiece or (least and not measure.indicator.endswith(_EACH_WHAT))
    return made and apiece and not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)


@compiled
def _of_each(lexicon: Lexicon) -> re.Pattern[str]:
    made = either([*lexicon.targets.count_verbs, *lexicon.targets.goal_openers])
    supplied = word_of("supplied", lexicon)
    return re.compile(rf"[为对给向]?每(?![年月日天周次])[\u4e00-\u9fff0-9A-Z]{{1,16}}(?:{made}|{supplied})")


@compiled
def _of_least(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what each of several has to have: 每个街道(至少有1家)."""
    return re.compile(r"[^,]{0,6}每(?![年月日天周次])[个家所座条]?[\u4e00-\u9fff]{1,10}$")


@compiled
def _no_things(lexicon: Lexicon) -> re.Pattern[str]:
    """Match units by which no things are counted: money, shares, grades, times (but 3次)."""
    return re.compile(rf"[元%‰‱倍成级分]|^(?!次){word_of('time-unit', lexicon)}?(?:/|$)")


@compiled
def _opener(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the verb that opens a stretch, with whom it speaks of and how before it: 全市新建, 推动建成."""
    words = lexicon.targets
    often = [*lexicon.quantities.standing, *lexicon.grammar.rule_words["yearly"]]  # 每年, 年均
    before = either([*words.trends["holder"], *words.assurances, *words.manners, *often])
    where = rf"[在从][^,\d]{{2,12}}{word_of('range-end', lexicon)}"
    verbs = either([*words.goal_openers, *words.count_verbs])
    whose = rf"[^,\d]{{1,14}}{word_of('levels', lexicon)}"
    return re.compile(rf"(?:在?(?:{before})|[一二三四五\d]年[内间]?|{where}|{whose})*(?:{verbs})")


COMMITMENTS: tuple[Commitment, ...] = (
    Commitment("share", _share, paid=True),  # 80%以上的村建成示范设施
    Commitment("standing", _standing, paid=True),  # 每天不少于1小时
    Commitment("ratio", _ratio, paid=True),  # 覆盖率达到80%
    Commitment("goal", _under_goals),  # 主要目标: 产值突破50亿元
    Commitment("intent", _intended),  # 确保播种面积稳定在50万亩以上
    Commitment("doing", _doing, planned=True),  # 新建100个社区服务中心
    Commitment("sum", _sum),  # 完成投资100亿元
    Commitment("in-years", _in_years, paid=True),  # 5年内引进不少于200名专家,并给予资助
    Commitment("goes-on-unpaid", _goes_on_unpaid, paid=True),  # 扶持100个项目,培养100名能手,在登记等方面给予扶持
    Commitment("goes-on", _goes_on),  # 建设高标准农田3万亩,生猪出栏20万头
    Commitment("moves", _moves),  # 能耗下降3%
    Commitment("plan", _in_plan),  # 粮食总产保持在1300亿斤以上
    Commitment("reached", _reached),  # 企业突破4.5万家
    Commitment("how-many", _how_many),  # 单位数量不少于5个
    Commitment("all", _all),  # 支付资金100%
    Commitment("each", _each),  # 每个乡镇建成1个示范点
    Commitment("shortened", shortened),  # 压缩至3个工作日
)

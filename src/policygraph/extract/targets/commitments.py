"""List what commits a plan to a number in whose sentence no year stands.

The first of the list that holds decides; tests/cases/targets_in_context.tsv has examples of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from policygraph.extract.grammar.patterns import either, word_of
from policygraph.extract.targets.measures import Measure
from policygraph.extract.targets.readings import SHARE
from policygraph.extract.targets.scope import Stretch
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.terms import CHANGES, Op


@dataclass(frozen=True, slots=True)
class Commitment:
    """A way in which a number without a year is promised: its name, and the rule that tells so.

    ``paid`` says that it holds in a sentence about allowances too.
    """

    name: str
    commits: Callable[[Stretch, Measure], bool]
    paid: bool = False


def committed(stretch: Stretch, measure: Measure) -> Commitment | None:
    """Return the first commitment of the list that holds for a number, None where nothing says that it is promised."""
    found = next((each for each in COMMITMENTS if each.commits(stretch, measure)), None)
    return None if found and not found.paid and _speaks_of_pay(stretch) else found


def _speaks_of_pay(stretch: Stretch) -> bool:
    """Say whether a number says who is paid, or what for.

    Then words of allowances stand beside it, or in a sentence that says of whom it speaks (对新建床位50张以上的机构,…).
    """
    pay = _pay(stretch.lexicon)
    return bool(
        pay.search(stretch.around) or (_whom(stretch.lexicon).match(stretch.sentence) and pay.search(stretch.sentence))
    )


@compiled
def _whom(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[^,]{{0,12}}[.、:)])?{word_of('whom', lexicon)}")


def _share(_: Stretch, measure: Measure) -> bool:
    return measure.rule == SHARE


def _standing(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is a standing quantity that is asked for: 「1小时以上」 is, 「1小时」 only tells."""
    normal = not measure.bare or measure.op != "="
    return _is_standing(measure, stretch.lexicon) and normal and any("/" in value.unit for value in measure.values)


def _is_standing(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a measure counts by day, week or year."""
    return any(form in measure.indicator for form in lexicon.quantities.standing)


def _ratio(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is a ratio with a comparator: 覆盖率达到80%."""
    quantity = measure.indicator.endswith(tuple(stretch.lexicon.targets.trends["quantity"]))
    ratio = all(value.unit in ("%", "‰") or value.unit.startswith("/") for value in measure.values)
    each = _is_standing(measure, stretch.lexicon)
    return quantity and ratio and not each and not measure.bare and measure.op not in CHANGES


def _under_goals(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number stands under a heading or a label of goals: 主要目标."""
    return stretch.where.goals.here and _is_named(stretch, measure)


def _is_named(stretch: Stretch, measure: Measure) -> bool:
    openers = stretch.lexicon.targets.goal_openers
    return measure.indicator not in openers and measure.indicator[-1] not in "(的"


def _intended(stretch: Stretch, measure: Measure) -> bool:
    """Say whether words of intent stand before a number: 确保, 力争."""
    return stretch.scope.assured and _is_named(stretch, measure) and not _are_times(stretch, measure)


def _doing(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a stretch says that things will be made or done, and how many: 新建100个社区服务中心."""
    opening = stretch.printed.strip(" \n")
    opened = _opener(stretch.lexicon).match(opening) and "的" not in measure.indicator  # 新建项目的面积 is a rule
    limit = measure.op in ("<=", "<")
    change = measure.op in CHANGES and not (measure.op == Op.RISE and measure.rule in ("change", "bare"))
    if not opened or limit or change or not _is_named(stretch, measure) or _are_times(stretch, measure):
        return False
    return not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)


def _sum(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a sum is to be invested, lent, sold or earned: 完成投资100亿元."""
    opening = stretch.printed.strip(" \n")
    sums = all(value.unit.endswith("元") for value in measure.values)
    return bool(sums and _opener(stretch.lexicon).match(opening) and _earned(stretch.lexicon).search(measure.indicator))


def _shortened(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a time is to be shortened: 压缩至3个工作日."""
    return _are_times(stretch, measure) and _cut(stretch.lexicon).search(stretch.spoken) is not None


def _are_times(stretch: Stretch, measure: Measure) -> bool:
    return all(_time(stretch.lexicon).match(value.unit) for value in measure.values)


@compiled
def _no_things(lexicon: Lexicon) -> re.Pattern[str]:
    """Match units by which no things are counted: money, shares, grades, times."""
    return re.compile(rf"[元%‰‱倍成级分位]|^{word_of('time-unit', lexicon)}?(?:/|$)")


@compiled
def _time(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('time-unit', lexicon)}$")


@compiled
def _opener(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the verb that opens a stretch, with whom it speaks of and how before it: 全市新建, 推动建成."""
    before = either([*lexicon.targets.trends["holder"], *lexicon.targets.assurances, *lexicon.targets.manners])
    return re.compile(f"(?:{before})*(?:{either([*lexicon.targets.goal_openers, *lexicon.targets.count_verbs])})")


@compiled
def _earned(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(word_of("earned", lexicon))


@compiled
def _pay(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(word_of("pay", lexicon))


@compiled
def _cut(lexicon: Lexicon) -> re.Pattern[str]:
    falls = [form for form, direction in lexicon.quantities.changes.items() if direction == Op.FALL]
    return re.compile(f"(?:{either(falls)})[至到为]?")


COMMITMENTS: tuple[Commitment, ...] = (
    Commitment("share", _share, paid=True),  # 80%以上的村建成示范设施
    Commitment("standing", _standing, paid=True),  # 每天不少于1小时
    Commitment("ratio", _ratio, paid=True),  # 覆盖率达到80%
    Commitment("goal", _under_goals),  # 主要目标: 产值突破50亿元
    Commitment("intent", _intended),  # 确保播种面积稳定在50万亩以上
    Commitment("doing", _doing),  # 新建100个社区服务中心
    Commitment("sum", _sum),  # 完成投资100亿元
    Commitment("shortened", _shortened),  # 压缩至3个工作日
)

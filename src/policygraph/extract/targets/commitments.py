"""List what commits a plan to a number in whose sentence no year stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from policygraph.extract.grammar.patterns import word_of
from policygraph.extract.targets.measures import Measure
from policygraph.extract.targets.readings import SHARE
from policygraph.extract.targets.refusals import normed
from policygraph.extract.targets.scope import Stretch
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.terms import CHANGES, Op


@dataclass(frozen=True, slots=True)
class Commitment:
    """A way in which a number without a year is promised: its name, and the rule that tells so."""

    name: str
    commits: Callable[[Stretch, Measure], bool]


def committed(stretch: Stretch, measure: Measure) -> Commitment | None:
    """Return the first commitment of the list that holds for a number, None where nothing says that it is promised."""
    return next((each for each in COMMITMENTS if each.commits(stretch, measure)), None)


def _share(_: Stretch, measure: Measure) -> bool:
    return measure.rule == SHARE


def is_standing(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a measure counts by day, week or year."""
    return any(form in measure.indicator for form in lexicon.quantities.standing)


def _standing(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is a standing quantity that is asked for: 「1小时以上」 is, 「1小时」 only tells."""
    normal = not measure.bare or measure.op != "="
    return is_standing(measure, stretch.lexicon) and normal and any("/" in value.unit for value in measure.values)


def _ratio(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a measure is a ratio with a comparator: 覆盖率达到80%."""
    quantity = measure.indicator.endswith(tuple(stretch.lexicon.targets.trends["quantity"]))
    ratio = all(value.unit in ("%", "‰") or value.unit.startswith("/") for value in measure.values)
    each = is_standing(measure, stretch.lexicon)
    return quantity and ratio and not each and not measure.bare and measure.op not in CHANGES


def _intended(stretch: Stretch, measure: Measure) -> bool:
    """Say whether a number of things has words of intent or of doing, and how many there are to be at least."""
    openers, assured = tuple(stretch.lexicon.targets.goal_openers), stretch.scope.assured
    opening = stretch.printed.strip(" \n")
    opened = assured or (opening.startswith(openers) and "的" not in measure.indicator)  # 新建项目的面积 is a rule
    named = measure.indicator not in openers and measure.indicator[-1] not in "(的"
    most = measure.op in (">=", ">") or (assured and measure.op in ("<=", "<"))
    most = most or (measure.op == Op.RISE and normed(stretch.lexicon).search(opening) is not None)  # 新增基地100个以上
    things = not any(_no_things(stretch.lexicon).search(value.unit) for value in measure.values)
    return opened and named and most and things


@compiled
def _no_things(lexicon: Lexicon) -> re.Pattern[str]:
    """Match units by which no things are counted: money, shares, grades, times."""
    return re.compile(rf"[元%‰‱倍成级分位]|^{word_of('time-unit', lexicon)}?(?:/|$)")


COMMITMENTS: tuple[Commitment, ...] = (
    Commitment("share", _share),  # 80%以上的村建成示范设施
    Commitment("standing", _standing),  # 每天不少于1小时
    Commitment("ratio", _ratio),  # 覆盖率达到80%
    Commitment("intent", _intended),  # 确保…50万亩以上, 培育…30个以上
)

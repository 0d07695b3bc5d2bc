"""Know the turns by which a stretch goes on about what was said before it: sums, units of count, what is carried on."""

from __future__ import annotations

import re

from policygraph.extract.targets.past import told_from
from policygraph.extract.targets.readings import find_measure
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import word_of


@compiled
def unit_of_count(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what things are counted by: 以县为单位."""
    return re.compile(rf"以[^,]{{1,20}}{word_of('unit-of-count', lexicon)}")


@compiled
def goes_on(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a stretch that goes on about the target before it: 并持续改善, 实现全覆盖."""
    other, joins = word_of("goes-on-not", lexicon), word_of("goes-on", lexicon)
    return re.compile(rf"(?!{other}){joins}|{word_of('attained', lexicon)}.{{2,6}}$")


@compiled
def summed(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the begin of a sum over several years, which is that of the last: 三年共建成."""
    return re.compile(rf"[二三四五两\d]年(?:来|间)?{word_of('summed', lexicon)}")


def told_name(spoken: str, lexicon: Lexicon) -> str:
    """Return the indicator of a number that has been, which what follows may go on about."""
    measure = find_measure(spoken, lexicon)
    name = measure.indicator if measure else ""
    return "" if "已" in name or told_from(name, lexicon, 0, len(name)) else name

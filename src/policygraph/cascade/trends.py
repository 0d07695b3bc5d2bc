"""Compare targets in words by the direction that they give what they measure.

Words of direction stand in data/lexicon/verdict_words.tsv: ``rise`` and ``fall`` (上升, 下降), ``better`` and ``worse``
(改善, 恶化), ``curb``, which turns what it stops (上升趋势得到遏制 is a fall), ``steady`` (保持稳定), and ``still``
(不上升), which says nothing. The last word of a clause counts; clauses of one target that do not agree say nothing
together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either
from policygraph.terms import Direction, Movement

_CUT = re.compile("[,;，；。]")
_CURB = "curb"
_STOPPED = {Movement.RISE: Movement.FALL, Movement.WORSE: Movement.BETTER}  # what is stopped, and what that is
_OPPOSITE = {
    Movement.RISE: Movement.FALL,
    Movement.FALL: Movement.RISE,
    Movement.BETTER: Movement.WORSE,
    Movement.WORSE: Movement.BETTER,
}
_MOVES = {str(each): each for each in Movement if each}
_WANTED = {Direction.UP: Movement.RISE, Direction.DOWN: Movement.FALL}


def movement(words: str, lexicon: Lexicon) -> Movement:
    """Return which way a target in words moves what it measures.

    >>> from policygraph import lexicon
    >>> said = ("近视率上升趋势得到遏制", "遏制肥胖增长", "水质明显改善", "比例明显下降,并持续下降", "达到示范标准")
    >>> [str(movement(words, lexicon.bundled())) for words in said]
    ['fall', 'fall', 'better', 'fall', '']
    """
    kinds, pattern = _kinds(lexicon), _pattern(lexicon)
    clauses = [[kinds[word] for word in pattern.findall(clause)] for clause in _CUT.split(words)]
    found = {_of_clause(each) for each in clauses if each}
    return found.pop() if len(found) == 1 else Movement.UNSAID


def towards(said: Movement, direction: Direction) -> Movement:
    """Return a movement as rise or fall, where the desired direction of the indicator tells what is better."""
    wanted = _WANTED.get(direction)
    if wanted and said is Movement.BETTER:
        return wanted
    return _OPPOSITE[wanted] if wanted and said is Movement.WORSE else said


def opposed(mine: Movement, theirs: Movement) -> bool:
    """Tell whether two movements go opposite ways, or mine none where theirs goes one."""
    return _OPPOSITE.get(mine) is theirs or (mine is Movement.STEADY and theirs in _OPPOSITE)


def desired(said: Movement, direction: Direction) -> bool:
    """Tell whether a movement is known to go the desired way."""
    return said is Movement.BETTER or said is _WANTED.get(direction)


def _of_clause(kinds: Sequence[str]) -> Movement:
    *before, last = kinds
    previous = before[-1] if before else ""
    if last == _CURB and previous not in _MOVES:
        return Movement.FALL
    if last == _CURB:
        return _STOPPED.get(_MOVES[previous], Movement.UNSAID)
    moved = _MOVES.get(last, Movement.UNSAID)
    return _STOPPED.get(moved, moved) if previous == _CURB else moved


@compiled
def _kinds(lexicon: Lexicon) -> Mapping[str, str]:
    parts = (*_MOVES, _CURB, "still")
    return MappingProxyType({form: part for part in parts for form in lexicon.verdicts.verdict_words[part]})


@compiled
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(_kinds(lexicon)))

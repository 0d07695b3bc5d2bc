"""Cut a name that is several, run together without a mark, as the cells of converted tables have them."""

from __future__ import annotations

import re

from policygraph.extract.grammar.body_names import (
    is_body,
    is_without_prefix,
    printed_prefix,
    starts_with_place,
    tail_kind,
)
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_NAMED = ("department", "proper")  # kinds of endings behind which another name may begin
_SHORTEST = 3  # characters of a name: 教育局
_SHORTEST_TASK = 4  # of what stands behind the place it opens with: 昆山公安分局, and no 昆山市分局
_MARK = re.compile("[、,;]")
_FEWEST_BARE = 3  # bureaus without prefix in a row: two may be a bureau and its office (发改委能源局)


@compiled
def glued(name: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Return where the second and later of several names begin that were run together, () for one name.

    A name ends at a known ending before the prefix of the next (区水利局区林业局), or its place (区住建局昆山供电公司);
    three bureaus or more may have no prefix (水利局林业局发改委).
    """
    if len(name) < 2 * _SHORTEST or not is_body(name, lexicon):
        return ()
    cuts, left = list[int](), 0
    for at in range(_SHORTEST, len(name) - _SHORTEST + 1):
        if at - left >= _SHORTEST and _ends(name[left:at], lexicon) and _begins(name[left:at], name[at:], lexicon):
            cuts.append(at)
            left = at
    return tuple(cuts) or (() if _MARK.search(name) else _bare(name, lexicon))


def _ends(name: str, lexicon: Lexicon) -> bool:
    return tail_kind(name, lexicon) in _NAMED and is_body(name, lexicon)


def _begins(name: str, rest: str, lexicon: Lexicon) -> bool:
    """Say whether another body begins behind a name: one with a prefix, or one of a place that is no branch of it."""
    own = printed_prefix(name, lexicon)[0]
    prefix = printed_prefix(rest, lexicon)[0]
    if prefix:
        return prefix == own or (not own and starts_with_place(name, lexicon))
    branch = any(name[at : at + 2] in rest for at in range(len(own), len(name) - 2))
    return bool(own) and not branch and starts_with_place(rest, lexicon) and _task(rest, lexicon) >= _SHORTEST_TASK


def _task(name: str, lexicon: Lexicon) -> int:
    """Return how many characters of a name, which a mark may end, stand behind the longest place it opens with."""
    name = _MARK.split(name, maxsplit=1)[0]
    places = (length for length in range(len(name), 0, -1) if name[:length] in lexicon.names.places)
    return len(name) - next(places, 2)


def _bare(name: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Return where the later of three bureaus or more without prefix begin, those of a place among them."""
    cuts, left = list[int](), 0
    for at in range(_SHORTEST, len(name) + 1):
        piece = name[left:at]
        if len(piece) >= _SHORTEST and _ends(piece, lexicon):
            if not (is_without_prefix(piece, lexicon) or starts_with_place(piece, lexicon)):
                return ()
            cuts.append(at)
            left = at
    return tuple(cuts[:-1]) if left == len(name) and len(cuts) >= _FEWEST_BARE else ()

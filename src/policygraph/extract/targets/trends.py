"""Read one target without a number: what will have changed, in words."""

from __future__ import annotations

import re

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of


def find_trend(text: str, lexicon: Lexicon) -> str:
    """Return what a stretch says will change, ``""`` where it states no result.

    A result is said by its end (位居全国前列), by an adverb and a verb after the subject (持续下降, 基本建立), by a
    verb of result before the object (基本实现…), or by a quantity that moves (上升趋势减缓). A measure, which opens
    with what will be done (加强…, 大力推进…), is none.

    >>> from policygraph import lexicon
    >>> find_trend("成人肥胖增长率持续减缓", lexicon.bundled())
    '成人肥胖增长率'
    >>> find_trend("大力推进城乡生活垃圾分类处理", lexicon.bundled())
    ''
    """
    place, start, end, middle, quantity, measure = _patterns(lexicon)
    text = place.sub("", text.strip(" \n"))
    for form in lexicon.time.lead_words if text.startswith(_opens_and_ends(lexicon)[0]) else ():
        text = text.removeprefix(form)
    opening = start.match(text)
    if opening:
        return _name(text[opening.end() :], lexicon)
    if measure.match(text):
        return ""
    closing = end.search(text)
    if closing and closing.start() > 1:
        return _name(text[: closing.start()], lexicon)
    moved = middle.match(text) or quantity.match(text)
    if not moved or moved["subject"].endswith(tuple(lexicon.grammar.rule_words["shall"])):  # 各市要切实提高认识
        return ""
    if moved["subject"] in lexicon.targets.trends["holder"]:  # 「各区全部建成X」 is about X
        return _name(text[moved.end() :], lexicon)
    return _name(moved["subject"], lexicon)


def moves(text: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch has nothing but how something moves, which was named before: 持续改善.

    >>> from policygraph import lexicon
    >>> moves("持续改善", lexicon.bundled()), moves("水质持续改善", lexicon.bundled())
    (True, False)
    """
    return bool(_moving(lexicon).fullmatch(text.strip(" \n")))


@compiled
def _moving(lexicon: Lexicon) -> re.Pattern[str]:
    adverb, verb = (either(lexicon.targets.trends[each]) for each in ("adverb", "verb"))
    return re.compile(rf"(?:{adverb})+(?:{verb})")


def _name(text: str, lexicon: Lexicon) -> str:
    """Return what is named without words of degree before it and of manner behind it."""
    _, degrees, trailing = _opens_and_ends(lexicon)
    for form in degrees if text.startswith(degrees) else ():
        text = text.removeprefix(form)
    for form in trailing if text.endswith(trailing) else ():
        text = text.removesuffix(form)
    return "" if text.startswith("的") else text


@compiled
def _opens_and_ends(lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Return words that lead in, words of degree before a name, words of manner behind it: few texts have any."""
    trends = lexicon.targets.trends
    return tuple(lexicon.time.lead_words), tuple(trends["degree"]), tuple(trends["trailing"])


@compiled
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    positions = ("start", "end", "adverb", "verb", "quantity", "measure")
    start, end, adverb, verb, quantity, measure = (either(lexicon.targets.trends[each]) for each in positions)
    return (
        re.compile(rf"在[^,。]{{1,8}}{word_of('place', lexicon)}"),
        re.compile(start),
        re.compile(rf"(?:{end})(?:,|$)"),
        re.compile(rf"(?P<subject>.{{2,60}}?)(?:{adverb})+(?:{verb})"),
        re.compile(rf"(?P<subject>.{{1,60}}?(?:{quantity}))(?:{verb})$"),
        re.compile(measure),
    )

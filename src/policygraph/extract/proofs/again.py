"""Find what a text says in two ways, or twice: the name of a body, how often it meets, an action."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.proofs.repeats import MEMBER
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import word_of

NAMED, OFTEN = "steering-names", "often-differs"


def again(draft: Draft) -> Iterator[Slip]:
    """Yield what the text says in two ways or twice."""
    yield from _named(draft)
    yield from _often(draft)
    yield from _actions(draft)


def _named(draft: Draft) -> Iterator[Slip]:
    """Yield the second name of the body that steers a campaign (推进委员会, 领导小组)."""
    names: dict[str, str] = {}
    for match in _steering(draft.lexicon).finditer(draft.text):
        if names.setdefault(match["whose"], match["tail"]) != match["tail"]:
            yield Slip(NAMED, *match.span())
            return


@compiled
def _steering(lexicon: Lexicon) -> re.Pattern[str]:
    brand, tails = word_of("brand-word", lexicon), word_of("steers", lexicon)
    return re.compile(rf"(?P<whose>{brand}[\u4e00-\u9fff]{{2,6}}?)(?P<tail>{tails})")


def _often(draft: Draft) -> Iterator[Slip]:
    """Yield the second of two statements of how often one meeting is held."""
    said: dict[str, str] = {}
    for match in _meetings(draft.lexicon).finditer(draft.text):
        if said.setdefault(match["what"], match["often"]) != match["often"]:
            yield Slip(OFTEN, *match.span())


@compiled
def _meetings(lexicon: Lexicon) -> re.Pattern[str]:
    often = word_of("how-often", lexicon)
    return re.compile(
        rf"每(?P<often>{often})[^,。;:、\d]{{0,8}}?开(?:[一二两三]次)?(?P<what>[\u4e00-\u9fff]{{2,10}}?会)"
    )


def _actions(draft: Draft) -> Iterator[Slip]:
    """Yield the name of a point that heads another point of the same section before."""
    seen: dict[str, int] = {}
    for match in _heads(draft.lexicon).finditer(draft.text):
        name = match["name"]
        if name not in seen:
            seen[name] = match.start()
        elif _above(draft, seen[name]) == _above(draft, match.start()):
            yield Slip(MEMBER, *match.span("name"))


def _above(draft: Draft, place: int) -> str:
    return draft.section_at(place).number.rstrip("0123456789")


@compiled
def _heads(lexicon: Lexicon) -> re.Pattern[str]:
    kind = word_of("counted-thing", lexicon)
    return re.compile(rf"^\s*\d{{1,2}}[.、]\s*(?P<name>[\u4e00-\u9fff]{{1,16}}{kind})(?=[:。])", re.MULTILINE)

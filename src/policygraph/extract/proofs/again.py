"""Find what a text says in two ways, or twice: the name of a body, how often it meets, an action."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.grammar.headings import action_name
from policygraph.extract.grammar.sought import Stretches
from policygraph.extract.proofs.rates import times_a_year
from policygraph.extract.proofs.repeats import MEMBER
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.times import OVER
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of, word_pattern
from policygraph.quantities import COUNTING, count_value, first_number

NAMED, OFTEN, LED, WHEN = "steering-names", "often-differs", "led-by", "evaluation-years"
_SHORTEST = 5  # letters of the name of a task
_BY, _CLAUSES = "由", Stretches(",。;:、()\n")


def again(draft: Draft) -> Iterator[Slip]:
    """Yield what the text says in two ways or twice."""
    yield from _named(draft)
    yield from _often(draft)
    yield from _actions(draft)
    yield from _led(draft)
    yield from _evaluated(draft)


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
    """Yield the second of two statements of how often one meeting is held, and a number that is not that of a year."""
    for match in _so_often(draft.lexicon).finditer(draft.text):
        if count_value(match["count"]) != times_a_year(draft.lexicon)[match["often"]]:
            yield Slip(OFTEN, *match.span())
    said: dict[str, str] = {}
    for match in _meetings(draft.lexicon).finditer(draft.text):
        if said.setdefault(match["what"], match["often"]) != match["often"]:
            yield Slip(OFTEN, *match.span())


@compiled
def _so_often(lexicon: Lexicon) -> re.Pattern[str]:
    """Match how often a year, and each how long: 每年召开四次例会,每半年一次."""
    count = rf"(?P<count>[2-9]|1\d|[{COUNTING}两]{{1,2}})"
    meets = rf"{word_of('each-year', lexicon)}[^,。;、\d\n]{{0,6}}?{count}次[^。;\n\d]{{0,12}}?"
    return re.compile(rf"{meets}[,(、]每[个]?(?P<often>{either(times_a_year(lexicon))})[^,。;\d\n]{{0,4}}?[一1]次")


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
    yield from _headings(draft)


def _headings(draft: Draft) -> Iterator[Slip]:
    """Yield the heading of an action that heads another one of the same part before."""
    headings = [each.heading for each in draft.outline.sections if each.heading]
    if len(set(headings)) == len(headings):
        return
    ends, seen = tuple(draft.lexicon.layout.heading_ends), set[tuple[str, str]]()
    point = _heads(draft.lexicon)
    for section in (each for each in draft.outline.sections if not point.match(draft.text, each.head.start)):
        first = first_number(section.number)
        if section.heading.endswith(ends) and section.head.end > section.head.start and section.number != first:
            where = (first, section.heading)
            if where in seen:
                yield Slip(MEMBER, section.head.start, section.head.end)
            seen.add(where)


def _above(draft: Draft, place: int) -> str:
    return draft.section_at(place).number.rstrip("0123456789")


@compiled
def _heads(lexicon: Lexicon) -> re.Pattern[str]:
    kind = word_of("counted-thing", lexicon)
    return re.compile(rf"^\s*\d{{1,2}}[.、]\s*(?P<name>[\u4e00-\u9fff]{{1,16}}{kind})(?=[:。])", re.MULTILINE)


def _led(draft: Draft) -> Iterator[Slip]:
    """Yield the sentences that say who leads a task that has a heading elsewhere: 全民健身行动由市体育局牵头."""
    said = [
        (each, each[0].partition(_BY)) for each in _CLAUSES.holding(draft.text, word_pattern("leads", draft.lexicon))
    ]
    found = [(each, before) for each, (before, by, _) in said if by and len(before) >= _SHORTEST]
    headed = [each for each in draft.outline.sections if found and len(each.heading) >= _SHORTEST]
    names = {action_name(each, draft.lexicon): each for each in headed}
    for match, what in found:
        of = next((names[what[at:]] for at in range(len(what) - _SHORTEST + 1) if what[at:] in names), None)
        if of and not of.head.start <= match.start() < of.body.end:
            yield Slip(LED, *match.span())


def _evaluated(draft: Draft) -> Iterator[Slip]:
    """Yield the year of an evaluation midway that is another one elsewhere, or is later than that of the last."""
    years: dict[str, int] = {}
    issued = int(draft.about.value("date_issued")[:4] or 0)
    for match in _evaluation(draft.lexicon).finditer(draft.text):
        year, kind = int(match["year"]), "mid" if match["mid"] else "last"
        if year < issued:
            yield Slip(OVER, *match.span())
            continue
        first = years.setdefault(kind, year)
        late = kind == "mid" and year >= years.get("last", year + 1)
        if year != first or late or (kind == "last" and year <= years.get("mid", year - 1)):
            yield Slip(WHEN, *match.span())
            return


@compiled
def _evaluation(lexicon: Lexicon) -> re.Pattern[str]:
    mid, last, looks = (word_of(rule, lexicon) for rule in ("midway", "at-the-end", "looks-back"))
    return re.compile(
        rf"(?P<year>20\d\d)(?<![、和及至\d-].{{4}})年(?:[底末前]{{0,2}}|\d{{1,2}}月)[^,。;、\d\n]{{0,8}}?(?:(?P<mid>{mid})|{last})[^,。;、\d\n]{{0,4}}?{looks}"
    )

"""Find numbers of one sentence that do not go together: parts and their total, steps and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from policygraph.extract.grammar.sought import SENTENCES
from policygraph.extract.proofs.numerals import in_figures
from policygraph.extract.proofs.products import multiplied
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.extract.proofs.tables import SUM
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.patterns import either, word_of, word_pattern
from policygraph.quantities import COUNTING

STEP, OF_COUNT = "step-differs", "share-differs"
_NUMBERS = re.compile(rf"[0-9{COUNTING}两][^。;!?\n]*[0-9{COUNTING}两]")  # two in one sentence
_SHARE = Decimal("0.8")  # of a total: parts that come so near to it were meant to add up
_APART = 3  # places by which a total may be wrong
_NO_PARTS = ("money", "points", "ratio", "age", "time", "months", "days")
Way = Callable[[str, Lexicon], Slip | None]  # of a place in the sentence
_NUMBER = r"(?<![\d.])\d+(?:\.\d+)?"


def arithmetic(draft: Draft) -> Iterator[Slip]:
    """Yield the totals to which their parts do not add up, and the steps that are not the difference of two values."""
    lexicon, read = draft.lexicon, in_figures(draft.text, draft.lexicon)
    ways = [(way, sign) for way, sign in _ways(lexicon) if sign.search(read.text)]  # most texts have few of them
    for sentence in SENTENCES.holding(read.text, _NUMBERS) if ways else ():
        here = (way(sentence[0], lexicon) for way, sign in ways if sign.search(sentence[0]))
        found = next(filter(None, here), None)
        if found:
            at = sentence.start()
            yield Slip(found.rule, *read.span(at + found.start, at + found.end), found.note)


@compiled
def _ways(lexicon: Lexicon) -> tuple[tuple[Way, re.Pattern[str]], ...]:
    """Return how numbers of a sentence may not go together, each with a sign without which they do not so."""
    parts, steps = re.compile(rf"\(|[,:]{word_of('among', lexicon)}"), re.compile("[由从]")
    return (
        (_parts, parts),
        (_summed, word_pattern("in-all", lexicon)),
        (_of_each, word_pattern("in-all", lexicon)),
        (multiplied, word_pattern("in-whole", lexicon)),
        (_moved, steps),
        (_of_count, word_pattern("share-of", lexicon)),
    )


# ---------------------------------------------------------------- 120个,其中城区50个、县60个


@compiled
def _of_years(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:20\d\d|第[{COUNTING}])年|第[{COUNTING}]{word_of('phase', lexicon)}")


def _parts(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of a total that its parts exceed, or to which they nearly add up.

    The parts may end with any of the clauses behind the total that has a number of its unit.
    """
    for said in _total(lexicon).finditer(sentence):
        rest, unit = sentence[said.end() :], said["unit"]
        ends = [rest.split(")")[0]] if said["bracket"] else _with_unit(rest, unit)
        bare = not said["among"]
        if _of_years(lexicon).search(ends[-1]) or (bare and not _is_list(ends[-1], unit)):
            continue  # years are added up by themselves
        totals = [_differs(Decimal(said["total"]), end, unit, lexicon) for end in ends]
        wrong = next((end for end, differs in zip(ends, totals, strict=True) if differs), "")
        if _exceeds(said, ends[-1], lexicon) or (wrong and Decimal(said["total"]) not in _sums(ends, unit)):
            shown = wrong or ends[-1]
            return Slip(SUM, said.start(), said.end() + len(shown), _adds_up(shown, unit))
    return None


def _with_unit(rest: str, unit: str) -> list[str]:
    """Return the clauses up to each, and to the last before one that has no number of a unit."""
    clauses = rest.split(",")
    least = next((n for n, clause in enumerate(clauses) if not _values(clause, unit)), len(clauses))
    return [",".join(clauses[:end]) for end in range(1, max(least, 1) + 1)]


def _sums(ends: Sequence[str], unit: str) -> set[Decimal]:
    return {sum(_values(end, unit), Decimal(0)) for end in ends}


def _is_list(rest: str, unit: str) -> bool:
    """Tell whether words are nothing but parts: 中心城区12个、县市区15个; 4个街道、2个镇."""
    part = rf"[^\d、]{{1,12}}\d+(?:\.\d+)?{unit}|\d+{unit}[^\d、]{{1,8}}"
    return all(re.fullmatch(part, each) for each in re.split("[、,]", rest))


def _values(rest: str, unit: str) -> list[Decimal]:
    return [Decimal(part) for part in re.findall(rf"({_NUMBER}){unit}", rest)]


def _adds_up(rest: str, unit: str) -> Note:
    return message("extract.adds-up-to", sum=sum(_values(rest, unit)))


def _differs(whole: Decimal, rest: str, unit: str, lexicon: Lexicon) -> bool:
    """Tell whether parts were meant to add up to a total and do not."""
    parts = _values(rest, unit)
    near = len(parts) > 1 and sum(parts) != whole and _SHARE * whole <= sum(parts) <= 2 * whole
    return near and not re.search(word_of("sum-open", lexicon), rest)


def _exceeds(said: re.Match[str], rest: str, lexicon: Lexicon) -> bool:
    """Tell whether a part of things that are counted is larger than the total; of money a part may be another sum."""
    known = lexicon.quantities.units.get(said["unit"])
    parts = _values(rest, said["unit"]) if not known or known.dimension not in _NO_PARTS else []
    return bool(said["among"] and parts and max(parts) > Decimal(said["total"]))


@compiled
def _total(lexicon: Lexicon) -> re.Pattern[str]:
    among = word_of("among", lexicon)
    number = rf"(?P<total>\d(?<![\d.]\d)\d*(?:\.\d+)?)(?P<unit>{_units(lexicon)}|[^\d\W])"
    far = rf"(?:[^,。;\d()]|\([^()\d]{{0,8}}\)){{0,20}}[,:](?={among})"  # 13个县(市、区)全面开展整治,其中2个区
    return re.compile(rf"{number}(?:{far}|[^,。;\d()]{{0,8}}(?P<bracket>\())(?P<among>{among}[:,]?)?")


@compiled
def _units(lexicon: Lexicon) -> str:
    return either(form for form in lexicon.quantities.units if form.isalpha())  # shares are not added up


# ---------------------------------------------------------------- 城区50个、县60个,共120个


def _summed(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of parts that a total follows (合计) to which they do not add up."""
    for said in _sum(lexicon).finditer(sentence):
        if _differs(Decimal(said["total"]), said["parts"], said["unit"], lexicon):
            return Slip(SUM, *said.span(), _adds_up(said["parts"], said["unit"]))
    return None


@compiled
def _sum(lexicon: Lexicon) -> re.Pattern[str]:
    in_all = word_of("in-all", lexicon)
    part = r"[^,。;、\d]{1,12}\d+(?:\.\d+)?(?P=unit)"
    first = rf"[^,。;、\d]{{1,12}}\d+(?:\.\d+)?(?P<unit>{_units(lexicon)}|[^\d\W])"
    return re.compile(
        rf"(?P<parts>{first}(?:[、,和及]{part}){{1,20}})[,、]?{in_all}[^,。;\d]{{0,8}}(?P<total>\d+(?:\.\d+)?)(?P=unit)"
    )


# ---------------------------------------------------------------- 甲区、乙区和丙县各建1个,共3个


def _of_each(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of a total that is not as many times what each place has; the last may be joined."""
    for said in _places(lexicon).finditer(sentence):
        count = said["names"].count("、") + 1 + bool(said["last"])
        right = count * Decimal(said["each"])
        if right != Decimal(said["total"]) and abs(right - Decimal(said["total"])) <= _APART * Decimal(said["each"]):
            return Slip(SUM, *said.span(), message("extract.adds-up-to", sum=right))
    return None


@compiled
def _places(lexicon: Lexicon) -> re.Pattern[str]:
    in_all, name = word_of("in-all", lexicon), r"[^,。;:、\d和及]{2,8}"
    names = rf"(?P<names>{name}(?:、{name})+)(?P<last>[和及]{name})?"
    each = rf"各[^,。;\d]{{0,8}}(?P<each>\d+)(?P<unit>{_units(lexicon)}|[^\d\W])"
    return re.compile(rf"{names}{each}[^,。;\d]{{0,16}},{in_all}[^,。;\d]{{0,4}}(?P<total>\d+)(?P=unit)")


# ---------------------------------------------------------------- 由22%提高到30%,提高10个百分点


def _moved(sentence: str, lexicon: Lexicon) -> Slip | None:
    return _stepped(sentence, lexicon) or _turned(sentence, lexicon)


def _stepped(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of a step that is not the difference of the two values before it."""
    for said in _step(lexicon).finditer(sentence):
        apart = abs(Decimal(said["last"]) - Decimal(said["first"]))
        if Decimal(said["step"]) != apart:
            return Slip(STEP, *said.span(), message("extract.differs-by", step=apart))
    return None


@compiled
def _step(lexicon: Lexicon) -> re.Pattern[str]:
    """Match 由a到b,提高c; not 每年提高c, and of shares only points, since a step in % may be a share of the first."""
    units = lexicon.quantities.units.items()
    shares = either(form for form, unit in units if unit.dimension == "ratio" and not form.isalpha())
    points = either(form for form, unit in units if unit.dimension == "points")
    changes = either(lexicon.quantities.changes)
    each, year = word_of("apiece", lexicon), r"(?:20\d\d年[^,。;\d]{0,6})?"
    value = rf"{year}(?P<%s>\d+(?:\.\d+)?)"
    unit, gap = rf"(?P<unit>{shares}|{_units(lexicon)})", r"[^,。;\d]{0,8}"
    from_to = rf"[由从]{gap}{value % 'first'}{unit}{gap}[到至为]{value % 'last'}(?P=unit)"
    in_points = rf"(?:(?:{points})|(?P=unit)(?<!%)(?<!‰))"
    step = rf"[,(、](?!{each}|[年平均每]).{{0,4}}?(?:{changes})[了约]?(?P<step>\d+(?:\.\d+)?){in_points}"
    return re.compile(from_to + step)


# ---------------------------------------------------------------- 由82%提高到80%


def _turned(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of a rise to less, or of a fall to more."""
    for said in _change(lexicon).finditer(sentence):
        first, last = Decimal(said["first"]), Decimal(said["last"])
        rises = lexicon.quantities.changes[said["change"]] == "rise"
        if first != last and rises != (last > first):
            return Slip(STEP, *said.span())
    return None


@compiled
def _change(lexicon: Lexicon) -> re.Pattern[str]:
    units = lexicon.quantities.units.items()
    shares = either(form for form, unit in units if unit.dimension == "ratio" and not form.isalpha())
    year, value = r"(?:20\d\d年[^,。;\d]{0,6})?", r"(?P<%s>\d+(?:\.\d+)?)"
    unit = rf"(?P<unit>{shares}|/\s?1?0?万|{_units(lexicon)})"
    changes = rf"(?P<change>{either(lexicon.quantities.changes)})"
    first = rf"[由从][^,。;\d]{{0,8}}{year}{value % 'first'}{unit}"
    return re.compile(rf"{first}[^,。;\d]{{0,4}}{changes}[到至为]{year}{value % 'last'}(?P=unit)")


# ---------------------------------------------------------------- 21个中15个,占85.7%


def _of_count(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of a share that is not the one of so many out of so many; the last figure may be cut off."""
    for said in _counted(lexicon).finditer(sentence):
        whole, part, share = (Decimal(said[name]) for name in ("whole", "part", "share"))
        right = 100 * part / whole if part <= whole else share
        if abs(right - share) >= Decimal(1).scaleb(-len(said["share"].partition(".")[2])):
            return Slip(OF_COUNT, *said.span(), message("extract.is-the-share", share=f"{right:.1f}"))
    return None


@compiled
def _share(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('share-of', lexicon)}[^,。;\d]{{0,4}}(?P<share>\d+(?:\.\d+)?)%")


@compiled
def _counted(lexicon: Lexicon) -> re.Pattern[str]:
    unit, out_of = rf"(?P<unit>{_units(lexicon)}|[^\d\W])", word_of("out-of", lexicon)
    whole = rf"(?<![\d.])(?P<whole>[1-9]\d*){unit}[^,。;\d]{{0,14}}{out_of}"
    part = r"[^。;\d]{0,24}?(?P<part>[1-9]\d*)(?P=unit)"
    return re.compile(rf"{whole}{part}[^。;\d]{{0,30}}?{_share(lexicon).pattern}")

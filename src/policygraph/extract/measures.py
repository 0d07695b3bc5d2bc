"""Read one numeric target: indicator, comparator, values and units in one stretch between commas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policygraph.lexicon import Lexicon

_NUMBER = r"\d+(?:\.\d+)?"
_BASE_YEARS = r"20\d\d年?(?:(?:和|、|及)20\d\d年?)*"


@dataclass(frozen=True, slots=True)
class Measure:
    """A numeric target as printed; ``start`` and ``end`` of the indicator's name and of the whole."""

    indicator: str
    op: str
    values: tuple[tuple[str, str], ...]  # (number, unit)
    baselines: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    goal: re.Pattern[str]
    change: re.Pattern[str]
    bare: re.Pattern[str]
    value: re.Pattern[str]
    hedge: re.Pattern[str]
    per: re.Pattern[str]


def find_measure(text: str, lexicon: Lexicon) -> Measure | None:
    """Return the numeric target of a stretch, None where it has none.

    >>> from policygraph import lexicon
    >>> found = find_measure("婴儿死亡率分别控制在7.5‰和5‰以下", lexicon.bundled())
    >>> found.indicator, found.op, found.values
    ('婴儿死亡率', '<=', (('7.5', '‰'), ('5', '‰')))
    """
    patterns = _patterns(lexicon)
    changed = patterns.change.search(text)
    goal = patterns.goal.search(text)
    if changed and (goal is None or changed.start() <= goal.start()):
        return _change(text, changed, patterns, lexicon)
    match = goal or patterns.bare.search(text)
    if not match:
        return None
    before = lexicon.comparators.get((match["pre"], "pre"), "=") if goal else "="
    after = lexicon.comparators.get((match["post"], "post"), "") if match["post"] else ""
    op = after if before == "=" and after else before
    name, per = _name(text[: match.start()], patterns, lexicon)
    if not goal and not name:
        return None
    values = _values(match["values"], patterns, f"/{per}" if per and not match["values"].endswith("%") else "")
    return Measure(name + _rest(text, match.end(), per), op, values, (), match.start(), match.end())


def _change(text: str, match: re.Match[str], patterns: _Patterns, lexicon: Lexicon) -> Measure:
    years = re.findall(r"20\d\d", match["base"] or "")
    baselines = tuple(years) or ((match["base"],) if match["base"] else ())
    per = "/年" if match["each"] else ""
    name, _ = _name(text[: match.start()], patterns, lexicon)
    values = _values(match["values"], patterns, per)
    return Measure(name, lexicon.changes[match["verb"]], values, baselines, match.start(), match.end())


def _values(text: str, patterns: _Patterns, per: str) -> tuple[tuple[str, str], ...]:
    """Return numbers with units; one that has none takes the last unit (「70和80%」)."""
    found = [(match["number"], match["unit"] or "") for match in patterns.value.finditer(text)]
    last = next((unit for _, unit in reversed(found) if unit), "")
    return tuple((number, _per(patterns, unit or last, per)) for number, unit in found)


def _per(patterns: _Patterns, unit: str, per: str) -> str:
    return unit if not per or unit.endswith(per) else f"{unit}{per}"


def _name(before: str, patterns: _Patterns, lexicon: Lexicon) -> tuple[str, str]:
    """Return the indicator's name without hedges (分别, 力争, 每年至少) and the period it counts by (每天)."""
    name = before.strip(" \n")
    while (shorter := patterns.hedge.sub("", name)) != name:
        name = shorter
    for form in sorted(lexicon.assurances, key=len, reverse=True):
        name = name.removeprefix(form)
    per = patterns.per.search(name)
    return name.strip(" \n"), lexicon.standing[per[0]] if per else ""


def _rest(text: str, end: int, per: str) -> str:
    """A name may go on behind the number: 「每天至少1小时体育活动时间」."""
    rest = text[end:].strip()
    return rest if per and re.fullmatch(r"[\u4e00-\u9fff]{2,12}", rest) and not rest.startswith("并") else ""


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    def either(forms: object) -> str:
        return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))  # type: ignore[call-overload]

    pre = either(form for form, position in lexicon.comparators if position == "pre")
    post = either(form for form, position in lexicon.comparators if position == "post")
    unit = either(lexicon.units)
    one = rf"{_NUMBER}\s*(?:{unit})?"
    values = rf"(?P<values>{one}(?:(?:{post})?(?:和|、|及|与){one})*)(?P<post>{post})?"
    base = rf"(?:(?:分别)?(?:在|比|较)(?P<base>{_BASE_YEARS}|现有|上年|上一年|[\u4e00-\u9fff]{{2,6}}期?末)(?:年)?(?:底|末)?(?:的)?(?:基础上|水平上)?)?"
    return _Patterns(
        goal=re.compile(rf"(?P<pre>{pre})\s*{values}"),
        change=re.compile(rf"{base}(?:分别|力争|均|累计)*(?P<each>每年|年均)?(?:至少|平均|再|力争|分别)*(?P<verb>{either(lexicon.changes)})(?:了|不少于|不低于|至少|幅度不低于)?\s*{values}"),
        bare=re.compile(rf"(?<![\d.])(?P<values>{_NUMBER}\s*(?:{unit}))(?P<post>{post})$"),
        value=re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{unit})?"),
        hedge=re.compile(rf"(?:{either(lexicon.hedges)}|每年|年均)$"),
        per=re.compile(either(lexicon.standing)),
    )

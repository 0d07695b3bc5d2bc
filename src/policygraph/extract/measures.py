"""Read one numeric target: indicator, comparator, values and units in one stretch between commas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policygraph.extract.patterns import either, longest_first
from policygraph.lexicon import Lexicon

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BASE_YEARS = r"20\d\d年?(?:(?:和|、|及)20\d\d年?)*"
_EACH = "每年|年均"
_DIGIT = re.compile(r"[0-9]")
_DATE = re.compile(r"(?:19|20)\d\d\s?年|\d{1,2}月[\d底末前]")
_LIST = r"\s?(?:和|、|及|与|,)\s?"
_RANGE = r"\s?(?:-|—+|–|~|至|到)\s?"


@dataclass(frozen=True, slots=True)
class Value:
    """A number as printed with its unit; ``top`` is the upper end of a range (3%—5%)."""

    number: str
    unit: str
    top: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A numeric target as printed; ``end`` is where the next may begin, ``bare`` that no comparator was printed."""

    indicator: str
    op: str
    values: tuple[Value, ...]
    baselines: tuple[str, ...]
    end: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    goal: re.Pattern[str]
    count: re.Pattern[str]
    change: re.Pattern[str]
    changed: re.Pattern[str]  # a change has one of these verbs; where there is none the search for one is spared
    bare: re.Pattern[str]
    value: re.Pattern[str]
    before: re.Pattern[str]
    least: re.Pattern[str]
    per: re.Pattern[str]
    noun: re.Pattern[str]
    assurances: tuple[str, ...]
    count_verbs: tuple[str, ...]


def find_measure(text: str, lexicon: Lexicon, start: int = 0) -> Measure | None:
    """Return the first numeric target of a stretch with Arabic digits, None where it has none.

    >>> from policygraph import lexicon
    >>> found = find_measure("婴儿死亡率分别控制在7.5‰和5‰以下", lexicon.bundled())
    >>> found.indicator, found.op, [(value.number, value.unit) for value in found.values]
    ('婴儿死亡率', '<=', [('7.5', '‰'), ('5', '‰')])
    """
    patterns = _patterns(lexicon)
    if not _DIGIT.search(text, start):
        return None
    changes = (patterns.change,) if patterns.changed.search(text, start) else ()
    searched = (_first(pattern, text, start) for pattern in (*changes, patterns.goal, patterns.count))
    found = [match for match in searched if match]
    if not found:
        match = patterns.bare.search(text, start)
        return _bare(text, start, match, lexicon) if match else None
    match = min(found, key=lambda match: (match.start(), found.index(match)))
    if "verb" in match.re.groupindex:
        return _change(text, start, match, lexicon)
    return _goal(text, start, match, lexicon)


def _first(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    """Return the first match that is neither an attribute (「工龄不足5年的劳动者」) nor a date."""
    for match in pattern.finditer(text, start):
        attribute = text[match.end() : match.end() + 1] == "的" and "count" not in pattern.groupindex
        if not attribute and not _DATE.match(text, match.start("values")):
            return match
    return None


def _goal(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> Measure | None:
    """Read «A达到50%以上» and «建成3所以上B»: the name stands before the number, or around it."""
    name, per, least = _name(text[start : match.start()], lexicon)
    before = lexicon.comparators.get((match["pre"] or "", "pre"), "=")
    verb = match["count"] if "count" in match.re.groupindex else ""
    values = _values(match["values"], lexicon, f"/{per}" if per and not match["values"].endswith("%") else "")
    rest, end = "", match.end()
    if per or verb or not name or name.endswith(_patterns(lexicon).count_verbs):
        rest, end = _rest(text, end, lexicon)
    op = _operator(least if before == "=" and least else before, match["post"], lexicon)
    return Measure(f"{name}{verb}{rest}", op, values, (), end) if name or rest or not verb else None


def _bare(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> Measure | None:
    name, per, least = _name(text[start : match.start()], lexicon)
    values = _values(match["values"], lexicon, f"/{per}" if per else "")
    op = _operator(least or "=", match["post"], lexicon)
    added = next((form for form in lexicon.changes if name.startswith(form) and len(name) > len(form) + 1), "")
    if added:  # 新增托位100个 is 新增100个托位
        op, name = lexicon.changes[added], name.removeprefix(added)
    return Measure(name, op, values, (), match.end(), True) if name else None


def _change(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> Measure:
    years = re.findall(r"20\d\d", match["base"] or "")
    baselines = tuple(years) or ((match["base"],) if match["base"] else ())
    name, _, _ = _name(text[start : match.start()], lexicon)
    values = _values(match["values"], lexicon, "/年" if match["each"] else "")
    rest, end = ("", match.end()) if name else _rest(text, match.end(), lexicon)
    return Measure(name or rest, lexicon.changes[match["verb"]], values, baselines, end)


def _operator(before: str, post: str | None, lexicon: Lexicon) -> str:
    after = lexicon.comparators.get((post, "post"), "") if post else ""
    return after if before == "=" and after else before


def _values(text: str, lexicon: Lexicon, per: str) -> tuple[Value, ...]:
    """Return numbers with units; one that has none takes the last unit («70和80%»)."""
    matches = _patterns(lexicon).value.finditer(text)
    found = [(m["number"], m["unit"] or m["above"] or "", m["top"] or "") for m in matches]
    last = next((unit for _, unit, _ in reversed(found) if unit), "")
    return tuple(
        Value(number.replace(",", ""), _per(unit or last, per), top.replace(",", "")) for number, unit, top in found
    )


def _per(unit: str, per: str) -> str:
    return unit if not per or unit.endswith(per) else f"{unit}{per}"


def _name(before: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """Return a name without hedges (分别), the period it counts by (每天) and a comparator before its verb (至少)."""
    patterns = _patterns(lexicon)
    name = patterns.before.sub("", before.strip(" \n、"))
    least = patterns.least.search(name)
    op = lexicon.comparators[least[1], "pre"] if least else ""
    name = patterns.before.sub("", name[: least.start()]) if least else name
    for form in patterns.assurances:
        name = name.removeprefix(form)
    per = patterns.per.search(name)
    return name.strip(" \n"), lexicon.standing[per[0]] if per else "", op


def _rest(text: str, end: int, lexicon: Lexicon) -> tuple[str, int]:
    """A name may go on behind the number: «每天至少1小时体育活动时间», «建成3所以上托育机构»."""
    match = _patterns(lexicon).noun.match(text, end)
    return (match["noun"], match.end()) if match else ("", end)


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    pre = either(form for form, position in lexicon.comparators if position == "pre")
    post = either(form for form, position in lexicon.comparators if position == "post")
    least = either(form for (form, position), op in lexicon.comparators.items() if position == "pre" and op[1:] == "=")
    unit, changes = either(lexicon.units), either(lexicon.changes)
    unit = rf"{unit}|[万亿](?:{unit})"
    one = rf"(?:{_NUMBER})\s?(?:{unit})?(?:{_RANGE}(?:{_NUMBER})\s?(?:{unit})?)?"
    sure = rf"(?:{_NUMBER})\s?(?:{unit})(?:{_RANGE}(?:{_NUMBER})\s?(?:{unit})?)?"
    values = rf"(?P<values>{one}(?:(?:{post})?{_LIST}{one})*)(?P<post>{post})?"
    hedges = either(lexicon.hedges)
    based = rf"{_BASE_YEARS}|{either(lexicon.baselines)}|[\u4e00-\u9fff]{{2,6}}期?末"
    base = rf"(?:(?:{hedges})*[在比较](?P<base>{based})年?[底末]?的?(?:基础上|水平上)?)?"
    return _Patterns(
        goal=re.compile(rf"(?P<pre>{pre})\s?{values}"),
        count=re.compile(
            rf"(?P<count>{either(lexicon.count_verbs)})(?:{hedges})*(?P<pre>{pre})?(?P<values>{sure})(?P<post>{post})?"
        ),
        change=re.compile(
            rf"{base}(?:{hedges})*(?P<each>{_EACH})?(?:{hedges}|{least})*(?P<verb>{changes})了?(?:{hedges}|{pre})?\s?{values}"
        ),
        changed=re.compile(changes),
        bare=re.compile(rf"(?<![\d.])(?P<values>{sure})(?P<post>{post})?(?=$|[、和及])"),
        value=re.compile(
            rf"(?P<number>{_NUMBER})\s?(?P<unit>{unit})?(?:{_RANGE}(?P<top>{_NUMBER})\s?(?P<above>{unit})?)?"
        ),
        before=re.compile(rf"(?:{hedges}|{_EACH})+$"),
        least=re.compile(rf"({least})$"),
        per=re.compile(either(lexicon.standing)),
        noun=re.compile(r"\s?的?(?P<noun>(?![并且和及])(?:(?![和及与]\d)[\u4e00-\u9fff“”A-Za-z0-9+()]){2,20})"),
        assurances=tuple(longest_first(lexicon.assurances)),
        count_verbs=tuple(lexicon.count_verbs),
    )

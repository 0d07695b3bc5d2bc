"""Read one numeric target: indicator, comparator, values and units in one stretch between commas."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from policygraph.extract.grammar.units import read_unit
from policygraph.extract.targets.measure_patterns import MeasurePatterns, measure_patterns
from policygraph.lexicon import Lexicon

_DIGIT = re.compile(r"[0-9]")
_DATE = re.compile(r"(?:19|20)\d\d\s?年|\d{1,2}月[\d底末前]|(?<=月)\d{1,2}日")
_SHARE = re.compile(r"\d(?:%|‰|成)")
_AGE = re.compile(r"\d周?岁$")
_RATIO = re.compile(r"[%‰]")
_NEXT = re.compile(r"[、和及与]")
_ENDS = re.compile(r"$|[、,和及并且至到]")
_PERIOD = re.compile(r"\d+年")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed with its unit; ``top`` is the upper end of a range (3%—5%).

    ``known`` is false where no table has the unit: it is what stands between number and comparator.
    """

    number: str
    unit: str
    top: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A numeric target as printed; ``end`` is where the next may begin, ``bare`` that no comparator was printed.

    ``share`` marks a part of a whole that does something (80%以上的村建成…), ``counted`` a count after its verb, and
    ``head`` is what short names that follow are about (比例达到小学75%、初中90%).
    """

    indicator: str
    op: str
    values: tuple[Figure, ...]
    baselines: tuple[str, ...]
    end: int
    bare: bool = False
    share: bool = False
    counted: bool = False
    head: str = ""


def find_measure(text: str, lexicon: Lexicon, start: int = 0) -> Measure | None:
    """Return the first numeric target of a stretch with Arabic digits, None where it has none.

    >>> from policygraph import lexicon
    >>> found = find_measure("婴儿死亡率分别控制在7.5‰和5‰以下", lexicon.bundled())
    >>> found.indicator, found.op, [(value.number, value.unit) for value in found.values]
    ('婴儿死亡率', '<=', [('7.5', '‰'), ('5', '‰')])
    """
    patterns = measure_patterns(lexicon)
    if not _DIGIT.search(text, start):
        return None
    share = patterns.share.match(text, start) if _SHARE.search(text, start) else None
    if share and not patterns.condition.search(text, share.end("values")):
        return _share(text, share, lexicon)
    changes = (patterns.change,) if patterns.changed.search(text, start) else ()
    searched = (_first(pattern, text, start) for pattern in (*changes, patterns.goal, patterns.count))
    found = [match for match in searched if match]
    if not found:
        match = _first(patterns.bare, text, start)
        return _bare(text, start, match, lexicon) if match else None
    match = min(found, key=lambda match: (match.start(), found.index(match)))
    if "verb" in match.re.groupindex:
        return _change(text, start, match, lexicon)
    later = _counted_later(text, match, patterns)
    if later and later.re is patterns.bare:
        return _bare(text, start, later, lexicon)
    return _goal(text, start, later or match, lexicon)


def listed_measure(text: str, lexicon: Lexicon, start: int) -> Measure | None:
    """Return a count in a list whose verb stands before the first («打造10个以上A、3条B»), None where there is none."""
    match = measure_patterns(lexicon).listed.match(text, start)
    if not match:
        return None
    op = _operator("=", match["post"], lexicon)
    return Measure(match["noun"], op, _values(_printed(match), lexicon, ""), (), match.end(), counted=True)


def _first(pattern: re.Pattern[str], text: str, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
    """Return the first match that is neither an attribute (「工龄不足5年的劳动者」) nor a date."""
    for match in pattern.finditer(text, start, end):
        count = "count" in pattern.groupindex
        attribute = text[match.end() : match.end() + 1] == "的" and not count
        if not attribute and not _DATE.match(text, match.start("values")) and not _age_or_size(text, match, count):
            return match
    return None


def _age_or_size(text: str, match: re.Match[str], count: bool) -> bool:
    """Say whether a number tells who is meant: «拥有3岁以下婴幼儿托位», «实现500人以上行政村全覆盖»."""
    if not match["post"] or _ENDS.match(text, match.end()):
        return False
    if count:
        return bool(_AGE.search(match["values"]))
    return "attained" in match.re.groupindex and bool(match["attained"])


def _counted_later(text: str, match: re.Match[str], patterns: MeasurePatterns) -> re.Match[str] | None:
    """Return the number that is counted where the first is the size of a thing: «建成3000人以上工程20处»."""
    if "count" not in match.re.groupindex or match["pre"]:
        return None
    stop = _NEXT.search(text, match.end())
    end = stop.start() if stop else len(text)
    later = _first(patterns.goal, text, match.end(), end) if match["post"] else None
    later = later or patterns.bare.search(text, match.end(), end)
    if not later or later.end() != end or later.start() == match.end() or _RATIO.search(later["values"]):
        return None
    between = text[match.end() : later.start()]
    return None if patterns.apart.search(between) else later


def _share(text: str, match: re.Match[str], lexicon: Lexicon) -> Measure:
    name = match["name"] or match["does"]
    op = _operator("=", match["post"], lexicon)
    return Measure(name.strip(" \n"), op, _values(_printed(match), lexicon, ""), (), match.end(), share=True)


def _goal(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> Measure | None:
    """Read «A达到50%以上» and «建成3所以上B»: the name stands before the number, or around it."""
    name, per, least = _name(text[start : match.start()], lexicon)
    before = lexicon.quantities.comparators.get((match["pre"] or "", "pre"), "=")
    verb = match["count"] if "count" in match.re.groupindex else ""
    if verb and not name and not per:  # 每年扶持200个
        each = measure_patterns(lexicon).per.search(text, start, match.start())
        name, per = (each[0], lexicon.quantities.standing[each[0]]) if each else (name, per)
    values = _values(_printed(match), lexicon, f"/{per}" if per and not match["values"].endswith("%") else "")
    rest, end = "", match.end()
    if per or verb or not name or name.endswith(measure_patterns(lexicon).count_verbs):
        rest, end = _rest(text, end, lexicon)
    op = _operator(least if before == "=" and least else before, match["post"], lexicon)
    found = Measure(f"{name}{verb}{rest}", op, values, (), end, counted=bool(verb and rest))
    return found if name or rest or not verb else None


def _bare(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> Measure | None:
    name, per, least = _name(text[start : match.start()], lexicon)
    values = _values(_printed(match), lexicon, f"/{per}" if per else "")
    op = _operator(least or "=", match["post"], lexicon)
    patterns = measure_patterns(lexicon)
    limit = patterns.within.fullmatch(name)
    if limit:  # 补助比例不超过投资额的20%
        name, _, _ = _name(limit["name"], lexicon)
        op = _operator(lexicon.quantities.comparators[limit["pre"], "pre"], match["post"], lexicon)
        return Measure(name, op, values, (), match.end(), True) if name else None
    part = patterns.part.fullmatch(name)
    if part:  # 学历比例达到小学75%
        head, op = part["name"], _operator(lexicon.quantities.comparators[part["pre"], "pre"], match["post"], lexicon)
        return Measure(f"{part['part']}{head}", op, values, (), match.end(), True, head=head)
    added = next(
        (form for form in lexicon.quantities.changes if name.startswith(form) and len(name) > len(form) + 1), ""
    )
    if added:  # 新增托位100个 is 新增100个托位
        op, name = lexicon.quantities.changes[added], name.removeprefix(added)
    return Measure(name, op, values, (), match.end(), True) if name else None


def _change(text: str, start: int, match: re.Match[str], lexicon: Lexicon) -> Measure:
    years = re.findall(r"20\d\d", match["base"] or "")
    baselines = tuple(years) or ((match["base"],) if match["base"] else ())
    name, _, _ = _name(text[start : match.start()], lexicon)
    name = "" if _PERIOD.fullmatch(name) else name
    values = _values(_printed(match), lexicon, "/年" if match["each"] else "")
    rest, end = ("", match.end()) if name else _rest(text, match.end(), lexicon)
    op = lexicon.quantities.changes[match["verb"]]
    if match["added"] and match["post"]:  # 新增5万套以上: so many new ones, no growth
        op = _operator("=", match["post"], lexicon)
    return Measure(name or rest, op, values, baselines, end)


def _printed(match: re.Match[str]) -> str:
    """Return the numbers with the comparator behind them, by which a unit of no table is known."""
    return f"{match['values']}{match['post'] or ''}"


def _operator(before: str, post: str | None, lexicon: Lexicon) -> str:
    after = lexicon.quantities.comparators.get((post, "post"), "") if post else ""
    return after if before == "=" and after else before


def _values(text: str, lexicon: Lexicon, per: str) -> tuple[Figure, ...]:
    """Return numbers with units; one that has none takes the last unit («70和80%»)."""
    matches = measure_patterns(lexicon).value.finditer(text)
    found = [(m["number"], m["unit"] or m["above"] or "", m["top"] or "") for m in matches]
    last = next((unit for _, unit, _ in reversed(found) if unit), "")
    return tuple(
        Figure(
            number.replace(",", ""), _per(unit or last, per), top.replace(",", ""), read_unit(unit or last, lexicon)[1]
        )
        for number, unit, top in found
    )


def _per(unit: str, per: str) -> str:
    return unit if not per or unit.endswith(per) else f"{unit}{per}"


def _name(before: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """Return a name without hedges (分别), the period it counts by (每天) and a comparator before its verb (至少)."""
    patterns = measure_patterns(lexicon)
    name = patterns.before.sub("", before.strip(" \n、"))
    least = patterns.least.search(name)
    op = lexicon.quantities.comparators[least[1], "pre"] if least else ""
    name = patterns.before.sub("", name[: least.start()]) if least else name
    for form in patterns.assurances:
        name = name.removeprefix(form)
    per = patterns.per.search(name)
    return name.strip(" \n"), lexicon.quantities.standing[per[0]] if per else "", op


def _rest(text: str, end: int, lexicon: Lexicon) -> tuple[str, int]:
    """A name may go on behind the number: «每天至少1小时体育活动时间», «建成3所以上托育机构»."""
    match = measure_patterns(lexicon).noun.match(text, end)
    return (match["noun"], match.end()) if match else ("", end)

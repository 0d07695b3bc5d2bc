"""Say what a number in a stretch between commas is: what it measures, the comparator, values and units."""

from __future__ import annotations

import re

from policygraph.extract.grammar.units import read_unit
from policygraph.extract.targets.measure_patterns import measure_patterns
from policygraph.extract.targets.needed_patterns import MeasurePatterns
from policygraph.extract.targets.pattern_parts import NOUN
from policygraph.lexicon import Lexicon
from policygraph.patterns import word_pattern
from policygraph.records import record

_NUMBERED = re.compile(r"^(?:[-—·●○◆■]+|\(\d{1,2}\)|[①-⑳])")  # of an item that runs on in its line
_TWO_IN_ONE = re.compile(
    r"(?<=[千万亿][\u4e00-\u9fff])/(?=\d+(?:\.\d+)?[千万亿][\u4e00-\u9fff])"
)  # 100万千瓦/200万千瓦时
_NAME = re.compile(NOUN)
_THINGS = frozenset(
    ("count", "items", "sets", "machine-sets", "machines", "households", "rooms", "area", "length", "lines")
)
_SIZES = ("length", "area")
_OF_SIZE = re.compile(r"[人岁亩吨米张级元户]$")
SHARES, AT_SHARE, ABILITY, SETTLED = "shares", "at-share", "ability", "settled"
_RATES = ("time", "class-hours", "mass", "ratio", "points")  # dimensions of what is counted by day or year


@record
class Figure:
    """A number as printed with its unit; ``top`` is the upper end of a range (3%—5%).

    ``known`` is false where no table has the unit: it is what stands between number and comparator.
    """

    number: str
    unit: str
    top: str = ""
    known: bool = True


@record
class Measure:
    """A numeric target as printed; ``end`` is where the next may begin, ``bare`` that no comparator was printed.

    ``rule`` is the name of the reading that made it, ``counted`` marks a count after its verb, ``apiece`` that words
    say each of several names has the value (均达到), ``verb`` is that of a change, and ``head`` is what short names
    that follow are about (比例达到小学75%、初中90%). ``names`` are those of several, where they are known one by one.
    """

    indicator: str
    op: str
    values: tuple[Figure, ...]
    baselines: tuple[str, ...]
    end: int
    rule: str = ""
    bare: bool = False
    counted: bool = False
    apiece: bool = False
    verb: str = ""
    head: str = ""
    names: tuple[str, ...] = ()


@record
class Found:
    """A match in a stretch that is read from ``start`` on."""

    text: str
    start: int
    match: re.Match[str]
    lexicon: Lexicon

    @property
    def before(self) -> str:
        """Return what stands before the match, where the name may be."""
        return self.text[self.start : self.match.start()]

    @property
    def apiece(self) -> bool:
        """Say whether words say that each of several things has the value: 均, 分别."""
        return (
            measure_patterns(self.lexicon).apiece.search(self.text, self.start, self.match.start("values")) is not None
        )


def figures(match: re.Match[str], lexicon: Lexicon, per: str = "") -> tuple[Figure, ...]:
    """Return the numbers of a match with units; one that has none takes the last unit («70和80%»).

    The comparator behind them is read too: by it a unit of no table is known.
    """
    printed = _TWO_IN_ONE.sub("、", f"{match['values']}{match['post'] or ''}")
    matches = measure_patterns(lexicon).value.finditer(printed)
    found = [(m["number"], m["unit"] or m["above"] or "", m["top"] or "") for m in matches]
    last = next((unit for _, unit, _ in reversed(found) if unit), "")
    if last.startswith("个") and len(last) > 1:  # 20个、13个、5个工作日
        found = [(number, last if unit == "个" else unit, top) for number, unit, top in found]
    return tuple(
        Figure(
            number.replace(",", ""),
            _per(unit or last, per, lexicon),
            top.replace(",", ""),
            read_unit(unit or last, lexicon)[1],
        )
        for number, unit, top in found
    )


def _per(unit: str, per: str, lexicon: Lexicon) -> str:
    """Return a unit with the period that its quantity is a rate of (小时/天, %/年), of things (and 次) as printed."""
    if not per or unit.endswith(per) or (unit and lexicon.quantities.units.read(unit).dimension not in _RATES):
        return unit
    return f"{unit}{per}"


def operator(before: str, post: str | None, lexicon: Lexicon) -> str:
    """Return what the words before and behind a number ask of it together; those before it win."""
    after = lexicon.quantities.comparators.get((post, "post"), "") if post else ""
    return after if before == "=" and after else before


def within(found: Found, before: str, lexicon: Lexicon) -> str:
    """Return the operator of a match, at most where a time is one within which something is done: 3个工作日内."""
    match = found.match
    op = operator(before, match["post"], lexicon)
    ends = op == "=" and found.text.startswith("内", match.end())
    return "<=" if ends and measure_patterns(lexicon).time.search(match["values"]) else op


def name_of(before: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """Return a name without hedges (分别), the period it counts by (每天) and a comparator before its verb (至少)."""
    patterns = measure_patterns(lexicon)
    name = _unhedged(_NUMBERED.sub("", before.strip(" \n、")), patterns)
    least = patterns.least.search(name)
    op = lexicon.quantities.comparators[least[1], "pre"] if least else ""
    name = _unhedged(name[: least.start()], patterns) if least else name
    for form in patterns.assurances if name.startswith(patterns.assurances) else ():
        name = name if word_pattern("goes-on-not", lexicon).match(name) else name.removeprefix(form)  # 并网容量
    early = None if least else patterns.least_first.match(name)
    if early:  # 每年至少培训
        op, name = lexicon.quantities.comparators[early["least"], "pre"], f"{early['whom']}{name[early.end() :]}"
    per = patterns.per.search(name)
    name = name.rpartition(":")[2] or name  # 总体目标是:城镇新增就业
    name = patterns.shall.sub("", name)
    return name.strip(" \n"), lexicon.quantities.standing[per[0]] if per else "", op


def _unhedged(name: str, patterns: MeasurePatterns) -> str:
    """Return a name without the hedges behind it, but for the period it counts by: 学习时间每年(不少于8天)."""
    hedges = patterns.before.search(name)
    if not hedges:
        return name
    per, rest = patterns.per.search(hedges[0]), name[: hedges.start()]
    return f"{rest}{per[0]}" if per and not patterns.per.search(rest) else rest


def is_raised(verb: str, name: str, figure: Figure, lexicon: Lexicon) -> bool:
    """Say whether what is raised is made better, and no number of it rises: 提升监测站91个, not 提升产量91吨."""
    if verb not in lexicon.grammar.rule_words["raises"] or name.endswith(tuple(lexicon.targets.trends["quantity"])):
        return False
    return lexicon.quantities.units.read(figure.unit).dimension in _THINGS


def is_size(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a number is a size of a single thing, by its unit: 不少于300平方米, 5厘米 (but 3万平方米, 20公里)."""
    units = [lexicon.quantities.units.read(value.unit) for value in measure.values]
    one = measure.op != "=" and all(unit.dimension in _SIZES and unit.factor == 1 for unit in units)
    one = one and not word_pattern("mean", lexicon).search(measure.indicator)  # 人均公园绿地面积10平方米以上
    return one or is_tiny(measure, lexicon)


def is_tiny(measure: Measure, lexicon: Lexicon) -> bool:
    """Say whether a number is a size below a metre: no plan sets one for a goal."""
    units = [lexicon.quantities.units.read(value.unit) for value in measure.values]
    return all(unit.dimension in _SIZES and unit.factor < 1 for unit in units)


def name_behind(text: str, end: int, lexicon: Lexicon) -> tuple[str, int]:
    """Return a name that goes on behind the number: «每天至少1小时体育活动时间», «建成3所以上托育机构»."""
    match = _NAME.match(text, end)
    return (match["noun"], match.end()) if match else ("", end)


def kept(found: Found) -> Measure | None:
    """Read how long or often something is done in each period: «每天1小时体育活动»; 每年可提取一次 is a rule."""
    match, lexicon = found.match, found.lexicon
    if match["often"] and word_pattern("optional", lexicon).search(f"{match['of']}{match['where']}"):
        return None
    values = figures(match, lexicon, f"/{lexicon.quantities.standing[match['each']]}")
    name = f"{match['of']}{match['each']}{match['where']}{match['name']}".strip()
    return Measure(name, operator("=", match["post"], lexicon), values, (), match.end(), "kept")


def aided(found: Found) -> Measure | None:
    """Read how many will be helped, which is no sum: «补贴100家体育场馆»."""
    match, lexicon = found.match, found.lexicon
    rest, end = name_behind(found.text, match.end(), lexicon)
    before = lexicon.quantities.comparators.get((match["pre"] or "", "pre"), "=")
    op = operator(before, match["post"], lexicon)
    name, _, _ = name_of(found.before, lexicon)
    return Measure(f"{name}{rest}", op, figures(match, lexicon), (), end, "aided", counted=True) if rest else None


def bracket(found: Found) -> Measure | None:
    """Read a number of things in brackets behind their name: «示范社区(20个)»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    before = lexicon.quantities.comparators.get((match["pre"] or "", "pre"), "=")
    op = operator(before, match["post"], lexicon)
    return Measure(name, op, figures(match, lexicon), (), match.end(), "bracket") if name else None


def placed(found: Found) -> Measure:
    """Read how many works are to be done, and where: «完成东岛8座水闸的续建», «在25个乡镇、100个村设置设备»."""
    match, rest = found.match, found.match["noun"]
    if match["at"]:
        names = tuple(f"{place}{match['makes']}" for place in (match["one"], match["two"]) if place)
        return Measure("、".join(names), "=", figures(match, found.lexicon), (), match.end(), "placed", names=names)
    joint = "的" if found.text[match.end("values")] == "的" else ""
    name = f"{match['does']}{match['of']}{joint}{rest}"
    return Measure(name, "=", figures(match, found.lexicon), (), match.end(), "placed", counted=True)


def at_share(found: Found) -> Measure | None:
    """Read at what share of a whole something is to be made: «停车场按不低于30%的车位比例建设充电设施»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    op = lexicon.quantities.comparators[match["pre"], "pre"]
    return Measure(f"{name}{match['does']}{match['of']}", op, figures(match, lexicon), (), match.end(), AT_SHARE)


def of_places(found: Found) -> Measure | None:
    """Read what share of a whole is to have something: «配建不低于固定车位25%的充电设施»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    op = lexicon.quantities.comparators[match["pre"], "pre"]
    return Measure(
        f"{name}{match['of']}{match['does']}{match['thing']}", op, figures(match, lexicon), (), match.end(), AT_SHARE
    )


def ability(found: Found) -> Measure:
    """Read of what share of a whole something is able: «具备3%左右的响应能力», «占最大负荷5%的调节能力»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    whole = f"{match['thing']}{match['of']}" if match["of"] else f"{name}{match['thing']}"
    return Measure(whole, operator("=", match["post"], lexicon), figures(match, lexicon), (), match.end(), ABILITY)


def those(found: Found) -> Measure | None:
    """Read how many will do something: «4家企业进入培育库»; times and sizes (500人以上) are no things."""
    match, lexicon = found.match, found.lexicon
    patterns = measure_patterns(lexicon)
    if patterns.time.search(match["values"]) or (match["post"] and _OF_SIZE.search(match["values"])):
        return None
    values = figures(match, lexicon)
    if all(lexicon.quantities.units.read(value.unit).dimension == "length" for value in values):  # 50米覆盖率
        return None
    before = lexicon.quantities.comparators.get((match["pre"] or "", "pre"), "=")
    op = operator(before, match["post"], lexicon)
    return Measure(match["name"].strip(), op, values, (), match.end(), "those")


def among(found: Found) -> Measure | None:
    """Read how many there are of which some were named: «打造智能家电、汽摩配件等30个产业带»."""
    match, lexicon = found.match, found.lexicon
    if match["values"].endswith(
        tuple(lexicon.quantities.number_words["kind-unit"])
    ):  # 老人、儿童等4类对象 sums them up
        return None
    name, _, _ = name_of(found.before, lexicon)
    rest, end = name_behind(found.text, match.end(), lexicon)
    op = operator("=", match["post"], lexicon)
    return (
        Measure(f"{name}{match[0][0]}{rest}", op, figures(match, lexicon), (), end, "among") if name and rest else None
    )


def settled(found: Found) -> Measure | None:
    """Read within what time something is settled: «不动产登记3个工作日内办结»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    return Measure(f"{name}{match['does']}", "<=", figures(match, lexicon), (), match.end(), SETTLED) if name else None


def shares(found: Found) -> Measure:
    """Read parts of two wholes that do the same: «80%以上的乡镇和60%以上的村建成A», «A覆盖90%以上乡镇、60%以上村»."""
    match, lexicon = found.match, found.lexicon
    wholes = (match["one"], match["last"] or match["two"])
    names = tuple(f"{match['of'] or ''}{whole}{match['does'] or ''}" for whole in wholes)
    op = operator("=", match["post"], lexicon)
    return Measure("、".join(names), op, figures(match, lexicon), (), match.end(), SHARES, names=names)


def wholly(found: Found) -> Measure:
    """Read what is to be done for all: «水质100%达标», «网络100%全覆盖»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    return Measure(f"{name}{match['does']}", "=", figures(match, lexicon), (), match.end(), "wholly")

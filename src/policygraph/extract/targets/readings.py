"""List the ways in which a number is stated, and read one number of a stretch between commas by them.

A reading has a name, a pattern and a production that makes a measure of a match; tests/cases/target_rules.tsv has
examples of each by its name. To read a style of one's own, add a reading and its examples.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from itertools import groupby

from policygraph.extract.targets.measure_patterns import measure_patterns
from policygraph.extract.targets.measures import (
    ABILITY,
    AT_SHARE,
    SETTLED,
    SHARES,
    Figure,
    Found,
    Measure,
    ability,
    aided,
    among,
    at_share,
    bracket,
    figures,
    is_raised,
    kept,
    name_behind,
    name_of,
    of_places,
    operator,
    placed,
    settled,
    shares,
    those,
    wholly,
    within,
)
from policygraph.extract.targets.needed_patterns import MeasurePatterns
from policygraph.extract.targets.ways import Group, Place, Reading, Way
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_pattern
from policygraph.records import replace
from policygraph.terms import Op

_DIGIT = re.compile(r"[0-9]")
_DATE = re.compile(r"(?:19|20)\d\d\s?[年—-]|\d{1,2}月[\d底末前]|(?<=月)\d{1,2}日")
_AGE = re.compile(r"\d周?岁$")
_RATIO = re.compile(r"[%‰]")
_SHARE_SIGN = re.compile(r"\d(?:%|‰|成)")
_NEXT = re.compile(r"[、和及与]")
_ENDS = re.compile(r"$|[、,和及并且至到]")
_TO = ("至", "到")
_FORMULA = ("×", "÷", "=")  # 计算公式为A/B×100%
_AND = ("和", "与", "及")
_PLACES = "parking"  # units that say what is counted
_PERIOD = re.compile(r"\d+年")


def find_measure(text: str, lexicon: Lexicon, start: int = 0) -> Measure | None:
    """Return the first numeric target of a stretch with Arabic digits, None where it has none.

    >>> from policygraph import lexicon
    >>> found = find_measure("婴儿死亡率分别控制在7.5‰和5‰以下", lexicon.bundled())
    >>> found.rule, found.indicator, found.op, [(value.number, value.unit) for value in found.values]
    ('level', '婴儿死亡率', '<=', [('7.5', '‰'), ('5', '‰')])
    """
    if not _DIGIT.search(text, start):
        return None
    for groups in _by_place(lexicon):
        found = []
        for trigger, ways in groups:
            if trigger is not None and not trigger.search(text, start):
                continue
            for way in ways:
                if way.sign is not None and not way.sign.search(text, start):
                    continue
                match = way.pattern.match(text, start) if way.opens else _first(way.pattern, text, start)
                if match:
                    found.append((match, way.reading))
        if found:
            match, reading = min(found, key=lambda one: one[0].start())
            match, reading = _listed_before(measure_patterns(lexicon), text, start, match) or (match, reading)
            measure = reading.read(Found(text, start, match, lexicon))
            if measure or reading.place != Place.OPENING:
                return measure
    return None


def _listed_before(
    patterns: MeasurePatterns, text: str, start: int, match: re.Match[str]
) -> tuple[re.Match[str], Reading] | None:
    """Return a number that stands in a list before one with a comparator: «投资135亿元、交易额达到42亿元»."""
    comma = text.find("、", start, match.start())
    if comma < 0 or not _DIGIT.search(text, start, comma):
        return None
    bare = _first(patterns.bare, text, start, match.start())
    if not bare or text[bare.end() : bare.end() + 1] != "、" or _AGE.search(bare["values"]):
        return None
    return bare, _BARE


def listed_measure(text: str, lexicon: Lexicon, start: int) -> Measure | None:
    """Return a count in a list whose verb stands before the first («打造10个以上A、3条B»), None where there is none."""
    match = measure_patterns(lexicon).listed.match(text, start)
    if not match:
        return None
    op = operator("=", match["post"], lexicon)
    return Measure(match["noun"], op, figures(match, lexicon), (), match.end(), "listed", counted=True)


def listed_on(text: str, lexicon: Lexicon) -> Measure | None:
    """Read a stretch that goes on a list of counted things: «培养10名A,60名在全省有影响的B»."""
    match = measure_patterns(lexicon).listed_on.match(text)
    if not match or measure_patterns(lexicon).time.search(match["values"]) or _RATIO.search(match["values"]):
        return None
    before = lexicon.quantities.comparators.get((match["pre"] or "", "pre"), "=")
    op = operator(before, match["post"], lexicon)
    return Measure(match["noun"], op, figures(match, lexicon), (), match.end(), "listed", counted=True)


def _first(pattern: re.Pattern[str], text: str, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
    """Return the first match that is neither an attribute (「工龄不足5年的劳动者」) nor a date."""
    match = pattern.search(text, start, end)  # which as a rule finds none, or the right one
    count = match is not None and "count" in pattern.groupindex
    while match:
        behind = text[match.end() : match.end() + 1]
        jubilee = behind == "年" and text[match.end() - 1] == "周"
        grade = behind == "级" or (behind in ("一", "1") and text[match.end() - 1] == "年")  # 50年一遇
        code = behind.isascii() and behind.isalpha() and text[match.end() - 1].isdigit()  # 新增3G基站
        attribute = code or grade or jubilee or (behind == "的" and not count)  # 3万吨级船舶, 50周年
        attribute = attribute or (count and behind == "内")  # 抵押登记1个工作日内办结
        attribute = attribute or text[match.start("values") - 1 : match.start("values")] in _FORMULA
        if not attribute and not _DATE.match(text, match.start("values")) and not _age_or_size(text, match, count):
            return match
        match = pattern.search(text, match.end(), end)
    return None


def _age_or_size(text: str, match: re.Match[str], count: bool) -> bool:
    """Say whether a number tells who is meant: «拥有3岁以下婴幼儿托位», «实现500人以上行政村全覆盖»."""
    if not match["post"] or _ENDS.match(text, match.end()):
        return False
    if _AGE.search(match["values"]):  # 为65岁及以上老年人, 新增3岁以下婴幼儿托位1500个
        return True
    return (
        not count
        and "verb" not in match.re.groupindex
        and "attained" in match.re.groupindex
        and bool(match["attained"])
    )


# ---------------------------------------------------------------- what a match is read as


def _share(found: Found) -> Measure:
    """Read a part of a whole that does something: «80%以上的村建成示范设施», «60%以上达到二级水平»."""
    match, lexicon = found.match, found.lexicon
    name = (match["name"] or match["does"]).strip(" \n").removeprefix("的")
    before = match["has"] or match["pre"] or ""
    op = operator(lexicon.quantities.comparators.get((before, "pre"), "="), match["post"], lexicon)
    whole = (f"{match['of']}{name}",) if match["of"] else ()
    return Measure("".join(whole) or name, op, figures(match, lexicon), (), match.end(), SHARE, names=whole)


def _change(found: Found) -> Measure | None:
    """Read by how much something will move: «在2019年基础上提高10%», «新增托位100个»; 倍增计划 is a name."""
    match, lexicon = found.match, found.lexicon
    if word_pattern("scheme", lexicon).match(found.text, match.end()):
        return None
    years = re.findall(r"20\d\d", match["base"] or "")
    baselines = tuple(years) or ((match["base"],) if match["base"] else ())
    name, _, _ = name_of(found.before, lexicon)
    name = "" if _PERIOD.fullmatch(name) or name in lexicon.targets.trends["adverb"] else name
    values = figures(match, lexicon, "/年" if match["each"] else "")
    rest, end = ("", match.end()) if name else name_behind(found.text, match.end(), lexicon)
    if rest and match["verb"] in lexicon.grammar.rule_words["raises"] and _are_things(values[0], lexicon):
        return None  # 提升3个基地的含量
    if name.endswith(_AND) and name[:-1].endswith(measure_patterns(lexicon).count_verbs):  # 建设和提升3个基地
        rest, end = name_behind(found.text, match.end(), lexicon)
        op = operator("=", match["post"], lexicon)
        return Measure(f"{name}{match['verb']}{rest}", op, values, (), end, "count", counted=True) if rest else None
    op = lexicon.quantities.changes[match["verb"]]
    behind, stop = name_behind(found.text, match.end(), lexicon) if name else ("", 0)
    made = behind and match["verb"] in lexicon.grammar.rule_words["raises"] and _are_things(values[0], lexicon)
    if made and _made(lexicon).search(name):  # 累计完成示范提升21个点位: so many, not by them
        return Measure(f"{name}{match['verb']}{behind}", "=", values, (), stop, "count", counted=True)
    if found.text[match.start("values") - 1] in ("为", "在", *_TO):  # 缩短为3天: to so much, not by it
        return Measure(name or rest, within(found, "=", lexicon), values, baselines, match.end(), "level")
    verb, things = match["verb"], bool(rest) and op == Op.RISE
    return Measure(name or rest, op, values, baselines, end, "change", apiece=found.apiece, verb=verb, counted=things)


@compiled
def _made(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(either(lexicon.targets.count_verbs))


def _are_things(figure: Figure, lexicon: Lexicon) -> bool:
    return lexicon.quantities.units.read(figure.unit).dimension in ("count", "items")


def _level(found: Found) -> Measure | None:
    """Read «A达到50%以上», and «每天不少于1小时A» whose name goes on behind the number."""
    match, lexicon = found.match, found.lexicon
    later = _counted_behind(found) if "元" in match["values"] else None
    if later:
        return later
    if match["pre"] in lexicon.targets.count_verbs and not _ENDS.match(found.text, match.end()):  # 突破100项技术
        made = measure_patterns(lexicon).count.match(found.text, match.start())
        return _count(replace(found, match=made)) if made else None
    name, per, least = name_of(found.before, lexicon)
    rest, end = "", match.end()
    owns = match["pre"] in lexicon.grammar.rule_words["has-to"]  # 每个村至少有1名法律顾问
    if per or owns or not name or name.endswith(measure_patterns(lexicon).count_verbs):
        rest, end = name_behind(found.text, end, lexicon)
    before = lexicon.quantities.comparators[match["pre"], "pre"]
    op = within(found, least if before == "=" and least else before, lexicon)
    values = figures(match, lexicon, _each(match, per))
    if op in ("=", ">=", ">") and measure_patterns(lexicon).adding.search(name) and not _RATIO.search(match["values"]):
        op = Op.RISE  # 新增装机容量达到120兆瓦
    return Measure(f"{name}{rest}", op, values, (), end, "level", apiece=found.apiece)


def _counted_behind(found: Found) -> Measure | None:
    """Read how many there are of which a sum says which: «年收入超10亿元企业突破100家»."""
    text, end = found.text, found.match.end()
    if _ENDS.match(text, end):
        return None
    later = _first(measure_patterns(found.lexicon).goal, text, end)
    counted = None if later else _first(measure_patterns(found.lexicon).bare, text, end)
    if counted and counted.end() == len(text) and not _NEXT.search(text, end, counted.start()):
        return _bare(replace(found, match=counted))  # 年产值超10亿元企业5家
    if not later or "元" in later["values"] or _RATIO.search(later["values"]) or _NEXT.search(text, end, later.start()):
        return None
    return _level(replace(found, match=later))


def _count(found: Found) -> Measure | None:
    """Read «建成3所以上B»; where its number is the size of a thing, what stands behind it is counted."""
    match, lexicon = found.match, found.lexicon
    before = lexicon.quantities.comparators.get((match["pre"] or "", "pre"), "=")
    told = len(match["pre"] or "") > 1 and before in ("=", ">")
    if told and match["count"] not in lexicon.targets.count_verbs:  # 执法检查达到500次
        level = _first(measure_patterns(lexicon).goal, found.text, found.start)
        return _level(replace(found, match=level)) if level else None
    later = _counted_later(found, measure_patterns(lexicon))
    if later:
        return later
    name, per, least = name_of(found.before, lexicon)
    if not name and not per:  # 每年扶持200个
        each = measure_patterns(lexicon).per.search(found.text, found.start, match.start())
        name, per = (each[0], lexicon.quantities.standing[each[0]]) if each else (name, per)
    rest, end = name_behind(found.text, match.end(), lexicon)
    if not name and not rest:  # 惠及2.5万户: whom, the unit says
        unit = figures(match, lexicon)[0].unit
        says = match["count"] in lexicon.grammar.rule_words["reach"]
        says = says or lexicon.quantities.units.read(unit).dimension == _PLACES  # 建设500个停车位
        rest = unit.removeprefix("个") if says else ""
    if not name and not rest:
        return None
    op = operator(least if before == "=" and least else before, match["post"], lexicon)
    values = figures(match, lexicon, _each(match, per))
    if op == "=" and name and measure_patterns(lexicon).adding.search(f"{name}{match['count']}"):
        op = Op.RISE  # 绿色账户新增覆盖14万户
    return Measure(f"{name}{match['count']}{rest}", op, values, (), end, "count", counted=bool(rest))


def _each(match: re.Match[str], per: str) -> str:
    return f"/{per}" if per and not match["values"].endswith("%") else ""


def _counted_later(found: Found, patterns: MeasurePatterns) -> Measure | None:
    """Read the number that is counted where the first is the size of a thing: «建成3000人以上工程20处»."""
    text, match = found.text, found.match
    if match["pre"] and "元" not in match["values"]:
        return None
    stop = _NEXT.search(text, match.end())
    end = stop.start() if stop else len(text)
    sized = match["post"] or match["pre"]
    later = _first(patterns.goal, text, match.end(), end) if sized else None
    if later and _RATIO.search(later["values"]) and match["post"] and not _ENDS.match(text, match.end()):
        return _level(Found(text, found.start, later, found.lexicon))  # 存栏100头以上奶牛规模化养殖比重超过38%
    later = later or patterns.bare.search(text, match.end(), end)
    if not later or later.end() != end or later.start() == match.end() or _RATIO.search(later["values"]):
        return None
    between = text[match.end() : later.start()]
    if patterns.apart.search(between) or _is_size_of(between, found.lexicon):
        return None
    read = _bare if later.re is patterns.bare else _level
    return read(Found(text, found.start, later, found.lexicon))


def _is_size_of(between: str, lexicon: Lexicon) -> bool:
    """Say whether what stands before a number makes it the size of what was counted: 1个建筑面积不少于1000平方米."""
    return re.search(f"(?:{either(lexicon.quantities.number_words['project-size'])})", between) is not None


def _bare(found: Found) -> Measure | None:
    """Read a number that no word compares: «床位100张», «学历比例达到小学75%»."""
    match, lexicon = found.match, found.lexicon
    name, per, least = name_of(found.before, lexicon)
    values = figures(match, lexicon, f"/{per}" if per else "")
    op = operator(least or "=", match["post"], lexicon)
    patterns = measure_patterns(lexicon)
    part = patterns.part.fullmatch(name)
    if part:
        head, op = part["name"], operator(lexicon.quantities.comparators[part["pre"], "pre"], match["post"], lexicon)
        return Measure(f"{part['part']}{head}", op, values, (), match.end(), "part", bare=True, head=head)
    added = patterns.added.match(name)
    if added and name.endswith(_TO):  # 提升监测站至5个: to so many, not by them
        return Measure(name[added.end() : -1], operator("=", match["post"], lexicon), values, (), match.end(), "level")
    if added and is_raised(added["verb"], name, values[0], lexicon):
        added = None  # 提升老旧设施2000亩: so much of it is made better
    if added:  # 新增托位100个 is 新增100个托位
        op, name = lexicon.quantities.changes[added["verb"]], f"{added['each'] or ''}{name[added.end() :]}"
    elif patterns.adding.search(name):  # 城镇新增就业5万人
        op = Op.RISE
    verb = added["verb"] if added else ""
    each = found.before.endswith("各")  # 正奖和提名奖各10个
    return Measure(name, op, values, (), match.end(), "bare", bare=True, verb=verb, apiece=each) if name else None


def _within(found: Found) -> Measure | None:
    """Read a number behind that of which it is a share: «比例不超过投资额的20%», «管理率分别达到目标人群的50%和75%»."""
    match, lexicon = found.match, found.lexicon
    name, _, _ = name_of(found.before, lexicon)
    before = lexicon.quantities.comparators[match["pre"], "pre"] if match["pre"] else "="
    op = operator(before, match["post"], lexicon)
    if not match["pre"]:  # 民生支出占公共预算支出的80%以上
        name = f"{name}{found.text[match.start() : match.start('values')].rstrip(' 的')}"
    values = figures(match, lexicon)
    return Measure(name, op, values, (), match.end(), "within", bare=True, apiece=found.apiece) if name else None


def _with_share(_: MeasurePatterns) -> re.Pattern[str]:
    return _SHARE_SIGN


def _rare(patterns: MeasurePatterns) -> re.Pattern[str]:
    return patterns.rare


def _sign(sign: str) -> Callable[[MeasurePatterns], re.Pattern[str]]:
    return lambda _: re.compile(sign)


SHARE = "share"
COUNTS = ("count", "listed", "placed")  # the readings of things that a verb before them makes
_BARE = Reading("bare", lambda p: p.bare, _bare, Place.REST)

READINGS: tuple[Reading, ...] = (
    Reading(SHARES, lambda p: p.shares, shares, Place.OPENING, _with_share),  # 80%以上的乡镇和60%以上的村建成A
    Reading(SHARE, lambda p: p.share, _share, Place.OPENING, _with_share),  # 80%以上的村建成示范设施
    Reading("those", lambda p: p.those, those, Place.OPENING, sign=lambda p: p.does),  # 4家企业进入培育库
    Reading("kept", lambda p: p.kept, kept, Place.OPENING, sign=lambda p: p.per),  # 落实每天1小时体育活动
    Reading("change", lambda p: p.change, _change, trigger=lambda p: p.apart),  # 比2020年提高10%
    Reading("level", lambda p: p.goal, _level),  # 覆盖率达到80%以上
    Reading("count", lambda p: p.count, _count),  # 建成3所以上示范机构
    Reading(AT_SHARE, lambda p: p.at_share, at_share, trigger=_with_share),  # 按不低于30%的车位比例建设充电设施
    Reading(AT_SHARE, lambda p: p.of_places, of_places, trigger=_with_share),  # 配建不低于车位25%的充电设施
    Reading("wholly", lambda p: p.wholly, wholly, trigger=_with_share),  # 水质100%达标
    Reading("within", lambda p: p.within, _within, trigger=_rare, sign=_sign(r"的\s?\d")),  # 不超过投资额的20%
    Reading(ABILITY, lambda p: p.ability, ability, trigger=_rare, sign=_sign("%")),  # 具备3%左右的响应能力
    Reading(SETTLED, lambda p: p.settled, settled, trigger=_rare, sign=lambda p: p.settles),  # 3个工作日内办结
    Reading("aided", lambda p: p.aided, aided, trigger=_rare, sign=lambda p: p.aid),  # 补贴100家体育场馆
    Reading("among", lambda p: p.among, among, trigger=_rare, sign=_sign(r"[等近]\d")),  # 打造A、B等30个产业带
    Reading("bracket", lambda p: p.bracket, bracket, trigger=_rare, sign=_sign(r"\(")),  # 示范社区(20个)
    _BARE,  # 床位100张
    Reading("placed", lambda p: p.placed, placed, Place.REST),  # 完成东岛8座水闸的续建
)


@compiled
def _by_place(lexicon: Lexicon) -> list[list[Group]]:
    """Return the readings of each place with their patterns; those that have one trigger stand together."""
    patterns = measure_patterns(lexicon)
    return [
        [
            (trigger(patterns) if trigger else None, [Way(each, patterns) for each in group])
            for trigger, group in groupby((each for each in READINGS if each.place == place), lambda each: each.trigger)
        ]
        for place in Place
    ]

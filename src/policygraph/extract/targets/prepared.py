"""Take out of a stretch with numbers what is no quantity of its own, before its measures are read."""

from __future__ import annotations

import re
from functools import partial

from policygraph.extract.grammar.numerals import value_of
from policygraph.extract.grammar.units import known_unit
from policygraph.extract.grammar.years import inner_years
from policygraph.extract.targets.scope import Scope, Stretch
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of
from policygraph.quantities import COUNTING
from policygraph.records import replace

_RARE = re.compile("[从由日余多等比较]")  # a letter of each of the following
_SINCE = re.compile(r"[从由]\D{0,4}\d")
_PASSED = re.compile(r"[\d百千万亿][余多]")
_VALUED_BASE = re.compile(r"[比较]20\d\d年[底末]?的\s?\d")
_SHORT_CHANGE = re.compile(r"[比较].{2,8}\d")
_NAMED = re.compile(r"等\d")
_NUMBERS = re.compile(r"\d、\d")
_MORE = "超"  # 300多人 is 超300人
_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日")  # 至2023年4月30日 is no quantity of days


def prepared(stretch: Stretch) -> Stretch:
    """Return a stretch with numbers without what is no quantity of its own: its years, dates, where it starts from."""
    stretch = _put_forward(stretch)
    spoken, base = _without_lone_quote(stretch.spoken), ""
    if _RARE.search(spoken):
        spoken, base = _without_rare(spoken, stretch.lexicon)
    several = _NUMBERS.search(spoken) if len(stretch.scope.years) > 1 else None
    spoken = _with_units(spoken, stretch) if several else spoken
    years, spoken = inner_years(spoken, stretch.lexicon)
    if not years and spoken == stretch.spoken:
        return stretch
    scope = Scope(years, assured=stretch.scope.assured) if years else stretch.scope
    return replace(stretch, spoken=spoken, scope=scope, base=base)


def _without_rare(spoken: str, lexicon: Lexicon) -> tuple[str, str]:
    """Return a stretch without where its number starts from, days, 余 and 多, bases; and the number it starts from."""
    base = _from(lexicon).search(spoken) if _SINCE.search(spoken) else None
    spoken = _from(lexicon).sub("", spoken) if base else spoken
    spoken = _DAY.sub("", spoken) if "日" in spoken else spoken
    if _PASSED.search(spoken):
        spoken = _more(lexicon).sub(rf"{_MORE}\g<number>", spoken)
    if _NAMED.search(spoken):
        spoken = _count_of_named(lexicon).sub("", spoken)
    if _VALUED_BASE.search(spoken):
        spoken = _valued_base(lexicon).sub(r"\g<since>", spoken)
    if _SHORT_CHANGE.search(spoken):
        spoken = _short_change(lexicon).sub(partial(_written_out, lexicon), spoken)
    return spoken, base["base"] if base else ""


def _with_units(spoken: str, stretch: Stretch) -> str:
    """Return a stretch with the unit behind each number of several years: 改造50、60户A is 改造A50户、60户."""
    match = _of_each_year(stretch.lexicon).fullmatch(spoken)
    numbers = match["numbers"].split("、") if match else []
    if not match or len(numbers) != len(stretch.scope.years):
        return spoken
    values = "、".join(f"{number}{match['unit']}" for number in numbers)
    return f"{match['verb']}{match['thing']}{values}{match['post'] or ''}"


@compiled
def _of_each_year(lexicon: Lexicon) -> re.Pattern[str]:
    post = either(lexicon.quantities.compared("post"))
    return re.compile(
        rf"(?P<verb>[^\d]{{2,12}})(?P<numbers>\d+(?:\.\d+)?(?:、\d+(?:\.\d+)?)+)"
        rf"(?P<unit>{known_unit(lexicon)})(?P<post>{post})?(?P<thing>[^\d,、]{{2,30}})"
    )


def _without_lone_quote(spoken: str) -> str:
    """Return a stretch without the one mark of goals that are quoted, of which it is the first or the last."""
    opens, closes = "“" in spoken, "”" in spoken
    if opens == closes:
        return spoken
    return spoken.rpartition("“")[2] if opens else spoken.partition("”")[0]


def _put_forward(stretch: Stretch) -> Stretch:
    """Return a stretch that is to be reached years before what its sentence named first: B提前1年达到100%."""
    match = _ahead(stretch.lexicon).match(stretch.spoken) if stretch.sentence_so_far.indicators else None
    if not match:
        return stretch
    said = match["years"]
    ahead = int(said if said.isdecimal() else value_of(said, stretch.lexicon))
    years = tuple(year - ahead if year else year for year in stretch.scope.years)
    spoken = f"{match['of']}{stretch.spoken[match.end() :]}"
    return replace(stretch, spoken=spoken, scope=replace(stretch.scope, years=years))


@compiled
def _ahead(lexicon: Lexicon) -> re.Pattern[str]:
    """Match by how many years a goal is put forward: 提前1年(达到); 较规划提前1年 says what that is."""
    goal = either([*lexicon.quantities.changes, *lexicon.quantities.compared("pre")])
    return re.compile(rf"(?P<of>[^比较,]+?){word_of('put-forward', lexicon)}(?P<years>[\d{COUNTING}])年(?={goal})")


@compiled
def _from(lexicon: Lexicon) -> re.Pattern[str]:
    """Match where a quantity starts from: 由85%, 从2020年的300张."""
    since = either(lexicon.quantities.baselines)
    return re.compile(
        rf"""
        [从由] (?:{since})? (?:20\d\d年)? [底末]? 的?
        (?P<base> \d+(?:\.\d+)? [^\d,]{{0,6}}? ) (?=[提上降下增减扩压缩达拓延])
        """,
        re.VERBOSE,
    )


@compiled
def _valued_base(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what a change is counted from, with its value: 比2010年的12.4万吨、1.07万吨(分别减少)."""
    value, each = r"\d+(?:\.\d+)?[^\d,、]{0,6}?", word_of("apiece", lexicon)
    changes = either(lexicon.quantities.changes)
    return re.compile(rf"(?P<since>[比较]20\d\d年[底末]?)的\s?{value}(?:[、和]{value})*(?={each}|{changes})")


@compiled
def _short_change(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a change in one letter behind what it is counted from: 比上年增."""
    since, letters = either(lexicon.quantities.baselines), word_of("short-change", lexicon)
    return re.compile(rf"(?P<since>[比较](?:{since}|20\d\d年)[底末]?)(?P<letter>{letters})(?=\d)")


def _written_out(lexicon: Lexicon, match: re.Match[str]) -> str:
    """Return a change in one letter as the verb that begins with it: 比上年增长."""
    verb = next((form for form in lexicon.quantities.changes if form.startswith(match["letter"])), match["letter"])
    return f"{match['since']}{verb}"


@compiled
def _count_of_named(lexicon: Lexicon) -> re.Pattern[str]:
    """Match how many there are of what a list names, where another number says what they do: 等4个区50%以上."""
    units = known_unit(lexicon)
    return re.compile(rf"(?<=等)\d{{1,3}}(?:{units})(?=[\u4e00-\u9fff]{{2,20}}\d+(?:\.\d+)?\s?[%‰])")


@compiled
def _more(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number that is said to be passed: 300多人, 1万余人次."""
    return re.compile(
        rf"(?P<number>\d(?:[\d.]{{0,12}})[百千万亿]{{0,2}})[余多](?={either(lexicon.quantities.units)}|万|亿)"
    )

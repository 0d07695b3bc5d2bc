"""Compile the words of the lexicon into the patterns by which numeric targets are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.units import known_unit, second_unit, unit_after_number
from policygraph.extract.targets.needed_patterns import Maker, MeasurePatterns
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, either_of, in_order, longest_first, of_kind, one_of, word_of, word_pattern

_RATIO_TO_ONE = r"(?:\d:\d|1:\d+(?:\.\d+)?|\d++(?:\.\d++)?:1)(?![\d:])"  # 1.8:1 is one value, 22:00 none
_NO_YEAR = r"(?!20[1-6]\d年)"  # 2025年2500万千瓦、2030年达到4000万千瓦
_NUMBER = rf"{_NO_YEAR}(?:{_RATIO_TO_ONE}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d++(?:\.\d++)?+(?!:\d))"
_BASE_YEARS = r"20\d\d年?(?:(?:和|、|及)20\d\d年?)*"
_LIST = r"\s?(?:和|、|及|与|,)\s?"
_RANGE = r"\s?(?:-|—+|–|~|至|到)\s?"
_SEVERAL = r"(?:[^\d,、]{2,12}、){1,9}(?=[^\d,、]{1,12}等)"  # A、B等园区
_WORKS, _SIZES = ("count", "items", "lines", "sets", "machines", "households"), ("length", "area")
NOUN = r"\s?的?(?P<noun>(?![并且和及])(?:(?![和及与]\d)[\u4e00-\u9fff“”A-Za-z0-9+()]){2,20})"


@dataclass(frozen=True, slots=True)
class _Parts:
    """What several patterns are made of."""

    pre: str  # 不低于
    post: str  # 以上
    least: str  # 至少
    above: str  # what stands behind 以上
    at_least: str  # 以上
    hedges: str  # 分别
    each: str  # 年均
    changes: str  # 提高
    counts: str  # 建成
    batch: str  # 首批
    holders: str  # 全市
    values: str  # 7.5‰和5‰以下
    counted: str  # 3所


def _value(unit: str) -> re.Pattern[str]:
    """Match a number with its unit, or a range of two."""
    top = rf"{_RANGE}(?P<top>{_NUMBER})\s?(?P<above>{unit})?"
    return re.compile(rf"(?P<number>{_NUMBER})\s?(?P<unit>{unit})?(?:{top})?")


def _listed(post: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a thing of a list behind its number: 3所学校、2个球场."""
    values = rf"(?:{_NUMBER})(?:{_RANGE}(?:{_NUMBER}))?\s?(?:{known_unit(lexicon)})"
    return re.compile(rf"(?P<values>{values}){post}{NOUN}(?=$|[、和及])")


def _within(parts: _Parts, long: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a share that stands behind its whole: 占全部学校的80%."""
    whole = rf"(?:(?P<pre>{long})|{word_of('of-whole', lexicon)})"
    return _looped(rf"{whole}[^\d,、]{{2,30}}的\s?{parts.values}(?=$|[、,和及])")


def _listed_on(parts: _Parts, post: str) -> re.Pattern[str]:
    """Match what a list goes on with, whatever it is called."""
    noun = r"(?P<noun>[^\d,、]{2,40}?)(?=$|[、和及]\d)"
    return _looped(rf"\s?(?P<pre>{parts.pre})?(?P<values>{parts.counted}){post}{noun}")


def _bare(parts: _Parts, post: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number that no word compares; 100台(套) is one unit."""
    ends = rf"$|[、和]|及(?!其?以)|\((?!{second_unit(lexicon)}\))|{word_of('currency', lexicon)}$"
    return _looped(rf"(?=\d)(?<![\d.])(?P<values>{parts.counted}){post}(?={ends})")


def _apiece(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a word that gives each the same: 均, but not inside 平均 or 人均, nor before 类."""
    return re.compile(rf"(?<![平年人户亩地场])(?:{word_of('apiece', lexicon)})(?![类级种项地县区市])")


@compiled
def measure_patterns(lexicon: Lexicon) -> MeasurePatterns:
    """Return the patterns of a lexicon, each compiled once."""
    parts = _parts(lexicon)
    return MeasurePatterns({**_of_readings(parts, lexicon), **_of_words(parts, lexicon)})


def _of_readings(parts: _Parts, lexicon: Lexicon) -> dict[str, Maker]:
    """Return how the patterns of the readings are made."""
    long, post = _long(lexicon), _post_or_aside(lexicon)
    return {
        "goal": lambda: _goal(parts, lexicon),
        "count": lambda: _count(parts, post),
        "change": lambda: _change(parts, lexicon),
        "bare": lambda: _bare(parts, post, lexicon),
        "value": lambda: _value(unit_after_number(lexicon, parts.post, False)),
        "share": lambda: _share(parts, lexicon),
        "shares": lambda: _shares(parts, lexicon),
        "wholly": lambda: _wholly(lexicon),
        "listed": lambda: _listed(post, lexicon),
        "listed_on": lambda: _listed_on(parts, post),
        "within": lambda: _within(parts, long, lexicon),
        "among": lambda: _looped(rf"[等近](?P<values>{parts.counted}){post}"),
        "aided": lambda: _looped(
            rf"{word_of('aid', lexicon)}(?P<pre>{parts.pre})?(?P<values>{parts.counted}){post}(?!\s?元)"
        ),
        "at_share": lambda: _at_share(parts, long, lexicon),
        "of_places": lambda: _of_places(parts, long),
        "ability": lambda: _ability(parts, lexicon),
        "bracket": lambda: _bracket(parts, lexicon),
        "placed": lambda: _placed(parts, lexicon),
        "those": lambda: _those(parts, lexicon),
        "kept": lambda: _kept(parts, lexicon),
    }


def _of_words(parts: _Parts, lexicon: Lexicon) -> dict[str, Maker]:
    """Return how those of words in names and around numbers are made."""
    return {
        "apart": lambda: re.compile(rf"每|{word_of('among', lexicon)}|{parts.changes}"),
        "before": lambda: re.compile(rf"(?:{parts.hedges}|{parts.each})+$"),
        "least": lambda: re.compile(rf"({parts.least})$"),
        "least_first": lambda: re.compile(rf"(?P<whom>[^\d,、]{{0,10}}?)(?P<least>{parts.least})(?={parts.counts})"),
        "per": lambda: re.compile(either(lexicon.quantities.standing)),
        "shall": lambda: re.compile(rf"^{word_of('shall', lexicon)}(?={parts.counts})"),
        "aid": lambda: word_pattern("aid", lexicon),
        "rare": lambda: _rare(lexicon),
        "does": lambda: re.compile(_does(lexicon)),
        "added": lambda: _added(parts, lexicon),
        "adding": lambda: re.compile(rf"(?<![或和及与、])(?:{word_of('adding', lexicon)})(?=.)(?![或和及与])"),
        "apiece": lambda: _apiece(lexicon),
        "time": lambda: re.compile(rf"\d\s?(?:{word_of('time-unit', lexicon)})$|元$"),
        "part": lambda: re.compile(rf"(?P<name>.+?)(?P<pre>{_long(lexicon)})(?P<part>[\u4e00-\u9fff]{{2,4}})"),
        "assurances": lambda: tuple(longest_first(lexicon.targets.assurances)),
        "count_verbs": lambda: (*lexicon.targets.count_verbs, *lexicon.targets.goal_openers),
    }


def _post_or_aside(lexicon: Lexicon) -> str:
    """Match a comparator behind a number, and what an aside says before it: 12万个(含私人桩)以上."""
    said = _post(lexicon)
    aside = rf"\((?:{either_of(lexicon.names.asides, 'start')})[^()\d]{{1,16}}\)"
    return f"(?:{aside}(?={said}))?(?P<post>{said})?"


def _rare(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what stands around the numbers of seldom readings, and seldom elsewhere."""
    able = rf"%[^\d,、]{{0,4}}的[^\d,、的]{{2,20}}{word_of('ability', lexicon)}$"
    return re.compile(rf"的\s?\d|[等近]\d|\(\D{{0,6}}\d|{word_of('aid', lexicon)}\D{{0,4}}\d|{able}")


def _long(lexicon: Lexicon) -> str:
    """Match a comparator that is no part of a name, as 为, 达, 超 may be."""
    return either(form for form in lexicon.quantities.compared("pre") if len(form) > 1)


def _looped(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a list, in which what may stand between two is asked for behind the first only.

    A condition cannot name a group that begins behind it: it has its number. So what is listed is written once.

    >>> _looped(r"为(?P<values>(?:(?(more)[、和])(?P<more>)[0-9]%)+)").match("为1%、2%和3%4%")["values"]
    '1%、2%和3%'
    """
    number = pattern[: pattern.index("(?P<more>")].count("(?P<") + 1
    return re.compile(pattern.replace("(?(more)", f"(?({number})"), re.VERBOSE)


def _goal(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    forms = (*lexicon.grammar.rule_words["attained"], *lexicon.quantities.compared("pre"))
    first = one_of(sorted({form[0] for form in forms}))
    return _looped(
        rf"""
        (?={first})(?P<pre>(?P<attained>{word_of("attained", lexicon)})|{parts.pre}) \s?   # 不低于
        {parts.values}                                                          # 22%和30%
        """,
    )


def _count(parts: _Parts, post: str) -> re.Pattern[str]:
    return _looped(
        rf"""
        (?P<count>{parts.counts}) (?:\([^()\d]{{2,4}}\))? (?:{parts.holders})?          # 建成, 新建(改建), 完成全市
        (?:{parts.hedges}|{parts.batch})* (?P<pre>{parts.pre})?                 # 不少于
        (?P<values>{parts.counted}) {post}                                      # 3所以上
        """,
    )


def _parts(lexicon: Lexicon) -> _Parts:
    words, post = lexicon.quantities, _post(lexicon)
    unit, noun_after = unit_after_number(lexicon, post, False), unit_after_number(lexicon, post, True)
    one = rf"(?:{_NUMBER})\s?(?:{unit})?(?:{_RANGE}(?:{_NUMBER})\s?(?:{unit})?)?"
    at_least = [form for form in words.compared("post") if words.comparators[form, "post"] == ">="]
    return _Parts(
        pre=either(words.compared("pre")),
        post=post,
        least=either(form for form in words.compared("pre") if words.comparators[form, "pre"][1:] == "="),
        at_least=either(at_least),
        above=in_order(f"(?<={re.escape(form)})" for form in at_least),
        hedges=either(words.hedges),
        each=either([*of_kind(words.standing, "年"), *lexicon.grammar.rule_words["yearly"]]),
        changes=either(words.changes),
        counts=either(
            [
                *lexicon.targets.count_verbs,
                *lexicon.targets.goal_openers,
                *lexicon.grammar.rule_words["supplied"],
                *lexicon.grammar.rule_words["allotted"],
            ]
        ),
        batch=word_of("batch", lexicon),
        holders=either(lexicon.targets.trends["holder"]),
        values=rf"(?P<values>(?:(?(more)(?:{post})?{_LIST})(?P<more>){one})+)(?P<post>{post})?",
        counted=rf"(?:(?(more){_RANGE}(?:{_NUMBER})|(?:{_NUMBER})(?:{_RANGE}(?:{_NUMBER}))?)\s?"
        rf"(?:{noun_after}|(?(more)|(?!)))(?P<more>)){{1,2}}",
    )


def _post(lexicon: Lexicon) -> str:
    return either(lexicon.quantities.compared("post"))


def _change(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a change, with what it is counted from: 在2019年基础上提高10%, 比“十三五”末年均提高1个百分点."""
    return _looped(
        rf"""
        (?: (?:{parts.hedges})* (?<!合)同?[在比较]                                          # 比
            (?P<base> {_BASE_YEARS}                                                 # 2019年
                | {either(lexicon.quantities.baselines)}                            # 上年
                | [\u4e00-\u9fff]{{2,6}}期?末 )                                     # 规划期末
            年? [底末]? 的? {word_of("on-basis", lexicon)}?                          # 基础上
        )?
        (?:{parts.hedges})* (?P<each>{parts.each})?                                 # 年均
        (?:{parts.hedges}|{parts.least})*                                           # 至少
        (?P<verb>{parts.changes}) 了?                                                # 提高
        (?:{parts.hedges}|{parts.pre})? \s?                                         # 不低于
        {parts.values}                                                              # 10%和15%
        """,
    )


def _at_share(parts: _Parts, long: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match at what share of a whole something is to be made: 按不低于30%的车位比例建设充电设施."""
    return re.compile(
        rf"""
        按[照]? (?P<pre>{long}) \s? (?P<values>\d+(?:\.\d+)?%) (?P<post>(?!)){{0}}      # 按不低于30%
        的? (?P<of>[^\d,、]{{0,12}}?{word_of("share", lexicon)})                        # 的车位比例
        (?P<does>(?:{parts.counts})[^\d,]{{2,30}})$                                   # 建设充电设施
        """,
        re.VERBOSE,
    )


def _of_places(parts: _Parts, long: str) -> re.Pattern[str]:
    """Match what share of a whole is to have something: 配建不低于固定车位25%的充电设施."""
    return re.compile(
        rf"""
        (?P<does>{parts.counts}) (?P<pre>{long}) (?P<of>[^\d,、]{{2,12}})                # 配建不低于固定车位
        (?P<values>\d+(?:\.\d+)?%) (?P<post>(?!)){{0}} 的 (?P<thing>[^\d,、]{{2,20}})$   # 25%的充电设施
        """,
        re.VERBOSE,
    )


def _ability(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match of what share of a whole something is able: 具备3%左右的响应能力, 占最大负荷5%的调节能力."""
    return re.compile(
        rf"""
        (?:(?P<of>占[^\d,、]{{2,16}})|{word_of("has-ability", lexicon)})                # 占最大负荷, 具备
        (?P<values>\d+(?:\.\d+)?%) (?P<post>{parts.post})?                           # 5%左右
        的 (?P<thing>[^\d,、的]{{2,20}}{word_of("ability", lexicon)})$                  # 的响应能力
        """,
        re.VERBOSE,
    )


def _added(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match the verb of a change that opens a name, with the period before it: 三年新增, 每年新增."""
    return re.compile(
        rf"(?P<each>{either(lexicon.quantities.standing)})?(?:[一二三四五\d]年)?(?P<verb>{parts.changes})加?(?=..)(?![或和及与])"
    )


def _bracket(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number of things in brackets behind their name: 示范社区(20个)."""
    return _looped(
        rf"""
        (?<=[\u4e00-\u9fff”]) \( (?P<pre>{parts.pre})?                            # (不少于
        (?P<values>{parts.counted}) (?P<post>{parts.post})? \)                    # 20个以上)
        (?<! [分年岁元级日月时次%] \) ) (?=$|[、,;和及])
        """,
    )


def _placed(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match how many works are to be done, and where, before their name: 完成东岛8座水闸的续建."""
    words, units = lexicon.targets, lexicon.quantities.units
    does = either([*words.count_verbs, *words.goal_openers, *words.manners, *words.assurances])
    works = either(form for form in units if units.read(form).dimension in _WORKS and units.read(form).factor >= 1)
    sizes = either(form for form in units if units.read(form).dimension in _SIZES and units.read(form).factor > 1)
    sized = either(lexicon.quantities.number_words["project-size"])  # 建筑面积
    no_thing = f"{word_of('time-unit', lexicon)}|{word_of('range-end', lexicon)}"  # 5个工作日, 1公里范围
    return re.compile(
        rf"""
        \A\s? (?:[^,:\d]{{1,8}}:)? (?P<does>(?:{does})+) (?P<of>(?:(?!{sized}\d)[^\d,、的“”()]){{2,12}}?)  # 完成东岛
        (?P<values>(?:{_NUMBER})\s?(?:{works}|{sizes})) (?P<post>(?!))?             # 8座
        (?!{parts.post}|[(内外]|{no_thing}|[^、]*\d) {NOUN}(?=$|[、和及])             # 水闸的续建
        """,
        re.VERBOSE,
    )


def _does(lexicon: Lexicon) -> str:
    return either([*lexicon.targets.share_verbs, *lexicon.grammar.rule_words["become"]])


def _those(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number of things that will do something: 4家企业进入培育库, 1个卫生院达到二级水平."""
    verbs = _does(lexicon)
    lead = either([*lexicon.targets.assurances, *lexicon.targets.trends["holder"], *lexicon.targets.manners])
    return _looped(
        rf"""
        \s? (?:{lead}|{parts.hedges}|[对为](?={lead}|\d))* (?P<pre>{parts.pre})?      # 力争, 对全市
        (?P<values>{parts.counted}) (?P<post>{parts.post})?                        # 4家
        (?P<name> (?![\d的]) [^\d,、的]{{2,20}}? (?:{verbs}) [^,、]{{0,30}} )$        # 企业进入培育库
        """,
    )


def _kept(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match how long something is to go on each day or week: 落实校内每天1小时体育活动."""
    lead = either(lexicon.targets.assurances)
    return re.compile(
        rf"""
        \s? (?:{lead}) (?P<of>[^\d,]{{0,12}}?)                                     # 落实校内
        (?P<each>{either(lexicon.quantities.standing)})    # 每天
        (?P<where>(?:(?!{parts.pre})[^\d,]){{0,4}})                                # 校内
        (?P<values>\d+(?:\.\d+)?\s?{word_of("time-unit", lexicon)}) (?P<post>{parts.post})?   # 1小时以上
        (?P<name>[^\d,、的]{{2,12}})$                                             # 体育活动
        """,
        re.VERBOSE,
    )


def _share(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match what a share of a whole does: 80%以上的村建成示范设施, 60%以上达到二级水平."""
    verbs = either(lexicon.targets.share_verbs)
    return re.compile(
        rf"""
        \s? (?P<lead>(?:{either([*lexicon.targets.assurances, *lexicon.targets.trends["holder"]])})*)  # 确保全市
        (?: [^\d,、]{{0,12}}?(?P<has>{word_of("has-to", lexicon)})                      # 示范村要有
            | (?P<of>(?:{_SEVERAL})?[^\d,、]{{2,12}})                               # A、B等园区70%以上
              (?<![率重例度占达到的])(?=\d+(?:\.\d+)?%(?:{parts.at_least}|的?{word_of("part-area", lexicon)})) )?
        (?:{word_of("takes", lexicon)}(?P<pre>{parts.least}))?                            # 将不低于
        (?P<values>\d+(?:\.\d+)?(?:%|‰|成))                                        # 80%
        (?! .* (?:{word_of("condition", lexicon)} | [的时后]$) )                     # no condition: …的给予奖励
        (?P<post>{parts.post})?                                                     # 以上
        (?: 的 (?P<name>[^\d]{{2,20}}? (?:{verbs}) .{{0,40}})                        # 的村建成示范设施
            | (?:{parts.above}|(?(has)|(?!))) (?P<does>[^\d,、]{{0,20}}?(?:{verbs}) .{{0,40}})      # 科技人员落户企业
        )$
        """,
        re.VERBOSE,
    )


def _shares(parts: _Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match what shares of two wholes do: 80%以上的乡镇和60%以上的村建成示范设施, 设施覆盖90%以上乡镇、60%以上村."""
    share, verbs = rf"\d+(?:\.\d+)?%(?:{parts.post})?的?", either(lexicon.targets.share_verbs)
    joins = either([*lexicon.names.list_joins, "、"])
    two = rf"(?P<values>{share}(?P<one>[^\d,、]{{1,16}}?)(?:{joins})\d+(?:\.\d+)?%)(?P<post>{parts.post})?的?"
    does = rf"(?P<two>[^\d,]{{1,20}}?)(?P<does>(?:{verbs})[^,]{{0,40}})"
    lead = either([*lexicon.targets.assurances, *lexicon.targets.trends["holder"]])
    of = rf"(?:(?P<of>[^\d,、]{{0,30}}{word_of('covers', lexicon)})|(?:{lead})*)"
    return re.compile(rf"\s?{of}{two}(?:(?(of)(?P<last>[^\d,、]{{1,16}})|(?!))|{does})$")


def _wholly(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what is to be done for all, behind 100%: 水质100%达标, 单位100%实现分级管理."""
    verbs = either([*lexicon.targets.share_verbs, *lexicon.targets.count_verbs])
    does = rf"全?{word_of('covered', lexicon)}|(?:{verbs})[^\d,、的]{{2,20}}|[^\d,、的]{{2,8}}化|“[^“”]{{2,12}}”"
    return re.compile(rf"(?<=[\u4e00-\u9fffA-Za-z])(?P<values>100%)(?P<post>(?!))?(?P<does>{does})$")

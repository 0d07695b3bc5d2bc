"""Compile the words of the lexicon into the patterns by which numeric targets are read."""

from __future__ import annotations

import re

from policygraph.extract.grammar.units import known_unit, second_unit, unit_after_number
from policygraph.extract.targets.needed_patterns import Maker, MeasurePatterns
from policygraph.extract.targets.pattern_parts import (
    NOUN,
    NUMBER,
    RANGE,
    Parts,
    long_pre,
    looped,
    parts_of,
    post_of,
)
from policygraph.extract.targets.seldom_patterns import (
    ability_pattern,
    at_share_pattern,
    does_pattern,
    kept_pattern,
    of_places_pattern,
    placed_pattern,
    settled_pattern,
    those_pattern,
    wholly_pattern,
    within_pattern,
)
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, either_of, longest_first, one_of, word_of, word_pattern

_BASE_YEARS = r"20\d\d年?(?:(?:和|、|及)20\d\d年?)*"
_SEVERAL = r"(?:[^\d,、]{2,12}、){1,9}(?=[^\d,、]{1,12}等)"  # A、B等园区


def _value(unit: str) -> re.Pattern[str]:
    """Match a number with its unit, or a range of two."""
    top = rf"{RANGE}(?P<top>{NUMBER})\s?(?P<above>{unit})?"
    return re.compile(rf"(?P<number>{NUMBER})\s?(?P<unit>{unit})?(?:{top})?")


def _listed(post: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a thing of a list behind its number: 3所学校、2个球场."""
    values = rf"(?:{NUMBER})(?:{RANGE}(?:{NUMBER}))?\s?(?:{known_unit(lexicon)})"
    return re.compile(rf"(?P<values>{values}){post}{NOUN}(?=$|[、和及])")


def _listed_on(parts: Parts, post: str) -> re.Pattern[str]:
    """Match what a list goes on with, whatever it is called."""
    noun = r"(?P<noun>[^\d,、]{2,40}?)(?=$|[、和及]\d)"
    return looped(rf"\s?(?P<pre>{parts.pre})?(?P<values>{parts.counted}){post}{noun}")


def _bare(parts: Parts, post: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number that no word compares; 100台(套) is one unit."""
    ends = rf"$|[、和]|及(?!其?以)|\((?!{second_unit(lexicon)}\))|{word_of('currency', lexicon)}$"
    return looped(rf"(?=\d)(?<![\d.])(?P<values>{parts.counted}){post}(?={ends})")


def _apiece(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a word that gives each the same: 均, but not inside 平均 or 人均, nor before 类."""
    return re.compile(rf"(?<![平年人户亩地场])(?:{word_of('apiece', lexicon)})(?![类级种项地县区市])")


@compiled
def measure_patterns(lexicon: Lexicon) -> MeasurePatterns:
    """Return the patterns of a lexicon, each compiled once."""
    parts = parts_of(lexicon)
    return MeasurePatterns({**_of_readings(parts, lexicon), **_of_words(parts, lexicon)})


def _of_readings(parts: Parts, lexicon: Lexicon) -> dict[str, Maker]:
    """Return how the patterns of the readings are made."""
    long, post = long_pre(lexicon), _post_or_aside(lexicon)
    return {
        "goal": lambda: _goal(parts, lexicon),
        "count": lambda: _count(parts, post),
        "change": lambda: _change(parts, lexicon),
        "bare": lambda: _bare(parts, post, lexicon),
        "value": lambda: _value(unit_after_number(lexicon, parts.post, False)),
        "share": lambda: _share(parts, lexicon),
        "shares": lambda: _shares(parts, lexicon),
        "wholly": lambda: wholly_pattern(lexicon),
        "listed": lambda: _listed(post, lexicon),
        "listed_on": lambda: _listed_on(parts, post),
        "within": lambda: within_pattern(parts, long, lexicon),
        "among": lambda: looped(rf"[等近](?P<values>{parts.counted}){post}"),
        "aided": lambda: looped(
            rf"{word_of('aid', lexicon)}(?P<pre>{parts.pre})?(?P<values>{parts.counted}){post}(?!\s?元)"
        ),
        "at_share": lambda: at_share_pattern(parts, long, lexicon),
        "of_places": lambda: of_places_pattern(parts, long),
        "ability": lambda: ability_pattern(parts, lexicon),
        "bracket": lambda: _bracket(parts, lexicon),
        "placed": lambda: placed_pattern(parts, lexicon),
        "those": lambda: those_pattern(parts, lexicon),
        "settled": lambda: settled_pattern(lexicon),
        "kept": lambda: kept_pattern(parts, lexicon),
    }


def _of_words(parts: Parts, lexicon: Lexicon) -> dict[str, Maker]:
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
        "does": lambda: re.compile(f"{does_pattern(lexicon)}|{word_of('meant', lexicon)}|”(?:、|$)"),
        "settles": lambda: word_pattern("settles", lexicon),
        "added": lambda: _added(parts, lexicon),
        "adding": lambda: re.compile(rf"(?<![或和及与、])(?:{word_of('adding', lexicon)})(?=.)(?![或和及与])"),
        "apiece": lambda: _apiece(lexicon),
        "time": lambda: re.compile(rf"\d\s?(?:{word_of('time-unit', lexicon)})$|元$"),
        "part": lambda: re.compile(rf"(?P<name>.+?)(?P<pre>{long_pre(lexicon)})(?P<part>[\u4e00-\u9fff]{{2,4}})"),
        "assurances": lambda: tuple(longest_first(lexicon.targets.assurances)),
        "count_verbs": lambda: (*lexicon.targets.count_verbs, *lexicon.targets.goal_openers),
    }


def _post_or_aside(lexicon: Lexicon) -> str:
    """Match a comparator behind a number, and what an aside says before it: 12万个(含私人桩)以上."""
    said = post_of(lexicon)
    aside = rf"\((?:{either_of(lexicon.names.asides, 'start')})[^()\d]{{1,16}}\)"
    return f"(?:{aside}(?={said}))?(?P<post>{said})?"


def _rare(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what stands around the numbers of seldom readings, and seldom elsewhere."""
    able = rf"%[^\d,、]{{0,4}}的[^\d,、的]{{2,20}}{word_of('ability', lexicon)}$"
    return re.compile(
        rf"的\s?\d|[等近]\d|\(\D{{0,6}}\d|{word_of('aid', lexicon)}\D{{0,4}}\d|{able}|{word_of('settles', lexicon)}"
    )


def _goal(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    forms = (*lexicon.grammar.rule_words["attained"], *lexicon.quantities.compared("pre"))
    first = one_of(sorted({form[0] for form in forms}))
    return looped(
        rf"""
        (?={first})(?P<pre>(?P<attained>{word_of("attained", lexicon)})|{parts.pre}) \s?   # 不低于
        {parts.values}                                                          # 22%和30%
        """,
    )


def _count(parts: Parts, post: str) -> re.Pattern[str]:
    return looped(
        rf"""
        (?P<count>{parts.counts}) (?:\([^()\d]{{2,4}}\))? (?:{parts.holders})?          # 建成, 新建(改建), 完成全市
        (?:{parts.hedges}|{parts.batch})* (?P<pre>{parts.pre})?                 # 不少于
        (?P<values>{parts.counted}) {post}                                      # 3所以上
        """,
    )


def _change(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a change, with what it is counted from: 在2019年基础上提高10%, 比“十三五”末年均提高1个百分点."""
    return looped(
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


def _added(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match the verb of a change that opens a name, with the period before it: 三年新增, 每年新增."""
    return re.compile(
        rf"(?P<each>{either(lexicon.quantities.standing)})?(?:[一二三四五\d]年)?(?P<verb>{parts.changes})加?(?=..)(?![或和及与])"
    )


def _bracket(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number of things in brackets behind their name: 示范社区(20个)."""
    return looped(
        rf"""
        (?<=[\u4e00-\u9fff”]) \( (?P<pre>{parts.pre})?                            # (不少于
        (?P<values>{parts.counted}) (?P<post>{parts.post})? \)                    # 20个以上)
        (?<! [分年岁元级日月时次%] \) ) (?=$|[、,;和及])
        """,
    )


def _share(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match what a share of a whole does: 80%以上的村建成示范设施, 60%以上达到二级水平."""
    verbs = either(lexicon.targets.share_verbs)
    return re.compile(
        rf"""
        \s? (?P<lead>(?:{either([*lexicon.targets.assurances, *lexicon.targets.trends["holder"]])})*)  # 确保全市
        (?: [^\d,、]{{0,12}}?(?P<has>{word_of("has-to", lexicon)})  # 示范村要有
            | (?P<part>{word_of("among", lexicon)})[^\d,、]{{0,12}}?                  # 其中
            | (?P<of>(?:{_SEVERAL})?[^\d,、]{{2,12}})                               # A、B等园区70%以上
              (?<![率重例度占达到的])(?=\d+(?:\.\d+)?%(?:{parts.at_least}|的?{word_of("part-area", lexicon)})) )?
        (?:{word_of("takes", lexicon)}(?P<pre>{parts.least}))?                            # 将不低于
        (?P<values>\d+(?:\.\d+)?(?:%|‰|成))                                        # 80%
        (?! .* (?:{word_of("condition", lexicon)} | [的时后]$) )                     # no condition: …的给予奖励
        (?P<post>{parts.post})?                                                     # 以上
        (?: 的 (?P<name>[^\d]{{2,20}}? (?:{verbs}) .{{0,40}})                        # 的村建成示范设施
            | (?:{parts.above}|(?(has)|(?(part)|(?!))))
              (?P<does>[^\d,、]{{0,20}}?(?:{verbs}) .{{0,40}})                         # 科技人员落户企业
        )$
        """,
        re.VERBOSE,
    )


def _shares(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match what shares of two wholes do: 80%以上的乡镇和60%以上的村建成示范设施, 设施覆盖90%以上乡镇、60%以上村."""
    share, verbs = rf"\d+(?:\.\d+)?%(?:{parts.post})?的?", either(lexicon.targets.share_verbs)
    joins = either([*lexicon.names.list_joins, "、"])
    two = rf"(?P<values>{share}(?P<one>[^\d,、]{{1,16}}?)(?:{joins})\d+(?:\.\d+)?%)(?P<post>{parts.post})?的?"
    does = rf"(?P<two>[^\d,]{{1,20}}?)(?P<does>(?:{verbs})[^,]{{0,40}})"
    lead = either([*lexicon.targets.assurances, *lexicon.targets.trends["holder"]])
    of = rf"(?:(?P<of>[^\d,、]{{0,30}}{word_of('covers', lexicon)})|(?:{lead})*)"
    return re.compile(rf"\s?{of}{two}(?:(?(of)(?P<last>[^\d,、]{{1,16}})|(?!))|{does})$")

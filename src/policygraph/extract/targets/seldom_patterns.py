"""Compile the patterns of numeric targets that few sentences have: shares of places, works and where they are done."""

from __future__ import annotations

import re

from policygraph.extract.targets.pattern_parts import NOUN, NUMBER, Parts, looped
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of

_WORKS, _SIZES = ("count", "items", "lines", "sets", "machines", "households"), ("length", "area")


def at_share_pattern(parts: Parts, long: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match at what share of a whole something is to be made: 按不低于30%的车位比例建设充电设施."""
    return re.compile(
        rf"""
        按[照]? (?P<pre>{long}) \s? (?P<values>\d+(?:\.\d+)?%) (?P<post>(?!)){{0}}      # 按不低于30%
        的? (?P<of>[^\d,、]{{0,12}}?{word_of("share", lexicon)})                        # 的车位比例
        (?P<does>(?:{parts.counts})[^\d,]{{2,30}})$                                   # 建设充电设施
        """,
        re.VERBOSE,
    )


def of_places_pattern(parts: Parts, long: str) -> re.Pattern[str]:
    """Match what share of a whole is to have something: 配建不低于固定车位25%的充电设施."""
    return re.compile(
        rf"""
        (?P<does>{parts.counts}) (?P<pre>{long}) (?P<of>[^\d,、]{{2,12}})                # 配建不低于固定车位
        (?P<values>\d+(?:\.\d+)?%) (?P<post>(?!)){{0}} 的 (?P<thing>[^\d,、]{{2,20}})$   # 25%的充电设施
        """,
        re.VERBOSE,
    )


def ability_pattern(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match of what share of a whole something is able: 具备3%左右的响应能力, 占最大负荷5%的调节能力."""
    return re.compile(
        rf"""
        (?:(?P<of>占[^\d,、]{{2,16}})|{word_of("has-ability", lexicon)})                # 占最大负荷, 具备
        (?P<values>\d+(?:\.\d+)?%) (?P<post>{parts.post})?                           # 5%左右
        的 (?P<thing>[^\d,、的]{{2,20}}{word_of("ability", lexicon)})$                  # 的响应能力
        """,
        re.VERBOSE,
    )


def placed_pattern(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match how many works are to be done, and where, before their name: 完成东岛8座水闸的续建.

    In how many places is said before what is done there: 在全市25个乡镇、100个村设置自助设备.
    """
    words, units = lexicon.targets, lexicon.quantities.units
    does = either([*words.count_verbs, *words.goal_openers, *words.manners, *words.assurances])
    works = either(form for form in units if units.read(form).dimension in _WORKS and units.read(form).factor >= 1)
    sizes = either(form for form in units if units.read(form).dimension in _SIZES and units.read(form).factor > 1)
    sized = either(lexicon.quantities.number_words["project-size"])  # 建筑面积
    no_thing = f"{word_of('time-unit', lexicon)}|{word_of('range-end', lexicon)}"  # 5个工作日, 1公里范围
    kinds = either(lexicon.quantities.number_words["kind-unit"])
    lead, place = either(words.trends["holder"]), rf"(?!{kinds})[^\d,、的]{{1,14}}?"
    places = rf"(?P<two>{place})(?P<makes>(?:{parts.counts})[^\d,]{{2,30}})$"
    return re.compile(
        rf"""
        \A\s? (?: (?P<at>在)(?:[^\d,、]{{2,8}}[和及])?(?:{lead})*                      # 在市本级和, 在全市
            | (?:[^,:\d]{{1,8}}:)? (?P<does>(?:{does})+) (?P<of>(?:(?!{sized}\d)[^\d,、的“”()]){{2,12}}?) )  # 完成东岛
        (?P<values>(?:{NUMBER})\s?(?:{works}|{sizes})                              # 8座, 25个乡镇、100个
            (?:(?(at)(?P<one>{place})、|(?!))(?:{NUMBER})\s?(?:{works}))?) (?P<post>(?!))?
        (?!{parts.post}|[(内外]|{no_thing}|[^、]*\d) (?(at){places}|{NOUN}(?=$|[、和及]))   # 水闸的续建
        """,
        re.VERBOSE,
    )


def does_pattern(lexicon: Lexicon) -> str:
    """Match what some of many will do: 达到, 入选."""
    return either([*lexicon.targets.share_verbs, *lexicon.grammar.rule_words["become"]])


def those_pattern(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a number of things that will do something: 4家企业进入培育库, 1个卫生院达到二级水平."""
    verbs = does_pattern(lexicon)
    lead = either([*lexicon.targets.assurances, *lexicon.targets.trends["holder"], *lexicon.targets.manners])
    time = f"{word_of('time-unit', lexicon)}{word_of('range-end', lexicon)}"  # 在10个工作日内完成手续
    meant, towards = word_of("meant", lexicon), f"(?:[对为]|{word_of('towards', lexicon)})"
    return looped(
        rf"""
        \s? (?P<meant>{meant})? (?:{lead}|{parts.hedges}|{towards}(?={lead}|\d))* (?P<pre>{parts.pre})?   # 力争, 对全市
        (?P<values>{parts.counted}) (?P<post>{parts.post})?                        # 4家
        (?P<name> (?![\d的以]|{time}) (?: [^\d,、的]{{2,20}}? (?:{verbs}) [^,、]{{0,30}}        # 企业进入培育库
            | (?(meant)[^\d,、的]{{4,40}}|(?!))
            | [\u4e00-\u9fff]{{2,8}}“[^“”]{{2,12}}” ) )(?:$|(?<=”)(?=、))   # 事项“零材料办”
        """,
    )


def settled_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Match within what time something is settled: 3个工作日内办结."""
    values = rf"(?P<values>\d+(?:\.\d+)?\s?{word_of('time-unit', lexicon)})"
    return re.compile(
        rf"{values}(?P<post>(?!))?{word_of('range-end', lexicon)}(?P<does>{word_of('settles', lexicon)})$"
    )


def kept_pattern(parts: Parts, lexicon: Lexicon) -> re.Pattern[str]:
    """Match how long or how often something is done in each period: 落实校内每天1小时体育活动, 每月1期宣传企业."""
    lead, often = either(lexicon.targets.assurances), word_of("often", lexicon)
    long = rf"(?(lead){word_of('time-unit', lexicon)}|(?!))"
    return re.compile(
        rf"""
        \s? (?P<lead>{lead})? (?P<of>(?!每[个家所座])[^\d,]{{0,8}}?(?:\d+周?岁[^\d,]{{2,8}}?)?[^\d,]{{0,6}}?)  # 落实
        (?P<each>{either(lexicon.quantities.standing)})    # 每天
        (?P<where>(?:(?!{parts.pre})[^\d,]){{0,4}})                                # 校内
        (?P<values>\d+(?:\.\d+)?\s?(?:{long}|(?P<often>{often}))) (?P<post>{parts.post})?   # 1小时以上, 1期
        (?P<name>(?!{parts.post})(?:[^\d,、的]{{2,12}}|(?(often)[^\d,]{{2,24}}|(?!))))$   # 体育活动
        """,
        re.VERBOSE,
    )


def wholly_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what is to be done for all, behind 100%: 水质100%达标, 单位100%实现分级管理."""
    verbs = either([*lexicon.targets.share_verbs, *lexicon.targets.count_verbs])
    does = rf"全?{word_of('covered', lexicon)}|(?:{verbs})[^\d,、的]{{2,20}}|[^\d,、的]{{2,8}}化|“[^“”]{{2,12}}”"
    return re.compile(rf"(?<=[\u4e00-\u9fffA-Za-z])(?<!按)(?P<values>100%)(?P<post>(?!))?(?P<does>{does})(?=$|\()")


def within_pattern(parts: Parts, long: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a share that stands behind its whole: 占全部学校的80%."""
    whole = rf"(?:(?P<pre>{long})|{word_of('of-whole', lexicon)})"
    return looped(rf"{whole}[^\d,、]{{2,30}}的\s?{parts.values}(?=$|[、,和及])")

"""Read the years a target is meant for: 「到2022年和2030年,」, 「“十四五”期末,」, 「2025年底前」, 「今年底前」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.numerals import value_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, of_kind, word_of
from policygraph.records import record

_YEAR = r"(?:20[1-6]\d|二[〇零][一二三四五六][〇零一二三四五六七八九])"
_YEARS = rf"{_YEAR}年?(?:(?:和|、|及|与){_YEAR}年?)*"
_RANGE = rf"{_YEAR}年?(?:\d{{1,2}}月)?\s?(?:-|—+|–|~|至|到)\s?{_YEAR}年"
_MONTH = r"(?:\d{1,2}月(?:\d{1,2}日|底|末|份)?)"
_COMMA = r"(?P<comma>\s?[,:])?"
_ANY_YEAR = re.compile(_YEAR)
_LOST = re.compile(rf"\s*(?:到|至)(?P<years>{_YEAR})(?=\d)")


@record
class LeadIn:
    """Years named in a stretch; ``alone`` where a comma follows, so that they hold on.

    ``weak`` where only the year stands there (2025年覆盖率达到50%): enough for a number, not for a trend.
    ``told`` where the words say that it has been (截至2021年底), ``sure`` where words of intent stand before the year,
    ``to`` where 到 does, ``promises`` where it does and no end of a time follows (到2025年, not 到2020年底).
    ``month_end`` where they name the end of a month and neither 到 nor 前 (2022年6月末).
    ``period`` marks a five-year plan (“十三五”期间).
    ``shift`` is set instead of years where the text counts from its own year (今年 0, 明年 1).
    """

    years: tuple[int, ...]
    end: int
    alone: bool
    repaired: bool = False
    weak: bool = False
    shift: int | None = None
    told: bool = False
    sure: bool = False
    to: bool = False
    promises: bool = False
    month_end: bool = False
    period: bool = False


@dataclass(frozen=True, slots=True)
class _YearPatterns:
    """The patterns of one lexicon; ``sign`` is quick, and matches in whatever opens with years."""

    sign: re.Pattern[str]
    lead: re.Pattern[str]
    period: re.Pattern[str]
    relative: re.Pattern[str]
    inside: re.Pattern[str]
    number: re.Pattern[str]
    other_time: re.Pattern[str]


def numbers(text: str, lexicon: Lexicon, start: int, end: int) -> list[int]:
    """Return where in a paragraph numbers or years may begin; stretches that hold none need not be read.

    >>> from policygraph import lexicon
    >>> numbers("达到七成以上", lexicon.bundled(), 0, 6), numbers("加强领导", lexicon.bundled(), 0, 4)
    ([2], [])
    """
    return [match.start() for match in _patterns(lexicon).number.finditer(text, start, end)]


def lead_in(text: str, lexicon: Lexicon, start: int = 0) -> LeadIn | None:
    """Return the years that open a stretch of text, None where it opens with something else.

    >>> from policygraph import lexicon
    >>> lead_in("到2022年和2030年,居民健康素养水平", lexicon.bundled()).years
    (2022, 2030)
    >>> lead_in("2020年和2021年进行试考核", lexicon.bundled()).weak
    True
    """
    patterns = _patterns(lexicon)
    if not patterns.sign.search(text, start):
        return None  # as most
    lost = _LOST.match(text, start)
    if lost:  # 「到202265-74岁」: the page lost what stood between the year and the age
        return LeadIn((int(lost["years"]),), lost.end(), False, True)
    match = patterns.period.match(text, start)
    if match:
        return LeadIn((int(lexicon.time.periods[match["period"]]),), match.end(), bool(match["comma"]), period=True)
    match = patterns.lead.match(text, start)
    if match and match["month"] and not (match["range"] or match["when"] or match["month"].endswith(("底", "末"))):
        return None  # a date, not a term
    if match and (match["to"] or "年" in match["years"] or match["when"] or match["whole"]):
        at_once = not match["when"] or match["when"] in lexicon.grammar.rule_words["before"]  # 2010年前建成的小区
        weak = at_once and not any(match[part] for part in ("to", "comma", "range", "month", "phase", "will"))
        sure = _intended(match, lexicon) or bool(match["will"])
        told = bool(match["until"]) and not sure and not (match["when"] or "").endswith("前")
        years = _numbers(match["years"], match["range"], lexicon)
        return LeadIn(
            years,
            match.end(),
            bool(match["comma"]),
            weak=weak and not told,
            told=told,
            sure=sure,
            to=bool(match["to"]),
            promises=bool(match["to"] and match["comma"] and not (match["when"] or match["month"])),
            month_end=not match["to"] and not match["when"] and (match["month"] or "").endswith(("末", "底")),
        )
    return _relative(text, start, patterns, lexicon)


def inner_years(text: str, lexicon: Lexicon) -> tuple[tuple[int, ...], str]:
    """Return the years that stand before a comparator inside a stretch, and the stretch without them.

    >>> from policygraph import lexicon
    >>> inner_years("居民健康素养水平到2025年达到25%", lexicon.bundled())
    ((2025,), '居民健康素养水平达到25%')
    """
    match = _patterns(lexicon).inside.search(text) if _ANY_YEAR.search(text) else None
    if not match:
        return (), text
    years = match["years"] or match["named"] or match["bare"] or match["later"]
    kept = match["verb"] or match["quantity"] or ""
    return _numbers(years, "", lexicon), f"{text[: match.start()]}{kept}{text[match.end() :]}"


def _relative(text: str, start: int, patterns: _YearPatterns, lexicon: Lexicon) -> LeadIn | None:
    """Read 「今年底前」, 「6月底前」 and 「今年新增」, which count from the year in which the document was written."""
    match = patterns.relative.match(text, start)
    if not match or not (match["before"] or match["form"]):
        return None
    form, sure = match["form"], _intended(match, lexicon)
    runs_on = not match["before"] and not match["comma"]
    if runs_on and (match["month"] or form[-1] in ("底", "末") or patterns.other_time.match(text, match.end())):
        return None
    shift = int(lexicon.time.relative_years[form]) if form else 0
    return LeadIn((), match.end(), bool(match["comma"]), weak=runs_on, shift=shift, sure=sure)


def _intended(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Say whether words of intent stand before a year (力争), not of an estimate (预计)."""
    return bool(match["words"]) and match["words"] not in of_kind(lexicon.targets.past_marks, "report")


def _numbers(text: str, is_range: str | None, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the years of a list; of a range the last, when it ends."""
    found = [int(year if year.isdigit() else value_of(year, lexicon)) for year in _ANY_YEAR.findall(text)]
    return tuple(found[-1:]) if is_range else tuple(dict.fromkeys(found))


@compiled
def _patterns(lexicon: Lexicon) -> _YearPatterns:
    signs = [*"0123456789", *(form for form in lexicon.quantities.numerals if len(form) == 1)]
    relative, part = either(lexicon.time.relative_years), _part(lexicon)
    words, ends = either(lexicon.time.lead_words), either(lexicon.time.period_ends)
    longer = [form for form in (*lexicon.quantities.amounts, *lexicon.time.relative_years) if form[0] not in signs]
    return _YearPatterns(
        sign=re.compile(either(["20", "二〇", "二零", "月", *lexicon.time.periods, *lexicon.time.relative_years])),
        number=re.compile(either([*signs, *longer])),
        lead=re.compile(
            rf"""
            \s{{0,9}} {_phase(lexicon)} (?P<words>{words})?               # 力争
            (?P<to>到|至|(?P<until>{word_of("until", lexicon)}))? \s?      # 到, 截至
            (?P<years>(?P<range>{_RANGE})|{_YEARS})                        # 2022年和2030年
            (?:(?<=年)(?:{part})|(?P<whole>(?<=\d){word_of("part-of-year", lexicon)}))?  # 上半年, 全年
            (?P<month>{_MONTH})?                                           # 6月
            (?P<when>{_when(lexicon)}|{ends})? \)? {_COMMA}               # 底前,
            (?:(?={word_of("will", lexicon)})(?P<will>))?                  # 2025年要
            """,
            re.VERBOSE,
        ),
        period=re.compile(
            rf"""
            \s{{0,9}} (?:{words})? [到至于在]? \s?                         # 到
            (?:[“\"]?(?:{either(lexicon.time.periods)})[”\"]?[和、及至])?     # “十四五”和
            [“\"]? (?P<period>{either(lexicon.time.periods)}) [”\"]?       # “十四五”
            (?:(?:{ends}) {_COMMA} | (?={word_of("will", lexicon)}))         # 期末, or 计划完成
            """,
            re.VERBOSE,
        ),
        relative=_counted_from_now(relative, words, lexicon),
        inside=_inside(lexicon),
        other_time=re.compile(rf"[来的起初以度春夏秋冬]|{part}|\d{{1,2}}\s?[-—至~月日]"),  # 今年以来, 今年1-9月
    )


def _counted_from_now(years: str, words: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Match a year told from that of writing: 到今年6月底前."""
    return re.compile(
        rf"""
        \s{{0,9}} (?P<words>{words})? [到至于在]?                      # 到
        (?: (?P<form>{years}) (?P<month>{_MONTH})? | {_MONTH} )        # 今年6月, 6月底
        (?P<before>{word_of("before", lexicon)})? {_COMMA}             # 前,
        """,
        re.VERBOSE,
    )


def _phase(lexicon: Lexicon) -> str:
    """Match the part of a plan that a year is the end of: 近期(到2025年), 第一阶段:到2024年."""
    return rf"(?P<phase>(?:第[一二三四])?{word_of('phase', lexicon)}[\u4e00-\u9fff]{{0,2}}[(:]\s?)?"


def _inside(lexicon: Lexicon) -> re.Pattern[str]:
    changed = either([*lexicon.quantities.changes, *lexicon.quantities.compared("pre")])
    hedges, counts = either(lexicon.quantities.hedges), either(lexicon.targets.count_verbs)
    quantities = either(lexicon.targets.trends["quantity"])
    return re.compile(
        rf"""
        (?<=.) (?:(?<!\d)20[1-6]\d年)? (?:{either(lexicon.time.lead_words)})? [到至于在]  # 覆盖率(2022年)力争到
        (?P<years>{_YEARS}) (?:{_when(lexicon)})?                          # 2025年底
        (?= (?:{hedges})* (?:{changed}|\d) ) (?!{_MONTH})                  # 达到
        | (?P<quantity>{quantities}) (?P<named>{_YEARS}) (?<=年)           # 覆盖率2025年和2030年
        (?= (?:{hedges})* (?:{changed}|\d) | [在比较]{_YEAR}年 )            # 达到, 在2020年基础上
        | (?<=[\u4e00-\u9fff]) (?<![比较在从由以自])                        # 覆盖率
        (?P<bare>{_YEAR}年) (?:{_part(lexicon)}|{_when(lexicon)})?          # 2025年底前
        (?= {word_of("apiece", lexicon)} | (?:{counts})\d | {word_of("will", lexicon)} )                # 分别, 建成3
        | (?P<verb>{changed}) (?P<later>{_YEAR}年) 的(?=\d)                 # 达到2025年的50%
        """,
        re.VERBOSE,
    )


def _part(lexicon: Lexicon) -> str:
    """Match a part of a year: 第三季度, 上半年."""
    return f"第?[一二三四1-4]{word_of('quarter', lexicon)}|{word_of('part-of-year', lexicon)}"


def _when(lexicon: Lexicon) -> str:
    """Match what follows a year by whose end something will be: 底前, 之前."""
    return f"{word_of('by-end', lexicon)}|{word_of('before', lexicon)}"

"""Read the years a target is meant for: 「到2022年和2030年,」, 「“十四五”期末,」, 「2025年底前」, 「今年底前」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.numerals import value_of
from policygraph.extract.grammar.patterns import either
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon

_YEAR = r"(?:20[1-6]\d|二[〇零][一二三四五六][〇零一二三四五六七八九])"
_YEARS = rf"{_YEAR}年?(?:(?:和|、|及|与){_YEAR}年?)*"
_RANGE = rf"{_YEAR}年?\s?(?:-|—+|–|~|至|到)\s?{_YEAR}年"
_WHEN = r"(?:年?末|年?底之?前?|之?前|以前)"
_MONTH = r"(?:\d{1,2}月(?:\d{1,2}日|底|末|份)?)"
_PART = r"(?:第?[一二三四1-4]季度|[上下]半年|全年)"
_OTHER_TIME = re.compile(
    r"以来|[来的起初以度春夏秋冬]|[上下]半年|第?[一二三四1-4]季度|\d{1,2}\s?[-—至~月日]"
)  # 今年以来, 今年1-9月
_ANY_YEAR = re.compile(_YEAR)
_ESTIMATE = "预计"
_LOST = re.compile(rf"\s*(?:到|至)(?P<years>{_YEAR})(?=\d)")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Years named in a stretch; ``alone`` where a comma follows, so that they hold on.

    ``weak`` where only the year stands there (2025年覆盖率达到50%): enough for a number, not for a trend.
    ``told`` where the words say that it has been (截至2021年底), ``sure`` where words of intent stand before the year,
    ``to`` where 到 does.
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


@dataclass(frozen=True, slots=True)
class _YearPatterns:
    lead: re.Pattern[str]
    period: re.Pattern[str]
    relative: re.Pattern[str]
    inside: re.Pattern[str]
    number: re.Pattern[str]


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
    lost = _LOST.match(text, start)
    if lost:  # 「到202265-74岁」: the page lost what stood between the year and the age
        return LeadIn((int(lost["years"]),), lost.end(), False, True)
    patterns = _patterns(lexicon)
    match = patterns.period.match(text, start)
    if match:
        return LeadIn((int(lexicon.time.periods[match["period"]]),), match.end(), bool(match["comma"]))
    match = patterns.lead.match(text, start)
    if match and match["month"] and not (match["when"] or match["month"].endswith(("底", "末"))):
        return None  # a date, not a term
    if match and (match["to"] or "年" in match["years"] or match["when"]):
        weak = not any(match[part] for part in ("to", "comma", "range", "month"))
        weak = weak and (match["when"] or "前")[-2:] in ("前", "之前", "以前", "年前")  # 2010年前建成的小区
        sure = bool(match["words"]) and match["words"] != _ESTIMATE
        told = (match["to"] or "").startswith("截") and not sure and not (match["when"] or "").endswith("前")
        years = _numbers(match["years"], match["range"], lexicon)
        return LeadIn(
            years, match.end(), bool(match["comma"]), weak=weak and not told, told=told, sure=sure, to=bool(match["to"])
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
    years = match["years"] or match["bare"] or match["later"]
    kept = match["verb"] or ""
    return _numbers(years, "", lexicon), f"{text[: match.start()]}{kept}{text[match.end() :]}"


def _relative(text: str, start: int, patterns: _YearPatterns, lexicon: Lexicon) -> LeadIn | None:
    """Read 「今年底前」, 「6月底前」 and 「今年新增」, which count from the year in which the document was written."""
    match = patterns.relative.match(text, start)
    if not match or not (match["before"] or match["form"]):
        return None
    form, sure = match["form"], bool(match["words"]) and match["words"] != _ESTIMATE
    runs_on = not match["before"] and not match["comma"]
    if runs_on and (match["month"] or form[-1] in "底末" or _OTHER_TIME.match(text, match.end())):
        return None
    shift = int(lexicon.time.relative_years[form]) if form else 0
    return LeadIn((), match.end(), bool(match["comma"]), weak=runs_on, shift=shift, sure=sure)


def _numbers(text: str, is_range: str | None, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the years of a list; of a range the last, when it ends."""
    found = [int(year if year.isdigit() else value_of(year, lexicon)) for year in re.findall(_YEAR, text)]
    return tuple(found[-1:]) if is_range else tuple(dict.fromkeys(found))


@compiled
def _patterns(lexicon: Lexicon) -> _YearPatterns:
    words = rf"(?:{either(lexicon.time.lead_words)})?"
    kept = rf"(?P<words>{either(lexicon.time.lead_words)})?"
    comma = r"(?P<comma>\s?,)?"
    ends = either(lexicon.time.period_ends)
    changed = either([*lexicon.quantities.changes, *lexicon.quantities.compared("pre")])
    counts = either(lexicon.targets.count_verbs)
    signs = "".join(form for form in lexicon.quantities.numerals if len(form) == 1)
    return _YearPatterns(
        number=re.compile(rf"[0-9{signs}]|{either([*lexicon.quantities.amounts, *lexicon.time.relative_years])}"),
        lead=re.compile(
            rf"\s{{0,9}}{kept}(?P<to>到|至|截至|截止到?)?\s?(?P<years>(?P<range>{_RANGE})|{_YEARS})"
            rf"(?:(?<=年){_PART})?(?P<month>{_MONTH})?(?P<when>{_WHEN}|{ends})?{comma}"
        ),
        period=re.compile(
            rf"\s{{0,9}}{words}[到至于在]?\s?[“\"]?(?P<period>{either(lexicon.time.periods)})[”\"]?(?:{ends}){comma}"
        ),
        relative=re.compile(
            rf"\s{{0,9}}{kept}[到至于在]?(?:(?P<form>{either(lexicon.time.relative_years)})(?P<month>{_MONTH})?|{_MONTH})"
            rf"(?P<before>[之以]?前)?{comma}"
        ),
        inside=re.compile(
            rf"(?<=.){words}[到至于在](?P<years>{_YEARS}){_WHEN}?(?=(?:{either(lexicon.quantities.hedges)})*(?:{changed}|\d))(?!{_MONTH})"
            rf"|(?<=[\u4e00-\u9fff])(?<![比较在从由以自])(?P<bare>{_YEAR}年){_PART}?(?=分别|(?:{counts})\d)"
            rf"|(?P<verb>{changed})(?P<later>{_YEAR}年)的(?=\d)"
        ),
    )

"""Read the years a target is meant for: 「到2022年和2030年,」, 「“十四五”期末,」, 「2025年底前」, 「今年底前」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policygraph.extract.numerals import value_of
from policygraph.extract.patterns import either
from policygraph.lexicon import Lexicon

_YEAR = r"(?:20[1-6]\d|二[〇零][一二三四五六][〇零一二三四五六七八九])"
_YEARS = rf"{_YEAR}年?(?:(?:和|、|及|与){_YEAR}年?)*"
_RANGE = rf"{_YEAR}年?\s?(?:-|—+|–|~|至|到)\s?{_YEAR}年"
_WHEN = r"(?:年?末|年?底之?前?|之?前|以前)"
_MONTH = r"(?:\d{1,2}月(?:\d{1,2}日|底|末|份)?)"
_ANY_YEAR = re.compile(_YEAR)
_LOST = re.compile(rf"\s*(?:到|至)(?P<years>{_YEAR})(?=\d)")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """Years named in a stretch; ``alone`` where a comma follows, so that they hold on.

    ``weak`` where only the year stands there (2025年覆盖率达到50%): enough for a number, not for a trend.
    ``shift`` is set instead of years where the text counts from its own year (今年 0, 明年 1).
    """

    years: tuple[int, ...]
    end: int
    alone: bool
    repaired: bool = False
    weak: bool = False
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
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
        return LeadIn((int(lexicon.periods[match["period"]]),), match.end(), bool(match["comma"]))
    match = patterns.lead.match(text, start)
    if match and match["month"] and not (match["when"] or match["month"].endswith(("底", "末"))):
        return None  # a date, not a term
    if match and (match["to"] or "年" in match["years"] or match["when"]):
        weak = not any(match[part] for part in ("to", "comma", "range", "month"))
        weak = weak and (match["when"] or "前")[-2:] in ("前", "之前", "以前", "年前")  # 2010年前建成的小区
        return LeadIn(_numbers(match["years"], match["range"], lexicon), match.end(), bool(match["comma"]), weak=weak)
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
    years = match["years"] or match["later"]
    kept = match["verb"] or ""
    return _numbers(years, "", lexicon), f"{text[: match.start()]}{kept}{text[match.end() :]}"


def _relative(text: str, start: int, patterns: _Patterns, lexicon: Lexicon) -> LeadIn | None:
    """Read 「今年底前」 and 「6月底前」, which count from the year in which the document was written."""
    match = patterns.relative.match(text, start)
    if not match or not (match["before"] or (match["form"] and match["comma"])):
        return None
    shift = int(lexicon.relative_years[match["form"]]) if match["form"] else 0
    return LeadIn((), match.end(), bool(match["comma"]), shift=shift)


def _numbers(text: str, is_range: str | None, lexicon: Lexicon) -> tuple[int, ...]:
    """Return the years of a list; of a range the last, when it ends."""
    found = [int(year if year.isdigit() else value_of(year, lexicon)) for year in re.findall(_YEAR, text)]
    return tuple(found[-1:]) if is_range else tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = rf"(?:{either(lexicon.lead_words)})?"
    comma = r"(?P<comma>\s?,)?"
    ends = either(lexicon.period_ends)
    changed = either([*lexicon.changes, *(form for form, position in lexicon.comparators if position == "pre")])
    signs = "".join(form for form in lexicon.numerals if len(form) == 1)
    return _Patterns(
        number=re.compile(rf"[0-9{signs}]|{either([*lexicon.amounts, *lexicon.relative_years])}"),
        lead=re.compile(
            rf"\s{{0,9}}{words}(?P<to>到|至|截至|截止到?)?\s?(?P<years>(?P<range>{_RANGE})|{_YEARS})"
            rf"(?P<month>{_MONTH})?(?P<when>{_WHEN}|{ends})?{comma}"
        ),
        period=re.compile(
            rf"\s{{0,9}}{words}[到至于在]?\s?[“\"]?(?P<period>{either(lexicon.periods)})[”\"]?(?:{ends}){comma}"
        ),
        relative=re.compile(
            rf"\s{{0,9}}{words}[到至于在]?(?:(?P<form>{either(lexicon.relative_years)})(?:{_MONTH})?|{_MONTH})"
            rf"(?P<before>[之以]?前)?{comma}"
        ),
        inside=re.compile(
            rf"(?<=.){words}[到至于在](?P<years>{_YEARS}){_WHEN}?(?=(?:{either(lexicon.hedges)})*(?:{changed}|\d))(?!{_MONTH})"
            rf"|(?P<verb>{changed})(?P<later>{_YEAR}年)的(?=\d)"
        ),
    )

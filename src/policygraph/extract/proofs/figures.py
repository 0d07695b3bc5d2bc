"""Find figures that are written wrongly: two points in a number, brackets that do not match, bounds turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policygraph.extract.grammar.sought import BLANKS, opened
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, one_of, word_of

NUMBER_FORM, DOCUMENT_NUMBER, TURNED, CONTRADICTS = (
    "number-form",
    "document-number",
    "range-turned",
    "bound-contradicts",
)
VALUELESS, PAIRS = "value-missing", "years-and-values"
_BOUND = 8  # characters of a bound with what stands around it
_RANGED = {
    *("ratio", "points", "age", "months", "days", "time"),
    *("times", "persons", "households", "count", "money", "length"),
}
_OPEN, _CLOSE = r"〔\[(【", r"〕\])】"
_LETTERS = "[发办函字令规政委厅局推领党文通]"  # ends of what stands before the year of a number
_DOCUMENT_NUMBER = re.compile(
    rf"""
    (?<={_LETTERS})\s?(?P<open>[{_OPEN}])\s?(?P<year>\d{{2,5}})\s?(?P<close>[{_CLOSE}])\s?(?P<nth>第?)\s?(?P<count>\d{{1,4}})\s?号(?P<shut>[〕\]】]?)
    | (?<={_LETTERS})\s?[{_OPEN}]\s?20\d\d\s?第?\d{{1,4}}\s?号                # 〔2019 13号
    | (?<={_LETTERS})\s?[{_OPEN}]\s?20\d\d年\s?[{_CLOSE}]\s?\d{{1,4}}号        # 〔2025年〕31号
    | (?<={_LETTERS})\s?20\d\d\s?[{_CLOSE}]\s?第?\d{{1,4}}\s?号               # 2019〕13号
    | (?<={_LETTERS})\s?[{_OPEN}]\s?20\d\d\s?[{_CLOSE}]\s?\d{{1,4}}(?=[)》,。;])  # 〔2019〕13
    """,
    re.VERBOSE,
)
_NUMBER_SIGN = re.compile(rf"[{BLANKS}2{_OPEN}](?<={_LETTERS}.)", re.DOTALL)
_PAIRS = {"〔": "〕", "[": "]", "(": ")", "【": "】"}
_PROPER = {"〔", "[", "("}  # a page or a console turns 〔2021〕 into [2021] and (2021); 【2021】 somebody wrote
_PROPER_SIGN = "〔"
_YEARS = re.compile(r"(20(?<!\d20)\d\d)年?\s?(?:[-—–~]+|至|到)\s?(20\d\d)年")
_TWO_YEARS = re.compile(r"(20(?<=[到至]20)\d\d)年[和、及](20\d\d)年,")
_FROM = re.compile(r"[由从自][^,。;]{0,16}$")  # 由13%至10% falls
_OLD = (Decimal(1990), Decimal(2100))  # years: 2023-10个


def _rate(lexicon: Lexicon) -> str:
    """Return a pattern of the signs of shares and of 个百分点; 成 and 倍 behind 4. begin an item of a list."""
    units = lexicon.quantities.units.items()
    shares = (form for form, unit in units if unit.dimension == "ratio" and not form.isalpha())
    points = (form for form, unit in units if unit.dimension == "points")
    return rf"(?:{either([*shares, *points])}|/\s?1?0?万)"


@compiled
def _number_form(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match how no number is written, and where one of these begins: figures with a point, signs, 百分之."""
    rate, numerals = _rate(lexicon), lexicon.quantities.numerals.items()
    fractions = [form for form, (kind, _) in numerals if kind == "fraction"]
    parts, first = either(fractions), one_of(sorted({form[0] for form in fractions}))
    sign = rf"[0-9.%‰{first[1:-1]}](?:(?<=\d)(?=\d*[.,oOlI])|(?<=\.)(?=\d)|(?<=[%‰])(?=[%‰])|(?<={first}))"
    pattern = rf"""
    \d\.\.+\d                                            # 0..5
    | (?<![\d.])\d+\.\d+\.\d+(?=\s?{rate})                # 1.2.3%
    | (?<![\d,.、第])\d{{1,3}},\d{{1,2}}(?=\s?{rate})      # 13,5%
    | \d\.(?={rate}) | (?<![\d.])\.\d+(?={rate})          # 13.%, .5%
    | \d[oOlI](?=[\d.]|\s?{rate})                         # 1O%
    | (?:%|‰){{2,}} | %‰ | ‰%                             # 90%%
    | (?:{parts})[^,。;\s]{{1,6}}%                          # 百分之50%
    """
    return re.compile(sign), re.compile(pattern, re.VERBOSE)


@compiled
def _range(lexicon: Lexicon) -> re.Pattern[str]:
    units = lexicon.quantities.units.items()
    unit = rf"(?:{either(form for form, unit in units if unit.dimension in _RANGED)}|(?:/\s?)?1?0?万)"
    pattern = rf"""
    (?P<low>[0-9](?:(?<=\n\d\.\d)|(?<=\n\d\d\.\d)|(?<![\d.A-Za-z/-]\d)(?!(?<=\n\d)\d?\.\d))\d{{0,6}}(?:\.\d+)?)\s?(?P<unit>{unit})?(?:以?[上下])?
    \s?(?:[-—–~]+|至|到)\s?
    (?P<high>\d{{1,7}}(?:\.\d+)?)\s?(?P<named>{unit})
    """
    return re.compile(pattern, re.VERBOSE)


def figures(draft: Draft) -> Iterator[Slip]:
    """Yield numbers, numbers of documents, ranges and bounds that nobody can have meant as they stand."""
    text = draft.text
    yield from (Slip(NUMBER_FORM, *match.span()) for match in opened(*_number_form(draft.lexicon), text))
    yield from (
        Slip(DOCUMENT_NUMBER, *match.span())
        for match in opened(_NUMBER_SIGN, _DOCUMENT_NUMBER, text)
        if _miswritten(match)
        or (match["open"] == "[" and _PROPER_SIGN in text)  # 示政发[2021]7号 beside 国发〔2019〕13号
    )
    for match in _range(draft.lexicon).finditer(text):
        if _is_turned(match) and not _FROM.search(text[max(match.start() - 20, 0) : match.start()]):
            yield Slip(TURNED, *match.span())
    yield from (Slip(TURNED, *match.span()) for match in _YEARS.finditer(text) if match[1] > match[2])
    yield from (
        Slip(TURNED, match.start() - 1, match.end()) for match in _TWO_YEARS.finditer(text) if match[1] > match[2]
    )
    yield from (Slip(CONTRADICTS, *match.span()) for match in opened(*_contradiction(draft.lexicon), text))
    yield from (Slip(PAIRS, *match.span("one")) for match in _of_years(draft.lexicon).finditer(text))
    yield from _valueless(draft)


def _miswritten(match: re.Match[str]) -> bool:
    """Tell whether the number of a document has brackets of two kinds, a year of three figures, 第 or a zero."""
    if match["year"] is None:
        return True
    mixed = _PAIRS[match["open"]] != match["close"] or match["open"] not in _PROPER
    wrong = match["nth"] or match["shut"] or match["count"].startswith("0")  # (国发〔2019〕13号〕
    return mixed or len(match["year"]) != 4 or bool(wrong)


def _is_turned(match: re.Match[str]) -> bool:
    """Tell whether a range begins with its larger number: 30%-20%, 65岁至47岁."""
    low, high, unit = Decimal(match["low"]), Decimal(match["high"]), match["unit"]
    is_year = unit is None and _OLD[0] <= low <= _OLD[1]
    return low > high and unit in (None, match["named"]) and not is_year and not match["low"].startswith("00")


@compiled
def _contradiction(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match a bound before a number, and 不低于…以下 and 不高于…以上, where it is bounded from two sides."""

    def words(position: str, *ops: str) -> str:
        return either(form for (form, where), op in comparators if where == position and op in ops)

    comparators = lexicon.quantities.comparators.items()
    floor, ceiling = words("pre", ">=", ">"), words("pre", "<=", "<")
    units = either(lexicon.quantities.units)
    above, below = words("post", ">=", ">"), words("post", "<=", "<")
    number = rf"\s?\d+(?:\.\d+)?\s?(?:{_rate(lexicon)}|{units}|[^\d\s,。;、()以及]{{1,3}})?"
    return (
        re.compile(rf"(?:{words('pre', '>=', '>', '<=', '<')})\s?\d"),
        re.compile(rf"(?:{floor}){number}(?:{below})|(?:{ceiling}){number}(?:{above})"),
    )


@compiled
def _of_years(lexicon: Lexicon) -> re.Pattern[str]:
    """Match one value that several years are to have apart: 到2022年和2030年,签约率分别达到30%."""
    years = r"20\d\d年[底末]?(?:[、和及]20\d\d年[底末]?)+"
    number = rf"\d+(?:\.\d+)?\s?(?:{_rate(lexicon)}|{either(lexicon.quantities.units)})"
    bounds = either(form for (form, where) in lexicon.quantities.comparators if where == "post")
    one = rf"(?P<one>{word_of('apart', lexicon)}[^,。;、和及\d]{{0,8}}{number}(?:{bounds})?)(?=[,。;])"
    return re.compile(rf"{years},[^。;\d]{{2,40}}{one}")


def _valueless(draft: Draft) -> Iterator[Slip]:
    """Yield the bounds and the signs of shares that stand without their number: 不低于。, 达到22%和%, 签约率达到。."""
    sign, pattern = _without_value(draft.lexicon)
    for end in sign.finditer(draft.text):
        found = pattern.search(draft.text, max(end.start() - _BOUND, 0), end.end())
        if found:
            yield Slip(VALUELESS, *found.span())


@compiled
def _without_value(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = [(form, op) for (form, where), op in lexicon.quantities.comparators.items() if where == "pre"]
    floors = [form for form, op in before if op in (">=", "<=") and len(form) > 2]
    values = [form for form, op in before if op == "=" and len(form) > 1]
    units = lexicon.quantities.units.items()
    signs = either(form for form, unit in units if unit.dimension == "ratio" and not form.isalpha())
    ends = one_of(sorted({form[-1] for form in (*floors, *values)}))
    sign = rf"[{ends[1:-1]}%‰](?:(?<={ends})(?:[,。;、]|{signs})|(?<=[%‰])[和、及](?:{signs}))"
    reached = rf"(?:{either(values)})"
    pattern = (
        rf"(?:{either(floors)})(?=[,。;、]|{signs})|{reached}(?={signs})"
        rf"|{word_of('measured-by', lexicon)}{reached}(?=[。;])|[%‰][和、及](?:{signs})"
    )
    return re.compile(sign), re.compile(pattern)

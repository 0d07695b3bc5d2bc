"""Write a number the ways Word numbers paragraphs (ECMA-376 part 1, ST_NumberFormat)."""

from __future__ import annotations

from policygraph.quantities import DIGITS

_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# format -> the forms of 1, 2, 3, ...; beyond the last one Word falls back to digits
_SERIES = {
    "decimalEnclosedCircle": [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)],
    "decimalEnclosedCircleChinese": [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)],
    "decimalEnclosedParen": [*range(0x2474, 0x2488)],
    "decimalEnclosedFullstop": [*range(0x2488, 0x249C)],
    "ideographEnclosedCircle": [*range(0x3280, 0x328A)],
    "ideographTraditional": [*map(ord, "甲乙丙丁戊己庚辛壬癸")],
    "ideographZodiac": [*map(ord, "子丑寅卯辰巳午未申酉戌亥")],
}
_COUNTED = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
_SPELLED = frozenset(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"))


def written(number: int, style: str) -> str:
    """Return a number in a style of Word; digits for a style that is not known, nothing for ``none``.

    >>> [written(12, style) for style in ("chineseCounting", "ideographDigital", "upperRoman", "decimalZero")]
    ['十二', '一二', 'XII', '12']
    >>> [written(n, "japaneseCounting") for n in (10, 20, 105, 110)]
    ['十', '二十', '一百零五', '一百一十']
    """
    if not 0 < number < 10_000 or style in _SERIES:
        series = _SERIES.get(style, [])
        return chr(series[number - 1]) if 0 < number <= len(series) else str(number)
    if style in _COUNTED:
        return counted(number)
    if style in _SPELLED:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    return _latin(number, style)


def counted(number: int) -> str:
    """Return a number from 1 to 9999 as it is counted in Chinese; digits beyond.

    >>> counted(21), counted(1001), counted(2340)
    ('二十一', '一千零一', '二千三百四十')
    """
    if number > 9999:
        return str(number)
    found = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            found += DIGITS[digit] + unit
        elif found and not found.endswith("零"):
            found += "零"
    found = found.rstrip("零")
    return found[1:] if 10 <= number < 20 else found


def _latin(number: int, style: str) -> str:
    if style in ("upperLetter", "lowerLetter"):  # after z comes aa, then bb
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style.startswith("upper") else letters
    if style in ("upperRoman", "lowerRoman"):
        roman = ""
        for value, letter in _ROMAN:
            roman += letter * (number // value)
            number %= value
        return roman.upper() if style.startswith("upper") else roman
    forms = {
        "none": "",
        "decimalZero": f"{number:02d}",
        "numberInDash": f"- {number} -",
        "decimalFullWidth": str(number).translate({48 + d: 0xFF10 + d for d in range(10)}),
        "chineseLegalSimplified": counted(number).translate(_LEGAL),
        "ideographLegalTraditional": counted(number).translate(_LEGAL),
    }
    return forms.get(style, str(number))

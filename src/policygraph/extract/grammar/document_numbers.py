"""Read the numbers of documents: 国发〔2019〕13号, 财政部令第12号 (GB/T 9704, 7.2.5)."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[(]\d{4}[〕\])]\s{0,3}\d{1,4}\s{0,3}号|[\u4e00-\u9fff]{2,20}令\s?第?\s?\d{1,4}\s?号"
)


def tidy_number(number: str) -> str:
    """Write a document number with its proper brackets.

    >>> tidy_number("国发(2019)13号")
    '国发〔2019〕13号'
    """
    return re.sub(r"[〔\[(](\d{4})[〕\])]", r"〔\1〕", re.sub(r"\s", "", number))

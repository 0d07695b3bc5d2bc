"""What is looked for only where a sign of it stands is all that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from policygraph import assets, lexicon, tables
from policygraph.extract.grammar.sought import SENTENCES, opened
from policygraph.extract.grammar.tables import tables_in
from policygraph.extract.proofs import blanks, calendar, figures, references, repeats, sense

WORDS = lexicon.bundled()
CASES = [case["text"] for case in tables.read_table(Path(__file__).parent / "cases" / "slips.tsv")]
EXAMPLES = [path.read_text(encoding="utf-8") for path in sorted(assets.path("data", "examples").glob("*.txt"))]
MARKS = str.maketrans("，：；（）％", ",:;()%")
TEXT = "\n".join([*CASES, *EXAMPLES]).translate(MARKS)
BY_SIGN = {
    "number-form": figures._number_form(WORDS),
    "contradiction": figures._contradiction(WORDS),
    "document-number": (figures._NUMBER_SIGN, figures._DOCUMENT_NUMBER),
    "broken": sense._broken(WORDS),
    "sent": references._sent(WORDS),
    "blank": (blanks._sign(WORDS), blanks._blank(WORDS)),
}


def spans(found: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in found]


@pytest.mark.parametrize("name", BY_SIGN)
def test_no_match_is_missed_for_want_of_its_sign(name: str) -> None:
    sign, pattern = BY_SIGN[name]
    found = spans(pattern.finditer(TEXT))
    assert found
    assert spans(opened(sign, pattern, TEXT)) == found


def test_no_match_is_missed_for_want_of_a_sign_in_its_sentence() -> None:
    found = spans(calendar._DAY.finditer(TEXT))
    assert found
    assert spans(SENTENCES.matches(calendar._DAY, TEXT, calendar._MONTH_SIGN)) == found


def test_lists_are_those_of_their_pattern() -> None:
    found = spans(repeats._LIST.finditer(TEXT))
    assert found
    assert spans(repeats._lists(TEXT)) == found


def test_tables_are_three_lines_with_borders_or_more() -> None:
    text = "a | b\n\na | b\nc | d\ne\na | b\nc | d\n| e\nf\ng|"
    assert [table[0] for table in tables_in(text)] == ["a | b\nc | d\n| e\n"]
    assert list(tables_in("a\n")) == []

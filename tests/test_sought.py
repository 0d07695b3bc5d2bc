"""What is looked for only where a sign of it stands is all that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, lexicon, tables
from policygraph.extract.grammar.sought import SENTENCES, opened
from policygraph.extract.grammar.tables import tables_in
from policygraph.extract.numbers import find, places, rules, scan
from policygraph.extract.proofs import blanks, calendar, figures, references, repeats, sense
from policygraph.extract.targets import readings
from policygraph.extract.targets.measure_patterns import measure_patterns
from policygraph.extract.targets.ways import Place, Reading

WORDS = lexicon.bundled()
CASES = [case["text"] for case in tables.read_table(Path(__file__).parent / "cases" / "slips.tsv")]
HERE = Path(__file__).parent
PLACES = (assets.path("data", "examples"), HERE / "drafts", HERE / "variants")
EXAMPLES = [path.read_text(encoding="utf-8") for place in PLACES for path in sorted(place.glob("*.txt"))]
MARKS = str.maketrans("，：；（）％", ",:;()%")
TEXT = "\n".join([*CASES, *EXAMPLES]).translate(MARKS)
STRETCHES = [said for said in re.split("[,;。\n]", TEXT) if re.search(r"\d", said)]
SLIPS = "\n".join(CASES).translate(MARKS)  # what strings are made from, in which signs stand close together
PIECES = st.integers(0, len(SLIPS) - 1).flatmap(lambda at: st.integers(1, 6).map(lambda n: SLIPS[at : at + n]))
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


@pytest.mark.parametrize("name", BY_SIGN)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_match_of_a_made_up_text_is_missed(name: str, text: str) -> None:
    sign, pattern = BY_SIGN[name]
    assert spans(opened(sign, pattern, text)) == spans(pattern.finditer(text))


def test_a_number_begins_at_its_signs_only() -> None:
    opens, *forms = scan._patterns(WORDS)
    signs = {match.start() for match in opens.finditer(TEXT)}
    assert not [at for at in range(len(TEXT)) if at not in signs and any(form.match(TEXT, at) for form in forms)]


@pytest.mark.parametrize(
    "reading", [each for each in readings.READINGS if each.sign or each.trigger], ids=lambda r: r.name
)
def test_no_reading_is_missed_for_want_of_its_signs(reading: Reading) -> None:
    patterns = measure_patterns(WORDS)
    signs = [sign(patterns) for sign in (reading.sign, reading.trigger) if sign and sign is not readings._rare]
    find = reading.pattern(patterns).match if reading.place == Place.OPENING else reading.pattern(patterns).search
    assert not [said for said in STRETCHES if find(said) and not all(sign.search(said) for sign in signs)]


def test_rules_that_are_left_out_for_want_of_words_do_not_hold() -> None:
    """All rules are asked, whether words of any stand beside a number or not."""
    asked = 0
    for found in scan.quantities(TEXT, WORDS):
        if found.form == "amount":
            place = places.Place(TEXT, found, find._family(found.unit, WORDS), *places.surroundings(TEXT, found))
            every = rules._rules_for(place.family, found.spoken, found.unit, (True,) * len(rules._BESIDE), WORDS)
            first = next((rule for rule, tests in every if all(test(place) for test in tests)), rules.UNREAD)
            assert rules.rule_of(place, WORDS) is first, TEXT[place.sentence.start : place.sentence.end]
            asked += 1
    assert asked > 500


@pytest.mark.parametrize(("pattern", "sign"), [(calendar._DAY, calendar._MONTH_SIGN), (sense._GRADE, sense._POINTS)])
def test_no_match_is_missed_for_want_of_a_sign_in_its_sentence(pattern: re.Pattern[str], sign: re.Pattern[str]) -> None:
    found = spans(pattern.finditer(TEXT))
    assert found
    assert spans(SENTENCES.matches(pattern, TEXT, sign)) == found


def test_lists_are_those_of_their_pattern() -> None:
    found = spans(repeats._LIST.finditer(TEXT))
    assert found
    assert spans(repeats._lists(TEXT)) == found


def test_tables_are_three_lines_with_borders_or_more() -> None:
    text = "a | b\n\na | b\nc | d\ne\na | b\nc | d\n| e\nf\ng|"
    assert [table[0] for table in tables_in(text)] == ["a | b\nc | d\n| e\n"]
    assert list(tables_in("a\n")) == []

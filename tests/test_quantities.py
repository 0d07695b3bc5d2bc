"""Numerals and units: what they are worth, and which quantities compare, as one-line cases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, lexicon, tables
from policygraph.errors import DataError
from policygraph.quantities import Quantity, Units, comparable, difference, load_units, numeral_value
from policygraph.read.word_numerals import counted

TABLE = assets.path("data", "lexicon", "units.tsv")
ROWS = tables.read_table(TABLE)
UNITS = lexicon.bundled().quantities.units
CASES = tables.read_table(Path(__file__).parent / "cases" / "quantities.tsv", required=("one", "other", "compared"))
WRITTEN = st.sampled_from(sorted(UNITS))


def quantity(written: str) -> Quantity:
    number, _, unit = written.partition(" ")
    return Quantity(Decimal(number), UNITS.read(unit))


def compared(one: Quantity, other: Quantity) -> str:
    more = difference(one, other)
    return "not comparable" if more is None else "greater" if more > 0 else "less" if more < 0 else "equal"


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 50
    assert len(ROWS) >= 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['one']} {case['other']}")
def test_two_quantities_compare(case: dict[str, str]) -> None:
    one, other = quantity(case["one"]), quantity(case["other"])
    assert compared(one, other) == case["compared"]
    assert compared(other, one) == {"less": "greater", "greater": "less"}.get(case["compared"], case["compared"])


@given(WRITTEN, WRITTEN, st.integers(1, 10_000))
def test_comparing_goes_both_ways(one: str, other: str, number: int) -> None:
    first, second = Quantity(Decimal(number), UNITS.read(one)), Quantity(Decimal(number), UNITS.read(other))
    assert compared(first, first) == "equal"
    assert comparable(first.unit, second.unit) == comparable(second.unit, first.unit)


@given(WRITTEN)
def test_ten_thousand_of_a_unit_are_as_many_as_its_myriad(form: str) -> None:
    if form[0] not in "/百千万亿%％‰‱倍成":
        assert (
            compared(Quantity(Decimal(10_000), UNITS.read(form)), Quantity(Decimal(1), UNITS.read(f"万{form}")))
            == "equal"
        )


# ---------------------------------------------------------------- the table of units


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["form"])
def test_a_unit_follows_a_number_in_its_example(row: dict[str, str]) -> None:
    before, found, _ = row["example"].partition(row["form"])
    assert found and before[-1].isdigit()
    assert row["canonical"] in UNITS, "a canonical form is a form too"
    assert UNITS.spelled(row["form"]) == row["canonical"]


def test_a_composed_unit_has_one_spelling() -> None:
    written = ("万吨标煤", "万吨/日", "畦", "百家", "千克/亩", "人每千人", "")
    assert [UNITS.spelled(form) for form in written] == [
        "万吨标准煤",
        "万吨/日",
        "畦",
        "百家",
        "公斤/亩",
        "人/千人",
        "",
    ]


HEAD = "form\tcanonical\tdimension\tfactor\texample\n"
WRONG = [
    ("one form twice", "%\t%\ta\t1\t1%\n%\t%\ta\t1\t1%\n", "stands twice"),
    ("one canonical form in two dimensions", "%\t%\ta\t1\t1%\n％\t%\tb\t1\t1％\n", "two dimensions"),
    ("a factor of nothing", "%\t%\ta\t0\t1%\n", "positive number"),
    ("a factor below nothing", "%\t%\ta\t-1\t1%\n", "positive number"),
    ("a factor in words", "%\t%\ta\tx\t1%\n", "positive number"),
    ("no factor", "%\t%\ta\t\t1%\n", "positive number"),
    (
        "a composed dimension with two names",
        "人\t人\tp\t1\t1人\n张\t张\tb\t1\t1张\n张/人\t张/人\tx\t1\t1张/人\n张/百人\t张/百人\ty\t1\t1张/百人\n",
        "two dimensions",
    ),
]


@pytest.mark.parametrize(("what", "rows", "told"), WRONG, ids=[case[0] for case in WRONG])
def test_a_table_that_contradicts_itself_is_refused(tmp_path: Path, what: str, rows: str, told: str) -> None:
    path = tmp_path / "units.tsv"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(DataError, match=told):
        load_units(path)


def test_without_a_table_a_unit_compares_with_itself_alone() -> None:
    none = Units({}, {})
    assert comparable(none.read("吨/日"), none.read("万吨/日"))
    assert not comparable(none.read("吨/日"), none.read("公斤/日"))


# ---------------------------------------------------------------- numerals


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("九十九", 99),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两百", 200),
        ("二〇三〇", 2030),
        ("二○三○", 2030),
        ("一万二千", 12_000),
        ("三十五万", 350_000),
        ("一亿三千万", 130_000_000),
        ("一千万亿", 10**15),
    ],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert numeral_value(numeral) == value


@given(st.integers(1, 9999))
def test_what_is_written_is_read(number: int) -> None:
    assert numeral_value(counted(number)) == number

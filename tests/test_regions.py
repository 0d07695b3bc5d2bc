"""Regions: every division by its full path, issuers, namesakes, running text, document numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, tables
from policygraph.concepts import Concepts, bundled
from policygraph.divisions import COUNTRY, ancestors, level_of, units_of_names
from policygraph.resolve import regions

CASES = tables.read_table(Path(__file__).parent / "cases" / "regions.tsv")
CONCEPTS = assets.path("data", "concepts")
NAMES = tables.read_table(CONCEPTS / "region_names.tsv")
PREFIXES = tables.read_table(CONCEPTS / "number_prefixes.tsv")
LEVELS = tables.read_table(CONCEPTS / "levels.tsv")


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return bundled()


def found(text: str, concepts: Concepts, within: str = "", year: int = 0) -> str:
    match = regions.resolve_region(text, concepts, within, year)
    return match.code if match else ""


READ: dict[str, Callable[[dict[str, str], Concepts], str]] = {
    "name": lambda row, concepts: found(row["text"], concepts, row["within"]),
    "text": lambda row, concepts: " ".join(
        code for *_, code in regions.find_regions(row["text"], concepts, row["within"])
    ),
    "dated": lambda row, concepts: found(row["text"], concepts, year=int(row["within"])),
    "number": lambda row, concepts: regions.region_of_number(row["text"], concepts),
}


def test_the_cases_were_found() -> None:
    assert {kind: sum(row["kind"] == kind for row in CASES) for kind in READ} == {
        "name": 53,
        "text": 24,
        "dated": 11,
        "number": 19,
    }


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['text']}-{row['note']}")
def test_case(row: dict[str, str], concepts: Concepts) -> None:
    assert READ[row["kind"]](row, concepts) == row["expected"]


# ---------------------------------------------------------------- the tables


def test_every_region_resolves_from_its_path(concepts: Concepts) -> None:
    rows = tables.read_table(CONCEPTS / "regions.tsv")
    assert len(rows) > 3200
    wrong = [row["example"] for row in rows if found(row["example"], concepts) != row["code"]]
    assert wrong == []
    assert [row["code"] for row in rows if regions.full_name(row["code"], concepts) != row["example"]] == []


def test_every_region_is_found_in_running_text(concepts: Concepts) -> None:
    rows = tables.read_table(CONCEPTS / "regions.tsv")
    text = ";".join(row["example"] for row in rows)
    assert [code for *_, code in regions.find_regions(text, concepts)] == [row["code"] for row in rows]


CHANGES = tables.read_table(CONCEPTS / "region_changes.tsv")


def test_every_former_name_resolves_from_its_path(concepts: Concepts) -> None:
    """In its own years a former name means the division that bore it, or the one that goes on under the name."""
    assert len(CHANGES) > 1100
    units = units_of_names(concepts.region_changes, concepts.regions)
    read = {
        (row["code"], row["name"]): regions.resolve_region(row["example"], concepts, year=int(row["until"]) - 1)
        for row in CHANGES
    }
    assert {key: match and match.code for key, match in read.items() if not match or match.code != units[key]} == {}


def test_former_divisions_lead_to_divisions_in_force(concepts: Concepts) -> None:
    for row in CHANGES:
        for code in filter(None, row["into"].split("|")):
            assert code in concepts.regions, row
        assert 1999 <= int(row["until"]) <= 2025
    ended = [region for region in concepts.regions.values() if region.until]
    assert len(ended) > 1000
    assert all(code not in seen for region in ended for code, seen in heirs(region.code, concepts))


def heirs(code: str, concepts: Concepts, seen: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """Return what took the place of a division, in turn, each with those before it: a ring would show."""
    before = (*seen, code)
    return [
        each
        for after in concepts.regions[code].into
        for each in [(after, before), *(heirs(after, concepts, before) if after not in before else [])]
    ]


def test_codes_agree_with_the_table(concepts: Concepts) -> None:
    for code, region in concepts.regions.items():
        assert level_of(code) == region.level
        assert (ancestors(code) or ("",))[0] == region.parent
        assert region.parent in concepts.regions or code == COUNTRY


def test_the_table_is_complete(concepts: Concepts) -> None:
    examples = "99"
    real = [region for region in concepts.regions.values() if not region.until and region.code[:2] != examples]
    counts = {level: sum(region.level == level for region in real) for level in concepts.levels}
    assert counts["national"] == 1
    assert counts["province"] == 34
    assert counts["prefecture"] == 333
    assert counts["county"] == 2849  # at the end of 2025: 2,845, and the four districts of 大兴安岭


@pytest.mark.parametrize("row", LEVELS, ids=lambda row: row["id"])
def test_level_example(row: dict[str, str], concepts: Concepts) -> None:
    assert level_of(found(row["example"], concepts)) == row["id"]


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"])
def test_other_name(row: dict[str, str], concepts: Concepts) -> None:
    if row["code"]:
        assert found(row["example"], concepts) == row["code"]
    else:
        assert regions.find_regions(row["example"], concepts) == []


@pytest.mark.parametrize("row", PREFIXES, ids=lambda row: row["prefix"])
def test_number_prefix(row: dict[str, str], concepts: Concepts) -> None:
    assert regions.region_of_number(row["example"], concepts) == row["code"]


def test_every_province_has_a_number_prefix() -> None:
    named = {row["code"] for row in PREFIXES if row["code"].endswith("0000")}
    assert len(named - {COUNTRY}) == 31


# ---------------------------------------------------------------- scores, laws


def test_scores_say_how_the_name_was_found(concepts: Concepts) -> None:
    texts = ("辽宁省大连市", "大连市人民政府", "大连", "健康大连行动", "河南", "朝阳")
    matches = [regions.resolve_region(text, concepts) for text in texts]
    assert [match and match.score for match in matches] == [1.0, 0.95, 0.8, 0.7, 0.75, 0.6]
    assert all(match and match.reason for match in matches)


def test_full_name_of_the_country_and_of_nothing(concepts: Concepts) -> None:
    assert regions.full_name("100000", concepts) == "中华人民共和国"
    assert regions.full_name("999999", concepts) == ""


ALPHABET = "大连市辽宁省朝阳区和平中山北京吉林县城开封祥符国务院,。 "


@given(st.text(alphabet=ALPHABET, max_size=30))
def test_hits_are_in_order_and_apart(text: str) -> None:
    concepts = bundled()
    hits = regions.find_regions(text, concepts)
    assert all(0 <= start < end <= len(text) and code in concepts.regions for start, end, code in hits)
    assert all(one[1] <= other[0] for one, other in pairwise(hits))


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    match = regions.resolve_region(text, bundled())
    assert match is None or 0 < match.score <= 1


def test_the_corpus_names_its_regions(shared: Path, concepts: Concepts) -> None:
    expected = {"dalian-2021": "210200", "wuhai-2021": "150300", "xiamen-2019": "350200"}
    for name, code in expected.items():
        text = (shared / "corpus" / f"{name}.txt").read_text(encoding="utf-8")
        codes = [each for *_, each in regions.find_regions(text, concepts) if level_of(each) == "prefecture"]
        assert max(sorted(set(codes)), key=codes.count) == code

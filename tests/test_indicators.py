"""Indicators and actions: one thing under many names, different things apart, the unknown said to be unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, tables
from policygraph.concepts import Concepts, bundled
from policygraph.resolve.indicators import resolve_action, resolve_indicator, unknown_indicator

FOLDER = Path(__file__).parent / "cases"
CONCEPTS = assets.path("data", "concepts")
INDICATOR_CASES = tables.read_table(FOLDER / "indicators.tsv")
ACTION_CASES = tables.read_table(FOLDER / "actions.tsv")
NAMES = tables.read_table(CONCEPTS / "indicator_names.tsv")
INDICATORS = tables.read_table(CONCEPTS / "indicators.tsv")
ACTIONS = tables.read_table(CONCEPTS / "actions.tsv")
ACTION_NAMES = tables.read_table(CONCEPTS / "action_names.tsv")
INDICATOR_AFFIXES = tables.read_table(CONCEPTS / "indicator_affixes.tsv")
ACTION_AFFIXES = tables.read_table(CONCEPTS / "action_affixes.tsv")


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return bundled()


def test_the_cases_were_found() -> None:
    assert (len(INDICATOR_CASES), len(ACTION_CASES)) == (94, 46)
    assert len(INDICATORS) >= 110
    assert len(ACTIONS) >= 21


@pytest.mark.parametrize("row", INDICATOR_CASES, ids=lambda row: row["name"])
def test_indicator(row: dict[str, str], concepts: Concepts) -> None:
    """An expected ``?`` stands for an indicator that no table knows."""
    match = resolve_indicator(row["name"], concepts, row["action"])
    expected = unknown_indicator(row["name"]) if row["expected"] == "?" else row["expected"]
    assert match.id == expected
    assert (match.score < 0.5) == (row["expected"] == "?")


@pytest.mark.parametrize("row", ACTION_CASES, ids=lambda row: row["heading"])
def test_action(row: dict[str, str], concepts: Concepts) -> None:
    assert resolve_action(row["heading"], concepts).id == row["expected"]


# ---------------------------------------------------------------- the tables


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"])
def test_indicator_name(row: dict[str, str], concepts: Concepts) -> None:
    match = resolve_indicator(row["example"], concepts)
    assert match.id == row["indicator"]
    assert (match.score >= 0.9) == (row["strength"] == "strong")


def test_no_two_indicators_fall_together(concepts: Concepts) -> None:
    """Names of different indicators stay apart in any order of their parts, with any affix, beside each other."""
    names = [name for name in concepts.indicator_names.values() if name.strong]
    found = {name.name: resolve_indicator("".join(reversed_parts(name.name)), concepts) for name in names}
    wrong = {name.name: found[name.name].id for name in names if found[name.name].id != name.target}
    assert {name: found for name, found in wrong.items() if not found.startswith("x-")} == {}


def reversed_parts(name: str) -> list[str]:
    """Return the parts of a name joined by 、 in the other order; a name of one part as it is."""
    parts = name.split("、")
    return [part for pair in zip(reversed(parts), ["、"] * (len(parts) - 1) + [""], strict=True) for part in pair]


def test_the_bundled_plans_keep_their_indicators(concepts: Concepts) -> None:
    """Every name that a bundled plan uses still means the indicator that was reviewed."""
    rows = [
        (table.parent, row)
        for table in sorted(assets.path("data", "plans").glob("*/targets.tsv"))
        for row in tables.read_table(table)
    ]
    assert len(rows) > 400
    actions = {
        (table.parent, row["section"]): row["action_type"]
        for table in assets.path("data", "plans").glob("*/structure.tsv")
        for row in tables.read_table(table)
    }
    read = {
        (row["indicator"], row["indicator_id"]): resolve_indicator(
            row["indicator"], concepts, actions.get((folder, row["section"]), "")
        ).id
        for folder, row in rows
    }
    assert {name: found for (name, known), found in read.items() if found != known} == {}


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["id"])
def test_indicator_row(row: dict[str, str], concepts: Concepts) -> None:
    assert resolve_indicator(row["example"], concepts).id == row["id"]
    assert row["direction"] in ("up", "down", "none")
    assert row["action"] in {"", *concepts.actions}
    assert row["en"].isascii()
    assert row["definition"]


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row["id"])
def test_action_row(row: dict[str, str], concepts: Concepts) -> None:
    assert resolve_action(row["example"], concepts).id == row["id"]


@pytest.mark.parametrize("row", ACTION_NAMES, ids=lambda row: row["name"])
def test_action_name(row: dict[str, str], concepts: Concepts) -> None:
    match = resolve_action(row["example"], concepts)
    assert match.id == row["action"]
    assert (match.score >= 0.9) == (row["strength"] == "strong")


@pytest.mark.parametrize("row", INDICATOR_AFFIXES, ids=lambda row: f"{row['kind']}-{row['form']}")
def test_indicator_affix(row: dict[str, str], concepts: Concepts) -> None:
    """A name of the table is found; one that is in no table has one identifier whichever way it is written."""
    found = resolve_indicator(row["example"], concepts).id
    swapped = row["kind"] == "swap" and row["example"].replace(row["form"], row["to"])
    assert found in concepts.indicators or found == resolve_indicator(swapped or "", concepts).id


@pytest.mark.parametrize(
    "row", [row for row in ACTION_AFFIXES if row["kind"] != "joint"], ids=lambda row: f"{row['kind']}-{row['form']}"
)
def test_action_affix(row: dict[str, str], concepts: Concepts) -> None:
    """A name of several actions together is none of them alone."""
    together = {each["kind"] for each in ACTION_AFFIXES if each["form"] == row["form"]}
    found = resolve_action(row["example"], concepts).id
    assert found in concepts.actions if len(together) == 1 else not found


def test_the_national_actions_are_numbered(concepts: Concepts) -> None:
    numbers = [int(action.national) for action in concepts.actions.values() if action.national]
    assert numbers == list(range(1, 16))


# ---------------------------------------------------------------- the annotated plans


def names_in(path: Path) -> set[tuple[str, str]]:
    return {(row["action"], row["indicator"]) for row in tables.read_table(path)}


def test_every_indicator_of_the_plans_is_known(shared: Path, concepts: Concepts) -> None:
    found = names_in(shared / "gold" / "targets.tsv") | names_in(shared / "parents" / "targets.tsv")
    assert len(found) > 140
    weak = {name for action, name in found if resolve_indicator(name, concepts, action).score < 0.9}
    assert weak <= {"城市供水出厂水、管网水和管网末梢水", "每天体育活动时间"}
    assert [name for action, name in sorted(found) if resolve_indicator(name, concepts, action).score < 0.5] == []


def test_indicators_of_the_plans_stand_under_their_action(shared: Path, concepts: Concepts) -> None:
    """Where a plan sets a target under an action that is known, the table gives the indicator to that action."""
    for action, name in names_in(shared / "gold" / "targets.tsv"):
        own = concepts.indicators[resolve_indicator(name, concepts).id].action
        given = resolve_action(action, concepts).id
        assert own in ("", given) or given in ("", "blue-sky-clear-water")


def test_every_action_of_the_plans_is_known(shared: Path, concepts: Concepts) -> None:
    rows = tables.read_table(shared / "gold" / "structure.tsv")
    actions = [row["heading"] for row in rows if row["kind"] == "action"]
    others = [row["heading"] for row in rows if row["kind"] != "action"]
    assert len(actions) == 54
    assert [heading for heading in actions if resolve_action(heading, concepts).score < 0.9] == []
    assert [heading for heading in others if resolve_action(heading, concepts).id] == []


# ---------------------------------------------------------------- scores, laws


def test_a_weak_name_is_weighed_by_its_action(concepts: Concepts) -> None:
    scores = [
        resolve_indicator("高血压知晓率", concepts, given).score for given in ("", "实施癌症防治行动", "cardiovascular")
    ]
    assert scores == [0.7, 0.6, 0.8]


@given(st.text(max_size=20))
def test_any_name_gets_an_identifier(name: str) -> None:
    match = resolve_indicator(name, bundled())
    assert match.id.isascii()
    assert match.id in bundled().indicators or match.id == unknown_indicator(name)


@given(st.text(max_size=20))
def test_any_heading_is_known_or_not(heading: str) -> None:
    match = resolve_action(heading, bundled())
    assert (match.id in bundled().actions) == (match.score > 0)

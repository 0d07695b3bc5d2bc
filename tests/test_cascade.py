"""How targets are compared along the chain of documents: pairs as one-line cases, chains as small stories."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import assets, lexicon, tables
from policygraph.alignments import Alignment
from policygraph.cascade import align
from policygraph.concepts import ActionType, Concepts, Indicator, KnownDocument, Level, Name, bundled
from policygraph.errors import DataError
from policygraph.messages import sentence
from policygraph.model import CitationRow, Evidence, Facts, MetadataRow, StructureRow, TargetRow

WORDS = lexicon.bundled()
CASES = tables.read_table(Path(__file__).parent / "cases" / "cascade_rules.tsv", required=("case", "verdicts"))


def told(row: Alignment) -> str:
    """Return the reason of an alignment in both languages."""
    return f"{sentence(row.reason, 'zh')} / {sentence(row.reason, 'en')}"


# ---------------------------------------------------------------- a world small enough to read


def keyed(*items: object) -> Mapping[str, object]:
    return MappingProxyType({getattr(item, "id", getattr(item, "name", "")): item for item in items})


def concepts(direction: str = "up", documents: Iterable[KnownDocument] = ()) -> Concepts:
    names = ("national", "province", "prefecture", "county")
    empty = {name: MappingProxyType({}) for name in ("functions", "agencies", "agency_names", "morphemes", "regions")}
    return Concepts(
        **empty,
        levels=keyed(*(Level(name, "", "", rank) for rank, name in enumerate(names, start=1))),
        indicators=keyed(
            Indicator("health-literacy", "居民健康素养水平", "", "%", direction, "health-literacy-action"),
            Indicator("infant-mortality", "婴儿死亡率", "", "‰", "down", "maternal-child-health"),
        ),
        indicator_names=MappingProxyType({}),
        actions=keyed(ActionType("health-literacy-action", "健康知识普及行动", "", "1")),
        action_names=keyed(Name("健康知识普及行动", "health-literacy-action", True)),
        documents=keyed(*documents),
        reforms=(),
    )


def target(text: str, indicator: str = "health-literacy", action: str = "健康知识普及行动") -> TargetRow:
    """Read «2022 >= 27 % from 2019 ?»: year (- for none), comparator, value, unit, baseline, unchecked."""
    words = text.split()
    evidence = Evidence(status="unchecked") if words[-1] == "?" else Evidence()
    words = [word for word in words if word != "?"]
    baseline = words.pop() if "from" in words else ""
    other = words[0] == "other"  # another indicator, which shows how far the document looks ahead
    year, op, value, unit = ([word for word in words if word != "from"] + ["", ""])[other : other + 4]
    kind = "qualitative" if op == "qual" else "quantitative"
    when = int(year) if year != "-" else None
    indicator = "infant-mortality" if other else indicator
    return TargetRow("", "一", action, indicator, when, op, value, unit, baseline, kind, text, indicator, evidence)


def document(slug: str, *targets: TargetRow | str, **more: object) -> Facts:
    """Return facts: ``level``, ``date``, ``basis`` (slugs), ``actions`` (types; None: no headings)."""
    fields = {"document_id": slug, "level": more.get("level", "prefecture"), "date_issued": more.get("date", "2021")}
    region = more.get("region", "")
    actions = more.get("actions", ("health-literacy-action",))
    assert isinstance(actions, tuple | None)
    basis = more.get("basis", ())
    assert isinstance(basis, tuple)
    return Facts(
        doc=slug,
        metadata=(
            *(MetadataRow(slug, name, str(value)) for name, value in fields.items()),
            MetadataRow(slug, "region", str(region), str(region)),
        ),
        structure=tuple(StructureRow(slug, "一", "", "action", action) for action in actions or ()),
        targets=tuple(target(item) if isinstance(item, str) else item for item in targets),
        citations=tuple(CitationRow(slug, f"《{parent}》", "", "basis", "", parent) for parent in basis),
    )


def national(*targets: TargetRow | str, slug: str = "nation", **more: object) -> Facts:
    return document(slug, *targets, **{"level": "national", "date": "2019-06-24", **more})


def seen(found: Iterable[Alignment], *columns: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, column) for column in columns) for row in found]


def of(found: Iterable[Alignment], slug: str, scope: str = "parent") -> list[Alignment]:
    return [row for row in found if row.document == slug and row.scope == scope]


# ---------------------------------------------------------------- pairs


def test_the_cases_were_found() -> None:
    assert len(CASES) >= 115
    assert len({row["case"] for row in CASES}) == len(CASES)


def written(row: Alignment) -> str:
    return " ".join(str(word) for word in (row.year or "-", row.verdict, row.step) if word is not None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_pair(case: dict[str, str]) -> None:
    above = national(*case["ancestor"].split(" | "))
    below = document("city", *case["document"].split(" | "), basis=("nation",), date=case["issued"])
    found = align([above, below], concepts(case["direction"]), WORDS)
    rows = [row for row in of(found, "city") if row.indicator == "health-literacy"]
    assert " | ".join(map(written, rows)) == case["verdicts"]
    assert any(case["reason"] in told(row) for row in rows)
    assert all(sentence(row.reason, language) for row in rows for language in ("zh", "en"))


levels = st.integers(min_value=0, max_value=100)


@given(levels, levels, st.sampled_from(["%", "‰", "/10万"]), st.sampled_from(["up", "down"]))
def test_tighter_one_way_is_looser_the_other_way(mine: int, theirs: int, unit: str, direction: str) -> None:
    op = ">=" if direction == "up" else "<="
    here, there = f"2025 {op} {mine} %", f"2025 {op} {theirs} {unit}"
    one = align([national(there), document("city", here, basis=("nation",))], concepts(direction), WORDS)[0]
    other = align([national(here), document("city", there, basis=("nation",))], concepts(direction), WORDS)[0]
    opposite = {"tighter": "looser", "looser": "tighter", "equal": "equal"}
    assert one.verdict == opposite[other.verdict]
    assert one.step is not None and other.step is not None
    in_percent = Fraction(one.step) * WORDS.quantities.units[unit].factor / WORDS.quantities.units["%"].factor
    assert abs(in_percent + Fraction(other.step)) < Fraction(1, 10_000_000)


def test_the_words_of_the_tables_are_all_there_is(tmp_path: Path) -> None:
    """An emptied table silences its rule: no trend has a direction, nothing is a total."""
    shutil.copytree(assets.path("data", "lexicon"), tmp_path, dirs_exist_ok=True)
    for table in ("verdict_words", "units_added"):
        header = (tmp_path / f"{table}.tsv").read_text(encoding="utf-8").partition("\n")[0]
        (tmp_path / f"{table}.tsv").write_text(f"{header}\n", encoding="utf-8")
    words = lexicon.load(tmp_path, assets.path("data", "concepts", "regions.tsv"))
    above = national("2022 qual 上升", "2030 >= 4 万人")
    chain = [above, document("city", "2022 qual 上升", "2030 >= 3 万人", basis=("nation",))]
    found = of(align(chain, concepts(), words), "city")
    assert seen(found, "year", "verdict") == [(2022, "not-compared"), (2030, "looser")]
    assert seen(of(align(chain, concepts(), WORDS), "city"), "verdict") == [("equal",), ("not-compared",)]


# ---------------------------------------------------------------- chains


def test_the_nearest_ancestor_that_states_it_is_the_parent() -> None:
    chain = [
        national("2022 >= 22 %"),
        document("province", "2022 >= 25 %", level="province", basis=("nation",)),
        document("city", "2022 >= 27 %", basis=("province",)),
    ]
    found = align(chain, concepts(), WORDS)
    assert seen(of(found, "city"), "ancestor", "verdict", "step") == [("province", "tighter", 2)]
    assert seen(of(found, "city", "national"), "ancestor", "verdict", "step") == [("nation", "tighter", 5)]
    assert seen(of(found, "province"), "ancestor", "verdict", "step") == [("nation", "tighter", 3)]
    assert of(found, "nation") == []


def test_an_ancestor_that_is_silent_is_passed_over() -> None:
    chain = [
        national("2022 >= 22 %"),
        document("province", level="province", basis=("nation",)),
        document("city", "2022 >= 22 %", basis=("province",)),
    ]
    found = align(chain, concepts(), WORDS)
    assert seen(of(found, "city"), "ancestor", "verdict") == [("nation", "equal")]
    assert seen(of(found, "province"), "verdict", "year") == [("dropped", 2022)]


@pytest.mark.parametrize(
    ("first", "second", "nearest"),
    [
        ({"level": "national"}, {"level": "province"}, "b"),
        ({"level": "province"}, {"level": "prefecture"}, "b"),
        ({"date": "2021-05"}, {"date": "2020-12-31"}, "a"),
        ({"date": "2019"}, {"date": "2019-06-24"}, "b"),
        ({"level": "province", "date": "2016"}, {"level": "national", "date": "2021"}, "a"),
    ],
)
def test_of_two_parents_the_lower_then_the_later_is_nearer(
    first: dict[str, str], second: dict[str, str], nearest: str
) -> None:
    parents = [document("a", "2022 >= 22 %", **first), document("b", "2022 >= 22 %", **second)]
    found = align([*parents, document("city", "2022 >= 27 %", basis=("a", "b"))], concepts(), WORDS)
    assert seen(of(found, "city"), "ancestor") == [(nearest,)]


def test_a_document_reached_by_two_ways_counts_at_the_shorter() -> None:
    chain = [
        national("2022 >= 22 %"),
        document("province", "2022 >= 25 %", level="province", basis=("nation",)),
        document("city", "2022 >= 27 %", level="province", basis=("nation", "province")),
    ]
    assert seen(of(align(chain, concepts(), WORDS), "city"), "ancestor") == [("province",)]


def test_national_is_the_nearest_national_document_that_states_it() -> None:
    chain = [
        national("2022 >= 20 %", slug="older", date="2016-10"),
        national("2022 >= 22 %", basis=("older",)),
        national(slug="newer", date="2023"),
        document("city", "2022 >= 22 %", basis=("nation", "newer")),
    ]
    found = align(chain, concepts(), WORDS)
    assert seen(of(found, "city", "national"), "ancestor") == [("nation",)]
    assert seen(of(found, "nation", "national"), "ancestor", "step") == [("older", 2)]


def test_a_target_that_no_ancestor_states_is_added() -> None:
    chain = [national(), document("city", "2022 >= 27 %", "2030 >= 30 %", basis=("nation",))]
    found = of(align(chain, concepts(), WORDS), "city")
    assert seen(found, "year", "verdict", "ancestor", "section") == [
        (2022, "added", "", "一"),
        (2030, "added", "", "一"),
    ]
    assert "text" not in told(found[0])


def test_nothing_is_added_where_a_text_above_is_not_at_hand() -> None:
    chain = [national(), document("city", "2022 >= 27 %", basis=("nation", "absent"))]
    found = of(align(chain, concepts(), WORDS), "city")
    assert seen(found, "year", "verdict", "ancestor", "section") == [(2022, "no-data", "", "一")]
    assert "text not (wholly) at hand: 《absent》" in told(found[0])
    assert seen(of(align(chain, concepts(), WORDS), "city", "national"), "verdict") == [("added",)]


def test_nothing_is_added_below_an_excerpt() -> None:
    excerpt = national(target("2022 <= 7.5 ‰", "infant-mortality"), actions=None)
    found = of(align([excerpt, document("city", "2022 >= 27 %", basis=("nation",))], concepts(), WORDS), "city")
    assert seen((row for row in found if row.indicator == "health-literacy"), "verdict") == [("no-data",)]
    assert any("文本不全在手: nation" in told(row) for row in found)


def test_nothing_is_added_below_a_document_whose_annex_is_not_at_hand() -> None:
    above = national()
    annexed = replace(above, structure=(*above.structure, StructureRow("nation", "附件1", "指标", "annex", "")))
    found = of(align([annexed, document("city", "2022 >= 27 %", basis=("nation",))], concepts(), WORDS), "city")
    assert seen(found, "verdict") == [("no-data",)]


def test_an_own_milestone_is_not_added_below_an_excerpt() -> None:
    excerpt = national("2022 >= 22 %", "2030 >= 30 %", actions=None)
    found = of(align([excerpt, document("city", "2025 >= 25 %", basis=("nation",))], concepts(), WORDS), "city")
    assert ("no-data", 2025, "nation") in seen(found, "verdict", "year", "ancestor")
    assert "自设节点" in told(found[-1])


# ---------------------------------------------------------------- the family


def test_a_national_document_of_the_family_is_compared_with_though_it_is_not_cited() -> None:
    chain = [
        national(),
        national("2022 >= 25 %", "2030 >= 30 %", slug="committee", basis=("nation",)),
        document("city", "2022 >= 27 %", "2030 >= 30 %", basis=("nation",)),
    ]
    for scope in ("parent", "national"):
        found = of(align(chain, concepts(), WORDS), "city", scope)
        assert seen(found, "year", "verdict", "ancestor") == [
            (2022, "tighter", "committee"),
            (2030, "equal", "committee"),
        ]
        assert "未引用的同一政策的国家文件: committee" in told(found[0])


def test_what_a_document_of_the_family_states_is_not_asked_where_it_is_not_cited() -> None:
    sister = national("2022 >= 25 %", "2030 >= 30 %", slug="committee", basis=("nation",))
    assert of(align([national(), sister, document("city", basis=("nation",))], concepts(), WORDS), "city") == []
    below = document("city", "2022 >= 25 %", "2035 >= 31 %", basis=("nation",))
    found = of(align([national(), sister, below], concepts(), WORDS), "city")
    assert seen(found, "year", "verdict") == [(2022, "equal"), (2035, "tighter")]


@pytest.mark.parametrize(
    ("sister", "city", "verdict"),
    [
        ({"basis": ("nation",)}, {}, "no-data"),  # an excerpt of the family: it may state the figure
        ({"basis": ("another",)}, {}, "added"),  # below another root
        ({"basis": ("nation",), "date": "2023"}, {}, "added"),  # of a later date than the city's
        ({"basis": ("nation",), "date": "2023"}, {"date": ""}, "no-data"),
        ({"basis": ("city",)}, {}, "added"),  # below the city itself
        ({"basis": ("nation",), "level": "province"}, {}, "added"),  # of another province
    ],
)
def test_who_belongs_to_the_family(sister: dict[str, object], city: dict[str, str], verdict: str) -> None:
    related = national(target("2022 <= 7 ‰", "infant-mortality"), slug="sister", actions=None, **sister)
    below = document("city", "2022 >= 27 %", basis=("nation",), **city)
    found = of(align([national(), related, below], concepts(), WORDS), "city")
    assert seen((row for row in found if row.year == 2022), "verdict") == [(verdict,)]


def test_an_own_milestone_that_a_document_of_the_family_has_is_compared_with_it() -> None:
    chain = [
        national("2022 >= 22 %", "2030 >= 30 %"),
        national("2025 >= 26 %", slug="committee", basis=("nation",)),
        document("city", "2022 >= 22 %", "2025 >= 25 %", "2030 >= 30 %", basis=("nation",)),
    ]
    found = of(align(chain, concepts(), WORDS), "city")
    assert seen(found, "year", "verdict", "ancestor") == [
        (2022, "equal", "nation"),
        (2025, "looser", "committee"),
        (2030, "equal", "nation"),
    ]


# ---------------------------------------------------------------- totals, several parents


def test_totals_of_one_place_compare() -> None:
    earlier = document("earlier", "2020 >= 3 万人", date="2016", region="210200")
    plan = document("plan", "2025 >= 2 万人", basis=("earlier",), region="210200")
    found = align([earlier, plan], concepts(), WORDS)
    assert seen(of(found, "plan"), "verdict", "step") == [("looser", -1)]
    elsewhere = document("plan", "2025 >= 2 万人", basis=("earlier",), region="210283")
    assert seen(of(align([earlier, elsewhere], concepts(), WORDS), "plan"), "verdict") == [("not-compared",)]


@pytest.mark.parametrize(("indicator", "verdict"), [("每月走访", "tighter"), ("每年走访", "equal")])
def test_times_compare_by_the_period_that_their_indicator_names(indicator: str, verdict: str) -> None:
    above = replace(target("2022 >= 1 次"), indicator="每年走访")
    below = replace(target("2022 >= 1 次"), indicator=indicator)
    found = align([national(above), document("city", below, basis=("nation",))], concepts(), WORDS)
    assert seen(of(found, "city"), "verdict") == [(verdict,)]


def test_a_total_of_one_place_is_dropped() -> None:
    earlier = document("earlier", "2020 >= 3 万人", "2025 >= 4 万人", date="2016", region="210200")
    plan = document("plan", target("2025 <= 7 ‰", "infant-mortality"), basis=("earlier",), region="210200")
    found = of(align([earlier, plan], concepts(), WORDS), "plan")
    assert ("dropped", 2025) in seen(found, "verdict", "year")


def test_a_table_says_which_numbers_are_asked_of_each_place() -> None:
    chain = [national("2022 >= 3 人"), document("city", "2022 >= 4 人", basis=("nation",))]
    known = concepts()
    each = replace(known.indicators["health-literacy"], each=True)
    per_head = replace(known, indicators=keyed(each, known.indicators["infant-mortality"]))
    assert seen(of(align(chain, known, WORDS), "city"), "verdict") == [("not-compared",)]
    assert seen(of(align(chain, per_head, WORDS), "city"), "verdict") == [("tighter",)]


def test_the_weakest_of_several_parents_is_named() -> None:
    parents = [
        document("a", "2022 >= 20 %", level="province"),
        document("b", "2022 >= 22 %", level="national"),
    ]
    found = of(align([*parents, document("city", "2022 >= 22 %", basis=("a", "b"))], concepts(), WORDS), "city")
    assert seen(found, "ancestor", "verdict") == [("a", "tighter")]
    assert "上级要求不一: a >= 20%、b >= 22%;要求最低的是a" in told(found[0])
    agreed = [parents[0], document("b", "2022 >= 20 %", level="national")]
    found = of(align([*agreed, document("city", "2022 >= 22 %", basis=("a", "b"))], concepts(), WORDS), "city")
    assert "不一" not in told(found[0])


# ---------------------------------------------------------------- the years a document is for


@pytest.mark.parametrize(
    ("about", "years"),
    [
        ({"date": "2023-05-08", "title": "健康示范行动实施方案(2023—2025年)"}, [2025]),
        ({"date": "2023", "title": "健康示范三年行动计划"}, [2025]),
        ({"date": "2022", "title": "“十四五”健康示范规划"}, [2022, 2025]),
        ({"date": "2022", "title": "健康示范规划", "period": "2021-2025"}, [2022, 2025]),
        ({"date": "", "number": "示政发〔2023〕7号"}, [2025, 2030]),
        ({"date": "", "title": "健康示范行动(2023—2025年)"}, [2025]),
        ({"date": "2024-03", "title": "健康示范行动(2020—2022年)"}, [2022]),  # the date is that of the page
        ({"date": ""}, [2022, 2025, 2030]),
    ],
)
def test_a_document_is_held_to_milestones_of_its_own_years(about: dict[str, str], years: list[int]) -> None:
    fields = [MetadataRow("city", name, about[name]) for name in ("title", "number", "period") if name in about]
    above = national("2022 >= 22 %", "2025 >= 25 %", "2030 >= 30 %")
    city = document("city", basis=("nation",), date=about["date"])
    found = of(align([above, replace(city, metadata=(*city.metadata, *fields))], concepts(), WORDS), "city")
    assert seen(found, "year", "verdict") == [(year, "dropped") for year in years]


def test_nothing_is_added_where_no_ancestor_is_at_hand() -> None:
    found = align([document("city", "2022 >= 27 %", basis=("absent",))], concepts(), WORDS)
    assert seen(found, "scope", "verdict", "ancestor", "year") == [("parent", "no-data", "absent", None)]


def test_a_document_without_parents_is_not_compared() -> None:
    assert align([document("city", "2022 >= 27 %")], concepts(), WORDS) == ()


# ---------------------------------------------------------------- what is missing


def test_a_target_without_which_the_document_has_the_action_is_dropped() -> None:
    chain = [national("2022 >= 22 %", "2030 >= 30 %"), document("city", basis=("nation",))]
    found = of(align(chain, concepts(), WORDS), "city")
    assert seen(found, "year", "verdict", "ancestor_section") == [(2022, "dropped", "一"), (2030, "dropped", "一")]
    assert found[0].step is None


def test_the_action_is_known_from_another_target_under_it() -> None:
    below = document("city", target("2022 >= 10 %", "other"), basis=("nation",), actions=("",))
    found = align([national("2022 >= 22 %"), below], concepts(), WORDS)
    assert [row.verdict for row in of(found, "city") if row.indicator == "health-literacy"] == ["dropped"]


def test_an_indicator_without_a_concept_belongs_to_the_action_it_was_printed_under() -> None:
    above = national(target("2022 >= 10 %", "x-1"), target("2022 >= 10 %", "x-2", action="某某行动"))
    found = of(align([above, document("city", basis=("nation",))], concepts(), WORDS), "city")
    assert seen(found, "indicator", "verdict") == [("x-1", "dropped"), ("x-2", "not-covered")]


@pytest.mark.parametrize(
    ("heading", "verdict"),
    [
        ("实施健康知识普及和控烟行动", "merged"),
        ("健康知识普及、控烟行动", "merged"),
        ("健康知识普及行动与控烟行动", "merged"),
        ("健康知识普及和示范行动", "not-covered"),  # the other half is no known action: nothing is taken apart
        ("健康知识普及行动", "dropped"),
    ],
)
def test_a_target_whose_action_went_into_another_is_merged(heading: str, verdict: str) -> None:
    known = bundled()
    above = national(target("2022 >= 22 %"), actions=("health-knowledge", "tobacco-control"))
    city = document("city", basis=("nation",), actions=())
    city = replace(city, structure=(StructureRow("city", "一", heading, "action", ""),))
    found = of(align([above, city], known, WORDS), "city")
    assert seen(found, "verdict") == [(verdict,)]
    assert ("控烟行动" in told(found[0])) == (verdict == "merged")


def test_a_target_whose_action_the_document_lacks_is_not_covered() -> None:
    chain = [national("2022 >= 22 %"), document("city", basis=("nation",), actions=("tobacco-control",))]
    found = of(align(chain, concepts(), WORDS), "city")
    assert seen(found, "verdict") == [("not-covered",)]
    assert "does not have the action" in told(found[0])


def test_a_plan_of_one_action_is_held_to_no_target_of_another() -> None:
    """Of one action by its title; a document above that is of that action itself is asked for all that it states."""
    other = target("2030 >= 20 %", "other-share", action="控烟行动")
    titles = [("示范市工作方案", "dropped"), ("示范市控烟行动实施方案", "not-covered")]
    known = concepts()
    known = replace(known, action_names=keyed(*known.action_names.values(), Name("控烟行动", "tobacco-control", True)))
    for title, verdict in titles:
        plan = document("city", basis=("nation",), actions=("health-literacy-action", "tobacco-control"))
        plan = replace(plan, metadata=(*plan.metadata, MetadataRow("city", "title", title)))
        found = of(align([national("2030 >= 30 %", other), plan], known, WORDS), "city")
        assert seen(found, "indicator", "verdict") == [("health-literacy", verdict), ("other-share", "dropped")]


def test_an_overall_target_belongs_to_no_action() -> None:
    above = national(target("2030 = 79 岁", "life-expectancy", action=""))
    found = of(align([above, document("city", basis=("nation",))], concepts(), WORDS), "city")
    assert seen(found, "verdict") == [("not-covered",)]
    assert "指标所属行动不明" in told(found[0])


@pytest.mark.parametrize(
    ("stated", "basis", "verdict"),
    [
        (3, ("nation",), "dropped"),
        (2, ("nation",), "not-covered"),  # another plan, which takes up some
        (3, ("province",), "not-covered"),  # not its parent's, and the parent is silent
    ],
)
def test_an_overall_target_is_dropped_where_nearly_all_others_of_the_parent_are_stated(
    stated: int, basis: tuple[str, ...], verdict: str
) -> None:
    asked = [target("2030 >= 50 %", f"share-{number}", action="") for number in range(4)]
    chain = [national(*asked), document("province", basis=("nation",), level="province", date="2020")]
    city = document("city", *asked[:stated], basis=basis)
    found = of(align([*chain, city], concepts(), WORDS), "city")
    assert {row.verdict for row in found if row.indicator not in {f"share-{at}" for at in range(stated)}} == {verdict}


def test_a_milestone_that_was_past_is_not_dropped() -> None:
    chain = [national("2022 >= 22 %", "2030 >= 30 %"), document("city", basis=("nation",), date="2023-05-08")]
    assert seen(of(align(chain, concepts(), WORDS), "city"), "year", "verdict") == [(2030, "dropped")]


def test_what_a_document_lacks_whose_text_is_not_at_hand_is_no_data() -> None:
    chain = [national("2022 >= 22 %"), document("city", basis=("nation",), actions=None)]
    found = align(chain, concepts(), WORDS)
    assert seen(found, "scope", "verdict", "ancestor") == [("parent", "no-data", "nation")]
    assert "本文件文本不在手" in told(found[0])


def test_what_an_excerpt_lacks_is_no_data() -> None:
    excerpt = document("city", target("2022 <= 4 ‰", "infant-mortality"), basis=("nation",), actions=None)
    found = of(align([national("2022 >= 22 %"), excerpt], concepts(), WORDS), "city")
    assert [row.verdict for row in found if row.indicator == "health-literacy"] == ["no-data"]


@pytest.mark.parametrize(
    ("mine", "national_says", "wanted"),
    [
        ("2022 >= 27 %", "2022 >= 22 %", [("tighter", "nation")]),  # the number of the province is not at hand
        ("2022 qual", "2022 >= 22 %", [("not-compared", "province")]),
        ("2022 >= 27 %", "2022 qual", [("changed-form", "province")]),  # no number anywhere: the nearest
    ],
)
def test_words_of_an_excerpt_stand_in_no_numbers_way(
    mine: str, national_says: str, wanted: list[tuple[str, str]]
) -> None:
    province = document("province", "2022 qual", level="province", basis=("nation",), actions=None)
    chain = [national(national_says), province, document("city", mine, basis=("province",))]
    assert seen(of(align(chain, concepts(), WORDS), "city"), "verdict", "ancestor") == wanted


def test_words_of_an_excerpt_are_not_what_it_makes_of_a_number() -> None:
    excerpt = document("city", "2022 qual", basis=("nation",), actions=None)
    found = of(align([national("2022 >= 22 %", "2030 >= 30 %"), excerpt], concepts(), WORDS), "city")
    assert seen(found, "year", "verdict") == [(2022, "no-data"), (2030, "no-data")]


def test_facts_compiled_without_the_text_are_an_excerpt() -> None:
    compiled = document("city", "2030 >= 30 %", basis=("nation",))
    compiled = replace(compiled, metadata=(*compiled.metadata, MetadataRow("city", "review_status", "unchecked")))
    chain = [national("2022 >= 22 %", "2030 >= 30 %"), compiled]
    assert seen(of(align(chain, concepts(), WORDS), "city"), "year", "verdict") == [(2022, "no-data"), (2030, "equal")]


def test_an_excerpt_is_never_late() -> None:
    excerpt = document("city", "2030 = 35 %", basis=("nation",), actions=None)
    found = of(align([national("2022 >= 22 %", "2030 >= 30 %"), excerpt], concepts(), WORDS), "city")
    assert seen(found, "year", "verdict", "step") == [(2022, "no-data", None), (2030, "tighter", 5)]


def test_only_ancestors_that_would_have_come_first_are_named() -> None:
    known = [
        KnownDocument("province", "辽政发〔2019〕22号", "", "province", "", "", "2019", ()),
        KnownDocument("older", "中发〔2016〕23号", "", "national", "", "", "2016-10", ()),
    ]
    city = document("city", "2022 >= 27 %", basis=("nation", "province", "older"))
    found = of(align([national("2022 >= 22 %"), city], concepts(documents=known), WORDS), "city")
    assert seen(found, "verdict", "ancestor") == [("no-data", "province"), ("tighter", "nation")]
    assert "辽政发〔2019〕22号 文本不在手" in told(found[0])


# ---------------------------------------------------------------- faults in the data, and laws


def test_a_circle_of_documents_is_an_error_that_names_it() -> None:
    circle = [document(a, basis=(b,)) for a, b in (("a", "b"), ("b", "c"), ("c", "a"))]
    with pytest.raises(DataError, match="a -> b -> c -> a"):
        align(circle, concepts(), WORDS)


def test_a_document_based_on_itself_is_an_error() -> None:
    with pytest.raises(DataError, match="a -> a"):
        align([document("a", basis=("a",))], concepts(), WORDS)


def test_two_ways_up_are_not_a_circle() -> None:
    diamond = [national(), document("a", basis=("nation",)), document("b", basis=("nation",))]
    assert align([*diamond, document("c", basis=("a", "b"))], concepts(), WORDS) == ()


def test_a_document_given_twice_is_an_error() -> None:
    with pytest.raises(DataError, match="given twice"):
        align([document("a"), document("a")], concepts(), WORDS)


def test_a_long_chain_needs_no_recursion() -> None:
    chain = [document(f"d{number}", basis=(f"d{number + 1}",)) for number in range(1100)]
    align(chain, concepts(), WORDS)


def world() -> list[Facts]:
    """Return the health-literacy targets of the documents that the project is about, in small."""
    province = document("liaozhengfa-2019-22", level="province", basis=("guofa-2019-13",), actions=None, date="2019")
    above = national("2022 >= 22 %", "2030 >= 30 %", slug="guofa-2019-13")
    dalian = document("dalian", "2022 >= 27 %", "2030 >= 30 %", basis=("guofa-2019-13", "liaozhengfa-2019-22"))
    wuhai = document(
        "wuhai", "2022 qual", "2022 >= 22 %", "2030 >= 30 %", basis=("guofa-2019-13", "neizhengfa-2019-11")
    )
    xiangfu = document(
        "xiangfu", "2022 >= 22 %", "2030 >= 30 %", basis=("bianzheng-2020-22",), level="county", date="2020-12-02"
    )
    kaifeng = document("bianzheng-2020-22", basis=("guofa-2019-13",), actions=None, date="2020")
    return [dalian, wuhai, xiangfu, kaifeng, province, above]


def test_the_path_of_health_literacy() -> None:
    found = align(world(), concepts(), WORDS)
    assert seen(of(found, "dalian"), "year", "verdict", "ancestor", "step") == [
        (None, "no-data", "liaozhengfa-2019-22", None),
        (2022, "tighter", "guofa-2019-13", 5),
        (2030, "equal", "guofa-2019-13", 0),
    ]
    assert {row.verdict for row in of(found, "liaozhengfa-2019-22")} == {"no-data"}
    for city in ("wuhai", "xiangfu"):
        assert seen(of(found, city, "national"), "year", "verdict") == [(2022, "equal"), (2030, "equal")]


@given(st.permutations(world()))
def test_the_order_of_documents_does_not_matter(documents: list[Facts]) -> None:
    assert align(documents, concepts(), WORDS) == align(world(), concepts(), WORDS)


def test_an_alignment_has_a_key() -> None:
    found = align(world(), concepts(), WORDS)
    assert len({(row.document, row.indicator, row.year, row.scope, row.ancestor) for row in found}) == len(found)


def test_reasons_do_not_share_state() -> None:
    facts = world()
    assert align([replace(item) for item in facts], concepts(), WORDS) == align(facts, concepts(), WORDS)

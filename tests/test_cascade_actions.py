"""Which actions a document took over, who leads them, and the table of it all: small stories, then the five plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from bundled import plans

from policygraph import lexicon
from policygraph.alignments import ActionAlignment, LeadAlignment
from policygraph.cascade import compare_documents, matrix
from policygraph.concepts import bundled
from policygraph.errors import UsageError
from policygraph.graph import cascade_graph, concept_graph, graph
from policygraph.messages import sentence
from policygraph.model import CitationRow, Facts, MetadataRow, ResponsibilityRow, StructureRow
from policygraph.query import ask
from policygraph.store import Store, open_store

WORDS = lexicon.bundled()
FITNESS, DIET, SMOKING = "全民健身行动", "合理膳食行动", "控烟行动"
TYPES = {FITNESS: "national-fitness", DIET: "balanced-diet", SMOKING: "tobacco-control"}

# ---------------------------------------------------------------- a world small enough to read


def told(row: ActionAlignment | LeadAlignment) -> str:
    """Return the reason of an alignment in both languages."""
    return f"{sentence(row.reason, 'zh')} / {sentence(row.reason, 'en')}"


def document(slug: str, *headings: str, basis: tuple[str, ...] = (), level: str = "prefecture", **leads: str) -> Facts:
    """Return facts with a heading an action; ``leads`` are the agency types that lead the first, second, ... one.

    A heading may name its type after «=»; ``level`` is that of administration.
    """
    rows = [StructureRow(slug, str(n), h.partition("=")[0], "action", _type(h)) for n, h in enumerate(headings, 1)]
    return Facts(
        doc=slug,
        metadata=(MetadataRow(slug, "document_id", slug), MetadataRow(slug, "level", level)),
        structure=tuple(rows),
        citations=tuple(CitationRow(slug, parent, "", "basis", "", parent) for parent in basis),
        responsibilities=tuple(_led(slug, name.removeprefix("no"), agencies) for name, agencies in leads.items()),
    )


def _type(heading: str) -> str:
    name, _, declared = heading.partition("=")
    return declared or next((kind for known, kind in TYPES.items() if known in name), "")


def _led(slug: str, number: str, agency: str) -> ResponsibilityRow:
    role = "responsible" if agency.startswith("-") else "lead"
    agency = agency.removeprefix("-")
    return ResponsibilityRow(slug, number, "", 1, 1, role, agency, agency, f"210200/{agency}")


def nation(*headings: str, **leads: str) -> Facts:
    return document("nation", *headings, level="national", **leads)


def actions(*documents: Facts, slug: str = "city", scope: str = "parent") -> dict[str, ActionAlignment]:
    found = compare_documents(documents, bundled(), WORDS).actions
    return {row.action_type: row for row in found if row.document == slug and row.scope == scope}


def leads(*documents: Facts, slug: str = "city", scope: str = "parent") -> dict[str, LeadAlignment]:
    found = compare_documents(documents, bundled(), WORDS).leads
    return {row.action_type: row for row in found if row.document == slug and row.scope == scope}


# ---------------------------------------------------------------- actions

KEPT_OR_NOT = [
    # case, headings of the city, headings of the nation, verdicts by type
    ("kept under its name", [FITNESS], [FITNESS], {"national-fitness": "kept"}),
    ("kept with a verb before it", ["实施" + FITNESS], [FITNESS], {"national-fitness": "kept"}),
    ("renamed", ["提高全民身体素质=national-fitness"], [FITNESS], {"national-fitness": "renamed"}),
    ("missing", [DIET], [DIET, SMOKING], {"balanced-diet": "kept", "tobacco-control": "missing"}),
    ("added", [DIET, SMOKING], [DIET], {"balanced-diet": "kept", "tobacco-control": "added"}),
    (
        "merged, as the row says",
        ["健康饮食与控烟=balanced-diet|tobacco-control"],
        [DIET, SMOKING],
        {"balanced-diet": "merged", "tobacco-control": "merged"},
    ),
    (
        "merged, as the heading says",
        ["实施合理膳食行动、控烟行动=balanced-diet"],
        [DIET, SMOKING],
        {"balanced-diet": "merged", "tobacco-control": "merged"},
    ),
    (
        "merged before one ending",
        ["实施合理膳食和控烟行动"],
        [DIET, SMOKING],
        {"balanced-diet": "merged", "tobacco-control": "merged"},
    ),
    (
        "merged above already",
        ["实施合理膳食行动、控烟行动=balanced-diet"],
        ["合理膳食行动、控烟行动=balanced-diet"],
        {"balanced-diet": "kept", "tobacco-control": "kept"},
    ),
    (
        "split",
        ["公共场所控烟行动=tobacco-control", "青少年控烟行动=tobacco-control"],
        [SMOKING],
        {"tobacco-control": "split"},
    ),
]


def test_the_cases_were_found() -> None:
    assert len(KEPT_OR_NOT) == 10


@pytest.mark.parametrize(("case", "mine", "theirs", "verdicts"), KEPT_OR_NOT, ids=[case[0] for case in KEPT_OR_NOT])
def test_an_action(case: str, mine: list[str], theirs: list[str], verdicts: dict[str, str]) -> None:
    found = actions(nation(*theirs), document("city", *mine, basis=("nation",)))
    assert {kind: row.verdict for kind, row in found.items()} == verdicts


def test_a_merged_action_names_the_others_and_its_place() -> None:
    found = actions(
        nation(DIET, SMOKING), document("city", "膳食与控烟=balanced-diet|tobacco-control", basis=("nation",))
    )
    row = found["balanced-diet"]
    assert (row.with_types, row.sections, row.ancestor_names) == (("tobacco-control",), ("1",), (DIET,))
    assert told(row) == "与其他行动合并: 控烟行动 / one heading with: tobacco-control"


def test_a_document_of_another_kind_sets_no_actions() -> None:
    scheme = document("city", basis=("nation",))
    scheme = Facts(**{**_fields(scheme), "structure": (StructureRow("city", "一", "组织架构", "part"),)})
    assert {row.verdict for row in actions(nation(DIET), scheme).values()} == {"no-actions"}


def test_what_is_not_at_hand_is_no_data() -> None:
    found = compare_documents([nation(DIET), document("city", basis=("nation",))], bundled(), WORDS).actions
    assert [(row.scope, row.verdict) for row in found] == [("parent", "no-data")]
    alone = compare_documents([document("city", DIET, basis=("absent",))], bundled(), WORDS).actions
    assert [(row.scope, row.verdict) for row in alone] == [("parent", "no-data")]
    assert "文本不在手: absent" in told(alone[0])


def test_an_action_is_not_added_where_a_text_above_is_not_at_hand() -> None:
    city = document("city", DIET, SMOKING, basis=("nation", "absent"))
    assert actions(nation(DIET), city)["tobacco-control"].verdict == "no-data"
    assert actions(nation(DIET), city, scope="national")["tobacco-control"].verdict == "added"


def test_an_ancestor_that_is_passed_over_is_named() -> None:
    province = document("province", basis=("nation",), level="province")
    row = actions(nation(DIET), province, document("city", DIET, basis=("province",)))["balanced-diet"]
    assert (row.verdict, row.ancestor) == ("kept", "nation")
    assert "province" in told(row)


def test_of_two_ancestors_the_nearest_that_sets_it_is_compared() -> None:
    chain = [nation(DIET, SMOKING), document("province", DIET, basis=("nation",), level="province")]
    found = actions(*chain, document("city", DIET, SMOKING, basis=("province",)))
    assert {kind: row.ancestor for kind, row in found.items()} == {
        "balanced-diet": "province",
        "tobacco-control": "nation",
    }


def _fields(found: Facts) -> dict[str, object]:
    return {name: getattr(found, name) for name in Facts.__dataclass_fields__}


# ---------------------------------------------------------------- leads

LED = [
    # case, lead of the city, lead of the nation, verdict
    ("the same function", "health", "health", "same"),
    ("other hands", "sport", "health", "changed"),
    ("a merged bureau leads with all its functions", "education-sport", "sport", "widened"),
    ("one of two functions", "sport", "education-sport", "narrowed"),
    ("one function in common", "education-sport", "culture-sport", "overlapping"),
    ("named without a lead", "-health", "health", "no-lead"),
    ("a lead above that is not known", "health", "-health", "no-data"),
]


@pytest.mark.parametrize(("case", "mine", "theirs", "verdict"), LED, ids=[case[0] for case in LED])
def test_a_lead(case: str, mine: str, theirs: str, verdict: str) -> None:
    above = nation(FITNESS, no1=theirs)
    found = leads(above, document("city", "实施" + FITNESS, basis=("nation",), no1=mine))
    assert {row.verdict for row in found.values()} == {verdict}


def test_a_lead_of_which_nothing_is_said_has_no_row() -> None:
    assert leads(nation(FITNESS, no1="health"), document("city", FITNESS, basis=("nation",))) == {}


def test_the_usual_lead_is_that_of_most_documents() -> None:
    peers = [document(f"c{n}", FITNESS, no1=agency) for n, agency in enumerate(("sport", "sport", "education-sport"))]
    found = leads(*peers, document("city", FITNESS, no1="health"), scope="peers")["national-fitness"]
    assert (found.verdict, found.leads, found.ancestor_leads) == ("changed", ("health",), ("sport",))
    assert "sport 3/4" in told(found)


def test_two_documents_have_no_usual_lead() -> None:
    assert leads(document("c1", FITNESS, no1="sport"), document("city", FITNESS, no1="health"), scope="peers") == {}


# ---------------------------------------------------------------- the five plans

DOCUMENTS = plans()
PLANS = ("dalian-2021", "wuhai-2021", "xiangfu-2020", "changchun-2021", "xiamen-2019")
NAMES = {found.value("document_id"): found.doc for found in DOCUMENTS}
COMPARED = compare_documents(DOCUMENTS, bundled(), WORDS)

# Read off the headings: Wuhai keeps the words 控烟行动 and 癌症防治行动 alone; Xiamen is a scheme of organisation.
COVERAGE = {
    "dalian-2021": {"kept": 15, "no-data": 4},
    "wuhai-2021": {"kept": 2, "renamed": 13, "no-data": 2},
    "xiangfu-2020": {"kept": 15, "no-data": 3},
    "changchun-2021": {"kept": 15, "no-data": 1},
    "xiamen-2019": {"no-actions": 15},
}


def test_the_national_actions_in_the_five_plans() -> None:
    found = {plan: Counter[str]() for plan in PLANS}
    for row in COMPARED.actions:
        if row.scope == "parent" and NAMES[row.document] in PLANS:
            found[NAMES[row.document]][row.verdict] += 1
    assert found == COVERAGE


def test_the_leads_above_are_not_at_hand() -> None:
    """国发 has no responsibility clause in the tables at hand: its leads are unknown, never «changed»."""
    assert {row.verdict for row in COMPARED.leads if row.scope != "peers"} == {"no-data", "no-lead"}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        opened.add_all(quad for found in DOCUMENTS for quad in graph(found, bundled()))
        opened.add_all(concept_graph(bundled(), DOCUMENTS))
        opened.add_all(cascade_graph(COMPARED, DOCUMENTS, bundled()))
        yield opened


def test_the_coverage_can_be_asked(store: Store) -> None:
    rows = ask(store, "action-coverage", document="dalian-2021", verdict="added").rows
    assert [(row[2], row[3], row[5], row[6]) for row in rows] == [
        (None, "blue-sky-clear-water", "added", "蓝天碧水行动"),
        (None, "health-informatics", "added", "健康信息化推进行动"),
        (None, "service-quality", "added", "健康服务提质增效行动"),
        (None, "traditional-medicine", "added", "中医药振兴行动"),
    ]
    (row,) = ask(store, "action-coverage", document="wuhai-2021", action="health-knowledge").rows
    assert row[:11] == (
        "wuhai-2021",
        "prefecture",
        1,
        "health-knowledge",
        "健康知识普及行动",
        "renamed",
        "深入开展全民健康教育",
        "guofa-2019-13",
        "国发〔2019〕13号",
        "国务院关于实施健康中国行动的意见",
        "健康知识普及行动",
    )


def test_where_the_lead_changed_hands_can_be_asked(store: Store) -> None:
    (row,) = ask(store, "lead-changes", verdict="changed").rows
    assert row[:10] == (
        "changchun-2021",
        "prefecture",
        "mental-health",
        "心理健康促进行动",
        "changed",
        "human-resources",
        None,
        None,
        None,
        "health",
    )
    assert "4个条款中1个写明牵头" in str(row[10])
    assert {row[4] for row in ask(store, "lead-changes", scope="parent").rows} == {"no-data", "no-lead"}


# ---------------------------------------------------------------- the table


def test_the_matrix_has_an_indicator_and_year_a_row() -> None:
    found = matrix(DOCUMENTS, bundled(), WORDS)
    assert found.columns[:3] == ("indicator", "label", "year")
    column = {name: number for number, name in enumerate(found.columns)}
    rows = {(row[0], row[2]): row for row in found.rows}
    assert rows["health-literacy", 2022][column["dalian-2021"]] == ">= 27% tighter +5 (国发〔2019〕13号)"
    assert rows["child-stunting", 2030][column["dalian-2021"]] == "dropped (国发〔2019〕13号)"
    assert rows["vaccination", 2022][column["guofa-2019-13"]] == ">= 90%? no-data"  # unchecked
    assert (
        rows["vaccination", 2022][column["xiangfu-2020"]] == ">= 95% tighter +5? (国发〔2019〕13号)"
    )  # against an unchecked figure
    assert rows["elderly-disability", 2030][column["xiangfu-2020"]] == "no-data? (国发〔2019〕13号)"
    assert "xiamen-2019" not in column  # it states no target
    assert list(column)[3] == "zhongfa-2016-23" and list(column)[-1] == "xiangfu-2020"  # nation first, county last


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("verdict", "tighter"),
        ("value", "27"),
        ("step", 5),
        ("said", ">= 27% tighter +5 (国发〔2019〕13号)"),
        ("ancestor", "国发〔2019〕13号"),
    ],
)
def test_the_matrix_has_several_kinds_of_cell(cell: str, expected: object) -> None:
    found = matrix(DOCUMENTS, bundled(), WORDS, cell)
    (row,) = (row for row in found.rows if row[0] == "health-literacy" and row[2] == 2022)
    assert row[found.columns.index("dalian-2021")] == expected


def test_an_unknown_kind_of_cell_is_refused() -> None:
    with pytest.raises(UsageError, match="choose one of said, verdict"):
        matrix(DOCUMENTS, bundled(), WORDS, "colour")

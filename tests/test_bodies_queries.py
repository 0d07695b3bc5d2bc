"""Questions on coordinating bodies and dated events: golden rows on two documents small enough to count by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import small_graph as small

from policygraph.graph import concept_graph, graph, ontology_graph
from policygraph.model import BodyRow, Evidence, Facts, MetadataRow, ScheduleRow
from policygraph.query import ask, catalogue
from policygraph.store import Store, open_store

SEEN = Evidence(start=10, end=20, status="reviewed")
LATER = Evidence(start=30, end=40, status="extracted")
CITY, OTHER = "210200", "150300"
COMMITTEE, OFFICE, GROUP = "健康大连行动推进委员会", "健康大连行动推进委员会办公室", "招商领导小组"
ZHAO, LI = "person-210200-zhao-yi-1a2b3c4d", "person-210200-li-er-5e6f7a8b"
HEALTH, SCHOOLS = f"{CITY}/health", f"{CITY}/education-sport"


def about(doc: str, slug: str, region: str, date: str) -> tuple[MetadataRow, ...]:
    fields = {"title": f"{doc} 标题", "date_issued": date, "level": "prefecture", "document_id": slug}
    return (*(MetadataRow(doc, name, value) for name, value in fields.items()), MetadataRow(doc, "region", "", region))


def seat(body: tuple[str, str], relation: str, who: tuple[str, str], post: tuple[str, str], order: int) -> BodyRow:
    (name, body_id), (party, party_id) = body, who
    evidence = Evidence(start=10 + order, end=20, status="reviewed")
    return BodyRow(
        "dalian",
        "四",
        name,
        relation,
        party,
        post[0],
        order,
        f"{relation}{order}",
        party_id,
        evidence,
        body_id,
        post[1],
    )


MAIN, SIDE = (COMMITTEE, f"{CITY}/health-action-committee"), (GROUP, f"{CITY}/leading-group--zhao-shang")
DALIAN = Facts(
    "dalian",
    metadata=about("dalian", "dalian", CITY, "2021-01-25"),
    bodies=(
        seat(MAIN, "chair", ("赵一", ZHAO), ("副市长、市卫生健康委主任", f"|{HEALTH}"), 1),
        seat(MAIN, "member", ("李二", LI), ("市教体局局长", SCHOOLS), 1),
        seat(MAIN, "secretary_general", ("赵一", ZHAO), ("", ""), 1),
        seat(SIDE, "chair", ("赵一", ZHAO), ("副市长", ""), 1),
        seat(SIDE, "member", ("市教体局相关负责同志", ""), ("", SCHOOLS), 2),
        BodyRow("dalian", "四", OFFICE, "hosted_by", "市卫生健康委", "", None, "设在", HEALTH, LATER, f"{CITY}/office"),
        BodyRow(
            "dalian", "四", "专家组", "subordinate_of", *(COMMITTEE, "", None, "下设"), MAIN[1], LATER, f"{CITY}/e"
        ),
    ),
    schedule=(
        ScheduleRow("dalian", "五", "年度评估", "evaluation", "", "annual", COMMITTEE, "每年", SEEN),
        ScheduleRow("dalian", "五", "阶段评估", "evaluation", "2022|2025", "", f"{COMMITTEE}|各区", "分别", LATER),
        ScheduleRow("dalian", "六", "会议", "meeting", "", "as needed", "", "召开", SEEN),
    ),
)
WUHAI = Facts(
    "wuhai",
    metadata=about("wuhai", "wuhai", OTHER, "2026"),
    schedule=(ScheduleRow("wuhai", "三", "季度通报", "report", "", "quarterly", "市卫生健康委", "每季度", SEEN),),
)
DOCUMENTS = (DALIAN, WUHAI)
QUADS = (
    *(quad for facts in DOCUMENTS for quad in graph(facts, small.CONCEPTS)),
    *concept_graph(small.CONCEPTS, DOCUMENTS),
    *ontology_graph(),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as made:
        made.add_all(QUADS)
        yield made


M, L = MAIN[1], SIDE[1]
MAIN_LABEL, SIDE_LABEL = f"大连市{COMMITTEE}", f"大连市{GROUP}"
IN_MAIN = ("dalian", "四", M, MAIN_LABEL)
GOLDEN: list[tuple[str, dict[str, object], list[tuple[object, ...]]]] = [
    (
        "bodies",
        {},
        [
            (M, MAIN_LABEL, 3, 2, None, None, 1),
            (L, SIDE_LABEL, 2, 1, None, None, 1),
            (f"{CITY}/e", "大连市专家组", 0, 0, None, M, 1),
            (f"{CITY}/office", f"大连市{OFFICE}", 0, 0, HEALTH, None, 1),
        ],
    ),
    (
        "members-of-body",
        {"body": M},
        [
            (*IN_MAIN, "chair", "主任", 1, "赵一", "副市长、市卫生健康委主任", "chair1", "reviewed"),
            (*IN_MAIN, "member", "委员", 1, "李二", "市教体局局长", "member1", "reviewed"),
            (*IN_MAIN, "secretary-general", "秘书长", 1, "赵一", None, "secretary_general1", "reviewed"),
        ],
    ),
    (
        "bodies-of-person",
        {"person": "赵一"},
        [(ZHAO, "赵一", 2, 3, f"{MAIN_LABEL}|{SIDE_LABEL}", "副市长|副市长、市卫生健康委主任")],
    ),
    ("bodies-of-person", {"bodies": 3}, []),
    (
        "agencies-in-bodies",
        {},
        [(SCHOOLS, "大连市教育体育局", 2, 2, 0), (HEALTH, "大连市卫生健康委员会", 1, 1, 1)],
    ),
    (
        "schedule",
        {},
        [
            ("dalian", "五", "年度评估", "evaluation", None, "annual", COMMITTEE, "每年", "reviewed"),
            ("dalian", "六", "会议", "meeting", None, "as needed", None, "召开", "reviewed"),
            ("dalian", "五", "阶段评估", "evaluation", "2022|2025", None, f"{COMMITTEE}|各区", "分别", "extracted"),
            ("wuhai", "三", "季度通报", "report", None, "quarterly", "市卫生健康委", "每季度", "reviewed"),
        ],
    ),
    (
        "due-in-year",
        {"year": 2025},
        [
            (2025, "named", "dalian", "五", "阶段评估", "evaluation", None, f"{COMMITTEE}|各区", "分别"),
            (2025, "recurring", "dalian", "五", "年度评估", "evaluation", "annual", COMMITTEE, "每年"),
        ],
    ),  # the other document is of 2026; a meeting as needed is due in no year
    (
        "due-in-year",
        {"year": 2026, "document": "wuhai"},
        [(2026, "recurring", "wuhai", "三", "季度通报", "report", "quarterly", "市卫生健康委", "每季度")],
    ),
    (
        "due-in-year",
        {},
        [
            (2022, "named", "dalian", "五", "阶段评估", "evaluation", None, f"{COMMITTEE}|各区", "分别"),
            (2025, "named", "dalian", "五", "阶段评估", "evaluation", None, f"{COMMITTEE}|各区", "分别"),
        ],
    ),
]  # fmt: skip


def unordered(cell: object) -> object:
    """Return a joined cell in one order: the order inside it is not part of the answer."""
    return "|".join(sorted(cell.split("|"))) if isinstance(cell, str) else cell


@pytest.mark.parametrize(("name", "parameters", "expected"), GOLDEN)
def test_golden_rows(
    store: Store, name: str, parameters: dict[str, object], expected: list[tuple[object, ...]]
) -> None:
    found = [tuple(map(unordered, row)) for row in ask(store, name, **parameters).rows]
    assert found == [tuple(map(unordered, row)) for row in expected]


def test_every_question_of_the_two_folders_is_asked() -> None:
    names = {item.name for item in catalogue() if item.folder in ("bodies", "schedule")}
    assert names == {name for name, _, _ in GOLDEN}
    assert len(names) == 6


@pytest.mark.parametrize("name", [item.name for item in catalogue() if item.folder in ("bodies", "schedule")])
def test_a_question_runs_as_it_stands_in_the_file(store: Store, name: str) -> None:
    (item,) = [item for item in catalogue() if item.name == name]
    assert store.query(item.sparql) == ask(store, name)


def test_a_person_is_one_node_with_all_seats(store: Store) -> None:
    found = store.query(
        "SELECT (COUNT(*) AS ?n) { ?m pg:person <https://w3id.org/policygraph/id/person/210200/zhao-yi-1a2b3c4d> }"
    )
    assert found.rows == ((3,),)

"""A graph small enough to count by hand: one national document, a province without text, two cities."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from policygraph import lexicon
from policygraph.cascade import align
from policygraph.concepts import ActionType, AgencyType, Concepts, Function, Indicator, Level, Name, Region
from policygraph.graph import alignment_graph, concept_graph, graph, ontology_graph, target_index
from policygraph.model import (
    CitationRow,
    ClauseRow,
    Evidence,
    Facts,
    MetadataRow,
    ResponsibilityRow,
    StructureRow,
    TargetRow,
)
from policygraph.vocab import Quad

REVIEWED, UNCHECKED = Evidence(status="reviewed"), Evidence(status="unchecked", note="页面缺失")
_REGIONS = [
    ("100000", "中华人民共和国", "national", ""),
    ("210000", "辽宁省", "province", "100000"),
    ("210200", "大连市", "prefecture", "210000"),
    ("210211", "甘井子区", "county", "210200"),
    ("150000", "内蒙古自治区", "province", "100000"),
    ("150300", "乌海市", "prefecture", "150000"),
]
_LEVELS = ["national", "province", "prefecture", "county"]
CONCEPTS = Concepts(
    functions={
        id: Function(id, zh, en, zh)
        for id, zh, en in [
            ("health", "卫生健康", "Health"),
            ("education", "教育", "Education"),
            ("sport", "体育", "Sport"),
            ("publicity", "宣传", "Publicity"),
            ("finance", "财政", "Finance"),
        ]
    },
    agencies={
        id: AgencyType(id, zh, id.title(), functions, "government")
        for id, zh, functions in [
            ("health", "卫生健康委员会", ("health",)),
            ("education-sport", "教育体育局", ("education", "sport")),
            ("publicity", "宣传部", ("publicity",)),
            ("finance", "财政局", ("finance",)),
        ]
    },
    agency_names={},
    morphemes={},
    regions={code: Region(code, name, name, level, parent) for code, name, level, parent in _REGIONS},
    levels={id: Level(id, id, id, rank) for rank, id in enumerate(_LEVELS, start=1)},
    indicators={
        "health-literacy": Indicator("health-literacy", "居民健康素养水平", "Health literacy", "%", "up", "knowledge"),
        "smoking": Indicator("smoking", "15岁以上人群吸烟率", "Smoking rate", "%", "down", "tobacco"),
    },
    indicator_names={},
    actions={
        "knowledge": ActionType("knowledge", "健康知识普及行动", "Health knowledge", "1"),
        "tobacco": ActionType("tobacco", "控烟行动", "Tobacco control", "4"),
    },
    action_names={
        "健康知识普及行动": Name("健康知识普及行动", "knowledge", True),
        "控烟行动": Name("控烟行动", "tobacco", True),
    },
    documents={},
    reforms=(),
)


def metadata_rows(doc: str, slug: str, region: str, level: str, number: str, date: str) -> tuple[MetadataRow, ...]:
    fields = {"title": "某方案", "number": number, "date_issued": date, "level": level, "document_id": slug}
    rows = tuple(MetadataRow(doc, field, value) for field, value in fields.items())
    return (*rows, MetadataRow(doc, "region", "", region))


def structure_rows(doc: str, *rows: tuple[str, str, str]) -> tuple[StructureRow, ...]:
    return tuple(StructureRow(doc, section, heading, "action", kind, REVIEWED) for section, heading, kind in rows)


def duty_rows(doc: str, region: str, *rows: tuple[str, str, int, str, str, str]) -> tuple[ResponsibilityRow, ...]:
    orders: dict[tuple[str, int], int] = {}
    found = []
    for section, action, clause, role, name, agency in rows:
        order = orders[section, clause] = orders.get((section, clause), 0) + 1
        found.append(
            ResponsibilityRow(doc, section, action, clause, order, role, name, name, f"{region}/{agency}", REVIEWED)
        )
    return tuple(found)


def target_row(
    doc: str, section: str, action: str, what: tuple[str, int], said: tuple[str, str], evidence: Evidence = REVIEWED
) -> TargetRow:
    (indicator, year), (op, value) = what, said
    name = CONCEPTS.indicators[indicator].zh
    kind, unit = ("quantitative", "%") if value else ("qualitative", "")
    return TargetRow(doc, section, action, name, year, op, value, unit, "", kind, "", indicator, evidence)


KNOWLEDGE, TOBACCO = "健康知识普及行动", "控烟行动"
NATIONAL = Facts(
    "guofa-2019-13",
    metadata=metadata_rows("guofa-2019-13", "guofa-2019-13", "100000", "national", "国发〔2019〕13号", "2019-06-24"),
    structure=structure_rows("guofa-2019-13", ("三(一)1", KNOWLEDGE, "knowledge"), ("三(一)4", TOBACCO, "tobacco")),
    targets=(
        target_row("guofa-2019-13", "三(一)1", KNOWLEDGE, ("health-literacy", 2022), (">=", "22")),
        target_row("guofa-2019-13", "三(一)1", KNOWLEDGE, ("health-literacy", 2030), (">=", "30")),
        replace(
            target_row("guofa-2019-13", "三(一)4", TOBACCO, ("smoking", 2030), ("<", "20")), seen_in="某报2019-07-16"
        ),
    ),
)
PROVINCE = Facts(
    "liaozhengfa-2019-22",
    metadata=metadata_rows(
        "liaozhengfa-2019-22", "liaozhengfa-2019-22", "210000", "province", "辽政发〔2019〕22号", "2019"
    ),
    citations=(CitationRow("liaozhengfa-2019-22", "", "国发〔2019〕13号", "basis", "", "guofa-2019-13"),),
)
DALIAN = Facts(
    "dalian-2021",
    metadata=metadata_rows("dalian-2021", "210200-2021-01-25-aaaaaaaa", "210200", "prefecture", "", "2021-01-25"),
    structure=structure_rows("dalian-2021", ("三(一)1", KNOWLEDGE, "knowledge"), ("三(一)2", TOBACCO, "tobacco")),
    clauses=(
        ClauseRow("dalian-2021", "三(一)1", KNOWLEDGE, 1, "yes", "yes", "条款甲", REVIEWED),
        ClauseRow("dalian-2021", "三(一)1", KNOWLEDGE, 2, "no", "yes", "条款乙", REVIEWED),
        ClauseRow("dalian-2021", "三(一)2", TOBACCO, 1, "no", "yes", "条款丙", REVIEWED),
    ),
    responsibilities=duty_rows(
        "dalian-2021",
        "210200",
        ("三(一)1", KNOWLEDGE, 1, "lead", "市卫生健康委", "health"),
        ("三(一)1", KNOWLEDGE, 1, "support", "市教体局", "education-sport"),
        ("三(一)1", KNOWLEDGE, 1, "support", "市委宣传部", "publicity"),
        ("三(一)1", KNOWLEDGE, 2, "responsible", "市教体局", "education-sport"),
        ("三(一)2", TOBACCO, 1, "lead", "市卫生健康委", "health"),
        ("三(一)2", TOBACCO, 1, "support", "市教体局", "education-sport"),
        ("三(一)2", TOBACCO, 1, "support", "机场集团", "x-ji-chang-ji-tuan"),
    ),
    targets=(
        target_row("dalian-2021", "", "总体目标", ("health-literacy", 2022), ("qual", "")),
        target_row("dalian-2021", "三(一)1", KNOWLEDGE, ("health-literacy", 2022), (">=", "27")),
        target_row("dalian-2021", "三(一)1", KNOWLEDGE, ("health-literacy", 2030), (">=", "28"), UNCHECKED),
    ),
    citations=(
        CitationRow("dalian-2021", "", "国发〔2019〕13号", "basis", "", "guofa-2019-13"),
        CitationRow("dalian-2021", "", "辽政发〔2019〕22号", "basis", "", "liaozhengfa-2019-22"),
        CitationRow("dalian-2021", "健康大连2030", "", "mentions", "", "210200-undated-bbbbbbbb"),
    ),
)
_WUHAI = "wuhaizhengbanfa-2021-37"
WUHAI = Facts(
    "wuhai-2021",
    metadata=(
        *metadata_rows("wuhai-2021", _WUHAI, "150300", "prefecture", "乌海政办发〔2021〕37号", "2021"),
        MetadataRow("wuhai-2021", "period", "2021-2030"),
    ),
    structure=structure_rows("wuhai-2021", ("二(一)", KNOWLEDGE, "knowledge")),
    clauses=(
        ClauseRow("wuhai-2021", "二(一)", KNOWLEDGE, 1, "no", "yes", "条款丁", REVIEWED),
        ClauseRow("wuhai-2021", "二(一)", KNOWLEDGE, 2, "no", "no", "条款戊", Evidence(note="单位未列明")),
    ),
    responsibilities=duty_rows(
        "wuhai-2021",
        "150300",
        ("二(一)", KNOWLEDGE, 1, "lead", "市教体局", "education-sport"),
        ("二(一)", KNOWLEDGE, 1, "support", "市卫生健康委", "health"),
    ),
    targets=(target_row("wuhai-2021", "二(一)", KNOWLEDGE, ("health-literacy", 2022), (">=", "22")),),
    citations=(CitationRow("wuhai-2021", "", "国发〔2019〕13号", "basis", "", "guofa-2019-13"),),
)
DOCUMENTS = (DALIAN, NATIONAL, PROVINCE, WUHAI)


def quads_of(documents: tuple[Facts, ...]) -> tuple[Quad, ...]:
    """Return the quads of documents, their concepts, alignments and the ontology."""
    words = lexicon.bundled()
    found = [quad for facts in documents for quad in graph(facts, CONCEPTS)]
    alignments = align(documents, CONCEPTS, words)
    shared = concept_graph(CONCEPTS, documents)
    return (*found, *shared, *alignment_graph(alignments, target_index(documents, CONCEPTS)), *ontology_graph())


@cache
def small_graph() -> tuple[Quad, ...]:
    """Return the quads of all four documents."""
    return quads_of(DOCUMENTS)

"""Small facts and concepts, made up for these tests, that touch every table and every awkward case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from policygraph.alignments import ActionAlignment, Alignment, Cascade, LeadAlignment
from policygraph.concepts import (
    ActionType,
    AgencyType,
    Concepts,
    Function,
    Indicator,
    KnownDocument,
    Level,
    Name,
    Reform,
    Region,
)
from policygraph.messages import Pair
from policygraph.model import (
    BodyRow,
    CitationRow,
    ClauseRow,
    Evidence,
    Facts,
    MetadataRow,
    RegionRow,
    ResponsibilityRow,
    ScheduleRow,
    SlipRow,
    StructureRow,
    TargetRow,
)
from policygraph.rulings import Ruling, written

CITY = "sample-city-2021"
SLUG = "shizhengfa-2021-1"
NATION = "guofa-2019-13"
KNOWLEDGE = ("三(一)1", "健康知识普及行动")
TOBACCO = ("三(一)2", "控烟行动")
HERE = Evidence(3, 9, "reviewed", Decimal("0.90"), "level:title-year", Decimal("0.95"), "对照原文")


def _keyed(*items):
    return {getattr(item, "id", None) or item.code: item for item in items}


CONCEPTS = Concepts(
    functions=_keyed(
        Function("health", "卫生健康", "Health", "Protects public health"),
        Function("education", "教育", "Education", "学校与教育"),
        Function("sport", "体育", "Sport", ""),
    ),
    agencies=_keyed(
        AgencyType("health", "卫生健康委员会", "Health commission", ("health",), "government"),
        AgencyType("family-planning", "计划生育委员会", "Family planning commission", ("health",), "government"),
        AgencyType("education-sport", "教育体育局", "Education and sport bureau", ("education", "sport"), "government"),
        AgencyType("government", "人民政府", "People's government", (), "government"),
        AgencyType("district-governments", "各区人民政府", "District governments", (), "territorial"),
        AgencyType("plan-committee", "行动推进委员会", "Plan committee", ("health",), "government"),
    ),
    agency_names={"行动推进委员会": Name("行动推进委员会", "plan-committee", True)},
    morphemes={},
    regions=_keyed(
        Region("100000", "中华人民共和国", "中国", "national", ""),
        Region("210000", "辽宁省", "辽宁", "province", "100000"),
        Region("210200", "大连市", "大连", "prefecture", "210000"),
        Region("350000", "福建省", "福建", "province", "100000"),
    ),
    levels=_keyed(
        Level("national", "国家级", "national", 1),
        Level("province", "省级", "provincial", 2),
        Level("prefecture", "地级", "prefectural", 3),
    ),
    indicators=_keyed(
        Indicator(
            "health-literacy", "居民健康素养水平", "Health literacy", "%", "up", "health-knowledge", "具备素养者占比"
        )
    ),
    indicator_names={},
    actions=_keyed(
        ActionType("health-knowledge", "健康知识普及行动", "Health knowledge", "1", "What keeps people healthy"),
        ActionType("tobacco-control", "控烟行动", "Tobacco control", "4"),
    ),
    action_names={"健康知识行动": Name("健康知识行动", "health-knowledge", True)},
    documents=_keyed(
        KnownDocument(
            "liaozhengfa-2019-22",
            "辽政发〔2019〕22号",
            "健康辽宁行动实施方案",
            "province",
            "210000",
            "辽宁省人民政府",
            "2019",
            (),
        )
    ),
    reforms=(
        Reform(
            "family-planning",
            "health",
            "2018",
            True,
            "2018-03",
            "2019-03",
            ("province", "prefecture"),
            ("province",),
            ("province",),
            "某方案",
        ),
        Reform("health", "family-planning", "2018", replaced=False),
    ),
)


def _meta(doc, **fields):
    rows = (value if isinstance(value, tuple) else (value, "") for value in fields.values())
    return tuple(MetadataRow(doc, name, value, id_) for name, (value, id_) in zip(fields, rows, strict=True))


def _responsible(order, role, agency, agency_id, place=KNOWLEDGE):
    return ResponsibilityRow(CITY, *place, 1, order, role, agency, agency[1:], agency_id, HERE)


def _target(indicator, year, op, value, unit="%", **more):
    kind = "quantitative" if value else "qualitative"
    row = TargetRow(CITY, *KNOWLEDGE, indicator, year, op, value, unit, "", kind, "达到78%", evidence=HERE)
    return replace(row, **more)


city = Facts(
    doc=CITY,
    metadata=_meta(
        CITY,
        document_id=SLUG,
        title="关于推进健康城市行动的实施意见",
        number="市政发〔2021〕1号",
        issuer=("市人民政府", "210200/government"),
        date_issued="2021-01-25",
        period="2021—2030年",
        date_published="2021-02-01",
        region=("辽宁省大连市", "210200"),
        level="prefecture",
        addressee="各区人民政府",
        status="有效",
        index_number="1/2021",
        source_file="city.txt",
        source_sha256="ab" * 32,
        source_url="https://example.org/city",
        retrieved="2026-11-01",
        extractor_version="0.1.0",
        review_status="reviewed",
    ),
    structure=(
        StructureRow(CITY, "二", "总体目标", "part", evidence=HERE),
        StructureRow(CITY, "三", "主要任务", "part", evidence=HERE),
        StructureRow(CITY, "三(一)", "全方位干预", "group", evidence=HERE),
        StructureRow(CITY, "三(一)1", "实施健康知识普及行动", "action", "health-knowledge", HERE),
        StructureRow(CITY, "三(一)2", "实施控烟行动", "action", evidence=HERE, after="三(一)1"),
        StructureRow(CITY, "三(一)2", "实施蓝天行动", "action", evidence=HERE),  # misprinted number
        StructureRow(CITY, "四(一)", "加强组织领导", "measure", evidence=HERE),
        StructureRow(CITY, "附件1", "考核方案", "annex", evidence=HERE),
        StructureRow(CITY, "附件1/一(一)", "推进委员会", "mechanism", evidence=HERE),
    ),
    clauses=(
        ClauseRow(CITY, "三(一)1", "健康知识普及行动", 1, "yes", "yes", "(市卫生健康委牵头,市教体局等配合)", HERE),
        ClauseRow(CITY, "三(一)2", "控烟行动", 1, "", "yes", "(市卫生健康委、各区人民政府负责)", HERE),
        ClauseRow(CITY, "三(一)2", "蓝天行动", 1, "", "no", "(有关方面负责)", HERE),
    ),
    responsibilities=(
        _responsible(1, "lead", "市卫生健康委", "210200/health"),
        _responsible(2, "support", "市教育体育局", "210200/education-sport"),
        _responsible(2, "support", "市教体局", "210200/education-sport"),  # order repeated
        _responsible(3, "support", "市港口集团", ""),  # resolves to nothing
        _responsible(4, "implement", "各区人民政府", "210200/district-governments"),
        _responsible(1, "responsible", "市卫生健康委员会", "210200/health", TOBACCO),
        _responsible(2, "responsible", "各区人民政府", "210200/district-governments", TOBACCO),
        _responsible(1, "lead", "市计划生育委员会", "210200/family-planning", ("四(一)", "加强组织领导")),
    ),
    targets=(
        _target("居民健康素养水平", 2022, ">=", "27.0", indicator_id="health-literacy"),
        _target("城乡居民健康素养水平", 2022, ">=", "25", indicator_id="health-literacy"),  # same key
        _target("居民健康素养水平", 2030, ">=", "30", indicator_id="health-literacy"),
        _target("人均寿命", None, "=", "78-79", "岁", evidence=replace(HERE, status="unchecked")),
        _target("健康产业规模", 2022, "qual", "", "", section="二", action="总体目标"),
        _target("成人吸烟率", 2030, "fall", "10", section="三(一)2", action="控烟行动", baseline="2019"),
    ),
    citations=(
        CitationRow(CITY, "国务院关于实施健康中国行动的意见", "国发〔2019〕13号", "basis", "根据…", NATION, HERE),
        CitationRow(CITY, "健康辽宁行动方案", "", "basis", "按照…", "liaozhengfa-2019-22", HERE),
        CitationRow(CITY, "国民体质测定标准", "", "mentions", "《国民体质测定标准》", "210200-undated-7bd654fc", HERE),
        CitationRow(CITY, "某标准", "", "mentions", "《某标准》", "", HERE),
        CitationRow(CITY, "健康辽宁行动规划", "辽政发〔2019〕22号", "basis", "…", "liaozhengfa-2019-22", HERE),
    ),
    bodies=(
        BodyRow(
            CITY,
            "附件1/一(一)",
            "行动推进委员会",
            "chair",
            "张三",
            "市长",
            1,
            "主任: 张三",
            "person-210200-zhang-san-615db57a",
            HERE,
            agency_id="210200/health",
        ),
        BodyRow(
            CITY, "附件1/一(一)", "行动推进委员会", "hosted_by", "市卫生健康委", "", None, "设在", "210200/health", HERE
        ),
        BodyRow(
            CITY,
            "附件1/一(一)",
            "专家咨询组",
            "subordinate_of",
            "行动推进委员会",
            "",
            None,
            "下设",
            "210200/plan-committee",
            HERE,
        ),
    ),
    schedule=(
        ScheduleRow(
            CITY, "附件1/一(一)", "年度监测", "monitoring", "2022|2030", "annual", "市卫生健康委|专家", "每年", HERE
        ),
    ),
    regions=(
        RegionRow(CITY, "二", "沈阳市", "在沈阳市各区县推开", "210100", HERE),
        RegionRow(CITY, "", "某地", "某地", "", HERE),
    ),
    slips=(SlipRow(CITY, "二", "30%-20%", "控制在30%-20%", HERE),),
    decisions=(
        Ruling(CITY, "metadata", written({"field": "title"}), "value", "意见", "实施意见", "李明", "2026-05", "漏字"),
        Ruling(
            CITY, "bodies", written({"section": "附件1/一(一)", "body": "推进委员会"}), "row", '{"post": "主任"}', ""
        ),
    ),
)

nation = Facts(
    doc=NATION,
    metadata=_meta(
        NATION,
        document_id=NATION,
        title="国务院关于实施健康中国行动的意见",
        number="国发〔2019〕13号",
        issuer="国务院",
        date_issued="2019-06-24",
        region=("", "100000"),
        level="national",
    ),
    responsibilities=(
        ResponsibilityRow(NATION, "", "控烟行动", 1, 1, "lead", "国家卫生健康委", "国家卫生健康委", "100000/health"),
    ),
    targets=tuple(
        replace(
            _target("全国居民健康素养水平", year, ">=", value, section="", action=action),
            doc=NATION,
            indicator_id="health-literacy",
        )
        for year, value, action in (
            (2022, "22", "健康知识行动"),
            (2030, "30", "健康知识行动"),
            (None, "20", "总体目标"),
        )
    ),
)

DOCUMENTS = (city, nation)
HIGHER = Pair("更高", "higher")
ALIGNMENTS = (
    Alignment(
        SLUG,
        "health-literacy",
        2022,
        "parent",
        "tighter",
        NATION,
        "三(一)1",
        "",
        Decimal("5.0"),
        (Pair("更高", "higher"),),
    ),
    Alignment(SLUG, "health-literacy", 2025, "parent", "later", NATION, "三(一)1", "", None, (Pair("更晚", "later"),)),
    Alignment(SLUG, "health-literacy", 2030, "national", "no-data", "liaozhengfa-2019-22"),
    Alignment(SLUG, "health-literacy", None, "national", "dropped", NATION, reason=(Pair("无此目标", "not stated"),)),
)
HERE_TOO = ("三(一)1",)
COMPARED = Cascade(
    (
        replace(ALIGNMENTS[0], status="reviewed", ancestor_status="unchecked", ancestor_year=2022),
        *ALIGNMENTS[1:],
    ),
    (
        ActionAlignment(
            SLUG,
            "health-knowledge",
            "parent",
            "merged",
            NATION,
            HERE_TOO,
            ("健康知识普及和控烟行动",),
            ("",),
            ("控烟行动",),
            ("tobacco-control",),
            (Pair("合并", "merged"),),
        ),
        ActionAlignment(SLUG, "tobacco-control", "national", "missing", NATION, (), (), ("",), ("控烟行动",)),
    ),
    (LeadAlignment(SLUG, "health-knowledge", "peers", "widened", "", HERE_TOO, ("health", "sport"), ("health",)),),
)

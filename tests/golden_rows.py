"""Golden rows of the catalogue, counted by hand from tests/small_graph.py and tests/odd_graph.py."""

from __future__ import annotations

from decimal import Decimal

Row = tuple[object, ...]
D = Decimal
K, T, COMMUNITY, CHINA = "健康知识普及行动", "控烟行动", "健康社区行动", "中华人民共和国"
HL, HL_ZH, SMOKING, SMOKING_ZH = "health-literacy", "居民健康素养水平", "smoking", "15岁以上人群吸烟率"
HEALTH, SCHOOLS, PUBLICITY, AIRPORT, PLAN = "市卫生健康委", "市教体局", "市委宣传部", "机场集团", "某方案"
ABOVE = "guofa-2019-13", "国发〔2019〕13号", PLAN  # what is compared with
NATION = *ABOVE, "reviewed"
PROVINCE = "liaozhengfa-2019-22", "辽政发〔2019〕22号", PLAN

# Questions about well-made plans: the four documents of the small graph.
SMALL: dict[str, list[Row]] = {
    "outlying-load": [],  # what it finds: tests/test_gaps.py
    "leads-without-counterpart": [],  # the same
    "actions-of-document": [
        ("dalian-2021", "三(一)1", K, "knowledge", 1, 1, 2, 0, 2),
        ("dalian-2021", "三(一)2", T, "tobacco", 1, 0, 2, 0, 0),
        ("guofa-2019-13", "三(一)1", K, "knowledge", 0, 0, 0, 0, 2),
        ("guofa-2019-13", "三(一)4", T, "tobacco", 0, 0, 0, 0, 1),
        ("wuhai-2021", "二(一)", K, "knowledge", 1, 0, 1, 0, 1),
    ],
    "coverage-of-actions": [
        ("knowledge", K, "1", 3, 2, 3),
        ("tobacco", T, "4", 2, 1, 1),
    ],
    "lead-differences": [
        ("knowledge", K, "dalian-2021", "health", "wuhai-2021", "education|sport", "peer"),
    ],
    "leads-of-actions": [
        ("knowledge", K, "dalian-2021", "prefecture", "210200/health", "大连市卫生健康委员会", 1),
        ("knowledge", K, "wuhai-2021", "prefecture", "150300/education-sport", "乌海市教育体育局", 1),
        ("tobacco", T, "dalian-2021", "prefecture", "210200/health", "大连市卫生健康委员会", 1),
    ],
    "agencies": [
        ("100000/health", "中华人民共和国卫生健康主管部门", "中华人民共和国", "government", "health", 0),
        ("100000/publicity", "中华人民共和国宣传主管部门", "中华人民共和国", "government", "publicity", 0),
        ("150000/health", "内蒙古自治区卫生健康主管部门", "内蒙古自治区", "government", "health", 0),
        ("150300/education-sport", "乌海市教育体育局", "乌海市", "government", "education|sport", 1),
        ("150300/health", "乌海市卫生健康委员会", "乌海市", "government", "health", 1),
        ("210000/health", "辽宁省卫生健康主管部门", "辽宁省", "government", "health", 0),
        ("210000/publicity", "辽宁省宣传主管部门", "辽宁省", "government", "publicity", 0),
        ("210200/education-sport", "大连市教育体育局", "大连市", "government", "education|sport", 3),
        ("210200/health", "大连市卫生健康委员会", "大连市", "government", "health", 2),
        ("210200/publicity", "大连市委宣传部", "大连市", "government", "publicity", 1),
        ("210200/x-ji-chang-ji-tuan", "大连市机场集团", "大连市", None, None, 1),
    ],
    "function-pairs": [
        ("dalian-2021", "education", "教育", "health", "卫生健康", 2),
        ("dalian-2021", "education", "教育", "sport", "体育", 2),
        ("dalian-2021", "health", "卫生健康", "sport", "体育", 2),
        ("dalian-2021", "education", "教育", "publicity", "宣传", 1),
        ("dalian-2021", "health", "卫生健康", "publicity", "宣传", 1),
        ("dalian-2021", "publicity", "宣传", "sport", "体育", 1),
        ("wuhai-2021", "education", "教育", "health", "卫生健康", 1),
        ("wuhai-2021", "education", "教育", "sport", "体育", 1),
        ("wuhai-2021", "health", "卫生健康", "sport", "体育", 1),
    ],
    "lead-roles-by-document": [
        ("dalian-2021", "health", "卫生健康", 2, 0, 0, 0),
        ("dalian-2021", "education", "教育", 0, 1, 2, 0),
        ("dalian-2021", "sport", "体育", 0, 1, 2, 0),
        ("dalian-2021", "publicity", "宣传", 0, 0, 1, 0),
        ("wuhai-2021", "education", "教育", 1, 0, 0, 0),
        ("wuhai-2021", "sport", "体育", 1, 0, 0, 0),
        ("wuhai-2021", "health", "卫生健康", 0, 0, 1, 0),
    ],
    "lead-roles-by-region": [
        ("150300", "乌海市", "education", "教育", 1, 0, 0, 0),
        ("150300", "乌海市", "sport", "体育", 1, 0, 0, 0),
        ("150300", "乌海市", "health", "卫生健康", 0, 0, 1, 0),
        ("210200", "大连市", "health", "卫生健康", 2, 0, 0, 0),
        ("210200", "大连市", "education", "教育", 0, 1, 2, 0),
        ("210200", "大连市", "sport", "体育", 0, 1, 2, 0),
        ("210200", "大连市", "publicity", "宣传", 0, 0, 1, 0),
    ],
    "lead-roles-by-year": [
        (2021, "health", "卫生健康", 2, 0, 1, 0, 2),
        (2021, "education", "教育", 1, 1, 2, 0, 2),
        (2021, "sport", "体育", 1, 1, 2, 0, 2),
        (2021, "publicity", "宣传", 0, 0, 1, 0, 1),
    ],
    "lead-roles-compared": [
        ("health", "卫生健康", 2, 1, D(2), 1, 2, 1, 2, 1),
        ("education", "教育", 1, 2, D("0.5"), 2, 1, 2, 2, 1),
        ("sport", "体育", 1, 2, D("0.5"), 2, 1, 2, 2, 1),
    ],
    "merged-bureaus": [
        ("150300/education-sport", "乌海市教育体育局", "乌海市", 2, "education|sport"),
        ("210200/education-sport", "大连市教育体育局", "大连市", 2, "education|sport"),
    ],
    "names-of-agencies": [
        ("150300/education-sport", SCHOOLS, 1, 1),
        ("150300/health", HEALTH, 1, 1),
        ("210200/education-sport", SCHOOLS, 3, 1),
        ("210200/health", HEALTH, 2, 1),
        ("210200/publicity", PUBLICITY, 1, 1),
        ("210200/x-ji-chang-ji-tuan", AIRPORT, 1, 1),
    ],
    "partners-of-agency": [
        ("210200/health", "210200/education-sport", "大连市教育体育局", 2, 2, 0),
        ("210200/health", "210200/publicity", "大连市委宣传部", 1, 1, 0),
        ("210200/health", "210200/x-ji-chang-ji-tuan", "大连市机场集团", 1, 1, 0),
    ],
    "support-load": [
        ("210200/education-sport", "大连市教育体育局", "大连市", 2, 2, 1),
        ("150300/health", "乌海市卫生健康委员会", "乌海市", 1, 1, 1),
        ("210200/publicity", "大连市委宣传部", "大连市", 1, 1, 1),
        ("210200/x-ji-chang-ji-tuan", "大连市机场集团", "大连市", 1, 1, 1),
    ],
    "who-supports-whom": [
        ("210200/health", "大连市卫生健康委员会", "210200/education-sport", "大连市教育体育局", 2),
        ("150300/education-sport", "乌海市教育体育局", "150300/health", "乌海市卫生健康委员会", 1),
        ("210200/health", "大连市卫生健康委员会", "210200/publicity", "大连市委宣传部", 1),
        ("210200/health", "大连市卫生健康委员会", "210200/x-ji-chang-ji-tuan", "大连市机场集团", 1),
    ],
    "action-coverage": [
    ],
    "ambition": [
        ("dalian-2021", "prefecture", 2, 0, 1, 1, 0, 0, 0, 1, 0, 0),
        ("wuhai-2021", "prefecture", 1, 1, 0, 0, 0, 0, 0, 1, 0, 0),
    ],
    "cascade-matrix": [
        ("liaozhengfa-2019-22", "province", HL, HL_ZH, 2022, "no-data", None, None, *NATION),
        ("liaozhengfa-2019-22", "province", HL, HL_ZH, 2030, "no-data", None, None, *NATION),
        ("liaozhengfa-2019-22", "province", SMOKING, SMOKING_ZH, 2030, "no-data", None, None, *NATION),
        ("dalian-2021", "prefecture", HL, HL_ZH, None, "no-data", None, None, *PROVINCE, None),
        ("dalian-2021", "prefecture", HL, HL_ZH, 2022, "tighter", D(5), "reviewed", *NATION),
        ("dalian-2021", "prefecture", HL, HL_ZH, 2030, "looser", D(-2), "unchecked", *NATION),
        ("dalian-2021", "prefecture", SMOKING, SMOKING_ZH, 2030, "dropped", None, None, *NATION),
        ("wuhai-2021", "prefecture", HL, HL_ZH, 2022, "equal", D(0), "reviewed", *NATION),
        ("wuhai-2021", "prefecture", HL, HL_ZH, 2030, "dropped", None, None, *NATION),
        ("wuhai-2021", "prefecture", SMOKING, SMOKING_ZH, 2030, "not-covered", None, None, *NATION),
    ],
    "targets-compared": [
        ("liaozhengfa-2019-22", "province", HL, HL_ZH, 2022, None, None, None, None, "no-data", None, *NATION),
        ("liaozhengfa-2019-22", "province", HL, HL_ZH, 2030, None, None, None, None, "no-data", None, *NATION),
        ("liaozhengfa-2019-22", "province", SMOKING, SMOKING_ZH, 2030, *[None] * 4, "no-data", None, *NATION),
        ("dalian-2021", "prefecture", HL, HL_ZH, None, *[None] * 4, "no-data", None, *PROVINCE, None),
        ("dalian-2021", "prefecture", HL, HL_ZH, 2022, ">=", D(27), "%", "reviewed", "tighter", D(5), *NATION),
        ("dalian-2021", "prefecture", HL, HL_ZH, 2030, ">=", D(28), "%", "unchecked", "looser", D(-2), *NATION),
        ("dalian-2021", "prefecture", SMOKING, SMOKING_ZH, 2030, None, None, None, None, "dropped", None, *NATION),
        ("wuhai-2021", "prefecture", HL, HL_ZH, 2022, ">=", D(22), "%", "reviewed", "equal", D(0), *NATION),
        ("wuhai-2021", "prefecture", HL, HL_ZH, 2030, None, None, None, None, "dropped", None, *NATION),
        ("wuhai-2021", "prefecture", SMOKING, SMOKING_ZH, 2030, None, None, None, None, "not-covered", None, *NATION),
    ],
    "lead-roles-of-agencies-compared": [
        ("210200/health", "大连市卫生健康委员会", "大连市", 2, 1, D(2), 1, 2, 1, 2, 1),
        ("150300/education-sport", "乌海市教育体育局", "乌海市", 1, 2, D(1), 2, 1, 2, 1, 2),
        ("210200/education-sport", "大连市教育体育局", "大连市", 0, 3, D(0), 3, 0, 3, 1, 2),
    ],
    "dropped-targets": [
        ("dalian-2021", SMOKING, SMOKING_ZH, 2030, *ABOVE, "<20%", "reviewed", "上级 < 20% (2030);有此行动,无此目标"),
        ("wuhai-2021", HL, HL_ZH, 2030, *ABOVE, ">=30%", "reviewed", "上级 >= 30% (2030);有此指标,无2030年节点"),
    ],
    "largest-steps": [
        ("dalian-2021", HL, HL_ZH, 2022, D(5), "%", "reviewed", *NATION),
        ("dalian-2021", HL, HL_ZH, 2030, D(-2), "%", "unchecked", *NATION),
    ],
    "lead-changes": [
    ],
    "verdicts-by-indicator": [
        (HL, HL_ZH, 2, 1, 1, 1, 0, 0, 0, 1, 0, 0),
        (SMOKING, SMOKING_ZH, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0),
    ],
    "carried-out-by": [
        ("guofa-2019-13", 1, "dalian-2021", "prefecture", "大连市", "2021-01-25", 3),
        ("guofa-2019-13", 1, "liaozhengfa-2019-22", "province", "辽宁省", "2019", 0),
        ("guofa-2019-13", 1, "wuhai-2021", "prefecture", "乌海市", "2021", 1),
        ("liaozhengfa-2019-22", 1, "dalian-2021", "prefecture", "大连市", "2021-01-25", 3),
    ],
    "citations": [
        ("dalian-2021", "basis", "guofa-2019-13", "国发〔2019〕13号", True, None),
        ("dalian-2021", "basis", "liaozhengfa-2019-22", "辽政发〔2019〕22号", True, None),
        ("dalian-2021", "mentions", "210200-undated-bbbbbbbb", "健康大连2030", False, None),
        ("liaozhengfa-2019-22", "basis", "guofa-2019-13", "国发〔2019〕13号", True, None),
        ("wuhai-2021", "basis", "guofa-2019-13", "国发〔2019〕13号", True, None),
    ],
    "document-links": [
        ("dalian-2021", PLAN, "prefecture", "guofa-2019-13", PLAN, "national"),
        ("dalian-2021", PLAN, "prefecture", "liaozhengfa-2019-22", PLAN, "province"),
        ("liaozhengfa-2019-22", PLAN, "province", "guofa-2019-13", PLAN, "national"),
        ("wuhai-2021", PLAN, "prefecture", "guofa-2019-13", PLAN, "national"),
    ],
    "documents-of-places": [
        ("100000", CHINA, "national", *ABOVE, "2019-06-24"),
        ("150300", "乌海市", "prefecture", "wuhai-2021", "乌海政办发〔2021〕37号", PLAN, "2021"),
        ("210000", "辽宁省", "province", *PROVINCE, "2019"),
        ("210200", "大连市", "prefecture", "dalian-2021", None, PLAN, "2021-01-25"),
    ],
    "documents-by-region": [
        ("100000", CHINA, "national", 1, 1),
        ("150300", "乌海市", "prefecture", 1, 1),
        ("210000", "辽宁省", "province", 1, 0),
        ("210200", "大连市", "prefecture", 1, 1),
    ],
    "documents-by-year": [
        (2019, "national", 1),
        (2019, "province", 1),
        (2021, "prefecture", 2),
    ],
    "most-cited": [
        ("guofa-2019-13", PLAN, "national", 3, 3),
        ("liaozhengfa-2019-22", PLAN, "province", 1, 1),
        ("210200-undated-bbbbbbbb", "健康大连2030", None, 1, 0),
    ],
    "actions-without-targets": [
        ("dalian-2021", "三(一)2", T, "tobacco", 1),
    ],
    "cited-but-unknown": [
        ("210200-undated-bbbbbbbb", "健康大连2030", "mentions", 1),
    ],
    "documents-without-text": [
        ("liaozhengfa-2019-22", "辽政发〔2019〕22号", PLAN, "province", 1),
    ],
    "facts-by-status": [
        ("dalian-2021", "citation", "extracted", 3),
        ("dalian-2021", "clause", "reviewed", 3),
        ("dalian-2021", "responsibility", "reviewed", 7),
        ("dalian-2021", "target", "reviewed", 2),
        ("dalian-2021", "target", "unchecked", 1),
        ("guofa-2019-13", "target", "reviewed", 3),
        ("liaozhengfa-2019-22", "citation", "extracted", 1),
        ("wuhai-2021", "citation", "extracted", 1),
        ("wuhai-2021", "clause", "extracted", 1),
        ("wuhai-2021", "clause", "reviewed", 1),
        ("wuhai-2021", "responsibility", "reviewed", 2),
        ("wuhai-2021", "target", "reviewed", 1),
    ],
    "sources-of-figures": [
        ("guofa-2019-13", SMOKING_ZH, 2030, "<", D(20), "%", "reviewed", "某报2019-07-16", None, None),
    ],
    "indicators-of-actions": [
        ("knowledge", K, HL, HL_ZH, "%", "up", 3),
        ("tobacco", T, SMOKING, SMOKING_ZH, "%", "down", 1),
    ],
    "words-of-targets": [
        ("dalian-2021", None, "总体目标", HL, HL_ZH, 2022, "qual", None, None, "reviewed", None),
        ("dalian-2021", "三(一)1", K, HL, HL_ZH, 2022, ">=", D(27), "%", "reviewed", None),
        ("dalian-2021", "三(一)1", K, HL, HL_ZH, 2030, ">=", D(28), "%", "unchecked", None),
        ("guofa-2019-13", "三(一)1", K, HL, HL_ZH, 2022, ">=", D(22), "%", "reviewed", None),
        ("guofa-2019-13", "三(一)1", K, HL, HL_ZH, 2030, ">=", D(30), "%", "reviewed", None),
        ("guofa-2019-13", "三(一)4", T, SMOKING, SMOKING_ZH, 2030, "<", D(20), "%", "reviewed", None),
        ("wuhai-2021", "二(一)", K, HL, HL_ZH, 2022, ">=", D(22), "%", "reviewed", None),
    ],
    "most-used-indicators": [
        (HL, HL_ZH, "%", "up", 3, 6),
        (SMOKING, SMOKING_ZH, "%", "down", 1, 1),
    ],
    "qualitative-targets": [
        ("dalian-2021", None, "总体目标", HL, HL_ZH, 2022, "qual", None),
    ],
    "targets-by-action": [
        ("knowledge", K, 5, 1, 3),
        ("tobacco", T, 1, 1, 1),
    ],
    "targets-by-agency": [
        ("210200/health", "大连市卫生健康委员会", "大连市", 2, 1),
        ("150300/education-sport", "乌海市教育体育局", "乌海市", 1, 1),
    ],
    "targets-by-function": [
        ("health", "卫生健康", 2, 1, 1),
        ("education", "教育", 1, 1, 1),
        ("sport", "体育", 1, 1, 1),
    ],
    "targets-by-year": [
        ("guofa-2019-13", "national", 2022, 1, 1),
        ("guofa-2019-13", "national", 2030, 2, 2),
        ("dalian-2021", "prefecture", 2022, 2, 1),
        ("dalian-2021", "prefecture", 2030, 1, 1),
        ("wuhai-2021", "prefecture", 2022, 1, 1),
    ],
    "targets-due": [
        ("guofa-2019-13", "national", "三(一)1", K, HL, HL_ZH, ">=", D(22), "%", None),
        ("dalian-2021", "prefecture", None, "总体目标", HL, HL_ZH, "qual", None, None, None),
        ("dalian-2021", "prefecture", "三(一)1", K, HL, HL_ZH, ">=", D(27), "%", "210200/health"),
        ("wuhai-2021", "prefecture", "二(一)", K, HL, HL_ZH, ">=", D(22), "%", "150300/education-sport"),
    ],
    "targets-of-agency": [
        ("150300/education-sport", "wuhai-2021", "二(一)", K, HL, HL_ZH, 2022, ">=", D(22), "%"),
        ("210200/health", "dalian-2021", "三(一)1", K, HL, HL_ZH, 2022, ">=", D(27), "%"),
        ("210200/health", "dalian-2021", "三(一)1", K, HL, HL_ZH, 2030, ">=", D(28), "%"),
    ],
    "targets-side-by-side": [
        (HL, HL_ZH, 2022, "guofa-2019-13", ">=22%", "dalian-2021", ">=27%"),
        (HL, HL_ZH, 2022, "guofa-2019-13", ">=22%", "dalian-2021", "qual"),
        (HL, HL_ZH, 2022, "guofa-2019-13", ">=22%", "wuhai-2021", ">=22%"),
        (HL, HL_ZH, 2030, "guofa-2019-13", ">=30%", "dalian-2021", ">=28%"),
    ],
}  # fmt: skip

# Questions about what well-made plans do not have: the same with a district plan.
ODD: dict[str, list[Row]] = {
    "actions-without-lead": [
        ("ganjingzi-2022", "二2", COMMUNITY, 1, 1, 0, 0),
    ],
    "clauses-with-several-leads": [
        ("ganjingzi-2022", "二1", K, 1, 2, "区卫生健康局|区委宣传部", "条款己"),
    ],
    "co-led-actions": [
        ("ganjingzi-2022", "二1", K, 2, 1, "210211/health|210211/publicity"),
    ],
    "lead-differences": [
        ("knowledge", K, "dalian-2021", "health", "wuhai-2021", "education|sport", "peer"),
        ("knowledge", K, "dalian-2021", "health", "ganjingzi-2022", "health|publicity", "above"),
        ("knowledge", K, "wuhai-2021", "education|sport", "ganjingzi-2022", "health|publicity", "peer"),
    ],
    "local-actions": [
        ("ganjingzi-2022", "二2", COMMUNITY, 1, 0),
    ],
    "co-leads": [
        ("210211/health", "甘井子区卫生健康局", "210211/publicity", "甘井子区委宣传部", 1),
    ],
    "counterparts": [
        ("150300/health", "乌海市卫生健康委员会", 0, 1, "150000/health", "内蒙古自治区卫生健康主管部门", 0, 0),
        ("210200/health", "大连市卫生健康委员会", 2, 0, "210000/health", "辽宁省卫生健康主管部门", 0, 0),
        ("210200/publicity", "大连市委宣传部", 0, 1, "210000/publicity", "辽宁省宣传主管部门", 0, 0),
        ("210211/education-sport", "甘井子区教育体育局", 0, 2, "210200/education-sport", "大连市教育体育局", 0, 2),
        ("210211/health", "甘井子区卫生健康局", 1, 0, "210200/health", "大连市卫生健康委员会", 2, 0),
        ("210211/publicity", "甘井子区委宣传部", 1, 0, "210200/publicity", "大连市委宣传部", 0, 1),
    ],
    "lead-roles-compared": [
        ("health", "卫生健康", 3, 1, D("2.5"), 1, 3, 1, 3, 1),
        ("education", "教育", 1, 2, D("0.5"), 2, 1, 2, 2, 2),
        ("sport", "体育", 1, 2, D("0.5"), 2, 1, 2, 2, 2),
        ("publicity", "宣传", 1, 2, D("0.5"), 2, 1, 2, 1, 4),
        ("finance", "财政", 0, 5, D(0), 5, 0, 5, 1, 4),
    ],
    "added-targets": [
        ("ganjingzi-2022", SMOKING, SMOKING_ZH, 2022, "<", D(25), "%", "reviewed"),
    ],
    "who-implements-for-whom": [
        ("210211/health", "甘井子区卫生健康局", "210211/finance", "甘井子区财政局", 1),
        ("210211/publicity", "甘井子区委宣传部", "210211/finance", "甘井子区财政局", 1),
    ],
    "issuers": [
        ("210211/government", "甘井子区人民政府", "甘井子区", 1),
    ],
    "conflicting-targets": [
        ("ganjingzi-2022", HL, HL_ZH, 2022, "%", D(27), D(29), 2),
    ],
    "corrections": [
        ("ganjingzi-2022", "clauses", "二2", "条款庚", "open", "yes", "no", "李明", "2026-05-10", None),
        ("ganjingzi-2022", "targets", "二1", "某数", "row", "二1 某数 9", None, None, None, "不是目标"),
    ],
    "low-confidence": [
        ("ganjingzi-2022", "clause", "二2", "条款庚", D("0.6"), None, "分号缺失"),
    ],
    "repeated-bodies": [
        ("ganjingzi-2022", "二1", K, 1, "210211/education-sport", 2, "区体育局|区教育局"),
    ],
    "targets-without-year": [
        ("ganjingzi-2022", "二1", K, "x-1a8960d1", "某率", ">=", D(5), "%"),
    ],
}  # fmt: skip

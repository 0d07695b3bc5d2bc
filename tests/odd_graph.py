"""The small graph with a district plan that holds what well-made plans do not: two leads, a body named twice,
one that implements, figures that disagree, a doubtful reading, an action of its own, a target without a year."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from small_graph import DOCUMENTS, KNOWLEDGE, duty_rows, metadata_rows, quads_of, structure_rows, target_row

from policygraph.model import CitationRow, ClauseRow, Evidence, Facts, MetadataRow, TargetRow
from policygraph.rulings import Ruling, written
from policygraph.vocab import Quad

_DOC, _SLUG, _CODE = "ganjingzi-2022", "ganzhengfa-2022-5", "210211"
COMMUNITY = "健康社区行动"
DOUBTFUL = Evidence(confidence=Decimal("0.6"), note="分号缺失")
SLIP = '{"doc": "ganjingzi-2022", "section": "二1", "indicator": "某数", "value": "9", "confidence": "0.6"}'
DISTRICT = Facts(
    _DOC,
    metadata=(
        *metadata_rows(_DOC, _SLUG, _CODE, "county", "甘政发〔2022〕5号", "2022-03"),
        MetadataRow(_DOC, "issuer", "甘井子区人民政府", f"{_CODE}/government"),
    ),
    structure=structure_rows(_DOC, ("二1", KNOWLEDGE, "knowledge"), ("二2", COMMUNITY, "")),
    clauses=(
        ClauseRow(_DOC, "二1", KNOWLEDGE, 1, "no", "yes", "条款己"),
        ClauseRow(_DOC, "二2", COMMUNITY, 1, "no", "yes", "条款庚", DOUBTFUL),
    ),
    responsibilities=duty_rows(
        _DOC,
        _CODE,
        ("二1", KNOWLEDGE, 1, "lead", "区卫生健康局", "health"),
        ("二1", KNOWLEDGE, 1, "lead", "区委宣传部", "publicity"),
        ("二1", KNOWLEDGE, 1, "support", "区教育局", "education-sport"),
        ("二1", KNOWLEDGE, 1, "support", "区体育局", "education-sport"),
        ("二1", KNOWLEDGE, 1, "implement", "区财政局", "finance"),
        ("二2", COMMUNITY, 1, "responsible", "区财政局", "finance"),
    ),
    targets=(
        target_row(_DOC, "二1", KNOWLEDGE, ("health-literacy", 2022), (">=", "27")),
        target_row(_DOC, "二1", KNOWLEDGE, ("health-literacy", 2022), (">=", "29")),
        target_row(_DOC, "二1", KNOWLEDGE, ("smoking", 2022), ("<", "25")),
        TargetRow(_DOC, "二1", KNOWLEDGE, "某率", None, ">=", "5", "%", "", "quantitative", "", ""),
    ),
    citations=(CitationRow(_DOC, "", "", "basis", "", "210200-2021-01-25-aaaaaaaa"),),
    decisions=(
        Ruling(
            _DOC, "clauses", written({"section": "二2", "quote": "条款庚"}), "open", "yes", "no", "李明", "2026-05-10"
        ),
        Ruling(_DOC, "targets", written({"section": "二1", "indicator": "某数"}), "row", SLIP, "", why="不是目标"),
    ),
)


@cache
def odd_graph() -> tuple[Quad, ...]:
    """Return the quads of the four documents of the small graph and of the district plan."""
    return quads_of((*DOCUMENTS, DISTRICT))

"""Tell slips that only what names mean can show: a goal of another level, a group that an indicator is not of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policygraph.concepts import Concepts
from policygraph.divisions import UNITS, ancestors, contains
from policygraph.knowledge import compiled
from policygraph.messages import message
from policygraph.model import Findings, RegionRow, ResponsibilityRow, SlipRow, TargetRow
from policygraph.records import replace
from policygraph.resolve.indicators import OTHER_GROUP
from policygraph.slugs import pinyin_slug

LEVEL, GROUP, FORMER = "level-word", "group-differs", "place-former"
MISSPELT = "body-misspelt"
UNIT_WORD = "unit-word"  # 我县, 全县: whether it is a slip the place tells
_UNKNOWN, _LONG = "/x-", 5
_WEAK = 0.7  # of a name that only looks like one that is known
_LOCAL_LEVELS, _COUNTY, _ANY = ("prefecture", "county"), frozenset(("县", "区", "旗")), "--local"
_LOCAL, _PROVINCIAL, _OFFICE = frozenset(("市", "县", "区", "旗")), "厅", "公"  # 市政府办公厅
_ONCE, _OURS = "原", "我"
_COUNTIES = re.compile(r"^各[县市区旗](?:\([县市区旗、]+\))?(?=[^直级属\u4e00-\u9fff]|人[民]|政)")
# 全国 is not asked: the state's plan names an indicator so (全国儿童青少年总体近视率), and plans carry the name on
_OF_COUNTIES = frozenset(("县", "旗"))  # of a city: 全省 and 全区 may be meant, as the province's and a region's
_WHOLE = re.compile(r"全([省市县区州盟旗])")


def slips_of_targets(targets: Iterable[TargetRow], own: str, concepts: Concepts) -> Iterator[SlipRow]:
    """Yield the slips of the targets of a plan whose own region is known."""
    seen: set[tuple[int | None, str]] = set()
    for row in targets:
        for slip in (_of_level(row, own, concepts), _of_group(row)):
            key = (slip.evidence.start, slip.evidence.rule) if slip else (None, "")
            if slip and key not in seen:
                seen.add(key)
                yield slip


def former_places(rows: Iterable[RegionRow], own: str, year: int, concepts: Concepts) -> Iterator[SlipRow]:
    """Yield the former names (普兰店市, a district since) of a plan's own place, or of one within or above it."""
    today = {region.name for region in concepts.regions.values() if not region.until}
    former = {region.name: region for region in concepts.regions.values() if region.until and region.name not in today}
    for row in rows if own and year else ():
        region = former.get(row.region)
        heirs = [code for code in region.into if _is_near(code, own)] if region and region.until < year else []
        if heirs and f"{_ONCE}{row.region}" not in row.quote:
            now = message("resolve.called-now", name=concepts.regions[heirs[0]].name)
            proof = replace(row.evidence, rule=FORMER, note=now, match=None)
            yield SlipRow(row.doc, row.section, row.region, row.quote, proof)


def words_of_level(slips: Iterable[SlipRow], own: str, concepts: Concepts) -> Iterator[SlipRow]:
    """Yield the slips of a plan, of 我县 and 全县 in it those that name no unit of its own place or of one above it."""
    names = [concepts.regions[code].name for code in (own, *ancestors(own)) if code in concepts.regions]
    kinds = {name[-1] for name in names} if own in concepts.regions else set()
    is_county = _is_county(own, concepts)
    for slip in slips:
        if slip.evidence.rule != UNIT_WORD:
            yield slip
        elif (
            kinds
            and slip.slip[-1] not in kinds
            and (is_county or slip.slip[-1] in _OF_COUNTIES or slip.slip[0] == _OURS)
        ):
            yield replace(slip, evidence=replace(slip.evidence, rule=LEVEL))


def wrong_addressee(findings: Findings, own: str, concepts: Concepts) -> Iterator[SlipRow]:
    """Yield the slip of a county's plan that is sent to counties (各县(市)人民政府): below it are towns."""
    row = next((each for each in findings.metadata if each.field == "addressee" and each.value), None)
    said = _COUNTIES.search(row.value) if row and _is_county(own, concepts) else None
    if row and said:
        proof = replace(row.evidence, rule=LEVEL, match=None, note="")
        yield SlipRow(findings.doc, "", said[0], row.value, proof)


def wrong_prefix(rows: Iterable[ResponsibilityRow], own: str, concepts: Concepts) -> Iterator[SlipRow]:
    """Yield the bodies of another level: of a county that is not named (县卫生健康局), of a province (市民政厅).

    Those of several are meant: 县区教育局, 各县(市、区)卫生健康局.
    """
    region, told = concepts.regions.get(own), set[str]()
    for row in rows if region and region.level in _LOCAL_LEVELS else ():
        name = row.agency
        if name[:1] in _LOCAL and name[-1] == _PROVINCIAL and name[-2:-1] != _OFFICE and name not in told:
            told.add(name)
            proof = replace(row.evidence, rule=LEVEL, match=None, note="")
            yield SlipRow(row.doc, row.section, name, row.surface, proof)
            continue
        alone = name[:1] in _COUNTY and name[1:2] not in UNITS and name[:1] == row.surface[:1]
        kind = concepts.agencies.get(row.agency_id.partition("/")[2].removesuffix(_ANY))
        is_bureau = kind is not None and kind.kind == "government" and row.agency_id.endswith(_ANY)
        if alone and is_bureau and region and name[0] != region.name[-1] and name not in told:
            told.add(name)
            yield SlipRow(
                row.doc, row.section, name, row.surface, replace(row.evidence, rule=LEVEL, match=None, note="")
            )


def misspelt(rows: Iterable[ResponsibilityRow], concepts: Concepts) -> Iterator[SlipRow]:
    """Yield the names of bodies that nobody knows and that are a known one but for one letter: 卫生建康局."""
    told: set[str] = set()
    for row in rows:
        name = row.agency[1:] if row.agency[:1] in UNITS else row.agency
        match = row.evidence.match
        unsure = _UNKNOWN in row.agency_id or (match is not None and float(match) <= _WEAK)
        if unsure and len(name) >= _LONG and name not in told:
            near = sorted(known for known in _names(len(name), concepts) if _one_letter(name, known))
            if near:
                told.add(name)
                proof = replace(row.evidence, rule=MISSPELT, match=None, note=message("resolve.meant", name=near[0]))
                yield SlipRow(row.doc, row.section, row.agency, row.surface, proof)


def _one_letter(name: str, known: str) -> bool:
    """Tell whether two names of one length differ in one letter that sounds alike: 卫生建康局, 卫生健康局."""
    apart = [(a, b) for a, b in zip(name, known, strict=True) if a != b]
    return len(apart) == 1 and pinyin_slug(apart[0][0]) == pinyin_slug(apart[0][1])


@compiled
def _names(length: int, concepts: Concepts) -> frozenset[str]:
    return frozenset(each for each, name in concepts.agency_names.items() if len(each) == length and name.strong)


def _is_county(own: str, concepts: Concepts) -> bool:
    return own in concepts.regions and concepts.regions[own].level == "county"


def _is_near(code: str, own: str) -> bool:
    return contains(code, own) or contains(own, code)


def in_place(slips: Iterable[SlipRow], more: Iterable[SlipRow]) -> tuple[SlipRow, ...]:
    """Return two lists of slips as one, in document order."""
    return tuple(sorted((*slips, *more), key=lambda row: row.evidence.start or 0))


def _of_level(row: TargetRow, own: str, concepts: Concepts) -> SlipRow | None:
    """Return the slip of a goal for all of another level: 全省居民健康素养水平 in the plan of a district."""
    region = concepts.regions.get(own)
    word = _WHOLE.match(row.indicator)
    if not region or not word or row.indicator_id.startswith("x-") or word[1] == region.name[-1]:
        return None
    return _row(row, word[0], LEVEL)


def _of_group(row: TargetRow) -> SlipRow | None:
    """Return the slip of an indicator that is known but for its figures: 不足15年 for 不足5年."""
    match = row.evidence.match
    return _row(row, row.indicator, GROUP) if match is not None and float(match) == OTHER_GROUP else None


def _row(row: TargetRow, slip: str, rule: str) -> SlipRow:
    note = row.evidence.note if rule == GROUP else ""
    return SlipRow(row.doc, row.section, slip, row.quote, replace(row.evidence, rule=rule, note=note, match=None))

"""Find the region a document belongs to, from what it says of itself and of others."""

from __future__ import annotations

from collections import Counter

from policygraph.concepts import Concepts
from policygraph.model import Findings
from policygraph.resolve.match import Match
from policygraph.resolve.regions import COUNTRY, ancestors, contains, find_regions, region_of_number, resolve_region

_SURE = 0.9


def place_of(findings: Findings, concepts: Concepts) -> Match:
    """Return the code of the document's region with a score and a reason; an empty code where nothing names it.

    Title and issuer speak first, then the document number. A page that lost its head is placed by its basis (the
    city whose plan it carries out) and by the short names its headings use (健康祥符行动).
    """
    for name in ("issuer", "title"):
        value = findings.value(name)
        found = resolve_region(value, concepts) if value else None
        if found and found.score >= 0.6:
            return Match(found.code, found.score, f"named in the {name}")
    code = region_of_number(findings.value("number"), concepts)
    if code:
        return Match(code, _SURE, "the number's abbreviation")
    return _from_contents(findings, concepts)


def _from_contents(findings: Findings, concepts: Concepts) -> Match:
    above = _region_of_basis(findings, concepts)
    headings = " ".join(row.heading for row in findings.structure)
    named = Counter(code for _, _, code in find_regions(headings, concepts, above) if code != COUNTRY)
    below = Counter(
        {
            code: headings.count(region.short)
            for code, region in concepts.regions.items()
            if above not in ("", COUNTRY, code) and contains(above, code) and len(region.short) > 1
        }
    )
    for counts, score, reason in (
        (+below, 0.8, "标题中的地名 (named in the headings)"),
        (+named, 0.75, "标题中的地名 (named in the headings)"),
        (_of_bodies(findings, concepts), 0.6, "责任单位名称中的地名 (named in the bodies)"),
    ):
        if counts:
            return Match(min(counts, key=lambda each: (-counts[each], each)), score, reason)
    return Match(
        above,
        0.5 if above else 0.0,
        "按依据文件推断地区 (the region of its basis)" if above else "未写地区 (no region is named)",
    )


def _of_bodies(findings: Findings, concepts: Concepts) -> Counter[str]:
    """Count the regions that bodies are named after, of the kind of region whose government the text is.

    Most bodies of a plan open with the word for its own jurisdiction (市财政局): only a region called so can be the
    document's, and 安源区人民政府 speaks for the city above.
    """
    names = [row.agency for row in findings.responsibilities]
    openings = Counter(name[0] for name in names)
    own = next(
        (word for word, _ in openings.most_common() if any(r.name.endswith(word) for r in concepts.regions.values())),
        "",
    )
    found: Counter[str] = Counter()
    for name in dict.fromkeys(names):
        for _, _, code in find_regions(name, concepts):
            found.update((code, *ancestors(code)))
    return Counter({code: count for code, count in found.items() if own and concepts.regions[code].name.endswith(own)})


def _region_of_basis(findings: Findings, concepts: Concepts) -> str:
    """Return the lowest region whose documents this one is based on."""
    codes = []
    for row in findings.citations:
        if row.relation == "basis":
            match = resolve_region(row.title, concepts)
            codes.append(match.code if match else region_of_number(row.number, concepts))
    deepest = [code for code in codes if code and code != COUNTRY]
    return max(deepest, key=lambda code: (len(code.rstrip("0")), code), default="")

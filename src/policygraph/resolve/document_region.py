"""Find the region a document belongs to, from what it says of itself and of others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from policygraph.concepts import Concepts
from policygraph.divisions import COUNTRY, ancestors, contains
from policygraph.knowledge import compiled
from policygraph.messages import Note, message
from policygraph.model import Findings, Tables
from policygraph.quantities import COUNTING
from policygraph.resolve.agencies import resolve_agency
from policygraph.resolve.agency_affixes import affixes_of
from policygraph.resolve.match import Match
from policygraph.resolve.regions import RegionMatch, find_regions, region_of_number, resolve_region
from policygraph.terms import Relation

_SURE = 0.9
_GUESSED = 0.6  # a source as doubtful as the text's own words
_SAME_NAME = 0.75  # below, several regions bear the name
_NAMED_WITHIN = 0.7  # the score of a name that does not open the title
_SOME_BODIES = 3
_READ = 0.8  # confidence below which a field is a guess
_PARTS = re.compile("[、,;]")
_AND_MORE = re.compile(rf"等[\d{COUNTING}]+.{{2,4}}$")  # 等14部门
_OWN_NAME, _LONGEST = 3, 12  # characters of a place with its unit


def place_of(findings: Findings, concepts: Concepts) -> Match:
    """Return the code of the document's region with a score and a reason; an empty code where nothing names it.

    Title and issuer speak first where they open with a name, then an issuer of the state whose name says no place
    (证监会), then the document number, then a name further on in them.
    An issuer whose place no table knows, or that several places may be, is not placed by the letters of its number
    (和政发 of 和安县): they only tell namesakes apart. A page that lost its head is placed by its basis (the city whose
    plan it carries out) and by the short names its headings use (健康祥符行动).
    """
    year = year_of(findings)
    number = region_of_number(findings.value("number"), concepts)
    fields = [(name, findings.value(name)) for name in ("issuer", "title") if findings.value(name)]
    read = [(name, resolve_region(_of_branch(name, value, concepts), concepts, number, year)) for name, value in fields]
    named = [_in_field(findings, name, found) for name, found in read if found]
    claims = [claim for _, value in fields if (claim := claimed_place(value, concepts))]
    opening = [match for match in named if match.score > _NAMED_WITHIN]
    if opening:
        return opening[0]
    if _is_of_the_state(findings.value("issuer"), concepts):
        return Match(COUNTRY, _trust(findings, "issuer"), message("resolve.region-in-field", field="issuer"))
    if number and not claims:
        return Match(number, _SURE, message("resolve.region-of-number"))
    if named:
        return named[0]
    if claims:
        return Match("", 0.0, message("resolve.place-not-known", name=claims[0]))
    return _from_contents(findings, concepts)


def _of_branch(field: str, value: str, concepts: Concepts) -> str:
    """Return an issuer from its place on, where it is a branch of a body of the state: 国家税务总局大连市税务局."""
    if field != "issuer" or _PARTS.search(value):
        return value
    places = [start for start, _, code in find_regions(value, concepts) if code != COUNTRY]
    central = value.startswith(tuple(affixes_of(concepts, "national")))
    return value[places[0] :] if central and places else value


def level_of_words(findings: Findings, concepts: Concepts) -> str:
    """Return the level of a document that no region is known for, by how it calls its own: province where 我省.

    What is a city (市) may be one of two levels, as may what is only called 区.
    """
    word = _own_word(findings, concepts)
    kinds = ("level-province", "level-prefecture", "level-county")
    fitting = [kind for kind in kinds if word and any(form.endswith(word) for form in affixes_of(concepts, kind))]
    if len(fitting) != 1 or word in affixes_of(concepts, "unit-city"):
        return ""
    return fitting[0].removeprefix("level-")


def year_of(findings: Tables) -> int:
    """Return the year in which a text was written, 0 where it does not say."""
    dates = (findings.value(name) for name in ("date_issued", "date_published"))
    return int(next((date[:4] for date in dates if date[:4].isdigit()), "0"))


def claimed_place(text: str, concepts: Concepts) -> str:
    """Return the place that a text says its issuer governs, known or not.

    >>> from policygraph import concepts
    >>> [claimed_place(text, concepts.bundled()) for text in ("和乐县人民政府办公室", "市政府办公室", "市教育局")]
    ['和乐县', '', '']
    """
    for form in affixes_of(concepts, "organ"):
        name, organ, _ = text.partition(form)
        if organ and _OWN_NAME <= len(name) <= _LONGEST and name.endswith(_places(concepts)):
            return name
    return ""


def _is_of_the_state(issuer: str, concepts: Concepts) -> bool:
    """Say whether bodies are known as the country's, by names of their own or their ending: 教育部, 教育部等8部门."""
    names = [name for name in _PARTS.split(_AND_MORE.sub("", issuer)) if name]
    return bool(names) and all(_is_known_of_the_state(name, concepts) for name in names)


def _is_known_of_the_state(name: str, concepts: Concepts) -> bool:
    """Say whether a body is the country's, or an office of one: 工业和信息化部办公厅, 国家发展改革委办公厅."""
    if any(code != COUNTRY for _, _, code in find_regions(name, concepts)):
        return False  # 国家税务总局大连市税务局
    tails = affixes_of(concepts, "national-tail")
    heads = {f"{name.partition(tail)[0]}{tail}" for tail in tails if tail in name}
    found = [resolve_agency(each, "", concepts).match for each in sorted({name, *heads})]
    if any(each.score >= _SURE and each.id.startswith(f"{COUNTRY}/") for each in found):
        return True
    national = tuple(form for kind in ("national", "national-name") for form in affixes_of(concepts, kind))
    return name.startswith(national)


@compiled
def _places(concepts: Concepts) -> tuple[str, ...]:
    """Return the words in which the names of places end: 县, 市, 镇, 街道."""
    kinds = ("level-province", "level-prefecture", "level-county", "unit-city", "unit-township", "unit-subdistrict")
    return tuple(form for kind in kinds for form in affixes_of(concepts, kind))


def _in_field(findings: Findings, name: str, found: RegionMatch) -> Match:
    return Match(found.code, min(found.score, _trust(findings, name)), message("resolve.region-in-field", field=name))


def _trust(findings: Findings, name: str) -> float:
    """Return the most that a region can score by a field: one that is read in a guessed title is guessed too."""
    reading = next(float(row.evidence.confidence) for row in findings.metadata if row.field == name)
    return reading if reading < _READ else 1.0


def _from_contents(findings: Findings, concepts: Concepts) -> Match:
    """Place a text without a head: each source in turn, of the regions that are called as the text calls its own."""
    word = _own_word(findings, concepts)
    above = _region_of_basis(findings, concepts)
    for counts, score, reason in _sources(findings, concepts, word, above):
        fitting = {code: count for code, count in counts.items() if count and _is_called(code, word, concepts)}
        if fitting:
            code = min(fitting, key=lambda each: (-fitting[each], -len(ancestors(each)), each))
            inner = _inside(code, _of_text(findings, concepts, above), word, concepts) if score <= _GUESSED else ""
            return Match(inner or code, score, message("resolve.region-in-text") if inner else reason)
    above = above if _is_called(above, word, concepts) else ""
    return Match(
        above,
        0.5 if above else 0.0,
        message("resolve.region-of-basis") if above else message("resolve.no-region"),
    )


def _sources(
    findings: Findings, concepts: Concepts, word: str, above: str
) -> Iterator[tuple[Counter[str], float, Note]]:
    """Yield how often each source names regions, the surest first; what is not asked for is not counted."""
    headings = " ".join(row.heading for row in findings.structure)
    title = findings.value("title")
    yield _below(f"{title} {headings}", above, concepts), 0.8, message("resolve.region-in-headings")
    named = Counter(code for _, _, code in find_regions(headings, concepts, above) if code != COUNTRY)
    yield named, 0.75, message("resolve.region-in-headings")
    yield _of_bodies(findings, concepts, word), 0.6, message("resolve.region-in-bodies")
    yield _of_addressee(findings, concepts, word), 0.6, message("resolve.region-in-bodies")
    yield _of_text(findings, concepts, above), 0.6, message("resolve.region-in-text")
    yield _of_titles(findings, concepts), 0.5, message("resolve.region-in-cited-titles")
    yield _of_branches(findings, concepts, word), 0.5, message("resolve.region-in-bodies")
    yield _only_one(title, headings, findings, concepts), 0.5, message("resolve.region-in-headings")


def _below(headings: str, above: str, concepts: Concepts) -> Counter[str]:
    """Count the short names of the regions below the one whose plan is carried out (健康祥符行动)."""
    if above in ("", COUNTRY):
        return Counter()
    inner = (region for region in concepts.regions.values() if not region.until and region.code != above)
    short = {region.code: region.short for region in inner if contains(above, region.code) and len(region.short) > 1}
    return Counter({code: headings.count(name) for code, name in short.items()})


def _only_one(title: str, headings: str, findings: Findings, concepts: Concepts) -> Counter[str]:
    """Return the one region of the country whose short name stands in the title, and in headings or bodies as well.

    A short name that two regions bear, or that the title alone has, may be a word: 平安建设.
    """
    text = " ".join(
        (headings, *(row.agency for row in findings.responsibilities), *(row.body for row in findings.bodies))
    )
    borne: dict[str, list[str]] = {}
    for region in concepts.regions.values():
        if not region.until and len(region.short) > 1 and region.short in title and region.short in text:
            borne.setdefault(region.short, []).append(region.code)
    sole = [codes[0] for codes in borne.values() if len(codes) == 1]
    return Counter(sole) if len(sole) == 1 else Counter()


def _of_addressee(findings: Findings, concepts: Concepts, word: str) -> Counter[str]:
    """Count the regions that the bodies of the addressee are named after, with those above (抚州高新区管委会).

    Where nothing calls the own region they are bodies of many: 各省发展改革委,新疆生产建设兵团.
    """
    parts = _PARTS.split(findings.value("addressee")) if word else []
    opening = (code for part in parts for start, _, code in find_regions(part, concepts) if not start)
    return Counter(each for code in opening for each in (code, *ancestors(code)))


def _of_branches(findings: Findings, concepts: Concepts, word: str) -> Counter[str]:
    """Count the regions whose branches bodies are, by a short name inside (人民银行唐河支行)."""
    names = dict.fromkeys(row.agency for row in findings.responsibilities) if word else ()
    codes = (resolve_agency(name, "", concepts).agency_id.partition("/")[0] for name in names)
    return Counter(code for code in codes if code in concepts.regions and code != COUNTRY)


def _own_word(findings: Findings, concepts: Concepts) -> str:
    """Return how the text calls its own region: as most of its bodies open (县财政局), else as it says (我县).

    Bodies decide where there are some: a district's text may say 本市 too.
    """
    ends = {region.name[-1] for region in concepts.regions.values()}
    openings = Counter(row.agency[0] for row in findings.responsibilities if row.agency and row.agency[0] in ends)
    word, count = min(openings.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return word if count >= _SOME_BODIES else findings.value("level") or word


def _is_called(code: str, word: str, concepts: Concepts) -> bool:
    return bool(code) and concepts.regions[code].name.endswith(word)


def _of_bodies(findings: Findings, concepts: Concepts, word: str) -> Counter[str]:
    """Count the regions that bodies are named after, with those above; 安源区人民政府 speaks only for those above.

    Without a word for the region whose government the text is, they do not tell which of them it is.
    """
    found: Counter[str] = Counter()
    governments = affixes_of(concepts, "government")
    for name in dict.fromkeys(row.agency for row in findings.responsibilities) if word else ():
        for _, end, code in find_regions(name, concepts):
            own = () if name[end:] in governments else (code,)
            found.update((*own, *ancestors(code)))
    return found


def _of_text(findings: Findings, concepts: Concepts, above: str) -> Counter[str]:
    """Return the places that the text names most, as extraction found them; the first counts most."""
    names = [name for name in findings.value("region").split("|") if name]
    matches = [resolve_region(name, concepts, above) for name in names]
    sure = [match.code for match in matches if match and match.score >= _SAME_NAME]
    return Counter({code: len(sure) - at for at, code in enumerate(sure)})


def _of_titles(findings: Findings, concepts: Concepts) -> Counter[str]:
    """Count the regions that the titles of the cited documents open with: a city cites documents of its own."""
    matches = (resolve_region(row.title, concepts) for row in findings.citations if row.title)
    return Counter(match.code for match in matches if match and match.score > _NAMED_WITHIN and match.code != COUNTRY)


def _inside(code: str, counts: Counter[str], word: str, concepts: Concepts) -> str:
    """Return the region inside another that the text names more often: a county-level city below its prefecture."""
    inner = (
        each
        for each, count in counts.most_common()
        if each != code and contains(code, each) and count > counts[code] and _is_called(each, word, concepts)
    )
    return next(inner, "")


def _region_of_basis(findings: Findings, concepts: Concepts) -> str:
    """Return the lowest region whose documents this one is based on."""
    codes = []
    for row in findings.citations:
        if row.relation == Relation.BASIS:
            match = resolve_region(row.title, concepts)
            codes.append(match.code if match else region_of_number(row.number, concepts))
    deepest = [code for code in codes if code and code != COUNTRY]
    return max(deepest, key=lambda code: (len(code.rstrip("0")), code), default="")

"""Find what the text refers to and does not have, and titles, its own and of annexes, that it gives in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from policygraph.extract.grammar.sought import BLANKS, LINES, opened
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import one_of, word_of
from policygraph.quantities import COUNTING, count_value
from policygraph.terms import SectionKind

ABSENT, TITLES, ANNEX, ALONE = "reference-absent", "titles-differ", "annex-title-differs", "annex-alone"
_NUMERAL = rf"(?P<n>\d{{1,2}}|[{COUNTING}]{{1,3}})"
_DECIMAL = re.compile(r"本[\u4e00-\u9fff]{2}第?(?P<n>(?P<above>\d{1,2}(?:\.\d{1,2})*)\.\d{1,2})(?![\d.%‰])")
_HEADING = re.compile(rf"第(?P<n>\d{{1,2}}|[{COUNTING}]{{1,3}})(?P<unit>[章节条编]|部分)$")
_TOP = re.compile(rf"[{COUNTING}]{{1,3}}|\d{{1,2}}|第(?:\d{{1,2}}|[{COUNTING}]{{1,3}})(?:[章编]|部分)")
_IN_LAW = re.compile(r"》[^。;\n]{0,12}$")  # 《示范条例》第十二条
_TABLE = re.compile(r"(?<!附)(?P<kind>表|图|专[栏])\s?(?P<n>\d{1,2}|[一二三四五六七八九十])(?![\d.—-])")
_CAPTION_SIGN, _ANNEX_SIGN = re.compile(r"表|图|专[栏]"), re.compile("附")
_CAPTION = re.compile(r"^\s*(?P<kind>表|图|专[栏])\s?(?P<n>\d{1,2}|[一二三四五六七八九十])", re.MULTILINE)
_ENTRY = re.compile(r"^\s*附\s*件\s*:\s*(?:1[.、]\s*)?(?P<title>[^\n:;。]{4,50}?)[;。]?\s*$", re.MULTILINE)
_NEXT = re.compile(r"^\s*(?P<n>\d)[.、]\s*(?P<title>[^\n:;。]{4,50}?)[;。]?\s*$")
_HEAD = re.compile(r"^\s*附\s*件\s*(?P<n>\d?)\s*\n+\s*(?P<title>[^\n|:。;]{4,50})$", re.MULTILINE)
_YEARS = re.compile(r"\((?:20\d\d)[^()]*\)|\(?(?:[征求意见稿试行送审草案]){2,8}\)")
_SIGNS = re.compile(r"[\s《》〈〉“”\"']")
_ALIKE = 0.55  # the share of a title's letters that another has in the same order
_FEWEST = 3
_FRONT = 3000  # characters in which a notice sends out its plan


def references(draft: Draft) -> Iterator[Slip]:
    """Yield references to parts, articles and tables that the text does not have, and titles given in two ways."""
    yield from _parts(draft)
    yield from _tables(draft)
    yield from _titles(draft)
    yield from _annexes(draft)
    yield from _alone(draft)


# ---------------------------------------------------------------- 第四部分 of three


def _parts(draft: Draft) -> Iterator[Slip]:
    """Yield the number of a part (of a chapter, an article) that is larger than that of the last one there is."""
    last = _last(draft)
    heads = {section.head.start for section in draft.outline.sections}
    for match in _reference(draft.lexicon).finditer(draft.text):
        most = last.get(match["unit"], 0)
        before = draft.text[max(match.start() - 40, 0) : match.start("nth")]
        if most and count_value(match["n"]) > most and match.start("nth") not in heads and not _IN_LAW.search(before):
            yield Slip(ABSENT, match.start("nth"), match.end("unit"))
    known = {section.number for section in draft.outline.sections}
    for match in _DECIMAL.finditer(draft.text):  # 按本方案5.3, where 5.2 is the last
        if match["n"] not in known and match["above"] in known:
            yield Slip(ABSENT, *match.span("n"))


def _last(draft: Draft) -> dict[str, int]:
    """Return the number of the last part, chapter and article; 部分 are the parts of whatever numbering."""
    last: dict[str, int] = {}
    numbers = [section.number for section in draft.outline.sections if "/" not in section.number]
    for number in numbers:
        said = _HEADING.search(number)
        if said:
            last[said["unit"]] = max(last.get(said["unit"], 0), count_value(said["n"]))
    tops = [number for number in numbers if _TOP.fullmatch(number)]
    last.setdefault("部分", len(dict.fromkeys(tops)) if len(tops) >= _FEWEST else 0)
    return {unit: most for unit, most in last.items() if unit != "节"}  # which begin anew in each chapter


@compiled
def _reference(lexicon: Lexicon) -> re.Pattern[str]:
    refers = word_of("refers-to", lexicon)
    return re.compile(rf"{refers}(?:本[\u4e00-\u9fff]{{2}})?(?P<nth>第{_NUMERAL}(?P<unit>[章条编]|部分))(?![之的]?一)")


# ---------------------------------------------------------------- 表3 of two


def _tables(draft: Draft) -> Iterator[Slip]:
    """Yield a table that is referred to and not there, where others of its kind are; annexes are told by their list."""
    captions = {(each["kind"], count_value(each["n"])) for each in LINES.opening(_CAPTION, draft.text, _CAPTION_SIGN)}
    refers = re.compile(rf"{word_of('refers-to', draft.lexicon)}$")
    kinds = {kind for kind, _ in captions}
    for match in _TABLE.finditer(draft.text) if kinds else ():
        named = (match["kind"], count_value(match["n"]))
        if (
            match["kind"] in kinds
            and named not in captions
            and refers.search(draft.text[max(match.start() - 6, 0) : match.start()])
        ):
            captions.add(named)  # told once
            yield Slip(ABSENT, *match.span())


# ---------------------------------------------------------------- titles


def _titles(draft: Draft) -> Iterator[Slip]:
    """Yield the title under which a notice sends out the plan (现将《…》印发) and that is not that of the plan."""
    titles = [_plain(title) for title in draft.about.titles]
    for match in opened(*_sent(draft.lexicon), draft.text, _FRONT):
        other, sent = _plain(match["title"]), match["number"] is not None  # a document that has its number already
        own = [title for title in titles if not sent or title != _plain(draft.about.value("title"))]
        if not any(other in one or one in other for one in own) and any(_alike(one, other) for one in own):
            yield Slip(TITLES, *match.span("title"))


@compiled
def _sent(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match where a title may be sent out: 现, the begin of a line; 现将《title》, 某局制定的《title》…现印发."""
    before, behind = word_of("sends-out", lexicon), word_of("sent-out", lexicon)
    drawn = word_of("drawn-up", lexicon)
    first = one_of(sorted({form[0] for rule in ("sends-out", "drawn-up") for form in lexicon.grammar.rule_words[rule]}))
    return (
        re.compile(rf"[{first[1:-1]}《{BLANKS}](?:(?<={first})|(?<=\n[《{BLANKS}]))"),
        re.compile(
            rf"(?:(?P<now>{before})|{drawn}|(?<=\n))\s*《(?P<title>[^《》\n]{{4,60}})》(?P<number>(?=\([^()]{{2,12}}〔))?(?(now)|(?=[^。\n]{{0,40}}{behind}))"
        ),
    )


def _plain(title: str) -> str:
    return _SIGNS.sub("", _YEARS.sub("", title))


def _alike(title: str, sent: str) -> bool:
    """Tell whether two titles are meant to be one: most letters of the second stand in the first, in their order."""
    blocks = SequenceMatcher(None, title, sent, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) > _ALIKE * len(sent)


# ---------------------------------------------------------------- annexes


def _annexes(draft: Draft) -> Iterator[Slip]:
    """Yield the title above an annex that is not the one in the list of annexes."""
    listed = _listed(draft.text)
    for match in LINES.opening(_HEAD, draft.text, _ANNEX_SIGN):
        said = listed.get(match["n"] or "1", "")
        one, other = _plain(said), _plain(match["title"])
        if said and other not in one and one not in other:
            yield Slip(ANNEX, *match.span("title"))


def _alone(draft: Draft) -> Iterator[Slip]:
    """Yield the list of annexes that ends a text which has none of them; below that of a page stands who signed it."""
    annexes = [each for each in draft.outline.sections if each.kind == SectionKind.ANNEX]
    if not annexes or any(each.head.end > each.head.start for each in annexes):
        return
    listed = [match for match in LINES.opening(_ENTRY, draft.text, _ANNEX_SIGN) if "略" not in match["title"]]
    below = [line for line in draft.text[listed[-1].end() :].split("\n") if line.strip()] if listed else []
    if listed and all(_NEXT.match(line) for line in below):
        yield Slip(ALONE, *listed[-1].span("title"))


def _listed(text: str) -> dict[str, str]:
    """Return the titles of the list of annexes by number."""
    listed: dict[str, str] = {}
    for first in LINES.opening(_ENTRY, text, _ANNEX_SIGN):
        listed.setdefault("1", first["title"])
        for line in text[first.end() :].lstrip("\n").split("\n"):
            entry = _NEXT.match(line)
            if not entry:
                break
            listed.setdefault(entry["n"], entry["title"])
    return listed

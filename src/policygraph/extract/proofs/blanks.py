"""Find blanks of a form or a template that were not filled in: ××市, ____, 〔202 〕, ×月."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.grammar.sought import BLANKS, opened
from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, one_of, word_of
from policygraph.terms import SectionKind

BLANK, UNDATED = "blank", "blank-date"  # a draft may not know its own number and date yet
_SIGN = r"[×╳✕Xx□○*]"
_DATED = re.compile(r"[年月日号〕]|〔")
_GAPS = ("   ", "…")
_MODEL = (SectionKind.ANNEX,)


@compiled
def _blank(lexicon: Lexicon) -> re.Pattern[str]:
    rest, here = word_of("to-be-filled", lexicon), word_of("put-here", lexicon)
    units = either(form for form in lexicon.quantities.units if form.isalpha())
    pattern = rf"""
    _{{2,}} | ＿{{2,}}
    | [×╳✕□○]{{2,}}(?=[\u4e00-\u9fff%]) | [Xx*]{{2,}}(?=[市县区省州旗镇乡村局委厅部办人名个家所项条号万元%年月日])
    | [×╳✕Xx](?=[市县区省州旗镇乡局委厅个名家所项%号])(?![个]?[光线])
    | 20[×╳✕Xx]{{1,2}}年 | [×╳✕Xx]{{1,2}}月(?:[×╳✕Xx]{{1,2}}日|底)?  | (?<=月)[×╳✕Xx]{{1,2}}日
    | [〔\[(]\s?20\d?(?:\s|{_SIGN}){{0,4}}[〕\])](?=\s?第?{_SIGN}{{0,3}}\d{{0,3}}\s?号)(?<!〔20\d〕)
    | (?<=〕)(?:\s{{0,4}}|{_SIGN}{{1,3}})号
    | (?<![\d年月])(?:20\d\d|20\s{{1,4}})年\s{{2,6}}月 | (?<=\d月)\s{{2,6}}日
    | {word_of("nobody-named", lexicon)}[市县区省州局委]?
    | (?<![\u4e00-\u9fff])某[市县区](?={word_of("governs", lexicon)}|[各局委])
    | [×╳✕□○Xx*]{{2,}}(?=(?:{units})(?![a-zA-Z])) | (?:(?<=[≥≤|])|(?<=\|\s))[×╳✕Xx]{{2,}}(?=\s*(?:\||\n|$))
    | (?P<leads>\({rest}(?={word_of("leads", lexicon)}))         # (待定牵头
    | (?P<open>(?<=:)\(?{rest}(?=[。,;、)\n]))                  # 牵头单位:待定
    | [(【\[](?:{rest}|{here}[^)】\]]{{0,12}})[)】\]]
    | (?<![接等期对招看善优款厚备]){word_of("still-open", lexicon)}(?![期点向位量制价额级时岗员编])  # 安排待定万元
    | (?<=[\d-])[×╳✕XxX*]{{4,}}                              # 0717-XXXXXXX
    """
    return re.compile(pattern, re.VERBOSE)


@compiled
def _sign(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what a blank may begin with where it may: a sign, 20, a bracket around it, what stands behind 月, 〕, :."""
    rest, here = word_of("to-be-filled", lexicon), word_of("put-here", lexicon)
    first = one_of(sorted({form[0] for form in lexicon.grammar.rule_words["to-be-filled"]}))
    words = one_of(sorted({form[0] for form in lexicon.grammar.rule_words["nobody-named"]} | {"某"}))
    return re.compile(
        rf"[_＿×╳✕Xx□○*2{BLANKS}号〔\[(【{words[1:-1]}{first[1:-1]}]"
        rf"(?:(?<=[_＿×╳✕Xx□○*])|(?<={words})|(?<=2)0|(?<=[月〕][{BLANKS}号])|(?<=:\()|(?<={first})"
        rf"|(?<=[〔\[(【])(?=\s?20|{rest}|{here}))"
    )


def blanks(draft: Draft) -> Iterator[Slip]:
    """Yield blanks outside the annexes, where a model of a form stands, and the names of who answers for what."""
    text, last = draft.text, -1
    for match in opened(_sign(draft.lexicon), _blank(draft.lexicon), text):
        section = draft.section_at(match.start())
        in_annex = "/" in section.number or section.kind in _MODEL
        place = draft.outline.text.offsets[match.start()]
        inside = any(clause.start <= place < clause.end for clause in draft.clauses)
        told = last >= 0 and "。" not in text[last : match.start()] and "\n" not in text[last : match.start()]
        if not in_annex and (match["open"] or match["leads"] or not inside) and not told:  # 20××年×月 is one
            last = match.end()
            near = text[max(match.start() - 1, 0) : match.end() + 1]
            front = section.kind == SectionKind.FRONT and _DATED.search(near)
            yield Slip(UNDATED if front else BLANK, *match.span())
    gaps = _gap(draft.lexicon).finditer(text) if any(sign in text for sign in _GAPS) else ()
    yield from (Slip(BLANK, match.start() - 1, match.end()) for match in gaps)


@compiled
def _gap(lexicon: Lexicon) -> re.Pattern[str]:
    """Match an empty place, or points, where a number is to stand before its unit: 床位    张, 床位……张."""
    units = either(form for form in lexicon.quantities.units if form.isalpha())
    return re.compile(rf"(?:[ ][ ][ ][ ]{{0,9}}|……?)(?:{units})(?=[,。;、)])")

"""Find the documents a text names: its basis in the openings, others elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.extract.grammar.document_titles import Named, NamedInSections
from policygraph.extract.grammar.evidence import evidence, printed
from policygraph.extract.grammar.headings import stands_below
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.model import CitationRow, Outline, Section
from policygraph.patterns import either, either_of, of_kind, word_of, word_pattern
from policygraph.records import replace
from policygraph.terms import Relation, SectionKind

_ENDS = ("form", "document")
_LONGEST_END = 6  # characters of a word of the table
_LONGEST_OPENING = 1500  # characters to either side of a title
_NEXT_SENTENCE = 150  # characters in which an opening may follow the sentence that names the grounds
_NEAR = 24  # characters before a title in which words say that it is issued
_SHORTEST_BODY = 3  # characters: 教育部
_BEFORE = 8  # characters before a title in which a word renames it
_MARKS = re.compile(r"[\s《》〈〉<>“”‘’\"]")
_ASIDE = re.compile(r"\([^()]{1,20}\)")
_LINE_END = re.compile(r"\n(?![^《》\n]{1,80}》)")  # a title may run over it
_STOPS = re.compile(rf"。|{_LINE_END.pattern}")
_DRAFT = re.compile(r"\([^()]{0,12}稿\)$")  # (征求意见稿)
_SHORT_TITLE = 5  # characters
_SENTENCE_BEGINS = re.compile(r"(?:\A|[。:;\n])\s{0,9}\Z")


def find_citations(
    doc: str, outline: Outline, own: tuple[str, ...], named: NamedInSections, lexicon: Lexicon
) -> tuple[CitationRow, ...]:
    """Return each document named once, in the order of first mention, with the strongest relation it has anywhere.

    ``basis`` where an opening says by what the plan is made (根据, 为贯彻落实 … 制定本方案, 现将…印发); ``mentions``
    elsewhere. The document's own titles and numbers (``own``) are not citations, nor are the plan that it issues, forms
    that are filled in (《购房合同》), or a bare kind that means a document named before (《通知》). ``named`` are the
    documents that each section names.
    """
    rows: dict[str, CitationRow] = {}
    known: dict[str, str] = {}  # title, number or short name -> key of its row, "" for what is no citation
    own = tuple(_bare(title) for title in own)
    text, last = outline.text.text, ""
    grounds = _of_grounds(outline.sections, lexicon)
    for section, names_of, on_it in zip(outline.sections, named, grounds, strict=True):
        for found in names_of:
            if _renames(text, found, lexicon):
                known.setdefault(_bare(found.title), last)
                continue
            names = [name for name in (_bare(found.title), found.number) if name]
            last = next((known[name] for name in names if name in known), names[0] if names else "")
            last = _issued_by(last, found, known, lexicon) or _without_issuers(last, found, known, lexicon) or last
            issued = _opens(section) and not found.number and _is_issued(text, found, lexicon)
            if issued:
                own = (*own, _bare(found.title))
            if not last or issued or _is_own(text, found, own, lexicon) or _is_no_document(text, found, lexicon):
                last = ""
                continue
            if last not in rows and found.how == "number-alone" and found.number.endswith(tuple(known)):
                continue  # 对于国发〔2019〕13号
            if last in rows and _has_other_number(found, rows[last]):
                last, names = found.number, [found.number]
            known |= dict.fromkeys(names, last)
            row = _row(doc, outline, found, is_basis=on_it or _is_basis(text, section, found, lexicon))
            rows[last] = _stronger(rows[last], row) if last in rows else row
    return tuple(rows.values())


def _renames(text: str, found: Named, lexicon: Lexicon) -> bool:
    """Say whether a title is the short name of the one before: (以下简称《规划》)."""
    return text[max(found.start - _BEFORE, 0) : found.start].endswith(tuple(lexicon.documents.short_names))


def _issued_by(name: str, found: Named, known: dict[str, str], lexicon: Lexicon) -> str:
    """Return the key of the notice named before that issues a document: 《…印发〈甲办法〉的通知》, then 《甲办法》."""
    if found.number or name in known or len(name) <= _SHORT_TITLE:
        return ""
    naming = [title for title in known if name in title]
    if not naming:
        return ""  # as for most
    issued = re.compile(rf"(?:{either_of(lexicon.documents.document_words, 'issues')}){re.escape(name)}(?:的|$)")
    return next((known[title] for title in naming if issued.search(title)), "")


def _without_issuers(name: str, found: Named, known: dict[str, str], lexicon: Lexicon) -> str:
    """Return the key of a document named with its issuer before: 《省厅关于办学的意见》, then 《关于办学的意见》."""
    if found.number or name in known or not name.startswith(tuple(lexicon.grammar.rule_words["subject"])):
        return ""
    same = {key for title, key in known.items() if key and title.endswith(name)}
    return same.pop() if len(same) == 1 else ""


def _has_other_number(found: Named, before: CitationRow) -> bool:
    """Say whether a title that was cited with one number stands here with another: one of both is a slip."""
    return bool(found.number and before.number and before.number != found.number) and (
        _bare(found.title) == _bare(before.title)
    )


def _stronger(first: CitationRow, again: CitationRow) -> CitationRow:
    """Return the row of a document that is named again: as basis if it is one anywhere, with number and title."""
    best = again if (again.relation, first.relation) == (Relation.BASIS, Relation.MENTIONS) else first
    other = first if best is again else again
    return replace(best, title=best.title or other.title, number=best.number or other.number)


def _row(doc: str, outline: Outline, found: Named, *, is_basis: bool) -> CitationRow:
    note: Note = ""
    if found.how == "number-mended":
        note = message("extract.number-mended", number=found.number)
    elif found.how == "number-alone":
        note = message("extract.named-by-number")
    rule = ("basis-opening" if is_basis else "mention") + (f":{found.how}" if found.how else "")
    return CitationRow(
        doc=doc,
        title=found.title,
        number=found.number,
        relation=Relation.BASIS if is_basis else Relation.MENTIONS,
        quote=printed(outline.text, found.start, found.end),
        evidence=evidence(outline.text, found.start, found.end, note=note, rule=rule),
    )


# ---------------------------------------------------------------- what is no citation


def _is_own(text: str, found: Named, own: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Say whether a name is the document's own; a number that is not its own makes it that of another (转发).

    What the document says in its title that it amends or carries out is another's (关于修改《甲办法》的决定), and so is
    a part of its own title behind a body that the title does not name: 示范省的方案 carries out that of 教育部《方案》.
    """
    if found.number:
        return found.number in own or (_bare(found.title) in own and not any("〔" in name for name in own))
    bare = _bare(found.title)
    draft = _DRAFT.search(bare)
    issued = bare[: draft.start()] if draft else bare
    if len(issued) <= _SHORT_TITLE:
        return bare in own
    before = _bare(text[max(found.start - _BEFORE, 0) : found.start])
    holder = before[-_SHORTEST_BODY:] if before.endswith(tuple(lexicon.names.org_tails)) else ""
    return any(
        bare == other or (issued in other and holder in other and not _acts_on(lexicon).search(other)) for other in own
    )


@compiled
def _acts_on(lexicon: Lexicon) -> re.Pattern[str]:
    """Match words of a title about what is done with another document: 关于修改, 关于贯彻."""
    before = either_of(lexicon.documents.document_words, "before")
    return re.compile(rf"{word_of('subject', lexicon)}(?:{before})")


def _is_issued(text: str, found: Named, lexicon: Lexicon) -> bool:
    """Say whether a title is that of the plan which the document issues: 现将《…》印发给你们, 制定了《…》."""
    left = text[max(found.start - _NEAR, 0) : found.start]
    made, handed, issued, later = _issuing(lexicon)
    return bool(
        (made.search(left) and not _told(lexicon).search(left))
        or (handed.search(left) and issued.match(text, found.end))
        or (_SENTENCE_BEGINS.search(left) and later.match(text, found.end))
    )


@compiled
def _told(lexicon: Lexicon) -> re.Pattern[str]:
    """Match words before a title that tell what was issued before: 2021年国务院出台《…》, 先后制定《…》."""
    return re.compile(rf"[年月]份?[,以来]{{0,2}}[^,。;]{{2,20}}$|{word_of('told', lexicon)}")


@compiled
def _issuing(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Match 制定了 before a title; 将 before and 印发 behind one; ,现印发给你们 behind one."""
    verbs = either_of(lexicon.documents.opening_words, "verb")
    issues = either_of(lexicon.documents.document_words, "issues")
    aside = r"(?:\([^()\n]{0,40}\))?"  # (以下简称《…》)
    return (
        re.compile(rf"(?:{verbs})了?[^,。;《》的]{{0,4}}$"),
        re.compile(r"将[^,。;《》]{0,14}$"),
        re.compile(rf"{aside}[^,。;《》]{{0,14}}(?:{issues})"),
        re.compile(rf"{aside}[^。;《》\n]{{0,40}}现[^。;《》]{{0,10}}(?:{issues})"),
    )


def _is_no_document(text: str, found: Named, lexicon: Lexicon) -> bool:
    """Say whether a title without a number is that of a form, of a paper between parties, or a bare kind: 《通知》."""
    if found.number:
        return False
    if _made_out(lexicon).search(text, max(found.start - _BEFORE, 0), found.start):
        return True
    title = _ASIDE.sub("", _bare(found.title))
    if not title.endswith(tuple(of_kind(lexicon.documents.document_words, "kind"))) and _is_shown(text, found, lexicon):
        return True
    ends = (title[at:] for at in range(max(len(title) - _LONGEST_END, 0), len(title)))
    # the longest end that the table knows decides
    kind = next(
        (lexicon.documents.document_words[end] for end in ends if lexicon.documents.document_words.get(end) in _ENDS),
        "",
    )
    return kind == "form" or bool(_bare_kind(lexicon).fullmatch(title))


def _is_shown(text: str, found: Named, lexicon: Lexicon) -> bool:
    """Say whether words beside a title tell of a film, a column, a song: 播放电影《…》, 《…》栏目."""
    shown = word_pattern("shown", lexicon)
    return bool(
        shown.search(found.title[-_BEFORE:])
        or shown.search(text, max(found.start - _BEFORE, 0), found.start)
        or shown.search(text, found.end, min(found.end + _BEFORE, len(text)))
    )


@compiled
def _made_out(lexicon: Lexicon) -> re.Pattern[str]:
    """Match words before a title by which parties make out a paper: 签订《…》, 出具的《…》."""
    return re.compile(rf"{word_of('makes-out', lexicon)}[了的]?$")


@compiled
def _bare_kind(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.documents.document_words
    return re.compile(rf"(?:{either_of(words, 'kind', 'attribute')}){{0,4}}(?:{either_of(words, 'kind')})")


def _bare(title: str) -> str:
    return _MARKS.sub("", title)


# ---------------------------------------------------------------- what the plan is made by


def _is_basis(text: str, section: Section, found: Named, lexicon: Lexicon) -> bool:
    """Say whether the plan is made by a document: its sentence names grounds, and an opening follows.

    In what stands before the first heading any opening will do (现将…通知如下), in a later sentence too; elsewhere only
    one in the same sentence that speaks of this plan (制定本方案).
    """
    first = max(section.head.start, found.start - _LONGEST_OPENING)
    start = max((stop.end() for stop in _STOPS.finditer(text, first, found.start)), default=first)
    if not (_grounds(lexicon).search(text[start : found.start]) or _on_it(lexicon).match(text, found.end)):
        return False
    last = min(section.body.end, found.end + _LONGEST_OPENING)
    end = _first(_STOPS, text, found.end, last)
    if _opens(section):
        line = _first(_LINE_END, text, found.end, last)
        return bool(_opening(lexicon).search(text, found.end, min(end + _NEXT_SENTENCE, line)))
    return bool(_makes_this(lexicon).search(text, start, end))


def _of_grounds(sections: Sequence[Section], lexicon: Lexicon) -> list[bool]:
    """Return for each section whether it, or one above it, lists the grounds of the plan: 1.2 编制依据."""
    heads = tuple(lexicon.grammar.rule_words["grounds-heading"])
    lists = [section.heading.endswith(heads) for section in sections]
    above = ""
    for at, section in enumerate(sections if True in lists else ()):
        above = section.number if lists[at] else above if above and stands_below(section.number, above) else ""
        lists[at] = lists[at] or bool(above)
    return lists


def _first(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return the first place of a stretch that a pattern matches, its end where none does."""
    match = pattern.search(text, start, end)
    return match.start() if match else end


def _opens(section: Section) -> bool:
    """Say whether a section is what stands before the headings of a text or of an annex."""
    return section.kind in (SectionKind.FRONT, SectionKind.ANNEX)


@compiled
def _grounds(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a word that says on what grounds, or the 为 of a purpose in whose clause the title stands."""
    return re.compile(rf"{either(lexicon.documents.citation_words)}|(?:^|[,:;\s])为[^,:;]{{0,40}}$")


@compiled
def _on_it(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what says behind a title that it is the ground: 在《…》的基础上."""
    return re.compile(rf"[^,。;《》]{{0,4}}{word_of('on-basis', lexicon)}")


@compiled
def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    """Match how a text says that the plan is made: 特制定, 根据《…》编制, 提出…意见, 现将…通知."""
    words, kinds = lexicon.documents.opening_words, ("verb", "object", "pointer", "announced")
    verb, thing, pointer, announced = (either_of(words, kind) for kind in kinds)
    readers = word_of("readers", lexicon)
    return re.compile(
        rf"特(?:{verb})|(?<=》)(?:{verb})(?=[,。])|(?:{verb})了?[^。,;\n]{{0,40}}?(?:{pointer}|{thing})|[现特][^。\n]{{0,120}}?(?:{announced}|{pointer})"
        rf"|(?:{announced})(?:{pointer})|[现特](?:{verb})了?《|将[^。\n]{{0,60}}?(?:{announced})给?{readers}"
    )


@compiled
def _makes_this(lexicon: Lexicon) -> re.Pattern[str]:
    """Match that this plan is made, and not one of a bureau or a place (制定本地区实施方案)."""
    verb, thing = (either_of(lexicon.documents.opening_words, kind) for kind in ("verb", "object"))
    return re.compile(rf"(?:{verb})本(?![地区市县省州盟旗镇乡街单部级系校院企辖领])[^。,;\n]{{0,12}}?(?:{thing})")

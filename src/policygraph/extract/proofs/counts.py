"""Find numbers that the text gives and that it does not keep: so many actions, points, indicators below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from policygraph.extract.grammar.sought import SENTENCES
from policygraph.extract.proofs.lists import COUNT, FEWEST, NEAR, miscounted
from policygraph.extract.proofs.slip import Draft, Slip, span_in
from policygraph.extract.proofs.tables import Table, tables_of
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Section
from policygraph.patterns import word_of
from policygraph.quantities import COUNTING, count_value, is_above, numeral_value

_COUNT = rf"(?P<count>\d{{1,3}}|[{COUNTING}两]{{1,3}})"
_NUMBERED = re.compile(r"^[ (]{0,3}(\d{1,2})[.、)](?!\d+[%‰])", re.MULTILINE)
_LABELLED = re.compile(r"([一二三四五六七八九十]{1,2})是(?!否)")
_OF_HEADING = re.compile(rf"\(共?{_COUNT}[项个条][^()\n]{{0,8}}\)[ \t]*$", re.MULTILINE)


def counts(draft: Draft) -> Iterator[Slip]:
    """Yield the sentences whose number is not that of what they announce, or of the parts that they name."""
    tables = tuple(tables_of(draft.text, draft.lexicon))
    for sentence in _with_counts(draft):
        found = _announced(sentence, draft) or _counted(sentence, draft, tables)
        if found:
            yield found
    yield from _headed(draft)
    yield from _issuers(draft)


@compiled
def _jointly(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"等{_COUNT}个?{word_of('body-noun', lexicon)}")


def _issuers(draft: Draft) -> Iterator[Slip]:
    """Yield the number of bodies that a title says issue the document (某局等12部门), where others sign it."""
    title, signed = draft.about.value("title"), draft.about.value("issuer").split("、")
    said = _jointly(draft.lexicon).search(title)
    number = count_value(said["count"]) if said else 0
    start = draft.text.find(said[0]) if said else -1
    if start >= 0 and len(signed) >= FEWEST and number != len(signed) and abs(number - len(signed)) <= NEAR:
        note = message("extract.lists-so-many", said=number, listed=len(signed))
        yield Slip(COUNT, start, start + len(said[0] if said else ""), note)


def _with_counts(draft: Draft) -> Iterator[re.Match[str]]:
    """Yield the sentences in which something is counted, which are few."""
    return SENTENCES.holding(draft.text, _announcement(draft.lexicon), *_signs(draft.lexicon))


@compiled
def _signs(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Match the end of a count with the things that are counted behind it, and things with it behind."""
    kinds, sorts = word_of("counted-thing", lexicon), word_of("sort-of-thing", lexicon)
    in_all, figure = word_of("summed", lexicon), f"[0-9{COUNTING}两]"
    return (
        re.compile(rf"{figure}[大项个类](?:{sorts}){{0,2}}{kinds}"),
        re.compile(rf"{kinds}(?:{in_all}计?)?{figure}"),
        re.compile(rf"组,每[项个]{kinds}"),
    )


# ---------------------------------------------------------------- 以下五个方面


def _announced(sentence: re.Match[str], draft: Draft) -> Slip | None:
    """Return the slip of a sentence that announces so many points below it, of which another number follows."""
    said = _announcement(draft.lexicon).search(sentence[0])
    if not said:
        return None
    number, start = count_value(said["count"]), sentence.start()
    listed = _listed_below(draft, draft.section_at(start), start + said.end())
    if listed < 2 or number < 2 or listed == number or abs(listed - number) > NEAR:
        return None
    return miscounted((start + said.start(), start + said.end()), number, listed)


def _listed_below(draft: Draft, section: Section, end: int) -> int:
    """Return how many numbered paragraphs stand next below a section; of one that has none, how many it names."""
    below = [each.number for each in draft.outline.sections if _is_next_below(section.number, each.number, draft)]
    lines = _lines_in_order(draft.text[end:], len(below))
    if below or lines > 1:
        return max(len(below), lines)
    said = _LABELLED.findall(draft.text, end, section.body.end)
    in_order = [numeral_value(each) for each in said] == list(range(1, len(said) + 1))
    return len(said) if in_order else 0


def _lines_in_order(text: str, fewest: int) -> int:
    """Return how many lines count from 1, where they are more than the paragraphs that were told from their text."""
    count = 0
    for line in _NUMBERED.finditer(text):
        if int(line[1]) == count + 1:
            count += 1
        elif count >= fewest:
            break
    return count


def _is_next_below(above: str, number: str, draft: Draft) -> bool:
    return (
        bool(above)
        and is_above(above, number)
        and not any(is_above(above, each.number) and is_above(each.number, number) for each in draft.outline.sections)
    )


@compiled
def _announcement(lexicon: Lexicon) -> re.Pattern[str]:
    measure, follows = word_of("count-measure", lexicon), word_of("list-follows", lexicon)
    return re.compile(rf"{follows}[^,。;\d()]{{0,8}}?(?:\((?:共|计)?)?{_COUNT}\s?{measure}")


def _headed(draft: Draft) -> Iterator[Slip]:
    """Yield the headings that say how many stand below them (重点任务(共17项)) where others do."""
    for section in draft.outline.sections if _OF_HEADING.search(draft.text) else ():
        said = _OF_HEADING.search(draft.text, section.head.start, section.head.end)
        number = count_value(said["count"]) if said else 0
        listed = _listed_below(draft, section, section.head.end) if number >= FEWEST else 0
        if said and listed >= FEWEST and listed != number and abs(listed - number) <= NEAR:
            yield miscounted(said.span(), number, listed)


# ---------------------------------------------------------------- 18项行动


def _counted(sentence: re.Match[str], draft: Draft, tables: tuple[Table, ...]) -> Slip | None:
    """Return the slip of a sentence that tells how many things of a kind there are, of which another number is listed.

    What is told of documents above is theirs. Whatever list has that number of them is meant.
    """
    for said in _things(draft.lexicon).finditer(sentence[0]):
        before = sentence[0][: said.start()]
        kind = said["kind"] or said["named"] or said["each"]
        number = count_value(said["count"] or said["told"] or said["groups"])
        sizes = _sizes(kind, draft, tables)
        near = [size for size in sizes if abs(size - number) <= NEAR and size >= FEWEST]
        of_others = word_of("count-of-others", draft.lexicon)
        if number >= FEWEST and near and number not in sizes and not re.search(of_others, before):
            return miscounted(span_in(sentence, said), number, max(near))
    return None


def _sizes(kind: str, draft: Draft, tables: tuple[Table, ...]) -> set[int]:
    """Return how many headings and rows of tables the document has of a kind of thing, in each list and together."""
    general = re.compile(rf"{word_of('sort-of-thing', draft.lexicon)}*{kind}")  # 重点行动 heads them all
    named = [each for each in draft.outline.sections if each.heading.endswith(kind) and each.head.end > each.head.start]
    heads = [each for each in named if not general.fullmatch(each.heading)]
    above = Counter(re.sub(r"[^(/]*$", "", each.number.rstrip(")")) for each in heads)
    listed = {len(heads), *above.values()}
    return {size for size in listed if size} | {len(table.rows) for table in tables if table.names(kind)}


@compiled
def _things(lexicon: Lexicon) -> re.Pattern[str]:
    kinds, sorts = word_of("counted-thing", lexicon), word_of("sort-of-thing", lexicon)
    counted, in_all = _COUNT.replace("count", "told"), word_of("summed", lexicon)
    groups = _COUNT.replace("count", "groups")  # 15个专项工作组,每项行动对应一组
    return re.compile(
        rf"(?<![第\d.]){_COUNT}(?:大|项|个|类)(?:{sorts}){{0,2}}(?P<kind>{kinds})(?![\u4e00-\u9fff]*?办)"
        rf"|(?P<named>{kinds})(?:{in_all}计?)?{counted}(?:项|个)(?![\u4e00-\u9fff])"
        rf"|(?<![第\d.]){groups}个[^,。;\d]{{0,6}}组,每[项个](?P<each>{kinds})"
    )

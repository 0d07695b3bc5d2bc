"""Find lists of names with a number that is not theirs: 甲局、乙局等6部门, 四部门, “四区”是指甲、乙、丙, 一是…二是…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygraph.extract.grammar.sought import SENTENCES, Stretches
from policygraph.extract.proofs.slip import Draft, Slip, span_in
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import word_of
from policygraph.quantities import COUNTING, count_value

COUNT = "count-differs"
NEAR = 3  # of a number that was meant to be that of the list
FEWEST = 3
_FIGURE = rf"\d{{1,2}}|[{COUNTING}两]{{1,3}}"
_LIST = re.compile(r"[^,:()]{2,24}?(?:、[^,:()、]{2,24}){2,}")
_JOINED = re.compile(r"[和及与]")
_INSIDE = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_CLAUSE = re.compile(r"[,:(]")
_LONGEST_NAME = 18  # letters of a member of a list
_SURE = 4  # names in a list that nothing joins to the number behind it
_PARAGRAPHS = Stretches("\n")
_LABELS = (
    re.compile(rf"(?<![\u4e00-\u9fff])([{COUNTING}]{{1,2}})[是要](?!否|求)"),
    re.compile(rf"(?<![\u4e00-\u9fff])第([{COUNTING}]{{1,2}})(?=,)"),
)


def lists(draft: Draft) -> Iterator[Slip]:
    """Yield the numbers that are not those of the names that stand behind them or before them."""
    lexicon = draft.lexicon
    for sentence in SENTENCES.holding(draft.text, _naming(lexicon), _behind(lexicon), _called(lexicon)):
        found = _named_before(sentence, lexicon) or _enumerated(sentence, lexicon) or _by_name(sentence, lexicon)
        if found:
            yield found
    yield from _labelled(draft)


def miscounted(span: tuple[int, int], said: int, listed: int) -> Slip:
    """Return the slip of a number that is another one than that of a list."""
    return Slip(COUNT, *span, message("extract.lists-so-many", said=said, listed=listed))


def _off(number: int, least: int, most: int) -> int:
    """Return by how many a number is less than the least or more than the most."""
    return max(least - number, number - most, 0)


def _sizes(names: str, tail: str = "") -> tuple[int, int]:
    """Return how many names a list has at least, and at most: 和 may stand between the last two, or within one.

    It joins two where a ``tail`` that all have stands before it: not in 文化和旅游局.
    """
    least, last = names.count("、") + 1, names.rpartition("、")[2]
    joins = len(re.findall(rf"(?<={tail})[和及与]", last) if tail else _JOINED.findall(last))
    return (least + joins if tail else least), least + joins


# ---------------------------------------------------------------- 十七个工作组:甲、乙、丙


def _enumerated(sentence: re.Match[str], lexicon: Lexicon) -> Slip | None:
    """Return the slip of a sentence that says how many it names behind its colon, or in brackets, and names others.

    Of a list that is open nothing is known.
    """
    for said in _naming(lexicon).finditer(sentence[0]):
        names = said["names"] or said["inside"] or said["called"]
        least = names.count("、") + 1
        number, most = count_value(said["count"]), least + bool(_JOINED.search(names.rpartition("、")[2]))
        if number >= FEWEST and 0 < _off(number, least, most) <= NEAR and _LIST.fullmatch(names):
            return miscounted(span_in(sentence, said), number, most if number > most else least)
    return None


@compiled
def _naming(lexicon: Lexicon) -> re.Pattern[str]:
    open_list, measure = word_of("list-open", lexicon), word_of("count-measure", lexicon)
    names = rf"(?:(?!{open_list})[^,。;:()!?\n])+"
    count = rf"(?<![第\d.至—-])(?P<count>{_FIGURE}){measure}"
    that_is = word_of("that-is", lexicon)
    listed = (
        rf":(?P<names>{names})(?=[。;!?\n]|\Z)|\((?P<inside>{names})\)|,{that_is}(?P<called>{names})(?=[。;,!?\n]|\Z)"
    )
    return re.compile(rf"{count}[^,。;:、()\d\n]{{1,12}}(?:{listed})")


# ---------------------------------------------------------------- 甲局、乙局和丙局四部门, 甲区、乙区、丙区等4个区


def _named_before(sentence: re.Match[str], lexicon: Lexicon) -> Slip | None:
    """Return the slip of a list whose number stands behind it.

    One that is open (等) may name fewer, but not all but one, and not more.
    """
    for said in _behind(lexicon).finditer(sentence[0]):
        before = _INSIDE.sub("", sentence[0][: said.start()])
        names = _CLAUSE.split(before)[-1]
        number, (least, most) = count_value(said["count"]), _sizes(names, _tail(said))
        if not _is_list(names, said) or not 0 < _off(number, least, most) <= NEAR:
            continue
        listed = most if number > most else least
        if not said["open"] or (listed > number or (listed == number - 1 and listed >= FEWEST)):
            return miscounted(span_in(sentence, said), number, listed)
    return None


def _tail(said: re.Match[str]) -> str:
    """Return a pattern of the last letter of each name, where bodies or places are counted; empty of other things."""
    return "[局委办部厅院会府]" if said["body"] else "[区县市镇乡村旗州省道]" if said["place"] else ""


def _is_list(names: str, said: re.Match[str]) -> bool:
    """Tell whether words before a number are a list of such things as it counts: all bodies, or all places.

    Of other things an open list may name what it likes, and one of three needs a word that joins it to its number.
    """
    each, tail = names.split("、"), _tail(said)
    if len(each) < 2 or not all(1 < len(name) <= _LONGEST_NAME for name in each[1:]):
        return False
    if tail:
        return all(re.search(rf"{tail}$", name) for name in each)
    joined = said["all"] or said["sign"] or _JOINED.search(each[-1]) or len(each) >= _SURE
    return len(each) >= FEWEST and not said["open"] and bool(joined)


@compiled
def _behind(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the number behind a list and what it counts; ``open`` is 等, ``all`` 共, ``sign`` a number in letters."""
    body, place = word_of("body-noun", lexicon), word_of("place-noun", lexicon)
    opens, in_all, thing = word_of("list-open", lexicon), word_of("in-all", lexicon), word_of("listed-thing", lexicon)
    sorts = word_of("sort-of-thing", lexicon)
    count = rf"(?P<count>\d{{1,2}}|(?P<sign>[{COUNTING}两]{{1,3}}))"
    noun = rf"(?P<noun>(?P<body>{body})|(?P<place>{place})|{thing})"
    return re.compile(
        rf"(?P<open>{opens})?(?P<all>{in_all})?(?<![第\d.、至—各每-]){count}(?:个|大|家|类|种|项)?{sorts}?{noun}(?![\u4e00-\u9fff]?[、和])"
    )


# ---------------------------------------------------------------- “四区”是指甲区、乙区、丙区


def _by_name(sentence: re.Match[str], lexicon: Lexicon) -> Slip | None:
    """Return the slip of what is called by its number («四区») and explained by other names than so many."""
    for said in _called(lexicon).finditer(sentence[0]):
        number, (least, most) = count_value(said["count"]), _sizes(said["names"])
        if least > 1 and 0 < _off(number, least, most) < number:
            return miscounted(span_in(sentence, said), number, most if number > most else least)
    return None


@compiled
def _called(lexicon: Lexicon) -> re.Pattern[str]:
    that_is, opens = word_of("that-is", lexicon), word_of("list-open", lexicon)
    name = rf"“(?P<count>[两二三四五六七八九十](?![{COUNTING}]))[\u4e00-\u9fff]{{1,4}}”"
    names = rf"(?P<names>(?:(?!{opens})[^,。;:()\d“”]){{2,20}}(?:、(?:(?!{opens})[^,。;:()\d“”、]){{2,20}})+)"
    return re.compile(rf"{name}(?:,?{that_is}|:|\(){names}(?=[。;)“\n]|,“|\Z)")


# ---------------------------------------------------------------- 坚持三项原则:一是…;二是…


def _labelled(draft: Draft) -> Iterator[Slip]:
    """Yield the number of what a paragraph then counts off (一是, 二是) to another end."""
    sign = _counting_off(draft.lexicon)
    for paragraph in _PARAGRAPHS.holding(draft.text, sign):
        for said in sign.finditer(paragraph[0]):
            rest = paragraph[0][said.end("count") :]
            number, listed = count_value(said["count"]), max(_in_order(rest, label) for label in _LABELS)
            if listed > 1 and number > 1 and listed != number and abs(listed - number) <= NEAR:
                yield miscounted(span_in(paragraph, said), number, listed)


def _in_order(text: str, label: re.Pattern[str]) -> int:
    """Return how many labels count from one without a gap; 0 where they begin anew, or leave one out."""
    numbers = [count_value(each) for each in label.findall(text)]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


@compiled
def _counting_off(lexicon: Lexicon) -> re.Pattern[str]:
    measure = word_of("count-measure", lexicon)
    told = "".join(f"(?<!{word})" for word in sorted(lexicon.grammar.rule_words["list-follows"]))  # as announced
    first = r"(?=一[是要](?!求|否)|第[一],)"
    return re.compile(rf"(?<![第\d.]){told}(?P<count>{_FIGURE}){measure}[^,。;:、\d\n]{{0,10}}[:。,]{first}")

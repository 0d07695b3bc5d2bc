"""Tell the heading of a numbered paragraph from a paragraph that is only numbered.

How the first sentence ends, whether text follows on the line, and what the paragraphs of the same level look like
decide; how long a heading is decides little.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from enum import IntEnum

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either, word_of, word_pattern
from policygraph.quantities import COUNTING
from policygraph.records import record, replace
from policygraph.segment.numbering import number_at

_LONGEST = 80  # characters of a heading on a line of its own
_LONGEST_BEFORE_TEXT = 45  # of one that text follows
_PLAIN = 30  # characters up to which a sentence without a comma reads as a title
_SHORT = 20  # characters up to which one with a comma may
_SHORT_LABEL = 15
_SOME_TEXT = 10  # characters behind a heading with short clauses
_LONGEST_PIECE = 22  # characters between the commas of a heading
_LONGEST_CLAUSE = 300  # characters in which a bracket must say whose duty it names
_LONGEST_LOST = 40  # of one whose stop the page lost
_LONGEST_BEFORE_CLAUSE = 120  # characters before such a bracket
_NOUN = 16  # characters up to which the first words of an article may be its heading
_NOUN_ALONE = 10  # characters up to which they are, though the articles beside it have none
_MARGIN = 3  # characters in which a line begins
_SUBJECT = 2  # characters before its predicate
_LONGEST_ANNOUNCED = 30  # characters of what announces a list
_PREDICATE = re.compile("[是由应可须按指自]")
_GAP = re.compile(r"\s*[^\s:。;]{3,25}(?<!\d)(?=\s{1,4}\S{12})")  # 指导思想 以…为指导,…; 200 千瓦 is no gap
_STOP = re.compile(r"[。;]")
_COMMA = re.compile(r"[,;:]")
_COUNTED = re.compile(r"\d(?![^“”]*”)")  # what is counted, and not in a name: “三个100”
_AMOUNT = re.compile(r"\d\s?(?:%|[个家所处座项条公亩万亿千](?![”]))")  # 新建公园20个。, and nothing behind it
_LABEL = re.compile(  # «结果运用:2020年起…»: a short heading may end in a colon, behind its time too (4月底前)
    r"([^,:、。;()]{2,20}(?:\((?:[^()。,:]{0,12}\d{1,2}月[^()。,:]{0,12}|[^()\d。:]{1,6})\))?)"
    r"(?=:(?!(?<=\d:)\d))"  # 1:2 is a ratio
)
_SAYS_MORE = re.compile(r"[,;。:、()\d]")  # of a list, a date, a sentence
_FRAMED = re.compile(r"【([^【】\n]{2,30})】")
_BRACKET = re.compile(rf"[(\[〔【](?![{COUNTING}\d]{{1,4}}[)\]〕】])")
_OPEN, _CLOSE = "([〔【", ")]〕】"
_ENDS = f"。{_OPEN}"
_STOPS = frozenset("。;:")
_REST = " :。;"
_NAME_GOES_ON = ("", ",", "的", "、", "与", "和", "及")


class Shape(IntEnum):
    """How far the first words of a numbered paragraph look like a heading."""

    SENTENCE = 0
    OPEN = 1  # a heading where nearly all of the same level are ones
    LIKELY = 2  # a heading, unless most of those are sentences
    HEADING = 3


@record
class Opening:
    """The first words of a numbered paragraph: what would be its heading, its length with the stop, and the rule.

    ``alike`` says that it is a heading where all beside it are so made: short clauses, and text behind them.
    """

    name: str
    length: int
    shape: Shape
    rule: str = "numbered-line"
    alike: bool = False

    @property
    def is_sentence(self) -> bool:
        """Say whether these may be a sentence as well: a stop ends them, and they are no short words."""
        return self.rule == "numbered-line" and len(self.name) > _SHORT and self.length > len(self.name)

    @property
    def names_article(self) -> bool:
        """Say whether these may be the words that an article has for its heading."""
        return self.shape is Shape.LIKELY and self.rule != "label" and len(self.name) <= _NOUN


@record
class Where:
    """Where a numbered paragraph stands: its style of number, and what is about it.

    ``above_text``: a paragraph without a number, or a part of this one, stands below its line; ``in_article``: it is an
    article or stands in one; ``listed``: it is of a list that a colon announces; ``has_parts``: numbered ones stand
    below it.
    """

    style: str
    above_text: bool = False
    in_article: bool = False
    listed: bool = False
    has_parts: bool = False


_VOTES = {Shape.HEADING: 1.0, Shape.LIKELY: 0.5, Shape.SENTENCE: -1.0}
_AGREED = 0.5  # of those of a level, for one to be a heading that looks like a sentence too
_NONE = Opening("", 0, Shape.SENTENCE)


def opening_of(line: str, where: Where, lexicon: Lexicon) -> Opening:
    """Return what may be the heading of a line from which the number was taken off.

    A heading ends at the first 。, at the line's end, at a colon, at a gap, or before a bracket that says whose duty it
    is; one letter is none (1.耕, in a form). Where a page lost the stop, a closing word of the table heading_ends or a
    heading of the table part_kinds marks the end.
    """
    known = _set_off(line, lexicon) or (_staged(line, where, lexicon) if "第" in line[:_MARGIN] else None)
    known = known or (_named_line(line, lexicon) if where.above_text and ":" in line else None)
    if known:
        return known
    first = _STOP.split(line, maxsplit=1)[0]
    labelled = _LABEL.match(first)
    first = _without_clause(labelled[1] if labelled else first, lexicon)
    name, stop = first.strip(), line[len(first) : len(first) + 1]
    if not name[1:] or (stop == ":" and _announces(lexicon).search(name)):
        return _NONE
    lost, rule = _lost_stop(first, stop, lexicon), "lost-stop"
    if not lost and (gap := _gap(first, where, lexicon)):
        lost, rule = gap, "gap"
    if lost:
        return Opening(first[:lost].strip(), lost, Shape.HEADING, rule)
    rest = line[len(first) + 1 :].strip(_REST)
    after = _without_clause(rest, lexicon).strip(_REST) if rest[:1] in _OPEN else rest  # a clause stands at its head
    goes_on = bool(after) or (where.above_text and len(name) <= _SHORT)
    shape = _in_place(_shape(name, stop, goes_on, where.style), name, stop, where, goes_on=goes_on, lexicon=lexicon)
    rule = "label" if stop == ":" else "numbered-line" if shape is Shape.HEADING else "numbered-line:as-its-level"
    alike = (
        shape is Shape.OPEN
        and stop == "。"
        and not where.in_article
        and len(after) >= _SOME_TEXT
        and _heads_parts(name)
    )
    return Opening(name, len(first) + (stop in _STOPS), shape, rule, alike)


def _set_off(line: str, lexicon: Lexicon) -> Opening | None:
    """Return a heading in 【】, or one of parts that a gap parts from its text."""
    framed = _FRAMED.match(line)
    if framed:
        return Opening(framed[1].strip(), framed.end(), Shape.HEADING, "framed-heading")
    known = _known_before_gap(line, lexicon)
    return Opening(line[:known].strip(), known, Shape.HEADING, "gap") if known else None


def _staged(line: str, where: Where, lexicon: Lexicon) -> Opening | None:
    """Return the heading of a stage that goes on behind its colon with what the stage is: 第一阶段:集中整治."""
    number = number_at(line)
    if not number or number.style != "stage" or ":" not in line[: number.end]:
        return None
    what = opening_of(line[number.end :], where, lexicon)
    if what.shape < Shape.LIKELY or what.rule == "label":
        return None
    return replace(what, name=f"{line[: number.end]}{what.name}".strip(), length=number.end + what.length)


def _named_line(line: str, lexicon: Lexicon) -> Opening | None:
    """Return the heading of a line above its text that names and then says something: 理念升级:以人民为中心."""
    label = _LABEL.match(line)
    behind = line[label.end() + 1 :].strip() if label else ""
    if not label or not _SUBJECT < len(behind) <= _PLAIN or _SAYS_MORE.search(behind):
        return None
    if _says_whose(lexicon).search(label[1]) or _announces(lexicon).search(label[1]):
        return None
    return Opening(line.strip(), len(line), Shape.HEADING, "label")


def _in_place(shape: Shape, name: str, stop: str, where: Where, *, goes_on: bool, lexicon: Lexicon) -> Shape:
    """Return how far words look like a heading where they stand: in an article, in a list, with a predicate.

    In a list no kind of thing is one (顶尖人才:…), and others are as the list is.
    """
    if stop and stop in _ENDS and _tells(lexicon).search(name):
        return Shape.SENTENCE
    if stop == "。" and (_by_when(lexicon).match(name) or (not goes_on and _AMOUNT.search(name))):
        return Shape.SENTENCE
    if stop in "。" and where.in_article:
        shape = min(shape, _in_article(name, goes_on, lexicon))
        if where.style == "article" and stop and shape is Shape.LIKELY and len(name) <= _NOUN_ALONE:
            return Shape.HEADING
    elif stop == "。" and word_pattern("predicate", lexicon).search(name, _SUBJECT):
        shape = min(shape, Shape.LIKELY)
    if where.has_parts and not where.in_article and stop == "。" and not goes_on and _heads_parts(name):
        return Shape.HEADING
    if where.listed:
        shape = min(shape, Shape.LIKELY if goes_on and stop != ":" else Shape.SENTENCE)
    return shape


def _heads_parts(name: str) -> bool:
    """Say whether a sentence above numbered ones may be their heading: short clauses, and nothing counted."""
    short = all(len(clause) <= _LONGEST_PIECE for clause in _COMMA.split(name))
    return len(name) <= _LONGEST and short and not _COUNTED.search(name)


@compiled
def _by_when(lexicon: Lexicon) -> re.Pattern[str]:
    """Match by when a goal is to be reached, and no heading: 2025年底前全国均需开展结算; not 2025年前三季度."""
    return re.compile(rf"到?20\d\d年(?!前)(?:\d{{1,2}}月)?{word_of('term-end', lexicon)}")


@compiled
def _tells(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what only a sentence has and no heading: 不得, 应当, 由某局负责."""
    return re.compile(rf"{word_of('sentence-word', lexicon)}|由[^,。]{{2,30}}?(?:{either(lexicon.roles.verbs)})")


def _in_article(name: str, goes_on: bool, lexicon: Lexicon) -> Shape:
    """Return how far the first words of an article look like its heading; most articles are sentences."""
    if not goes_on:
        return Shape.SENTENCE
    return Shape.OPEN if _is_clause(name, lexicon) else Shape.LIKELY


def _is_clause(name: str, lexicon: Lexicon) -> bool:
    """Say whether the first words of an article are too long for its heading, or have a predicate.

    What ends as the name of an action does is one: 老年健康促进行动.
    """
    if len(name) <= _NOUN and name.endswith(tuple(lexicon.layout.heading_ends)):
        return False
    return len(name) > _NOUN or bool(
        _PREDICATE.search(name) or word_pattern("predicate", lexicon).search(name, _SUBJECT)
    )


def _known_before_gap(line: str, lexicon: Lexicon) -> int:
    """Return where a heading of parts ends that a gap parts from its text (基本原则 ——坚持…), 0 where none begins."""
    words = line.split(maxsplit=1)
    if len(words) < 2 or words[0] not in lexicon.layout.part_kinds or len(words[1]) < _SOME_TEXT:
        return 0
    return line.index(words[0]) + len(words[0])


def _gap(first: str, where: Where, lexicon: Lexicon) -> int:
    """Return where a heading ends that a gap parts from its text, 0 where none does.

    In an article a gap behind a clause is where the page broke the line.
    """
    gap = _GAP.match(first)
    runs_on = gap and (_COMMA.search(first, gap.end()) or len(first) - gap.end() >= _LONGEST_PIECE)
    if not gap or not runs_on or (where.in_article and _is_clause(gap[0].strip(), lexicon)):
        return 0
    return gap.end()


def announces_list(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text ends in words that announce a list: 需提供以下材料:."""
    last = text.rstrip()
    return last.endswith(":") and _announces(lexicon).search(last[-_LONGEST_ANNOUNCED:-1]) is not None


def settle(openings: Sequence[Opening], levels: Sequence[tuple[Hashable, ...]]) -> list[bool]:
    """Return which openings are headings.

    ``levels`` has, for each, what it shares with those beside it below one heading, then with all of its level in the
    text; the nearest that says anything decides.
    """
    votes: dict[Hashable, float] = defaultdict(float)
    voters: Counter[Hashable] = Counter()
    for opening, level in zip(openings, levels, strict=True):
        for each in level if opening.shape is not Shape.OPEN else ():
            votes[each] += _VOTES[opening.shape]
            voters[each] += 1
    beside = Counter(level[0] for level in levels)
    alike = Counter(level[0] for opening, level in zip(openings, levels, strict=True) if opening.alike)
    return [
        _is_heading(opening, next((votes[each] / voters[each] for each in level if votes[each]), 0.0))
        or (opening.alike and 1 < alike[level[0]] == beside[level[0]])
        for opening, level in zip(openings, levels, strict=True)
    ]


def _is_heading(opening: Opening, agreed: float) -> bool:
    """Say whether an opening is a heading where those of its level agree so far on being ones (-1 to 1)."""
    if opening.shape is Shape.OPEN:
        return agreed >= _AGREED
    if opening.is_sentence and agreed <= -_AGREED:  # one among many numbered sentences
        return False
    return opening.shape is Shape.HEADING or (opening.shape is Shape.LIKELY and agreed > 0)


def _shape(name: str, stop: str, goes_on: bool, style: str) -> Shape:
    """Return how far words look like a heading: they end in ``stop``, and text may go on behind it on the line."""
    commas = bool(_COMMA.search(name))
    if stop == ";":
        return Shape.OPEN if goes_on and len(name) <= _SHORT and not commas else Shape.SENTENCE
    if stop == ":":
        return Shape.HEADING if len(name) <= _SHORT_LABEL else Shape.LIKELY
    if stop != "。":
        return _alone(name, commas, style)
    if commas:
        return _with_comma(name, goes_on, style)
    if len(name) <= _PLAIN:
        return Shape.HEADING if goes_on else Shape.LIKELY
    return Shape.OPEN if goes_on and len(name) <= _LONGEST_BEFORE_TEXT else Shape.SENTENCE


def _alone(name: str, commas: bool, style: str) -> Shape:
    """Return the shape of words that end with their line; those of a line that was broken end anywhere."""
    if name[-1] in ",、:" or len(name) > _LONGEST:
        return Shape.SENTENCE
    if len(name) <= (_SHORT if commas else _PLAIN):
        return Shape.HEADING
    return Shape.LIKELY if style == "part" else Shape.OPEN


def _with_comma(name: str, goes_on: bool, style: str) -> Shape:
    if not goes_on or len(name) > _LONGEST_BEFORE_TEXT or _COUNTED.search(name):
        return Shape.SENTENCE
    return Shape.LIKELY if style == "part" or len(name) <= _SHORT else Shape.OPEN


@compiled
def _announces(lexicon: Lexicon) -> re.Pattern[str]:
    """Match words that announce a list or a formula and head nothing: 须符合下列条件之一, 计算公式为."""
    whole = "".join(f"(?<!{word})" for word in lexicon.grammar.rule_words["ends-whole"])  # 规范经营行为
    return re.compile(rf"{word_of('announces-list', lexicon)}.{{0,10}}$|{word_of('ends-open', lexicon)}{whole}$")


def _lost_stop(line: str, stop: str, lexicon: Lexicon) -> int:
    """Return where a heading ends whose stop the page lost («实施控烟行动加强宣传»), 0 where that is not the case."""
    counted = _counts_off(lexicon).match(line)
    if counted:
        return counted.end()
    if stop != "。":
        return 0
    if len(line.strip()) > _SHORT and line.lstrip().startswith(tuple(lexicon.layout.heading_verbs)):
        ends = [line.find(word) + len(word) for word in lexicon.layout.heading_ends if word in line[:_LONGEST_LOST]]
        return min((end for end in ends if line[end : end + 1] not in _NAME_GOES_ON), default=0)
    if "," not in line:
        return 0
    forms = (form for form in lexicon.layout.part_kinds if line.startswith(form) and form not in only_alone(lexicon))
    known = max(forms, key=len, default="")
    return len(known) if known and line[len(known)] not in _NAME_GOES_ON else 0


@compiled
def only_alone(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that head a part by themselves only, since longer ones hold them: 保障 of 保障措施."""
    forms = tuple(lexicon.layout.part_kinds)
    return frozenset(form for form in forms if any(form in other and form != other for other in forms))


@compiled
def _counts_off(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a heading whose stop was lost before the first of several points: 优化政策一是…."""
    return re.compile(rf"[^,:;、]{{4,{_PLAIN}}}?(?<![统唯第])(?={word_of('counts-off', lexicon)})")


def _without_clause(line: str, lexicon: Lexicon) -> str:
    """Cut a heading before a bracket that names bodies; what one calls an action (科技金融支持碳达峰行动) is of it."""
    for match in _BRACKET.finditer(line, 0, _LONGEST_BEFORE_CLAUSE):
        inside = _inside(line, match.start())
        if _says_whose(lexicon).search(inside) and not inside.endswith(tuple(lexicon.layout.heading_ends)):
            return line[: match.start()]
    return line


@compiled
def _says_whose(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a label or a verb of responsibility."""
    forms = either([*lexicon.roles.labels, *lexicon.roles.verbs])
    return re.compile(f"(?:{forms})(?![人的])")  # of (负责人) nobody is in charge, nor of (共同制定的)


def _inside(line: str, start: int) -> str:
    """Return a bracket with what stands in it; one that does not close goes on for the length of a clause."""
    depth = 0
    for at in range(start, min(len(line), start + _LONGEST_CLAUSE)):
        depth += (line[at] in _OPEN) - (line[at] in _CLOSE)
        if depth == 0:
            return line[start:at]
    return line[start : start + _LONGEST_CLAUSE]

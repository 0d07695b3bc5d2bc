"""Read who holds a post: described holders («分管领导»), persons with a post, bodies."""

from __future__ import annotations

import re

from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import is_body
from policygraph.extract.grammar.body_words import forms_of, rule_pattern
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import Note, message
from policygraph.patterns import either
from policygraph.records import record, replace

_NAME_AND_BRACKET = re.compile(r"([\u4e00-\u9fff·]{1,12}(?: {1,6}[\u4e00-\u9fff])?) ?\(([^()]{1,40})\)")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}")
_WORDS = re.compile(r"[\u4e00-\u9fff、()·\w]+")
_PIECE = re.compile(r"[\u4e00-\u9fff](?: {1,6}[\u4e00-\u9fff])(?= |$)|\S+")
_LONGEST_POST = 40


@record
class Party:
    """Someone or something in a body; ``start`` and ``end`` are places in the text that was read."""

    name: str
    post: str
    start: int
    end: int
    kind: str = "holder"  # person, agency, holder
    note: Note = ""
    circumstance: str = ""  # what makes a reading less sure: unknown-post, unread


def is_name(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word can be a person's name: two to four letters that are no title.

    >>> from policygraph import lexicon
    >>> [is_name(word, lexicon.bundled()) for word in ("温雪琼", "副市长", "阿不都·热合曼")]
    [True, False, True]
    """
    return bool(_NAME.fullmatch(word)) and not _title_end(word, lexicon)


def holders(text: str, start: int, end: int, lexicon: Lexicon) -> list[Party]:
    """Return the holders of a post as a sentence lists them: a comma parts them only after a holder's word."""
    found: list[Party] = []
    left = start
    for match in _parted(lexicon).finditer(text, start, end):
        piece = text[left : match.start()]
        if ends_as_holder(piece, lexicon):
            found.append(_holder(text, left, match.start(), lexicon))
            left = match.end()
    found.append(_holder(text, left, end, lexicon))
    return _with_titles([party for party in found if party.name], lexicon)


@compiled
def _parted(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"[、,]|(?:{either(lexicon.names.list_joins)})(?=[^、,])")


def _with_titles(found: list[Party], lexicon: Lexicon) -> list[Party]:
    """Join «市委副书记、市长张三»: titles before a person's are the same person's."""
    done: list[Party] = []
    for party in found:
        if party.kind == "person":
            while done and done[-1].kind == "holder" and _title_end(done[-1].name, lexicon):
                title = done.pop()
                party = replace(party, post=f"{title.name}、{party.post}", start=title.start)
        done.append(party)
    return done


def agencies(text: str, start: int, end: int, lexicon: Lexicon) -> list[Party]:
    """Return the bodies of a list, with the prefixes put back that it left out."""
    known = [body for body in read_list(text, start, end, lexicon).bodies if is_body(body.name, lexicon)]
    return [Party(body.name, "", body.start, body.end, "agency") for body in known]


def persons(text: str, start: int, end: int, lexicon: Lexicon) -> list[Party]:
    """Return the persons (or bodies) of one line of a member list; nothing where it does not read as one."""
    line = text[start:end].strip(" ,、;。|")
    at = text.find(line, start, end) if line else start
    if not line or len(line) > 400 or "。" in line:
        return []
    line = line.replace("|", " ")  # the cells of a table
    styles = (_bracketed, _run_together, _one, _many)
    named: list[Party] = next((read for style in styles if (read := style(line, at, lexicon))), [])
    return named or agencies(text, at, at + len(line), lexicon) or _of_no_known_post(line, at, lexicon)


def _of_no_known_post(line: str, at: int, lexicon: Lexicon) -> list[Party]:
    """Read «赵阳  市教育局教务主管»: a name, a gap and words that no table knows as a post."""
    pieces = _joined_names(line.split())
    named = len(pieces) > 1 and is_name(pieces[0], lexicon) and not is_body(pieces[0], lexicon)
    post = "".join(pieces[1:])
    if not named or not 1 < len(post) <= _LONGEST_POST or not _WORDS.fullmatch(post):
        return []
    note = message("extract.post-not-known")
    return [Party(pieces[0], post, at, at + len(line), "person", note, "unknown-post")]


def _run_together(line: str, at: int, lexicon: Lexicon) -> list[Party]:
    """Read «赵阳 市教育局局长 钱一 市财政局局长»: names and posts in turn."""
    pieces = list(_PIECE.finditer(line))
    words = ["".join(piece[0].split()) for piece in pieces]
    if len(words) < 4 or len(words) % 2:
        return []
    pairs = list(zip(words[::2], words[1::2], strict=True))
    if not all(is_name(name, lexicon) and _title_end(post, lexicon) for name, post in pairs):
        return []
    spans = zip(pieces[::2], pieces[1::2], strict=True)
    return [
        Party(name, post, at + first.start(), at + last.end(), "person")
        for (name, post), (first, last) in zip(pairs, spans, strict=True)
    ]


def _joined_names(pieces: list[str]) -> list[str]:
    """Join the letters of a name of two that are set apart, at the front or at the end of a line."""
    if len(pieces) > 2 and len(pieces[0]) == len(pieces[1]) == 1:
        return [pieces[0] + pieces[1], *pieces[2:]]
    if len(pieces) > 2 and len(pieces[-1]) == len(pieces[-2]) == 1:
        return [*pieces[:-2], pieces[-2] + pieces[-1]]
    return pieces


def _one(line: str, at: int, lexicon: Lexicon) -> list[Party]:
    """Read «赵   阳  市教育局局长» and «市教育局局长  赵阳»."""
    pieces = _joined_names(line.split())
    if len(pieces) < 2:
        return []
    first, rest = pieces[0], "".join(pieces[1:])
    if is_name(first, lexicon) and _title_end(rest, lexicon):
        return [Party(first, rest, at, at + len(line), "person")]
    last, before = pieces[-1], "".join(pieces[:-1])
    if is_name(last, lexicon) and _title_end(before, lexicon):
        return [Party(last, before, at, at + len(line), "person")]
    return []


def _bracketed(line: str, at: int, lexicon: Lexicon) -> list[Party]:
    """Read «赵作伟(兼)» and «张三(市教育局局长)、李四(…)»."""
    found = []
    for match in _NAME_AND_BRACKET.finditer(line):
        name, inside = "".join(match[1].split()), match[2].strip()
        also = inside in forms_of("concurrent", lexicon)
        if not is_name(name, lexicon) or not (also or _title_end(inside, lexicon)):
            continue
        note = message("extract.holds-another-seat") if also else ""
        start, end = at + match.start(), at + match.end()
        found.append(Party(name, "" if also else inside, start, end, "person", note))
    return found


def _many(line: str, at: int, lexicon: Lexicon) -> list[Party]:
    """Read a list of bare names: «张三、李四、王五», or parted by spaces."""
    comma = "、" in line
    pieces = list(re.finditer(r"[^、,]+" if comma else r"\S+(?: {1,6}\S(?= |$))?", line))
    names = ["".join(piece[0].split()) for piece in pieces]
    long = any(len(name) > 3 for name in names if "·" not in name)
    if not names or long or not all(is_name(name, lexicon) for name in names):
        return []
    return [
        Party(name, "", at + piece.start(), at + piece.end(), "person")
        for name, piece in zip(names, pieces, strict=True)
    ]


def _holder(text: str, start: int, end: int, lexicon: Lexicon) -> Party:
    """Return one holder without the particles around it; «市长张三» is a person with a post."""
    while start < end and text[start] in " 由、以,":
        start += 1
    while end > start and text[end - 1] in " 等、,":
        end -= 1
    surface = text[start:end]
    polite = rule_pattern("<polite>$", lexicon).sub("", surface)
    title = rule_pattern(r"^(.*?<job-title>)([\u4e00-\u9fff]{2,3})$", lexicon).match(polite)
    if title and is_name(title[2], lexicon) and not ends_as_holder(polite, lexicon):
        return Party(title[2], title[1], start, end, "person")
    return Party(surface, "", start, end)


def ends_as_holder(piece: str, lexicon: Lexicon) -> bool:
    """Say whether a stretch ends as the holder of a post does: 负责同志, 代表, a job title."""
    return bool(rule_pattern("(?:<holder>|<job-title>)等?$", lexicon).search(piece))


def agency_of_post(post: str, lexicon: Lexicon) -> str:
    """Return the name of the body a post is held in, ``""`` where the post does not name it.

    >>> from policygraph import lexicon
    >>> [agency_of_post(post, lexicon.bundled()) for post in ("市教育局副局长", "副市长", "局长")]
    ['市教育局', '市政府', '']
    """
    titles = lexicon.bodies.job_titles
    ends = (post[-length:] for length in _lengths(lexicon))
    form = next((end for end in ends if end in titles), "")
    return titles[form] or post[: -len(form)] if form else ""


@compiled
def _lengths(lexicon: Lexicon) -> tuple[int, ...]:
    """Return how long job titles are, the longest first."""
    return tuple(sorted({len(form) for form in lexicon.bodies.job_titles}, reverse=True))


def _title_end(word: str, lexicon: Lexicon) -> bool:
    return bool(rule_pattern(r"<job-title>(?:\([^()]*\))?$", lexicon).search(word))

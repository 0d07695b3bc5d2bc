"""Find who issued a document and when: the title, the signature below the text, the date of writing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from policygraph.extract.grammar.patterns import either, word_of
from policygraph.extract.metadata.front import (
    DATE,
    FieldValue,
    Page,
    PageLine,
    bodies,
    iso_date,
    place_at,
    place_of_body,
)
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.quantities import COUNTING, numeral_value

_IN_WORDS = re.compile(rf"\s*([{COUNTING}○]{{4}}|20\d\d)年([{COUNTING}]{{1,3}})月([{COUNTING}]{{1,3}})日$")
_LOST_DATE = re.compile(r"\s{2}(20\d\d)(\d{2,4})\s*$")
_BELOW_TITLE = re.compile(rf"\({DATE.pattern}[^()]{{0,30}}\)$")
_IN_BRACKETS = re.compile(r"\([^()]{2,40}\)$")  # (某局代章)
_LONGEST_LINE = 400  # characters of a line that may hold a lost date
_LONGEST_SIGNATURE = 40  # characters
_MOST_SIGNERS = 20  # lines
_FIRST_LINES = 12  # in which a date may stand under the title
_SHORT_ISSUER = 3  # characters: 市政府
_STOPS = ("。", ")", ";")


def find_date(page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return the date of writing: a date on a line of its own, after the text or after the notice.

    A document that is not signed may bear its date in brackets under its title.
    """
    sections, whole = page.outline.sections, len(page.outline.text.text)
    annexes = (s.head.start for s in sections if s.kind == "annex" and s.body.end > s.body.start)
    after, signed = page.before(next(annexes, whole)), _signed(lexicon)
    for line in reversed(after):
        if signed.match(line.text):
            return FieldValue(iso_date(line.text), line.start, line.start + len(line.text))
        words = _IN_WORDS.match(line.text)
        if words:
            year, month, day = (_figure(part) for part in words.groups())
            return FieldValue(f"{year}-{month:0>2}-{day:0>2}", line.start, line.start + len(line.text))
    for line in reversed(after):
        match = _LOST_DATE.search(line.text[-_LONGEST_LINE:])
        if match:
            return _from_lost(match, line)
    under = (line for line in page.front()[:_FIRST_LINES] if _BELOW_TITLE.match(line.text))
    return next((FieldValue(iso_date(line.text), line.start, line.start + len(line.text)) for line in under), None)


@compiled
def _signed(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a date on a line of its own, with the word that tells what was done on it."""
    return re.compile(rf"\s*{DATE.pattern}\s*{word_of('issued-on', lexicon)}?$")


@compiled
def _before_subject(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(.{{2,40}}?){word_of('subject', lexicon)}")


@compiled
def _central(lexicon: Lexicon) -> tuple[str, ...]:
    """Return how a body of the state is called, or its branch in the place that follows."""
    return tuple(lexicon.grammar.rule_words["state"])


def named_issuer(title: FieldValue | None, lexicon: Lexicon) -> FieldValue | None:
    """Return who issues by the title: what stands before 关于."""
    match = _before_subject(lexicon).match(title.value) if title else None
    named = title and match and match[1].endswith(bodies(lexicon))
    if not (named and title and match):
        return None
    return FieldValue(match[1], title.start, title.start + len(match[1]), title.confidence, title.note)


def find_issuer(
    title: FieldValue | None, publisher: FieldValue | None, page: Page, lexicon: Lexicon
) -> FieldValue | None:
    """Return who issues: by the title, else the signature over the date, else the page, else the last line.

    A title may say 市政府 where the signature names the city. ``publisher`` is the office that runs the page.
    """
    named = named_issuer(title, lexicon)
    if named and len(named.value) > _SHORT_ISSUER:
        return named
    return _signature(page.lines, lexicon) or publisher or named or _undated(page, lexicon)


def _signature(every: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return the bodies that sign above a date, joined by 、; a bracket may stand between (某局代章)."""
    for at, line in enumerate(every[1:], start=1):
        if not (_signed(lexicon).match(line.text) or _IN_WORDS.match(line.text)):
            continue
        last = at - 2 if at > 1 and _IN_BRACKETS.match(every[at - 1].text) else at - 1
        signer = every[last]
        if len(signer.text) < _LONGEST_SIGNATURE and signer.text.endswith(tuple(lexicon.names.org_tails)):
            first = _first_signer(every, last, lexicon)
            names = _names(every[first : last + 1], lexicon)
            return FieldValue("、".join(names), every[first].start, signer.start + len(signer.text), Decimal("0.9"))
    return None


def _first_signer(every: Sequence[PageLine], last: int, lexicon: Lexicon) -> int:
    """Return the first of the lines that name bodies of a place, up to the last signature."""
    first = last
    while first > 0 and last - first < _MOST_SIGNERS and _signs(every[first - 1].text, lexicon):
        first -= 1
    return first


def _signs(line: str, lexicon: Lexicon) -> bool:
    bare = re.sub(r"\s", "", line)
    opens = bare.startswith(_central(lexicon)) or place_of_body(bare, lexicon)
    return bool(opens) and len(bare) < _LONGEST_SIGNATURE and _is_body(bare, lexicon)


def _is_body(line: str, lexicon: Lexicon) -> bool:
    return line.endswith(tuple(lexicon.names.org_tails)) and not re.search(r"[。;:,、!?()《》\d]", line)


def _names(signed: Sequence[PageLine], lexicon: Lexicon) -> list[str]:
    """Return the bodies of some lines of signatures; a line may hold several in columns."""
    parts = [part for line in signed for part in _columns(line.text, lexicon)]
    if len(signed) == len(parts) == 1:
        return parts
    state = _central(lexicon)
    local = (place_at(part, lexicon) for part in parts if not part.startswith(state))
    place = next(filter(None, local), "")
    pieces = [piece for part in parts for piece in _cut(part, place, lexicon)]
    names: list[str] = []
    for at, piece in enumerate(pieces):
        central = at > 0 and pieces[at - 1].startswith(state)
        if central and not piece.startswith(state) and place_at(piece, lexicon):
            names[-1] += piece  # 国家税务总局 / 示范市税务局 is one body
        else:
            names.append(piece)
    return names


def _columns(line: str, lexicon: Lexicon) -> list[str]:
    """Cut a line at its blanks, unless they only spread its letters."""
    parts = line.split()
    whole = all(len(part) > _SHORT_ISSUER and _is_body(part, lexicon) for part in parts)
    return parts if whole else ["".join(parts)]


def _cut(text: str, place: str, lexicon: Lexicon) -> list[str]:
    """Cut where a body ends and the next begins with the same place or is one of the state."""
    starts = [
        match.start()
        for match in re.finditer(either([*filter(None, [place]), *_central(lexicon)]), text)
        if match.start() > 0 and text[: match.start()].endswith(tuple(lexicon.names.org_tails))
    ]
    return [text[left:right] for left, right in zip([0, *starts], [*starts, len(text)], strict=True)]


def _undated(page: Page, lexicon: Lexicon) -> FieldValue | None:
    """Return a body that stands alone under the last sentence, without a date; in a list of bodies none signs."""
    annexes = (s.head.start for s in page.outline.sections if s.kind == "annex")
    tail = page.before(next(annexes, len(page.outline.text.text)))[-2:]
    if len(tail) < 2 or not tail[0].text.endswith(_STOPS) or not _signs(tail[1].text, lexicon):
        return None
    last = tail[1]
    note = message("extract.signature-without-date")
    return FieldValue("".join(last.text.split()), last.start, last.start + len(last.text), Decimal("0.7"), note)


def _figure(text: str) -> str:
    return text if text.isascii() else str(numeral_value(text))


def _from_lost(match: re.Match[str], line: PageLine) -> FieldValue | None:
    """Read «2020122», which lost 年月日: of the possible dates the latest, and say that it is a guess."""
    digits = match[2]
    possible = [
        (int(digits[:cut]), int(digits[cut:]))
        for cut in range(1, len(digits))
        if 1 <= int(digits[:cut]) <= 12 and 1 <= int(digits[cut:]) <= 31 and digits[cut] != "0"
    ]
    if not possible:
        return None
    month, day = max(possible)
    others = "、".join(f"{match[1]}-{m:02d}-{d:02d}" for m, d in sorted(possible)[:-1])
    note = (
        message("extract.date-lost-its-words-ambiguous", others=others)
        if others
        else message("extract.date-lost-its-words")
    )
    end = line.start + len(line.text)
    at = end - len(match[0].lstrip())
    return FieldValue(f"{match[1]}-{month:02d}-{day:02d}", at, end, Decimal("0.4"), note)

"""Find the words of a clause that give roles: labels before a list, verbs behind it, marks in brackets behind a name.

A verb is put together: how (共同, 分别), on what ground (按各自职责), what (牵头, 负责), in any order, so that
根据各自职责分别组织实施 is one. A line may break inside any of these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import NEVER, either, in_order, longest_first, of_kind, word_of
from policygraph.records import record, replace
from policygraph.terms import RoleWord

_GAP = r"(?:\s{0,9}\n\s{0,40})?"  # a line break, with the indentation of the next line
_STOP = r"(?=\s|[,;。、.)\]〕】]|$|由)"
SIGNS = "★☆●◆■▲△◇□*"  # beside a name or before a label
BULLETS = f"{SIGNS}·>—–-"  # what may stand before a label at a line's start
_OPENS = rf"(?:(?<=[\s,;。、.(\[〔【{{{re.escape(BULLETS)}])|^)"
_MOST = 7  # words of a verb behind its first
_LONG = 6  # letters of a label with one more word
_SLIP = 4  # letters; a label that long is known with one letter too many or too few
_ORDER = (RoleWord.LEAD, RoleWord.SUPPORT, RoleWord.DIVIDED, RoleWord.RESPONSIBLE)  # the first of them in a verb counts


@record
class Said:
    """Words that give a role, and where; ``role`` is OTHER for a label of something else (责任人:)."""

    start: int
    end: int
    role: RoleWord
    form: str = ""
    slip: bool = False  # a label with a letter too many or too few
    bare: bool = False  # a label without colon and brackets
    shared: bool = False  # a mark that is for the names before it too: (共同牵头), (配合)

    @property
    def known(self) -> bool:
        """Say whether these words give a role."""
        return self.role is not RoleWord.OTHER


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of one lexicon; ``hint`` is quick, and matches wherever one of the others may."""

    label: re.Pattern[str]
    verb: re.Pattern[str]
    words: re.Pattern[str]
    mark: re.Pattern[str]
    role: re.Pattern[str]
    hint: re.Pattern[str]


@compiled
def _patterns(lexicon: Lexicon) -> _Patterns:
    roles = lexicon.roles
    labels = either(roles.labels, _GAP)
    full = either((form for form in roles.labels if len(form) > 3), _GAP)  # 牵头单位 is a label without a colon too
    stems = [form for form in roles.verbs if not form.endswith("…")]
    ground = f"(?:{either(roles.grounds, _GAP)}){_GAP}(?:(?:{either(roles.owns, _GAP)}){_GAP}){{0,4}}"
    ground = f"{ground}(?:(?:{either(roles.duties, _GAP)}){_GAP}){{1,3}}" if roles.grounds and roles.duties else NEVER
    word = f"(?:{ground}|{either([*stems, *roles.ways], _GAP)})"
    whose = word_of("body-noun", lexicon)  # 各产业链牵头部门 is a body, and no verb
    led = in_order(
        f"{re.escape(form[:-1])}(?!{whose})[\u4e00-\u9fff]{{1,4}}" for form in roles.verbs if form.endswith("…")
    )
    leads = [form for form in of_kind(roles.verbs, RoleWord.LEAD) if not form.endswith("…")]
    return _Patterns(
        label=re.compile(
            rf"{_OPENS}\s{{0,9}}(?:(?P<label>{labels})\s{{0,9}}(?:\([^()\n]{{2,16}}\)\s?)?:|(?P<full>{full})[为是]?(?=\s{{0,9}}[\u4e00-\u9fff])"
            r"|(?P<other>[\u4e00-\u9fff]{2,8}):)"
            rf"|(?:{_OPENS}\s{{0,9}}\(|[\[〔【])\s?(?P<boxed>{full})\s?[)\]〕】]\s?:?(?=\s{{0,9}}[\u4e00-\u9fff])"
        ),
        verb=re.compile(f"(?:{word}(?:{_GAP}{word}){{0,{_MOST}}}|{led}){_STOP}"),
        words=re.compile(f"(?P<ground>{ground})|(?P<word>{either([*stems, *roles.ways], _GAP)})"),
        mark=re.compile(r"[(\[〔【]\s?([\u4e00-\u9fff()]{1,12})\s?[)\]〕】]"),
        role=re.compile(in_order([full, either(leads, _GAP), ground])),
        hint=re.compile(either([*(form.rstrip("…") for form in roles.verbs), *roles.labels, *roles.duties])),
    )


def labels(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the labels of a stretch, those of something else (完成时限:) among them."""
    for match in _patterns(lexicon).label.finditer(text, start, end):
        yield _label(match, lexicon)


def label_at(text: str, lexicon: Lexicon) -> Said | None:
    """Return the label that a line opens with (牵头单位:…, 【牵头单位】…), None where it opens with none.

    One without colon and brackets counts where a list of bodies and nothing else follows, which the caller must see.
    """
    begin = len(text) - len(text.lstrip(f" {BULLETS}"))
    match = _patterns(lexicon).label.match(text, begin)
    found = _label(match, lexicon) if match else None
    return replace(found, bare=bool(match and match["full"])) if found and found.known else None


@compiled
def label_signs(lexicon: Lexicon) -> frozenset[str]:
    """Return the signs with which a line may begin that opens with a label without a colon."""
    return frozenset({*BULLETS, *"([〔【", *(form[0] for form in lexicon.roles.labels)})


@compiled
def label_behind_comma(lexicon: Lexicon) -> re.Pattern[str]:
    """Match a label of bodies with its colon behind the comma of what its line says first, and the comma."""
    labels = either(
        (form for form in lexicon.roles.labels if len(form) > 3), _GAP
    )  # 责任:, 配合: may be words of a sentence
    return re.compile(rf"[,;、]\s{{0,9}}(?:{labels})\s{{0,9}}:")


def _label(match: re.Match[str], lexicon: Lexicon) -> Said:
    form = "".join((match["label"] or match["full"] or match["boxed"] or match["other"]).split())
    known = lexicon.roles.labels.get(form)
    meant = known or _with_word(form, lexicon) or _slip(form, lexicon)
    slip = bool(meant) and not known and not _with_word(form, lexicon)
    return Said(*match.span(), RoleWord(meant or RoleWord.OTHER), form, slip)


@compiled
def _with_word(form: str, lexicon: Lexicon) -> str:
    """Return the role of the label that a form is with a word before or in it (市级责任单位, 牵头考核单位), or ""."""
    known = lexicon.roles.labels
    rests = [form[2:], form[:2] + form[4:]] if len(form) >= _LONG else []
    return next((known[rest] for rest in rests if rest in known), "")


@compiled
def _slip(form: str, lexicon: Lexicon) -> str:
    """Return the role of the label that a form is with one letter too many or too few, "" where it is none."""
    known = lexicon.roles.labels
    shorter = {form[:at] + form[at + 1 :] for at in range(len(form))} if len(form) > _SLIP else set()
    for label in longest_first(known):
        if len(label) >= _SLIP and (label in shorter or _misses_one(form, label)):
            return known[label]
    return ""


def _misses_one(form: str, label: str) -> bool:
    lacks = len(form) == len(label) - 1
    return lacks and any(label[:at] + label[at + 1 :] == form for at in range(len(label)))


def verbs(text: str, start: int, end: int, lexicon: Lexicon) -> list[Said]:
    """Return the verbs of a stretch that give a role to the bodies before them, outside the marks behind names."""
    if not _patterns(lexicon).hint.search(text, start, end):
        return []
    found = []
    for match in _patterns(lexicon).verb.finditer(text, start, end):
        role = _verb_role(match[0], lexicon)
        if role:
            found.append(Said(match.start(), match.start() + len(match[0].rstrip()), role, match[0]))
    inside = list(marks(text, start, end, lexicon)) if found else []
    return [verb for verb in found if not any(mark.start <= verb.start < mark.end for mark in inside)]


@compiled
def _verb_role(printed: str, lexicon: Lexicon) -> RoleWord | None:
    """Return the role of a verb; None where it only says how (共同) and not what."""
    roles, found = lexicon.roles, set()
    for match in _patterns(lexicon).words.finditer(printed):
        said = RoleWord.DIVIDED if match["ground"] else roles.verbs.get("".join(match[0].split()))
        found.add(said)
    return next((role for role in _ORDER if role in found), None)


def marks(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the brackets of a stretch that hold nothing but a role, as (牵头) behind a name."""
    for match in _patterns(lexicon).mark.finditer(text, start, end):
        mark = mark_at(match, lexicon)
        if mark:
            yield mark


def mark_at(match: re.Match[str], lexicon: Lexicon) -> Said | None:
    """Return the mark whose words stand in group 1 of a match, None where they give no role."""
    words = "".join(match[1].split())
    role = mark_role(words, lexicon)
    shared = role is not RoleWord.LEAD or words.startswith(tuple(lexicon.roles.ways))
    return Said(*match.span(), role, words, shared=shared) if role else None


@compiled
def mark_role(words: str, lexicon: Lexicon) -> RoleWord | None:
    """Return the role that words in brackets behind a name give, None where they say something else."""
    known = lexicon.roles.marks.get(words) or lexicon.roles.labels.get(words)
    if known:
        return RoleWord(known)
    match = _patterns(lexicon).verb.fullmatch(words)
    return _verb_role(words, lexicon) if match else None


def has_hint(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether a stretch has any word of a label or a verb; where it has none nothing else need be looked for."""
    return _patterns(lexicon).hint.search(text, start, end) is not None


def has_role(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text has a label or a verb of responsibility, so that it may be a clause."""
    patterns = _patterns(lexicon)
    if not patterns.hint.search(text):
        return False
    if patterns.role.search(text) or any(label.known for label in labels(text, 0, len(text), lexicon)):
        return True
    return any(_verb_role(match[0], lexicon) for match in patterns.verb.finditer(text))

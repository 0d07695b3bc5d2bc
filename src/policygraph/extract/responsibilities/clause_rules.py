"""Find the rules that a text lays down for its clauses: who leads by place in the list, who answers in all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policygraph.extract.grammar.body_list import read_list
from policygraph.extract.grammar.body_names import is_body
from policygraph.extract.grammar.lent_tails import ListedBody
from policygraph.extract.grammar.role_words import SIGNS, verbs
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.model import Span
from policygraph.patterns import either, in_order

FIRST, BEFORE_SEMICOLON, SIGNED = "first-leads", "before-semicolon-leads", "marked-leads"
LEADS = (FIRST, "before-comma-leads", BEFORE_SEMICOLON, SIGNED)  # who leads, by place in the list or a sign beside it
_LETTERS = "[位个名者的责任单部门该此本项工作任务措施各条款内容事列排序中为总见在居括号标注处第负]"
_FILLER = f"{_LETTERS}{{0,10}}"  # 第一[位的部门]为[该项]牵头单位
_LOOSE = rf"(?:{_LETTERS}|[“”\"'])"
_WITH_SIGN = f"{_LOOSE}{{0,6}}[{re.escape(SIGNS)}]{_LOOSE}{{0,9}}"  # 标[注“★”的单位]为牵头
_SIGN = re.compile(f"[{re.escape(SIGNS)}]")
_LONGEST = 200  # characters in which a rule must name its bodies
_OF_LABEL = re.compile(r"[^()\n]{0,8}\)\s?:")
_SENTENCE_ENDS = "。;\n"


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A rule that a text lays down for clauses, and where."""

    rule: str
    start: int
    end: int


@compiled
def _patterns(signed: bool, lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """Return how a rule begins (to look for that first is quick), the rules, and their names (of signs if asked)."""
    forms = {form: rule for form, rule in lexicon.roles.clause_rules.items() if signed or rule != SIGNED}
    heads = either(form.partition("…")[0] for form in forms)
    rules = (
        f"({re.escape(form).replace('…', _WITH_SIGN if rule == SIGNED else _FILLER)})" for form, rule in forms.items()
    )
    return re.compile(heads), re.compile(in_order(rules)), tuple(forms.values())


def find_rule(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> StandingRule | None:
    """Return the first rule that a stretch lays down for clauses, None where it lays down none."""
    heads, rules, names = _patterns(_SIGN.search(text, start, len(text) if end is None else end) is not None, lexicon)
    end = len(text) if end is None else end
    for head in heads.finditer(text, start, end):
        match = rules.match(text, head.start(), end)
        if match and match.lastindex:
            return StandingRule(names[match.lastindex - 1], *match.span())
    return None


def bodies_of(found: StandingRule, text: str, lexicon: Lexicon, end: int) -> tuple[ListedBody, ...]:
    """Return the bodies that a rule names for other clauses: what stands between it and its verb, or its stop."""
    if found.rule in LEADS:
        return ()
    end = sentence_end(found, text, end)
    said = verbs(text, found.end, end, lexicon)
    listed = read_list(text, found.end, said[0].start if said else end, lexicon)
    return tuple(body for body in listed.bodies if is_body(body.name, lexicon))


def sentence_end(found: StandingRule, text: str, end: int) -> int:
    """Return where the sentence ends that lays down a rule."""
    end = min(end, found.end + _LONGEST)
    return min([end, *(at for at in (text.find(stop, found.end, end) for stop in _SENTENCE_ENDS) if at >= 0)])


def before_rule(found: StandingRule, text: str, inside: Span) -> Span:
    """Return what of a clause stands before the sentence that lays down its rule; all behind a label that does.

    责任单位(牵头单位列首位):市教育局、市财政局
    """
    if _OF_LABEL.match(text, found.end, inside.end):
        return inside
    cut = max(text.rfind(stop, inside.start, found.start) for stop in ",。;(")
    return Span(inside.start, max(cut, inside.start))

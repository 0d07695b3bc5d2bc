"""Compile the words by which texts speak of coordinating bodies and of dated events.

Each of these words belongs to a rule (``post``, ``found``, ``event``), and patterns name the rules whose words they
take. The tables are ``body_words``, ``schedule_words`` and ``job_titles`` (as the rule ``job-title``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygraph.knowledge import compiled
from policygraph.lexicon import Forms, Lexicon
from policygraph.patterns import either, in_order, longest_first

_RULES = re.compile(r"<([a-z|-]+)>")  # no pattern here has named groups, which look alike


def forms_of(rule: str, lexicon: Lexicon) -> Forms:
    """Return the forms of one rule and their values; a rule stands in one table only.

    >>> from policygraph import lexicon
    >>> forms_of("post", lexicon.bundled())["副主任"]
    'vice_chair'
    """
    words = lexicon.bodies
    if rule == "job-title":
        return words.job_titles
    return words.body_words[rule] or words.schedule_words[rule]


def any_of(forms: Iterable[str], spread: bool = False) -> str:
    """Return a group that matches any of some forms, the longest first; ``spread`` allows spaces between letters.

    >>> any_of(["组", "组长"])
    '(?:组(?:长)?)'
    """
    return f"(?:{either(forms, '[ ]{0,6}' if spread else '')})"


@compiled
def rule_pattern(source: str, lexicon: Lexicon) -> re.Pattern[str]:
    """Compile a pattern; ``<post|office>`` in it stands for the forms of these rules.

    The source is a constant where it is used, so that finding the pattern again costs no more than a look-up.

    >>> from policygraph import lexicon
    >>> rule_pattern("(<office>)的<post>", lexicon.bundled()).match("办公室的副主任")[1]
    '办公室'
    """

    def forms(rules: re.Match[str]) -> str:
        return any_of(form for rule in rules[1].split("|") for form in forms_of(rule, lexicon))

    return re.compile(_RULES.sub(forms, source))


@compiled
def founding(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the verbs that set a body up; a value lists the characters that may not follow one (小组建立)."""
    forms = forms_of("found", lexicon)
    verbs = (re.escape(form) + (f"(?![{forms[form]}])" if forms[form] else "") for form in longest_first(forms))
    return re.compile(in_order(verbs))


@compiled
def head(lexicon: Lexicon) -> str:
    """Return a pattern of the ends of bodies' names; a value says what may not follow (推进组 in 推进组织)."""
    return _ends(forms_of("head", lexicon))


@compiled
def head_or_short(lexicon: Lexicon) -> str:
    """Return a pattern of the ends of bodies' names, short names (推进委) among them."""
    return _ends(dict.fromkeys(forms_of("short", lexicon), "") | dict(forms_of("head", lexicon)))


def _ends(forms: Forms) -> str:
    ends = (re.escape(form) + (f"(?!{forms[form]})" if forms[form] else "") for form in longest_first(forms))
    return f"(?:{in_order(ends)})"


@compiled
def trigger(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the words without which a sentence says nothing of a coordinating body: literals only, so it is fast."""
    return re.compile(any_of(_of_bodies(lexicon)))


@compiled
def event_trigger(lexicon: Lexicon) -> re.Pattern[str]:
    """Match an event, or a body that later sentences may leave out as their subject."""
    return re.compile(any_of(_of_events(lexicon)))


@compiled
def any_trigger(lexicon: Lexicon) -> re.Pattern[str]:
    """Match whatever one of the triggers matches, so that a text is cut into sentences once."""
    return re.compile(any_of(_of_bodies(lexicon) | _of_events(lexicon)))


def _of_bodies(lexicon: Lexicon) -> set[str]:
    rules = ("head", "short", "below", "host", "appoint", "alias", "daily")
    posts, offices = forms_of("post", lexicon), forms_of("office", lexicon)
    seats = [f"{form}由" for form in posts]
    seats += [serve + form for serve in forms_of("serve", lexicon) for form in (*posts, *offices)]
    tails = [form for form in forms_of("tail", lexicon) if len(form) > 1]
    return {*(form for rule in rules for form in forms_of(rule, lexicon)), *seats, *tails}


def _of_events(lexicon: Lexicon) -> set[str]:
    return {form for rule in ("event", "head", "short") for form in forms_of(rule, lexicon)}

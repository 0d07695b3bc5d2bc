"""Load the words by which texts speak of coordinating bodies and of dated events.

They stand apart from ``lexicon.Lexicon``: only these two extractors read them, and each rule is compiled into one
pattern, which a record of plain tables could not hold. The bundled tables are read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from policygraph import assets, tables
from policygraph.extract.grammar.patterns import either

Words = Mapping[str, str]
_RULES = re.compile(r"<([a-z|-]+)>")  # no pattern here has named groups, which look alike


@cache
def words(rule: str, table: str = "body_words") -> Words:
    """Return the forms of one rule of a table and their values.

    >>> words("post")["副主任"]
    'vice_chair'
    """
    return MappingProxyType({row["form"]: row["value"] for row in _rows(table) if row["rule"] == rule})


@cache
def job_titles() -> Words:
    """Return the titles of posts, and the name of the body that a title of its own stands for.

    >>> job_titles()["副市长"]
    '市政府'
    """
    rows = tables.read_table(assets.path("data", "lexicon", "job_titles.tsv"), required=("form", "agency"))
    return MappingProxyType({row["form"]: row["agency"] for row in rows})


@cache
def pattern(*rules: str, table: str = "body_words", spread: bool = False) -> str:
    """Return an alternation of the forms of some rules, longest first; ``spread`` allows spaces between letters.

    The rule ``job-title`` stands for the table of that name.
    """
    forms = {form for rule in rules for form in (job_titles() if rule == "job-title" else words(rule, table))}
    return alternation(forms, spread)


def alternation(forms: Iterable[str], spread: bool = False) -> str:
    """Return a group that matches any of some forms, the longest first.

    >>> alternation(["组", "组长"])
    '(?:组(?:长)?)'
    """
    return f"(?:{either(forms, '[ ]{0,6}' if spread else '')})"


@cache
def founding() -> re.Pattern[str]:
    """Match the verbs that set a body up; a value lists the characters that may not follow one (小组建立)."""
    forms = sorted(words("found").items(), key=lambda item: (-len(item[0]), item[0]))
    return re.compile("|".join(re.escape(form) + (f"(?![{after}])" if after else "") for form, after in forms))


@cache
def heads(*more: str) -> str:
    """Return a pattern of the ends of bodies' names; a value says what may not follow (推进组 in 推进组织).

    ``more`` are other rules whose forms count as ends too.
    """
    forms = {form: "" for rule in more for form in words(rule)} | dict(words("head"))
    ordered = sorted(forms.items(), key=lambda item: (-len(item[0]), item[0]))
    return "(?:" + "|".join(re.escape(form) + (f"(?!{after})" if after else "") for form, after in ordered) + ")"


@cache
def trigger() -> re.Pattern[str]:
    """Match the words without which a sentence says nothing of a coordinating body: literals only, so it is fast."""
    rules = ("head", "short", "below", "host", "appoint", "alias", "daily")
    seats = [f"{form}由" for form in words("post")]
    seats += [serve + form for serve in words("serve") for form in (*words("post"), *words("office"))]
    tails = [form for form in words("tail") if len(form) > 1]
    return re.compile(alternation({*(form for rule in rules for form in words(rule)), *seats, *tails}))


@cache
def compiled(source: str, table: str = "body_words") -> re.Pattern[str]:
    """Compile a pattern once; ``<post|office>`` in it stands for the forms of these rules of a table.

    The source is a constant where it is used, so that finding the pattern again costs no more than a look-up.

    >>> compiled("(<office>)的<post>").match("办公室的副主任")[1]
    '办公室'
    """
    return re.compile(_RULES.sub(lambda rules: pattern(*rules[1].split("|"), table=table), source))


@cache
def _rows(table: str) -> tuple[dict[str, str], ...]:
    return tuple(tables.read_table(assets.path("data", "lexicon", f"{table}.tsv"), required=("form", "rule", "value")))

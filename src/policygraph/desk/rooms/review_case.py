"""Draw the case at hand of a review: its passage in its sentence, why it is looked at, its rows, what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from policygraph.checklist import Case
from policygraph.desk import passages
from policygraph.desk.rooms.review_shown import button
from policygraph.facts import words
from policygraph.messages import render
from policygraph.terms import LookKind

if TYPE_CHECKING:
    from policygraph.desk.rooms.review import Page

_DOUBTS = {
    LookKind.RULING: "desk.doubt-ruling",
    LookKind.GOAL: "desk.doubt-goal",
    LookKind.CLAUSE: "desk.doubt-clause",
    LookKind.TABLE: "desk.doubt-table",
    LookKind.ROSTER: "desk.doubt-roster",
    LookKind.HEADING: "desk.doubt-heading",
    LookKind.NUMBER: "desk.doubt-number",
    LookKind.ROW: "desk.doubt-row",
}


def case(page: Page) -> None:
    """Draw the case at hand, and below it what of its section is not in doubt: HTML, all of it escaped."""
    session = page.session
    here = session.cases.get(session.now)
    page.acts.set_visibility(here is not None)
    beside = session.beside()
    page.rest.set_visibility(bool(beside))
    if here is None:
        nothing = escape(page.said("desk.nothing-open"))
        page.case.set_content(f"<p>{nothing}</p>")
        return
    head = [here.section, page.said(_DOUBTS[here.doubt]) if here.doubt else page.said("desk.no-doubt")]
    shown = [f'<p class="soft">{escape(" · ".join(filter(None, head)))}</p>', *_passage(page, session.now, here)]
    if passages.is_unread(session.rows()):
        shown.append(f'<p class="soft">{escape(page.said("desk.number-how"))}</p>')
    page.case.set_content("".join(shown))
    page.others.set_content("".join(_others(page, beside)))


def _others(page: Page, names: list[str]) -> Iterator[str]:
    """Yield the other passages of the section that are accepted with the one at hand, if a person says so."""
    if names:
        yield f'<p class="soft">{escape(page.said("desk.section-rest", count=len(names)))}</p>'
    for name in names:
        yield f'<div data-c="{escape(name)}">{"".join(_passage(page, name, page.session.cases[name]))}</div>'


def acts(page: Page) -> None:
    """Draw what can be done with the case at hand."""
    from nicegui import ui

    with ui.row().classes("acts") as page.acts:
        button(page, "desk.act-accept", "a", partial(page.rule, "accept"))
        button(page, "desk.act-edit", "e", page.edit)
        button(page, "desk.act-remove", "x", partial(page.rule, "remove"))
        button(page, "desk.act-dispute", "d", page.dispute)
        button(page, "desk.act-back", "k", partial(page.step, -1))
        button(page, "desk.act-next", "j", partial(page.step, 1))
        page.rest = button(page, "desk.act-section", "s", page.accept_section)


def _passage(page: Page, name: str, here: Case) -> Iterator[str]:
    if here.start is not None and here.end is not None and page.session.text:
        yield f"<blockquote>{_quoted(page.session.text, here)}</blockquote>"
    for number, (table, _, row) in enumerate(page.session.rows_of(name)):
        yield _row(page, number if name == page.session.now else None, table, row)


def _quoted(text: str, here: Case) -> str:
    """Return the passage in its sentence; a heading and what a file says of itself stand alone."""
    start, end = here.start or 0, here.end or 0
    alone = here.rows[0][0] in ("structure", "metadata", "clauses")
    before, behind = ("", "") if alone else passages.around(text, start, end)
    stated = escape(text[start:end])
    if not before and not behind:
        return stated
    return f'<span class="soft">{escape(before)}</span><b>{stated}</b><span class="soft">{escape(behind)}</span>'


def _row(page: Page, number: int | None, table: str, row: Any) -> str:
    language = page.visit.language
    look = " chosen" if number is not None and page.session.row == number else ""
    look += " done" if row.evidence.status in ("reviewed", "disputed") else ""
    note = render(row.evidence.note, language)
    told = f'<p class="soft">{escape(note)}</p>' if note else ""
    cells = _cells(page, table, row) + told
    return (
        f'<div class="row-shown{look}">{_number(page, number)}'
        f'<span class="soft">{escape(words.sheet(table) if language == "zh" else table)}</span>'
        f'<div class="cells">{cells}</div><span class="soft">{row.evidence.confidence}</span></div>'
    )


def _number(page: Page, number: int | None) -> str:
    """Return the button that chooses one row alone; rows of other passages have none."""
    if number is None:
        return "<span></span>"
    named = escape(page.said("desk.act-choose", number=number + 1))
    return f'<button data-row="{number}" aria-label="{named}">{number + 1}</button>'


def _cells(page: Page, table: str, row: Any) -> str:
    language = page.visit.language
    mark = "：" if language == "zh" else ": "
    found = passages.said(table, row, page.session.study, language)
    return "".join(
        f"<span>{escape(text)}</span>" if not heading else f"<span><i>{escape(heading + mark)}</i>{escape(text)}</span>"
        for heading, text in found
    )

"""Draw the page of a review: the bar, the case at hand, the list of cases."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from policygraph.desk import reviews
from policygraph.facts import words
from policygraph.messages import render
from policygraph.terms import LookKind

if TYPE_CHECKING:
    from policygraph.desk.rooms.review import Page

_SHOWN = 60  # characters of a passage in the list
_MOST = 80  # cases of the list at once
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


def bar(page: Page, grid: bool = False) -> None:
    """Draw what stands above: the document, who works, how far the work is, what can be done at any time."""
    from nicegui import ui

    found = page.session.review.facts
    ui.label(found.value("title") or found.doc).classes("text-weight-bold").props("role=heading aria-level=1")
    page.name = ui.input(page.said("desk.who"), on_change=lambda event: page.named(event.value or "")).props(
        "dense outlined"
    )
    page.bar = ui.label().props("role=status")
    if not grid:
        page.all = ui.checkbox(page.said("desk.show-all"), on_change=lambda: queue(page))
        button(page, "desk.act-add", "n", page.add)
    button(page, "desk.act-undo", "u", page.undo)
    ui.button(page.said("desk.act-graph"), on_click=page.make_graph).props("dense outline no-caps")
    name = found.doc
    other = (f"/review/{name}", "desk.act-text") if grid else (f"/review/{name}/grid", "desk.act-grid")
    ui.link(page.said(other[1]), page.visit.url(other[0]))
    ui.link(page.said("desk.act-list"), page.visit.url("/review"))


def button(page: Page, key: str, letter: str, act: Any) -> None:
    """Draw a button that says its key; the focus does not stay on it, so that keys go on working."""
    from nicegui import ui

    ui.button(f"{page.said(key)} ({letter})", on_click=act).props("dense outline no-caps").on(
        "click", js_handler="(e)=>e.currentTarget.blur()"
    )


def progress(page: Page) -> None:
    """Say how far the work is, and who else holds the document."""
    done, total = page.session.progress()
    text = page.said("desk.progress", done=done, total=total)
    if page.held:
        text += " · " + page.said("desk.held", who=page.held.who, since=page.held.since[11:16])
    page.bar.set_text(text)


def case(page: Page) -> None:
    """Draw the case at hand: its passage, why it is looked at, its rows; one block of HTML, all of it escaped."""
    here = page.session.cases.get(page.session.now)
    page.acts.set_visibility(here is not None)
    if here is None:
        nothing = escape(page.said("desk.nothing-open"))
        page.case.set_content(f"<p>{nothing}</p>")
        return
    head = [here.section, page.said(_DOUBTS[here.doubt]) if here.doubt else page.said("desk.no-doubt")]
    shown = [f'<p class="soft">{escape(" · ".join(filter(None, head)))}</p>']
    if here.start is not None and here.end is not None and page.session.text:
        shown.append(f"<blockquote>{escape(page.session.text[here.start : here.end])}</blockquote>")
    shown += [_row(page, number, table, row) for number, (table, _, row) in enumerate(page.session.rows())]
    page.case.set_content("".join(shown))


def acts(page: Page) -> None:
    """Draw what can be done with the case at hand."""
    from nicegui import ui

    with ui.row().classes("q-gutter-sm q-pt-sm") as page.acts:
        button(page, "desk.act-accept", "a", partial(page.rule, "accept"))
        button(page, "desk.act-edit", "e", page.edit)
        button(page, "desk.act-remove", "x", partial(page.rule, "remove"))
        button(page, "desk.act-dispute", "d", page.dispute)
        button(page, "desk.act-back", "k", partial(page.step, -1))
        button(page, "desk.act-next", "j", partial(page.step, 1))


def _row(page: Page, number: int, table: str, row: Any) -> str:
    language = page.visit.language
    chosen = " chosen" if page.session.row == number else ""
    done = " done" if row.evidence.status in ("reviewed", "disputed") else ""
    named = escape(page.said("desk.act-choose", number=number + 1))
    cells = [
        f"<span>{escape(heading)}：{escape(text)}</span>"
        for column, heading, text in reviews.cells_of(table, row, language)
        if text and column not in ("quote", "section", "action")
    ]
    note = render(row.evidence.note, language)
    cells += [f'<p class="soft">{escape(note)}</p>'] if note else []
    return (
        f'<div class="row-shown{chosen}{done}"><button data-row="{number}" aria-label="{named}">{number + 1}</button>'
        f'<span class="soft">{escape(words.sheet(table) if language == "zh" else table)}</span>'
        f'<div class="cells">{"".join(cells)}</div><span class="soft">{row.evidence.confidence}</span></div>'
    )


def queue(page: Page) -> None:
    """Draw the list of what is open, or of all; one block of HTML, all of it escaped."""
    found, session = page.session.cases, page.session
    names = [name for name in session.order if name in found and (page.all.value or found[name].open)]
    at = names.index(session.now) if session.now in names else 0
    begin = max(0, min(at - 10, len(names) - _MOST))
    shown = [f'<p class="soft">{escape(page.said("desk.queue-counts", count=len(names)))}</p>']
    for name in names[begin : begin + _MOST]:
        each, now = found[name], " now" if name == session.now else ""
        shown.append(
            f'<button class="{reviews.look_of(each)}{now}" data-c="{escape(name)}">{escape(_said(page, each))}</button>'
        )
    page.queue.set_content("".join(shown))


def _said(page: Page, each: Any) -> str:
    table, at = each.rows[0]
    row = getattr(page.session.review.facts, table)[at]
    if table == "metadata":
        text = f"{reviews.worded(table, 'field', row.field, row, page.visit.language)} {row.value}"
        return text[:_SHOWN]
    text = next((getattr(row, name) for name in ("quote", "heading", "surface", "value") if getattr(row, name, "")), "")
    named = words.sheet(table) if page.visit.language == "zh" else table
    return f"{each.section} {named}：{text[:_SHOWN]}"

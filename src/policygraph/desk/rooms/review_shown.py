"""Draw what stands around the case at hand of a review: the bar, how far the work is, the list of cases."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from policygraph.desk import reviews
from policygraph.facts import words

if TYPE_CHECKING:
    from policygraph.desk.rooms.review import Page

_SHOWN = 60  # characters of a passage in the list
_MOST = 80  # cases of the list at once


def bar(page: Page, grid: bool = False) -> None:
    """Draw what stands above: the document, who works, how far the work is, what can be done at any time."""
    from nicegui import ui

    found = page.session.review.facts
    ui.label(found.value("title") or found.doc).classes("review-title").props("role=heading aria-level=1")
    ui.input(
        page.said("desk.who"),
        value=page.session.said.who,
        on_change=lambda event: page.named(event.value or ""),
    ).props("dense outlined")
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


def button(page: Page, key: str, letter: str, act: Any) -> Any:
    """Draw a button that says its key; the focus does not stay on it, so that keys go on working."""
    from nicegui import ui

    made = ui.button(f"{page.said(key)} ({letter})", on_click=act).props("dense outline no-caps")
    return made.on("click", js_handler="(e)=>e.currentTarget.blur()")


def progress(page: Page) -> None:
    """Say how far the work is, and who else holds the document."""
    done, total = page.session.progress()
    text = page.said("desk.progress", done=done, total=total)
    if done == total:
        text += " · " + page.said("desk.all-reviewed")
    if page.held:
        text += " · " + page.said("desk.held", who=page.held.who, since=page.held.since[11:16])
    page.bar.set_text(text)


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

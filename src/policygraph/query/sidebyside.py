"""Lay out what documents say side by side: an indicator, action or function a row, a document a column.

Everything is asked of the store by questions of the catalogue, so that a store on disk and an endpoint give the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from policygraph.errors import UsageError
from policygraph.quantities import with_unit
from policygraph.rows import Rows
from policygraph.terms import UNSURE, Op, Scope

Ask = Callable[..., Rows]  # ask(question, **parameters)
Record = Mapping[str, Any]
Cells = dict[tuple[object, ...], dict[str, object]]  # key of a row -> document -> cell

SCOPES = tuple(map(str, Scope))
_LAST = 10_000  # the place of what has no place


def side_by_side(ask: Ask, by: str, documents: Sequence[str] = (), scope: str = "", language: str = "zh") -> Rows:
    """Return a table with a column for each document (default: all that have something to say), by their identifiers.

    - ``targets``: a row for each indicator and year that one of them states; cells such as
      ``>= 27% tighter +5 (国发〔2019〕13号)``, where «?» marks a figure that is unchecked or disputed, or that was
      compared with one, and the document that was compared with stands in brackets.
    - ``actions``: a row for each kind of action; cells are the heading and what became of the action above.
    - ``leads``: a row for each kind of action; cells are the bodies that lead it, and how they differ.
    - ``functions``: a row for each government function; cells are how often it leads (0: it has other roles only).

    Raises UsageError for another layout or scope.
    """
    lay = _of(_LAYOUTS, by)
    fixed, cells = lay(ask, _scope(by, scope), language, frozenset(documents))
    held = {document for row in cells.values() for document in row}
    order = list(documents) or [name for name in _by_level(ask) if name in held]
    rows = tuple((*key, *(row.get(name) for name in order)) for key, row in cells.items())
    return Rows((*fixed, *order), rows)


def verdict_rows(ask: Ask, by: str, documents: Sequence[str] = (), scope: str = "", language: str = "zh") -> Rows:
    """Return what a heat map is drawn from: a row for each verdict (or number of leads) and document."""
    name, scoped = _of(_VERDICTS, by)
    given = {"scope": _scope(by, scope)} if scoped else {}
    found = ask(name, language=language, **given)
    rows = _with_unchanged(ask, found, language) if by == "leads" else found.rows
    place = found.columns.index("document")
    wanted = [row for row in rows if not documents or row[place] in documents]
    order = {each: number for number, each in enumerate(documents or _by_level(ask))}
    return Rows(found.columns, tuple(sorted(wanted, key=lambda row: order.get(str(row[place]), _LAST))))


def _with_unchanged(ask: Ask, changes: Rows, language: str) -> tuple[tuple[object, ...], ...]:
    """Add a row «unchanged» for each action that has leads and no difference: the question leaves these out."""
    told = {(row["document"], row["action"]) for row in records(changes)}
    led = {(row["document"], row["action"]): row for row in records(ask("leads-of-actions", language=language))}
    same = ({**row, "verdict": "unchanged"} for pair, row in led.items() if pair not in told)
    return (*changes.rows, *(tuple(row.get(name) for name in changes.columns) for row in same))


def records(rows: Rows) -> list[Record]:
    """Return rows as records with the cells as they are."""
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def with_names(documents: Rows, rows: Rows) -> Rows:
    """Name documents in rows as a reader knows them: those of the nation by number, others by place and year.

    ``documents`` is the answer to the question of that name. Where two would have one name, or one has none, its number
    or else its title stands; only what has neither keeps its identifier.
    """
    known = records(documents)
    taken = Counter(name for row in known for name in _short_names(row))
    names = {str(row["document"]): next((n for n in _short_names(row) if taken[n] == 1), "") for row in known}
    at = rows.columns.index("document")
    named = tuple((*row[:at], names.get(str(row[at])) or row[at], *row[at + 1 :]) for row in rows.rows)
    return replace(rows, rows=named)


def _short_names(row: Record) -> tuple[str, ...]:
    """Return how a document may be called, the shortest first."""
    place = "" if row["level"] == "national" else f"{row['region'] or ''} {str(row['date'] or '')[:4]}".strip()
    return tuple(dict.fromkeys(str(name) for name in (place, row["number"], row["title"]) if name))


# ---------------------------------------------------------------- targets

Key = tuple[str, str, object]  # document, indicator, year


def _targets(ask: Ask, scope: str, language: str, wanted: frozenset[str]) -> tuple[tuple[str, ...], Cells]:
    compared = _of_documents(ask("targets-compared", scope=scope, language=language), wanted)
    stated = _statements(_of_documents(ask("targets-of-document"), wanted))
    judged: dict[Key, Record] = {}
    for row in compared:
        if row["year"] is not None or row["status"] or row["verdict"] != "no-data":
            judged[_key(row)] = row
        if row["comparator"]:
            stated[_key(row)] = row
    named = {row["indicator"]: row["label"] for row in records(ask("most-used-indicators", language=language))}
    lines = sorted({(indicator, year) for _, indicator, year in stated}, key=lambda line: (line[0], line[1] or 0))
    documents = sorted({document for document, _, _ in stated})
    cells: Cells = {}
    for indicator, year in lines:
        said = {name: _said(stated, judged, (name, indicator, year)) for name in documents}
        cells[indicator, named.get(indicator), year] = {name: cell for name, cell in said.items() if cell}
    return ("indicator", "label", "year"), cells


def _statements(rows: Iterable[Record]) -> dict[Key, Record]:
    """Return the statement that counts for each document, indicator and year: a number before a trend."""
    found: dict[Key, Record] = {}
    for row in rows:
        before = found.get(_key(row))
        if before is None or (_amount(before) is None and _amount(row) is not None):
            found[_key(row)] = row
    numbers = {key[:2] for key, row in found.items() if _amount(row) is not None}
    return {  # a trend without a year adds nothing to numbers for some years
        key: row for key, row in found.items() if key[2] or _amount(row) is not None or key[:2] not in numbers
    }


def _said(stated: Mapping[Key, Record], judged: Mapping[Key, Record], key: Key) -> str:
    """Return one cell: what the document says, and the verdict on it."""
    mine, verdict = stated.get(key) or stated.get((*key[:2], None)), judged.get(key)
    words = []
    if mine is not None:
        figure = _amount(mine)
        unit = mine["unit"] or ""
        words.append(Op.WORDS if figure is None else f"{mine['comparator']} {with_unit(figure, unit)}")
        words[-1] += "?" if mine["status"] in UNSURE else ""
    if verdict is not None:
        step = f" {verdict['step']:+}" if verdict["step"] else ""
        words.append(f"{verdict['verdict']}{step}" + ("?" if verdict["ancestor_status"] in UNSURE else ""))
        words.append(_against(verdict))
    return " ".join(filter(None, words))


def _against(verdict: Record) -> str:
    """Say with which document one was compared: by its number, else its title."""
    name = verdict["ancestor_number"] or verdict["ancestor_title"] or verdict["ancestor"]
    return f"({name})" if name else ""


def _amount(row: Record) -> str | None:
    value = row["value"]
    return f"{value:f}" if isinstance(value, Decimal) else None if value is None else str(value)


def _key(row: Record) -> Key:
    return str(row["document"]), str(row["indicator"]), row["year"]


# ---------------------------------------------------------------- actions, leads, functions


def _actions(ask: Ask, scope: str, language: str, wanted: frozenset[str]) -> tuple[tuple[str, ...], Cells]:
    own: dict[tuple[str, str], list[str]] = {}
    for row in _of_documents(ask("actions-of-document"), wanted):
        own.setdefault((str(row["type"]), str(row["document"])), []).append(str(row["action"]))
    cells = _kinds(ask, language)
    verdicts = {
        (str(row["action"]), str(row["document"])): f"{row['verdict']} {_against(row)}".rstrip()
        for row in _of_documents(ask("action-coverage", scope=scope, language=language), wanted)
    }
    for (kind, document), verdict in verdicts.items():
        cells[kind][document] = " ".join([*own.get((kind, document), ()), verdict])
    for (kind, document), headings in own.items():
        if kind in cells:
            cells[kind].setdefault(document, " ".join(headings))
    return ("action", "label"), _labelled(ask, cells, language)


def _leads(ask: Ask, scope: str, language: str, wanted: frozenset[str]) -> tuple[tuple[str, ...], Cells]:
    cells = _kinds(ask, language)
    named: dict[tuple[str, str], list[str]] = {}
    for row in _of_documents(ask("leads-of-actions", language=language), wanted):
        named.setdefault((str(row["action"]), str(row["document"])), []).append(str(row["name"]))
    for (kind, document), names in named.items():
        cells[kind][document] = "、".join(names)
    for row in _of_documents(ask("lead-changes", scope=scope, language=language), wanted):
        before = cells[str(row["action"])].get(str(row["document"]))
        said = (before, row["verdict"], _against(row))
        cells[str(row["action"])][str(row["document"])] = " ".join(str(word) for word in said if word)
    return ("action", "label"), _labelled(ask, cells, language)


def _functions(ask: Ask, _: str, language: str, wanted: frozenset[str]) -> tuple[tuple[str, ...], Cells]:
    cells: Cells = {(row["function"], row["label"]): {} for row in records(ask("lead-roles", language=language))}
    for row in _of_documents(ask("lead-roles-by-document", language=language), wanted):
        cells[row["function"], row["label"]][str(row["document"])] = row["leads"]
    return ("function", "label"), {key: row for key, row in cells.items() if row}


def _kinds(ask: Ask, language: str) -> dict[str, dict[str, object]]:
    """Return a row for each kind of action, in the order of the national plan's numbers."""
    found = records(ask("coverage-of-actions", language=language))
    found.sort(key=lambda row: (_place(row["national"]), str(row["action"])))
    kinds: dict[str, dict[str, object]] = {str(row["action"]): {} for row in found}
    for row in records(ask("action-coverage", scope="national", language=language)):
        kinds.setdefault(str(row["action"]), {})  # one that only the national plan has
    return kinds


def _labelled(ask: Ask, cells: Mapping[str, dict[str, object]], language: str) -> Cells:
    names = {row["action"]: row["label"] for row in records(ask("action-coverage", language=language))}
    names |= {row["action"]: row["label"] for row in records(ask("coverage-of-actions", language=language))}
    return {(kind, names.get(kind)): row for kind, row in cells.items() if row}


def _place(number: object) -> int:
    return int(number) if isinstance(number, str) and number.isdigit() else _LAST


# ---------------------------------------------------------------- common

_Lay = Callable[[Ask, str, str, frozenset[str]], tuple[tuple[str, ...], Cells]]
_LAYOUTS: Mapping[str, _Lay] = {"targets": _targets, "actions": _actions, "leads": _leads, "functions": _functions}
_VERDICTS: Mapping[str, tuple[str, bool]] = {  # which question, and whether it has a scope
    "targets": ("targets-compared", True),
    "actions": ("action-coverage", True),
    "leads": ("lead-changes", True),
    "functions": ("lead-roles-by-document", False),
}
_DEFAULTS = {"targets": "parent", "actions": "national", "leads": "peers", "functions": "parent"}
LAYOUTS = tuple(_LAYOUTS)


def _of(known: Mapping[str, Any], by: str) -> Any:
    if by not in known:
        raise UsageError("query.no-such-layout", by=by, known=list(known))
    return known[by]


BESIDE = {  # what is said below a picture of a comparison
    "parent": "export.beside-parent",
    "national": "export.beside-national",
    "peers": "export.beside-peers",
}


def compared_with(by: str, scope: str = "") -> str:
    """Return which documents a comparison is with where one asks for a scope, or for none; empty where there is none.

    >>> compared_with("leads"), compared_with("targets", "national"), compared_with("functions")
    ('peers', 'national', '')
    """
    return _scope(by, scope) if _VERDICTS.get(by, ("", False))[1] else ""


def _scope(by: str, scope: str) -> str:
    if scope == "peers" and by != "leads":
        raise UsageError("query.no-peers", by=by)
    return scope or _DEFAULTS[by]


def _by_level(ask: Ask) -> list[str]:
    return [str(row["document"]) for row in records(ask("documents"))]


def _of_documents(rows: Rows, wanted: frozenset[str]) -> list[Record]:
    return [row for row in records(rows) if not wanted or row["document"] in wanted]

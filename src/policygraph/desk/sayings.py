"""Gather what documents say of indicators, actions and leads, year by year, with the verdict on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from policygraph.desk import asking
from policygraph.desk.visit import Visit
from policygraph.quantities import with_unit
from policygraph.query.sidebyside import records, verdict_rows
from policygraph.terms import UNSURE, Op

NO_DATA = "no-data"
_SIGNS = {">=": "≥", "<=": "≤", "=": "", ">": ">", "<": "<"}
_WORDS = {Op.RISE: "desk.said-rise", Op.FALL: "desk.said-fall", Op.WORDS: "desk.said-words"}

Record = Mapping[str, Any]
Key = tuple[str, str, int]  # document, line, year (0: none)


@dataclass(frozen=True, slots=True)
class Saying:
    """What one document says on one line for one year, and the verdict on it; ``year`` is 0 where there is none.

    ``by`` says of what the verdict is: targets, actions or leads.
    """

    document: str
    line: str
    label: str
    year: int
    said: str
    verdict: str = ""
    step: str = ""
    unsure: bool = False
    above: str = ""
    reason: str = ""
    by: str = "targets"


def gathered(visit: Visit, by: str, scope: str = "") -> list[Saying]:
    """Return what all documents say: ``by`` is targets, actions or leads; in the order of questions and years."""

    def made() -> list[Saying]:
        return sorted(_GATHERERS[by](visit, scope or SCOPES[by][0]), key=lambda saying: saying.year or 9999)

    return asking.once(visit.desk, ("gathered", by, scope or SCOPES[by][0], visit.language), made)


def said(visit: Visit, row: Record) -> str:
    """Return what a target asks, as one reads it: ≥30%, or that it is words alone."""
    op, value = str(row["comparator"] or ""), row["value"]
    figure = "" if value is None else with_unit(value, row["unit"] or "")
    if op in _WORDS:
        return f"{visit.said(_WORDS[Op(op)])} {figure}".strip()
    return f"{_SIGNS.get(op, op)}{figure}"


# ---------------------------------------------------------------- targets


def _targets(visit: Visit, scope: str) -> Iterable[Saying]:
    stated = _that_count(_asked(visit, "words-of-targets"))
    judged = {_key(row): row for row in _asked(visit, "targets-compared", scope=scope, language=visit.language)}
    names = {row["indicator"]: row["label"] for row in judged.values() if row["label"]}
    for key in dict.fromkeys((*stated, *judged)):
        mine = stated.get(key) or judged.get(key, {})
        verdict = judged.get(key, {})
        if not verdict and (key[0], key[1], 0) in judged and key not in judged:
            verdict = judged[key[0], key[1], 0] if judged[key[0], key[1], 0]["verdict"] == NO_DATA else {}
        label = str(names.get(key[1]) or mine.get("label") or key[1])
        words = said(visit, mine) if mine.get("comparator") else ""
        yield _saying(key, label, words, verdict, mine.get("status"))


def _that_count(rows: Iterable[Record]) -> dict[Key, Record]:
    """Return the statement that counts for each document, indicator and year: a number before words."""
    found: dict[Key, Record] = {}
    for row in rows:
        before = found.get(_key(row))
        if before is None or (before["value"] is None and row["value"] is not None):
            found[_key(row)] = row
    return found


def _key(row: Record) -> Key:
    return str(row["document"]), str(row["indicator"]), int(row["year"] or 0)


def _saying(key: Key, label: str, words: str, verdict: Record, status: object) -> Saying:
    document, line, year = key
    return Saying(
        document,
        line,
        label,
        year,
        words,
        str(verdict.get("verdict") or ""),
        f"{verdict['step']:+g}" if verdict.get("step") else "",
        bool({status, verdict.get("ancestor_status")} & UNSURE),
        _above(verdict),
    )


def _above(row: Record) -> str:
    return str(row.get("ancestor_number") or row.get("ancestor_title") or row.get("ancestor") or "")


# ---------------------------------------------------------------- actions, leads


def _actions(visit: Visit, scope: str) -> Iterable[Saying]:
    verdicts = _asked(visit, "action-coverage", scope=scope, language=visit.language)
    headed: dict[tuple[str, str], list[str]] = {}
    for row in _asked(visit, "actions-of-document"):
        if row["type"]:
            headed.setdefault((str(row["document"]), str(row["type"])), []).append(str(row["action"]))
    names = {row["action"]: row["label"] for row in verdicts}
    names |= {row["action"]: row["label"] for row in _asked(visit, "coverage-of-actions", language=visit.language)}
    told = {(str(row["document"]), str(row["action"])): row for row in verdicts}
    for document, action in dict.fromkeys((*told, *headed)):
        row = told.get((document, action), {})
        words = "、".join(headed.get((document, action), ()))
        yield _told("actions", (document, action), str(names.get(action) or action), words, row)


def _leads(visit: Visit, scope: str) -> Iterable[Saying]:
    def ask(question: str, **parameters: object) -> Any:
        return asking.rows(visit, question, **parameters)

    verdicts = records(verdict_rows(ask, "leads", (), scope, visit.language))
    leads = _asked(visit, "leads-of-actions", language=visit.language)
    names: dict[tuple[str, str], list[str]] = {}
    for row in leads:
        names.setdefault((str(row["document"]), str(row["action"])), []).append(str(row["name"]))
    for row in verdicts:
        document, action = str(row["document"]), str(row["action"])
        words = "、".join(names.get((document, action), ()))
        yield _told("leads", (document, action), str(row["label"] or action), words, row)


def _told(by: str, key: tuple[str, str], label: str, words: str, row: Record) -> Saying:
    verdict, reason = str(row.get("verdict") or ""), str(row.get("reason") or "")
    return Saying(*key, label, 0, words, verdict, above=_above(row), reason=reason, by=by)


def _asked(visit: Visit, question: str, **parameters: object) -> list[Record]:
    return records(asking.rows(visit, question, **parameters))


_GATHERERS: Mapping[str, Callable[[Visit, str], Iterable[Saying]]] = {
    "targets": _targets,
    "actions": _actions,
    "leads": _leads,
}
SCOPES: Mapping[str, tuple[str, ...]] = {  # the first is the usual one
    "targets": ("parent", "national"),
    "actions": ("national", "parent"),
    "leads": ("peers", "parent", "national"),
}

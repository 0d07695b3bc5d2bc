"""Count what the methods paragraph says, each number from a question of the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from policygraph import network
from policygraph.export import render
from policygraph.network import Network
from policygraph.paper.asking import Asking
from policygraph.rows import Rows
from policygraph.terms import Status
from policygraph.version import __version__

_DOUBTFUL = 90  # percent
_KINDS = {"clause": "clauses", "responsibility": "responsibilities", "target": "targets", "citation": "citations"}
_SUMMARY = ("nodes", "ties", "density", "communities", "modularity")
_VERDICTS = (
    "compared",
    "equal",
    "tighter",
    "looser",
    "later",
    "changed_form",
    "not_compared",
    "dropped",
    "merged",
    "added",
)


def counts(asking: Asking, networks: Mapping[str, Network]) -> dict[str, str]:
    """Return every value that the texts of the pack name."""
    lines = render(tuple(asking.store.quads()), "nq")
    digest = sha256(lines.encode()).hexdigest()
    found: dict[str, object] = {"version": __version__, "hash": digest, "short": digest[:12]}
    found["triples"] = lines.count("\n")
    found |= _documents(asking) | _facts(asking) | _roles(asking) | _doubts(asking) | _verdicts(asking)
    found |= _network(networks["function"])
    return {name: str(value) for name, value in found.items()}


def _documents(asking: Asking) -> dict[str, object]:
    """Count documents; those of which facts are at hand, citations aside, are told from those that are only cited."""
    stated = asking.ask("facts-by-status").rows
    held = {document for document, kind, *_ in stated if kind != "citation"}
    held |= set(_column(asking.ask("actions-of-document"), "document"))
    total = len(asking.ask("documents").rows)
    return {"documents": total, "with_text": len(held), "without_text": total - len(held)}


def _facts(asking: Asking) -> dict[str, object]:
    rows = asking.ask("facts-by-status")
    kinds: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for _, kind, status, number in rows.rows:
        assert isinstance(number, int)
        kinds[str(kind)] += number
        statuses[str(status)] += number
    found: dict[str, object] = {"facts": kinds.total(), "actions": len(asking.ask("actions-of-document").rows)}
    found |= {name: kinds[kind] for kind, name in _KINDS.items()}
    return found | {name: statuses[name] for name in Status}


def _roles(asking: Asking) -> dict[str, object]:
    rows = asking.ask("responsibilities")  # a merged bureau has a row for each function
    roles = Counter(dict(zip(_column(rows, "responsibility"), _column(rows, "role"), strict=True)).values())
    bodies = len(set(_column(rows, "agency")))
    named = {"leads": "lead", "supports": "support", "responsible": "responsible", "implements": "implement"}
    return {"bodies": bodies, **{name: roles[role] for name, role in named.items()}}


def _doubts(asking: Asking) -> dict[str, object]:
    return {
        "unchecked_figures": len(asking.ask("unchecked-figures").rows),
        "doubtful": len(asking.ask("low-confidence", percent=_DOUBTFUL).rows),
        "unparsed": len(asking.ask("unparsed-clauses").rows),
        "open_lists": len(asking.ask("open-lists").rows),
    }


def _verdicts(asking: Asking) -> dict[str, object]:
    rows = asking.ask("ambition", scope="parent")
    return {name: sum(int(str(number)) for number in _column(rows, name)) for name in _VERDICTS}


def _network(made: Network) -> dict[str, object]:
    return {str(name): value for name, value in network.summary(made).rows if name in _SUMMARY}


def _column(rows: Rows, name: str) -> list[object]:
    place = rows.columns.index(name)
    return [row[place] for row in rows.rows]

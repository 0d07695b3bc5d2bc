"""Draw the figures of a pack, each as PNG and SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from policygraph.export import picture
from policygraph.export.pictures import font
from policygraph.messages import say
from policygraph.network import Network
from policygraph.paper.asking import Asking
from policygraph.query.sidebyside import with_names
from policygraph.rows import Rows

_FORMS = ("png", "svg")
_TITLES = {
    "ranking-functions": "paper.ranking-functions",
    "ranking-bodies": "paper.ranking-bodies",
    "leads-by-document": "paper.leads-by-document",
    "heat-map": "paper.heat-map",
    "network-functions": "paper.network-functions",
    "network-documents": "paper.network-documents",
}


def check_figures() -> None:
    """Raise UsageError, with what to install, where pictures cannot be drawn: before anything is written."""
    font()


def write_figures(asking: Asking, networks: Mapping[str, Network], folder: Path) -> list[str]:
    """Write figures/ and return the names of figures for which there was nothing to draw."""
    place = folder / "figures"
    place.mkdir()
    missing = []
    for name, what in _figures(asking, networks):
        if what is None:
            missing.append(name)
            continue
        for form in _FORMS:
            drawn = picture(what, form, say(_TITLES[name], asking.language), asking.language)
            (place / f"{name}.{form}").write_bytes(drawn)
    return missing


def _figures(asking: Asking, networks: Mapping[str, Network]) -> Iterator[tuple[str, Rows | Network | None]]:
    yield "ranking-functions", _led(asking.ask("lead-roles"))
    yield "ranking-bodies", _led(asking.ask("lead-roles-of-agencies-compared"))
    documents = asking.ask("documents")
    yield "leads-by-document", _led(with_names(documents, asking.ask("lead-roles-by-document")))
    yield "heat-map", _judged(with_names(documents, asking.ask("targets-compared", scope="parent")))
    yield "network-functions", _made(networks["function"])
    yield "network-documents", _made(networks["derivation"])


def _led(rows: Rows) -> Rows | None:
    """Return rows in which something leads."""
    place = rows.columns.index("leads")
    return rows if any(row[place] for row in rows.rows) else None


def _judged(rows: Rows) -> Rows | None:
    """Return rows in which something could be compared."""
    place = rows.columns.index("verdict")
    return rows if any(row[place] != "no-data" for row in rows.rows) else None


def _made(network: Network) -> Network | None:
    return network if network.graph else None
